// What the model asks the machine for (System.td and Mesh.td in isa/insns).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Draw.h"

namespace tatami::insns {

namespace {

/// A request changes no register: the machine writes the result later.
void addRequest(Oracles &o, const char *name, RequestKind kind,
                void (*fill)(Request &, const Model &, const Fields &)) {
  o[name].run = [=](Model &s, const Fields &f) {
    Request request{.kind = kind};
    fill(request, s, f);
    return Fact::ofRequest(request);
  };
}

/// Where a result goes: x0 is the sink.
uint8_t resultRegister(int rd) { return rd == 0 ? 32 : uint8_t(rd); }

template <unsigned Bytes, bool IsSigned, RemoteOperand Operand>
void addRemote(Oracles &o, const char *load, const char *store) {
  addRequest(o, load, RequestKind::RemoteLoad,
             [](Request &r, const Model &s, const Fields &f) {
               r.reg = Operand == RemoteOperand::Scalar ? resultRegister(f.rd)
                                                        : uint8_t(f.rd);
               r.operand = Operand;
               r.bytes = Bytes;
               r.signExtends = IsSigned;
               r.a = s.x[f.rs1];
             });
  if (store)
    addRequest(o, store, RequestKind::RemoteStore,
               [](Request &r, const Model &s, const Fields &f) {
                 r.reg = uint8_t(f.rs2);
                 r.operand = Operand;
                 r.bytes = Bytes;
                 r.a = s.x[f.rs1];
               });
}

void none(Request &, const Model &, const Fields &) {}
void oneSource(Request &r, const Model &s, const Fields &f) {
  r.a = s.x[f.rs1];
}
void twoSources(Request &r, const Model &s, const Fields &f) {
  oneSource(r, s, f);
  r.b = s.x[f.rs2];
}
void threeSources(Request &r, const Model &s, const Fields &f) {
  twoSources(r, s, f);
  r.c = s.x[f.rs3];
}
/// rd is a fourth source here.
void fourSources(Request &r, const Model &s, const Fields &f) {
  threeSources(r, s, f);
  r.d = s.x[f.rd];
}

void addMesh(Oracles &o) {
  addRemote<1, true, RemoteOperand::Scalar>(o, "RLB", nullptr);
  addRemote<2, true, RemoteOperand::Scalar>(o, "RLH", nullptr);
  addRemote<4, true, RemoteOperand::Scalar>(o, "RLW", nullptr);
  addRemote<1, false, RemoteOperand::Scalar>(o, "RLBU", "RSB");
  addRemote<2, false, RemoteOperand::Scalar>(o, "RLHU", "RSH");
  addRemote<4, false, RemoteOperand::Scalar>(o, "RLWU", "RSW");
  addRemote<8, false, RemoteOperand::Scalar>(o, "RLD", "RSD");
  addRemote<4, false, RemoteOperand::Lane0>(o, "RFLW", "RFSW");
  addRemote<64, false, RemoteOperand::Vector>(o, "RVLD", "RVST");
  addRequest(o, "PUSH", RequestKind::Push, threeSources);
  addRequest(o, "PULL", RequestKind::Pull, fourSources);
  addRequest(o, "MCAST", RequestKind::Multicast, fourSources);
  addRequest(o, "SSIG", RequestKind::Signal, threeSources);
  addRequest(o, "MCSIG", RequestKind::MulticastSignal,
             [](Request &r, const Model &s, const Fields &f) {
               threeSources(r, s, f); // Rectangle, semaphore, amount.
             });
  addRequest(o, "SWAIT", RequestKind::SemaphoreWait, twoSources);
  addRequest(o, "STEST", RequestKind::SemaphoreTest,
             [](Request &r, const Model &s, const Fields &f) {
               twoSources(r, s, f);
               r.reg = resultRegister(f.rd);
             });
  addRequest(o, "SREAD", RequestKind::SemaphoreRead,
             [](Request &r, const Model &s, const Fields &f) {
               oneSource(r, s, f);
               r.reg = resultRegister(f.rd);
             });
  addRequest(o, "SPOST", RequestKind::SemaphorePost, twoSources);
  addRequest(o, "BAR", RequestKind::Barrier, oneSource);
  addRequest(o, "MFENCE", RequestKind::MeshFence, none);
  addRequest(o, "LSTART", RequestKind::ListStart, twoSources);
  addRequest(o, "LTEST", RequestKind::ListTest,
             [](Request &r, const Model &s, const Fields &f) {
               oneSource(r, s, f);
               r.reg = resultRegister(f.rd);
             });
  addRequest(o, "LWAIT", RequestKind::ListWait, oneSource);
}

void addSystem(Oracles &o) {
  addRequest(o, "CSRR", RequestKind::ReadControl,
             [](Request &r, const Model &, const Fields &f) {
               r.reg = resultRegister(f.rd);
               r.a = uint64_t(f.imm);
             });
  addRequest(o, "CSRW", RequestKind::WriteControl,
             [](Request &r, const Model &s, const Fields &f) {
               r.a = uint64_t(f.imm);
               r.b = s.x[f.rs1];
             });
  addRequest(o, "HCALL", RequestKind::HostCall,
             [](Request &r, const Model &s, const Fields &f) {
               r.reg = 8; // a0
               r.a = uint64_t(f.imm);
               r.b = s.x[8];
               r.c = s.x[9];
               r.d = s.x[10];
             });
  addRequest(o, "TSTART", RequestKind::ThreadStart, threeSources);
  addRequest(o, "TWAIT", RequestKind::ThreadWait, oneSource);
  addRequest(o, "HALT", RequestKind::Halt, none);
  addRequest(o, "PAUSE", RequestKind::Pause, none);
  addRequest(o, "FENCEI", RequestKind::FetchFence, none);
  o["BRK"].run = [](Model &, const Fields &) {
    return Fact::ofTrap(TrapKind::Breakpoint);
  };
  auto nothing = [](Model &, const Fields &) { return Fact{}; };
  o["FENCE"].run = nothing;
  o["NOP"].run = nothing;
}

/// Moves the stack pointer; below address 0 is below any limit.
Fact moveStack(Model &s, Wide sp) {
  if (sp < Wide(s.stackLimit))
    return Fact::ofTrap(TrapKind::StackOverflow);
  s.x[2] = uint64_t(sp);
  return {};
}

void addStack(Oracles &o) {
  auto prepare = [](Draw &draw, Model &s, const Fields &f) {
    s.stackLimit = 64 * draw.below(0x1000);
    // Near to the limit, or anywhere in memory.
    uint64_t sp = draw.oneIn(2) ? s.stackLimit + 64 * draw.below(8)
                                : 64 * draw.below(0x5000);
    s.x[2] = sp;
    if (f.rs1 != 0)
      s.x[f.rs1] = draw.oneIn(4) ? s.stackLimit - draw.below(2) : sp;
  };
  o["SPADJ"].prepare = prepare;
  o["SPADJ"].run = [](Model &s, const Fields &f) {
    return moveStack(s, Wide(s.x[2]) + f.imm);
  };
  o["SPSET"].prepare = prepare;
  o["SPSET"].run = [](Model &s, const Fields &f) {
    return moveStack(s, signedOf(s.x[f.rs1], 64));
  };
}

} // namespace

void addSystemMesh(Oracles &o) {
  addMesh(o);
  addSystem(o);
  addStack(o);
}

} // namespace tatami::insns
