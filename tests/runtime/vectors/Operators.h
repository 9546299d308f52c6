//===- Operators.h - Vector extensions beside scalar code -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every operator and builtin on vectors of N lanes of a type, each compared with
// the same done lane by lane. The lanes go through memory that the optimiser
// cannot see through, so that the reference stays scalar.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_RUNTIME_OPERATORS_H
#define TATAMI_TESTS_RUNTIME_OPERATORS_H

extern "C" int printf(const char *, ...);

typedef signed char i8;
typedef unsigned char u8;
typedef short i16;
typedef unsigned short u16;
typedef int i32;
typedef unsigned u32;
typedef long i64;
typedef unsigned long u64;

static int failures;
static unsigned long state = 88172645463325252ul;
static unsigned long random64() {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

template <typename T> struct Lane;
#define LANE(T, INT, FLOAT)                                                    \
  template <> struct Lane<T> {                                                 \
    typedef INT Mask; /* what a comparison gives */                            \
    static constexpr bool isFloat = FLOAT;                                     \
    static constexpr const char *name = #T;                                    \
  };
LANE(char, i8, false)
LANE(i8, i8, false)
LANE(u8, i8, false)
LANE(i16, i16, false)
LANE(u16, i16, false)
LANE(i32, i32, false)
LANE(u32, i32, false)
LANE(i64, i64, false)
LANE(u64, i64, false)
LANE(float, i32, true)
LANE(double, i64, true)
LANE(_Float16, i16, true)
LANE(__bf16, i16, true)

// Makes a value one that the optimiser knows nothing of.
template <typename T> static inline void hide(T &x) {
  __asm__ volatile("" : : "r"(&x) : "memory");
}
template <typename T> static inline T opaque(T x) {
  hide(x);
  return x;
}

template <typename T> static bool equal(T a, T b) {
  if constexpr (Lane<T>::isFloat)
    return (a != a && b != b) ||
           __builtin_memcmp(&a, &b, sizeof a) == 0;
  else
    return a == b;
}

// Numbers of all sizes, often small, never zero where they divide.
template <typename T> static T draw(bool nonZero = false) {
  const unsigned long bits = random64();
  if constexpr (Lane<T>::isFloat) {
    const float f = (float)((long)(bits >> 40) % 4001 - 2000) / 16;
    return nonZero && f == 0 ? (T)3 : (T)f;
  } else {
    T v = (T)(bits >> 8);
    if ((bits & 3) == 0)
      v = (T)(v % 10);
    return nonZero && (v == 0 || v == (T)-1) ? (T)7 : v;
  }
}

template <typename T, int N> struct Test {
  typedef T V __attribute__((ext_vector_type(N)));
  typedef typename Lane<T>::Mask M;
  typedef M MV __attribute__((ext_vector_type(N)));
  static constexpr bool isFloat = Lane<T>::isFloat;

  struct Arrays {
    T a[N], b[N], c[N];
  };
  static Arrays in;

  // 64 lanes of 32 bits are an accumulator, which is no argument: so vectors go
  // by reference.
  static void load(V &v, const T *p) {
    for (int i = 0; i < N; ++i)
      v[i] = opaque(p[i]);
    hide(v);
  }

  static void report(const char *what, int lane) {
    if (++failures <= 20)
      printf("wrong: %s on %d x %s, lane %d\n", what, N, Lane<T>::name, lane);
  }

  // One result against another computed for each lane.
  template <typename RV, typename F>
  static void lanes(const char *what, const RV &value, F reference) {
    RV result = value;
    hide(result);
    for (int i = 0; i < N; ++i) {
      const auto got = result[i];
      auto want = got;
      want = reference(opaque(in.a[i]), opaque(in.b[i]), opaque(in.c[i]), i);
      if (!equal(got, want)) {
        report(what, i);
        return;
      }
    }
  }
  static void scalar(const char *what, T got, T want) {
    if (!equal(got, opaque(want)))
      report(what, -1);
  }

  static void arithmetic(const V &a, const V &b, const V &c);
  static void comparisons(const V &a, const V &b, const V &c);
  static void integers(const V &a, const V &b, const V &c);
  static void elementwise(const V &a, const V &b, const V &c);
  static void reductions(const V &a, const V &b);
  static void shuffles(const V &a, const V &b);
  template <typename To> static void convert(const V &a, const char *what);
  static void conversions(const V &a);

  static void run() {
    for (int round = 0; round < 3; ++round) {
      for (int i = 0; i < N; ++i) {
        in.a[i] = draw<T>();
        in.b[i] = draw<T>(true);
        in.c[i] = draw<T>();
      }
      V a, b, c;
      load(a, in.a);
      load(b, in.b);
      load(c, in.c);
      arithmetic(a, b, c);
      comparisons(a, b, c);
      integers(a, b, c);
      elementwise(a, b, c);
      reductions(a, b);
      shuffles(a, b);
      conversions(a);
    }
  }
};
template <typename T, int N> typename Test<T, N>::Arrays Test<T, N>::in;

#define L [](T x, T y, T z, int i)
#define UNUSED (void)x, (void)y, (void)z, (void)i

template <typename T, int N> void Test<T, N>::arithmetic(const V &a, const V &b, const V &c) {
  lanes("+", a + b, L { UNUSED; return (T)(x + y); });
  lanes("-", a - b, L { UNUSED; return (T)(x - y); });
  lanes("*", a * b, L { UNUSED; return (T)(x * y); });
  lanes("/", a / b, L { UNUSED; return (T)(x / y); });
  lanes("unary -", -a, L { UNUSED; return (T)-x; });
  lanes("with scalar", a + (T)5, L { UNUSED; return (T)(x + (T)5); });
  V v = a;
  v += b;
  v *= c;
  lanes("+= *=", v, L { UNUSED; T t = (T)(x + y); return (T)(t * z); });
  v += (T)1;
  lanes("+= scalar", v, L { UNUSED; T t = (T)(x + y); t = (T)(t * z); return (T)(t + (T)1); });
  v = a;
  v[N / 2] = (T)9;
  lanes("write a lane", v, L { UNUSED; return i == N / 2 ? (T)9 : x; });
  const int lane = opaque(N - 1);
  v[lane] = (T)4;
  lanes("write any lane", v, L { UNUSED; return i == N - 1 ? (T)4 : i == N / 2 ? (T)9 : x; });
  scalar("read any lane", v[opaque(N / 2)], N / 2 == N - 1 ? (T)4 : (T)9);
  lanes("splat", (V)(in.a[0]), L { UNUSED; return in.a[0]; });
}

template <typename T, int N> void Test<T, N>::comparisons(const V &a, const V &b, const V &c) {
  lanes("==", a == b, L { UNUSED; return (M)-(x == y); });
  lanes("!=", a != b, L { UNUSED; return (M)-(x != y); });
  lanes("<", a < b, L { UNUSED; return (M)-(x < y); });
  lanes("<=", a <= b, L { UNUSED; return (M)-(x <= y); });
  lanes(">", a > b, L { UNUSED; return (M)-(x > y); });
  lanes(">=", a >= b, L { UNUSED; return (M)-(x >= y); });
  lanes("?:", (a < b) ? a : c, L { UNUSED; return x < y ? x : z; });
  lanes("masks", (a < b) & ~(c < b), L { UNUSED; return (M)(-(x < y) & ~-(z < y)); });
  if constexpr (!isFloat) {
    lanes("!", !a, L { UNUSED; return (M)-!x; });
    lanes("&&", a && (c & 1), L { UNUSED; return (M)-(x && (z & 1)); });
    lanes("||", (a & 1) || (c & 2), L { UNUSED; return (M)-((x & 1) || (z & 2)); });
  }
}

template <typename T, int N> void Test<T, N>::integers(const V &a, const V &b, const V &c) {
  (void)a, (void)b, (void)c;
  if constexpr (!isFloat) {
    constexpr int bits = sizeof(T) * 8;
    lanes("%", a % b, L { UNUSED; return (T)(x % y); });
    lanes("/ constant", a / (T)7, L { UNUSED; return (T)(x / (T)7); });
    lanes("% constant", a % (T)16, L { UNUSED; return (T)(x % (T)16); });
    lanes("&", a & b, L { UNUSED; return (T)(x & y); });
    lanes("|", a | b, L { UNUSED; return (T)(x | y); });
    lanes("^", a ^ b, L { UNUSED; return (T)(x ^ y); });
    lanes("~", ~a, L { UNUSED; return (T)~x; });
    lanes("<<", a << (b & (T)(bits - 1)), L { UNUSED; return (T)(x << (y & (T)(bits - 1))); });
    lanes(">>", a >> (b & (T)(bits - 1)), L { UNUSED; return (T)(x >> (y & (T)(bits - 1))); });
    lanes("<< constant", a << (T)3, L { UNUSED; return (T)(x << 3); });
    lanes(">> constant", a >> (T)3, L { UNUSED; return (T)(x >> 3); });
  }
}

template <typename T, int N> void Test<T, N>::elementwise(const V &a, const V &b, const V &c) {
  (void)c;
  lanes("elementwise_min", __builtin_elementwise_min(a, b), L { UNUSED; return x < y ? x : y; });
  lanes("elementwise_max", __builtin_elementwise_max(a, b), L { UNUSED; return x > y ? x : y; });
  if constexpr (isFloat) {
    lanes("elementwise_abs", __builtin_elementwise_abs(a), L { UNUSED; return x < 0 ? (T)-x : x == 0 ? (T)0 : x; });
    lanes("elementwise_sqrt", __builtin_elementwise_sqrt(__builtin_elementwise_abs(a)), L { UNUSED; return __builtin_elementwise_sqrt(__builtin_elementwise_abs(x)); });
    lanes("elementwise_fma", __builtin_elementwise_fma(a, b, c), L { UNUSED; return __builtin_elementwise_fma(x, y, z); });
    lanes("elementwise_floor", __builtin_elementwise_floor(a), L { UNUSED; return __builtin_elementwise_floor(x); });
    lanes("elementwise_ceil", __builtin_elementwise_ceil(a), L { UNUSED; return __builtin_elementwise_ceil(x); });
    lanes("elementwise_trunc", __builtin_elementwise_trunc(a), L { UNUSED; return __builtin_elementwise_trunc(x); });
    lanes("elementwise_round", __builtin_elementwise_round(a), L { UNUSED; return __builtin_elementwise_round(x); });
    lanes("elementwise_roundeven", __builtin_elementwise_roundeven(a), L { UNUSED; return __builtin_elementwise_roundeven(x); });
    lanes("elementwise_rint", __builtin_elementwise_rint(a), L { UNUSED; return __builtin_elementwise_rint(x); });
    lanes("elementwise_copysign", __builtin_elementwise_copysign(a, b), L { UNUSED; return __builtin_elementwise_copysign(x, y); });
    lanes("elementwise_minnum", __builtin_elementwise_minnum(a, b), L { UNUSED; return x < y ? x : y; });
    lanes("elementwise_canonicalize", __builtin_elementwise_canonicalize(a), L { UNUSED; return x; });
  } else {
    if constexpr ((T)-1 < (T)0)
      lanes("elementwise_abs", __builtin_elementwise_abs(a), L { UNUSED; return (T)(x < 0 ? 0 - x : x); });
    lanes("elementwise_add_sat", __builtin_elementwise_add_sat(a, b), L { UNUSED; return __builtin_elementwise_add_sat(x, y); });
    lanes("elementwise_sub_sat", __builtin_elementwise_sub_sat(a, b), L { UNUSED; return __builtin_elementwise_sub_sat(x, y); });
    lanes("elementwise_popcount", __builtin_elementwise_popcount(a), L { UNUSED; return __builtin_elementwise_popcount(x); });
    lanes("elementwise_bitreverse", __builtin_elementwise_bitreverse(a), L { UNUSED; return __builtin_elementwise_bitreverse(x); });
    lanes("elementwise_ctlz", __builtin_elementwise_clzg(a, b), L { UNUSED; return __builtin_elementwise_clzg(x, y); });
    lanes("elementwise_cttz", __builtin_elementwise_ctzg(a, b), L { UNUSED; return __builtin_elementwise_ctzg(x, y); });
    lanes("elementwise_fshl", __builtin_elementwise_fshl(a, b, c), L { UNUSED; return __builtin_elementwise_fshl(x, y, z); });
    lanes("elementwise_fshr", __builtin_elementwise_fshr(a, b, c), L { UNUSED; return __builtin_elementwise_fshr(x, y, z); });
  }
}

template <typename T, int N> void Test<T, N>::reductions(const V &a, const V &b) {
  (void)b;
  T low = in.a[0], high = in.a[0];
  for (int i = 1; i < N; ++i) {
    const T x = opaque(in.a[i]);
    low = x < low ? x : low;
    high = x > high ? x : high;
  }
  scalar("reduce_min", __builtin_reduce_min(a), low);
  scalar("reduce_max", __builtin_reduce_max(a), high);
  if constexpr (isFloat) {
    // The C library has no fminimum for double.
    if constexpr (sizeof(T) == 4) {
      scalar("reduce_minimum", __builtin_reduce_minimum(a), low);
      scalar("reduce_maximum", __builtin_reduce_maximum(a), high);
    }
  } else {
    T sum = 0, product = 1, all = (T)-1, any = 0, odd = 0;
    for (int i = 0; i < N; ++i) {
      const T x = opaque(in.a[i]);
      sum = (T)(sum + x);
      product = (T)(product * (x | 1));
      all = (T)(all & x);
      any = (T)(any | x);
      odd = (T)(odd ^ x);
    }
    scalar("reduce_add", __builtin_reduce_add(a), sum);
    scalar("reduce_mul", __builtin_reduce_mul(a | (T)1), product);
    scalar("reduce_and", __builtin_reduce_and(a), all);
    scalar("reduce_or", __builtin_reduce_or(a), any);
    scalar("reduce_xor", __builtin_reduce_xor(a), odd);
  }
}

// Shuffles with a lane number computed at compile time.
template <int... I> struct List {};
template <int N, int... I> struct Count : Count<N - 1, N - 1, I...> {};
template <int... I> struct Count<0, I...> { typedef List<I...> Type; };

template <typename V, int N, int... I>
static void reverse(V &to, const V &a, const V &b, List<I...>) {
  to = __builtin_shufflevector(a, b, (N - 1 - I)...);
}
template <typename V, int N, int... I>
static void alternate(V &to, const V &a, const V &b, List<I...>) {
  to = __builtin_shufflevector(a, b, (I % 2 ? N + I : I)...);
}
template <typename V, int N, int... I> static void rotate(V &to, const V &a, const V &b, List<I...>) {
  to = __builtin_shufflevector(a, b, ((I + 1) % (2 * N))...);
}
template <typename V, int N, int... I> static void stir(V &to, const V &a, const V &b, List<I...>) {
  to = __builtin_shufflevector(a, b, ((I * 5 + 3) % (2 * N))...);
}
template <typename V, int N, int... I> static void broadcast(V &to, const V &a, List<I...>) {
  to = __builtin_shufflevector(a, a, (I * 0 + N / 2)...);
}
template <typename V, int N, int... I> static void zip(V &to, const V &a, const V &b, List<I...>) {
  to = __builtin_shufflevector(a, b, (I % 2 ? N + I / 2 : I / 2)...);
}

template <typename T, int N> void Test<T, N>::shuffles(const V &a, const V &b) {
  const typename Count<N>::Type all;
  auto of = [](int lane) { return lane < N ? in.a[lane] : in.b[lane - N]; };
  V result;
  auto check = [&](const char *what, auto lane) {
    hide(result);
    for (int i = 0; i < N; ++i)
      if (!equal<T>(result[i], of(lane(i)))) {
        report(what, i);
        return;
      }
  };
  reverse<V, N>(result, a, b, all);
  check("reverse", [](int i) { return N - 1 - i; });
  alternate<V, N>(result, a, b, all);
  check("alternate", [](int i) { return i % 2 ? N + i : i; });
  rotate<V, N>(result, a, b, all);
  check("rotate", [](int i) { return (i + 1) % (2 * N); });
  stir<V, N>(result, a, b, all);
  check("stir", [](int i) { return (i * 5 + 3) % (2 * N); });
  broadcast<V, N>(result, a, all);
  check("broadcast", [](int) { return N / 2; });
  zip<V, N>(result, a, b, all);
  check("zip", [](int i) { return i % 2 ? N + i / 2 : i / 2; });
}

template <typename T, int N>
template <typename To>
void Test<T, N>::convert(const V &a, const char *what) {
  typedef To R __attribute__((ext_vector_type(N)));
  if constexpr (isFloat && Lane<To>::isFloat && sizeof(T) == 2 &&
                sizeof(To) == 2 && !__is_same(T, To)) {
    // Clang makes a truncation to a type of the same size, which LLVM does not
    // know, for any target.
    (void)what;
  } else if constexpr (isFloat && !Lane<To>::isFloat) {
    // What does not fit is undefined: small and positive numbers.
    V small = __builtin_elementwise_min(__builtin_elementwise_abs(a), (V)(T)100);
    lanes(what, __builtin_convertvector(small, R), L { UNUSED; T m = x < 0 ? (T)-x : x; return (To)(m < (T)100 ? m : (T)100); });
  } else {
    lanes(what, __builtin_convertvector(a, R), L { UNUSED; return (To)x; });
  }
}

template <typename T, int N> void Test<T, N>::conversions(const V &a) {
  convert<i8>(a, "convert to i8");
  convert<u8>(a, "convert to u8");
  convert<i16>(a, "convert to i16");
  convert<u16>(a, "convert to u16");
  convert<i32>(a, "convert to i32");
  convert<u32>(a, "convert to u32");
  convert<i64>(a, "convert to i64");
  convert<u64>(a, "convert to u64");
  convert<float>(a, "convert to float");
  convert<double>(a, "convert to double");
  convert<_Float16>(a, "convert to _Float16");
  convert<__bf16>(a, "convert to __bf16");
}

template <typename T, int... N> static void runAll() { (Test<T, N>::run(), ...); }

#endif // TATAMI_TESTS_RUNTIME_OPERATORS_H
