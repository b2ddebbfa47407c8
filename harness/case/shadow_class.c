/* SPDX-License-Identifier: Apache-2.0 */
/* How definitions carry over: a class on a new parent, an instance on a new class; what changed between two definitions
 * of a class, and whether the change conflicts with a derived class. Keeping the states is left to shadow.c. */
#include <string.h>

#include "case/shadow.h"

#define INHERITED ((uint8_t)PAC_FLAVOR_INHERITED)

/* The one qualifier that the page names as unimportant. */
static const char unimportant[] = "Description";

static bool is_unimportant(const char *qualifier) {
  return pac_name_compare(qualifier, unimportant) == 0;
}

/* Puts every qualifier that `from` sets itself into `to`. */
static enum pac_result carry_qualifiers(const struct pac_qualifier_set *from, struct pac_qualifier_set *to) {
  for (uint32_t i = 0; i < pac_qualifier_count(from); i++) {
    const struct pac_qualifier *own = pac_qualifier_at(from, i);
    if ((own->flavor & INHERITED) == 0) {
      PAC_TRY(pac_qualifier_put(to, own->name, &own->value, own->flavor));
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result carry_property(const struct pac_object *from, const struct pac_property *own,
                                      struct pac_object *to) {
  enum pac_result result = PAC_RESULT_OK;
  const struct pac_property *there = pac_object_property_find(to, own->name);
  if (there == NULL) {
    if (own->is_inherited) {
      return PAC_RESULT_OK; /* the parent no longer has it, so there is nothing left to override */
    }
    result = pac_class_property_add(to, own->name, &own->value);
  } else if (there->value.type != own->value.type || there->value.is_array != own->value.is_array) {
    if (own->is_inherited) {
      return PAC_RESULT_OK; /* the parent redeclares it with another type */
    }
    result = pac_class_property_retype(to, own->name, &own->value);
  } else if (!own->is_default) {
    result = pac_object_property_set(to, own->name, &own->value);
  }
  if (result != PAC_RESULT_OK) {
    return result;
  }
  return carry_qualifiers(pac_object_property_qualifiers_view(from, own->name),
                          pac_object_property_qualifiers(to, own->name));
}

enum pac_result pac_shadow_rebase(const struct pac_memory *memory, const struct pac_object *class_object,
                                  const struct pac_object *parent, const struct pac_object **given) {
  struct pac_object *rebased = NULL;
  PAC_TRY(pac_class_derive(memory, parent, pac_object_class_name(class_object), &rebased));
  enum pac_result result = carry_qualifiers(pac_object_qualifiers_view(class_object), pac_object_qualifiers(rebased));
  for (uint32_t i = 0; result == PAC_RESULT_OK && i < pac_object_property_count(class_object); i++) {
    result = carry_property(class_object, pac_object_property_at(class_object, i), rebased);
  }
  for (uint32_t i = 0; result == PAC_RESULT_OK && i < pac_object_method_count(class_object); i++) {
    const struct pac_method *own = pac_object_method_at(class_object, i);
    if (!own->is_inherited) {
      result = pac_class_method_put(rebased, own->name, own->in, own->out);
    }
    if (result == PAC_RESULT_OK && pac_object_method_find(rebased, own->name) != NULL) {
      result = carry_qualifiers(pac_object_method_qualifiers_view(class_object, own->name),
                                pac_object_method_qualifiers(rebased, own->name));
    }
  }
  if (result != PAC_RESULT_OK) {
    pac_object_free(rebased);
    return result;
  }
  *given = rebased;
  return PAC_RESULT_OK;
}

enum pac_result pac_shadow_own(const struct pac_memory *memory, const struct pac_object *class_object,
                               const struct pac_object **given) {
  const char *superclass = pac_object_superclass(class_object);
  struct pac_object *unknown = NULL;
  if (superclass == NULL || superclass[0] == '\0') {
    *given = class_object;
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_class_new(memory, superclass, &unknown));
  enum pac_result result = pac_shadow_rebase(memory, class_object, unknown, given);
  pac_object_free(unknown);
  return result;
}

enum pac_result pac_shadow_reinstance(const struct pac_memory *memory, const struct pac_object *instance,
                                      const struct pac_object *class_object, const struct pac_object **given) {
  struct pac_object *carried = NULL;
  PAC_TRY(pac_instance_new(memory, class_object, &carried));
  enum pac_result result = carry_qualifiers(pac_object_qualifiers_view(instance), pac_object_qualifiers(carried));
  for (uint32_t i = 0; result == PAC_RESULT_OK && i < pac_object_property_count(instance); i++) {
    const struct pac_property *own = pac_object_property_at(instance, i);
    const struct pac_property *there = pac_object_property_find(carried, own->name);
    if (there == NULL || there->value.type != own->value.type || there->value.is_array != own->value.is_array) {
      continue;
    }
    if (!own->is_default) {
      result = pac_object_property_set(carried, own->name, &own->value);
    }
    if (result == PAC_RESULT_OK) {
      result = carry_qualifiers(pac_object_property_qualifiers_view(instance, own->name),
                                pac_object_property_qualifiers(carried, own->name));
    }
  }
  if (result != PAC_RESULT_OK) {
    pac_object_free(carried);
    return result;
  }
  *given = carried;
  return PAC_RESULT_OK;
}

static const unsigned definition_only =
    PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_ORDER | PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_SPELLING;

/* Published as important by implication; of all others but Description no text says anything. */
static bool is_contested(const char *qualifier) {
  static const char *const important[] = {"key", "indexed", "singleton", "dynamic", "abstract"};
  for (size_t i = 0; i < sizeof important / sizeof important[0]; i++) {
    if (pac_name_compare(qualifier, important[i]) == 0) {
      return false;
    }
  }
  return true; /* Description with them */
}

typedef bool (*qualifier_rule)(const char *qualifier);

/* Takes such qualifiers from a set. What is inherited stays: both sides of a comparison have it alike. */
static void drop_from_set(struct pac_qualifier_set *set, qualifier_rule is_dropped) {
  for (uint32_t i = pac_qualifier_count(set); i > 0; i--) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(set, i - 1);
    if (is_dropped(qualifier->name)) {
      (void)pac_qualifier_remove(set, qualifier->name);
    }
  }
}

static bool set_has(const struct pac_qualifier_set *set, qualifier_rule is_dropped) {
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    if (is_dropped(pac_qualifier_at(set, i)->name)) {
      return true;
    }
  }
  return false;
}

static bool class_has(const struct pac_object *class_object, qualifier_rule is_dropped) {
  bool has = set_has(pac_object_qualifiers_view(class_object), is_dropped);
  for (uint32_t i = 0; !has && i < pac_object_property_count(class_object); i++) {
    const char *name = pac_object_property_at(class_object, i)->name;
    has = set_has(pac_object_property_qualifiers_view(class_object, name), is_dropped);
  }
  for (uint32_t i = 0; !has && i < pac_object_method_count(class_object); i++) {
    const char *name = pac_object_method_at(class_object, i)->name;
    has = set_has(pac_object_method_qualifiers_view(class_object, name), is_dropped);
  }
  return has;
}

static enum pac_result copy_without(const struct pac_memory *memory, const struct pac_object *class_object,
                                    qualifier_rule is_dropped, struct pac_object **given) {
  PAC_TRY(pac_object_clone(memory, class_object, given));
  drop_from_set(pac_object_qualifiers(*given), is_dropped);
  for (uint32_t i = 0; i < pac_object_property_count(*given); i++) {
    drop_from_set(pac_object_property_qualifiers(*given, pac_object_property_at(*given, i)->name), is_dropped);
  }
  for (uint32_t i = 0; i < pac_object_method_count(*given); i++) {
    drop_from_set(pac_object_method_qualifiers(*given, pac_object_method_at(*given, i)->name), is_dropped);
  }
  return PAC_RESULT_OK;
}

static const unsigned values_only = definition_only | PAC_COMPARE_IGNORE_DEFAULTS;

/* True when two definitions differ in such qualifiers at most. */
static enum pac_result agree_without(const struct pac_memory *memory, const struct pac_object *stored,
                                     const struct pac_object *updated, qualifier_rule is_dropped, bool *agree) {
  *agree = false;
  if (!class_has(stored, is_dropped) && !class_has(updated, is_dropped)) {
    return PAC_RESULT_OK;
  }
  struct pac_object *left = NULL;
  struct pac_object *right = NULL;
  enum pac_result result = copy_without(memory, stored, is_dropped, &left);
  if (result == PAC_RESULT_OK) {
    result = copy_without(memory, updated, is_dropped, &right);
  }
  if (result == PAC_RESULT_OK) {
    *agree = pac_object_compare(left, right, values_only, NULL, 0);
  }
  pac_object_free(left);
  pac_object_free(right);
  return result;
}

enum pac_result pac_shadow_change(const struct pac_memory *memory, const struct pac_object *stored,
                                  const struct pac_object *updated, enum pac_change *change) {
  bool agree = pac_object_compare(stored, updated, values_only, NULL, 0);
  *change = PAC_CHANGE_NONE;
  if (!agree) {
    *change = PAC_CHANGE_UNIMPORTANT;
    PAC_TRY(agree_without(memory, stored, updated, is_unimportant, &agree));
  }
  if (!agree) {
    *change = PAC_CHANGE_CONTESTED;
    PAC_TRY(agree_without(memory, stored, updated, is_contested, &agree));
  }
  if (!agree) {
    *change = PAC_CHANGE_IMPORTANT;
  }
  return PAC_RESULT_OK;
}

bool pac_shadow_qualifier_conflicts(const struct pac_object *stored, const struct pac_object *updated,
                                    const struct pac_qualifier *own) {
  if ((own->flavor & INHERITED) != 0 || is_unimportant(own->name)) {
    return false;
  }
  const struct pac_qualifier *new_one = pac_qualifier_find(pac_object_qualifiers_view(updated), own->name);
  const struct pac_qualifier *old_one = pac_qualifier_find(pac_object_qualifiers_view(stored), own->name);
  bool is_changed = new_one != NULL && (old_one == NULL || !pac_value_equal(&old_one->value, &new_one->value));
  return is_changed && !pac_value_equal(&new_one->value, &own->value);
}

/* A flavor that the update adds forbids what a derived class already does. */
static bool has_flavor_conflict(const struct pac_qualifier_set *stored, const struct pac_qualifier_set *updated,
                                const struct pac_qualifier_set *derived) {
  for (uint32_t i = 0; i < pac_qualifier_count(updated); i++) {
    const struct pac_qualifier *new_one = pac_qualifier_at(updated, i);
    const struct pac_qualifier *old_one = pac_qualifier_find(stored, new_one->name);
    const struct pac_qualifier *own = pac_qualifier_find(derived, new_one->name);
    bool is_newly_fixed = (new_one->flavor & PAC_FLAVOR_NOT_OVERRIDABLE) != 0 &&
                          (old_one == NULL || (old_one->flavor & PAC_FLAVOR_NOT_OVERRIDABLE) == 0);
    if (is_newly_fixed && own != NULL && (own->flavor & INHERITED) == 0 && !is_unimportant(own->name) &&
        !pac_value_equal(&own->value, &new_one->value)) {
      return true;
    }
  }
  return false;
}

static bool same_signature(const struct pac_object *left, const struct pac_object *right) {
  return pac_object_compare(left, right, definition_only | PAC_COMPARE_IGNORE_QUALIFIERS, NULL, 0);
}

enum pac_conflict pac_shadow_conflict(const struct pac_object *stored, const struct pac_object *updated,
                                      const struct pac_object *derived) {
  if (has_flavor_conflict(pac_object_qualifiers_view(stored), pac_object_qualifiers_view(updated),
                          pac_object_qualifiers_view(derived))) {
    return PAC_CONFLICT_OTHER;
  }
  for (uint32_t i = 0; i < pac_object_property_count(updated); i++) {
    const struct pac_property *new_one = pac_object_property_at(updated, i);
    const struct pac_property *old_one = pac_object_property_find(stored, new_one->name);
    const struct pac_property *own = pac_object_property_find(derived, new_one->name);
    bool has_same_type =
        own != NULL && own->value.type == new_one->value.type && own->value.is_array == new_one->value.is_array;
    bool is_retyped = old_one != NULL && (old_one->value.type != new_one->value.type ||
                                          old_one->value.is_array != new_one->value.is_array);
    /* A default that is the parent's anyway may be no statement of the derived class's own. */
    bool is_restated = own != NULL && own->is_inherited && old_one != NULL &&
                       pac_value_equal(&own->value, &old_one->value);
    bool is_own = own != NULL && !is_restated && (!own->is_inherited || !own->is_default);
    if ((old_one == NULL || is_retyped) && is_own && !has_same_type) {
      return PAC_CONFLICT_OTHER;
    }
    bool becomes_key = pac_object_property_is_key(updated, new_one->name) &&
                       (old_one == NULL || !pac_object_property_is_key(stored, new_one->name));
    if (becomes_key && own != NULL && !own->is_inherited && !pac_object_property_is_key(derived, own->name)) {
      return PAC_CONFLICT_OTHER;
    }
    if (old_one != NULL && has_flavor_conflict(pac_object_property_qualifiers_view(stored, new_one->name),
                                               pac_object_property_qualifiers_view(updated, new_one->name),
                                               pac_object_property_qualifiers_view(derived, new_one->name))) {
      return PAC_CONFLICT_OTHER;
    }
  }
  for (uint32_t i = 0; i < pac_object_method_count(updated); i++) {
    const struct pac_method *new_one = pac_object_method_at(updated, i);
    const struct pac_method *old_one = pac_object_method_find(stored, new_one->name);
    const struct pac_method *own = pac_object_method_find(derived, new_one->name);
    bool is_changed =
        old_one == NULL || !same_signature(old_one->in, new_one->in) || !same_signature(old_one->out, new_one->out);
    if (is_changed && own != NULL && !own->is_inherited &&
        (!same_signature(own->in, new_one->in) || !same_signature(own->out, new_one->out))) {
      return PAC_CONFLICT_OTHER;
    }
  }
  const struct pac_qualifier_set *own_set = pac_object_qualifiers_view(derived);
  for (uint32_t i = 0; i < pac_qualifier_count(own_set); i++) {
    if (pac_shadow_qualifier_conflicts(stored, updated, pac_qualifier_at(own_set, i))) {
      return PAC_CONFLICT_QUALIFIER;
    }
  }
  return PAC_CONFLICT_NONE;
}
