/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a put of the reference fails once: it is reported once, nothing changes, and a second put succeeds. */
#include "reference_scene.h"

#define OUT_OF_MEMORY 0x80041006u

/* Sets a scene and gives the object that is put in it. */
typedef struct pac_object *(*set_up)(struct scene *scene);

static struct pac_object *new_class(struct scene *scene) {
  (void)scene;
  return scene_keyed_class("Disk");
}

/* Enough to need memory again and again while it is copied. */
static void fill(struct pac_object *class_object) {
  static char text[3000];
  memset(text, 'x', sizeof text - 1);
  for (int i = 0; i < 8; i++) {
    char name[8];
    snprintf(name, sizeof name, "P%d", i);
    struct pac_value value = pac_value_string(text);
    CU_ASSERT_EQUAL(pac_class_property_add(class_object, name, &value), PAC_RESULT_OK);
  }
}

static struct pac_object *derived_class(struct scene *scene) {
  scene_put_taken(scene, scene_keyed_class("Disk"), 0);
  struct pac_object *object = scene_derive(scene, "Disk", "Usb");
  scene_property(object, "Speed", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(pac_class_method_put(object, "Eject", NULL, NULL), PAC_RESULT_OK);
  fill(object);
  return object;
}

static struct pac_object *forced_update(struct scene *scene) {
  struct pac_object *child = derived_class(scene);
  scene_text(pac_object_qualifiers(child), "Owner", "child", SCENE_FLAVOR);
  scene_put_taken(scene, child, 0);
  scene_put_taken(scene, scene_derive(scene, "Usb", "Stick"), 0);
  scene_put_id(scene, "Stick", 5, 0);
  struct pac_object *object = scene_get(scene, "Disk");
  scene_text(pac_object_qualifiers(object), "Owner", "base", SCENE_FLAVOR);
  return object;
}

static struct pac_object *amended_update(struct scene *scene) {
  CU_ASSERT_EQUAL(scene->adapter->set_locale(scene->services, "MS_409"), 0);
  scene_put_taken(scene, scene_keyed_class("Disk"), 0);
  struct pac_object *object = scene_get(scene, "Disk");
  scene_text(pac_object_qualifiers(object), "DisplayName", "disk", SCENE_FLAVOR | PAC_FLAVOR_AMENDED);
  return object;
}

static struct pac_object *new_instance(struct scene *scene) {
  scene_put_taken(scene, scene_keyed_class("Disk"), 0);
  struct pac_object *object = scene_instance(scene, "Disk");
  scene_set_uint(object, "Id", 1);
  scene_set_uint(object, "Size", 2);
  scene_text(pac_object_qualifiers(object), "Owner", "me", SCENE_FLAVOR);
  return object;
}

static struct pac_object *large_instance(struct scene *scene) {
  static char text[3000];
  memset(text, 'y', sizeof text - 1);
  struct pac_value value = pac_value_string(text);
  struct pac_object *of = scene_keyed_class("Disk");
  fill(of);
  scene_put_taken(scene, of, 0);
  struct pac_object *object = scene_instance(scene, "Disk");
  scene_set_uint(object, "Id", 1);
  for (int i = 0; i < 8; i++) {
    char name[8];
    snprintf(name, sizeof name, "P%d", i);
    CU_ASSERT_EQUAL(pac_object_property_set(object, name, &value), PAC_RESULT_OK);
  }
  return object;
}

static struct pac_object *made_up_key(struct scene *scene) {
  scene_put_taken(scene, scene_keyed_class("Disk"), 0);
  return scene_instance(scene, "Disk");
}

static struct pac_object *replaced_sibling(struct scene *scene) {
  scene_put_taken(scene, scene_keyed_class("Disk"), 0);
  scene_put_taken(scene, scene_derive(scene, "Disk", "Usb"), 0);
  scene_put_id(scene, "Usb", 1, 0);
  struct pac_object *object = scene_instance(scene, "Disk");
  scene_set_uint(object, "Id", 1);
  return object;
}

static struct pac_object *new_namespace(struct scene *scene) {
  struct scene other;
  scene_open(&other, NULL); /* the system classes are not yet there in the scene itself */
  struct pac_object *object = scene_instance(&other, "__NAMESPACE");
  struct pac_value name = pac_value_string("sub");
  CU_ASSERT_EQUAL(pac_object_property_set(object, "Name", &name), PAC_RESULT_OK);
  scene_close(&other);
  (void)scene;
  return object;
}

static struct pac_object *dynamic_instance(struct scene *scene) {
  struct pac_object *object = new_instance(scene);
  static struct pac_provider recorder;
  struct pac_provider_behaviour behaviour = {
      .kind = PAC_PROVIDER_PARTIAL, .recorder = &recorder, .unwritable = "Owner", .progress_count = 1};
  CU_ASSERT_EQUAL(scene->adapter->set_provider(scene->services, "Disk", &behaviour), 0);
  scene_put(scene, object, 0);
  scene_set_uint(object, "Size", 3);
  return object;
}

static bool keep(void *context, const struct pac_object *object) {
  char *text = context;
  size_t used = strlen(text);
  pac_object_print(object, text + used, 200000 - used);
  return true;
}

static void print_all(struct scene *scene, char *text) {
  static const char *const classes[] = {"Disk", "Usb", "Stick"};
  struct pac_object *localized = NULL;
  text[0] = '\0';
  scene->adapter->derived(scene->services, NULL, keep, text);
  for (size_t i = 0; i < 3; i++) {
    scene->adapter->instances(scene->services, classes[i], keep, text);
  }
  if (scene->adapter->get_localized(scene->services, "MS_409", "Disk", &localized) == 0) {
    keep(text, localized);
    pac_object_free(localized);
  }
}

static struct pac_named_values *make_context(bool is_partial) {
  struct pac_named_values *context = NULL;
  struct pac_value yes = pac_value_boolean(true);
  union pac_scalar name = {.text = "Size"};
  struct pac_value list = pac_value_array(PAC_CIM_STRING, &name, 1);
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &context), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_named_values_add(context, "other", &yes), PAC_RESULT_OK);
  if (is_partial) {
    CU_ASSERT_EQUAL(pac_named_values_add(context, PAC_CONTEXT_PUT_EXTENSIONS, &yes), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(pac_named_values_add(context, PAC_CONTEXT_PUT_EXT_PROPERTIES, &list), PAC_RESULT_OK);
  }
  return context;
}

