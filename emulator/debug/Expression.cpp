// The stack machine of DWARF expressions, with bounds on everything.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Expression.h"
#include "tatami/loader/Bytes.h"

#include <algorithm>

using namespace tatami;
using namespace tatami::debug;

namespace {

/// Expressions of compilers are far below either.
constexpr unsigned maxSteps = 10'000;
constexpr size_t maxDepth = 256;

enum Op : uint8_t {
  OpAddr = 0x03,
  OpDeref = 0x06,
  OpConst1u = 0x08,
  OpConst1s = 0x09,
  OpConst2u = 0x0a,
  OpConst2s = 0x0b,
  OpConst4u = 0x0c,
  OpConst4s = 0x0d,
  OpConst8u = 0x0e,
  OpConst8s = 0x0f,
  OpConstu = 0x10,
  OpConsts = 0x11,
  OpDup = 0x12,
  OpDrop = 0x13,
  OpOver = 0x14,
  OpPick = 0x15,
  OpSwap = 0x16,
  OpRot = 0x17,
  OpAbs = 0x19,
  OpAnd = 0x1a,
  OpDiv = 0x1b,
  OpMinus = 0x1c,
  OpMod = 0x1d,
  OpMul = 0x1e,
  OpNeg = 0x1f,
  OpNot = 0x20,
  OpOr = 0x21,
  OpPlus = 0x22,
  OpPlusUconst = 0x23,
  OpShl = 0x24,
  OpShr = 0x25,
  OpShra = 0x26,
  OpXor = 0x27,
  OpBra = 0x28,
  OpEq = 0x29,
  OpGe = 0x2a,
  OpGt = 0x2b,
  OpLe = 0x2c,
  OpLt = 0x2d,
  OpNe = 0x2e,
  OpSkip = 0x2f,
  OpLit0 = 0x30,
  OpReg0 = 0x50,
  OpBreg0 = 0x70,
  OpRegx = 0x90,
  OpFbreg = 0x91,
  OpBregx = 0x92,
  OpPiece = 0x93,
  OpDerefSize = 0x94,
  OpNop = 0x96,
  OpCallFrameCfa = 0x9c,
  OpImplicitValue = 0x9e,
  OpStackValue = 0x9f,
  OpAddrx = 0xa1,
  OpConstx = 0xa2,
};

/// Where (a part of) an object is.
struct Location {
  enum class Kind { Nowhere, Memory, Register, Value, Bytes } kind =
      Kind::Nowhere;
  uint64_t number = 0; ///< Address, register or value.
  std::span<const uint8_t> bytes;
};

class Machine {
public:
  Machine(std::span<const uint8_t> expression, const ExpressionContext &context,
          bool inFrameBase = false)
      : in(expression), size(expression.size()), context(context),
        inFrameBase(inFrameBase) {}

  void push(uint64_t value) { stack.push_back(value); }

  /// The bytes of the object, or false.
  bool readObject(uint64_t wanted, std::vector<uint8_t> &out) {
    bool hasPieces = false;
    while (true) {
      Location part;
      uint64_t pieceSize = 0;
      bool atPiece = false;
      if (!runPart(part, atPiece, pieceSize))
        return false;
      if (!atPiece)
        return !hasPieces && append(part, wanted, out);
      hasPieces = true;
      pieceSize = std::min(pieceSize, wanted - out.size());
      if (!append(part, pieceSize, out))
        return false;
      if (out.size() == wanted)
        return true;
    }
  }

  std::optional<uint64_t> readNumber() {
    Location part;
    uint64_t pieceSize;
    bool atPiece = false;
    if (!runPart(part, atPiece, pieceSize) || atPiece)
      return std::nullopt;
    if (part.kind == Location::Kind::Register)
      return context.registers.scalar(unsigned(part.number));
    if (part.kind == Location::Kind::Memory ||
        part.kind == Location::Kind::Value)
      return part.number;
    return std::nullopt;
  }

private:
  bool append(const Location &part, uint64_t count, std::vector<uint8_t> &out) {
    std::span<const uint8_t> from;
    switch (part.kind) {
    case Location::Kind::Nowhere:
      return false;
    case Location::Kind::Memory:
      if (auto bytes = context.bytesAt(part.number, count))
        from = *bytes;
      else
        return false;
      break;
    case Location::Kind::Register:
      from = context.registers.bytes(unsigned(part.number));
      break;
    case Location::Kind::Value:
      from = {reinterpret_cast<const uint8_t *>(&part.number),
              sizeof(part.number)};
      break;
    case Location::Kind::Bytes:
      from = part.bytes;
      break;
    }
    if (count > from.size())
      return false;
    out.insert(out.end(), from.begin(), from.begin() + count);
    return true;
  }

