// The file of a checkpoint: sections that are whole, or the file is refused.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/archive/Archive.h"

#include <cstdio>
#include <string>
#include <string_view>

namespace tatami {

/// A file is a head (magic, version of the form) and sections: name, length,
/// CRC-32 and bytes; the last is called "end" and has none. Functions throw
/// ArchiveError with a sentence that names the file.
///
/// A new checkpoint is written beside the old one and takes its name when it is
/// whole and on the disk; the old one is kept as FILE.previous.
class CheckpointWriter {
public:
  explicit CheckpointWriter(const std::string &path);
  ~CheckpointWriter();
  CheckpointWriter(const CheckpointWriter &) = delete;
  CheckpointWriter &operator=(const CheckpointWriter &) = delete;

  void section(std::string_view name, const ArchiveWriter &content);
  /// Makes the file the checkpoint.
  void commit();

private:
  void write(const void *data, size_t size);

  std::string path, unfinished;
  std::FILE *file;
};

class CheckpointReader {
public:
  /// Checks all of the file before anything is taken from it.
  explicit CheckpointReader(const std::string &path);
  ~CheckpointReader();
  CheckpointReader(const CheckpointReader &) = delete;
  CheckpointReader &operator=(const CheckpointReader &) = delete;

  /// The next section, which has to be the one of that name.
  ArchiveReader section(std::string_view name);
  /// The sentence for an error in the sections read so far.
  std::string describe(const std::string &error) const;

private:
  [[noreturn]] void fail(const std::string &what) const;
  void check();

  std::string path;
  const uint8_t *data = nullptr;
  size_t size = 0, at = 0;
};

} // namespace tatami
