/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and setting properties of classes and instances, and what the qualifiers key and singleton say. */
#include "object/object_internal.h"

uint32_t pac_object_property_count(const struct pac_object *object) {
  return object->properties.count;
}

const struct pac_property *pac_object_property_at(const struct pac_object *object, uint32_t index) {
  return index < object->properties.count ? &pac_property_entry_at(object, index)->view : NULL;
}

const struct pac_property *pac_object_property_find(const struct pac_object *object, const char *name) {
  const struct pac_property_entry *entry = pac_property_entry_find(object, name);
  return entry != NULL ? &entry->view : NULL;
}

enum pac_result pac_object_property_set(struct pac_object *object, const char *name, const struct pac_value *value) {
  PAC_TRY(pac_name_check(name));
  PAC_TRY(pac_value_check_inside(value));
  struct pac_property_entry *entry = pac_property_entry_find(object, name);
  if (entry == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  if (value->type != entry->view.value.type || value->is_array != entry->view.value.is_array) {
    return PAC_RESULT_TYPE_MISMATCH;
  }
  struct pac_value copy;
  if (!pac_value_copy_unchecked(object->arena, value, &copy)) {
    return PAC_RESULT_NO_MEMORY;
  }
  entry->view.value = copy;
  entry->view.is_default = false;
  return PAC_RESULT_OK;
}

enum pac_result pac_object_property_reset(struct pac_object *object, const char *name) {
  if (name == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  struct pac_property_entry *entry = pac_property_entry_find(object, name);
  if (entry == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  const struct pac_object *definition = pac_object_carried(object);
  const struct pac_property_entry *declared = definition != NULL ? pac_property_entry_find(definition, name) : NULL;
  /* A property that was given another type than its parent's cannot take the parent's default. */
  bool fits = declared != NULL && declared->view.value.type == entry->view.value.type &&
              declared->view.value.is_array == entry->view.value.is_array;
  entry->view.value = fits ? declared->view.value : pac_value_null(entry->view.value.type, entry->view.value.is_array);
  entry->view.is_default = fits;
  return PAC_RESULT_OK;
}

bool pac_object_property_is_key(const struct pac_object *object, const char *property) {
  return pac_qualifier_is_true(pac_object_property_qualifiers_view(pac_object_definition(object), property), "key");
}

uint32_t pac_object_key_count(const struct pac_object *object) {
  const struct pac_object *definition = pac_object_definition(object);
  uint32_t count = 0;
  for (uint32_t i = 0; i < definition->properties.count; i++) {
    count += pac_qualifier_is_true(&pac_property_entry_at(definition, i)->qualifiers, "key");
  }
  return count;
}

bool pac_object_is_singleton(const struct pac_object *object) {
  return pac_qualifier_find(&pac_object_definition(object)->qualifiers, "singleton") != NULL;
}
