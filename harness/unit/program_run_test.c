/* SPDX-License-Identifier: Apache-2.0 */
/* Judging programs: the reference gives no finding, whatever it is asked in whatever order; one that takes puts up in another
 * order conforms as well. */
#include "program_scene.h"

/* Runs programs from text on the reference. */
static enum pac_verdict verdict_of(const char *text) {
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  struct pac_program *program = parsed(text);
  enum pac_verdict verdict = run_on(pac_reference_adapter(), program, &clause, &call);
  pac_program_free(program);
  return verdict;
}

static void every_call_runs(void) {
  CU_ASSERT_EQUAL(verdict_of(THING "instance of Test_Thing as $one { Name = \"one\"; };\n"
                                   "put Test_Thing sink A async {Call=1} expect wbemNoErr\n"
                                   "put $one sink A async {Call=2} expect wbemNoErr\n"
                                   "put $one flags create-only sink A async {Call=3} expect wbemErrAlreadyExists\n"
                                   "put NULL sink B\nput Test_Thing no sink\n"
                                   "put Test_Thing flags immediately sink C\nstep\ncancel sink C\ndrain\ncheck\n"
                                   "rights none\nput $one sink D expect wbemErrAccessDenied\nrights all\n"
                                   "fail allocation 3\nput $one sink E\nfail allocation 0\n"
                                   "provider Test_Thing holds progress 1\nput $one flags immediately|send-status sink F\n"
                                   "step 3\nprovider Test_Thing none\ndrain\n"
                                   "connect\nput Test_Thing flags create-only sink G on 2 expect wbemNoErr\ncheck on 2\n"),
                  PAC_VERDICT_PASS);
}

static void wrong_expectation_is_broken(void) {
  CU_ASSERT_EQUAL(verdict_of(THING "put Test_Thing sink A expect wbemErrFailed\n"), PAC_VERDICT_BROKEN);
  CU_ASSERT_EQUAL(verdict_of(THING "put Test_Thing flags update-only sink A expect wbemErrNotFound\n"), PAC_VERDICT_PASS);
}

/* Who makes a program by hand may get its connections wrong: that is no verdict on the implementation. */
static void connections_out_of_turn_are_broken(void) {
  static const uint32_t spaces[] = {0, 2, PAC_PROGRAM_CALLS_MAX};
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
    struct pac_program *program = parsed("connect\n");
    program->calls[0].space = spaces[i];
    CU_ASSERT_EQUAL(run_on(pac_reference_adapter(), program, &clause, &call), PAC_VERDICT_BROKEN);
    pac_program_free(program);
  }
}

/* Without its call of rights a program is another one, of which its author expected nothing. */
static void calls_are_left_out_with_what_they_led_to(void) {
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  struct pac_program *program = parsed(THING "rights read\nput Test_Thing sink A expect wbemErrAccessDenied\n");
  CU_ASSERT_EQUAL(pac_program_restrict(program, PAC_FEATURE_PUMP), 1);
  CU_ASSERT_EQUAL(run_on(pac_reference_adapter(), program, &clause, &call), PAC_VERDICT_PASS);
  pac_program_free(program);
}

/* The reference refuses flag bits that nobody defined. What follows when an implementation ignores them is not what the
 * author, who had it from the reference, expects. */
static pac_hresult ignores_unknown_flags(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                         uint32_t flags, const struct pac_named_values *context,
                                         const struct pac_named_values *async_context) {
  return pac_reference_adapter()->put_async(services, sink, object, flags & 0xFFFFu, context, async_context);
}

static void what_follows_a_choice_is_not_expected(void) {
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  struct pac_adapter adapter = *pac_reference_adapter();
  struct pac_program *program = parsed(THING "put Test_Thing flags 0x62000000 sink A expect wbemNoErr or wbemErrInvalidParameter\n"
                                             "put Test_Thing flags update-only sink B expect wbemErrNotFound\n");
  CU_ASSERT_EQUAL(run_on(&adapter, program, &clause, &call), PAC_VERDICT_PASS);
  adapter.put_async = ignores_unknown_flags;
  CU_ASSERT_EQUAL(run_on(&adapter, program, &clause, &call), PAC_VERDICT_PASS);
  pac_program_free(program);
}

