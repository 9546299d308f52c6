// How structures are passed and returned, as docs/abi.md says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O1 -S -emit-llvm %s -o - | FileCheck %s
// RUN: tatami-clang -O0 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=TYPES
// IR that comes back in is left as it is.
// RUN: tatami-clang -O0 -S -emit-llvm %s -o %t.ll
// RUN: tatami-clang -O0 -S -emit-llvm %t.ll -o - | FileCheck %s --check-prefix=TYPES

struct Byte { char C; };
// CHECK-LABEL: define {{.*}}i64 @byte(i64 %
// CHECK: and i64 {{.*}}, 255
// TYPES: define dso_local i64 @byte(i64
struct Byte byte(struct Byte S) { S.C++; return S; }

// Three bytes are a word, but no fourth byte is read.
struct Three { char C[3]; };
// TYPES-LABEL: define dso_local i64 @three(i64
// TYPES: call void @llvm.memcpy{{.*}}i64 3, i1 false)
struct Three three(struct Three S) { S.C[1]++; return S; }

struct Twelve { int A, B, C; };
// CHECK-LABEL: define {{.*}}{ i64, i64 } @twelve(i64 %{{[^,]*}}, i64 %{{[^,]*}})
struct Twelve twelve(struct Twelve S) { S.B += S.C; return S; }

struct Sixteen { long A, B; };
// CHECK-LABEL: define {{.*}}{ i64, i64 } @sixteen(i64 %{{[^,]*}}, i64 %{{[^,]*}})
// CHECK-NOT: alloca
// CHECK: ret
struct Sixteen sixteen(struct Sixteen S) { S.B += S.A; return S; }

struct Aligned { __int128 X; };
// CHECK-LABEL: define {{.*}}i128 @aligned(i128
struct Aligned aligned(struct Aligned S) { S.X++; return S; }

struct Floats { float X, Y; };
// CHECK-LABEL: define {{.*}}i64 @floats(i64 %{{[^,]*}}, i64 %{{[^,]*}})
struct Floats floats(struct Floats A, struct Floats B) {
  return (struct Floats){A.X + B.X, A.Y + B.Y};
}

struct Empty {};
// CHECK-LABEL: define {{.*}}void @empty()
struct Empty empty(struct Empty E) { return E; }

// The caller makes the copy; the callee may write to it.
struct Large { long A[3]; };
// CHECK-LABEL: define {{.*}}void @large(ptr {{.*}}sret(%struct.Large) align 8 {{.*}}, ptr noundef align 8
// CHECK-NOT: byval
struct Large large(struct Large S) { S.A[1]++; return S; }
// TYPES-LABEL: define dso_local void @passLarge(ptr
// TYPES: %[[COPY:.*]] = alloca %struct.Large, align 8
// TYPES: call void @llvm.lifetime.start.p0(ptr %[[COPY]])
// TYPES: call void @llvm.memcpy.p0.p0.i64(ptr align 8 %[[COPY]], ptr align 8 %{{.*}}, i64 24, i1 false)
// TYPES: call void @large(ptr {{.*}}, ptr noundef align 8 %[[COPY]])
// TYPES: call void @llvm.lifetime.end.p0(ptr %[[COPY]])
void passLarge(struct Large *P) { large(*P); }

// CHECK-LABEL: define {{.*}}i64 @complex(i64
_Complex float complex(_Complex float A) { return A + A; }
// CHECK-LABEL: define {{.*}}i64 @product(i64
// CHECK: call i64 @__mulsc3(float {{.*}}, float {{.*}}, float {{.*}}, float
_Complex float product(_Complex float A) { return A * A; }
// CHECK: declare {{.*}}i64 @__mulsc3(float {{[^,]*}}, float {{[^,]*}}, float {{[^,]*}}, float {{[^,]*}})

// Through a pointer.
struct Twelve (*Pointer)(struct Twelve);
// CHECK-LABEL: define {{.*}}i32 @indirect(i64 %{{[^,]*}}, i64 %{{[^,]*}})
// CHECK: call { i64, i64 } %{{.*}}(i64 %{{[^,]*}}, i64 %
int indirect(struct Twelve S) { return Pointer(S).B; }

// Vectors travel whole; 16-bit floats and narrow integers as their types say.
typedef float V16 __attribute__((vector_size(64)));
// CHECK-LABEL: define {{.*}}<16 x float> @vector(<16 x float>
V16 vector(V16 V) { return V; }
// CHECK-LABEL: define {{.*}}signext i8 @narrow(i8 {{.*}}signext %{{.*}}, i16 {{.*}}zeroext %
signed char narrow(signed char C, unsigned short S) { return C + S; }

// CHECK-LABEL: define {{.*}}{ i64, i64 } @naked(i64 %{{[^,]*}}, i64 %{{[^,]*}})
// CHECK-NEXT: call void asm
__attribute__((naked)) struct Sixteen naked(struct Sixteen S) {
  __asm__("ret");
}

// Variable arguments: every aggregate is a pointer to a copy.
int variadic(int N, ...);
// TYPES-LABEL: define dso_local i32 @passVariadic(
// TYPES: %[[BYTE:.*]] = alloca %struct.Byte{{.*}}
// TYPES: %[[COPY:[0-9]+]] = alloca %struct.Byte
// TYPES: call void @llvm.memcpy.p0.p0.i64(ptr align 1 %[[COPY]], ptr align 1 %[[BYTE]], i64 1,
// TYPES: call i32 (i32, ...) @variadic(i32 noundef 1, ptr noundef align 1 %[[COPY]], i32 noundef 2)
int passVariadic(struct Byte S) { return variadic(1, S, 2); }
// CHECK-LABEL: define {{.*}}i32 @readVariadic(
// CHECK: %[[P:.*]] = va_arg ptr %{{.*}}, ptr
// CHECK: load i8, ptr %[[P]]
int readVariadic(int N, ...) {
  __builtin_va_list Args;
  __builtin_va_start(Args, N);
  return __builtin_va_arg(Args, struct Byte).C;
}
// TYPES: !{i32 7, !"tatami-aggregate-abi", i32 1}
