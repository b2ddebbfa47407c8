/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be wrong with a class, by itself and below its parent (CONTRACT.md, sections 3.5 and 8.9); an update is looked at
 * further in faults_update.c. Written from the clauses and not from any implementation: where they are silent a refusal is a
 * choice.
 */
#include <string.h>

#include "program/oracle.h"

static bool is_letter(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

static bool is_name_good(const char *name) {
  for (const char *at = name; *at != '\0'; at++) {
    if (!is_letter(*at) && *at != '_' && !(*at >= '0' && *at <= '9')) {
      return false;
    }
  }
  return is_letter(name[0]) && name[strlen(name) - 1] != '_';
}

#define NAME_LENGTH_LEAST_LIMIT 255u /* the shortest limit that is published */
#define PROPERTIES_LIMIT 1024u

static void check_name(const char *name, struct pac_allowed *allowed) {
  if (name == NULL || name[0] == '\0') {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_NAME_MISSING_REFUSED,
                            PAC_STATUSES(PAC_STATUS_INVALID_PARAMETER, PAC_STATUS_INCOMPLETE_CLASS,
                                         PAC_STATUS_INVALID_OPERATION, PAC_STATUS_INVALID_OBJECT,
                                         PAC_STATUS_INVALID_CLASS));
  } else if (!is_name_good(name)) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_NAME_OUTSIDE_GRAMMAR_REFUSED,
                            PAC_STATUSES(PAC_STATUS_INVALID_PARAMETER, PAC_STATUS_INVALID_OPERATION,
                                         PAC_STATUS_INVALID_OBJECT, PAC_STATUS_QUOTA_VIOLATION,
                                         PAC_STATUS_CLASS_NAME_TOO_WIDE, PAC_STATUS_INVALID_CLASS));
    if (pac_shadow_is_system_name(name)) {
      allowed->is_any = true; /* a system class: read-only, and no text names the code */
    }
  } else if (strlen(name) > NAME_LENGTH_LEAST_LIMIT) {
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_QUOTA_VIOLATION, PAC_STATUS_CLASS_NAME_TOO_WIDE,
                                                 PAC_STATUS_INVALID_PARAMETER));
  }
}

static bool is_marked(const struct pac_object *class_object, const char *qualifier) {
  return pac_qualifier_is_true(pac_object_qualifiers_view(class_object), qualifier);
}

static bool is_unsuited_key(const struct pac_value *value) {
  return value->is_array || value->type == PAC_CIM_REAL32 || value->type == PAC_CIM_REAL64 ||
         value->type == PAC_CIM_OBJECT;
}

static bool sets_own(const struct pac_qualifier_set *set, const char *name) {
  const struct pac_qualifier *qualifier = pac_qualifier_find(set, name);
  return qualifier != NULL && (qualifier->flavor & PAC_FLAVOR_INHERITED) == 0;
}

static void check_keys(const struct pac_object *complete, const struct pac_object *parent,
                       struct pac_allowed *allowed) {
  bool may_introduce = parent == NULL || (pac_object_key_count(parent) == 0 && is_marked(parent, "abstract"));
  for (uint32_t i = 0; i < pac_object_property_count(complete); i++) {
    const struct pac_property *property = pac_object_property_at(complete, i);
    bool is_key = pac_object_property_is_key(complete, property->name);
    bool was_key = parent != NULL && pac_object_property_is_key(parent, property->name);
    if (is_key && is_unsuited_key(&property->value)) {
      pac_allowed_must_refuse(
          allowed, PAC_CLAUSE_CLASS_KEY_UNSUITED_TYPE_REFUSED,
          PAC_STATUSES(PAC_STATUS_CANNOT_BE_KEY, PAC_STATUS_INVALID_QUALIFIER, PAC_STATUS_INVALID_PROPERTY_TYPE));
    }
    if ((is_key && !was_key && !may_introduce) || (was_key && !is_key)) {
      const enum pac_status codes[] = {PAC_STATUS_CANNOT_BE_KEY, PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE,
                                       PAC_STATUS_OVERRIDE_NOT_ALLOWED, PAC_STATUS_UPDATE_OVERRIDE_NOT_ALLOWED};
      /* A key mark that does not pass on to derived classes: the parent's doing, of which no text speaks. */
      bool is_own_doing = sets_own(pac_object_property_qualifiers_view(complete, property->name), "key");
      if (is_own_doing) {
        pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_KEY_INHERITED_FIXED, codes, 4);
      } else {
        pac_allowed_may_refuse(allowed, codes, 4);
      }
    }
  }
}

