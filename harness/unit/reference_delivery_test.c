/* SPDX-License-Identifier: Apache-2.0 */
/* When and by whom the reference delivers: return modes, pump, thread, inside the call, cancel, providers that hold. */
#include "reference_scene.h"

#define CANCELLED 0x80041032u
#define NOW PAC_FLAG_RETURN_IMMEDIATELY

static void put_now(struct scene *scene, struct pac_sink *sink, const char *class_name, const char *mark) {
  struct pac_object *object = scene_class(class_name);
  struct pac_named_values *context = NULL;
  struct pac_value text = pac_value_string(mark);
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &context), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_named_values_add(context, "mark", &text), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene->adapter->put_async(scene->services, sink, object, NOW, NULL, context), 0);
  CU_ASSERT_EQUAL(pac_object_set_class_name(object, "Changed"), PAC_RESULT_OK); /* the put works on copies */
  pac_named_values_delete_all(context);
  pac_named_values_free(context);
  pac_object_free(object);
}

static void with_0x10_everything_happens_on_the_pump(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  put_now(&scene, &scene.sink, "One", "first");
  put_now(&scene, &scene.sink, "_bad", "second");
  CU_ASSERT_EQUAL(scene.sink.count, 0);
  CU_ASSERT_FALSE(scene_has(&scene, "One"));
  CU_ASSERT(scene.adapter->pump(scene.services)); /* the work */
  CU_ASSERT(scene_has(&scene, "One"));
  CU_ASSERT_EQUAL(scene.sink.count, 0);
  CU_ASSERT(scene.adapter->pump(scene.services));
  CU_ASSERT_EQUAL(scene.sink.count, 1);
  scene_pump(&scene);
  CU_ASSERT_FALSE(scene.adapter->pump(scene.services));
  CU_ASSERT_EQUAL_FATAL(scene.sink.count, 3);
  static const struct scene_event expected[] = {{.kind = PAC_EVENT_OBJECT_PUT, .mark = "first"},
                                                {.kind = PAC_EVENT_COMPLETED, .mark = "first"},
                                                {.kind = PAC_EVENT_COMPLETED, .mark = "second", .result = 0x80041016u}};
  for (size_t i = 0; i < 3; i++) {
    CU_ASSERT_EQUAL(scene.sink.events[i].kind, expected[i].kind);
    CU_ASSERT_STRING_EQUAL(scene.sink.events[i].mark, expected[i].mark);
    CU_ASSERT_EQUAL(scene.sink.events[i].result, expected[i].result);
  }
  scene_close(&scene);
}

static void without_0x10_the_call_blocks_or_does_not(void) {
  for (int immediate = 0; immediate < 2; immediate++) {
    struct scene scene;
    scene_open(&scene, immediate ? "A-01=immediate" : "late=3");
    struct pac_object *object = scene_class("One");
    CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, &scene.sink, object, 0, NULL, NULL), 0);
    CU_ASSERT_EQUAL(scene.sink.count, immediate ? 0 : 2);
    scene_pump(&scene);
    CU_ASSERT_EQUAL(scene.sink.count, 2);
    pac_object_free(object);
    scene_close(&scene);
  }
}

static void late_events_need_further_pumps(void) {
  struct scene scene;
  scene_open(&scene, "late=2");
  put_now(&scene, &scene.sink, "One", "x");
  static const size_t counts[] = {0, 0, 0, 1, 1, 1, 2};
  for (size_t i = 0; i < 7; i++) {
    CU_ASSERT(scene.adapter->pump(scene.services));
    CU_ASSERT_EQUAL(scene.sink.count, counts[i]);
  }
  CU_ASSERT_FALSE(scene.adapter->pump(scene.services));
  scene_close(&scene);
}

