/* SPDX-License-Identifier: Apache-2.0 */
/* A path that parses prints, and what it prints parses to an equal path that prints the same; nothing else harms. */
#include "input.h"
#include "pacheck/path.h"

static char *print(const struct pac_path *path, enum pac_path_form form) {
  size_t length = pac_path_print(path, form, NULL, 0);
  char *text = malloc(length + 1);
  PAC_CHECK(text != NULL && pac_path_print(path, form, text, length + 1) == length, "printing tells another length");
  PAC_CHECK(strlen(text) == length, "the printed path has another length");
  return text;
}

static void check(const struct pac_path *path, enum pac_path_form form) {
  char *text = print(path, form);
  struct pac_path *again = NULL;
  enum pac_result result = pac_path_parse(NULL, text, &again);
  if (result == PAC_RESULT_LIMIT) {
    free(text); /* escapes can make the printed form longer than a path may be */
    return;
  }
  PAC_CHECK(result == PAC_RESULT_OK, "%s does not parse: %s", text, pac_result_text(result));
  PAC_CHECK(pac_path_equal(path, again) && pac_path_equal(again, path), "%s is another path", text);
  char *second = print(again, form);
  PAC_CHECK(strcmp(text, second) == 0, "%s prints as %s", text, second);
  free(second);
  free(text);
  pac_path_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  PAC_CHECK(text != NULL, "not enough memory");
  memcpy(text, data, size);
  text[size] = '\0';
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_parse(NULL, text, &path);
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_MALFORMED || result == PAC_RESULT_LIMIT, "%s",
            pac_result_text(result));
  PAC_CHECK((path != NULL) == (result == PAC_RESULT_OK), "%s", pac_result_text(result));
  if (path != NULL) {
    check(path, PAC_PATH_FULL);
    check(path, PAC_PATH_RELATIVE);
  }
  pac_path_free(path);
  free(text);
  return 0;
}
