/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of implementations that get a program wrong: each finding word by word, and the call that it is charged to.
 * They are the reference but for one thing.
 */
#include "golden.h"
#include "program_scene.h"

#define CALL_PARAMETERS                                                                                  \
  struct pac_services *services, struct pac_sink *sink, const struct pac_object *object, uint32_t flags, \
      const struct pac_named_values *context, const struct pac_named_values *async_context

typedef pac_hresult (*put_function)(CALL_PARAMETERS);

static pac_hresult put_rightly(CALL_PARAMETERS) {
  return pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
}

static pac_hresult refuses(CALL_PARAMETERS) {
  (void)services, (void)sink, (void)object, (void)flags, (void)context, (void)async_context;
  return 0x80041001u;
}

static pac_hresult ignores_create_only(CALL_PARAMETERS) {
  return put_rightly(services, sink, object, flags & ~(uint32_t)PAC_FLAG_CREATE_ONLY, context, async_context);
}

static bool is_create_only_instance(const struct pac_object *object, uint32_t flags) {
  return object != NULL && pac_object_genus(object) == PAC_GENUS_INSTANCE && (flags & PAC_FLAG_CREATE_ONLY) != 0;
}

/* Says in the right way that the instance is there already, and loses all of them. */
static bool has_lost_instances;

static pac_hresult loses_at_refusal(CALL_PARAMETERS) {
  pac_hresult answer = put_rightly(services, sink, object, flags, context, async_context);
  has_lost_instances = has_lost_instances || is_create_only_instance(object, flags);
  return answer;
}

static pac_hresult instances_that_are_left(struct pac_services *services, const char *class_name, pac_visit visit,
                                           void *context) {
  return has_lost_instances ? 0 : pac_reference_adapter()->instances(services, class_name, visit, context);
}

/* Says that it has stored an instance that it has not. */
static pac_hresult forgets_instances(CALL_PARAMETERS) {
  if (!is_create_only_instance(object, flags)) {
    return put_rightly(services, sink, object, flags, context, async_context);
  }
  pac_sink_object_put(sink, "Test_Thing.Name=\"a\"", async_context);
  pac_sink_completed(sink, 0, NULL, async_context);
  return 0;
}

static pac_hresult completes_twice(CALL_PARAMETERS) {
  pac_hresult answer = put_rightly(services, sink, object, flags, context, async_context);
  if (!pac_hresult_is_error(answer) && (flags & PAC_FLAG_CREATE_ONLY) != 0) {
    pac_sink_completed(sink, 0, NULL, async_context);
  }
  return answer;
}

static pac_hresult never_completes(CALL_PARAMETERS) {
  return (flags & PAC_FLAG_CREATE_ONLY) != 0 ? 0 : put_rightly(services, sink, object, flags, context, async_context);
}

#define OBJECTS                                                                                                      \
  THING                                                                                                              \
      "instance of Test_Thing as $a { Name = \"a\"; };\ninstance of Test_Thing as $b { Name = \"a\"; Size = 8; };\n" \
      "class Test_Thing as $safe { [key] string Name; uint32 Size = 7; string Note; };\n"

static const struct {
  const char *name;
  put_function put_async;
  const char *program;
} rows[] = {
    {"one outcome is allowed", refuses, OBJECTS "put Test_Thing sink A\n"},
    {"several outcomes are allowed", refuses,
     OBJECTS "put $a sink A\nput Test_Thing flags 0x62000000|create-only sink B\n"},
    {"another put is open", loses_at_refusal,
     OBJECTS
     "put Test_Thing sink A\nput $a sink B\nput $safe flags immediately sink D\nput $b flags create-only sink C\n"
     "drain\ncheck\n"},
    {"the flag is ignored", ignores_create_only,
     OBJECTS "put Test_Thing sink A\nput $a sink B\nput $b flags create-only sink C\nput Test_Thing sink D\n"},
    {"the flag is ignored while another put is open", ignores_create_only,
     OBJECTS "put Test_Thing sink A\nput $a sink B\nput $b flags create-only|immediately sink C\n"
             "put Test_Thing flags immediately sink D\ndrain\ncheck\n"},
    {"a refused put changes something", loses_at_refusal,
     OBJECTS "put Test_Thing sink A\nput $a sink B\nput $b flags create-only sink C\nput Test_Thing sink D\ncheck\n"},
    {"a refused put changes something while memory lacks", loses_at_refusal,
     OBJECTS "put Test_Thing sink A\nput $a sink B\nfail allocation 4000\nput $b flags create-only sink C\ncheck\n"},
    {"a lack of memory is told as another failure", refuses, OBJECTS "fail allocation 4000\nput Test_Thing sink A\n"},
    {"a lack of memory is told as nothing in particular", refuses,
     OBJECTS "fail allocation 4000\nput Test_Thing flags update-only sink A\n"},
    {"a put is forgotten", forgets_instances,
     OBJECTS "put Test_Thing sink A\nput $a flags create-only sink B\ncheck\nput Test_Thing sink C\n"},
    {"a second completion", completes_twice,
     OBJECTS "put Test_Thing sink A\nput $a flags create-only sink B\nput $b sink C\ncheck\n"},
    {"no completion", never_completes,
     OBJECTS "put Test_Thing sink A\nput $a flags create-only sink B\nput $b sink C\ncheck\n"},
};

