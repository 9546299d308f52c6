// The table of idealised parts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/Ideals.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

using namespace tatami;

static constexpr uint32_t causes(std::initializer_list<Cause> list) {
  uint32_t bits = 0;
  for (Cause cause : list)
    bits |= 1u << unsigned(cause);
  return bits;
}

/// What the vector queue's longest instruction leaves room for in the
/// scoreboard's window of time.
static constexpr unsigned mostLatency = 64;

template <Cause cause> static void setLatency(Ideals &ideals, unsigned value) {
  ideals.pipeline.latency[size_t(cause)] = uint8_t(value);
}

using Value = IdealKey::Value;

static constexpr IdealKey keys[] = {
    {"loads", "latency of loads", Value::Number, "", 0, mostLatency, "0",
     causes({Cause::OperandLoad, Cause::VectorQueue}),
     "cycles from a load of the node's SRAM to the use of what it gives, of "
     "every load; ports stay taken as long",
     setLatency<Cause::OperandLoad>},
    {"scalar", "latency of scalar results", Value::Number, "", 0, mostLatency,
     "0", causes({Cause::OperandScalar}),
     "the same for results of ALUs, multiplies and divides",
     setLatency<Cause::OperandScalar>},
    {"simd", "latency of SIMD results", Value::Number, "", 0, mostLatency, "0",
     causes({Cause::OperandSimd, Cause::VectorQueue}),
     "the same for results of the SIMD unit", setLatency<Cause::OperandSimd>},
    {"accumulators", "latency of sums in the matrix unit", Value::Number, "", 0,
     mostLatency, "0", causes({Cause::OperandMatrix, Cause::VectorQueue}),
     "the same for sums of the matrix unit", setLatency<Cause::OperandMatrix>},
    {"branches", "branches", Value::Word, "perfect", 0, 0, "perfect",
     causes({Cause::Fetch, Cause::Mispredict}),
     "every guess is right and a taken branch leaves no bubble; it still ends "
     "its group of instructions",
     [](Ideals &i, unsigned) { i.pipeline.perfectBranches = true; }},
    {"issue", "limits of issue", Value::Word, "infinite", 0, 0, "infinite",
     causes({Cause::IssueSlot, Cause::SramPort, Cause::MatrixUnit, Cause::Fetch,
             Cause::OtherThread, Cause::VectorQueue}),
     "decode slots, ALUs, address units, store ports, SIMD and matrix units "
     "without limit; latencies, order and the vector queue remain",
     [](Ideals &i, unsigned) { i.pipeline.unlimitedIssue = true; }},
    {"sram-ports", "memory ports", Value::Times, "", 1, 7, "2x",
     causes({Cause::SramPort, Cause::OtherThread}),
     "address units and store ports times N",
     [](Ideals &i, unsigned n) { i.pipeline.memoryPorts = n; }},
    {"matrix", "rate of the matrix unit", Value::Times, "", 1, 15, "2x",
     causes({Cause::MatrixUnit, Cause::OtherThread}),
     "matrix units times N; their use stays in parts of the real machine's "
     "peak",
     [](Ideals &i, unsigned n) { i.pipeline.matrixUnits = n; }},
    {"vector-queue", "length of the vector queue", Value::Number, "", 1, 32,
     "32", causes({Cause::VectorQueue}), "entries of a thread's vector queue",
     [](Ideals &i, unsigned n) { i.pipeline.vectorQueue = n; }},
    {"mesh", "all of the mesh", Value::Word, "free", 0, 0, "free",
     causes({Cause::MeshCredit, Cause::RemoteLoad, Cause::Semaphore,
             Cause::Barrier, Cause::ListEngine}),
     "a packet is there in the cycle after it has left its node, die edges and "
     "interface processors included; each node sends one packet of each class "
     "a cycle, queues have no end",
     [](Ideals &i, unsigned) { i.freeMesh = true; }},
    {"links", "rate of links", Value::Times, "", 1, 16, "4x",
     causes({Cause::MeshCredit, Cause::RemoteLoad, Cause::Semaphore,
             Cause::Barrier, Cause::ListEngine}),
     "packets a cycle of links, die edges and links of interface processors "
     "times N, with the buffers that this takes; a node's own port stays",
     [](Ideals &i, unsigned n) { i.links = n; }},
    {"buffers", "buffers of the mesh", Value::Times, "", 1, 64, "4x",
     causes({Cause::MeshCredit, Cause::ListEngine}),
     "buffers of routers and send queues of nodes times N",
     [](Ideals &i, unsigned n) { i.buffers = n; }},
    {"crossing", "way from die to die", Value::Number, "", 1, 10000, "1",
     causes({Cause::MeshCredit, Cause::RemoteLoad, Cause::Semaphore,
             Cause::Barrier}),
     "cycles of a hop between dies",
     [](Ideals &i, unsigned n) { i.crossing = n; }},
    {"hbm", "rate of HBM", Value::Times, "", 1, 64, "2x",
     causes({Cause::RemoteLoad, Cause::Semaphore}),
     "bytes a cycle of the interface processors' memory times N",
     [](Ideals &i, unsigned n) { i.hbm = n; }},
    {"barriers", "opening of barriers", Value::Word, "free", 0, 0, "free",
     causes({Cause::Barrier}),
     "a barrier opens in the cycle in which the last one comes; who has stored "
     "elsewhere still waits until it is there",
     [](Ideals &i, unsigned) { i.freeBarriers = true; }},
    {"hostcalls", "host calls", Value::Word, "free", 0, 0, "free",
     causes({Cause::Host}),
     "a host call takes no time of its own; the pipeline still runs empty",
     [](Ideals &i, unsigned) { i.freeHostCalls = true; }},
};

