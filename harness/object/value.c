/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making, checking, copying and comparing values. A null value is kept in one form only, with nothing behind it. Objects
 * inside a value are left to object.c and compare.c.
 */
#include "pacheck/value.h"

#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"
#include "object/text.h"

struct pac_value pac_value_null(enum pac_cim_type type, bool is_array) {
  return (struct pac_value){.type = type, .is_array = is_array, .is_null = true};
}

struct pac_value pac_value_sint(enum pac_cim_type type, int64_t number) {
  return (struct pac_value){.type = type, .scalar.sint = number};
}

struct pac_value pac_value_uint(enum pac_cim_type type, uint64_t number) {
  return (struct pac_value){.type = type, .scalar.uint = number};
}

struct pac_value pac_value_real32(float number) {
  return (struct pac_value){.type = PAC_CIM_REAL32, .scalar.real32 = number};
}

struct pac_value pac_value_real64(double number) {
  return (struct pac_value){.type = PAC_CIM_REAL64, .scalar.real64 = number};
}

struct pac_value pac_value_boolean(bool truth) {
  return (struct pac_value){.type = PAC_CIM_BOOLEAN, .scalar.boolean = truth};
}

struct pac_value pac_value_char16(uint16_t unit) {
  return (struct pac_value){.type = PAC_CIM_CHAR16, .scalar.char16 = unit};
}

struct pac_value pac_value_string(const char *text) {
  return (struct pac_value){.type = PAC_CIM_STRING, .scalar.text = text};
}

struct pac_value pac_value_datetime(const char *text) {
  return (struct pac_value){.type = PAC_CIM_DATETIME, .scalar.text = text};
}

struct pac_value pac_value_reference(const char *path) {
  return (struct pac_value){.type = PAC_CIM_REFERENCE, .scalar.text = path};
}

struct pac_value pac_value_object(const struct pac_object *object) {
  return (struct pac_value){.type = PAC_CIM_OBJECT, .scalar.object = object};
}

struct pac_value pac_value_array(enum pac_cim_type type, const union pac_scalar *elements, uint32_t count) {
  return (struct pac_value){.type = type, .is_array = true, .count = count, .elements = elements};
}

const char *pac_cim_type_word(enum pac_cim_type type) {
  switch (type) {
    case PAC_CIM_NONE:
      return "null";
#define WORD_CASE(name, number, word, member) \
  case PAC_CIM_##name:                        \
    return word;
      PAC_CIM_TYPE_MAP(WORD_CASE)
#undef WORD_CASE
  }
  return NULL;
}

enum pac_result pac_cim_type_find(const char *word, enum pac_cim_type *type) {
  static const enum pac_cim_type types[] = {
#define TYPE_ROW(name, number, word, member) PAC_CIM_##name,
      PAC_CIM_TYPE_MAP(TYPE_ROW)
#undef TYPE_ROW
  };
  if (word == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
    if (pac_name_equal(pac_cim_type_word(types[i]), word)) {
      *type = types[i];
      return PAC_RESULT_OK;
    }
  }
  return PAC_RESULT_NOT_FOUND;
}

bool pac_cim_type_is_integer(enum pac_cim_type type, bool *is_signed, unsigned *bits) {
  bool has_sign = false;
  unsigned width = 0;
  switch (type) {
    case PAC_CIM_SINT8:
    case PAC_CIM_SINT16:
    case PAC_CIM_SINT32:
    case PAC_CIM_SINT64:
      has_sign = true;
      width = type == PAC_CIM_SINT8 ? 8 : type == PAC_CIM_SINT16 ? 16 : type == PAC_CIM_SINT32 ? 32 : 64;
      break;
    case PAC_CIM_UINT8:
    case PAC_CIM_UINT16:
    case PAC_CIM_UINT32:
    case PAC_CIM_UINT64:
      width = type == PAC_CIM_UINT8 ? 8 : type == PAC_CIM_UINT16 ? 16 : type == PAC_CIM_UINT32 ? 32 : 64;
      break;
    default:
      return false;
  }
  if (is_signed != NULL) {
    *is_signed = has_sign;
  }
  if (bits != NULL) {
    *bits = width;
  }
  return true;
}

