/* SPDX-License-Identifier: Apache-2.0 */
/* Shortage of memory at every point of a put: the allocation that fails is moved on until the put succeeds. Each failure has
 * to give the out-of-memory code in exactly one place and leave nothing half-written, and the same put has to succeed at once
 * when it is repeated. */
#include "builders.h"

extern const struct pac_suite pac_suite_out_of_memory;

/* Far beyond the allocations of any put, short of for ever. */
#define POINTS_MAX 1000u

static const struct pac_object *derived_class_with_method(struct pac_case_run *run) {
  struct pac_object *derived = scene_copy(run, build_derived_class(run));
  scene_method(run, derived, "Act", PAC_CIM_UINT32);
  return derived;
}

/* A class whose update has to reach a derived class that contradicts it. */
static const struct pac_object *class_over_contradicting_child(struct pac_case_run *run) {
  const struct pac_object *stored = scene_given_class(run);
  struct pac_object *child = scene_derive(run, stored, SCENE_CHILD);
  scene_qualify(run, child, "Color", pac_value_string("green"), SCENE_TO_ALL);
  pac_run_given(run, child);
  struct pac_object *changed = scene_copy(run, stored);
  scene_qualify(run, changed, "Color", pac_value_string("red"), SCENE_TO_ALL);
  return changed;
}

static struct pac_named_values *some_context(struct pac_case_run *run) {
  struct pac_named_values *set = scene_values(run);
  scene_value_add(run, set, "Hint", pac_value_string("a text for the provider"));
  return set;
}

static void fail_allocation(struct pac_case_run *run, uint32_t nth) {
  pac_hresult answer = run->settings->adapter->fail_allocation(run->services, nth);
  pac_run_answer(run, answer, "fail_allocation");
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "fail_allocation(%u) answered %s", (unsigned)nth, code);
  }
}

/* One put in a fresh namespace with the nth allocation failing: what an attempt keeps for later, such as a list that has
 * grown, would make the next one skip a point. Returns true when the put went through all the same. */
static bool try_point(struct pac_case_run *run, const struct built_row *row, uint32_t nth) {
  static const struct pac_outcome refused = {PAC_STATUS_OUT_OF_MEMORY, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL};
  const struct pac_expectation shortage = {.outcomes = &refused,
                                           .outcome_count = 1,
                                           .state_clause = PAC_CLAUSE_ERROR_OUT_OF_MEMORY_NOTHING_HALF_WRITTEN};
  const struct pac_expectation accepted = {.outcomes = row->outcomes, .outcome_count = row->outcome_count};
  struct pac_put_call call = {.object = row->build(run),
                              .sink = pac_run_sink(run, PAC_SINK_RECORDS),
                              .flags = row->flags,
                              .context = some_context(run),
                              .async_context = scene_async_context(run, row->name)};
  struct pac_put_seen seen;
  pac_run_note(run, "allocation %u of the put fails", (unsigned)nth);
  fail_allocation(run, nth);
  pac_run_put(run, &call, &seen);
  fail_allocation(run, 0);
  if (seen.place == PAC_PLACE_COMPLETED && !pac_hresult_is_error(seen.outcome)) {
    (void)pac_run_judge(run, &call, &seen, &accepted, PAC_CLAUSE_ERROR_OUT_OF_MEMORY_NOTHING_HALF_WRITTEN);
    return true;
  }
  if (pac_run_judge(run, &call, &seen, &shortage, PAC_CLAUSE_ERROR_OUT_OF_MEMORY_GIVEN) != NULL) {
    pac_run_put(run, &call, &seen);
    (void)pac_run_judge(run, &call, &seen, &accepted, PAC_CLAUSE_ERROR_OUT_OF_MEMORY_NOTHING_HALF_WRITTEN);
  }
  return false;
}

static void run_sweep(struct pac_case_run *run) {
  uint32_t points = 0;
  while (!try_point(run, built_row_of(run), points + 1)) {
    points += 1;
    if (pac_run_findings(run) > 0) {
      return;
    }
    if (points == POINTS_MAX) {
      pac_run_broken(run, "the put still fails after %u points", POINTS_MAX);
    }
    pac_run_renew(run);
    pac_run_restart_timeline(run);
  }
  pac_run_note(run, "%u allocations of the put were made to fail, one after the other", (unsigned)points);
  if (points == 0) {
    pac_run_broken(run, "fail_allocation(1) did not make the put fail, so no shortage was seen");
  }
}

static enum pac_result sweep_case(const struct built_row *row, struct pac_case *out) {
  PAC_TRY(built_row_case(row, &pac_suite_out_of_memory, out));
  out->features |= PAC_FEATURE_ALLOCATION;
  return PAC_RESULT_OK;
}

static const struct built_row rows[] = {
#include "out_of_memory.def"
};

static enum pac_result case_at(struct pac_arena *arena, size_t index, struct pac_case *out) {
  (void)arena;
  return sweep_case(&rows[index], out);
}

const struct pac_suite pac_suite_out_of_memory = {.name = "out_of_memory",
                                                  .title = "Errors of the page's list: out of memory at every point",
                                                  .case_count = sizeof rows / sizeof rows[0],
                                                  .case_at = case_at,
                                                  .run = run_sweep};
