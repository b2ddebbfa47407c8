/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compares the old and the new definition of a class with each other and with a derived class. A derived class conflicts
 * where it has set something itself to which the base now says something else; what the change leaves alone never conflicts.
 */
#include "change.h"

#include "class_rules.h"
#include "compose.h"
#include "pacheck/value.h"

/* Changing the text of a description is published as unimportant, and as nothing else that is. */
static bool is_unimportant(const struct pac_qualifier *qualifier) {
  return pac_name_compare(qualifier->name, "Description") == 0;
}

static bool same_qualifier(const struct pac_qualifier *left, const struct pac_qualifier *right) {
  return left->flavor == right->flavor && pac_value_equal(&left->value, &right->value);
}

static enum ref_change greater(enum ref_change left, enum ref_change right) {
  return left > right ? left : right;
}

/* What `left` holds and `right` does not hold so. */
static enum ref_change one_way(const struct pac_qualifier_set *left, const struct pac_qualifier_set *right) {
  enum ref_change change = REF_CHANGE_NONE;
  for (uint32_t i = 0; i < pac_qualifier_count(left); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(left, i);
    const struct pac_qualifier *other = pac_qualifier_find(right, qualifier->name);
    if (other == NULL || !same_qualifier(qualifier, other)) {
      change = greater(change, is_unimportant(qualifier) ? REF_CHANGE_UNIMPORTANT : REF_CHANGE_IMPORTANT);
    }
  }
  return change;
}

static enum ref_change compare_sets(const struct pac_qualifier_set *left, const struct pac_qualifier_set *right) {
  return greater(one_way(left, right), one_way(right, left));
}

static bool same_parameters(const struct pac_object *left, const struct pac_object *right) {
  return left == NULL || right == NULL ? left == right
                                       : pac_object_compare(left, right,
                                                            PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_ORDER |
                                                                PAC_COMPARE_IGNORE_SPELLING,
                                                            NULL, 0);
}

enum ref_change ref_change_classify(const struct pac_object *before, const struct pac_object *after) {
  const unsigned structure = PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_QUALIFIERS | PAC_COMPARE_IGNORE_ORDER |
                             PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_SPELLING |
                             PAC_COMPARE_IGNORE_DEFAULTS;
  if (!pac_object_compare(before, after, structure, NULL, 0)) {
    return REF_CHANGE_IMPORTANT;
  }
  enum ref_change change = compare_sets(pac_object_qualifiers_view(before), pac_object_qualifiers_view(after));
  for (uint32_t i = 0; i < pac_object_property_count(before); i++) {
    const struct pac_property *property = pac_object_property_at(before, i);
    const struct pac_property *other = pac_object_property_find(after, property->name);
    const char *name = property->name;
    /* An object in a value is a value as a whole, with all its qualifiers. */
    if (other == NULL || !pac_value_equal(&property->value, &other->value)) {
      return REF_CHANGE_IMPORTANT;
    }
    change = greater(change, compare_sets(pac_object_property_qualifiers_view(before, name),
                                          pac_object_property_qualifiers_view(after, name)));
  }
  for (uint32_t i = 0; i < pac_object_method_count(before); i++) {
    const struct pac_method *method = pac_object_method_at(before, i);
    const struct pac_method *other = pac_object_method_find(after, method->name);
    if (other == NULL || !same_parameters(method->in, other->in) || !same_parameters(method->out, other->out)) {
      return REF_CHANGE_IMPORTANT;
    }
    change = greater(change, compare_sets(pac_object_method_qualifiers_view(before, method->name),
                                          pac_object_method_qualifiers_view(after, method->name)));
  }
  return change;
}

static bool same_type(const struct pac_property *left, const struct pac_property *right) {
  return left->value.type == right->value.type && left->value.is_array == right->value.is_array;
}

static bool is_indexed(const struct pac_object *class_object, const char *property) {
  return pac_qualifier_is_true(pac_object_property_qualifiers_view(class_object, property), "indexed");
}

bool ref_change_of_keys(const struct pac_object *before, const struct pac_object *after, bool *is_key) {
  *is_key = pac_object_key_count(before) != pac_object_key_count(after) && pac_object_key_count(before) != 0;
  if (*is_key) {
    return true;
  }
  bool is_index = false;
  for (uint32_t i = 0; i < pac_object_property_count(before); i++) {
    const struct pac_property *old = pac_object_property_at(before, i);
    const struct pac_property *new = pac_object_property_find(after, old->name);
    if (pac_object_property_is_key(before, old->name) &&
        (new == NULL || !pac_object_property_is_key(after, old->name) || !same_type(old, new))) {
      *is_key = true;
      return true;
    }
    is_index |= is_indexed(before, old->name) != (new != NULL && is_indexed(after, old->name));
  }
  return is_index;
}

bool ref_change_strands_instances(const struct pac_object *before, const struct pac_object *after) {
  for (uint32_t i = 0; i < pac_object_property_count(before); i++) {
    const struct pac_property *old = pac_object_property_at(before, i);
    const struct pac_property *new = pac_object_property_find(after, old->name);
    if (new == NULL || !same_type(old, new)) {
      return true;
    }
  }
  return pac_qualifier_is_true(pac_object_qualifiers_view(after), "abstract") ||
         pac_object_is_singleton(before) != pac_object_is_singleton(after) ||
         pac_object_key_count(before) != pac_object_key_count(after);
}

/* Conflicts -------------------------------------------------------------------------------------------------------- */

