// Every function of <tatami.h> becomes machine code, optimised or not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang %tatami-include -O0 -Werror -mllvm -verify-machineinstrs \
// RUN:   -c %s -o %t.o
// RUN: tatami-clang %tatami-include -O2 -Werror -mllvm -verify-machineinstrs \
// RUN:   -S %s -o - | FileCheck %s
// Nothing is left to call.
// CHECK-NOT: {{^[[:space:]]+(call|tail)[[:space:]]}}

// The headers use every builtin of the table, and no other.
// RUN: sed -n "s/^TATAMI_BUILTIN(\([a-z0-9_]*\),.*/\1/p" \
// RUN:   %build_root/isa/include/tatami/isa/TatamiBuiltins.inc > %t.table
// RUN: grep -rhoE "__builtin_tatami_[a-z0-9_]+" \
// RUN:   %source_root/runtime/device/include/tatami > %t.used
// RUN: sort -u %t.table > %t.table.sorted
// RUN: sort -u %t.used > %t.used.sorted
// RUN: diff %t.table.sorted %t.used.sorted

#include <tatami.h>

// <tatami/convert.h>
uint64_t use_stochastic(uint32_t seed, uint32_t counter) {
  return tatami_stochastic(seed, counter);
}
tatami_v16f32 use_bf16_to_f32_lo(tatami_v32bf16 v) {
  return tatami_bf16_to_f32_lo(v);
}
tatami_v16f32 use_bf16_to_f32_hi(tatami_v32bf16 v) {
  return tatami_bf16_to_f32_hi(v);
}
tatami_v16f32 use_f16_to_f32_lo(tatami_v32f16 v) {
  return tatami_f16_to_f32_lo(v);
}
tatami_v16f32 use_f16_to_f32_hi(tatami_v32f16 v) {
  return tatami_f16_to_f32_hi(v);
}
tatami_v32bf16 use_f32_to_bf16(tatami_v16f32 lo, tatami_v16f32 hi) {
  return tatami_f32_to_bf16(lo, hi);
}
tatami_v32f16 use_f32_to_f16(tatami_v16f32 lo, tatami_v16f32 hi) {
  return tatami_f32_to_f16(lo, hi);
}
tatami_v32bf16 use_f32_to_bf16_sr(tatami_v16f32 v, uint64_t stochastic) {
  return tatami_f32_to_bf16_sr(v, stochastic);
}
tatami_v16f32 use_c143_to_f32(tatami_v64u8 v, unsigned bias) {
  return tatami_c143_to_f32(v, bias);
}
tatami_v64u8 use_f32_to_c143(tatami_v16f32 v, unsigned bias) {
  return tatami_f32_to_c143(v, bias);
}
tatami_v64u8 use_f32_to_c143_sr(tatami_v16f32 v, unsigned bias,
                                uint64_t stochastic) {
  return tatami_f32_to_c143_sr(v, bias, stochastic);
}
tatami_v16f32 use_c152_to_f32(tatami_v64u8 v, unsigned bias) {
  return tatami_c152_to_f32(v, bias);
}
tatami_v64u8 use_f32_to_c152(tatami_v16f32 v, unsigned bias) {
  return tatami_f32_to_c152(v, bias);
}
tatami_v64u8 use_f32_to_c152_sr(tatami_v16f32 v, unsigned bias,
                                uint64_t stochastic) {
  return tatami_f32_to_c152_sr(v, bias, stochastic);
}
tatami_v16f32 use_shp_to_f32(tatami_v32u16 v, unsigned bias) {
  return tatami_shp_to_f32(v, bias);
}
tatami_v32u16 use_f32_to_shp(tatami_v16f32 v, unsigned bias) {
  return tatami_f32_to_shp(v, bias);
}
tatami_v32u16 use_f32_to_shp_sr(tatami_v16f32 v, unsigned bias,
                                uint64_t stochastic) {
  return tatami_f32_to_shp_sr(v, bias, stochastic);
}
tatami_v16f32 use_uhp_to_f32(tatami_v32u16 v) { return tatami_uhp_to_f32(v); }
tatami_v32u16 use_f32_to_uhp(tatami_v16f32 v) { return tatami_f32_to_uhp(v); }
tatami_v32u16 use_f32_to_uhp_sr(tatami_v16f32 v, uint64_t stochastic) {
  return tatami_f32_to_uhp_sr(v, stochastic);
}

