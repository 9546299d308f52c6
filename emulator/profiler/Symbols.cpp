// Symbols: LLVM's reader of DWARF, asked once per address. It needs no target:
// a linked image has no relocations, and its addresses are what they say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Symbols.h"

#include "Files.h"

#include "llvm/DebugInfo/DIContext.h"
#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

using namespace llvm;

namespace tatami::prof {
namespace {

/// A function of the symbol table.
struct Function {
  uint64_t start = 0;
  uint64_t end = 0; ///< 0: up to the next one.
  std::string name;
};

/// The last one that starts at or before \p pc and does not end before; null
/// if there is none. \p functions is sorted.
const Function *covering(const std::vector<Function> &functions, uint64_t pc) {
  auto next = std::upper_bound(
      functions.begin(), functions.end(), pc,
      [](uint64_t pc, const Function &f) { return pc < f.start; });
  if (next == functions.begin())
    return nullptr;
  const Function &f = *std::prev(next);
  return f.end == 0 || pc < f.end ? &f : nullptr;
}

std::string demangled(const std::string &name) {
  return name.empty() ? name : llvm::demangle(name);
}

/// Functions, and labels of assembly that no function covers.
std::vector<Function> readFunctions(const object::ObjectFile &object) {
  std::vector<Function> functions, labels;
  for (const object::ELFSymbolRef symbol : object.symbols()) {
    Expected<object::SymbolRef::Type> type = symbol.getType();
    Expected<uint64_t> address = symbol.getAddress();
    Expected<StringRef> name = symbol.getName();
    Expected<object::section_iterator> section = symbol.getSection();
    if (!type || !address || !name || !section) {
      consumeError(type.takeError());
      consumeError(address.takeError());
      consumeError(name.takeError());
      consumeError(section.takeError());
      continue;
    }
    if (name->empty() || *section == object.section_end() ||
        !(*section)->isText())
      continue;
    bool isFunction = *type == object::SymbolRef::ST_Function;
    (isFunction ? functions : labels)
        .push_back({*address,
                    symbol.getSize() ? *address + symbol.getSize() : 0,
                    demangled(name->str())});
  }
  // Of several names of one address the shortest, then the first by letters:
  // the same one every time, whatever the linker's order.
  auto order = [](const Function &a, const Function &b) {
    return std::tuple(a.start, a.name.size(), a.name) <
           std::tuple(b.start, b.name.size(), b.name);
  };
  auto sortAndJoin = [&](std::vector<Function> &list) {
    std::sort(list.begin(), list.end(), order);
    list.erase(std::unique(list.begin(), list.end(),
                           [](const Function &a, const Function &b) {
                             return a.start == b.start;
                           }),
               list.end());
  };
  sortAndJoin(functions);
  std::erase_if(labels, [&](const Function &label) {
    const Function *f = covering(functions, label.start);
    return f && (f->end || f->start == label.start);
  });
  functions.insert(functions.end(), labels.begin(), labels.end());
  sortAndJoin(functions);
  return functions;
}

/// The checksums that line tables of DWARF 5 have of their files.
std::unordered_map<std::string, std::string>
readChecksums(DWARFContext &dwarf) {
  std::unordered_map<std::string, std::string> checksums;
  for (const std::unique_ptr<DWARFUnit> &unit : dwarf.compile_units()) {
    const DWARFDebugLine::LineTable *table =
        dwarf.getLineTableForUnit(unit.get());
    if (!table || !table->Prologue.ContentTypes.HasMD5)
      continue;
    const auto &files = table->Prologue.FileNames;
    for (size_t i = 0; i < files.size(); ++i) {
      std::string name;
      if (table->getFileNameByIndex(
              i, unit->getCompilationDir(),
              DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath, name))
        checksums[name] = files[i].Checksum.digest().str().str();
    }
  }
  return checksums;
}

} // namespace

struct Symbols::Impl {
  std::string file; ///< All of it.
  std::unique_ptr<MemoryBuffer> bytes;
  std::unique_ptr<object::ObjectFile> object;
  std::unique_ptr<DWARFContext> dwarf;
  std::vector<Function> functions; ///< Ascending.
  bool hasLines = false;
  std::unordered_map<std::string, std::string> checksums;
  std::unordered_map<uint64_t, std::vector<SourcePlace>> places;

