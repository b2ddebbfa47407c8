/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The namespace in memory: sorted arrays that are searched by bisection. Whatever can fail is done before anything is
 * changed, so that a failed call leaves no trace.
 */
#include "store.h"

#include <string.h>

#include "compose.h"
#include "pacheck/value.h"

void ref_store_init(struct ref_store *store, struct ref_allocation *allocation) {
  *store = (struct ref_store){.allocation = allocation};
}

void ref_store_reset(struct ref_store *store) {
  for (size_t i = 0; i < store->instances_count; i++) {
    ref_free(store->allocation, store->instances[i].identity);
    pac_object_free(store->instances[i].object);
  }
  for (size_t i = 0; i < store->classes_count; i++) {
    pac_object_free(store->classes[i]->complete);
    ref_free(store->allocation, store->classes[i]);
  }
  for (size_t i = 0; i < store->localized_count; i++) {
    ref_free(store->allocation, store->localized[i].locale);
    pac_object_free(store->localized[i].object);
  }
  ref_free(store->allocation, store->instances);
  ref_free(store->allocation, store->classes);
  ref_free(store->allocation, store->localized);
  ref_store_init(store, store->allocation);
}

/* Makes room for one more element. */
static enum pac_result reserve(struct ref_allocation *allocation, void **array, size_t count, size_t *max,
                               size_t element_size) {
  if (count < *max) {
    return PAC_RESULT_OK;
  }
  size_t wanted = *max == 0 ? 8 : 2 * *max;
  PAC_TRY(ref_grow(allocation, array, wanted * element_size));
  *max = wanted;
  return PAC_RESULT_OK;
}

/* Classes ---------------------------------------------------------------------------------------------------------- */

