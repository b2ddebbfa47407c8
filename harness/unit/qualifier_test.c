/* SPDX-License-Identifier: Apache-2.0 */
/* Qualifiers: putting and removing, propagation to derived classes, overriding and taking the override back. */
#include "object_fixture.h"

static void a_put_qualifier_keeps_first_spelling_and_last_value(void) {
  struct pac_object *object = NULL;
  MUST(pac_class_new(NULL, "C", &object));
  struct pac_qualifier_set *set = pac_object_qualifiers(object);
  MUST(put_qualifier(set, "Version", pac_value_string("1"), PAC_FLAVOR_INHERITED | PAC_FLAVOR_TO_DERIVED));
  MUST(put_qualifier(set, "VERSION", pac_value_sint(PAC_CIM_SINT32, 2), PAC_FLAVOR_AMENDED));
  CU_ASSERT_EQUAL(pac_qualifier_count(set), 1);
  const struct pac_qualifier *version = pac_qualifier_at(set, 0);
  CU_ASSERT_STRING_EQUAL(version->name, "Version");
  CU_ASSERT_EQUAL(version->value.scalar.sint, 2);
  CU_ASSERT_EQUAL(version->flavor, PAC_FLAVOR_AMENDED);
  CU_ASSERT_PTR_NULL(pac_qualifier_at(set, 1));
  MUST(pac_qualifier_remove(set, "version"));
  CU_ASSERT_EQUAL(pac_qualifier_count(set), 0);
  pac_object_free(object);
}

static void unusable_qualifiers_are_refused(void) {
  struct pac_object *object = base_class(NULL);
  struct pac_object *copy = NULL;
  struct pac_qualifier_set *set = pac_object_qualifiers(object);
  MUST(pac_object_clone(NULL, object, &copy));
  struct pac_value yes = pac_value_boolean(true);
  REFUSES(INVALID_ARGUMENT, pac_qualifier_put(NULL, "q", &yes, 0));
  REFUSES(INVALID_ARGUMENT, pac_qualifier_put(set, NULL, &yes, 0));
  REFUSES(INVALID_ARGUMENT, pac_qualifier_put(set, "", &yes, 0));
  REFUSES(INVALID_ARGUMENT, pac_qualifier_put(set, "q", NULL, 0));
  REFUSES(INVALID_ARGUMENT, put_qualifier(set, "q", pac_value_null(PAC_CIM_NONE, false), 0));
  REFUSES(TYPE_MISMATCH, put_qualifier(set, "q", pac_value_sint(PAC_CIM_SINT8, 128), 0));
  REFUSES(INVALID_ARGUMENT, pac_qualifier_remove(NULL, "q"));
  REFUSES(INVALID_ARGUMENT, pac_qualifier_remove(set, NULL));
  REFUSES(NOT_FOUND, pac_qualifier_remove(set, "q"));
  CU_ASSERT_TRUE(same_objects(object, copy));
  CU_ASSERT_PTR_NULL(pac_object_property_qualifiers(object, "Absent"));
  CU_ASSERT_PTR_NULL(pac_object_property_qualifiers_view(object, NULL));
  CU_ASSERT_PTR_NULL(pac_object_method_qualifiers(object, "Absent"));
  CU_ASSERT_PTR_NULL(pac_object_method_qualifiers_view(object, NULL));
  CU_ASSERT_EQUAL(pac_qualifier_count(NULL), 0);
  CU_ASSERT_PTR_NULL(pac_qualifier_at(NULL, 0));
  CU_ASSERT_PTR_NULL(pac_qualifier_find(NULL, "q"));
  CU_ASSERT_PTR_NULL(pac_qualifier_find(set, NULL));
  pac_object_free(copy);
  pac_object_free(object);
}

