/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copying an object into an arena. What an object shares with the definition it carries is shared in the copy too: so a
 * copy is no larger than its original, however deep embedded objects and their classes nest.
 */
#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"

/* How far ahead a shared qualifier is looked for. The inherited ones stand in the order of the definition. */
#define SHARED_QUALIFIER_WINDOW 8u

/* A qualifier, or where an object comes from. */
#define CHANGE_OCTETS 128u

bool pac_value_is_shared(const struct pac_value *left, const struct pac_value *right) {
  if (left->type != right->type || left->is_array != right->is_array || left->is_null != right->is_null) {
    return false;
  }
  if (left->is_null) {
    return true;
  }
  if (left->is_array) {
    return left->count == right->count && left->elements == right->elements;
  }
  switch (left->type) {
    case PAC_CIM_STRING:
    case PAC_CIM_DATETIME:
    case PAC_CIM_REFERENCE:
      return left->scalar.text == right->scalar.text;
    case PAC_CIM_OBJECT:
      return left->scalar.object == right->scalar.object;
    default:
      return pac_value_equal(left, right);
  }
}

const struct pac_property_entry *pac_property_twin(const struct pac_object *object, uint32_t index) {
  const struct pac_object *definition = pac_object_carried(object);
  if (definition == NULL || index >= definition->properties.count) {
    return NULL;
  }
  const struct pac_property_entry *twin = pac_property_entry_at(definition, index);
  return twin->view.name == pac_property_entry_at(object, index)->view.name ? twin : NULL;
}

static const char *copy_text(struct pac_arena *arena, const char *text) {
  return pac_arena_copy_text(arena, text, strlen(text));
}

/* Copies an optional text. False: no memory. */
static bool copy_optional(struct pac_arena *arena, const char *text, const char **copy) {
  *copy = text == NULL ? NULL : copy_text(arena, text);
  return text == NULL || *copy != NULL;
}

/* Copies the qualifiers of one set. `twin_from` (may be null) is the set they may share with, `twin_to` its copy. */
static bool copy_qualifiers(const struct pac_qualifier_set *from, struct pac_qualifier_set *to,
                            const struct pac_qualifier_set *twin_from, const struct pac_qualifier_set *twin_to) {
  struct pac_arena *arena = to->object->arena;
  if (from->list.count == 0) {
    return true;
  }
  if (!pac_name_list_reserve(arena, &to->list, from->list.count)) {
    return false;
  }
  uint32_t cursor = 0;
  for (uint32_t i = 0; i < from->list.count; i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_entry_at(from, i);
    const struct pac_qualifier *shared = NULL;
    uint32_t twins = twin_from != NULL && (qualifier->flavor & PAC_FLAVOR_INHERITED) != 0 ? twin_from->list.count : 0;
    for (uint32_t at = cursor; at < twins && at - cursor < SHARED_QUALIFIER_WINDOW; at++) {
      const struct pac_qualifier *candidate = pac_qualifier_entry_at(twin_from, at);
      if (candidate->name == qualifier->name && pac_value_is_shared(&candidate->value, &qualifier->value)) {
        shared = pac_qualifier_entry_at(twin_to, at);
        cursor = at + 1;
        break;
      }
    }
    struct pac_value value;
    const char *name = shared != NULL ? shared->name : copy_text(arena, qualifier->name);
    if (shared != NULL) {
      value = shared->value;
    } else if (name == NULL || !pac_value_copy_unchecked(arena, &qualifier->value, &value)) {
      return false;
    }
    if (pac_qualifier_append(to, name, &value, qualifier->flavor) == NULL) {
      return false;
    }
  }
  return true;
}

