// Programs for tests, assembled with the generated encoder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Isa.h"
#include "tatami/loader/Image.h"

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace tatami::test {

/// Words in a row from address `base` on; loops by indices of words.
class Program {
public:
  static constexpr uint64_t base = 0x1000;

  /// Appends an instruction; returns its index.
  template <class T> size_t add(isa::Opcode op, const T &operands) {
    auto word = isa::encode(op, operands);
    if (!word)
      throw std::runtime_error(std::string("operand out of range: ") +
                               isa::info(op).name);
    words.push_back(*word);
    return words.size() - 1;
  }
  size_t word(uint32_t value) {
    words.push_back(value);
    return words.size() - 1;
  }
  size_t here() const { return words.size(); }
  uint64_t address(size_t index) const { return base + 4 * index; }
  /// Distance from the next instruction to be added to \p index, in bytes.
  int32_t distanceTo(size_t index) const {
    return 4 * (int32_t(index) - int32_t(here()));
  }

  void li(unsigned reg, int32_t value) {
    add(isa::Opcode::LI, isa::Li{uint8_t(reg), value});
  }
  void hostCall(isa::HostCall call) {
    add(isa::Opcode::HCALL, isa::Hcall{int32_t(call)});
  }
  void exit(int32_t status) {
    li(8, status);
    hostCall(isa::HostCall::EXIT);
  }
  /// x_reg = global address of `offset` on the node that x_node numbers; x7 is
  /// used.
  void globalAddress(uint8_t reg, uint8_t node, int32_t offset) {
    li(reg, 1);
    add(isa::Opcode::SLLI, isa::Slli{reg, reg, 21});
    add(isa::Opcode::OR, isa::Or{reg, reg, node});
    add(isa::Opcode::SLLI, isa::Slli{reg, reg, 40});
    li(7, offset);
    add(isa::Opcode::ADD, isa::Add{reg, reg, 7});
  }
  /// Calls the body `count` times: counts x31 down.
  template <class Body> void loop(int32_t count, Body body) {
    li(31, count);
    size_t top = here();
    body();
    add(isa::Opcode::ADDI, isa::Addi{31, 31, -1});
    add(isa::Opcode::BNE, isa::Bne{31, 0, distanceTo(top)});
  }

  /// As an image: the words, then a page of constants and 64 kB of data.
  Image image() const {
    Image result;
    Image::Segment text;
    text.address = base;
    text.executable = true;
    text.data.resize(4 * words.size());
    std::memcpy(text.data.data(), words.data(), text.data.size());
    text.memorySize = text.data.size();
    result.entry = base;
    result.symbols.push_back({base, text.memorySize, true, "main"});
    result.segments.push_back(std::move(text));
    return result;
  }

  /// As an ELF file with one segment.
  std::vector<uint8_t> elf() const {
    std::vector<uint8_t> file(0x1000 + 4 * words.size(), 0);
    auto put = [&](size_t at, auto value) {
      std::memcpy(file.data() + at, &value, sizeof(value));
    };
    std::memcpy(file.data(), "\177ELF\2\1\1", 7);
    put(16, uint16_t(2));           // executable
    put(18, uint16_t(0x5441));      // machine
    put(20, uint32_t(1));           // version
    put(24, uint64_t(base));        // entry
    put(32, uint64_t(64));          // program headers
    put(52, uint16_t(64));          // size of this header
    put(54, uint16_t(56));          // size of a program header
    put(56, uint16_t(1));           // number of them
    put(58, uint16_t(64));          // size of a section header
    put(64, uint32_t(1));           // load
    put(68, uint32_t(5));           // read, execute
    put(72, uint64_t(0x1000));      // offset
    put(80, uint64_t(base));        // address
    put(88, uint64_t(base));        // physical
    put(96, uint64_t(4 * words.size()));
    put(104, uint64_t(4 * words.size()));
    put(112, uint64_t(0x1000));     // alignment
    std::memcpy(file.data() + 0x1000, words.data(), 4 * words.size());
    return file;
  }

  std::vector<uint32_t> words;
};

} // namespace tatami::test
