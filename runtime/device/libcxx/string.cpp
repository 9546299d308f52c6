//===- string.cpp - std::string, and numbers from and to it ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

_LIBCPP_BEGIN_NAMESPACE_STD

// The members that the header declares to be in the library.
#define INSTANTIATE(...) template __VA_ARGS__;
_LIBCPP_STRING_V1_EXTERN_TEMPLATE_LIST(INSTANTIATE, char)
_LIBCPP_STRING_V1_EXTERN_TEMPLATE_LIST(INSTANTIATE, wchar_t)

template <class Integer> static string integerToString(Integer Value) {
  char Digits[24];
  return string(Digits, to_chars(Digits, Digits + sizeof Digits, Value).ptr);
}
string to_string(int Value) { return integerToString(Value); }
string to_string(long Value) { return integerToString(Value); }
string to_string(long long Value) { return integerToString(Value); }
string to_string(unsigned Value) { return integerToString(Value); }
string to_string(unsigned long Value) { return integerToString(Value); }
string to_string(unsigned long long Value) { return integerToString(Value); }

string to_string(double Value) {
  string Result(snprintf(nullptr, 0, "%f", Value), '\0');
  snprintf(Result.data(), Result.size() + 1, "%f", Value);
  return Result;
}
string to_string(float Value) { return to_string(double(Value)); }
string to_string(long double Value) { return to_string(double(Value)); }

/// Calls one of the C library's functions, and ends the program where the
/// standard wants an exception.
template <class Convert>
static auto parse(const char *Name, const string &Text, size_t *Used,
                  Convert Function) {
  char *End;
  errno = 0;
  auto Value = Function(Text.c_str(), &End);
  if (End == Text.c_str())
    std::__throw_invalid_argument(Name);
  if (errno == ERANGE)
    std::__throw_out_of_range(Name);
  if (Used)
    *Used = static_cast<size_t>(End - Text.c_str());
  return Value;
}

#define PARSE_INTEGER(Name, Type, Function)                                    \
  Type Name(const string &Text, size_t *Used, int Base) {                      \
    return parse(#Name, Text, Used, [Base](const char *Begin, char **End) {    \
      return Function(Begin, End, Base);                                       \
    });                                                                        \
  }
PARSE_INTEGER(stol, long, strtol)
PARSE_INTEGER(stoul, unsigned long, strtoul)
PARSE_INTEGER(stoll, long long, strtoll)
PARSE_INTEGER(stoull, unsigned long long, strtoull)

int stoi(const string &Text, size_t *Used, int Base) {
  long Value = stol(Text, Used, Base);
  if (Value < INT_MIN || Value > INT_MAX)
    std::__throw_out_of_range("stoi");
  return static_cast<int>(Value);
}

#define PARSE_FLOAT(Name, Type, Function)                                      \
  Type Name(const string &Text, size_t *Used) {                                \
    return parse(#Name, Text, Used, [](const char *Begin, char **End) {        \
      return Function(Begin, End);                                             \
    });                                                                        \
  }
PARSE_FLOAT(stof, float, strtof)
PARSE_FLOAT(stod, double, strtod)
PARSE_FLOAT(stold, long double, strtold)

_LIBCPP_END_NAMESPACE_STD
