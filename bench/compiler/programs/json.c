//===- json.c - JSON: made, parsed into a tree, checked, written again ----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { MaxText = 40000, MaxValues = 12000 };

typedef enum { Null, Bool, Integer, String, Array, Object } Kind;

typedef struct Value {
  Kind Type;
  int64_t Number;             // or length of the string
  const char *Text;           // of a string
  const char *Key;            // in an object
  unsigned KeyLength;
  struct Value *First, *Next; // children, siblings
} Value;

static char Source[MaxText], Written[MaxText];
static unsigned SourceSize, WrittenSize;
static Value Values[MaxValues];
static unsigned UsedValues;

static void put(char C) { Source[SourceSize++] = C; }

static void putText(const char *Text) {
  while (*Text)
    put(*Text++);
}

static void putNumber(int64_t Number) {
  char Digits[20];
  int Count = 0;
  if (Number < 0) {
    put('-');
    Number = -Number;
  }
  do
    Digits[Count++] = (char)('0' + Number % 10);
  while (Number /= 10);
  while (Count)
    put(Digits[--Count]);
}

static void generate(uint64_t *Seed, int Depth) {
  const uint64_t R = nextRandom(Seed) >> 20;
  switch (Depth > 5 ? R % 4 : Depth < 2 ? 4 + R % 3 : R % 7) {
  case 0: putText("null"); break;
  case 1: putText(R & 64 ? "true" : "false"); break;
  case 2: putNumber((int64_t)(R >> 8) % 2000000 - 1000000); break;
  case 3:
    putText("\"s\\n");
    for (unsigned I = 0; I < (R >> 9 & 15); ++I)
      put((char)('a' + (R >> I) % 26));
    put('"');
    break;
  case 4:
    putText("[ ");
    for (unsigned I = 0, E = 1 + (R >> 9 & 7); I < E; ++I) {
      if (I)
        putText(", ");
      generate(Seed, Depth + 1);
    }
    put(']');
    break;
  default:
    putText("{\n");
    for (unsigned I = 0, E = 1 + (R >> 9 & 7); I < E; ++I) {
      if (I)
        putText(",\n");
      putText("\"key");
      putNumber(I);
      putText("\" : ");
      generate(Seed, Depth + 1);
    }
    putText("\n}");
  }
}

static const char *Cursor, *End;

static void skipSpace(void) {
  while (Cursor < End && (*Cursor == ' ' || *Cursor == '\n' ||
                          *Cursor == '\t' || *Cursor == '\r'))
    ++Cursor;
}

static bool accept(char C) {
  skipSpace();
  if (Cursor == End || *Cursor != C)
    return false;
  ++Cursor;
  return true;
}

static bool acceptWord(const char *Word) {
  const char *P = Cursor;
  while (*Word)
    if (P == End || *P++ != *Word++)
      return false;
  Cursor = P;
  return true;
}

static bool parseString(const char **Text, int64_t *Length) {
  if (!accept('"'))
    return false;
  *Text = Cursor;
  for (; Cursor < End && *Cursor != '"'; ++Cursor)
    if (*Cursor == '\\')
      ++Cursor;
  *Length = Cursor - *Text;
  return Cursor++ < End;
}

static Value *parse(void) {
  if (UsedValues == MaxValues)
    return NULL;
  Value *V = &Values[UsedValues++];
  skipSpace();
  switch (Cursor < End ? *Cursor : 0) {
  case 'n':
    V->Type = Null;
    return acceptWord("null") ? V : NULL;
  case 't':
  case 'f':
    V->Type = Bool;
    V->Number = *Cursor == 't';
    return acceptWord(V->Number ? "true" : "false") ? V : NULL;
  case '"':
    V->Type = String;
    return parseString(&V->Text, &V->Number) ? V : NULL;
  case '[':
  case '{': {
    const bool IsObject = *Cursor++ == '{';
    V->Type = IsObject ? Object : Array;
    Value **Link = &V->First;
    const char Close = IsObject ? '}' : ']';
    if (accept(Close))
      return V;
    do {
      const char *Key = NULL;
      int64_t Length = 0;
      if (IsObject && (!parseString(&Key, &Length) || !accept(':')))
        return NULL;
      Value *Child = parse();
      if (!Child)
        return NULL;
      Child->Key = Key;
      Child->KeyLength = (unsigned)Length;
      *Link = Child;
      Link = &Child->Next;
      ++V->Number;
    } while (accept(','));
    return accept(Close) ? V : NULL;
  }
  case '-': case '0': case '1': case '2': case '3': case '4':
  case '5': case '6': case '7': case '8': case '9': {
    V->Type = Integer;
    const bool Negative = *Cursor == '-';
    if (Negative)
      ++Cursor;
    for (; Cursor < End && *Cursor >= '0' && *Cursor <= '9'; ++Cursor)
      V->Number = V->Number * 10 + (*Cursor - '0');
    if (Negative)
      V->Number = -V->Number;
    return V;
  }
  default:
    return NULL;
  }
}

static void write(const char *Text, unsigned Length) {
  for (unsigned I = 0; I < Length; ++I)
    Written[WrittenSize++] = Text[I];
}

static void writeValue(const Value *V) {
  switch (V->Type) {
  case Null: write("null", 4); break;
  case Bool: V->Number ? write("true", 4) : write("false", 5); break;
  case Integer: {
    char Digits[24];
    unsigned At = sizeof Digits;
    uint64_t Rest =
        V->Number < 0 ? -(uint64_t)V->Number : (uint64_t)V->Number;
    do
      Digits[--At] = (char)('0' + Rest % 10);
    while (Rest /= 10);
    if (V->Number < 0)
      Digits[--At] = '-';
    write(Digits + At, (unsigned)sizeof Digits - At);
    break;
  }
  case String:
    write("\"", 1);
    write(V->Text, (unsigned)V->Number);
    write("\"", 1);
    break;
  case Array:
  case Object:
    write(V->Type == Array ? "[" : "{", 1);
    for (const Value *Child = V->First; Child; Child = Child->Next) {
      if (Child != V->First)
        write(",", 1);
      if (V->Type == Object) {
        write("\"", 1);
        write(Child->Key, Child->KeyLength);
        write("\":", 2);
      }
      writeValue(Child);
    }
    write(V->Type == Array ? "]" : "}", 1);
  }
}

static int64_t sum(const Value *V, int Depth) {
  int64_t Total = V->Number * Depth;
  for (const Value *Child = V->First; Child; Child = Child->Next)
    Total += sum(Child, Depth + 1);
  return Total;
}

static Value *parseText(const char *Text, unsigned Size) {
  UsedValues = 0;
  for (unsigned I = 0; I < MaxValues; ++I)
    Values[I].Number = 0, Values[I].First = Values[I].Next = NULL;
  Cursor = Text;
  End = Text + Size;
  return parse();
}

uint64_t run(void) {
  uint64_t Hash = 0, Seed = 23;
  for (int Round = 0; Round < 12; ++Round) {
    SourceSize = WrittenSize = 0;
    generate(&Seed, 0);
    Value *V = parseText(Source, SourceSize);
    if (!V)
      return 0;
    const int64_t Before = sum(V, 1);
    writeValue(V);
    V = parseText(Written, WrittenSize);
    if (!V || sum(V, 1) != Before)
      return 0;
    Hash = mix(mix(Hash, SourceSize), WrittenSize + (uint64_t)Before);
  }
  return Hash;
}

const uint64_t Expected = 0xb04c2a19926e242cull;
