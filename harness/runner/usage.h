/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The commands and their options as the parser and the help both read them.
 */
#ifndef PACHECK_RUNNER_USAGE_H
#define PACHECK_RUNNER_USAGE_H

#include <stdio.h>

#include "runner/options.h"

#define PAC_OPTIONS_MAX 32u

/** One option. */
struct pac_option_row {
  char letter; /* in getopt's sense, also for options that have only a long form */
  const char *word;
  const char *argument; /* what the help calls its value; null for an option without one */
  unsigned commands;    /* that take it: bits 1 << enum pac_command */
  const char *text;
};

/** All options, in the order of the help: PAC_OPTIONS_MAX at most. */
const struct pac_option_row *pac_option_rows(size_t *count);

/** Whether a command takes the option. */
bool pac_option_is_of(const struct pac_option_row *row, enum pac_command command);

/** Whether the letter can be written too: only for options of common use, -j, -f and -q. */
bool pac_option_has_short_form(const struct pac_option_row *row);

/** Finds the command of a word; false when there is none. */
bool pac_command_find(const char *word, enum pac_command *command);

const char *pac_command_word(enum pac_command command);

/** What follows the word on the command line, as the help has it; empty for nothing. */
const char *pac_command_operands(enum pac_command command);

/** Prints the commands, or one command with its options when `command` is a word of one. False for another word. */
bool pac_help_print(FILE *file, const char *command);

#endif
