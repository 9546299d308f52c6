// Reads machine files: every key is known, every value possible, or the error
// names file and key.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineKeys.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

using namespace tatami;
namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

/// Every error of a file; the text is the sentence.
struct FileError : std::runtime_error {
  template <class... T>
  explicit FileError(fmt::format_string<T...> text, T &&...values)
      : std::runtime_error(fmt::format(text, std::forward<T>(values)...)) {}
};

const MachineKey &findKey(const std::string &name) {
  // The energies are many: named to who has meant one of them.
  const bool energies = name.starts_with("energy");
  std::string known;
  for (const MachineKey &key : machineKeys()) {
    if (key.name == name)
      return key;
    if ((key.kind == MachineKey::Kind::Energy) == energies)
      known += (known.empty() ? "" : ", ") + std::string(key.name);
  }
  throw FileError("unknown key '{}'; known are {}", name, known);
}

/// A value may stand alone or with where it comes from:
/// {"value": 2, "provenance": "published"}.
const Json &valueOf(const std::string &key, const Json &value,
                    MachineParameter &parameter) {
  parameter.key = key;
  if (!value.is_object()) {
    parameter.value = value.dump();
    return value;
  }
  for (auto &[inner, part] : value.items()) {
    if (inner == "value")
      continue;
    if (inner == "note" && part.is_string()) {
      parameter.note = part.get<std::string>();
    } else if (inner == "provenance") {
      if (part != "published" && part != "derived" && part != "chosen")
        throw FileError("key '{}.provenance' is {}; published, derived or "
                        "chosen is needed",
                        key, part.dump());
      parameter.provenance = part.get<std::string>();
    } else {
      throw FileError("unknown key '{}.{}'; known are value, provenance and "
                      "note (a text)",
                      key, inner);
    }
  }
  if (!value.contains("value"))
    throw FileError("key '{}.value' is missing", key);
  parameter.value = value["value"].dump();
  return value["value"];
}

bool isInteger(const Json &value, uint64_t least, uint64_t most) {
  return value.is_number_unsigned() && value.get<uint64_t>() >= least &&
         value.get<uint64_t>() <= most;
}

void readNodes(MachineFile &file, const MachineKey &key, const Json &value) {
  bool good = value.is_array();
  if (good)
    for (const Json &node : value) {
      good = good && node.is_array() && node.size() == 2 &&
             isInteger(node[0], 0, 65535) && isInteger(node[1], 0, 65535);
      if (good)
        key.addNode(file, {node[0].get<uint16_t>(), node[1].get<uint16_t>()});
    }
  if (!good)
    throw FileError("key '{}' is not a list of [x, y]", key.name);
}

void readInterfaces(MachineFile &file, const MachineKey &key,
                    const Json &value) {
  static constexpr std::pair<const char *, mesh::Direction> sides[] = {
      {"north", mesh::Direction::North},
      {"east", mesh::Direction::East},
      {"south", mesh::Direction::South},
      {"west", mesh::Direction::West}};
  auto wrong = [&] {
    return FileError("key '{}' is not a list of {{\"side\": \"north\", "
                     "\"east\", \"south\" or \"west\", \"first\": number, "
                     "\"last\": number}}",
                     key.name);
  };
  if (!value.is_array())
    throw wrong();
  for (const Json &one : value) {
    if (!one.is_object() || one.size() != 3 || !one.contains("side") ||
        !one.contains("first") || !one.contains("last") ||
        !isInteger(one["first"], 0, 65535) || !isInteger(one["last"], 0, 65535))
      throw wrong();
    auto side = std::find_if(std::begin(sides), std::end(sides), [&](auto &s) {
      return one["side"] == s.first;
    });
    if (side == std::end(sides))
      throw wrong();
    file.interfaces.push_back({side->second, one["first"].get<uint64_t>(),
                               one["last"].get<uint64_t>()});
  }
}

