// The machine as the generator sees it: what Records.cpp reads from the JSON
// dump of the TableGen files, in plain C++ types.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tatami::gen {

/// Register files; the order is that of isa::RegFile.
enum class File { X, V, M, Acc, None };

/// A run of instruction bits that holds a run of an operand's bits.
struct Segment {
  unsigned instLow;
  unsigned fieldLow;
  unsigned width;
};

/// One operand of an instruction.
struct Operand {
  std::string name;
  std::string type; ///< Register class or immediate's type.
  File file = File::None;
  bool source = false;
  bool destination = false;
  /// A destination's place in the list of results; selects its latency.
  unsigned result = 0;
  unsigned bits = 0;
  unsigned shift = 0;
  bool isSigned = false;
  bool pcRelative = false;
  int64_t min = 0;
  int64_t max = 0;
  std::vector<Segment> segments;

  bool isRegister() const { return file != File::None; }
  bool tied() const { return source && destination; }
};

/// One TatamiInst record.
struct Inst {
  std::string name;
  std::string baseName;
  std::string form;
  std::string asmString;
  std::string group;
  std::string brief;
  std::string provenance;
  std::string location; ///< File:line, for messages.
  uint32_t fixedMask = 0;
  uint32_t fixedValue = 0;
  /// Registers first, each kind in the order (results, operands).
  std::vector<Operand> operands;
  std::vector<std::string> raises;
  std::vector<std::string> classes; ///< SchedWrite of each result.
  std::vector<unsigned> implicitUses, implicitDefs;
  bool readsPc = false, mayLoad = false, mayStore = false, sideEffects = false;
  bool isBranch = false, isCall = false, isBarrier = false;
  unsigned laneBits = 0;
  unsigned macs = 0;
  unsigned sramBytes = 0;

  std::string mnemonic() const {
    return asmString.substr(0, asmString.find('\t'));
  }
};

/// A way in which a class of work uses the units in one timing model.
struct ClassTiming {
  unsigned latency = 1;
  std::vector<std::pair<std::string, unsigned>> units; ///< Unit, unit-cycles.
};

struct Unit {
  std::string name;
  unsigned count = 1;
};

struct TimingModel {
  std::string name; ///< "Unit", "D1".
  std::vector<Unit> units;
  std::vector<ClassTiming> classes; ///< In the order of Machine::classes.
  std::vector<std::pair<std::string, unsigned>> facts;
};

/// A row of one of the small tables: a number, a name, a sentence.
struct Named {
  std::string record;
  unsigned number;
  std::string name;
  std::string brief;
  bool flag = false;
};

/// A field of the list engine's descriptor.
struct ListField {
  std::string record;
  unsigned offset, bytes;
  std::string type; ///< Of <stdint.h>.
  std::string name;
  std::string declaration;        ///< In C.
  std::vector<std::string> kinds; ///< Records of the kinds that use it.
  std::string brief;
};

/// A register by its number in debug information.
struct DwarfRegister {
  std::string name;
  File file = File::None;
  unsigned number = 0;
  bool kept = false; ///< A call keeps it.
};

struct Builtin {
  /// What a constant argument may be: the range of the instruction's operand.
  struct Range {
    unsigned argument;
    int64_t min, max;
  };
  std::string name, type, effect, inst;
  std::vector<Range> ranges;
};

struct Machine {
  std::vector<Inst> insts; ///< In the order of the files.
  std::vector<std::string> classes;
  std::vector<TimingModel> models;
  std::vector<Named> traps, controlRegisters, hostCalls, relocs, memoryMap;
  std::vector<Named> addressFields; ///< Upwards; numbers are lowest bits.
  std::vector<Named> addressSpaces;
  std::vector<Named> listKinds, listFacts;
  std::vector<ListField> listFields; ///< In the order of their places.
  std::vector<DwarfRegister> dwarfRegisters; ///< Indexed by DWARF number.
  std::vector<Builtin> builtins;
  unsigned elfMachine = 0;
};

/// Reads the output of `llvm-tblgen --dump-json`; throws std::runtime_error
/// with one sentence if the records do not describe a machine.
Machine readMachine(const std::string &path);

/// The struct's name of a record: ADD -> Add, VADD_W -> VaddW.
std::string structName(const std::string &record);

} // namespace tatami::gen
