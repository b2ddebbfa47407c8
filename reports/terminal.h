/* SPDX-License-Identifier: Apache-2.0 */
/** Printing for readers: text of any octets made visible, wrapped lines, colours when they are wanted. */
#ifndef PACHECK_REPORTS_TERMINAL_H
#define PACHECK_REPORTS_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

#include "runner/journal.h"

#define PAC_TERMINAL_COLUMNS 100u

struct pac_terminal {
  FILE *file;
  bool color;
};

enum pac_terminal_color { PAC_TERMINAL_BOLD, PAC_TERMINAL_RED, PAC_TERMINAL_GREEN, PAC_TERMINAL_YELLOW };

/** Prints text that may hold anything; a control character is shown as `\x1b`. Says how many columns it took. */
size_t pac_terminal_text(const struct pac_terminal *terminal, const char *text);

/** The same in a colour. */
void pac_terminal_colored(const struct pac_terminal *terminal, enum pac_terminal_color color, const char *text);

/**
 * Prints text and a newline, broken at blanks so that lines end before column PAC_TERMINAL_COLUMNS. `column` is where
 * the text starts, `indent` where further lines do. A word that is longer than a line stays whole.
 */
void pac_terminal_wrapped(const struct pac_terminal *terminal, size_t column, size_t indent, const char *text);

/** Prints the command that replays one case, without a newline. The id is quoted for a shell when it has to be. */
void pac_terminal_replay(const struct pac_terminal *terminal, const char *prefix,
                         const struct pac_journal_case *the_case);

#endif
