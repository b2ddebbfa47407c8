/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the tests of the reference implementation share: sinks and providers that record, and short words for making
 * classes, instances and puts. The definitions of pac_sink_* and pac_provider_* here take the place of the library's.
 */
#ifndef PACHECK_REFERENCE_SCENE_H
#define PACHECK_REFERENCE_SCENE_H

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "pacheck/value.h"
#include "reference.h"
#include "unit.h"

#define SCENE_EVENTS_MAX 64
#define SCENE_TEXT_MAX 20000

struct scene_event {
  enum pac_event_kind kind;
  pac_hresult result;
  char path[200];
  bool has_error;
  struct pac_last_error error; /* its texts are not kept */
  char mark[40];               /* the element "mark" of the async context, "" when there is none */
  uint32_t upper_bound, current;
};

struct pac_sink {
  pthread_mutex_t lock;
  struct scene_event events[SCENE_EVENTS_MAX];
  size_t count;
  pac_hresult says;                                        /* what the sink returns */
  void (*on_event)(struct pac_sink *sink, void *context);  /* called without the lock; may be null */
  void *context;
};

struct pac_provider {
  size_t puts;
  size_t deletions;
  uint32_t flags;
  uint32_t context_count;
  bool has_context;
  char class_names[200];
};

static inline void scene_record(struct pac_sink *sink, struct scene_event event, const struct pac_named_values *context) {
  const struct pac_named_value *mark = context == NULL ? NULL : pac_named_values_item(context, "mark");
  if (mark != NULL) {
    snprintf(event.mark, sizeof event.mark, "%s", mark->value.scalar.text);
  }
  pthread_mutex_lock(&sink->lock);
  if (sink->count < SCENE_EVENTS_MAX) {
    sink->events[sink->count++] = event;
  }
  pthread_mutex_unlock(&sink->lock);
  if (sink->on_event != NULL) {
    sink->on_event(sink, sink->context);
  }
}

pac_hresult pac_sink_object_put(struct pac_sink *sink, const char *path, const struct pac_named_values *async_context) {
  struct scene_event event = {.kind = PAC_EVENT_OBJECT_PUT};
  snprintf(event.path, sizeof event.path, "%s", path);
  scene_record(sink, event, async_context);
  return sink->says;
}

pac_hresult pac_sink_completed(struct pac_sink *sink, pac_hresult result, const struct pac_last_error *error,
                               const struct pac_named_values *async_context) {
  struct scene_event event = {.kind = PAC_EVENT_COMPLETED, .result = result, .has_error = error != NULL};
  if (error != NULL) {
    event.error = *error;
  }
  scene_record(sink, event, async_context);
  return sink->says;
}

pac_hresult pac_sink_object_ready(struct pac_sink *sink, const struct pac_object *object,
                                  const struct pac_named_values *async_context) {
  (void)object;
  scene_record(sink, (struct scene_event){.kind = PAC_EVENT_OBJECT_READY}, async_context);
  return sink->says;
}

pac_hresult pac_sink_progress(struct pac_sink *sink, uint32_t upper_bound, uint32_t current, const char *message,
                              const struct pac_named_values *async_context) {
  (void)message;
  scene_record(sink, (struct scene_event){.kind = PAC_EVENT_PROGRESS, .upper_bound = upper_bound, .current = current},
               async_context);
  return sink->says;
}

void pac_provider_put(struct pac_provider *recorder, const char *class_name, const struct pac_object *object,
                      uint32_t flags, const struct pac_named_values *context) {
  (void)object;
  recorder->puts += 1;
  recorder->flags = flags;
  recorder->has_context = context != NULL;
  recorder->context_count = context == NULL ? 0 : pac_named_values_count(context);
  size_t used = strlen(recorder->class_names);
  snprintf(recorder->class_names + used, sizeof recorder->class_names - used, "%s ", class_name);
}

