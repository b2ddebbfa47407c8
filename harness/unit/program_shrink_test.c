/* SPDX-License-Identifier: Apache-2.0 */
/* Adapters that are wrong on purpose: random programs find them, and what they find is shrunk to a few calls. */
#include "program/shrink.h"
#include "program_scene.h"

/* Wrong on purpose -------------------------------------------------------------------------------------------------------- */

static pac_hresult ignores_create_only(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                       uint32_t flags, const struct pac_named_values *context,
                                       const struct pac_named_values *async_context) {
  return pac_reference_adapter()->put_async(services, sink, object, flags & ~(uint32_t)PAC_FLAG_CREATE_ONLY, context,
                                            async_context);
}

static pac_hresult completes_twice(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                   uint32_t flags, const struct pac_named_values *context,
                                   const struct pac_named_values *async_context) {
  pac_hresult answer = pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
  if (!pac_hresult_is_error(answer) && (flags & PAC_FLAG_UPDATE_ONLY) != 0) {
    pac_sink_completed(sink, 0, NULL, async_context);
  }
  return answer;
}

/* Says that it has stored an instance that it has not. */
static pac_hresult forgets_instances(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                     uint32_t flags, const struct pac_named_values *context,
                                     const struct pac_named_values *async_context) {
  if (sink == NULL || object == NULL || pac_object_genus(object) == PAC_GENUS_CLASS || flags != PAC_FLAG_RETURN_IMMEDIATELY) {
    return pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
  }
  pac_sink_object_put(sink, "Test_Thing.Name=\"a\"", async_context);
  pac_sink_completed(sink, 0, NULL, async_context);
  return 0;
}

/* Drops the async context of refused puts. */
static pac_hresult loses_context(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                 uint32_t flags, const struct pac_named_values *context,
                                 const struct pac_named_values *async_context) {
  bool loses = (flags & PAC_FLAG_UPDATE_SAFE) != 0;
  return pac_reference_adapter()->put_async(services, sink, object, flags, context, loses ? NULL : async_context);
}

struct hunt {
  const struct pac_adapter *adapter;
  enum pac_clause clause;
};

static bool shows_the_same(void *context, const struct pac_program *candidate) {
  const struct hunt *hunt = context;
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  return run_on(hunt->adapter, candidate, &clause, &call) == PAC_VERDICT_FAIL && clause == hunt->clause;
}

static void find_and_shrink(pac_hresult (*put_async)(struct pac_services *, struct pac_sink *, const struct pac_object *,
                                                     uint32_t, const struct pac_named_values *,
                                                     const struct pac_named_values *),
                            uint32_t calls_max) {
  struct pac_adapter adapter = *pac_reference_adapter();
  struct pac_program *program = NULL;
  struct pac_program *small = NULL;
  struct hunt hunt = {.adapter = &adapter};
  uint32_t call = 0;
  adapter.put_async = put_async;
  uint32_t number = explore(&adapter, 5, 12, 20000);
  CU_ASSERT_FATAL(number < 20000);
  CU_ASSERT_EQUAL_FATAL(pac_program_random(NULL, 5 * 0x100000001u + number, 12, &program), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(run_on(&adapter, program, &hunt.clause, &call), PAC_VERDICT_FAIL);
  CU_ASSERT_EQUAL_FATAL(pac_program_shrink(program, shows_the_same, &hunt, 2000, &small), PAC_RESULT_OK);
  CU_ASSERT(shows_the_same(&hunt, small));
  if (small->call_count > calls_max) {
    static char text[65536];
    (void)pac_program_print(small, text, sizeof text);
    printf("%s:\n%s\n", pac_clause_at(hunt.clause)->id, text);
  }
  CU_ASSERT(small->call_count <= calls_max);
  CU_ASSERT(small->call_count <= program->call_count);
  pac_program_free(small);
  pac_program_free(program);
}

static void ignored_flag_is_found(void) {
  find_and_shrink(ignores_create_only, 2);
}

static void second_completion_is_found(void) {
  find_and_shrink(completes_twice, 2);
}

static void forgotten_instance_is_found(void) {
  find_and_shrink(forgets_instances, 2);
}

static void lost_context_is_found(void) {
  find_and_shrink(loses_context, 2);
}

/* Has what stands two levels below a class that is updated as it was. */
static struct pac_object *grandchild;

static pac_hresult keeps_grandchild(struct pac_services *services, struct pac_sink *sink,
                                    const struct pac_object *object, uint32_t flags,
                                    const struct pac_named_values *context,
                                    const struct pac_named_values *async_context) {
  pac_object_free(grandchild);
  grandchild = NULL;
  bool is_itself = object != NULL && pac_object_class_name(object) != NULL &&
                   pac_name_compare(pac_object_class_name(object), "Test_Grandchild") == 0;
  if (!is_itself) {
    (void)pac_reference_adapter()->get(services, "Test_Grandchild", &grandchild);
  }
  return pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
}

struct visit {
  pac_visit visit;
  void *context;
};

static bool shows_grandchild(void *context, const struct pac_object *object) {
  const struct visit *outer = context;
  bool is_stale = grandchild != NULL && pac_object_ancestor_count(object) == 2 &&
                  strcmp(pac_object_class_name(object), "Test_Grandchild") == 0;
  return outer->visit(outer->context, is_stale ? grandchild : object);
}

static pac_hresult shows_stale_classes(struct pac_services *services, const char *class_name, pac_visit visit,
                                       void *context) {
  struct visit outer = {visit, context};
  return pac_reference_adapter()->derived(services, class_name, shows_grandchild, &outer);
}

static void what_an_update_does_two_levels_below_is_found(void) {
  struct pac_adapter adapter = *pac_reference_adapter();
  adapter.put_async = keeps_grandchild;
  adapter.derived = shows_stale_classes;
  CU_ASSERT(explore(&adapter, 5, 8, 1000) < 1000);
  pac_object_free(grandchild);
  grandchild = NULL;
}

static bool never(void *context, const struct pac_program *candidate) {
  (void)context;
  (void)candidate;
  return false;
}

static bool puts_a_key(void *context, const struct pac_program *candidate) {
  (void)context;
  return candidate->call_count > 0 && candidate->object_count > 0 &&
         pac_object_property_is_key(candidate->objects[0].object, "Name");
}

static void properties_before_the_one_that_counts_go(void) {
  struct pac_program *program = parsed("class Test_Thing { string Note; [Color(1)] sint8 Extra; [key] string Name; };\n"
                                       "put Test_Thing sink A\n");
  struct pac_program *small = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_program_shrink(program, puts_a_key, NULL, 500, &small), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_object_property_count(small->objects[0].object), 1);
  pac_program_free(small);
  pac_program_free(program);
}

