/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of the terminal report that says how far the verdict reaches: which clauses were exercised, out of all that
 * the contract has, and which readings the implementation followed.
 */
#include <string.h>

#include "reports/text_parts.h"

/* What happened to clauses, as rows of the table. */
enum fate { HELD, VIOLATED, WITHOUT_CASE, NOT_JUDGED, UNDECIDABLE, FATE_COUNT };

static const char *const fate_words[FATE_COUNT] = {
    [HELD] = "exercised and held",
    [VIOLATED] = "exercised and violated",
    [WITHOUT_CASE] = "not exercised: no case",
    [NOT_JUDGED] = "not exercised: its cases did not pass",
    [UNDECIDABLE] = "not exercised: no case can decide it",
};

static enum fate fate_of(const struct pac_judgement *judgement, enum pac_clause clause) {
  const struct pac_clause_judgement *entry = &judgement->clauses[clause];
  return entry->state == PAC_CLAUSE_HELD         ? HELD
         : entry->state == PAC_CLAUSE_VIOLATED   ? VIOLATED
         : pac_clause_at(clause)->reason != NULL ? UNDECIDABLE
         : entry->case_count == 0                ? WITHOUT_CASE
                                                 : NOT_JUDGED;
}

static void print_row(FILE *file, const char *label, const uint32_t counts[PAC_STRENGTH_COUNT]) {
  uint32_t sum = 0;
  fprintf(file, "  %-40s", label);
  for (int i = 0; i < PAC_STRENGTH_COUNT; i++) {
    fprintf(file, "%8u", counts[i]);
    sum += counts[i];
  }
  fprintf(file, "%8u\n", sum);
}

static void print_fraction(FILE *file, uint32_t part, uint32_t whole) {
  char text[24];
  snprintf(text, sizeof text, "%u/%u", part, whole);
  fprintf(file, "%8s", text);
}

static void print_clause_table(FILE *file, const struct pac_judgement *judgement) {
  uint32_t counts[FATE_COUNT][PAC_STRENGTH_COUNT] = {{0}}, all[PAC_STRENGTH_COUNT] = {0};
  for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
    enum pac_clause clause = (enum pac_clause)i;
    enum pac_strength strength = pac_clause_at(clause)->strength;
    counts[fate_of(judgement, clause)][strength] += 1;
    all[strength] += 1;
  }
  fprintf(file, "  %-40s%8s%8s%8s%8s\n", "", "SEED", "PAGE", "INFER", "all");
  for (int i = 0; i < FATE_COUNT; i++) {
    print_row(file, fate_words[i], counts[i]);
  }
  print_row(file, "clauses of the contract", all);
  fprintf(file, "  %-40s", "exercised, of those a case can decide");
  uint32_t exercised_sum = 0, decidable_sum = 0;
  for (int i = 0; i < PAC_STRENGTH_COUNT; i++) {
    uint32_t exercised = counts[HELD][i] + counts[VIOLATED][i], decidable = all[i] - counts[UNDECIDABLE][i];
    print_fraction(file, exercised, decidable);
    exercised_sum += exercised;
    decidable_sum += decidable;
  }
  print_fraction(file, exercised_sum, decidable_sum);
  fputc('\n', file);
}

static void print_clause_line(const struct pac_report_page *page, enum pac_clause clause) {
  const struct pac_clause_text *text = pac_clause_at(clause);
  const struct pac_clause_judgement *entry = &page->judgement->clauses[clause];
  FILE *file = page->terminal.file;
  fprintf(file, "    C-%03u %s\n          ", (unsigned)text->number, text->id);
  if (entry->state == PAC_CLAUSE_NOT_EXERCISED) {
    pac_terminal_wrapped(&page->terminal, 10, 10, entry->why);
    return;
  }
  pac_terminal_colored(&page->terminal, entry->state == PAC_CLAUSE_HELD ? PAC_TERMINAL_GREEN : PAC_TERMINAL_RED,
                       entry->state == PAC_CLAUSE_HELD ? "held" : "violated");
  fprintf(file, "; cases %u: pass %u, fail %u, unsupported %u, broken %u\n", entry->case_count, entry->passed,
          entry->failed, entry->unsupported, entry->broken);
}

static void print_all_clauses(const struct pac_report_page *page) {
  for (int strength = 0; strength < PAC_STRENGTH_COUNT; strength++) {
    fprintf(page->terminal.file, "\n  Clauses of which %s\n", pac_strength_text((enum pac_strength)strength));
    for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
      if ((int)pac_clause_at((enum pac_clause)i)->strength == strength) {
        print_clause_line(page, (enum pac_clause)i);
      }
    }
  }
}

/* A part of the plan has no case of most clauses: the table counts them, and only those that it could exercise are listed. */
static bool is_listed(const struct pac_judgement *judgement, enum pac_clause clause) {
  bool is_part = pac_journal_run_is_part(&judgement->journal->run);
  return pac_clause_at(clause)->strength == PAC_STRENGTH_SEED &&
         judgement->clauses[clause].state == PAC_CLAUSE_NOT_EXERCISED &&
         (!is_part || fate_of(judgement, clause) == NOT_JUDGED);
}

