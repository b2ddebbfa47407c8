/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The object as a whole: its life cycle, identity and the appending functions that every builder goes through. Making
 * classes and instances is left to class.c and instance.c, copying to copy.c.
 */
#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"
#include "object/text.h"

void pac_qualifier_set_init(struct pac_qualifier_set *set, struct pac_object *object, enum pac_set_owner owner,
                            const void *member) {
  *set = (struct pac_qualifier_set){.object = object, .owner = owner, .member = member};
}

struct pac_object *pac_object_new_in(struct pac_arena *arena, enum pac_genus genus) {
  struct pac_object *object = pac_arena_allocate(arena, sizeof *object);
  if (object != NULL) {
    object->arena = arena;
    object->genus = genus;
    pac_qualifier_set_init(&object->qualifiers, object, PAC_SET_OF_OBJECT, NULL);
  }
  return object;
}

enum pac_result pac_object_new_owned(const struct pac_memory *memory, size_t first_size, enum pac_genus genus,
                                     struct pac_object **given) {
  struct pac_arena *arena = NULL;
  PAC_TRY(pac_arena_new(memory, first_size, &arena));
  struct pac_object *object = pac_object_new_in(arena, genus);
  if (object == NULL) {
    pac_arena_free(arena);
    return PAC_RESULT_NO_MEMORY;
  }
  object->owns_arena = true;
  *given = object;
  return PAC_RESULT_OK;
}

void pac_object_free(struct pac_object *object) {
  if (object != NULL && object->owns_arena) {
    pac_arena_free(object->arena);
  }
}

bool pac_object_reserve_properties(struct pac_object *object, uint32_t count) {
  return pac_name_list_reserve(object->arena, &object->properties, count);
}

bool pac_object_reserve_methods(struct pac_object *object, uint32_t count) {
  return pac_name_list_reserve(object->arena, &object->methods, count);
}

/* The name of the class at `depth` in the object's ancestry, itself last. */
static const char *name_at_depth(const struct pac_object *object, uint32_t depth) {
  const struct pac_object *definition = pac_object_definition(object);
  return depth < definition->derivation_count ? definition->derivation[definition->derivation_count - 1 - depth]
                                              : definition->class_name;
}

static uint32_t own_depth(const struct pac_object *object) {
  return pac_object_definition(object)->derivation_count;
}

void pac_property_set_depth(const struct pac_object *object, struct pac_property_entry *entry, uint32_t depth) {
  entry->origin_depth = depth;
  entry->view.origin = name_at_depth(object, depth);
  entry->view.is_inherited = depth < own_depth(object);
}

void pac_method_set_depth(const struct pac_object *object, struct pac_method_entry *entry, uint32_t depth) {
  entry->origin_depth = depth;
  entry->view.origin = name_at_depth(object, depth);
  entry->view.is_inherited = depth < own_depth(object);
}

struct pac_property_entry *pac_object_append_property(struct pac_object *object, const char *name) {
  struct pac_property_entry *entry = pac_arena_allocate(object->arena, sizeof *entry);
  if (entry == NULL) {
    return NULL;
  }
  entry->view.name = name;
  entry->view.value.is_null = true; /* the rest of it is zero by now, and so is the set */
  entry->qualifiers.object = object;
  entry->qualifiers.owner = PAC_SET_OF_PROPERTY;
  entry->qualifiers.member = entry;
  pac_property_set_depth(object, entry, own_depth(object));
  return pac_name_list_append(object->arena, &object->properties, entry) ? entry : NULL;
}

struct pac_method_entry *pac_object_append_method(struct pac_object *object, const char *name) {
  struct pac_method_entry *entry = pac_arena_allocate(object->arena, sizeof *entry);
  if (entry == NULL) {
    return NULL;
  }
  entry->view.name = name;
  pac_qualifier_set_init(&entry->qualifiers, object, PAC_SET_OF_METHOD, entry);
  pac_method_set_depth(object, entry, own_depth(object));
  return pac_name_list_append(object->arena, &object->methods, entry) ? entry : NULL;
}

