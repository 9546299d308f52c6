// Files of the host, confined to granted directories.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/host/HostFiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tatami;

namespace {

/// Open flags of newlib, which the device's C library uses.
constexpr uint64_t guestWriteOnly = 1, guestReadWrite = 2, guestAppend = 0x8,
                   guestCreate = 0x200, guestTruncate = 0x400,
                   guestExclusive = 0x800;
constexpr uint64_t maxOpenFiles = 256;
constexpr size_t outputBuffer = 1 << 16;

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

HostFiles::HostFiles() { descriptors = {{0, 0}, {1, 1}, {2, 2}}; }

HostFiles::~HostFiles() {
  flush();
  for (auto [fd, host] : descriptors)
    if (host > 2)
      ::close(host);
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
  return it == descriptors.end() ? -1 : it->second;
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
  descriptors[fd] = host;
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
  writeAll(1, output.data(), output.size());
  output.clear();
}