static void errors_are_raised_or_delivered_as_the_reading_says(void) {
  static const struct {
    const char *options;
    size_t of_flags, of_name; /* events */
  } readings[] = {{NULL, 0, 1}, {"A-02=raise", 0, 0}, {"A-02=deliver", 1, 1}};
  for (size_t i = 0; i < 3; i++) {
    struct scene scene;
    scene_open(&scene, readings[i].options);
    struct pac_object *object = scene_class("Fine");
    scene.sink.count = 0;
    pac_hresult raised = scene.adapter->put_async(scene.services, &scene.sink, object, 3, NULL, NULL);
    CU_ASSERT_EQUAL(raised, readings[i].of_flags == 0 ? 0x80041008u : 0);
    CU_ASSERT_EQUAL(scene.sink.count, readings[i].of_flags);
    CU_ASSERT_EQUAL(scene_put(&scene, object, 0), 0);
    CU_ASSERT_EQUAL(scene_put(&scene, object, PAC_FLAG_CREATE_ONLY), 0x80041019u);
    CU_ASSERT_EQUAL(scene.sink.count, readings[i].of_name);
    CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, NULL, object, 0, NULL, NULL), 0x80041008u);
    CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, &scene.sink, NULL, 0, NULL, NULL), 0x80041008u);
    pac_object_free(object);
    CU_ASSERT_FALSE(scene.adapter->pump(scene.services));
    scene_close(&scene);
  }
}

/* Delivery by others ----------------------------------------------------------------------------------------------- */

static void a_thread_delivers_every_event(void) {
  struct scene scene;
  scene_open(&scene, "delivery=thread");
  struct pac_sink *sink = &scene.sink;
  for (int i = 0; i < 10; i++) {
    char name[16];
    snprintf(name, sizeof name, "C%d", i);
    put_now(&scene, sink, name, name);
  }
  CU_ASSERT_FALSE(scene.adapter->pump(scene.services));
  CU_ASSERT_EQUAL(scene.adapter->quiesce(scene.services), 0);
  CU_ASSERT_EQUAL(sink->count, 20);
  struct pac_object *object = scene_class("Blocking");
  CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, sink, object, 0, NULL, NULL), 0);
  CU_ASSERT_EQUAL(sink->count, 22);
  pac_object_free(object);
  scene_close(&scene);
}

static void inside_delivers_before_the_call_returns(void) {
  struct scene scene;
  scene_open(&scene, "delivery=inside");
  put_now(&scene, &scene.sink, "One", "x");
  CU_ASSERT_EQUAL(scene.sink.count, 2);
  CU_ASSERT_FALSE(scene.adapter->pump(scene.services));
  scene_close(&scene);
}

/* A sink that calls back: it cancels, and puts a class more, without 0x10. */
static void call_back(struct pac_sink *sink, void *context) {
  struct scene *scene = context;
  struct pac_object *object = scene_class("Again");
  if (sink->count == 1) {
    CU_ASSERT_EQUAL(scene->adapter->cancel(scene->services, sink), 0);
    CU_ASSERT_EQUAL(scene->adapter->put_async(scene->services, sink, object, 0, NULL, NULL), 0);
    CU_ASSERT_EQUAL(sink->count, 1); /* nothing is delivered inside an event */
  }
  pac_object_free(object);
}

static void a_sink_may_call_back(void) {
  static const char *const modes[] = {NULL, "delivery=thread", "delivery=inside"};
  for (size_t i = 0; i < 3; i++) {
    struct scene scene;
    scene_open(&scene, modes[i]);
    scene.sink.on_event = call_back;
    scene.sink.context = &scene;
    put_now(&scene, &scene.sink, "One", "x");
    scene_pump(&scene);
    CU_ASSERT_EQUAL(scene.adapter->quiesce(scene.services), 0);
    CU_ASSERT_EQUAL(scene.sink.count, 4);
    CU_ASSERT(scene_has(&scene, "Again"));
    scene_close(&scene);
  }
}

#define THREADS 4
#define PUTS 25

