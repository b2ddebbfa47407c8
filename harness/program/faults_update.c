/* SPDX-License-Identifier: Apache-2.0 */
/* What an update of a class does to what stands on the stored definition: the classes below it, the instances, the indexes
 * (CONTRACT.md, sections 8.4 to 8.6 and 8.9). */
#include "program/oracle.h"

/* A qualifier below that the update says otherwise now: no text says whether that of a property or method conflicts, nor
 * whether a flavor or a qualifier that goes does. */
static bool may_contradict(const struct pac_qualifier_set *stored, const struct pac_qualifier_set *updated,
                           const struct pac_qualifier_set *derived) {
  for (uint32_t i = 0; i < pac_qualifier_count(derived); i++) {
    const struct pac_qualifier *own = pac_qualifier_at(derived, i);
    const struct pac_qualifier *old_one = pac_qualifier_find(stored, own->name);
    const struct pac_qualifier *new_one = pac_qualifier_find(updated, own->name);
    bool is_changed = (old_one == NULL) != (new_one == NULL) ||
                      (new_one != NULL && (old_one->flavor != new_one->flavor ||
                                           !pac_value_equal(&old_one->value, &new_one->value)));
    if (is_changed && (own->flavor & PAC_FLAVOR_INHERITED) == 0) {
      return true;
    }
  }
  return false;
}

static bool may_conflict(const struct pac_object *stored, const struct pac_object *updated,
                         const struct pac_object *derived) {
  return may_contradict(pac_object_qualifiers_view(stored), pac_object_qualifiers_view(updated),
                        pac_object_qualifiers_view(derived));
}

/* The same for its properties and methods. */
static bool may_conflict_in_members(const struct pac_object *stored, const struct pac_object *updated,
                                    const struct pac_object *derived) {
  bool may = false;
  for (uint32_t i = 0; !may && i < pac_object_property_count(derived); i++) {
    const struct pac_property *own = pac_object_property_at(derived, i);
    const struct pac_property *old_one = pac_object_property_find(stored, own->name);
    const struct pac_property *new_one = pac_object_property_find(updated, own->name);
    bool is_touched = (old_one == NULL) != (new_one == NULL) ||
                      (new_one != NULL && (old_one->value.type != new_one->value.type ||
                                           old_one->value.is_array != new_one->value.is_array));
    may = (is_touched && pac_program_is_own_property(derived, own)) ||
          may_contradict(pac_object_property_qualifiers_view(stored, own->name),
                         pac_object_property_qualifiers_view(updated, own->name),
                         pac_object_property_qualifiers_view(derived, own->name));
  }
  for (uint32_t i = 0; !may && i < pac_object_method_count(derived); i++) {
    const struct pac_method *own = pac_object_method_at(derived, i);
    bool is_touched = (pac_object_method_find(stored, own->name) == NULL) !=
                      (pac_object_method_find(updated, own->name) == NULL);
    may = (is_touched && !own->is_inherited) ||
          may_contradict(pac_object_method_qualifiers_view(stored, own->name),
                         pac_object_method_qualifiers_view(updated, own->name),
                         pac_object_method_qualifiers_view(derived, own->name));
  }
  return may;
}

/* True when the derived class states the very default that the update changes: whether it then keeps what it said or goes
 * along is not published. */
static bool repeats_changed_default(const struct pac_object *stored, const struct pac_object *updated,
                                    const struct pac_object *derived) {
  for (uint32_t i = 0; i < pac_object_property_count(updated); i++) {
    const struct pac_property *new_one = pac_object_property_at(updated, i);
    const struct pac_property *old_one = pac_object_property_find(stored, new_one->name);
    const struct pac_property *own = pac_object_property_find(derived, new_one->name);
    if (old_one != NULL && own != NULL && !own->is_default && pac_value_equal(&own->value, &old_one->value) &&
        !pac_value_equal(&old_one->value, &new_one->value)) {
      return true;
    }
  }
  return false;
}

