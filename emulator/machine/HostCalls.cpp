// Host calls: what a program asks of the world outside of the machine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"

#include "tatami/isa/HostCalls.h"

#include <algorithm>
#include <cstring>

using namespace tatami;

/// Newlib's numbers.
static constexpr int64_t errorTooBig = -7, errorInvalid = -22;

/// Reads a text of the program's memory; false if that traps.
static bool readString(Node &node, uint64_t address, std::string &text,
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

/// Calls that look at, or change, what all nodes share.
static bool isShared(isa::HostCall call) {
  switch (call) {
  case isa::HostCall::READ:
  case isa::HostCall::OPEN:
  case isa::HostCall::CLOSE:
  case isa::HostCall::SEEK:
  case isa::HostCall::STAT:
  case isa::HostCall::UNLINK:
  case isa::HostCall::ISATTY:
    return true;
  default:
    return false;
  }
}

/// Standard output and error: nothing that a program sees depends on the order
/// in which nodes write there.
static bool isStream(uint64_t descriptor) {
  return descriptor == 1 || descriptor == 2;
}

void Die::hostCall(Node &node, unsigned number) {
  const Request &r = node.threads[number].request;
  auto call = isa::HostCall(r.a);
  if (call == isa::HostCall::EXIT)
    return node.end(int(r.b & 0xff), node.timeOf(number), number);
  if (!files && (isShared(call) ||
                 (call == isa::HostCall::WRITE && !isStream(r.b)))) {
    pending = Moment{node.timeOf(number), node.id, number};
    return;
  }
  TrapKind trap = TrapKind::None;
  int64_t result = doHostCall(node, number, r, files, trap);
  finishHostCall(node, number, result, trap);
}

void Die::doPendingCall(HostFiles &shared) {
  Node &node = *program.nodeAt(pending->node);
  unsigned number = pending->thread;
  pending.reset();
  TrapKind trap = TrapKind::None;
  int64_t result = doHostCall(node, number, node.threads[number].request,
                              &shared, trap);
  finishHostCall(node, number, result, trap);
  // Others of its threads may have been about to synchronise as well.
  list(node);
}

void Die::finishHostCall(Node &node, unsigned number, int64_t result,
                         TrapKind trap) {
  NodeThread &thread = node.threads[number];
  const Request &r = thread.request;
  auto call = isa::HostCall(r.a);
  std::string name;
  if (call == isa::HostCall::REGION_BEGIN || call == isa::HostCall::COUNTER)
    readString(node, r.b, name, trap);
  if (trap != TrapKind::None)
    return raiseTrap(node, number, trap);
  // A region begins behind the call that begins it and ends before the one
  // that ends it: neither pays for them.
  if (call == isa::HostCall::REGION_END)
    node.endRegion(number);
  if (node.record) {
    NodeEvents &events = node.record->events;
    if (call == isa::HostCall::REGION_END)
      events.endRange(number, node.timeOf(number));
    if (call == isa::HostCall::COUNTER)
      events.counter(number, node.timeOf(number),
                     name.substr(0, maxRegionName), r.c);
  }
  // Lists work in the time of the mesh, which is that of the call.
  const ListCounters lists = node.counters(number).lists;
  node.delay(number,
             node.timeOf(number) + program.options.config.hostCallCycles,
             Cause::Host);
  if (call == isa::HostCall::REGION_BEGIN) {
    if (node.record)
      node.record->events.beginRange(number, node.timeOf(number),
                                     name.substr(0, maxRegionName));
    node.beginRegion(number, std::move(name), lists);
  }
  thread.state->x[r.reg] = uint64_t(result);
  complete(node, number);
}

int64_t Die::write(Node &node, unsigned number, const Request &r,
                   HostFiles *shared, TrapKind &trap) {
  trap = r.d ? node.memory.checkLoad(r.c, r.d, 1) : TrapKind::None;
  if (trap != TrapKind::None)
    return 0;
  const uint8_t *data = node.memory.bytes() + (r.d ? r.c : 0);
  if (shared)
    return shared->write(r.b, data, r.d);
  output.push_back({{node.timeOf(number), node.id, number},
                    r.b,
                    std::string(reinterpret_cast<const char *>(data), r.d)});
  return int64_t(r.d);
}

int64_t Die::doHostCall(Node &node, unsigned number, const Request &r,
                        HostFiles *shared, TrapKind &trap) {
  using Call = isa::HostCall;
  switch (Call(r.a)) {
  case Call::WRITE:
    return write(node, number, r, shared, trap);
  case Call::READ:
    trap = r.d ? node.memory.checkStore(r.c, r.d, 1) : TrapKind::None;
    return trap == TrapKind::None
               ? shared->read(r.b, node.memory.bytes() + (r.d ? r.c : 0), r.d)
               : 0;
  case Call::OPEN: {
    std::string path;
    return readString(node, r.b, path, trap) ? shared->open(path, r.c, r.d) : 0;
  }
  case Call::CLOSE:
    return shared->close(r.b);
  case Call::SEEK:
    return shared->seek(r.b, int64_t(r.c), r.d);
  case Call::STAT: {
    uint64_t info[2];
    trap = node.memory.checkStore(r.c, sizeof(info), 8);
    if (trap != TrapKind::None)
      return 0;
    int64_t result = shared->stat(r.b, info[0], info[1]);
    if (result == 0)
      std::memcpy(node.memory.bytes() + r.c, info, sizeof(info));
    return result;
  }
  case Call::TIME:
    return int64_t(double(node.timeOf(number)) /
                   program.options.config.clockGigahertz);
  case Call::REGION_BEGIN:
  case Call::REGION_END:
  case Call::COUNTER:
    return 0;
  case Call::ARGUMENTS:
    return copyArguments(node, r.b, r.c, trap);
  case Call::UNLINK: {
    std::string path;
    return readString(node, r.b, path, trap) ? shared->unlink(path) : 0;
  }
  case Call::ISATTY:
    return shared->isTerminal(r.b);
  default:
    trap = TrapKind::BadHostCall;
    return errorInvalid;
  }
}

int64_t Die::copyArguments(Node &node, uint64_t address,
                                     uint64_t bytes, TrapKind &trap) {
  std::string block;
  for (const std::string &argument : program.options.arguments)
    block.append(argument.c_str(), argument.size() + 1);
  if (block.size() > bytes)
    return errorTooBig;
  if (block.empty())
    return 0;
  trap = node.memory.checkStore(address, block.size(), 1);
  if (trap == TrapKind::None)
    std::memcpy(node.memory.bytes() + address, block.data(), block.size());
  return int64_t(program.options.arguments.size());
}
