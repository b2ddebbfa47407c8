/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A case, a suite, and the record of one case that was run.
 *
 * A suite is one topic of the contract: a table of rows and one function that runs a row. Each row is one case. Running a
 * case fills a record: the verdict, what was found against which clause, which readings the implementation followed, and
 * the timeline of calls and events. The record is data: reports are made from it, elsewhere and later.
 */
#ifndef PACHECK_CASE_CASE_H
#define PACHECK_CASE_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/clauses.h"
#include "contract/readings.h"
#include "pacheck/adapter.h"
#include "pacheck/memory.h"

#define PAC_CASE_CLAUSES_MAX 12u
#define PAC_FINDINGS_MAX 16u
#define PAC_READINGS_SEEN_MAX 16u
#define PAC_TIMELINE_MAX 128u

struct pac_case_run;
struct pac_suite;

/** One case. Plain data; the strings belong to the suite or the plan. */
struct pac_case {
  const char *name;                                  /* a sentence about behaviour, unique within its suite */
  enum pac_clause clauses[PAC_CASE_CLAUSES_MAX];     /* what it exercises, the main one first; ends with NONE */
  uint32_t features;                                 /* bits of enum pac_feature that it needs */
  const struct pac_suite *suite;
  const void *row;                                   /* the suite's own */
  uint32_t number;                                   /* the row's number, for suites that compute their rows */
};

/** One suite: suites/<name>.c. */
struct pac_suite {
  const char *name;   /* the topic's word, and the name of its file: "create_update" */
  const char *title;  /* a line for readers */
  size_t case_count;
  /** Fills the case of row `index`. A name that is not constant is allocated from `arena`. */
  enum pac_result (*case_at)(struct pac_arena *arena, size_t index, struct pac_case *out);
  /** Runs a row. What it finds it reports through case_run.h; returning without a finding is a pass. */
  void (*run)(struct pac_case_run *run);
};

/** Every suite, in the order of the contract; ends with null. The list is suites/suites.def. */
extern const struct pac_suite *const pac_suites[];

/* Words of a verdict. Worker and supervisor give the first four; the report turns failures into the last two. */
#define PAC_VERDICT_MAP(X)                                                            \
  X(PASS, "pass", "everything observed is allowed")                                   \
  X(FAIL, "fail", "a clause is violated")                                             \
  X(UNSUPPORTED, "unsupported", "the adapter declares no such feature")               \
  X(BROKEN, "broken", "the harness or the set-up could not run it")                   \
  X(KNOWN, "known", "fails as recorded in the known differences")                     \
  X(UNEXPECTED_PASS, "unexpected pass", "recorded as a known difference, yet passes")

enum pac_verdict {
#define PAC_VERDICT_ENUMERATOR(name, word, text) PAC_VERDICT_##name,
  PAC_VERDICT_MAP(PAC_VERDICT_ENUMERATOR)
#undef PAC_VERDICT_ENUMERATOR
  PAC_VERDICT_COUNT
};

/* Why a case fails. */
#define PAC_REASON_MAP(X)                      \
  X(WRONG_OUTCOME, "wrong outcome")            \
  X(WRONG_EVENTS, "wrong events")              \
  X(WRONG_STATE, "wrong state")                \
  X(CRASH, "crash")                            \
  X(HANG, "hang")                              \
  X(LATE_EVENT, "late event")                  \
  X(INCONSISTENT, "inconsistent reading")

enum pac_reason {
#define PAC_REASON_ENUMERATOR(name, word) PAC_REASON_##name,
  PAC_REASON_MAP(PAC_REASON_ENUMERATOR)
#undef PAC_REASON_ENUMERATOR
  PAC_REASON_COUNT
};

const char *pac_verdict_word(enum pac_verdict verdict);
enum pac_result pac_verdict_find(const char *word, enum pac_verdict *verdict);
const char *pac_reason_word(enum pac_reason reason);
enum pac_result pac_reason_find(const char *word, enum pac_reason *reason);

/** One violation: clause, what the text expects, what was seen. */
struct pac_finding {
  enum pac_reason reason;
  enum pac_clause clause; /* NONE for a crash or a hang that no clause of the case explains */
  const char *expected;
  const char *observed;
};

/** One choice that the implementation made where the text leaves one. Within a run the same scope has one option. */
struct pac_reading_seen {
  enum pac_reading reading;
  const char *scope;  /* the situation, such as "flags 0x20, instance"; "" when there is only one */
  const char *option; /* what was chosen, such as "refused" */
};

/** What running a case gave. Everything in it lives in `arena`. */
struct pac_case_record {
  struct pac_arena *arena;
  enum pac_verdict verdict;
  const char *note; /* unsupported: the missing features; broken: why, one sentence; otherwise null */
  uint32_t finding_count;
  struct pac_finding findings[PAC_FINDINGS_MAX];
  uint32_t reading_count;
  struct pac_reading_seen readings[PAC_READINGS_SEEN_MAX];
  uint32_t timeline_count;
  const char *timeline[PAC_TIMELINE_MAX]; /* calls and events in order of time, one line each; of many the last ones */
};

/** Of which cases the timeline is kept. */
enum pac_timeline {
  PAC_TIMELINE_OF_FAILURES, /* those that do not pass */
  PAC_TIMELINE_OF_ALL,
  PAC_TIMELINE_OF_NONE, /* nothing is written down: for cases by the million, which are run again when they fail */
};

/** What holds for every case of a run. */
struct pac_case_settings {
  const struct pac_adapter *adapter;
  enum pac_profile profile;
  uint64_t seed;
  uint32_t timeout_ms; /* the longest wait for something that has to come */
  enum pac_timeline timeline;
  const struct pac_option *options;
  size_t option_count;
  const struct pac_memory *memory; /* of the case and its record; null means malloc */
  void (*goes_on)(void *context);  /* a call or a wait of the case is over, so it does not hang; may be null */
  void *goes_on_context;
};

/**
 * Runs one case. The verdict is always filled, also when memory is short (broken).
 *
 * `must_replace` (may be null) is set when something is still outstanding that could disturb later cases (a wait that ran
 * out): a worker process should then be replaced.
 */
void pac_case_execute(const struct pac_case *the_case, uint32_t case_index, const struct pac_case_settings *settings,
                      struct pac_case_record *record, bool *must_replace);

#define PAC_MISSING_FEATURES_OCTETS_MAX 200u
/** Prints what a case lacks, bits of enum pac_feature: "needs the features cancel and provider". As snprintf. */
size_t pac_missing_features_print(uint32_t missing, char *buffer, size_t size);

/** Frees what the record holds and empties it. */
void pac_case_record_reset(struct pac_case_record *record);

/** The failure line of a finding, for CUnit and terminals: `[clause] case: expected X, got Y`. As snprintf. */
size_t pac_finding_print(const struct pac_finding *finding, const char *case_name, char *buffer, size_t size);

/* Late events ----------------------------------------------------------------------------------------------------- */

/** An event that came after its case had ended. */
struct pac_late_event {
  uint32_t case_index;     /* as given to pac_case_execute; UINT32_MAX when the case is too long ago to tell */
  enum pac_event_kind kind;
  char text[160];          /* the event's line, as in a timeline */
};

/** Takes the oldest late event that nobody has taken yet; false when there is none. Safe from any thread. */
bool pac_late_event_take(struct pac_late_event *out);

#endif
