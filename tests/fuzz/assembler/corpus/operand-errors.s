lui a0, -524289
lui a0, 524288
andi a0, a0, -16385
andi a0, a0, 16384
addi  a0, a0, 16384
ld a0, 16384(sp)
accld acc0, -16385(sp)
spadj 32
spadj 1048576
spadj -1048640
lw.pi a0, (a1), -1025
lw.pi a0, (a1), 1024
vli.w v0, 512
vldu.b v0, -513(a0)
addsl a0, a1, a2, 4
addsl a0, a1, a2, -1
slliw a0, a1, 32
slli a0, a1, 64
hcall 1024
insh a0, 65536, 0
beq a0, a1, 65536
beq a0, a1, -65540
beq a0, a1, 2
jal t0, 2097152
call 6
csrr a0, 1024
csrr a0, nonesuch
andi a0, a0, symbol
addi a0, a0, symbol
ld a0, %hi(symbol)(a1)
lui a0, %lo(symbol)
li a0, %lo(symbol)
beq a0, a1, %lo(symbol)
li a0, %got(symbol)
li a0, %lo symbol
add v0, a1, a2
add a0, a1, 4
vadd.w v0, a1, v2
vadd.w v0, v1, v2, v3
mma.bf16 v0, v1, v2
