/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the one sentence of a command that cannot go on. Whoever calls it decides the exit code. */
#include "runner/complain.h"

#include <stdarg.h>
#include <stdio.h>

void pac_complain(const char *format, ...) {
  char sentence[1024];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  fprintf(stderr, "pacheck: %s\n", sentence);
}
