/* SPDX-License-Identifier: Apache-2.0 */
/* Values and contexts that the octet form carries itself. Whatever the octets are, something that can be held comes of it. */
#include "program/carried.h"

#include <string.h>

uint64_t pac_carried_number(struct pac_carried *carried, unsigned octets) {
  uint64_t number = 0;
  for (unsigned i = 0; i < octets; i++) {
    uint64_t octet = carried->at < carried->size ? carried->data[carried->at] : 0u;
    number |= octet << (8u * i);
    carried->at += carried->at < carried->size;
  }
  return number;
}

enum pac_result pac_carried_text(struct pac_program *program, struct pac_carried *carried, const char **text) {
  uint64_t length = pac_carried_number(carried, 2);
  *text = NULL;
  if (length == PAC_BYTES_TEXT_NULL) {
    return PAC_RESULT_OK;
  }
  size_t left = carried->size - carried->at;
  size_t taken = length < left ? (size_t)length : left;
  char *copy = pac_arena_copy_text(program->arena, (const char *)carried->data + carried->at, taken);
  if (copy == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  carried->at += taken;
  struct pac_value as_value = pac_value_string(copy);
  if (strlen(copy) == taken && pac_value_check(&as_value) == PAC_RESULT_OK) {
    *text = copy;
  }
  return PAC_RESULT_OK;
}

static int64_t sign_extended(uint64_t number, unsigned bits) {
  uint64_t sign = (uint64_t)1 << (bits - 1);
  uint64_t low = bits == 64 ? number : number & ((sign << 1) - 1);
  return (int64_t)((low ^ sign) - sign);
}

static enum pac_result take_scalar(struct pac_program *program, struct pac_carried *carried, enum pac_cim_type type,
                                   union pac_scalar *scalar, bool *is_null) {
  bool is_signed = false;
  unsigned bits = 0;
  memset(scalar, 0, sizeof *scalar);
  *is_null = false;
  if (pac_cim_type_is_integer(type, &is_signed, &bits)) {
    uint64_t number = pac_carried_number(carried, 8);
    if (is_signed) {
      scalar->sint = sign_extended(number, bits);
    } else {
      scalar->uint = bits == 64 ? number : number & (((uint64_t)1 << bits) - 1);
    }
    return PAC_RESULT_OK;
  }
  uint32_t word = 0;
  uint64_t long_word = 0;
  uint64_t index = 0;
  switch (type) {
    case PAC_CIM_REAL32:
      word = (uint32_t)pac_carried_number(carried, 4);
      memcpy(&scalar->real32, &word, sizeof word);
      *is_null = scalar->real32 != scalar->real32; /* not a number: the text form could not say which */
      return PAC_RESULT_OK;
    case PAC_CIM_REAL64:
      long_word = pac_carried_number(carried, 8);
      memcpy(&scalar->real64, &long_word, sizeof long_word);
      *is_null = scalar->real64 != scalar->real64;
      return PAC_RESULT_OK;
    case PAC_CIM_BOOLEAN:
      scalar->boolean = (pac_carried_number(carried, 1) & 1u) != 0;
      return PAC_RESULT_OK;
    case PAC_CIM_CHAR16:
      scalar->char16 = (uint16_t)pac_carried_number(carried, 2);
      return PAC_RESULT_OK;
    case PAC_CIM_OBJECT:
      index = pac_carried_number(carried, 1);
      *is_null = index == 0 || program->object_count == 0;
      scalar->object = *is_null ? NULL : program->objects[(index - 1) % program->object_count].object;
      return PAC_RESULT_OK;
    default:
      PAC_TRY(pac_carried_text(program, carried, &scalar->text));
      *is_null = scalar->text == NULL;
      return PAC_RESULT_OK;
  }
}

/* An element that cannot be null becomes the least there is. */
static void mend_element(enum pac_cim_type type, union pac_scalar *scalar) {
  if (type == PAC_CIM_REAL32 || type == PAC_CIM_REAL64) {
    memset(scalar, 0, sizeof *scalar);
  }
}

enum pac_result pac_carried_value(struct pac_program *program, struct pac_carried *carried, enum pac_cim_type type,
                                  struct pac_value *value) {
  uint64_t flags = pac_carried_number(carried, 1);
  bool is_array = (flags & PAC_BYTES_VALUE_ARRAY) != 0;
  bool is_null = false;
  *value = pac_value_null(type, is_array);
  if ((flags & PAC_BYTES_VALUE_NULL) != 0 || type == PAC_CIM_NONE) {
    return PAC_RESULT_OK;
  }
  struct pac_value read = {.type = type, .is_array = is_array};
  if (!is_array) {
    PAC_TRY(take_scalar(program, carried, type, &read.scalar, &is_null));
  } else {
    uint64_t count = pac_carried_number(carried, 2);
    uint64_t left = carried->size - carried->at; /* every element is an octet at least */
    read.count = (uint32_t)(count < left ? count : left);
    union pac_scalar *elements = pac_arena_allocate_array(program->arena, read.count + 1u, sizeof *elements);
    if (elements == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    for (uint32_t i = 0; i < read.count; i++) {
      bool is_element_null = false;
      PAC_TRY(take_scalar(program, carried, type, &elements[i], &is_element_null));
      if (is_element_null) {
        mend_element(type, &elements[i]);
      }
    }
    read.elements = read.count == 0 ? NULL : elements;
  }
  if (!is_null && pac_value_check(&read) == PAC_RESULT_OK) {
    *value = read;
  }
  return PAC_RESULT_OK;
}

/* True when a value holds no more than *left objects, and takes them off it. */
static bool holds_few_objects(const struct pac_value *value, uint32_t *left) {
  const union pac_scalar *scalars = value->is_array ? value->elements : &value->scalar;
  uint32_t count = value->type != PAC_CIM_OBJECT || value->is_null ? 0 : value->is_array ? value->count : 1;
  for (uint32_t i = 0; i < count; i++) {
    const struct pac_object *object = scalars[i].object;
    if (object == NULL) {
      continue;
    }
    if (*left == 0) {
      return false;
    }
    *left -= 1;
    for (uint32_t j = 0; j < pac_object_property_count(object); j++) {
      if (!holds_few_objects(&pac_object_property_at(object, j)->value, left)) {
        return false;
      }
    }
  }
  return true;
}

bool pac_carried_holds_few_objects(const struct pac_value *value) {
  uint32_t left = PAC_CARRIED_OBJECTS_MAX;
  return holds_few_objects(value, &left);
}

enum pac_result pac_carried_context(struct pac_program *program, struct pac_carried *carried,
                                    struct pac_named_values **given) {
  uint64_t count = pac_carried_number(carried, 1);
  struct pac_named_values *values = NULL;
  PAC_TRY(pac_named_values_new(&program->memory, &values));
  for (uint64_t i = 0; i < count && carried->at < carried->size; i++) {
    const char *name = NULL;
    PAC_TRY(pac_carried_text(program, carried, &name));
    uint64_t type_octet = pac_carried_number(carried, 1);
    enum pac_cim_type type = type_octet == UINT8_MAX ? PAC_CIM_NONE : pac_pool_type((uint8_t)type_octet);
    struct pac_value value;
    PAC_TRY(pac_carried_value(program, carried, type, &value));
    if (name != NULL && name[0] != '\0') {
      enum pac_result result = pac_named_values_add(values, name, &value);
      if (result == PAC_RESULT_NO_MEMORY) {
        return result;
      }
    }
  }
  *given = values;
  return PAC_RESULT_OK;
}
