# The C library: newlib, from Debian's package newlib-source, with our own
# configuration instead of its configure scripts. Its system layers (libc/sys and
# libgloss) are not used.
#
# Results: newlibSource, newlibFlags and lists of sources.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

file(GLOB newlibArchive /usr/src/newlib/newlib-*.tar.xz)
if(NOT newlibArchive)
  message(FATAL_ERROR "newlib's sources are missing: install Debian's package newlib-source")
endif()
list(GET newlibArchive -1 newlibArchive)
set(newlibRoot "${CMAKE_CURRENT_BINARY_DIR}/newlib")
set(newlibStamp "${newlibRoot}/extracted")
if(NOT EXISTS "${newlibStamp}" OR "${newlibArchive}" IS_NEWER_THAN "${newlibStamp}")
  message(STATUS "Extracting ${newlibArchive}")
  file(REMOVE_RECURSE "${newlibRoot}")
  file(ARCHIVE_EXTRACT INPUT "${newlibArchive}" DESTINATION "${newlibRoot}"
       PATTERNS "*/newlib/libc/*" "*/newlib/libm/*" "*/COPYING.NEWLIB")
  file(TOUCH "${newlibStamp}")
endif()
file(GLOB newlibSource "${newlibRoot}/*/newlib")

# Headers: all of newlib's, then ours in their place.
set(newlibInclude "${TATAMI_DEVICE_PREFIX}/include")
if("${newlibStamp}" IS_NEWER_THAN "${newlibInclude}/.newlib")
  file(COPY "${newlibSource}/libc/include/" DESTINATION "${newlibInclude}"
       PATTERN "regdef.h" EXCLUDE PATTERN "rpc" EXCLUDE PATTERN "stdatomic.h" EXCLUDE)
  file(GLOB licence "${newlibRoot}/*/COPYING.NEWLIB")
  file(COPY ${licence} DESTINATION "${newlibInclude}")
  file(TOUCH "${newlibInclude}/.newlib")
endif()
file(GLOB_RECURSE headers RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/libc/include" CONFIGURE_DEPENDS
     "${CMAKE_CURRENT_SOURCE_DIR}/libc/include/*.h")
foreach(header ${headers})
  configure_file("libc/include/${header}" "${newlibInclude}/${header}" COPYONLY)
endforeach()

# Old C, and warnings that are newlib's own affair.
set(newlibFlags -std=gnu17 -w -fno-builtin
    -Wno-implicit-function-declaration -Wno-implicit-int -Wno-int-conversion
    -Wno-incompatible-function-pointer-types -Wno-return-mismatch
    -D_COMPILING_NEWLIB -DREENTRANT_SYSCALLS_PROVIDED -DGETREENT_PROVIDED
    -DHAVE_RENAME -D_LIBM
    -I${newlibSource}/libc/time -I${newlibSource}/libm/common)

# newlib_sources(<result> <folder> [<regular expression of names to leave out>])
function(newlib_sources result folder)
  file(GLOB sources "${newlibSource}/${folder}/*.c")
  if(ARGC GREATER 2)
    list(FILTER sources EXCLUDE REGEX "/(${ARGV2})\\.c$")
  endif()
  set(${result} ${${result}} ${sources} PARENT_SCOPE)
endfunction()

# Most of the library is small rather than fast. What is left out: what we have
# ourselves (locks, abort, vectorised strings), what needs an operating system,
# the "nano" variants, and files that others include or that are built below.
set(newlibSizeSources)
newlib_sources(newlibSizeSources libc/argz)
newlib_sources(newlibSizeSources libc/ctype "jp2uc")
newlib_sources(newlibSizeSources libc/errno)
newlib_sources(newlibSizeSources libc/locale)
newlib_sources(newlibSizeSources libc/misc "lock|init|fini")
newlib_sources(newlibSizeSources libc/reent
  ".*(64r|execr)|closer|fcntlr|fstatr|getreent|gettimeofdayr|isattyr|linkr|lseekr|mkdirr|openr|readr|renamer|sbrkr|signalr|statr|timesr|unlinkr|writer")
newlib_sources(newlibSizeSources libc/search "qsort|bsearch|hash_log2|ndbm")
newlib_sources(newlibSizeSources libc/signal)
newlib_sources(newlibSizeSources libc/stdio "nano-.*|sccl_.*")
newlib_sources(newlibSizeSources libc/stdlib
  "nano-.*|abort|aligned_alloc|system|arc4random.*|strtorx|strtodg")
newlib_sources(newlibSizeSources libc/string
  "mem(chr|cmp|cpy|move|set|pcpy)|str(cat|chr|chrnul|cmp|cpy|len|ncat|ncmp|ncpy|nlen)|stpcpy|bcmp")
newlib_sources(newlibSizeSources libc/syscalls)
newlib_sources(newlibSizeSources libc/time)
newlib_sources(newlibSizeSources libc/unix "getlogin|getpass|getpwent|getut|ttyname.*|sigset|getcwd")

set(newlibSpeedSources)
foreach(name qsort bsearch)
  list(APPEND newlibSpeedSources "${newlibSource}/libc/search/${name}.c")
endforeach()

# One source, several objects: source|object|definitions...
set(newlibVariants)
foreach(variant
    vfprintf vfwprintf vfscanf vfwscanf)
  string(REGEX REPLACE "^vf" "" kind ${variant})
  set(source "${newlibSource}/libc/stdio/${variant}.c")
  list(APPEND newlibVariants
    "${source}|vfi${kind}.c|-DINTEGER_ONLY"
    "${source}|svf${kind}.c|-DSTRING_ONLY"
    "${source}|svfi${kind}.c|-DINTEGER_ONLY|-DSTRING_ONLY")
endforeach()
# malloc is one source as well.
list(FILTER newlibSizeSources EXCLUDE REGEX "/libc/stdlib/mallocr\\.c$")
foreach(function MALLOC FREE REALLOC CFREE MEMALIGN VALLOC PVALLOC
                 MALLINFO MALLOC_STATS MALLOC_USABLE_SIZE MALLOPT)
  string(TOLOWER ${function} name)
  list(APPEND newlibVariants
    "${newlibSource}/libc/stdlib/mallocr.c|${name}r.c|-DDEFINE_${function}|-DINTERNAL_NEWLIB")
endforeach()

# Without what our own libm/*.c have as instructions, more exactly, or at all.
set(newlibMathSources)
newlib_sources(newlibMathSources libm/common
  "s_fma|sf_(fma|fmax|fmin|trunc|rint|nearbyint|round|copysign)")
newlib_sources(newlibMathSources libm/math
  "(ef|wf)_sqrt|sf_(floor|ceil|fabs|tanh)|ef_(pow|rem_pio2)")
newlib_sources(newlibMathSources libm/complex)
