/* SPDX-License-Identifier: Apache-2.0 */
/* The mutator as a library that AFL++ loads (AFL_CUSTOM_MUTATOR_LIBRARY), for the target named in PAC_MUTATOR_TARGET. AFL++
 * lends no mutation of its own, so a small one for the leaves is here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mutator.h"
#include "random.h"

void *afl_custom_init(void *afl, unsigned seed);
size_t afl_custom_fuzz(void *data, uint8_t *octets, size_t size, uint8_t **out, uint8_t *partner, size_t partner_size,
                       size_t max);
void afl_custom_deinit(void *data);

struct afl_mutator {
  struct pac_mutator *mutator;
  struct random random;
  uint8_t octets[PAC_MUTATOR_OCTETS_MAX];
};

static struct random leaf_random;

static size_t havoc(uint8_t *octets, size_t size, size_t max) {
  unsigned changes = 1u << random_below(&leaf_random, 4);
  for (unsigned i = 0; i < changes && size > 0; i++) {
    uint32_t at = random_below(&leaf_random, (uint32_t)size);
    switch (random_below(&leaf_random, 6)) {
      case 0: octets[at] ^= (uint8_t)(1u << random_below(&leaf_random, 8)); break;
      case 1: octets[at] = (uint8_t)random_next(&leaf_random); break;
      case 2: octets[at] = (uint8_t)(octets[at] + random_below(&leaf_random, 33) - 16); break;
      case 3: octets[at] = random_chance(&leaf_random, 1, 2) ? 0 : 0xFF; break;
      case 4:
        if (size < max) {
          memmove(octets + at + 1, octets + at, size - at);
          size += 1;
        }
        break;
      default:
        if (size > 1) {
          memmove(octets + at, octets + at + 1, size - at - 1);
          size -= 1;
        }
    }
  }
  return size;
}

void *afl_custom_init(void *afl, unsigned seed) {
  (void)afl;
  const char *target = getenv("PAC_MUTATOR_TARGET");
  struct afl_mutator *state = calloc(1, sizeof *state);
  if (state == NULL) {
    return NULL;
  }
  state->random.state = seed;
  leaf_random.state = ~(uint64_t)seed;
  state->mutator = target == NULL ? NULL : pac_mutator_new(target, havoc);
  if (state->mutator == NULL) {
    fprintf(stderr, "PAC_MUTATOR_TARGET names no target with a mutator\n");
    free(state);
    return NULL;
  }
  return state;
}

size_t afl_custom_fuzz(void *data, uint8_t *octets, size_t size, uint8_t **out, uint8_t *partner, size_t partner_size,
                       size_t max) {
  struct afl_mutator *state = data;
  size = size < sizeof state->octets ? size : sizeof state->octets;
  max = max < sizeof state->octets ? max : sizeof state->octets;
  memcpy(state->octets, octets, size);
  *out = state->octets;
  do { /* AFL++ goes back to its queue after each, so that some have to go further at once */
    size = pac_mutate(state->mutator, state->octets, size, max, partner, partner_size, random_next(&state->random));
  } while (random_chance(&state->random, 1, 2));
  return size;
}

void afl_custom_deinit(void *data) {
  struct afl_mutator *state = data;
  pac_mutator_free(state->mutator);
  free(state);
}