// <tatami/math.h>
tatami_v16f32 use_rcp_approx(tatami_v16f32 x) { return tatami_rcp_approx(x); }
tatami_v16f32 use_rsqrt_approx(tatami_v16f32 x) {
  return tatami_rsqrt_approx(x);
}
tatami_v16f32 use_exp2_approx(tatami_v16f32 x) { return tatami_exp2_approx(x); }
tatami_v16f32 use_log2_approx(tatami_v16f32 x) { return tatami_log2_approx(x); }
tatami_v16f32 use_tanh_approx(tatami_v16f32 x) { return tatami_tanh_approx(x); }
float use_reduce_sum(tatami_v16f32 v) { return tatami_reduce_sum(v); }
float use_reduce_min(tatami_v16f32 v) { return tatami_reduce_min(v); }
float use_reduce_max(tatami_v16f32 v) { return tatami_reduce_max(v); }
tatami_v16f32 use_splat(float x) { return tatami_splat(x); }

// <tatami/matrix.h>
void use_acc_zero(tatami_acc *result) { *result = tatami_acc_zero(); }
void use_acci_zero(tatami_acci *result) { *result = tatami_acci_zero(); }
void use_acc_load(const float *from, tatami_acc *result) {
  *result = tatami_acc_load(from);
}
void use_acci_load(const int32_t *from, tatami_acci *result) {
  *result = tatami_acci_load(from);
}
void use_acc_store(float *to, tatami_acc *acc) { tatami_acc_store(to, *acc); }
void use_acci_store(int32_t *to, tatami_acci *acc) {
  tatami_acci_store(to, *acc);
}
void use_mma_bf16(tatami_acc *acc, tatami_v32bf16 a, tatami_v32bf16 b,
                  tatami_acc *result) {
  *result = tatami_mma_bf16(*acc, a, b);
}
void use_mma_f16(tatami_acc *acc, tatami_v32f16 a, tatami_v32f16 b,
                 tatami_acc *result) {
  *result = tatami_mma_f16(*acc, a, b);
}
void use_mma_s8(tatami_acci *acc, tatami_v64i8 a, tatami_v64i8 b,
                tatami_acci *result) {
  *result = tatami_mma_s8(*acc, a, b);
}
void use_mma_u8(tatami_acci *acc, tatami_v64u8 a, tatami_v64u8 b,
                tatami_acci *result) {
  *result = tatami_mma_u8(*acc, a, b);
}
void use_mma_u8s8(tatami_acci *acc, tatami_v64u8 a, tatami_v64i8 b,
                  tatami_acci *result) {
  *result = tatami_mma_u8s8(*acc, a, b);
}
uint64_t use_biases(unsigned a, unsigned b) { return tatami_biases(a, b); }
void use_mma_c143(tatami_acc *acc, tatami_v64u8 a, tatami_v64u8 b,
                  uint64_t biases, tatami_acc *result) {
  *result = tatami_mma_c143(*acc, a, b, biases);
}
void use_mma_c152(tatami_acc *acc, tatami_v64u8 a, tatami_v64u8 b,
                  uint64_t biases, tatami_acc *result) {
  *result = tatami_mma_c152(*acc, a, b, biases);
}
void use_mma_c143_c152(tatami_acc *acc, tatami_v64u8 a, tatami_v64u8 b,
                       uint64_t biases, tatami_acc *result) {
  *result = tatami_mma_c143_c152(*acc, a, b, biases);
}
void use_mma_c152_c143(tatami_acc *acc, tatami_v64u8 a, tatami_v64u8 b,
                       uint64_t biases, tatami_acc *result) {
  *result = tatami_mma_c152_c143(*acc, a, b, biases);
}

