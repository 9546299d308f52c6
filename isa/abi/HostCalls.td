//===- HostCalls.td - What a program may ask of the host ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// hcall N, arguments in a0..a2, result in a0 (negative: -errno of newlib).
//===----------------------------------------------------------------------===//

class HostCall<int Num, string Args, string What> {
  int Number = Num;
  string Arguments = Args;
  string Brief = What;
}

def HOST_EXIT         : HostCall<0, "code", "ends the program on this node">;
def HOST_WRITE        : HostCall<1, "fd, pointer, bytes", "writes to an open file; 1 and 2 are output and error">;
def HOST_READ         : HostCall<2, "fd, pointer, bytes", "reads from an open file; 0 is input">;
def HOST_OPEN         : HostCall<3, "path, flags, mode", "opens a file below a granted directory">;
def HOST_CLOSE        : HostCall<4, "fd", "closes a file">;
def HOST_SEEK         : HostCall<5, "fd, offset, whence", "moves a file's position">;
def HOST_STAT         : HostCall<6, "fd, pointer to {u64 size, u64 mode}", "size and kind of an open file">;
def HOST_TIME         : HostCall<7, "", "simulated nanoseconds since the start of the run">;
def HOST_REGION_BEGIN : HostCall<8, "name", "starts a named region of the statistics">;
def HOST_REGION_END   : HostCall<9, "", "ends the innermost region that the thread has begun">;
def HOST_ARGUMENTS    : HostCall<10, "buffer, bytes", "copies the argument strings, each ended by 0; result: their number, or -E2BIG">;
def HOST_UNLINK       : HostCall<11, "path", "removes a file below a granted directory">;
def HOST_ISATTY       : HostCall<12, "fd", "1 for a terminal-like stream, else 0">;
def HOST_COUNTER      : HostCall<13, "name, bits of a double", "notes a value for the timeline of a profile">;