void pac_faults_check_definition(const struct pac_object *complete, const struct pac_object *parent,
                                 struct pac_allowed *allowed) {
  if (parent != NULL && is_marked(complete, "abstract") && !is_marked(parent, "abstract")) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_ABSTRACT_PARENT_NOT_ABSTRACT_REFUSED,
                            PAC_STATUSES(PAC_STATUS_CANNOT_BE_ABSTRACT));
  }
  if (pac_object_is_singleton(complete)) {
    bool is_true = is_marked(complete, "singleton");
    bool has_keys = pac_object_key_count(complete) > 0;
    bool is_misplaced = parent != NULL && !pac_object_is_singleton(parent);
    if ((has_keys || is_misplaced) && is_true) {
      pac_allowed_must_refuse(allowed,
                              has_keys ? PAC_CLAUSE_CLASS_SINGLETON_WITH_KEYS_REFUSED
                                       : PAC_CLAUSE_CLASS_SINGLETON_PARENT_NOT_SINGLETON_REFUSED,
                              PAC_STATUSES(PAC_STATUS_CANNOT_BE_SINGLETON, PAC_STATUS_CANNOT_BE_KEY));
    } else if (has_keys || is_misplaced) {
      pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_CANNOT_BE_SINGLETON, PAC_STATUS_CANNOT_BE_KEY));
    }
    if (!is_true) {
      pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_INVALID_QUALIFIER_TYPE, PAC_STATUS_INVALID_QUALIFIER));
    }
  }
  if (pac_object_property_count(complete) > PROPERTIES_LIMIT) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_PROPERTY_TOO_MANY_REFUSED,
                            PAC_STATUSES(PAC_STATUS_TOO_MANY_PROPERTIES));
  }
  check_keys(complete, parent, allowed);
}

/* Overriding what the parent fixes is refused; repeating it, or overriding what does not pass on, is a choice. */
static void check_fixed(const struct pac_qualifier_set *own_set, const struct pac_qualifier_set *above,
                        struct pac_allowed *allowed) {
  for (uint32_t i = 0; i < pac_qualifier_count(own_set); i++) {
    const struct pac_qualifier *own = pac_qualifier_at(own_set, i);
    const struct pac_qualifier *fixed = pac_qualifier_find(above, own->name);
    if (fixed == NULL || (own->flavor & PAC_FLAVOR_INHERITED) != 0 ||
        (fixed->flavor & PAC_FLAVOR_NOT_OVERRIDABLE) == 0) {
      continue;
    }
    const enum pac_status codes[] = {PAC_STATUS_OVERRIDE_NOT_ALLOWED, PAC_STATUS_UPDATE_OVERRIDE_NOT_ALLOWED};
    if ((fixed->flavor & PAC_FLAVOR_TO_DERIVED) != 0 && !pac_value_equal(&own->value, &fixed->value)) {
      pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_QUALIFIER_NOT_OVERRIDABLE_REFUSED, codes, 2);
    } else {
      pac_allowed_may_refuse(allowed, codes, 2);
    }
  }
}

static bool same_signature(const struct pac_object *left, const struct pac_object *right, unsigned more) {
  return pac_object_compare(left, right,
                            PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_QUALIFIERS | PAC_COMPARE_IGNORE_DEFINITION |
                                PAC_COMPARE_IGNORE_SPELLING | more,
                            NULL, 0);
}

static void check_method(const struct pac_method *own, const struct pac_method *above, struct pac_allowed *allowed) {
  const enum pac_status codes[] = {PAC_STATUS_PROPAGATED_METHOD, PAC_STATUS_UPDATE_PROPAGATED_METHOD};
  bool is_same = same_signature(own->in, above->in, PAC_COMPARE_IGNORE_ORDER) &&
                 same_signature(own->out, above->out, PAC_COMPARE_IGNORE_ORDER);
  if (!is_same) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_METHOD_OTHER_SIGNATURE_REFUSED, codes, 2);
  } else if (!same_signature(own->in, above->in, 0) || !same_signature(own->out, above->out, 0)) {
    pac_allowed_may_refuse(allowed, codes, 2); /* only the order of the parameters differs */
  }
}

