// Reads the JSON dump of the TableGen records; the only file that knows JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Records.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <stdexcept>

namespace tatami::gen {
namespace {

using Json = nlohmann::json;

/// Position of a record in the files, to keep their order: the dump sorts by
/// name.
struct Place {
  std::string file;
  unsigned line;
};

class Reader {
public:
  explicit Reader(const std::string &path) {
    std::ifstream in(path);
    if (!in)
      throw std::runtime_error(path + ": cannot be read");
    root = Json::parse(in);
  }

  Machine read() {
    for (const std::string &name : instances("SchedWrite"))
      machine.classes.push_back(name);
    for (const std::string &name : instances("TatamiInst"))
      machine.insts.push_back(readInst(name));
    // Forms of one instruction side by side, then by encoding.
    std::stable_sort(machine.insts.begin(), machine.insts.end(),
                     [](const Inst &a, const Inst &b) {
                       return std::pair(a.fixedValue & 0x7f, a.baseName) <
                              std::pair(b.fixedValue & 0x7f, b.baseName);
                     });
    for (const std::string &name : instances("SchedMachineModel"))
      machine.models.push_back(readModel(name));
    // The debugging model first: isa::Model::Unit is 0.
    std::sort(machine.models.begin(), machine.models.end(),
              [](auto &a, auto &b) { return a.name > b.name; });
    readTables();
    return std::move(machine);
  }

private:
  std::vector<std::string> instances(const char *cls) const {
    auto it = root["!instanceof"].find(cls);
    return it == root["!instanceof"].end()
               ? std::vector<std::string>()
               : it->get<std::vector<std::string>>();
  }

  const Json &record(const std::string &name) const { return root.at(name); }

  bool isA(const std::string &name, const char *cls) const {
    const Json &supers = record(name).at("!superclasses");
    return std::find(supers.begin(), supers.end(), cls) != supers.end();
  }

  static std::vector<std::string> defs(const Json &list) {
    std::vector<std::string> result;
    for (const Json &item : list)
      result.push_back(item.at("def"));
    return result;
  }

  /// Fills everything of an operand but its role and its bits.
  Operand operandOfType(const std::string &name, const std::string &type) {
    static const std::map<std::string, File> files = {{"GPR", File::X},
                                                      {"VR", File::V},
                                                      {"FR", File::V},
                                                      {"MR", File::M},
                                                      {"AR", File::Acc}};
    Operand op;
    op.name = name;
    op.type = type;
    if (auto it = files.find(type); it != files.end()) {
      op.file = it->second;
      return op;
    }
    if (!isA(type, "TatamiImm"))
      throw std::runtime_error(
          fmt::format("operand type {} is neither a register class nor a "
                      "TatamiImm",
                      type));
    const Json &imm = record(type);
    op.bits = imm.at("Bits");
    op.shift = imm.at("Shift");
    op.isSigned = imm.at("Signed").get<int>();
    op.pcRelative = imm.at("PCRelative").get<int>();
    op.min = imm.at("Min");
    op.max = imm.at("Max");
    return op;
  }

  static std::string untied(std::string name) {
    if (name.size() > 3 && name.ends_with("_wb"))
      name.resize(name.size() - 3);
    return name;
  }

  void readOperands(const Json &json, Inst &inst) {
    std::vector<Operand> &ops = inst.operands;
    auto find = [&](const std::string &name) -> Operand * {
      for (Operand &op : ops)
        if (op.name == name)
          return &op;
      return nullptr;
    };
    unsigned result = 0;
    for (const Json &arg : json.at("OutOperandList").at("args")) {
      ops.push_back(operandOfType(untied(arg[1]), arg[0].at("def")));
      ops.back().destination = true;
      ops.back().result = result++;
    }
    for (const Json &arg : json.at("InOperandList").at("args")) {
      std::string name = arg[1];
      Operand *op = find(name);
      if (!op) {
        ops.push_back(operandOfType(name, arg[0].at("def")));
        op = &ops.back();
      }
      op->source = true;
    }
    std::stable_partition(ops.begin(), ops.end(),
                          [](const Operand &op) { return op.isRegister(); });

    const Json &bits = json.at("Inst");
    for (unsigned i = 0; i < 32; ++i) {
      if (bits[i].is_number()) {
        inst.fixedMask |= 1u << i;
        inst.fixedValue |= bits[i].get<unsigned>() << i;
        continue;
      }
      std::string field = bits[i].at("var");
      unsigned index = bits[i].value("index", 0u);
      Operand *op = find(field);
      if (!op)
        throw std::runtime_error(
            fmt::format("{}: {}: field {} is encoded but is no operand",
                        inst.location, inst.name, field));
      auto &segments = op->segments;
      if (!segments.empty() &&
          segments.back().instLow + segments.back().width == i &&
          segments.back().fieldLow + segments.back().width == index)
        ++segments.back().width;
      else
        segments.push_back({i, index, 1});
    }
    for (Operand &op : ops) {
      unsigned width = 0;
      for (const Segment &segment : op.segments)
        width += segment.width;
      if (op.isRegister())
        op.bits = width;
      if (width == 0 || width != op.bits)
        throw std::runtime_error(
            fmt::format("{}: {}: operand {} has {} bits, its encoding {}",
                        inst.location, inst.name, op.name, op.bits, width));
    }
  }

