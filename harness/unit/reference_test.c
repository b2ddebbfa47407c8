/* SPDX-License-Identifier: Apache-2.0 */
/* The reference implementation: what a put stores, what it delivers, and what it raises. */
#include "reference_scene.h"

static void a_class_and_an_instance_are_stored_and_read_back(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
  CU_ASSERT_STRING_EQUAL(scene.sink.events[0].path, "\\\\.\\root\\pacheck:Disk");
  struct pac_object *instance = scene_instance(&scene, "Disk");
  scene_set_uint(instance, "Id", 7);
  scene_set_uint(instance, "Size", 40);
  CU_ASSERT_EQUAL(scene_put(&scene, instance, 0), 0);
  CU_ASSERT_EQUAL(scene.sink.events[0].kind, PAC_EVENT_OBJECT_PUT);
  CU_ASSERT_FALSE(scene.sink.events[1].has_error);
  struct pac_object *read = scene_get(&scene, scene.sink.events[0].path);
  char difference[200] = "";
  CU_ASSERT(pac_object_compare(instance, read, PAC_COMPARE_ALL, difference, sizeof difference));
  CU_ASSERT_STRING_EQUAL(difference, "");
  CU_ASSERT(scene_has(&scene, "disk.ID=7"));
  CU_ASSERT(scene_has(&scene, "Disk=7"));
  CU_ASSERT_FALSE(scene_has(&scene, "Disk.Id=8"));
  CU_ASSERT_FALSE(scene_has(&scene, "\\\\other\\root\\pacheck:Disk"));
  pac_object_free(read);
  pac_object_free(instance);
  scene_close(&scene);
}

static CU_TestInfo tests[] = {
    {"a_class_and_an_instance_are_stored_and_read_back", a_class_and_an_instance_are_stored_and_read_back},
    CU_TEST_INFO_NULL,
};

UNIT_MAIN("reference", tests)
