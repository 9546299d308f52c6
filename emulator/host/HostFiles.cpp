// Files of the host, confined to granted directories.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/host/HostFiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tatami;

namespace {

/// Open flags of newlib, which the device's C library uses.
constexpr uint64_t guestWriteOnly = 1, guestReadWrite = 2, guestAppend = 0x8,
                   guestCreate = 0x200, guestTruncate = 0x400,
                   guestExclusive = 0x800;
constexpr uint64_t maxOpenFiles = 16384;
constexpr size_t outputBuffer = 1 << 16;

/// As many as a tile has nodes; the host may allow fewer.
void allowManyFiles() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return;
  rlim_t wanted = std::min<rlim_t>(limit.rlim_max, maxOpenFiles + 64);
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

/// The first 34 numbers are the same in newlib and Linux; the rest is EIO.
int64_t failure(int error) { return error <= 34 ? -error : -EIO; }

/// Components of a path; false if it has "..".
bool splitPath(const std::string &path, std::vector<std::string> &parts) {
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    std::string part = path.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".")
      continue;
    if (part == "..")
      return false;
    parts.push_back(part);
  }
  return true;
}

bool writeAll(int fd, const char *data, size_t bytes) {
  while (bytes > 0) {
    ssize_t done = ::write(fd, data, bytes);
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return false;
    data += done;
    bytes -= size_t(done);
  }
  return true;
}

} // namespace

HostFiles::HostFiles() {
  for (int standard : {0, 1, 2})
    descriptors[uint64_t(standard)] = {standard, ""};
  allowManyFiles();
}

HostFiles::~HostFiles() {
  flush();
  for (auto &[fd, opened] : descriptors)
    if (opened.host > 2)
      ::close(opened.host);
  for (const Grant &grant : grants)
    ::close(grant.directory);
}