static bool copy_properties(const struct pac_object *object, struct pac_object *copy) {
  const struct pac_object *twins = pac_object_carried(copy);
  if (object->properties.count != 0 && !pac_object_reserve_properties(copy, object->properties.count)) {
    return false;
  }
  for (uint32_t i = 0; i < object->properties.count; i++) {
    const struct pac_property_entry *entry = pac_property_entry_at(object, i);
    const struct pac_property_entry *twin = twins != NULL ? pac_property_twin(object, i) : NULL;
    const struct pac_property_entry *twin_copy = twin != NULL ? pac_property_entry_at(twins, i) : NULL;
    const char *name = twin != NULL ? twin_copy->view.name : copy_text(copy->arena, entry->view.name);
    struct pac_property_entry *made = name != NULL ? pac_object_append_property(copy, name) : NULL;
    if (made == NULL) {
      return false;
    }
    if (twin != NULL && pac_value_is_shared(&twin->view.value, &entry->view.value)) {
      made->view.value = twin_copy->view.value;
    } else if (!pac_value_copy_unchecked(copy->arena, &entry->view.value, &made->view.value)) {
      return false;
    }
    made->view.is_default = entry->view.is_default;
    pac_property_set_depth(copy, made, entry->origin_depth);
    if (!copy_qualifiers(&entry->qualifiers, &made->qualifiers, twin != NULL ? &twin->qualifiers : NULL,
                         twin != NULL ? &twin_copy->qualifiers : NULL)) {
      return false;
    }
  }
  return true;
}

/* Copies one signature. `twin` (may be null) is the definition's, `twin_copy` its copy. */
static bool copy_signature(struct pac_arena *arena, const struct pac_object *from, const struct pac_object *twin,
                           const struct pac_object *twin_copy, const struct pac_object **copy) {
  *copy = NULL;
  if (from == NULL) {
    return true;
  }
  if (from == twin) {
    *copy = twin_copy;
    return true;
  }
  struct pac_object *made = NULL;
  if (pac_object_copy_in(arena, from, PAC_COPY_WHOLE, &made) != PAC_RESULT_OK) {
    return false;
  }
  *copy = made;
  return true;
}

static bool copy_methods(const struct pac_object *object, struct pac_object *copy) {
  const struct pac_object *parent = copy->parent != NULL ? object->parent : NULL;
  if (object->methods.count != 0 && !pac_object_reserve_methods(copy, object->methods.count)) {
    return false;
  }
  for (uint32_t i = 0; i < object->methods.count; i++) {
    const struct pac_method_entry *entry = pac_method_entry_at(object, i);
    const struct pac_method_entry *twin =
        parent != NULL && i < parent->methods.count ? pac_method_entry_at(parent, i) : NULL;
    const struct pac_method_entry *twin_copy = twin != NULL ? pac_method_entry_at(copy->parent, i) : NULL;
    const char *name = twin != NULL && twin->view.name == entry->view.name ? twin_copy->view.name
                                                                           : copy_text(copy->arena, entry->view.name);
    struct pac_method_entry *made = name != NULL ? pac_object_append_method(copy, name) : NULL;
    if (made == NULL ||
        !copy_signature(copy->arena, entry->view.in, twin != NULL ? twin->view.in : NULL,
                        twin != NULL ? twin_copy->view.in : NULL, &made->view.in) ||
        !copy_signature(copy->arena, entry->view.out, twin != NULL ? twin->view.out : NULL,
                        twin != NULL ? twin_copy->view.out : NULL, &made->view.out)) {
      return false;
    }
    pac_method_set_depth(copy, made, entry->origin_depth);
    if (!copy_qualifiers(&entry->qualifiers, &made->qualifiers, twin != NULL ? &twin->qualifiers : NULL,
                         twin != NULL ? &twin_copy->qualifiers : NULL)) {
      return false;
    }
  }
  return true;
}