  std::vector<SourcePlace> find(uint64_t pc) const {
    std::vector<SourcePlace> result;
    const Function *real = covering(functions, pc);
    if (hasLines) {
      DIInliningInfo info = dwarf->getInliningInfoForAddress(
          {pc, object::SectionedAddress::UndefSection},
          DILineInfoSpecifier(
              DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath,
              DILineInfoSpecifier::FunctionNameKind::LinkageName));
      for (uint32_t i = 0; i < info.getNumberOfFrames(); ++i) {
        const DILineInfo &frame = info.getFrame(i);
        SourcePlace place;
        if (frame.FunctionName != DILineInfo::BadString)
          place.function = demangled(frame.FunctionName);
        if (frame.FileName != DILineInfo::BadString)
          place.file = frame.FileName;
        place.line = place.file.empty() ? 0 : frame.Line;
        place.column = frame.Column;
        place.functionLine = frame.StartLine;
        result.push_back(std::move(place));
      }
    }
    if (result.empty())
      result.emplace_back();
    // The symbol table knows functions of assembly, which DWARF has lines of
    // but no names.
    if (result.back().function.empty())
      result.back().function = real ? real->name : fmt::format("{:#x}", pc);
    for (SourcePlace &place : result)
      if (place.function.empty())
        place.function = result.back().function;
    return result;
  }
};

Symbols::Symbols(const std::string &image, std::string &error)
    : impl(std::make_unique<Impl>()) {
  error.clear();
  if (std::string reason = readFile(image, impl->file); !reason.empty()) {
    error = fmt::format("{}: {}", image, reason);
    return;
  }
  impl->bytes = MemoryBuffer::getMemBuffer(impl->file, image, false);
  Expected<std::unique_ptr<object::ObjectFile>> object =
      object::ObjectFile::createELFObjectFile(impl->bytes->getMemBufferRef());
  if (!object) {
    consumeError(object.takeError());
    error = fmt::format("{}: not an ELF image", image);
    return;
  }
  impl->object = std::move(*object);
  impl->functions = readFunctions(*impl->object);
  // What DWARF has wrong is left out: some lines are better than none.
  impl->dwarf = DWARFContext::create(
      *impl->object, DWARFContext::ProcessDebugRelocations::Ignore, nullptr, "",
      [](Error e) { consumeError(std::move(e)); },
      [](Error e) { consumeError(std::move(e)); });
  impl->hasLines = impl->dwarf->getNumCompileUnits() > 0;
  if (impl->hasLines)
    impl->checksums = readChecksums(*impl->dwarf);
}

Symbols::~Symbols() = default;

const std::vector<SourcePlace> &Symbols::at(uint64_t pc) const {
  auto [entry, isNew] = impl->places.try_emplace(pc);
  if (isNew)
    entry->second = impl->find(pc);
  return entry->second;
}

const std::string &Symbols::functionAt(uint64_t pc) const {
  return at(pc).back().function;
}

uint64_t Symbols::functionStart(uint64_t pc) const {
  const Function *function = covering(impl->functions, pc);
  return function ? function->start : pc;
}

bool Symbols::hasFunctions() const { return !impl->functions.empty(); }

void Symbols::nameByEntries(std::vector<uint64_t> entries) {
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  impl->places.clear();
  for (uint64_t entry : entries)
    impl->functions.push_back({entry, 0, fmt::format("{:#x}", entry)});
}

bool Symbols::hasLines() const { return impl->hasLines; }

std::string Symbols::checksumOf(const std::string &file) const {
  auto known = impl->checksums.find(file);
  return known == impl->checksums.end() ? "" : known->second;
}

} // namespace tatami::prof
