/* SPDX-License-Identifier: Apache-2.0 */
/* A kept file appears whole, in place of an older one, or not at all. The sentences that it says are of command_test. */
#include "runner/kept_file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report_files.h"

#define PLACE "kept_place"
#define NAME PLACE "/file"

/* A new folder, in the folder that the test runs in. */
static void place_make(void) {
  (void)unlink(NAME); /* of a run that was cut short */
  (void)unlink(NAME ".part");
  (void)rmdir(NAME);
  (void)rmdir(PLACE);
  CU_ASSERT_EQUAL_FATAL(mkdir(PLACE, 0700), 0);
}

static void place_remove(void) {
  CU_ASSERT_EQUAL(rmdir(PLACE), 0); /* nothing lies there any more */
}

static void check_text(const char *path, const char *expected) {
  char *text = file_text(path);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  CU_ASSERT_STRING_EQUAL(text, expected);
  free(text);
}

static void write_text(const char *path, const char *text) {
  struct pac_kept_file file;
  CU_ASSERT_EQUAL_FATAL(pac_kept_file_open(path, &file), PAC_RESULT_OK);
  fputs(text, file.file);
  CU_ASSERT_EQUAL(pac_kept_file_keep(&file), PAC_RESULT_OK);
  pac_kept_file_reset(&file);
}

static void it_takes_its_name_when_it_is_kept(void) {
  place_make();
  write_text(NAME, "older");
  struct pac_kept_file file;
  CU_ASSERT_EQUAL_FATAL(pac_kept_file_open(NAME, &file), PAC_RESULT_OK);
  fputs("newer", file.file);
  check_text(NAME, "older");
  CU_ASSERT_EQUAL(pac_kept_file_keep(&file), PAC_RESULT_OK);
  check_text(NAME, "newer");
  pac_kept_file_reset(&file);
  CU_ASSERT_EQUAL(unlink(NAME), 0);
  place_remove();
}

/* A CI server reads as somebody else. */
static void others_may_read_it_as_far_as_the_user_lets_them(void) {
  struct stat status;
  place_make();
  mode_t before = umask(027);
  write_text(NAME, "text");
  (void)umask(before);
  CU_ASSERT_EQUAL_FATAL(stat(NAME, &status), 0);
  CU_ASSERT_EQUAL(status.st_mode & 0777u, 0640u);
  CU_ASSERT_EQUAL(unlink(NAME), 0);
  place_remove();
}

static void one_that_is_not_kept_leaves_the_older_one(void) {
  place_make();
  write_text(NAME, "older");
  struct pac_kept_file file;
  CU_ASSERT_EQUAL_FATAL(pac_kept_file_open(NAME, &file), PAC_RESULT_OK);
  fputs("newer", file.file);
  pac_kept_file_reset(&file);
  check_text(NAME, "older");
  CU_ASSERT_EQUAL(unlink(NAME), 0);
  place_remove();
}

static void one_that_is_left_stays_beside_its_name(void) {
  place_make();
  struct pac_kept_file file;
  CU_ASSERT_EQUAL_FATAL(pac_kept_file_open(NAME, &file), PAC_RESULT_OK);
  CU_ASSERT_PTR_NULL(pac_kept_file_leave(&file)); /* there is nothing in it */
  fputs("half", file.file);
  const char *left = pac_kept_file_leave(&file);
  CU_ASSERT_PTR_NOT_NULL_FATAL(left);
  CU_ASSERT_PTR_NOT_NULL(strstr(left, NAME ".part"));
  pac_kept_file_reset(&file);
  check_text(NAME ".part", "half");
  CU_ASSERT_NOT_EQUAL(access(NAME, F_OK), 0);
  CU_ASSERT_EQUAL(unlink(NAME ".part"), 0);
  place_remove();
}

static void one_process_writes_it_at_a_time(void) {
  place_make();
  struct pac_kept_file first, second;
  CU_ASSERT_EQUAL_FATAL(pac_kept_file_open(NAME, &first), PAC_RESULT_OK);
  fputs("first", first.file);
  CU_ASSERT_EQUAL(pac_kept_file_open(NAME, &second), PAC_RESULT_IO);
  CU_ASSERT_EQUAL(pac_kept_file_keep(&first), PAC_RESULT_OK);
  pac_kept_file_reset(&first);
  check_text(NAME, "first");
  CU_ASSERT_EQUAL(unlink(NAME), 0);
  place_remove();
}

/* A folder stands where the file should, or there is none for it: nothing is left anywhere. */
static void a_place_that_takes_no_file_is_told_at_once(void) {
  struct pac_kept_file file;
  place_make();
  CU_ASSERT_EQUAL_FATAL(mkdir(NAME, 0700), 0);
  CU_ASSERT_EQUAL(pac_kept_file_open(NAME, &file), PAC_RESULT_IO);
  CU_ASSERT_EQUAL(rmdir(NAME), 0);
  CU_ASSERT_EQUAL(pac_kept_file_open(NAME "/in/none", &file), PAC_RESULT_IO);
  place_remove();
}

static void a_device_without_room_is_told(void) {
  struct pac_kept_file file;
  if (access("/dev/full", W_OK) != 0) {
    fputs("(skipped: there is no /dev/full) ", stdout);
    return;
  }
  CU_ASSERT_EQUAL_FATAL(pac_kept_file_open("/dev/full", &file), PAC_RESULT_OK);
  fputs("text", file.file);
  CU_ASSERT_EQUAL(pac_kept_file_keep(&file), PAC_RESULT_IO);
  pac_kept_file_reset(&file);
}

static CU_TestInfo tests[] = {
    {"it_takes_its_name_when_it_is_kept", it_takes_its_name_when_it_is_kept},
    {"others_may_read_it_as_far_as_the_user_lets_them", others_may_read_it_as_far_as_the_user_lets_them},
    {"one_that_is_not_kept_leaves_the_older_one", one_that_is_not_kept_leaves_the_older_one},
    {"one_that_is_left_stays_beside_its_name", one_that_is_left_stays_beside_its_name},
    {"one_process_writes_it_at_a_time", one_process_writes_it_at_a_time},
    {"a_place_that_takes_no_file_is_told_at_once", a_place_that_takes_no_file_is_told_at_once},
    {"a_device_without_room_is_told", a_device_without_room_is_told},
    CU_TEST_INFO_NULL,
};

int main(void) {
  return unit_run("kept_file", tests);
}
