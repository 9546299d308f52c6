// The text of source lines for the page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "PageData.h"
#include "Source.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

using namespace tatami::prof;
using nlohmann::json;
namespace fs = std::filesystem;

// Chosen: what keeps a page small whatever the source looks like.
static constexpr size_t maxLineLength = 300, maxSourceBytes = size_t(1) << 20;

/// An image names its sources, and pages are passed on: what does not look
/// like source stays out of them.
static bool looksLikeSource(const fs::path &path) {
  static constexpr std::array<std::string_view, 14> endings = {
      ".c", ".cc",  ".cpp", ".cxx", ".C",   ".h",  ".hh",
      ".hpp", ".hxx", ".inc", ".ipp", ".s", ".S", ".ll"};
  std::string ending = path.extension().string();
  // The C++ library's headers have no ending.
  bool isLibrary = ending.empty() &&
                   path.string().find("/c++/") != std::string::npos;
  std::error_code error;
  return (isLibrary || std::count(endings.begin(), endings.end(), ending)) &&
         fs::is_regular_file(path, error);
}

/// {file: [state, line, text, line, text, ...]}; without lines where the text is
/// not there, or not what was compiled.
json tatami::prof::sourceData(const std::map<size_t, std::set<unsigned>> &wanted,
                              const json &files, const Symbols &symbols) {
  Sources sources(symbols);
  json result = json::object();
  size_t bytes = 0;
  for (const auto &[number, lines] : wanted) {
    const std::string path = files[number];
    if (lines.empty() || !looksLikeSource(path))
      continue;
    const SourceFile &source = sources.file(path);
    json texts = json::array({source.state == SourceFile::Changed ? "changed" : ""});
    for (unsigned line : lines) {
      if (source.state == SourceFile::Changed || line > source.lines.size() ||
          bytes > maxSourceBytes)
        break;
      std::string text = source.line(line);
      if (text.size() > maxLineLength)
        text = text.substr(0, maxLineLength) + " ...";
      bytes += text.size();
      texts.push_back(line);
      texts.push_back(std::move(text));
    }
    result[std::to_string(number)] = std::move(texts);
  }
  return result;
}