  /// Runs up to a piece or the end. False if the expression is broken or asks
  /// for what is not known.
  bool runPart(Location &part, bool &atPiece, uint64_t &pieceSize) {
    part = {};
    bool placed = false, any = false;
    while (!in.atEnd()) {
      uint8_t op = in.read<uint8_t>();
      if (++steps > maxSteps || stack.size() > maxDepth)
        return false;
      if (op == OpPiece) {
        pieceSize = in.uleb();
        atPiece = true;
        if (!placed && !stack.empty())
          part = {Location::Kind::Memory, pop(), {}};
        return !in.failed();
      }
      any = true;
      if (op >= OpReg0 && op < OpReg0 + 32) {
        part = {Location::Kind::Register, uint64_t(op - OpReg0), {}};
        placed = true;
      } else if (op == OpRegx) {
        part = {Location::Kind::Register,
                std::min<uint64_t>(in.uleb(), registerCount), {}};
        placed = true;
      } else if (op == OpStackValue) {
        if (stack.empty())
          return false;
        part = {Location::Kind::Value, pop(), {}};
        placed = true;
      } else if (op == OpImplicitValue) {
        part = {Location::Kind::Bytes, 0, in.part(in.uleb()).rest()};
        placed = true;
      } else if (!step(op)) {
        return false;
      }
      if (in.failed())
        return false;
    }
    if (any && !placed) {
      if (stack.empty())
        return false;
      part = {Location::Kind::Memory, pop(), {}};
    }
    return !in.failed();
  }

  uint64_t pop() {
    if (stack.empty()) {
      underflow = true;
      return 0;
    }
    uint64_t value = stack.back();
    stack.pop_back();
    return value;
  }

  bool pushRegister(uint64_t number, int64_t offset) {
    std::optional<uint64_t> value = context.registers.scalar(
        unsigned(std::min<uint64_t>(number, registerCount)));
    if (!value)
      return false;
    push(*value + uint64_t(offset));
    return true;
  }

  bool pushFrameBase(int64_t offset) {
    if (context.frameBaseValue) {
      push(*context.frameBaseValue + uint64_t(offset));
      return true;
    }
    if (inFrameBase || context.frameBase.empty())
      return false;
    Machine base(context.frameBase, context, /*inFrameBase=*/true);
    std::optional<uint64_t> value = base.readNumber();
    if (!value)
      return false;
    push(*value + uint64_t(offset));
    return true;
  }

  bool load(uint64_t address, uint64_t count) {
    uint64_t value = 0;
    auto bytes = context.bytesAt(address, count);
    if (count > sizeof(value) || !bytes)
      return false;
    std::memcpy(&value, bytes->data(), count);
    push(value);
    return true;
  }

  bool jump(int64_t distance) {
    int64_t target = int64_t(in.offset()) + distance;
    if (target < 0 || uint64_t(target) > size)
      return false;
    in.seek(size_t(target));
    return true;
  }

  bool step(uint8_t op) {
    if (op >= OpLit0 && op < OpLit0 + 32)
      push(op - OpLit0);
    else if (op >= OpBreg0 && op < OpBreg0 + 32)
      return pushRegister(op - OpBreg0, in.sleb());
    else if (op >= OpAbs && op <= OpXor && op != OpPlusUconst)
      return arithmetic(op);
    else if (op >= OpEq && op <= OpNe)
      return compare(op);
    else
      return other(op);
    return true;
  }

