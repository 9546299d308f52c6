// Windows of time over all dies, and what concerns all of them at once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineImpl.h"

#include "CheckpointFile.h"

#include "tatami/isa/Inst.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <thread>

using namespace tatami;

static unsigned hostThreads(const MachineOptions &options, size_t nodes) {
  // The commit log is one file, and one node is run by one thread.
  if (options.trace || nodes < 2)
    return 1;
  return options.hostThreads ? options.hostThreads
                             : std::thread::hardware_concurrency();
}

Machine::Machine(const MachineOptions &options, Image image, std::string &error)
    : impl(std::make_unique<Impl>(options, std::move(image), error)) {}
Machine::~Machine() = default;

Machine::Impl::Impl(const MachineOptions &options, Image image,
                    std::string &error, std::unique_ptr<HostLog> again)
    : given(options), log(std::move(again)) {
  if (error = checkHostLevel(options.hostLevel); !error.empty())
    return;
  if (log) {
    files = std::make_unique<ReplayedFiles>(*log);
  } else if (options.exactStats) {
    log = std::make_unique<HostLog>(options.mostKept);
    files = std::make_unique<RecordedFiles>(*log);
  } else {
    files = std::make_unique<HostFiles>();
  }
  for (auto &[host, guest] : options.grants)
    if (error = files->grant(host, guest); !error.empty())
      return;
  program = std::make_unique<Program>(options, std::move(image));
  // With one die, nobody else's files have to be waited for.
  const unsigned count = program->partCount();
  for (unsigned i = 0; i < count; ++i) {
    dies.push_back(
        std::make_unique<Die>(*program, i, count == 1 ? files.get() : nullptr));
    meshes.push_back(&dies.back()->mesh);
  }
  for (Node *node : program->nodes)
    if (node)
      nodes.push_back(node);
  if (options.profile && options.timeline.isOn) {
    std::vector<Node *> sampled;
    for (uint32_t id : program->recorder->timelineNodes()) {
      if (id >= program->nodes.size() || !program->nodes[id]) {
        error = fmt::format("--timeline-nodes: {} has no node {}",
                            options.config.name, id);
        return;
      }
      sampled.push_back(program->nodes[id]);
    }
    timeline = std::make_unique<Timeline>(options.timeline, std::move(sampled),
                                          *options.profile);
  }
  workers = std::make_unique<HostThreads>(hostThreads(options, nodes.size()));
  reports = std::make_unique<Report>(*program, nodes);
  try {
    if (!options.restoreFile.empty())
      restore(options.restoreFile);
  } catch (const ArchiveError &problem) {
    error = problem.what();
  }
  // A long run should not learn of a wrong path at its first checkpoint.
  if (error.empty() && options.checkpointEvery)
    try {
      CheckpointWriter(options.checkpointFile);
    } catch (const ArchiveError &problem) {
      error = problem.what();
    }
  // Those of the run that goes on would have been at the same times.
  if (options.checkpointEvery == 0)
    nextCheckpoint = mesh::never;
  else if (nextCheckpoint == mesh::never)
    nextCheckpoint = options.checkpointEvery;
}

bool Machine::Impl::allDone() const {
  return std::all_of(nodes.begin(), nodes.end(), [](const Node *node) {
    return node->state == Node::State::Done;
  });
}

const Stop *Machine::Impl::firstStop() const {
  const Stop *first = nullptr;
  for (auto &die : dies)
    if (die->stop() && (!first || die->stop()->at < first->at))
      first = &*die->stop();
  return first;
}

bool Machine::Impl::doPendingCall(mesh::Cycle end) {
  Die *first = nullptr;
  for (auto &die : dies)
    if (die->pendingCall() &&
        (!first || *die->pendingCall() < *first->pendingCall()))
      first = die.get();
  const Stop *stop = firstStop();
  if (!first || (stop && stop->at < *first->pendingCall()))
    return false;
  writeOutput(*first->pendingCall());
  first->doPendingCall(*files);
  first->run(end, *workers);
  return true;
}

void Machine::Impl::runWindow(mesh::Cycle end) {
  if (dies.size() == 1)
    dies[0]->run(end, *workers);
  else {
    HostThreads alone(1);
    workers->forEach(dies.size(), runEstimate,
                     [&](size_t i) { dies[i]->run(end, alone); });
  }
  while (doPendingCall(end))
    ;
  const Stop *stop = firstStop();
  writeOutput(stop ? stop->at : Moment());
  if (dies.size() > 1 && !firstStop())
    workers->forEach(dies.size(), receiveEstimate,
                     [&](size_t i) { meshes[i]->receive(meshes); });
}

void Machine::Impl::writeOutput(const Moment &end) {
  // Equal keys keep the order in which they come.
  std::multimap<Moment, Output> due;
  for (auto &die : dies) {
    std::vector<Output> later;
    for (Output &output : die->output)
      if (output.at < end)
        due.emplace(output.at, std::move(output));
      else
        later.push_back(std::move(output));
    die->output = std::move(later);
  }
  for (auto &[at, output] : due)
    files->write(output.descriptor, output.text.data(), output.text.size());
}

void Machine::Impl::endAt(int status, std::string why) {
  stopped = true;
  stopStatus = status;
  report = std::move(why);
  if (isEstimate())
    report += "  cycles are estimates: the mesh was the fast one\n";
}

mesh::Cycle Machine::Impl::nextActivity() const {
  mesh::Cycle next = mesh::never;
  for (auto &die : dies)
    next = std::min(next, die->nextActivity());
  return next;
}