std::string HostFiles::grant(const std::string &host,
                             const std::string &guest) {
  Grant grant;
  if (!splitPath(guest, grant.guest))
    return fmt::format("'{}' has a '..'; a guest directory must not", guest);
  grant.directory = ::open(host.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (grant.directory < 0)
    return fmt::format("directory '{}' cannot be opened: {}", host,
                       std::strerror(errno));
  grants.push_back(std::move(grant));
  return "";
}

int HostFiles::hostDescriptor(uint64_t fd) const {
  auto it = descriptors.find(fd);
  return it == descriptors.end() ? -1 : it->second.host;
}

int HostFiles::openParent(const std::string &path, std::string &name) const {
  std::vector<std::string> parts;
  if (!splitPath(path, parts) || path.find('\0') != std::string::npos)
    return -EACCES;
  const Grant *best = nullptr;
  for (const Grant &grant : grants)
    if (grant.guest.size() < parts.size() &&
        std::equal(grant.guest.begin(), grant.guest.end(), parts.begin()) &&
        (!best || grant.guest.size() >= best->guest.size()))
      best = &grant;
  if (!best)
    return -EACCES;
  int directory = fcntl(best->directory, F_DUPFD_CLOEXEC, 3);
  for (size_t i = best->guest.size(); i + 1 < parts.size(); ++i) {
    if (directory < 0)
      return -errno;
    int next = openat(directory, parts[i].c_str(),
                      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int error = errno;
    ::close(directory);
    if (next < 0)
      return -error;
    directory = next;
  }
  if (directory < 0)
    return -errno;
  name = parts.back();
  return directory;
}

int64_t HostFiles::open(const std::string &path, uint64_t flags,
                        uint64_t mode) {
  uint64_t fd = 3;
  while (descriptors.count(fd))
    ++fd;
  if (fd >= maxOpenFiles)
    return -EMFILE;
  int hostFlags = flags & guestReadWrite   ? O_RDWR
                  : flags & guestWriteOnly ? O_WRONLY
                                           : O_RDONLY;
  if (flags & guestAppend)
    hostFlags |= O_APPEND;
  if (flags & guestCreate)
    hostFlags |= O_CREAT;
  if (flags & guestTruncate)
    hostFlags |= O_TRUNC;
  if (flags & guestExclusive)
    hostFlags |= O_EXCL;
  std::string name;
  int parent = openParent(path, name);
  if (parent < 0)
    return failure(-parent);
  // Without O_NONBLOCK, opening a FIFO could wait for ever.
  int host = openat(parent, name.c_str(),
                    hostFlags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
                    mode_t(mode & 0777));
  int error = errno;
  ::close(parent);
  if (host < 0)
    return failure(error);
  struct stat info;
  if (fstat(host, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(host);
    return -EACCES;
  }
  constexpr uint64_t once = guestCreate | guestTruncate | guestExclusive;
  descriptors[fd] = {host, path, flags & ~once};
  return int64_t(fd);
}

int64_t HostFiles::close(uint64_t fd) {
  int host = hostDescriptor(fd);
  if (host < 0)
    return -EBADF;
  if (host == 1)
    flush();
  descriptors.erase(fd);
  if (host > 2)
    ::close(host);
  return 0;
}

int64_t HostFiles::read(uint64_t fd, void *data, uint64_t bytes) {
  int host = hostDescriptor(fd);
  if (host < 0 || host == 1 || host == 2)
    return -EBADF;
  if (host == 0)
    flush(); // A prompt should be seen before the answer is read.
  ssize_t done;
  do
    done = ::read(host, data, bytes);
  while (done < 0 && errno == EINTR);
  if (host == 0 && done > 0)
    inputRead += uint64_t(done);
  return done < 0 ? failure(errno) : done;
}

int64_t HostFiles::write(uint64_t fd, const void *data, uint64_t bytes) {
  int host = hostDescriptor(fd);
  if (host < 0 || host == 0)
    return -EBADF;
  if (host == 1) {
    output.append(static_cast<const char *>(data), bytes);
    if (output.size() >= outputBuffer)
      flush();
    return int64_t(bytes);
  }
  if (host == 2)
    flush();
  return writeAll(host, static_cast<const char *>(data), bytes)
             ? int64_t(bytes)
             : failure(errno);
}

int64_t HostFiles::seek(uint64_t fd, int64_t offset, uint64_t whence) {
  int host = hostDescriptor(fd);
  if (host < 0)
    return -EBADF;
  if (host <= 2)
    return -ESPIPE;
  if (whence > 2)
    return -EINVAL;
  off_t done = lseek(host, offset, int(whence)); // SEEK_* are the same.
  return done < 0 ? failure(errno) : done;
}

int64_t HostFiles::stat(uint64_t fd, uint64_t &size, uint64_t &mode) {
  constexpr uint64_t guestCharacterDevice = 0020000, guestRegular = 0100000;
  int host = hostDescriptor(fd);
  if (host < 0)
    return -EBADF;
  size = 0;
  mode = guestCharacterDevice | 0600;
  if (host > 2) {
    struct stat info;
    if (fstat(host, &info) != 0)
      return failure(errno);
    size = uint64_t(info.st_size);
    mode = guestRegular | (info.st_mode & 0777);
  }
  return 0;
}

int64_t HostFiles::unlink(const std::string &path) {
  std::string name;
  int parent = openParent(path, name);
  if (parent < 0)
    return failure(-parent);
  int result = unlinkat(parent, name.c_str(), 0);
  int error = errno;
  ::close(parent);
  return result == 0 ? 0 : failure(error);
}

int64_t HostFiles::isTerminal(uint64_t fd) {
  int host = hostDescriptor(fd);
  if (host < 0)
    return -EBADF;
  return host <= 2;
}

void HostFiles::flush() {
  if (!writeAll(1, output.data(), output.size()) && failedOutput == 0)
    failedOutput = errno;
  output.clear();
}

void HostFiles::archive(ArchiveWriter &archive) const {
  archive(inputRead, uint64_t(descriptors.size()));
  for (auto &[fd, opened] : descriptors) {
    uint64_t position = 0, size = 0;
    struct stat info;
    if (opened.host > 2 && fstat(opened.host, &info) == 0) {
      size = uint64_t(info.st_size);
      position = uint64_t(lseek(opened.host, 0, SEEK_CUR));
    }
    archive(fd, uint8_t(opened.host <= 2 ? opened.host : 3), opened.path,
            opened.flags, position, size);
  }
}

/// Takes \p bytes from standard input again.
static void skipInput(uint64_t bytes) {
  if (bytes == 0 || lseek(0, off_t(bytes), SEEK_SET) >= 0)
    return;
  char buffer[4096];
  while (bytes > 0) {
    ssize_t done = ::read(0, buffer, std::min<uint64_t>(bytes, sizeof buffer));
    if (done <= 0)
      throw ArchiveError("standard input is shorter than what the program had "
                         "read of it");
    bytes -= uint64_t(done);
  }
}

void HostFiles::archive(ArchiveReader &archive) {
  uint64_t count;
  archive(inputRead, count);
  skipInput(inputRead);
  descriptors.clear();
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t fd, flags, position, size;
    uint8_t standard;
    std::string path;
    archive(fd, standard, path, flags, position, size);
    if (standard <= 2) {
      descriptors[fd] = {int(standard), ""};
      continue;
    }
    int64_t opened = HostFiles::open(path, flags, 0);
    if (opened < 0)
      throw ArchiveError(fmt::format(
          "the program had '{}' open, which cannot be opened: {}; is its "
          "directory granted with --dir?",
          path, std::strerror(int(-opened))));
    auto node = descriptors.extract(uint64_t(opened));
    node.key() = fd;
    int host = node.mapped().host;
    descriptors.insert(std::move(node));
    bool writes = flags & (guestWriteOnly | guestReadWrite);
    if ((writes && ftruncate(host, off_t(size)) != 0) ||
        lseek(host, off_t(position), SEEK_SET) < 0)
      throw ArchiveError(fmt::format("'{}' cannot be brought to where the "
                                     "program had been in it: {}",
                                     path, std::strerror(errno)));
  }
}
