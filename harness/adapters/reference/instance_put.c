/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts an instance: checks it against its class as the namespace knows it, asks the providers, and stores it under the
 * class and its key values. A put that its provider holds comes here again and is checked again, because the namespace may
 * have changed meanwhile.
 */
#include <inttypes.h>
#include <stdio.h>

#include "compose.h"
#include "pacheck/value.h"
#include "services.h"

#define RELATIVE_PATH_OCTETS_MAX 8192u

/* What a put is about to store. */
struct draft {
  struct ref_class *of;
  struct pac_object *object;
  char *identity;
  char *path;
  struct ref_partial partial;
};

struct ref_answer ref_instance_path_check(struct pac_services *services, const struct pac_object *instance) {
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_of_object(&services->allocation.memory, instance, &path);
  if (result == PAC_RESULT_NO_MEMORY) {
    return ref_answer_of(services, result);
  }
  size_t length = result == PAC_RESULT_OK ? pac_path_print(path, PAC_PATH_RELATIVE, NULL, 0) : 0;
  pac_path_free(path);
  return length > RELATIVE_PATH_OCTETS_MAX || result == PAC_RESULT_LIMIT
             ? ref_refuse(services, PAC_STATUS_QUOTA_VIOLATION, "the relative path is too long")
             : REF_FINE; /* an instance that has no path yet is refused for that later */
}

static struct ref_answer find_class(struct pac_services *services, const char *name, uint32_t flags,
                                    struct ref_class **of) {
  static const enum pac_status codes[] = {
      [REF_A_35_NOT_FOUND] = PAC_STATUS_NOT_FOUND,
      [REF_A_35_INVALID_CLASS] = PAC_STATUS_INVALID_CLASS,
      [REF_A_35_INCOMPLETE_CLASS] = PAC_STATUS_INCOMPLETE_CLASS,
      [REF_A_35_INVALID_OBJECT] = PAC_STATUS_INVALID_OBJECT,
      [REF_A_35_BY_FLAG] = PAC_STATUS_INVALID_CLASS,
  };
  bool is_for_instance = (flags & PAC_FLAG_UPDATE_ONLY) != 0 && REF_CHOSE(&services->options, A_35, BY_FLAG);
  *of = NULL;
  if (name == NULL) {
    return ref_refuse(services, PAC_STATUS_INVALID_OBJECT, "the instance names no class");
  }
  REF_TRY(ref_answer_of(services, ref_store_need_class(&services->store, name)));
  *of = ref_store_class(&services->store, name);
  if (*of == NULL) {
    return ref_refuse(services, is_for_instance ? PAC_STATUS_NOT_FOUND : codes[services->options.value[REF_OPTION_A_35]],
                      "the class of the instance is not in the namespace");
  }
  const struct pac_qualifier_set *qualifiers = pac_object_qualifiers_view((*of)->complete);
  if (pac_qualifier_is_true(qualifiers, "amendment")) {
    return ref_refuse(services, PAC_STATUS_INVALID_OPERATION, "an amendment class has no instances");
  }
  if (pac_qualifier_is_true(qualifiers, "abstract")) {
    return ref_refuse(services, PAC_STATUS_INVALID_OPERATION, "an abstract class has no instances");
  }
  return REF_FINE;
}

