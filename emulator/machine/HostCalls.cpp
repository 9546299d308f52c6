// Host calls: what a program asks of the world outside of the machine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineImpl.h"

#include "tatami/isa/HostCalls.h"

#include <algorithm>
#include <cstring>

using namespace tatami;

/// Newlib's numbers.
static constexpr int64_t errorTooBig = -7, errorInvalid = -22;

void Machine::Impl::hostCall(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  const Request r = thread.request;
  uint64_t time = node.timeOf(number);
  auto call = isa::HostCall(r.a);
  if (call == isa::HostCall::EXIT)
    return endNode(node, int(r.b & 0xff), time);

  // A region begins behind the call that begins it and ends before the one
  // that ends it: neither pays for them.
  TrapKind trap = TrapKind::None;
  int64_t result = 0;
  if (call == isa::HostCall::REGION_END)
    endRegion(node, number);
  else if (call != isa::HostCall::REGION_BEGIN)
    result = doHostCall(node, number, r, trap);
  std::string name;
  if (call == isa::HostCall::REGION_BEGIN)
    readString(node, r.b, name, trap);
  if (trap != TrapKind::None)
    return raiseTrap(node, number, trap);
  node.delay(number, time + options.config.hostCallCycles, Cause::Host);
  if (call == isa::HostCall::REGION_BEGIN)
    beginRegion(node, number, name);
  thread.state.x[r.reg] = uint64_t(result);
  complete(node, number);
}

bool Machine::Impl::readString(Node &node, uint64_t address, std::string &text,
                               TrapKind &trap) {
  for (;; ++address) {
    char c = 0;
    trap = node.memory.load(address, c);
    if (trap != TrapKind::None)
      return false;
    if (c == 0)
      return true;
    text += c;
  }
}

int64_t Machine::Impl::doHostCall(Node &node, unsigned number,
                                  const Request &r, TrapKind &trap) {
  using Call = isa::HostCall;
  switch (Call(r.a)) {
  case Call::WRITE:
    trap = r.d ? node.memory.checkLoad(r.c, r.d, 1) : TrapKind::None;
    return trap == TrapKind::None
               ? files.write(r.b, node.memory.bytes() + (r.d ? r.c : 0), r.d)
               : 0;
  case Call::READ:
    trap = r.d ? node.memory.checkStore(r.c, r.d, 1) : TrapKind::None;
    return trap == TrapKind::None
               ? files.read(r.b, node.memory.bytes() + (r.d ? r.c : 0), r.d)
               : 0;
  case Call::OPEN: {
    std::string path;
    return readString(node, r.b, path, trap) ? files.open(path, r.c, r.d) : 0;
  }
  case Call::CLOSE:
    return files.close(r.b);
  case Call::SEEK:
    return files.seek(r.b, int64_t(r.c), r.d);
  case Call::STAT: {
    uint64_t info[2];
    trap = node.memory.checkStore(r.c, sizeof(info), 8);
    if (trap != TrapKind::None)
      return 0;
    int64_t result = files.stat(r.b, info[0], info[1]);
    if (result == 0)
      std::memcpy(node.memory.bytes() + r.c, info, sizeof(info));
    return result;
  }
  case Call::TIME:
    return int64_t(double(node.timeOf(number)) / options.config.clockGigahertz);
  case Call::ARGUMENTS:
    return copyArguments(node, r.b, r.c, trap);
  case Call::UNLINK: {
    std::string path;
    return readString(node, r.b, path, trap) ? files.unlink(path) : 0;
  }
  case Call::ISATTY:
    return files.isTerminal(r.b);
  default:
    trap = TrapKind::BadHostCall;
    return errorInvalid;
  }
}

int64_t Machine::Impl::copyArguments(Node &node, uint64_t address,
                                     uint64_t bytes, TrapKind &trap) {
  std::string block;
  for (const std::string &argument : options.arguments)
    block.append(argument.c_str(), argument.size() + 1);
  if (block.size() > bytes)
    return errorTooBig;
  if (block.empty())
    return 0;
  trap = node.memory.checkStore(address, block.size(), 1);
  if (trap == TrapKind::None)
    std::memcpy(node.memory.bytes() + address, block.data(), block.size());
  return int64_t(options.arguments.size());
}

void Machine::Impl::beginRegion(Node &node, unsigned number,
                                std::string name) {
  node.regions.push_back({std::move(name), node.counters(number)});
}

void Machine::Impl::endRegion(Node &node, unsigned number) {
  if (node.regions.empty())
    return;
  OpenRegion region = std::move(node.regions.back());
  node.regions.pop_back();
  Counters spent = node.counters(number);
  spent -= region.begin;
  regionCycles[{region.name, node.id}] += spent.cycles;
  RegionStats &total = regions[region.name];
  spent.cycles = 0; // Not a sum: the longest node's, see finish().
  total += spent;
  ++total.entries;
}
