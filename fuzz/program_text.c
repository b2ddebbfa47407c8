/* SPDX-License-Identifier: Apache-2.0 */
/* No text harms the reader of .put files: it refuses one with the line and a reason, and what it accepts comes back the same
 * from being printed, and from being encoded where the encoding can hold it. */
#include "input.h"
#include "program/program.h"

#define ENCODED_OCTETS_MAX ((size_t)1 << 16)

static struct pac_program *parse(const char *text, size_t length, char *why, size_t why_size) {
  struct pac_program *program = NULL;
  enum pac_result result = pac_program_parse(NULL, text, length, &program, why, why_size);
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_MALFORMED || result == PAC_RESULT_LIMIT, "%s",
            pac_result_text(result));
  PAC_CHECK((program != NULL) == (result == PAC_RESULT_OK), "%s", pac_result_text(result));
  return program;
}

static char *print(const struct pac_program *program) {
  size_t length = pac_program_print(program, NULL, 0);
  char *text = malloc(length + 1);
  PAC_CHECK(text != NULL && pac_program_print(program, text, length + 1) == length, "printing tells another length");
  return text;
}

static void check_text(const struct pac_program *program) {
  char why[256] = "";
  char *text = print(program);
  struct pac_program *again = parse(text, strlen(text), why, sizeof why);
  PAC_CHECK(again != NULL, "what was printed does not parse: %s\n%s", why, text);
  PAC_CHECK(pac_program_equal(program, again), "what was printed is another program:\n%s", text);
  char *second = print(again);
  PAC_CHECK(strcmp(text, second) == 0, "prints differently the second time:\n%s\n%s", text, second);
  pac_program_free(again);
  free(second);
  free(text);
}

/* The same calls without what is expected of them, which stands last on a line and is not encoded. Null when a text that
 * looks alike is in the way. */
static struct pac_program *calls_of(const struct pac_program *program) {
  char why[256] = "";
  char *text = print(program);
  char *to = text;
  for (const char *line = text; *line != '\0';) {
    const char *end = strchr(line, '\n');
    const char *expected = strstr(line, " expect ");
    size_t length = (size_t)(expected != NULL && expected < end ? expected - line : end - line);
    memmove(to, line, length);
    to[length] = '\n';
    to += length + 1;
    line = end + 1;
  }
  struct pac_program *calls = parse(text, (size_t)(to - text), why, sizeof why);
  free(text);
  return calls;
}

static void check_encoding(const struct pac_program *program) {
  static uint8_t octets[ENCODED_OCTETS_MAX];
  size_t size = 0;
  enum pac_result result = pac_program_encode(program, octets, sizeof octets, &size);
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_LIMIT || result == PAC_RESULT_UNSUPPORTED, "%s",
            pac_result_text(result));
  if (result != PAC_RESULT_OK || size > sizeof octets) {
    return;
  }
  struct pac_program *again = NULL;
  PAC_CHECK(pac_program_decode(NULL, octets, size, &again) == PAC_RESULT_OK, "its encoding does not decode");
  struct pac_program *calls = calls_of(program);
  char *text = print(again);
  PAC_CHECK(calls == NULL || pac_program_equal(calls, again), "encoded it is another program:\n%s", text);
  free(text);
  pac_program_free(calls);
  pac_program_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char why[256] = "";
  struct pac_input input = {data, size};
  char *text = (char *)pac_input_take(&input, size);
  struct pac_program *program = parse(text == NULL ? "" : text, size, why, sizeof why);
  PAC_CHECK(program != NULL || strncmp(why, "line ", 5) == 0, "refused without its line: %s", why);
  if (program != NULL) {
    check_text(program);
    check_encoding(program);
  }
  pac_program_free(program);
  free(text);
  return 0;
}