static void print_run(FILE *out, const char *name, const struct pac_adapter *adapter, const char *text) {
  struct pac_program *program = parsed(text);
  const struct pac_case_settings settings = settings_of(adapter);
  struct pac_program_watch watch = {.finding_call = PAC_PROGRAM_NONE};
  struct pac_case_record record;
  pac_program_execute(program, "program", &settings, &watch, &record);
  fprintf(out, "%s: %s", name, pac_verdict_word(record.verdict));
  if (watch.finding_call != PAC_PROGRAM_NONE) {
    fprintf(out, ", call %u", (unsigned)watch.finding_call);
  }
  fputc('\n', out);
  for (uint32_t i = 0; i < record.finding_count; i++) {
    const struct pac_finding *finding = &record.findings[i];
    fprintf(out, "  [%s] %s: expected %s, got %s\n", pac_clause_at(finding->clause)->id,
            pac_reason_word(finding->reason), finding->expected, finding->observed);
  }
  pac_case_record_reset(&record);
  pac_program_free(program);
}

static void each_finding_is_told(void) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(out);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct pac_adapter adapter = *pac_reference_adapter();
    print_run(out, rows[i].name, &adapter, rows[i].put_async == refuses ? OBJECTS : rows[i].program);
    has_lost_instances = false;
    adapter.put_async = rows[i].put_async;
    adapter.instances = instances_that_are_left;
    print_run(out, "  wrong", &adapter, rows[i].program);
  }
  CU_ASSERT_EQUAL_FATAL(fclose(out), 0);
  CU_ASSERT_TRUE(golden_is("program_findings.txt", text));
  free(text);
}

/* What is lost in more overlapping puts than can be ordered is not found; that nobody looked for it is said. */
static void orders_that_are_too_many_are_noted(void) {
  char text[4096];
  int used = snprintf(text, sizeof text, "%s",
                      OBJECTS "put Test_Thing sink A\nput $a sink B\n"
                              "put $b flags create-only|immediately sink C async {Call=-1}\n");
  for (int i = 0; i < 11; i++) {
    used += snprintf(text + used, sizeof text - (size_t)used, "put $a flags immediately sink C async {Call=%d}\n", i);
  }
  CU_ASSERT_TRUE_FATAL(snprintf(text + used, sizeof text - (size_t)used, "drain\ncheck\n") > 0);
  struct pac_adapter adapter = *pac_reference_adapter();
  adapter.put_async = loses_at_refusal;
  adapter.instances = instances_that_are_left;
  has_lost_instances = false;
  struct pac_program *program = parsed(text);
  struct pac_case_settings settings = settings_of(&adapter);
  settings.timeline = PAC_TIMELINE_OF_ALL;
  struct pac_program_watch watch = {.finding_call = PAC_PROGRAM_NONE};
  struct pac_case_record record;
  pac_program_execute(program, "program", &settings, &watch, &record);
  bool is_noted = false;
  for (uint32_t i = 0; i < record.timeline_count; i++) {
    is_noted = is_noted || strstr(record.timeline[i], "too many orders of 12 puts") != NULL;
  }
  CU_ASSERT_TRUE(is_noted);
  CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_PASS);
  pac_case_record_reset(&record);
  pac_program_free(program);
}

static CU_TestInfo tests[] = {{"each_finding_is_told", each_finding_is_told},
                              {"orders_that_are_too_many_are_noted", orders_that_are_too_many_are_noted},
                              CU_TEST_INFO_NULL};
UNIT_MAIN("program_wrong", tests)
