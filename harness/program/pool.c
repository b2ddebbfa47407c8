/* SPDX-License-Identifier: Apache-2.0 */
/* The pools of the octet form. What is first in a pool is what random octets mean most: names that meet each other again,
 * so that puts update, derive and conflict, and only now and then a name that no class may have. */
#include "program/pool.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const class_names[] = {
    "Test_Thing", "Test_Child",  "Test_Grandchild", "Test_Other", "Test_Thing", "Test_Child", "Test_Mixed", "Test_Thing",
    "Test_Child", "Test_Other",  "Test_Grandchild", "test_thing", "_Leading",   "Trailing_",  "9Digit",     NULL,
};
static const char *const property_names[] = {"Name", "Size", "Note", "Extra", "Id", "Other", "size", "Extra"};
static const char *const method_names[] = {"Act", "Another", "Act", "act"};
static const char *const qualifier_names[] = {
    "Description", "Color",   "Weight",   "Color",    "Shape", "Description", "Units",     "Weight",
    "key",         "Indexed", "Not_Null", "abstract", "Color", "singleton",   "amendment", "Weight",
};
static const char *const texts[] = {"a", "b", "the one", "", "quote\" and \\", "line\nbreak", "\xc3\xa9\xe2\x82\xac", "A"};
static const char *const datetimes[] = {"20240229235959.999999+060", "00000001020304.000005:000"};
static const char *const references[] = {"Test_Other.Name=\"a\"", "Test_Thing"};

static const char *const *name_pool(enum pac_pool_names names, size_t *count) {
  switch (names) {
    case PAC_POOL_CLASS:
      *count = COUNT(class_names);
      return class_names;
    case PAC_POOL_PROPERTY:
      *count = COUNT(property_names);
      return property_names;
    case PAC_POOL_METHOD:
      *count = COUNT(method_names);
      return method_names;
    case PAC_POOL_QUALIFIER:
      break;
  }
  *count = COUNT(qualifier_names);
  return qualifier_names;
}

const char *pac_pool_name(enum pac_pool_names names, uint8_t operand) {
  size_t count = 0;
  const char *const *pool = name_pool(names, &count);
  return pool[operand % count];
}

bool pac_pool_name_find(enum pac_pool_names names, const char *name, uint8_t *operand) {
  size_t count = 0;
  const char *const *pool = name_pool(names, &count);
  for (size_t i = 0; i < count; i++) {
    if (name == NULL || pool[i] == NULL ? name == pool[i] : strcmp(name, pool[i]) == 0) {
      *operand = (uint8_t)i;
      return true;
    }
  }
  return false;
}

static const enum pac_cim_type types[] = {
    PAC_CIM_STRING, PAC_CIM_UINT32, PAC_CIM_SINT32, PAC_CIM_BOOLEAN, PAC_CIM_STRING,   PAC_CIM_UINT8,
    PAC_CIM_SINT8,  PAC_CIM_SINT16, PAC_CIM_UINT16, PAC_CIM_SINT64,  PAC_CIM_UINT64,   PAC_CIM_REAL32,
    PAC_CIM_REAL64, PAC_CIM_CHAR16, PAC_CIM_DATETIME, PAC_CIM_REFERENCE, PAC_CIM_OBJECT,
};

_Static_assert(COUNT(types) == PAC_POOL_TYPES, "the mutator knows how many there are");

enum pac_cim_type pac_pool_type(uint8_t operand) {
  return types[operand % COUNT(types)];
}

uint8_t pac_pool_type_operand(enum pac_cim_type type) {
  uint8_t operand = 0;
  while (operand + 1u < COUNT(types) && types[operand] != type) {
    operand++;
  }
  return operand;
}

static int64_t least(unsigned bits) {
  return bits == 64 ? INT64_MIN : -((int64_t)1 << (bits - 1));
}

static uint64_t greatest(unsigned bits) {
  return bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
}

static union pac_scalar scalar_of(enum pac_cim_type type, uint8_t choice) {
  static const float singles[] = {0.0f, 1.0f, -2.5f, 1.17549435e-38f};
  static const double doubles[] = {0.0, 1.0, -2.5, -2.2250738585072014e-308};
  bool is_signed = false;
  unsigned bits = 0;
  union pac_scalar scalar;
  memset(&scalar, 0, sizeof scalar);
  if (pac_cim_type_is_integer(type, &is_signed, &bits)) {
    const int64_t signed_numbers[] = {7, 0, 1, -1, 8, 42, least(bits), (int64_t)(greatest(bits) >> 1)};
    const uint64_t numbers[] = {7, 0, 1, 2, 8, 42, greatest(bits), greatest(bits) >> 1};
    if (is_signed) {
      scalar.sint = signed_numbers[choice % 8];
    } else {
      scalar.uint = numbers[choice % 8];
    }
    return scalar;
  }
  switch (type) {
    case PAC_CIM_REAL32:
      scalar.real32 = singles[choice % 4];
      break;
    case PAC_CIM_REAL64:
      scalar.real64 = doubles[choice % 4];
      break;
    case PAC_CIM_BOOLEAN:
      scalar.boolean = choice % 2 == 0;
      break;
    case PAC_CIM_CHAR16:
      scalar.char16 = (uint16_t[]){'a', 0x20ac, '\'', 0x7f}[choice % 4];
      break;
    case PAC_CIM_DATETIME:
      scalar.text = datetimes[choice % COUNT(datetimes)];
      break;
    case PAC_CIM_REFERENCE:
      scalar.text = references[choice % COUNT(references)];
      break;
    default:
      scalar.text = texts[choice % COUNT(texts)];
      break;
  }
  return scalar;
}

