/* SPDX-License-Identifier: Apache-2.0 */
/* The states of the shadow: finding what is stored, the facts for a put, and the state after it. How one definition
 * carries over to another is left to shadow_class.c. */
#include "case/shadow.h"

#include <string.h>

#include "object/memory_source.h"
#include "pacheck/path.h"

/* Judging one put asks for the same few definitions: its own, and those of the classes below. */
#define MEMO_ENTRIES 8u

struct pac_shadow_memo {
  uint32_t next; /* the entry that is written over next */
  struct {
    const struct pac_object *class_object;
    const struct pac_object *parent;
    const struct pac_object *definition;
  } entries[MEMO_ENTRIES];
};

void pac_shadow_init(struct pac_shadow *shadow, const struct pac_memory *memory) {
  *shadow = (struct pac_shadow){.memory = memory};
}

enum pac_result pac_shadow_keep_objects(struct pac_shadow *shadow) {
  struct pac_shadow_memo *memo = pac_memory_resize(shadow->memory, NULL, sizeof *memo);
  if (memo == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  *memo = (struct pac_shadow_memo){.next = 0};
  shadow->memo = memo;
  return PAC_RESULT_OK;
}

enum pac_result pac_shadow_define(const struct pac_shadow *shadow, const struct pac_object *class_object,
                                  const struct pac_object *parent, const struct pac_object **given) {
  struct pac_shadow_memo *memo = shadow->memo;
  if (parent == NULL) {
    *given = class_object;
    return PAC_RESULT_OK;
  }
  for (uint32_t i = 0; memo != NULL && i < MEMO_ENTRIES; i++) {
    if (memo->entries[i].class_object == class_object && memo->entries[i].parent == parent) {
      *given = memo->entries[i].definition;
      return PAC_RESULT_OK;
    }
  }
  PAC_TRY(pac_shadow_rebase(shadow->memory, class_object, parent, given));
  if (memo != NULL) {
    memo->entries[memo->next].class_object = class_object;
    memo->entries[memo->next].parent = parent;
    memo->entries[memo->next].definition = *given;
    memo->next = (memo->next + 1u) % MEMO_ENTRIES;
  }
  return PAC_RESULT_OK;
}

const struct pac_shadow_class *pac_shadow_class_find(const struct pac_shadow *shadow, const char *name) {
  for (uint32_t i = 0; name != NULL && i < shadow->class_count; i++) {
    const char *stored = pac_object_class_name(shadow->classes[i].definition);
    if (stored != NULL && pac_name_compare(stored, name) == 0) {
      return &shadow->classes[i];
    }
  }
  return NULL;
}

/* Where the instance with the class and keys of `instance` stands in the list; instance_count when it does not. */
static uint32_t instance_index(const struct pac_shadow *shadow, const struct pac_object *instance) {
  struct pac_path *path = NULL;
  uint32_t index = 0;
  if (pac_path_of_object(shadow->memory, instance, &path) != PAC_RESULT_OK) {
    return shadow->instance_count;
  }
  while (index < shadow->instance_count && !pac_path_names_object(path, shadow->instances[index])) {
    index += 1;
  }
  pac_path_free(path);
  return index;
}

const struct pac_object *pac_shadow_instance_find(const struct pac_shadow *shadow, const struct pac_object *instance) {
  uint32_t index = instance_index(shadow, instance);
  return index < shadow->instance_count ? shadow->instances[index] : NULL;
}

static bool is_derived_from(const struct pac_object *class_object, const char *ancestor) {
  return pac_name_compare(pac_object_class_name(class_object), ancestor) != 0 &&
         pac_object_is_a(class_object, ancestor);
}

static bool changes_key(const struct pac_object *stored, const struct pac_object *updated) {
  for (uint32_t i = 0; i < pac_object_property_count(stored); i++) {
    const struct pac_property *old_one = pac_object_property_at(stored, i);
    const struct pac_property *new_one = pac_object_property_find(updated, old_one->name);
    bool is_key = pac_object_property_is_key(updated, old_one->name);
    bool is_retyped = new_one != NULL && (new_one->value.type != old_one->value.type ||
                                          new_one->value.is_array != old_one->value.is_array);
    if (pac_object_property_is_key(stored, old_one->name) != is_key || (is_key && is_retyped)) {
      return true;
    }
  }
  return pac_object_key_count(stored) != pac_object_key_count(updated);
}

/* The definition that a put of `class_object` would store: its own members on the parent as it is stored. Borrowed. What a
 * system class passes on, and what that is derived from, is not known: the class object may tell anything of it. */
static enum pac_result updated_definition(const struct pac_shadow *shadow, const struct pac_object *class_object,
                                          const struct pac_object **given) {
  const char *superclass = pac_object_superclass(class_object);
  const struct pac_shadow_class *parent = pac_shadow_class_find(shadow, superclass);
  if (parent == NULL && pac_shadow_is_system_name(superclass)) {
    return pac_shadow_own(shadow->memory, class_object, given);
  }
  return pac_shadow_define(shadow, class_object, parent == NULL ? NULL : parent->definition, given);
}

static enum pac_result class_facts(const struct pac_shadow *shadow, const struct pac_object *class_object,
                                   struct pac_facts *facts) {
  const char *name = pac_object_class_name(class_object);
  const struct pac_shadow_class *stored = pac_shadow_class_find(shadow, name);
  facts->exists = stored != NULL;
  if (stored == NULL) {
    return PAC_RESULT_OK;
  }
  const struct pac_object *updated = NULL;
  PAC_TRY(updated_definition(shadow, class_object, &updated));
  facts->is_provider = stored->is_provider;
  facts->changes_key = changes_key(stored->definition, updated);
  PAC_TRY(pac_shadow_change(shadow->memory, stored->definition, updated, &facts->change));
  for (uint32_t i = 0; i < shadow->class_count; i++) {
    const struct pac_object *derived = shadow->classes[i].definition;
    if (!is_derived_from(derived, name)) {
      continue;
    }
    facts->has_children = true;
    enum pac_conflict conflict = pac_shadow_conflict(stored->definition, updated, derived);
    facts->conflict = conflict > facts->conflict ? conflict : facts->conflict;
  }
  for (uint32_t i = 0; i < shadow->instance_count; i++) {
    const struct pac_object *instance = shadow->instances[i];
    bool is_own = pac_name_compare(pac_object_class_name(instance), name) == 0;
    facts->has_instances = facts->has_instances || is_own;
    facts->children_have_instances = facts->children_have_instances || (!is_own && pac_object_is_a(instance, name));
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_shadow_facts(const struct pac_shadow *shadow, const struct pac_object *object,
                                 struct pac_facts *facts) {
  *facts = (struct pac_facts){.kind = pac_object_genus(object)};
  if (facts->kind == PAC_GENUS_CLASS) {
    return class_facts(shadow, object, facts);
  }
  facts->exists = pac_shadow_instance_find(shadow, object) != NULL;
  return PAC_RESULT_OK;
}

enum pac_result pac_shadow_restates(const struct pac_shadow *shadow, const struct pac_object *class_object,
                                    bool *restates) {
  const struct pac_shadow_class *stored = pac_shadow_class_find(shadow, pac_object_class_name(class_object));
  const struct pac_object *updated = NULL;
  *restates = false;
  if (stored == NULL) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(updated_definition(shadow, class_object, &updated));
  for (uint32_t i = 0; i < pac_object_property_count(updated); i++) {
    const struct pac_property *new_one = pac_object_property_at(updated, i);
    const struct pac_property *old_one = pac_object_property_find(stored->definition, new_one->name);
    *restates = *restates || (old_one != NULL && old_one->is_default != new_one->is_default);
  }
  return PAC_RESULT_OK;
}

/* Room for one more class and instance than there are. */
static enum pac_result copy_lists(struct pac_shadow *shadow, struct pac_shadow_class **classes,
                                  const struct pac_object ***instances) {
  size_t class_size = sizeof **classes * (shadow->class_count + 1u);
  size_t instance_size = sizeof **instances * (shadow->instance_count + 1u);
  *classes = pac_memory_resize(shadow->memory, NULL, class_size);
  *instances = pac_memory_resize(shadow->memory, NULL, instance_size);
  if (*classes == NULL || *instances == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  if (shadow->class_count > 0) {
    memcpy(*classes, shadow->classes, sizeof **classes * shadow->class_count);
  }
  if (shadow->instance_count > 0) {
    memcpy(*instances, shadow->instances, sizeof **instances * shadow->instance_count);
  }
  shadow->classes = *classes;
  shadow->instances = *instances;
  return PAC_RESULT_OK;
}

enum pac_result pac_shadow_set_provider(struct pac_shadow *shadow, const char *class_name, bool is_provider) {
  struct pac_shadow_class *classes = NULL;
  const struct pac_object **instances = NULL;
  PAC_TRY(copy_lists(shadow, &classes, &instances));
  for (uint32_t i = 0; i < shadow->class_count; i++) {
    if (pac_name_compare(pac_object_class_name(classes[i].definition), class_name) == 0) {
      classes[i].is_provider = is_provider;
    }
  }
  return PAC_RESULT_OK;
}

/* Deletes what a forced update deletes: in a derived class the class qualifiers that contradict the update. */
static enum pac_result drop_contradictions(const struct pac_shadow *shadow, const struct pac_object *stored,
                                           const struct pac_object *updated, const struct pac_object *derived,
                                           const struct pac_object **given) {
  struct pac_object *fitted = NULL;
  PAC_TRY(pac_object_clone(shadow->memory, derived, &fitted));
  const struct pac_qualifier_set *own_set = pac_object_qualifiers_view(derived);
  for (uint32_t i = 0; i < pac_qualifier_count(own_set); i++) {
    const struct pac_qualifier *own = pac_qualifier_at(own_set, i);
    if (pac_shadow_qualifier_conflicts(stored, updated, own)) {
      PAC_TRY(pac_qualifier_remove(pac_object_qualifiers(fitted), own->name));
    }
  }
  *given = fitted;
  return PAC_RESULT_OK;
}

/* Carries the derived classes over, nearest to the root first: a class is done once its parent is done. */
static enum pac_result carry_derived(struct pac_shadow *after, struct pac_shadow_class *classes,
                                     const struct pac_object *stored, const struct pac_object *updated,
                                     bool is_forced) {
  const char *name = pac_object_class_name(updated);
  for (uint32_t depth = 1; depth <= PAC_OBJECT_ANCESTORS_MAX; depth++) {
    bool has_deeper = false;
    for (uint32_t i = 0; i < after->class_count; i++) {
      const struct pac_object *derived = classes[i].definition;
      if (!is_derived_from(derived, name)) {
        continue;
      }
      uint32_t distance = 1;
      while (pac_name_compare(pac_object_ancestor_at(derived, distance - 1), name) != 0) {
        distance += 1;
      }
      has_deeper = has_deeper || distance > depth;
      if (distance != depth) {
        continue;
      }
      if (is_forced) {
        classes[i].is_loose =
            classes[i].is_loose || pac_shadow_conflict(stored, updated, derived) == PAC_CONFLICT_OTHER;
        PAC_TRY(drop_contradictions(after, stored, updated, derived, &derived));
      }
      const struct pac_shadow_class *parent = pac_shadow_class_find(after, pac_object_superclass(derived));
      PAC_TRY(pac_shadow_define(after, derived, parent == NULL ? NULL : parent->definition, &classes[i].definition));
    }
    if (!has_deeper) {
      break;
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result store_class(struct pac_shadow *after, const struct pac_object *class_object,
                                   enum pac_effect effect) {
  struct pac_shadow_class *classes = NULL;
  const struct pac_object **instances = NULL;
  PAC_TRY(copy_lists(after, &classes, &instances));
  const struct pac_object *updated = NULL;
  PAC_TRY(updated_definition(after, class_object, &updated));
  if (updated == class_object && after->memo == NULL) {
    struct pac_object *copy = NULL;
    PAC_TRY(pac_object_clone(after->memory, class_object, &copy));
    updated = copy;
  }
  const char *name = pac_object_class_name(updated);
  const struct pac_shadow_class *stored = pac_shadow_class_find(after, name);
  if (stored == NULL) {
    classes[after->class_count] = (struct pac_shadow_class){.definition = updated};
    after->class_count += 1;
    return PAC_RESULT_OK;
  }
  const struct pac_object *old_definition = stored->definition;
  classes[stored - after->classes].definition = updated;
  PAC_TRY(carry_derived(after, classes, old_definition, updated, effect != PAC_EFFECT_STORED));
  uint32_t kept = 0;
  for (uint32_t i = 0; i < after->instance_count; i++) {
    bool is_own = pac_name_compare(pac_object_class_name(instances[i]), name) == 0;
    bool is_below = !is_own && pac_object_is_a(instances[i], name);
    bool is_gone = (is_own && effect >= PAC_EFFECT_FORCED_WITHOUT_INSTANCES) ||
                   (is_below && effect == PAC_EFFECT_FORCED_WITHOUT_DERIVED_INSTANCES);
    if (is_gone) {
      continue;
    }
    instances[kept] = instances[i];
    if (is_own || is_below) {
      const struct pac_shadow_class *of = pac_shadow_class_find(after, pac_object_class_name(instances[i]));
      if (of == NULL) {
        return PAC_RESULT_BROKEN;
      }
      PAC_TRY(pac_shadow_reinstance(after->memory, instances[i], of->definition, &instances[kept]));
    }
    kept += 1;
  }
  after->instance_count = kept;
  return PAC_RESULT_OK;
}

static enum pac_result store_instance(struct pac_shadow *after, const struct pac_object *instance) {
  struct pac_shadow_class *classes = NULL;
  const struct pac_object **instances = NULL;
  PAC_TRY(copy_lists(after, &classes, &instances));
  const struct pac_shadow_class *of = pac_shadow_class_find(after, pac_object_class_name(instance));
  const struct pac_object *carried = NULL;
  PAC_TRY(pac_shadow_reinstance(after->memory, instance, of == NULL ? pac_instance_class(instance) : of->definition,
                                &carried));
  uint32_t index = instance_index(after, instance);
  instances[index] = carried;
  after->instance_count += index == after->instance_count;
  return PAC_RESULT_OK;
}

enum pac_result pac_shadow_apply(const struct pac_shadow *before, const struct pac_object *object,
                                 enum pac_effect effect, struct pac_shadow *after) {
  *after = *before;
  if (effect == PAC_EFFECT_UNCHANGED) {
    return PAC_RESULT_OK;
  }
  if (pac_object_genus(object) == PAC_GENUS_CLASS) {
    return store_class(after, object, effect);
  }
  return store_instance(after, object);
}
