/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule for the events of a put names its own clause when it is broken. A scripted implementation plays the
 * events. */
#include <string.h>

#include "case/case_run.h"
#include "golden.h"

enum step {
  END,
  PUT_EVENT,
  DONE,
  FAILED,
  FAILED_PLAIN,
  READY,
  PROGRESS,
  PUT_WITHOUT_PATH,
  PUT_OF_OTHER,
  DONE_WITH_ERROR,
  FAILED_WITH_OTHER_CODE,
  ODD_CODE,
  DONE_WITHOUT_CONTEXT,
  PUT_WITHOUT_CONTEXT,
  PROGRESS_WITHOUT_CONTEXT,
  PUT_OF_NO_PATH,
  PUT_OF_INSTANCE,
  PUT_WITH_OWN_CONTEXT
};

/* What the implementation does with the one put of a case. */
struct script {
  pac_hresult answer;
  enum step steps[6];
  bool is_stored; /* the class is there afterwards */
};

static const struct script *script;
static const struct pac_object *stored;
static struct pac_named_values *own_context; /* of one element that nobody passed */

struct pac_services {
  int nothing;
};

static pac_hresult script_connect(const struct pac_host *host, struct pac_services **services) {
  static struct pac_services only;
  (void)host;
  *services = &only;
  return 0;
}

static void script_close(struct pac_services *services) {
  (void)services;
}

static void play(struct pac_sink *sink, enum step step, const struct pac_named_values *context) {
  const struct pac_last_error agreeing = {
      .has_status_code = true, .status_code = 0x80041001u, .description = "it failed"};
  const struct pac_last_error other = {.has_status_code = true, .status_code = 0x80041002u};
  switch (step) {
    case END:
      break;
    case PUT_EVENT:
      (void)pac_sink_object_put(sink, "Thing", context);
      break;
    case PUT_WITHOUT_PATH:
      (void)pac_sink_object_put(sink, NULL, context);
      break;
    case PUT_OF_OTHER:
      (void)pac_sink_object_put(sink, "Other.Key=1", context);
      break;
    case PUT_OF_NO_PATH:
      (void)pac_sink_object_put(sink, "Thing.", context);
      break;
    case PUT_WITH_OWN_CONTEXT:
      (void)pac_sink_object_put(sink, "Thing", own_context);
      break;
    case PUT_OF_INSTANCE:
      (void)pac_sink_object_put(sink, "Thing=@", context);
      break;
    case PUT_WITHOUT_CONTEXT:
      (void)pac_sink_object_put(sink, "Thing", NULL);
      break;
    case DONE:
      (void)pac_sink_completed(sink, 0, NULL, context);
      break;
    case DONE_WITHOUT_CONTEXT:
      (void)pac_sink_completed(sink, 0, NULL, NULL);
      break;
    case DONE_WITH_ERROR:
      (void)pac_sink_completed(sink, 0, &agreeing, context);
      break;
    case FAILED:
      (void)pac_sink_completed(sink, 0x80041001u, &agreeing, context);
      break;
    case FAILED_PLAIN:
      (void)pac_sink_completed(sink, 0x80041001u, NULL, context);
      break;
    case FAILED_WITH_OTHER_CODE:
      (void)pac_sink_completed(sink, 0x80041001u, &other, context);
      break;
    case ODD_CODE:
      (void)pac_sink_completed(sink, 0x89ABCDEFu, NULL, context);
      break;
    case READY:
      (void)pac_sink_object_ready(sink, stored, context);
      break;
    case PROGRESS:
      (void)pac_sink_progress(sink, 10, 1, "on its way", context);
      break;
    case PROGRESS_WITHOUT_CONTEXT:
      (void)pac_sink_progress(sink, 10, 1, "on its way", NULL);
      break;
  }
}

static pac_hresult script_put(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                              uint32_t flags, const struct pac_named_values *context,
                              const struct pac_named_values *async_context) {
  (void)services, (void)flags, (void)context;
  stored = script->is_stored ? object : NULL;
  for (size_t i = 0; script->steps[i] != END; i++) {
    play(sink, script->steps[i], async_context);
  }
  return script->answer;
}

static pac_hresult script_get(struct pac_services *services, const char *path, struct pac_object **object) {
  (void)services, (void)path, (void)object;
  return 0x80041002u;
}

static pac_hresult script_instances(struct pac_services *services, const char *class_name, pac_visit visit,
                                    void *context) {
  (void)services, (void)class_name, (void)visit, (void)context;
  return 0;
}