static void only_a_true_boolean_is_true(void) {
  struct pac_object *object = NULL;
  union pac_scalar yes = {.boolean = true};
  MUST(pac_class_new(NULL, "C", &object));
  struct pac_qualifier_set *set = pac_object_qualifiers(object);
  MUST(put_qualifier(set, "yes", pac_value_boolean(true), 0));
  MUST(put_qualifier(set, "no", pac_value_boolean(false), 0));
  MUST(put_qualifier(set, "null", pac_value_null(PAC_CIM_BOOLEAN, false), 0));
  MUST(put_qualifier(set, "array", pac_value_array(PAC_CIM_BOOLEAN, &yes, 1), 0));
  MUST(put_qualifier(set, "number", pac_value_uint(PAC_CIM_UINT8, 1), 0));
  CU_ASSERT_TRUE(pac_qualifier_is_true(set, "YES"));
  static const char *const untrue[] = {"no", "null", "array", "number", "absent"};
  for (size_t i = 0; i < sizeof untrue / sizeof untrue[0]; i++) {
    CU_ASSERT_FALSE(pac_qualifier_is_true(set, untrue[i]));
  }
  pac_object_free(object);
}

static unsigned flavor_of(const struct pac_qualifier_set *set, const char *name) {
  const struct pac_qualifier *qualifier = pac_qualifier_find(set, name);
  return qualifier != NULL ? qualifier->flavor : 0x100u;
}