/* Copies the ancestry; names that the carried parent has too are shared with its copy. */
static bool copy_derivation(const struct pac_object *object, struct pac_object *copy) {
  uint32_t count = object->derivation_count;
  if (count == 0) {
    return true;
  }
  copy->derivation = pac_arena_allocate_array(copy->arena, count, sizeof *copy->derivation);
  if (copy->derivation == NULL) {
    return false;
  }
  const struct pac_object *parent = copy->parent != NULL ? object->parent : NULL;
  for (uint32_t i = 0; i < count; i++) {
    const char *name = object->derivation[i];
    if (parent != NULL && i == 0 && parent->class_name == name) {
      copy->derivation[i] = copy->parent->class_name;
    } else if (parent != NULL && i > 0 && i - 1 < parent->derivation_count && parent->derivation[i - 1] == name) {
      copy->derivation[i] = copy->parent->derivation[i - 1];
    } else {
      copy->derivation[i] = copy_text(copy->arena, name);
    }
    if (copy->derivation[i] == NULL) {
      return false;
    }
  }
  copy->derivation_count = count;
  copy->superclass = copy->derivation[0];
  return true;
}

/* Copies the definition that the object carries, without what a carried definition never has. */
static bool copy_carried(const struct pac_object *object, unsigned leave_out, struct pac_object *copy) {
  struct pac_object *carried = NULL;
  if (object->class_object != NULL) {
    if (pac_object_copy_in(copy->arena, object->class_object,
                           PAC_COPY_WITHOUT_PARENT | PAC_COPY_WITHOUT_METHODS | PAC_COPY_WITHOUT_ORIGIN,
                           &carried) != PAC_RESULT_OK) {
      return false;
    }
    copy->class_object = carried;
  } else if (object->parent != NULL && (leave_out & PAC_COPY_WITHOUT_PARENT) == 0) {
    if (pac_object_copy_in(copy->arena, object->parent, PAC_COPY_WITHOUT_PARENT | PAC_COPY_WITHOUT_ORIGIN, &carried) !=
        PAC_RESULT_OK) {
      return false;
    }
    copy->parent = carried;
  }
  return true;
}

static bool copy_into(const struct pac_object *object, unsigned leave_out, struct pac_object *copy) {
  copy->prototype_flags = object->prototype_flags;
  if (!copy_carried(object, leave_out, copy)) {
    return false;
  }
  if (object->class_object != NULL && object->class_name == object->class_object->class_name) {
    copy->class_name = copy->class_object->class_name;
  } else if (!copy_optional(copy->arena, object->class_name, &copy->class_name)) {
    return false;
  }
  if ((leave_out & PAC_COPY_WITHOUT_ORIGIN) == 0 &&
      (!copy_optional(copy->arena, object->server, &copy->server) ||
       !copy_optional(copy->arena, object->namespace_name, &copy->namespace_name))) {
    return false;
  }
  const struct pac_object *parent = copy->parent != NULL ? object->parent : NULL;
  return copy_derivation(object, copy) &&
         copy_qualifiers(&object->qualifiers, &copy->qualifiers, parent != NULL ? &parent->qualifiers : NULL,
                         parent != NULL ? &copy->parent->qualifiers : NULL) &&
         copy_properties(object, copy) &&
         ((leave_out & PAC_COPY_WITHOUT_METHODS) != 0 || copy_methods(object, copy));
}

enum pac_result pac_object_copy_in(struct pac_arena *arena, const struct pac_object *object, unsigned leave_out,
                                   struct pac_object **copy) {
  struct pac_object *made = pac_object_new_in(arena, object->genus);
  if (made == NULL || !copy_into(object, leave_out, made)) {
    return PAC_RESULT_NO_MEMORY;
  }
  *copy = made;
  return PAC_RESULT_OK;
}

enum pac_result pac_object_clone(const struct pac_memory *memory, const struct pac_object *object,
                                 struct pac_object **given) {
  /* With some room, because a copy is mostly made to be changed. */
  size_t first_size = object->owns_arena ? pac_arena_used(object->arena) + CHANGE_OCTETS : 0;
  struct pac_object *copy = NULL;
  PAC_TRY(pac_object_new_owned(memory, first_size, object->genus, &copy));
  if (!copy_into(object, PAC_COPY_WHOLE, copy)) {
    pac_object_free(copy);
    return PAC_RESULT_NO_MEMORY;
  }
  *given = copy;
  return PAC_RESULT_OK;
}