/* What each of many derived classes may be refused for does not crowd out that the update may succeed. */
static void an_update_above_many_classes_may_succeed(void) {
  enum { CHILDREN = 29 };
  static char text[CHILDREN * 160 + 400];
  FILE *file = fmemopen(text, sizeof text, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs("[Color(1): ToSubclass] class Top as $first { [key] string Name; };\n", file);
  for (int i = 0; i < CHILDREN; i++) {
    fprintf(file, "[Color(2)] class Child%d : $first {};\n", i);
  }
  fputs("[Color(3): ToSubclass] class Top as $second { [key] string Name; };\nput $first async {Call=-1}\n", file);
  for (int i = 0; i < CHILDREN; i++) {
    fprintf(file, "put Child%d async {Call=%d}\n", i, i);
  }
  fputs("put $second async {Call=-2} expect wbemNoErr\n", file);
  CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
  CU_ASSERT_EQUAL(verdict_of(text), PAC_VERDICT_PASS);
}

static bool pumps_for_ever(struct pac_services *services) {
  (void)pac_reference_adapter()->pump(services);
  return true;
}

static void no_put_waits_for_a_provider_that_holds(void) {
  struct pac_program *program = parsed(THING "put Test_Thing sink A\nprovider Test_Thing holds\nput Test_Thing sink B\n"
                                             "provider Test_Other holds\nprovider Test_Thing accepts\n"
                                             "put Test_Thing sink C\nprovider Test_Other none\nput Test_Thing sink D\n");
  static const uint32_t flags[] = {0, 0, PAC_FLAG_RETURN_IMMEDIATELY, 0, 0, PAC_FLAG_RETURN_IMMEDIATELY, 0, 0};
  pac_program_keep_returning(program);
  CU_ASSERT_EQUAL_FATAL(program->call_count, sizeof flags / sizeof flags[0]);
  for (uint32_t i = 0; i < program->call_count; i++) {
    CU_ASSERT_EQUAL(program->calls[i].flags, flags[i]);
  }
  pac_program_free(program);
}

static void endless_pump_is_broken(void) {
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  struct pac_adapter adapter = *pac_reference_adapter();
  struct pac_program *program = parsed(THING "put Test_Thing sink A\n");
  adapter.pump = pumps_for_ever;
  CU_ASSERT_EQUAL(run_on(&adapter, program, &clause, &call), PAC_VERDICT_BROKEN);
  pac_program_free(program);
}

static pac_hresult quiesces_never(struct pac_services *services) {
  (void)services;
  return 0x80041001u;
}

static void quiesce_that_fails_is_broken(void) {
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  struct pac_adapter adapter = *pac_reference_adapter();
  struct pac_program *program = parsed(THING "put Test_Thing sink A\n");
  adapter.quiesce = quiesces_never;
  CU_ASSERT_EQUAL(run_on(&adapter, program, &clause, &call), PAC_VERDICT_BROKEN);
  pac_program_free(program);
}

/* A call each for as many classes as there can be, and the first of them then changes. */
static void every_provider_is_heeded(void) {
  char text[4096] = THING "instance of Test_Thing as $one { Name = \"one\"; };\n"
                          "put Test_Thing sink A\nprovider Test_Thing holds\n";
  size_t used = strlen(text);
  for (unsigned i = 5; i < PAC_PROGRAM_CALLS_MAX; i++) {
    used += (size_t)snprintf(text + used, sizeof text - used, "provider Test_Other%u accepts\n", i);
  }
  (void)snprintf(text + used, sizeof text - used,
                 "provider Test_Thing without-put\nput $one sink B expect wbemErrProviderNotCapable\n");
  CU_ASSERT_EQUAL(verdict_of(text), PAC_VERDICT_PASS);
}

static void of_a_long_timeline_the_end_is_kept(void) {
  char text[4096] = THING;
  size_t used = strlen(text);
  for (unsigned i = 1; i < PAC_PROGRAM_CALLS_MAX; i++) {
    used += (size_t)snprintf(text + used, sizeof text - used, "put Test_Thing sink A async {Call=%u}\n", i);
  }
  (void)snprintf(text + used, sizeof text - used, "put NULL sink B\n");
  struct pac_program *program = parsed(text);
  struct pac_case_settings settings = settings_of(pac_reference_adapter());
  settings.timeline = PAC_TIMELINE_OF_ALL;
  struct pac_case_record record;
  pac_program_execute(program, "program", &settings, NULL, &record);
  CU_ASSERT_FATAL(record.timeline_count > 2 && record.timeline_count < PAC_TIMELINE_MAX);
  /* Each put is a call, its object, two events and an answer; the last one has no object and no event. */
  char first[64];
  (void)snprintf(first, sizeof first, "... (%u earlier lines are left out)",
                 5 * (PAC_PROGRAM_CALLS_MAX - 1) + 2 - (unsigned)(record.timeline_count - 1));
  CU_ASSERT_STRING_EQUAL(record.timeline[0], first);
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[record.timeline_count - 2], "put_async(sink, null"));
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[record.timeline_count - 3], "put_async returned wbemNoErr"));
  pac_case_record_reset(&record);
  pac_program_free(program);
}

