/* SPDX-License-Identifier: Apache-2.0 */
/** Journals for tests, written as the lines that they consist of. */
#ifndef PACHECK_UNIT_JOURNAL_LINES_H
#define PACHECK_UNIT_JOURNAL_LINES_H

#include <string.h>

#include "runner/journal.h"
#include "unit.h"

/* A run line with these features, profile and number of planned cases, and what stands in the last members. */
#define RUN_LINE(features, profile, planned, rest)                                                        \
  "{\"type\":\"run\",\"journal\":1,\"pacheck\":\"0.1.0\",\"adapter\":\"./libmine.so\",\"name\":\"Mine\"," \
  "\"version\":\"1.2\",\"features\":\"" features "\",\"profile\":\"" profile                              \
  "\",\"seed\":\"7\","                                                                                    \
  "\"timeout_ms\":5000,\"planned\":" planned "," rest "}\n"
#define WHOLE_PLAN "\"shard_index\":0,\"shard_count\":1"

/* A case line: index, name within the suite "flags", verdict, and further members, each with its comma in front. */
#define CASE_LINE(index, name, verdict, rest) \
  "{\"type\":\"case\",\"index\":" index ",\"case\":\"flags/" name "\",\"verdict\":\"" verdict "\",\"ms\":1" rest "}\n"
#define LATE_LINE(index, event) "{\"type\":\"late\",\"index\":" index ",\"event\":\"" event "\"}\n"
#define END_LINE(planned)                                                \
  "{\"type\":\"end\",\"planned\":" planned                               \
  ",\"verdicts\":{\"pass\":0,\"fail\":0,\"unsupported\":0,\"broken\":0," \
  "\"known\":0,\"unexpected pass\":0}}\n"

#define SEED_CLAUSE "put_async.call.stores_object"
#define OTHER_SEED_CLAUSE "put_async.call.outcome_by_sink"
#define CLAUSES(list) ",\"clauses\":[" list "]"
#define READS(number, scope, option) \
  ",\"readings\":[{\"reading\":\"" number "\",\"scope\":\"" scope "\",\"option\":\"" option "\"}]"
#define FINDS(clause) \
  ",\"findings\":[{\"reason\":\"wrong outcome\",\"clause\":\"" clause "\",\"expected\":\"x\",\"observed\":\"y\"}]"

/** Reads a journal from text, with memory of the test's own. `why` has at least 200 octets. */
static inline enum pac_result journal_of(const struct pac_memory *memory, const char *text, size_t length,
                                         struct pac_journal **journal, char *why) {
  why[0] = '\0';
  char empty[1] = "";
  FILE *file = length == 0 ? fmemopen(empty, 1, "r") : fmemopen((void *)(uintptr_t)text, length, "r");
  if (file == NULL) {
    return PAC_RESULT_IO;
  }
  if (length == 0) {
    (void)getc(file);
  }
  enum pac_result result = pac_journal_read_with(memory, file, journal, why, 200);
  fclose(file);
  return result;
}

/** The journal of lines that are known to be good; the test stops when they are not. */
static inline struct pac_journal *journal_of_lines(const char *lines) {
  struct pac_journal *journal = NULL;
  char why[200];
  if (journal_of(NULL, lines, strlen(lines), &journal, why) != PAC_RESULT_OK) {
    fprintf(stderr, "%s\n", why);
    CU_FAIL_FATAL("the lines are no journal");
  }
  return journal;
}

static const enum pac_clause two_clauses[] = {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT,
                                              PAC_CLAUSE_PUT_ASYNC_CALL_OUTCOME_BY_SINK, PAC_CLAUSE_NONE};

/* What a writer call left in its file; the caller's to free. */
struct written {
  FILE *file;
  char *text;
  size_t length;
};

static inline FILE *written_start(struct written *written) {
  *written = (struct written){0};
  written->file = open_memstream(&written->text, &written->length);
  CU_ASSERT_PTR_NOT_NULL_FATAL(written->file);
  return written->file;
}

static inline void written_end(struct written *written) {
  CU_ASSERT_EQUAL_FATAL(fclose(written->file), 0);
}

static inline struct pac_arena *arena_new(void) {
  struct pac_arena *arena = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(NULL, 0, &arena), PAC_RESULT_OK);
  return arena;
}

/* A record that has something of everything. */
static inline void fill_record(struct pac_case_record *record) {
  *record = (struct pac_case_record){
      .verdict = PAC_VERDICT_FAIL, .note = "why", .finding_count = 2, .reading_count = 1, .timeline_count = 2};
  record->findings[0] = (struct pac_finding){PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT,
                                             "wbemNoErr", "wbemErrFailed \"!\""};
  record->findings[1] = (struct pac_finding){PAC_REASON_CRASH, PAC_CLAUSE_NONE, "an end", "signal 11"};
  record->readings[0] = (struct pac_reading_seen){PAC_READING_A_02, "flags 0x20", "raised"};
  record->timeline[0] = "PutAsync(class A, 0x0)";
  record->timeline[1] = "OnCompleted(wbemErrFailed)";
}

#endif
