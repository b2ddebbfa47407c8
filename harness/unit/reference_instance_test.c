/* SPDX-License-Identifier: Apache-2.0 */
/* Instance puts of the reference implementation: existence, nulls, identity, shape, partial updates, rights. */
#include "reference_scene.h"

#define ACCESS_DENIED 0x80041003u
#define ILLEGAL_NULL 0x80041028u
#define INVALID_OBJECT 0x8004100Fu
#define INVALID_CONTEXT 0x80041007u
#define NOT_FOUND 0x80041002u

static void existence_decides_by_flag(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), PAC_FLAG_UPDATE_ONLY), NOT_FOUND);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), PAC_FLAG_CREATE_ONLY | PAC_FLAG_UPDATE_FORCE), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, PAC_FLAG_UPDATE_ONLY), NOT_FOUND);
  CU_ASSERT_FALSE(scene_has(&scene, "Disk.Id=1"));
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, PAC_FLAG_CREATE_ONLY), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, PAC_FLAG_CREATE_ONLY), 0x80041019u);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, PAC_FLAG_UPDATE_ONLY), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, 0), 0);
  scene_close(&scene);
}

static void a_put_that_fails_delivers_what_is_known_of_it(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  struct pac_object *object = scene_instance(&scene, "Disk");
  CU_ASSERT_EQUAL(scene_put(&scene, object, 0), ILLEGAL_NULL);
  CU_ASSERT(scene.sink.events[0].has_error);
  CU_ASSERT(scene.sink.events[0].error.has_status_code);
  CU_ASSERT_EQUAL(scene.sink.events[0].error.status_code, ILLEGAL_NULL);
  CU_ASSERT_STRING_EQUAL(scene.sink.events[0].error.operation, "PutInstance");
  CU_ASSERT_STRING_EQUAL(scene.sink.events[0].error.description, "a key is null");
  pac_object_free(object);
  scene_close(&scene);
  scene_open(&scene, "A-07=none");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class("_x"), 0), 0x80041016u);
  CU_ASSERT_FALSE(scene.sink.events[0].has_error);
  scene_close(&scene);
}

static struct pac_object *elsewhere(const char *class_name) {
  struct pac_object *of = scene_keyed_class(class_name);
  struct pac_object *object = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_instance_new(NULL, of, &object), PAC_RESULT_OK);
  scene_set_uint(object, "Id", 1);
  pac_object_free(of);
  return object;
}

static void the_class_has_to_be_there_and_to_allow_instances(void) {
  static const struct {
    const char *options;
    pac_hresult result;
  } readings[] = {{NULL, NOT_FOUND},
                  {"A-35=invalid_class", 0x80041010u},
                  {"A-35=incomplete_class", 0x80041020u},
                  {"A-35=invalid_object", INVALID_OBJECT}};
  struct scene scene;
  for (size_t i = 0; i < 4; i++) {
    scene_open(&scene, readings[i].options);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, elsewhere("Lost"), 0), readings[i].result);
    scene_close(&scene);
  }
  static const char *const marks[] = {"abstract", "amendment"};
  for (size_t i = 0; i < 2; i++) {
    scene_open(&scene, NULL);
    struct pac_object *object = scene_keyed_class("Disk");
    scene_mark(pac_object_qualifiers(object), marks[i]);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
    CU_ASSERT_EQUAL(scene_put_id(&scene, "Disk", 1, 0), 0x80041016u);
    scene_close(&scene);
  }
}

static void an_instance_has_to_fit_its_class(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = scene_class("Disk");
  scene_key(object, "Id", PAC_CIM_UINT32);
  scene_property(object, "Size", PAC_CIM_STRING);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, elsewhere("Disk"), 0), INVALID_OBJECT);
  object = scene_class("Narrow");
  scene_key(object, "Id", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, elsewhere("Narrow"), 0), INVALID_OBJECT);
  object = scene_keyed_class("Disk");
  scene_key(object, "Second", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, elsewhere("Disk"), 0), INVALID_OBJECT);
  object = scene_class("Keyless");
  scene_property(object, "Id", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_id(&scene, "Keyless", 1, 0), INVALID_OBJECT);
  scene_close(&scene);
  scene_open_profile(&scene, NULL, PAC_PROFILE_PUBLISHED);
  object = scene_class("Keyless");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, "Keyless"), 0), 0x80041014u);
  scene_close(&scene);
}

