# Rules to compile for the device: one per object, so that a build is as parallel
# as any other, and only what changed is built again.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

set(TATAMI_DEVICE_CC "" CACHE FILEPATH
    "A compiler for the device libraries other than the tatami-clang of this build")
option(TATAMI_REBUILD_RUNTIME
       "Build the device libraries again when the compiler has changed" ON)

set(deviceCompiler $<TARGET_FILE:tatami-clang>)
set(deviceCompilerDependency)
if(TATAMI_DEVICE_CC)
  set(deviceCompiler "${TATAMI_DEVICE_CC}")
elseif(TATAMI_REBUILD_RUNTIME)
  set(deviceCompilerDependency tatami-clang)
endif()
find_program(TATAMI_LLVM_AR llvm-ar PATHS "${TATAMI_LLVM_ROOT}/bin" NO_DEFAULT_PATH REQUIRED)

# tatami_device_objects(<result> SOURCES <file>... [FLAGS <flag>...]
#                       [NAME_PREFIX <folder>] [OBJECT_NAME <name>]
#                       [NEEDS_HEADERS | NEEDS_TATAMI])
# One rule per source. Objects are named after their sources below <folder>.
# NEEDS_HEADERS: the C library's headers are searched.
# NEEDS_TATAMI: so are those of <tatami.h>, which has to wait for what isa/ makes.
function(tatami_device_objects result)
  cmake_parse_arguments(ARG "NEEDS_HEADERS;NEEDS_TATAMI" "NAME_PREFIX;OBJECT_NAME" "SOURCES;FLAGS" ${ARGN})
  if(NOT ARG_NAME_PREFIX)
    set(ARG_NAME_PREFIX "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  set(headers -nostdlibinc)
  set(generated)
  if(ARG_NEEDS_TATAMI)
    set(generated ${TATAMI_GENERATED_HEADERS})
  endif()
  if(ARG_NEEDS_HEADERS OR ARG_NEEDS_TATAMI)
    list(APPEND headers -isystem "${TATAMI_DEVICE_PREFIX}/include")
  endif()
  set(objects)
  foreach(source ${ARG_SOURCES})
    file(RELATIVE_PATH name "${ARG_NAME_PREFIX}" "${source}")
    if(ARG_OBJECT_NAME)
      cmake_path(REPLACE_FILENAME name "${ARG_OBJECT_NAME}")
    endif()
    set(object "${CMAKE_CURRENT_BINARY_DIR}/objects/${name}.o")
    cmake_path(GET object PARENT_PATH folder)
    file(MAKE_DIRECTORY "${folder}")
    add_custom_command(OUTPUT "${object}"
      COMMAND "${deviceCompiler}" ${ARG_FLAGS} ${headers} -g1
              -ffunction-sections -fdata-sections
              -MD -MF "${object}.d" -c "${source}" -o "${object}"
      DEPENDS "${source}" ${generated} ${deviceCompilerDependency}
      DEPFILE "${object}.d"
      COMMENT "Building ${name} for the device"
      VERBATIM COMMAND_EXPAND_LISTS)
    list(APPEND objects "${object}")
  endforeach()
  set(${result} "${objects}" PARENT_SCOPE)
endfunction()

# tatami_device_archive(<name> <object>...): lib<name>.a where the compiler looks.
function(tatami_device_archive name)
  set(archive "${TATAMI_DEVICE_PREFIX}/lib/lib${name}.a")
  set(list "${CMAKE_CURRENT_BINARY_DIR}/lib${name}.objects")
  string(REPLACE ";" "\n" lines "${ARGN}")
  file(CONFIGURE OUTPUT "${list}" CONTENT "${lines}\n")
  file(MAKE_DIRECTORY "${TATAMI_DEVICE_PREFIX}/lib")
  add_custom_command(OUTPUT "${archive}"
    COMMAND ${CMAKE_COMMAND} -E rm -f "${archive}"
    COMMAND "${TATAMI_LLVM_AR}" rcsD "${archive}" "@${list}"
    DEPENDS ${ARGN} "${list}"
    COMMENT "Archiving lib${name}.a for the device"
    VERBATIM)
endfunction()