/* The first qualifier that the derived class has set and that the change adds or sets to something else. */
static const struct pac_qualifier *conflicting(const struct pac_qualifier_set *before,
                                               const struct pac_qualifier_set *after,
                                               const struct pac_qualifier_set *derived) {
  for (uint32_t i = 0; i < pac_qualifier_count(derived); i++) {
    const struct pac_qualifier *own = pac_qualifier_at(derived, i);
    const struct pac_qualifier *new = pac_qualifier_find(after, own->name);
    const struct pac_qualifier *old = pac_qualifier_find(before, own->name);
    bool is_changed = new != NULL && (old == NULL || !same_qualifier(old, new));
    if (is_changed && ref_qualifier_is_own(own) && !is_unimportant(own) && !pac_value_equal(&own->value, &new->value) &&
        pac_name_compare(own->name, "CIMTYPE") != 0) {
      return new;
    }
  }
  return NULL;
}

static const struct ref_conflict none = {PAC_STATUS_NO_ERR, NULL};
static const struct ref_conflict plain = {PAC_STATUS_CLASS_HAS_CHILDREN, "a derived class has set a qualifier otherwise"};
static const struct ref_conflict fixed = {PAC_STATUS_UPDATE_OVERRIDE_NOT_ALLOWED,
                                          "a derived class overrides a qualifier that cannot be overridden"};

/* Keeps the graver of two: anything counts more than a plain qualifier. */
static struct ref_conflict graver(struct ref_conflict left, const struct pac_qualifier *found) {
  if (found == NULL || (left.status != PAC_STATUS_NO_ERR && left.status != PAC_STATUS_CLASS_HAS_CHILDREN)) {
    return left;
  }
  return (found->flavor & PAC_FLAVOR_NOT_OVERRIDABLE) != 0 ? fixed : plain;
}

struct ref_conflict ref_conflict_find(const struct pac_object *before, const struct pac_object *after,
                                      const struct pac_object *derived) {
  struct ref_conflict conflict =
      graver(none, conflicting(pac_object_qualifiers_view(before), pac_object_qualifiers_view(after),
                               pac_object_qualifiers_view(derived)));
  for (uint32_t i = 0; i < pac_object_property_count(after); i++) {
    const struct pac_property *new = pac_object_property_at(after, i);
    const struct pac_property *own = pac_object_property_find(derived, new->name);
    if (own == NULL || !ref_declares_property(derived, own)) {
      continue;
    }
    if (!same_type(own, new)) {
      return (struct ref_conflict){PAC_STATUS_UPDATE_TYPE_MISMATCH, "a derived class has a property of another type"};
    }
    bool becomes_key = pac_object_property_is_key(after, new->name) && !pac_object_property_is_key(before, new->name);
    if (becomes_key && !own->is_inherited && !pac_object_property_is_key(derived, own->name)) {
      return (struct ref_conflict){PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE,
                                   "a derived class has the new key as an ordinary property"};
    }
    conflict = graver(conflict, conflicting(pac_object_property_qualifiers_view(before, new->name),
                                            pac_object_property_qualifiers_view(after, new->name),
                                            pac_object_property_qualifiers_view(derived, new->name)));
  }
  for (uint32_t i = 0; i < pac_object_method_count(after); i++) {
    const struct pac_method *new = pac_object_method_at(after, i);
    const struct pac_method *own = pac_object_method_find(derived, new->name);
    if (own == NULL) {
      continue;
    }
    if (!own->is_inherited && !ref_same_signature(own, new)) {
      return (struct ref_conflict){PAC_STATUS_UPDATE_PROPAGATED_METHOD,
                                   "a derived class has a method with another signature"};
    }
    conflict = graver(conflict, conflicting(pac_object_method_qualifiers_view(before, new->name),
                                            pac_object_method_qualifiers_view(after, new->name),
                                            pac_object_method_qualifiers_view(derived, new->name)));
  }
  return conflict;
}

static enum pac_result remove_conflicting(const struct pac_qualifier_set *before,
                                          const struct pac_qualifier_set *after, struct pac_qualifier_set *derived) {
  const struct pac_qualifier *found = conflicting(before, after, derived);
  while (found != NULL) {
    PAC_TRY(pac_qualifier_remove(derived, found->name));
    found = conflicting(before, after, derived);
  }
  return PAC_RESULT_OK;
}

enum pac_result ref_conflict_resolve(const struct pac_object *before, const struct pac_object *after,
                                     struct pac_object *derived) {
  PAC_TRY(remove_conflicting(pac_object_qualifiers_view(before), pac_object_qualifiers_view(after),
                             pac_object_qualifiers(derived)));
  /* A property of another type needs nothing here: composing takes the base's declaration for it. */
  for (uint32_t i = 0; i < pac_object_property_count(after); i++) {
    const char *name = pac_object_property_at(after, i)->name;
    PAC_TRY(remove_conflicting(pac_object_property_qualifiers_view(before, name),
                               pac_object_property_qualifiers_view(after, name),
                               pac_object_property_qualifiers(derived, name)));
  }
  for (uint32_t i = 0; i < pac_object_method_count(after); i++) {
    const struct pac_method *new = pac_object_method_at(after, i);
    const struct pac_method *own = pac_object_method_find(derived, new->name);
    if (own == NULL) {
      continue;
    }
    if (!own->is_inherited && !ref_same_signature(own, new)) {
      PAC_TRY(pac_class_method_remove(derived, new->name));
    } else {
      PAC_TRY(remove_conflicting(pac_object_method_qualifiers_view(before, new->name),
                                 pac_object_method_qualifiers_view(after, new->name),
                                 pac_object_method_qualifiers(derived, new->name)));
    }
  }
  return PAC_RESULT_OK;
}
