/* SPDX-License-Identifier: Apache-2.0 */
/* Prints text that an implementation under test may have made. What is printed, and where, is left to the reports. */
#include "reports/terminal.h"

#include <string.h>

#include "runner/journal_text.h"

/* The columns that a character takes as it is shown; prints it when there is a file. */
static size_t show(FILE *file, const char *text, size_t length, size_t *octets) {
  uint32_t code = pac_journal_text_code_point(text, length, octets);
  if (code == PAC_JOURNAL_TEXT_INVALID) {
    if (file != NULL) {
      fputs("\xef\xbf\xbd", file);
    }
    return 1;
  }
  if (pac_journal_text_is_control(code)) {
    char shown[16];
    int columns =
        code == '\n' ? snprintf(shown, sizeof shown, "\\n") : snprintf(shown, sizeof shown, "\\x%02x", (unsigned)code);
    if (file != NULL) {
      fputs(shown, file);
    }
    return (size_t)columns;
  }
  if (file != NULL) {
    fwrite(text, 1, *octets, file);
  }
  return 1;
}

static size_t show_all(FILE *file, const char *text, size_t length) {
  size_t columns = 0;
  for (size_t in = 0, octets; in < length; in += octets) {
    columns += show(file, text + in, length - in, &octets);
  }
  return columns;
}

size_t pac_terminal_text(const struct pac_terminal *terminal, const char *text) {
  return show_all(terminal->file, text, strlen(text));
}

void pac_terminal_colored(const struct pac_terminal *terminal, enum pac_terminal_color color, const char *text) {
  static const char *const codes[] = {
      [PAC_TERMINAL_BOLD] = "1", [PAC_TERMINAL_RED] = "31", [PAC_TERMINAL_GREEN] = "32", [PAC_TERMINAL_YELLOW] = "33"};
  if (terminal->color) {
    fprintf(terminal->file, "\x1b[%sm", codes[color]);
  }
  pac_terminal_text(terminal, text);
  if (terminal->color) {
    fputs("\x1b[0m", terminal->file);
  }
}

void pac_terminal_wrapped(const struct pac_terminal *terminal, size_t column, size_t indent, const char *text) {
  bool is_line_start = true;
  for (;;) {
    text += strspn(text, " ");
    size_t length = strcspn(text, " ");
    if (length == 0) {
      break;
    }
    size_t columns = show_all(NULL, text, length);
    if (!is_line_start && column + 1 + columns > PAC_TERMINAL_COLUMNS) {
      fprintf(terminal->file, "\n%*s", (int)indent, "");
      column = indent;
      is_line_start = true;
    }
    if (!is_line_start) {
      fputc(' ', terminal->file);
      column += 1;
    }
    column += show_all(terminal->file, text, length);
    is_line_start = false;
    text += length;
  }
  fputc('\n', terminal->file);
}

static bool needs_quotes(const char *text) {
  return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=:,.@%/") != strlen(text);
}

/* Within single quotes only the single quote itself has a meaning. */
static void print_quoted(const struct pac_terminal *terminal, const char *text) {
  for (;;) {
    size_t length = strcspn(text, "'");
    show_all(terminal->file, text, length);
    if (text[length] == '\0') {
      return;
    }
    fputs("'\\''", terminal->file);
    text += length + 1;
  }
}

void pac_terminal_replay(const struct pac_terminal *terminal, const char *prefix,
                         const struct pac_journal_case *the_case) {
  bool is_quoted = needs_quotes(the_case->suite) || needs_quotes(the_case->name);
  pac_terminal_text(terminal, prefix);
  fputs(is_quoted ? " '" : " ", terminal->file);
  print_quoted(terminal, the_case->suite);
  fputc('/', terminal->file);
  print_quoted(terminal, the_case->name);
  fputs(is_quoted ? "'" : "", terminal->file);
}