static void a_class_from_elsewhere_counts_by_what_is_stored(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = scene_keyed_class("Disk");
  scene_property(object, "Extra", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, elsewhere("DISK"), 0), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk.Id=1", "Extra"), -1);
  scene_close(&scene);
}

static void nulls_are_refused_where_they_are_not_allowed(void) {
  static const char *const marks[] = {"Indexed", "Not_Null"};
  for (int stored = 0; stored < 2; stored++) {
    struct scene scene;
    scene_open(&scene, stored ? "A-40=store" : NULL);
    for (size_t i = 0; i < 2; i++) {
      struct pac_object *object = scene_keyed_class(marks[i]);
      scene_mark(pac_object_property_qualifiers(object, "Size"), marks[i]);
      CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
      CU_ASSERT_EQUAL(scene_put_id(&scene, marks[i], 1, 0), stored ? 0 : ILLEGAL_NULL);
      object = scene_instance(&scene, marks[i]);
      scene_set_uint(object, "Id", 2);
      scene_set_uint(object, "Size", 2);
      CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
    }
    scene_close(&scene);
  }
  struct scene scene;
  scene_open_profile(&scene, NULL, PAC_PROFILE_PAGE);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, "Disk"), 0), 0x8004100Au);
  scene_close(&scene);
}

static void a_null_key_is_answered_as_the_reading_says(void) {
  struct scene scene;
  scene_open(&scene, "A-39=no_key");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, "Disk"), 0), 0x80041089u);
  scene_close(&scene);
  scene_open(&scene, "A-39=invalid_object");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, "Disk"), 0), INVALID_OBJECT);
  scene_close(&scene);

  static const enum pac_cim_type types[] = {PAC_CIM_STRING, PAC_CIM_SINT64, PAC_CIM_UINT32};
  scene_open(&scene, "A-39=make_up");
  for (size_t i = 0; i < 3; i++) {
    char name[8];
    snprintf(name, sizeof name, "K%zu", i);
    struct pac_object *object = scene_class(name);
    scene_key(object, "Id", types[i]);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
    char first[200] = "";
    for (int again = 0; again < 2; again++) {
      CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, name), 0), 0);
      CU_ASSERT(scene_has(&scene, scene.sink.events[0].path));
      CU_ASSERT_STRING_NOT_EQUAL(scene.sink.events[0].path, first);
      snprintf(first, sizeof first, "%s", scene.sink.events[0].path);
    }
  }
  struct pac_object *object = scene_class("Truth");
  scene_key(object, "Id", PAC_CIM_BOOLEAN);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, "Truth"), 0), ILLEGAL_NULL);
  scene_close(&scene);
}

/* A key of each type that a path can state. */
static void every_kind_of_key_finds_its_instance(void) {
  struct pac_value values[] = {
      pac_value_string("A \"quoted\\\" \xC3\xA4\x01"), pac_value_sint(PAC_CIM_SINT8, -5),
      pac_value_uint(PAC_CIM_UINT64, UINT64_MAX),     pac_value_boolean(true),
      pac_value_datetime("20260101000000.000000+000"), pac_value_reference("Disk.Id=1"),
      pac_value_char16(65),
  };
  struct scene scene;
  scene_open(&scene, NULL);
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    char name[8];
    snprintf(name, sizeof name, "K%zu", i);
    struct pac_object *object = scene_class(name);
    scene_key(object, "Id", values[i].type);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
    object = scene_instance(&scene, name);
    CU_ASSERT_EQUAL(pac_object_property_set(object, "Id", &values[i]), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(scene_put(&scene, object, PAC_FLAG_CREATE_ONLY), 0);
    CU_ASSERT(scene_has(&scene, scene.sink.events[0].path));
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, PAC_FLAG_CREATE_ONLY), 0x80041019u);
  }
  scene_close(&scene);
}

