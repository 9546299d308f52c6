//===- graph.c - Shortest paths with a heap, a minimum spanning tree ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Vertices = 800, Edges = 6400, None = 0xffff };

typedef struct {
  uint16_t From, To;
  uint32_t Length;
} Edge;

static Edge List[Edges];
static uint16_t FirstEdge[Vertices], NextEdge[Edges];
static uint32_t Distance[Vertices];
static uint16_t Heap[Vertices], Place[Vertices], Group[Vertices];
static unsigned HeapSize;

static void moveUp(unsigned At) {
  const uint16_t V = Heap[At];
  while (At) {
    const unsigned Up = (At - 1) / 2;
    if (Distance[Heap[Up]] <= Distance[V])
      break;
    Heap[At] = Heap[Up];
    Place[Heap[At]] = (uint16_t)At;
    At = Up;
  }
  Heap[At] = V;
  Place[V] = (uint16_t)At;
}

static uint16_t pop(void) {
  const uint16_t Top = Heap[0], V = Heap[--HeapSize];
  unsigned At = 0;
  for (;;) {
    unsigned Child = 2 * At + 1;
    if (Child >= HeapSize)
      break;
    if (Child + 1 < HeapSize &&
        Distance[Heap[Child + 1]] < Distance[Heap[Child]])
      ++Child;
    if (Distance[Heap[Child]] >= Distance[V])
      break;
    Heap[At] = Heap[Child];
    Place[Heap[At]] = (uint16_t)At;
    At = Child;
  }
  Heap[At] = V;
  Place[V] = (uint16_t)At;
  return Top;
}

static void shortest(uint16_t Start) {
  for (unsigned V = 0; V < Vertices; ++V) {
    Distance[V] = UINT32_MAX;
    Place[V] = None;
  }
  Distance[Start] = 0;
  HeapSize = 1;
  Heap[0] = Start;
  Place[Start] = 0;
  while (HeapSize) {
    const uint16_t V = pop();
    for (uint16_t I = FirstEdge[V]; I != None; I = NextEdge[I]) {
      const Edge *E = &List[I];
      const uint32_t Length = Distance[V] + E->Length;
      if (Length >= Distance[E->To])
        continue;
      if (Distance[E->To] == UINT32_MAX) {
        Place[E->To] = (uint16_t)HeapSize;
        Heap[HeapSize++] = E->To;
      }
      Distance[E->To] = Length;
      moveUp(Place[E->To]);
    }
  }
}

static uint16_t leader(uint16_t V) {
  while (Group[V] != V) {
    Group[V] = Group[Group[V]];
    V = Group[V];
  }
  return V;
}

// Kruskal, with edges ordered by counting their lengths.
static uint64_t spanningTree(void) {
  static uint16_t Order[Edges];
  static uint32_t Start[1025];
  for (unsigned I = 0; I < Edges; ++I)
    ++Start[List[I].Length + 1];
  for (unsigned I = 0; I < 1024; ++I)
    Start[I + 1] += Start[I];
  for (unsigned I = 0; I < Edges; ++I)
    Order[Start[List[I].Length]++] = (uint16_t)I;
  for (unsigned V = 0; V < Vertices; ++V)
    Group[V] = (uint16_t)V;
  uint64_t Weight = 0;
  for (unsigned I = 0; I < Edges; ++I) {
    const Edge *E = &List[Order[I]];
    const uint16_t A = leader(E->From), B = leader(E->To);
    if (A == B)
      continue;
    Group[A] = B;
    Weight += E->Length;
  }
  return Weight;
}

uint64_t run(void) {
  uint64_t Seed = 31, Hash = 0;
  for (unsigned V = 0; V < Vertices; ++V)
    FirstEdge[V] = None;
  for (unsigned I = 0; I < Edges; ++I) {
    const uint64_t R = nextRandom(&Seed);
    List[I].From = (uint16_t)((R >> 8) % Vertices);
    List[I].To = (uint16_t)((R >> 24) % Vertices);
    List[I].Length = (uint32_t)(R >> 50) & 1023;
    NextEdge[I] = FirstEdge[List[I].From];
    FirstEdge[List[I].From] = (uint16_t)I;
  }
  for (uint16_t Start = 0; Start < 6; ++Start) {
    shortest(Start);
    for (unsigned V = 0; V < Vertices; ++V)
      Hash = mix(Hash, Distance[V]);
  }
  return mix(Hash, spanningTree());
}

const uint64_t Expected = 0x8d5bc267d457f589ull;