std::span<const IdealKey> tatami::idealKeys() { return keys; }

const IdealKey *tatami::findIdealKey(std::string_view name) {
  auto key = std::find_if(std::begin(keys), std::end(keys),
                          [&](const IdealKey &k) { return name == k.name; });
  return key == std::end(keys) ? nullptr : key;
}

/// What its values look like.
static std::string formOf(const IdealKey &key) {
  switch (key.value) {
  case Value::Word:
    return key.word;
  case Value::Times:
    return fmt::format("{}x to {}x", key.least, key.most);
  case Value::Number:
    break;
  }
  return fmt::format("{} to {}", key.least, key.most);
}

static std::string addOne(std::string_view text, Ideals &ideals) {
  const size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const IdealKey *key = findIdealKey(name);
  if (!key) {
    std::string names;
    for (const IdealKey &k : keys)
      names += fmt::format("{}{}", names.empty() ? "" : ", ", k.name);
    return fmt::format("'{}' is no part of the machine that can be idealised; "
                       "there are {}",
                       name, names);
  }
  if (equals == std::string_view::npos)
    return fmt::format("'{}' has no value; it can be {}={}", name, name,
                       formOf(*key));
  const std::string_view value = text.substr(equals + 1);
  std::string_view digits = value;
  if (key->value == Value::Times && digits.ends_with('x'))
    digits.remove_suffix(1);
  unsigned number = 0;
  bool fits = value == key->word;
  if (key->value != Value::Word) {
    auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    fits = error == std::errc() && end == digits.data() + digits.size() &&
           number >= key->least && number <= key->most;
  }
  if (!fits)
    return fmt::format("'{}' is no value of {}; it can be {}", value, name,
                       formOf(*key));
  const std::string prefix = fmt::format("{}=", name);
  for (const std::string &before : ideals.given)
    if (before.starts_with(prefix))
      return fmt::format("{} is given twice, as {} and as {}", name,
                         before.substr(prefix.size()), value);
  key->set(ideals, number);
  ideals.given.push_back(
      prefix + (key->value == Value::Times    ? fmt::format("{}x", number)
                : key->value == Value::Number ? fmt::format("{}", number)
                                              : std::string(key->word)));
  auto placeOf = [](const std::string &entry) {
    return findIdealKey(std::string_view(entry).substr(0, entry.find('=')));
  };
  std::sort(ideals.given.begin(), ideals.given.end(),
            [&](auto &a, auto &b) { return placeOf(a) < placeOf(b); });
  return "";
}

std::string tatami::addIdeals(std::string_view text, Ideals &ideals) {
  for (;;) {
    const size_t comma = text.find(',');
    if (std::string error = addOne(text.substr(0, comma), ideals);
        !error.empty())
      return error;
    if (comma == std::string_view::npos)
      return "";
    text.remove_prefix(comma + 1);
  }
}

std::string tatami::idealHelp() {
  constexpr size_t indent = 26, width = 80;
  std::string text;
  for (const IdealKey &key : keys) {
    std::string line = fmt::format(
        "  {:<{}}", fmt::format("{}={}", key.name, formOf(key)), indent - 3);
    for (std::string_view rest = key.meaning; !rest.empty();) {
      const size_t end = std::min(rest.find(' '), rest.size());
      if (line.size() + 1 + end > width) {
        text += line + '\n';
        line.assign(indent - 1, ' ');
      }
      line += ' ';
      line += rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    text += line + '\n';
  }
  return text;
}
