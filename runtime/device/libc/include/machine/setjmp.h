/*===- machine/setjmp.h - The size of a jmp_buf ----------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===----------------------------------------------------------------------===*/

/* 13 scalar registers, 2 masks and 8 vectors: see setjmp.S. */
#define _JBTYPE long
#define _JBLEN (13 + 2 + 8 * 8)

typedef _JBTYPE jmp_buf[_JBLEN];

/* No signal can arrive, so there is no mask of signals to keep. */
typedef jmp_buf sigjmp_buf;
#define sigsetjmp(buffer, save) setjmp(buffer)
#define siglongjmp(buffer, value) longjmp(buffer, value)

#ifdef __cplusplus
extern "C" {
#endif
void _longjmp(jmp_buf, int);
int _setjmp(jmp_buf);
#ifdef __cplusplus
}
#endif
