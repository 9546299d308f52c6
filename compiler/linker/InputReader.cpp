//===- InputReader.cpp - Find, open and enter the inputs ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Archives are searched by reading the symbol tables of their members; the
// index that an archive may carry is not used. So archives work with and
// without one, an index that lies does no harm, and no member is ever missed
// because of the order of archives on the command line.
//
//===----------------------------------------------------------------------===//

#include "InputReader.h"
#include "Context.h"
#include "Lto.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace tatami::linker {
namespace {

class InputReader {
public:
  explicit InputReader(Context &Ctx) : Ctx(Ctx) {}

  void readAll();
  void compileAll();

private:
  std::optional<StringRef> open(StringRef Path);
  std::optional<std::string> findLibrary(StringRef Name);
  void readFile(StringRef Path, bool WholeArchive);
  void readArchive(StringRef Path, MemoryBufferRef Buffer, bool WholeArchive);
  std::optional<StringRef> memberBytes(StringRef ArchivePath,
                                       const object::Archive &Archive,
                                       const object::Archive::Child &Child,
                                       StringRef MemberName);
  void readObject(std::string Name, StringRef Bytes, bool IsCompiled = false);
  void readWantedMembers();

  void fail(const Twine &Name, Error E) {
    Ctx.Diags.error(Name + ": " + toString(std::move(E)));
  }
  void log(const Twine &Message) {
    if (Ctx.Opts.Verbose)
      Ctx.Diags.message("tatami-ld: " + Message);
  }

