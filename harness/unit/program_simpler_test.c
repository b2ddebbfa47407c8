/* SPDX-License-Identifier: Apache-2.0 */
/* What shrinking comes to: of a file of calls only what counts is left, said as plainly as it can be. */
#include "program/simpler.h"

#include "program/shrink.h"
#include "program_scene.h"

#define NEEDLES_MAX 4u
#define TEXT_OCTETS_MAX 65536u
#define TESTS_MAX 5000u

/* What counts are the calls that are left at least, and texts that the program has to say, in this order. */
struct row {
  const char *text;
  uint32_t calls_min;
  const char *needles[NEEDLES_MAX];
  const char *small;
};

static bool says_them(void *context, const struct pac_program *candidate) {
  static char text[TEXT_OCTETS_MAX];
  const struct row *row = context;
  const char *at = text;
  (void)pac_program_print(candidate, text, sizeof text);
  for (unsigned i = 0; at != NULL && i < NEEDLES_MAX && row->needles[i] != NULL; i++) {
    at = strstr(at, row->needles[i]);
  }
  return at != NULL && candidate->call_count >= row->calls_min;
}

static const struct row rows[] = {
    /* A parent that says nothing goes, and what it declared may be declared here. */
    {"class Test_Top { [key] string Name; };\nclass Test_Mid : Test_Top {};\nclass Test_Low : Test_Mid { uint8 Id; };\n"
     "put Test_Low sink A\n",
     1,
     {"uint8 Id"},
     "class Test_Low {\n  uint8 Id;\n};\n\nput Test_Low sink A\n"},
    {"class Test_Low : Test_Top by name { uint8 Id; };\nput Test_Low sink A\n",
     1,
     {"uint8 Id"},
     "class Test_Low {\n  uint8 Id;\n};\n\nput Test_Low sink A\n"},
    /* An instance of a derived class can be one of the parent. */
    {"class Test_Top { [key] string Name; };\nclass Test_Low : Test_Top { uint8 Id; };\n"
     "instance of Test_Low as $one { Name = \"x\"; };\nput $one sink A\n",
     1,
     {"Name ="},
     "class Test_Top {\n  string Name;\n};\n\ninstance of Test_Top as $one {\n  Name = \"a\";\n};\n\nput $one sink "
     "A\n"},
    /* Two declarations that came to say the same are one. */
    {"class Test_Top as $old { uint8 Id; };\nclass Test_Top as $new { string Note; };\nput $old sink A\nput $new sink "
     "B\n",
     2,
     {"put"},
     "class Test_Top as $old {\n};\n\nput $old sink A\nput $old sink B\n"},
    /* What both declare goes from both, when neither may differ. */
    {"class Test_Top as $old { uint8 Id; void Act(); };\n[Description(\"d\")] class Test_Top as $new { uint8 Id; void "
     "Act(); };\n"
     "put $old sink A\nput $new sink B\n",
     2,
     {"[Description", "put $o"},
     NULL},
    /* Flavors, and values that need not be what they are. */
    {"[Weight(2.5): ToInstance Amended, Color(\"red\"): ToInstance ToSubclass DisableOverride] class Test_Top {};\n"
     "put Test_Top sink A\n",
     1,
     {"Weight", "Color", "ToSubclass"},
     "[Weight, Color: ToSubclass]\nclass Test_Top {\n};\n\nput Test_Top sink A\n"},
    {"class Test_Top { uint32 Sizes[] = {7, 8, 9}; uint64 Id = 77; };\nput Test_Top sink A\n",
     1,
     {"Sizes[] = {", "}", "Id ="},
     "class Test_Top {\n  uint32 Sizes[] = {};\n  uint64 Id = 1;\n};\n\nput Test_Top sink A\n"},
    /* Values that need not differ become the same plain one. */
    {"class T { [key] string Name; };\ninstance of T as $one { Name = \"x y\"; };\ninstance of T as $two { Name = "
     "\"z\"; };\n"
     "put $one sink A\nput $two sink B\n",
     2,
     {"$one {\n  Name", "$two {\n  Name"},
     "class T {\n  string Name;\n};\n\ninstance of T as $one {\n  Name = \"a\";\n};\n\ninstance of T as $two {\n  Name "
     "= \"a\";\n};\n"
     "\nput $one sink A\nput $two sink B\n"},
    /* Parameters one by one. */
    {"class T { sint16 Act([in, out] sint16 Input, [in] uint16 Second, [out] string Third); };\nput T sink A\n",
     1,
     {"Second"},
     "class T {\n  void Act([in] uint16 Second);\n};\n\nput T sink A\n"},
    /* Elements of contexts, sinks and numbers. */
    {"class T {};\nput T sink G context {One=1, Two=2} async {Call=\"x\"}\nput T sink G async {Call=\"y\", "
     "More=1}\ncancel sink G\n",
     3,
     {"{Two=", "cancel"},
     "class T {\n};\n\nput T sink A context {Two=2}\nput T sink B\ncancel sink A\n"},
    {"class T {};\nput T sink C async {Call=\"x\", More=1}\nput T sink C async {Call=\"y\"}\n",
     2,
     {"async {More", "async {Call"},
     "class T {\n};\n\nput T sink A async {More=1}\nput T sink A async {Call=\"y\"}\n"},
    {"class T {};\nfail allocation 9\nput T sink B\nprovider T answers wbemErrFailed progress 3\n",
     3,
     {"fail", "put", "provider"},
     "class T {\n};\n\nfail allocation 1\nput T sink A\nprovider T accepts\n"},
};