struct pac_value pac_pool_value(enum pac_cim_type type, bool is_array, uint8_t operand,
                                union pac_scalar elements[PAC_POOL_ELEMENTS_MAX]) {
  uint8_t choice = operand % 8;
  uint32_t kind = (operand / 8u) % 4u;
  if (type == PAC_CIM_OBJECT || kind == 3) {
    return pac_value_null(type, is_array); /* which object is not for a pool to say */
  }
  struct pac_value value = {.type = type, .is_array = is_array};
  if (!is_array) {
    value.scalar = scalar_of(type, choice);
    return value;
  }
  value.count = (operand / 32u) % 4u;
  for (uint32_t i = 0; i < value.count; i++) {
    elements[i] = scalar_of(type, (uint8_t)(choice + i));
  }
  value.elements = value.count == 0 ? NULL : elements;
  return value;
}

struct pac_value pac_pool_qualifier_value(uint8_t operand) {
  uint8_t choice = operand / 4u;
  switch (operand % 4u) {
    case 0:
      return pac_value_boolean(choice % 4 != 3);
    case 1:
      return pac_value_string(texts[choice % COUNT(texts)]);
    case 2:
      return pac_value_sint(PAC_CIM_SINT32, choice % 8);
    default:
      return pac_value_real64((double)(choice % 8) / 2.0);
  }
}

struct element {
  const char *name;
  struct pac_value value;
};

static enum pac_result make_set(const struct pac_memory *memory, const struct element *elements, size_t count,
                                struct pac_named_values **given) {
  PAC_TRY(pac_named_values_new(memory, given));
  for (size_t i = 0; i < count; i++) {
    PAC_TRY(pac_named_values_add(*given, elements[i].name, &elements[i].value));
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_pool_context(const struct pac_memory *memory, uint8_t operand, struct pac_named_values **given) {
  static const union pac_scalar listed[] = {{.text = "Size"}};
  static const union pac_scalar listed_key[] = {{.text = "Name"}};
  const struct element hint[] = {{"Hint", pac_value_string("for the provider")},
                                 {"Level", pac_value_sint(PAC_CIM_SINT32, 5)}};
  const struct element partial[] = {
      {PAC_CONTEXT_PUT_EXTENSIONS, pac_value_boolean(true)},
      {PAC_CONTEXT_PUT_EXT_PROPERTIES, pac_value_array(PAC_CIM_STRING, listed, 1)}};
  const struct element partial_key[] = {
      {PAC_CONTEXT_PUT_EXTENSIONS, pac_value_boolean(true)},
      {PAC_CONTEXT_PUT_EXT_PROPERTIES, pac_value_array(PAC_CIM_STRING, listed_key, 1)}};
  const struct element architecture[] = {{PAC_CONTEXT_PROVIDER_ARCHITECTURE, pac_value_sint(PAC_CIM_SINT32, 64)}};
  *given = NULL;
  switch (operand % 16u) {
    case 1:
      return make_set(memory, NULL, 0, given);
    case 2:
    case 3:
      return make_set(memory, hint, operand % 16u - 1u, given);
    case PAC_POOL_CONTEXT_WITHOUT_LIST:
      return make_set(memory, partial, 1, given);
    case PAC_POOL_CONTEXT_PARTIAL:
      return make_set(memory, partial, 2, given);
    case 6:
      return make_set(memory, architecture, 1, given);
    case PAC_POOL_CONTEXT_PARTIAL_KEY:
      return make_set(memory, partial_key, 2, given);
    default:
      return PAC_RESULT_OK;
  }
}

enum pac_status pac_pool_answer(uint8_t operand) {
  static const enum pac_status answers[] = {PAC_STATUS_FAILED, PAC_STATUS_PROVIDER_FAILURE, PAC_STATUS_READ_ONLY,
                                            PAC_STATUS_ACCESS_DENIED};
  return answers[operand % COUNT(answers)];
}

static const uint32_t flag_values[] = {
    0,      0x1,    0x2,     0x20,    0x40,    0x10,    0x11,    0x12,       0x21,    0x41,    0x22,
    0x42,   0x30,   0x50,    0x31,    0x51,    0x20000, 0x20001, 0x20002,    0x20010, 0x20020, 0x20040,
    0x3,    0x60,   0x61,    0x80,    0x90,    0x10000, 0x1000,  0x100000,   0x100,   0x200,   0x4,
    0x8000, 0x10,   0x50,    0x30,    0x10,    0x11,    0x12,    0x40,       0x20,    0x0,     0x80000000,
};

uint32_t pac_pool_flags(uint8_t operand) {
  return flag_values[operand % COUNT(flag_values)];
}

bool pac_pool_flags_find(uint32_t flags, uint8_t *operand) {
  for (size_t i = 0; i < COUNT(flag_values); i++) {
    if (flag_values[i] == flags) {
      *operand = (uint8_t)i;
      return true;
    }
  }
  return false;
}
