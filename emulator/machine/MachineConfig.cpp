// Reads machine files: every key is known, every value possible, or the error
// names file and key.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/machine/MachineConfig.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>
#include <vector>

using namespace tatami;
namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

class ConfigReader {
public:
  explicit ConfigReader(MachineConfig &config) : config(config) {
    auto number = [&](const char *key, auto &target, uint64_t least,
                      uint64_t most) {
      handlers[key] = [&target, key, least, most](const Json &value) {
        if (!value.is_number_unsigned() || value.get<uint64_t>() < least ||
            value.get<uint64_t>() > most)
          throw std::runtime_error(
              fmt::format("key '{}' is {}; a whole number from {} to {} is "
                          "needed",
                          key, value.dump(), least, most));
        target = std::remove_reference_t<decltype(target)>(
            value.get<uint64_t>());
      };
    };
    handlers["name"] = [&](const Json &value) { text("name", value, config.name); };
    handlers["description"] = [](const Json &value) {
      std::string ignored;
      text("description", value, ignored);
    };
    number("schema", schema, 1, 1);
    number("columns", columns, 1, 65535);
    number("rows", rows, 1, 65535);
    number("sram_bytes", config.sramBytes, 0x10000, isa::sramBytes);
    number("host_call_cycles", config.hostCallCycles, 0, 1000000);
    number("hop_cycles", config.mesh.hopCycles, 1, 10000);
    number("credit_cycles", config.mesh.creditCycles, 1, 10000);
    number("buffer_depth", config.mesh.bufferDepth, 1, 4096);
    number("inject_cycles", config.mesh.injectCycles, 0, 10000);
    number("eject_cycles", config.mesh.ejectCycles, 1, 10000);
    number("request_queue_depth", config.mesh.requestQueueDepth, 1, 1 << 20);
    number("reply_queue_depth", config.mesh.replyQueueDepth, 1, 1 << 20);
    number("die_columns", config.mesh.dieColumns, 0, 65535);
    number("die_rows", config.mesh.dieRows, 0, 65535);
    number("die_crossing_cycles", config.mesh.dieCrossingCycles, 1, 10000);
    number("die_crossing_depth", config.mesh.dieCrossingDepth, 1, 32768);
    handlers["clock_ghz"] = [&](const Json &value) {
      if (!value.is_number() || !(value.get<double>() > 0) ||
          value.get<double>() > 1000)
        throw std::runtime_error(
            fmt::format("key 'clock_ghz' is {}; a number above 0 and at most "
                        "1000 is needed",
                        value.dump()));
      config.clockGigahertz = value.get<double>();
    };
    handlers["disabled_nodes"] = [&](const Json &value) { readDisabled(value); };
  }

  void read(std::string_view source) {
    Json root = Json::parse(source.begin(), source.end(), nullptr, false, true);
    if (root.is_discarded())
      throw std::runtime_error("is no JSON file; see docs/machine-files.md");
    if (!root.is_object())
      throw std::runtime_error("is no JSON object of keys and values");
    for (auto &[key, value] : root.items()) {
      auto handler = handlers.find(key);
      if (handler == handlers.end())
        throw std::runtime_error(fmt::format(
            "unknown key '{}'; known are {}", key, knownKeys()));
      handler->second(valueOf(key, value));
    }
    for (const char *key : {"schema", "columns", "rows"})
      if (!root.contains(key))
        throw std::runtime_error(fmt::format("key '{}' is missing", key));
    build();
  }

private:
  static void text(const char *key, const Json &value, std::string &target) {
    if (!value.is_string())
      throw std::runtime_error(
          fmt::format("key '{}' is {}; a text is needed", key, value.dump()));
    target = value.get<std::string>();
  }

  /// A value may stand alone or with where it comes from:
  /// {"value": 2, "provenance": "published"}.
  static const Json &valueOf(const std::string &key, const Json &value) {
    if (!value.is_object())
      return value;
    for (auto &[inner, part] : value.items()) {
      if (inner == "value" || inner == "note")
        continue;
      if (inner == "provenance") {
        if (part == "published" || part == "derived" || part == "chosen")
          continue;
        throw std::runtime_error(fmt::format(
            "key '{}.provenance' is {}; published, derived or chosen is "
            "needed",
            key, part.dump()));
      }
      throw std::runtime_error(fmt::format(
          "unknown key '{}.{}'; known are value, provenance and note", key,
          inner));
    }
    if (!value.contains("value"))
      throw std::runtime_error(fmt::format("key '{}.value' is missing", key));
    return value["value"];
  }

  std::string knownKeys() const {
    std::string names;
    for (auto &[key, handler] : handlers)
      names += (names.empty() ? "" : ", ") + key;
    return names;
  }

  void readDisabled(const Json &value) {
    auto isCoordinate = [](const Json &number) {
      return number.is_number_unsigned() && number.get<uint64_t>() <= 65535;
    };
    bool good = value.is_array();
    if (good)
      for (const Json &node : value) {
        good = good && node.is_array() && node.size() == 2 &&
               isCoordinate(node[0]) && isCoordinate(node[1]);
        if (good)
          disabled.push_back({node[0].get<uint16_t>(), node[1].get<uint16_t>()});
      }
    if (!good)
      throw std::runtime_error("key 'disabled_nodes' is not a list of [x, y]");
  }

  void build() {
    // What a host can hold: an ExaPOD has 1,062,000 nodes.
    if (uint64_t(columns) * rows > 2'000'000)
      throw std::runtime_error(
          fmt::format("keys 'columns' and 'rows' make {} nodes; at most "
                      "2000000 are possible",
                      uint64_t(columns) * rows));
    mesh::Topology topology(columns, rows);
    for (mesh::Coord at : disabled) {
      if (!topology.contains(at))
        throw std::runtime_error(
            fmt::format("key 'disabled_nodes' has [{}, {}], which is outside "
                        "of the {} x {} grid",
                        at.x, at.y, columns, rows));
      topology.setEnabled(topology.node(at), false);
    }
    config.mesh.topology = topology;
    if (std::string error = config.mesh.check(); !error.empty())
      throw std::runtime_error(error);
  }

  MachineConfig &config;
  std::map<std::string, std::function<void(const Json &)>> handlers;
  unsigned schema = 1, columns = 1, rows = 1;
  std::vector<mesh::Coord> disabled;
};

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
    ConfigReader(config).read(text);
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
      return fmt::format("there is no machine '{}'; there are node, mesh-4x4 "
                         "and die, or give a file ending in .json",
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
  return error.empty() ? "" : fmt::format("{}: {}", path.string(), error);
}
