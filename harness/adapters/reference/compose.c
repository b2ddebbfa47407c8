/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Composes classes and instances. A stored class shows the inherited beside its own, so its own part can be taken from any
 * complete definition and put upon another parent: that is how a change of a base class reaches the derived classes.
 */
#include "compose.h"

#include "pacheck/value.h"

bool ref_qualifier_is_own(const struct pac_qualifier *qualifier) {
  return (qualifier->flavor & PAC_FLAVOR_INHERITED) == 0;
}

static bool has_own_qualifier(const struct pac_qualifier_set *set) {
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    if (ref_qualifier_is_own(pac_qualifier_at(set, i))) {
      return true;
    }
  }
  return false;
}

bool ref_declares_property(const struct pac_object *class_object, const struct pac_property *property) {
  return !property->is_inherited || !property->is_default ||
         has_own_qualifier(pac_object_property_qualifiers_view(class_object, property->name));
}

/* Puts the qualifiers that `from` does not inherit. */
static enum pac_result put_own(struct pac_qualifier_set *to, const struct pac_qualifier_set *from) {
  for (uint32_t i = 0; i < pac_qualifier_count(from); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(from, i);
    if (ref_qualifier_is_own(qualifier)) {
      PAC_TRY(pac_qualifier_put(to, qualifier->name, &qualifier->value, qualifier->flavor));
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result compose_property(struct pac_object *object, const struct pac_object *declared,
                                        const struct pac_property *property) {
  const struct pac_property *present = pac_object_property_find(object, property->name);
  if (present == NULL) {
    if (!ref_declares_property(declared, property)) {
      return PAC_RESULT_OK; /* it was inherited, and the parent has dropped it */
    }
    PAC_TRY(pac_class_property_add(object, property->name, &property->value));
  } else if (present->value.type != property->value.type || present->value.is_array != property->value.is_array) {
    return PAC_RESULT_OK;
  } else if ((!property->is_inherited || !property->is_default) && !pac_value_equal(&present->value, &property->value)) {
    PAC_TRY(pac_object_property_set(object, property->name, &property->value));
  }
  return put_own(pac_object_property_qualifiers(object, property->name),
                 pac_object_property_qualifiers_view(declared, property->name));
}

static enum pac_result compose_method(struct pac_object *object, const struct pac_object *declared,
                                      const struct pac_method *method) {
  const struct pac_qualifier_set *qualifiers = pac_object_method_qualifiers_view(declared, method->name);
  if (!method->is_inherited) {
    PAC_TRY(pac_class_method_put(object, method->name, method->in, method->out));
  } else if (pac_object_method_find(object, method->name) == NULL) {
    return PAC_RESULT_OK;
  }
  return put_own(pac_object_method_qualifiers(object, method->name), qualifiers);
}

static enum pac_result compose_members(struct pac_object *object, const struct pac_object *declared) {
  PAC_TRY(put_own(pac_object_qualifiers(object), pac_object_qualifiers_view(declared)));
  for (uint32_t i = 0; i < pac_object_property_count(declared); i++) {
    PAC_TRY(compose_property(object, declared, pac_object_property_at(declared, i)));
  }
  for (uint32_t i = 0; i < pac_object_method_count(declared); i++) {
    PAC_TRY(compose_method(object, declared, pac_object_method_at(declared, i)));
  }
  return PAC_RESULT_OK;
}

enum pac_result ref_compose_class(const struct pac_memory *memory, const struct pac_object *parent,
                                  const struct pac_object *declared, struct pac_object **given) {
  if (parent == NULL) {
    return pac_object_clone(memory, declared, given); /* a class at the top declares all that it shows */
  }
  struct pac_object *object = NULL;
  PAC_TRY(pac_class_derive(memory, parent, pac_object_class_name(declared), &object));
  enum pac_result result = compose_members(object, declared);
  if (result != PAC_RESULT_OK) {
    pac_object_free(object);
    return result;
  }
  *given = object;
  return PAC_RESULT_OK;
}

/* A value that is the default of the old class stays an explicit value when the new class has another default. */
static enum pac_result compose_value(struct pac_object *object, const struct pac_property *property) {
  const struct pac_property *present = pac_object_property_find(object, property->name);
  if (present == NULL || present->value.type != property->value.type ||
      present->value.is_array != property->value.is_array ||
      (property->is_default && pac_value_equal(&present->value, &property->value))) {
    return PAC_RESULT_OK;
  }
  return pac_object_property_set(object, property->name, &property->value);
}

enum pac_result ref_compose_instance(const struct pac_memory *memory, const struct pac_object *class_object,
                                     const struct pac_object *instance, struct pac_object **given) {
  struct pac_object *object = NULL;
  PAC_TRY(pac_instance_new(memory, class_object, &object));
  enum pac_result result = put_own(pac_object_qualifiers(object), pac_object_qualifiers_view(instance));
  for (uint32_t i = 0; result == PAC_RESULT_OK && i < pac_object_property_count(instance); i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    result = compose_value(object, property);
    struct pac_qualifier_set *qualifiers = pac_object_property_qualifiers(object, property->name);
    if (result == PAC_RESULT_OK && qualifiers != NULL) {
      result = put_own(qualifiers, pac_object_property_qualifiers_view(instance, property->name));
    }
  }
  if (result != PAC_RESULT_OK) {
    pac_object_free(object);
    return result;
  }
  *given = object;
  return PAC_RESULT_OK;
}
