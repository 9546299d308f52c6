//===- Lanes.h - 512-bit vectors and the few helpers over them --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The vector types of the machine, and the helpers that let one template serve
// both a single lane and a whole register. Everything is portable vector_size
// arithmetic: the compiler chooses the host's instructions.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_NUMERICS_LANES_H
#define TATAMI_NUMERICS_LANES_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

/// These headers are compiled several times, once for each host level. Every
/// such translation unit names its level, so that the linker cannot mix them.
#ifndef TATAMI_HOST_LEVEL
#define TATAMI_HOST_LEVEL generic
#endif

/// Semantics must be inlined whole: a call would pass 64-byte vectors in
/// memory.
#define TATAMI_INLINE [[gnu::always_inline]] inline

namespace tatami {

using U8x64 = std::uint8_t __attribute__((vector_size(64)));
using I8x64 = std::int8_t __attribute__((vector_size(64)));
using U16x32 = std::uint16_t __attribute__((vector_size(64)));
using I16x32 = std::int16_t __attribute__((vector_size(64)));
using U32x16 = std::uint32_t __attribute__((vector_size(64)));
using I32x16 = std::int32_t __attribute__((vector_size(64)));
using U64x8 = std::uint64_t __attribute__((vector_size(64)));
using I64x8 = std::int64_t __attribute__((vector_size(64)));
using F32x16 = float __attribute__((vector_size(64)));

/// Half registers: a row of an accumulator, and what widens to a register.
using U16x16 = std::uint16_t __attribute__((vector_size(32)));
using U32x8 = std::uint32_t __attribute__((vector_size(32)));
using I32x8 = std::int32_t __attribute__((vector_size(32)));
using F32x8 = float __attribute__((vector_size(32)));

namespace detail {

template <class V> struct Element {
  using Type = std::remove_cvref_t<decltype(std::declval<V &>()[0])>;
};
template <class V>
  requires std::is_arithmetic_v<V>
struct Element<V> {
  using Type = V;
};

/// A signed, unsigned or float twin of \p V: same size, same lanes.
template <class V, class E, bool = std::is_arithmetic_v<V>> struct Twin {
  using Type = E;
};
template <class V, class E> struct Twin<V, E, false> {
  typedef E Type __attribute__((vector_size(sizeof(V))));
};

template <class E, unsigned Lanes> struct Vector {
  typedef E Type __attribute__((vector_size(Lanes * sizeof(E))));
};

template <std::size_t Size> struct IntOfSize;
template <> struct IntOfSize<1> {
  using Type = std::int8_t;
};
template <> struct IntOfSize<2> {
  using Type = std::int16_t;
};
template <> struct IntOfSize<4> {
  using Type = std::int32_t;
};
template <> struct IntOfSize<8> {
  using Type = std::int64_t;
};

} // namespace detail

/// A vector of any number of lanes.
template <class E, unsigned Lanes>
using VectorOf = typename detail::Vector<E, Lanes>::Type;

/// The type of one lane of \p V; of a scalar, the scalar itself.
template <class V> using ElementOf = typename detail::Element<V>::Type;

template <class V> inline constexpr bool IsVector = !std::is_arithmetic_v<V>;
template <class V>
inline constexpr unsigned LaneCount = sizeof(V) / sizeof(ElementOf<V>);

/// \p V with lanes of type \p E of the same width.
template <class V, class E>
using WithElement = typename detail::Twin<V, E>::Type;
template <class V>
using SignedOf =
    WithElement<V, typename detail::IntOfSize<sizeof(ElementOf<V>)>::Type>;
template <class V>
using UnsignedOf =
    WithElement<V, std::make_unsigned_t<
                       typename detail::IntOfSize<sizeof(ElementOf<V>)>::Type>>;

} // namespace tatami

