/* SPDX-License-Identifier: Apache-2.0 */
/* The named value set of a put as context for the provider: what of it arrives there, and what it does to nobody else. */
#include "builders.h"

extern const struct pac_suite pac_suite_provider_context;

/* Contexts ------------------------------------------------------------------------------------------------------------ */

static struct pac_named_values *empty(struct pac_case_run *run) {
  return scene_values(run);
}

/* A value of each of the five types that every text names, and arrays of them. */
static struct pac_named_values *of_published_types(struct pac_case_run *run) {
  static const union pac_scalar numbers[] = {{.sint = -1}, {.sint = 0}, {.sint = 1}};
  static const union pac_scalar doubles[] = {{.real64 = 0.5}, {.real64 = -2.0}};
  static const union pac_scalar truths[] = {{.boolean = true}, {.boolean = false}};
  static const union pac_scalar texts[] = {{.text = "first"}, {.text = ""}};
  struct pac_named_values *set = scene_values(run);
  scene_value_add(run, set, "Number", pac_value_sint(PAC_CIM_SINT32, -42));
  scene_value_add(run, set, "Double", pac_value_real64(2.5));
  scene_value_add(run, set, "Truth", pac_value_boolean(true));
  scene_value_add(run, set, "Text", pac_value_string("a text \xc3\xa9"));
  scene_value_add(run, set, "Object", pac_value_object(scene_instance(run, scene_class(run, SCENE_OTHER), "inside")));
  scene_value_add(run, set, "Numbers", pac_value_array(PAC_CIM_SINT32, numbers, 3));
  scene_value_add(run, set, "Doubles", pac_value_array(PAC_CIM_REAL64, doubles, 2));
  scene_value_add(run, set, "Truths", pac_value_array(PAC_CIM_BOOLEAN, truths, 2));
  scene_value_add(run, set, "Texts", pac_value_array(PAC_CIM_STRING, texts, 2));
  return set;
}

static struct pac_named_values *of_two_texts(struct pac_case_run *run) {
  struct pac_named_values *set = scene_values(run);
  scene_value_add(run, set, "Hint", pac_value_string("as passed"));
  scene_value_add(run, set, "hello World", pac_value_string("mixed Case"));
  return set;
}

/* Names that look like those of the system and are none of them. */
static struct pac_named_values *of_unknown_names(struct pac_case_run *run) {
  struct pac_named_values *set = scene_values(run);
  scene_value_add(run, set, "__NotPublished", pac_value_boolean(true));
  scene_value_add(run, set, "Size", pac_value_sint(PAC_CIM_SINT32, 99));
  scene_value_add(run, set, "Nonsense", pac_value_string("no one knows"));
  return set;
}

static struct pac_named_values *same_set(struct pac_case_run *run, struct pac_named_values *context) {
  (void)run;
  return context;
}

static struct pac_named_values *no_set(struct pac_case_run *run, struct pac_named_values *context) {
  (void)run;
  (void)context;
  return NULL;
}

/* The scene ------------------------------------------------------------------------------------------------------------- */

static const struct pac_object *held_instance(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_HOLDS, build_new_instance(run));
}

/* The caller changes its set once the call has returned, and only then the provider goes on. */
static void put_and_change_context(struct pac_case_run *run, struct built_put *put, struct pac_named_values *context) {
  pac_run_start_put(run, &put->call, &put->seen);
  scene_value_add(run, context, "Hint", pac_value_string("changed later"));
  scene_value_add(run, context, "Added", pac_value_string("later"));
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS});
  pac_run_settle(run, put->call.sink, 1);
  pac_run_see(run, &put->call, &put->seen);
}

/* What has to hold --------------------------------------------------------------------------------------------------- */

/* The row's context function makes the same elements again: what was passed, whoever changed it since. */
static void context_arrives(struct pac_case_run *run, const struct built_put *put) {
  built_put_check_context(run, put, built_row_of(run)->context(run), PAC_CLAUSE_CONTEXT_PROVIDER_RECEIVES_UNCHANGED);
}

static void later_change_is_unseen(struct pac_case_run *run, const struct built_put *put) {
  built_put_check_context(run, put, built_row_of(run)->context(run), PAC_CLAUSE_CONTEXT_SET_LATER_CHANGE_UNSEEN);
}

static void nothing_arrives(struct pac_case_run *run, const struct built_put *put) {
  built_put_check_context(run, put, scene_values(run), PAC_CLAUSE_CONTEXT_SET_EMPTY_LIKE_NONE);
}

static void async_context_stays_away(struct pac_case_run *run, const struct built_put *put) {
  built_put_check_context(run, put, scene_values(run), PAC_CLAUSE_ASYNC_CONTEXT_PROVIDER_NOT_HANDED_OVER);
}

static void set_is_not_altered(struct pac_case_run *run, const struct built_put *put) {
  if (!pac_named_values_equal(put->call.context, built_row_of(run)->context(run))) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_CONTEXT_SET_NOT_ALTERED,
                 "the caller's set as it was before the call",
                 pac_run_text(run, "%u elements, or other values", pac_named_values_count(put->call.context)));
  }
}

static void context_is_in_no_event(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  for (uint32_t i = put->seen.first_event; i < count; i++) {
    const struct pac_named_values *arrived = events[i]->async_context;
    if (events[i]->sink == put->call.sink && arrived != NULL && pac_named_values_count(arrived) > 0) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_CONTEXT_SET_NOT_IN_EVENTS,
                   "no async context, because none was passed", "the provider context came with the event");
      return;
    }
  }
}

/* A further call with the same set, which has to reach the provider as the first did. */
static void set_is_used_again(struct pac_case_run *run, const struct built_put *put) {
  static const struct pac_outcome accepted = {PAC_STATUS_NO_ERR, PAC_EFFECT_STORED, PAC_READING_NONE, NULL};
  const struct pac_expectation expectation = {.outcomes = &accepted, .outcome_count = 1};
  const struct pac_provider_call *const *calls = NULL;
  struct built_put again = {.call = put->call};
  again.call.object = scene_instance(run, scene_stored(run, SCENE_CLASS), "a further one");
  again.first_provider_call = pac_session_provider_calls(run->session, &calls);
  pac_run_put(run, &again.call, &again.seen);
  (void)pac_run_judge(run, &again.call, &again.seen, &expectation, PAC_CLAUSE_CONTEXT_SET_USED_AGAIN);
  built_put_check_context(run, &again, built_row_of(run)->context(run), PAC_CLAUSE_CONTEXT_SET_USED_AGAIN);
}

static const struct built_row rows[] = {
#include "provider_context.def"
};

BUILT_SUITE(provider_context, "Named value set as provider context");