static void *put_many(void *context) {
  struct scene *scene = context;
  for (int i = 0; i < PUTS; i++) {
    struct pac_sink sink = {.count = 0};
    pthread_mutex_init(&sink.lock, NULL);
    struct pac_object *object = NULL;
    if (pac_class_new(NULL, "Shared", &object) == PAC_RESULT_OK) {
      scene->adapter->put_async(scene->services, &sink, object, i % 2 == 0 ? 0 : PAC_FLAG_CREATE_ONLY, NULL, NULL);
      pac_object_free(object);
    }
    pthread_mutex_lock(&sink.lock);
    bool is_right = sink.count == 2 || (sink.count == 1 && pac_hresult_is_error(sink.events[0].result));
    pthread_mutex_unlock(&sink.lock);
    pthread_mutex_destroy(&sink.lock);
    if (!is_right) {
      return context; /* a blocking put without its events */
    }
    pac_object_free(scene_get(scene, "Shared"));
  }
  return NULL;
}

/* For the thread sanitizer above all. */
static void several_threads_may_put_at_once(void) {
  static const char *const modes[] = {NULL, "delivery=thread", "delivery=inside"};
  for (size_t i = 0; i < 3; i++) {
    struct scene scene;
    pthread_t threads[THREADS];
    scene_open(&scene, modes[i]);
    for (size_t t = 0; t < THREADS; t++) {
      CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[t], NULL, put_many, &scene), 0);
    }
    for (size_t t = 0; t < THREADS; t++) {
      void *complaint = NULL;
      pthread_join(threads[t], &complaint);
      CU_ASSERT_PTR_NULL(complaint);
    }
    scene_close(&scene);
  }
}

static void closing_delivers_nothing_more(void) {
  static const char *const modes[] = {NULL, "delivery=thread"};
  for (size_t i = 0; i < 2; i++) {
    struct scene scene;
    scene_open(&scene, modes[i]);
    for (int put = 0; put < 10; put++) {
      put_now(&scene, &scene.sink, "One", "x");
    }
    scene.adapter->close(scene.services);
    CU_ASSERT(scene.sink.count <= 20);
    pthread_mutex_destroy(&scene.sink.lock);
  }
}

/* Cancel ----------------------------------------------------------------------------------------------------------- */

static void cancel_ends_the_puts_of_one_sink(void) {
  struct scene scene;
  struct pac_sink other = {.count = 0};
  pthread_mutex_init(&other.lock, NULL);
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene.adapter->cancel(scene.services, &scene.sink), 0); /* nothing is outstanding */
  put_now(&scene, &scene.sink, "One", "one");
  put_now(&scene, &other, "Two", "two");
  put_now(&scene, &scene.sink, "Three", "three");
  CU_ASSERT_EQUAL(scene.adapter->cancel(scene.services, &scene.sink), 0);
  scene_pump(&scene);
  CU_ASSERT_EQUAL(scene.sink.count, 2);
  CU_ASSERT_EQUAL(scene.sink.events[0].result, CANCELLED);
  CU_ASSERT_EQUAL(scene.sink.events[1].result, CANCELLED);
  CU_ASSERT_STRING_EQUAL(scene.sink.events[1].mark, "three");
  CU_ASSERT_EQUAL(other.count, 2);
  CU_ASSERT_FALSE(scene_has(&scene, "One"));
  CU_ASSERT(scene_has(&scene, "Two"));
  scene.sink.count = 0;
  put_now(&scene, &scene.sink, "Four", "four"); /* the sink stays usable, and what is decided stays so */
  CU_ASSERT(scene.adapter->pump(scene.services));
  CU_ASSERT_EQUAL(scene.adapter->cancel(scene.services, &scene.sink), 0);
  scene_pump(&scene);
  CU_ASSERT_EQUAL(scene.sink.count, 2);
  CU_ASSERT_EQUAL(scene.sink.events[1].result, 0);
  scene_close(&scene);
  pthread_mutex_destroy(&other.lock);
}

/* Providers -------------------------------------------------------------------------------------------------------- */

static pac_hresult behave(struct scene *scene, const char *class_name, struct pac_provider_behaviour behaviour) {
  return scene->adapter->set_provider(scene->services, class_name, &behaviour);
}

