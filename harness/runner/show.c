/* SPDX-License-Identifier: Apache-2.0 */
/* From a journal to its reports and the exit code. For a replay the timeline of its one case comes first. */
#include "runner/show.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"
#include "reports/terminal.h"
#include "runner/complain.h"
#include "runner/kept_file.h"
#include "runner/progress.h"
#include "runner/run.h"

#define FAILURES_SHOWN_MAX 10u

/* Prints one word as a shell takes it. */
static void word_print(FILE *file, const char *text) {
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:,+@%";
  if (text[0] != '\0' && text[strspn(text, plain)] == '\0') {
    fputs(text, file);
    return;
  }
  fputc('\'', file);
  for (; *text != '\0'; text++) {
    if (*text == '\'') {
      fputs("'\\''", file);
    } else {
      fputc(*text, file);
    }
  }
  fputc('\'', file);
}

char *pac_replay_prefix_new(const struct pac_journal_run *run) {
  char *text = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&text, &length);
  if (memory == NULL) {
    return NULL;
  }
  fputs("pacheck replay", memory);
  if (strcmp(run->adapter, "reference") != 0) {
    fputs(" --adapter ", memory);
    word_print(memory, run->adapter);
  }
  for (uint32_t i = 0; i < run->option_count; i++) {
    fputs(" --option ", memory);
    word_print(memory, run->options[i].name);
    fputc('=', memory);
    word_print(memory, run->options[i].value);
  }
  if (run->profile != PAC_PROFILE_PUBLISHED) {
    fprintf(memory, " --profile %s", pac_profile_word(run->profile));
  }
  if (run->seed != 0) {
    fprintf(memory, " --seed %" PRIu64, run->seed);
  }
  if (run->timeout_ms != PAC_TIMEOUT_MS_DEFAULT) {
    fprintf(memory, " --timeout %g", run->timeout_ms / 1000.0);
  }
  if (fclose(memory) != 0) {
    free(text);
    return NULL;
  }
  return text;
}

static void replayed_case_print(const struct pac_judgement *judgement) {
  const struct pac_terminal terminal = {.file = stdout};
  for (uint32_t i = 0; i < judgement->case_count; i++) {
    const struct pac_journal_case *the_case = &judgement->cases[i];
    printf("%s/%s: %s\n", the_case->suite, the_case->name, pac_verdict_word(the_case->record->verdict));
    if (the_case->record->verdict != PAC_VERDICT_FAIL && the_case->record->verdict != PAC_VERDICT_BROKEN) {
      for (uint32_t line = 0; line < the_case->record->timeline_count; line++) {
        fputs("    ", stdout);
        pac_terminal_text(&terminal, the_case->record->timeline[line]);
        putchar('\n');
      }
    }
  }
}

/* The JUnit file, in place of an older one. */
static enum pac_result junit_write(const char *path, const struct pac_judgement *judgement,
                                   const struct pac_report_junit_options *options) {
  struct pac_kept_file kept;
  enum pac_result result = pac_kept_file_open(path, &kept);
  if (result != PAC_RESULT_OK) {
    return result;
  }
  result = pac_report_junit(kept.file, judgement, options);
  if (result != PAC_RESULT_OK) {
    pac_complain("cannot write '%s': %s", path, pac_result_text(result));
  } else {
    result = pac_kept_file_keep(&kept);
  }
  pac_kept_file_reset(&kept);
  return result;
}

static enum pac_result reports_write(const struct pac_run_options *options, const struct pac_judgement *judgement) {
  char *prefix = pac_replay_prefix_new(&judgement->journal->run);
  const char *no_color = getenv("NO_COLOR");
  bool wants_color = no_color == NULL || no_color[0] == '\0';
  const struct pac_report_text_options text = {.color = wants_color && pac_is_live_terminal(STDOUT_FILENO),
                                               .is_full = options->is_full,
                                               .failures_max = options->is_full ? 0 : FAILURES_SHOWN_MAX,
                                               .replay_prefix = prefix};
  const struct pac_report_junit_options junit = {.replay_prefix = prefix};
  enum pac_result result = prefix != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
  enum pac_result junit_result = PAC_RESULT_OK;
  /* First what is kept: whoever reads along may have heard enough, as head has, and that ends the program. */
  if (result == PAC_RESULT_OK && options->junit_path != NULL) {
    junit_result = junit_write(options->junit_path, judgement, &junit);
  }
  if (result == PAC_RESULT_OK) {
    if (options->command == PAC_COMMAND_REPLAY) {
      replayed_case_print(judgement);
    }
    result = pac_report_text(stdout, judgement, &text);
    if (result == PAC_RESULT_OK && fflush(stdout) != 0) {
      result = PAC_RESULT_IO;
    }
  }
  if (result != PAC_RESULT_OK) {
    pac_complain("cannot write the report: %s", pac_result_text(result));
  }
  free(prefix);
  return result != PAC_RESULT_OK ? result : junit_result;
}

int pac_show_journals(const struct pac_run_options *options, const char *const *names, FILE *const *journals,
                      size_t count) {
  char why[512] = "";
  size_t at = 0;
  struct pac_journal *journal = NULL;
  struct pac_judgement *judgement = NULL;
  int code = PAC_EXIT_COULD_NOT_JUDGE;
  enum pac_result result = pac_journal_read_shards(NULL, journals, count, &journal, &at, why, sizeof why);
  if (result != PAC_RESULT_OK) {
    pac_complain("cannot read %s: %s", names[at], why[0] != '\0' ? why : pac_result_text(result));
    return code;
  }
  result = pac_judge(journal, &judgement);
  if (result != PAC_RESULT_OK) {
    pac_complain("cannot judge %s: %s", names[0], pac_result_text(result));
  } else if (reports_write(options, judgement) == PAC_RESULT_OK) {
    code = (int)judgement->exit_code;
  }
  pac_judgement_free(judgement);
  pac_journal_free(journal);
  return code;
}

int pac_report_main(const struct pac_run_options *options) {
  size_t count = 1 + options->file_count;
  size_t opened = 0;
  int code = PAC_EXIT_COULD_NOT_JUDGE;
  if (options->junit_path != NULL && !pac_path_is_writable(options->junit_path)) {
    return code;
  }
  const char **names = calloc(count, sizeof *names);
  FILE **files = calloc(count, sizeof *files);
  if (names == NULL || files == NULL) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  } else {
    for (; opened < count; opened++) {
      names[opened] = opened == 0 ? options->operand : options->files[opened - 1];
      if (options->junit_path != NULL && !pac_path_is_free_of(options->junit_path, names[opened])) {
        break;
      }
      files[opened] = fopen(names[opened], "re");
      if (files[opened] == NULL) {
        pac_complain("cannot read '%s': %s", names[opened], strerror(errno));
        break;
      }
    }
    code = opened == count ? pac_show_journals(options, names, files, count) : code;
  }
  for (size_t i = 0; i < opened; i++) {
    (void)fclose(files[i]);
  }
  free(files);
  free(names);
  return code;
}
