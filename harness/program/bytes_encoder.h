/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The state of one encoding to the octet form, and the operands that mean names, values and contexts; shared by the files
 * that encode and by nothing else. After a failure the rest does no harm.
 */
#ifndef PACHECK_PROGRAM_BYTES_ENCODER_H
#define PACHECK_PROGRAM_BYTES_ENCODER_H

#include "program/bytes.h"

/* The octets are written twice at most: once to be counted, once for real. Carried pieces are kept as they come. */
struct encoder {
  const struct pac_program *program;
  struct pac_arena *arena;
  enum pac_result result;
  uint32_t rows; /* made so far */
  uint32_t instruction_count;
  uint8_t instructions[PAC_BYTES_INSTRUCTIONS_MAX][PAC_PROGRAM_INSTRUCTION_OCTETS];
  uint8_t nowhere[PAC_PROGRAM_INSTRUCTION_OCTETS]; /* takes what is beyond the limit */
  uint32_t carried_count;
  struct {
    const uint8_t *octets;
    size_t size;
  } carried[PAC_POOL_CARRIED_MAX];
  uint8_t *piece; /* under construction */
  size_t piece_size, piece_capacity;
};

/** Keeps the first failure. */
void pac_bytes_fail(struct encoder *encoder, enum pac_result result);

/* Pieces: what is put between begin and end is carried. */

void pac_bytes_begin_piece(struct encoder *encoder);
void pac_bytes_number_put(struct encoder *encoder, uint64_t number, unsigned octets);
/** A text, which may be null, behind its length. */
void pac_bytes_text_put(struct encoder *encoder, const char *text);
/** Ends a piece and gives the operand that means it; equal pieces are carried once. */
uint8_t pac_bytes_end_piece(struct encoder *encoder);

/* Operands: of a pool where it holds the thing, of a new piece otherwise. */

uint8_t pac_bytes_name_operand(struct encoder *encoder, enum pac_pool_names names, const char *name);
uint8_t pac_bytes_value_operand(struct encoder *encoder, const struct pac_value *value);
uint8_t pac_bytes_qualifier_operand(struct encoder *encoder, const struct pac_value *value);
uint8_t pac_bytes_context_operand(struct encoder *encoder, const struct pac_named_values *values);

#endif
