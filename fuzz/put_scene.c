/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever locale is set, whatever a provider cannot write, whether the sink refuses events or the connection ends
 * early: a put ends at most once, with a published code, what a locale has can be read under the path of the class, and what
 * cannot be written is not.
 * These are the scenes that no program of calls can set. Octets as put_object has them; the octet for the manner is the
 * scene. */
#include "put_adapter.h"
#include "put_input.h"
#include "pacheck/value.h"
#include "reference.h"

enum scene {
  SCENE_LOCALE = 0x01,
  SCENE_UNWRITABLE = 0x02, /* the newest property of the object */
  SCENE_REFUSING_SINK = 0x04,
  SCENE_ENDS_EARLY = 0x08,
  SCENE_PARTIAL = 0x10,
  SCENE_OTHER_LOCALE = 0x20, /* and the put again */
  SCENE_LATE = 0x40,
  SCENE_INSIDE = 0x80,
};

struct stage {
  const struct pac_adapter *adapter;
  struct pac_services *services;
  struct pac_session *session;
  const struct pac_named_values *context;
  uint32_t flags;
  uint8_t scene;
  const char *unwritable; /* null: the provider writes all, or there is none */
};

/* A provider that cannot write a value refuses the put or leaves the value out: the instance holds the default of its class. */
static void check_unwritten(const struct stage *stage, const struct pac_object *object, const char *path) {
  struct pac_object *read = NULL;
  const struct pac_property *given = pac_object_property_find(object, stage->unwritable);
  pac_hresult answer = path == NULL ? PAC_ANSWER_UNSUPPORTED : stage->adapter->get(stage->services, path, &read);
  if (!put_is_answered(answer)) {
    return;
  }
  PAC_CHECK(!pac_hresult_is_error(answer) && read != NULL, "%s was stored and get answers 0x%08X", path, (unsigned)answer);
  const struct pac_property *stored = pac_object_property_find(read, stage->unwritable);
  const struct pac_property *declared = pac_object_property_find(pac_instance_class(read), stage->unwritable);
  if (stored != NULL && declared != NULL && !pac_object_property_is_key(read, stage->unwritable)) {
    PAC_CHECK(pac_value_equal(&stored->value, &declared->value) || !pac_value_equal(&stored->value, &given->value),
              "%s of %s was written, which its provider cannot do", stage->unwritable, path);
  }
  pac_object_free(read);
}

/* Under which path the sink was told that the object is stored; null for none. */
static const char *path_of(const struct stage *stage, const struct pac_sink *sink) {
  const struct pac_event *const *events = NULL;
  const char *path = NULL;
  uint32_t count = pac_session_events(stage->session, &events);
  for (uint32_t i = 0; i < count; i++) {
    path = events[i]->sink == sink && events[i]->kind == PAC_EVENT_OBJECT_PUT ? events[i]->path : path;
  }
  return path;
}

static void put(const struct stage *stage, const struct pac_object *object) {
  struct pac_sink *sink = NULL;
  enum pac_sink_manner manner = (stage->scene & SCENE_REFUSING_SINK) != 0 ? PAC_SINK_REFUSES : PAC_SINK_RECORDS;
  PAC_CHECK(pac_session_sink(stage->session, manner, &sink) == PAC_RESULT_OK, "not enough memory");
  pac_session_call_begins(stage->session, sink);
  pac_hresult answer = stage->adapter->put_async(stage->services, sink, object, stage->flags, stage->context, NULL);
  pac_session_call_ends(stage->session);
  bool is_left = (stage->scene & SCENE_ENDS_EARLY) != 0;
  if (!is_left) {
    put_settle(stage->adapter, stage->services);
  }
  if (!put_is_answered(answer)) {
    return;
  }
  uint32_t completed = pac_session_completed(stage->session, sink);
  PAC_CHECK(put_is_published(answer), "0x%08X is no published code", (unsigned)answer);
  PAC_CHECK(completed == (pac_hresult_is_error(answer) ? 0 : 1) || (is_left && completed == 0),
            "%u OnCompleted after an answer of 0x%08X", (unsigned)completed, (unsigned)answer);
  if (stage->unwritable != NULL && pac_object_genus(object) == PAC_GENUS_INSTANCE) {
    check_unwritten(stage, object, path_of(stage, sink));
  }
}

