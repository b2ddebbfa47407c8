/* SPDX-License-Identifier: Apache-2.0 */
/* The async context: what the caller passes as fifth argument comes back with every event of that call, element by element,
 * and goes nowhere else. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_async_context;

struct context_row {
  const char *name;
  enum pac_clause clauses[PAC_CASE_CLAUSES_MAX];
  uint32_t features;
  void (*steps)(struct pac_case_run *run, const struct context_row *row);
  struct step_row put;            /* the put that carries the context */
  struct pac_value value;         /* what is passed; its type says that there is one */
  bool is_type_open;              /* not among the published five types: kept, or the put is refused */
};

/* Elements of arrays. */
static const union pac_scalar texts[] = {{.text = "first"}, {.text = ""}, {.text = "third, \"quoted\" \\ \xc3\xa9"}};
static const union pac_scalar numbers[] = {{.sint = -1}, {.sint = 0}, {.sint = 2147483647}};
static const union pac_scalar truths[] = {{.boolean = true}, {.boolean = false}};
static const union pac_scalar reals[] = {{.real64 = 0.5}, {.real64 = -1e300}};
static const union pac_scalar octets[] = {{.uint = 0}, {.uint = 255}};

#define SCALAR(cim, member, content) .value = {.type = PAC_CIM_##cim, .scalar = {.member = content}}
#define ARRAY(cim, list) \
  .value = {.type = PAC_CIM_##cim, .is_array = true, .count = sizeof list / sizeof list[0], .elements = list}
#define PUT(...) .put = {__VA_ARGS__}

/* The events of the call, each of which has to give the element back under its name. */
static void expect_element(struct pac_case_run *run, const struct pac_put_call *call, const char *name,
                           const struct pac_value *value) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  for (uint32_t i = 0; i < count; i++) {
    if (events[i]->sink != call->sink) {
      continue;
    }
    const struct pac_named_value *found =
        events[i]->async_context == NULL ? NULL : pac_named_values_item(events[i]->async_context, name);
    if (found == NULL || !pac_value_equal(&found->value, value)) {
      char expected[256];
      char observed[256] = "no such element";
      pac_value_print(value, expected, sizeof expected);
      if (found != NULL) {
        pac_value_print(&found->value, observed, sizeof observed);
      }
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ASYNC_CONTEXT_RETURNED_VALUE_BY_NAME,
                   pac_run_text(run, "%s = %s %s in %s", name, pac_cim_type_word(value->type), expected,
                                pac_event_word(events[i]->kind)),
                   pac_run_text(run, "%s %s", found == NULL ? "" : pac_cim_type_word(found->value.type), observed));
    }
  }
}

static void name_the_call(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  struct pac_value value = pac_value_string("call 0");
  expect_element(run, &call, "Call", &value);
  expect_element(run, &call, "CALL", &value);
}

/* How a type that the context need not hold may be refused. */
static const struct pac_outcome refusals[] = {
    {PAC_STATUS_INVALID_PARAMETER, PAC_EFFECT_UNCHANGED, PAC_READING_A_56, "refused"},
    {PAC_STATUS_INVALID_CONTEXT, PAC_EFFECT_UNCHANGED, PAC_READING_A_56, "refused"},
    {PAC_STATUS_TYPE_MISMATCH, PAC_EFFECT_UNCHANGED, PAC_READING_A_56, "refused"},
};

static void pass_value(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  struct pac_named_values *context = scene_values(run);
  scene_value_add(run, context, "Value", row->value);
  call.async_context = context;
  struct pac_decision decision = call_decision(run, &call);
  pac_run_put(run, &call, &seen);
  if (row->is_type_open && pac_hresult_is_error(seen.outcome)) {
    const struct pac_expectation refused = {.outcomes = refusals,
                                            .outcome_count = sizeof refusals / sizeof refusals[0],
                                            .scope = pac_cim_type_word(row->value.type)};
    (void)pac_run_judge(run, &call, &seen, &refused, PAC_CLAUSE_NAMED_VALUE_SET_VALUES_UNSUITED_TYPE_REFUSED);
    return;
  }
  (void)call_judge(run, &call, &seen, &decision, main_clause(run));
  expect_element(run, &call, "Value", &row->value);
  if (row->is_type_open) {
    pac_run_reading(run, PAC_READING_A_56, pac_cim_type_word(row->value.type), "kept");
  }
}

static void pass_object(struct pac_case_run *run, const struct context_row *row) {
  struct context_row with_object = *row;
  pac_run_given(run, scene_class(run, SCENE_OTHER));
  with_object.value = pac_value_object(scene_instance(run, scene_stored(run, SCENE_OTHER), "embedded"));
  pass_value(run, &with_object);
}

static void pass_array_of_objects(struct pac_case_run *run, const struct context_row *row) {
  struct context_row with_objects = *row;
  pac_run_given(run, scene_class(run, SCENE_OTHER));
  const union pac_scalar objects[] = {{.object = scene_instance(run, scene_stored(run, SCENE_OTHER), "one")},
                                      {.object = scene_instance(run, scene_stored(run, SCENE_OTHER), "two")}};
  with_objects.value = pac_value_array(PAC_CIM_OBJECT, objects, 2);
  pass_value(run, &with_objects);
}

