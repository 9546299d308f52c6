//===- sort.c - Quick sort, heap sort and merge sort of 32-bit keys -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Count = 12000 };

static int32_t Keys[Count], Work[Count], Spare[Count];

static void fill(uint64_t Seed) {
  for (int I = 0; I < Count; ++I)
    Keys[I] = (int32_t)nextRandom(&Seed);
}

static void insertionSort(int32_t *First, int32_t *Last) {
  for (int32_t *P = First + 1; P <= Last; ++P) {
    int32_t Key = *P, *Q = P;
    for (; Q > First && Q[-1] > Key; --Q)
      *Q = Q[-1];
    *Q = Key;
  }
}

static void quickSort(int32_t *First, int32_t *Last) {
  while (Last - First > 12) {
    int32_t Pivot = First[(Last - First) / 2];
    int32_t *Low = First, *High = Last;
    do {
      while (*Low < Pivot)
        ++Low;
      while (*High > Pivot)
        --High;
      if (Low <= High) {
        int32_t Other = *Low;
        *Low++ = *High;
        *High-- = Other;
      }
    } while (Low <= High);
    quickSort(First, High);
    First = Low;
  }
  insertionSort(First, Last);
}

static void sift(int32_t *Heap, unsigned Root, unsigned Size) {
  int32_t Key = Heap[Root];
  for (unsigned Child; (Child = 2 * Root + 1) < Size; Root = Child) {
    if (Child + 1 < Size && Heap[Child + 1] > Heap[Child])
      ++Child;
    if (Heap[Child] <= Key)
      break;
    Heap[Root] = Heap[Child];
  }
  Heap[Root] = Key;
}

static void heapSort(int32_t *Heap, unsigned Size) {
  for (unsigned I = Size / 2; I-- > 0;)
    sift(Heap, I, Size);
  while (Size > 1) {
    int32_t Top = Heap[0];
    Heap[0] = Heap[--Size];
    Heap[Size] = Top;
    sift(Heap, 0, Size);
  }
}

static void mergeSort(int32_t *Data, int32_t *Extra, int Size) {
  if (Size <= 8) {
    insertionSort(Data, Data + Size - 1);
    return;
  }
  int Half = Size / 2;
  mergeSort(Data, Extra, Half);
  mergeSort(Data + Half, Extra, Size - Half);
  for (int I = 0; I < Half; ++I)
    Extra[I] = Data[I];
  int A = 0, B = Half, Out = 0;
  while (A < Half && B < Size)
    Data[Out++] = Data[B] < Extra[A] ? Data[B++] : Extra[A++];
  while (A < Half)
    Data[Out++] = Extra[A++];
}

static uint64_t summarise(uint64_t Hash, const int32_t *Data) {
  for (int I = 0; I < Count; ++I) {
    if (I && Data[I - 1] > Data[I])
      return 0; // not sorted
    Hash = mix(Hash, (uint32_t)Data[I]);
  }
  return Hash;
}

uint64_t run(void) {
  uint64_t Hash = 1;
  for (int Round = 0; Round < 3; ++Round) {
    fill((uint64_t)Round + 1);
    for (int I = 0; I < Count; ++I)
      Work[I] = Keys[I];
    if (Round == 0)
      quickSort(Work, Work + Count - 1);
    else if (Round == 1)
      heapSort(Work, Count);
    else
      mergeSort(Work, Spare, Count);
    Hash = summarise(Hash, Work);
  }
  return Hash;
}

const uint64_t Expected = 0x7a9d9a772090f77full;
