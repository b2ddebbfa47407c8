/* SPDX-License-Identifier: Apache-2.0 */
/* Instances: defaults, values, the class they carry, embedded objects and their depth. */
#include "object_fixture.h"

static void a_new_instance_takes_every_default(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  struct pac_object *instance = NULL;
  MUST(pac_object_set_origin(base, "host", "root"));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  MUST(add_property(child, "Own", pac_value_boolean(true)));
  MUST(pac_instance_new(NULL, child, &instance));
  pac_object_free(child);
  pac_object_free(base);
  CU_ASSERT_EQUAL(pac_object_genus(instance), PAC_GENUS_INSTANCE);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(instance), "Child");
  CU_ASSERT_STRING_EQUAL(pac_object_superclass(instance), "Base");
  CU_ASSERT_EQUAL(pac_object_ancestor_count(instance), 1);
  CU_ASSERT_TRUE(pac_object_is_a(instance, "BASE"));
  CU_ASSERT_STRING_EQUAL(pac_object_server(instance), "host");
  CU_ASSERT_EQUAL(pac_object_property_count(instance), 5);
  for (uint32_t i = 0; i < 5; i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    CU_ASSERT_TRUE(property->is_default);
    CU_ASSERT_EQUAL(property->is_inherited, i < 4);
    CU_ASSERT_STRING_EQUAL(property->origin, i < 4 ? "Base" : "Child");
    CU_ASSERT_EQUAL(pac_qualifier_count(pac_object_property_qualifiers_view(instance, property->name)), 0);
  }
  CU_ASSERT_STRING_EQUAL(pac_object_property_find(instance, "Name")->value.scalar.text, "none");
  CU_ASSERT_EQUAL(pac_qualifier_count(pac_object_qualifiers_view(instance)), 0);
  const struct pac_object *class_object = pac_instance_class(instance);
  CU_ASSERT_PTR_NOT_NULL_FATAL(class_object);
  CU_ASSERT_EQUAL(pac_object_genus(class_object), PAC_GENUS_CLASS);
  CU_ASSERT_PTR_NULL(pac_class_parent(class_object));
  CU_ASSERT_PTR_NULL(pac_object_server(class_object));
  CU_ASSERT_STRING_EQUAL(pac_object_superclass(class_object), "Base");
  struct pac_object *other = NULL;
  REFUSES(INVALID_ARGUMENT, pac_instance_new(NULL, instance, &other));
  MUST(pac_object_set_class_name(instance, "Renamed"));
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(instance), "Renamed");
  MUST(pac_object_clone(NULL, instance, &other));
  CU_ASSERT_TRUE(same_objects(instance, other));
  pac_object_free(other);
  pac_object_free(instance);
}

static void a_set_value_can_be_taken_back(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  struct pac_object *fresh = NULL;
  union pac_scalar sizes[] = {{.uint = 1}, {.uint = 255}};
  MUST(pac_instance_new(NULL, base, &instance));
  MUST(pac_object_clone(NULL, instance, &fresh));
  MUST(set_property(instance, "Sizes", pac_value_array(PAC_CIM_UINT8, sizes, 2)));
  sizes[0].uint = 9;
  CU_ASSERT_EQUAL(pac_object_property_find(instance, "sizes")->value.elements[0].uint, 1);
  MUST(set_property(instance, "Name", pac_value_null(PAC_CIM_STRING, false)));
  CU_ASSERT_FALSE(pac_object_property_find(instance, "Name")->is_default);
  CU_ASSERT_TRUE(pac_object_property_find(instance, "Name")->value.is_null);
  REFUSES(TYPE_MISMATCH, set_property(instance, "Name", pac_value_boolean(true)));
  REFUSES(TYPE_MISMATCH, set_property(instance, "Id", pac_value_uint(PAC_CIM_UINT32, 1ull << 32)));
  MUST(pac_object_property_reset(instance, "Name"));
  MUST(pac_object_property_reset(instance, "Sizes"));
  CU_ASSERT_TRUE(same_objects(instance, fresh));
  pac_object_free(fresh);
  pac_object_free(instance);
  pac_object_free(base);
}