static void check_codes(const struct stage *stage) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(stage->session, &events);
  for (uint32_t i = 0; i < count; i++) {
    PAC_CHECK(events[i]->kind != PAC_EVENT_COMPLETED || put_is_published(events[i]->result), "0x%08X is no published code",
              (unsigned)events[i]->result);
  }
}

static void set_locale(const struct stage *stage, const char *locale, const struct pac_object *of) {
  if ((stage->adapter->features & PAC_FEATURE_LOCALE) == 0) {
    return;
  }
  struct pac_object *read = NULL;
  const char *name = pac_object_class_name(of);
  pac_hresult answer = stage->adapter->set_locale(stage->services, locale);
  PAC_CHECK(!pac_hresult_is_error(answer) || !put_is_answered(answer), "the locale is refused");
  answer =
      name == NULL ? PAC_ANSWER_UNSUPPORTED : stage->adapter->get_localized(stage->services, "MS_409", name, &read);
  if (put_is_answered(answer)) {
    PAC_CHECK(put_is_published(answer) && pac_hresult_is_error(answer) == (read == NULL), "0x%08X", (unsigned)answer);
    PAC_CHECK(read == NULL || pac_name_compare(pac_object_class_name(read), name) == 0, "the locale has another class");
  }
  pac_object_free(read);
}

static void set_provider(struct stage *stage, const struct pac_object *object) {
  const char *name = pac_object_class_name(object);
  uint32_t count = pac_object_property_count(object);
  if ((stage->adapter->features & PAC_FEATURE_PROVIDER) == 0 || (stage->scene & SCENE_UNWRITABLE) == 0 ||
      name == NULL || count == 0) {
    return;
  }
  const struct pac_provider_behaviour behaviour = {
      .kind = (stage->scene & SCENE_PARTIAL) != 0 ? PAC_PROVIDER_PARTIAL : PAC_PROVIDER_ACCEPTS,
      .progress_count = 2,
      .unwritable = pac_object_property_at(object, count - 1)->name};
  if (stage->adapter->set_provider(stage->services, name, &behaviour) == 0) {
    stage->unwritable = behaviour.unwritable;
  }
}

static void play(struct stage *stage, const struct pac_object *object) {
  set_locale(stage, (stage->scene & SCENE_LOCALE) != 0 ? "MS_409" : NULL, object);
  if (pac_object_genus(object) == PAC_GENUS_INSTANCE) {
    put(stage, pac_instance_class(object));
  }
  set_provider(stage, object);
  put(stage, object);
  set_locale(stage, (stage->scene & SCENE_OTHER_LOCALE) != 0 ? "MS_407" : "MS_409", object);
  put(stage, object);
  set_locale(stage, NULL, object);
  check_codes(stage);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const struct pac_option options[] = {{"late", "2"}, {"delivery", "inside"}};
  struct put_input input;
  put_input_read(&input, data, size);
  struct pac_object *object = put_input_object(&input, PAC_ENCODING_TOLERANT);
  if (object != NULL) {
    struct pac_named_values *context = put_input_context(&input);
    struct stage stage = {
        .adapter = pac_adapter(), .context = context, .flags = input.flags, .scene = input.manner};
    struct pac_host host = {.abi = PAC_ADAPTER_ABI, .size = sizeof host, .case_name = "put_scene"};
    if (stage.adapter == pac_reference_adapter() && (stage.scene & (SCENE_LATE | SCENE_INSIDE)) != 0) {
      host.options = &options[(stage.scene & SCENE_INSIDE) != 0];
      host.option_count = 1;
    }
    PAC_CHECK(pac_session_open_in(input.memory, 0, &stage.session) == PAC_RESULT_OK, "not enough memory");
    PAC_CHECK(!pac_hresult_is_error(stage.adapter->connect(&host, &stage.services)),
              "connect answers an error: fill in the adapter's life cycle first");
    play(&stage, object);
    put_close(stage.adapter, stage.services, stage.session);
    pac_named_values_free(context);
    pac_object_free(object);
  }
  put_input_free(&input);
  return 0;
}