enum pac_genus pac_object_genus(const struct pac_object *object) {
  return object->genus;
}

const char *pac_object_class_name(const struct pac_object *object) {
  return object->class_name;
}

static enum pac_result copy_name(struct pac_arena *arena, const char *name, const char **copy) {
  if (name == NULL) {
    *copy = NULL;
    return PAC_RESULT_OK;
  }
  if (name[0] != '\0') {
    PAC_TRY(pac_name_check(name));
  }
  *copy = pac_arena_copy_text(arena, name, strlen(name));
  return *copy != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

/* Names the origins again after a name in the ancestry has changed. */
static void refresh_origins(struct pac_object *object) {
  for (uint32_t i = 0; i < object->properties.count; i++) {
    struct pac_property_entry *entry = pac_property_entry_at(object, i);
    pac_property_set_depth(object, entry, entry->origin_depth);
  }
  for (uint32_t i = 0; i < object->methods.count; i++) {
    struct pac_method_entry *entry = pac_method_entry_at(object, i);
    pac_method_set_depth(object, entry, entry->origin_depth);
  }
}

enum pac_result pac_object_set_class_name(struct pac_object *object, const char *name) {
  const char *copy = NULL;
  PAC_TRY(copy_name(object->arena, name, &copy));
  object->class_name = copy;
  refresh_origins(object);
  return PAC_RESULT_OK;
}

const char *pac_object_superclass(const struct pac_object *object) {
  return pac_object_definition(object)->superclass;
}

uint32_t pac_object_ancestor_count(const struct pac_object *object) {
  return pac_object_definition(object)->derivation_count;
}

const char *pac_object_ancestor_at(const struct pac_object *object, uint32_t index) {
  const struct pac_object *definition = pac_object_definition(object);
  return index < definition->derivation_count ? definition->derivation[index] : NULL;
}

bool pac_object_is_a(const struct pac_object *object, const char *class_name) {
  if (class_name == NULL) {
    return false;
  }
  if (object->class_name != NULL && pac_name_equal(object->class_name, class_name)) {
    return true;
  }
  const struct pac_object *definition = pac_object_definition(object);
  for (uint32_t i = 0; i < definition->derivation_count; i++) {
    if (pac_name_equal(definition->derivation[i], class_name)) {
      return true;
    }
  }
  return false;
}

static void disown_qualifiers(struct pac_qualifier_set *set) {
  for (uint32_t i = 0; i < set->list.count; i++) {
    struct pac_qualifier *qualifier = pac_qualifier_entry_at(set, i);
    qualifier->flavor &= (uint8_t)~PAC_FLAVOR_INHERITED;
  }
}

/* Makes everything the class has its own, because nothing is left to inherit it from. */
static void make_top_level(struct pac_object *object) {
  object->superclass = NULL;
  object->derivation_count = 0;
  disown_qualifiers(&object->qualifiers);
  for (uint32_t i = 0; i < object->properties.count; i++) {
    struct pac_property_entry *entry = pac_property_entry_at(object, i);
    entry->view.is_default = false;
    entry->origin_depth = 0;
    disown_qualifiers(&entry->qualifiers);
  }
  for (uint32_t i = 0; i < object->methods.count; i++) {
    struct pac_method_entry *entry = pac_method_entry_at(object, i);
    entry->origin_depth = 0;
    disown_qualifiers(&entry->qualifiers);
  }
}

enum pac_result pac_class_set_superclass(struct pac_object *class_object, const char *name) {
  if (class_object->genus != PAC_GENUS_CLASS) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  if (name == NULL) {
    make_top_level(class_object);
  } else {
    uint32_t count = class_object->derivation_count == 0 ? 1 : class_object->derivation_count;
    const char **derivation = pac_arena_allocate_array(class_object->arena, count, sizeof *derivation);
    const char *copy = NULL;
    if (derivation == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    PAC_TRY(copy_name(class_object->arena, name, &copy));
    if (class_object->derivation_count == 0) {
      /* What was declared at the root is now declared one step below it. */
      for (uint32_t i = 0; i < class_object->properties.count; i++) {
        pac_property_entry_at(class_object, i)->origin_depth = 1;
      }
      for (uint32_t i = 0; i < class_object->methods.count; i++) {
        pac_method_entry_at(class_object, i)->origin_depth = 1;
      }
    } else {
      memcpy(derivation, class_object->derivation, count * sizeof *derivation);
    }
    derivation[0] = copy;
    class_object->superclass = copy;
    class_object->derivation = derivation;
    class_object->derivation_count = count;
  }
  class_object->parent = NULL;
  refresh_origins(class_object);
  return PAC_RESULT_OK;
}

const struct pac_object *pac_class_parent(const struct pac_object *class_object) {
  return class_object->parent;
}

const struct pac_object *pac_instance_class(const struct pac_object *instance) {
  return instance->class_object;
}

const char *pac_object_server(const struct pac_object *object) {
  return object->server;
}

const char *pac_object_namespace(const struct pac_object *object) {
  return object->namespace_name;
}

enum pac_result pac_object_set_origin(struct pac_object *object, const char *server, const char *namespace_name) {
  const char *server_copy = NULL;
  const char *namespace_copy = NULL;
  PAC_TRY(copy_name(object->arena, server, &server_copy));
  PAC_TRY(copy_name(object->arena, namespace_name, &namespace_copy));
  object->server = server_copy;
  object->namespace_name = namespace_copy;
  return PAC_RESULT_OK;
}

static unsigned set_nesting(const struct pac_qualifier_set *set) {
  unsigned deepest = 0;
  for (uint32_t i = 0; i < set->list.count; i++) {
    unsigned nesting = pac_value_nesting(&pac_qualifier_entry_at(set, i)->value);
    deepest = nesting > deepest ? nesting : deepest;
  }
  return deepest;
}

static unsigned larger(unsigned left, unsigned right) {
  return left > right ? left : right;
}

static unsigned signature_nesting(const struct pac_object *signature, const struct pac_object *twin) {
  return signature != NULL && signature != twin ? pac_object_nesting(signature) : 0;
}

unsigned pac_object_nesting(const struct pac_object *object) {
  unsigned inside = set_nesting(&object->qualifiers);
  for (uint32_t i = 0; i < object->properties.count; i++) {
    const struct pac_property_entry *entry = pac_property_entry_at(object, i);
    if (entry->view.value.type == PAC_CIM_OBJECT) {
      /* A value shared with the carried definition is met there: visiting it twice at each level would add up. */
      const struct pac_property_entry *twin = pac_property_twin(object, i);
      bool is_shared = twin != NULL && pac_value_is_shared(&twin->view.value, &entry->view.value);
      inside = larger(inside, is_shared ? 0 : pac_value_nesting(&entry->view.value));
    }
    inside = larger(inside, set_nesting(&entry->qualifiers));
  }
  for (uint32_t i = 0; i < object->methods.count; i++) {
    const struct pac_method_entry *entry = pac_method_entry_at(object, i);
    inside = larger(inside, set_nesting(&entry->qualifiers));
    const struct pac_method_entry *twin =
        object->parent != NULL && i < object->parent->methods.count ? pac_method_entry_at(object->parent, i) : NULL;
    inside = larger(inside, signature_nesting(entry->view.in, twin != NULL ? twin->view.in : NULL));
    inside = larger(inside, signature_nesting(entry->view.out, twin != NULL ? twin->view.out : NULL));
  }
  unsigned nesting = 1 + inside;
  nesting = larger(nesting, object->parent != NULL ? pac_object_nesting(object->parent) : 0);
  return larger(nesting, object->class_object != NULL ? pac_object_nesting(object->class_object) : 0);
}
