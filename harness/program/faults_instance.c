/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be wrong with an instance against its class as the namespace has it, and what its providers may say
 * (CONTRACT.md, sections 3.7, 6.4 and 8.10).
 */
#include <string.h>

#include "object/memory_source.h"
#include "pacheck/path.h"
#include "program/oracle.h"

#define PATH_OCTETS_UNDISPUTED 1024u

static bool is_marked(const struct pac_object *class_object, const char *property, const char *qualifier) {
  return pac_qualifier_is_true(property == NULL ? pac_object_qualifiers_view(class_object)
                                                : pac_object_property_qualifiers_view(class_object, property),
                               qualifier);
}

static bool same_type(const struct pac_property *left, const struct pac_property *right) {
  return left->value.type == right->value.type && left->value.is_array == right->value.is_array;
}

/* How far the definition that the instance was made from is from the stored one. */
enum drift { DRIFT_NONE, DRIFT_OF_DEFAULTS, DRIFT_OF_PROPERTIES, DRIFT_OF_KEYS };

static enum drift drift_of(const struct pac_object *stored, const struct pac_object *instance) {
  enum drift drift = pac_object_is_singleton(stored) == pac_object_is_singleton(instance) ? DRIFT_NONE : DRIFT_OF_KEYS;
  if (pac_object_key_count(stored) != pac_object_key_count(instance)) {
    return DRIFT_OF_KEYS;
  }
  for (uint32_t i = 0; drift != DRIFT_OF_KEYS && i < pac_object_property_count(instance); i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    const struct pac_property *declared = pac_object_property_find(stored, property->name);
    bool is_key = pac_object_property_is_key(instance, property->name);
    bool has_drifted = declared == NULL || !same_type(declared, property);
    if (is_key && (has_drifted || !pac_object_property_is_key(stored, property->name))) {
      return DRIFT_OF_KEYS;
    }
    bool has_other_default = !has_drifted && property->is_default && !pac_value_equal(&declared->value, &property->value);
    drift = has_drifted ? DRIFT_OF_PROPERTIES : drift == DRIFT_NONE && has_other_default ? DRIFT_OF_DEFAULTS : drift;
  }
  return drift;
}

static void check_nulls(const struct pac_object *stored, const struct pac_object *instance,
                        struct pac_allowed *allowed, bool *is_loose) {
  for (uint32_t i = 0; i < pac_object_property_count(stored); i++) {
    const struct pac_property *declared = pac_object_property_at(stored, i);
    const struct pac_property *property = pac_object_property_find(instance, declared->name);
    /* A value that was not set is the class's default: that of the class as it was, or as it is. */
    bool is_null = property == NULL ? declared->value.is_null
                                    : property->value.is_null || (property->is_default && declared->value.is_null);
    if (!is_null) {
      continue;
    }
    if (pac_object_property_is_key(stored, declared->name)) {
      pac_allowed_may_refuse(allowed,
                             PAC_STATUSES(PAC_STATUS_ILLEGAL_NULL, PAC_STATUS_NO_KEY, PAC_STATUS_INVALID_OBJECT));
      *is_loose = true; /* or a key is made up */
    } else if (is_marked(stored, declared->name, "indexed") || is_marked(stored, declared->name, "not_null")) {
      pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_ILLEGAL_NULL));
    }
  }
}

