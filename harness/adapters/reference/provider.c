/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Test providers. A provider belongs to one class, present or future; the puts of its instances are reported to the
 * recorder and go on as its behaviour says. The store keeps what the provider accepts.
 */
#include <stdlib.h>
#include <string.h>

#include "services.h"

#define NAME_OF_PROVIDER "pacheck test provider"

static struct ref_provider *find_provider(const struct pac_services *services, const char *class_name) {
  for (size_t i = 0; i < services->providers_count; i++) {
    if (pac_name_compare(services->providers[i].class_name, class_name) == 0) {
      return &services->providers[i];
    }
  }
  return NULL;
}

const struct ref_provider *ref_provider_of(const struct pac_services *services, const char *class_name) {
  return services->providers_count == 0 ? NULL : find_provider(services, class_name);
}

static void reset_provider(struct ref_provider *provider) {
  free(provider->class_name);
  free(provider->unwritable);
}

void ref_providers_reset(struct pac_services *services) {
  for (size_t i = 0; i < services->providers_count; i++) {
    reset_provider(&services->providers[i]);
  }
  free(services->providers);
  services->providers = NULL;
  services->providers_count = 0;
}

/* Setting the scene is no part of a put, so this memory is not the one that can be made to fail. */
static bool copy_provider(const char *class_name, const struct pac_provider_behaviour *behaviour,
                          struct ref_provider *copy) {
  *copy = (struct ref_provider){.class_name = strdup(class_name), .behaviour = *behaviour};
  if (behaviour->unwritable != NULL) {
    copy->unwritable = strdup(behaviour->unwritable);
  }
  copy->behaviour.unwritable = copy->unwritable;
  if (copy->class_name == NULL || (behaviour->unwritable != NULL && copy->unwritable == NULL)) {
    reset_provider(copy);
    return false;
  }
  return true;
}

pac_hresult ref_provider_set(struct pac_services *services, const char *class_name,
                             const struct pac_provider_behaviour *behaviour) {
  struct ref_provider *old = find_provider(services, class_name);
  if (behaviour->kind == PAC_PROVIDER_NONE) {
    if (old != NULL) {
      reset_provider(old);
      *old = services->providers[--services->providers_count];
    }
    return 0;
  }
  struct ref_provider copy;
  if (!copy_provider(class_name, behaviour, &copy)) {
    return PAC_ANSWER_BROKEN;
  }
  if (old != NULL) {
    reset_provider(old);
    *old = copy;
    return 0;
  }
  struct ref_provider *grown = realloc(services->providers, (services->providers_count + 1) * sizeof copy);
  if (grown == NULL) {
    reset_provider(&copy);
    return PAC_ANSWER_BROKEN;
  }
  services->providers = grown;
  services->providers[services->providers_count++] = copy;
  return 0;
}

bool ref_is_dynamic(const struct pac_services *services, const struct ref_class *of) {
  for (const struct ref_class *up = of; up != NULL && services->providers_count > 0; up = up->parent) {
    if (ref_provider_of(services, pac_object_class_name(up->complete)) != NULL) {
      return true;
    }
  }
  return false;
}

/* The host of a provider has 32 or 64 bits. */
static bool names_an_architecture(const struct pac_value *value) {
  bool is_signed = false;
  if (value->is_array || value->is_null || !pac_cim_type_is_integer(value->type, &is_signed, NULL)) {
    return false;
  }
  return is_signed ? value->scalar.sint == 32 || value->scalar.sint == 64
                   : value->scalar.uint == 32 || value->scalar.uint == 64;
}

struct ref_answer ref_provider_admits(const struct pac_services *services, const struct ref_provider *provider,
                                      const struct pac_named_values *context) {
  if (provider == NULL) {
    return REF_FINE;
  }
  if (provider->behaviour.kind == PAC_PROVIDER_MISSING) {
    return ref_refuse(services, PAC_STATUS_PROVIDER_LOAD_FAILURE, "the provider cannot be loaded");
  }
  if (provider->behaviour.kind == PAC_PROVIDER_WITHOUT_PUT) {
    return ref_refuse(services, PAC_STATUS_PROVIDER_NOT_CAPABLE, "the provider does not support put");
  }
  const struct pac_named_value *architecture =
      context == NULL ? NULL : pac_named_values_item(context, PAC_CONTEXT_PROVIDER_ARCHITECTURE);
  if (architecture != NULL && !names_an_architecture(&architecture->value)) {
    return ref_refuse(services, PAC_STATUS_INVALID_PARAMETER, "the provider architecture is neither 32 nor 64");
  }
  return REF_FINE;
}

