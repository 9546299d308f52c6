/*===- tatami/remote_ptr.h - Global pointers in C++ ------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * tatami::remote_ptr<T> points to a T in the memory of some node. It is a type
 * of its own: a local pointer does not convert to it, nor it to one, so that
 * neither can be used for the other by mistake.
 *
 *     tatami::remote_ptr<float> p(neighbour, &local[0]);
 *     p[3].put(1.0f);
 *     float x = p.get();
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_REMOTE_PTR_H
#define TATAMI_REMOTE_PTR_H

#include <tatami/mesh.h>

namespace tatami {

template <class T> class remote_ptr {
public:
  /** Points nowhere. */
  constexpr remote_ptr() = default;

  /** What is at \p local in the memory of \p node. */
  remote_ptr(int node, T *local)
      : Address((uint64_t)tatami_remote(node, local)) {}

  /** A C pointer to global memory; explicit on both ways. */
  explicit remote_ptr(T TATAMI_REMOTE *p) : Address((uint64_t)p) {}

  /** A local pointer says nothing about the node. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc++26-extensions"
  remote_ptr(T *) = delete(
      "a local pointer does not name a node; write remote_ptr(node, pointer)");
#pragma clang diagnostic pop
  T TATAMI_REMOTE *raw() const { return (T TATAMI_REMOTE *)Address; }

  /** The node that the object is on. */
  int node() const { return tatami_remote_node(raw()); }
  /** Its address there. */
  T *local() const { return (T *)tatami_remote_local(raw()); }

  /** Loads the object and waits for it. */
  T get() const {
    check();
    T value;
    for_each_part([&](auto part, unsigned offset) {
      decltype(part) bits = load(part, Address + offset);
      __builtin_memcpy((char *)&value + offset, &bits, sizeof(bits));
    });
    return value;
  }

  /** Stores the object, without waiting. */
  void put(const T &value) const {
    check();
    for_each_part([&](auto part, unsigned offset) {
      __builtin_memcpy(&part, (const char *)&value + offset, sizeof(part));
      store(part, Address + offset);
    });
  }

  /** The pointer to the element \p index further on the same node. */
  remote_ptr operator[](int64_t index) const { return *this + index; }
  remote_ptr operator+(int64_t count) const {
    return remote_ptr(Address + (uint64_t)(count * (int64_t)sizeof(T)));
  }
  remote_ptr operator-(int64_t count) const { return *this + -count; }
  int64_t operator-(remote_ptr other) const {
    return (int64_t)(Address - other.Address) / (int64_t)sizeof(T);
  }
  remote_ptr &operator+=(int64_t count) { return *this = *this + count; }
  remote_ptr &operator-=(int64_t count) { return *this = *this - count; }
  remote_ptr &operator++() { return *this += 1; }
  remote_ptr &operator--() { return *this -= 1; }
  remote_ptr operator++(int) {
    remote_ptr old = *this;
    ++*this;
    return old;
  }
  remote_ptr operator--(int) {
    remote_ptr old = *this;
    --*this;
    return old;
  }

  explicit operator bool() const { return Address != 0; }
  bool operator==(remote_ptr other) const { return Address == other.Address; }
  bool operator!=(remote_ptr other) const { return Address != other.Address; }
  bool operator<(remote_ptr other) const { return Address < other.Address; }

private:
  explicit remote_ptr(uint64_t address) : Address(address) {}

  static void check() {
    static_assert(__is_trivially_copyable(T),
                  "only objects that may be copied byte by byte can be "
                  "transferred");
  }

  /* Calls part(value of a type, offset) for the pieces that one instruction
     each transfers: as large as size and alignment allow. */
  template <class F> static void for_each_part(F part) {
    unsigned offset = 0;
    if constexpr (alignof(T) >= 64)
      for (; offset + 64 <= sizeof(T); offset += 64)
        part(tatami_v64u8(), offset);
    if constexpr (alignof(T) >= 8)
      for (; offset + 8 <= sizeof(T); offset += 8)
        part(uint64_t(), offset);
    if constexpr (alignof(T) >= 4)
      for (; offset + 4 <= sizeof(T); offset += 4)
        part(uint32_t(), offset);
    if constexpr (alignof(T) >= 2)
      for (; offset + 2 <= sizeof(T); offset += 2)
        part(uint16_t(), offset);
    for (; offset < sizeof(T); ++offset)
      part(uint8_t(), offset);
  }

  static uint8_t load(uint8_t, uint64_t a) { return __builtin_tatami_rlbu(a); }
  static uint16_t load(uint16_t, uint64_t a) {
    return __builtin_tatami_rlhu(a);
  }
  static uint32_t load(uint32_t, uint64_t a) {
    return __builtin_tatami_rlwu(a);
  }
  static uint64_t load(uint64_t, uint64_t a) { return __builtin_tatami_rld(a); }
  static tatami_v64u8 load(tatami_v64u8, uint64_t a) {
    return __builtin_tatami_rvld(a);
  }
  static void store(uint8_t v, uint64_t a) { __builtin_tatami_rsb(v, a); }
  static void store(uint16_t v, uint64_t a) { __builtin_tatami_rsh(v, a); }
  static void store(uint32_t v, uint64_t a) { __builtin_tatami_rsw(v, a); }
  static void store(uint64_t v, uint64_t a) { __builtin_tatami_rsd(v, a); }
  static void store(tatami_v64u8 v, uint64_t a) { __builtin_tatami_rvst(v, a); }

  uint64_t Address = 0;
};

} // namespace tatami

#endif /* TATAMI_REMOTE_PTR_H */
