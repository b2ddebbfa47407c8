/* SPDX-License-Identifier: Apache-2.0 */
/* Explains a clause by its id or number, an ambiguity by its id or number, or a case by its name. Which readings belong
 * to a clause is not told: a row names them, and a run's ledger shows what was followed. */
#include "runner/explain.h"

#include <stdio.h>

#include "runner/complain.h"

#define CASES_SHOWN_MAX 20u

static bool case_has_clause(const struct pac_case *the_case, enum pac_clause clause) {
  for (size_t i = 0; i < PAC_CASE_CLAUSES_MAX && the_case->clauses[i] != PAC_CLAUSE_NONE; i++) {
    if (the_case->clauses[i] == clause) {
      return true;
    }
  }
  return false;
}

static void clause_explain(enum pac_clause which, const struct pac_plan *plan) {
  const struct pac_clause_text *clause = pac_clause_at(which);
  printf("C-%03u %s\n\n  %s\n\n", clause->number, clause->id, clause->statement);
  printf("  topic     %s (%s)\n", pac_topic_title(clause->topic), pac_topic_word(clause->topic));
  printf("  strength  %s: %s\n", pac_strength_word(clause->strength), pac_strength_text(clause->strength));
  printf("  source    %s\n", clause->source);
  if (clause->reason != NULL) {
    printf("  no case   %s\n", clause->reason);
  }
  uint32_t count = 0;
  for (uint32_t i = 0; i < plan->count; i++) {
    count += case_has_clause(&plan->cases[i], which);
  }
  if (count == 0) {
    printf("  cases     none%s\n", clause->reason == NULL ? " yet" : "");
    return;
  }
  printf("  cases     %u; run them with: pacheck run --filter C-%03u\n", count, clause->number);
  uint32_t shown = 0;
  for (uint32_t i = 0; i < plan->count && shown < CASES_SHOWN_MAX; i++) {
    if (case_has_clause(&plan->cases[i], which)) {
      printf("            %s/%s\n", plan->cases[i].suite->name, plan->cases[i].name);
      shown += 1;
    }
  }
  if (shown < count) {
    printf("            ... and %u more\n", count - shown);
  }
}

static void reading_explain(enum pac_reading which) {
  const struct pac_reading_text *reading = pac_reading_at(which);
  printf("A-%02u %s\n\n  question  %s\n  conforms  %s\n", reading->number, reading->id, reading->point,
         reading->accept);
  printf("\nAn implementation follows one reading, consistently; every report lists the readings that it followed.\n");
}

static void case_explain(const struct pac_case *the_case) {
  printf("%s/%s\n\n  suite     %s\n  clauses\n", the_case->suite->name, the_case->name, the_case->suite->title);
  for (size_t i = 0; i < PAC_CASE_CLAUSES_MAX && the_case->clauses[i] != PAC_CLAUSE_NONE; i++) {
    const struct pac_clause_text *clause = pac_clause_at(the_case->clauses[i]);
    if (clause != NULL) {
      printf("    C-%03u %s (%s)\n          %s\n", clause->number, clause->id, pac_strength_word(clause->strength),
             clause->statement);
    }
  }
  printf("  needs     ");
  const char *separator = "";
#define FEATURE_PRINT(name, bit, word, text)    \
  if ((the_case->features & (bit)) != 0) {      \
    printf("%s%s (%s)", separator, word, text); \
    separator = ", ";                           \
  }
  PAC_FEATURE_MAP(FEATURE_PRINT)
#undef FEATURE_PRINT
  printf("%s\n", the_case->features == 0 ? "nothing that an adapter may leave out" : "");
  printf("  replay    pacheck replay %s/%s [ADAPTER]\n", the_case->suite->name, the_case->name);
}

static bool cases_explain(const char *word, const struct pac_plan *plan) {
  bool is_found = false;
  for (uint32_t i = 0; i < plan->count; i++) {
    if (pac_case_is_named(&plan->cases[i], word)) {
      if (is_found) {
        putchar('\n');
      }
      case_explain(&plan->cases[i]);
      is_found = true;
    }
  }
  return is_found;
}

int pac_explain_main(const struct pac_run_options *options, const struct pac_suite *const *suites) {
  char why[512];
  struct pac_plan *plan = NULL;
  if (pac_plan_new(suites, NULL, NULL, &plan, why, sizeof why) != PAC_RESULT_OK) {
    pac_complain("%s", why);
    return 2;
  }
  int code = 0;
  enum pac_clause clause = PAC_CLAUSE_NONE;
  enum pac_reading reading = PAC_READING_NONE;
  if (pac_clause_find(options->operand, &clause) == PAC_RESULT_OK) {
    clause_explain(clause, plan);
  } else if (pac_reading_find(options->operand, &reading) == PAC_RESULT_OK) {
    reading_explain(reading);
  } else if (!cases_explain(options->operand, plan)) {
    pac_complain(
        "'%s' is no clause (C-053, or its dotted id), no reading (A-23) and no case; 'pacheck list' and "
        "'pacheck list --clauses' have them all",
        options->operand);
    code = 2;
  }
  pac_plan_free(plan);
  return code;
}