static void keys_and_singleton_are_what_the_class_says(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  CU_ASSERT_EQUAL(pac_object_key_count(base), 1);
  CU_ASSERT_FALSE(pac_object_is_singleton(base));
  MUST(put_qualifier(pac_object_qualifiers(base), "Singleton", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(put_qualifier(pac_object_property_qualifiers(base, "Name"), "key", pac_value_boolean(false), FLAVOR_BOTH));
  MUST(pac_instance_new(NULL, base, &instance));
  CU_ASSERT_TRUE(pac_object_property_is_key(instance, "id"));
  CU_ASSERT_FALSE(pac_object_property_is_key(instance, "Name"));
  CU_ASSERT_FALSE(pac_object_property_is_key(instance, "Absent"));
  CU_ASSERT_FALSE(pac_object_property_is_key(base, NULL));
  CU_ASSERT_EQUAL(pac_object_key_count(instance), 1);
  CU_ASSERT_TRUE(pac_object_is_singleton(instance));
  pac_object_free(instance);
  pac_object_free(base);
}

static void an_instance_has_no_methods(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  MUST(pac_class_method_put(base, "Start", NULL, NULL));
  MUST(pac_instance_new(NULL, base, &instance));
  CU_ASSERT_EQUAL(pac_object_method_count(instance), 0);
  CU_ASSERT_EQUAL(pac_object_method_count(pac_instance_class(instance)), 0);
  REFUSES(INVALID_ARGUMENT, pac_class_method_put(instance, "Start", NULL, NULL));
  REFUSES(INVALID_ARGUMENT, pac_class_method_remove(instance, "Start"));
  pac_object_free(instance);
  pac_object_free(base);
}

static void an_embedded_object_is_a_copy(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *outer = NULL;
  struct pac_object *inner = NULL;
  MUST(pac_instance_new(NULL, base, &inner));
  MUST(pac_instance_new(NULL, base, &outer));
  MUST(set_property(outer, "Part", pac_value_object(inner)));
  MUST(set_property(outer, "Part", pac_value_object(outer)));
  MUST(set_property(inner, "Name", pac_value_string("changed")));
  const struct pac_object *part = pac_object_property_find(outer, "Part")->value.scalar.object;
  part = pac_object_property_find(part, "Part")->value.scalar.object;
  CU_ASSERT_STRING_EQUAL(pac_object_property_find(part, "Name")->value.scalar.text, "none");
  pac_object_free(inner);
  pac_object_free(outer);
  pac_object_free(base);
}

static void embedding_has_a_depth_limit(void) {
  struct pac_object *deepest = nested_instance(PAC_OBJECT_NESTING_MAX);
  struct pac_object *allowed = nested_instance(PAC_OBJECT_NESTING_MAX - 1);
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  struct pac_object *copy = NULL;
  CU_ASSERT_EQUAL(pac_object_nesting(deepest), PAC_OBJECT_NESTING_MAX);
  MUST(pac_instance_new(NULL, base, &instance));
  REFUSES(LIMIT, set_property(instance, "Part", pac_value_object(deepest)));
  REFUSES(LIMIT, set_property(base, "Part", pac_value_object(deepest)));
  REFUSES(LIMIT, put_qualifier(pac_object_qualifiers(base), "Deep", pac_value_object(deepest), 0));
  CU_ASSERT_TRUE(pac_object_property_find(instance, "Part")->value.is_null);
  MUST(set_property(instance, "Part", pac_value_object(allowed)));
  MUST(pac_object_clone(NULL, deepest, &copy));
  CU_ASSERT_TRUE(same_objects(copy, deepest));
  pac_object_free(copy);
  pac_object_free(instance);
  pac_object_free(base);
  pac_object_free(allowed);
  pac_object_free(deepest);
}

/* Each level's class has the instance of the level before as a default, which its own instance shares. */
static void shared_defaults_do_not_add_up(void) {
  struct pac_object *inner = NULL;
  struct pac_object *level = NULL;
  MUST(pac_class_new(NULL, "Level", &level));
  MUST(pac_instance_new(NULL, level, &inner));
  pac_object_free(level);
  for (unsigned i = 2; i <= PAC_OBJECT_NESTING_MAX; i++) {
    struct pac_object *parent = NULL;
    MUST(pac_class_new(NULL, "Parent", &parent));
    MUST(add_property(parent, "Inner", pac_value_object(inner)));
    MUST(pac_class_derive(NULL, parent, "Level", &level));
    pac_object_free(parent);
    pac_object_free(inner);
    MUST(pac_instance_new(NULL, level, &inner));
    pac_object_free(level);
  }
  struct pac_object *copy = NULL;
  MUST(pac_object_clone(NULL, inner, &copy));
  CU_ASSERT_EQUAL(pac_object_nesting(copy), PAC_OBJECT_NESTING_MAX);
  CU_ASSERT_TRUE(pac_arena_used(copy->arena) < 100000);
  CU_ASSERT_TRUE(same_objects(copy, inner));
  CU_ASSERT_TRUE(pac_object_compare(copy, inner, PAC_COMPARE_IGNORE_ORDER, NULL, 0));
  pac_object_free(copy);
  pac_object_free(inner);
}

static enum pac_result change_text(struct pac_object *object) {
  return set_property(object, "Name", pac_value_string("some"));
}

static enum pac_result change_array(struct pac_object *object) {
  union pac_scalar sizes[] = {{.uint = 1}, {.uint = 2}, {.uint = 3}};
  return set_property(object, "Sizes", pac_value_array(PAC_CIM_UINT8, sizes, 3));
}

static enum pac_result change_part(struct pac_object *object) {
  struct pac_object *part = nested_instance(2);
  enum pac_result result = set_property(object, "Part", pac_value_object(part));
  pac_object_free(part);
  return result;
}

static enum pac_result change_class_name(struct pac_object *object) {
  return pac_object_set_class_name(object, "Other");
}

static void a_failed_change_leaves_the_instance_as_it_was(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  MUST(pac_instance_new(NULL, base, &instance));
  sweep_change(instance, change_text);
  sweep_change(instance, change_array);
  sweep_change(instance, change_part);
  sweep_change(instance, change_class_name);
  pac_object_free(instance);
  pac_object_free(base);
}

static CU_TestInfo tests[] = {
    {"a_new_instance_takes_every_default", a_new_instance_takes_every_default},
    {"a_set_value_can_be_taken_back", a_set_value_can_be_taken_back},
    {"keys_and_singleton_are_what_the_class_says", keys_and_singleton_are_what_the_class_says},
    {"an_instance_has_no_methods", an_instance_has_no_methods},
    {"an_embedded_object_is_a_copy", an_embedded_object_is_a_copy},
    {"embedding_has_a_depth_limit", embedding_has_a_depth_limit},
    {"shared_defaults_do_not_add_up", shared_defaults_do_not_add_up},
    {"a_failed_change_leaves_the_instance_as_it_was", a_failed_change_leaves_the_instance_as_it_was},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("instance", tests)
