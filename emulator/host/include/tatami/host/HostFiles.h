// Files of the host as a program sees them: standard streams, and what lies
// below directories that the user has granted.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/archive/Archive.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tatami {

/// Results are those of host calls: negative numbers are -errno, with the
/// numbers of the device's C library.
class HostFiles {
public:
  HostFiles();
  virtual ~HostFiles();
  HostFiles(const HostFiles &) = delete;
  HostFiles &operator=(const HostFiles &) = delete;

  /// Lets the program reach \p host as \p guest. Returns what is wrong, or an
  /// empty string.
  virtual std::string grant(const std::string &host, const std::string &guest);

  virtual int64_t open(const std::string &path, uint64_t flags,
                       uint64_t mode);
  virtual int64_t close(uint64_t fd);
  virtual int64_t read(uint64_t fd, void *data, uint64_t bytes);
  virtual int64_t write(uint64_t fd, const void *data, uint64_t bytes);
  virtual int64_t seek(uint64_t fd, int64_t offset, uint64_t whence);
  virtual int64_t stat(uint64_t fd, uint64_t &size, uint64_t &mode);
  virtual int64_t unlink(const std::string &path);
  virtual int64_t isTerminal(uint64_t fd);
  /// Hands everything written to standard output to the host.
  void flush();
  /// The host's error number if that has ever failed, else 0.
  int outputError() const { return failedOutput; }

  /// Which files are open and where in them the program is.
  void archive(ArchiveWriter &archive) const;
  /// Opens those files again and brings them to the length that they had. The
  /// same directories have to be granted. Throws ArchiveError.
  virtual void archive(ArchiveReader &archive);

private:
  struct Grant {
    std::vector<std::string> guest; ///< Components of the path.
    int directory;
  };

  /// The host's descriptor, or -1.
  int hostDescriptor(uint64_t fd) const;
  /// Opens the directory that holds the last component of \p path, without
  /// following any symbolic link, so that no path leaves what was granted.
  /// Returns a descriptor or -errno; \p name becomes the last component.
  int openParent(const std::string &path, std::string &name) const;

  struct Opened {
    int host;
    std::string path;   ///< Empty for the standard streams.
    uint64_t flags = 0; ///< Those that opening it again needs.
  };

  std::vector<Grant> grants;
  std::map<uint64_t, Opened> descriptors;
  std::string output;     ///< Not yet handed to the host.
  int failedOutput = 0;
  uint64_t inputRead = 0; ///< Bytes taken from standard input.
};

} // namespace tatami
