// The model's movements of lanes (isa/insns/Permute.td).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

namespace tatami::insns {

namespace {

struct Width {
  const char *letter;
  unsigned bits;
};
constexpr Width Widths[] = {{"B", 8}, {"H", 16}, {"W", 32}, {"D", 64}};

/// rd byte for byte from rs1 followed by rs2: element \p e of the result is
/// element sourceOf(e) of that pair.
template <class SourceOf>
void gatherElements(Model &s, int rd, int rs1, int rs2, unsigned bytes,
                    SourceOf sourceOf) {
  std::array<uint8_t, 128> pair;
  std::memcpy(&pair[0], s.v[rs1].data(), 64);
  std::memcpy(&pair[64], s.v[rs2].data(), 64);
  VectorBytes result;
  for (unsigned e = 0; e < 64 / bytes; ++e)
    std::memcpy(&result[e * bytes], &pair[sourceOf(e) * bytes], bytes);
  s.v[rd] = result;
}

void addLanes(Oracles &o) {
  for (Width w : Widths) {
    unsigned lanes = 512 / w.bits, bytes = w.bits / 8;
    auto add = [&](const char *name, auto run) {
      o[std::string(name) + "_" + w.letter].run = [=](Model &s,
                                                      const Fields &f) -> Fact {
        run(s, f);
        return {};
      };
    };
    add("VPERM", [=](Model &s, const Fields &f) {
      gatherElements(s, f.rd, f.rs1, f.rs1, bytes, [&](unsigned e) {
        return unsigned(s.raw(f.rs2, w.bits, e) % lanes);
      });
    });
    add("VPERM2", [=](Model &s, const Fields &f) {
      gatherElements(s, f.rd, f.rs1, f.rs2, bytes, [&](unsigned e) {
        return unsigned(s.raw(f.rd, w.bits, e) % (2 * lanes));
      });
    });
    add("VUZPE", [=](Model &s, const Fields &f) {
      gatherElements(s, f.rd, f.rs1, f.rs2, bytes,
                     [](unsigned e) { return 2 * e; });
    });
    add("VUZPO", [=](Model &s, const Fields &f) {
      gatherElements(s, f.rd, f.rs1, f.rs2, bytes,
                     [](unsigned e) { return 2 * e + 1; });
    });
    add("VSEL", [=](Model &s, const Fields &f) {
      s.fill(f.vd, w.bits, [&](unsigned i) {
        return s.raw(s.m[f.m] >> i & 1 ? f.vs1 : f.vs2, w.bits, i);
      });
    });
  }
}

void addZips(Oracles &o) {
  const std::pair<const char *, unsigned> sizes[] = {
      {"B", 1}, {"H", 2}, {"W", 4}, {"D", 8}, {"Q", 16}, {"O", 32}};
  for (auto [letter, bytes] : sizes) {
    unsigned elements = 64 / bytes;
    for (bool high : {false, true})
      o[std::string(high ? "VZIPH_" : "VZIPL_") + letter].run =
          [=, bytes = bytes](Model &s, const Fields &f) -> Fact {
        gatherElements(s, f.rd, f.rs1, f.rs2, bytes, [&](unsigned e) {
          unsigned from = e / 2 + (high ? elements / 2 : 0);
          return e % 2 ? elements + from : from;
        });
        return {};
      };
  }
  o["VALIGN"].run = [](Model &s, const Fields &f) -> Fact {
    gatherElements(s, f.vd, f.vs1, f.vs2, 1,
                   [&](unsigned e) { return e + unsigned(f.imm); });
    return {};
  };
}

/// \p rows x \p columns, row-major, to its transpose.
void transpose(Oracles &o, const char *name, unsigned rows, unsigned columns,
               unsigned bytes) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    VectorBytes result{};
    for (unsigned row = 0; row < rows; ++row)
      for (unsigned column = 0; column < columns; ++column)
        std::memcpy(&result[(column * rows + row) * bytes],
                    &s.v[f.rs1][(row * columns + column) * bytes], bytes);
    s.v[f.rd] = result;
    return {};
  };
}

void addResizes(Oracles &o) {
  const std::pair<const char *, std::pair<unsigned, unsigned>> pairs[] = {
      {"BH", {8, 16}},  {"BW", {8, 32}},  {"BD", {8, 64}},
      {"HW", {16, 32}}, {"HD", {16, 64}}, {"WD", {32, 64}}};
  for (auto [name, bits] : pairs) {
    auto [narrow, wide] = bits;
    unsigned lanes = 512 / wide;
    auto widen = [&](const char *prefix, unsigned first, bool isSigned) {
      o[std::string(prefix) + name].run =
          [=, narrow = narrow, wide = wide](Model &s, const Fields &f) -> Fact {
        s.fill(f.rd, wide, [&](unsigned i) {
          Lane lane = s.lane(f.rs1, narrow, first + i);
          return isSigned ? UWide(lane.s) : lane.u;
        });
        return {};
      };
    };
    widen("VSEXTL_", 0, true);
    widen("VZEXTL_", 0, false);
    if (wide == 2 * narrow) {
      widen("VSEXTH_", lanes, true);
      widen("VZEXTH_", lanes, false);
    }
    o[std::string("VTRUNC_") + name].run =
        [=, narrow = narrow, wide = wide](Model &s, const Fields &f) -> Fact {
      s.fill(f.rd, narrow,
             [&](unsigned i) { return i < lanes ? s.raw(f.rs1, wide, i) : 0; });
      return {};
    };
  }
}

} // namespace

void addPermute(Oracles &o) {
  addLanes(o);
  addZips(o);
  transpose(o, "VTRN_4X8_H", 4, 8, 2);
  transpose(o, "VTRN_8X4_H", 8, 4, 2);
  transpose(o, "VTRN_8X8_B", 8, 8, 1);
  transpose(o, "VTRN_4X4_W", 4, 4, 4);
  transpose(o, "VTRN_8X2_W", 8, 2, 4);
  transpose(o, "VTRN_2X8_W", 2, 8, 4);
  addResizes(o);
}

} // namespace tatami::insns
