/* SPDX-License-Identifier: Apache-2.0 */
/* Parses and checks the command line with getopt_long. Which option belongs to which command stands in usage.c. Whether files
 * and adapters named here exist is found out by those who open them. */
#include "runner/options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/complain.h"
#include "runner/journal.h"
#include "runner/usage.h"

/* The whole text has to be a number within bounds: decimal, or hexadecimal after 0x. */
static bool number_parse(const char *text, uint64_t minimum, uint64_t maximum, uint64_t *number) {
  if (text[0] < '0' || text[0] > '9') {
    return false;
  }
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, strncmp(text, "0x", 2) == 0 ? 16 : 10); /* 010 is ten */
  if (errno != 0 || *end != '\0' || value < minimum || value > maximum) {
    return false;
  }
  *number = value;
  return true;
}

static bool seconds_parse(const char *text, uint32_t *milliseconds) {
  char *end = NULL;
  errno = 0;
  double seconds = strtod(text, &end);
  if (errno != 0 || end == text || *end != '\0' || !isfinite(seconds)) {
    return false;
  }
  double scaled = seconds * 1000.0;
  if (scaled < 1.0 || scaled > (double)PAC_TIMEOUT_MS_MAX) {
    return false;
  }
  *milliseconds = (uint32_t)(scaled + 0.5);
  return true;
}

static bool u32_take(const char *word, const char *text, uint32_t minimum, uint32_t maximum, uint32_t *out) {
  uint64_t number = 0;
  if (!number_parse(text, minimum, maximum, &number)) {
    pac_complain("--%s takes a number from %u to %u, not '%s'", word, minimum, maximum, text);
    return false;
  }
  *out = (uint32_t)number;
  return true;
}

/* NAME=VALUE is split in place: getopt's arguments are writable and the caller keeps argv for the whole run. */
static bool adapter_option_take(struct pac_run_options *options, char *text) {
  if (options->adapter_option_count == PAC_JOURNAL_OPTIONS_MAX) {
    pac_complain("there are more than %u options for the adapter", PAC_JOURNAL_OPTIONS_MAX);
    return false;
  }
  char *equals = strchr(text, '=');
  if (equals == NULL || equals == text) {
    pac_complain("--option takes NAME=VALUE, not '%s'", text);
    return false;
  }
  *equals = '\0';
  options->adapter_options[options->adapter_option_count++] = (struct pac_option){text, equals + 1};
  return true;
}

static bool kind_take(struct pac_run_options *options, const char *text) {
  static const struct {
    const char *word;
    enum pac_dump_kind kind;
  } kinds[] = {{"unit", PAC_DUMP_KIND_UNIT},
               {"object_array", PAC_DUMP_KIND_OBJECT_ARRAY},
               {"context", PAC_DUMP_KIND_CONTEXT}};
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    if (strcmp(text, kinds[i].word) == 0) {
      options->dump_kind = kinds[i].kind;
      return true;
    }
  }
  pac_complain("there is no kind '%s'; the kinds are unit, object_array and context", text);
  return false;
}

static bool list_form_take(struct pac_run_options *options, enum pac_list_form form) {
  if (options->list_form != PAC_LIST_CASES && options->list_form != form) {
    pac_complain("--suites, --clauses and --json cannot be combined: JSON is printed of cases alone");
    return false;
  }
  options->list_form = form;
  return true;
}

static bool filter_take(struct pac_run_options *options, const char *text) {
  if (options->filter_count == PAC_JOURNAL_FILTERS_MAX) {
    pac_complain("there are more than %u filters", PAC_JOURNAL_FILTERS_MAX);
    return false;
  }
  if (text[0] == '\0' || strcmp(text, "!") == 0) {
    pac_complain("--filter needs a pattern");
    return false;
  }
  options->filters[options->filter_count++] = text;
  return true;
}

static bool profile_take(struct pac_run_options *options, const char *text) {
  if (pac_profile_find(text, &options->profile) != PAC_RESULT_OK) {
    pac_complain("there is no profile '%s'; the profiles are published, page and header", text);
    return false;
  }
  return true;
}

static bool timeout_take(struct pac_run_options *options, const char *text) {
  if (!seconds_parse(text, &options->timeout_ms)) {
    pac_complain("--timeout takes seconds, from 0.001 to a day, not '%s'", text);
    return false;
  }
  return true;
}

