// The file of a profile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/ProfileFile.h"

#include "tatami/archive/Archive.h"
#include "tatami/archive/Hash.h"

#include <fmt/format.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

using namespace tatami;

namespace {

constexpr std::string_view mark = "tatami-profile ";

struct ChunkHead {
  uint8_t kind = 0;
  uint8_t zero[3] = {};
  uint32_t packed = 0;
  uint64_t raw = 0;
};
static_assert(sizeof(ChunkHead) == 16);

/// Chosen: a profile of a tile is far below it, and a file that claims more,
/// which needs few bytes, takes no more of the host.
constexpr uint64_t mostRaw = 1 << 30;

} // namespace

//===-- Writing -------------------------------------------------------------===//

static bool isSpecial(const std::string &path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) &&
         !std::filesystem::is_regular_file(path, ignored);
}

ProfileWriter::ProfileWriter(const std::string &path, std::string &error)
    : path(path), unfinished(isSpecial(path) ? path : path + ".unfinished"),
      out(unfinished, std::ios::binary), context(ZSTD_createCCtx()) {
  // Most of it is small numbers: a fast level already makes it a tenth.
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  // Chosen: what is alike is near, and a small window is soon touched.
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 17);
  std::string line = fmt::format("{}{}\n", mark, profileVersion);
  if (!(out << line))
    error = fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
  written = line.size();
}

void ProfileWriter::FreeContext::operator()(ZSTD_CCtx_s *it) const {
  ZSTD_freeCCtx(it);
}

ProfileWriter::~ProfileWriter() {
  if (unfinished == path)
    return;
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
}

void ProfileWriter::pack(std::span<const uint8_t> data, bool isLast) {
  ZSTD_inBuffer from = {data.data(), data.size(), 0};
  uint8_t piece[1 << 14];
  size_t left; // That it keeps; it may as long as more is to come.
  do {
    ZSTD_outBuffer to = {piece, sizeof piece, 0};
    left = ZSTD_compressStream2(context.get(), &to, &from,
                                isLast ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left)) {
      errno = ENOMEM;
      out.setstate(std::ios::failbit);
      return;
    }
    packed.insert(packed.end(), piece, piece + to.pos);
  } while (isLast ? left != 0 : from.pos < from.size);
}

void ProfileWriter::writeChunk(ChunkKind kind, std::span<const uint8_t> data) {
  writeChunk(kind, [&](ArchiveWriter &archive) {
    archive.bytes(data.data(), data.size());
  });
}

void ProfileWriter::writeChunk(
    ChunkKind kind, const std::function<void(ArchiveWriter &)> &write) {
  ChunkHead head;
  head.kind = uint8_t(kind);
  ArchiveWriter archive([&](std::span<const uint8_t> data) {
    head.raw += data.size();
    pack(data, false);
  });
  write(archive);
  archive.flush();
  pack({}, true);
  if (head.raw > mostRaw) {
    errno = EFBIG;
    out.setstate(std::ios::failbit);
    return;
  }
  head.packed = uint32_t(packed.size());
  out.write(reinterpret_cast<const char *>(&head), sizeof head);
  out.write(reinterpret_cast<const char *>(packed.data()),
            std::streamsize(packed.size()));
  written += sizeof head + packed.size();
  packed.clear();
}

std::string ProfileWriter::finish(const Profile &profile) {
  writeChunk(ChunkKind::Profile,
             [&](ArchiveWriter &archive) { packProfile(profile, archive); });
  out.close();
  if (out && (unfinished == path ||
              std::rename(unfinished.c_str(), path.c_str()) == 0)) {
    unfinished = path;
    return {};
  }
  return fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
}

//===-- Reading -------------------------------------------------------------===//

uint64_t tatami::hashFile(const std::string &path) {
  std::error_code ignored;
  std::ifstream in;
  // Reading a folder would throw, and reading a pipe wait.
  if (std::filesystem::is_regular_file(path, ignored))
    in.open(path, std::ios::binary);
  uint64_t hash = hashOf({});
  std::vector<char> piece(1 << 16);
  while (in.read(piece.data(), std::streamsize(piece.size())) || in.gcount())
    hash = hashOf({piece.data(), size_t(in.gcount())}, hash);
  return hash;
}

static std::string readHeadLine(std::ifstream &in) {
  std::string line;
  // What is no profile may have no line at all.
  for (char c; line.size() < 64 && in.get(c) && c != '\n';)
    line += c;
  if (!line.starts_with(mark))
    return "is no profile of tatami-run";
  if (line.substr(mark.size()) != fmt::format("{}", profileVersion))
    return fmt::format("is a profile of version {}; this program reads version "
                       "{}: record it again",
                       line.substr(mark.size()), profileVersion);
  return {};
}

std::string tatami::readChunks(
    const std::string &path, ChunkKind kind,
    const std::function<bool(std::span<const uint8_t>)> &take) {
  auto fail = [&](const std::string &what) {
    return fmt::format("{}: {}", path, what);
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return fail("cannot be read: it is a directory");
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in)
    return fail(fmt::format("cannot be opened: {}", std::strerror(errno)));
  const uint64_t fileSize = uint64_t(in.tellg());
  in.seekg(0);
  if (std::string error = readHeadLine(in); !error.empty())
    return fail(error);
  std::vector<uint8_t> packed, raw;
  for (uint64_t at = uint64_t(in.tellg()); at < fileSize;) {
    ChunkHead head;
    if (!in.read(reinterpret_cast<char *>(&head), sizeof head) ||
        head.packed > fileSize - at - sizeof head)
      return fail("is cut off: the run that wrote it was ended from outside");
    at += sizeof head + head.packed;
    if (head.kind != uint8_t(kind)) {
      in.seekg(std::streamoff(at));
      continue;
    }
    packed.resize(head.packed);
    in.read(reinterpret_cast<char *>(packed.data()), head.packed);
    if (!in)
      return fail("cannot be read");
    if (head.raw > mostRaw)
      return fail("is damaged: a chunk cannot be as large as it says");
    raw.resize(head.raw);
    if (ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size()) !=
        raw.size())
      return fail("is damaged: a chunk cannot be unpacked");
    if (!take(raw))
      break;
  }
  return {};
}