static bool type_is_text(enum pac_cim_type type) {
  return type == PAC_CIM_STRING || type == PAC_CIM_DATETIME || type == PAC_CIM_REFERENCE;
}

static enum pac_result check_text(const char *text) {
  size_t length = strnlen(text, (size_t)PAC_TEXT_OCTETS_MAX + 1);
  if (length > PAC_TEXT_OCTETS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  return pac_text_is_well_formed(text, length) ? PAC_RESULT_OK : PAC_RESULT_INVALID_ARGUMENT;
}

/* Checks `count` scalars of one type; the pointers among them may be null when `may_be_null`. */
static enum pac_result check_scalars(enum pac_cim_type type, const union pac_scalar *scalars, uint32_t count,
                                     bool may_be_null) {
  bool is_signed = false;
  unsigned bits = 64;
  if (pac_cim_type_is_integer(type, &is_signed, &bits)) {
    for (uint32_t i = 0; bits < 64 && i < count; i++) {
      int64_t limit = (int64_t)1 << (bits - 1);
      if (is_signed ? scalars[i].sint < -limit || scalars[i].sint >= limit : scalars[i].uint >> bits != 0) {
        return PAC_RESULT_TYPE_MISMATCH;
      }
    }
    return PAC_RESULT_OK;
  }
  for (uint32_t i = 0; i < count; i++) {
    const void *pointer = type == PAC_CIM_OBJECT ? (const void *)scalars[i].object : scalars[i].text;
    if (type != PAC_CIM_OBJECT && !type_is_text(type)) {
      return PAC_RESULT_OK;
    }
    if (pointer == NULL) {
      if (!may_be_null) {
        return PAC_RESULT_INVALID_ARGUMENT;
      }
    } else if (type == PAC_CIM_OBJECT) {
      if (pac_object_nesting(scalars[i].object) > PAC_OBJECT_NESTING_MAX) {
        return PAC_RESULT_LIMIT;
      }
    } else {
      PAC_TRY(check_text(scalars[i].text));
    }
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_value_check(const struct pac_value *value) {
  if (value == NULL || pac_cim_type_word(value->type) == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  if (value->type == PAC_CIM_NONE) {
    return value->is_null && !value->is_array ? PAC_RESULT_OK : PAC_RESULT_INVALID_ARGUMENT;
  }
  if (value->is_null) {
    return PAC_RESULT_OK;
  }
  if (!value->is_array) {
    return check_scalars(value->type, &value->scalar, 1, false);
  }
  if (value->count > PAC_ARRAY_ELEMENTS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  if (value->count != 0 && value->elements == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  return check_scalars(value->type, value->elements, value->count, true);
}

unsigned pac_value_nesting(const struct pac_value *value) {
  if (value->type != PAC_CIM_OBJECT || value->is_null) {
    return 0;
  }
  const union pac_scalar *scalars = value->is_array ? value->elements : &value->scalar;
  uint32_t count = value->is_array ? value->count : 1;
  unsigned deepest = 0;
  for (uint32_t i = 0; i < count; i++) {
    unsigned nesting = scalars[i].object != NULL ? pac_object_nesting(scalars[i].object) : 0;
    deepest = nesting > deepest ? nesting : deepest;
  }
  return deepest;
}

enum pac_result pac_value_check_inside(const struct pac_value *value) {
  PAC_TRY(pac_value_check(value));
  if (value->type == PAC_CIM_NONE) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  return pac_value_nesting(value) < PAC_OBJECT_NESTING_MAX ? PAC_RESULT_OK : PAC_RESULT_LIMIT;
}

enum pac_result pac_name_check(const char *name) {
  if (name == NULL || name[0] == '\0') {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  size_t length = strnlen(name, PAC_NAME_OCTETS_MAX + 1u);
  if (length > PAC_NAME_OCTETS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  return pac_text_is_well_formed(name, length) ? PAC_RESULT_OK : PAC_RESULT_INVALID_ARGUMENT;
}

static bool copy_scalar(struct pac_arena *arena, enum pac_cim_type type, const union pac_scalar *from,
                        union pac_scalar *to) {
  if (type == PAC_CIM_OBJECT && from->object != NULL) {
    struct pac_object *object = NULL;
    if (pac_object_copy_in(arena, from->object, PAC_COPY_WHOLE, &object) != PAC_RESULT_OK) {
      return false;
    }
    to->object = object;
  } else if (type_is_text(type) && from->text != NULL) {
    to->text = pac_arena_copy_text(arena, from->text, strlen(from->text));
    return to->text != NULL;
  } else {
    *to = *from;
  }
  return true;
}

bool pac_value_copy_unchecked(struct pac_arena *arena, const struct pac_value *value, struct pac_value *copy) {
  bool has_pointer = value->is_array || value->type == PAC_CIM_OBJECT || type_is_text(value->type);
  if (!value->is_null && !has_pointer) {
    *copy = *value;
    copy->count = 0;
    copy->elements = NULL;
    return true;
  }
  struct pac_value result = {.type = value->type, .is_array = value->is_array, .is_null = value->is_null};
  if (!value->is_null && !value->is_array) {
    if (!copy_scalar(arena, value->type, &value->scalar, &result.scalar)) {
      return false;
    }
  } else if (!value->is_null && value->count != 0) {
    union pac_scalar *elements = pac_arena_allocate_array(arena, value->count, sizeof *elements);
    if (elements == NULL) {
      return false;
    }
    for (uint32_t i = 0; i < value->count; i++) {
      if (!copy_scalar(arena, value->type, &value->elements[i], &elements[i])) {
        return false;
      }
    }
    result.count = value->count;
    result.elements = elements;
  }
  *copy = result;
  return true;
}

enum pac_result pac_value_copy(struct pac_arena *arena, const struct pac_value *value, struct pac_value *copy) {
  PAC_TRY(pac_value_check(value));
  return pac_value_copy_unchecked(arena, value, copy) ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

static bool scalar_same(enum pac_cim_type type, const union pac_scalar *left, const union pac_scalar *right,
                        unsigned ignore) {
  switch (type) {
    case PAC_CIM_REAL32:
      return memcmp(&left->real32, &right->real32, sizeof left->real32) == 0;
    case PAC_CIM_REAL64:
      return memcmp(&left->real64, &right->real64, sizeof left->real64) == 0;
    case PAC_CIM_BOOLEAN:
      return left->boolean == right->boolean;
    case PAC_CIM_CHAR16:
      return left->char16 == right->char16;
    case PAC_CIM_OBJECT:
      if (left->object == NULL || right->object == NULL) {
        return left->object == right->object;
      }
      return pac_object_compare(left->object, right->object, ignore, NULL, 0);
    case PAC_CIM_STRING:
    case PAC_CIM_DATETIME:
    case PAC_CIM_REFERENCE:
      if (left->text == NULL || right->text == NULL) {
        return left->text == right->text;
      }
      return left->text == right->text || strcmp(left->text, right->text) == 0;
    default:
      return left->uint == right->uint;
  }
}

bool pac_value_same(const struct pac_value *left, const struct pac_value *right, unsigned ignore) {
  if (left->type != right->type || left->is_array != right->is_array || left->is_null != right->is_null) {
    return false;
  }
  if (left->is_null) {
    return true;
  }
  if (!left->is_array) {
    return scalar_same(left->type, &left->scalar, &right->scalar, ignore);
  }
  if (left->count != right->count) {
    return false;
  }
  for (uint32_t i = 0; i < left->count; i++) {
    if (!scalar_same(left->type, &left->elements[i], &right->elements[i], ignore)) {
      return false;
    }
  }
  return true;
}

bool pac_value_equal(const struct pac_value *left, const struct pac_value *right) {
  return pac_value_same(left, right, PAC_COMPARE_ALL);
}
