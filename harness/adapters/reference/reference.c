/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reference implementation as an adapter: connect, close and the table. Each function here does little more than take
 * the lock and hand on; an adapter for an implementation elsewhere would translate and call that one instead.
 */
#include "reference.h"

#include <stdlib.h>
#include <string.h>

#include "encoded.h"
#include "services.h"

/* Life cycle ------------------------------------------------------------------------------------------------------- */

static void free_services(struct pac_services *services) {
  ref_store_reset(&services->store);
  ref_providers_reset(services);
  free(services->locale);
  pthread_cond_destroy(&services->changed);
  pthread_mutex_destroy(&services->lock);
  free(services);
}

static pac_hresult reference_connect(const struct pac_host *host, struct pac_services **given) {
  struct ref_options options;
  if (host->abi != PAC_ADAPTER_ABI || ref_options_read(host, &options) != PAC_RESULT_OK) {
    return PAC_ANSWER_BROKEN;
  }
  struct pac_services *services = calloc(1, sizeof *services);
  if (services == NULL) {
    return PAC_ANSWER_BROKEN;
  }
  pthread_mutex_init(&services->lock, NULL);
  pthread_cond_init(&services->changed, NULL);
  services->profile = host->profile;
  services->options = options;
  services->rights = PAC_RIGHTS_ALL;
  ref_allocation_init(&services->allocation);
  ref_store_init(&services->store, &services->allocation);
  if (ref_delivery_start(services) != PAC_RESULT_OK) {
    free_services(services);
    return PAC_ANSWER_BROKEN;
  }
  *given = services;
  return 0;
}

static void reference_close(struct pac_services *services) {
  ref_delivery_stop(services);
  free_services(services);
}

/* The call --------------------------------------------------------------------------------------------------------- */

static pac_hresult reference_put_async(struct pac_services *services, struct pac_sink *sink,
                                       const struct pac_object *object, uint32_t flags,
                                       const struct pac_named_values *context,
                                       const struct pac_named_values *async_context) {
  struct ref_operation *operation = NULL;
  pthread_mutex_lock(&services->lock);
  pac_hresult answer = ref_operation_start(services, sink, object, flags, context, async_context, &operation);
  if (operation != NULL) {
    ref_delivery_after_call(services, operation);
  }
  pthread_mutex_unlock(&services->lock);
  return answer;
}

static pac_hresult reference_put_encoded(struct pac_services *services, struct pac_sink *sink,
                                         const struct pac_encoded_put *put) {
  struct ref_decoded decoded = {NULL, NULL};
  pac_hresult answer = ref_decode(services, put, &decoded);
  if (answer == 0) {
    answer = reference_put_async(services, sink, decoded.object, put->flags, decoded.context, put->async_context);
  }
  ref_decoded_reset(&decoded);
  return answer;
}

static pac_hresult reference_cancel(struct pac_services *services, struct pac_sink *sink) {
  pthread_mutex_lock(&services->lock);
  ref_operations_cancel(services, sink);
  ref_delivery_after_call(services, NULL);
  pthread_mutex_unlock(&services->lock);
  return 0;
}

/* Looking ---------------------------------------------------------------------------------------------------------- */

static pac_hresult answer_of(const struct pac_services *services, enum pac_result result) {
  return result == PAC_RESULT_NOT_FOUND ? ref_refuse(services, PAC_STATUS_NOT_FOUND, NULL).code
                                        : ref_answer_of(services, result).code;
}

/* Looking sets no scene and puts nothing: the allocation that is to fail is spared for a put. */
static uint32_t begin_looking(struct pac_services *services) {
  pthread_mutex_lock(&services->lock);
  uint32_t spared = services->allocation.countdown;
  services->allocation.countdown = 0;
  return spared;
}

static void end_looking(struct pac_services *services, uint32_t spared) {
  services->allocation.countdown = spared;
  pthread_mutex_unlock(&services->lock);
}

/* True when the path says nothing of its origin, or says that it is here. */
static bool is_here(const struct pac_path *path) {
  const char *server = pac_path_server(path);
  const char *namespace_name = pac_path_namespace(path);
  return (server == NULL || pac_name_compare(server, REF_SERVER) == 0) &&
         (namespace_name == NULL || pac_name_compare(namespace_name, REF_NAMESPACE) == 0);
}

