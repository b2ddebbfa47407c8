/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Qualifier sets. A set of a derived class shows what propagates from the parent, marked inherited; putting one over it
 * makes it the set's own, and taking that away brings the inherited one back.
 */
#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"

struct pac_qualifier_set *pac_object_qualifiers(struct pac_object *object) {
  return &object->qualifiers;
}

struct pac_qualifier_set *pac_object_property_qualifiers(struct pac_object *object, const char *property) {
  struct pac_property_entry *entry = pac_property_entry_find(object, property);
  return entry != NULL ? &entry->qualifiers : NULL;
}

struct pac_qualifier_set *pac_object_method_qualifiers(struct pac_object *object, const char *method) {
  struct pac_method_entry *entry = pac_method_entry_find(object, method);
  return entry != NULL ? &entry->qualifiers : NULL;
}

const struct pac_qualifier_set *pac_object_qualifiers_view(const struct pac_object *object) {
  return &object->qualifiers;
}

const struct pac_qualifier_set *pac_object_property_qualifiers_view(const struct pac_object *object,
                                                                    const char *property) {
  const struct pac_property_entry *entry = pac_property_entry_find(object, property);
  return entry != NULL ? &entry->qualifiers : NULL;
}

const struct pac_qualifier_set *pac_object_method_qualifiers_view(const struct pac_object *object,
                                                                  const char *method) {
  const struct pac_method_entry *entry = pac_method_entry_find(object, method);
  return entry != NULL ? &entry->qualifiers : NULL;
}

uint32_t pac_qualifier_count(const struct pac_qualifier_set *set) {
  return set != NULL ? set->list.count : 0;
}

const struct pac_qualifier *pac_qualifier_at(const struct pac_qualifier_set *set, uint32_t index) {
  return index < pac_qualifier_count(set) ? pac_qualifier_entry_at(set, index) : NULL;
}

const struct pac_qualifier *pac_qualifier_find(const struct pac_qualifier_set *set, const char *name) {
  return set != NULL ? pac_name_list_find(&set->list, name) : NULL;
}

bool pac_qualifier_is_true(const struct pac_qualifier_set *set, const char *name) {
  const struct pac_qualifier *qualifier = pac_qualifier_find(set, name);
  return qualifier != NULL && qualifier->value.type == PAC_CIM_BOOLEAN && !qualifier->value.is_array &&
         !qualifier->value.is_null && qualifier->value.scalar.boolean;
}

struct pac_qualifier *pac_qualifier_append(struct pac_qualifier_set *set, const char *name,
                                           const struct pac_value *value, uint8_t flavor) {
  struct pac_arena *arena = set->object->arena;
  struct pac_qualifier *qualifier = pac_arena_allocate(arena, sizeof *qualifier);
  if (qualifier == NULL) {
    return NULL;
  }
  qualifier->name = name;
  qualifier->value = *value;
  qualifier->flavor = flavor;
  return pac_name_list_append(arena, &set->list, qualifier) ? qualifier : NULL;
}

enum pac_result pac_qualifier_put(struct pac_qualifier_set *set, const char *name, const struct pac_value *value,
                                  uint8_t flavor) {
  if (set == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  PAC_TRY(pac_name_check(name));
  PAC_TRY(pac_value_check_inside(value));
  struct pac_qualifier *old = pac_name_list_find(&set->list, name);
  if (old == NULL && set->list.count >= PAC_OBJECT_QUALIFIERS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  struct pac_arena *arena = set->object->arena;
  uint8_t kept_flavor = (uint8_t)(flavor & ~PAC_FLAVOR_INHERITED);
  struct pac_value copy;
  if (!pac_value_copy_unchecked(arena, value, &copy)) {
    return PAC_RESULT_NO_MEMORY;
  }
  if (old != NULL) {
    old->value = copy;
    old->flavor = kept_flavor;
    return PAC_RESULT_OK;
  }
  const char *name_copy = pac_arena_copy_text(arena, name, strlen(name));
  return name_copy != NULL && pac_qualifier_append(set, name_copy, &copy, kept_flavor) != NULL ? PAC_RESULT_OK
                                                                                                : PAC_RESULT_NO_MEMORY;
}

/* The set of the carried parent that this set inherits from; null when there is none. */
static const struct pac_qualifier_set *parent_set(const struct pac_qualifier_set *set) {
  const struct pac_object *parent = set->object->parent;
  if (parent == NULL) {
    return NULL;
  }
  const char *member = set->member != NULL ? *(const char *const *)set->member : NULL;
  switch (set->owner) {
    case PAC_SET_OF_PROPERTY:
      return pac_object_property_qualifiers_view(parent, member);
    case PAC_SET_OF_METHOD:
      return pac_object_method_qualifiers_view(parent, member);
    case PAC_SET_OF_OBJECT:
      break;
  }
  return &parent->qualifiers;
}

enum pac_result pac_qualifier_remove(struct pac_qualifier_set *set, const char *name) {
  if (set == NULL || name == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  struct pac_qualifier *qualifier = pac_name_list_find(&set->list, name);
  if (qualifier == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  if ((qualifier->flavor & PAC_FLAVOR_INHERITED) != 0) {
    return PAC_RESULT_READ_ONLY;
  }
  const struct pac_qualifier *hidden = pac_qualifier_find(parent_set(set), name);
  if (hidden != NULL && pac_qualifier_propagates(hidden, set->owner)) {
    qualifier->value = hidden->value;
    qualifier->flavor = hidden->flavor | PAC_FLAVOR_INHERITED;
  } else {
    pac_name_list_remove(&set->list, qualifier);
  }
  return PAC_RESULT_OK;
}

bool pac_qualifier_propagates(const struct pac_qualifier *qualifier, enum pac_set_owner owner) {
  return (qualifier->flavor & PAC_FLAVOR_TO_DERIVED) != 0 &&
         (owner != PAC_SET_OF_OBJECT || pac_name_compare(qualifier->name, "abstract") != 0);
}

bool pac_qualifiers_inherit(struct pac_qualifier_set *set, const struct pac_qualifier_set *from) {
  if (from->list.count != 0 && !pac_name_list_reserve(set->object->arena, &set->list, from->list.count)) {
    return false;
  }
  for (uint32_t i = 0; i < from->list.count; i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_entry_at(from, i);
    if (pac_qualifier_propagates(qualifier, set->owner) &&
        pac_qualifier_append(set, qualifier->name, &qualifier->value, qualifier->flavor | PAC_FLAVOR_INHERITED) ==
            NULL) {
      return false;
    }
  }
  return true;
}
