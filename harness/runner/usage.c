/* SPDX-License-Identifier: Apache-2.0 */
/* The table of options, and the help that is printed from it and from the commands of options.h. */
#include "runner/usage.h"

#include <string.h>

#define ON(command) (1u << PAC_COMMAND_##command)
#define TRYING (ON(EXPLORE) | ON(SHRINK))
#define JUDGING (ON(RUN) | ON(REPLAY) | ON(WORKER) | TRYING)
#define TOLD (ON(RUN) | ON(REPLAY) | ON(REPORT))
#define SELECTING (ON(RUN) | ON(LIST) | ON(WORKER) | ON(EXPORT_SEEDS))

/* letter, word, argument, commands, text */
#define OPTION_MAP(X)                                                                                              \
  X('o', "option", "NAME=VALUE", JUDGING, "hand the adapter an option; may be repeated")                           \
  X('f', "filter", "GLOB", SELECTING, "only matching cases: case, suite, clause, strength:WORD; !GLOB leaves out") \
  X('A', "adapter", "ADAPTER", ON(RUN) | ON(REPLAY) | TRYING, "the adapter, in place of the operand")               \
  X('p', "profile", "WORD", JUDGING, "dialect of the two disputed codes: published (default), page, header")       \
  X('t', "timeout", "SECONDS", JUDGING, "longest wait for something that has to come (default 10)")                \
  X('s', "seed", "N", JUDGING, "seed of the run (default 0)")                                                      \
  X('j', "jobs", "N", ON(RUN), "worker processes (default 1)")                                                     \
  X('i', "in-process", NULL, ON(RUN) | ON(REPLAY) | TRYING, "run without workers, for a debugger")                 \
  X('c', "calls", "N", ON(EXPLORE), "calls of each program (default 8)")                                           \
  X('P', "programs", "N", ON(EXPLORE), "how many programs (default 10000)")                                        \
  X('J', "journal", "FILE", ON(RUN) | ON(REPLAY), "keep what happened as JSON Lines")                              \
  X('U', "junit", "FILE", TOLD, "write the verdicts as JUnit XML")                                                 \
  X('F', "full", NULL, TOLD, "report every clause and every failure")                                              \
  X('H', "max-hangs", "N", ON(RUN), "stop running cases after so many hung (default 10)")                          \
  X('M', "memory", "MIB", JUDGING, "address space of a worker (default 4096; 0 is no limit)")                      \
  X('q', "quiet", NULL, TOLD, "print the verdict and the failures, no progress")                                   \
  X('S', "suites", NULL, ON(LIST), "list the suites")                                                              \
  X('C', "clauses", NULL, ON(LIST), "list the clauses, each with its number of cases")                             \
  X('T', "timeline", NULL, ON(WORKER), "keep the timeline of every case")                                          \
  X('E', "exact", "CASE", ON(WORKER), "only this case")                                                            \
  X('N', "json", NULL, ON(LIST) | ON(DUMP), "print JSON")                                                          \
  X('K', "kind", "WORD", ON(DUMP), "what the file holds: unit, object_array, context (default: told by its start)") \
  X('L', "tolerant", NULL, ON(DUMP), "go on where a rule is broken, as long as it is safe")                         \
  X('R', "repeat", "N", ON(RUN) | ON(WORKER), "run every case N times and tell of the last; for benchmarks")

static const struct pac_option_row option_rows[] = {
#define OPTION_ROW(letter, word, argument, commands, text) {letter, word, argument, commands, text},
    OPTION_MAP(OPTION_ROW)
#undef OPTION_ROW
};
#define OPTION_ROW_COUNT (sizeof option_rows / sizeof option_rows[0])
_Static_assert(OPTION_ROW_COUNT <= PAC_OPTIONS_MAX, "the parser has no room for so many options");

struct command_row {
  const char *word;
  bool is_shown;
  const char *operands;
  const char *text;
};

static const struct command_row command_rows[PAC_COMMAND_COUNT] = {
#define COMMAND_ROW(name, word, shown, operands, text) {word, shown, operands, text},
    PAC_COMMAND_MAP(COMMAND_ROW)
#undef COMMAND_ROW
};

bool pac_command_find(const char *word, enum pac_command *command) {
  for (unsigned i = 0; i < PAC_COMMAND_COUNT; i++) {
    if (strcmp(word, command_rows[i].word) == 0) {
      *command = (enum pac_command)i;
      return true;
    }
  }
  return false;
}

const char *pac_command_word(enum pac_command command) {
  return command_rows[command].word;
}

const char *pac_command_operands(enum pac_command command) {
  return command_rows[command].operands;
}

const struct pac_option_row *pac_option_rows(size_t *count) {
  *count = OPTION_ROW_COUNT;
  return option_rows;
}

bool pac_option_is_of(const struct pac_option_row *row, enum pac_command command) {
  return (row->commands & (1u << command)) != 0;
}

bool pac_option_has_short_form(const struct pac_option_row *row) {
  return row->letter == 'j' || row->letter == 'f' || row->letter == 'q';
}

static void commands_print(FILE *file) {
  fputs("usage: pacheck COMMAND ...\n\n", file);
  for (unsigned i = 0; i < PAC_COMMAND_COUNT; i++) {
    if (command_rows[i].is_shown) {
      char left[64];
      (void)snprintf(left, sizeof left, "%s %s", command_rows[i].word, command_rows[i].operands);
      fprintf(file, "  %-24s %s\n", left, command_rows[i].text);
    }
  }
  fputs(
      "\nADAPTER is 'reference' (the default, built in) or the path of a shared library.\n"
      "exit code: 0 conforms, 1 does not conform, 2 could not judge\n",
      file);
}

bool pac_help_print(FILE *file, const char *word) {
  enum pac_command command = PAC_COMMAND_HELP;
  if (word == NULL) {
    commands_print(file);
    return true;
  }
  if (!pac_command_find(word, &command)) {
    return false;
  }
  const struct command_row *row = &command_rows[command];
  fprintf(file, "usage: pacheck %s%s%s\n%s\n", row->word, row->operands[0] != '\0' ? " " : "", row->operands,
          row->text);
  for (size_t i = 0; i < OPTION_ROW_COUNT; i++) {
    const struct pac_option_row *option = &option_rows[i];
    if (!pac_option_is_of(option, command) || option->letter == 'R') {
      continue; /* repetition is for benchmarks alone */
    }
    char left[64];
    (void)snprintf(left, sizeof left, "--%s%s%s", option->word, option->argument != NULL ? " " : "",
                   option->argument != NULL ? option->argument : "");
    if (pac_option_has_short_form(option)) {
      fprintf(file, "  -%c, %-20s %s\n", option->letter, left, option->text);
    } else {
      fprintf(file, "      %-20s %s\n", left, option->text);
    }
  }
  return true;
}
