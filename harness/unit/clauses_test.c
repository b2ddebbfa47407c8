/* SPDX-License-Identifier: Apache-2.0 */
/* The clauses and readings: their numbers, ids and texts are well formed, can be found, and are those of the manual. */
#include "contract/clauses.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "contract/published_number.h"
#include "contract/readings.h"
#include "unit.h"

static const char *const clause_names[] = {
    "NONE",
#define CLAUSE(name, id, number, strength, topic, statement, source, reason) #name,
#include "contract/clauses.def"
#undef CLAUSE
};

static const char *const reading_names[] = {
    "NONE",
#define READING(name, number, id, point, accept) #name,
#include "contract/readings.def"
#undef READING
};

static const char *const strength_names[] = {"SEED", "PAGE", "INFER"};

/* The whole manual as text; the caller frees it. Null when it cannot be read. */
static char *manual_read(void) {
  FILE *file = fopen(PAC_SOURCE_DIR "/harness/contract/CONTRACT.md", "rb");
  if (file == NULL) {
    return NULL;
  }
  enum { MANUAL_OCTETS_MAX = 4 << 20 };
  char *text = malloc(MANUAL_OCTETS_MAX + 1);
  if (text != NULL) {
    text[fread(text, 1, MANUAL_OCTETS_MAX, file)] = '\0';
  }
  fclose(file);
  return text;
}

static unsigned count_of(const char *text, const char *part) {
  unsigned count = 0;
  for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
    count += 1;
  }
  return count;
}

/* Two or more parts of lower-case letters and underscores with dots between them; no part is empty. */
static bool is_dotted_id(const char *id) {
  unsigned dots = 0;
  char before = '.';
  for (; *id != '\0'; before = *id, id++) {
    if (*id == '.' ? before == '.' : !(islower((unsigned char)*id) || (*id == '_' && before != '.'))) {
      return false;
    }
    dots += *id == '.';
  }
  return dots >= 1 && dots <= 3 && before != '.';
}

static void the_check_of_ids_refuses_what_it_should(void) {
  CU_ASSERT_TRUE(is_dotted_id("update.safe.conflict_refused"));
  CU_ASSERT_FALSE(is_dotted_id("update"));
  CU_ASSERT_FALSE(is_dotted_id("update."));
  CU_ASSERT_FALSE(is_dotted_id(".safe"));
  CU_ASSERT_FALSE(is_dotted_id("update..safe"));
  CU_ASSERT_FALSE(is_dotted_id("Update.safe"));
  CU_ASSERT_FALSE(is_dotted_id("update._safe"));
  CU_ASSERT_FALSE(is_dotted_id("update.c_053"));
  CU_ASSERT_FALSE(is_dotted_id("one.two.three.four.five"));
}

static void numbers_ascend_without_a_gap(void) {
  CU_ASSERT_EQUAL(PAC_CLAUSE_COUNT - 1, 388);
  for (unsigned at = 1; at < PAC_CLAUSE_COUNT; at++) {
    CU_ASSERT_EQUAL(pac_clause_at((enum pac_clause)at)->number, at);
  }
  CU_ASSERT_EQUAL(PAC_READING_COUNT - 1, 62);
  for (unsigned at = 1; at < PAC_READING_COUNT; at++) {
    CU_ASSERT_EQUAL(pac_reading_at((enum pac_reading)at)->number, at);
  }
}

static void clauses_outside_the_table_have_no_text(void) {
  CU_ASSERT_PTR_NULL(pac_clause_at(PAC_CLAUSE_NONE));
  CU_ASSERT_PTR_NULL(pac_clause_at(PAC_CLAUSE_COUNT));
  CU_ASSERT_PTR_NULL(pac_clause_at((enum pac_clause)(PAC_CLAUSE_COUNT + 1)));
  CU_ASSERT_PTR_NULL(pac_reading_at(PAC_READING_NONE));
  CU_ASSERT_PTR_NULL(pac_reading_at(PAC_READING_COUNT));
}

static void ids_are_unique_and_follow_their_grammar(void) {
  for (unsigned left = 1; left < PAC_CLAUSE_COUNT; left++) {
    const char *id = pac_clause_at((enum pac_clause)left)->id;
    CU_ASSERT_TRUE(is_dotted_id(id));
    for (unsigned right = left + 1; right < PAC_CLAUSE_COUNT; right++) {
      CU_ASSERT_STRING_NOT_EQUAL(id, pac_clause_at((enum pac_clause)right)->id);
    }
  }
  for (unsigned left = 1; left < PAC_READING_COUNT; left++) {
    const char *id = pac_reading_at((enum pac_reading)left)->id;
    CU_ASSERT_TRUE(is_dotted_id(id));
    for (unsigned right = left + 1; right < PAC_READING_COUNT; right++) {
      CU_ASSERT_STRING_NOT_EQUAL(id, pac_reading_at((enum pac_reading)right)->id);
    }
  }
}