  Context &Ctx;
};

void InputReader::readAll() {
  Ctx.Objects.push_back(std::make_unique<ObjectFile>("<common symbols>"));
  if (Ctx.Opts.Inputs.empty())
    Ctx.Diags.error("no input files");
  for (const InputSpec &Spec : Ctx.Opts.Inputs) {
    if (!Spec.IsLibrary)
      readFile(Spec.Name, Spec.WholeArchive);
    else if (std::optional<std::string> Path = findLibrary(Spec.Name))
      readFile(*Path, Spec.WholeArchive);
    readWantedMembers();
  }
}

std::optional<std::string> InputReader::findLibrary(StringRef Name) {
  std::string FileName = Name.starts_with(":") ? Name.drop_front().str()
                                               : ("lib" + Name + ".a").str();
  for (const std::string &Directory : Ctx.Opts.LibraryPaths) {
    SmallString<128> Path(Directory);
    sys::path::append(Path, FileName);
    if (Ctx.Files.exists(Path))
      return Path.str().str();
  }
  std::string Searched = join(Ctx.Opts.LibraryPaths, ", ");
  Ctx.Diags.error("unable to find library -l" + Name + ": no " + FileName +
                  (Searched.empty() ? " because no -L names a directory"
                                    : " in " + Searched));
  return std::nullopt;
}

std::optional<StringRef> InputReader::open(StringRef Path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer = Ctx.Files.getBufferForFile(
      Path, /*FileSize=*/-1, /*RequiresNullTerminator=*/false);
  if (!Buffer) {
    Ctx.Diags.error("cannot open " + Path + ": " + Buffer.getError().message());
    return std::nullopt;
  }
  Ctx.Buffers.push_back(std::move(*Buffer));
  return Ctx.Buffers.back()->getBuffer();
}

void InputReader::readFile(StringRef Path, bool WholeArchive) {
  std::optional<StringRef> Bytes = open(Path);
  if (!Bytes)
    return;
  if (identify_magic(*Bytes) == file_magic::archive)
    readArchive(Path, MemoryBufferRef(*Bytes, Path), WholeArchive);
  else
    readObject(Path.str(), *Bytes);
}

void InputReader::compileAll() {
  // Machine code that is needed only now may need more bitcode in turn.
  while (any_of(Ctx.Objects, [](auto &File) { return bool(File->Bitcode); })) {
    for (StringRef Name : libcallNames())
      Ctx.Symbols.addLibcall(Name);
    readWantedMembers();
    if (Ctx.Diags.hasErrors())
      return;
    for (SmallVector<char, 0> &Bytes : compileBitcode(Ctx)) {
      if (Bytes.empty())
        continue;
      Ctx.Buffers.push_back(MemoryBuffer::getMemBufferCopy(
          StringRef(Bytes.data(), Bytes.size()), "<link-time optimisation>"));
      readObject("<link-time optimisation>", Ctx.Buffers.back()->getBuffer(),
                 /*IsCompiled=*/true);
    }
    readWantedMembers();
    if (Ctx.Diags.hasErrors())
      return;
  }
}

void InputReader::readObject(std::string Name, StringRef Bytes,
                             bool IsCompiled) {
  log("reading " + Name);
  auto File = std::make_unique<ObjectFile>(std::move(Name));
  File->IsCompiledBitcode = IsCompiled;
  if (Error E = isBitcode(Bytes) ? parseBitcode(Bytes, *File)
                                 : File->parse(Bytes))
    return fail(File->Name, std::move(E));
  Ctx.Symbols.addObject(*File);
  Ctx.Objects.push_back(std::move(File));
}

/// LLVM's reader believes the sizes of members; this walks over their headers
/// first, so that none reaches beyond the file.
static Error checkArchive(StringRef Bytes) {
  constexpr size_t MagicSize = 8, HeaderSize = 60, SizeField = 48;
  bool IsThin = Bytes.starts_with(object::ThinArchiveMagic);
  size_t Offset = MagicSize;
  while (Offset < Bytes.size()) {
    StringRef Header = Bytes.substr(Offset, HeaderSize);
    uint64_t Size = 0;
    if (Header.size() < HeaderSize || !Header.ends_with("`\n") ||
        Header.substr(SizeField, 10).rtrim().getAsInteger(10, Size))
      return createStringError("truncated or broken archive: no member header "
                               "at offset " +
                               Twine(Offset));
    Offset += HeaderSize;
    // The members of a thin archive are elsewhere, but not its tables.
    bool IsElsewhere = IsThin && !Header.starts_with("/ ") &&
                       !Header.starts_with("//") &&
                       !Header.starts_with("/SYM64/");
    if (IsElsewhere)
      continue;
    if (Size > Bytes.size() - Offset)
      return createStringError("truncated archive: the member at offset " +
                               Twine(Offset - HeaderSize) + " has " +
                               Twine(Size) + " bytes, of which " +
                               Twine(Bytes.size() - Offset) + " are there");
    Offset += alignTo(Size, 2);
  }
  return Error::success();
}

/// The contents of a member: in the archive, or, if the archive is thin, in a
/// file beside it.
std::optional<StringRef>
InputReader::memberBytes(StringRef ArchivePath, const object::Archive &Archive,
                         const object::Archive::Child &Child,
                         StringRef MemberName) {
  if (Archive.isThin()) {
    SmallString<128> Path;
    if (!sys::path::is_absolute(MemberName))
      Path = sys::path::parent_path(ArchivePath);
    sys::path::append(Path, MemberName);
    return open(Path);
  }
  Expected<StringRef> Bytes = Child.getBuffer();
  if (Bytes)
    return *Bytes;
  fail(ArchivePath + "(" + MemberName + ")", Bytes.takeError());
  return std::nullopt;
}

void InputReader::readArchive(StringRef Path, MemoryBufferRef Buffer,
                              bool WholeArchive) {
  if (Error E = checkArchive(Buffer.getBuffer()))
    return fail(Path, std::move(E));
  Expected<std::unique_ptr<object::Archive>> Archive =
      object::Archive::create(Buffer);
  if (!Archive)
    return fail(Path, Archive.takeError());

  Error IterationError = Error::success();
  for (const object::Archive::Child &Child :
       (*Archive)->children(IterationError)) {
    Expected<StringRef> Name = Child.getName();
    if (!Name) {
      fail(Path, Name.takeError());
      break;
    }
    std::optional<StringRef> Bytes = memberBytes(Path, **Archive, Child, *Name);
    if (!Bytes)
      break;
    std::string FullName = (Path + "(" + *Name + ")").str();
    if (WholeArchive) {
      readObject(std::move(FullName), *Bytes);
      continue;
    }
    Ctx.Members.push_back({std::move(FullName), *Bytes});
    ArchiveMember &Member = Ctx.Members.back();
    auto Enter = [&](StringRef Definition) {
      // Bitcode's names go with the reader that has been asked for them.
      Ctx.Symbols.addLazy(Ctx.Symbols.save(Definition), Member);
    };
    Error E = isBitcode(*Bytes) ? forEachBitcodeDefinition(*Bytes, Enter)
                                : forEachDefinition(*Bytes, Enter);
    if (E) {
      // One message is enough: an archive for another machine is full of such
      // members.
      fail(Member.Name, std::move(E));
      break;
    }
  }
  if (IterationError)
    fail(Path, std::move(IterationError));
}

void InputReader::readWantedMembers() {
  while (ArchiveMember *Member = Ctx.Symbols.takeWanted())
    readObject(Member->Name, Member->Bytes);
}

} // namespace

void readInputs(Context &Ctx) {
  InputReader(Ctx).readAll();
}

void compileInputs(Context &Ctx) {
  InputReader(Ctx).compileAll();
  Ctx.Symbols.finish();
}

} // namespace tatami::linker