/* The key part of a relative path, class name left out; null when the object has no path. */
static enum pac_result key_text(const struct pac_memory *memory, const struct pac_object *instance, const char **text,
                                size_t *length) {
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_of_object(memory, instance, &path);
  *text = NULL;
  *length = 0;
  if (result == PAC_RESULT_NO_MEMORY) {
    return result;
  }
  if (result != PAC_RESULT_OK) {
    return PAC_RESULT_OK;
  }
  *length = pac_path_print(path, PAC_PATH_RELATIVE, NULL, 0);
  char *buffer = pac_memory_resize(memory, NULL, *length + 1);
  if (buffer == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  pac_path_print(path, PAC_PATH_RELATIVE, buffer, *length + 1);
  *text = buffer + strlen(pac_path_class_name(path));
  pac_path_free(path);
  return PAC_RESULT_OK;
}

/* The class at the top of a family, as the shadow has it. */
static const char *top_of(const struct pac_shadow *shadow, const char *class_name) {
  const struct pac_shadow_class *of = pac_shadow_class_find(shadow, class_name);
  uint32_t ancestors = of == NULL ? 0 : pac_object_ancestor_count(of->definition);
  return ancestors == 0 ? class_name : pac_object_ancestor_at(of->definition, ancestors - 1);
}

static enum pac_result check_siblings(const struct pac_shadow *shadow, const struct pac_object *instance,
                                      struct pac_allowed *allowed, bool *is_loose) {
  const char *name = pac_object_class_name(instance);
  const char *own_keys = NULL;
  size_t length = 0;
  for (uint32_t i = 0; i < shadow->class_count; i++) {
    const struct pac_object *other = shadow->classes[i].definition;
    if (shadow->classes[i].is_loose && pac_name_compare(pac_object_class_name(other), name) != 0 &&
        pac_name_compare(top_of(shadow, pac_object_class_name(other)), top_of(shadow, name)) == 0) {
      allowed->is_any = true; /* whether an instance of that class has the key is not known */
      *is_loose = true;
    }
  }
  for (uint32_t i = 0; i < shadow->instance_count; i++) {
    const struct pac_object *other = shadow->instances[i];
    const char *other_name = pac_object_class_name(other);
    const char *other_keys = NULL;
    if (pac_name_compare(other_name, name) == 0 ||
        pac_name_compare(top_of(shadow, other_name), top_of(shadow, name)) != 0) {
      continue;
    }
    if (own_keys == NULL) {
      PAC_TRY(key_text(shadow->memory, instance, &own_keys, &length));
    }
    PAC_TRY(key_text(shadow->memory, other, &other_keys, &length));
    if (own_keys != NULL && other_keys != NULL && pac_name_compare(own_keys, other_keys) == 0) {
      allowed->is_any = true; /* "refused", and no text names the code; or stored, and the other is gone */
      *is_loose = true;
    }
  }
  return PAC_RESULT_OK;
}

static bool has_put_extension(const struct pac_named_values *context) {
  static const char *const names[] = {PAC_CONTEXT_PUT_EXTENSIONS, PAC_CONTEXT_PUT_EXT_CLIENT_REQUEST,
                                      PAC_CONTEXT_PUT_EXT_PROPERTIES, PAC_CONTEXT_PUT_EXT_STRICT_NULLS,
                                      PAC_CONTEXT_PUT_EXT_ATOMIC};
  for (size_t i = 0; context != NULL && i < sizeof names / sizeof names[0]; i++) {
    if (pac_named_values_item(context, names[i]) != NULL) {
      return true;
    }
  }
  return false;
}

static void check_context(const struct pac_circumstances *circumstances, struct pac_allowed *allowed, bool *is_loose) {
  if (has_put_extension(circumstances->call->context)) {
    allowed->is_any = true; /* whether a static instance is updated in part is open */
    *is_loose = true;
  }
}

static void check_qualifiers(const struct pac_qualifier_set *own_set, const struct pac_qualifier_set *of_class,
                             struct pac_allowed *allowed) {
  for (uint32_t i = 0; i < pac_qualifier_count(own_set); i++) {
    const struct pac_qualifier *fixed = pac_qualifier_find(of_class, pac_qualifier_at(own_set, i)->name);
    if (fixed != NULL && (fixed->flavor & PAC_FLAVOR_NOT_OVERRIDABLE) != 0) {
      pac_allowed_may_refuse(
          allowed, PAC_STATUSES(PAC_STATUS_OVERRIDE_NOT_ALLOWED, PAC_STATUS_UPDATE_OVERRIDE_NOT_ALLOWED));
    }
  }
}

/* A null in a full update is ignored by a provider or makes the put fail, with the provider's code (C-189). */
static void check_nulls_for_provider(const struct pac_object *instance, struct pac_allowed *allowed) {
  bool has_null = false;
  for (uint32_t i = 0; i < pac_object_property_count(instance); i++) {
    has_null = has_null || pac_object_property_at(instance, i)->value.is_null;
  }
  if (has_null) {
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_ILLEGAL_NULL, PAC_STATUS_READ_ONLY, PAC_STATUS_FAILED,
                                                 PAC_STATUS_PROVIDER_NOT_CAPABLE, PAC_STATUS_NOT_SUPPORTED));
  }
}

/* A provider that has changed while the put was under way may have answered with any success before. */
static void check_earlier_provider(const struct pac_circumstances *circumstances, struct pac_allowed *allowed,
                                   bool *is_loose) {
  static const enum pac_status successes[] = {PAC_STATUS_FALSE, PAC_STATUS_ALREADY_THERE, PAC_STATUS_OPERATION_CANCELLED};
  if (!circumstances->has_provider_changed) {
    return;
  }
  for (size_t i = 0; i < sizeof successes / sizeof successes[0]; i++) {
    pac_allowed_store(allowed, successes[i]);
  }
  allowed->is_any = true;
  *is_loose = true;
}

