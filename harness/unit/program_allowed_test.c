/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the oracle allows for each put of corpus/programs and corpus/regressions, held against program_allowed.txt. A replay
 * fails only when the oracle allows too little; that it allows too much shows here. With PAC_SELFTEST_UPDATE=1 the file is
 * written instead: read the difference, since each line that grows is a fault that nobody will be told of.
 */
#include <dirent.h>

#include "golden.h"
#include "program_scene.h"

static int is_program(const struct dirent *entry) {
  const char *end = strrchr(entry->d_name, '.');
  return end != NULL && strcmp(end, ".put") == 0;
}

static void print_allowed(FILE *out, const char *name, const struct pac_program *program) {
  const struct pac_case_settings settings = settings_of(pac_reference_adapter());
  struct pac_program_statuses *allowed = calloc(program->call_count + 1, sizeof *allowed);
  struct pac_program_watch watch = {.allowed = allowed};
  struct pac_case_record record;
  CU_ASSERT_PTR_NOT_NULL_FATAL(allowed);
  pac_program_execute(program, name, &settings, &watch, &record);
  CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_PASS);
  for (uint32_t i = 0; i < program->call_count; i++) {
    if (program->calls[i].op != PAC_PROGRAM_PUT) {
      continue;
    }
    fprintf(out, "%s:%u", name, (unsigned)program->calls[i].line);
    for (uint32_t j = 0; j < allowed[i].count; j++) {
      fprintf(out, " %s", pac_status_word(allowed[i].statuses[j]));
    }
    fputs(allowed[i].count == 0 ? " open\n" : "\n", out);
  }
  pac_case_record_reset(&record);
  free(allowed);
}

static void print_folder(FILE *out, const char *folder) {
  struct dirent **entries = NULL;
  char path[2048];
  snprintf(path, sizeof path, PAC_SOURCE_DIR "/corpus/%s", folder);
  int count = scandir(path, &entries, is_program, alphasort);
  CU_ASSERT_TRUE_FATAL(count > 0);
  for (int i = 0; i < count; i++) {
    size_t size = 0;
    snprintf(path, sizeof path, PAC_SOURCE_DIR "/corpus/%s/%s", folder, entries[i]->d_name);
    char *text = (char *)vectors_read_file(path, &size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    text[size] = '\0';
    struct pac_program *program = parsed(text);
    print_allowed(out, entries[i]->d_name, program);
    pac_program_free(program);
    free(text);
    free(entries[i]);
  }
  free(entries);
}

static void each_put_is_allowed_what_the_file_says(void) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(out);
  print_folder(out, "programs");
  print_folder(out, "regressions");
  CU_ASSERT_EQUAL_FATAL(fclose(out), 0);
  CU_ASSERT_TRUE(golden_is("program_allowed.txt", text));
  free(text);
}

static CU_TestInfo tests[] = {{"each_put_is_allowed_what_the_file_says", each_put_is_allowed_what_the_file_says},
                              CU_TEST_INFO_NULL};
UNIT_MAIN("program_allowed", tests)
