/* SPDX-License-Identifier: Apache-2.0 */
/* Named value sets: an ordered name list in an arena, with a mark that tells most unequal sets apart at once. */
#include "pacheck/named_values.h"

#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"
#include "object/text.h"

#define FIRST_SET_OCTETS 512u
#define MARKED_OCTETS_MAX 24u /* of a text: as far as the names go that a client numbers its calls by */

struct pac_named_values {
  struct pac_arena *arena;
  struct pac_name_list list; /* of struct pac_named_value */
  uint32_t mark;             /* the sum of its elements' marks: equal sets have equal ones, in whatever order */
};

/* A number that equal elements share. */
static uint32_t mark_of(const struct pac_named_value *element) {
  const struct pac_value *value = &element->value;
  uint32_t mark = (uint32_t)value->type * 4u + (value->is_array ? 2u : 0u) + (value->is_null ? 1u : 0u);
  if (!value->is_null && value->is_array) {
    mark += value->count * 64u;
  } else if (!value->is_null && value->type == PAC_CIM_STRING) {
    for (uint32_t i = 0; i < MARKED_OCTETS_MAX && value->scalar.text[i] != '\0'; i++) {
      mark = mark * 31u + (unsigned char)value->scalar.text[i];
    }
  } else if (!value->is_null && pac_cim_type_is_integer(value->type, NULL, NULL)) {
    mark = mark * 31u + (uint32_t)(value->scalar.uint ^ value->scalar.uint >> 32);
  }
  return (mark + 1u) * 0x9E3779B1u ^ pac_name_hash(element->name);
}

static enum pac_result new_set(const struct pac_memory *memory, size_t first_size, struct pac_named_values **given) {
  struct pac_arena *arena = NULL;
  PAC_TRY(pac_arena_new(memory, first_size, &arena));
  struct pac_named_values *set = pac_arena_allocate(arena, sizeof *set);
  if (set == NULL) {
    pac_arena_free(arena);
    return PAC_RESULT_NO_MEMORY;
  }
  set->arena = arena;
  *given = set;
  return PAC_RESULT_OK;
}

enum pac_result pac_named_values_new(const struct pac_memory *memory, struct pac_named_values **given) {
  return new_set(memory, FIRST_SET_OCTETS, given);
}

/* Appends a copy of a checked element that is not there yet. False: no memory. */
static bool append(struct pac_named_values *set, const char *name, const struct pac_value *value) {
  struct pac_named_value *element = pac_arena_allocate(set->arena, sizeof *element);
  if (element == NULL) {
    return false;
  }
  element->name = pac_arena_copy_text(set->arena, name, strlen(name));
  if (element->name == NULL || !pac_value_copy_unchecked(set->arena, value, &element->value) ||
      !pac_name_list_append(set->arena, &set->list, element)) {
    return false;
  }
  set->mark += mark_of(element);
  return true;
}

enum pac_result pac_named_values_clone(const struct pac_memory *memory, const struct pac_named_values *set,
                                       struct pac_named_values **given) {
  struct pac_named_values *copy = NULL;
  PAC_TRY(new_set(memory, pac_arena_used(set->arena), &copy));
  bool done = pac_name_list_reserve(copy->arena, &copy->list, set->list.count);
  for (uint32_t i = 0; done && i < set->list.count; i++) {
    const struct pac_named_value *element = set->list.items[i];
    done = append(copy, element->name, &element->value);
  }
  if (!done) {
    pac_named_values_free(copy);
    return PAC_RESULT_NO_MEMORY;
  }
  *given = copy;
  return PAC_RESULT_OK;
}

void pac_named_values_free(struct pac_named_values *set) {
  if (set != NULL) {
    pac_arena_free(set->arena);
  }
}

enum pac_result pac_named_values_add(struct pac_named_values *set, const char *name, const struct pac_value *value) {
  PAC_TRY(pac_name_check(name));
  PAC_TRY(pac_value_check(value));
  struct pac_named_value *element = pac_name_list_find(&set->list, name);
  if (element != NULL) {
    struct pac_value copy;
    if (!pac_value_copy_unchecked(set->arena, value, &copy)) {
      return PAC_RESULT_NO_MEMORY;
    }
    set->mark -= mark_of(element);
    element->value = copy;
    set->mark += mark_of(element);
    return PAC_RESULT_OK;
  }
  if (set->list.count >= PAC_NAMED_VALUES_MAX) {
    return PAC_RESULT_LIMIT;
  }
  return append(set, name, value) ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

enum pac_result pac_named_values_remove(struct pac_named_values *set, const char *name) {
  if (name == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  struct pac_named_value *element = pac_name_list_find(&set->list, name);
  if (element == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  pac_name_list_remove(&set->list, element);
  set->mark -= mark_of(element);
  return PAC_RESULT_OK;
}

void pac_named_values_delete_all(struct pac_named_values *set) {
  pac_name_list_clear(&set->list);
  set->mark = 0;
}

const struct pac_named_value *pac_named_values_item(const struct pac_named_values *set, const char *name) {
  return pac_name_list_find(&set->list, name);
}

uint32_t pac_named_values_count(const struct pac_named_values *set) {
  return set->list.count;
}

const struct pac_named_value *pac_named_values_at(const struct pac_named_values *set, uint32_t index) {
  return index < set->list.count ? set->list.items[index] : NULL;
}

bool pac_named_values_equal(const struct pac_named_values *left, const struct pac_named_values *right) {
  if (left == NULL || right == NULL || left == right) {
    return left == right;
  }
  if (left->list.count != right->list.count || left->mark != right->mark) {
    return false;
  }
  for (uint32_t i = 0; i < left->list.count; i++) {
    const struct pac_named_value *element = left->list.items[i];
    const struct pac_named_value *other = pac_name_list_find(&right->list, element->name);
    if (other == NULL || !pac_value_equal(&element->value, &other->value)) {
      return false;
    }
  }
  return true;
}
