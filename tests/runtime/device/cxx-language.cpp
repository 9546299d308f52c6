//===- cxx-language.cpp - C++20 itself ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler and the runtime do together: virtual calls, templates,
// initialisation and destruction in order, every form of new, coroutines. For
// the library see cxx-headers.cpp, for threads cxx.cpp.
//===----------------------------------------------------------------------===//

#include "Check.h"
#include <compare>
#include <concepts>
#include <coroutine>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <new>

namespace {

volatile int Three = 3;

//===----------------------------------------------------------------------===//
// Order of initialisation and destruction. What happens at the end is printed;
// the test compares the output.
//===----------------------------------------------------------------------===//

int Initialised;
struct Ordered {
  Ordered(const char *N, int Expected) : Name(N) {
    CHECK(++Initialised == Expected);
  }
  ~Ordered() { puts(Name); }
  const char *Name;
};
Ordered First("destroyed: first", 1);
Ordered Second("destroyed: second", 2);
struct BeforeOthers {
  BeforeOthers() { CHECK(Initialised == 0); }
};
__attribute__((init_priority(200))) BeforeOthers WithPriority;
inline Ordered Inline("destroyed: inline", 3);
Ordered &local() {
  static Ordered Local("destroyed: local", 4);
  return Local;
}
__attribute__((constructor(101))) void constructor() { Three = 3; }
__attribute__((destructor)) void destructor() { puts("destructor function"); }

//===----------------------------------------------------------------------===//
// Classes.
//===----------------------------------------------------------------------===//

struct Base {
  virtual int f() const { return 1; }
  virtual ~Base() = default;
  int B = 10;
};
struct Left : virtual Base {
  int f() const override { return 2; }
  int L = 20;
};
struct Right : virtual Base {
  virtual int g() { return B + R; }
  int R = 30;
};
struct Both final : Left, Right {
  int f() const override { return Left::f() + L + Right::R; }
  int g() override { return Right::g() + f(); }
  Both *self() { return this; }
};
struct Made {
  Made() { Seen = f(); } // not yet a More
  virtual int f() { return 1; }
  virtual ~Made() = default;
  int Seen;
};
struct More : Made {
  int f() override { return 2; }
};

void classes() {
  Base *Object = new Both;
  CHECK(Object->f() == 52);
  auto *AsBoth = static_cast<Both *>(static_cast<Both *>(nullptr));
  CHECK(AsBoth == nullptr);
  Both Whole;
  Right &Side = Whole;
  CHECK(Side.g() == 92 && static_cast<Base &>(Side).f() == 52);
  CHECK(&Whole == Whole.self() && (void *)&Side != (void *)&Whole);
  delete Object;
  More M;
  CHECK(M.Seen == 1 && M.f() == 2);

  // Pointers to members: data, plain, virtual, and through a second base.
  int Both::*Data = &Both::L;
  int (Base::*Virtual)() const = &Base::f;
  int (Both::*Second)() = &Both::g;
  CHECK(Whole.*Data == 20 && (Whole.*Virtual)() == 52 &&
        (Whole.*Second)() == 92);
  Data = nullptr;
  CHECK(!Data);
}

//===----------------------------------------------------------------------===//
// Templates, concepts, lambdas, comparison.
//===----------------------------------------------------------------------===//

template <class T>
concept Area = requires(const T &Value) {
  { Value.area() } -> std::convertible_to<int>;
};
struct Square {
  int Side;
  constexpr int area() const { return Side * Side; }
  auto operator<=>(const Square &) const = default;
};
template <class T> int measure(const T &Value) { return sizeof(Value); }
template <Area T> int measure(const T &Value) { return Value.area(); }

template <class... Ts> auto sum(Ts... Values) { return (Values + ... + 0); }
template <int N> struct Factorial {
  static constexpr long Value = N * Factorial<N - 1>::Value;
};
template <> struct Factorial<0> {
  static constexpr long Value = 1;
};
template <Square S> int fixedArea() { return S.area(); }

consteval int cube(int V) { return V * V * V; }
constinit int Cube = cube(3);

struct Version {
  int Major, Minor;
  std::weak_ordering operator<=>(const Version &Other) const {
    return Major <=> Other.Major;
  }
  bool operator==(const Version &Other) const { return Major == Other.Major; }
};

int total(std::initializer_list<int> Values) {
  int Sum = 0;
  for (int V : Values)
    Sum += V;
  return Sum;
}

void templates() {
  CHECK(measure(Square{Three}) == 9 && measure(1.0) == 8);
  CHECK(sum(1, 2L, 3.5f, Three) == 9.5f && sum() == 0);
  CHECK(Factorial<10>::Value == 3628800 && fixedArea<Square{7}>() == 49);
  CHECK(Cube == 27);
  CHECK(total({1, Three, 5}) == 9 && total({}) == 0);

  CHECK((Square{2} <=> Square{Three}) < 0 && Square{3} == Square{Three} &&
        Square{4} >= Square{Three});
  CHECK(Version{1, 2} == Version{1, Three} &&
        Version{1, 9} < Version{Three, 0});
  double NaN = __builtin_nan("") * Three;
  CHECK((NaN <=> 1.0) == std::partial_ordering::unordered);
  CHECK((1.0f <=> float(Three)) == std::partial_ordering::less);
  CHECK((Three <=> 3) == std::strong_ordering::equal);

  int Count = 0;
  auto Counter = [&Count, Step = int(Three)]() mutable {
    return Count += Step++;
  };
  CHECK(Counter() == 3 && Counter() == 7 && Count == 7);
  auto Recursive = [](auto &&Self, int N) -> int {
    return N < 2 ? N : Self(Self, N - 1) + Self(Self, N - 2);
  };
  CHECK(Recursive(Recursive, 10) == 55);
  int (*Plain)(int) = [](int V) { return V * 2; };
  CHECK(Plain(Three) == 6);
  auto Generic = []<std::integral T>(T Value) { return sizeof(T) + Value; };
  CHECK(Generic(short(Three)) == 5);
  struct {
    int A = 1, B = 2;
    char C = 'c';
  } Aggregate{.B = Three};
  auto &[A, B, C] = Aggregate;
  B *= 2;
  CHECK(Aggregate.B == 6 && A == 1 && C == 'c');
}

//===----------------------------------------------------------------------===//
// new and delete.
//===----------------------------------------------------------------------===//

struct alignas(256) Aligned {
  char Bytes[256];
  ~Aligned() { ++Destroyed; }
  static int Destroyed;
};
int Aligned::Destroyed;

struct OwnNew {
  static void *operator new(std::size_t Size) {
    ++Calls;
    return std::malloc(Size);
  }
  static void operator delete(void *Memory, std::size_t Size) {
    CHECK(Size == sizeof(OwnNew));
    --Calls;
    std::free(Memory);
  }
  static int Calls;
  long Word = 5;
};
int OwnNew::Calls;

bool isAligned(const void *Pointer, std::uintptr_t Alignment) {
  return reinterpret_cast<std::uintptr_t>(Pointer) % Alignment == 0;
}

void allocation() {
  auto *One = new Aligned;
  auto *Some = new Aligned[Three];
  CHECK(isAligned(One, 256) && isAligned(Some, 256));
  delete One;
  delete[] Some;
  CHECK(Aligned::Destroyed == 4);

  auto *Long = new (std::nothrow) long(7);
  CHECK(Long && *Long == 7);
  delete Long;
  // More than a node has: a null pointer where one was asked for.
  std::size_t Huge = std::size_t(Three) << 30;
  CHECK(::operator new(Huge, std::nothrow) == nullptr);
  CHECK(::operator new[](Huge, std::nothrow) == nullptr);
  CHECK(::operator new(Huge, std::align_val_t(64), std::nothrow) == nullptr);
  CHECK(::operator new[](Huge, std::align_val_t(64), std::nothrow) == nullptr);
  void *Raw = ::operator new(100, std::align_val_t(128), std::nothrow);
  CHECK(isAligned(Raw, 128));
  ::operator delete(Raw, std::align_val_t(128), std::nothrow);
  Raw = ::operator new[](100, std::align_val_t(128));
  CHECK(isAligned(Raw, 128));
  ::operator delete[](Raw, std::align_val_t(128));
  ::operator delete(::operator new(0));
  delete static_cast<int *>(nullptr);

  auto *Own = new OwnNew;
  CHECK(OwnNew::Calls == 1 && Own->Word == 5);
  delete Own;
  CHECK(OwnNew::Calls == 0);

  alignas(Square) unsigned char Storage[sizeof(Square)];
  auto *Placed = new (Storage) Square{Three};
  CHECK(Placed->area() == 9 && (void *)Placed == (void *)Storage);

  // A handler is asked until there is memory or none is set.
  static int Asked;
  std::set_new_handler([] {
    if (++Asked == 2)
      std::set_new_handler(nullptr);
  });
  CHECK(::operator new(Huge, std::nothrow) == nullptr &&Asked == 2);
}

//===----------------------------------------------------------------------===//
// Coroutines.
//===----------------------------------------------------------------------===//

struct Generator {
  struct promise_type {
    Generator get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int V) {
      Value = V;
      return {};
    }
    void return_void() {}
    void unhandled_exception() {}
    int Value = 0;
  };
  int next() {
    Handle.resume();
    return Handle.done() ? -1 : Handle.promise().Value;
  }
  ~Generator() { Handle.destroy(); }
  std::coroutine_handle<promise_type> Handle;
};

