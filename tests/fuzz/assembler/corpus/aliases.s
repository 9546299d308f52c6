mv a0, a1
not a0, a1
neg a0, a1
negw a0, a1
seqz a0, a1
snez a0, a1
seqzw a0, a1
snezw a0, a1
sltz a0, a1
sgtz a0, a1
sgt a0, a1, a2
sgtu a0, a1, a2
zext.b a0, a1
nop
la a0, 4096
j 8
tail 8
call 8
jal 8
ret
jr a0
jalr a0
jr 8(a0)
jalr 8(a0)
jalr t0, (a0)
beqz a0, 8
bnez a0, 8
bltz a0, 8
bgez a0, 8
blez a0, 8
bgtz a0, 8
bgt a0, a1, 8
ble a0, a1, 8
bgtu a0, a1, 8
bleu a0, a1, 8
beqzw a0, 8
bnezw a0, 8
bltzw a0, 8
bgezw a0, 8
blezw a0, 8
