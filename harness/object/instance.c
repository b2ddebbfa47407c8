/* SPDX-License-Identifier: Apache-2.0 */
/* Making instances. An instance shares names and default values with the definition of its class, which it carries. */
#include "object/arena.h"
#include "object/object_internal.h"

#define FIRST_INSTANCE_OCTETS 512u

bool pac_instance_populate(struct pac_object *instance) {
  const struct pac_object *class_object = instance->class_object;
  uint32_t count = class_object->properties.count;
  if (count != 0 && !pac_object_reserve_properties(instance, count)) {
    return false;
  }
  for (uint32_t i = 0; i < count; i++) {
    const struct pac_property_entry *declared = pac_property_entry_at(class_object, i);
    struct pac_property_entry *entry = pac_object_append_property(instance, declared->view.name);
    if (entry == NULL) {
      return false;
    }
    entry->view.value = declared->view.value;
    entry->view.is_default = true;
    pac_property_set_depth(instance, entry, declared->origin_depth);
  }
  return true;
}

static enum pac_result fill(struct pac_object *instance, const struct pac_object *class_object) {
  struct pac_object *carried = NULL;
  PAC_TRY(pac_object_copy_in(instance->arena, class_object,
                             PAC_COPY_WITHOUT_PARENT | PAC_COPY_WITHOUT_METHODS | PAC_COPY_WITHOUT_ORIGIN, &carried));
  instance->class_object = carried;
  instance->class_name = carried->class_name;
  return pac_instance_populate(instance)
             ? pac_object_set_origin(instance, class_object->server, class_object->namespace_name)
             : PAC_RESULT_NO_MEMORY;
}

enum pac_result pac_instance_new(const struct pac_memory *memory, const struct pac_object *class_object,
                                 struct pac_object **given) {
  if (class_object->genus != PAC_GENUS_CLASS) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  size_t first_size = FIRST_INSTANCE_OCTETS;
  if (class_object->owns_arena) {
    first_size += pac_arena_used(class_object->arena) +
                  class_object->properties.count * (sizeof(struct pac_property_entry) + 8 * sizeof(void *));
  }
  struct pac_object *instance = NULL;
  PAC_TRY(pac_object_new_owned(memory, first_size, PAC_GENUS_INSTANCE, &instance));
  enum pac_result result = fill(instance, class_object);
  if (result != PAC_RESULT_OK) {
    pac_object_free(instance);
    return result;
  }
  *given = instance;
  return PAC_RESULT_OK;
}
