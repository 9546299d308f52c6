// Writes the images that run-tests.sh needs into a folder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Program.h"

#include <fstream>
#include <iostream>

using namespace tatami::isa;
using tatami::test::Program;

static void save(const std::string &path, const std::vector<uint8_t> &bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char *>(bytes.data()),
             std::streamsize(bytes.size()));
}

int main(int argc, char **argv) {
  if (argc != 2) {
    std::cerr << "make-test-images: error: usage: make-test-images FOLDER\n";
    return 2;
  }
  std::string folder = argv[1];
  folder += '/';

  Program good;
  good.exit(7);
  save(folder + "exit7.elf", good.elf());

  Program output;
  output.li(20, 0x8000);
  output.li(5, 'h');
  output.add(Opcode::SB, Sb{5, 20, 0});
  output.li(5, '\n');
  output.add(Opcode::SB, Sb{5, 20, 1});
  output.li(8, 1);
  output.li(9, 0x8000);
  output.li(10, 2);
  output.hostCall(HostCall::WRITE);
  output.exit(0);
  save(folder + "output.elf", output.elf());

  // Opens argv[1] for reading; the status is 0 if that works.
  Program open;
  open.li(8, 0x8000);
  open.li(9, 4096);
  open.hostCall(HostCall::ARGUMENTS);
  open.li(20, 0x8000);
  size_t skip = open.here();
  open.add(Opcode::LBU, Lbu{5, 20, 0});
  open.add(Opcode::ADDI, Addi{20, 20, 1});
  open.add(Opcode::BNE, Bne{5, 0, open.distanceTo(skip)});
  open.add(Opcode::ADDI, Addi{8, 20, 0});
  open.li(9, 0);
  open.li(10, 0);
  open.hostCall(HostCall::OPEN);
  open.add(Opcode::SLT, Slt{8, 8, 0});
  open.hostCall(HostCall::EXIT);
  save(folder + "open.elf", open.elf());

  Program store;
  store.li(5, 0x140000);
  store.add(Opcode::SD, Sd{6, 5, 0});
  save(folder + "out-of-bounds.elf", store.elf());

  Program divide;
  divide.add(Opcode::DIV, Div{5, 6, 0});
  save(folder + "divide.elf", divide.elf());

  Program forever;
  forever.add(Opcode::BEQ, Beq{0, 0, 0});
  save(folder + "forever.elf", forever.elf());

  std::vector<uint8_t> bytes = good.elf();
  bytes.resize(0x1002);
  save(folder + "truncated.elf", bytes);
  bytes = good.elf();
  bytes[18] = 62, bytes[19] = 0;
  save(folder + "other-machine.elf", bytes);
  bytes = good.elf();
  uint64_t tooLarge = 0x150000;
  std::memcpy(bytes.data() + 104, &tooLarge, sizeof(tooLarge));
  save(folder + "too-large.elf", bytes);
}