  std::vector<unsigned> scalarRegisters(const Json &list) const {
    std::vector<unsigned> numbers;
    for (const std::string &reg : defs(list))
      numbers.push_back(std::stoul(reg.substr(1)));
    return numbers;
  }

  Inst readInst(const std::string &name) {
    const Json &json = record(name);
    Inst inst;
    inst.name = name;
    inst.location = json.at("!locs").back();
    inst.baseName = json.at("BaseName");
    inst.form = json.at("Form");
    inst.asmString = json.at("AsmString");
    inst.group = json.at("Group");
    inst.brief = json.at("Brief");
    inst.provenance = json.at("Provenance");
    inst.raises = defs(json.at("Raises"));
    inst.classes = defs(json.at("SchedRW"));
    inst.implicitUses = scalarRegisters(json.at("Uses"));
    inst.implicitDefs = scalarRegisters(json.at("Defs"));
    auto flag = [&](const char *field) {
      return json.at(field).is_number() && json.at(field).get<int>() != 0;
    };
    inst.readsPc = flag("ReadsPc");
    inst.mayLoad = flag("mayLoad");
    inst.mayStore = flag("mayStore");
    inst.sideEffects = flag("hasSideEffects");
    inst.isBranch = flag("isBranch");
    inst.isCall = flag("isCall");
    inst.isBarrier = flag("isBarrier");
    inst.laneBits = json.at("LaneBits");
    inst.macs = json.at("Macs");
    inst.sramBytes = json.at("SramBytes");
    // Host calls, fences and blocks for the mesh touch memory too, but no bytes
    // that their encoding tells.
    bool isAccess = (inst.mayLoad || inst.mayStore) && inst.group != "mesh" &&
                    inst.group != "system";
    if ((inst.sramBytes != 0) != isAccess)
      throw std::runtime_error(inst.name + ": SramBytes and mayLoad, mayStore "
                                           "do not fit together");
    readOperands(json, inst);
    return inst;
  }

  TimingModel readModel(const std::string &name) {
    TimingModel model;
    model.name = name.substr(0, name.rfind("Model"));
    for (const std::string &unit : instances("ProcResource"))
      if (record(unit).at("SchedModel").at("def") == name)
        model.units.push_back({unit, record(unit).at("NumUnits")});
    model.classes.resize(machine.classes.size());
    std::vector<bool> described(machine.classes.size());
    for (const std::string &key : instances("WriteRes")) {
      const Json &res = record(key);
      if (res.at("SchedModel").at("def") != name)
        continue;
      std::string cls = res.at("WriteType").at("def");
      size_t index = std::find(machine.classes.begin(), machine.classes.end(),
                               cls) -
                     machine.classes.begin();
      ClassTiming &timing = model.classes.at(index);
      described.at(index) = true;
      timing.latency = res.at("Latency");
      std::vector<std::string> units = defs(res.at("ProcResources"));
      const Json &cycles = res.at("ReleaseAtCycles");
      for (size_t i = 0; i < units.size(); ++i)
        timing.units.emplace_back(units[i], i < cycles.size()
                                                ? cycles[i].get<unsigned>()
                                                : 1u);
    }
    for (size_t i = 0; i < described.size(); ++i)
      if (!described[i])
        throw std::runtime_error(
            fmt::format("timing class {} has no WriteRes in {}",
                        machine.classes[i], name));
    for (const std::string &key : instances("PipelineFacts")) {
      const Json &facts = record(key);
      if (facts.at("Model").at("def") != name)
        continue;
      for (auto &[field, value] : facts.items())
        if (value.is_number_integer() && field[0] != '!')
          model.facts.emplace_back(field, value.get<unsigned>());
    }
    return model;
  }