static void a_timeline_says_what_was_put_with_what(void) {
  struct pac_program *program =
      parsed(THING "instance of Test_Thing as $one { Name = \"a\\nb  c\"; };\nput Test_Thing sink A\n"
                   "provider Test_Thing answers wbemErrFailed progress 2\n"
                   "put $one context {Priority=7, Reason=\"none\"} sink B\n");
  struct pac_case_settings settings = settings_of(pac_reference_adapter());
  settings.timeline = PAC_TIMELINE_OF_ALL;
  struct pac_case_record record;
  pac_program_execute(program, "program", &settings, NULL, &record);
  CU_ASSERT_FATAL(record.timeline_count > 8);
  CU_ASSERT_STRING_EQUAL(record.timeline[5],
                         "set_provider(Test_Thing, answers wbemErrFailed (0x80041001), 2 of progress)");
  CU_ASSERT_PTR_NOT_NULL(strstr(record.timeline[6], "context {Priority = 7, Reason = \"none\"}, async context null"));
  CU_ASSERT_STRING_EQUAL(record.timeline[7], "  instance of Test_Thing { Name = \"a\\nb  c\"; };");
  pac_case_record_reset(&record);
  pac_program_free(program);
}

static void allowed_statuses_are_told(void) {
  struct pac_program *program = parsed(THING "put Test_Thing sink A\nput Test_Thing flags create-only|safe sink B\n");
  const struct pac_case_settings settings = settings_of(pac_reference_adapter());
  struct pac_program_statuses allowed[2] = {{.count = 0}};
  struct pac_program_watch watch = {.allowed = allowed};
  struct pac_case_record record;
  pac_program_execute(program, "program", &settings, &watch, &record);
  CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_PASS);
  CU_ASSERT_EQUAL(allowed[0].count, 1);
  CU_ASSERT_EQUAL(allowed[0].statuses[0], PAC_STATUS_NO_ERR);
  CU_ASSERT_EQUAL(allowed[1].count, 2);
  CU_ASSERT_EQUAL(allowed[1].outcome, pac_status_hresult(PAC_STATUS_ALREADY_EXISTS, PAC_PROFILE_HEADER));
  pac_case_record_reset(&record);
  pac_program_free(program);
}

static void ends_of_puts_are_told(void) {
  struct pac_program *program = parsed(THING "put Test_Thing flags immediately sink A\ncancel sink A\ndrain\n"
                                             "put NULL sink B\nput Test_Thing sink C\n"
                                             "put Test_Thing flags immediately sink D\n");
  const struct pac_case_settings settings = settings_of(pac_reference_adapter());
  struct pac_program_end ends[6] = {{.is_ended = false}};
  struct pac_program_watch watch = {.ends = ends};
  struct pac_case_record record;
  pac_program_execute(program, "program", &settings, &watch, &record);
  CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_PASS);
  CU_ASSERT_TRUE(ends[0].is_cancelled);
  CU_ASSERT_EQUAL(ends[0].call, 2);
  CU_ASSERT_EQUAL(ends[0].outcome, pac_status_hresult(PAC_STATUS_CALL_CANCELLED, PAC_PROFILE_HEADER));
  CU_ASSERT_FALSE(ends[1].is_ended);
  CU_ASSERT_TRUE(ends[3].is_raised);
  CU_ASSERT_TRUE(ends[4].is_ended && !ends[4].is_raised && !ends[4].is_cancelled);
  CU_ASSERT_EQUAL(ends[4].call, 4);
  CU_ASSERT_EQUAL(ends[4].outcome, 0);
  CU_ASSERT_EQUAL(ends[5].call, 6);
  pac_case_record_reset(&record);
  pac_program_free(program);
}

static void count_state(void *context, uint32_t state) {
  bool *seen = context;
  CU_ASSERT_FATAL(state < PAC_PROGRAM_STATES);
  seen[state] = true;
}