static enum pac_result get_at(struct pac_services *services, const struct pac_path *path, struct pac_object **object) {
  if (!is_here(path)) {
    return PAC_RESULT_NOT_FOUND;
  }
  PAC_TRY(ref_store_need_class(&services->store, pac_path_class_name(path)));
  const struct ref_class *of = ref_store_class(&services->store, pac_path_class_name(path));
  if (of == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  if (pac_path_is_class(path)) {
    return pac_object_clone(NULL, of->complete, object);
  }
  char *identity = NULL;
  PAC_TRY(ref_identity(&services->allocation, of, path, &identity));
  const struct ref_instance *instance = ref_store_instance(&services->store, identity);
  ref_free(&services->allocation, identity);
  return instance != NULL && instance->of == of ? ref_instance_read(NULL, instance, object) : PAC_RESULT_NOT_FOUND;
}

static pac_hresult reference_get(struct pac_services *services, const char *path_text, struct pac_object **object) {
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_parse(NULL, path_text, &path);
  if (result == PAC_RESULT_MALFORMED || result == PAC_RESULT_LIMIT) {
    return ref_refuse(services, PAC_STATUS_INVALID_OBJECT_PATH, NULL).code;
  }
  if (result == PAC_RESULT_OK) {
    uint32_t spared = begin_looking(services);
    result = get_at(services, path, object);
    end_looking(services, spared);
  }
  pac_path_free(path);
  return answer_of(services, result);
}

/* What is visited: copies made under the lock, so that the visitor may call back. */
struct visited {
  struct pac_object **objects;
  size_t count;
};

static pac_hresult visit_all(const struct pac_services *services, struct visited *visited, enum pac_result result,
                             pac_visit visit, void *context) {
  bool goes_on = result == PAC_RESULT_OK;
  for (size_t i = 0; i < visited->count; i++) {
    goes_on = goes_on && visit(context, visited->objects[i]);
    pac_object_free(visited->objects[i]);
  }
  free(visited->objects);
  return answer_of(services, result);
}

static enum pac_result collect_instances(struct pac_services *services, const char *class_name,
                                         struct visited *visited) {
  PAC_TRY(ref_store_need_class(&services->store, class_name));
  const struct ref_class *of = ref_store_class(&services->store, class_name);
  if (of == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  visited->objects = calloc((size_t)of->instances_count + 1, sizeof *visited->objects);
  if (visited->objects == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t i = 0; i < services->store.instances_count; i++) {
    const struct ref_instance *instance = &services->store.instances[i];
    if (instance->of == of) {
      PAC_TRY(ref_instance_read(NULL, instance, &visited->objects[visited->count]));
      visited->count += 1;
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result collect_derived(struct pac_services *services, const char *class_name,
                                       struct visited *visited) {
  const struct ref_store *store = &services->store;
  const struct ref_class *top = NULL;
  if (class_name != NULL) {
    PAC_TRY(ref_store_need_class(&services->store, class_name));
    top = ref_store_class(store, class_name);
    if (top == NULL) {
      return PAC_RESULT_NOT_FOUND;
    }
  }
  visited->objects = calloc(store->classes_count + 1, sizeof *visited->objects);
  if (visited->objects == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t i = 0; i < store->classes_count; i++) {
    const struct ref_class *of = store->classes[i];
    bool is_system = strncmp(pac_object_class_name(of->complete), "__", 2) == 0;
    if (!is_system && (top == NULL || ref_class_is_below(of, top))) {
      PAC_TRY(pac_object_clone(NULL, of->complete, &visited->objects[visited->count]));
      visited->count += 1;
    }
  }
  return PAC_RESULT_OK;
}

static pac_hresult look(struct pac_services *services, const char *class_name,
                        enum pac_result (*collect)(struct pac_services *, const char *, struct visited *), pac_visit visit,
                        void *context) {
  struct visited visited = {NULL, 0};
  uint32_t spared = begin_looking(services);
  enum pac_result result = collect(services, class_name, &visited);
  end_looking(services, spared);
  return visit_all(services, &visited, result, visit, context);
}

static pac_hresult reference_instances(struct pac_services *services, const char *class_name, pac_visit visit,
                                       void *context) {
  return look(services, class_name, collect_instances, visit, context);
}

static pac_hresult reference_derived(struct pac_services *services, const char *class_name, pac_visit visit,
                                     void *context) {
  return look(services, class_name, collect_derived, visit, context);
}

/* Time ------------------------------------------------------------------------------------------------------------- */

static bool reference_pump(struct pac_services *services) {
  pthread_mutex_lock(&services->lock);
  bool took_a_step = ref_delivery_pump(services);
  pthread_mutex_unlock(&services->lock);
  return took_a_step;
}

static pac_hresult reference_quiesce(struct pac_services *services) {
  pthread_mutex_lock(&services->lock);
  ref_delivery_quiesce(services);
  pthread_mutex_unlock(&services->lock);
  return 0;
}

/* Controls --------------------------------------------------------------------------------------------------------- */

static pac_hresult reference_set_rights(struct pac_services *services, uint32_t rights) {
  pthread_mutex_lock(&services->lock);
  services->rights = rights;
  pthread_mutex_unlock(&services->lock);
  return 0;
}

static pac_hresult reference_fail_allocation(struct pac_services *services, uint32_t nth) {
  pthread_mutex_lock(&services->lock);
  services->allocation.countdown = nth;
  pthread_mutex_unlock(&services->lock);
  return 0;
}

static pac_hresult reference_set_provider(struct pac_services *services, const char *class_name,
                                          const struct pac_provider_behaviour *behaviour) {
  pthread_mutex_lock(&services->lock);
  pac_hresult answer = ref_provider_set(services, class_name, behaviour);
  ref_operations_release(services);
  ref_delivery_after_call(services, NULL);
  pthread_mutex_unlock(&services->lock);
  return answer;
}

static pac_hresult reference_set_locale(struct pac_services *services, const char *locale) {
  char *copy = locale == NULL ? NULL : strdup(locale);
  if (locale != NULL && copy == NULL) {
    return PAC_ANSWER_BROKEN;
  }
  pthread_mutex_lock(&services->lock);
  free(services->locale);
  services->locale = copy;
  pthread_mutex_unlock(&services->lock);
  return 0;
}

static pac_hresult reference_get_localized(struct pac_services *services, const char *locale, const char *path_text,
                                           struct pac_object **object) {
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_parse(NULL, path_text, &path);
  if (result == PAC_RESULT_OK) {
    pthread_mutex_lock(&services->lock);
    const struct pac_object *found = is_here(path) && pac_path_is_class(path)
                                         ? ref_store_localized(&services->store, locale, pac_path_class_name(path))
                                         : NULL;
    result = found == NULL ? PAC_RESULT_NOT_FOUND : pac_object_clone(NULL, found, object);
    pthread_mutex_unlock(&services->lock);
  }
  pac_path_free(path);
  return answer_of(services, result);
}

const struct pac_adapter *pac_reference_adapter(void) {
  static const struct pac_adapter adapter = {
      .abi = PAC_ADAPTER_ABI,
      .size = sizeof(struct pac_adapter),
      .name = "pacheck reference",
      .version = "1",
      .features = PAC_FEATURE_PUMP | PAC_FEATURE_QUIESCE | PAC_FEATURE_CANCEL | PAC_FEATURE_ENCODED |
                  PAC_FEATURE_RIGHTS | PAC_FEATURE_ALLOCATION | PAC_FEATURE_PROVIDER | PAC_FEATURE_LOCALE,
      .connect = reference_connect,
      .close = reference_close,
      .put_async = reference_put_async,
      .put_encoded = reference_put_encoded,
      .get = reference_get,
      .instances = reference_instances,
      .derived = reference_derived,
      .pump = reference_pump,
      .quiesce = reference_quiesce,
      .cancel = reference_cancel,
      .set_rights = reference_set_rights,
      .fail_allocation = reference_fail_allocation,
      .set_provider = reference_set_provider,
      .set_locale = reference_set_locale,
      .get_localized = reference_get_localized,
  };
  return &adapter;
}
