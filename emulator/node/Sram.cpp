//===- Sram.cpp - Memory of one node --------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tatami/node/Sram.h"

#include <algorithm>
#include <cassert>
#include <new>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

using namespace tatami;

namespace {

/// Beyond the memory lies a page that nobody may touch: should a check ever be
/// wrong, the host stops instead of reading what belongs to somebody else.
constexpr std::uint64_t GuardSize = 0x1000;

std::uint64_t pagesOf(std::uint64_t size) {
  return (size + 0xfff) & ~std::uint64_t(0xfff);
}

std::uint64_t mappedSize(std::uint64_t size) {
  return pagesOf(size) + GuardSize;
}

std::uint8_t *map(void *where, std::uint64_t size, int protection, int flags,
                  int file) {
  void *memory = mmap(where, size, protection, flags | MAP_NORESERVE, file, 0);
  if (memory == MAP_FAILED)
    throw std::bad_alloc();
  return static_cast<std::uint8_t *>(memory);
}

constexpr int ReadWrite = PROT_READ | PROT_WRITE;

} // namespace

//===-- SramImage -----------------------------------------------------------===//

SramImage::SramImage(std::uint64_t size) : Size(size) {
  File = memfd_create("tatami-image", MFD_CLOEXEC);
  if (File < 0 || ftruncate(File, off_t(pagesOf(size))) != 0)
    throw std::bad_alloc();
  Bytes = map(nullptr, pagesOf(size), ReadWrite, MAP_SHARED, File);
}

SramImage::~SramImage() {
  munmap(Bytes, pagesOf(Size));
  close(File);
}

void SramImage::write(std::uint64_t address,
                      std::span<const std::uint8_t> data) {
  assert(address <= Size && data.size() <= Size - address);
  if (!data.empty())
    std::memcpy(Bytes + address, data.data(), data.size());
}

//===-- Sram ----------------------------------------------------------------===//

Sram::Sram(std::uint64_t size) : Size(size) {
  assert(size >= NullPageSize + LargestAccess &&
         "a node needs more than its null page");
  Bytes = map(nullptr, mappedSize(size), ReadWrite,
              MAP_PRIVATE | MAP_ANONYMOUS, -1);
  mprotect(Bytes + pagesOf(size), GuardSize, PROT_NONE);
}

Sram::Sram(const SramImage &image) : Size(image.size()) {
  assert(Size >= NullPageSize + LargestAccess &&
         "a node needs more than its null page");
  Bytes = map(nullptr, mappedSize(Size), PROT_NONE,
              MAP_PRIVATE | MAP_ANONYMOUS, -1);
  map(Bytes, pagesOf(Size), ReadWrite, MAP_PRIVATE | MAP_FIXED, image.File);
}

Sram::~Sram() {
  if (Bytes)
    munmap(Bytes, mappedSize(Size));
}

Sram::Sram(Sram &&other) noexcept
    : Bytes(std::exchange(other.Bytes, nullptr)), Size(other.Size),
      ReadOnlyEnd(other.ReadOnlyEnd) {}

Sram &Sram::operator=(Sram &&other) noexcept {
  std::swap(Bytes, other.Bytes);
  std::swap(Size, other.Size);
  std::swap(ReadOnlyEnd, other.ReadOnlyEnd);
  return *this;
}

void Sram::setReadOnlyEnd(std::uint64_t end) {
  // store() computes Size - ReadOnlyEnd - size of the access.
  assert(end >= NullPageSize && end <= Size - LargestAccess);
  ReadOnlyEnd =
      std::clamp<std::uint64_t>(end, NullPageSize, Size - LargestAccess);
}

TrapKind Sram::checkLoad(std::uint64_t address, std::uint64_t bytes,
                         std::uint64_t alignment) const {
  // Null first: a null pointer to a struct is a null pointer, aligned or not.
  if (address < NullPageSize)
    return TrapKind::NullAccess;
  if (!contains(address, bytes))
    return TrapKind::OutOfBounds;
  if (address % alignment != 0)
    return TrapKind::Misaligned;
  return TrapKind::None;
}

TrapKind Sram::checkStore(std::uint64_t address, std::uint64_t bytes,
                          std::uint64_t alignment) const {
  TrapKind trap = checkLoad(address, bytes, alignment);
  if (trap == TrapKind::None && address < ReadOnlyEnd)
    return TrapKind::StoreToCode;
  return trap;
}
