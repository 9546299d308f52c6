//===- tree.c - A red-black tree and a trie -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Nodes = 6000, TrieNodes = 12000 };

typedef struct Node {
  struct Node *Child[2];
  struct Node *Parent;
  uint32_t Key;
  uint32_t Value;
  bool Red;
} Node;

static Node Pool[Nodes];
static unsigned Used;
static Node *Root;

static void rotate(Node *N, int Side) {
  Node *Up = N->Child[!Side];
  N->Child[!Side] = Up->Child[Side];
  if (Up->Child[Side])
    Up->Child[Side]->Parent = N;
  Up->Parent = N->Parent;
  if (!N->Parent)
    Root = Up;
  else
    N->Parent->Child[N == N->Parent->Child[1]] = Up;
  Up->Child[Side] = N;
  N->Parent = Up;
}

static void insert(uint32_t Key, uint32_t Value) {
  Node *Parent = NULL, **Link = &Root;
  while (*Link) {
    Parent = *Link;
    if (Parent->Key == Key) {
      Parent->Value += Value;
      return;
    }
    Link = &Parent->Child[Key > Parent->Key];
  }
  Node *N = &Pool[Used++];
  N->Key = Key;
  N->Value = Value;
  N->Parent = Parent;
  N->Red = true;
  *Link = N;
  while (N->Parent && N->Parent->Red) {
    Node *Grand = N->Parent->Parent;
    const int Side = N->Parent == Grand->Child[1];
    Node *Uncle = Grand->Child[!Side];
    if (Uncle && Uncle->Red) {
      N->Parent->Red = Uncle->Red = false;
      Grand->Red = true;
      N = Grand;
      continue;
    }
    if (N == N->Parent->Child[!Side]) {
      N = N->Parent;
      rotate(N, Side);
    }
    N->Parent->Red = false;
    Grand->Red = true;
    rotate(Grand, !Side);
  }
  Root->Red = false;
}

static const Node *find(uint32_t Key) {
  const Node *N = Root;
  while (N && N->Key != Key)
    N = Key < N->Key ? N->Child[0] : N->Child[1];
  return N;
}

static unsigned depth(const Node *N) {
  if (!N)
    return 0;
  unsigned Left = depth(N->Child[0]), Right = depth(N->Child[1]);
  return 1 + (Left > Right ? Left : Right);
}

static uint64_t walk(const Node *N, uint64_t Hash) {
  if (!N)
    return Hash;
  Hash = walk(N->Child[0], Hash);
  Hash = mix(Hash, (uint64_t)N->Key << 8 ^ N->Value);
  return walk(N->Child[1], Hash);
}

static uint16_t Trie[TrieNodes][4];
static unsigned TrieUsed = 1;

static void insertDigits(uint32_t Number) {
  unsigned At = 0;
  for (int I = 0; I < 8; ++I, Number >>= 2) {
    unsigned Next = Trie[At][Number & 3];
    if (!Next)
      Trie[At][Number & 3] = (uint16_t)(Next = TrieUsed++);
    At = Next;
  }
}

static unsigned countLeaves(unsigned At, int Level) {
  if (Level == 8)
    return 1;
  unsigned Sum = 0;
  for (int I = 0; I < 4; ++I)
    if (Trie[At][I])
      Sum += countLeaves(Trie[At][I], Level + 1);
  return Sum;
}

uint64_t run(void) {
  uint64_t Seed = 17, Hash = 0;
  for (int I = 0; I < Nodes; ++I)
    insert((uint32_t)(nextRandom(&Seed) >> 44) & 0x3fff, (uint32_t)I & 7);
  Seed = 17;
  for (int I = 0; I < 3 * Nodes; ++I) {
    const Node *N = find((uint32_t)(nextRandom(&Seed) >> 44) & 0x3fff);
    Hash = mix(Hash, N ? N->Value : 1234);
  }
  Hash = mix(walk(Root, Hash), depth(Root));
  for (int I = 0; I < 2500; ++I)
    insertDigits((uint32_t)(nextRandom(&Seed) >> 40));
  return mix(Hash, countLeaves(0, 0) + ((uint64_t)TrieUsed << 20));
}

const uint64_t Expected = 0xf7c1307a9dfd634bull;
