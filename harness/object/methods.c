/* SPDX-License-Identifier: Apache-2.0 */
/* The methods of a class. An instance has none of its own: its class, as it was stored, has them. */
#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"

uint32_t pac_object_method_count(const struct pac_object *object) {
  return object->methods.count;
}

const struct pac_method *pac_object_method_at(const struct pac_object *object, uint32_t index) {
  return index < object->methods.count ? &pac_method_entry_at(object, index)->view : NULL;
}

const struct pac_method *pac_object_method_find(const struct pac_object *object, const char *name) {
  const struct pac_method_entry *entry = pac_method_entry_find(object, name);
  return entry != NULL ? &entry->view : NULL;
}

static enum pac_result check_signature(const struct pac_object *signature) {
  if (signature == NULL) {
    return PAC_RESULT_OK;
  }
  if (signature->genus != PAC_GENUS_CLASS) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  return pac_object_nesting(signature) < PAC_OBJECT_NESTING_MAX ? PAC_RESULT_OK : PAC_RESULT_LIMIT;
}

static enum pac_result copy_signature(struct pac_arena *arena, const struct pac_object *signature,
                                      const struct pac_object **copy) {
  *copy = NULL;
  if (signature != NULL) {
    struct pac_object *made = NULL;
    PAC_TRY(pac_object_copy_in(arena, signature, PAC_COPY_WHOLE, &made));
    *copy = made;
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_class_method_put(struct pac_object *class_object, const char *name, const struct pac_object *in,
                                     const struct pac_object *out) {
  if (class_object->genus != PAC_GENUS_CLASS) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  PAC_TRY(pac_name_check(name));
  PAC_TRY(check_signature(in));
  PAC_TRY(check_signature(out));
  struct pac_method_entry *entry = pac_method_entry_find(class_object, name);
  if (entry == NULL && class_object->methods.count >= PAC_OBJECT_METHODS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  struct pac_arena *arena = class_object->arena;
  const struct pac_object *in_copy = NULL;
  const struct pac_object *out_copy = NULL;
  PAC_TRY(copy_signature(arena, in, &in_copy));
  PAC_TRY(copy_signature(arena, out, &out_copy));
  if (entry == NULL) {
    const char *name_copy = pac_arena_copy_text(arena, name, strlen(name));
    entry = name_copy != NULL ? pac_object_append_method(class_object, name_copy) : NULL;
    if (entry == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
  }
  entry->view.in = in_copy;
  entry->view.out = out_copy;
  pac_method_set_depth(class_object, entry, class_object->derivation_count);
  return PAC_RESULT_OK;
}

/* Gives a redeclared method back what the parent says about it, the qualifiers included. */
static enum pac_result restore_inherited(struct pac_object *object, struct pac_method_entry *entry,
                                         const struct pac_method_entry *inherited) {
  struct pac_qualifier_set qualifiers;
  pac_qualifier_set_init(&qualifiers, object, PAC_SET_OF_METHOD, entry);
  if (!pac_qualifiers_inherit(&qualifiers, &inherited->qualifiers)) {
    return PAC_RESULT_NO_MEMORY;
  }
  entry->qualifiers = qualifiers;
  entry->view.in = inherited->view.in;
  entry->view.out = inherited->view.out;
  pac_method_set_depth(object, entry, inherited->origin_depth);
  return PAC_RESULT_OK;
}

enum pac_result pac_class_method_remove(struct pac_object *class_object, const char *name) {
  if (class_object->genus != PAC_GENUS_CLASS || name == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  struct pac_method_entry *entry = pac_method_entry_find(class_object, name);
  if (entry == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  if (entry->view.is_inherited) {
    return PAC_RESULT_READ_ONLY;
  }
  const struct pac_method_entry *inherited =
      class_object->parent != NULL ? pac_method_entry_find(class_object->parent, name) : NULL;
  if (inherited != NULL) {
    return restore_inherited(class_object, entry, inherited);
  }
  pac_name_list_remove(&class_object->methods, entry);
  return PAC_RESULT_OK;
}
