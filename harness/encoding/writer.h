/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A growing row of octets in which earlier fields can be filled in later.
 *
 * The first failure stays: whatever is written after it is ignored, so a writer is asked once, at its end, how it went.
 */
#ifndef PACHECK_ENCODING_WRITER_H
#define PACHECK_ENCODING_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/encoding.h"

struct writer {
  const struct pac_memory *memory;
  uint8_t *data;
  size_t size;
  size_t capacity;
  unsigned options;         /* of enum pac_encode_option */
  unsigned depth;           /* of object blocks */
  struct pac_arena *orders; /* scratch: property orders, made when first needed */
  enum pac_result result;
};

void pac_writer_init(struct writer *writer, const struct pac_memory *memory, unsigned options);

/** Gives the octets when all went well, frees them otherwise. Answers the first failure. */
enum pac_result pac_writer_finish(struct writer *writer, struct pac_octets *given);

/** Keeps the first failure. */
void pac_writer_fail(struct writer *writer, enum pac_result result);

/**
 * Appends `count` octets of the value `octet` and says where they begin. After a failure the place is 0 and must be
 * written to by the functions below only.
 */
size_t pac_writer_fill(struct writer *writer, size_t count, uint8_t octet);
void pac_writer_append(struct writer *writer, const void *octets, size_t count);
void pac_writer_u8(struct writer *writer, uint8_t value);
void pac_writer_u16(struct writer *writer, uint16_t value);
void pac_writer_u32(struct writer *writer, uint32_t value);

/* Filling in: ignored after a failure. */
void pac_writer_set(struct writer *writer, size_t at, uint64_t value, unsigned octets);
/** The octets from `from` to the end, as a length. */
void pac_writer_set_length(struct writer *writer, size_t at, size_t from);

/** Appends an Encoded-String. */
void pac_writer_text(struct writer *writer, const char *text);
/** Appends UTF-16LE units without a terminator and says how many. */
uint32_t pac_writer_units(struct writer *writer, const char *text);

#endif