// <tatami/permute.h>
tatami_v64u8 use_permute_u8(tatami_v64u8 v, tatami_v64u8 index) {
  return tatami_permute_u8(v, index);
}
tatami_v32u16 use_permute_u16(tatami_v32u16 v, tatami_v32u16 index) {
  return tatami_permute_u16(v, index);
}
tatami_v16u32 use_permute_u32(tatami_v16u32 v, tatami_v16u32 index) {
  return tatami_permute_u32(v, index);
}
tatami_v8u64 use_permute_u64(tatami_v8u64 v, tatami_v8u64 index) {
  return tatami_permute_u64(v, index);
}
tatami_v64u8 use_permute2_u8(tatami_v64u8 index, tatami_v64u8 a,
                             tatami_v64u8 b) {
  return tatami_permute2_u8(index, a, b);
}
tatami_v32u16 use_permute2_u16(tatami_v32u16 index, tatami_v32u16 a,
                               tatami_v32u16 b) {
  return tatami_permute2_u16(index, a, b);
}
tatami_v16u32 use_permute2_u32(tatami_v16u32 index, tatami_v16u32 a,
                               tatami_v16u32 b) {
  return tatami_permute2_u32(index, a, b);
}
tatami_v8u64 use_permute2_u64(tatami_v8u64 index, tatami_v8u64 a,
                              tatami_v8u64 b) {
  return tatami_permute2_u64(index, a, b);
}
tatami_v64u8 use_zip_lo_u8(tatami_v64u8 a, tatami_v64u8 b) {
  return tatami_zip_lo_u8(a, b);
}
tatami_v64u8 use_zip_hi_u8(tatami_v64u8 a, tatami_v64u8 b) {
  return tatami_zip_hi_u8(a, b);
}
tatami_v32u16 use_zip_lo_u16(tatami_v32u16 a, tatami_v32u16 b) {
  return tatami_zip_lo_u16(a, b);
}
tatami_v32u16 use_zip_hi_u16(tatami_v32u16 a, tatami_v32u16 b) {
  return tatami_zip_hi_u16(a, b);
}
tatami_v16u32 use_zip_lo_u32(tatami_v16u32 a, tatami_v16u32 b) {
  return tatami_zip_lo_u32(a, b);
}
tatami_v16u32 use_zip_hi_u32(tatami_v16u32 a, tatami_v16u32 b) {
  return tatami_zip_hi_u32(a, b);
}
tatami_v8u64 use_zip_lo_u64(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_zip_lo_u64(a, b);
}
tatami_v8u64 use_zip_hi_u64(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_zip_hi_u64(a, b);
}
tatami_v8u64 use_zip_lo_u128(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_zip_lo_u128(a, b);
}
tatami_v8u64 use_zip_hi_u128(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_zip_hi_u128(a, b);
}
tatami_v8u64 use_zip_lo_u256(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_zip_lo_u256(a, b);
}
tatami_v8u64 use_zip_hi_u256(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_zip_hi_u256(a, b);
}
tatami_v64u8 use_unzip_even_u8(tatami_v64u8 a, tatami_v64u8 b) {
  return tatami_unzip_even_u8(a, b);
}
tatami_v64u8 use_unzip_odd_u8(tatami_v64u8 a, tatami_v64u8 b) {
  return tatami_unzip_odd_u8(a, b);
}
tatami_v32u16 use_unzip_even_u16(tatami_v32u16 a, tatami_v32u16 b) {
  return tatami_unzip_even_u16(a, b);
}
tatami_v32u16 use_unzip_odd_u16(tatami_v32u16 a, tatami_v32u16 b) {
  return tatami_unzip_odd_u16(a, b);
}
tatami_v16u32 use_unzip_even_u32(tatami_v16u32 a, tatami_v16u32 b) {
  return tatami_unzip_even_u32(a, b);
}
tatami_v16u32 use_unzip_odd_u32(tatami_v16u32 a, tatami_v16u32 b) {
  return tatami_unzip_odd_u32(a, b);
}
tatami_v8u64 use_unzip_even_u64(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_unzip_even_u64(a, b);
}
tatami_v8u64 use_unzip_odd_u64(tatami_v8u64 a, tatami_v8u64 b) {
  return tatami_unzip_odd_u64(a, b);
}
tatami_v32u16 use_transpose_4x8_u16(tatami_v32u16 v) {
  return tatami_transpose_4x8_u16(v);
}
tatami_v32u16 use_transpose_8x4_u16(tatami_v32u16 v) {
  return tatami_transpose_8x4_u16(v);
}
tatami_v64u8 use_transpose_8x8_u8(tatami_v64u8 v) {
  return tatami_transpose_8x8_u8(v);
}
tatami_v16u32 use_transpose_4x4_u32(tatami_v16u32 v) {
  return tatami_transpose_4x4_u32(v);
}
tatami_v16u32 use_transpose_8x2_u32(tatami_v16u32 v) {
  return tatami_transpose_8x2_u32(v);
}
tatami_v16u32 use_transpose_2x8_u32(tatami_v16u32 v) {
  return tatami_transpose_2x8_u32(v);
}

