/* SPDX-License-Identifier: Apache-2.0 */
/* Adapters that are wrong in what only a sequence of calls shows: the finding names the clause that is violated. */
#include "program_scene.h"

#define ONE "instance of Test_Thing as $one { Name = \"one\"; };\n"

typedef pac_hresult (*put_function)(struct pac_services *, struct pac_sink *, const struct pac_object *, uint32_t,
                                    const struct pac_named_values *, const struct pac_named_values *);

/* The clause of the first finding of a program on an adapter; NONE when it conforms. */
static enum pac_clause clause_on(const struct pac_adapter *adapter, const char *text) {
  enum pac_clause clause = PAC_CLAUSE_NONE;
  uint32_t call = 0;
  struct pac_program *program = parsed(text);
  enum pac_verdict verdict = run_on(adapter, program, &clause, &call);
  CU_ASSERT_EQUAL(verdict, clause == PAC_CLAUSE_NONE ? PAC_VERDICT_PASS : PAC_VERDICT_FAIL);
  pac_program_free(program);
  return clause;
}

/* The same where only its put_async is wrong; the reference itself has to conform. */
static enum pac_clause clause_of(put_function put_async, const char *text) {
  struct pac_adapter adapter = *pac_reference_adapter();
  CU_ASSERT_EQUAL(clause_on(&adapter, text), PAC_CLAUSE_NONE);
  adapter.put_async = put_async;
  return clause_on(&adapter, text);
}

/* What is kept ------------------------------------------------------------------------------------------------------------ */

/* A put that is made in pump, with what was borrowed for the call. */
static struct {
  struct pac_sink *sink;
  const struct pac_object *object;
  const struct pac_named_values *context;
  const struct pac_named_values *async_context;
} kept;

static pac_hresult keeps_what_it_borrowed(struct pac_services *services, struct pac_sink *sink,
                                          const struct pac_object *object, uint32_t flags,
                                          const struct pac_named_values *context,
                                          const struct pac_named_values *async_context) {
  (void)services;
  (void)flags;
  kept.sink = sink;
  kept.object = object;
  kept.context = context;
  kept.async_context = async_context;
  return 0;
}

static bool puts_what_it_kept(struct pac_services *services) {
  if (kept.sink != NULL) {
    struct pac_sink *sink = kept.sink;
    kept.sink = NULL;
    (void)pac_reference_adapter()->put_async(services, sink, kept.object, PAC_FLAG_RETURN_IMMEDIATELY, kept.context,
                                             kept.async_context);
    return true;
  }
  return pac_reference_adapter()->pump(services);
}

static void what_was_passed_is_another_thing_afterwards(void) {
  struct pac_adapter adapter = *pac_reference_adapter();
  adapter.put_async = keeps_what_it_borrowed;
  adapter.pump = puts_what_it_kept;
  CU_ASSERT_EQUAL(clause_on(&adapter, THING "put Test_Thing flags immediately sink A\ndrain\n"),
                  PAC_CLAUSE_PUT_ASYNC_OBJECT_RELEASED_AFTER_CALL);
  CU_ASSERT_EQUAL(
      clause_on(&adapter,
                "class Test_Child : Missing by name { };\nput Test_Child flags immediately sink A async {Call=1}\n"),
      PAC_CLAUSE_ASYNC_CONTEXT_RETURNED_WITH_EVENTS);
}

/* Two puts that are outstanding ------------------------------------------------------------------------------------------- */

static const struct pac_named_values *first_context;

/* Ends what is refused at once, and each second one with the context of the first. */
static pac_hresult mixes_contexts_up(struct pac_services *services, struct pac_sink *sink,
                                     const struct pac_object *object, uint32_t flags,
                                     const struct pac_named_values *context,
                                     const struct pac_named_values *async_context) {
  static struct pac_named_values *copy;
  (void)services;
  (void)object;
  (void)flags;
  (void)context;
  if (first_context == NULL) {
    CU_ASSERT_EQUAL_FATAL(pac_named_values_clone(NULL, async_context, &copy), PAC_RESULT_OK);
    first_context = copy;
  }
  (void)pac_sink_completed(sink, pac_status_hresult(PAC_STATUS_NOT_FOUND, PAC_PROFILE_HEADER), NULL, first_context);
  if (async_context != NULL && !pac_named_values_equal(async_context, copy)) {
    pac_named_values_free(copy);
    first_context = NULL;
  }
  return 0;
}

