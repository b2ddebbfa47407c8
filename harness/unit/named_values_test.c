/* SPDX-License-Identifier: Apache-2.0 */
/* Named value sets: unique names in order, replacement, removal, clones, equality, the limit. */
#include "pacheck/named_values.h"

#include "object_fixture.h"

static enum pac_result add(struct pac_named_values *set, const char *name, struct pac_value value) {
  return pac_named_values_add(set, name, &value);
}

static void elements_keep_order_and_first_spelling(void) {
  struct pac_named_values *set = NULL;
  MUST(pac_named_values_new(NULL, &set));
  MUST(add(set, "B", pac_value_sint(PAC_CIM_SINT32, 1)));
  MUST(add(set, "a", pac_value_null(PAC_CIM_NONE, false)));
  MUST(add(set, "b", pac_value_string("two")));
  CU_ASSERT_EQUAL(pac_named_values_count(set), 2);
  CU_ASSERT_STRING_EQUAL(pac_named_values_at(set, 0)->name, "B");
  CU_ASSERT_STRING_EQUAL(pac_named_values_at(set, 0)->value.scalar.text, "two");
  CU_ASSERT_STRING_EQUAL(pac_named_values_at(set, 1)->name, "a");
  CU_ASSERT_PTR_NULL(pac_named_values_at(set, 2));
  CU_ASSERT_PTR_EQUAL(pac_named_values_item(set, "A"), pac_named_values_at(set, 1));
  CU_ASSERT_EQUAL(pac_named_values_item(set, "A")->value.type, PAC_CIM_NONE);
  CU_ASSERT_PTR_NULL(pac_named_values_item(set, "c"));
  CU_ASSERT_PTR_NULL(pac_named_values_item(set, NULL));
  MUST(pac_named_values_remove(set, "b"));
  CU_ASSERT_STRING_EQUAL(pac_named_values_at(set, 0)->name, "a");
  REFUSES(NOT_FOUND, pac_named_values_remove(set, "b"));
  MUST(add(set, "b", pac_value_boolean(true)));
  CU_ASSERT_STRING_EQUAL(pac_named_values_at(set, 1)->name, "b");
  pac_named_values_delete_all(set);
  CU_ASSERT_EQUAL(pac_named_values_count(set), 0);
  CU_ASSERT_PTR_NULL(pac_named_values_item(set, "a"));
  MUST(add(set, "a", pac_value_boolean(true)));
  CU_ASSERT_EQUAL(pac_named_values_count(set), 1);
  pac_named_values_free(set);
  pac_named_values_free(NULL);
}

static void unusable_elements_are_refused(void) {
  struct pac_named_values *set = NULL;
  struct pac_value yes = pac_value_boolean(true);
  MUST(pac_named_values_new(NULL, &set));
  REFUSES(INVALID_ARGUMENT, pac_named_values_add(set, NULL, &yes));
  REFUSES(INVALID_ARGUMENT, pac_named_values_add(set, "", &yes));
  REFUSES(INVALID_ARGUMENT, pac_named_values_add(set, "n", NULL));
  REFUSES(INVALID_ARGUMENT, add(set, "n", pac_value_string(NULL)));
  REFUSES(TYPE_MISMATCH, add(set, "n", pac_value_uint(PAC_CIM_UINT16, 65536)));
  REFUSES(INVALID_ARGUMENT, pac_named_values_remove(set, NULL));
  CU_ASSERT_EQUAL(pac_named_values_count(set), 0);
  pac_named_values_free(set);
}

static void a_clone_goes_its_own_way(void) {
  struct pac_named_values *set = NULL;
  struct pac_named_values *clone = NULL;
  struct pac_object *object = base_class(NULL);
  MUST(pac_named_values_new(NULL, &set));
  MUST(pac_named_values_clone(NULL, set, &clone));
  CU_ASSERT_TRUE(pac_named_values_equal(set, clone));
  pac_named_values_free(clone);
  MUST(add(set, "object", pac_value_object(object)));
  MUST(add(set, "text", pac_value_string("x")));
  MUST(pac_named_values_clone(NULL, set, &clone));
  CU_ASSERT_TRUE(pac_named_values_equal(set, clone));
  MUST(add(clone, "text", pac_value_string("y")));
  CU_ASSERT_FALSE(pac_named_values_equal(set, clone));
  CU_ASSERT_STRING_EQUAL(pac_named_values_item(set, "text")->value.scalar.text, "x");
  pac_object_free(object);
  pac_named_values_free(set);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(pac_named_values_item(clone, "object")->value.scalar.object), "Base");
  pac_named_values_free(clone);
}

/* Equality goes by a mark first, which every change has to keep in step. */
static void sets_are_equal_however_they_came_to_be(void) {
  struct pac_named_values *plain = NULL;
  struct pac_named_values *changed = NULL;
  union pac_scalar numbers[] = {{.uint = 1}, {.uint = 2}};
  struct pac_value list = {.type = PAC_CIM_UINT8, .is_array = true, .count = 2, .elements = numbers};
  MUST(pac_named_values_new(NULL, &plain));
  MUST(pac_named_values_new(NULL, &changed));
  MUST(add(plain, "Call", pac_value_string("one")));
  MUST(add(plain, "Number", pac_value_sint(PAC_CIM_SINT64, -1)));
  MUST(add(plain, "List", list));
  MUST(add(plain, "Real", pac_value_real64(0.5)));
  MUST(add(changed, "gone with all", pac_value_string("x")));
  pac_named_values_delete_all(changed);
  MUST(add(changed, "real", pac_value_real64(0.5)));
  MUST(add(changed, "CALL", pac_value_boolean(true)));
  MUST(add(changed, "gone", pac_value_null(PAC_CIM_STRING, false)));
  MUST(add(changed, "List", pac_value_null(PAC_CIM_UINT8, true)));
  MUST(add(changed, "Number", pac_value_sint(PAC_CIM_SINT64, 7)));
  MUST(add(changed, "call", pac_value_string("one")));
  MUST(add(changed, "list", list));
  MUST(pac_named_values_remove(changed, "GONE"));
  CU_ASSERT_FALSE(pac_named_values_equal(plain, changed));
  MUST(add(changed, "Number", pac_value_sint(PAC_CIM_SINT64, -1)));
  CU_ASSERT_TRUE(pac_named_values_equal(plain, changed));
  pac_named_values_free(plain);
  pac_named_values_free(changed);
}

