# Settings that all folders share: language, warnings, output folders, ccache.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 17)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# The layout of an installed toolchain, so that the build tree works in place.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib/host")
set(TATAMI_DEVICE_PREFIX "${CMAKE_BINARY_DIR}/lib/tatami")

add_compile_options(-Wall -Wextra -Wno-unused-parameter)
# GCC warns of an ABI change for vector parameters that only inline code has.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-psabi)
endif()
# libstdc++ 12's stable_sort calls what libstdc++ 12 calls deprecated, and clang
# says so in every file that sorts. g++ still reports our own uses.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wno-deprecated-declarations)
endif()
option(TATAMI_WERROR "Treat warnings as errors" OFF)
if(TATAMI_WERROR)
  add_compile_options(-Werror)
endif()

option(TATAMI_SANITIZE "Build with AddressSanitizer and UBSan" OFF)
if(TATAMI_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

# The one version of LLVM that we build against.
set(TATAMI_LLVM_ROOT "/usr/lib/llvm-22" CACHE PATH "Where LLVM 22.1 is installed")
find_program(TATAMI_TBLGEN NAMES llvm-tblgen llvm-tblgen-22
             PATHS "${TATAMI_LLVM_ROOT}/bin" NO_DEFAULT_PATH REQUIRED)
