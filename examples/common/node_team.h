// The four hardware threads of a node as a team: run one function on all, meet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef NODE_TEAM_H
#define NODE_TEAM_H

#include <tatami.h>

enum {
  TeamSize = 4,
  // Local semaphores: thread 0 counts arrivals, the others wait for release.
  TeamArrive = 60,
  TeamRelease = 61,
};

// Waits until all four threads are here. Waiting costs no issue slots.
static inline void teamMeet(int thread) {
  if (thread == 0) {
    __builtin_tatami_swait(TeamArrive, TeamSize - 1);
    // Semaphore 61, 62, 63: one a thread, so that a fast thread cannot take a
    // slow one's release of the round before.
    for (int t = 1; t < TeamSize; ++t)
      __builtin_tatami_spost(TeamRelease + t - 1, 1);
  } else {
    __builtin_tatami_spost(TeamArrive, 1);
    __builtin_tatami_swait(TeamRelease + thread - 1, 1);
  }
}

// Runs `work` on all four threads; it reads its number by tatami_thread().
static inline void teamRun(void (*work)(void *), void *argument) {
  for (int t = 1; t < TeamSize; ++t)
    tatami_thread_start(t, work, argument);
  work(argument);
  for (int t = 1; t < TeamSize; ++t)
    tatami_thread_join(t);
}

// A list of tasks that the team does: every thread walks along all of it and does
// the tasks that it takes, each time the first that is left. Begins as {0, -1}.
typedef struct {
  int position; // of the task that the thread comes to next
  int mine;     // of the task that the thread has taken
} TaskList;

static int TasksTaken;

static inline int takeTask(TaskList *tasks) {
  if (tasks->mine < tasks->position)
    tasks->mine = __atomic_fetch_add(&TasksTaken, 1, __ATOMIC_RELAXED);
  return tasks->position++ == tasks->mine;
}

#endif
