/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How a target reads its input: options from the end of the data, the subject of the test from its beginning.
 *
 * So octets that a fuzzer changes in the subject leave the options alone, and a seed file is the subject itself with a few
 * octets behind it. When the data runs out every option is its minimum.
 */
#ifndef PACHECK_FUZZ_INPUT_H
#define PACHECK_FUZZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Stops the process when a property does not hold, which every engine counts as a finding. */
#define PAC_CHECK(condition, ...)                                             \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not (%s): ", __FILE__, __LINE__, #condition);   \
      fprintf(stderr, __VA_ARGS__);                                           \
      fputc('\n', stderr);                                                    \
      abort();                                                                \
    }                                                                         \
  } while (0)

/** The entry point of every target; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct pac_input {
  const uint8_t *data; /* what is left, from the beginning */
  size_t size;
};

/** Takes an octet from the end. */
static inline uint8_t pac_input_u8(struct pac_input *input) {
  if (input->size == 0) {
    return 0;
  }
  input->size -= 1;
  return input->data[input->size];
}

/** Takes four octets from the end, the last one the lowest. */
static inline uint32_t pac_input_u32(struct pac_input *input) {
  uint32_t number = 0;
  for (unsigned i = 0; i < 4; i++) {
    number |= (uint32_t)pac_input_u8(input) << (8 * i);
  }
  return number;
}

static inline bool pac_input_bool(struct pac_input *input) {
  return (pac_input_u8(input) & 1) != 0;
}

/** Takes a number below `limit`, which is not 0. */
static inline uint32_t pac_input_below(struct pac_input *input, uint32_t limit) {
  uint32_t number = limit <= 256 ? pac_input_u8(input) : pac_input_u32(input);
  return number % limit;
}

/**
 * Copies `size` octets of what is left, from the beginning, into a block of exactly that size, so that a sanitizer sees
 * the first octet read beyond it. Given; null when size is 0.
 */
static inline uint8_t *pac_input_take(struct pac_input *input, size_t size) {
  size = size < input->size ? size : input->size;
  uint8_t *copy = NULL;
  if (size > 0) {
    copy = malloc(size);
    PAC_CHECK(copy != NULL, "not enough memory");
    memcpy(copy, input->data, size);
  }
  input->data += size;
  input->size -= size;
  return copy;
}

#endif
