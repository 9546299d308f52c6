	.text
	.globl function
	.type function, @function
function:
	ret
	
	.size function, . - function
	.data
	.byte 1, 2
	.half 0x0403
	.hword 0x0605
	.short 0x0807
	.word 0x0c0b0a09
	.long 0x100f0e0d
	.dword 0x123456789abcdef0
	.2byte -1
	.asciz "hi"
	
	.set answer, 42
	.word answer
	
	.float 0.0, 1.0
	.double 1.5
	.uleb128 129, 128
	.sleb128 -1
	.bss
	.weak weak_object
	.type weak_object, @object
	.size weak_object, 64
weak_object:
	
	.type local_object, @object
	.size local_object, 8
local_object:
	
	.section .tbss, "awT", @nobits
per_thread:
	