static bool answers_success(const struct pac_program_provider *provider) {
  return provider->kind == PAC_PROVIDER_ANSWERS && (pac_status_hresult(provider->answer, PAC_PROFILE_HEADER) >> 31) == 0;
}

/* Which system classes there are, one above the other, with which keys and whether a provider is asked, is the implementation's
 * affair. */
static void check_system_class(const struct pac_circumstances *circumstances, struct pac_allowed *allowed,
                               bool *is_loose) {
  allowed->is_any = true;
  *is_loose = true;
  for (uint32_t i = 0; i < circumstances->provider_count; i++) {
    const struct pac_program_provider *provider = &circumstances->providers[i];
    if (pac_shadow_is_system_name(provider->class_name) && answers_success(provider)) {
      pac_allowed_store(allowed, provider->answer);
    }
  }
  check_earlier_provider(circumstances, allowed, is_loose);
}

/* The providers of the class and of those above it. */
static void check_providers(const struct pac_circumstances *circumstances, const struct pac_object *stored,
                            struct pac_allowed *allowed, bool *is_loose) {
  for (uint32_t level = 0; level <= pac_object_ancestor_count(stored); level++) {
    const char *name = level == 0 ? pac_object_class_name(stored) : pac_object_ancestor_at(stored, level - 1);
    if (pac_shadow_is_system_name(name)) {
      check_system_class(circumstances, allowed, is_loose);
    }
    const struct pac_program_provider *provider = pac_faults_provider(circumstances, name);
    if (provider == NULL) {
      continue;
    }
    *is_loose = true; /* the provider keeps what it will */
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_PROVIDER_FAILURE, PAC_STATUS_INVALID_PARAMETER));
    check_nulls_for_provider(circumstances->object, allowed);
    bool is_certain = !circumstances->has_provider_changed;
    if (answers_success(provider)) {
      pac_allowed_store(allowed, provider->answer);
    } else if (provider->kind == PAC_PROVIDER_ANSWERS && is_certain) {
      pac_allowed_must_refuse(allowed, PAC_CLAUSE_INSTANCE_PROVIDER_CODE_REACHES_COMPLETION, &provider->answer, 1);
    } else if (provider->kind == PAC_PROVIDER_ANSWERS) {
      pac_allowed_may_refuse(allowed, &provider->answer, 1);
    } else if (provider->kind == PAC_PROVIDER_WITHOUT_PUT && is_certain) {
      pac_allowed_must_refuse(allowed, PAC_CLAUSE_INSTANCE_PROVIDER_WITHOUT_PUT_REFUSED,
                              PAC_STATUSES(PAC_STATUS_PROVIDER_NOT_CAPABLE));
    } else if (provider->kind == PAC_PROVIDER_MISSING && is_certain) {
      pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_PROVIDER_MISSING_LOAD_FAILURE,
                              PAC_STATUSES(PAC_STATUS_PROVIDER_LOAD_FAILURE));
    }
  }
  check_earlier_provider(circumstances, allowed, is_loose);
}

static enum pac_result check_stored_class(const struct pac_shadow *shadow,
                                          const struct pac_circumstances *circumstances,
                                          const struct pac_object *stored, struct pac_allowed *allowed,
                                          bool *is_loose) {
  const struct pac_object *instance = circumstances->object;
  if (is_marked(stored, NULL, "abstract") || is_marked(stored, NULL, "amendment")) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_INSTANCE_CLASS_ABSTRACT_REFUSED,
                            PAC_STATUSES(PAC_STATUS_INVALID_OPERATION, PAC_STATUS_ILLEGAL_OPERATION,
                                         PAC_STATUS_INVALID_CLASS, PAC_STATUS_INVALID_OBJECT,
                                         PAC_STATUS_INVALID_PARAMETER, PAC_STATUS_FAILED));
  }
  if (pac_object_key_count(stored) == 0 && !pac_object_is_singleton(stored)) {
    allowed->must_fail = true; /* it would have no path; no text names the code */
    allowed->is_any = true;
    allowed->clause = PAC_CLAUSE_INSTANCE_INVALID_REFUSED;
    return PAC_RESULT_OK;
  }
  enum drift drift = drift_of(stored, instance);
  if (drift == DRIFT_OF_KEYS) {
    allowed->is_any = true;
    *is_loose = true;
  } else if (drift == DRIFT_OF_DEFAULTS) {
    *is_loose = true; /* the default of the class as it was, or as it is: no text says which */
  } else if (drift == DRIFT_OF_PROPERTIES) {
    *is_loose = true;
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_INVALID_OBJECT, PAC_STATUS_INVALID_PROPERTY,
                                                 PAC_STATUS_TYPE_MISMATCH, PAC_STATUS_INVALID_CLASS));
  }
  check_nulls(stored, instance, allowed, is_loose);
  check_qualifiers(pac_object_qualifiers_view(instance), pac_object_qualifiers_view(stored), allowed);
  for (uint32_t i = 0; i < pac_object_property_count(instance); i++) {
    const char *name = pac_object_property_at(instance, i)->name;
    check_qualifiers(pac_object_property_qualifiers_view(instance, name),
                     pac_object_property_qualifiers_view(stored, name), allowed);
  }
  check_providers(circumstances, stored, allowed, is_loose);
  return check_siblings(shadow, instance, allowed, is_loose);
}

