/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of one case: the words of verdicts and reasons, the failure line of a finding, and giving a record back.
 * Filling a record is left to the case runner, judging it to runner/judgement.c.
 */
#include <stdio.h>
#include <string.h>

#include "case/case.h"

static const char *const verdict_words[PAC_VERDICT_COUNT] = {
#define WORD(name, word, text) [PAC_VERDICT_##name] = (word),
    PAC_VERDICT_MAP(WORD)
#undef WORD
};

static const char *const reason_words[PAC_REASON_COUNT] = {
#define WORD(name, word) [PAC_REASON_##name] = (word),
    PAC_REASON_MAP(WORD)
#undef WORD
};

const char *pac_verdict_word(enum pac_verdict verdict) {
  return (unsigned)verdict < PAC_VERDICT_COUNT ? verdict_words[verdict] : "unknown verdict";
}

const char *pac_reason_word(enum pac_reason reason) {
  return (unsigned)reason < PAC_REASON_COUNT ? reason_words[reason] : "unknown reason";
}

static bool find_word(const char *const *words, unsigned count, const char *word, unsigned *place) {
  for (unsigned i = 0; word != NULL && i < count; i++) {
    if (strcmp(words[i], word) == 0) {
      *place = i;
      return true;
    }
  }
  return false;
}

enum pac_result pac_verdict_find(const char *word, enum pac_verdict *verdict) {
  unsigned place;
  if (!find_word(verdict_words, PAC_VERDICT_COUNT, word, &place)) {
    return PAC_RESULT_NOT_FOUND;
  }
  *verdict = (enum pac_verdict)place;
  return PAC_RESULT_OK;
}

enum pac_result pac_reason_find(const char *word, enum pac_reason *reason) {
  unsigned place;
  if (!find_word(reason_words, PAC_REASON_COUNT, word, &place)) {
    return PAC_RESULT_NOT_FOUND;
  }
  *reason = (enum pac_reason)place;
  return PAC_RESULT_OK;
}

void pac_case_record_reset(struct pac_case_record *record) {
  if (record != NULL) {
    pac_arena_free(record->arena);
    *record = (struct pac_case_record){0};
  }
}

size_t pac_finding_print(const struct pac_finding *finding, const char *case_name, char *buffer, size_t size) {
  /* A crash that no clause explains is marked by its reason, so that the bracket is never empty. */
  const struct pac_clause_text *clause = finding->clause == PAC_CLAUSE_NONE ? NULL : pac_clause_at(finding->clause);
  const char *mark = clause != NULL ? clause->id : pac_reason_word(finding->reason);
  int length = snprintf(buffer, size, "[%s] %s: expected %s, got %s", mark, case_name,
                        finding->expected != NULL ? finding->expected : "nothing",
                        finding->observed != NULL ? finding->observed : "nothing");
  return length < 0 ? 0 : (size_t)length;
}
