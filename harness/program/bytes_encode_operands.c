/* SPDX-License-Identifier: Apache-2.0 */
/* Names, values and contexts as operands of the octet form: what a pool holds by its number there, all else in a piece that
 * is carried. */
#include "program/bytes_encoder.h"

#include <string.h>

#include "program/carried.h"

#define CARRIED_OCTETS_MAX 65534u

void pac_bytes_fail(struct encoder *encoder, enum pac_result result) {
  encoder->result = encoder->result == PAC_RESULT_OK ? result : encoder->result;
}

/* Pieces ------------------------------------------------------------------------------------------------------------------ */

static void octets_put(struct encoder *encoder, const void *octets, size_t size) {
  if (encoder->piece_size + size > encoder->piece_capacity) {
    size_t capacity = 2 * (encoder->piece_size + size) + 64;
    uint8_t *longer = pac_arena_allocate(encoder->arena, capacity);
    if (longer == NULL) {
      pac_bytes_fail(encoder, PAC_RESULT_NO_MEMORY);
      return;
    }
    if (encoder->piece_size > 0) {
      memcpy(longer, encoder->piece, encoder->piece_size);
    }
    encoder->piece = longer;
    encoder->piece_capacity = capacity;
  }
  if (size > 0) {
    memcpy(encoder->piece + encoder->piece_size, octets, size);
  }
  encoder->piece_size += size;
}

void pac_bytes_number_put(struct encoder *encoder, uint64_t number, unsigned octets) {
  for (unsigned i = 0; i < octets; i++) {
    uint8_t octet = (uint8_t)(number >> (8u * i));
    octets_put(encoder, &octet, 1);
  }
}

void pac_bytes_text_put(struct encoder *encoder, const char *text) {
  size_t length = text == NULL ? 0 : strlen(text);
  if (length >= PAC_BYTES_TEXT_NULL) {
    pac_bytes_fail(encoder, PAC_RESULT_LIMIT);
    return;
  }
  pac_bytes_number_put(encoder, text == NULL ? PAC_BYTES_TEXT_NULL : length, 2);
  octets_put(encoder, text, length);
}

void pac_bytes_begin_piece(struct encoder *encoder) {
  encoder->piece = NULL;
  encoder->piece_size = 0;
  encoder->piece_capacity = 0;
}

uint8_t pac_bytes_end_piece(struct encoder *encoder) {
  uint32_t index = 0;
  while (index < encoder->carried_count &&
         (encoder->carried[index].size != encoder->piece_size ||
          (encoder->piece_size > 0 && memcmp(encoder->carried[index].octets, encoder->piece, encoder->piece_size) != 0))) {
    index++;
  }
  if (index == PAC_POOL_CARRIED_MAX || encoder->piece_size > CARRIED_OCTETS_MAX) {
    pac_bytes_fail(encoder, PAC_RESULT_LIMIT);
    return 0;
  }
  if (index == encoder->carried_count) {
    encoder->carried[index].octets = encoder->piece;
    encoder->carried[index].size = encoder->piece_size;
    encoder->carried_count += 1;
  }
  return (uint8_t)(PAC_POOL_OPERANDS + index);
}

uint8_t pac_bytes_name_operand(struct encoder *encoder, enum pac_pool_names names, const char *name) {
  uint8_t operand = 0;
  if (pac_pool_name_find(names, name, &operand)) {
    return operand;
  }
  if (name == NULL) {
    pac_bytes_fail(encoder, PAC_RESULT_UNSUPPORTED);
    return 0;
  }
  pac_bytes_begin_piece(encoder);
  octets_put(encoder, name, strlen(name));
  return pac_bytes_end_piece(encoder);
}

/* Values ------------------------------------------------------------------------------------------------------------------ */

