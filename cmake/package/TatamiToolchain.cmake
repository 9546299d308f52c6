# Toolchain file: CMake builds for the machine and runs tests on its emulator.
#   cmake -S . -B build --toolchain <prefix>/lib/cmake/Tatami/TatamiToolchain.cmake
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
include_guard()

get_filename_component(_tatami_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

set(CMAKE_SYSTEM_NAME Tatami)
set(CMAKE_SYSTEM_PROCESSOR tatami)
# Platform/Tatami.cmake, which says what images and libraries are called.
list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")

set(CMAKE_C_COMPILER "${_tatami_prefix}/bin/tatami-clang")
set(CMAKE_CXX_COMPILER "${_tatami_prefix}/bin/tatami-clang++")
set(CMAKE_ASM_COMPILER "${_tatami_prefix}/bin/tatami-clang")
foreach(_tatami_tool ar ranlib nm objcopy objdump readelf strip addr2line)
  string(TOUPPER ${_tatami_tool} _tatami_variable)
  set(CMAKE_${_tatami_variable} "${_tatami_prefix}/bin/tatami-${_tatami_tool}"
      CACHE FILEPATH "Tatami's ${_tatami_tool}")
endforeach()
set(CMAKE_LINKER "${_tatami_prefix}/bin/tatami-ld" CACHE FILEPATH "Tatami's linker")
# The compiler's own names for the tools of -flto.
foreach(_tatami_language C CXX)
  set(CMAKE_${_tatami_language}_COMPILER_AR "${CMAKE_AR}")
  set(CMAKE_${_tatami_language}_COMPILER_RANLIB "${CMAKE_RANLIB}")
endforeach()

# Tests, try_run() and generators run on the emulator. Add options of tatami-run
# behind a semicolon, for example --machine;mesh-4x4.
if(NOT DEFINED CMAKE_CROSSCOMPILING_EMULATOR)
  set(CMAKE_CROSSCOMPILING_EMULATOR "${_tatami_prefix}/bin/tatami-run")
endif()

# Libraries and headers are the machine's, programs the host's.
list(APPEND CMAKE_FIND_ROOT_PATH "${_tatami_prefix}/lib/tatami")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
# So that find_package(Tatami) finds the package of this very toolchain.
set(Tatami_DIR "${CMAKE_CURRENT_LIST_DIR}" CACHE PATH "The Tatami package")

unset(_tatami_tool)
unset(_tatami_variable)
unset(_tatami_language)
unset(_tatami_prefix)
