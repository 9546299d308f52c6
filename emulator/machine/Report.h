// What a person reads when a program goes wrong.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Die.h"
#include "Node.h"
#include "Program.h"
#include "tatami/debug/CallStack.h"

#include <memory>
#include <string>
#include <vector>

namespace tatami {

/// Why a program stopped itself with `brk number`; empty if nobody knows.
std::string_view breakReason(uint64_t number);

class Report {
public:
  Report(const Program &program, const std::vector<Node *> &nodes)
      : program(program), nodes(nodes) {}

  std::string trap(const Stop &stop);
  /// Every thread waits; who for what, and since when.
  std::string deadlock();
  /// What was going on when the run was cut off.
  std::string running();
  /// Where every thread is: those at the same place together.
  std::string whereabouts() const;

private:
  std::string instruction(const Node &node, const ThreadState &state) const;
  /// What a thread waits for.
  std::string waiting(const Node &node, unsigned thread) const;
  /// Who is missing at a barrier, as the end of a sentence.
  std::string missing(const mesh::Rect &rect) const;
  std::string place(uint64_t pc) const;
  /// The call stack of a thread, indented by \p indent; empty if the image
  /// has no information on frames.
  std::string callStack(const Node &node, unsigned thread, size_t limit,
                        const std::string &indent);

  const Program &program;
  const std::vector<Node *> &nodes;
  /// Made when the first report needs it.
  std::unique_ptr<debug::CallStackReader> stacks;
};

} // namespace tatami
