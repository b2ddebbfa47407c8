/* SPDX-License-Identifier: Apache-2.0 */
/* Partial updates of the reference implementation, and the rights and visits of the same class of disks. */
#include "reference_scene.h"

#define ACCESS_DENIED 0x80041003u
#define INVALID_CONTEXT 0x80041007u
#define NOT_FOUND 0x80041002u

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
    {"a_partial_update_writes_what_it_lists", a_partial_update_writes_what_it_lists},
    {"a_provider_does_partial_updates_or_says_so", a_provider_does_partial_updates_or_says_so},
    {"what_a_provider_cannot_write_is_refused_or_left_out", what_a_provider_cannot_write_is_refused_or_left_out},
    {"each_kind_of_put_needs_its_right", each_kind_of_put_needs_its_right},
    {"visiting_stops_when_told_to", visiting_stops_when_told_to},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("reference_partial", tests)