static void what_propagates_is_inherited(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  MUST(pac_class_method_put(base, "Start", NULL, NULL));
  MUST(put_qualifier(pac_object_method_qualifiers(base, "Start"), "static", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(put_qualifier(pac_object_method_qualifiers(base, "Start"), "local", pac_value_boolean(true), 0));
  MUST(put_qualifier(pac_object_property_qualifiers(base, "Id"), "abstract", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  const struct pac_qualifier_set *own = pac_object_qualifiers_view(child);
  CU_ASSERT_EQUAL(flavor_of(own, "Description"), FLAVOR_BOTH | PAC_FLAVOR_AMENDED | PAC_FLAVOR_INHERITED);
  CU_ASSERT_PTR_NULL(pac_qualifier_find(own, "abstract"));
  const struct pac_qualifier_set *id = pac_object_property_qualifiers_view(child, "Id");
  CU_ASSERT_EQUAL(flavor_of(id, "key"), FLAVOR_BOTH | PAC_FLAVOR_INHERITED);
  CU_ASSERT_EQUAL(flavor_of(id, "CIMTYPE"), FLAVOR_BOTH | PAC_FLAVOR_INHERITED);
  /* Only the class's own abstract stays behind. */
  CU_ASSERT_EQUAL(flavor_of(id, "abstract"), FLAVOR_BOTH | PAC_FLAVOR_INHERITED);
  CU_ASSERT_PTR_NULL(pac_qualifier_find(pac_object_property_qualifiers_view(child, "Name"), "read"));
  const struct pac_qualifier_set *start = pac_object_method_qualifiers_view(child, "Start");
  CU_ASSERT_EQUAL(flavor_of(start, "static"), FLAVOR_BOTH | PAC_FLAVOR_INHERITED);
  CU_ASSERT_PTR_NULL(pac_qualifier_find(start, "local"));
  CU_ASSERT_TRUE(pac_object_property_is_key(child, "Id"));
  pac_object_free(child);
  pac_object_free(base);
}

/* Overrides `name` in a set of a derived class, and takes the override back. */
static void check_override(struct pac_object *child, struct pac_qualifier_set *set, const char *name) {
  struct pac_object *before = NULL;
  MUST(pac_object_clone(NULL, child, &before));
  REFUSES(READ_ONLY, pac_qualifier_remove(set, name));
  MUST(put_qualifier(set, name, pac_value_string("overridden"), PAC_FLAVOR_NONE));
  CU_ASSERT_EQUAL(flavor_of(set, name), PAC_FLAVOR_NONE);
  CU_ASSERT_FALSE(pac_object_equal(child, before));
  MUST(pac_qualifier_remove(set, name));
  CU_ASSERT_TRUE(same_objects(child, before));
  pac_object_free(before);
}

static void removing_an_override_brings_the_inherited_back(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  MUST(pac_class_method_put(base, "Start", NULL, NULL));
  MUST(put_qualifier(pac_object_method_qualifiers(base, "Start"), "static", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  check_override(child, pac_object_qualifiers(child), "Description");
  check_override(child, pac_object_property_qualifiers(child, "Id"), "KEY");
  check_override(child, pac_object_method_qualifiers(child, "Start"), "static");
  /* What does not propagate does not come back. */
  MUST(put_qualifier(pac_object_qualifiers(child), "abstract", pac_value_boolean(true), 0));
  MUST(pac_qualifier_remove(pac_object_qualifiers(child), "abstract"));
  CU_ASSERT_PTR_NULL(pac_qualifier_find(pac_object_qualifiers_view(child), "abstract"));
  MUST(add_property(child, "Own", pac_value_boolean(true)));
  MUST(pac_qualifier_remove(pac_object_property_qualifiers(child, "Own"), "CIMTYPE"));
  CU_ASSERT_EQUAL(pac_qualifier_count(pac_object_property_qualifiers_view(child, "Own")), 0);
  pac_object_free(child);
  pac_object_free(base);
}

static void a_set_stays_good_while_properties_come(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_qualifier_set *set = pac_object_property_qualifiers(base, "Name");
  for (unsigned i = 0; i < 100; i++) {
    char name[16];
    snprintf(name, sizeof name, "P%u", i);
    MUST(add_property(base, name, pac_value_boolean(true)));
  }
  MUST(put_qualifier(set, "write", pac_value_boolean(true), 0));
  CU_ASSERT_TRUE(pac_qualifier_is_true(pac_object_property_qualifiers_view(base, "Name"), "write"));
  pac_object_free(base);
}

static void a_set_has_a_limit(void) {
  struct pac_object *object = NULL;
  MUST(pac_class_new(NULL, "C", &object));
  struct pac_qualifier_set *set = pac_object_qualifiers(object);
  for (unsigned i = 0; i < PAC_OBJECT_QUALIFIERS_MAX; i++) {
    char name[16];
    snprintf(name, sizeof name, "Q%u", i);
    CU_ASSERT_EQUAL_FATAL(put_qualifier(set, name, pac_value_boolean(true), FLAVOR_BOTH), PAC_RESULT_OK);
  }
  REFUSES(LIMIT, put_qualifier(set, "OneMore", pac_value_boolean(true), 0));
  MUST(put_qualifier(set, "q7", pac_value_boolean(false), FLAVOR_BOTH));
  struct pac_object *child = NULL;
  struct pac_object *copy = NULL;
  MUST(pac_class_derive(NULL, object, "D", &child));
  MUST(pac_object_clone(NULL, child, &copy));
  CU_ASSERT_TRUE(same_objects(child, copy));
  pac_object_free(copy);
  pac_object_free(child);
  pac_object_free(object);
}

static enum pac_result change_put(struct pac_object *object) {
  return put_qualifier(pac_object_qualifiers(object), "Added", pac_value_string("a value"), FLAVOR_BOTH);
}

static enum pac_result change_replace(struct pac_object *object) {
  return put_qualifier(pac_object_qualifiers(object), "Description", pac_value_string("another"), 0);
}

static void a_failed_put_leaves_the_set_as_it_was(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  MUST(pac_class_derive(NULL, base, "Child", &child));
  sweep_change(base, change_put);
  sweep_change(base, change_replace);
  sweep_change(child, change_put);
  sweep_change(child, change_replace);
  pac_object_free(child);
  pac_object_free(base);
}

static CU_TestInfo tests[] = {
    {"a_put_qualifier_keeps_first_spelling_and_last_value", a_put_qualifier_keeps_first_spelling_and_last_value},
    {"unusable_qualifiers_are_refused", unusable_qualifiers_are_refused},
    {"only_a_true_boolean_is_true", only_a_true_boolean_is_true},
    {"what_propagates_is_inherited", what_propagates_is_inherited},
    {"removing_an_override_brings_the_inherited_back", removing_an_override_brings_the_inherited_back},
    {"a_set_stays_good_while_properties_come", a_set_stays_good_while_properties_come},
    {"a_set_has_a_limit", a_set_has_a_limit},
    {"a_failed_put_leaves_the_set_as_it_was", a_failed_put_leaves_the_set_as_it_was},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("qualifier", tests)