static void scalar_put(struct encoder *encoder, enum pac_cim_type type, const union pac_scalar *scalar) {
  bool is_signed = false;
  uint32_t word = 0;
  uint64_t long_word = 0;
  uint64_t index = 0;
  if (pac_cim_type_is_integer(type, &is_signed, NULL)) {
    pac_bytes_number_put(encoder, is_signed ? (uint64_t)scalar->sint : scalar->uint, 8);
    return;
  }
  switch (type) {
    case PAC_CIM_REAL32:
      memcpy(&word, &scalar->real32, sizeof word);
      pac_bytes_number_put(encoder, word, 4);
      break;
    case PAC_CIM_REAL64:
      memcpy(&long_word, &scalar->real64, sizeof long_word);
      pac_bytes_number_put(encoder, long_word, 8);
      break;
    case PAC_CIM_BOOLEAN:
      pac_bytes_number_put(encoder, scalar->boolean, 1);
      break;
    case PAC_CIM_CHAR16:
      pac_bytes_number_put(encoder, scalar->char16, 2);
      break;
    case PAC_CIM_OBJECT:
      for (uint32_t i = 0; scalar->object != NULL && index == 0 && i < encoder->program->object_count; i++) {
        index = pac_object_equal(encoder->program->objects[i].object, scalar->object) ? i + 1u : 0u;
      }
      if (scalar->object != NULL && index == 0) {
        pac_bytes_fail(encoder, PAC_RESULT_UNSUPPORTED);
      }
      pac_bytes_number_put(encoder, index, 1);
      break;
    default:
      pac_bytes_text_put(encoder, scalar->text);
      break;
  }
}

static void value_put(struct encoder *encoder, const struct pac_value *value) {
  pac_bytes_number_put(encoder,
                       (value->is_null ? PAC_BYTES_VALUE_NULL : 0u) | (value->is_array ? PAC_BYTES_VALUE_ARRAY : 0u), 1);
  if (value->is_null) {
    return;
  }
  if (!value->is_array) {
    scalar_put(encoder, value->type, &value->scalar);
    return;
  }
  if (value->count > UINT16_MAX) {
    pac_bytes_fail(encoder, PAC_RESULT_LIMIT);
    return;
  }
  pac_bytes_number_put(encoder, value->count, 2);
  for (uint32_t i = 0; i < value->count; i++) {
    scalar_put(encoder, value->type, &value->elements[i]);
  }
}

uint8_t pac_bytes_value_operand(struct encoder *encoder, const struct pac_value *value) {
  union pac_scalar elements[PAC_POOL_ELEMENTS_MAX];
  for (uint8_t operand = 0; operand < PAC_POOL_OPERANDS; operand++) {
    struct pac_value pooled = pac_pool_value(value->type, value->is_array, operand, elements);
    if (pac_value_equal(&pooled, value)) {
      return operand;
    }
  }
  if (!pac_carried_holds_few_objects(value)) {
    pac_bytes_fail(encoder, PAC_RESULT_LIMIT);
  }
  pac_bytes_begin_piece(encoder);
  value_put(encoder, value);
  return pac_bytes_end_piece(encoder);
}

uint8_t pac_bytes_qualifier_operand(struct encoder *encoder, const struct pac_value *value) {
  static const enum pac_cim_type types[] = PAC_BYTES_QUALIFIER_TYPES;
  for (uint8_t operand = 0; operand < PAC_POOL_OPERANDS; operand++) {
    struct pac_value pooled = pac_pool_qualifier_value(operand);
    if (pac_value_equal(&pooled, value)) {
      return operand;
    }
  }
  uint8_t type = 0;
  while (type < PAC_BYTES_QUALIFIER_TYPES_COUNT && types[type] != value->type) {
    type++;
  }
  pac_bytes_begin_piece(encoder);
  pac_bytes_number_put(encoder, type, 1);
  value_put(encoder, value);
  return pac_bytes_end_piece(encoder);
}

uint8_t pac_bytes_context_operand(struct encoder *encoder, const struct pac_named_values *values) {
  if (values == NULL || pac_named_values_count(values) == 0) {
    return values == NULL ? 0 : 1;
  }
  pac_bytes_begin_piece(encoder);
  pac_bytes_number_put(encoder, pac_named_values_count(values), 1);
  for (uint32_t i = 0; i < pac_named_values_count(values); i++) {
    const struct pac_named_value *element = pac_named_values_at(values, i);
    pac_bytes_text_put(encoder, element->name);
    pac_bytes_number_put(
        encoder, element->value.type == PAC_CIM_NONE ? UINT8_MAX : pac_pool_type_operand(element->value.type), 1);
    value_put(encoder, &element->value);
  }
  return pac_bytes_end_piece(encoder);
}
