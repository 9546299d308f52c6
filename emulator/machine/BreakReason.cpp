// What the number of a brk instruction means.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Report.h"

#include <iterator>

using namespace tatami;

/// By the number that clang gives a check of -fsanitize=undefined (its
/// SanitizerHandler); empty for those that this target has not.
static constexpr std::string_view checks[] = {
    "an addition overflows",
    "a place that cannot be reached is reached (unreachable)",
    "",
    "a division by zero, or one that overflows",
    "",
    "a conversion from floating point to a type that cannot hold the value",
    "a function is called through a pointer to another type",
    "an implicit conversion changes the value",
    "a builtin is given a value that it does not take",
    "",
    "a value that its type does not have is loaded",
    "a function that has a result ends without return",
    "a multiplication overflows",
    "a negation overflows",
    "null is passed where its type excludes it",
    "null is returned where its type excludes it",
    "null is passed to a parameter that excludes it",
    "null is returned from a function that excludes it",
    "an index is out of bounds",
    "arithmetic on a pointer wraps around or begins at null",
    "a shift by too many bits, or of a negative value",
    "a subtraction overflows",
    "a null or misaligned pointer is used, or one to too small an object",
    "an assumption of alignment is wrong",
    "an array's size is not positive",
};

std::string_view tatami::breakReason(uint64_t number) {
  constexpr uint64_t firstCheck = 256;
  if (number == 1)
    return "abort or __builtin_trap";
  if (number < firstCheck || number - firstCheck >= std::size(checks))
    return "";
  return checks[number - firstCheck];
}
