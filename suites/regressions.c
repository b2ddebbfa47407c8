/* SPDX-License-Identifier: Apache-2.0 */
/* Programs of calls that once showed something: one file of corpus/regressions is one case. A clause that the comments of a
 * file name, by id or as C-nnn, is one that the case exercises. */
#include "regressions.h"

#include <string.h>

#include "program/run.h"

extern const struct pac_suite pac_suite_regressions;

#define WORD_MAX 96u

static struct pac_program *parse(const struct regression_file *file, char *why, size_t why_size) {
  struct pac_program *program = NULL;
  return pac_program_parse(NULL, file->text, strlen(file->text), &program, why, why_size) == PAC_RESULT_OK ? program : NULL;
}

static bool is_part_of_word(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9') ||
         octet == '_' || octet == '.' || octet == '-';
}

/* The clauses that the comment lines name. */
static void find_clauses(const char *text, struct pac_case *out) {
  uint32_t count = 0;
  for (const char *line = text; line != NULL && *line == '#'; line = strchr(line, '\n'), line += line != NULL) {
    for (const char *at = line; *at != '\n' && *at != '\0';) {
      char word[WORD_MAX] = "";
      size_t length = 0;
      while (is_part_of_word(at[length]) && length + 1 < sizeof word) {
        length++;
      }
      memcpy(word, at, length);
      if (length > 0 && word[length - 1] == '.') {
        word[length - 1] = '\0';
      }
      enum pac_clause clause = PAC_CLAUSE_NONE;
      if (count + 1 < PAC_CASE_CLAUSES_MAX && pac_clause_find(word, &clause) == PAC_RESULT_OK) {
        out->clauses[count++] = clause;
      }
      at += length == 0 ? 1 : length;
    }
  }
}

static enum pac_result case_at(struct pac_arena *arena, size_t index, struct pac_case *out) {
  char why[256];
  (void)arena;
  struct pac_program *program = parse(&regression_files[index], why, sizeof why);
  *out = (struct pac_case){.name = regression_files[index].name,
                           .suite = &pac_suite_regressions,
                           .row = &regression_files[index],
                           .features = program == NULL ? 0u : pac_program_features(program)};
  find_clauses(regression_files[index].text, out);
  pac_program_free(program);
  return PAC_RESULT_OK;
}

static void run_file(struct pac_case_run *run) {
  char why[256] = "";
  const struct regression_file *file = run->the_case->row;
  struct pac_program *program = NULL;
  if (pac_program_parse(run->memory, file->text, strlen(file->text), &program, why, sizeof why) != PAC_RESULT_OK) {
    pac_run_broken(run, "%s", why);
  }
  pac_program_run(run, program, NULL);
}

/* The number of files is known to the build alone. */
const struct pac_suite pac_suite_regressions = {.name = "regressions",
                                                .title = "Programs of calls that once showed something",
                                                .case_count = PAC_REGRESSION_FILES,
                                                .case_at = case_at,
                                                .run = run_file};
