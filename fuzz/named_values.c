/* SPDX-License-Identifier: Apache-2.0 */
/* A named value set does what a plain list of names and numbers does: unique names ignoring case, first spelling and
 * place kept, last value kept; a clone stands for itself, what was given to a set is copied, and two sets are equal when
 * they hold the same, in whatever order. Operations are three octets each, from the beginning. */
#include "input.h"
#include "pacheck/named_values.h"

#define MODEL_MAX 64u
#define OPERATIONS_MAX 512u

struct model {
  const char *names[MODEL_MAX];
  struct pac_value values[MODEL_MAX];
  uint32_t count;
};

/* Neighbours that meet only when case is folded for the ASCII letters alone. */
static const char *const names[] = {"a", "A", "b", "B", "__PUT_EXTENSIONS", "__put_extensions", "\xC3\x84", "\xC3\xA4", "ab",
                                    "aB", "a b", "k", "\xE2\x84\xAA", "[", "{", "", NULL};
#define NAMES_COUNT (sizeof names / sizeof names[0])

static uint32_t find(const struct model *model, const char *name) {
  uint32_t at = 0;
  while (at < model->count && pac_name_compare(model->names[at], name) != 0) {
    at += 1;
  }
  return at;
}

static struct pac_value value_of(uint8_t octet) {
  static const union pac_scalar elements[] = {{.text = "x"}, {.text = "y"}, {.text = NULL}};
  switch (octet % 8) {
    case 0: return pac_value_null(PAC_CIM_NONE, false);
    case 1: return pac_value_boolean((octet & 8) != 0);
    case 2: return pac_value_sint(PAC_CIM_SINT8, (int64_t)octet - 128);
    case 3: return pac_value_sint(PAC_CIM_SINT8, octet); /* out of range from 128 on */
    case 4: return pac_value_string(octet < 128 ? "text" : "");
    case 5: return pac_value_array(PAC_CIM_STRING, elements, octet / 8 % 4);
    case 6: return pac_value_real64(octet);
    default: return pac_value_null(PAC_CIM_STRING, true);
  }
}

static void check_equal(const struct pac_named_values *set, const struct model *model) {
  PAC_CHECK(pac_named_values_count(set) == model->count, "%u instead of %u", (unsigned)pac_named_values_count(set),
            (unsigned)model->count);
  PAC_CHECK(pac_named_values_at(set, model->count) == NULL, "an element past the end");
  for (uint32_t i = 0; i < model->count; i++) {
    const struct pac_named_value *at = pac_named_values_at(set, i);
    PAC_CHECK(at != NULL && strcmp(at->name, model->names[i]) == 0, "element %u has another name", (unsigned)i);
    PAC_CHECK(pac_value_equal(&at->value, &model->values[i]), "element %u has another value", (unsigned)i);
    PAC_CHECK(pac_named_values_item(set, at->name) == at, "element %u is not found by its name", (unsigned)i);
  }
}

static bool same_models(const struct model *left, const struct model *right) {
  bool is_same = left->count == right->count;
  for (uint32_t i = 0; i < left->count && is_same; i++) {
    uint32_t at = find(right, left->names[i]);
    is_same = at < right->count && pac_value_equal(&left->values[i], &right->values[at]);
  }
  return is_same;
}

/* Gives the set a name, elements and a text that are gone when it has them. */
static enum pac_result lend(struct pac_named_values *set, const char *name, struct pac_value value) {
  char *lent_name = name == NULL ? NULL : strdup(name);
  PAC_CHECK(lent_name != NULL || name == NULL, "not enough memory");
  char *text = NULL;
  union pac_scalar *elements = NULL;
  if (value.type == PAC_CIM_STRING && !value.is_array && !value.is_null) {
    text = strdup(value.scalar.text);
    PAC_CHECK(text != NULL, "not enough memory");
    value.scalar.text = text;
  } else if (value.is_array && value.count > 0) {
    elements = malloc(value.count * sizeof *elements);
    PAC_CHECK(elements != NULL, "not enough memory");
    memcpy(elements, value.elements, value.count * sizeof *elements);
    value.elements = elements;
  }
  enum pac_result result = pac_named_values_add(set, lent_name, &value);
  free(lent_name);
  free(text);
  free(elements);
  return result;
}

static void add(struct pac_named_values *set, struct model *model, const char *name, uint8_t octet) {
  struct pac_value value = value_of(octet);
  enum pac_result expected = name == NULL || name[0] == '\0' ? PAC_RESULT_INVALID_ARGUMENT : pac_value_check(&value);
  enum pac_result result = lend(set, name, value);
  PAC_CHECK(result == expected, "add: %s instead of %s", pac_result_text(result), pac_result_text(expected));
  if (result == PAC_RESULT_OK) {
    uint32_t at = find(model, name);
    model->names[at] = at < model->count ? model->names[at] : name;
    model->values[at] = value;
    model->count += at == model->count;
  }
}

static void remove_named(struct pac_named_values *set, struct model *model, const char *name) {
  uint32_t at = name == NULL ? model->count : find(model, name);
  enum pac_result result = pac_named_values_remove(set, name);
  PAC_CHECK(result == (name == NULL            ? PAC_RESULT_INVALID_ARGUMENT
                       : at == model->count    ? PAC_RESULT_NOT_FOUND
                                               : PAC_RESULT_OK),
            "remove: %s", pac_result_text(result));
  if (result == PAC_RESULT_OK) {
    model->count -= 1;
    memmove(&model->names[at], &model->names[at + 1], (model->count - at) * sizeof model->names[0]);
    memmove(&model->values[at], &model->values[at + 1], (model->count - at) * sizeof model->values[0]);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_named_values *sets[2] = {NULL, NULL};
  struct model models[2] = {{.count = 0}, {.count = 0}};
  PAC_CHECK(pac_named_values_new(NULL, &sets[0]) == PAC_RESULT_OK, "not enough memory");
  PAC_CHECK(pac_named_values_new(NULL, &sets[1]) == PAC_RESULT_OK, "not enough memory");
  for (size_t i = 0; i + 3 <= size && i < 3 * OPERATIONS_MAX; i += 3) {
    unsigned which = data[i] >> 7;
    const char *name = names[data[i + 1] % NAMES_COUNT];
    switch (data[i] % 5) {
      case 0:
      case 1: add(sets[which], &models[which], name, data[i + 2]); break;
      case 2: remove_named(sets[which], &models[which], name); break;
      case 3:
        pac_named_values_delete_all(sets[which]);
        models[which].count = 0;
        break;
      default:
        pac_named_values_free(sets[which]);
        sets[which] = NULL;
        PAC_CHECK(pac_named_values_clone(NULL, sets[1 - which], &sets[which]) == PAC_RESULT_OK, "clone");
        models[which] = models[1 - which];
        PAC_CHECK(pac_named_values_equal(sets[0], sets[1]), "a clone differs");
    }
    check_equal(sets[which], &models[which]);
    PAC_CHECK(pac_named_values_equal(sets[0], sets[1]) == same_models(&models[0], &models[1]),
              "equal sets differ, or the reverse");
  }
  check_equal(sets[0], &models[0]);
  check_equal(sets[1], &models[1]);
  pac_named_values_free(sets[0]);
  pac_named_values_free(sets[1]);
  return 0;
}
