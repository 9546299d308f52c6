// The container of a profile: compressed chunks, one behind the other, so that
// what is recorded while the program runs is written while it runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/trace/Profile.h"

#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <span>
#include <string>

struct ZSTD_CCtx_s;

namespace tatami {

class ArchiveWriter;

/// Version of the file and of the profile in it: one more with every change of
/// what is written.
inline constexpr uint32_t profileVersion = 8;

/// The file: the line "tatami-profile VERSION\n", then chunks of
///   u8 kind, u8[3] zero, u32 packed size, u64 size, data as a frame of zstd
///   (RFC 8878)
/// in little-endian order. The profile is the last chunk and only there if the
/// run came to its end. Others read tatami-prof's JSON: this form is for the
/// programs of one version.
enum class ChunkKind : uint8_t {
  Profile, ///< By packProfile().
  Events,  ///< Of the timeline: see Events.h.
};

void packProfile(const Profile &profile, ArchiveWriter &writer);
std::vector<uint8_t> packProfile(const Profile &profile);
/// Throws ArchiveError if \p data cannot be what packProfile() has made.
void unpackProfile(std::span<const uint8_t> data, Profile &profile);

/// Writes beside the file and puts it into its place when it is whole: a run that
/// does not come to its end leaves what was there before.
class ProfileWriter {
public:
  /// \p error becomes what is wrong, or stays empty.
  ProfileWriter(const std::string &path, std::string &error);
  ~ProfileWriter();
  ProfileWriter(const ProfileWriter &) = delete;
  ProfileWriter &operator=(const ProfileWriter &) = delete;

  void writeChunk(ChunkKind kind, std::span<const uint8_t> data);
  /// All that \p write puts into the archive.
  void writeChunk(ChunkKind kind,
                  const std::function<void(ArchiveWriter &)> &write);
  /// The last chunk. Returns what went wrong with the file, if anything did.
  std::string finish(const Profile &profile);
  uint64_t bytes() const { return written; }

private:
  void pack(std::span<const uint8_t> data, bool isLast);

  struct FreeContext {
    void operator()(ZSTD_CCtx_s *context) const;
  };

  std::string path;
  /// Where it is written; the same if that is no regular file.
  std::string unfinished;
  std::ofstream out;
  std::unique_ptr<ZSTD_CCtx_s, FreeContext> context; ///< Of zstd.
  std::vector<uint8_t> packed; ///< Of a chunk that is not written yet.
  uint64_t written = 0;
};

/// hashOf() a file's bytes, of nothing if it cannot be read.
uint64_t hashFile(const std::string &path);

/// Calls \p take(data) for every chunk of \p kind, in order, until it returns
/// false. Returns an empty string, or one sentence that says what is wrong with
/// the file.
std::string readChunks(const std::string &path, ChunkKind kind,
                       const std::function<bool(std::span<const uint8_t>)> &take);

} // namespace tatami
