/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the one sentence of a command that cannot go on; names in it come from users and adapters. Whoever calls it
 * decides the exit code. */
#include "runner/complain.h"

#include <stdarg.h>
#include <stdio.h>

#include "reports/terminal.h"

void pac_complain(const char *format, ...) {
  char sentence[1024];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  fputs("pacheck: ", stderr);
  pac_terminal_text(&(struct pac_terminal){.file = stderr}, sentence);
  fputc('\n', stderr);
}
