/* SPDX-License-Identifier: Apache-2.0 */
/* Every value of the eight bits that mean something to a put, every single other bit, and negative values; each for a class
 * and an instance, absent and present. The rows are computed and the decision table says what is allowed. */
#include <stdio.h>

#include "scene.h"

extern const struct pac_suite pac_suite_flag_values;

/* The eight bits of CONTRACT.md, section 2.5, lowest first. */
static const uint32_t product_bits[8] = {
    PAC_FLAG_UPDATE_ONLY, PAC_FLAG_CREATE_ONLY, PAC_FLAG_RETURN_IMMEDIATELY, PAC_FLAG_UPDATE_SAFE,
    PAC_FLAG_UPDATE_FORCE, PAC_FLAG_SEND_STATUS, PAC_FLAG_OWNER_UPDATE, PAC_FLAG_AMENDED,
};
#define PRODUCT_MASK 0x000300f3u
#define PRODUCT_COUNT 256u
#define OTHER_BITS_COUNT 24u

/* As a script writes them: -1, -2, the smallest number, and the reserved masks of section 2.2. */
static const uint32_t whole_values[] = {0xffffffffu, 0xfffffffeu, 0xfffffffdu, 0x80000001u, 0x80000010u, 0x7fffffffu,
                                        0x0001f000u, 0x00000060u | 0x80000000u};
#define WHOLE_COUNT (sizeof whole_values / sizeof whole_values[0])
#define VALUES_COUNT (PRODUCT_COUNT + OTHER_BITS_COUNT + WHOLE_COUNT)

/* Which states each value is tried in. */
struct state {
  const char *word;
  bool is_class;
  bool exists;
};
static const struct state states[] = {
    {"class_absent", true, false},
    {"class_present", true, true},
    {"instance_absent", false, false},
    {"instance_present", false, true},
};
#define STATES_COUNT (sizeof states / sizeof states[0])

static uint32_t value_at(size_t index) {
  uint32_t value = 0;
  if (index < PRODUCT_COUNT) {
    for (unsigned bit = 0; bit < 8; bit++) {
      value |= (index >> bit & 1u) != 0 ? product_bits[bit] : 0u;
    }
    return value;
  }
  index -= PRODUCT_COUNT;
  if (index >= OTHER_BITS_COUNT) {
    return whole_values[index - OTHER_BITS_COUNT];
  }
  for (unsigned bit = 0; bit < 32; bit++) {
    value = 1u << bit;
    if ((value & PRODUCT_MASK) == 0) {
      if (index == 0) {
        return value;
      }
      index -= 1;
    }
  }
  return value;
}