static void states_tell_outcomes_and_rows_apart(void) {
  bool seen[PAC_PROGRAM_STATES] = {false};
  struct pac_program *program = parsed(THING "put Test_Thing sink A\nput Test_Thing flags create-only sink B\n"
                                             "put Test_Thing flags immediately sink C\n");
  const struct pac_case_settings settings = settings_of(pac_reference_adapter());
  struct pac_program_watch watch = {.state = count_state, .context = seen};
  struct pac_case_record record;
  unsigned counts[2] = {0};
  pac_program_execute(program, "program", &settings, &watch, &record);
  for (unsigned i = 0; i < PAC_PROGRAM_STATES; i++) {
    counts[i >= PAC_PROGRAM_PROTOCOL_STATES] += seen[i];
  }
  CU_ASSERT_EQUAL(counts[0], 3);
  CU_ASSERT_EQUAL(counts[1], 3); /* a new class, one that is there already, an update */
  pac_case_record_reset(&record);
  pac_program_free(program);
}

static void reference_conforms(void) {
  CU_ASSERT_EQUAL(explore(pac_reference_adapter(), 1, 8, 1000), 1000);
  CU_ASSERT_EQUAL(explore(pac_reference_adapter(), 2, 30, 200), 200);
}

/* An adapter that takes puts up at once and carries them out later in another order: the newest first. It conforms. -------- */

#define QUEUED_MAX 64

static struct queued {
  struct pac_services *services;
  struct pac_sink *sink;
  struct pac_object *object;
  uint32_t flags;
  struct pac_named_values *context, *async_context;
} queue[QUEUED_MAX];

static unsigned queued_count;

static pac_hresult queue_put(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                             uint32_t flags, const struct pac_named_values *context,
                             const struct pac_named_values *async_context) {
  const struct pac_adapter *reference = pac_reference_adapter();
  if (sink == NULL || object == NULL || queued_count == QUEUED_MAX) {
    return reference->put_async(services, sink, object, flags, context, async_context);
  }
  struct queued *one = &queue[queued_count];
  *one = (struct queued){.services = services, .sink = sink, .flags = flags};
  CU_ASSERT_EQUAL_FATAL(pac_object_clone(NULL, object, &one->object), PAC_RESULT_OK);
  if (context != NULL) {
    CU_ASSERT_EQUAL_FATAL(pac_named_values_clone(NULL, context, &one->context), PAC_RESULT_OK);
  }
  if (async_context != NULL) {
    CU_ASSERT_EQUAL_FATAL(pac_named_values_clone(NULL, async_context, &one->async_context), PAC_RESULT_OK);
  }
  queued_count += 1;
  return 0;
}

static void end_queued(unsigned index, bool is_carried_out) {
  struct queued one = queue[index];
  memmove(&queue[index], &queue[index + 1], (queued_count - index - 1) * sizeof *queue);
  queued_count -= 1;
  pac_hresult answer = pac_status_hresult(PAC_STATUS_CALL_CANCELLED, PAC_PROFILE_HEADER);
  if (is_carried_out) {
    answer = pac_reference_adapter()->put_async(one.services, one.sink, one.object, one.flags, one.context,
                                                one.async_context);
  }
  if (pac_hresult_is_error(answer)) {
    pac_sink_completed(one.sink, answer, NULL, one.async_context);
  }
  pac_object_free(one.object);
  pac_named_values_free(one.context);
  pac_named_values_free(one.async_context);
}

static bool queue_pump(struct pac_services *services) {
  if (pac_reference_adapter()->pump(services)) {
    return true;
  }
  for (unsigned i = queued_count; i > 0; i--) {
    if (queue[i - 1].services == services) {
      end_queued(i - 1, true);
      return true;
    }
  }
  return false;
}

static pac_hresult queue_cancel(struct pac_services *services, struct pac_sink *sink) {
  for (unsigned i = queued_count; i > 0; i--) {
    if (queue[i - 1].services == services && queue[i - 1].sink == sink) {
      end_queued(i - 1, false);
    }
  }
  return pac_reference_adapter()->cancel(services, sink);
}

static void queue_close(struct pac_services *services) {
  for (unsigned i = queued_count; i > 0; i--) {
    if (queue[i - 1].services == services) {
      end_queued(i - 1, false);
    }
  }
  pac_reference_adapter()->close(services);
}

