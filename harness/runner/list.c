/* SPDX-License-Identifier: Apache-2.0 */
/* Lists what a filter selects. The plain form has one id a line, so that it can be piped; the JSON has all that is
 * known of a case before it runs. */
#include "runner/list.h"

#include <jansson.h>

#include "runner/complain.h"

static void cases_print(const struct pac_plan *plan) {
  for (uint32_t i = 0; i < plan->count; i++) {
    printf("%s/%s\n", plan->cases[i].suite->name, plan->cases[i].name);
  }
}

static void suites_print(const struct pac_plan *plan) {
  for (uint32_t i = 0; i < plan->count;) {
    const struct pac_suite *suite = plan->cases[i].suite;
    uint32_t count = 0;
    while (i < plan->count && plan->cases[i].suite == suite) {
      count += 1;
      i += 1;
    }
    printf("%-24s %6u  %s\n", suite->name, count, suite->title);
  }
}

static void clauses_print(const struct pac_plan *plan) {
  uint32_t counts[PAC_CLAUSE_COUNT] = {0};
  for (uint32_t i = 0; i < plan->count; i++) {
    const struct pac_case *the_case = &plan->cases[i];
    for (size_t at = 0; at < PAC_CASE_CLAUSES_MAX && the_case->clauses[at] != PAC_CLAUSE_NONE; at++) {
      if (the_case->clauses[at] < PAC_CLAUSE_COUNT) {
        counts[the_case->clauses[at]] += 1;
      }
    }
  }
  for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
    const struct pac_clause_text *clause = pac_clause_at((enum pac_clause)i);
    if (counts[i] == 0 && plan->count < plan->total) {
      continue; /* under a filter only its own clauses */
    }
    printf("C-%03u %-5s %6u  %s%s\n", clause->number, pac_strength_word(clause->strength), counts[i], clause->id,
           clause->reason != NULL ? "  (no case can decide it)" : "");
  }
}

static json_t *case_json(const struct pac_plan *plan, uint32_t position) {
  const struct pac_case *the_case = &plan->cases[position];
  json_t *clauses = json_array();
  for (size_t at = 0; at < PAC_CASE_CLAUSES_MAX && the_case->clauses[at] != PAC_CLAUSE_NONE; at++) {
    (void)json_array_append_new(clauses, json_string(pac_clause_at(the_case->clauses[at])->id));
  }
  json_t *features = json_array();
#define FEATURE_ADD(name, bit, word, text)                    \
  if ((the_case->features & (bit)) != 0) {                    \
    (void)json_array_append_new(features, json_string(word)); \
  }
  PAC_FEATURE_MAP(FEATURE_ADD)
#undef FEATURE_ADD
  return json_pack("{s:i, s:s, s:s, s:o, s:o}", "index", (int)plan->indexes[position], "suite", the_case->suite->name,
                   "name", the_case->name, "clauses", clauses, "features", features);
}

static int json_print(const struct pac_plan *plan) {
  json_t *all = json_array();
  int code = 0;
  for (uint32_t i = 0; i < plan->count; i++) {
    if (json_array_append_new(all, case_json(plan, i)) != 0) {
      code = 2;
    }
  }
  if (code != 0 || json_dumpf(all, stdout, JSON_INDENT(1)) != 0) {
    pac_complain("cannot print the list: %s", pac_result_text(ferror(stdout) ? PAC_RESULT_IO : PAC_RESULT_NO_MEMORY));
    code = 2;
  } else {
    putchar('\n');
  }
  json_decref(all);
  return code;
}

static int plan_print(const struct pac_plan *plan, enum pac_list_form form) {
  switch (form) {
    case PAC_LIST_SUITES:
      suites_print(plan);
      return 0;
    case PAC_LIST_CLAUSES:
      clauses_print(plan);
      return 0;
    case PAC_LIST_JSON:
      return json_print(plan);
    default:
      cases_print(plan);
      return 0;
  }
}

int pac_list_main(const struct pac_run_options *options, const struct pac_suite *const *suites) {
  char why[512];
  struct pac_shard shard;
  struct pac_plan *plan = NULL;
  const struct pac_filter filter = {.patterns = options->filters, .pattern_count = options->filter_count};
  if (pac_shard_from_environment(&shard, why, sizeof why) != PAC_RESULT_OK ||
      pac_plan_new(suites, &filter, &shard, &plan, why, sizeof why) != PAC_RESULT_OK) {
    pac_complain("%s", why);
    return 2;
  }
  int code = 2;
  if (plan->matched == 0) {
    pac_complain("no case matches the filter%s", options->filter_count == 1 ? "" : "s");
  } else {
    code = plan_print(plan, options->list_form);
  }
  pac_plan_free(plan);
  return code;
}
