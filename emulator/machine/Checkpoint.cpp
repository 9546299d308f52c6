// What a checkpoint holds: all that changes while time passes, in the order in
// which it is read again.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "CheckpointFile.h"
#include "MachineImpl.h"

#include "tatami/archive/Hash.h"
#include "tatami/node/Pages.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

using namespace tatami;

//===-- Nodes ---------------------------------------------------------------===//

template <class Archive> void NodeThread::archive(Archive &a) {
  bool started = state != nullptr;
  a(started);
  if (started && !state)
    state = std::make_unique<ThreadState>();
  if (started)
    a(*state);
  a(status, waitFor, afterSending, syncTrap, request, time, instructions,
    outbox, dirty, acksPending);
}

template <class Archive> void Node::archive(Archive &a) {
  a(state, codeChanged, ownText, slotWanted, time, eventAt);
  for (NodeThread &thread : threads)
    a(thread);
  a(semaphores, admitted, pulls, nextPull, openPulls, replies, barriers, macs,
    flops, sent, received, openRegions, regions, deeperRegions, exitStatus,
    endTime);
  if (scoreboard)
    a(*scoreboard);
  bool hasLists = lists != nullptr;
  a(hasLists, listsAt);
  if (hasLists && !lists)
    lists = std::make_unique<ListEngine>();
  if (hasLists)
    a(*lists);
  archivePages(a, memory.bytes(), memory.size());
}

//===-- Dies ----------------------------------------------------------------===//

void Die::save(ArchiveWriter &archive) {
  for (auto &node : nodes)
    archive(*node);
  for (InterfaceProcessor *device : devices)
    archive(*device);
  mesh.archive(archive);
}

void Die::restore(ArchiveReader &archive) {
  listed.clear();
  events = {};
  listEvents = {};
  const Image::Segment &text = program.image.text();
  for (auto &node : nodes) {
    archive(*node);
    node->listed = false;
    if (!node->ownText.empty())
      node->code = std::make_shared<const Code>(node->ownText, text.address,
                                                program.pipelines.get());
    if (node->eventAt != mesh::never)
      events.push({node->eventAt, node->id});
    if (node->listsAt != mesh::never)
      listEvents.push({node->listsAt, node->id});
  }
  for (InterfaceProcessor *device : devices)
    archive(*device);
  mesh.archive(archive);
}

//===-- The machine ---------------------------------------------------------===//

/// What has to be the same in the run that goes on. Texts, so that a person
/// can be told what differs.
static std::vector<std::pair<std::string, std::string>>
identity(const Program &program) {
  uint64_t hash = hashOf({});
  auto add = [&](const void *data, size_t size) {
    hash = hashOf({static_cast<const char *>(data), size}, hash);
  };
  for (const Image::Segment &segment : program.image.segments) {
    add(&segment.address, sizeof segment.address);
    add(segment.data.data(), segment.data.size());
  }
  const MachineConfig &config = program.options.config;
  std::string parameters;
  for (const MachineParameter &parameter : config.parameters)
    parameters += parameter.key + '=' + parameter.value + ' ';
  // A build whose state has another form cannot read it.
  const size_t layout[] = {sizeof(Node),    sizeof(NodeThread),
                           sizeof(Request), sizeof(ThreadState),
                           sizeof(Reply),   sizeof(PullInFlight), sizeof(ListEngine),
                           sizeof(Counters), sizeof(NodeClock)};
  return {{"build of tatami-run", fmt::format("{}", fmt::join(layout, " "))},
          {"image", fmt::format("{:016x}", hash)},
          {"machine", config.name + ": " + parameters},
          {"idealised machine",
           fmt::format("{}", fmt::join(program.options.ideals.given, ","))},
          {"model of the mesh", fmt::format("{}", int(config.mesh.model))},
          {"timing", fmt::format("{}", int(program.options.timing))}};
}

void Machine::Impl::writeCheckpoint() try {
  files->flush();
  CheckpointWriter file(program->options.checkpointFile);
  ArchiveWriter head;
  for (auto &[what, value] : identity(*program))
    head(what, value);
  head(program->options.arguments, nextCheckpoint);
  file.section("machine", head);
  ArchiveWriter content;
  files->archive(content);
  file.section("files", content);
  for (auto &die : dies) {
    content.clear();
    die->save(content);
    file.section("die", content);
  }
  file.commit();
  // A second run would begin here: what was answered before is not needed.
  lastCheckpoint = program->options.checkpointFile;
  if (log)
    log->clear();
} catch (const ArchiveError &error) {
  warning = error.what();
}

void Machine::Impl::restore(const std::string &path) {
  CheckpointReader file(path);
  lastCheckpoint = path;
  ArchiveReader head = file.section("machine");
  for (auto &[what, expected] : identity(*program)) {
    std::string name, value;
    head(name, value);
    if (name != what || value != expected)
      throw ArchiveError(file.describe(fmt::format(
          "is of another {}; a run goes on with the image, machine, mesh and "
          "timing that it began with",
          what)));
  }
  try {
    std::vector<std::string> given = program->options.arguments;
    head(program->options.arguments, nextCheckpoint);
    const std::vector<std::string> &saved = program->options.arguments;
    if (given.size() > 1 &&
        !std::equal(given.begin() + 1, given.end(), saved.begin() + 1,
                    saved.end()))
      throw ArchiveError("is of a run with other arguments; a run goes on with "
                         "those that it began with, give the same or none");
    ArchiveReader opened = file.section("files");
    files->archive(opened);
    for (auto &die : dies) {
      ArchiveReader content = file.section("die");
      die->restore(content);
    }
  } catch (const ArchiveError &error) {
    throw ArchiveError(file.describe(error.what()));
  }
}
