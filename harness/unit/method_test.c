/* SPDX-License-Identifier: Apache-2.0 */
/* Methods: declaring, redeclaring, inheriting, removing. */
#include "object_fixture.h"

static void a_method_keeps_copies_of_its_signatures(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *in = signature(NULL, "Count");
  struct pac_object *out = signature(NULL, "ReturnValue");
  MUST(pac_class_method_put(base, "Start", in, out));
  MUST(pac_class_method_put(base, "Stop", NULL, NULL));
  MUST(set_property(in, "Count", pac_value_sint(PAC_CIM_SINT32, 5)));
  const struct pac_method *start = pac_object_method_find(base, "START");
  CU_ASSERT_PTR_NOT_NULL_FATAL(start);
  CU_ASSERT_STRING_EQUAL(start->name, "Start");
  CU_ASSERT_STRING_EQUAL(start->origin, "Base");
  CU_ASSERT_FALSE(start->is_inherited);
  CU_ASSERT_TRUE(pac_object_property_find(start->in, "Count")->value.is_null);
  CU_ASSERT_TRUE(same_objects(start->out, out));
  const struct pac_method *stop = pac_object_method_at(base, 1);
  CU_ASSERT_PTR_NULL(stop->in);
  CU_ASSERT_PTR_NULL(stop->out);
  CU_ASSERT_PTR_NULL(pac_object_method_at(base, 2));
  CU_ASSERT_EQUAL(pac_object_method_count(base), 2);
  pac_object_free(out);
  pac_object_free(in);
  pac_object_free(base);
}

static void what_cannot_be_a_method_is_refused(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  MUST(pac_instance_new(NULL, base, &instance));
  REFUSES(INVALID_ARGUMENT, pac_class_method_put(base, NULL, NULL, NULL));
  REFUSES(INVALID_ARGUMENT, pac_class_method_put(base, "", NULL, NULL));
  REFUSES(INVALID_ARGUMENT, pac_class_method_put(base, "M", instance, NULL));
  REFUSES(INVALID_ARGUMENT, pac_class_method_put(base, "M", NULL, instance));
  REFUSES(INVALID_ARGUMENT, pac_class_method_remove(base, NULL));
  REFUSES(NOT_FOUND, pac_class_method_remove(base, "M"));
  CU_ASSERT_EQUAL(pac_object_method_count(base), 0);
  CU_ASSERT_PTR_NULL(pac_object_method_find(base, NULL));
  pac_object_free(instance);
  pac_object_free(base);
}

static void signatures_count_as_nesting(void) {
  struct pac_object *inner = signature(NULL, "P");
  for (unsigned i = 2; i <= PAC_OBJECT_NESTING_MAX; i++) {
    struct pac_object *outer = signature(NULL, "P");
    MUST(pac_class_method_put(outer, "M", inner, NULL));
    pac_object_free(inner);
    inner = outer;
  }
  struct pac_object *outer = signature(NULL, "P");
  REFUSES(LIMIT, pac_class_method_put(outer, "M", inner, NULL));
  REFUSES(LIMIT, pac_class_method_put(outer, "M", NULL, inner));
  pac_object_free(outer);
  struct pac_object *child = NULL;
  struct pac_object *copy = NULL;
  MUST(pac_class_derive(NULL, inner, "Child", &child));
  CU_ASSERT_EQUAL(pac_object_nesting(child), PAC_OBJECT_NESTING_MAX);
  MUST(pac_object_clone(NULL, child, &copy));
  CU_ASSERT_TRUE(same_objects(child, copy));
  pac_object_free(copy);
  pac_object_free(child);
  pac_object_free(inner);
}