static const struct row {
  const char *options;
  set_up set_up;
  uint32_t flags;
  bool is_partial;
} rows[] = {
    {NULL, new_class, 0, false},
    {NULL, derived_class, 0, false},
    {NULL, forced_update, PAC_FLAG_UPDATE_FORCE, false},
    {"A-28=delete A-31=derived", forced_update, PAC_FLAG_UPDATE_FORCE, false},
    {NULL, amended_update, PAC_FLAG_AMENDED, false},
    {"A-49=strip", new_class, PAC_FLAG_AMENDED, false},
    {NULL, new_instance, 0, false},
    {NULL, large_instance, 0, false},
    {"A-39=make_up", made_up_key, 0, false},
    {"A-42=replace", replaced_sibling, 0, false},
    {NULL, new_namespace, 0, false},
    {NULL, dynamic_instance, PAC_FLAG_UPDATE_ONLY | PAC_FLAG_SEND_STATUS, true},
    {"A-02=raise", new_instance, 0, false},
};

/* Puts with the nth allocation failing; true when the put got through without it. */
static bool put_once(const struct row *row, uint32_t nth) {
  static char before[200000];
  static char after[200000];
  struct scene scene;
  scene_open(&scene, row->options);
  struct pac_object *object = row->set_up(&scene);
  struct pac_named_values *context = make_context(row->is_partial);
  print_all(&scene, before);
  scene.sink.count = 0;
  CU_ASSERT_EQUAL(scene.adapter->fail_allocation(scene.services, nth), 0);
  pac_hresult raised =
      scene.adapter->put_async(scene.services, &scene.sink, object, row->flags, context, context);
  CU_ASSERT_EQUAL(scene.adapter->fail_allocation(scene.services, 0), 0);
  bool is_delivered = raised == 0;
  CU_ASSERT_EQUAL(scene.sink.count == 0, !is_delivered);
  pac_hresult result = is_delivered ? scene.sink.events[scene.sink.count - 1].result : raised;
  if (result != 0) {
    CU_ASSERT_EQUAL(result, OUT_OF_MEMORY);
    size_t completions = 0;
    for (size_t i = 0; i < scene.sink.count; i++) {
      completions += scene.sink.events[i].kind == PAC_EVENT_COMPLETED;
      CU_ASSERT_NOT_EQUAL(scene.sink.events[i].kind, PAC_EVENT_OBJECT_PUT);
    }
    CU_ASSERT_EQUAL(completions, is_delivered ? 1 : 0);
    print_all(&scene, after);
    CU_ASSERT_STRING_EQUAL(before, after);
    scene.sink.count = 0;
    CU_ASSERT_EQUAL(scene.adapter->put_async(scene.services, &scene.sink, object, row->flags, context, NULL), 0);
    CU_ASSERT_EQUAL(scene.sink.events[scene.sink.count - 1].result, 0);
  }
  print_all(&scene, after);
  if (row->set_up != new_namespace) {
    CU_ASSERT_STRING_NOT_EQUAL(before, after);
  }
  pac_named_values_free(context);
  pac_object_free(object);
  scene_close(&scene);
  return result == 0;
}

static void nothing_half_written_is_left_when_memory_is_short(void) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    uint32_t nth = 1;
    while (!put_once(&rows[i], nth) && nth < 1000) {
      nth += 1;
    }
    CU_ASSERT(nth > 4);
    CU_ASSERT(nth < 1000);
  }
}

static void looking_spares_the_allocation_that_is_to_fail(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = new_instance(&scene);
  CU_ASSERT_EQUAL(scene_put(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene.adapter->fail_allocation(scene.services, 1), 0);
  CU_ASSERT(scene_has(&scene, "Disk.Id=1"));
  CU_ASSERT(scene_has(&scene, "__NAMESPACE"));
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), OUT_OF_MEMORY);
  scene_close(&scene);
}

static CU_TestInfo tests[] = {
    {"nothing_half_written_is_left_when_memory_is_short", nothing_half_written_is_left_when_memory_is_short},
    {"looking_spares_the_allocation_that_is_to_fail", looking_spares_the_allocation_that_is_to_fail},
    CU_TEST_INFO_NULL,
};

UNIT_MAIN("reference_memory", tests)