static void open_held(struct scene *scene, const char *options, struct pac_provider *recorder) {
  *recorder = (struct pac_provider){0};
  scene_open(scene, options);
  CU_ASSERT_EQUAL(scene_put_taken(scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(behave(scene, "Disk", (struct pac_provider_behaviour){.kind = PAC_PROVIDER_HOLDS,
                                                                       .recorder = recorder}),
                  0);
  struct pac_object *object = scene_instance(scene, "Disk");
  scene_set_uint(object, "Id", 1);
  scene->sink.count = 0;
  CU_ASSERT_EQUAL(scene->adapter->put_async(scene->services, &scene->sink, object, 0, NULL, NULL), 0);
  pac_object_free(object);
  scene_pump(scene);
  CU_ASSERT_EQUAL(scene->adapter->quiesce(scene->services), 0);
  CU_ASSERT_EQUAL(recorder->puts, 1);
  CU_ASSERT_EQUAL(scene->sink.count, 0);
}

static void a_held_put_waits_for_another_behaviour(void) {
  static const char *const modes[] = {NULL, "delivery=thread", "delivery=inside", "A-02=raise"};
  static const struct {
    enum pac_provider_kind kind;
    pac_hresult result;
    bool is_stored;
  } rows[] = {{PAC_PROVIDER_ACCEPTS, 0, true},
              {PAC_PROVIDER_NONE, 0, true},
              {PAC_PROVIDER_ANSWERS, 0x80041004u, false},
              {PAC_PROVIDER_WITHOUT_PUT, 0x80041024u, false},
              {PAC_PROVIDER_MISSING, 0x80041013u, false}};
  for (size_t i = 0; i < 20; i++) {
    struct scene scene;
    struct pac_provider recorder;
    open_held(&scene, modes[i / 5], &recorder);
    struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_HOLDS, .recorder = &recorder};
    CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
    CU_ASSERT_EQUAL(scene.adapter->quiesce(scene.services), 0);
    CU_ASSERT_EQUAL(scene.sink.count, 0);
    behaviour.kind = rows[i % 5].kind;
    behaviour.answer = rows[i % 5].result;
    CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
    CU_ASSERT_EQUAL(scene.adapter->quiesce(scene.services), 0);
    CU_ASSERT_EQUAL_FATAL(scene.sink.count, rows[i % 5].is_stored ? 2 : 1);
    CU_ASSERT_EQUAL(scene.sink.events[scene.sink.count - 1].result, rows[i % 5].result);
    CU_ASSERT_EQUAL(scene_has(&scene, "Disk.Id=1"), rows[i % 5].is_stored);
    CU_ASSERT_EQUAL(recorder.puts, 1);
    scene_close(&scene);
  }
}

static void a_held_put_can_be_cancelled_or_left(void) {
  struct scene scene;
  struct pac_provider recorder;
  open_held(&scene, NULL, &recorder);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class("Other"), 0), 0); /* overtakes the held one */
  scene.sink.count = 0;
  CU_ASSERT_EQUAL(scene.adapter->cancel(scene.services, &scene.sink), 0);
  scene_pump(&scene);
  CU_ASSERT_EQUAL(scene.sink.count, 1);
  CU_ASSERT_EQUAL(scene.sink.events[0].result, CANCELLED);
  CU_ASSERT_FALSE(scene_has(&scene, "Disk.Id=1"));
  scene_close(&scene);
  open_held(&scene, "delivery=thread", &recorder);
  scene_close(&scene);
}