static void other_order_conforms(void) {
  struct pac_adapter adapter = *pac_reference_adapter();
  adapter.features &= ~(uint32_t)PAC_FEATURE_QUIESCE;
  adapter.put_async = queue_put;
  adapter.pump = queue_pump;
  adapter.cancel = queue_cancel;
  adapter.close = queue_close;
  for (uint32_t i = 0; i < 1500; i++) {
    enum pac_clause clause = PAC_CLAUSE_NONE;
    uint32_t call = 0;
    struct pac_program *program = NULL;
    CU_ASSERT_EQUAL_FATAL(pac_program_random(NULL, 77000 + i, 8, &program), PAC_RESULT_OK);
    enum pac_verdict verdict = run_on(&adapter, program, &clause, &call);
    if (verdict != PAC_VERDICT_PASS) {
      static char text[65536];
      (void)pac_program_print(program, text, sizeof text);
      printf("program %u, call %u, %s:\n%s\n", (unsigned)i, (unsigned)call,
             clause == PAC_CLAUSE_NONE ? "none" : pac_clause_at(clause)->id, text);
    }
    CU_ASSERT_EQUAL(verdict, PAC_VERDICT_PASS);
    pac_program_free(program);
  }
}

/* Other choices than those of the reference, which an option of it makes. */
static enum pac_verdict verdict_with(const char *option, const char *value, const char *text) {
  const struct pac_option given = {option, value};
  struct pac_case_settings settings = settings_of(pac_reference_adapter());
  struct pac_program *program = parsed(text);
  struct pac_program_watch watch = {.finding_call = PAC_PROGRAM_NONE};
  struct pac_case_record record;
  settings.options = &given;
  settings.option_count = 1;
  pac_program_execute(program, "program", &settings, &watch, &record);
  enum pac_verdict verdict = record.verdict;
  pac_case_record_reset(&record);
  pac_program_free(program);
  return verdict;
}

/* Puts are carried out in another order than they are reported: the newest of them goes on first at every step. */
static void other_order_of_completions_conforms(void) {
  CU_ASSERT_EQUAL(verdict_with("order", "newest",
                               "class Test_Thing as $before { };\nclass Test_Thing as $after { string Note; };\n"
                               "put $before flags immediately sink A\nstep\nput $after sink B\ndrain\n"
                               "put NULL sink C\n"),
                  PAC_VERDICT_PASS);
}

static void full_write_may_cover_every_object(void) {
  static const char *const text = "class Test_Thing { [key] string Name; };\n"
                                  "instance of Test_Thing as $one { Name = \"one\"; };\n"
                                  "put Test_Thing sink A\nrights 0x25\nput $one sink B\n";
  CU_ASSERT_EQUAL(verdict_of(text), PAC_VERDICT_PASS);
  CU_ASSERT_EQUAL(verdict_with("A-62", "full_write", text), PAC_VERDICT_PASS);
}

static void provider_may_refuse_nulls(void) {
  CU_ASSERT_EQUAL(verdict_with("provider_null", "refuse",
                               "class Test_Thing { [key] string Name; string Note; };\n"
                               "instance of Test_Thing as $one { Name = \"one\"; Note = NULL; };\n"
                               "provider Test_Thing accepts\nput Test_Thing sink A\nput $one sink B\n"),
                  PAC_VERDICT_PASS);
}

static CU_TestInfo tests[] = {
    {"every_call_runs", every_call_runs},
    {"wrong_expectation_is_broken", wrong_expectation_is_broken},
    {"connections_out_of_turn_are_broken", connections_out_of_turn_are_broken},
    {"calls_are_left_out_with_what_they_led_to", calls_are_left_out_with_what_they_led_to},
    {"what_follows_a_choice_is_not_expected", what_follows_a_choice_is_not_expected},
    {"an_update_above_many_classes_may_succeed", an_update_above_many_classes_may_succeed},
    {"no_put_waits_for_a_provider_that_holds", no_put_waits_for_a_provider_that_holds},
    {"endless_pump_is_broken", endless_pump_is_broken},
    {"quiesce_that_fails_is_broken", quiesce_that_fails_is_broken},
    {"every_provider_is_heeded", every_provider_is_heeded},
    {"of_a_long_timeline_the_end_is_kept", of_a_long_timeline_the_end_is_kept},
    {"a_timeline_says_what_was_put_with_what", a_timeline_says_what_was_put_with_what},
    {"allowed_statuses_are_told", allowed_statuses_are_told},
    {"ends_of_puts_are_told", ends_of_puts_are_told},
    {"states_tell_outcomes_and_rows_apart", states_tell_outcomes_and_rows_apart},
    {"reference_conforms", reference_conforms},
    {"other_order_conforms", other_order_conforms},
    {"other_order_of_completions_conforms", other_order_of_completions_conforms},
    {"full_write_may_cover_every_object", full_write_may_cover_every_object},
    {"provider_may_refuse_nulls", provider_may_refuse_nulls},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("program_run", tests)