void pac_faults_check_overrides(const struct pac_object *object, const struct pac_object *parent,
                                struct pac_allowed *allowed) {
  check_fixed(pac_object_qualifiers_view(object), pac_object_qualifiers_view(parent), allowed);
  for (uint32_t i = 0; i < pac_object_property_count(parent); i++) {
    const struct pac_property *above = pac_object_property_at(parent, i);
    const struct pac_property *own = pac_object_property_find(object, above->name);
    if (own == NULL) {
      continue;
    }
    const struct pac_qualifier_set *own_set = pac_object_property_qualifiers_view(object, above->name);
    if (own->value.type != above->value.type || own->value.is_array != above->value.is_array) {
      const enum pac_status codes[] = {PAC_STATUS_UPDATE_TYPE_MISMATCH, PAC_STATUS_TYPE_MISMATCH,
                                       PAC_STATUS_OVERRIDE_NOT_ALLOWED, PAC_STATUS_INVALID_PROPERTY_TYPE};
      if (!own->is_inherited || sets_own(own_set, "CIMTYPE")) {
        pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_PROPERTY_CONFLICTING_TYPE_REFUSED, codes, 4);
      } else if (pac_program_is_own_property(object, own)) {
        pac_allowed_may_refuse(allowed, codes, 4); /* a value for a type that the parent has given up */
      }
    }
    if (pac_program_is_own_property(object, own)) {
      check_fixed(own_set, pac_object_property_qualifiers_view(parent, above->name), allowed);
    }
  }
  for (uint32_t i = 0; i < pac_object_method_count(parent); i++) {
    const struct pac_method *above = pac_object_method_at(parent, i);
    const struct pac_method *own = pac_object_method_find(object, above->name);
    if (own != NULL && !own->is_inherited) {
      check_method(own, above, allowed);
    }
    if (own != NULL) {
      check_fixed(pac_object_method_qualifiers_view(object, above->name),
                  pac_object_method_qualifiers_view(parent, above->name), allowed);
    }
  }
}

/* True when the class overrides what its parent, as it is stored, does not have any more: no text says what that makes. */
static bool overrides_nothing(const struct pac_object *object, const struct pac_object *parent) {
  for (uint32_t i = 0; i < pac_object_property_count(object); i++) {
    const struct pac_property *own = pac_object_property_at(object, i);
    const struct pac_property *above = pac_object_property_find(parent, own->name);
    bool fits = above != NULL && above->value.type == own->value.type && above->value.is_array == own->value.is_array;
    if (own->is_inherited && !fits && pac_program_is_own_property(object, own)) {
      return true;
    }
  }
  return false;
}

/* False when the parent is not there or not known, or the class would be below itself. */
static bool check_parent(const struct pac_shadow *shadow, const struct pac_object *object,
                         const struct pac_shadow_class **parent, struct pac_allowed *allowed, bool *is_loose) {
  const char *name = pac_object_class_name(object);
  const char *superclass = pac_object_superclass(object);
  *parent = pac_shadow_class_find(shadow, superclass);
  if (superclass == NULL) {
    return true;
  }
  if (pac_shadow_is_system_name(superclass)) {
    allowed->is_any = true; /* which system classes there are, and what they pass on, is the implementation's affair */
    *is_loose = true;
    return false;
  }
  bool is_circular = name != NULL && (pac_name_compare(name, superclass) == 0 ||
                                      (*parent != NULL && pac_object_is_a((*parent)->definition, name)));
  if (is_circular) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_PARENT_ITSELF_REFUSED,
                            PAC_STATUSES(PAC_STATUS_CIRCULAR_REFERENCE, PAC_STATUS_CLASS_HAS_CHILDREN));
  }
  if (*parent == NULL) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_PARENT_MISSING_REFUSED,
                            PAC_STATUSES(PAC_STATUS_NOT_FOUND, PAC_STATUS_INVALID_SUPERCLASS));
  }
  return !is_circular && *parent != NULL;
}

enum pac_result pac_faults_of_class(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances,
                                    struct pac_allowed *allowed, bool *is_loose) {
  const struct pac_object *object = circumstances->object;
  const char *name = pac_object_class_name(object);
  const struct pac_shadow_class *parent = NULL;
  check_name(name, allowed);
  bool has_place = check_parent(shadow, object, &parent, allowed, is_loose);
  const struct pac_shadow_class *stored = pac_shadow_class_find(shadow, name);
  if (pac_faults_has_amended(object)) {
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_AMENDED_OBJECT));
    *is_loose = true;
  }
  if (!has_place) {
    const struct pac_object *own = NULL;
    PAC_TRY(pac_shadow_own(shadow->memory, object, &own));
    pac_faults_check_definition(own, NULL, allowed); /* a second fault may be named as well */
    return PAC_RESULT_OK;
  }
  if (parent != NULL && parent->is_loose) {
    allowed->is_any = true; /* what the parent passes on is not known */
    *is_loose = true;
    return PAC_RESULT_OK;
  }
  const struct pac_object *above = parent == NULL ? NULL : parent->definition;
  const struct pac_object *updated = NULL;
  PAC_TRY(pac_shadow_define(shadow, object, above, &updated));
  pac_faults_check_definition(updated, above, allowed);
  if (above != NULL) {
    pac_faults_check_overrides(object, above, allowed);
    if (overrides_nothing(object, above)) {
      allowed->is_any = true;
      *is_loose = true;
    }
  }
  if (stored == NULL) {
    return PAC_RESULT_OK;
  }
  return pac_faults_of_update(shadow, stored->definition, updated, circumstances->call->flags, allowed, is_loose);
}
