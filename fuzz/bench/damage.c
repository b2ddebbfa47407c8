/* SPDX-License-Identifier: Apache-2.0 */
/* What an armed bug does. Nothing here ends the process by itself, bench_damage_abort apart: the sanitizers have to.
 * They are kept from foreseeing it by sizes and pointers that are volatile. */
#include "bench/canaries.h"

#include <stdlib.h>
#include <string.h>

static volatile size_t eight = 8;
static volatile unsigned char sink;

static unsigned char *block(void) {
  unsigned char *octets = malloc(eight);
  if (octets == NULL) {
    abort();
  }
  memset(octets, 0, 8);
  return octets;
}

void bench_damage_overread(void) {
  unsigned char *octets = block();
  sink = octets[eight];
  free(octets);
}

void bench_damage_overwrite(void) {
  unsigned char *octets = block();
  volatile unsigned char *end = octets; /* nobody reads it, and the write is not to be left out for that */
  end[eight] = sink;
  free(octets);
}

void bench_damage_stack(void) {
  volatile unsigned char octets[8] = {0};
  volatile unsigned char *first = octets;
  sink = first[eight];
}

void bench_damage_use_after_free(void) {
  unsigned char *volatile octets = block();
  free(octets);
  sink = octets[0];
}

void bench_damage_double_free(void) {
  unsigned char *volatile octets = block();
  free(octets);
  free(octets);
}

void bench_damage_index(void) {
  static const unsigned char table[2] = {0, 1};
  sink = table[eight];
}

void bench_damage_arithmetic(void) {
  volatile int32_t number = INT32_MAX;
  number = number + 1;
  sink = (unsigned char)number;
}

void bench_damage_null(void) {
  unsigned char *volatile nothing = NULL;
  sink = *nothing;
}

void bench_damage_abort(void) {
  abort();
}