static void key_text_ignores_case_and_order_and_never_runs_together(void) {
  static const char *const pairs[][2] = {{"a", "b"}, {"a\x01\"b", ""}, {"a\x02", "b"}, {"a", "\x02" "b"}};
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = scene_class("Pair");
  scene_key(object, "One", PAC_CIM_STRING);
  scene_key(object, "Two", PAC_CIM_STRING);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  for (size_t i = 0; i < 4; i++) {
    object = scene_instance(&scene, "Pair");
    struct pac_value one = pac_value_string(pairs[i][0]);
    struct pac_value two = pac_value_string(pairs[i][1]);
    CU_ASSERT_EQUAL(pac_object_property_set(object, "One", &one), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(pac_object_property_set(object, "Two", &two), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, PAC_FLAG_CREATE_ONLY), 0);
  }
  CU_ASSERT(scene_has(&scene, "pair.TWO=\"B\",one=\"A\""));
  CU_ASSERT_FALSE(scene_has(&scene, "Pair.One=\"a\""));
  CU_ASSERT_FALSE(scene_has(&scene, "Pair=@"));
  CU_ASSERT_FALSE(scene_has(&scene, "Pair.One=\"b\",Three=\"a\""));
  scene_close(&scene);
}

static void a_singleton_has_one_instance(void) {
  struct scene scene;
  scene_open(&scene, "A-60=relative A-61=relative");
  struct pac_object *object = scene_class("One");
  scene_mark(pac_object_qualifiers(object), "singleton");
  scene_property(object, "Size", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_STRING_EQUAL(scene.sink.events[0].path, "One");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, "One"), 0), 0);
  CU_ASSERT_STRING_EQUAL(scene.sink.events[0].path, "One=@");
  CU_ASSERT(scene_has(&scene, "One=@"));
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_instance(&scene, "One"), PAC_FLAG_CREATE_ONLY), 0x80041019u);
  scene_close(&scene);
}

static void a_key_is_taken_once_below_the_class_that_introduces_it(void) {
  for (int replace = 0; replace < 2; replace++) {
    struct scene scene;
    scene_open(&scene, replace ? "A-42=replace" : NULL);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Top"), 0), 0);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "Top", "Left"), 0), 0);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "Top", "Right"), 0), 0);
    CU_ASSERT_EQUAL(scene_put_id(&scene, "Left", 1, 0), 0);
    CU_ASSERT_EQUAL(scene_put_id(&scene, "Right", 1, PAC_FLAG_UPDATE_ONLY), NOT_FOUND);
    CU_ASSERT_EQUAL(scene_put_id(&scene, "Right", 1, 0), replace ? 0 : 0x80041001u);
    CU_ASSERT_EQUAL(scene_has(&scene, "Left.Id=1"), !replace);
    CU_ASSERT_EQUAL(scene_has(&scene, "Right.Id=1"), replace);
    CU_ASSERT_FALSE(scene_has(&scene, "Top.Id=1"));
    scene_close(&scene);
  }
}

static void a_long_relative_path_is_refused_by_the_call(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = scene_class("K");
  scene_key(object, "Id", PAC_CIM_STRING);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  static char text[8200];
  for (size_t length = 8185; length <= 8186; length++) { /* K.Id="..." has 7 octets more */
    memset(text, 'a', length);
    object = scene_instance(&scene, "K");
    struct pac_value value = pac_value_string(text);
    CU_ASSERT_EQUAL(pac_object_property_set(object, "Id", &value), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), length == 8185 ? 0 : 0x8004106Cu);
    CU_ASSERT_EQUAL(scene.sink.count, length == 8185 ? 2 : 0);
  }
  scene_close(&scene);
}

static void amended_instances_need_the_flag(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  struct pac_object *object = scene_instance(&scene, "Disk");
  scene_set_uint(object, "Id", 1);
  scene_text(pac_object_qualifiers(object), "DisplayName", "disk", SCENE_FLAVOR | PAC_FLAVOR_AMENDED);
  scene_text(pac_object_qualifiers(object), "Owner", "me", SCENE_FLAVOR);
  CU_ASSERT_EQUAL(scene_put(&scene, object, 0), 0x80041066u);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, PAC_FLAG_AMENDED), 0);
  object = scene_get(&scene, "Disk.Id=1");
  CU_ASSERT_PTR_NULL(pac_qualifier_find(pac_object_qualifiers_view(object), "DisplayName"));
  CU_ASSERT_PTR_NOT_NULL(pac_qualifier_find(pac_object_qualifiers_view(object), "Owner"));
  pac_object_free(object);
  scene_close(&scene);
}

