/* SPDX-License-Identifier: Apache-2.0 */
/* No text harms the reader of .put files: it refuses one with the line and a reason, and what it accepts comes back the same
 * from being printed, and can be given to the encoder. */
#include "input.h"
#include "program/program.h"

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

/* The encoder reads back what it has written and says UNSUPPORTED where that is another program: octets can say whatever text
 * says, but for what is too large for them. */
static void check_encoding(const struct pac_program *program) {
  size_t size = 0;
  enum pac_result result = pac_program_encode(program, NULL, 0, &size);
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_LIMIT, "%s", pac_result_text(result));
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