static void a_provider_sees_flags_and_context(void) {
  struct scene scene;
  struct pac_provider recorder = {0};
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(behave(&scene, "Disk", (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS,
                                                                        .recorder = &recorder}),
                  0);
  struct pac_named_values *context = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &context), PAC_RESULT_OK);
  struct pac_value architecture = pac_value_sint(PAC_CIM_SINT32, 64);
  CU_ASSERT_EQUAL(pac_named_values_add(context, PAC_CONTEXT_PROVIDER_ARCHITECTURE, &architecture), PAC_RESULT_OK);
  struct pac_object *object = scene_instance(&scene, "Disk");
  scene_set_uint(object, "Id", 1);
  const uint32_t flags = PAC_FLAG_CREATE_ONLY | NOW;
  CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, &scene.sink, object, flags, context, NULL), 0);
  scene_pump(&scene);
  CU_ASSERT_EQUAL(recorder.flags, PAC_FLAG_CREATE_ONLY);
  CU_ASSERT_EQUAL(recorder.context_count, 1);
  CU_ASSERT(scene_has(&scene, "Disk=1"));
  static const int64_t wrong[] = {16, 0};
  for (size_t i = 0; i < 2; i++) {
    architecture = i == 0 ? pac_value_uint(PAC_CIM_UINT32, (uint64_t)wrong[i]) : pac_value_string("64");
    CU_ASSERT_EQUAL(pac_named_values_add(context, PAC_CONTEXT_PROVIDER_ARCHITECTURE, &architecture), PAC_RESULT_OK);
    scene.sink.count = 0;
    CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, &scene.sink, object, 0, context, NULL), 0);
    CU_ASSERT_EQUAL(scene.sink.events[0].result, 0x80041008u);
  }
  pac_named_values_free(context);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_FALSE(recorder.has_context);
  scene_close(&scene);
}

static void providers_are_asked_from_the_top_down(void) {
  struct scene scene;
  struct pac_provider recorder = {0};
  struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_ACCEPTS, .recorder = &recorder};
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Top"), 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "Top", "Middle"), 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "Middle", "Low"), 0), 0);
  CU_ASSERT_EQUAL(behave(&scene, "Low", behaviour), 0);
  CU_ASSERT_EQUAL(behave(&scene, "Middle", behaviour), 0);
  CU_ASSERT_EQUAL(behave(&scene, "Top", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Middle", 1, 0), 0);
  CU_ASSERT_STRING_EQUAL(recorder.class_names, "Top Middle ");
  recorder.class_names[0] = '\0';
  behaviour.kind = PAC_PROVIDER_ANSWERS;
  behaviour.answer = 0x80041009u;
  CU_ASSERT_EQUAL(behave(&scene, "Middle", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Low", 2, 0), 0x80041009u);
  CU_ASSERT_STRING_EQUAL(recorder.class_names, "Top Middle ");
  CU_ASSERT_FALSE(scene_has(&scene, "Low.Id=2"));
  behaviour.answer = 0x40001u; /* a success value is no error */
  CU_ASSERT_EQUAL(behave(&scene, "Middle", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Low", 2, 0), 0x40001u);
  CU_ASSERT_FALSE(scene.sink.events[1].has_error);
  behaviour.kind = PAC_PROVIDER_NONE;
  CU_ASSERT_EQUAL(behave(&scene, "middle", behaviour), 0);
  CU_ASSERT_EQUAL(behave(&scene, "nowhere", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Low", 2, 0), 0);
  CU_ASSERT(scene_has(&scene, "Low.Id=2"));
  scene_close(&scene);
}

static void class_puts_ask_what_the_registration_says(void) {
  struct scene scene;
  struct pac_provider recorder = {0};
  scene_open(&scene, NULL);
  struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_WITHOUT_PUT, .recorder = &recorder};
  CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0x80041024u);
  behaviour.kind = PAC_PROVIDER_MISSING;
  CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0x80041013u);
  behaviour.kind = PAC_PROVIDER_ACCEPTS;
  CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, 0), 0);
  struct pac_object *object = scene_get(&scene, "Disk");
  scene_property(object, "Extra", PAC_CIM_UINT8);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, PAC_FLAG_UPDATE_FORCE), 0); /* */
  CU_ASSERT(scene_has(&scene, "Disk.Id=1"));
  CU_ASSERT_EQUAL(recorder.deletions, 0);
  scene_close(&scene);
  scene_open(&scene, "A-29=refuse");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, 0), 0);
  object = scene_get(&scene, "Disk");
  scene_property(object, "Extra", PAC_CIM_UINT8);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, PAC_FLAG_UPDATE_FORCE), 0x80041026u);
  scene_close(&scene);
}

