/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for a class that hold whether it is new or updated. What an update may do to others stands in class_put.c. */
#include "class_rules.h"

#include <string.h>

#include "compose.h"
#include "pacheck/value.h"

#define CLASS_NAME_OCTETS_MAX 4096u
#define CLASS_PROPERTIES_MAX 1024u

static bool is_letter(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

static bool follows_grammar(const char *name) {
  if (!is_letter(name[0])) {
    return false;
  }
  for (const char *at = name; *at != '\0'; at++) {
    if (!is_letter(*at) && !(*at >= '0' && *at <= '9') && *at != '_') {
      return false;
    }
  }
  return true;
}

/* `own` is the code that the protocol gives for the fault. */
static struct ref_answer refuse_name(const struct pac_services *services, enum pac_status own, const char *why) {
  const enum pac_status codes[] = {
      [REF_A_38_EACH] = own,
      [REF_A_38_INVALID_PARAMETER] = PAC_STATUS_INVALID_PARAMETER,
      [REF_A_38_INVALID_OPERATION] = PAC_STATUS_INVALID_OPERATION,
      [REF_A_38_INVALID_OBJECT] = PAC_STATUS_INVALID_OBJECT,
      [REF_A_38_INVALID_CLASS] = PAC_STATUS_INVALID_CLASS,
  };
  return ref_refuse(services, codes[services->options.value[REF_OPTION_A_38]], why);
}

struct ref_answer ref_class_name_check(const struct pac_services *services, const char *name) {
  if (name == NULL || name[0] == '\0') {
    bool is_incomplete = REF_CHOSE(&services->options, A_37, INCOMPLETE_CLASS);
    return ref_refuse(services, is_incomplete ? PAC_STATUS_INCOMPLETE_CLASS : PAC_STATUS_INVALID_PARAMETER,
                      "the class has no name");
  }
  if (name[0] == '_') {
    return refuse_name(services, PAC_STATUS_INVALID_OPERATION, "a leading underscore is for system classes");
  }
  if (!follows_grammar(name)) {
    return refuse_name(services, PAC_STATUS_INVALID_PARAMETER, "the name of the class is outside the grammar");
  }
  size_t length = strlen(name);
  if (name[length - 1] == '_') {
    return refuse_name(services, PAC_STATUS_INVALID_OBJECT, "the name of the class ends in an underscore");
  }
  if (length > CLASS_NAME_OCTETS_MAX) {
    return refuse_name(services, PAC_STATUS_QUOTA_VIOLATION, "the name of the class is too long");
  }
  return REF_FINE;
}

struct ref_answer ref_class_members_check(const struct pac_services *services, const struct pac_object *declared) {
  for (uint32_t i = 0; i < pac_object_property_count(declared); i++) {
    const struct pac_property *property = pac_object_property_at(declared, i);
    if (pac_object_property_find(declared, property->name) != property) {
      return ref_refuse(services, PAC_STATUS_INVALID_CLASS, "two properties of the class have one name");
    }
  }
  for (uint32_t i = 0; i < pac_object_method_count(declared); i++) {
    const struct pac_method *method = pac_object_method_at(declared, i);
    if (pac_object_method_find(declared, method->name) != method) {
      return ref_refuse(services, PAC_STATUS_INVALID_CLASS, "two methods of the class have one name");
    }
  }
  return REF_FINE;
}

static bool is_abstract(const struct pac_object *class_object) {
  return pac_qualifier_is_true(pac_object_qualifiers_view(class_object), "abstract");
}

/* A key is stated in a path and fixed by the first class that declares one. */
static struct ref_answer check_keys(const struct pac_services *services, const struct pac_object *complete,
                                    const struct pac_object *parent) {
  bool may_introduce = parent == NULL || (pac_object_key_count(parent) == 0 && is_abstract(parent));
  for (uint32_t i = 0; i < pac_object_property_count(complete); i++) {
    const struct pac_property *property = pac_object_property_at(complete, i);
    bool is_key = pac_object_property_is_key(complete, property->name);
    bool was_key = parent != NULL && pac_object_property_is_key(parent, property->name);
    enum pac_cim_type type = property->value.type;
    if (is_key && (property->value.is_array || type == PAC_CIM_REAL32 || type == PAC_CIM_REAL64 ||
                   type == PAC_CIM_OBJECT)) {
      return ref_refuse(services, PAC_STATUS_CANNOT_BE_KEY, "a property of that type cannot be a key");
    }
    if (is_key && !was_key && !may_introduce) {
      return ref_refuse(services, PAC_STATUS_CANNOT_BE_KEY, "the class cannot define a key below its parent");
    }
    if (was_key && !is_key) {
      return ref_refuse(services, PAC_STATUS_CANNOT_BE_KEY, "the class cannot alter an inherited key");
    }
  }
  return REF_FINE;
}

struct ref_answer ref_class_check(const struct pac_services *services, const struct pac_object *complete,
                                  const struct pac_object *parent) {
  if (parent != NULL && is_abstract(complete) && !is_abstract(parent)) {
    return ref_refuse(services, PAC_STATUS_CANNOT_BE_ABSTRACT, "an abstract class needs an abstract parent");
  }
  if (pac_object_is_singleton(complete) &&
      (pac_object_key_count(complete) > 0 || (parent != NULL && !pac_object_is_singleton(parent)))) {
    return ref_refuse(services, PAC_STATUS_CANNOT_BE_SINGLETON,
                      "a singleton has no keys and no parent that is not a singleton");
  }
  if (pac_object_property_count(complete) > CLASS_PROPERTIES_MAX) {
    return ref_refuse(services, PAC_STATUS_TOO_MANY_PROPERTIES, "the class has too many properties");
  }
  return check_keys(services, complete, parent);
}

/* Two absent signatures are the same, and so are signatures that differ in qualifiers only. */
static bool same_parameters(const struct pac_object *left, const struct pac_object *right) {
  if (left == NULL || right == NULL) {
    return left == right;
  }
  return pac_object_compare(left, right,
                            PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_QUALIFIERS | PAC_COMPARE_IGNORE_DEFAULTS |
                                PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_SPELLING,
                            NULL, 0);
}

bool ref_same_signature(const struct pac_method *left, const struct pac_method *right) {
  return same_parameters(left->in, right->in) && same_parameters(left->out, right->out);
}

static bool overrides_fixed(const struct pac_qualifier_set *own, const struct pac_qualifier_set *above) {
  for (uint32_t i = 0; i < pac_qualifier_count(own); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(own, i);
    const struct pac_qualifier *fixed = pac_qualifier_find(above, qualifier->name);
    if (fixed != NULL && ref_qualifier_is_own(qualifier) && (fixed->flavor & PAC_FLAVOR_NOT_OVERRIDABLE) != 0 &&
        !pac_value_equal(&qualifier->value, &fixed->value)) {
      return true;
    }
  }
  return false;
}

struct ref_answer ref_class_check_overrides(const struct pac_services *services, const struct pac_object *declared,
                                            const struct pac_object *parent) {
  const struct ref_answer fixed =
      ref_refuse(services, PAC_STATUS_OVERRIDE_NOT_ALLOWED, "the class overrides a qualifier that cannot be");
  if (overrides_fixed(pac_object_qualifiers_view(declared), pac_object_qualifiers_view(parent))) {
    return fixed;
  }
  for (uint32_t i = 0; i < pac_object_property_count(parent); i++) {
    const struct pac_property *above = pac_object_property_at(parent, i);
    const struct pac_property *own = pac_object_property_find(declared, above->name);
    if (own == NULL || !ref_declares_property(declared, own)) {
      continue;
    }
    if (own->value.type != above->value.type || own->value.is_array != above->value.is_array) {
      return ref_refuse(services, PAC_STATUS_UPDATE_TYPE_MISMATCH, "an inherited property has another type");
    }
    if (overrides_fixed(pac_object_property_qualifiers_view(declared, above->name),
                        pac_object_property_qualifiers_view(parent, above->name))) {
      return fixed;
    }
  }
  for (uint32_t i = 0; i < pac_object_method_count(parent); i++) {
    const struct pac_method *above = pac_object_method_at(parent, i);
    const struct pac_method *own = pac_object_method_find(declared, above->name);
    if (own == NULL) {
      continue;
    }
    if (!own->is_inherited && !ref_same_signature(own, above)) {
      return ref_refuse(services, PAC_STATUS_PROPAGATED_METHOD, "an inherited method has another signature");
    }
    if (overrides_fixed(pac_object_method_qualifiers_view(declared, above->name),
                        pac_object_method_qualifiers_view(parent, above->name))) {
      return fixed;
    }
  }
  return REF_FINE;
}