/* Partial updates -------------------------------------------------------------------------------------------------- */

struct extension {
  bool has_master, has_list, has_strict, has_wrong_type;
  const char *property;
};

static pac_hresult put_partially(struct scene *scene, const struct pac_object *object, uint32_t flags,
                                 struct extension extension) {
  struct pac_named_values *context = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &context), PAC_RESULT_OK);
  struct pac_value yes = pac_value_boolean(true);
  struct pac_value text = pac_value_string("yes");
  union pac_scalar name = {.text = extension.property};
  struct pac_value list = pac_value_array(PAC_CIM_STRING, &name, 1);
  if (extension.has_master) {
    pac_named_values_add(context, PAC_CONTEXT_PUT_EXTENSIONS, extension.has_wrong_type ? &text : &yes);
  }
  if (extension.has_list) {
    pac_named_values_add(context, PAC_CONTEXT_PUT_EXT_PROPERTIES, &list);
  }
  if (extension.has_strict) {
    pac_named_values_add(context, PAC_CONTEXT_PUT_EXT_STRICT_NULLS, &yes);
  }
  scene->sink.count = 0;
  pac_hresult raised = scene->adapter->put_async(scene->services, &scene->sink, object, flags, context, NULL);
  scene_pump(scene);
  pac_named_values_free(context);
  CU_ASSERT_EQUAL(scene->sink.count == 0, raised != 0);
  return raised != 0 ? raised : scene->sink.events[scene->sink.count - 1].result;
}

static struct pac_object *disk(struct scene *scene, int64_t size) {
  struct pac_object *object = scene_instance(scene, "Disk");
  scene_set_uint(object, "Id", 1);
  scene_set_uint(object, "Speed", 9);
  if (size >= 0) {
    scene_set_uint(object, "Size", (uint64_t)size);
  }
  return object;
}

static void open_with_disk(struct scene *scene, const char *options, const struct pac_provider_behaviour *behaviour) {
  scene_open(scene, options);
  struct pac_object *object = scene_keyed_class("Disk");
  scene_property(object, "Speed", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL_FATAL(scene_put_taken(scene, object, 0), 0);
  object = scene_instance(scene, "Disk");
  scene_set_uint(object, "Id", 1);
  scene_set_uint(object, "Size", 5);
  scene_set_uint(object, "Speed", 5);
  CU_ASSERT_EQUAL_FATAL(scene_put_taken(scene, object, 0), 0);
  if (behaviour != NULL) {
    CU_ASSERT_EQUAL(scene->adapter->set_provider(scene->services, "disk", behaviour), 0);
  }
}

static void a_partial_update_writes_what_it_lists(void) {
  const struct extension size = {.has_master = true, .has_list = true, .property = "size"};
  struct scene scene;
  open_with_disk(&scene, NULL, NULL);
  struct pac_object *object = disk(&scene, 7);
  CU_ASSERT_EQUAL(put_partially(&scene, object, PAC_FLAG_UPDATE_ONLY, size), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), 7);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Speed"), 5);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 0, size), INVALID_CONTEXT);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){.has_master = true}), INVALID_CONTEXT);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){.has_list = true, .property = "Size"}),
                  INVALID_CONTEXT);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){.has_strict = true}), INVALID_CONTEXT);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){true, true, false, true, "Size"}),
                  INVALID_CONTEXT);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){true, true, false, false, "None"}), 0x80041031u);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){true, true, false, false, NULL}),
                  INVALID_CONTEXT);
  scene_set_uint(object, "Id", 2);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, size), NOT_FOUND);
  pac_object_free(object);
  scene_close(&scene);
  open_with_disk(&scene, "A-52=accept", NULL);
  object = disk(&scene, -1);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 0, size), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), -1);
  pac_object_free(object);
  scene_close(&scene);
}

