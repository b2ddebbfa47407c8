/* SPDX-License-Identifier: Apache-2.0 */
/* Objects with two members of one name: no interface makes them, but octets can say so and a tolerant reader keeps
 * both. Such an object has no path, and the reference implementation refuses to store it. */
#include "pacheck/encoding.h"
#include "reference_scene.h"

#define INVALID_CLASS 0x80041010u
#define INVALID_OBJECT 0x8004100Fu

/* The same object with every name "Twin2" spelt "TWIN1". Given; the one passed is freed. */
static struct pac_object *as_twin(struct pac_object *object) {
  struct pac_octets octets = {NULL, 0};
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  struct pac_object *twin = NULL;
  unsigned renamed = 0;
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &octets), PAC_RESULT_OK);
  for (size_t i = 0; i + 5 <= octets.size; i++) {
    if (memcmp(octets.data + i, "Twin2", 5) == 0) {
      memcpy(octets.data + i, "TWIN1", 5);
      renamed += 1;
    }
  }
  CU_ASSERT_TRUE(renamed > 0);
  CU_ASSERT_EQUAL_FATAL(pac_unit_decode(NULL, octets.data, octets.size, &decoding, &twin), PAC_RESULT_OK);
  pac_octets_free(NULL, &octets);
  pac_object_free(object);
  return twin;
}

/* A class with the keys Twin1 and Twin2. */
static struct pac_object *two_keys(void) {
  struct pac_object *object = scene_class("Pair");
  scene_key(object, "Twin1", PAC_CIM_UINT32);
  scene_key(object, "Twin2", PAC_CIM_UINT32);
  return object;
}

static struct pac_object *instance_of_two_keys(void) {
  struct pac_object *of = two_keys();
  struct pac_object *instance = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_instance_new(NULL, of, &instance), PAC_RESULT_OK);
  pac_object_free(of);
  scene_set_uint(instance, "Twin1", 1);
  scene_set_uint(instance, "Twin2", 2);
  return instance;
}

static void two_keys_of_one_name_make_no_path(void) {
  struct pac_object *twin = as_twin(instance_of_two_keys());
  struct pac_path *path = NULL;
  CU_ASSERT_EQUAL(pac_object_property_count(twin), 2);
  CU_ASSERT_EQUAL(pac_path_of_object(NULL, twin, &path), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_PTR_NULL(path);
  pac_path_free(path);
  pac_object_free(twin);
}

static void a_class_with_twin_members_is_refused(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, as_twin(two_keys()), 0), INVALID_CLASS);
  struct pac_object *methods = scene_class("Pair");
  CU_ASSERT_EQUAL(pac_class_method_put(methods, "Twin1", NULL, NULL), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_method_put(methods, "Twin2", NULL, NULL), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, as_twin(methods), 0), INVALID_CLASS);
  CU_ASSERT_FALSE(scene_has(&scene, "Pair"));
  scene_close(&scene);
}

static void an_instance_with_twin_properties_is_refused(void) {
  struct scene scene;
  struct pac_object *of = scene_class("Pair");
  scene_key(of, "Twin1", PAC_CIM_UINT32);
  scene_open(&scene, NULL);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, of, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, as_twin(instance_of_two_keys()), 0), INVALID_OBJECT);
  CU_ASSERT_FALSE(scene_has(&scene, "Pair.Twin1=1"));
  CU_ASSERT_FALSE(scene_has(&scene, "Pair.Twin1=2"));
  scene_close(&scene);
}

static CU_TestInfo tests[] = {
    {"two_keys_of_one_name_make_no_path", two_keys_of_one_name_make_no_path},
    {"a_class_with_twin_members_is_refused", a_class_with_twin_members_is_refused},
    {"an_instance_with_twin_properties_is_refused", an_instance_with_twin_properties_is_refused},
    CU_TEST_INFO_NULL,
};

UNIT_MAIN("reference_twins", tests)