void Machine::Impl::simulate() {
  const uint64_t maxCycles = program->options.maxCycles;
  for (;;) {
    const mesh::Cycle begin = nextActivity();
    if (begin == mesh::never) {
      if (!allDone())
        endAt(trapStatus, reports->deadlock());
      return;
    }
    if (begin >= maxCycles)
      return endAt(maxCyclesStatus,
                   fmt::format("stopped after {} cycles, as --max-cycles "
                               "says\n",
                               maxCycles) +
                       reports->running());
    if (!goOn(begin))
      return endAt(interruptedStatus,
                   fmt::format("interrupted in cycle {}\n", begin) +
                       reports->whereabouts());
    // No node has gone on behind the cycle of a checkpoint.
    const mesh::Cycle limit =
        std::min(maxCycles, std::max(nextCheckpoint, begin + 1));
    for (auto &die : dies)
      die->setLimit(limit);
    const mesh::Cycle end = std::min(begin + window(), limit);
    runWindow(end);
    if (timeline && !firstStop())
      timeline->write(end);
    if (const Stop *stop = firstStop())
      return endAt(trapStatus, reports->trap(*stop));
    if (end >= nextCheckpoint) {
      while (nextCheckpoint <= end)
        nextCheckpoint += program->options.checkpointEvery;
      writeCheckpoint();
    }
  }
}

bool Machine::Impl::goOn(mesh::Cycle now) {
  constexpr std::chrono::milliseconds period(100);
  const auto &tell = program->options.progress;
  if (!tell)
    return true;
  auto time = std::chrono::steady_clock::now();
  if (time - lastProgress < period)
    return true;
  lastProgress = time;
  Progress progress{.cycles = now,
                    .hostSeconds =
                        std::chrono::duration<double>(time - begin).count()};
  for (const Node *node : nodes) {
    bool ended = node->state == Node::State::Done;
    bool waiting = node->state == Node::State::Blocked;
    ++(ended ? progress.ended : waiting ? progress.waiting : progress.running);
  }
  return tell(progress);
}

void Machine::Impl::finish(Stats &stats) const {
  const MachineOptions &options = program->options;
  stats.machine = options.config.name;
  stats.idealised = options.ideals.given;
  stats.timing = options.timing == TimingMode::Off    ? "off"
                 : options.timing == TimingMode::Unit ? "unit"
                                                      : "d1";
  stats.hostLevel = program->level->name;
  stats.clockGigahertz = options.config.clockGigahertz;
  stats.threadsPerNode = threadsPerNode;
  const isa::InstInfo &product = isa::info(isa::Opcode::MMA_BF16);
  stats.macsPerCycle =
      product.macs / isa::d1Model.classes[product.classes[0]].uses[0].cycles;
  mesh::MeshStats carried;
  for (auto &die : dies)
    die->mesh.addStats(carried);
  stats.mesh = {.isEstimate = isEstimate(),
                .packets = carried.injected(),
                .delivered = carried.delivered(),
                .hops = carried.hops,
                .toDevices = carried.toDevices,
                .fromDevices = carried.fromDevices,
                .creditStalls = carried.creditStalls,
                .arbitrationLosses = carried.arbitrationLosses};
  for (const Node *node : nodes) {
    NodeStats one;
    static_cast<Counters &>(one) = node->counters(node->longestThread());
    one.node = node->id;
    one.x = node->at.x;
    one.y = node->at.y;
    one.packetsSent = node->sent;
    one.packetsReceived = node->received;
    uint64_t cycles = std::max(stats.total.cycles, one.cycles);
    stats.total += one;
    stats.total.cycles = cycles;
    stats.nodes.push_back(one);
    for (const RegionRecord &record : node->regions) {
      RegionStats &region = stats.regions[record.name];
      // Not a sum: the longest node's.
      uint64_t longest = std::max(region.cycles, record.spent.cycles);
      region += record.spent;
      region.cycles = longest;
      region.entries += record.entries;
      ++region.nodes;
    }
  }
}

std::shared_ptr<Profile>
Machine::Impl::makeProfile(const RunResult &result) const {
  auto profile = std::make_shared<Profile>();
  uint64_t interval = 0;
  for (auto &die : dies) {
    die->sampleLinks(true);
    interval = std::max(interval, die->links.front().getInterval());
  }
  program->recorder->finish(result, nodes, interval, *profile);
  if (timeline)
    profile->timeline = timeline->info();
  mesh::MeshStats carried;
  for (auto &die : dies) {
    die->mesh.addStats(carried);
    program->recorder->addLinks(die->mesh.area(), std::move(die->links),
                                *profile);
  }
  profile->linkPackets = std::move(carried.linkPackets);
  profile->linkCreditStalls = std::move(carried.linkCreditStalls);
  return profile;
}

RunResult Machine::Impl::run() {
  begin = lastProgress = std::chrono::steady_clock::now();
  simulate();
  if (timeline)
    timeline->finish(firstStop());
  files->flush();
  if (int error = files->outputError(); error && !stopped)
    endAt(1, fmt::format("error: standard output: cannot be written: {}\n",
                         std::strerror(error)));
  RunResult result;
  result.warning = warning;
  result.report = report;
  result.exitStatus = stopped ? stopStatus : 0;
  if (!stopped)
    for (const Node *node : nodes)
      if (node->exitStatus != 0) {
        result.exitStatus = node->exitStatus;
        break;
      }
  finish(result.stats);
  if (program->recorder)
    result.profile = makeProfile(result);
  result.stats.exitStatus = result.exitStatus;
  result.stats.hostSeconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
          .count();
  return result;
}
