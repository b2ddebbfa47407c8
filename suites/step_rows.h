/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The form of row for cases that do more than one put: a row names the steps that it takes and the data for them.
 *
 * A suite of such rows is a .def file of
 *
 *     CASE(every_put_of_a_shared_sink_gets_its_own_events,
 *          CLAUSES(PAC_CLAUSE_..., PAC_CLAUSE_...),
 *          .steps = share_sink, .situation = SITUATION_NEW_INSTANCE, .count = 16)
 *
 * and a .c file with a static function for each kind of steps. What the calls have to give is not in the row: the decision
 * table knows it for every situation.
 */
#ifndef PACHECK_SUITES_STEP_ROWS_H
#define PACHECK_SUITES_STEP_ROWS_H

#include <string.h>

#include "put_rows.h"

/* enumerator, what is put, whether it is stored already, whether it differs from that, flags, and the words of a reading */
#define SITUATION_MAP(X)                                                                                       \
  X(NEW_CLASS, CLASS, false, true, 0, "new class")                                                             \
  X(NEW_INSTANCE, INSTANCE, false, true, 0, "new instance")                                                    \
  X(CHANGED_CLASS, CLASS, true, true, 0, "changed class")                                                      \
  X(CHANGED_INSTANCE, INSTANCE, true, true, 0, "changed instance")                                             \
  X(SAME_CLASS, CLASS, true, false, 0, "unchanged class")                                                      \
  X(SAME_INSTANCE, INSTANCE, true, false, 0, "unchanged instance")                                             \
  X(CLASS_EXISTS, CLASS, true, true, PAC_FLAG_CREATE_ONLY, "create-only, class exists")                        \
  X(INSTANCE_EXISTS, INSTANCE, true, true, PAC_FLAG_CREATE_ONLY, "create-only, instance exists")               \
  X(CLASS_MISSING, CLASS, false, true, PAC_FLAG_UPDATE_ONLY, "update-only, class missing")                     \
  X(INSTANCE_MISSING, INSTANCE, false, true, PAC_FLAG_UPDATE_ONLY, "update-only, instance missing")            \
  X(BAD_FLAGS_CLASS, CLASS, false, true, PAC_FLAG_UPDATE_ONLY | PAC_FLAG_CREATE_ONLY, "flags 3, class")        \
  X(BAD_FLAGS_INSTANCE, INSTANCE, false, true, PAC_FLAG_UPDATE_ONLY | PAC_FLAG_CREATE_ONLY, "flags 3, instance")

/** Which put is made: the first six succeed, the others fail. */
enum situation {
#define SITUATION_ENUMERATOR(name, put, exists, changed, flags, words) SITUATION_##name,
  SITUATION_MAP(SITUATION_ENUMERATOR)
#undef SITUATION_ENUMERATOR
};

const char *situation_words(enum situation situation);

struct step_row {
  const char *name;
  enum pac_clause clauses[PAC_CASE_CLAUSES_MAX];
  uint32_t features;
  void (*steps)(struct pac_case_run *run, const struct step_row *row);
  enum situation situation;
  enum situation every_other;   /* of the second, fourth, ... of several calls */
  uint32_t flags;               /* added to those of the situation */
  uint32_t count;               /* of calls */
  enum pac_sink_manner manner;
  bool omits_sink, omits_object;
  bool has_context, has_async_context;
  enum pac_status answer;       /* of the test provider */
  uint32_t progress_count, progress_code;
};

/**
 * The call of a situation, without sink and contexts. Stores what has to be there first: the class of an instance, and
 * the object itself when the situation says that it exists.
 *
 * `number` tells objects of one case apart: it is part of the class's name or of the instance's key.
 */
struct pac_put_call situation_call(struct pac_case_run *run, enum situation situation, uint32_t number);

/** The call of the row's situation, complete: with a sink of the row's manner and an async context. */
struct pac_put_call row_call(struct pac_case_run *run, const struct step_row *row, uint32_t number);

/** Asks the decision table what a call may give now, in the state before it. */
struct pac_decision call_decision(struct pac_case_run *run, const struct pac_put_call *call);

/**
 * Judges a settled call against a decision that was taken before it. `clause` is what another outcome or state violates;
 * NONE for the sentence behind the decision. True when the outcome is allowed.
 */
bool call_judge(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen,
                const struct pac_decision *decision, enum pac_clause clause);

/** Decides, puts and judges. True when the outcome is allowed. */
bool call_put(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen,
              enum pac_clause clause);

/** The steps of a row that makes one put; another outcome than the table allows violates what stands behind that. */
void put_and_judge(struct pac_case_run *run, const struct step_row *row);

/** The row's main clause. */
enum pac_clause main_clause(const struct pac_case_run *run);

/** A recorder for a test provider. */
struct pac_provider *step_recorder(struct pac_case_run *run);

/** Gives the scene's class a recorded provider that answers what the row says. */
void back_with_answer(struct pac_case_run *run, const struct step_row *row);

/** Makes the put of a row whose provider answers, and judges that this answer, or the general provider failure, completes it. */
void put_to_answering_provider(struct pac_case_run *run, const struct step_row *row, struct pac_put_seen *seen);

/* Defines the suite `topic` from `rows`, whose elements are `struct row_type` and begin as struct step_row does. */
#define STEP_SUITE(topic, row_type, headline)                                                               \
  static enum pac_result case_at(struct pac_arena *arena, size_t index, struct pac_case *out) {             \
    (void)arena;                                                                                            \
    *out = (struct pac_case){.name = rows[index].name,                                                      \
                             .features = rows[index].features,                                              \
                             .suite = &pac_suite_##topic,                                                   \
                             .row = &rows[index]};                                                          \
    memcpy(out->clauses, rows[index].clauses, sizeof out->clauses);                                         \
    return PAC_RESULT_OK;                                                                                   \
  }                                                                                                         \
  static void run_row(struct pac_case_run *run) {                                                           \
    const struct row_type *row = run->the_case->row;                                                        \
    row->steps(run, row);                                                                                   \
  }                                                                                                         \
  const struct pac_suite pac_suite_##topic = {.name = #topic,                                               \
                                              .title = headline,                                            \
                                              .case_count = sizeof rows / sizeof rows[0],                   \
                                              .case_at = case_at,                                           \
                                              .run = run_row}

#endif