static void progress_comes_when_it_is_asked_for(void) {
  struct scene scene;
  struct pac_provider recorder = {0};
  struct pac_provider_behaviour behaviour = {
      .kind = PAC_PROVIDER_ACCEPTS, .recorder = &recorder, .progress_count = 2, .progress_code = 0x000A0003u};
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, 0), 0);
  for (int refuses = 0; refuses < 2; refuses++) {
    struct pac_object *object = scene_instance(&scene, "Disk");
    scene_set_uint(object, "Id", 2 + (uint64_t)refuses);
    scene.sink.count = 0;
    scene.sink.says = refuses ? 0x80041001u : 0;
    const uint32_t flags = PAC_FLAG_SEND_STATUS;
    CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, &scene.sink, object, flags, NULL, NULL), 0);
    CU_ASSERT_EQUAL(scene.sink.count, refuses ? 2 : 4);
    CU_ASSERT_EQUAL(scene.sink.events[0].kind, PAC_EVENT_PROGRESS);
    CU_ASSERT_EQUAL(scene.sink.events[0].upper_bound, 10);
    CU_ASSERT_EQUAL(scene.sink.events[0].current, 3);
    CU_ASSERT_EQUAL(scene.sink.events[refuses ? 1 : 3].result, refuses ? CANCELLED : 0);
    CU_ASSERT_EQUAL(scene_has(&scene, refuses ? "Disk=3" : "Disk=2"), !refuses);
    pac_object_free(object);
  }
  scene_close(&scene);
}

static void cancel_now(struct pac_sink *sink, void *context) {
  struct scene *scene = context;
  scene->adapter->cancel(scene->services, sink);
}

static void no_progress_follows_a_cancel(void) {
  struct scene scene;
  struct pac_provider recorder = {0};
  struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_ACCEPTS, .recorder = &recorder, .progress_count = 9};
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(behave(&scene, "Disk", behaviour), 0);
  scene.sink.on_event = cancel_now;
  scene.sink.context = &scene;
  struct pac_object *object = scene_instance(&scene, "Disk");
  scene_set_uint(object, "Id", 1);
  scene.sink.count = 0;
  CU_ASSERT_EQUAL(
      scene.adapter->put_async(scene.services, &scene.sink, object, PAC_FLAG_SEND_STATUS | NOW, NULL, NULL), 0);
  scene_pump(&scene);
  CU_ASSERT_EQUAL(scene.sink.count, 2);
  CU_ASSERT_EQUAL(scene.sink.events[1].result, CANCELLED);
  pac_object_free(object);
  scene_close(&scene);
}

static CU_TestInfo tests[] = {
    {"with_0x10_everything_happens_on_the_pump", with_0x10_everything_happens_on_the_pump},
    {"without_0x10_the_call_blocks_or_does_not", without_0x10_the_call_blocks_or_does_not},
    {"late_events_need_further_pumps", late_events_need_further_pumps},
    {"errors_are_raised_or_delivered", errors_are_raised_or_delivered_as_the_reading_says},
    {"a_thread_delivers_every_event", a_thread_delivers_every_event},
    {"inside_delivers_before_the_call_returns", inside_delivers_before_the_call_returns},
    {"a_sink_may_call_back", a_sink_may_call_back},
    {"several_threads_may_put_at_once", several_threads_may_put_at_once},
    {"closing_delivers_nothing_more", closing_delivers_nothing_more},
    {"cancel_ends_the_puts_of_one_sink", cancel_ends_the_puts_of_one_sink},
    {"a_held_put_waits_for_another_behaviour", a_held_put_waits_for_another_behaviour},
    {"a_held_put_can_be_cancelled_or_left", a_held_put_can_be_cancelled_or_left},
    {"a_provider_sees_flags_and_context", a_provider_sees_flags_and_context},
    {"providers_are_asked_from_the_top_down", providers_are_asked_from_the_top_down},
    {"class_puts_ask_what_the_registration_says", class_puts_ask_what_the_registration_says},
    {"progress_comes_when_it_is_asked_for", progress_comes_when_it_is_asked_for},
    {"no_progress_follows_a_cancel", no_progress_follows_a_cancel},
    CU_TEST_INFO_NULL,
};

UNIT_MAIN("reference_delivery", tests)
