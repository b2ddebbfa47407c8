/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The input of put_object and put_scene: an encoded object, an encoded context behind it, and options at the end: flags, an
 * octet that is the target's own, the size of the context.
 *
 * What is decoded is the harness's, in memory that the next input takes again. The octets stand in blocks of exactly their
 * size, for an implementation that reads them itself.
 */
#ifndef PACHECK_FUZZ_PUT_INPUT_H
#define PACHECK_FUZZ_PUT_INPUT_H

#include "input.h"
#include "pacheck/encoding.h"
#include "reused_memory.h"

struct put_input {
  uint32_t flags;
  uint8_t manner; /* the target's own */
  uint8_t *octets;
  size_t size;
  uint8_t *context_octets; /* null when there are none */
  size_t context_size;
  const struct pac_memory *memory; /* of the harness, until the next input */
};

/** Reads the input, and takes back what the one before it had. */
static inline void put_input_read(struct put_input *put, const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  *put = (struct put_input){.memory = reused_memory(), .flags = pac_input_u32(&input)};
  put->manner = pac_input_u8(&input);
  put->context_size = pac_input_u8(&input);
  put->context_size |= (size_t)pac_input_u8(&input) << 8;
  put->context_size = put->context_size < input.size ? put->context_size : input.size;
  put->size = input.size - put->context_size;
  put->octets = pac_input_take(&input, put->size);
  put->context_octets = pac_input_take(&input, put->context_size);
}

static inline void put_input_free(struct put_input *put) {
  free(put->octets);
  free(put->context_octets);
}

/** What a strict reader makes of the object, or what a tolerant one does: a vendor's reader may be either. Null when nothing. */
static inline struct pac_object *put_input_object(const struct put_input *put, enum pac_encoding_profile profile) {
  struct pac_decoding decoding = {.profile = profile};
  struct pac_object *object = NULL;
  enum pac_result result = pac_unit_decode(put->memory, put->octets, put->size, &decoding, &object);
  return result == PAC_RESULT_OK ? object : NULL;
}

/** The context as a tolerant reader takes it; null when there is none. */
static inline struct pac_named_values *put_input_context(const struct put_input *put) {
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  struct pac_named_values *set = NULL;
  if (put->context_size == 0) {
    return NULL;
  }
  enum pac_result result = pac_context_decode(put->memory, put->context_octets, put->context_size, &decoding, &set);
  return result == PAC_RESULT_OK ? set : NULL;
}

#endif
