//===- InstructionCount.c - A plugin that makes qemu count instructions ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Debian's qemu-riscv64 takes plugins and ships none, nor the header: the nine
// functions of its interface (version 1) that are needed are declared here.
//
//   qemu-riscv64 -plugin libcount.so,out=FILE[,blocks=on] PROGRAM
//
// writes the number of instructions executed, and with blocks=on one line
// "executions instructions address" for each block of code.
//===----------------------------------------------------------------------===//

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t PluginId;
typedef struct qemu_info_t Info;
struct qemu_plugin_tb;
enum { InlineAdd = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(
    PluginId, void (*)(PluginId, struct qemu_plugin_tb *));
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int Op,
                                              void *Counter, uint64_t By);
void qemu_plugin_register_atexit_cb(PluginId, void (*)(PluginId, void *),
                                    void *);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *);

int qemu_plugin_version = 1;
int qemu_plugin_install(PluginId, const Info *, int Count, char **Arguments);

typedef struct Block {
  struct Block *Next;
  uint64_t Address, Instructions, Executions;
} Block;

static Block *Blocks;
static const char *Out;
static int PrintBlocks;

// A block that is translated again is counted as another one. Calls of this
// function do not overlap: the programs have one thread.
static void translated(PluginId Id, struct qemu_plugin_tb *Tb) {
  (void)Id;
  Block *B = calloc(1, sizeof *B);
  if (!B)
    abort();
  B->Address = qemu_plugin_tb_vaddr(Tb);
  B->Instructions = qemu_plugin_tb_n_insns(Tb);
  B->Next = Blocks;
  Blocks = B;
  qemu_plugin_register_vcpu_tb_exec_inline(Tb, InlineAdd, &B->Executions, 1);
}

static void finished(PluginId Id, void *Data) {
  (void)Id, (void)Data;
  FILE *File = Out ? fopen(Out, "w") : stderr;
  if (!File) {
    perror(Out);
    return;
  }
  uint64_t Sum = 0;
  for (const Block *B = Blocks; B; B = B->Next)
    Sum += B->Executions * B->Instructions;
  fprintf(File, "%" PRIu64 "\n", Sum);
  for (const Block *B = Blocks; B && PrintBlocks; B = B->Next)
    fprintf(File, "%" PRIu64 " %" PRIu64 " %" PRIx64 "\n", B->Executions,
            B->Instructions, B->Address);
  fclose(File);
}

int qemu_plugin_install(PluginId Id, const Info *About, int Count,
                        char **Arguments) {
  (void)About;
  for (int I = 0; I < Count; ++I) {
    if (strncmp(Arguments[I], "out=", 4) == 0)
      Out = strdup(Arguments[I] + 4);
    else if (strcmp(Arguments[I], "blocks=on") == 0)
      PrintBlocks = 1;
    else
      return -1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(Id, translated);
  qemu_plugin_register_atexit_cb(Id, finished, NULL);
  return 0;
}
