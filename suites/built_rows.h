/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The form of row for rules that a table of flags and states does not hold: a function builds the scene and the object, one
 * put is made, and these outcomes are allowed.
 *
 *     CASE(null_in_a_key_is_refused_or_a_key_is_made_up,
 *          CLAUSES(PAC_CLAUSE_INSTANCE_NULL_KEY_REFUSED),
 *          .build = instance_with_null_key, .stored = with_key_of_path,
 *          EXPECT_OUTCOMES(...))
 *
 * The words CASE, CLAUSES, EXPECT and OUTCOME are those of put_rows.h. After every refused put the run function proves that
 * nothing changed and that the same services and sink still take a put, so a row need not say it.
 */
#ifndef PACHECK_SUITES_BUILT_ROWS_H
#define PACHECK_SUITES_BUILT_ROWS_H

#include "put_rows.h"

#define BUILT_OUTCOMES_MAX 16u

/** One put as it was made and judged. */
struct built_put {
  struct pac_put_call call;
  struct pac_put_seen seen;
  const struct pac_outcome *outcome; /* the one that matched; null when none did, or before judging */
  uint32_t first_provider_call;      /* index in the session's provider calls of the first one after the call began */
};

struct built_row {
  const char *name;
  enum pac_clause clauses[PAC_CASE_CLAUSES_MAX];
  uint32_t features;

  /* The scene. */
  const struct pac_object *(*build)(struct pac_case_run *run); /* stores what is there; gives the object, null for none */
  const char *text;              /* what a builder makes of it is the suite's choice: a class name, a property */
  const struct pac_value *value; /* likewise */
  enum pac_status answer;        /* of the test provider */
  uint32_t without;              /* bits of enum pac_right that the caller lacks during the put */

  /* The call. */
  uint32_t flags;
  bool has_null_sink;
  struct pac_named_values *(*context)(struct pac_case_run *run); /* null: none is passed */
  /* null: a set that names the call; `context` is the set that is passed as provider context. */
  struct pac_named_values *(*async_context)(struct pac_case_run *run, struct pac_named_values *context);
  /* null: pac_run_put. The context may be changed in it: it is the caller's. */
  void (*put)(struct pac_case_run *run, struct built_put *put, struct pac_named_values *context);

  /* What is allowed. */
  bool is_before_start;          /* section 1.4 puts the check before the start: where the error shows is recorded */
  /* What an accepted put stores; null: the object as passed. It may take from run->shadow what the put replaces. */
  const struct pac_object *(*stored)(struct pac_case_run *run, const struct built_put *put);
  const char *scope;             /* of the readings; null: the case's name */
  enum pac_clause state_clause;  /* violated when a refused put changed something; NONE: the main clause */
  struct pac_outcome outcomes[BUILT_OUTCOMES_MAX];
  uint32_t outcome_count;        /* 0 (AS_DECIDED): those of the decision table */
  /* What else has to hold; null: nothing. Only called when an outcome matched. */
  void (*then)(struct pac_case_run *run, const struct built_put *put);
};

#define AS_DECIDED .outcome_count = 0
/* The row's value: one, several of a list, or none of that type. */
#define VALUE(cim_type, member, ...) \
  .value = &(const struct pac_value){.type = PAC_CIM_##cim_type, .scalar = {.member = __VA_ARGS__}}
#define ELEMENTS(cim_type, list)                                                            \
  .value = &(const struct pac_value){.type = PAC_CIM_##cim_type,                            \
                                     .is_array = true,                                      \
                                     .count = (uint32_t)(sizeof(list) / sizeof (list)[0]),  \
                                     .elements = (list)}
#define NOTHING(cim_type) .value = &(const struct pac_value){.type = PAC_CIM_##cim_type, .is_null = true}

/** The row of the running case. */
const struct built_row *built_row_of(const struct pac_case_run *run);

/** Builds, puts, judges, and proves that the services are usable after a refusal. */
void run_built_row(struct pac_case_run *run);

/** The case of a row. A row that allows a refusal also exercises what holds after every refusal. */
enum pac_result built_row_case(const struct built_row *row, const struct pac_suite *suite, struct pac_case *out);

/** True when the put was judged as accepted. */
bool built_put_is_accepted(const struct built_put *put);

/** The provider calls of the put: *calls is the first of them. */
uint32_t built_put_provider_calls(struct pac_case_run *run, const struct built_put *put,
                                  const struct pac_provider_call *const **calls);

/**
 * Holds the context that the provider was given for the put against `expected`: an element that is missing violates
 * context.provider.receives_elements, one that differs or that nobody passed violates `clause`.
 */
void built_put_check_context(struct pac_case_run *run, const struct built_put *put,
                             const struct pac_named_values *expected, enum pac_clause clause);

/**
 * Finds which of several states an accepted put left: the first of `candidates` (objects as stored) that the namespace
 * agrees with, recorded as the reading's option of the same index. When none agrees the first is given, and judging it
 * finds the difference.
 */
const struct pac_object *built_choose_stored(struct pac_case_run *run, const struct pac_object *const *candidates,
                                                 const char *const *options, uint32_t count, enum pac_reading reading);

/* Defines the suite `topic` from the rows of <topic>.def, which the including file has expanded into `rows`. */
#define BUILT_SUITE(topic, headline)                                                                    \
  static enum pac_result case_at(struct pac_arena *arena, size_t index, struct pac_case *out) {             \
    (void)arena;                                                                                            \
    return built_row_case(&rows[index], &pac_suite_##topic, out);                                           \
  }                                                                                                         \
  const struct pac_suite pac_suite_##topic = {.name = #topic,                                               \
                                              .title = headline,                                            \
                                              .case_count = sizeof rows / sizeof rows[0],                   \
                                              .case_at = case_at,                                           \
                                              .run = run_built_row}

#endif