/* The classes below an updated one: would each of them still be valid? */
static enum pac_result check_derived(const struct pac_shadow *shadow, const struct pac_object *stored,
                                     const struct pac_object *updated, uint32_t flags, struct pac_allowed *allowed,
                                     bool *is_loose) {
  const char *name = pac_object_class_name(updated);
  struct pac_shadow after = {.memory = NULL};
  for (uint32_t i = 0; i < shadow->class_count; i++) {
    const struct pac_object *derived = shadow->classes[i].definition;
    if (pac_name_compare(pac_object_class_name(derived), name) == 0 || !pac_object_is_a(derived, name)) {
      continue;
    }
    if (after.memory == NULL) {
      PAC_TRY(pac_shadow_apply(shadow, updated, PAC_EFFECT_STORED, &after));
    }
    const struct pac_object *carried = after.classes[i].definition;
    const struct pac_shadow_class *parent = pac_shadow_class_find(&after, pac_object_superclass(carried));
    struct pac_allowed below = {.count = 0};
    pac_faults_check_definition(carried, parent == NULL ? NULL : parent->definition, &below);
    if (parent != NULL) {
      pac_faults_check_overrides(derived, parent->definition, &below);
    }
    bool is_invalid = below.count > 0 || may_conflict_in_members(stored, updated, derived);
    bool is_contradicted = may_conflict(stored, updated, derived);
    if (is_invalid || is_contradicted) {
      pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_CONFLICT_STATUSES, PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE));
    }
    /* Its instances, if it has any, would stand under another path, or under none. */
    bool moves_instances = pac_object_is_singleton(derived) != pac_object_is_singleton(carried) ||
                           pac_object_key_count(derived) != pac_object_key_count(carried);
    if (moves_instances) {
      pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_CLASS_HAS_INSTANCES));
    }
    /* What a forced update does to a plain contradiction is published; all else is not. */
    bool is_published = (flags & PAC_FLAG_UPDATE_FORCE) == 0 ||
                        pac_shadow_conflict(stored, updated, derived) == PAC_CONFLICT_QUALIFIER;
    *is_loose = *is_loose || is_invalid || moves_instances || (is_contradicted && !is_published) ||
                repeats_changed_default(stored, updated, derived);
  }
  return PAC_RESULT_OK;
}

static bool changes_index(const struct pac_object *stored, const struct pac_object *updated) {
  for (uint32_t i = 0; i < pac_object_property_count(stored); i++) {
    const char *name = pac_object_property_at(stored, i)->name;
    if (pac_qualifier_is_true(pac_object_property_qualifiers_view(stored, name), "indexed") !=
        pac_qualifier_is_true(pac_object_property_qualifiers_view(updated, name), "indexed")) {
      return true;
    }
  }
  return false;
}

/* The same for a property that stays. */
static bool changes_index_of_kept(const struct pac_object *stored, const struct pac_object *updated) {
  for (uint32_t i = 0; i < pac_object_property_count(stored); i++) {
    const char *name = pac_object_property_at(stored, i)->name;
    if (pac_object_property_find(updated, name) != NULL &&
        pac_qualifier_is_true(pac_object_property_qualifiers_view(stored, name), "indexed") !=
            pac_qualifier_is_true(pac_object_property_qualifiers_view(updated, name), "indexed")) {
      return true;
    }
  }
  return false;
}

static bool changes_key(const struct pac_object *stored, const struct pac_object *updated) {
  bool changes = pac_object_key_count(stored) > 0 && pac_object_key_count(stored) != pac_object_key_count(updated);
  for (uint32_t i = 0; !changes && i < pac_object_property_count(stored); i++) {
    const char *name = pac_object_property_at(stored, i)->name;
    changes = pac_object_property_is_key(stored, name) && !pac_object_property_is_key(updated, name);
  }
  return changes;
}

static bool has_derived(const struct pac_shadow *shadow, const char *name) {
  for (uint32_t i = 0; i < shadow->class_count; i++) {
    const struct pac_object *other = shadow->classes[i].definition;
    if (pac_name_compare(pac_object_class_name(other), name) != 0 && pac_object_is_a(other, name)) {
      return true;
    }
  }
  return false;
}