static bool seed_take(struct pac_run_options *options, const char *text) {
  if (!number_parse(text, 0, UINT64_MAX, &options->seed)) {
    pac_complain("--seed takes a number, not '%s'", text);
    return false;
  }
  return true;
}

static bool option_take(struct pac_run_options *options, int letter, char *text) {
  switch (letter) {
    case 'o':
      return adapter_option_take(options, text);
    case 'f':
      return filter_take(options, text);
    case 'p':
      return profile_take(options, text);
    case 't':
      return timeout_take(options, text);
    case 's':
      return seed_take(options, text);
    case 'j':
      return u32_take("jobs", text, 1, PAC_JOBS_MAX, &options->jobs);
    case 'H':
      return u32_take("max-hangs", text, 1, UINT32_MAX, &options->hangs_max);
    case 'M':
      return u32_take("memory", text, 0, UINT32_MAX, &options->memory_mib);
    case 'R':
      return u32_take("repeat", text, 1, UINT32_MAX, &options->repeat);
    case 'c':
      return u32_take("calls", text, 1, PAC_EXPLORE_CALLS_MAX, &options->calls);
    case 'P':
      return u32_take("programs", text, 1, UINT32_MAX, &options->programs);
    case 'J':
      options->journal_path = text;
      return true;
    case 'U':
      options->junit_path = text;
      return true;
    case 'i':
      options->is_in_process = true;
      return true;
    case 'A':
      options->adapter = text;
      return true;
    case 'T':
      options->has_timeline = true;
      return true;
    case 'E':
      options->operand = text;
      return true;
    case 'F':
      options->is_full = true;
      return true;
    case 'q':
      options->is_quiet = true;
      return true;
    case 'S':
      return list_form_take(options, PAC_LIST_SUITES);
    case 'C':
      return list_form_take(options, PAC_LIST_CLAUSES);
    case 'N':
      options->is_json = true;
      return list_form_take(options, PAC_LIST_JSON);
    case 'K':
      return kind_take(options, text);
    case 'L':
      options->is_tolerant = true;
      return true;
    default:
      return false;
  }
}

#define HELP_LETTER 'h' /* has no row: it belongs to every command */

/* The options of one command, and the help that every one has, in the forms that getopt_long wants. */
static void forms_fill(enum pac_command command, struct option *longs, char *shorts) {
  *shorts++ = ':';
  *shorts++ = HELP_LETTER;
  *longs++ = (struct option){"help", no_argument, NULL, HELP_LETTER};
  size_t count = 0;
  const struct pac_option_row *rows = pac_option_rows(&count);
  for (const struct pac_option_row *row = rows; row < rows + count; row++) {
    if (!pac_option_is_of(row, command)) {
      continue;
    }
    *longs++ = (struct option){row->word, row->argument != NULL ? required_argument : no_argument, NULL, row->letter};
    if (pac_option_has_short_form(row)) {
      *shorts++ = row->letter;
      if (row->argument != NULL) {
        *shorts++ = ':';
      }
    }
  }
  *longs = (struct option){0};
  *shorts = '\0';
}

