// Lists that are constants of the program. Run on mesh-4x4.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../device/Check.h"
#include <tatami.h>

enum { Ready = 5, Credit = 6, Done = 7 };

alignas(64) static float tile[8][48], halo[8][48];
extern const tatami::list_item sends[4];

using tatami::list_item;

// Node 0 sends a tile to all nodes, with a row and 16 columns of zeros around
// it, when all have said that they have room.
constinit const list_item sends[4] = {
    list_item::wait(Credit, 16).then(&sends[1]),
    list_item::multicast(0x0003'0003'0000'0000, halo, tile, sizeof halo[0])
        .rows(8, sizeof tile[0], sizeof halo[0])
        .pad(1, 1, 64, 0)
        .signal(Ready)
        .then(&sends[2]),
    list_item::multicast_notify(0x0003'0003'0000'0000, Ready, 2).done(Done, 4).then(&sends[3]),
    list_item::loop(&sends[0], 1),
};

int main() {
  for (int r = 0; r < 8; ++r)
    for (int c = 0; c < 48; ++c)
      tile[r][c] = float(100 * r + c + 1);
  for (int round = 0; round < 2; ++round) {
    for (auto &row : halo)
      for (float &x : row)
        x = -1;
    if (tatami_node() == 0 && round == 0)
      tatami::start(1, sends);
    tatami_sem_signal(0, Credit, 1);
    tatami_sem_wait(Ready, 3);
    for (int r = 0; r < 8; ++r)
      for (int c = 0; c < 48; ++c)
        CHECK(halo[r][c] == (r == 0 || r == 7 || c < 16 ? 0 : tile[r][c]));
  }
  if (tatami_node() == 0)
    tatami_sem_wait(Done, 8);
  tatami_list_wait(1);
  return checked();
}
