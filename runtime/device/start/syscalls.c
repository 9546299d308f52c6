//===- syscalls.c - What newlib asks of an operating system ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// There is none: output, files and time come from the host, memory from what
// the linker left between the program and the stacks. These are newlib's
// reentrant forms, which get the thread's state to leave errno in.
//===----------------------------------------------------------------------===//

#include "Runtime.h"
#include <errno.h>
#include <reent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <unistd.h>

/// The host's answer as C has it: -1 and errno instead of -errno.
static long answer(struct _reent *state, long result) {
  if (result >= 0)
    return result;
  state->_errno = (int)-result;
  return -1;
}

__attribute__((noreturn)) void _exit(int status) {
  hostCall(HostExit, status, 0, 0);
  __builtin_unreachable();
}

//===----------------------------------------------------------------------===//
// Files.
//===----------------------------------------------------------------------===//

_ssize_t _write_r(struct _reent *state, int file, const void *from,
                  size_t size) {
  return answer(state, hostCall(HostWrite, file, from, size));
}

_ssize_t _read_r(struct _reent *state, int file, void *to, size_t size) {
  return answer(state, hostCall(HostRead, file, to, size));
}

int _open_r(struct _reent *state, const char *path, int flags, int mode) {
  return (int)answer(state, hostCall(HostOpen, path, flags, mode));
}

int _close_r(struct _reent *state, int file) {
  return (int)answer(state, hostCall(HostClose, file, 0, 0));
}

_off_t _lseek_r(struct _reent *state, int file, _off_t offset, int whence) {
  return answer(state, hostCall(HostSeek, file, offset, whence));
}

int _isatty_r(struct _reent *state, int file) {
  long result = hostCall(HostIsATty, file, 0, 0);
  if (result <= 0)
    state->_errno = result < 0 ? (int)-result : ENOTTY;
  return result > 0;
}

int _unlink_r(struct _reent *state, const char *path) {
  return (int)answer(state, hostCall(HostUnlink, path, 0, 0));
}

int _fstat_r(struct _reent *state, int file, struct stat *status) {
  struct {
    uint64_t size;
    uint64_t mode;
  } known;
  long result = hostCall(HostStat, file, &known, 0);
  if (result >= 0) {
    memset(status, 0, sizeof *status);
    status->st_size = (off_t)known.size;
    status->st_mode = (mode_t)known.mode;
    status->st_nlink = 1;
    status->st_blksize = 1024;
  }
  return (int)answer(state, result);
}

int _stat_r(struct _reent *state, const char *path, struct stat *status) {
  int file = _open_r(state, path, 0, 0);
  if (file < 0)
    return -1;
  int result = _fstat_r(state, file, status);
  _close_r(state, file);
  return result;
}

//===----------------------------------------------------------------------===//
// Memory.
//===----------------------------------------------------------------------===//

extern char __heap_start[], __heap_end[];
static char *heapBreak = __heap_start;

void *_sbrk_r(struct _reent *state, ptrdiff_t bytes) {
  char *old = __atomic_load_n(&heapBreak, __ATOMIC_SEQ_CST);
  for (;;) {
    if (bytes > __heap_end - old || bytes < __heap_start - old) {
      state->_errno = ENOMEM;
      return (void *)-1;
    }
    if (__atomic_compare_exchange_n(&heapBreak, &old, old + bytes, 0,
                                    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
      return old;
  }
}

//===----------------------------------------------------------------------===//
// Time: the simulated one, from the start of the run.
//===----------------------------------------------------------------------===//

int _gettimeofday_r(struct _reent *state, struct timeval *now, void *zone) {
  (void)state, (void)zone;
  long nanoseconds = hostCall(HostTime, 0, 0, 0);
  now->tv_sec = nanoseconds / 1000000000;
  now->tv_usec = nanoseconds % 1000000000 / 1000;
  return 0;
}

_CLOCK_T_ _times_r(struct _reent *state, struct tms *spent) {
  (void)state;
  _CLOCK_T_ ticks = hostCall(HostTime, 0, 0, 0) / (1000000000 / CLOCKS_PER_SEC);
  memset(spent, 0, sizeof *spent);
  spent->tms_utime = ticks;
  return ticks;
}

//===----------------------------------------------------------------------===//
// Processes: there is one.
//===----------------------------------------------------------------------===//

__attribute__((noreturn)) void abort(void) {
  for (;;)
    __asm__ volatile("brk 1");
}

int _getpid_r(struct _reent *state) {
  (void)state;
  return 1;
}

int _kill_r(struct _reent *state, int process, int signal) {
  if (process != 1 && process != 0) {
    state->_errno = ESRCH;
    return -1;
  }
  if (signal == 0)
    return 0;
  if (signal == SIGABRT)
    abort();
  _exit(128 + signal);
}

static int unsupported(struct _reent *state) {
  state->_errno = ENOSYS;
  return -1;
}

int _fork_r(struct _reent *state) { return unsupported(state); }

int _wait_r(struct _reent *state, int *status) {
  (void)status;
  return unsupported(state);
}

int _execve_r(struct _reent *state, const char *path, char *const *arguments,
              char *const *environment) {
  (void)path, (void)arguments, (void)environment;
  return unsupported(state);
}

int _link_r(struct _reent *state, const char *from, const char *to) {
  (void)from, (void)to;
  return unsupported(state);
}

int _rename_r(struct _reent *state, const char *from, const char *to) {
  (void)from, (void)to;
  return unsupported(state);
}

int _mkdir_r(struct _reent *state, const char *path, int mode) {
  (void)path, (void)mode;
  return unsupported(state);
}

int _fcntl_r(struct _reent *state, int file, int command, int argument) {
  (void)file, (void)command, (void)argument;
  return unsupported(state);
}