static bool has_instances(const struct pac_shadow *shadow, const char *name) {
  for (uint32_t i = 0; i < shadow->instance_count; i++) {
    if (pac_object_is_a(shadow->instances[i], name)) {
      return true;
    }
  }
  return false;
}

/* A key or an index that instances or derived classes use stays. What a forced update does with them is another matter: the
 * instances may go. So is an amended one, which keeps amended qualifiers apart. */
static void check_in_use(const struct pac_shadow *shadow, const struct pac_object *stored,
                         const struct pac_object *updated, uint32_t flags, struct pac_allowed *allowed) {
  const char *name = pac_object_class_name(updated);
  bool changes_a_key = changes_key(stored, updated);
  bool changes_an_index = changes_index_of_kept(stored, updated);
  if ((flags & (PAC_FLAG_UPDATE_FORCE | PAC_FLAG_CREATE_ONLY | PAC_FLAG_AMENDED)) != 0 ||
      (!changes_a_key && !changes_an_index) || pac_faults_is_loose(shadow, name)) {
    return;
  }
  bool has_children = has_derived(shadow, name);
  bool is_populated = has_instances(shadow, name);
  if (!has_children && !is_populated) {
    return;
  }
  if (changes_a_key) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_KEY_IN_USE_CHANGE_REFUSED,
                            PAC_STATUSES(PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE));
  }
  if (changes_an_index) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_INDEX_IN_USE_CHANGE_REFUSED,
                            PAC_STATUSES(PAC_STATUS_CANNOT_CHANGE_INDEX_INHERITANCE));
  }
  /* Who is in the way may be named as well. */
  if (has_children) {
    pac_allowed_refuse(allowed, PAC_STATUS_CLASS_HAS_CHILDREN);
  }
  if (is_populated) {
    pac_allowed_refuse(allowed, PAC_STATUS_CLASS_HAS_INSTANCES);
  }
}

static bool has_other_default(const struct pac_object *stored, const struct pac_object *updated) {
  for (uint32_t i = 0; i < pac_object_property_count(updated); i++) {
    const struct pac_property *new_one = pac_object_property_at(updated, i);
    const struct pac_property *old_one = pac_object_property_find(stored, new_one->name);
    if (old_one == NULL || !pac_value_equal(&old_one->value, &new_one->value)) {
      return true;
    }
  }
  return false;
}

/* A default may differ in no more than the letter case of names in an object that it holds, or where that object comes from: no
 * text says whether that is a change. */
static enum pac_result check_same_default(const struct pac_shadow *shadow, const struct pac_object *stored,
                                          const struct pac_object *updated, struct pac_allowed *allowed) {
  enum pac_change change = PAC_CHANGE_NONE;
  if (!has_other_default(stored, updated)) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_shadow_change(shadow->memory, stored, updated, &change));
  if (change != PAC_CHANGE_IMPORTANT) {
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_CLASS_HAS_CHILDREN, PAC_STATUS_CLASS_HAS_INSTANCES));
  }
  return PAC_RESULT_OK;
}

/* True when instances stand on a default that the update changes: what becomes of them is not published. */
static bool moves_defaults(const struct pac_shadow *shadow, const struct pac_object *stored,
                           const struct pac_object *updated) {
  return has_instances(shadow, pac_object_class_name(stored)) && has_other_default(stored, updated);
}

enum pac_result pac_faults_of_update(const struct pac_shadow *shadow, const struct pac_object *stored,
                                     const struct pac_object *updated, uint32_t flags, struct pac_allowed *allowed,
                                     bool *is_loose) {
  if (changes_index(stored, updated)) {
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_CANNOT_CHANGE_INDEX_INHERITANCE));
  }
  check_in_use(shadow, stored, updated, flags, allowed);
  PAC_TRY(check_same_default(shadow, stored, updated, allowed));
  *is_loose = *is_loose || moves_defaults(shadow, stored, updated);
  return check_derived(shadow, stored, updated, flags, allowed, is_loose);
}
