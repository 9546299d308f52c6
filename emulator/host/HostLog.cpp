// Notes answers of the host and gives them again.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/host/HostLog.h"

#include <cerrno>
#include <cstring>

using namespace tatami;
using Call = HostLog::Call;

void HostLog::add(Call call, int64_t result, const void *data, size_t bytes) {
  if (givenUp)
    return;
  kept += sizeof(Answer) + bytes;
  if (kept > most) {
    clear();
    givenUp = true;
    return;
  }
  answers.push_back({call, result, {}});
  if (bytes)
    answers.back().data.assign(static_cast<const char *>(data), bytes);
}

bool HostLog::take(Call call, int64_t &result, void *data, size_t room) {
  if (answers.empty() || answers.front().call != call ||
      answers.front().data.size() > room)
    return false;
  const Answer &answer = answers.front();
  result = answer.result;
  if (!answer.data.empty())
    std::memcpy(data, answer.data.data(), answer.data.size());
  answers.pop_front();
  return true;
}

void HostLog::clear() {
  answers.clear();
  kept = 0;
}

//===-- Recording -----------------------------------------------------------===//

int64_t RecordedFiles::open(const std::string &path, uint64_t flags,
                            uint64_t mode) {
  int64_t result = HostFiles::open(path, flags, mode);
  log.add(Call::Open, result);
  return result;
}

int64_t RecordedFiles::close(uint64_t fd) {
  int64_t result = HostFiles::close(fd);
  log.add(Call::Close, result);
  return result;
}

int64_t RecordedFiles::read(uint64_t fd, void *data, uint64_t bytes) {
  int64_t result = HostFiles::read(fd, data, bytes);
  log.add(Call::Read, result, data, result > 0 ? size_t(result) : 0);
  return result;
}

int64_t RecordedFiles::write(uint64_t fd, const void *data, uint64_t bytes) {
  int64_t result = HostFiles::write(fd, data, bytes);
  log.add(Call::Write, result);
  return result;
}

int64_t RecordedFiles::seek(uint64_t fd, int64_t offset, uint64_t whence) {
  int64_t result = HostFiles::seek(fd, offset, whence);
  log.add(Call::Seek, result);
  return result;
}

int64_t RecordedFiles::stat(uint64_t fd, uint64_t &size, uint64_t &mode) {
  int64_t result = HostFiles::stat(fd, size, mode);
  uint64_t info[2] = {};
  if (result == 0)
    info[0] = size, info[1] = mode;
  log.add(Call::Stat, result, info, sizeof info);
  return result;
}

int64_t RecordedFiles::unlink(const std::string &path) {
  int64_t result = HostFiles::unlink(path);
  log.add(Call::Unlink, result);
  return result;
}

int64_t RecordedFiles::isTerminal(uint64_t fd) {
  int64_t result = HostFiles::isTerminal(fd);
  log.add(Call::IsTerminal, result);
  return result;
}

//===-- Replaying -----------------------------------------------------------===//

int64_t ReplayedFiles::answer(Call call, void *data, size_t room) {
  int64_t result = -EIO;
  faithful &= log.take(call, result, data, room);
  return result;
}

std::string ReplayedFiles::grant(const std::string &, const std::string &) {
  return "";
}

int64_t ReplayedFiles::open(const std::string &, uint64_t, uint64_t) {
  return answer(Call::Open);
}

int64_t ReplayedFiles::close(uint64_t) { return answer(Call::Close); }

int64_t ReplayedFiles::read(uint64_t, void *data, uint64_t bytes) {
  return answer(Call::Read, data, bytes);
}

int64_t ReplayedFiles::write(uint64_t, const void *, uint64_t) {
  return answer(Call::Write);
}

int64_t ReplayedFiles::seek(uint64_t, int64_t, uint64_t) {
  return answer(Call::Seek);
}

int64_t ReplayedFiles::stat(uint64_t, uint64_t &size, uint64_t &mode) {
  uint64_t info[2] = {};
  int64_t result = answer(Call::Stat, info, sizeof info);
  size = info[0];
  mode = info[1];
  return result;
}

int64_t ReplayedFiles::unlink(const std::string &) {
  return answer(Call::Unlink);
}

int64_t ReplayedFiles::isTerminal(uint64_t) {
  return answer(Call::IsTerminal);
}

void ReplayedFiles::archive(ArchiveReader &) {
  // Which files are open matters to nobody here.
}