static void enumerators_are_the_ids_in_capitals(void) {
  for (unsigned at = 1; at < PAC_CLAUSE_COUNT; at++) {
    const char *id = pac_clause_at((enum pac_clause)at)->id;
    CU_ASSERT_EQUAL_FATAL(strlen(id), strlen(clause_names[at]));
    for (size_t position = 0; id[position] != '\0'; position++) {
      char expected = id[position] == '.' ? '_' : (char)toupper((unsigned char)id[position]);
      CU_ASSERT_EQUAL(clause_names[at][position], expected);
    }
  }
  for (unsigned at = 1; at < PAC_READING_COUNT; at++) {
    char expected[sizeof "A_4294967295"];
    snprintf(expected, sizeof expected, "A_%02u", at);
    CU_ASSERT_STRING_EQUAL(reading_names[at], expected);
  }
}

static bool ends_with_a_period(const char *text) {
  size_t length = strlen(text);
  return length > 1 && text[length - 1] == '.';
}

static void statements_and_reasons_are_sentences(void) {
  for (unsigned at = 1; at < PAC_CLAUSE_COUNT; at++) {
    const struct pac_clause_text *text = pac_clause_at((enum pac_clause)at);
    CU_ASSERT_TRUE(ends_with_a_period(text->statement));
    CU_ASSERT_TRUE(text->source[0] != '\0');
    CU_ASSERT_TRUE(text->reason == NULL || ends_with_a_period(text->reason));
  }
}

static void topics_follow_the_sections_of_the_manual(void) {
  char *manual = manual_read();
  CU_ASSERT_PTR_NOT_NULL_FATAL(manual);
  enum pac_topic topic = PAC_TOPIC_CALL_SURFACE;
  for (unsigned at = 1; at < PAC_CLAUSE_COUNT; at++) {
    enum pac_topic next = pac_clause_at((enum pac_clause)at)->topic;
    CU_ASSERT_TRUE(next == topic || next == topic + 1);
    topic = next;
  }
  CU_ASSERT_EQUAL(topic, PAC_TOPIC_COUNT - 1);
  for (unsigned at = 0; at < PAC_TOPIC_COUNT; at++) {
    char heading[256];
    snprintf(heading, sizeof heading, "\n### 8.%u %s\n", at + 1, pac_topic_title((enum pac_topic)at));
    CU_ASSERT_EQUAL(count_of(manual, heading), 1);
  }
  free(manual);
}

static void the_manual_has_the_same_clauses(void) {
  char *manual = manual_read();
  CU_ASSERT_PTR_NOT_NULL_FATAL(manual);
  for (unsigned at = 1; at < PAC_CLAUSE_COUNT; at++) {
    const struct pac_clause_text *text = pac_clause_at((enum pac_clause)at);
    char row[2048];
    int length = snprintf(row, sizeof row, "\n| C-%03u | `%s` | %s | %s | %s | ", at, text->id,
                          strength_names[text->strength], text->statement, text->source);
    CU_ASSERT_FATAL(length > 0 && (size_t)length < sizeof row);
    CU_ASSERT_EQUAL(count_of(manual, row), 1);
  }
  CU_ASSERT_EQUAL(count_of(manual, "\n| C-"), PAC_CLAUSE_COUNT - 1);
  free(manual);
}

static void the_manual_has_the_same_readings(void) {
  char *manual = manual_read();
  CU_ASSERT_PTR_NOT_NULL_FATAL(manual);
  for (unsigned at = 1; at < PAC_READING_COUNT; at++) {
    const struct pac_reading_text *text = pac_reading_at((enum pac_reading)at);
    char start[1024];
    int length = snprintf(start, sizeof start, "\n| A-%02u | `%s` | %s | ", at, text->id, text->point);
    CU_ASSERT_FATAL(length > 0 && (size_t)length < sizeof start);
    const char *row = strstr(manual, start);
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    size_t row_length = strcspn(row + 1, "\n") + 1;
    size_t accept_length = strlen(text->accept);
    CU_ASSERT_FATAL(row_length > accept_length + strlen(" | ") + strlen(" |"));
    const char *last = row + row_length - strlen(" |") - accept_length - strlen(" | ");
    CU_ASSERT_TRUE(strncmp(last, " | ", 3) == 0 && strncmp(last + 3, text->accept, accept_length) == 0);
  }
  CU_ASSERT_EQUAL(count_of(manual, "\n| A-"), PAC_READING_COUNT - 1);
  free(manual);
}

