/* SPDX-License-Identifier: Apache-2.0 */
/* What the operands of the octet form mean: below 128 an entry of a pool, from there on what the input carries, if that can
 * be used where it stands. */
#include "program/bytes_decoder.h"

#include <string.h>

struct pac_carried *pac_bytes_carried_of(struct decoder *decoder, uint8_t operand) {
  if (operand < PAC_POOL_OPERANDS || decoder->carried_count == 0) {
    return NULL;
  }
  struct pac_carried *carried = &decoder->carried[(operand - PAC_POOL_OPERANDS) % decoder->carried_count];
  carried->at = 0;
  return carried;
}

enum pac_result pac_bytes_name_of(struct decoder *decoder, enum pac_pool_names names, uint8_t operand,
                                  const char **name) {
  const struct pac_carried *carried = pac_bytes_carried_of(decoder, operand);
  if (carried != NULL) {
    struct pac_carried whole = *carried; /* a name is all of it: no length stands before it */
    char *copy = pac_arena_copy_text(decoder->program->arena, (const char *)whole.data, whole.size);
    if (copy == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    struct pac_value as_value = pac_value_string(copy);
    if (strlen(copy) == whole.size && pac_value_check(&as_value) == PAC_RESULT_OK) {
      *name = copy;
      return PAC_RESULT_OK;
    }
  }
  *name = pac_pool_name(names, operand % PAC_POOL_OPERANDS);
  return PAC_RESULT_OK;
}

enum pac_result pac_bytes_value_of(struct decoder *decoder, enum pac_cim_type type, bool is_array, uint8_t operand,
                                   union pac_scalar elements[PAC_POOL_ELEMENTS_MAX], struct pac_value *value) {
  struct pac_carried *carried = pac_bytes_carried_of(decoder, operand);
  if (carried != NULL) {
    PAC_TRY(pac_carried_value(decoder->program, carried, type, value));
    if (value->is_array == is_array && pac_carried_holds_few_objects(value)) {
      return PAC_RESULT_OK;
    }
  }
  *value = pac_pool_value(type, is_array, operand % PAC_POOL_OPERANDS, elements);
  return PAC_RESULT_OK;
}

bool pac_bytes_is_of_qualifier(const struct pac_value *value) {
  static const enum pac_cim_type types[] = PAC_BYTES_QUALIFIER_TYPES;
  bool is_first_null = value->type == PAC_CIM_STRING && value->count > 0 && value->elements[0].text == NULL;
  unsigned type = 0;
  while (type < PAC_BYTES_QUALIFIER_TYPES_COUNT && types[type] != value->type) {
    type++;
  }
  return type < PAC_BYTES_QUALIFIER_TYPES_COUNT && !value->is_null &&
         !(value->is_array && (value->count == 0 || is_first_null));
}

enum pac_result pac_bytes_qualifier_value_of(struct decoder *decoder, uint8_t operand, struct pac_value *value) {
  static const enum pac_cim_type types[] = PAC_BYTES_QUALIFIER_TYPES;
  struct pac_carried *carried = pac_bytes_carried_of(decoder, operand);
  if (carried != NULL) {
    uint64_t type = pac_carried_number(carried, 1);
    PAC_TRY(pac_carried_value(decoder->program, carried, types[type % PAC_BYTES_QUALIFIER_TYPES_COUNT], value));
    if (pac_bytes_is_of_qualifier(value)) {
      return PAC_RESULT_OK;
    }
  }
  *value = pac_pool_qualifier_value(operand % PAC_POOL_OPERANDS);
  return PAC_RESULT_OK;
}

enum pac_result pac_bytes_context_of(struct decoder *decoder, uint8_t operand,
                                     const struct pac_named_values **context) {
  struct pac_carried *carried = pac_bytes_carried_of(decoder, operand);
  struct pac_named_values *values = NULL;
  if (carried != NULL) {
    PAC_TRY(pac_carried_context(decoder->program, carried, &values));
  } else {
    PAC_TRY(pac_pool_context(&decoder->program->memory, operand % PAC_POOL_OPERANDS, &values));
  }
  *context = values;
  return PAC_RESULT_OK;
}

enum pac_result pac_bytes_async_context_of(struct decoder *decoder, uint8_t operand,
                                           const struct pac_named_values **context) {
  if (operand <= 1 || operand >= PAC_POOL_OPERANDS) {
    return pac_bytes_context_of(decoder, operand, context);
  }
  char text[2] = {(char)('a' + operand % 26), '\0'};
  struct pac_value value = pac_value_string(text);
  struct pac_named_values *values = NULL;
  PAC_TRY(pac_named_values_new(&decoder->program->memory, &values));
  PAC_TRY(pac_named_values_add(values, "Call", &value));
  *context = values;
  return PAC_RESULT_OK;
}
