//===- files.c - Files below a directory that the user granted ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Run with --dir <empty folder>::/data
//===----------------------------------------------------------------------===//

#include "Check.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  FILE *file = fopen("/data/numbers", "w");
  CHECK(file != NULL);
  if (!file)
    return checked();
  for (int i = 0; i < 1000; ++i)
    fprintf(file, "%d\n", i * i);
  CHECK(fclose(file) == 0);

  struct stat status;
  CHECK(stat("/data/numbers", &status) == 0 && S_ISREG(status.st_mode));
  CHECK(status.st_size == 6537);

  file = fopen("/data/numbers", "r");
  CHECK(file != NULL);
  int value, count = 0;
  while (fscanf(file, "%d", &value) == 1) {
    CHECK(value == count * count);
    ++count;
  }
  CHECK(count == 1000 && feof(file));
  CHECK(fseek(file, 2, SEEK_SET) == 0 && ftell(file) == 2);
  CHECK(fgetc(file) == '1' && ungetc('x', file) == 'x' && fgetc(file) == 'x');
  char line[20];
  CHECK(fgets(line, sizeof line, file) && strcmp(line, "\n") == 0);
  CHECK(fgets(line, sizeof line, file) && strcmp(line, "4\n") == 0);
  fclose(file);

  file = fopen("/data/numbers", "a+");
  fputs("end", file);
  fseek(file, -3, SEEK_END);
  CHECK(fread(line, 1, 20, file) == 3 && memcmp(line, "end", 3) == 0);
  fclose(file);

  CHECK(remove("/data/numbers") == 0);
  CHECK(fopen("/data/numbers", "r") == NULL && errno == ENOENT);
  CHECK(fopen("/etc/passwd", "r") == NULL);
  CHECK(fopen("/data/../../etc/passwd", "r") == NULL);
  CHECK(write(99, "x", 1) == -1 && errno == EBADF);
  return checked();
}