void pac_provider_deleted(struct pac_provider *recorder, const char *class_name, const char *path) {
  (void)class_name;
  (void)path;
  recorder->deletions += 1;
}

/* Scenes ----------------------------------------------------------------------------------------------------------- */

/** One connection and one sink. */
struct scene {
  const struct pac_adapter *adapter;
  struct pac_services *services;
  struct pac_sink sink;
};

/** Connects with options written as "A-28=delete A-31=derived"; null for none. */
static inline void scene_open_profile(struct scene *scene, const char *options, enum pac_profile profile) {
  char text[200] = "";
  struct pac_option list[8];
  size_t count = 0;
  snprintf(text, sizeof text, "%s", options == NULL ? "" : options);
  for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
    char *equals = strchr(word, '=');
    *equals = '\0';
    list[count++] = (struct pac_option){word, equals + 1};
  }
  struct pac_host host = {.abi = PAC_ADAPTER_ABI,
                          .size = sizeof host,
                          .profile = profile,
                          .case_name = "unit",
                          .options = list,
                          .option_count = count};
  memset(scene, 0, sizeof *scene);
  pthread_mutex_init(&scene->sink.lock, NULL);
  scene->adapter = pac_reference_adapter();
  CU_ASSERT_EQUAL_FATAL(scene->adapter->connect(&host, &scene->services), 0);
}

static inline void scene_open(struct scene *scene, const char *options) {
  scene_open_profile(scene, options, PAC_PROFILE_HEADER);
}

static inline void scene_close(struct scene *scene) {
  scene->adapter->close(scene->services);
  pthread_mutex_destroy(&scene->sink.lock);
}

static inline void scene_pump(struct scene *scene) {
  while (scene->adapter->pump(scene->services)) {
  }
}

/* Objects; all of them are the caller's to free. A class is declared by names that say what their properties are. */

static inline struct pac_object *scene_class(const char *name) {
  struct pac_object *object = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, name, &object), PAC_RESULT_OK);
  return object;
}

static inline void scene_property(struct pac_object *class_object, const char *name, enum pac_cim_type type) {
  struct pac_value none = pac_value_null(type, false);
  CU_ASSERT_EQUAL_FATAL(pac_class_property_add(class_object, name, &none), PAC_RESULT_OK);
}

#define SCENE_FLAVOR (PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_TO_DERIVED)

static inline void scene_mark(struct pac_qualifier_set *set, const char *name) {
  struct pac_value yes = pac_value_boolean(true);
  CU_ASSERT_EQUAL_FATAL(pac_qualifier_put(set, name, &yes, SCENE_FLAVOR), PAC_RESULT_OK);
}

static inline void scene_text(struct pac_qualifier_set *set, const char *name, const char *text, uint8_t flavor) {
  struct pac_value value = pac_value_string(text);
  CU_ASSERT_EQUAL_FATAL(pac_qualifier_put(set, name, &value, flavor), PAC_RESULT_OK);
}

static inline void scene_key(struct pac_object *class_object, const char *name, enum pac_cim_type type) {
  scene_property(class_object, name, type);
  scene_mark(pac_object_property_qualifiers(class_object, name), "key");
}

/** A class with the key Id (uint32) and the property Size (uint32). */
static inline struct pac_object *scene_keyed_class(const char *name) {
  struct pac_object *object = scene_class(name);
  scene_key(object, "Id", PAC_CIM_UINT32);
  scene_property(object, "Size", PAC_CIM_UINT32);
  return object;
}

static inline void scene_set_uint(struct pac_object *object, const char *name, uint64_t number) {
  struct pac_value value = pac_value_uint(PAC_CIM_UINT32, number);
  CU_ASSERT_EQUAL_FATAL(pac_object_property_set(object, name, &value), PAC_RESULT_OK);
}

