//===- library.cpp - How a C++ program without exceptions ends badly ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// "TRAP name: words" says what the output of one way to fail must say.
//===----------------------------------------------------------------------===//

#include <array>
#include <cstring>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace {

volatile int Four = 4;

struct Abstract {
  Abstract() { indirectly(); }
  virtual ~Abstract() = default;
  void indirectly() { f(); }
  virtual void f() = 0; // TRAP pureVirtual: pure virtual function called
};
struct Concrete : Abstract {
  void f() override {}
};

} // namespace

int main(int Argc, char **Argv) {
  std::string Name = Argc > 1 ? Argv[1] : "";
  int Result = 0;
  if (Name == "pureVirtual")
    Concrete C;
  std::variant<int, float> V = 1;
  if (Name == "variant")
    Result = int(std::get<1>(V)); // TRAP variant: bad_variant_access
  std::optional<int> O;
  if (Name == "optional")
    Result = O.value(); // TRAP optional: bad_optional_access
  std::vector<int> Vector(3);
  if (Name == "vectorAt")
    Result = Vector.at(Four); // TRAP vectorAt: out_of_range
  if (Name == "vectorIndex")
    Result = Vector[Four]; // TRAP vectorIndex: breakpoint
  if (Name == "span")
    Result = std::span(Vector)[Four]; // TRAP span: breakpoint
  if (Name == "emptyOptional")
    Result = *O; // TRAP emptyOptional: breakpoint
  if (Name == "memory")
    Result = *static_cast<char *>( // TRAP memory: new: out of memory
        ::operator new(std::size_t(Four) * 1000000));
  if (Name == "alignedMemory") // TRAP alignedMemory: new: out of memory
    Result = *static_cast<char *>(
        ::operator new(std::size_t(Four) * 1000000, std::align_val_t(64)));
  return Result & 1;
}