static void what_counts_is_left(void) {
  static char text[TEXT_OCTETS_MAX];
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct row row = rows[i];
    struct pac_program *program = parsed(row.text);
    struct pac_program *small = NULL;
    CU_ASSERT_EQUAL_FATAL(pac_program_shrink(program, says_them, &row, TESTS_MAX, &small), PAC_RESULT_OK);
    (void)pac_program_print(small, text, sizeof text);
    bool is_expected =
        row.small == NULL ? strstr(text, "Act") == NULL && strstr(text, "Id") == NULL : strcmp(text, row.small) == 0;
    if (!is_expected) {
      printf("row %zu came to\n%s\n", i, text);
    }
    CU_ASSERT(is_expected);
    pac_program_free(small);
    pac_program_free(program);
  }
}

static unsigned times_said(const char *text, const char *word) {
  unsigned times = 0;
  for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
    times += 1;
  }
  return times;
}

static bool differ_in_description_alone(void *context, const struct pac_program *candidate) {
  static char text[TEXT_OCTETS_MAX];
  (void)context;
  (void)pac_program_print(candidate, text, sizeof text);
  return candidate->call_count == 2 && times_said(text, "class") == 2 && times_said(text, "Description") == 1 &&
         times_said(text, "Id") != 1 && times_said(text, "Act") != 1;
}

/* What would be a difference of its own in one of two declarations goes from both at once. */
static void what_both_declare_goes_from_both(void) {
  static char text[TEXT_OCTETS_MAX];
  struct pac_program *small = NULL;
  struct pac_program *program =
      parsed("class Test_Top as $old { uint8 Id; void Act(); };\n"
             "[Description(\"d\")] class Test_Top as $new { uint8 Id; void Act(); };\nput $old sink A\nput $new sink B\n");
  CU_ASSERT_EQUAL_FATAL(pac_program_shrink(program, differ_in_description_alone, NULL, TESTS_MAX, &small), PAC_RESULT_OK);
  (void)pac_program_print(small, text, sizeof text);
  CU_ASSERT_STRING_EQUAL(text, "class Test_Top as $old {\n};\n\n[Description]\nclass Test_Top as $new {\n};\n\n"
                               "put $old sink A\nput $new sink B\n");
  pac_program_free(small);
  pac_program_free(program);
}

/* Every way makes a program that its text says without loss, and the ways come to an end. */
static void simpler_programs_are_programs(void) {
  static char text[TEXT_OCTETS_MAX];
  char why[256];
  for (uint64_t seed = 0; seed < 60; seed++) {
    struct pac_program *program = NULL;
    CU_ASSERT_EQUAL_FATAL(pac_program_random(NULL, seed, 12, &program), PAC_RESULT_OK);
    enum pac_result result = PAC_RESULT_OK;
    uint32_t nth = 0;
    for (; result != PAC_RESULT_NOT_FOUND && nth < TESTS_MAX; nth++) {
      struct pac_program *simpler = NULL;
      struct pac_program *back = NULL;
      CU_ASSERT_EQUAL_FATAL(pac_program_clone(NULL, program, &simpler), PAC_RESULT_OK);
      result = pac_program_simpler(simpler, nth);
      if (result == PAC_RESULT_OK) {
        CU_ASSERT(!pac_program_equal(simpler, program));
        pac_program_drop_unused(simpler);
        size_t length = pac_program_print(simpler, text, sizeof text);
        CU_ASSERT_FATAL(length < sizeof text);
        CU_ASSERT_EQUAL_FATAL(pac_program_parse(NULL, text, length, &back, why, sizeof why), PAC_RESULT_OK);
        CU_ASSERT(pac_program_equal(back, simpler));
        pac_program_free(back);
      }
      pac_program_free(simpler);
    }
    CU_ASSERT(nth < TESTS_MAX);
    pac_program_free(program);
  }
}

static CU_TestInfo tests[] = {
    {"what_counts_is_left", what_counts_is_left},
    {"what_both_declare_goes_from_both", what_both_declare_goes_from_both},
    {"simpler_programs_are_programs", simpler_programs_are_programs},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("program_simpler", tests)
