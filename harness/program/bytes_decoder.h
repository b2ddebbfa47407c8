/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The state of one decoding of the octet form, and what an operand of an instruction means in it; shared by the files
 * that decode and by nothing else.
 */
#ifndef PACHECK_PROGRAM_BYTES_DECODER_H
#define PACHECK_PROGRAM_BYTES_DECODER_H

#include "program/carried.h"

/* An object under construction. */
struct maker {
  struct pac_object *object;
  uint32_t base;
  uint32_t row; /* in the table; NONE while it is not there as it is now */
};

struct decoder {
  struct pac_program *program;
  uint32_t maker_count;
  uint32_t next_maker; /* which is made anew when there are no more */
  struct maker makers[PAC_PROGRAM_OBJECTS_MAX];
  uint32_t spaces;
  uint32_t carried_count;
  struct pac_carried carried[PAC_POOL_CARRIED_MAX];
};

/* Where an instruction has its operation and its operands. */
enum operand { OP, A, B, C, D, E, F, G };

/* Passed over, as an instruction that makes no sense is; only a lack of memory ends the decoding. */
#define TAKE(call)                                \
  do {                                            \
    enum pac_result taken_ = (call);              \
    if (taken_ != PAC_RESULT_OK) {                \
      return taken_ == PAC_RESULT_NO_MEMORY ? taken_ : PAC_RESULT_OK; \
    }                                             \
  } while (0)

/* What an operand means: bytes_decode_operands.c ------------------------------------------------------------------- */

/** The carried piece that an operand means, from its front; null when it means an entry of a pool. */
struct pac_carried *pac_bytes_carried_of(struct decoder *decoder, uint8_t operand);

/* Each takes the pool's when what is carried cannot be used. Errors: PAC_RESULT_NO_MEMORY. */

enum pac_result pac_bytes_name_of(struct decoder *decoder, enum pac_pool_names names, uint8_t operand,
                                  const char **name);
/** `elements` is what an array of the pool points to. */
enum pac_result pac_bytes_value_of(struct decoder *decoder, enum pac_cim_type type, bool is_array, uint8_t operand,
                                   union pac_scalar elements[PAC_POOL_ELEMENTS_MAX], struct pac_value *value);
enum pac_result pac_bytes_qualifier_value_of(struct decoder *decoder, uint8_t operand, struct pac_value *value);
enum pac_result pac_bytes_context_of(struct decoder *decoder, uint8_t operand,
                                     const struct pac_named_values **context);
enum pac_result pac_bytes_async_context_of(struct decoder *decoder, uint8_t operand,
                                           const struct pac_named_values **context);

/* Objects under construction: bytes_decode_objects.c --------------------------------------------------------------- */

/** The object that an operand means, the newest for 0; null when there is none. */
struct maker *pac_bytes_maker_of(struct decoder *decoder, uint8_t operand);

/** Puts it into the table when it is not there as it is. */
enum pac_result pac_bytes_keep(struct decoder *decoder, struct maker *maker);

/** Makes, changes or keeps an object: the operations before PAC_BYTES_PUT. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_bytes_construct(struct decoder *decoder, enum pac_bytes_op op, const uint8_t *in);

#endif