/* The next SEED clause, from `clause` on, that was not exercised, for this reason unless it is null. */
static int next_unexercised(const struct pac_judgement *judgement, int clause, const char *why) {
  for (; clause < PAC_CLAUSE_COUNT; clause++) {
    if (is_listed(judgement, (enum pac_clause)clause) &&
        (why == NULL || strcmp(judgement->clauses[clause].why, why) == 0)) {
      break;
    }
  }
  return clause;
}

/* The clauses of the page that this run says nothing about, under the reason that they share. */
static void print_unexercised(const struct pac_report_page *page) {
  const struct pac_judgement *judgement = page->judgement;
  FILE *file = page->terminal.file;
  for (int i = next_unexercised(judgement, 1, NULL); i < PAC_CLAUSE_COUNT;
       i = next_unexercised(judgement, i + 1, NULL)) {
    const char *why = judgement->clauses[i].why;
    if (next_unexercised(judgement, 1, why) < i) {
      continue; /* stands under an earlier one */
    }
    fputs("\n  SEED clauses not exercised: ", file);
    pac_terminal_wrapped(&page->terminal, 31, 4, why);
    for (int k = i; k < PAC_CLAUSE_COUNT; k = next_unexercised(judgement, k + 1, why)) {
      const struct pac_clause_text *text = pac_clause_at((enum pac_clause)k);
      fprintf(file, "    C-%03u %s\n", (unsigned)text->number, text->id);
    }
  }
}

void pac_report_print_clauses(const struct pac_report_page *page) {
  fputc('\n', page->terminal.file);
  pac_terminal_colored(&page->terminal, PAC_TERMINAL_BOLD, "CLAUSES");
  fputc('\n', page->terminal.file);
  print_clause_table(page->terminal.file, page->judgement);
  if (page->options->is_full) {
    print_all_clauses(page);
  } else {
    print_unexercised(page);
  }
}

static bool has_same_choice(const struct pac_reading_judgement *left, const struct pac_reading_judgement *right) {
  return left->reading == right->reading && strcmp(left->option, right->option) == 0;
}

/* One line for all situations in which the same was chosen; nothing when an earlier entry stood for this one. */
static void print_choice(const struct pac_report_page *page, uint32_t index) {
  const struct pac_judgement *judgement = page->judgement;
  const struct pac_reading_judgement *entry = &judgement->readings[index];
  uint32_t situations = 0, case_count = 0;
  for (uint32_t i = 0; i < judgement->reading_count; i++) {
    if (has_same_choice(&judgement->readings[i], entry)) {
      if (i < index) {
        return;
      }
      situations += 1;
      case_count += judgement->readings[i].case_count;
    }
  }
  fputs("       ", page->terminal.file);
  pac_terminal_colored(&page->terminal, PAC_TERMINAL_BOLD, entry->option);
  if (situations == 1 && entry->scope[0] != '\0') {
    fputs(", for ", page->terminal.file);
    pac_terminal_text(&page->terminal, entry->scope);
  } else if (situations > 1) {
    fprintf(page->terminal.file, ", in %u situations", situations);
  }
  fprintf(page->terminal.file, " (%u case%s)\n", case_count, case_count == 1 ? "" : "s");
}

static void print_situation(const struct pac_report_page *page, const struct pac_reading_judgement *entry) {
  FILE *file = page->terminal.file;
  fputs("       ", file);
  if (entry->scope[0] != '\0') {
    pac_terminal_text(&page->terminal, entry->scope);
    fputs(": ", file);
  }
  pac_terminal_colored(&page->terminal, PAC_TERMINAL_BOLD, entry->option);
  fprintf(file, " (%u case%s, first ", entry->case_count, entry->case_count == 1 ? "" : "s");
  pac_terminal_text(&page->terminal, entry->first_case);
  fputs(")\n", file);
}

void pac_report_print_readings(const struct pac_report_page *page) {
  const struct pac_judgement *judgement = page->judgement;
  FILE *file = page->terminal.file;
  if (judgement->reading_count == 0) {
    return;
  }
  fputc('\n', file);
  pac_terminal_colored(
      &page->terminal, PAC_TERMINAL_BOLD,
      judgement->exit_code == PAC_EXIT_CONFORMS ? "READINGS under which it conforms" : "READINGS that it follows");
  fputs(page->options->is_full ? "\n" : " (pacheck explain A-..; --full lists every situation)\n", file);
  enum pac_reading shown = PAC_READING_NONE;
  for (uint32_t i = 0; i < judgement->reading_count; i++) {
    enum pac_reading reading = judgement->readings[i].reading;
    const struct pac_reading_text *text = pac_reading_at(reading);
    if (reading != shown) {
      int column = fprintf(file, "  A-%02u ", (unsigned)text->number);
      /* Under `published` this line stands for both disputed codes: they share a dialect. */
      bool is_dialect = reading == PAC_READING_A_43 && judgement->journal->run.profile == PAC_PROFILE_PUBLISHED;
      pac_terminal_wrapped(&page->terminal, column < 0 ? 0 : (size_t)column, 7,
                           is_dialect ? "Values of illegal null and (A-44) of invalid object" : text->point);
      shown = reading;
    }
    if (page->options->is_full) {
      print_situation(page, &judgement->readings[i]);
    } else {
      print_choice(page, i);
    }
  }
}