/* A key whose name no path can state: no text says what becomes of its instances. */
static bool is_unstatable(const char *name) {
  for (const char *at = name; *at != '\0'; at++) {
    bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || *at == '_';
    if (!is_letter && !(at > name && *at >= '0' && *at <= '9')) {
      return true;
    }
  }
  return false;
}

static enum pac_result check_path(const struct pac_shadow *shadow, const struct pac_object *instance,
                                  struct pac_allowed *allowed, bool *is_loose) {
  const char *keys = NULL;
  size_t length = 0;
  uint32_t texts = 0;
  for (uint32_t i = 0; i < pac_object_property_count(instance); i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    if (pac_object_property_is_key(instance, property->name) && is_unstatable(property->name)) {
      allowed->is_any = true;
      *is_loose = true;
    }
    bool is_long = property->value.type == PAC_CIM_STRING && !property->value.is_array && !property->value.is_null &&
                   strlen(property->value.scalar.text) > PATH_OCTETS_UNDISPUTED / 4u;
    texts += is_long && pac_object_property_is_key(instance, property->name);
  }
  if (texts == 0) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(key_text(shadow->memory, instance, &keys, &length));
  if (keys == NULL || length > PATH_OCTETS_UNDISPUTED) {
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_QUOTA_VIOLATION));
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_faults_of_instance(const struct pac_shadow *shadow,
                                       const struct pac_circumstances *circumstances, struct pac_allowed *allowed,
                                       bool *is_loose) {
  const struct pac_object *instance = circumstances->object;
  const char *name = pac_object_class_name(instance);
  check_context(circumstances, allowed, is_loose);
  PAC_TRY(check_path(shadow, instance, allowed, is_loose));
  if (pac_faults_has_amended(instance)) {
    *is_loose = true;
    if ((circumstances->call->flags & PAC_FLAG_AMENDED) == 0) {
      pac_allowed_must_refuse(allowed, PAC_CLAUSE_AMENDED_CLEAR_INSTANCE_REFUSED, PAC_STATUSES(PAC_STATUS_AMENDED_OBJECT));
    }
  }
  if (name == NULL || name[0] == '\0') {
    pac_allowed_must_refuse(
        allowed, PAC_CLAUSE_INSTANCE_INVALID_REFUSED,
        PAC_STATUSES(PAC_STATUS_INVALID_OBJECT, PAC_STATUS_INVALID_CLASS, PAC_STATUS_INCOMPLETE_CLASS));
    if (name != NULL) {
      pac_allowed_refuse(allowed, PAC_STATUS_NOT_FOUND); /* an empty name is one that no class has */
    }
    return PAC_RESULT_OK;
  }
  const struct pac_shadow_class *stored = pac_shadow_class_find(shadow, name);
  if (stored == NULL && pac_shadow_is_system_name(name)) {
    check_system_class(circumstances, allowed, is_loose);
    return PAC_RESULT_OK;
  }
  if (stored == NULL) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_INSTANCE_CLASS_MISSING_REFUSED,
                            PAC_STATUSES(PAC_STATUS_NOT_FOUND, PAC_STATUS_INVALID_CLASS, PAC_STATUS_INCOMPLETE_CLASS,
                                         PAC_STATUS_INVALID_OBJECT));
    return PAC_RESULT_OK;
  }
  if (stored->is_loose) {
    allowed->is_any = true; /* what the class demands is not known */
    *is_loose = true;
    check_providers(circumstances, stored->definition, allowed, is_loose);
    return PAC_RESULT_OK;
  }
  return check_stored_class(shadow, circumstances, stored->definition, allowed, is_loose);
}
