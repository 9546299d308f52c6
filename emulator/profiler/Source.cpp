// Reads source files once and compares them with the image's checksums.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Source.h"

#include "Files.h"
#include "Text.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MD5.h"

#include <fmt/format.h>

namespace tatami::prof {
namespace {

std::string md5Of(const std::string &text) {
  llvm::MD5 hash;
  hash.update(text);
  llvm::MD5::MD5Result result;
  hash.final(result);
  return result.digest().str().str();
}

SourceFile readSource(const std::string &path, const std::string &checksum) {
  SourceFile file;
  // Chosen: no source that people read has more.
  constexpr uint64_t most = 16 << 20;
  std::string text;
  if (!readFile(path, text, most).empty())
    return file;
  file.state = checksum.empty()           ? SourceFile::NotChecked
               : checksum == md5Of(text) ? SourceFile::AsCompiled
                                          : SourceFile::Changed;
  for (size_t start = 0; start < text.size();) {
    size_t end = std::min(text.find('\n', start), text.size());
    std::string line = text.substr(start, end - start);
    if (line.ends_with('\r'))
      line.pop_back();
    file.lines.push_back(std::move(line));
    start = end + 1;
  }
  return file;
}

} // namespace

std::string SourceFile::line(unsigned number) const {
  if (number == 0 || number > lines.size())
    return {};
  std::string text;
  for (char c : lines[number - 1])
    if (c == '\t')
      text.append(8 - text.size() % 8, ' ');
    else
      text += c;
  return visible(text);
}

const SourceFile &Sources::file(const std::string &path) {
  auto [entry, isNew] = files.try_emplace(path);
  if (isNew && !path.empty())
    entry->second = readSource(path, symbols.checksumOf(path));
  return entry->second;
}

std::string Sources::textOf(const std::string &path, unsigned line) {
  const SourceFile &source = file(path);
  if (source.state != SourceFile::AsCompiled)
    return {};
  std::string text = source.line(line);
  size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos)
    return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string fileName(const std::string &path) {
  return visible(path.substr(path.rfind('/') + 1));
}

std::string placeName(const std::string &file, unsigned line) {
  if (file.empty())
    return "?";
  return line ? fmt::format("{}:{}", fileName(file), line) : fileName(file);
}

} // namespace tatami::prof