/* The position of the class of that name, or where it belongs. */
static size_t class_position(const struct ref_store *store, const char *name, bool *found) {
  size_t low = 0;
  size_t high = store->classes_count;
  *found = false;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = pac_name_compare(pac_object_class_name(store->classes[middle]->complete), name);
    if (order == 0) {
      *found = true;
      return middle;
    }
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

struct ref_class *ref_store_class(const struct ref_store *store, const char *name) {
  bool found = false;
  size_t position = class_position(store, name, &found);
  return found ? store->classes[position] : NULL;
}

static void link_class(struct ref_class *of, struct ref_class *parent) {
  of->parent = parent;
  of->key_root = parent != NULL && pac_object_key_count(parent->complete) > 0 ? parent->key_root : of;
}

enum pac_result ref_store_add_class(struct ref_store *store, struct pac_object *complete, struct ref_class *parent) {
  void *array = store->classes;
  enum pac_result result =
      reserve(store->allocation, &array, store->classes_count, &store->classes_max, sizeof(struct ref_class *));
  store->classes = array;
  PAC_TRY(result);
  struct ref_class *added = ref_allocate(store->allocation, sizeof *added);
  if (added == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  bool found = false;
  size_t position = class_position(store, pac_object_class_name(complete), &found);
  memmove(&store->classes[position + 1], &store->classes[position],
          (store->classes_count - position) * sizeof(struct ref_class *));
  store->classes[position] = added;
  store->classes_count += 1;
  added->complete = complete;
  link_class(added, parent);
  return PAC_RESULT_OK;
}

void ref_class_commit(struct ref_class *of, struct ref_class *parent) {
  pac_object_free(of->complete);
  of->complete = of->pending;
  of->pending = NULL;
  of->version += 1;
  link_class(of, parent);
}

bool ref_class_is_below(const struct ref_class *derived, const struct ref_class *ancestor) {
  for (const struct ref_class *up = derived->parent; up != NULL; up = up->parent) {
    if (up == ancestor) {
      return true;
    }
  }
  return false;
}

static bool is_system_name(const char *name) {
  return name[0] == '_' && name[1] == '_';
}

bool ref_class_is_of_system(const struct ref_class *of) {
  for (const struct ref_class *up = of; up != NULL; up = up->parent) {
    if (is_system_name(pac_object_class_name(up->complete))) {
      return true;
    }
  }
  return false;
}

enum pac_result ref_store_family(const struct ref_store *store, struct ref_class *top, struct ref_class ***given,
                                 size_t *count) {
  struct ref_class **family = ref_allocate(store->allocation, (store->classes_count + 1) * sizeof(struct ref_class *));
  if (family == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  size_t members = 0;
  family[members++] = top;
  for (size_t next = 0; next < members; next++) {
    for (size_t i = 0; i < store->classes_count; i++) {
      if (store->classes[i]->parent == family[next]) {
        family[members++] = store->classes[i];
      }
    }
  }
  *given = family;
  *count = members;
  return PAC_RESULT_OK;
}

/* The system classes that a put can meet: made when they are first asked for, so that connecting costs nothing. */
static enum pac_result make_system_class(const struct pac_memory *memory, const struct pac_object *parent,
                                         const char *name, struct pac_object **given) {
  struct pac_object *object = NULL;
  struct pac_value yes = pac_value_boolean(true);
  enum pac_result result = PAC_RESULT_OK;
  if (parent == NULL) {
    PAC_TRY(pac_class_new(memory, name, &object));
    result = pac_qualifier_put(pac_object_qualifiers(object), "abstract", &yes, PAC_FLAVOR_NONE);
    if (result == PAC_RESULT_OK) {
      result = pac_object_set_origin(object, REF_SERVER, REF_NAMESPACE);
    }
  } else {
    PAC_TRY(pac_class_derive(memory, parent, name, &object));
    struct pac_value none = pac_value_null(PAC_CIM_STRING, false);
    result = pac_class_property_add(object, "Name", &none);
    if (result == PAC_RESULT_OK) {
      result = pac_qualifier_put(pac_object_property_qualifiers(object, "Name"), "key", &yes,
                                 PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_TO_DERIVED | PAC_FLAVOR_NOT_OVERRIDABLE);
    }
  }
  if (result != PAC_RESULT_OK) {
    pac_object_free(object);
    return result;
  }
  *given = object;
  return PAC_RESULT_OK;
}

enum pac_result ref_store_need_class(struct ref_store *store, const char *name) {
  static const char *const names[] = {"__SystemClass", "__NAMESPACE"};
  if (!is_system_name(name)) {
    return PAC_RESULT_OK;
  }
  struct ref_class *parent = NULL;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    struct ref_class *present = ref_store_class(store, names[i]);
    if (present == NULL) {
      struct pac_object *made = NULL;
      PAC_TRY(make_system_class(&store->allocation->memory, parent == NULL ? NULL : parent->complete, names[i], &made));
      enum pac_result result = ref_store_add_class(store, made, parent);
      if (result != PAC_RESULT_OK) {
        pac_object_free(made);
        return result;
      }
      present = ref_store_class(store, names[i]);
    }
    parent = present;
  }
  return PAC_RESULT_OK;
}

/* Instances -------------------------------------------------------------------------------------------------------- */

/* The position of that identity, or where it belongs. */
static size_t instance_position(const struct ref_store *store, const char *identity, bool *found) {
  size_t low = 0;
  size_t high = store->instances_count;
  *found = false;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(store->instances[middle].identity, identity);
    if (order == 0) {
      *found = true;
      return middle;
    }
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

struct ref_instance *ref_store_instance(const struct ref_store *store, const char *identity) {
  bool found = false;
  size_t position = instance_position(store, identity, &found);
  return found ? &store->instances[position] : NULL;
}

enum pac_result ref_store_put_instance(struct ref_store *store, struct ref_class *of, char *identity,
                                       struct pac_object *object) {
  bool found = false;
  size_t position = instance_position(store, identity, &found);
  if (found) {
    struct ref_instance *old = &store->instances[position];
    old->of->instances_count -= 1;
    ref_free(store->allocation, old->identity);
    pac_object_free(old->object);
  } else {
    void *array = store->instances;
    enum pac_result result = reserve(store->allocation, &array, store->instances_count, &store->instances_max,
                                     sizeof(struct ref_instance));
    store->instances = array;
    PAC_TRY(result);
    memmove(&store->instances[position + 1], &store->instances[position],
            (store->instances_count - position) * sizeof(struct ref_instance));
    store->instances_count += 1;
  }
  store->instances[position] =
      (struct ref_instance){.identity = identity, .of = of, .object = object, .class_version = of->version};
  of->instances_count += 1;
  return PAC_RESULT_OK;
}

void ref_store_delete_instances(struct ref_store *store, struct ref_class *of) {
  size_t kept = 0;
  for (size_t i = 0; i < store->instances_count; i++) {
    if (store->instances[i].of == of) {
      ref_free(store->allocation, store->instances[i].identity);
      pac_object_free(store->instances[i].object);
    } else {
      store->instances[kept++] = store->instances[i];
    }
  }
  store->instances_count = kept;
  of->instances_count = 0;
}

enum pac_result ref_instance_read(const struct pac_memory *memory, const struct ref_instance *instance,
                                  struct pac_object **given) {
  if (instance->class_version == instance->of->version) {
    return pac_object_clone(memory, instance->object, given);
  }
  return ref_compose_instance(memory, instance->of->complete, instance->object, given);
}

/* Locales ---------------------------------------------------------------------------------------------------------- */

static struct ref_localized *find_localized(const struct ref_store *store, const char *locale, const char *class_name) {
  for (size_t i = 0; i < store->localized_count; i++) {
    struct ref_localized *localized = &store->localized[i];
    if (pac_name_compare(localized->locale, locale) == 0 &&
        pac_name_compare(pac_object_class_name(localized->object), class_name) == 0) {
      return localized;
    }
  }
  return NULL;
}

const struct pac_object *ref_store_localized(const struct ref_store *store, const char *locale,
                                             const char *class_name) {
  const struct ref_localized *found = find_localized(store, locale, class_name);
  return found == NULL ? NULL : found->object;
}

enum pac_result ref_store_reserve_localized(struct ref_store *store) {
  void *array = store->localized;
  enum pac_result result = reserve(store->allocation, &array, store->localized_count, &store->localized_max,
                                   sizeof(struct ref_localized));
  store->localized = array;
  return result;
}

void ref_store_put_localized(struct ref_store *store, char *locale, struct pac_object *object) {
  struct ref_localized *place = find_localized(store, locale, pac_object_class_name(object));
  if (place == NULL) {
    place = &store->localized[store->localized_count++];
  } else {
    ref_free(store->allocation, place->locale);
    pac_object_free(place->object);
  }
  *place = (struct ref_localized){.locale = locale, .object = object};
}
