// Reads whole files, and says what is wrong with others.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Files.h"

#include "Text.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>

namespace tatami::prof {

std::string readFile(const std::string &path, std::string &bytes,
                     uint64_t most) {
  bytes.clear();
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0)
    return errno == ENOENT
               ? "is not there"
               : fmt::format("cannot be read: {}", std::strerror(errno));
  if (S_ISDIR(status.st_mode))
    return "cannot be read: it is a directory";
  if (!S_ISREG(status.st_mode))
    return "cannot be read: it is no regular file";
  if (uint64_t(status.st_size) > most)
    return fmt::format("is not read: it has {}, more than {}",
                       byteCount(uint64_t(status.st_size)), byteCount(most));
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fmt::format("cannot be read: {}", std::strerror(errno));
  bytes.resize(size_t(status.st_size));
  in.read(bytes.data(), std::streamsize(bytes.size()));
  if (in.bad())
    return fmt::format("cannot be read: {}", std::strerror(errno));
  bytes.resize(size_t(in.gcount()));
  return {};
}

std::string imageOf(const Profile &profile) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path there = fs::path(profile.directory) / profile.image;
  return fs::exists(profile.image, ignored) || !fs::exists(there, ignored)
             ? profile.image
             : there.string();
}

} // namespace tatami::prof
