/* SPDX-License-Identifier: Apache-2.0 */
/* Forms that somebody who knows MOF and the documentation of the call writes: they are read, or refused with what to
 * write. */
#include "program_scene.h"

struct row {
  const char *text;
  const char *means; /* the same in the form that is printed; or */
  const char *why;
};

static const struct row rows[] = {
    {.text = "class A { real64 B = .5; real32 C[] = {-.25, 1., +.5e1}; };\nput A",
     .means = "class A {\n  real64 B = 0.5;\n  real32 C[] = {-0.25, 1.0, 5.0};\n};\n\nput A sink A\n"},
    {.text = "[Q(.5)] class A {};\nput A", .means = "[Q(0.5)]\nclass A {\n};\n\nput A sink A\n"},
    {.text = "class A { uint8 B = .5; };",
     .why = "line 1: an integer is a number from 0 to 18446744073709551615, not '.5'"},
    {.text = "class A {};\nput A flags wbemChangeFlagCreateOnly|WBEMFLAGRETURNIMMEDIATELY|safe|0x80",
     .means = "class A {\n};\n\nput A flags create-only|immediately|safe|send-status sink A\n"},
    {.text = "class A {};\nput A flags wbemFlagForwardOnly", .why = "line 2: there is no flag 'wbemFlagForwardOnly'"},
    /* All three ends of lines; a comment goes no further. */
    {.text = "# one\rclass A {\r};// two\rput A\r", .means = "class A {\n};\n\nput A sink A\n"},
    {.text = "# one\r\nclass A {\r\n};\r\nput A\r\n", .means = "class A {\n};\n\nput A sink A\n"},
    {.text = "# one\r/* two\r */ class A {\rstrin B; };\r", .why = "line 4: there is no type 'strin'"},
    {.text = "# one\r\n/* two\r\n */ class A {\r\nstrin B; };\r\n", .why = "line 4: there is no type 'strin'"},
    /* What would be misread, were it taken for a comment. */
    {.text = "\n#pragma classflags(\"forceupdate\")\nclass A {};\nput A",
     .why = "line 2: #pragma has no meaning here: flags stand behind a put, 'connect' makes a namespace"},
    {.text = "class A { [key] string B; A ref C; };",
     .why = "line 1: a reference is declared without the class that it refers to: ref, not A ref"},
    {.text = "class A {};\nclass B { A C; };",
     .why = "line 2: there is no type 'A'; an embedded object is declared as object"},
};

static void forms_are_read_or_refused_with_a_reason(void) {
  static char text[4096];
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const struct row *row = &rows[i];
    char why[256] = "";
    struct pac_program *program = NULL;
    enum pac_result result = pac_program_parse(NULL, row->text, strlen(row->text), &program, why, sizeof why);
    text[0] = '\0';
    if (result == PAC_RESULT_OK) {
      (void)pac_program_print(program, text, sizeof text);
      pac_program_free(program);
    }
    bool is_as_it_should = row->why != NULL ? strcmp(why, row->why) == 0 : strcmp(text, row->means) == 0;
    if (!is_as_it_should) {
      printf("row %zu: %s%s\n", i, why, text);
    }
    CU_ASSERT(is_as_it_should);
  }
}

static CU_TestInfo tests[] = {
    {"forms_are_read_or_refused_with_a_reason", forms_are_read_or_refused_with_a_reason},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("program_mof", tests)
