/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The terminal report: what was judged, the failures, the table of suites, how far the verdict reaches, the totals.
 * This file has the frame; failures are printed in text_failures.c, clauses and readings in text_coverage.c.
 */
#include <string.h>

#include "reports/text_parts.h"

#define SUITE_COLUMNS_MAX 40u

static void print_features(const struct pac_report_page *page, uint32_t features) {
  static const struct {
    uint32_t bit;
    const char *word;
  } words[] = {
#define FEATURE(name, bit, word, text) {(bit), (word)},
      PAC_FEATURE_MAP(FEATURE)
#undef FEATURE
  };
  fputs("features  ", page->terminal.file);
  const char *separator = "";
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if ((features & words[i].bit) != 0) {
      fprintf(page->terminal.file, "%s%s", separator, words[i].word);
      separator = ", ";
    }
  }
  fputs(separator[0] == '\0' ? "none\n" : "\n", page->terminal.file);
}

static void print_subject(const struct pac_report_page *page) {
  const struct pac_journal_run *run = &page->judgement->journal->run;
  FILE *file = page->terminal.file;
  fputs("adapter   ", file);
  pac_terminal_colored(&page->terminal, PAC_TERMINAL_BOLD, run->adapter);
  fputs(" (", file);
  pac_terminal_text(&page->terminal, run->name);
  fputc(' ', file);
  pac_terminal_text(&page->terminal, run->version);
  fputs(")\n", file);
  fprintf(file, "profile   %s, seed %llu, timeout %u ms, pacheck ", pac_profile_word(run->profile),
          (unsigned long long)run->seed, run->timeout_ms);
  pac_terminal_text(&page->terminal, run->suite_version);
  fputc('\n', file);
  print_features(page, run->features);
  fprintf(file, "plan      %u case%s", run->planned, run->planned == 1 ? "" : "s");
  if (page->judgement->journal->shards > 1 && run->shard_count > 1) {
    fprintf(file, ", %u of %u shards", page->judgement->journal->shards, run->shard_count);
  } else if (run->shard_count > 1) {
    fprintf(file, ", shard %u of %u", run->shard_index, run->shard_count);
  }
  for (uint32_t i = 0; i < run->filter_count; i++) {
    fputs(i == 0 ? ", filtered by " : ", ", file);
    pac_terminal_text(&page->terminal, run->filters[i]);
  }
  fputs(page->judgement->journal->is_complete ? "\n" : "; the journal has no end line\n", file);
  for (uint32_t i = 0; i < run->option_count; i++) {
    fputs(i == 0 ? "options   " : ", ", file);
    pac_terminal_text(&page->terminal, run->options[i].name);
    fputc('=', file);
    pac_terminal_text(&page->terminal, run->options[i].value);
  }
  fputs(run->option_count > 0 ? "\n" : "", file);
}

/* Known differences have columns only where there are some. */
static bool has_known(const struct pac_judgement *judgement) {
  return judgement->verdict_counts[PAC_VERDICT_KNOWN] + judgement->verdict_counts[PAC_VERDICT_UNEXPECTED_PASS] > 0;
}

static void print_suite_row(const struct pac_report_page *page, const char *name, size_t width, uint32_t cases,
                            const uint32_t counts[PAC_VERDICT_COUNT]) {
  FILE *file = page->terminal.file;
  fputs("  ", file);
  size_t columns = pac_terminal_text(&page->terminal, name);
  fprintf(file, "%*s%8u%8u%8u%13u%8u", (int)(columns < width ? width - columns : 0), "", cases,
          counts[PAC_VERDICT_PASS], counts[PAC_VERDICT_FAIL], counts[PAC_VERDICT_UNSUPPORTED],
          counts[PAC_VERDICT_BROKEN]);
  if (has_known(page->judgement)) {
    fprintf(file, "%8u%17u", counts[PAC_VERDICT_KNOWN], counts[PAC_VERDICT_UNEXPECTED_PASS]);
  }
  fputc('\n', file);
}