/* The instance may have been made from another definition of its class than the one that is here. */
static struct ref_answer check_shape(const struct pac_services *services, const struct pac_object *complete,
                                     const struct pac_object *instance) {
  for (uint32_t i = 0; i < pac_object_property_count(instance); i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    const struct pac_property *declared = pac_object_property_find(complete, property->name);
    if (pac_object_property_find(instance, property->name) != property) {
      return ref_refuse(services, PAC_STATUS_INVALID_OBJECT, "two properties of the instance have one name");
    }
    if (declared == NULL || declared->value.type != property->value.type ||
        declared->value.is_array != property->value.is_array) {
      return ref_refuse(services, PAC_STATUS_INVALID_OBJECT, "a property of the instance is not that of its class");
    }
  }
  for (uint32_t i = 0; i < pac_object_property_count(complete); i++) {
    const char *name = pac_object_property_at(complete, i)->name;
    if (pac_object_property_is_key(complete, name) && pac_object_property_find(instance, name) == NULL) {
      return ref_refuse(services, PAC_STATUS_INVALID_OBJECT, "the instance lacks a key of its class");
    }
  }
  if (pac_object_key_count(complete) == 0 && !pac_object_is_singleton(complete)) {
    return ref_refuse(services, PAC_STATUS_INVALID_OBJECT, "the class has no key and is no singleton");
  }
  return REF_FINE;
}

/* True when an instance, of whatever class, has that value in a property of that name. */
static bool is_taken(const struct ref_store *store, const char *name, const struct pac_value *value) {
  for (size_t i = 0; i < store->instances_count; i++) {
    const struct pac_property *other = pac_object_property_find(store->instances[i].object, name);
    if (other == NULL || other->value.is_null || other->value.is_array || other->value.type != value->type) {
      continue;
    }
    bool is_text = value->type == PAC_CIM_STRING;
    if (is_text ? pac_name_compare(other->value.scalar.text, value->scalar.text) == 0 : pac_value_equal(&other->value, value)) {
      return true;
    }
  }
  return false;
}

/* Gives a null key a value that no instance has or had. */
static struct ref_answer make_up_key(struct pac_services *services, struct pac_object *object,
                                     const struct pac_property *key) {
  char text[40];
  bool is_signed = false;
  bool is_text = key->value.type == PAC_CIM_STRING;
  if (!is_text && !pac_cim_type_is_integer(key->value.type, &is_signed, NULL)) {
    return ref_refuse(services, PAC_STATUS_ILLEGAL_NULL, "a key of that type cannot be made up");
  }
  struct pac_value value;
  do {
    uint64_t number = ++services->keys_made;
    snprintf(text, sizeof text, "{00000000-0000-4000-8000-%012" PRIX64 "}", number & 0xFFFFFFFFFFFFu);
    value = is_text     ? pac_value_string(text)
            : is_signed ? pac_value_sint(key->value.type, (int64_t)(number & INT64_MAX))
                        : pac_value_uint(key->value.type, number);
  } while (is_taken(&services->store, key->name, &value));
  enum pac_result result = pac_object_property_set(object, key->name, &value);
  return result == PAC_RESULT_TYPE_MISMATCH
             ? ref_refuse(services, PAC_STATUS_ILLEGAL_NULL, "no more keys of that type can be made up")
             : ref_answer_of(services, result);
}

static struct ref_answer refuse_null_key(const struct pac_services *services, bool is_set) {
  const enum pac_status codes[] = {
      [REF_A_39_ILLEGAL_NULL] = PAC_STATUS_ILLEGAL_NULL,
      [REF_A_39_NO_KEY] = PAC_STATUS_NO_KEY,
      [REF_A_39_INVALID_OBJECT] = PAC_STATUS_INVALID_OBJECT,
      [REF_A_39_EACH] = is_set ? PAC_STATUS_ILLEGAL_NULL : PAC_STATUS_NO_KEY,
  };
  return ref_refuse(services, codes[services->options.value[REF_OPTION_A_39]], "a key is null");
}