static enum pac_result operands_take(struct pac_run_options *options, int count, char **operands) {
  const char *word = pac_command_word(options->command);
  bool wants_operand = options->command == PAC_COMMAND_EXPLAIN || options->command == PAC_COMMAND_REPLAY ||
                       options->command == PAC_COMMAND_REPORT || options->command == PAC_COMMAND_SHRINK ||
                       options->command == PAC_COMMAND_FUZZ_TO_PUT || options->command == PAC_COMMAND_DUMP ||
                       options->command == PAC_COMMAND_EXPORT_SEEDS;
  bool wants_adapter = options->command == PAC_COMMAND_RUN || options->command == PAC_COMMAND_REPLAY ||
                       options->command == PAC_COMMAND_WORKER || options->command == PAC_COMMAND_EXPLORE ||
                       options->command == PAC_COMMAND_SHRINK;
  int taken = 0;
  if (wants_operand && count == 0) {
    pac_complain("%s needs %s (see 'pacheck help %s')", word, pac_command_operands(options->command), word);
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  if ((wants_operand || options->command == PAC_COMMAND_HELP) && count > 0) {
    options->operand = operands[taken++];
  }
  if (wants_adapter && taken < count) {
    options->adapter = operands[taken++];
  }
  if (options->command == PAC_COMMAND_EXPORT_SEEDS || options->command == PAC_COMMAND_REPORT) {
    options->files = (const char *const *)operands + taken;
    options->file_count = (size_t)(count - taken);
    taken = count;
  }
  if (taken < count) {
    pac_complain("%s has no use for '%s' (see 'pacheck help %s')", word, operands[taken], word);
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  return PAC_RESULT_OK;
}

/* The option that getopt_long has just refused: it stands before optind, unless it is a letter amid others. */
static void refused_print(char **argv, char *buffer, size_t size) {
  const char *word = argv[optind - 1];
  bool is_whole = optopt == 0;
  size_t count = 0;
  const struct pac_option_row *rows = pac_option_rows(&count);
  for (size_t i = 0; i < count && !is_whole; i++) { /* --quiet=1; --jour at the end */
    is_whole = rows[i].letter == optopt && strncmp(word, "--", 2) == 0 &&
               strncmp(word + 2, rows[i].word, strcspn(word + 2, "=")) == 0;
  }
  if (is_whole) {
    (void)snprintf(buffer, size, "%s", word);
  } else {
    (void)snprintf(buffer, size, "-%c", optopt);
  }
}

static bool is_help(const char *word) {
  return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

enum pac_result pac_run_options_parse(int argc, char **argv, struct pac_run_options *options) {
  *options = (struct pac_run_options){.command = PAC_COMMAND_HELP,
                                      .adapter = "reference",
                                      .timeout_ms = PAC_TIMEOUT_MS_DEFAULT,
                                      .jobs = 1,
                                      .hangs_max = PAC_HANGS_MAX_DEFAULT,
                                      .memory_mib = PAC_MEMORY_MIB_DEFAULT,
                                      .calls = PAC_EXPLORE_CALLS_DEFAULT,
                                      .programs = PAC_EXPLORE_PROGRAMS_DEFAULT,
                                      .repeat = 1};
  if (argc < 2) {
    pac_complain("say what to do: 'pacheck run' judges the built-in reference, 'pacheck help' lists the commands");
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  const char *word = argv[1];
  if (is_help(word)) {
    word = "help";
  } else if (strcmp(word, "--version") == 0) {
    word = "version";
  }
  if (!pac_command_find(word, &options->command)) {
    pac_complain("there is no command '%s'; 'pacheck help' lists them", word);
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  options->adapter_options = calloc(PAC_JOURNAL_OPTIONS_MAX, sizeof *options->adapter_options);
  options->filters = calloc(PAC_JOURNAL_FILTERS_MAX, sizeof *options->filters);
  if (options->adapter_options == NULL || options->filters == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  struct option longs[PAC_OPTIONS_MAX + 2];
  char shorts[2 * PAC_OPTIONS_MAX + 3];
  forms_fill(options->command, longs, shorts);
  opterr = 0;
  optind = 0; /* glibc and musl start anew; the program may parse more than once in a test */
  for (;;) {
    int letter = getopt_long(argc - 1, argv + 1, shorts, longs, NULL);
    if (letter == -1) {
      return operands_take(options, argc - 1 - optind, argv + 1 + optind);
    }
    if (letter == HELP_LETTER) {
      options->operand = options->command == PAC_COMMAND_HELP ? NULL : word;
      options->command = PAC_COMMAND_HELP;
      return PAC_RESULT_OK;
    }
    if (letter == '?' || letter == ':') {
      char shown[256];
      refused_print(argv + 1, shown, sizeof shown);
      pac_complain(letter == ':' ? "%s: option '%s' needs a value (see 'pacheck help %s')"
                                 : "%s: option '%s' is not usable here (see 'pacheck help %s')",
                   word, shown, word);
      return PAC_RESULT_INVALID_ARGUMENT;
    }
    if (!option_take(options, letter, optarg)) {
      return PAC_RESULT_INVALID_ARGUMENT;
    }
  }
}

void pac_run_options_reset(struct pac_run_options *options) {
  free(options->adapter_options);
  free(options->filters);
  *options = (struct pac_run_options){0};
}