static pac_hresult script_derived(struct pac_services *services, const char *class_name, pac_visit visit,
                                  void *context) {
  (void)services, (void)class_name;
  if (stored != NULL) {
    (void)visit(context, stored);
  }
  return 0;
}

static bool script_pump(struct pac_services *services) {
  (void)services;
  return false;
}

static const struct pac_adapter adapter = {.abi = PAC_ADAPTER_ABI,
                                           .size = sizeof adapter,
                                           .name = "script",
                                           .version = "1",
                                           .features = PAC_FEATURE_PUMP,
                                           .connect = script_connect,
                                           .close = script_close,
                                           .put_async = script_put,
                                           .get = script_get,
                                           .instances = script_instances,
                                           .derived = script_derived,
                                           .pump = script_pump};

/* The one case: a class is put and has to be stored; or, with row "refused", it has to fail. */
static const struct pac_outcome stored_outcome = {PAC_STATUS_NO_ERR, PAC_EFFECT_STORED, PAC_READING_NONE, NULL};
static const struct pac_outcome refused_outcome = {PAC_STATUS_FAILED, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL};
static const enum pac_clause outcome_clause = PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS;

static const struct pac_outcome several_outcomes[] = {
    {PAC_STATUS_NOT_FOUND, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL},
    {PAC_STATUS_ACCESS_DENIED, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL},
    {PAC_STATUS_NOT_FOUND, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL}};

/* Another event arrives while OnObjectPut is still being delivered. */
static void bring_another(void *context, const struct pac_event *event) {
  (void)context;
  if (event->kind == PAC_EVENT_OBJECT_PUT) {
    (void)pac_sink_completed(event->sink, 0, NULL, event->async_context);
  }
}

static void run_put(struct pac_case_run *run) {
  struct pac_object *object = NULL;
  pac_run_require(run, pac_class_new(run->memory, "Thing", &object), "a class");
  struct pac_named_values *values = NULL;
  pac_run_require(run, pac_named_values_new(run->memory, &values), "a set");
  struct pac_value value = pac_value_string("one");
  pac_run_require(run, pac_named_values_add(values, "Call", &value), "a value");
  bool is_plain = strstr(run->the_case->name, "plain") != NULL;
  bool is_several = strstr(run->the_case->name, "several") != NULL;
  struct pac_put_call call = {
      .sink = pac_run_sink(run, PAC_SINK_RECORDS), .object = object, .async_context = is_plain ? NULL : values};
  struct pac_expectation expectation = {.outcomes = is_several                                       ? several_outcomes
                                                    : strstr(run->the_case->name, "refused") != NULL ? &refused_outcome
                                                                                                     : &stored_outcome,
                                        .outcome_count = is_several ? 3 : 1,
                                        .takes_other_codes = strstr(run->the_case->name, "other") != NULL,
                                        .state_clause = PAC_CLAUSE_FLAGS_REFUSAL_CHANGES_NOTHING};
  struct pac_put_seen seen;
  if (strstr(run->the_case->name, "overlapping") != NULL) {
    pac_session_set_reaction(run->session, call.sink, bring_another, NULL);
  }
  pac_run_put(run, &call, &seen);
  (void)pac_run_judge(run, &call, &seen, &expectation, outcome_clause);
}

static const struct pac_suite suite = {.name = "script", .title = "script", .run = run_put};

/* Plays a script; the record is reset by the caller. */
static void play_case(const char *name, const struct script *what, struct pac_case_record *record) {
  script = what;
  const struct pac_case the_case = {.name = name, .suite = &suite, .clauses = {outcome_clause}};
  const struct pac_case_settings settings = {.adapter = &adapter, .profile = PAC_PROFILE_HEADER, .timeout_ms = 100};
  pac_case_execute(&the_case, 0, &settings, record, NULL);
}

static bool finds(const struct pac_case_record *record, enum pac_clause clause) {
  for (uint32_t i = 0; i < record->finding_count; i++) {
    if (record->findings[i].clause == clause) {
      return true;
    }
  }
  return false;
}

static void print_findings(FILE *out, const char *name, const struct pac_case_record *record) {
  fprintf(out, "%s: %s\n", name, pac_verdict_word(record->verdict));
  for (uint32_t i = 0; i < record->finding_count; i++) {
    const struct pac_finding *finding = &record->findings[i];
    fprintf(out, "  [%s] %s: expected %s, got %s\n", pac_clause_at(finding->clause)->id,
            pac_reason_word(finding->reason), finding->expected, finding->observed);
  }
}