static void print_suites(const struct pac_report_page *page) {
  const struct pac_judgement *judgement = page->judgement;
  size_t width = sizeof "without a record" - 1;
  for (uint32_t i = 0; i < page->suite_count; i++) {
    size_t length = strlen(page->suites[i].name);
    width = length > width && length <= SUITE_COLUMNS_MAX ? length : width;
  }
  fputc('\n', page->terminal.file);
  pac_terminal_colored(&page->terminal, PAC_TERMINAL_BOLD, "SUITES");
  fprintf(page->terminal.file, "\n  %*s%8s%8s%8s%13s%8s%s\n", (int)width, "", "cases", "pass", "fail", "unsupported",
          "broken", has_known(judgement) ? "   known  unexpected pass" : "");
  for (uint32_t i = 0; i < page->suite_count; i++) {
    const struct pac_report_suite *suite = &page->suites[i];
    print_suite_row(page, suite->name, width, suite->case_count, suite->verdict_counts);
  }
  if (judgement->missing > 0) {
    uint32_t counts[PAC_VERDICT_COUNT] = {[PAC_VERDICT_BROKEN] = judgement->missing};
    print_suite_row(page, "without a record", width, judgement->missing, counts);
  }
  print_suite_row(page, "all", width, judgement->journal->run.planned, judgement->verdict_counts);
}

static void print_cases(const struct pac_report_page *page) {
  FILE *file = page->terminal.file;
  fputc('\n', file);
  pac_terminal_colored(&page->terminal, PAC_TERMINAL_BOLD, "CASES");
  fputc('\n', file);
  for (uint32_t i = 0; i < page->judgement->case_count; i++) {
    const struct pac_journal_case *the_case = &page->judgement->cases[i];
    fprintf(file, "  %-16s", pac_verdict_word(the_case->record->verdict));
    pac_terminal_text(&page->terminal, the_case->suite);
    fputc('/', file);
    pac_terminal_text(&page->terminal, the_case->name);
    if (the_case->record->verdict == PAC_VERDICT_UNSUPPORTED && the_case->record->note != NULL) {
      fputs(" (", file);
      pac_terminal_text(&page->terminal, the_case->record->note);
      fputc(')', file);
    }
    fputc('\n', file);
  }
}

static void print_totals(const struct pac_report_page *page) {
  const struct pac_judgement *judgement = page->judgement;
  const uint32_t *counts = judgement->verdict_counts;
  FILE *file = page->terminal.file;
  fprintf(file, "\n%u case%s: %u pass, %u fail, %u unsupported, %u broken", judgement->journal->run.planned,
          judgement->journal->run.planned == 1 ? "" : "s", counts[PAC_VERDICT_PASS], counts[PAC_VERDICT_FAIL],
          counts[PAC_VERDICT_UNSUPPORTED], counts[PAC_VERDICT_BROKEN]);
  if (has_known(judgement)) {
    fprintf(file, ", %u known, %u unexpected pass", counts[PAC_VERDICT_KNOWN], counts[PAC_VERDICT_UNEXPECTED_PASS]);
  }
  fputc('\n', file);
  pac_terminal_colored(&page->terminal,
                       judgement->exit_code == PAC_EXIT_CONFORMS           ? PAC_TERMINAL_GREEN
                       : judgement->exit_code == PAC_EXIT_DOES_NOT_CONFORM ? PAC_TERMINAL_RED
                                                                           : PAC_TERMINAL_YELLOW,
                       judgement->verdict_line);
  fputc('\n', file);
}

enum pac_result pac_report_text(FILE *file, const struct pac_judgement *judgement,
                                const struct pac_report_text_options *options) {
  struct pac_arena *arena;
  struct pac_report_suite *suites;
  struct pac_report_page page = {.terminal = {file, options->color}, .judgement = judgement, .options = options};
  PAC_TRY(pac_arena_new(pac_arena_memory(judgement->arena), 0, &arena));
  enum pac_result result = pac_report_suites_list(arena, judgement, &suites, &page.suite_count);
  if (result == PAC_RESULT_OK) {
    page.suites = suites;
    print_subject(&page);
    pac_report_print_failures(&page);
    pac_report_print_broken(&page);
    pac_report_print_unsupported(&page);
    pac_report_print_strays(&page);
    print_suites(&page);
    if (options->is_full) {
      print_cases(&page);
    }
    pac_report_print_clauses(&page);
    pac_report_print_readings(&page);
    print_totals(&page);
    result = fflush(file) != 0 || ferror(file) ? PAC_RESULT_IO : PAC_RESULT_OK;
  }
  pac_arena_free(arena);
  return result;
}
