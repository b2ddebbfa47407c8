/* SPDX-License-Identifier: Apache-2.0 */
/* What decodes can be printed: the tree is the same each time and ends in a line end, the JSON is JSON and says the
 * same under both profiles. What does not decode is told in one line with its rule, and a file that takes no more with
 * the exit code. */
#include "encoding/dump.h"
#include "input.h"

struct print {
  char *texts[2]; /* what was printed, and what was said against it */
  size_t sizes[2];
  enum pac_dump_exit code;
};

static struct print print_of(const uint8_t *octets, size_t size, enum pac_encoding_profile profile,
                             enum pac_dump_form form) {
  struct print print = {{NULL, NULL}, {0, 0}, PAC_DUMP_UNREAD};
  FILE *out = open_memstream(&print.texts[0], &print.sizes[0]);
  FILE *err = open_memstream(&print.texts[1], &print.sizes[1]);
  PAC_CHECK(out != NULL && err != NULL, "not enough memory");
  print.code = pac_dump(NULL, pac_encoding_recognise(octets, size), profile, form, octets, size, out, err);
  fclose(out);
  fclose(err);
  PAC_CHECK(print.code != PAC_DUMP_UNREAD, "%s", print.texts[1]);
  PAC_CHECK(print.sizes[0] == 0 || print.texts[0][print.sizes[0] - 1] == '\n', "the last line has no end");
  PAC_CHECK((print.code == PAC_DUMP_ACCEPTED) == (print.sizes[0] > 0), "printed although rejected, or the reverse");
  PAC_CHECK(print.code == PAC_DUMP_ACCEPTED || strncmp(print.texts[1], "V-", 2) == 0, "rejected without a rule: %s",
            print.texts[1]);
  return print;
}

static void forget(struct print *print) {
  free(print->texts[0]);
  free(print->texts[1]);
}

static void check_same(const struct print *left, const struct print *right, const char *what) {
  PAC_CHECK(left->sizes[0] == right->sizes[0] && memcmp(left->texts[0], right->texts[0], left->sizes[0]) == 0, "%s",
            what);
}

/* Prints into less room than there is to print. */
static void check_full(const uint8_t *octets, size_t size, enum pac_dump_form form, size_t room) {
  char *err_text = NULL;
  size_t err_size = 0;
  FILE *err = open_memstream(&err_text, &err_size);
  char *text = malloc(room);
  FILE *out = text == NULL ? NULL : fmemopen(text, room, "w");
  PAC_CHECK(out != NULL && err != NULL, "not enough memory");
  enum pac_dump_exit code =
      pac_dump(NULL, pac_encoding_recognise(octets, size), PAC_ENCODING_TOLERANT, form, octets, size, out, err);
  PAC_CHECK(code == PAC_DUMP_UNREAD, "half of it was written, and it says %d", (int)code);
  fclose(out);
  fclose(err);
  free(text);
  free(err_text);
}

static void check_json(const struct print *print) {
  json_error_t error;
  json_t *json = json_loadb(print->texts[0], print->sizes[0], JSON_ALLOW_NUL, &error);
  PAC_CHECK(json != NULL, "no JSON: %s", error.text);
  json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  uint8_t *octets = pac_input_take(&input, size);
  struct print strict = print_of(octets, size, PAC_ENCODING_STRICT, PAC_DUMP_JSON);
  struct print tolerant = print_of(octets, size, PAC_ENCODING_TOLERANT, PAC_DUMP_JSON);
  struct print trees[2] = {print_of(octets, size, PAC_ENCODING_TOLERANT, PAC_DUMP_TREE),
                           print_of(octets, size, PAC_ENCODING_TOLERANT, PAC_DUMP_TREE)};
  check_same(&trees[0], &trees[1], "the tree is another one the second time");
  PAC_CHECK(trees[0].code == tolerant.code, "the two forms end in different ways");
  if (tolerant.code == PAC_DUMP_ACCEPTED) {
    check_json(&tolerant);
    check_full(octets, size, PAC_DUMP_JSON, tolerant.sizes[0] / 2);
    check_full(octets, size, PAC_DUMP_TREE, trees[0].sizes[0] / 2);
  }
  if (strict.code == PAC_DUMP_ACCEPTED) {
    check_same(&strict, &tolerant, "the profiles print different JSON");
  }
  forget(&strict);
  forget(&tolerant);
  forget(&trees[0]);
  forget(&trees[1]);
  free(octets);
  return 0;
}