static void exchanged_contexts_are_told_as_that(void) {
  CU_ASSERT_EQUAL(clause_of(mixes_contexts_up, THING "put Test_Thing flags update-only sink A async {Call=1}\n"
                                                     "put Test_Thing flags update-only sink A async {Call=2}\n"),
                  PAC_CLAUSE_ASYNC_CONTEXT_SHARED_SINK_NEVER_EXCHANGED);
}

static struct pac_sink *sink_of_all;

/* Cancels whatever sink was used last as well. */
static pac_hresult remembers_the_sink(struct pac_services *services, struct pac_sink *sink,
                                      const struct pac_object *object, uint32_t flags,
                                      const struct pac_named_values *context,
                                      const struct pac_named_values *async_context) {
  sink_of_all = sink;
  return pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
}

static pac_hresult cancels_another_too(struct pac_services *services, struct pac_sink *sink) {
  (void)pac_reference_adapter()->cancel(services, sink_of_all);
  return pac_reference_adapter()->cancel(services, sink);
}

static void cancel_of_another_sink_is_told_as_that(void) {
  const char *text =
      THING "put Test_Thing flags immediately sink A\nput Test_Thing flags immediately sink B\ncancel sink A\n";
  struct pac_adapter adapter = *pac_reference_adapter();
  CU_ASSERT_EQUAL(clause_on(&adapter, text), PAC_CLAUSE_NONE);
  adapter.put_async = remembers_the_sink;
  adapter.cancel = cancels_another_too;
  CU_ASSERT_EQUAL(clause_on(&adapter, text), PAC_CLAUSE_CANCEL_SCOPE_OTHER_SINKS_UNAFFECTED);
}

/* Providers --------------------------------------------------------------------------------------------------------------- */

static pac_hresult cancels_nothing(struct pac_services *services, struct pac_sink *sink) {
  (void)services;
  (void)sink;
  return 0;
}

static void held_put_has_to_be_cancelled(void) {
  const char *text = THING ONE
      "put Test_Thing sink A\nprovider Test_Thing holds\nput $one flags immediately sink B\ndrain\n"
      "cancel sink B\ndrain\nprovider Test_Thing accepts\n";
  struct pac_adapter adapter = *pac_reference_adapter();
  CU_ASSERT_EQUAL(clause_on(&adapter, text), PAC_CLAUSE_NONE);
  adapter.cancel = cancels_nothing;
  CU_ASSERT_EQUAL(clause_on(&adapter, text), PAC_CLAUSE_CANCEL_COMPLETION_CALL_CANCELLED);
  /* Without the drain nobody knows whether the provider has it yet. */
  CU_ASSERT_EQUAL(clause_on(&adapter, THING ONE "put Test_Thing sink A\nprovider Test_Thing holds\n"
                                                "put $one flags immediately sink B\ncancel sink B\n"),
                  PAC_CLAUSE_NONE);
}

static pac_hresult loses_the_context(struct pac_services *services, struct pac_sink *sink,
                                     const struct pac_object *object, uint32_t flags,
                                     const struct pac_named_values *context,
                                     const struct pac_named_values *async_context) {
  (void)context;
  return pac_reference_adapter()->put_async(services, sink, object, flags, NULL, async_context);
}

static pac_hresult loses_the_mode(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                  uint32_t flags, const struct pac_named_values *context,
                                  const struct pac_named_values *async_context) {
  return pac_reference_adapter()->put_async(services, sink, object, flags & ~(uint32_t)PAC_FLAG_CREATE_ONLY, context,
                                            async_context);
}

static void provider_sees_what_was_passed(void) {
  const char *text = THING ONE
      "put Test_Thing sink A\nprovider Test_Thing accepts\n"
      "put $one flags create-only context {Call=1} sink B\n";
  CU_ASSERT_EQUAL(clause_of(loses_the_context, text), PAC_CLAUSE_CONTEXT_PROVIDER_RECEIVES_UNCHANGED);
  CU_ASSERT_EQUAL(clause_of(loses_the_mode, text), PAC_CLAUSE_INSTANCE_PROVIDER_SEES_CREATE_MODE);
}