static bool puts_to_a_provider(void *context, const struct pac_program *candidate) {
  (void)context;
  return candidate->call_count == 3 && candidate->calls[1].op == PAC_PROGRAM_PROVIDER &&
         candidate->calls[1].provider == PAC_PROVIDER_HOLDS;
}

/* Without the flag the second put might never return. */
static void put_to_a_provider_that_holds_returns(void) {
  struct pac_program *program = parsed(
      "class Test_Thing { [key] string Name; };\nput Test_Thing flags immediately sink A\n"
      "provider Test_Thing holds\nput Test_Thing flags immediately|safe sink B\n");
  struct pac_program *small = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_program_shrink(program, puts_to_a_provider, NULL, 500, &small), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(small->calls[0].flags, 0);
  CU_ASSERT_EQUAL(small->calls[2].flags, PAC_FLAG_RETURN_IMMEDIATELY);
  pac_program_free(small);
  pac_program_free(program);
}

static bool never_blocks(void *context, const struct pac_program *candidate) {
  uint32_t *tried = context;
  *tried += 1;
  CU_ASSERT_EQUAL(pac_program_blocking_count(candidate), 0);
  return false;
}

/* Nor might the last one without the call that lets go, or on the connection of another provider. */
static void what_lets_go_of_a_put_stays(void) {
  struct pac_program *program = parsed(
      "class Test_Thing { [key] string Name; };\nprovider Test_Thing holds\nput Test_Thing flags immediately sink A\n"
      "connect\nput Test_Thing sink B on 2\nprovider Test_Thing none\nput Test_Thing sink C\n");
  struct pac_program *small = NULL;
  uint32_t tried = 0;
  CU_ASSERT_EQUAL_FATAL(pac_program_shrink(program, never_blocks, &tried, 500, &small), PAC_RESULT_OK);
  CU_ASSERT_TRUE(tried > 5);
  pac_program_free(small);
  pac_program_free(program);
}

static void what_cannot_shrink_stays(void) {
  struct pac_program *program = NULL;
  struct pac_program *small = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_program_random(NULL, 9, 8, &program), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_program_shrink(program, never, NULL, 500, &small), PAC_RESULT_OK);
  CU_ASSERT(pac_program_equal(program, small));
  pac_program_free(small);
  pac_program_free(program);
}

static CU_TestInfo tests[] = {
    {"ignored_flag_is_found", ignored_flag_is_found},
    {"second_completion_is_found", second_completion_is_found},
    {"forgotten_instance_is_found", forgotten_instance_is_found},
    {"lost_context_is_found", lost_context_is_found},
    {"what_an_update_does_two_levels_below_is_found", what_an_update_does_two_levels_below_is_found},
    {"properties_before_the_one_that_counts_go", properties_before_the_one_that_counts_go},
    {"put_to_a_provider_that_holds_returns", put_to_a_provider_that_holds_returns},
    {"what_lets_go_of_a_put_stays", what_lets_go_of_a_put_stays},
    {"what_cannot_shrink_stays", what_cannot_shrink_stays},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("program_shrink", tests)