void readValue(MachineFile &file, const MachineKey &key, const Json &value) {
  switch (key.kind) {
  case MachineKey::Kind::Text:
    if (!value.is_string())
      throw FileError("key '{}' is {}; a text is needed", key.name,
                      value.dump());
    return key.setText(file, value.get<std::string>());
  case MachineKey::Kind::Integer:
    if (!isInteger(value, key.least, key.most))
      throw FileError("key '{}' is {}; a whole number from {} to {} is needed",
                      key.name, value.dump(), key.least, key.most);
    return key.setInteger(file, value.get<uint64_t>());
  case MachineKey::Kind::Number:
    if (!value.is_number() || !(value.get<double>() > 0) ||
        value.get<double>() > double(key.most))
      throw FileError(
          "key '{}' is {}; a number above 0 and at most {} is needed",
          key.name, value.dump(), key.most);
    return key.setNumber(file, value.get<double>());
  case MachineKey::Kind::Energy:
    if (!value.is_number() || !(value.get<double>() >= double(key.least)) ||
        value.get<double>() > double(key.most))
      throw FileError("key '{}' is {}; a number from {} to {} is needed",
                      key.name, value.dump(), key.least, key.most);
    file.config.energy[key.energy] = value.get<double>();
    return;
  case MachineKey::Kind::Nodes:
    return readNodes(file, key, value);
  case MachineKey::Kind::Interfaces:
    return readInterfaces(file, key, value);
  }
}

/// Disables the nodes of \p list in the grid of \p columns x \p rows that
/// begins at \p corner.
void disable(mesh::Topology &topology, const char *key,
             const std::vector<mesh::Coord> &list, mesh::Coord corner,
             uint64_t columns, uint64_t rows) {
  for (mesh::Coord at : list) {
    if (at.x >= columns || at.y >= rows)
      throw FileError("key '{}' has [{}, {}], which is outside of the {} x {} "
                      "grid",
                      key, at.x, at.y, columns, rows);
    topology.setEnabled(topology.node(corner.x + at.x, corner.y + at.y),
                        false);
  }
}

mesh::Topology buildTopology(const MachineFile &file) {
  const mesh::MeshParams &params = file.config.mesh;
  // What a host can hold: an ExaPOD has 1,062,000 nodes.
  if (file.columns * file.rows > 2'000'000)
    throw FileError("keys 'columns' and 'rows' make {} nodes; at most 2000000 "
                    "are possible",
                    file.columns * file.rows);
  mesh::Topology topology{unsigned(file.columns), unsigned(file.rows)};
  disable(topology, "disabled_nodes", file.disabled, {0, 0}, file.columns,
          file.rows);
  // A node without a router is none.
  disable(topology, "dead_routers", file.deadRouters, {0, 0}, file.columns,
          file.rows);
  uint64_t dieColumns = params.dieColumns ? params.dieColumns : file.columns;
  uint64_t dieRows = params.dieRows ? params.dieRows : file.rows;
  for (uint64_t y = 0; y + dieRows <= file.rows; y += dieRows)
    for (uint64_t x = 0; x + dieColumns <= file.columns; x += dieColumns)
      disable(topology, "die_disabled_nodes", file.disabledInDie,
              {uint16_t(x), uint16_t(y)}, dieColumns, dieRows);
  return topology;
}

void buildInterfaces(const MachineFile &file) {
  using mesh::Direction;
  for (const MachineFile::Interface &one : file.interfaces) {
    bool vertical =
        one.side == Direction::West || one.side == Direction::East;
    uint64_t length = vertical ? file.rows : file.columns;
    if (one.first > one.last || one.last >= length)
      throw FileError("key 'interface_processors' has a line from {} to {}; "
                      "that side has 0 to {}, and first comes before last",
                      one.first, one.last, length - 1);
    uint16_t first(one.first), last(one.last);
    uint16_t east(file.columns - 1), south(file.rows - 1);
    mesh::Rect line;
    switch (one.side) {
    case Direction::West:
      line = {0, first, 0, last};
      break;
    case Direction::East:
      line = {east, first, east, last};
      break;
    case Direction::North:
      line = {first, 0, last, 0};
      break;
    default:
      line = {first, south, last, south};
      break;
    }
    // One die's share of the simulation has the device.
    const mesh::MeshParams &params = file.config.mesh;
    uint64_t step = vertical ? params.dieRows : params.dieColumns;
    if (step && one.first / step != one.last / step)
      throw FileError("key 'interface_processors' has a line from {} to {}, "
                      "which belongs to several dies; give each its own",
                      one.first, one.last);
    file.config.mesh.edgePorts.push_back({one.side, line,
                                          unsigned(file.interfaceBytesPerCycle),
                                          unsigned(file.interfaceCycles)});
  }
}

