// Compiled once for each level of the host, with TATAMI_HOST_LEVEL set.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ExecLevel.h"

#include "tatami/semantics/Semantics.h"

#include <type_traits>

namespace tatami::insns {
inline namespace TATAMI_HOST_LEVEL {
namespace {

template <class T>
Fact execute(ThreadState &t, Sram &mem, const isa::Operands &operands) {
  const T &i = operands.as<T>();
  using Result = decltype(exec(t, mem, i));
  if constexpr (std::is_void_v<Result>) {
    exec(t, mem, i);
    return {};
  } else if constexpr (std::is_same_v<Result, TrapKind>) {
    return Fact::ofTrap(exec(t, mem, i));
  } else if constexpr (std::is_same_v<Result, Taken>) {
    return Fact::ofBranch(exec(t, mem, i).taken);
  } else if constexpr (std::is_same_v<Result, Target>) {
    return Fact::ofJump(exec(t, mem, i).pc);
  } else {
    static_assert(std::is_same_v<Result, Request>);
    return Fact::ofRequest(exec(t, mem, i));
  }
}

using namespace isa;
const ExecFunction functions[] = {
#define TATAMI_INST(OP, TYPE) execute<TYPE>,
#include "tatami/isa/Dispatch.inc"
};
static_assert(std::size(functions) == isa::numOpcodes);

bool supported() {
#if defined(__AVX512F__)
  return __builtin_cpu_supports("x86-64-v4");
#elif defined(__AVX2__)
  return __builtin_cpu_supports("x86-64-v3");
#else
  return true;
#endif
}

} // namespace
} // namespace TATAMI_HOST_LEVEL

#define TATAMI_STRING_OF(X) #X
#define TATAMI_STRING(X) TATAMI_STRING_OF(X)
#define TATAMI_JOIN_OF(A, B) A##B
#define TATAMI_JOIN(A, B) TATAMI_JOIN_OF(A, B)
const ExecLevel TATAMI_JOIN(execLevel_, TATAMI_HOST_LEVEL) = {
    TATAMI_STRING(TATAMI_HOST_LEVEL), supported, functions};

} // namespace tatami::insns
