/* SPDX-License-Identifier: Apache-2.0 */
/* The part of the terminal report that is read first: what failed, against which sentence, and how to see it again. */
#include <string.h>

#include "reports/text_parts.h"

/* How many cases have one of the two verdicts. */
static uint32_t count_of(const struct pac_report_page *page, enum pac_verdict one, enum pac_verdict other) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < page->judgement->case_count; i++) {
    enum pac_verdict verdict = page->judgement->cases[i].record->verdict;
    count += verdict == one || verdict == other;
  }
  return count;
}

static uint32_t shown_max(const struct pac_report_page *page) {
  return page->options->is_full || page->options->failures_max == 0 ? UINT32_MAX : page->options->failures_max;
}

static void print_left_out(const struct pac_report_page *page, uint32_t count) {
  if (count > shown_max(page)) {
    fprintf(page->terminal.file, "  ... and %u more; the full report has them all\n", count - shown_max(page));
  }
}

static void print_heading(const struct pac_report_page *page, const char *text, uint32_t count) {
  char heading[64];
  snprintf(heading, sizeof heading, "%s (%u)", text, count);
  fputc('\n', page->terminal.file);
  pac_terminal_colored(&page->terminal, PAC_TERMINAL_BOLD, heading);
  fputc('\n', page->terminal.file);
}

/* "  create_update/a_name", with the verdict's word behind it when it is not a plain failure. */
static void print_id(const struct pac_report_page *page, const struct pac_journal_case *the_case,
                     enum pac_terminal_color color) {
  FILE *file = page->terminal.file;
  fputs("\n  ", file);
  pac_terminal_colored(&page->terminal, color, the_case->suite);
  pac_terminal_colored(&page->terminal, color, "/");
  pac_terminal_colored(&page->terminal, color, the_case->name);
  if (the_case->record->verdict == PAC_VERDICT_UNEXPECTED_PASS) {
    fprintf(file, " (%s)", pac_verdict_word(PAC_VERDICT_UNEXPECTED_PASS));
  }
  fputc('\n', file);
}

static void print_clause(const struct pac_report_page *page, const char *label, enum pac_clause clause) {
  const struct pac_clause_text *text = pac_clause_at(clause);
  int column = fprintf(page->terminal.file, "    %s[%s] C-%03u: ", label, text->id, (unsigned)text->number);
  pac_terminal_wrapped(&page->terminal, column < 0 ? 0 : (size_t)column, 6, text->statement);
}

static void print_labelled(const struct pac_report_page *page, const char *label, const char *text) {
  int column = fprintf(page->terminal.file, "      %-9s", label);
  pac_terminal_wrapped(&page->terminal, column < 0 ? 0 : (size_t)column, 15, text);
}

/* A case that found no clause violated - a crash, say - still shows what it was about. */
static void print_findings(const struct pac_report_page *page, const struct pac_journal_case *the_case) {
  const struct pac_case_record *record = the_case->record;
  enum pac_clause shown = PAC_CLAUSE_NONE;
  bool has_clause = false;
  for (uint32_t i = 0; i < record->finding_count; i++) {
    has_clause |= record->findings[i].clause != PAC_CLAUSE_NONE;
  }
  if (!has_clause && the_case->clauses[0] != PAC_CLAUSE_NONE) {
    print_clause(page, "checking ", the_case->clauses[0]);
  }
  for (uint32_t i = 0; i < record->finding_count; i++) {
    const struct pac_finding *finding = &record->findings[i];
    if (finding->clause != PAC_CLAUSE_NONE && finding->clause != shown) {
      print_clause(page, "", finding->clause);
      shown = finding->clause;
    }
    fputs("    ", page->terminal.file);
    pac_terminal_colored(&page->terminal, PAC_TERMINAL_RED, pac_reason_word(finding->reason));
    fputc('\n', page->terminal.file);
    print_labelled(page, "expected", finding->expected);
    print_labelled(page, "got", finding->observed);
  }
}

static void print_timeline(const struct pac_report_page *page, const struct pac_case_record *record) {
  if (record->timeline_count > 0) {
    fputs("    timeline\n", page->terminal.file);
  }
  for (uint32_t i = 0; i < record->timeline_count; i++) {
    fputs("      ", page->terminal.file);
    pac_terminal_text(&page->terminal, record->timeline[i]);
    fputc('\n', page->terminal.file);
  }
}

static void print_replay(const struct pac_report_page *page, const struct pac_journal_case *the_case) {
  if (page->options->replay_prefix != NULL) {
    fputs("    replay   ", page->terminal.file);
    pac_terminal_replay(&page->terminal, page->options->replay_prefix, the_case);
    fputc('\n', page->terminal.file);
  }
}