static void a_clause_is_found_by_id_and_by_published_name(void) {
  for (unsigned at = 1; at < PAC_CLAUSE_COUNT; at++) {
    enum pac_clause clause = PAC_CLAUSE_NONE;
    CU_ASSERT_EQUAL(pac_clause_find(pac_clause_at((enum pac_clause)at)->id, &clause), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(clause, at);
    char name[sizeof "c-4294967295"];
    snprintf(name, sizeof name, at % 2 == 0 ? "C-%03u" : "c-%u", at);
    CU_ASSERT_EQUAL(pac_clause_find(name, &clause), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(clause, at);
  }
}

static void what_is_no_clause_is_not_found(void) {
  static const char *const words[] = {"", "C-", "C-0", "C-389", "C-4294967297", "C-99999999999999999999", "C-05x",
                                      "C053", "A-01", "53", "put_async", "PUT_ASYNC.CALL.STORES_OBJECT"};
  for (size_t at = 0; at < sizeof words / sizeof *words; at++) {
    enum pac_clause clause = PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT;
    CU_ASSERT_EQUAL(pac_clause_find(words[at], &clause), PAC_RESULT_NOT_FOUND);
    CU_ASSERT_EQUAL(clause, PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT);
  }
  enum pac_clause clause = PAC_CLAUSE_NONE;
  CU_ASSERT_EQUAL(pac_clause_find(NULL, &clause), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_EQUAL(pac_clause_find("C-001", NULL), PAC_RESULT_INVALID_ARGUMENT);
}

static void a_reading_is_found_by_id_and_by_published_name(void) {
  for (unsigned at = 1; at < PAC_READING_COUNT; at++) {
    enum pac_reading reading = PAC_READING_NONE;
    CU_ASSERT_EQUAL(pac_reading_find(pac_reading_at((enum pac_reading)at)->id, &reading), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(reading, at);
    char name[sizeof "a-4294967295"];
    snprintf(name, sizeof name, at % 2 == 0 ? "A-%02u" : "a-%u", at);
    CU_ASSERT_EQUAL(pac_reading_find(name, &reading), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(reading, at);
  }
  enum pac_reading reading = PAC_READING_A_23;
  CU_ASSERT_EQUAL(pac_reading_find("A-63", &reading), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(pac_reading_find("C-01", &reading), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(reading, PAC_READING_A_23);
  CU_ASSERT_EQUAL(pac_reading_find(NULL, &reading), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_EQUAL(pac_reading_find("A-01", NULL), PAC_RESULT_INVALID_ARGUMENT);
}

static void a_published_number_is_read_up_to_its_greatest(void) {
  CU_ASSERT_EQUAL(pac_published_number("K-007", 'K', 20), 7);
  CU_ASSERT_EQUAL(pac_published_number("k-20", 'K', 20), 20);
  CU_ASSERT_EQUAL(pac_published_number("K-21", 'K', 20), 0);
  CU_ASSERT_EQUAL(pac_published_number("K-4294967295", 'K', UINT32_MAX), UINT32_MAX);
  CU_ASSERT_EQUAL(pac_published_number("K-4294967296", 'K', UINT32_MAX), 0);
  CU_ASSERT_EQUAL(pac_published_number("K--1", 'K', 20), 0);
  CU_ASSERT_EQUAL(pac_published_number("K", 'K', 20), 0);
  CU_ASSERT_EQUAL(pac_published_number(NULL, 'K', 20), 0);
}

static void topics_and_strengths_have_words(void) {
  CU_ASSERT_STRING_EQUAL(pac_topic_word(PAC_TOPIC_CREATE_UPDATE), "create_update");
  CU_ASSERT_STRING_EQUAL(pac_topic_word(PAC_TOPIC_COUNT), "unknown topic");
  CU_ASSERT_STRING_EQUAL(pac_topic_title(PAC_TOPIC_CANCEL), "Cancel");
  CU_ASSERT_STRING_EQUAL(pac_topic_title(PAC_TOPIC_COUNT), "unknown topic");
  CU_ASSERT_STRING_EQUAL(pac_strength_word(PAC_STRENGTH_SEED), "seed");
  CU_ASSERT_STRING_EQUAL(pac_strength_word(PAC_STRENGTH_COUNT), "unknown strength");
  CU_ASSERT_STRING_EQUAL(pac_strength_text(PAC_STRENGTH_INFER), "it follows from what is said");
  CU_ASSERT_STRING_EQUAL(pac_strength_text(PAC_STRENGTH_COUNT), "unknown strength");
}

static CU_TestInfo tests[] = {
    {"the_check_of_ids_refuses_what_it_should", the_check_of_ids_refuses_what_it_should},
    {"numbers_ascend_without_a_gap", numbers_ascend_without_a_gap},
    {"clauses_outside_the_table_have_no_text", clauses_outside_the_table_have_no_text},
    {"ids_are_unique_and_follow_their_grammar", ids_are_unique_and_follow_their_grammar},
    {"enumerators_are_the_ids_in_capitals", enumerators_are_the_ids_in_capitals},
    {"statements_and_reasons_are_sentences", statements_and_reasons_are_sentences},
    {"topics_follow_the_sections_of_the_manual", topics_follow_the_sections_of_the_manual},
    {"the_manual_has_the_same_clauses", the_manual_has_the_same_clauses},
    {"the_manual_has_the_same_readings", the_manual_has_the_same_readings},
    {"a_clause_is_found_by_id_and_by_published_name", a_clause_is_found_by_id_and_by_published_name},
    {"what_is_no_clause_is_not_found", what_is_no_clause_is_not_found},
    {"a_reading_is_found_by_id_and_by_published_name", a_reading_is_found_by_id_and_by_published_name},
    {"a_published_number_is_read_up_to_its_greatest", a_published_number_is_read_up_to_its_greatest},
    {"topics_and_strengths_have_words", topics_and_strengths_have_words},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("clauses", tests)