/* The state --------------------------------------------------------------------------------------------------------------- */

/* Says of a refused or safe update of a class that it was done. */
static pac_hresult takes_safe_for_done(struct pac_services *services, struct pac_sink *sink,
                                       const struct pac_object *object, uint32_t flags,
                                       const struct pac_named_values *context,
                                       const struct pac_named_values *async_context) {
  if ((flags & PAC_FLAG_UPDATE_SAFE) == 0) {
    return pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
  }
  (void)pac_sink_object_put(sink, "Test_Thing", async_context);
  (void)pac_sink_completed(sink, 0, NULL, async_context);
  return 0;
}

static void keys_and_indexes_in_use_stay(void) {
  const char *given = "class Test_Thing as $a { [key] string Name; uint32 Size = 7; };\nclass Test_Child : $a { };\n";
  static const struct {
    const char *changed;
    enum pac_clause clause;
  } rows[] = {
      {"class Test_Thing as $b { [key] string Name; [Indexed] uint32 Size = 7; };\n",
       PAC_CLAUSE_CLASS_INDEX_IN_USE_CHANGE_REFUSED},
      {"class Test_Thing as $b { string Name; [key] uint32 Size = 7; };\n", PAC_CLAUSE_CLASS_KEY_IN_USE_CHANGE_REFUSED},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char text[512];
    (void)snprintf(text, sizeof text, "%s%sput $a sink A\nput Test_Child sink B\nput $b flags safe sink C\n", given,
                   rows[i].changed);
    CU_ASSERT_EQUAL(clause_of(takes_safe_for_done, text), rows[i].clause);
  }
}

static bool is_hidden;

/* Loses all classes with a put that has flag 0x80, whatever comes of it. */
static pac_hresult loses_classes(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                 uint32_t flags, const struct pac_named_values *context,
                                 const struct pac_named_values *async_context) {
  is_hidden = (flags & PAC_FLAG_SEND_STATUS) != 0 || is_hidden;
  return pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
}

static pac_hresult shows_what_is_left(struct pac_services *services, const char *class_name, pac_visit visit,
                                      void *context) {
  return is_hidden ? 0 : pac_reference_adapter()->derived(services, class_name, visit, context);
}

static void the_put_that_did_it_is_named(void) {
  static const struct {
    const char *text;
    enum pac_clause clause;
    uint32_t call;
  } rows[] = {
      /* The shortage has not been met: this is no matter of memory. */
      {THING "put Test_Thing sink A\nfail allocation 4000\nput Test_Thing flags create-only|send-status sink B\n",
       PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_ONLY_EXISTING_CLASS_FAILS, 2},
      /* The one that was done, not the one that was refused after it. */
      {THING "class Test_Other { };\nput Test_Thing sink A\nput Test_Other flags create-only|send-status sink B\n"
             "put Test_Other flags create-only sink C\n",
       PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_ONLY_NEW_CLASS, 1},
  };
  struct pac_adapter adapter = *pac_reference_adapter();
  adapter.put_async = loses_classes;
  adapter.derived = shows_what_is_left;
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    enum pac_clause clause = PAC_CLAUSE_NONE;
    uint32_t call = 0;
    struct pac_program *program = parsed(rows[i].text);
    is_hidden = false;
    CU_ASSERT_EQUAL(run_on(&adapter, program, &clause, &call), PAC_VERDICT_FAIL);
    CU_ASSERT_EQUAL(clause, rows[i].clause);
    CU_ASSERT_EQUAL(call, rows[i].call);
    pac_program_free(program);
  }
}

static CU_TestInfo tests[] = {
    {"what_was_passed_is_another_thing_afterwards", what_was_passed_is_another_thing_afterwards},
    {"exchanged_contexts_are_told_as_that", exchanged_contexts_are_told_as_that},
    {"cancel_of_another_sink_is_told_as_that", cancel_of_another_sink_is_told_as_that},
    {"held_put_has_to_be_cancelled", held_put_has_to_be_cancelled},
    {"provider_sees_what_was_passed", provider_sees_what_was_passed},
    {"keys_and_indexes_in_use_stay", keys_and_indexes_in_use_stay},
    {"the_put_that_did_it_is_named", the_put_that_did_it_is_named},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("program_fault", tests)
