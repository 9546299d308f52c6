// What the host has answered, so that a program can be run once more without
// touching anything outside of it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/host/HostFiles.h"

#include <deque>
#include <string>

namespace tatami {

/// Answers in the order in which they were given.
class HostLog {
public:
  enum class Call : uint8_t { Open, Close, Read, Write, Seek, Stat, Unlink, IsTerminal };

  /// Keeps about \p most bytes; with more the log is given up.
  explicit HostLog(size_t most) : most(most) {}

  void add(Call call, int64_t result, const void *data = nullptr,
           size_t bytes = 0);
  /// Takes the first answer out. False if it is not one to \p call or has
  /// more than \p room bytes: then this is not the run that was recorded.
  bool take(Call call, int64_t &result, void *data, size_t room);

  /// What has been answered so far is not needed any more.
  void clear();
  bool isGivenUp() const { return givenUp; }
  size_t limit() const { return most; }

private:
  struct Answer {
    Call call;
    int64_t result;
    std::string data; ///< What was stored into the program's memory.
  };

  std::deque<Answer> answers;
  size_t most, kept = 0;
  bool givenUp = false;
};

/// Files of the host that also note what they answer.
class RecordedFiles : public HostFiles {
public:
  explicit RecordedFiles(HostLog &log) : log(log) {}

  int64_t open(const std::string &path, uint64_t flags, uint64_t mode) override;
  int64_t close(uint64_t fd) override;
  int64_t read(uint64_t fd, void *data, uint64_t bytes) override;
  int64_t write(uint64_t fd, const void *data, uint64_t bytes) override;
  int64_t seek(uint64_t fd, int64_t offset, uint64_t whence) override;
  int64_t stat(uint64_t fd, uint64_t &size, uint64_t &mode) override;
  int64_t unlink(const std::string &path) override;
  int64_t isTerminal(uint64_t fd) override;

private:
  HostLog &log;
};

/// Answers from a log, whatever has become of the files.
class ReplayedFiles : public HostFiles {
public:
  explicit ReplayedFiles(HostLog &log) : log(log) {}

  /// False if something was asked that the log has no answer to.
  bool isFaithful() const { return faithful; }

  std::string grant(const std::string &host, const std::string &guest) override;
  int64_t open(const std::string &path, uint64_t flags, uint64_t mode) override;
  int64_t close(uint64_t fd) override;
  int64_t read(uint64_t fd, void *data, uint64_t bytes) override;
  int64_t write(uint64_t fd, const void *data, uint64_t bytes) override;
  int64_t seek(uint64_t fd, int64_t offset, uint64_t whence) override;
  int64_t stat(uint64_t fd, uint64_t &size, uint64_t &mode) override;
  int64_t unlink(const std::string &path) override;
  int64_t isTerminal(uint64_t fd) override;
  void archive(ArchiveReader &archive) override;

private:
  int64_t answer(HostLog::Call call, void *data = nullptr, size_t room = 0);

  HostLog &log;
  bool faithful = true;
};

} // namespace tatami
