/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The journal: what happened in a run, as JSON Lines, one object a line. Reports are made from it and from nothing else.
 *
 * Lines, each with a member "type":
 *   run    first: what was judged and how (struct pac_journal_run)
 *   start  a case starts: "index", "case". Only between worker and supervisor; a stored journal has none
 *   case   a case has ended: everything in struct pac_journal_case
 *   late   an event came after its case had ended: "index", "case", "event"
 *   end    last: "planned", and how often each verdict stands in the file. A journal without it is that of a run cut short
 * The format is documented in JOURNAL.md; PAC_JOURNAL_VERSION is raised when a member changes its meaning.
 */
#ifndef PACHECK_RUNNER_JOURNAL_H
#define PACHECK_RUNNER_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "case/case.h"

#define PAC_JOURNAL_VERSION 1u
#define PAC_JOURNAL_LINE_MAX (1u << 20) /* octets of one line; a longer one is malformed */
#define PAC_JOURNAL_TEXT_MAX 4096u      /* octets of one text as printed; the writer cuts a longer one and adds "..." */
#define PAC_JOURNAL_FILTERS_MAX 64u
#define PAC_JOURNAL_OPTIONS_MAX 64u
#define PAC_JOURNAL_CASES_MAX (1u << 20) /* case lines of one journal; more are malformed */
#define PAC_JOURNAL_LATE_MAX (1u << 16)  /* late lines of one journal; more are malformed */

struct pac_journal_run {
  const char *suite_version;   /* of pacheck */
  const char *adapter;         /* as on the command line: "reference", "./libmine.so" */
  const char *name;            /* of the implementation, as the adapter says */
  const char *version;
  uint32_t features;
  enum pac_profile profile;
  uint64_t seed;
  uint32_t timeout_ms;
  uint32_t planned;            /* cases */
  uint32_t shard_index, shard_count; /* 0 of 1 when not sharded */
  const char *const *filters;  /* as given; filter_count of them */
  uint32_t filter_count;
  const struct pac_option *options;
  uint32_t option_count;
};

/** True for a run of a part of the plan, which has no case of many clauses. */
static inline bool pac_journal_run_is_part(const struct pac_journal_run *run) {
  return run->filter_count > 0 || run->shard_count > 1;
}

struct pac_journal_case {
  uint32_t index;              /* in the whole plan before sharding and filtering */
  const char *suite;
  const char *name;            /* the case's id is suite "/" name */
  const enum pac_clause *clauses; /* ends with NONE */
  uint32_t features;           /* what it needs, bits of enum pac_feature: tells a clause that only needs the required */
  const struct pac_case_record *record;
  double milliseconds;         /* the only member that differs from run to run */
};

/** A loaded journal. Everything in it lives in its arena. */
struct pac_journal {
  struct pac_arena *arena;
  struct pac_journal_run run;
  struct pac_journal_case *cases; /* in plan order; late events are in the records as findings */
  uint32_t case_count;
  const char **strays;            /* late events that no case of the journal can be charged with */
  uint32_t stray_count;
  bool is_complete;               /* it has its end line, and so do the other shards' */
  uint32_t shards;                /* journals that it was read from */
};

/* Each writes one line. Errors: PAC_RESULT_IO, PAC_RESULT_NO_MEMORY, PAC_RESULT_LIMIT. A suite's name has no slash. A late
 * event of an unknown case has the index UINT32_MAX and null for suite and name. */
enum pac_result pac_journal_write_run(FILE *file, const struct pac_journal_run *run);
enum pac_result pac_journal_write_start(FILE *file, uint32_t index, const char *suite, const char *name);
enum pac_result pac_journal_write_case(FILE *file, const struct pac_journal_case *the_case);
enum pac_result pac_journal_write_late(FILE *file, uint32_t index, const char *suite, const char *name,
                                       const char *event);
enum pac_result pac_journal_write_end(FILE *file, uint32_t planned, const uint32_t verdict_counts[PAC_VERDICT_COUNT]);

enum pac_journal_line_kind {
  PAC_JOURNAL_RUN,
  PAC_JOURNAL_START,
  PAC_JOURNAL_CASE,
  PAC_JOURNAL_LATE,
  PAC_JOURNAL_END,
};

/** One parsed line; which member counts follows from kind. Everything in it lives in the arena given to the parser. */
struct pac_journal_line {
  enum pac_journal_line_kind kind;
  struct pac_journal_run run;
  struct pac_journal_case the_case; /* start, case, late: index, suite, name */
  const char *late_event;
  uint32_t planned;
  uint32_t verdict_counts[PAC_VERDICT_COUNT];
};

/** Parses one line (without its newline). Errors: PAC_RESULT_MALFORMED with a sentence in `why` (may be null). */
enum pac_result pac_journal_parse(struct pac_arena *arena, const char *text, size_t length,
                                  struct pac_journal_line *line, char *why, size_t why_size);

/**
 * Reads a whole journal.
 *
 * A late event becomes a finding of its case, which then fails; without such a case it is a stray. Several case lines for
 * one index: the last one counts. A last line without its newline that cannot be parsed is where a run was cut short: it
 * is left out, and the journal is not complete. Errors: PAC_RESULT_IO, PAC_RESULT_NO_MEMORY, PAC_RESULT_MALFORMED with a
 * sentence that names the line.
 */
enum pac_result pac_journal_read(FILE *file, struct pac_journal **given, char *why, size_t why_size);
/** The same with a memory source of the caller's; null means malloc. */
enum pac_result pac_journal_read_with(const struct pac_memory *memory, FILE *file, struct pac_journal **given,
                                      char *why, size_t why_size);
/**
 * Reads the journals of several shards of one run as one: what was planned is their sum, and when all shards are there it is
 * the journal of the whole plan. Errors: those above, and PAC_RESULT_MALFORMED for journals of different runs or a shard
 * that comes twice; `*at` is the file that the sentence is about.
 */
enum pac_result pac_journal_read_shards(const struct pac_memory *memory, FILE *const *files, size_t count,
                                        struct pac_journal **given, size_t *at, char *why, size_t why_size);
void pac_journal_free(struct pac_journal *journal);

#endif