static void equality_ignores_order_and_case_of_names(void) {
  struct pac_named_values *left = NULL;
  struct pac_named_values *right = NULL;
  MUST(pac_named_values_new(NULL, &left));
  MUST(pac_named_values_new(NULL, &right));
  CU_ASSERT_TRUE(pac_named_values_equal(NULL, NULL));
  CU_ASSERT_FALSE(pac_named_values_equal(left, NULL));
  CU_ASSERT_FALSE(pac_named_values_equal(NULL, left));
  MUST(add(left, "a", pac_value_boolean(true)));
  MUST(add(left, "B", pac_value_null(PAC_CIM_STRING, false)));
  MUST(add(right, "b", pac_value_null(PAC_CIM_STRING, false)));
  CU_ASSERT_FALSE(pac_named_values_equal(left, right));
  MUST(add(right, "A", pac_value_boolean(true)));
  CU_ASSERT_TRUE(pac_named_values_equal(left, right));
  MUST(add(right, "b", pac_value_null(PAC_CIM_NONE, false)));
  CU_ASSERT_FALSE(pac_named_values_equal(left, right));
  MUST(pac_named_values_remove(right, "b"));
  MUST(add(right, "c", pac_value_null(PAC_CIM_STRING, false)));
  CU_ASSERT_FALSE(pac_named_values_equal(left, right));
  pac_named_values_free(right);
  pac_named_values_free(left);
}

static void a_set_holds_its_limit(void) {
  struct pac_named_values *set = NULL;
  struct pac_named_values *clone = NULL;
  char name[16];
  MUST(pac_named_values_new(NULL, &set));
  for (unsigned i = 0; i < PAC_NAMED_VALUES_MAX; i++) {
    snprintf(name, sizeof name, "Name%u", i);
    CU_ASSERT_EQUAL_FATAL(add(set, name, pac_value_uint(PAC_CIM_UINT32, i)), PAC_RESULT_OK);
  }
  REFUSES(LIMIT, add(set, "OneMore", pac_value_boolean(true)));
  MUST(add(set, "name3", pac_value_boolean(true)));
  MUST(pac_named_values_clone(NULL, set, &clone));
  CU_ASSERT_TRUE(pac_named_values_equal(set, clone));
  pac_named_values_free(clone);
  for (unsigned i = PAC_NAMED_VALUES_MAX; i-- > 0;) {
    snprintf(name, sizeof name, "Name%u", i);
    CU_ASSERT_EQUAL_FATAL(pac_named_values_remove(set, name), PAC_RESULT_OK);
  }
  CU_ASSERT_EQUAL(pac_named_values_count(set), 0);
  pac_named_values_free(set);
}

/* Builds and clones a set with each request for memory failing in turn. */
static void a_failure_leaks_nothing_and_keeps_what_was_there(void) {
  for (unsigned long nth = 1; nth < 100; nth++) {
    struct unit_memory memory;
    struct pac_named_values *set = NULL;
    struct pac_named_values *clone = NULL;
    char name[200];
    uint32_t added = 0;
    unit_memory_init(&memory, nth);
    enum pac_result result = pac_named_values_new(&memory.source, &set);
    for (unsigned i = 0; result == PAC_RESULT_OK && i < 40; i++) {
      memset(name, 'a' + (int)(i % 20), sizeof name);
      snprintf(name + 100, 100, "%u", i);
      result = add(set, name, pac_value_string(name));
      added += result == PAC_RESULT_OK;
    }
    if (set != NULL) {
      CU_ASSERT_EQUAL(pac_named_values_count(set), added);
    }
    if (result == PAC_RESULT_OK) {
      result = pac_named_values_clone(&memory.source, set, &clone);
      CU_ASSERT_EQUAL(clone != NULL, result == PAC_RESULT_OK);
    }
    bool failed = memory.requests >= nth;
    CU_ASSERT_EQUAL(result, failed ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK);
    pac_named_values_free(clone);
    pac_named_values_free(set);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
    if (!failed) {
      CU_ASSERT_TRUE(nth > 4);
      return;
    }
  }
  CU_FAIL("the sweep does not end");
}

static CU_TestInfo tests[] = {
    {"elements_keep_order_and_first_spelling", elements_keep_order_and_first_spelling},
    {"unusable_elements_are_refused", unusable_elements_are_refused},
    {"a_clone_goes_its_own_way", a_clone_goes_its_own_way},
    {"sets_are_equal_however_they_came_to_be", sets_are_equal_however_they_came_to_be},
    {"equality_ignores_order_and_case_of_names", equality_ignores_order_and_case_of_names},
    {"a_set_holds_its_limit", a_set_holds_its_limit},
    {"a_failure_leaks_nothing_and_keeps_what_was_there", a_failure_leaks_nothing_and_keeps_what_was_there},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("named_values", tests)
