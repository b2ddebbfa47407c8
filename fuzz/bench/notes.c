/* SPDX-License-Identifier: Apache-2.0 */
/* Notes planted bugs in the file that PAC_BENCH_FILE names, one octet a bug. With PAC_BENCH_ARMED set to a number, that
 * bug does its damage: then it has to be detected and not only met. Compiled without instrumentation. */
#include "bench/canaries.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define CANARIES_MAX 64u /* octets of the file; canaries.py reads it here */

#define CANARY(number, tier, target, name, damage, text) \
  _Static_assert((number) < CANARIES_MAX, "the file has an octet for " #name);
#include "canaries.def"
#undef CANARY

static uint8_t *met(void) {
  static uint8_t own[CANARIES_MAX];
  static uint8_t *shared;
  if (shared == NULL) {
    const char *path = getenv("PAC_BENCH_FILE");
    int file = path == NULL ? -1 : open(path, O_RDWR);
    void *map = file < 0 ? MAP_FAILED : mmap(NULL, CANARIES_MAX, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    shared = map == MAP_FAILED ? own : map;
    if (file >= 0) {
      close(file);
    }
  }
  return shared;
}

static void (*damage_of(enum bench_canary canary))(void) {
  switch (canary) {
#define CANARY(number, tier, target, name, damage, text) \
  case BENCH_##name:                                     \
    return bench_damage_##damage;
#include "canaries.def"
#undef CANARY
  }
  return bench_damage_abort;
}

void bench_note(enum bench_canary canary) {
  static int armed = -1;
  if (armed < 0) {
    const char *text = getenv("PAC_BENCH_ARMED");
    armed = text == NULL ? 0 : atoi(text);
  }
  met()[canary] = 1;
  if (armed == (int)canary) {
    damage_of(canary)();
  }
}
