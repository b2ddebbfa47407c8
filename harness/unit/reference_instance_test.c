/* SPDX-License-Identifier: Apache-2.0 */
/* Instance puts of the reference implementation: existence, nulls, identity, shape, amended qualifiers. */
#include "reference_scene.h"
#define ILLEGAL_NULL 0x80041028u
#define INVALID_OBJECT 0x8004100Fu
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

static CU_TestInfo tests[] = {
    {"existence_decides_by_flag", existence_decides_by_flag},
    {"a_put_that_fails_delivers_what_is_known_of_it", a_put_that_fails_delivers_what_is_known_of_it},
    {"the_class_has_to_be_there_and_to_allow_instances", the_class_has_to_be_there_and_to_allow_instances},
    {"an_instance_has_to_fit_its_class", an_instance_has_to_fit_its_class},
    {"a_class_from_elsewhere_counts_by_what_is_stored", a_class_from_elsewhere_counts_by_what_is_stored},
    {"nulls_are_refused_where_they_are_not_allowed", nulls_are_refused_where_they_are_not_allowed},
    {"a_null_key_is_answered_as_the_reading_says", a_null_key_is_answered_as_the_reading_says},
    {"every_kind_of_key_finds_its_instance", every_kind_of_key_finds_its_instance},
    {"key_text_ignores_case_and_order_and_never_runs_together", key_text_ignores_case_and_order_and_never_runs_together},
    {"a_singleton_has_one_instance", a_singleton_has_one_instance},
    {"a_key_is_taken_once_below_the_class_that_introduces_it", a_key_is_taken_once_below_the_class_that_introduces_it},
    {"a_long_relative_path_is_refused_by_the_call", a_long_relative_path_is_refused_by_the_call},
    {"amended_instances_need_the_flag", amended_instances_need_the_flag},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("reference_instance", tests)
