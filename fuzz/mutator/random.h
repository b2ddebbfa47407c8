/* SPDX-License-Identifier: Apache-2.0 */
/** The mutator's random numbers: one 64-bit state, splitmix. */
#ifndef PACHECK_FUZZ_RANDOM_H
#define PACHECK_FUZZ_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
  uint64_t state;
};

static inline uint64_t random_next(struct random *random) {
  uint64_t mixed = (random->state += 0x9E3779B97F4A7C15u);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

/** A number below `limit`; 0 when limit is 0. */
static inline uint32_t random_below(struct random *random, uint32_t limit) {
  return limit == 0 ? 0 : (uint32_t)(random_next(random) >> 33) % limit;
}

/** True in `chances` of `of`. */
static inline bool random_chance(struct random *random, uint32_t chances, uint32_t of) {
  return random_below(random, of) < chances;
}

#endif