// <tatami/mesh.h>
void TATAMI_REMOTE *use_remote(int node, const void *local) {
  return tatami_remote(node, local);
}
int use_remote_node(const void TATAMI_REMOTE *p) {
  return tatami_remote_node(p);
}
void *use_remote_local(const void TATAMI_REMOTE *p) {
  return tatami_remote_local(p);
}
int8_t use_load_i8(const int8_t TATAMI_REMOTE *p) { return tatami_load_i8(p); }
uint8_t use_load_u8(const uint8_t TATAMI_REMOTE *p) {
  return tatami_load_u8(p);
}
int16_t use_load_i16(const int16_t TATAMI_REMOTE *p) {
  return tatami_load_i16(p);
}
uint16_t use_load_u16(const uint16_t TATAMI_REMOTE *p) {
  return tatami_load_u16(p);
}
int32_t use_load_i32(const int32_t TATAMI_REMOTE *p) {
  return tatami_load_i32(p);
}
uint32_t use_load_u32(const uint32_t TATAMI_REMOTE *p) {
  return tatami_load_u32(p);
}
int64_t use_load_i64(const int64_t TATAMI_REMOTE *p) {
  return tatami_load_i64(p);
}
uint64_t use_load_u64(const uint64_t TATAMI_REMOTE *p) {
  return tatami_load_u64(p);
}
float use_load_f32(const float TATAMI_REMOTE *p) { return tatami_load_f32(p); }
tatami_v64u8 use_load_v64u8(const tatami_v64u8 TATAMI_REMOTE *p) {
  return tatami_load_v64u8(p);
}
void use_store_u8(uint8_t TATAMI_REMOTE *p, uint8_t value) {
  tatami_store_u8(p, value);
}
void use_store_u16(uint16_t TATAMI_REMOTE *p, uint16_t value) {
  tatami_store_u16(p, value);
}
void use_store_u32(uint32_t TATAMI_REMOTE *p, uint32_t value) {
  tatami_store_u32(p, value);
}
void use_store_u64(uint64_t TATAMI_REMOTE *p, uint64_t value) {
  tatami_store_u64(p, value);
}
void use_store_f32(float TATAMI_REMOTE *p, float value) {
  tatami_store_f32(p, value);
}
void use_store_v64u8(tatami_v64u8 TATAMI_REMOTE *p, tatami_v64u8 value) {
  tatami_store_v64u8(p, value);
}
void use_push(void TATAMI_REMOTE *to, const void *from, size_t bytes) {
  tatami_push(to, from, bytes);
}
void use_pull(void *to, const void TATAMI_REMOTE *from, size_t bytes,
              int semaphore) {
  tatami_pull(to, from, bytes, semaphore);
}
tatami_nodes use_rect(int x0, int y0, int x1, int y1) {
  return tatami_rect(x0, y0, x1, y1);
}
tatami_nodes use_all_nodes(void) { return tatami_all_nodes(); }
void use_multicast(tatami_nodes nodes, void *to, const void *from,
                   size_t bytes) {
  tatami_multicast(nodes, to, from, bytes);
}
void use_multicast_signal(tatami_nodes nodes, int semaphore, uint32_t count) {
  tatami_multicast_signal(nodes, semaphore, count);
}
void use_sem_signal(int node, int semaphore, uint32_t count) {
  tatami_sem_signal(node, semaphore, count);
}
void use_sem_wait(int semaphore, uint32_t count) {
  tatami_sem_wait(semaphore, count);
}
int use_sem_test(int semaphore, uint32_t count) {
  return tatami_sem_test(semaphore, count);
}
uint32_t use_sem_value(int semaphore) { return tatami_sem_value(semaphore); }
void use_sem_post(int semaphore, uint32_t count) {
  tatami_sem_post(semaphore, count);
}
void use_barrier_rect(tatami_nodes nodes) { tatami_barrier_rect(nodes); }
void use_barrier_all(void) { tatami_barrier_all(); }
void use_fence(void) { tatami_fence(); }