/* The sentence that a value exercises first: an exclusion, a contested bit, or the combination. */
static void add_clauses(struct pac_case *out, uint32_t flags, const struct state *state) {
  size_t count = 0;
#define ADD(condition, clause)          \
  if (condition) {                      \
    out->clauses[count] = clause;       \
    count += 1;                         \
  }
  const bool has_create_pair = (flags & 0x3u) == 0x3u;
  const bool has_update_pair = (flags & 0x60u) == 0x60u;
  ADD(has_create_pair, PAC_CLAUSE_FLAGS_EXISTENCE_BOTH_REFUSED);
  ADD(has_update_pair, PAC_CLAUSE_FLAGS_UPDATE_MODE_BOTH_REFUSED);
  ADD(has_create_pair || has_update_pair, PAC_CLAUSE_FLAGS_REFUSAL_CHANGES_NOTHING);
  ADD(has_create_pair || has_update_pair, PAC_CLAUSE_FLAGS_REFUSAL_INVALID_PARAMETER);
  ADD(has_create_pair || has_update_pair, PAC_CLAUSE_ERROR_INVALID_PARAMETER_FLAGS);
  ADD((flags & 0xffec0c0cu) != 0, PAC_CLAUSE_FLAGS_UNKNOWN_BITS_REFUSED);
  ADD((flags & 0x300u) != 0, PAC_CLAUSE_FLAGS_OTHER_METHODS_NOT_IN_SET);
  ADD((flags & 0x10f000u) != 0, PAC_CLAUSE_FLAGS_RESERVED_BITS_IGNORED);
  ADD((flags & 0x80u) != 0, PAC_CLAUSE_FLAGS_SEND_STATUS_ACCEPTED);
  ADD((flags & 0x80u) != 0 && count < PAC_CASE_CLAUSES_MAX - 4, PAC_CLAUSE_FLAGS_SEND_STATUS_SAME_RESULT);
  ADD((flags & 0x10000u) != 0 && count < PAC_CASE_CLAUSES_MAX - 4, PAC_CLAUSE_FLAGS_OWNER_UPDATE_NO_EFFECT);
  ADD(!state->is_class && (flags & 0x60u) != 0 && !has_update_pair, PAC_CLAUSE_FLAGS_UPDATE_MODE_INSTANCE_OUTSIDE_SET);
  ADD(!state->is_class && (flags & 0x60u) != 0 && !has_update_pair && count < PAC_CASE_CLAUSES_MAX - 3, PAC_CLAUSE_FLAGS_UPDATE_MODE_INSTANCE_UNAFFECTED);
  ADD(flags == PAC_FLAG_RETURN_IMMEDIATELY, PAC_CLAUSE_PUT_ASYNC_RETURN_IMMEDIATELY_ACCEPTED);
  ADD((flags & 0x10u) != 0 && count < PAC_CASE_CLAUSES_MAX - 2, PAC_CLAUSE_PUT_ASYNC_RETURN_SAME_RESULT_AND_EVENTS);
  ADD(count == 0 || (count < PAC_CASE_CLAUSES_MAX - 1 && !has_create_pair && !has_update_pair), PAC_CLAUSE_FLAGS_GROUPS_ONE_OF_EACH_COMBINES);
#undef ADD
}

static enum pac_result case_at(struct pac_arena *arena, size_t index, struct pac_case *out) {
  const struct state *state = &states[index % STATES_COUNT];
  uint32_t flags = value_at(index / STATES_COUNT);
  char name[64];
  int length = snprintf(name, sizeof name, "flags_0x%08x_%s", (unsigned)flags, state->word);
  *out = (struct pac_case){.suite = &pac_suite_flag_values, .row = state, .number = flags};
  out->name = pac_arena_copy_text(arena, name, (size_t)length);
  if (out->name == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  add_clauses(out, flags, state);
  return PAC_RESULT_OK;
}

static void run_flag_value(struct pac_case_run *run) {
  const struct state *state = run->the_case->row;
  struct pac_object *object = scene_class(run, SCENE_CLASS);
  if (state->is_class && state->exists) {
    pac_run_given(run, object);
    object = scene_copy(run, object);
    scene_set(run, object, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  } else if (!state->is_class) {
    pac_run_given(run, object);
    object = scene_instance(run, object, "the one");
    if (state->exists) {
      pac_run_given(run, object);
      object = scene_copy(run, object);
    }
    scene_set(run, object, "Note", pac_value_string("new"));
  }
  struct pac_put_call call = {.sink = pac_run_sink(run, PAC_SINK_RECORDS),
                              .object = object,
                              .flags = run->the_case->number,
                              .async_context = scene_async_context(run, "flags")};
  struct pac_decision decision;
  pac_run_decide(run, &call, &decision);
  struct pac_expectation expectation = pac_expectation_of(&decision);
  expectation.state_clause = PAC_CLAUSE_FLAGS_REFUSAL_CHANGES_NOTHING;
  struct pac_put_seen seen;
  pac_run_put(run, &call, &seen);
  (void)pac_run_judge(run, &call, &seen, &expectation, run->the_case->clauses[0]);
}

const struct pac_suite pac_suite_flag_values = {
    .name = "flag_values",
    .title = "Every flag value: combinations and other bits",
    .case_count = VALUES_COUNT * STATES_COUNT,
    .case_at = case_at,
    .run = run_flag_value,
};