static void a_provider_does_partial_updates_or_says_so(void) {
  const struct extension size = {.has_master = true, .has_list = true, .property = "Size"};
  static const struct {
    const char *options;
    pac_hresult result;
  } readings[] = {
      {NULL, 0x80041024u}, {"A-54=not_supported", 0x8004100Cu}, {"A-54=unsupported_put_extension", 0x8004103Du}};
  struct pac_provider recorder = {0};
  struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_ACCEPTS, .recorder = &recorder};
  struct scene scene;
  for (size_t i = 0; i < 3; i++) {
    open_with_disk(&scene, readings[i].options, &behaviour);
    struct pac_object *object = disk(&scene, 7);
    CU_ASSERT_EQUAL(put_partially(&scene, object, PAC_FLAG_UPDATE_ONLY, size), readings[i].result);
    CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), 5);
    pac_object_free(object);
    scene_close(&scene);
  }
  behaviour.kind = PAC_PROVIDER_PARTIAL;
  open_with_disk(&scene, NULL, &behaviour);
  struct pac_object *object = disk(&scene, 7);
  CU_ASSERT_EQUAL(put_partially(&scene, object, PAC_FLAG_UPDATE_ONLY, size), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), 7);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Speed"), 5);
  pac_object_free(object);
  object = disk(&scene, -1); /* a null is taken for meant only when it is said to be */
  CU_ASSERT_EQUAL(put_partially(&scene, object, PAC_FLAG_UPDATE_ONLY, size), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), 7);
  struct extension strict = size;
  strict.has_strict = true;
  CU_ASSERT_EQUAL(put_partially(&scene, object, PAC_FLAG_UPDATE_ONLY, strict), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), -1);
  pac_object_free(object);
  scene_close(&scene);
}

static void what_a_provider_cannot_write_is_refused_or_left_out(void) {
  struct pac_provider recorder = {0};
  struct pac_provider_behaviour behaviour = {
      .kind = PAC_PROVIDER_PARTIAL, .recorder = &recorder, .unwritable = "size"};
  struct scene scene;
  open_with_disk(&scene, NULL, &behaviour);
  struct pac_object *object = disk(&scene, 7);
  CU_ASSERT_EQUAL(scene_put(&scene, object, 0), 0x80041023u);
  CU_ASSERT_STRING_EQUAL(scene.sink.events[0].error.provider_name, "pacheck test provider");
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){true, true, false, false, "Size"}), 0x80041023u);
  CU_ASSERT_EQUAL(put_partially(&scene, object, 1, (struct extension){true, true, false, false, "Speed"}), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Speed"), 9);
  pac_object_free(object);
  object = disk(&scene, -1);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), 5);
  scene_close(&scene);
  open_with_disk(&scene, "A-41=ignore", &behaviour);
  object = disk(&scene, 7);
  CU_ASSERT_EQUAL(scene_put(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=1", "Size"), 5);
  scene_set_uint(object, "Id", 2);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Disk=2", "Size"), -1);
  scene_close(&scene);
}

/* Rights ----------------------------------------------------------------------------------------------------------- */

static void each_kind_of_put_needs_its_right(void) {
  struct pac_provider recorder = {0};
  struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_ACCEPTS, .recorder = &recorder};
  struct scene scene;
  open_with_disk(&scene, NULL, NULL);
  struct pac_object *derived = scene_derive(&scene, "__SystemClass", "Below");
  scene_key(derived, "Id", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, derived, 0), 0);
  static const struct {
    uint32_t needed;
    const char *class_name; /* of the instance; null for a class put */
    bool is_dynamic;
  } rows[] = {{PAC_RIGHT_ENABLE, NULL, false},       {PAC_RIGHT_REMOTE_ENABLE, "Disk", false},
              {PAC_RIGHT_FULL_WRITE, NULL, false},   {PAC_RIGHT_PARTIAL_WRITE, "Disk", false},
              {PAC_RIGHT_FULL_WRITE, "Below", false}, {PAC_RIGHT_PROVIDER_WRITE, "Disk", true},
              {PAC_RIGHT_PROVIDER_WRITE, NULL, true}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    behaviour.kind = rows[i].is_dynamic ? PAC_PROVIDER_ACCEPTS : PAC_PROVIDER_NONE;
    CU_ASSERT_EQUAL(scene.adapter->set_provider(scene.services, "Disk", &behaviour), 0);
    for (int has_it = 0; has_it < 2; has_it++) {
      uint32_t rights = has_it ? rows[i].needed | PAC_RIGHTS_READ : PAC_RIGHTS_ALL & ~rows[i].needed;
      bool is_about_calls = (rows[i].needed & PAC_RIGHTS_READ) != 0;
      rights = has_it && is_about_calls ? PAC_RIGHTS_ALL : rights;
      CU_ASSERT_EQUAL(scene.adapter->set_rights(scene.services, rights), 0);
      pac_hresult result = rows[i].class_name == NULL
                               ? scene_put_taken(&scene, scene_get(&scene, "Disk"), 0)
                               : scene_put_id(&scene, rows[i].class_name, 1, 0);
      CU_ASSERT_EQUAL(result, has_it ? 0 : ACCESS_DENIED);
      CU_ASSERT_EQUAL(scene.sink.count, has_it ? 2 : is_about_calls ? 0 : 1);
    }
  }
  scene_close(&scene);
}