/// A sentence of the mesh with the names of its parameters (hopCycles) as those
/// of the file (key 'hop_cycles').
std::string withKeys(const std::string &sentence) {
  std::string result;
  for (size_t begin = 0; begin < sentence.size();) {
    size_t end = begin;
    std::string key;
    for (; end < sentence.size() && std::isalpha(uint8_t(sentence[end])); ++end)
      if (std::isupper(uint8_t(sentence[end])))
        key += {'_', char(std::tolower(sentence[end]))};
      else
        key += sentence[end];
    std::string word = sentence.substr(begin, std::max<size_t>(1, end - begin));
    begin += word.size();
    auto keys = machineKeys();
    bool known = key.find('_') != std::string::npos &&
                 std::any_of(keys.begin(), keys.end(),
                             [&](auto &k) { return k.name == key; });
    result += known ? fmt::format("key '{}'", key) : word;
  }
  return result;
}

void read(std::string_view source, MachineConfig &config) {
  Json root = Json::parse(source.begin(), source.end(), nullptr, false, true);
  if (root.is_discarded())
    throw FileError("is no JSON file; see docs/machine-files.md");
  if (!root.is_object())
    throw FileError("is no JSON object of keys and values");
  MachineFile file(config);
  for (auto &[name, value] : root.items()) {
    MachineParameter parameter;
    readValue(file, findKey(name), valueOf(name, value, parameter));
    config.parameters.push_back(std::move(parameter));
  }
  for (const MachineKey &key : machineKeys())
    if (key.required && !root.contains(key.name))
      throw FileError("key '{}' is missing", key.name);
  config.mesh.topology = buildTopology(file);
  config.mesh.deadRouters = file.deadRouters;
  buildInterfaces(file);
  if (std::string error = config.mesh.check(); !error.empty())
    throw FileError("{}", withKeys(error));
}

/// Machine files lie beside the installed program or in the build tree.
std::vector<fs::path> machineFolders() {
  std::error_code error;
  fs::path program = fs::read_symlink("/proc/self/exe", error);
  std::vector<fs::path> folders;
  if (!error) {
    fs::path prefix = program.parent_path().parent_path();
    folders.push_back(prefix / "share" / "tatami" / "machines");
    folders.push_back(prefix / "lib" / "tatami" / "machines");
  }
#ifdef TATAMI_MACHINES_DIR
  folders.push_back(TATAMI_MACHINES_DIR);
#endif
  return folders;
}

} // namespace

std::string tatami::readMachineConfig(std::string_view text,
                                      MachineConfig &config) {
  try {
    read(text, config);
  } catch (const std::exception &error) {
    return error.what();
  }
  return "";
}

std::string tatami::findMachineConfig(const std::string &nameOrFile,
                                      MachineConfig &config) {
  fs::path path = nameOrFile;
  bool isFile = nameOrFile.ends_with(".json") ||
                nameOrFile.find('/') != std::string::npos;
  if (!isFile) {
    std::error_code ignored;
    for (const fs::path &folder : machineFolders())
      if (path = folder / (nameOrFile + ".json"); fs::exists(path, ignored))
        break;
    if (!fs::exists(path, ignored))
      return fmt::format("there is no machine '{}'; there are node, mesh-4x4, "
                         "die and tile, or give a file ending in .json",
                         nameOrFile);
  }
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    return fmt::format("{}: cannot be read: it is a directory", path.string());
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fmt::format("{}: cannot be opened: {}", path.string(),
                       std::strerror(errno));
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::string error = readMachineConfig(text, config);
  config.text = std::move(text);
  return error.empty() ? "" : fmt::format("{}: {}", path.string(), error);
}