static void a_redeclared_method_is_own_until_it_is_removed(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *in = signature(NULL, "Count");
  struct pac_object *child = NULL;
  struct pac_object *fresh = NULL;
  MUST(pac_class_method_put(base, "Start", in, NULL));
  MUST(put_qualifier(pac_object_method_qualifiers(base, "Start"), "static", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  MUST(pac_object_clone(NULL, child, &fresh));
  CU_ASSERT_TRUE(pac_object_method_at(child, 0)->is_inherited);
  CU_ASSERT_STRING_EQUAL(pac_object_method_at(child, 0)->origin, "Base");
  REFUSES(READ_ONLY, pac_class_method_remove(child, "Start"));
  MUST(pac_class_method_put(child, "start", NULL, in));
  MUST(put_qualifier(pac_object_method_qualifiers(child, "Start"), "own", pac_value_boolean(true), 0));
  CU_ASSERT_EQUAL(pac_object_method_count(child), 1);
  CU_ASSERT_FALSE(pac_object_method_at(child, 0)->is_inherited);
  CU_ASSERT_STRING_EQUAL(pac_object_method_at(child, 0)->origin, "Child");
  CU_ASSERT_PTR_NULL(pac_object_method_at(child, 0)->in);
  MUST(pac_class_method_remove(child, "START"));
  CU_ASSERT_TRUE(same_objects(child, fresh));
  MUST(pac_class_method_put(child, "Own", NULL, NULL));
  MUST(pac_class_method_remove(child, "own"));
  CU_ASSERT_TRUE(same_objects(child, fresh));
  pac_object_free(fresh);
  pac_object_free(child);
  pac_object_free(in);
  pac_object_free(base);
}

static void methods_have_a_limit(void) {
  struct pac_object *object = NULL;
  MUST(pac_class_new(NULL, "C", &object));
  for (unsigned i = 0; i < PAC_OBJECT_METHODS_MAX; i++) {
    char name[16];
    snprintf(name, sizeof name, "M%u", i);
    CU_ASSERT_EQUAL_FATAL(pac_class_method_put(object, name, NULL, NULL), PAC_RESULT_OK);
  }
  REFUSES(LIMIT, pac_class_method_put(object, "OneMore", NULL, NULL));
  REFUSES(OK, pac_class_method_put(object, "m12", NULL, NULL));
  pac_object_free(object);
}

static enum pac_result change_put(struct pac_object *object) {
  struct pac_object *in = signature(NULL, "Count");
  enum pac_result result = pac_class_method_put(object, "Added", in, in);
  pac_object_free(in);
  return result;
}

static enum pac_result change_redeclare(struct pac_object *object) {
  struct pac_object *in = signature(NULL, "Other");
  enum pac_result result = pac_class_method_put(object, "Start", NULL, in);
  pac_object_free(in);
  return result;
}

static enum pac_result change_remove(struct pac_object *object) {
  return pac_class_method_remove(object, "Start");
}

static void a_failed_change_leaves_the_methods_as_they_were(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *in = signature(NULL, "Count");
  struct pac_object *child = NULL;
  MUST(pac_class_method_put(base, "Start", in, NULL));
  MUST(put_qualifier(pac_object_method_qualifiers(base, "Start"), "static", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  sweep_change(child, change_put);
  sweep_change(child, change_redeclare);
  MUST(pac_class_method_put(child, "Start", NULL, in));
  sweep_change(child, change_remove);
  pac_object_free(child);
  pac_object_free(in);
  pac_object_free(base);
}

static CU_TestInfo tests[] = {
    {"a_method_keeps_copies_of_its_signatures", a_method_keeps_copies_of_its_signatures},
    {"what_cannot_be_a_method_is_refused", what_cannot_be_a_method_is_refused},
    {"signatures_count_as_nesting", signatures_count_as_nesting},
    {"a_redeclared_method_is_own_until_it_is_removed", a_redeclared_method_is_own_until_it_is_removed},
    {"methods_have_a_limit", methods_have_a_limit},
    {"a_failed_change_leaves_the_methods_as_they_were", a_failed_change_leaves_the_methods_as_they_were},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("method", tests)