void pac_report_print_failures(const struct pac_report_page *page) {
  uint32_t count = count_of(page, PAC_VERDICT_FAIL, PAC_VERDICT_UNEXPECTED_PASS), shown = 0;
  if (count == 0) {
    return;
  }
  print_heading(page, "FAILURES", count);
  for (uint32_t i = 0; i < page->judgement->case_count && shown < shown_max(page); i++) {
    const struct pac_journal_case *the_case = &page->judgement->cases[i];
    const struct pac_case_record *record = the_case->record;
    if (record->verdict != PAC_VERDICT_FAIL && record->verdict != PAC_VERDICT_UNEXPECTED_PASS) {
      continue;
    }
    shown += 1;
    print_id(page, the_case, PAC_TERMINAL_RED);
    print_findings(page, the_case);
    print_timeline(page, record);
    print_replay(page, the_case);
  }
  print_left_out(page, count);
}

void pac_report_print_broken(const struct pac_report_page *page) {
  uint32_t count = count_of(page, PAC_VERDICT_BROKEN, PAC_VERDICT_BROKEN), shown = 0;
  uint32_t missing = page->judgement->missing;
  if (count + missing == 0) {
    return;
  }
  print_heading(page, "BROKEN", count + missing);
  if (missing > 0) {
    fprintf(page->terminal.file, "\n  %u planned case%s no record: the run was cut short\n", missing,
            missing == 1 ? " has" : "s have");
  }
  for (uint32_t i = 0; i < page->judgement->case_count && shown < shown_max(page); i++) {
    const struct pac_journal_case *the_case = &page->judgement->cases[i];
    const struct pac_case_record *record = the_case->record;
    if (record->verdict != PAC_VERDICT_BROKEN) {
      continue;
    }
    shown += 1;
    print_id(page, the_case, PAC_TERMINAL_YELLOW);
    fputs("    ", page->terminal.file);
    pac_terminal_wrapped(&page->terminal, 4, 4, record->note != NULL ? record->note : "no reason is recorded");
    print_timeline(page, record);
    print_replay(page, the_case);
  }
  print_left_out(page, count);
}

/* Reasons that are counted one by one; the full report has that of every case. */
#define REASONS_MAX 16u

struct reason {
  const char *note;
  uint32_t count; /* of cases */
};

/* Counts another case for its reason; false when there are too many reasons. */
static bool reason_count(struct reason reasons[REASONS_MAX], uint32_t *count, const char *note) {
  uint32_t place = 0;
  while (place < *count && strcmp(reasons[place].note, note) != 0) {
    place += 1;
  }
  if (place == REASONS_MAX) {
    return false;
  }
  if (place == *count) {
    reasons[place] = (struct reason){.note = note};
    *count += 1;
  }
  reasons[place].count += 1;
  return true;
}

/* The most frequent first, as the cases name them where two are equal. */
static void reasons_sort(struct reason *reasons, uint32_t count) {
  for (uint32_t i = 1; i < count; i++) {
    for (uint32_t k = i; k > 0 && reasons[k - 1].count < reasons[k].count; k--) {
      struct reason before = reasons[k - 1];
      reasons[k - 1] = reasons[k];
      reasons[k] = before;
    }
  }
}

void pac_report_print_unsupported(const struct pac_report_page *page) {
  struct reason reasons[REASONS_MAX];
  uint32_t count = 0, others = 0;
  uint32_t unsupported = count_of(page, PAC_VERDICT_UNSUPPORTED, PAC_VERDICT_UNSUPPORTED);
  if (unsupported == 0) {
    return;
  }
  for (uint32_t i = 0; i < page->judgement->case_count; i++) {
    const struct pac_case_record *record = page->judgement->cases[i].record;
    const char *note = record->note != NULL ? record->note : "the adapter answers unsupported";
    if (record->verdict == PAC_VERDICT_UNSUPPORTED && !reason_count(reasons, &count, note)) {
      others += 1;
    }
  }
  reasons_sort(reasons, count);
  print_heading(page, "UNSUPPORTED", unsupported);
  for (uint32_t i = 0; i < count; i++) {
    int column = fprintf(page->terminal.file, "  %u case%s: ", reasons[i].count, reasons[i].count == 1 ? "" : "s");
    pac_terminal_wrapped(&page->terminal, column < 0 ? 0 : (size_t)column, 4, reasons[i].note);
  }
  if (others > 0) {
    fprintf(page->terminal.file, "  ... and %u more for other reasons; the full report has them all\n", others);
  }
}

void pac_report_print_strays(const struct pac_report_page *page) {
  const struct pac_journal *journal = page->judgement->journal;
  if (journal->stray_count == 0) {
    return;
  }
  print_heading(page, "EVENTS OF NO CASE", journal->stray_count);
  fputs("  Their sink is none that pacheck gave, such as null, or its case ended too long ago to be told.\n",
        page->terminal.file);
  for (uint32_t i = 0; i < journal->stray_count && i < shown_max(page); i++) {
    fputs("    ", page->terminal.file);
    pac_terminal_text(&page->terminal, journal->strays[i]);
    fputc('\n', page->terminal.file);
  }
  print_left_out(page, journal->stray_count);
}
