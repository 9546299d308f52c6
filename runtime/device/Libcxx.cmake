# The C++ library: libc++'s headers from Debian's package libc++-22-dev, with our own
# configuration. What they call beyond templates is in libcxx/*.cpp.
#
# Result: libcxxInclude.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

set(libcxxHeaders "${TATAMI_LLVM_ROOT}/include/c++/v1")
if(NOT EXISTS "${libcxxHeaders}/__config")
  message(FATAL_ERROR "libc++'s headers are missing: install Debian's package libc++-22-dev")
endif()

# Copied, so that an installed toolchain has them too. Those for C++03 serve a mode
# that has to be asked for; the modules would describe another configuration.
set(libcxxInclude "${TATAMI_DEVICE_PREFIX}/include/c++/v1")
set(libcxxStamp "${CMAKE_CURRENT_BINARY_DIR}/libcxx-headers")
if(NOT EXISTS "${libcxxStamp}" OR "${libcxxHeaders}/__config" IS_NEWER_THAN "${libcxxStamp}")
  file(REMOVE_RECURSE "${libcxxInclude}")
  file(COPY "${libcxxHeaders}/" DESTINATION "${libcxxInclude}"
       PATTERN "__cxx03" EXCLUDE PATTERN "__config_site" EXCLUDE
       PATTERN "__assertion_handler" EXCLUDE PATTERN "libcxx.imp" EXCLUDE
       PATTERN "module.modulemap" EXCLUDE)
  file(TOUCH "${libcxxStamp}")
endif()
foreach(header __assertion_handler __config_site __external_threading)
  configure_file("libcxx/include/${header}" "${libcxxInclude}/${header}" COPYONLY)
endforeach()
