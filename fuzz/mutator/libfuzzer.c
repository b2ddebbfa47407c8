/* SPDX-License-Identifier: Apache-2.0 */
/* The mutator inside of libFuzzer, for the target PAC_MUTATOR_TARGET. Now and then the engine's own mutation has the whole
 * input, so that dictionaries and the comparisons it has seen reach it. */
#include <string.h>

#include "mutator.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max) __attribute__((weak));
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size,
                                 uint8_t *out, size_t max, unsigned seed);

static size_t leaf(uint8_t *octets, size_t size, size_t max) {
  return LLVMFuzzerMutate == NULL ? size : LLVMFuzzerMutate(octets, size, max);
}

static struct pac_mutator *mutator(void) {
  static struct pac_mutator *made;
  if (made == NULL) {
    made = pac_mutator_new(PAC_MUTATOR_TARGET, leaf);
  }
  return made;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  if (mutator() == NULL || seed % 32 == 0) {
    return leaf(data, size, max);
  }
  return pac_mutate(mutator(), data, size, max, NULL, 0, seed);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size,
                                 uint8_t *out, size_t max, unsigned seed) {
  size_t size = left_size < max ? left_size : max;
  memcpy(out, left, size);
  return mutator() == NULL ? size : pac_mutate(mutator(), out, size, max, right, right_size, seed);
}
