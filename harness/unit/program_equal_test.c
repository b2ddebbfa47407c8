/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that differ in one thing are not equal: the tests of the forms lean on that. And what is copied is equal. */
#include "program_scene.h"

static const char *const programs[] = {
    THING "put Test_Thing sink A",
    THING "put Test_Thing sink B",
    THING "put Test_Thing sink A\ndrain",
    THING "put Test_Thing sink A\ncheck",
    THING "put Test_Thing flags safe sink A",
    THING "put Test_Thing sink A expect wbemNoErr",
    THING "put Test_Thing sink A expect wbemErrFailed",
    THING "put Test_Thing sink A expect wbemNoErr or wbemErrFailed",
    THING "put Test_Thing sink A context {Level=1}",
    THING "put Test_Thing sink A context {Level=2}",
    THING "put Test_Thing sink A async {Level=1}",
    THING "put Test_Thing sink A async {Level=2}",
    THING "put NULL sink A",
    THING "put Test_Thing no sink",
    THING "connect\nput Test_Thing sink A",
    THING "connect\nput Test_Thing sink A on 2",
    "class Test_Thing { [key] string Name; uint32 Size = 8; };\nput Test_Thing sink A",
    THING "instance of Test_Thing as $a {};\nput Test_Thing sink A\nput $a sink B",
    THING "instance of Test_Thing as $a {};\nput $a sink A\nput Test_Thing sink B",
    THING "class Test_Child : Test_Thing {};\nput Test_Child sink A",
    THING
    "class Test_Thing as $again { [key] string Name; uint32 Size = 7; };\nclass Test_Child : $again {};\n"
    "put Test_Child sink A\nput Test_Thing sink B",
    "step 1",
    "step 2",
    "rights none",
    "rights read",
    "fail allocation 1",
    "provider Test_Thing accepts",
    "provider Test_Other accepts",
    "provider Test_Thing holds",
    "provider Test_Thing accepts progress 1",
    "provider Test_Thing answers wbemErrFailed",
    "provider Test_Thing answers wbemErrReadOnly",
};

#define PROGRAMS_COUNT (sizeof programs / sizeof programs[0])

static void different_programs_are_told_apart(void) {
  for (size_t i = 0; i < PROGRAMS_COUNT; i++) {
    struct pac_program *left = parsed(programs[i]);
    for (size_t j = 0; j < PROGRAMS_COUNT; j++) {
      struct pac_program *right = parsed(programs[j]);
      bool is_right = pac_program_equal(left, right) == (i == j);
      CU_ASSERT_TRUE(is_right);
      if (!is_right) {
        printf("%s\n--\n%s\n", programs[i], programs[j]);
      }
      pac_program_free(right);
    }
    pac_program_free(left);
  }
}

static void a_copy_outlives_what_it_was_copied_from(void) {
  for (size_t i = 0; i < PROGRAMS_COUNT; i++) {
    struct pac_program *program = parsed(programs[i]);
    struct pac_program *same = parsed(programs[i]);
    struct pac_program *copy = NULL;
    CU_ASSERT_EQUAL_FATAL(pac_program_clone(NULL, program, &copy), PAC_RESULT_OK);
    pac_program_free(program);
    CU_ASSERT_TRUE(pac_program_equal(copy, same));
    pac_program_free(copy);
    pac_program_free(same);
  }
}

static CU_TestInfo tests[] = {{"different_programs_are_told_apart", different_programs_are_told_apart},
                              {"a_copy_outlives_what_it_was_copied_from", a_copy_outlives_what_it_was_copied_from},
                              CU_TEST_INFO_NULL};
UNIT_MAIN("program_equal", tests)