static void pass_nothing(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  call.async_context = NULL;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
}

static void pass_empty_set(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  call.async_context = scene_values(run);
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
}

/* Many elements, in no order of their names, with names that differ from the usual. */
static void pass_many(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  struct pac_named_values *context = scene_values(run);
  for (uint32_t i = 0; i < row->put.count; i++) {
    scene_value_add(run, context, pac_run_text(run, "Name %u of many \xc3\xbc", (unsigned)((i * 7) % row->put.count)),
                    pac_value_sint(PAC_CIM_SINT32, (int64_t)i));
  }
  call.async_context = context;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
}

/* One set for several calls, in turn and at the same time. */
static void use_set_for_all(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call calls[4];
  struct pac_decision decisions[4];
  struct pac_put_seen seen[4];
  const struct pac_named_values *shared = scene_async_context(run, "all of them");
  for (unsigned i = 0; i < 4; i++) {
    calls[i] = row_call(run, &row->put, i);
    calls[i].async_context = shared;
    decisions[i] = call_decision(run, &calls[i]);
  }
  for (unsigned i = 0; i < 4; i++) {
    pac_run_start_put(run, &calls[i], &seen[i]);
  }
  for (unsigned i = 0; i < 4; i++) {
    const struct pac_outcome *outcome = &decisions[i].outcomes[0];
    pac_run_settle(run, calls[i].sink, pac_hresult_is_error(seen[i].answer) ? 0u : 1u);
    pac_run_see(run, &calls[i], &seen[i]);
    if (pac_run_judge_status(run, &calls[i], &seen[i], outcome->status, decisions[i].clauses[0])) {
      pac_run_require(run, pac_shadow_apply(&run->shadow, calls[i].object, outcome->effect, &run->shadow), "the shadow");
    }
  }
  pac_run_judge_state(run, main_clause(run));
}

static void use_set_twice_in_a_call(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  call.context = call.async_context;
  (void)call_put(run, &call, &seen, main_clause(run));
}

/* Elements that would mean something in the fourth argument mean nothing in the fifth. */
static void name_like_extensions(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  struct pac_named_values *context = scene_values(run);
  const union pac_scalar listed[] = {{.text = "Note"}};
  scene_value_add(run, context, PAC_CONTEXT_PUT_EXTENSIONS, pac_value_boolean(true));
  scene_value_add(run, context, PAC_CONTEXT_PUT_EXT_CLIENT_REQUEST, pac_value_boolean(true));
  scene_value_add(run, context, PAC_CONTEXT_PUT_EXT_PROPERTIES, pac_value_array(PAC_CIM_STRING, listed, 1));
  call.async_context = context;
  (void)call_put(run, &call, &seen, main_clause(run));
}

static void ask_provider(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  pac_run_given_provider(run, SCENE_CLASS,
                         &(struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .recorder = step_recorder(run)});
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = pac_session_provider_calls(run->session, &calls);
  for (uint32_t i = 0; i < count; i++) {
    if (calls[i]->context != NULL && pac_named_values_item(calls[i]->context, "Call") != NULL) {
      pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_ASYNC_CONTEXT_PROVIDER_NOT_HANDED_OVER,
                   "the provider to hear nothing of the async context", "it was handed the element Call");
    }
  }
}

/* Whether the later content shows in the events is open, as long as they agree; those before the change do not
 * count. */
static void change_after_return(struct pac_case_run *run, const struct context_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  struct pac_named_values *passed = scene_async_context(run, "as passed");
  struct pac_named_values *later = scene_async_context(run, "changed");
  struct pac_put_call call_as_passed = call;
  struct pac_decision decision = call_decision(run, &call);
  call_as_passed.async_context = passed;
  call.async_context = scene_async_context(run, "as passed");
  pac_run_start_put(run, &call_as_passed, &seen);
  const struct pac_event *const *events = NULL;
  uint32_t before_change = pac_session_events(run->session, &events);
  scene_value_add(run, passed, "Call", pac_value_string("changed"));
  pac_run_note(run, "the caller has changed the async context");
  pac_run_settle(run, call.sink, pac_hresult_is_error(seen.answer) ? 0u : 1u);
  uint32_t count = pac_session_events(run->session, &events);
  uint32_t later_count = 0;
  uint32_t event_count = 0;
  for (uint32_t i = before_change; i < count; i++) {
    bool is_own = events[i]->sink == call.sink;
    event_count += is_own ? 1u : 0u;
    later_count += is_own && pac_named_values_equal(events[i]->async_context, later) ? 1u : 0u;
  }
  if (event_count > 0) {
    pac_run_reading(run, PAC_READING_A_09, "changed after the call", later_count > 0 ? "live" : "copy");
  }
  if (later_count > 0 && later_count != event_count) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ASYNC_CONTEXT_RETURNED_EXACTLY_SAME_ELEMENTS,
                 "the old or the new content in all events that follow the change", "the one in some, the other in others");
  } else if (later_count == 0) {
    pac_run_see(run, &call, &seen);
    (void)call_judge(run, &call, &seen, &decision, PAC_CLAUSE_NONE);
  }
}

static const struct context_row rows[] = {
#include "async_context.def"
};

STEP_SUITE(async_context, context_row, "Asynchronous context");