static struct ref_answer check_nulls(struct pac_services *services, const struct pac_object *complete,
                                     struct pac_object *object) {
  for (uint32_t i = 0; i < pac_object_property_count(object); i++) {
    const struct pac_property *property = pac_object_property_at(object, i);
    if (!property->value.is_null) {
      continue;
    }
    if (pac_object_property_is_key(complete, property->name)) {
      if (!REF_CHOSE(&services->options, A_39, MAKE_UP)) {
        return refuse_null_key(services, !property->is_default);
      }
      REF_TRY(make_up_key(services, object, property));
      continue;
    }
    const struct pac_qualifier_set *qualifiers = pac_object_property_qualifiers_view(complete, property->name);
    if (REF_CHOSE(&services->options, A_40, REFUSE) &&
        (pac_qualifier_is_true(qualifiers, "indexed") || pac_qualifier_is_true(qualifiers, "not_null"))) {
      return ref_refuse(services, PAC_STATUS_ILLEGAL_NULL, "a property that cannot be null is null");
    }
  }
  return REF_FINE;
}

/* Finds out under what identity and path the draft is stored. */
static struct ref_answer name_draft(struct pac_services *services, struct draft *draft) {
  bool is_relative = REF_CHOSE(&services->options, A_61, RELATIVE);
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_of_object(&services->allocation.memory, draft->object, &path);
  if (result == PAC_RESULT_OK) {
    result = ref_identity(&services->allocation, draft->of, path, &draft->identity);
  }
  pac_path_free(path);
  if (result == PAC_RESULT_OK) {
    result = ref_path_text(services, draft->object, is_relative ? PAC_PATH_RELATIVE : PAC_PATH_FULL, &draft->path);
  }
  if (result == PAC_RESULT_INVALID_ARGUMENT || result == PAC_RESULT_NOT_FOUND) {
    return ref_refuse(services, PAC_STATUS_INVALID_OBJECT, "the instance has no path");
  }
  return ref_answer_of(services, result);
}

static struct ref_answer check_existence(const struct pac_services *services, uint32_t flags,
                                         const struct draft *draft, const struct ref_instance *holder) {
  bool exists = holder != NULL && holder->of == draft->of;
  if (exists && (flags & PAC_FLAG_CREATE_ONLY) != 0) {
    return ref_refuse(services, PAC_STATUS_ALREADY_EXISTS, "the instance is there already");
  }
  if (!exists && ((flags & PAC_FLAG_UPDATE_ONLY) != 0 || draft->partial.is_asked)) {
    return ref_refuse(services, PAC_STATUS_NOT_FOUND, "there is no such instance to update");
  }
  if (!exists && holder != NULL && REF_CHOSE(&services->options, A_42, REFUSE)) {
    return ref_refuse(services, PAC_STATUS_FAILED, "an instance of another class has the key");
  }
  return REF_FINE;
}

static struct ref_answer check_list(const struct pac_services *services, const struct draft *draft) {
  for (uint32_t i = 0; draft->partial.is_asked && i < draft->partial.properties->count; i++) {
    const char *name = draft->partial.properties->elements[i].text;
    if (pac_object_property_find(draft->of->complete, name) == NULL) {
      return ref_refuse(services, PAC_STATUS_INVALID_PROPERTY, "the list names a property that the class does not have");
    }
  }
  return REF_FINE;
}

/* Takes back from the stored instance what this update is not to write: properties that a partial update does not list,
 * nulls that no provider takes for meant, and what the provider cannot write. */
static enum pac_result keep_unwritten(const struct pac_services *services, const struct draft *draft, bool is_dynamic,
                                      const struct ref_instance *holder) {
  const struct ref_provider *provider = ref_provider_of(services, pac_object_class_name(draft->of->complete));
  const char *unwritable = provider == NULL ? NULL : provider->unwritable;
  struct pac_object *stored = NULL;
  if (holder != NULL && holder->of == draft->of && (is_dynamic || draft->partial.is_asked)) {
    PAC_TRY(ref_instance_read(&services->allocation.memory, holder, &stored));
  }
  enum pac_result result = PAC_RESULT_OK;
  for (uint32_t i = 0; result == PAC_RESULT_OK && i < pac_object_property_count(draft->object); i++) {
    const struct pac_property *property = pac_object_property_at(draft->object, i);
    bool is_unwritable = unwritable != NULL && pac_name_compare(unwritable, property->name) == 0;
    bool is_unmeant = is_dynamic && property->value.is_null && !draft->partial.has_strict_nulls;
    if (!is_unwritable && !is_unmeant && ref_partial_lists(&draft->partial, property->name)) {
      continue;
    }
    if (stored != NULL) {
      const struct pac_property *old = pac_object_property_find(stored, property->name);
      result = pac_object_property_set(draft->object, property->name, &old->value);
    } else if (is_unwritable) {
      result = pac_object_property_reset(draft->object, property->name);
    }
  }
  pac_object_free(stored);
  return result;
}