  std::vector<Named> table(const char *cls, const char *number,
                           const char *name, const char *brief,
                           const char *flag = nullptr) {
    std::vector<Named> rows;
    for (const std::string &key : instances(cls)) {
      const Json &json = record(key);
      Named row{key, json.at(number).get<unsigned>(),
                name ? json.at(name).get<std::string>() : key,
                json.at(brief).get<std::string>()};
      if (flag)
        row.flag = json.at(flag).get<int>();
      rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(),
              [](auto &a, auto &b) { return a.number < b.number; });
    return rows;
  }

  void readTables() {
    machine.traps = table("Trap", "Code", "Name", "Brief");
    machine.controlRegisters =
        table("ControlRegister", "Number", "Name", "Brief", "Writable");
    machine.hostCalls = table("HostCall", "Number", nullptr, "Brief");
    machine.relocs = table("Reloc", "Number", "Field", "Calc");
    machine.memoryMap = table("MemoryFact", "Bytes", nullptr, "Brief");
    machine.addressFields = table("AddressField", "Shift", "Name", "Brief");
    machine.addressSpaces = table("AddressSpace", "Number", "Name", "Brief");
    machine.listKinds = table("ListKind", "Number", "Name", "Brief");
    machine.listFacts = table("ListFact", "Value", nullptr, "Brief");
    readListFields();
    readDwarfRegisters();
    machine.elfMachine = record("TatamiElf").at("Machine");
    for (const std::string &key : instances("TatamiBuiltin"))
      machine.builtins.push_back(builtin(record(key)));
    std::sort(machine.builtins.begin(), machine.builtins.end(),
              [](auto &a, auto &b) { return a.name < b.name; });
  }

  void readListFields() {
    for (const std::string &key : instances("ListField")) {
      const Json &json = record(key);
      ListField field{key,
                      json.at("Offset").get<unsigned>(),
                      0,
                      json.at("Type").get<std::string>(),
                      json.at("Name").get<std::string>(),
                      json.at("Declaration").get<std::string>(),
                      defs(json.at("UsedBy")),
                      json.at("Brief").get<std::string>()};
      for (unsigned bits : {8, 16, 32, 64})
        if (field.type.ends_with(fmt::format("int{}_t", bits)))
          field.bytes = bits / 8;
      if (field.bytes == 0)
        throw std::runtime_error(fmt::format(
            "{}: '{}' is no integer of <stdint.h>", key, field.type));
      machine.listFields.push_back(field);
    }
    std::sort(machine.listFields.begin(), machine.listFields.end(),
              [](auto &a, auto &b) { return a.offset < b.offset; });
  }

  void readDwarfRegisters() {
    std::vector<std::string> kept =
        defs(record("TatamiCalls").at("KeptRegisters"));
    std::vector<std::string> names = instances("TatamiRegister");
    machine.dwarfRegisters.resize(names.size());
    for (const std::string &key : names) {
      const Json &json = record(key);
      unsigned dwarf = json.at("DwarfNumbers").at(0);
      if (dwarf >= names.size() || !machine.dwarfRegisters[dwarf].name.empty())
        throw std::runtime_error(
            fmt::format("register {}: DWARF numbers must be 0 to {}, each once",
                        key, names.size() - 1));
      DwarfRegister &out = machine.dwarfRegisters[dwarf];
      out.name = json.at("AsmName");
      out.file = key[0] == 'X'   ? File::X
                 : key[0] == 'V' ? File::V
                 : key[0] == 'M' ? File::M
                                 : File::Acc;
      for (unsigned bit = 0; bit < 5; ++bit)
        out.number |= json.at("HWEncoding").at(bit).get<unsigned>() << bit;
      out.kept = std::find(kept.begin(), kept.end(), key) != kept.end();
    }
  }

  Builtin builtin(const Json &json) {
    Builtin result{json.at("Name"), json.at("Type"), json.at("Effect"),
                   json.at("Selects").at("def"), {}};
    // The arguments of the call are the input operands, in their order.
    unsigned argument = 0;
    for (const Json &arg : record(result.inst).at("InOperandList").at("args")) {
      Operand op = operandOfType("", arg.at(0).at("def"));
      if (!op.isRegister())
        result.ranges.push_back({argument, op.min, op.max});
      ++argument;
    }
    return result;
  }

  Json root;
  Machine machine;
};

} // namespace

Machine readMachine(const std::string &path) { return Reader(path).read(); }

std::string structName(const std::string &record) {
  std::string result;
  bool first = true;
  for (char c : record) {
    if (c == '_') {
      first = true;
      continue;
    }
    result += char(first ? std::toupper(c) : std::tolower(c));
    first = false;
  }
  return result;
}

} // namespace tatami::gen
