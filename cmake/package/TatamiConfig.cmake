# find_package(Tatami): where the tools are, and functions for projects that
# build for the machine.
#
#   Tatami_TOOLCHAIN_FILE   for --toolchain, or for a sub-build of a host project
#   Tatami::run, Tatami::clang, Tatami::objdump, ...   the tools
#   tatami_add_test(...)    a test on a machine
#   tatami_stack(...)       the sizes of an image's stacks
#   tatami_write_clangd()   makes stock clangd understand the project
#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
get_filename_component(Tatami_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(Tatami_TOOLCHAIN_FILE "${CMAKE_CURRENT_LIST_DIR}/TatamiToolchain.cmake")
set(Tatami_INCLUDE_DIR "${Tatami_PREFIX}/lib/tatami/include")

foreach(_tatami_tool clang clang++ ld run addr2line ar dwarfdump nm objcopy
                     objdump ranlib readelf size strip symbolizer)
  if(NOT TARGET Tatami::${_tatami_tool} AND EXISTS "${Tatami_PREFIX}/bin/tatami-${_tatami_tool}")
    add_executable(Tatami::${_tatami_tool} IMPORTED GLOBAL)
    # They run on the host, whatever the project is built for.
    set_target_properties(Tatami::${_tatami_tool} PROPERTIES
      CROSSCOMPILING_EMULATOR ""
      IMPORTED_LOCATION "${Tatami_PREFIX}/bin/tatami-${_tatami_tool}")
  endif()
endforeach()
unset(_tatami_tool)

foreach(_tatami_tool clang ld run)
  if(NOT TARGET Tatami::${_tatami_tool})
    set(Tatami_FOUND FALSE)
    set(Tatami_NOT_FOUND_MESSAGE "${Tatami_PREFIX}/bin/tatami-${_tatami_tool} is missing")
  endif()
endforeach()
unset(_tatami_tool)

# tatami_add_test(NAME name TARGET target [MACHINE node|mesh-4x4|die|file]
#                 [TIMING d1|unit|off] [RUN option...] [ARGS argument...])
# A test that runs an image. RUN: further options of tatami-run; ARGS: the
# program's own. Without MACHINE and TIMING, as CMAKE_CROSSCOMPILING_EMULATOR.
function(tatami_add_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;TARGET;MACHINE;TIMING" "RUN;ARGS")
  foreach(needed NAME TARGET)
    if(NOT arg_${needed})
      message(FATAL_ERROR "tatami_add_test: ${needed} is missing")
    endif()
  endforeach()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "tatami_add_test: unknown argument ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_MACHINE AND NOT arg_TIMING AND NOT arg_RUN)
    add_test(NAME "${arg_NAME}" COMMAND ${arg_TARGET} ${arg_ARGS})
    return()
  endif()
  set(options ${arg_RUN})
  if(arg_MACHINE)
    list(PREPEND options --machine "${arg_MACHINE}")
  endif()
  if(arg_TIMING)
    list(PREPEND options --timing "${arg_TIMING}")
  endif()
  add_test(NAME "${arg_NAME}"
           COMMAND Tatami::run ${options} "$<TARGET_FILE:${arg_TARGET}>" ${arg_ARGS})
endfunction()

# tatami_stack(target [BYTES bytes] [THREAD_BYTES bytes])
# Stack of thread 0, and of each other thread; K and M are known.
function(tatami_stack target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BYTES;THREAD_BYTES" "")
  if(arg_BYTES)
    target_link_options(${target} PRIVATE "LINKER:--stack-size=${arg_BYTES}")
  endif()
  if(arg_THREAD_BYTES)
    target_link_options(${target} PRIVATE "LINKER:--thread-stack-size=${arg_THREAD_BYTES}")
  endif()
endfunction()

# tatami_write_clangd()
# Writes compile_commands.json to the build directory and a .clangd beside the
# project's CMakeLists.txt that points to it. An existing .clangd is left alone.
function(tatami_write_clangd)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON CACHE BOOL "" FORCE)
  if(NOT EXISTS "${PROJECT_SOURCE_DIR}/.clangd")
    configure_file("${Tatami_DIR}/clangd.in" "${PROJECT_SOURCE_DIR}/.clangd" @ONLY)
  endif()
endfunction()