// <tatami/list.h>
void use_list_start(int list, const tatami_descriptor *first) {
  tatami_list_start(list, first);
}
int use_list_idle(int list) { return tatami_list_idle(list); }
void use_list_wait(int list) { tatami_list_wait(list); }
tatami_descriptor use_list_push(void TATAMI_REMOTE *to, const void *from,
                                size_t bytes) {
  return tatami_list_push(to, from, bytes);
}
tatami_descriptor use_list_multicast(tatami_nodes nodes, const void *to,
                                     const void *from, size_t bytes) {
  return tatami_list_multicast(nodes, to, from, bytes);
}
tatami_descriptor use_list_pull(void *to, const void TATAMI_REMOTE *from,
                                size_t bytes, int semaphore) {
  return tatami_list_pull(to, from, bytes, semaphore);
}
tatami_descriptor use_list_signal(int node, int semaphore, uint16_t count) {
  return tatami_list_signal(node, semaphore, count);
}
tatami_descriptor use_list_multicast_signal(tatami_nodes nodes, int semaphore,
                                            uint16_t count) {
  return tatami_list_multicast_signal(nodes, semaphore, count);
}
tatami_descriptor use_list_wait_for(int semaphore, uint32_t count) {
  return tatami_list_wait_for(semaphore, count);
}
tatami_descriptor use_list_loop(const tatami_descriptor *first,
                                uint16_t times) {
  return tatami_list_loop(first, times);
}
void use_list_rows(tatami_descriptor *d, int rows, ptrdiff_t local_stride,
                   ptrdiff_t target_stride) {
  tatami_list_rows(d, rows, local_stride, target_stride);
}
void use_list_pad(tatami_descriptor *d, int top, int bottom, int left,
                  int right) {
  tatami_list_pad(d, top, bottom, left, right);
}
void use_list_when(tatami_descriptor *d, int semaphore, uint32_t count) {
  tatami_list_when(d, semaphore, count);
}
void use_list_done(tatami_descriptor *d, int semaphore, uint16_t count) {
  tatami_list_done(d, semaphore, count);
}
void use_list_signal_after(tatami_descriptor *d, int semaphore,
                           uint16_t count) {
  tatami_list_signal_after(d, semaphore, count);
}
void use_list_chain(tatami_descriptor *first, size_t count) {
  tatami_list_chain(first, count);
}

// <tatami/node.h>
int use_node(void) { return tatami_node(); }
int use_x(void) { return tatami_x(); }
int use_y(void) { return tatami_y(); }
int use_columns(void) { return tatami_columns(); }
int use_rows(void) { return tatami_rows(); }
int use_node_count(void) { return tatami_node_count(); }
int use_rank(void) { return tatami_rank(); }
int use_thread(void) { return tatami_thread(); }
uint64_t use_cycles(void) { return tatami_cycles(); }
uint64_t use_instructions(void) { return tatami_instructions(); }
uint64_t use_macs(void) { return tatami_macs(); }
uint64_t use_packets_sent(void) { return tatami_packets_sent(); }
uint64_t use_packets_received(void) { return tatami_packets_received(); }
unsigned use_flags(void) { return tatami_flags(); }
void use_set_flags(unsigned flags) { tatami_set_flags(flags); }
void use_pause(void) { tatami_pause(); }
void use_raw_start(int thread, void *entry, void *argument) {
  tatami_raw_start(thread, entry, argument);
}
void use_raw_wait(int thread) { tatami_raw_wait(thread); }
void use_raw_halt(void) { tatami_raw_halt(); }
void use_instruction_fence(void) { tatami_instruction_fence(); }

// What takes a constant.
void use_slices(tatami_acc *a, tatami_acci *b, tatami_v16f32 *v,
                tatami_v16i32 *w) {
  *v = tatami_acc_get(*a, 0) + tatami_acc_get(*a, 3);
  *a = tatami_acc_put(*a, *v, 1);
  *w = tatami_acci_get(*b, 1) + tatami_acci_get(*b, 2);
  *b = tatami_acci_put(*b, *w, 3);
}
tatami_v64u8 use_align(tatami_v64u8 a, tatami_v64u8 b) {
  return tatami_align(a, b, 63);
}
