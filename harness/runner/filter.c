/* SPDX-License-Identifier: Apache-2.0 */
/* Matches cases against the patterns of --filter. It knows nothing of plans or shards. */
#include "runner/filter.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define STRENGTH_PREFIX "strength:"

static bool globs(const char *pattern, const char *text) {
  return fnmatch(pattern, text, 0) == 0;
}

/* Numbers and strengths are words of the manual, so their case does not matter: c-053, strength:SEED. */
static bool globs_lower(const char *pattern, const char *lower_text) {
  char lower[64];
  size_t length = strlen(pattern);
  if (length >= sizeof lower) {
    return false;
  }
  for (size_t i = 0; i <= length; i++) {
    char c = pattern[i];
    lower[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return globs(lower, lower_text);
}

static bool clause_matches(const char *pattern, const struct pac_clause_text *clause) {
  char number[16];
  (void)snprintf(number, sizeof number, "c-%03u", clause->number);
  return globs(pattern, clause->id) || globs(pattern, pac_topic_word(clause->topic)) || globs_lower(pattern, number) ||
         strcasecmp(pattern, pac_strength_word(clause->strength)) == 0; /* as a whole word: "*" is not about strength */
}

static bool case_clauses_match(const char *pattern, const struct pac_case *the_case) {
  bool is_strength = strncasecmp(pattern, STRENGTH_PREFIX, strlen(STRENGTH_PREFIX)) == 0;
  for (size_t i = 0; i < PAC_CASE_CLAUSES_MAX && the_case->clauses[i] != PAC_CLAUSE_NONE; i++) {
    const struct pac_clause_text *clause = pac_clause_at(the_case->clauses[i]);
    if (clause == NULL) {
      continue;
    }
    if (is_strength ? globs_lower(pattern + strlen(STRENGTH_PREFIX), pac_strength_word(clause->strength))
                    : clause_matches(pattern, clause)) {
      return true;
    }
  }
  return false;
}

static bool pattern_matches(const char *pattern, const struct pac_case *the_case) {
  char id[512];
  (void)snprintf(id, sizeof id, "%s/%s", the_case->suite->name, the_case->name);
  return globs(pattern, id) || globs(pattern, the_case->name) || globs(pattern, the_case->suite->name) ||
         case_clauses_match(pattern, the_case);
}

bool pac_case_is_named(const struct pac_case *the_case, const char *word) {
  size_t suite_length = strlen(the_case->suite->name);
  if (strncmp(word, the_case->suite->name, suite_length) == 0 && word[suite_length] == '/') {
    return strcmp(word + suite_length + 1, the_case->name) == 0;
  }
  return strcmp(word, the_case->name) == 0;
}

bool pac_filter_selects(const struct pac_filter *filter, const struct pac_case *the_case) {
  if (filter->exact != NULL) {
    return pac_case_is_named(the_case, filter->exact);
  }
  bool has_including = false;
  bool is_included = false;
  for (size_t i = 0; i < filter->pattern_count; i++) {
    const char *pattern = filter->patterns[i];
    if (pattern[0] == '!') {
      if (pattern_matches(pattern + 1, the_case)) {
        return false;
      }
    } else {
      has_including = true;
      is_included = is_included || pattern_matches(pattern, the_case);
    }
  }
  return is_included || !has_including;
}