/* All that is found in each row is in judge_findings.txt, so that nothing more is found either. */
static void each_broken_rule_names_its_clause(void) {
  static const struct {
    const char *name;
    struct script script;
    enum pac_clause clause; /* NONE: nothing is wrong */
  } rows[] = {
      {"stored", {0, {PUT_EVENT, DONE}, true}, PAC_CLAUSE_NONE},
      {"stored plain", {0, {PUT_EVENT, DONE}, true}, PAC_CLAUSE_NONE},
      {"refused", {0, {FAILED}, false}, PAC_CLAUSE_NONE},
      {"refused", {0, {FAILED_PLAIN}, false}, PAC_CLAUSE_NONE},
      {"refused", {0x80041001u, {END}, false}, PAC_CLAUSE_NONE},
      {"stored", {0, {END}, true}, PAC_CLAUSE_EVENTS_ORDER_COMPLETION_CERTAIN},
      {"refused", {0x80041001u, {FAILED}, false}, PAC_CLAUSE_EVENTS_ORDER_ERROR_IN_ONE_PLACE},
      {"refused", {0x80041001u, {PUT_EVENT}, false}, PAC_CLAUSE_EVENTS_ORDER_NOT_STARTED_NO_EVENT},
      {"stored", {0, {PUT_EVENT, DONE, DONE}, true}, PAC_CLAUSE_EVENTS_COMPLETED_ONCE},
      {"stored", {0, {DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_AFTER_SUCCESS},
      {"stored", {0, {PUT_EVENT, PUT_EVENT, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_ONCE},
      {"refused", {0, {PUT_EVENT, FAILED}, false}, PAC_CLAUSE_EVENTS_OBJECT_PUT_NONE_ON_FAILURE},
      {"stored", {0, {READY, PUT_EVENT, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_READY_NOT_DELIVERED},
      {"stored", {0, {PROGRESS, PUT_EVENT, DONE}, true}, PAC_CLAUSE_EVENTS_PROGRESS_NONE_WITHOUT_SEND_STATUS},
      {"stored", {0, {DONE, PUT_EVENT}, true}, PAC_CLAUSE_EVENTS_ORDER_OBJECT_PUT_BEFORE_COMPLETED},
      {"stored", {0, {PUT_EVENT, DONE, PROGRESS}, true}, PAC_CLAUSE_EVENTS_PROGRESS_NONE_AFTER_COMPLETED},
      {"stored", {0, {PUT_EVENT, DONE_WITHOUT_CONTEXT}, true}, PAC_CLAUSE_ASYNC_CONTEXT_RETURNED_WITH_EVENTS},
      {"stored", {0, {PUT_WITHOUT_CONTEXT, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_ASYNC_CONTEXT_ARGUMENT},
      {"stored",
       {0, {PROGRESS_WITHOUT_CONTEXT, PUT_EVENT, DONE}, true},
       PAC_CLAUSE_ASYNC_CONTEXT_RETURNED_LAST_ARGUMENT_OF_EVERY_EVENT},
      {"stored", {0, {PUT_EVENT, DONE_WITH_ERROR}, true}, PAC_CLAUSE_EVENTS_COMPLETED_NO_ERROR_OBJECT_ON_SUCCESS},
      {"refused", {0, {FAILED_WITH_OTHER_CODE}, false}, PAC_CLAUSE_ERROR_OBJECT_CONTENT_AGREES_WITH_RESULT},
      {"stored", {0, {PUT_WITHOUT_PATH, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_ARGUMENT},
      {"stored", {0, {PUT_OF_OTHER, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_OF_CLASS},
      {"refused", {0, {ODD_CODE}, false}, PAC_CLAUSE_ERROR_CODES_PUBLISHED_ONLY},
      {"stored", {0, {FAILED}, false}, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
      {"refused", {0, {PUT_EVENT, DONE}, true}, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
      {"stored", {0, {PUT_EVENT, DONE}, false}, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
      {"refused", {0, {FAILED}, true}, PAC_CLAUSE_FLAGS_REFUSAL_CHANGES_NOTHING},
      {"stored plain", {0, {PUT_WITH_OWN_CONTEXT, DONE}, true}, PAC_CLAUSE_ASYNC_CONTEXT_ABSENT_NONE_IN_EVENTS},
      {"stored", {0, {PUT_WITH_OWN_CONTEXT, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_ASYNC_CONTEXT_ARGUMENT},
      {"stored overlapping", {0, {PUT_EVENT}, true}, PAC_CLAUSE_SINK_DELIVERY_NEVER_TWICE_AT_ONCE},
      {"stored", {0, {PUT_EVENT, DONE, READY}, true}, PAC_CLAUSE_EVENTS_COMPLETED_NOTHING_AFTER},
      {"stored", {0, {PUT_EVENT, PUT_EVENT, PUT_EVENT, DONE, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_ONCE},
      {"stored", {0, {PUT_OF_NO_PATH, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_ARGUMENT},
      {"stored", {0, {PUT_OF_INSTANCE, DONE}, true}, PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_OF_CLASS},
      {"refused", {0x80041001u, {READY, PROGRESS}, false}, PAC_CLAUSE_EVENTS_ORDER_NOT_STARTED_NO_EVENT},
      {"refused", {0, {ODD_CODE, DONE}, false}, PAC_CLAUSE_EVENTS_COMPLETED_ONCE},
      {"several", {0, {FAILED}, false}, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
      {"several", {0x80041002u, {END}, false}, PAC_CLAUSE_NONE},
      {"several", {0x80041003u, {END}, false}, PAC_CLAUSE_NONE},
      {"several or other", {0, {FAILED}, false}, PAC_CLAUSE_NONE},
      {"several or other", {0, {FAILED}, true}, PAC_CLAUSE_FLAGS_REFUSAL_CHANGES_NOTHING},
      {"several or other", {0, {PUT_EVENT, DONE}, true}, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
  };
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  struct pac_value value = pac_value_string("own");
  CU_ASSERT_PTR_NOT_NULL_FATAL(out);
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &own_context), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_named_values_add(own_context, "Own", &value), PAC_RESULT_OK);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct pac_case_record record;
    play_case(rows[i].name, &rows[i].script, &record);
    bool is_right = rows[i].clause == PAC_CLAUSE_NONE
                        ? record.verdict == PAC_VERDICT_PASS
                        : record.verdict == PAC_VERDICT_FAIL && finds(&record, rows[i].clause);
    if (!is_right) {
      printf("row %zu (%s): %s, %u findings\n", i, rows[i].name, pac_verdict_word(record.verdict),
             (unsigned)record.finding_count);
    }
    CU_ASSERT_TRUE(is_right);
    print_findings(out, rows[i].name, &record);
    pac_case_record_reset(&record);
  }
  CU_ASSERT_EQUAL_FATAL(fclose(out), 0);
  CU_ASSERT_TRUE(golden_is("judge_findings.txt", text));
  pac_named_values_free(own_context);
  free(text);
}

static void a_failing_case_keeps_its_timeline(void) {
  const struct script silent = {0, {PROGRESS, READY, DONE}, false};
  struct pac_case_record record;
  play_case("stored", &silent, &record);
  CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_FAIL);
  CU_ASSERT_EQUAL_FATAL(record.timeline_count, 6);
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[0], "put_async(sink, class Thing, flags 0x0"));
  CU_ASSERT_STRING_EQUAL(record.timeline[1], "  class Thing { };");
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[2], "OnProgress(1 of 10"));
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[3], "OnObjectReady("));
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[4], "inside the call"));
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[5], "returned wbemNoErr"));
  pac_case_record_reset(&record);
}

static void the_adapter_s_own_words_are_no_answers(void) {
  const struct script unsupported = {PAC_ANSWER_UNSUPPORTED, {END}, false};
  const struct script broken = {PAC_ANSWER_BROKEN, {END}, false};
  struct pac_case_record record;
  play_case("stored", &unsupported, &record);
  CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_UNSUPPORTED);
  pac_case_record_reset(&record);
  play_case("stored", &broken, &record);
  CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_BROKEN);
  CU_ASSERT_PTR_NOT_NULL(record.note);
  pac_case_record_reset(&record);
}

static CU_TestInfo tests[] = {
    {"each_broken_rule_names_its_clause", each_broken_rule_names_its_clause},
    {"a_failing_case_keeps_its_timeline", a_failing_case_keeps_its_timeline},
    {"the_adapter_s_own_words_are_no_answers", the_adapter_s_own_words_are_no_answers},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("judge", tests)