/* Every check of an instance, and what is to be stored. */
static struct ref_answer make_draft(struct pac_services *services, struct ref_operation *operation,
                                    struct draft *draft) {
  const struct pac_object *instance = operation->object;
  REF_TRY(find_class(services, pac_object_class_name(instance), operation->flags, &draft->of));
  const struct pac_object *complete = draft->of->complete;
  bool is_dynamic = ref_is_dynamic(services, draft->of);
  REF_TRY(ref_rights_to_write(services, operation, draft->of, is_dynamic));
  REF_TRY(ref_partial_read(services, operation->context, operation->flags, &draft->partial));
  REF_TRY(check_shape(services, complete, instance));
  REF_TRY(check_list(services, draft));
  if (ref_has_amended(instance) && (operation->flags & PAC_FLAG_AMENDED) == 0) {
    return ref_refuse(services, PAC_STATUS_AMENDED_OBJECT, "the instance has amended qualifiers and the flag is clear");
  }
  enum pac_result result =
      ref_compose_instance(&services->allocation.memory, complete, instance, &draft->object);
  if (result == PAC_RESULT_OK) {
    result = ref_strip_amended(draft->object);
  }
  REF_TRY(ref_answer_of(services, result));
  /* Properties that a partial update does not list do not count, so a null in one of them is no fault. */
  if (!draft->partial.is_asked) {
    REF_TRY(check_nulls(services, complete, draft->object));
  }
  return name_draft(services, draft);
}

static struct ref_answer store_draft(struct pac_services *services, struct draft *draft, bool is_dynamic) {
  const struct ref_instance *holder = ref_store_instance(&services->store, draft->identity);
  REF_TRY(ref_answer_of(services, keep_unwritten(services, draft, is_dynamic, holder)));
  if (draft->partial.is_asked) {
    REF_TRY(check_nulls(services, draft->of->complete, draft->object));
  }
  enum pac_result result = ref_store_put_instance(&services->store, draft->of, draft->identity, draft->object);
  if (result == PAC_RESULT_OK) {
    draft->identity = NULL; /* both taken */
    draft->object = NULL;
  }
  return ref_answer_of(services, result);
}

static struct ref_answer put_draft(struct pac_services *services, struct ref_operation *operation,
                                   struct draft *draft) {
  REF_TRY(make_draft(services, operation, draft));
  REF_TRY(check_existence(services, operation->flags, draft,
                          ref_store_instance(&services->store, draft->identity)));
  bool is_stored = true;
  struct ref_answer answer =
      ref_providers_ask(services, operation, draft->of, draft->object, &draft->partial, &is_stored);
  if (ref_refused(answer) || operation->stage != REF_STAGE_WAITING) {
    return answer;
  }
  if (is_stored) {
    REF_TRY(store_draft(services, draft, ref_is_dynamic(services, draft->of)));
  }
  operation->path = draft->path;
  draft->path = NULL;
  return answer;
}

struct ref_answer ref_instance_put(struct pac_services *services, struct ref_operation *operation) {
  struct draft draft = {.of = NULL};
  struct ref_answer answer = put_draft(services, operation, &draft);
  pac_object_free(draft.object);
  ref_free(&services->allocation, draft.identity);
  ref_free(&services->allocation, draft.path);
  return answer;
}
