//===- cxx-headers.cpp - Every promised header of the C++ library ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One use of each that runs. What is called with volatile values cannot have
// been computed by the compiler; what is expected was.
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <bitset>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>
#include <complex>
#include <concepts>
#include <coroutine>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <expected>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <numbers>
#include <numeric>
#include <optional>
#include <queue>
#include <random>
#include <ranges>
#include <ratio>
#include <set>
#include <source_location>
#include <span>
#include <stack>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>
#include <version>

#include "Check.h"
#include <tatami.h>

namespace {

volatile int Three = 3;

void algorithmsAndRanges() {
  std::array<int, 8> A;
  std::iota(A.begin(), A.end(), int(Three));
  CHECK(std::accumulate(A.begin(), A.end(), 0) == 52);
  CHECK(std::inner_product(A.begin(), A.end(), A.begin(), 0) == 380);
  std::sort(A.begin(), A.end(), std::greater<>());
  CHECK(A.front() == 10 && A.back() == 3 &&
        std::is_sorted(A.rbegin(), A.rend()));
  CHECK(std::ranges::find(A, 7) == A.begin() + 3);
  CHECK(std::gcd(12 * Three, 30) == 6 && std::lcm(4, 6 * Three) == 36);
  CHECK(std::reduce(A.begin(), A.end()) == 52 && std::midpoint(1, 9) == 5);

  auto Squares = A | std::views::filter([](int V) { return V % 2 == 0; }) |
                 std::views::transform([](int V) { return V * V; }) |
                 std::views::reverse | std::views::take(2);
  int Sum = 0;
  for (int V : Squares)
    Sum += V;
  CHECK(Sum == 16 + 36);
  CHECK(std::ranges::distance(std::views::iota(0, 10) | std::views::drop(4)) ==
        6);

  std::span<int> Middle = std::span(A).subspan(2, 4);
  std::ranges::rotate(Middle, Middle.begin() + 1);
  CHECK(Middle.front() == 7 && A[5] == 8);
  CHECK(std::span<int, 8>(A).size_bytes() == 32);
  CHECK(std::bitset<70>(0xf0).count() == 4);

  std::mt19937 Random; // the standard fixes its 10,000th number
  Random.discard(9999);
  CHECK(Random() == 4123659995u);
}

void words() {
  unsigned V = unsigned(Three) << 20;
  CHECK(std::popcount(V) == 2 && std::countl_zero(V) == 10 &&
        std::countr_zero(V) == 20 && std::bit_ceil(V) == 1u << 22 &&
        std::has_single_bit(V & -V) && std::rotl(V, 12) == 3 &&
        std::bit_width(V) == 22 && std::byteswap(0x01020304) == 0x04030201);
  CHECK(std::bit_cast<std::uint32_t>(float(Three)) == 0x40400000);
  static_assert(std::endian::native == std::endian::little);
  static_assert(std::numeric_limits<float>::epsilon() == 0x1p-23f);
  CHECK(std::sqrt(float(Three)) == 0x1.bb67aep+0f &&
        std::isnan(std::fmod(1.0f, 0.0f * Three)));
  CHECK(std::numbers::pi_v<float> == 0x1.921fb6p+1f);
  CHECK(std::complex<float>(0, 1) * std::complex<float>(0, Three) == -3.0f);
  char Text[12];
  auto [End, Error] = std::to_chars(Text, Text + sizeof Text, -12345 * Three);
  CHECK(Error == std::errc() && std::string_view(Text, End) == "-37035");
  int Parsed;
  CHECK(std::from_chars(Text, End, Parsed).ec == std::errc() &&
        Parsed == -37035);
}

struct Counted {
  explicit Counted(int V) : Value(V) { ++Alive; }
  Counted(const Counted &Other) : Value(Other.Value) { ++Alive; }
  ~Counted() { --Alive; }
  int Value;
  static int Alive;
};
int Counted::Alive;

template <class... Fs> struct Overloaded : Fs... {
  using Fs::operator()...;
};

std::expected<int, const char *> half(int V) {
  if (V % 2)
    return std::unexpected("odd");
  return V / 2;
}

void vocabulary() {
  std::optional<Counted> Maybe;
  CHECK(!Maybe && Counted::Alive == 0);
  Maybe.emplace(Three);
  CHECK(Maybe->Value == 3 && Counted::Alive == 1);
  Maybe.reset();
  CHECK(Counted::Alive == 0);
  CHECK(std::optional<int>(Three).transform([](int V) { return V + 1; }) == 4);

  std::variant<int, float, Counted> V(std::in_place_type<Counted>, 9);
  auto Describe = Overloaded{[](int) { return 1; }, [](float) { return 2; },
                             [](const Counted &C) { return C.Value; }};
  CHECK(std::visit(Describe, V) == 9 && V.index() == 2);
  V = 1.5f;
  CHECK(std::visit(Describe, V) == 2 && Counted::Alive == 0 &&
        std::get_if<int>(&V) == nullptr && std::get<1>(V) == 1.5f);

  auto T = std::tuple(int(Three), 2.5f, std::string_view("tile"));
  auto [I, F, S] = T;
  CHECK(I == 3 && F == 2.5f && S.size() == 4 && std::get<float>(T) == 2.5f);
  CHECK(std::apply([](int A, float B, auto) { return A * B; }, T) == 7.5f);
  CHECK((std::tuple(1, 2) <=> std::tuple(1, int(Three))) < 0);
  CHECK(std::pair(1, 2) < std::pair(1, int(Three)));

  CHECK(half(8) == 4 && !half(Three) && half(Three).error()[0] == 'o');
  CHECK(std::exchange(I, 8) == 3 && I == 8 && std::cmp_less(-1, 1u));

  std::function<int(int)> Add = [Offset = int(Three)](int V) {
    return V + Offset;
  };
  CHECK(Add(4) == 7 && std::bind_front(std::plus<>(), 2)(Three) == 5 &&
        std::invoke(&Counted::Value, Counted(6)) == 6);
  CHECK(std::string_view("a vector unit").find("unit") == 9);
  CHECK(std::hash<std::string_view>()("tatami") ==
            std::hash<std::string_view>()("tatami") &&
        std::hash<int>()(Three) == std::hash<int>()(3));
  static_assert(std::ratio_less_v<std::milli, std::deci>);
  CHECK(std::source_location::current().line() == __LINE__);
}

void memory() {
  auto Unique = std::make_unique<Counted>(1);
  auto Shared = std::make_shared<Counted>(2);
  std::weak_ptr<Counted> Weak = Shared;
  {
    auto Again = Weak.lock();
    CHECK(Again && Shared.use_count() == 2 && Counted::Alive == 2);
  }
  Shared.reset();
  CHECK(Weak.expired() && !Weak.lock() && Counted::Alive == 1);
  Unique = nullptr;
  CHECK(Counted::Alive == 0);

  alignas(Counted) std::byte Storage[sizeof(Counted) * 2];
  auto *Placed = reinterpret_cast<Counted *>(Storage);
  std::construct_at(Placed, 1);
  std::uninitialized_copy_n(Placed, 1, Placed + 1);
  CHECK(Counted::Alive == 2 && std::launder(Placed + 1)->Value == 1);
  std::destroy_n(Placed, 2);
  CHECK(Counted::Alive == 0);
}

void containers() {
  std::vector<int> V = {3, 1, 2};
  for (int I = 0; I < 100; ++I)
    V.push_back(I);
  CHECK(V.size() == 103 && std::ranges::max(V) == 99);
  std::vector<bool> Bits(100, true);
  Bits.flip();
  CHECK(std::ranges::count(Bits, true) == 0);

  std::string S = "mesh";
  for (int I = 0; I < Three; ++I)
    S += ", " + std::to_string(I * 1000);
  CHECK(S == "mesh, 0, 1000, 2000" && S.substr(6, 1) == "0" &&
        std::stoi(S.substr(9)) == 1000 && S.find("2000") == 15);

  std::map<std::string, int> Ordered;
  std::unordered_map<std::string, int> Hashed;
  for (int I = 0; I < 200; ++I) {
    std::string Key = std::to_string(I * 37 % 200);
    Ordered[Key] = Hashed[Key] = I;
  }
  CHECK(Ordered.size() == 200 && Hashed.size() == 200);
  CHECK(Ordered.begin()->first == "0" && Ordered["37"] == 1);
  for (auto &[Key, Value] : Ordered)
    CHECK(Hashed.at(Key) == Value);
  CHECK(Ordered.erase("37") == 1 && Hashed.erase("74") == 1 &&
        Ordered.size() == 199 && !Hashed.contains("74"));

  std::deque<int> Queue(V.begin(), V.end());
  Queue.push_front(-1);
  std::list<int> List(Queue.rbegin(), Queue.rend());
  List.sort();
  CHECK(List.front() == -1 && List.back() == 99 && List.size() == 104);
  std::priority_queue<int> Heap(V.begin(), V.end());
  CHECK(Heap.top() == 99);
  CHECK(std::set<int>(V.begin(), V.end()).size() == 100);
}

std::atomic<int> Turn;
std::atomic<int> Sum;
std::mutex Lock;
int Guarded;

void onThread(void *) {
  // Each thread waits for its turn and passes it on.
  int Mine = tatami_thread();
  for (int Now = Turn; Now != Mine; Now = Turn)
    Turn.wait(Now);
  Turn = Mine + 1;
  Turn.notify_all();
  for (int I = 0; I < 200; ++I) {
    Sum += Mine;
    std::lock_guard Hold(Lock);
    ++Guarded;
  }
}

void atomics() {
  for (int Thread = 1; Thread < 4; ++Thread)
    tatami_thread_start(Thread, onThread, nullptr);
  onThread(nullptr);
  for (int Thread = 1; Thread < 4; ++Thread)
    tatami_thread_join(Thread);
  CHECK(Turn == 4 && Sum == 200 * 6 && Guarded == 800);
  static_assert(std::atomic<long>::is_always_lock_free);
  std::atomic<float> F = 1.5f;
  CHECK(F.fetch_add(Three) == 1.5f && F == 4.5f);
  struct Wide {
    long Words[3];
  };
  std::atomic<Wide> W(Wide{{1, 2, 3}});
  CHECK(W.load().Words[2] == 3);
  int Plain = 1;
  std::atomic_ref<int>(Plain) |= 6;
  CHECK(Plain == 7);
  std::atomic_flag Flag;
  CHECK(!Flag.test_and_set() && Flag.test());

  using namespace std::chrono_literals;
  auto Before = std::chrono::steady_clock::now();
  CHECK(std::chrono::steady_clock::now() >= Before);
  CHECK(2h + 3min == 7380s &&
        std::chrono::duration_cast<std::chrono::milliseconds>(Three * 1500us) ==
            4ms);
}

} // namespace

int main() {
  algorithmsAndRanges();
  words();
  vocabulary();
  memory();
  containers();
  atomics();
  return checked();
}