namespace tatami::inline TATAMI_HOST_LEVEL {

/// Whether the compiler splits vectors wider than the host's registers well.
#if defined(__clang__) || defined(__AVX512BW__)
inline constexpr bool WideVectorsAreGood = true;
#else
inline constexpr bool WideVectorsAreGood = false;
#endif

/// The same bits as another type of the same size.
template <class To, class From> TATAMI_INLINE To bitsAs(From x) {
  static_assert(sizeof(To) == sizeof(From));
  To r;
  std::memcpy(&r, &x, sizeof r);
  return r;
}
template <class V> TATAMI_INLINE UnsignedOf<V> bitsOf(V x) {
  return bitsAs<UnsignedOf<V>>(x);
}
template <class V> TATAMI_INLINE SignedOf<V> signedBitsOf(V x) {
  return bitsAs<SignedOf<V>>(x);
}
/// The float, or the vector of floats, with these bits.
template <class B> TATAMI_INLINE auto floatOf(B bits) {
  return bitsAs<WithElement<B, float>>(bits);
}

/// \p x in every lane (or just \p x, when V is a scalar).
template <class V> TATAMI_INLINE V splat(ElementOf<V> x) {
  if constexpr (!IsVector<V>)
    return x;
  else // by its bits: 0.0 + x would turn -0 into +0
    return bitsAs<V>(UnsignedOf<V>{} + bitsOf(x));
}

/// The lanes of a vector as an array.
template <class V>
using ArrayOf = std::array<ElementOf<V>, sizeof(V) / sizeof(ElementOf<V>)>;
template <class V> TATAMI_INLINE ArrayOf<V> arrayOf(V x) {
  return bitsAs<ArrayOf<V>>(x);
}

/// Calls \p f with lane 0 of each vector, then with lane 1, ... and makes a
/// vector of the results. For what has no vector operator, and for what g++ 12
/// would split badly: it vectorises such loops for any host, but lowers some
/// operations on vectors wider than the host's registers lane by lane.
template <class R, class F, class... V>
TATAMI_INLINE R byLane(F f, V... vectors) {
  auto loop = [&](const auto &...lanes) __attribute__((always_inline)) {
    ArrayOf<R> r;
    for (unsigned i = 0; i < r.size(); ++i)
      r[i] = static_cast<ElementOf<R>>(f(lanes[i]...));
    return bitsAs<R>(r);
  };
  return loop(arrayOf(vectors)...);
}

/// Comparisons give a mask: all ones in lanes where it holds, zero elsewhere.
/// For scalars it is -1 or 0, so that one template serves both.
#define TATAMI_COMPARE(NAME, OP)                                               \
  template <class V> TATAMI_INLINE SignedOf<V> NAME(V a, V b) {                \
    if constexpr (!IsVector<V>)                                                \
      return static_cast<SignedOf<V>>(-(a OP b));                              \
    else if constexpr (WideVectorsAreGood)                                     \
      return bitsAs<SignedOf<V>>(a OP b);                                      \
    else                                                                       \
      return byLane<SignedOf<V>>([](auto x, auto y) { return -(x OP y); }, a,  \
                                 b);                                           \
  }
TATAMI_COMPARE(equal, ==)
TATAMI_COMPARE(notEqual, !=)
TATAMI_COMPARE(less, <)
TATAMI_COMPARE(lessEqual, <=)
#undef TATAMI_COMPARE

/// \p a in lanes where \p mask is all ones, \p b where it is zero.
template <class V> TATAMI_INLINE V select(SignedOf<V> mask, V a, V b) {
  using S = SignedOf<V>;
  return bitsAs<V>(
      static_cast<S>((bitsAs<S>(a) & mask) | (bitsAs<S>(b) & ~mask)));
}

/// The smaller and the larger of two integers, as V orders them.
template <class V> TATAMI_INLINE V minOf(V a, V b) {
  return select(less(a, b), a, b);
}
template <class V> TATAMI_INLINE V maxOf(V a, V b) {
  return select(less(a, b), b, a);
}

/// Fused multiply-add, rounded once: a * b + c.
template <class F> TATAMI_INLINE F fusedMultiplyAdd(F a, F b, F c) {
  if constexpr (!IsVector<F>)
    return __builtin_fmaf(a, b, c);
  else {
#if defined(__clang__)
    return __builtin_elementwise_fma(a, b, c);
#else
    F r;
    for (unsigned i = 0; i < LaneCount<F>; ++i)
      r[i] = __builtin_fmaf(a[i], b[i], c[i]);
    return r;
#endif
  }
}

/// Correctly rounded square root.
template <class F> TATAMI_INLINE F squareRoot(F x) {
  if constexpr (!IsVector<F>)
    return __builtin_sqrtf(x);
  else
#if defined(__clang__)
    return __builtin_elementwise_sqrt(x);
#else
    return byLane<F>([](float lane) { return __builtin_sqrtf(lane); }, x);
#endif
}

/// Converts each lane as a C cast does; the value must fit.
template <class To, class From> TATAMI_INLINE To convertLanes(From x) {
  if constexpr (!IsVector<To>)
    return static_cast<To>(x);
  else if constexpr (WideVectorsAreGood || sizeof(To) == sizeof(From))
    return __builtin_convertvector(x, To);
  else
    return byLane<To>([](auto lane) { return lane; }, x);
}

/// 0, 1, 2, ... : the number of each lane.
template <class V> TATAMI_INLINE V laneNumbers() {
  constexpr ArrayOf<V> Numbers = [] {
    ArrayOf<V> r{};
    for (unsigned i = 0; i < r.size(); ++i)
      r[i] = static_cast<ElementOf<V>>(i);
    return r;
  }();
  return bitsAs<V>(Numbers);
}

/// Lane i of the result is lane \p index(i) of \p a followed by \p b, known
/// when this is compiled.
template <class V, class Index>
TATAMI_INLINE V shuffleLanes(V a, V b, Index index) {
  return [&]<std::size_t... I>(std::index_sequence<I...>)
             __attribute__((always_inline)) {
               return __builtin_shufflevector(a, b, index(I)...);
             }(std::make_index_sequence<LaneCount<V>>());
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_NUMERICS_LANES_H
