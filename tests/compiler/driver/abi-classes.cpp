// Classes: those that may be copied as bytes travel in registers, the others
// by address, so that their constructors see where they are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang++ -O1 -S -emit-llvm %s -o - | FileCheck %s

struct Trivial {
  int A, B;
  Trivial twice() const { return {2 * A, 2 * B}; }
};
// CHECK-LABEL: define {{.*}}i64 @_Z12trivialClass7Trivial(i64
Trivial trivialClass(Trivial T) { return T.twice(); }

struct Owner {
  int *P;
  Owner(const Owner &);
  ~Owner();
};
// CHECK-LABEL: define {{.*}}void @_Z4pass5Owner(ptr {{.*}}sret(%struct.Owner) align 8 {{.*}}, ptr
Owner pass(Owner O) { return O; }

// The same for a class in a template and one in a function.
template <class T> struct Box {
  T Value;
  Box(const Box &);
};
// CHECK-LABEL: define {{.*}}void @_Z3box3BoxIiE(ptr {{.*}}sret(%struct.Box) align 4 {{.*}}, ptr
Box<int> box(Box<int> B) { return B; }

// Virtual calls agree with the functions.
struct Base {
  virtual Trivial combine(Trivial A, Owner O);
};
// CHECK-LABEL: define {{.*}}i64 @_ZN4Base7combineE7Trivial5Owner(ptr {{.*}}, i64 {{.*}}, ptr
Trivial Base::combine(Trivial A, Owner) { return A; }
// CHECK-LABEL: define {{.*}}i64 @_Z4callR4BaseRK5Owner(
// CHECK: call i64 %{{.*}}(ptr {{.*}}, i64 0, ptr
Trivial call(Base &B, const Owner &O) { return B.combine({}, O); }

// A pointer to a member function is sixteen bytes.
using Method = Trivial (Base::*)(Trivial, Owner);
// CHECK-LABEL: define {{.*}}{ i64, i64 } @_Z6method
Method method(Method M) { return M; }