struct CountsItself {
  CountsItself() { ++Alive; }
  ~CountsItself() { --Alive; }
  static int Alive;
};
int CountsItself::Alive;

Generator fibonacci(int Limit) {
  CountsItself Local;
  for (int A = 0, B = 1; A < Limit;) {
    co_yield A;
    int Next = A + B;
    A = B;
    B = Next;
  }
}

/// A task that awaits another: control passes from frame to frame.
struct Task {
  struct promise_type {
    Task get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Awaiter {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<>
        await_suspend(std::coroutine_handle<promise_type> H) noexcept {
          return H.promise().Waiting;
        }
        void await_resume() noexcept {}
      };
      return Awaiter{};
    }
    void return_value(float V) { Value = V; }
    void unhandled_exception() {}
    float Value = 0;
    std::coroutine_handle<> Waiting = std::noop_coroutine();
  };
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> Caller) {
    Handle.promise().Waiting = Caller;
    return Handle;
  }
  float await_resume() { return Handle.promise().Value; }
  ~Task() { Handle.destroy(); }
  std::coroutine_handle<promise_type> Handle;
};

Task scaled(float V) { co_return V *Three; }
Task deep(int Depth) {
  if (Depth == 0)
    co_return 1.5f;
  float Inner = co_await deep(Depth - 1);
  co_return Inner + co_await scaled(2);
}

void coroutines() {
  {
    Generator G = fibonacci(20);
    int Expected[] = {0, 1, 1, 2, 3, 5, 8, 13, -1};
    for (int Value : Expected)
      CHECK(G.next() == Value);
    CHECK(CountsItself::Alive == 0); // it has run to its end
    Generator Unfinished = fibonacci(20);
    Unfinished.next();
    CHECK(CountsItself::Alive == 1);
  }
  CHECK(CountsItself::Alive == 0); // destroyed while suspended
  Task T = deep(100);
  T.Handle.resume();
  CHECK(T.Handle.done() && T.await_resume() == 1.5f + 100 * 6);
}

} // namespace

int main() {
  CHECK(Initialised == 3);
  local();
  std::atexit([] { puts("atexit"); });
  classes();
  templates();
  allocation();
  coroutines();
  puts(checked() ? "failed" : "checked");
}
