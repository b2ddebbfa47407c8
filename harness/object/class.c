/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making classes and declaring their properties. A derived class shares names and values with the definition of its
 * parent, which it carries.
 */
#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"

#define FIRST_CLASS_OCTETS 2048u

enum pac_result pac_class_new(const struct pac_memory *memory, const char *name, struct pac_object **given) {
  struct pac_object *object = NULL;
  PAC_TRY(pac_object_new_owned(memory, FIRST_CLASS_OCTETS, PAC_GENUS_CLASS, &object));
  enum pac_result result = pac_object_set_class_name(object, name);
  if (result != PAC_RESULT_OK) {
    pac_object_free(object);
    return result;
  }
  *given = object;
  return PAC_RESULT_OK;
}

/* Fills a derived class from the parent that it carries by now. */
static bool inherit(struct pac_object *object) {
  const struct pac_object *parent = object->parent;
  uint32_t ancestors = parent->derivation_count + 1;
  object->derivation = pac_arena_allocate_array(object->arena, ancestors, sizeof *object->derivation);
  if (object->derivation == NULL) {
    return false;
  }
  object->derivation[0] = parent->class_name;
  for (uint32_t i = 1; i < ancestors; i++) {
    object->derivation[i] = parent->derivation[i - 1];
  }
  object->derivation_count = ancestors;
  object->superclass = parent->class_name;
  /* Room for some more, because a class is mostly derived to declare something. */
  if (!pac_qualifiers_inherit(&object->qualifiers, &parent->qualifiers) ||
      !pac_object_reserve_properties(object, parent->properties.count + 4) ||
      (parent->methods.count != 0 && !pac_object_reserve_methods(object, parent->methods.count))) {
    return false;
  }
  for (uint32_t i = 0; i < parent->properties.count; i++) {
    const struct pac_property_entry *inherited = pac_property_entry_at(parent, i);
    struct pac_property_entry *entry = pac_object_append_property(object, inherited->view.name);
    if (entry == NULL || !pac_qualifiers_inherit(&entry->qualifiers, &inherited->qualifiers)) {
      return false;
    }
    entry->view.value = inherited->view.value;
    entry->view.is_default = true;
    pac_property_set_depth(object, entry, inherited->origin_depth);
  }
  for (uint32_t i = 0; i < parent->methods.count; i++) {
    const struct pac_method_entry *inherited = pac_method_entry_at(parent, i);
    struct pac_method_entry *entry = pac_object_append_method(object, inherited->view.name);
    if (entry == NULL || !pac_qualifiers_inherit(&entry->qualifiers, &inherited->qualifiers)) {
      return false;
    }
    entry->view.in = inherited->view.in;
    entry->view.out = inherited->view.out;
    pac_method_set_depth(object, entry, inherited->origin_depth);
  }
  return true;
}

/* Copies the server and namespace of `from`: what is made from an object belongs where that came from. */
static bool copy_origin(const struct pac_object *from, struct pac_object *to) {
  return pac_object_set_origin(to, from->server, from->namespace_name) == PAC_RESULT_OK;
}

enum pac_result pac_class_derive(const struct pac_memory *memory, const struct pac_object *base, const char *name,
                                 struct pac_object **given) {
  if (base->genus != PAC_GENUS_CLASS || base->class_name == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  if (base->derivation_count >= PAC_OBJECT_ANCESTORS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  struct pac_object *object = NULL;
  size_t first_size = base->owns_arena ? 2 * pac_arena_used(base->arena) + FIRST_CLASS_OCTETS : 0;
  PAC_TRY(pac_object_new_owned(memory, first_size, PAC_GENUS_CLASS, &object));
  struct pac_object *parent = NULL;
  enum pac_result result =
      pac_object_copy_in(object->arena, base, PAC_COPY_WITHOUT_PARENT | PAC_COPY_WITHOUT_ORIGIN, &parent);
  if (result == PAC_RESULT_OK) {
    object->parent = parent;
    result = inherit(object) && copy_origin(base, object) ? pac_object_set_class_name(object, name)
                                                          : PAC_RESULT_NO_MEMORY;
  }
  if (result != PAC_RESULT_OK) {
    pac_object_free(object);
    return result;
  }
  *given = object;
  return PAC_RESULT_OK;
}

/* Says the type of a property in its qualifier CIMTYPE. */
static enum pac_result put_cim_type(struct pac_qualifier_set *set, enum pac_cim_type type) {
  struct pac_value word = pac_value_string(type == PAC_CIM_REFERENCE ? "ref" : pac_cim_type_word(type));
  return pac_qualifier_put(set, "CIMTYPE", &word, PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_TO_DERIVED);
}

enum pac_result pac_class_property_add(struct pac_object *class_object, const char *name,
                                       const struct pac_value *value) {
  if (class_object->genus != PAC_GENUS_CLASS) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  PAC_TRY(pac_name_check(name));
  PAC_TRY(pac_value_check_inside(value));
  if (pac_property_entry_find(class_object, name) != NULL) {
    return PAC_RESULT_EXISTS;
  }
  if (class_object->properties.count >= PAC_OBJECT_PROPERTIES_MAX) {
    return PAC_RESULT_LIMIT;
  }
  struct pac_value copy;
  const char *name_copy = pac_arena_copy_text(class_object->arena, name, strlen(name));
  if (name_copy == NULL || !pac_value_copy_unchecked(class_object->arena, value, &copy)) {
    return PAC_RESULT_NO_MEMORY;
  }
  struct pac_property_entry *entry = pac_object_append_property(class_object, name_copy);
  if (entry == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  entry->view.value = copy;
  enum pac_result result = put_cim_type(&entry->qualifiers, value->type);
  if (result != PAC_RESULT_OK) {
    pac_name_list_remove(&class_object->properties, entry);
  }
  return result;
}

enum pac_result pac_class_property_retype(struct pac_object *class_object, const char *name,
                                          const struct pac_value *value) {
  if (class_object->genus != PAC_GENUS_CLASS) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  PAC_TRY(pac_name_check(name));
  PAC_TRY(pac_value_check_inside(value));
  struct pac_property_entry *entry = pac_property_entry_find(class_object, name);
  if (entry == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  struct pac_value copy;
  if (!pac_value_copy_unchecked(class_object->arena, value, &copy)) {
    return PAC_RESULT_NO_MEMORY;
  }
  PAC_TRY(put_cim_type(&entry->qualifiers, value->type));
  entry->view.value = copy;
  entry->view.is_default = false;
  return PAC_RESULT_OK;
}

enum pac_result pac_class_property_remove(struct pac_object *class_object, const char *name) {
  struct pac_property_entry *entry = pac_property_entry_find(class_object, name);
  if (class_object->genus != PAC_GENUS_CLASS || name == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  if (entry == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  if (entry->view.is_inherited) {
    return PAC_RESULT_READ_ONLY;
  }
  pac_name_list_remove(&class_object->properties, entry);
  return PAC_RESULT_OK;
}
