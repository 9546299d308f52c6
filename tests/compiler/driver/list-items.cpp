// tatami::list_item: a wrong item that is a constant is an error that says why.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang++ %tatami-include -std=c++20 -Wall -Wextra -Werror -S -emit-llvm %s -o - | FileCheck %s
// RUN: not tatami-clang++ %tatami-include -std=c++20 -DWRONG -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=WRONG

#include <tatami.h>
using tatami::list_item;

alignas(64) char Image[1024], Halo[4096];

// Nothing is left to do when the program starts.
// CHECK: @Fill = {{.*}}constant {{.*}} { i8 3, i8 9, i8 0, i8 5, i32 4, ptr @Image, { ptr } { ptr @Halo }
// CHECK-NOT: _GLOBAL__sub_I
extern constinit const list_item Fill =
    list_item::multicast(tatami_nodes(3) << 32, Halo, Image, 128)
        .rows(4, 256, 512)
        .pad(1, 0, 4, 60)
        .when(9, 4)
        .signal(5);

#ifdef WRONG
// WRONG: note: non-constexpr function 'a_row_is_a_multiple_of_64_bytes_and_at_most_65535_packets' cannot be used
constexpr list_item Odd = list_item::multicast(0, Halo, Image, 100);
// WRONG: note: non-constexpr function 'there_is_more_padding_than_block' cannot be used
constexpr list_item Padded = list_item::multicast(0, Halo, Image, 128).pad(0, 0, 128, 1);
// WRONG: note: non-constexpr function 'strides_are_multiples_of_64_bytes' cannot be used
constexpr list_item Strides = list_item::multicast(0, Halo, Image, 128).rows(2, 100, 128);
// WRONG: note: non-constexpr function 'a_node_has_semaphores_0_to_63' cannot be used
constexpr list_item Semaphore = list_item::wait(64);
// WRONG: note: non-constexpr function 'this_kind_of_item_sends_nothing' cannot be used
constexpr list_item Silent = list_item::wait(1).signal(2);
#endif
