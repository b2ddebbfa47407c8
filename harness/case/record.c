/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of one case: the words of verdicts and reasons and of what a case lacks, the failure line of a finding, and
 * giving a record back.
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

size_t pac_missing_features_print(uint32_t missing, char *buffer, size_t size) {
  static const struct {
    uint32_t bit;
    const char *word;
  } features[] = {
#define FEATURE(name, bit, word, text) {(bit), (word)},
      PAC_FEATURE_MAP(FEATURE)
#undef FEATURE
  };
  unsigned all = 0;
  for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
    all += (missing & features[i].bit) != 0;
  }
  if (all == 0) {
    return (size_t)snprintf(buffer, size, "needs a feature that this program does not know");
  }
  size_t used = (size_t)snprintf(buffer, size, "needs the feature%s", all == 1 ? "" : "s");
  unsigned left = all;
  for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
    if ((missing & features[i].bit) != 0) {
      const char *before = left == all ? " " : left == 1 ? " and " : ", ";
      used += (size_t)snprintf(used < size ? buffer + used : NULL, used < size ? size - used : 0, "%s%s", before,
                               features[i].word);
      left--;
    }
  }
  return used;
}