/** Puts, delivers everything, and says how it ended: what the call raised or what the one OnCompleted said. */
static inline pac_hresult scene_put(struct scene *scene, const struct pac_object *object, uint32_t flags) {
  scene->sink.count = 0;
  pac_hresult raised = scene->adapter->put_async(scene->services, &scene->sink, object, flags, NULL, NULL);
  scene_pump(scene);
  if (raised != 0) {
    CU_ASSERT_EQUAL(scene->sink.count, 0);
    return raised;
  }
  CU_ASSERT_FATAL(scene->sink.count > 0);
  const struct scene_event *last = &scene->sink.events[scene->sink.count - 1];
  CU_ASSERT_EQUAL(last->kind, PAC_EVENT_COMPLETED);
  CU_ASSERT_EQUAL(scene->sink.count, pac_hresult_is_error(last->result) ? 1 : 2);
  return last->result;
}

/** As scene_put, and frees the object. */
static inline pac_hresult scene_put_taken(struct scene *scene, struct pac_object *object, uint32_t flags) {
  pac_hresult result = scene_put(scene, object, flags);
  pac_object_free(object);
  return result;
}

/** Reads an object; null when it is not there. */
static inline struct pac_object *scene_get(struct scene *scene, const char *path) {
  struct pac_object *object = NULL;
  pac_hresult result = scene->adapter->get(scene->services, path, &object);
  CU_ASSERT(result == 0 || result == 0x80041002u);
  CU_ASSERT((result == 0) == (object != NULL));
  return object;
}

static inline bool scene_has(struct scene *scene, const char *path) {
  struct pac_object *object = scene_get(scene, path);
  pac_object_free(object);
  return object != NULL;
}

/** Derives from a class that is stored. */
static inline struct pac_object *scene_derive(struct scene *scene, const char *base, const char *name) {
  struct pac_object *parent = scene_get(scene, base);
  struct pac_object *object = NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
  CU_ASSERT_EQUAL_FATAL(pac_class_derive(NULL, parent, name, &object), PAC_RESULT_OK);
  pac_object_free(parent);
  return object;
}

/** Makes an instance of a class that is stored. */
static inline struct pac_object *scene_instance(struct scene *scene, const char *class_name) {
  struct pac_object *of = scene_get(scene, class_name);
  struct pac_object *object = NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(of);
  CU_ASSERT_EQUAL_FATAL(pac_instance_new(NULL, of, &object), PAC_RESULT_OK);
  pac_object_free(of);
  return object;
}

/** Stores an instance with that Id. */
static inline pac_hresult scene_put_id(struct scene *scene, const char *class_name, uint64_t id, uint32_t flags) {
  struct pac_object *object = scene_instance(scene, class_name);
  scene_set_uint(object, "Id", id);
  return scene_put_taken(scene, object, flags);
}

/** The number of a uint32 property of a stored object; -1 for null, -2 when there is no such object or property. */
static inline int64_t scene_uint(struct scene *scene, const char *path, const char *property_name) {
  struct pac_object *object = scene_get(scene, path);
  const struct pac_property *property = object == NULL ? NULL : pac_object_property_find(object, property_name);
  int64_t number = property == NULL ? -2 : property->value.is_null ? -1 : (int64_t)property->value.scalar.uint;
  pac_object_free(object);
  return number;
}

/** Adds an object to a text of SCENE_TEXT_MAX octets; a visitor. */
static inline bool scene_print(void *context, const struct pac_object *object) {
  char *text = context;
  size_t used = strlen(text);
  pac_object_print(object, text + used, SCENE_TEXT_MAX - used);
  return true;
}

/** True when the object at `path` has that qualifier with that text; with a null text when it has none of the name. */
static inline bool scene_holds_text(struct scene *scene, const char *path, const char *qualifier, const char *text) {
  struct pac_object *object = scene_get(scene, path);
  const struct pac_qualifier *found = pac_qualifier_find(pac_object_qualifiers_view(object), qualifier);
  bool holds = text == NULL ? found == NULL : found != NULL && strcmp(found->value.scalar.text, text) == 0;
  pac_object_free(object);
  return holds;
}

#endif