static bool count(void *context, const struct pac_object *object) {
  (void)object;
  *(int *)context += 1;
  return *(int *)context < 2;
}

static void visiting_stops_when_told_to(void) {
  struct scene scene;
  int visited = 0;
  open_with_disk(&scene, NULL, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "Disk", "Usb"), 0), 0);
  for (uint64_t id = 2; id < 20; id++) {
    CU_ASSERT_EQUAL(scene_put_id(&scene, id == 3 ? "Usb" : "Disk", id, 0), 0);
  }
  CU_ASSERT_EQUAL(scene.adapter->instances(scene.services, "Disk", count, &visited), 0);
  CU_ASSERT_EQUAL(visited, 2);
  visited = 0;
  CU_ASSERT_EQUAL(scene.adapter->instances(scene.services, "Usb", count, &visited), 0);
  CU_ASSERT_EQUAL(visited, 1);
  visited = 0;
  CU_ASSERT_EQUAL(scene.adapter->derived(scene.services, "Disk", count, &visited), 0);
  CU_ASSERT_EQUAL(visited, 1);
  visited = 0;
  CU_ASSERT_EQUAL(scene.adapter->derived(scene.services, NULL, count, &visited), 0);
  CU_ASSERT_EQUAL(visited, 2);
  CU_ASSERT_EQUAL(scene.adapter->derived(scene.services, "Lost", count, &visited), NOT_FOUND);
  CU_ASSERT_EQUAL(scene.adapter->instances(scene.services, "Lost", count, &visited), NOT_FOUND);
  struct pac_object *object = NULL;
  CU_ASSERT_EQUAL(scene.adapter->get(scene.services, "Disk.Id=", &object), 0x8004103Au);
  scene_close(&scene);
}

static CU_TestInfo tests[] = {
    {"existence_decides_by_flag", existence_decides_by_flag},
    {"a_put_that_fails_delivers_what_is_known_of_it", a_put_that_fails_delivers_what_is_known_of_it},
    {"the_class_has_to_be_there_and_to_allow_instances", the_class_has_to_be_there_and_to_allow_instances},
    {"an_instance_has_to_fit_its_class", an_instance_has_to_fit_its_class},
    {"a_class_from_elsewhere_counts_by_what_is_stored", a_class_from_elsewhere_counts_by_what_is_stored},
    {"nulls_are_refused_where_they_are_not_allowed", nulls_are_refused_where_they_are_not_allowed},
    {"a_null_key_is_answered_as_the_reading_says", a_null_key_is_answered_as_the_reading_says},
    {"every_kind_of_key_finds_its_instance", every_kind_of_key_finds_its_instance},
    {"key_text_ignores_case_and_order", key_text_ignores_case_and_order_and_never_runs_together},
    {"a_singleton_has_one_instance", a_singleton_has_one_instance},
    {"a_key_is_taken_once", a_key_is_taken_once_below_the_class_that_introduces_it},
    {"a_long_relative_path_is_refused_by_the_call", a_long_relative_path_is_refused_by_the_call},
    {"amended_instances_need_the_flag", amended_instances_need_the_flag},
    {"a_partial_update_writes_what_it_lists", a_partial_update_writes_what_it_lists},
    {"a_provider_does_partial_updates_or_says_so", a_provider_does_partial_updates_or_says_so},
    {"what_a_provider_cannot_write", what_a_provider_cannot_write_is_refused_or_left_out},
    {"each_kind_of_put_needs_its_right", each_kind_of_put_needs_its_right},
    {"visiting_stops_when_told_to", visiting_stops_when_told_to},
    CU_TEST_INFO_NULL,
};

UNIT_MAIN("reference_instance", tests)