/* The provider's own objections to what it is asked to write. */
static struct ref_answer check_writable(const struct pac_services *services, const struct ref_provider *provider,
                                        const struct pac_object *instance, const struct ref_partial *partial) {
  static const enum pac_status codes[] = {
      [REF_A_54_PROVIDER_NOT_CAPABLE] = PAC_STATUS_PROVIDER_NOT_CAPABLE,
      [REF_A_54_NOT_SUPPORTED] = PAC_STATUS_NOT_SUPPORTED,
      [REF_A_54_UNSUPPORTED_PUT_EXTENSION] = PAC_STATUS_UNSUPPORTED_PUT_EXTENSION,
  };
  if (partial->is_asked && provider->behaviour.kind != PAC_PROVIDER_PARTIAL) {
    return ref_refuse(services, codes[services->options.value[REF_OPTION_A_54]],
                      "the provider does no partial updates");
  }
  bool refuses_nulls = !partial->is_asked && REF_CHOSE(&services->options, PROVIDER_NULL, REFUSE);
  for (uint32_t i = 0; refuses_nulls && i < pac_object_property_count(instance); i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    if (property->value.is_null && !property->is_default) {
      return ref_refuse(services, PAC_STATUS_ILLEGAL_NULL, "the provider cannot set a property to null");
    }
  }
  const struct pac_property *unwritable =
      provider->unwritable == NULL ? NULL : pac_object_property_find(instance, provider->unwritable);
  if (unwritable == NULL || !ref_partial_lists(partial, unwritable->name)) {
    return REF_FINE;
  }
  bool is_meant = !unwritable->value.is_null || partial->has_strict_nulls;
  if (is_meant && (partial->is_asked || REF_CHOSE(&services->options, A_41, REFUSE))) {
    return ref_refuse(services, PAC_STATUS_READ_ONLY, "the provider cannot write a property");
  }
  return REF_FINE;
}

static void record_put(const struct pac_services *services, struct ref_operation *operation, const struct ref_provider *provider,
                       const struct pac_object *instance) {
  /* Whether the call returns at once is no business of the provider. */
  uint32_t flags = operation->flags & ~(uint32_t)PAC_FLAG_RETURN_IMMEDIATELY;
  if (provider->behaviour.recorder != NULL) {
    pac_provider_put(provider->behaviour.recorder, provider->class_name, instance, flags, operation->context);
  }
  if ((flags & PAC_FLAG_SEND_STATUS) != 0 && REF_CHOSE(&services->options, PROGRESS, DELIVERED)) {
    operation->progress_left = provider->behaviour.progress_count;
    operation->progress_code = provider->behaviour.progress_code;
  }
}

/* The provider's own answer, as the put ends with it. */
static struct ref_answer answer_of_provider(const struct pac_services *services, pac_hresult answer) {
  if (pac_hresult_is_error(answer) && REF_CHOSE(&services->options, PROVIDER_CODE, GENERAL)) {
    return ref_refuse(services, PAC_STATUS_PROVIDER_FAILURE, "the provider failed");
  }
  return (struct ref_answer){answer, "the provider answered so"};
}

/* The class `levels` above `of`. */
static const struct ref_class *ancestor(const struct ref_class *of, uint32_t levels) {
  for (; levels > 0; levels--) {
    of = of->parent;
  }
  return of;
}

struct ref_answer ref_providers_ask(struct pac_services *services, struct ref_operation *operation,
                                    const struct ref_class *of, const struct pac_object *instance,
                                    const struct ref_partial *partial, bool *stores) {
  struct ref_answer answer = REF_FINE;
  uint32_t depth = pac_object_ancestor_count(of->complete);
  *stores = true;
  for (uint32_t level = 0; level <= depth && services->providers_count > 0; level++) {
    const struct ref_class *asked = ancestor(of, depth - level);
    const struct ref_provider *provider = ref_provider_of(services, pac_object_class_name(asked->complete));
    if (provider == NULL) {
      continue;
    }
    operation->provider_name = NAME_OF_PROVIDER;
    REF_TRY(ref_provider_admits(services, provider, operation->context));
    if (operation->levels_asked <= level) {
      operation->levels_asked = level + 1;
      record_put(services, operation, provider, instance);
      if (operation->progress_left > 0) {
        operation->stage = REF_STAGE_PROGRESS;
        return REF_FINE;
      }
    }
    if (provider->behaviour.kind == PAC_PROVIDER_HOLDS) {
      operation->stage = REF_STAGE_HELD;
      return REF_FINE;
    }
    if (provider->behaviour.kind == PAC_PROVIDER_ANSWERS) {
      *stores = false;
      answer = answer_of_provider(services, provider->behaviour.answer);
      REF_TRY(answer);
    } else {
      REF_TRY(check_writable(services, provider, instance, partial));
    }
    operation->provider_name = NULL;
  }
  return answer;
}