  bool other(uint8_t op) {
    uint64_t index;
    switch (op) {
    case OpAddr:
    case OpConst8u:
    case OpConst8s:
      push(in.read<uint64_t>());
      return true;
    case OpConst1u:
      push(in.read<uint8_t>());
      return true;
    case OpConst1s:
      push(uint64_t(int64_t(in.read<int8_t>())));
      return true;
    case OpConst2u:
      push(in.read<uint16_t>());
      return true;
    case OpConst2s:
      push(uint64_t(int64_t(in.read<int16_t>())));
      return true;
    case OpConst4u:
      push(in.read<uint32_t>());
      return true;
    case OpConst4s:
      push(uint64_t(int64_t(in.read<int32_t>())));
      return true;
    case OpConstu:
      push(in.uleb());
      return true;
    case OpConsts:
      push(uint64_t(in.sleb()));
      return true;
    case OpPlusUconst:
      push(pop() + in.uleb());
      return !underflow;
    case OpDup:
    case OpOver:
    case OpPick:
      index = op == OpDup ? 0 : op == OpOver ? 1 : in.read<uint8_t>();
      if (index >= stack.size())
        return false;
      push(stack[stack.size() - 1 - index]);
      return true;
    case OpDrop:
      pop();
      return !underflow;
    case OpSwap:
      if (stack.size() < 2)
        return false;
      std::swap(stack.back(), stack[stack.size() - 2]);
      return true;
    case OpRot:
      if (stack.size() < 3)
        return false;
      std::rotate(stack.end() - 3, stack.end() - 1, stack.end());
      return true;
    case OpDeref:
      return load(pop(), 8);
    case OpDerefSize:
      index = in.read<uint8_t>();
      return load(pop(), index);
    case OpSkip:
      return jump(in.read<int16_t>());
    case OpBra: {
      int16_t distance = in.read<int16_t>();
      return pop() == 0 ? !underflow : jump(distance);
    }
    case OpFbreg:
      return pushFrameBase(in.sleb());
    case OpBregx:
      index = in.uleb();
      return pushRegister(index, in.sleb());
    case OpCallFrameCfa:
      if (!context.cfa)
        return false;
      push(*context.cfa);
      return true;
    case OpAddrx:
    case OpConstx: {
      index = in.uleb();
      std::optional<uint64_t> address;
      if (context.addressAt)
        address = context.addressAt(index);
      push(address.value_or(0));
      return address.has_value();
    }
    case OpNop:
      return true;
    default:
      // Among them the value at the function's entry, which nobody kept.
      return false;
    }
  }

  bool arithmetic(uint8_t op) {
    uint64_t b = pop();
    bool unary = op == OpAbs || op == OpNeg || op == OpNot;
    uint64_t a = unary ? 0 : pop();
    if (underflow)
      return false;
    switch (op) {
    case OpAbs:
      push(int64_t(b) < 0 ? -b : b);
      return true;
    case OpNeg:
      push(-b);
      return true;
    case OpNot:
      push(~b);
      return true;
    case OpAnd:
      push(a & b);
      return true;
    case OpOr:
      push(a | b);
      return true;
    case OpXor:
      push(a ^ b);
      return true;
    case OpPlus:
      push(a + b);
      return true;
    case OpMinus:
      push(a - b);
      return true;
    case OpMul:
      push(a * b);
      return true;
    case OpDiv:
      if (b == 0 || b == ~uint64_t(0))
        return b != 0 && (push(-a), true);
      push(uint64_t(int64_t(a) / int64_t(b)));
      return true;
    case OpMod:
      if (b == 0)
        return false;
      push(a % b);
      return true;
    case OpShl:
      push(b < 64 ? a << b : 0);
      return true;
    case OpShr:
      push(b < 64 ? a >> b : 0);
      return true;
    case OpShra:
      push(uint64_t(int64_t(a) >> std::min<uint64_t>(b, 63)));
      return true;
    default:
      return false;
    }
  }

  bool compare(uint8_t op) {
    int64_t b = int64_t(pop()), a = int64_t(pop());
    push(op == OpEq   ? a == b
         : op == OpGe ? a >= b
         : op == OpGt ? a > b
         : op == OpLe ? a <= b
         : op == OpLt ? a < b
                      : a != b);
    return !underflow;
  }

  ByteReader in;
  size_t size;
  const ExpressionContext &context;
  bool inFrameBase;
  std::vector<uint64_t> stack;
  unsigned steps = 0;
  bool underflow = false;
};

} // namespace

std::optional<uint64_t>
tatami::debug::evaluateNumber(std::span<const uint8_t> expression,
                              const ExpressionContext &context,
                              std::optional<uint64_t> first) {
  Machine machine(expression, context);
  if (first)
    machine.push(*first);
  return machine.readNumber();
}

std::optional<std::vector<uint8_t>>
tatami::debug::evaluateObject(std::span<const uint8_t> expression,
                              uint64_t size, const ExpressionContext &context) {
  std::vector<uint8_t> bytes;
  Machine machine(expression, context);
  if (!machine.readObject(size, bytes))
    return std::nullopt;
  return bytes;
}
