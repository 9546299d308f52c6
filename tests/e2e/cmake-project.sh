#!/usr/bin/env bash
# The example of a CMake project configures, builds and tests with an installed
# toolchain and with the one in the build tree, and stock clangd understands it.
# usage: cmake-project.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
fail() { echo "cmake-project: $*" >&2; exit 1; }
cmake --install "$1" --prefix "$work/a prefix" >"$work/log"

# check NAME PREFIX OPTION...
check() {
  local name="$1" package="$2/lib/cmake/Tatami"; shift 2
  cp -r "$source/examples/08-cmake-project" "$work/$name"
  cmake -S "$work/$name" -B "$work/$name/build" -G Ninja "$@" \
    --toolchain "$package/TatamiToolchain.cmake" >"$work/$name.log" 2>&1 || { cat "$work/$name.log" >&2; fail "$name: does not configure"; }
  grep -q 'C compiler identification is Clang' "$work/$name.log" || fail "$name: the compiler is not taken for clang"
  if grep -i warning "$work/$name.log" >&2; then fail "$name: configures with warnings"; fi
  cmake --build "$work/$name/build" >"$work/$name.log" 2>&1 || { cat "$work/$name.log" >&2; fail "$name: does not build"; }
  ctest --test-dir "$work/$name/build" --output-on-failure >"$work/$name.log" 2>&1 || { cat "$work/$name.log" >&2; fail "$name: fails"; }
}
source="$2"
check installed "$work/a prefix"
check tree "$1" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON

for file in kernels/dot.c norm.c spread.cpp; do
  (cd "$work/installed" && clangd-22 --check="$file" --check-locations=false) >"$work/clangd" 2>&1 || true
  if ! grep -q 'All checks completed, 0 errors' "$work/clangd"; then
    cat "$work/clangd" >&2; fail "clangd finds errors in $file"
  fi
done
# It would find some.
echo 'int x = nothing;' >>"$work/installed/norm.c"
(cd "$work/installed" && clangd-22 --check=norm.c --check-locations=false) >"$work/clangd" 2>&1 || true
grep -q "undeclared identifier 'nothing'" "$work/clangd" || { cat "$work/clangd" >&2; fail "clangd finds no errors at all"; }

# A version that is not there is refused.
sed -i 's/find_package(Tatami 0.1/find_package(Tatami 7.0/' "$work/installed/CMakeLists.txt"
if cmake -S "$work/installed" -B "$work/other" --toolchain "$work/a prefix/lib/cmake/Tatami/TatamiToolchain.cmake" >"$work/log" 2>&1; then
  fail "version 7.0 is found"
fi
