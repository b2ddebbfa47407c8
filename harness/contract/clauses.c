/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the clauses and how to look one up. Which case decides which clause is left to the suites. */
#include "contract/clauses.h"

#include <stddef.h>
#include <string.h>

#include "contract/published_number.h"

static const struct pac_clause_text clauses[PAC_CLAUSE_COUNT] = {
#define CLAUSE(name, id_, number_, strength_, topic_, statement_, source_, reason_) \
  [PAC_CLAUSE_##name] = {.id = (id_),                                               \
                         .number = (number_),                                       \
                         .strength = PAC_STRENGTH_##strength_,                      \
                         .topic = PAC_TOPIC_##topic_,                               \
                         .statement = (statement_),                                 \
                         .source = (source_),                                       \
                         .reason = (reason_)},
#include "contract/clauses.def"
#undef CLAUSE
};

const struct pac_clause_text *pac_clause_at(enum pac_clause clause) {
  return (unsigned)clause > PAC_CLAUSE_NONE && (unsigned)clause < PAC_CLAUSE_COUNT ? &clauses[clause] : NULL;
}

enum pac_result pac_clause_find(const char *word, enum pac_clause *clause) {
  if (word == NULL || clause == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  uint32_t number = pac_published_number(word, 'C', PAC_CLAUSE_COUNT - 1);
  for (unsigned at = PAC_CLAUSE_NONE + 1; at < PAC_CLAUSE_COUNT; at++) {
    if (clauses[at].number == number || strcmp(clauses[at].id, word) == 0) {
      *clause = (enum pac_clause)at;
      return PAC_RESULT_OK;
    }
  }
  return PAC_RESULT_NOT_FOUND;
}

const char *pac_topic_word(enum pac_topic topic) {
  static const char *const words[PAC_TOPIC_COUNT] = {
#define PAC_TOPIC_WORD(name, word, title) [PAC_TOPIC_##name] = (word),
      PAC_TOPIC_MAP(PAC_TOPIC_WORD)
#undef PAC_TOPIC_WORD
  };
  return (unsigned)topic < PAC_TOPIC_COUNT ? words[topic] : "unknown topic";
}

const char *pac_topic_title(enum pac_topic topic) {
  static const char *const titles[PAC_TOPIC_COUNT] = {
#define PAC_TOPIC_TITLE(name, word, title) [PAC_TOPIC_##name] = (title),
      PAC_TOPIC_MAP(PAC_TOPIC_TITLE)
#undef PAC_TOPIC_TITLE
  };
  return (unsigned)topic < PAC_TOPIC_COUNT ? titles[topic] : "unknown topic";
}

const char *pac_strength_word(enum pac_strength strength) {
  static const char *const words[PAC_STRENGTH_COUNT] = {
#define PAC_STRENGTH_WORD(name, word, text) [PAC_STRENGTH_##name] = (word),
      PAC_STRENGTH_MAP(PAC_STRENGTH_WORD)
#undef PAC_STRENGTH_WORD
  };
  return (unsigned)strength < PAC_STRENGTH_COUNT ? words[strength] : "unknown strength";
}

const char *pac_strength_text(enum pac_strength strength) {
  static const char *const texts[PAC_STRENGTH_COUNT] = {
#define PAC_STRENGTH_TEXT(name, word, text) [PAC_STRENGTH_##name] = (text),
      PAC_STRENGTH_MAP(PAC_STRENGTH_TEXT)
#undef PAC_STRENGTH_TEXT
  };
  return (unsigned)strength < PAC_STRENGTH_COUNT ? texts[strength] : "unknown strength";
}
