/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of a program: any octets are one, and octets, memory and text turn into each other without loss. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program/recycler.h"
#include "program_scene.h"
#include "unit.h"

static uint64_t state;

static uint8_t next_octet(void) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
  return (uint8_t)((mixed ^ (mixed >> 27)) >> 24);
}

/* Instructions, and some pieces behind them that look like texts and values. */
static size_t random_input(uint8_t *octets, size_t instructions) {
  size_t size = 1 + instructions * PAC_PROGRAM_INSTRUCTION_OCTETS;
  for (size_t i = 0; i < size; i++) {
    octets[i] = next_octet();
  }
  octets[0] = (uint8_t)(next_octet() % 4 == 0 ? 255 : instructions);
  octets[1] = 0;
  for (unsigned pieces = next_octet() % 8u; pieces > 0; pieces--) {
    uint8_t length = next_octet() % 24;
    octets[size++] = length;
    octets[size++] = 0;
    for (; length > 0; length--) {
      octets[size++] = next_octet() % 3 == 0 ? next_octet() : (uint8_t)"abcXYZ_ 09\1\2\3\0\5"[next_octet() % 15];
    }
  }
  return size;
}

static void any_octets_are_a_program(void) {
  static uint8_t octets[4096];
  struct pac_recycler *recycler = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_recycler_new((size_t)1 << 20, &recycler), PAC_RESULT_OK);
  state = 1;
  for (int i = 0; i < 100000; i++) {
    struct pac_program *program = NULL;
    size_t size = next_octet() % 128u;
    for (size_t j = 0; j < size; j++) {
      octets[j] = next_octet();
    }
    pac_recycler_reset(recycler);
    CU_ASSERT_EQUAL_FATAL(pac_program_decode(pac_recycler_memory(recycler), octets, size, &program), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(pac_program_indistinct(program), PAC_PROGRAM_NONE);
    pac_program_free(program);
  }
  pac_recycler_free(recycler);
}

static void check_text(const struct pac_program *program, char *text, size_t text_size) {
  char why[256] = "";
  struct pac_program *back = NULL;
  size_t length = pac_program_print(program, text, text_size);
  CU_ASSERT_FATAL(length < text_size);
  if (pac_program_parse(NULL, text, length, &back, why, sizeof why) != PAC_RESULT_OK || !pac_program_equal(back, program)) {
    printf("%s\n%s\n", why, text);
    CU_FAIL("the text does not give the program back");
  }
  pac_program_free(back);
}

static void check_octets(const struct pac_program *program, uint8_t *octets, size_t capacity) {
  struct pac_program *back = NULL;
  size_t size = 0;
  enum pac_result result = pac_program_encode(program, octets, capacity, &size);
  if (result == PAC_RESULT_LIMIT) {
    return;
  }
  CU_ASSERT_EQUAL_FATAL(result, PAC_RESULT_OK);
  CU_ASSERT_FATAL(size <= capacity);
  CU_ASSERT_EQUAL_FATAL(pac_program_decode(NULL, octets, size, &back), PAC_RESULT_OK);
  CU_ASSERT(pac_program_equal(back, program));
  pac_program_free(back);
}

static void forms_turn_into_each_other(void) {
  static uint8_t octets[4096];
  static uint8_t encoded[1 << 17];
  static char text[1 << 18];
  state = 2;
  for (int i = 0; i < 3000; i++) {
    struct pac_program *program = NULL;
    size_t size = random_input(octets, 1 + next_octet() % 40u);
    CU_ASSERT_EQUAL_FATAL(pac_program_decode(NULL, octets, size, &program), PAC_RESULT_OK);
    check_text(program, text, sizeof text);
    check_octets(program, encoded, sizeof encoded);
    pac_program_free(program);
  }
}

/* A value of a property holds few objects in the octet form, in each other too; one of a context may hold more. */
static void values_of_many_objects_are_limited(void) {
#define HEAD                                                 \
  "class A { object Inner; object List[]; };\n"              \
  "instance of A as $a {};\n"                                \
  "instance of A as $four { List = {$a, $a, $a, $a}; };\n"
#define FOUR "$a, $a, $a, $a"
#define SIXTEEN FOUR ", " FOUR ", " FOUR ", " FOUR
  static const struct {
    const char *text;
    enum pac_result result;
  } rows[] = {
      {HEAD "instance of A as $b { List = {" SIXTEEN "}; };\nput $b", PAC_RESULT_OK},
      {HEAD "instance of A as $b { List = {" SIXTEEN ", $a}; };\nput $b", PAC_RESULT_LIMIT},
      {HEAD "instance of A as $b { List = {$four, $four, $four, $a}; };\nput $b", PAC_RESULT_OK},
      {HEAD "instance of A as $b { List = {$four, $four, $four, $a, $a}; };\nput $b", PAC_RESULT_LIMIT},
      {HEAD "instance of A as $b { List = {$four, $four, $four}; };\ninstance of A as $c { Inner = $b; };\nput $c",
       PAC_RESULT_OK},
      {HEAD "class B { object List[] = {" SIXTEEN ", $a}; };\nput B", PAC_RESULT_LIMIT},
      {HEAD "put $a context {List={" SIXTEEN ", $a}}", PAC_RESULT_OK},
  };
  static uint8_t octets[4096];
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char why[256] = "";
    size_t size = 0;
    struct pac_program *program = NULL;
    enum pac_result result = pac_program_parse(NULL, rows[i].text, strlen(rows[i].text), &program, why, sizeof why);
    CU_ASSERT_STRING_EQUAL(why, "");
    CU_ASSERT_EQUAL_FATAL(result, PAC_RESULT_OK);
    CU_ASSERT_EQUAL(pac_program_encode(program, octets, sizeof octets, &size), rows[i].result);
    check_octets(program, octets, sizeof octets);
    pac_program_free(program);
  }
#undef HEAD
#undef FOUR
#undef SIXTEEN
}

#define FIFTY "a text of fifty octets, which is longer than octet"

static void octets_say_what_text_says(void) {
  static const char *const rows[] = {
      "[Words{\"a\", NULL, \"\"}, Halves{0.5, -Infinity}, Truths{TRUE}]\nclass A {};\nput A",
      "class A { string Words[] = {NULL, \"a\"}; datetime When = NULL; };\nput A",
      "class A { object Inner[]; };\ninstance of A as $a { Inner = {NULL}; };\nput $a context {x=(string[]) {NULL}}",
      "class A {};\nput A\nstep 1\nstep 1000\nfail allocation 0\nrights none",
      "class A {};\ninstance of A as $a {};\nput NULL context {x=$a}",
      "class A { void M([in] uint8 X, [out] string x, [in, out] uint8 Y); };\nput A",
      "class A { string B = \"" FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY
      "\"; string C = \"" FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "more\"; };\nput A",
  };
  static uint8_t octets[4096];
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char why[256] = "";
    struct pac_program *program = NULL;
    enum pac_result result = pac_program_parse(NULL, rows[i], strlen(rows[i]), &program, why, sizeof why);
    CU_ASSERT_STRING_EQUAL(why, "");
    CU_ASSERT_EQUAL_FATAL(result, PAC_RESULT_OK);
    check_octets(program, octets, sizeof octets);
    pac_program_free(program);
  }
}

/* Everything that the text form can say, as it is printed. */
static const char *const everything =
    "[Description(\"A thing.\"): ToInstance ToSubclass, Weights{1, 2}, Words{\"a\", NULL}, Half(0.5): Restricted]\n"
    "class Test_Thing {\n"
    "  [key] string Name;\n"
    "  [Color(\"green\"): ToSubclass Amended] uint32 Size = 7;\n"
    "  sint8 Least = -128;\n"
    "  uint64 Most = 18446744073709551615;\n"
    "  real32 Single = 1.5;\n"
    "  real64 Doubles[] = {1.0, -Infinity};\n"
    "  boolean Truth = TRUE;\n"
    "  char16 Letter = 'a';\n"
    "  datetime When = \"20240229235959.999999+060\";\n"
    "  ref Where = \"Test_Other.Name=\\\"a\\\"\";\n"
    "  object Inner;\n"
    "  string \"odd name\"[] = {\"a\\x0001\", NULL};\n"
    "  [Static(FALSE)] uint32 Act([in] string Input, [out] uint8 Result[], [in, out] sint16 Both);\n"
    "  void Stop();\n"
    "};\n\n"
    "class Test_Other as $other {\n"
    "  [key] string Name;\n"
    "};\n\n"
    "instance of $other as $inner {\n"
    "  Name = \"inside\";\n"
    "};\n\n"
    "class Test_Child as $child : Test_Thing {\n"
    "  [Color(\"red\"): Restricted] uint32 Size;\n"
    "  sint8 Least = NULL;\n"
    "};\n\n"
    "[abstract: Restricted]\n"
    "class NULL as $nameless : \"No Such\" by name {\n"
    "};\n\n"
    "[Note(\"mine\"): Restricted]\n"
    "instance of $child as $one {\n"
    "  Name = \"one\";\n"
    "  [Mark: Restricted] Inner = $inner;\n"
    "};\n\n"
    "put Test_Thing sink A\n"
    "put $child flags update-only|create-only|immediately|safe|force|send-status|owner-update|amended|0x4 sink B expect "
    "wbemErrInvalidParameter or 0x8004107a\n"
    "put $one sink C context {Hint=\"x\", Level=5, Part=2.5, Yes=TRUE, List={1, 2}, Byte=(uint8) 1, Empty=(string[]) {}, "
    "None=NULL, Object=$inner} async {Call=\"first\"}\n"
    "put NULL no sink async {}\n"
    "put $nameless sink C async {Call=\"second\"}\n"
    "step 3\n"
    "drain\n"
    "connect\n"
    "put $other sink D on 2 expect wbemNoErr\n"
    "cancel sink C\n"
    "rights all\n"
    "rights none\n"
    "rights read\n"
    "rights 0x25\n"
    "fail allocation 12\n"
    "provider Test_Thing accepts progress 2\n"
    "provider Test_Thing answers wbemErrProviderFailure\n"
    "provider Test_Thing holds on 2\n"
    "provider Test_Thing without-put\n"
    "provider Test_Thing missing\n"
    "provider Test_Thing partial\n"
    "provider Test_Thing none\n"
    "check on 2\n";

/* What may be written in more than one way. */
static void text_prints_as_it_is_meant(void) {
  static const struct {
    const char *text;
    const char *printed;
  } rows[] = {
      {"[Q(-0x1E)] class A {}; put A", "[Q(-30)]\nclass A {\n};\n\nput A sink A\n"},
      {"[Q(- 1.5)] class A {}; put A", "[Q(-1.5)]\nclass A {\n};\n\nput A sink A\n"},
      {"[Q{-infinity, +0x10}] class A {}; put A", "[Q{-Infinity, 16.0}]\nclass A {\n};\n\nput A sink A\n"},
      {"[Q(\"\\xD83D\" \"\\xDE00\")] class A {}; put A", "[Q(\"\xF0\x9F\x98\x80\")]\nclass A {\n};\n\nput A sink A\n"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char why[256] = "";
    char text[256] = "";
    struct pac_program *program = NULL;
    (void)pac_program_parse(NULL, rows[i].text, strlen(rows[i].text), &program, why, sizeof why);
    CU_ASSERT_STRING_EQUAL(why, "");
    if (program != NULL) {
      (void)pac_program_print(program, text, sizeof text);
    }
    CU_ASSERT_STRING_EQUAL(text, rows[i].printed);
    pac_program_free(program);
  }
}

static void text_prints_as_it_was(void) {
  static char text[16384];
  char why[256] = "";
  char expected[16384];
  struct pac_program *program = NULL;
  /* A flavor that a qualifier has anyway is left out. */
  (void)snprintf(expected, sizeof expected, "%s", everything);
  enum pac_result result = pac_program_parse(NULL, everything, strlen(everything), &program, why, sizeof why);
  CU_ASSERT_EQUAL(result, PAC_RESULT_OK);
  if (result != PAC_RESULT_OK) {
    printf("%s\n", why);
    return;
  }
  for (char *at = strstr(expected, ": Restricted"); at != NULL; at = strstr(expected, ": Restricted")) {
    memmove(at, at + strlen(": Restricted"), strlen(at + strlen(": Restricted")) + 1);
  }
  (void)pac_program_print(program, text, sizeof text);
  CU_ASSERT_STRING_EQUAL(text, expected);
  check_text(program, text, sizeof text);
  pac_program_free(program);
}

/* The alias that a row is given has to be none of the others', which may have been named to be in its way. */
static void made_aliases_are_free(void) {
  static char text[16384], printed[16384];
  char underscores[PAC_PROGRAM_OBJECTS_MAX] = "";
  size_t used = 0;
  for (uint32_t i = 0; i + 1 < PAC_PROGRAM_OBJECTS_MAX; i++) {
    used += (size_t)snprintf(text + used, sizeof text - used, "class A as $o32%s {};\nput $o32%s async {Call=%u}%s\n", underscores,
                             underscores, i, i + 2 < PAC_PROGRAM_OBJECTS_MAX ? "" : " context {x=instance of $o32 {}}");
    underscores[i] = '_';
  }
  struct pac_program *program = parsed(text);
  CU_ASSERT_EQUAL_FATAL(program->object_count, PAC_PROGRAM_OBJECTS_MAX);
  CU_ASSERT_PTR_NULL(program->objects[PAC_PROGRAM_OBJECTS_MAX - 1].label);
  (void)pac_program_print(program, printed, sizeof printed);
  struct pac_program *again = parsed(printed);
  CU_ASSERT_TRUE(pac_program_equal(program, again));
  pac_program_free(program);
  pac_program_free(again);
}

static void integers_have_the_bases_of_mof(void) {
  static const char source[] =
      "class A { uint8 B = 010; uint8 C = 0x10; uint8 D = 10; sint8 E = -010; uint8 F = 0; };\nput A\nstep 010";
  static const char printed[] = "class A {\n  uint8 B = 8;\n  uint8 C = 16;\n  uint8 D = 10;\n  sint8 E = -8;\n  uint8 F = 0;\n};\n\n"
                                "put A sink A\nstep 8\n";
  char text[512];
  char why[256] = "";
  struct pac_program *program = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_program_parse(NULL, source, strlen(source), &program, why, sizeof why), PAC_RESULT_OK);
  (void)pac_program_print(program, text, sizeof text);
  CU_ASSERT_STRING_EQUAL(text, printed);
  pac_program_free(program);
}

static void bad_text_gives_one_sentence(void) {
  static const struct {
    const char *text;
    const char *why;
  } rows[] = {
      {"put", "line 1: a class, an alias or NULL is missing before the end of the file"},
      {"\n\nclass A {\n  [key] strin B;\n};", "line 4: there is no type 'strin'"},
      /* What is wrong may have been taken long before the next word. */
      {"put X\n\n\ndrain", "line 1: the class X is not declared above; an instance is put by its alias"},
      {"put NULL expect never\n\n\ndrain", "line 1: there is no status 'never'"},
      {"put NULL expect 0x5\n\n\ndrain", "line 1: there is no status 0x5"},
      {"put NULL no\n\n\ndrain", "line 1: 'no' is followed by 'sink'"},
      {"put NULL expect wbemErrFailed\nexpect wbemErrNotFound\n\ndrain", "line 2: the put says 'expect' twice"},
      {"put NULL flags safe flags force", "line 1: the put says 'flags' twice"},
      {"put NULL sink A no sink", "line 1: the put says 'sink' twice"},
      {"put NULL sink A sink A", "line 1: the put says 'sink' twice"},
      {"put NULL context {} context {}", "line 1: the put says 'context' twice"},
      {"put NULL async {} async {}", "line 1: the put says 'async' twice"},
      {"put NULL on 1 on 1", "line 1: the put says 'on' twice"},
      {"drain on 2\n\n\ndrain", "line 1: there is no connection 2 here; 'connect' makes further ones"},
      {"fail\n\n\ndrain", "line 1: 'fail' is followed by 'allocation'"},
      {"instance of A\n\n\n{};", "line 1: the class A is not declared above"},
      {"class A as\n\n\n{};", "line 1: an alias such as $first is missing after 'as'"},
      {"class A { strin\n\n\nB; };", "line 1: there is no type 'strin'"},
      {"class A { uint8 B = -1\n\n\n; };", "line 1: -1 is no uint8"},
      {"class A {};\ninstance of A { B\n\n\n; };", "line 2: the class of the instance has no property B"},
      {"class A { uint8 B = 256; };", "line 1: the value does not fit the type uint8"},
      {"class A { uint8 B; uint8 b; };", "line 1: the property b is declared twice"},
      {"class A { void M([out] uint8 returnvalue); };",
       "line 1: returnvalue is what a method returns: no parameter can have that name"},
      {"class A { void M([in, out] uint8 X, [out] string x); };", "line 1: the parameter x is declared twice"},
      {"class NULL as $a {};\nclass B : $a {};", "line 2: a class without a name can be no parent"},
      {"class A : B {};",
       "line 1: the class B is not declared above; write 'B by name' for a parent that is only named"},
      {"instance of A {};", "line 1: the class A is not declared above"},
      {"class A {};\ninstance of A as $a { C = 1; };", "line 2: the class of the instance has no property C"},
      {"class A { string B; };\ninstance of A as $a { B = NULL; b = \"x\"; };",
       "line 2: the property b is assigned twice"},
      {"class A { [Q, q(1)] string B; };", "line 1: the qualifier q stands twice in one list"},
      {"class A as $a {};\nclass B as $a {};", "line 2: the alias $a is taken"},
      {"class A {};\nput A sink Z", "line 2: a sink is a letter from A to H"},
      {"class A {};\nput A flags often", "line 2: there is no flag 'often'"},
      {"class A {};\nput A expect wbemErrNever", "line 2: there is no status 'wbemErrNever'"},
      /* The line is that of the word, not of what follows it. */
      {"class A {};\nput A expect wbemErrNever\n\ndrain", "line 2: there is no status 'wbemErrNever'"},
      {"class A {};\nput A expect 0x81234567\n\ndrain", "line 2: there is no status 0x81234567"},
      {"class A {};\nput A on 2\n\ndrain", "line 2: there is no connection 2 here; 'connect' makes further ones"},
      {"class A {};\nput A context {x=1, X=2\n\n}", "line 2: the context holds X twice"},
      {"class A {};\nput A context {x=(texts\n\n) 1}", "line 2: there is no type 'texts'"},
      {"class A {\nstrin\n\nB; };", "line 2: there is no type 'strin'"},
      {"class A {\nuint8 B = -1\n\n; };", "line 2: -1 is no uint8"},
      {"class A { uint8 B;\nuint8 B\n\n; };", "line 2: the property B is declared twice"},
      {"class A {};\ninstance of A {\nC\n\n= 1; };", "line 3: the class of the instance has no property C"},
      {"instance of A\n\n{};", "line 1: the class A is not declared above"},
      {"class A {};\nput A on 2", "line 2: there is no connection 2 here; 'connect' makes further ones"},
      {"class A {};\nput A context {x=1, X=2}", "line 2: the context holds X twice"},
      {"class A {};\nput A context {x={}}", "line 2: an empty array says no type; write it before: (string[]) {}"},
      {"class A {};\nput A sink B\nput A sink B",
       "line 2: sink B serves more than one put; give each an async context of its own: async {Call=\"first\"}"},
      {"class A { string B = \"x", "line 1: the text that begins here does not end on its line"},
      {"/* never", "line 1: the comment that begins here does not end"},
      {"class A { [Q: Loud] string B; };", "line 1: there is no flavor 'Loud'"},
      {"class A { [Q(NULL)] string B; };", "line 1: a qualifier holds text, sint32, real64 or boolean, and no null"},
      {"class A { [Q{NULL}] string B; };", "line 1: a value is missing before 'NULL'"},
      {"class A { [Q((uint8) 5)] string B; };",
       "line 1: a qualifier holds text, sint32, real64 or boolean, and no null"},
      {"class A { [Q((string[]) {})] string B; };",
       "line 1: a qualifier holds text, sint32, real64 or boolean, and no null; an array of it begins with an element"},
      {"class A { uint8 B = 08; };", "line 1: an integer is a number from 0 to 18446744073709551615, not '08'"},
      {"class A { real64 B = 1e999; };", "line 1: 1e999 is no real64"},
      {"class A { real32 B[] = {0.0, -1e39}; };", "line 1: 1e39 is no real32"},
      {"class A { uint8 B = \"x\"\n/* y */ ; };",
       "line 1: an integer is a number from 0 to 18446744073709551615, not the text 'x'"},
      {"class A {\n/* never\n\n", "line 2: the comment that begins here does not end"},
      {"class A { string \"\"; };", "line 1: an empty name: an argument is not usable"},
      {"walk", "line 1: a declaration or a call is missing before 'walk'"},
      {"provider \"\"\n\naccepts", "line 1: the class of a provider has a name"},
      {"provider A sings", "line 1: there is no provider that is 'sings'"},
      {"fail 3", "line 1: 'fail' is followed by 'allocation'"},
      {"rights 99", "line 1: a mask of rights (or all, none, read) is a number from 0 to 63, not '99'"},
      {"step 0", "line 1: a count of steps is a number from 1 to 1000, not '0'"},
      {"connect connect connect", "line 1: there are more than 3 connections"},
      {"class A { string B = \"\\q\"; };", "line 1: there is no escape \\q"},
      {"class A { char16 B = 'ab'; };", "line 1: a character is one character between single quotes"},
      {"@", "line 1: '@' means nothing here"},
      {"class A { string B = \"\\x0\"; };", "line 1: \\x needs up to four hexadecimal digits, and not of zero"},
      {"class A { string B = \"\xFF\"; };", "line 1: the text is not well-formed UTF-8"},
      {"class A { char16 B = '\xC3\xA9'; };", "line 1: a character is written as itself only in ASCII; use '\\x20AC'"},
      {"class A string", "line 1: '{' is missing before 'string'"},
      {"class A {};\ninstance of A as $i {};\nclass B : $i {};", "line 3: $i is no class that is declared above"},
      {"class B : $a {};", "line 1: $a is no class that is declared above"},
      {"put $a", "line 1: $a is not declared above"},
      {"class A : B by\n\nchance {};", "line 1: 'by' is followed by 'name'"},
      {"instance\n\nA {};", "line 1: 'instance' is followed by 'of'"},
      {"[Q] put NULL", "line 1: 'class' or 'instance of' is missing before 'put'"},
      {"class A { [Q: 5] string B; };", "line 1: a flavor is missing before '5'"},
      {"class A { [CIMTYPE(\"string\")] string B; };", "line 1: the qualifier CIMTYPE cannot stand here"},
      {"class A { void M([Q] uint8 X); };",
       "line 1: a parameter is [in], [out] or [in, out], and has no other qualifier"},
      {"class A { real64 B = x; };", "line 1: a number is missing before 'x'"},
      {"class A { string B = 5; };", "line 1: a text is missing before '5'"},
      {"class A { boolean B = 'c'; };", "line 1: TRUE or FALSE is missing before a character"},
      {"class A { char16 B = \"c\"; };", "line 1: a character is missing before the text 'c'"},
      {"class A { object B = $b; };", "line 1: $b is not declared above"},
      {"cancel\n\ndrain", "line 1: 'cancel' is followed by 'sink'"},
      {"cancel sink I", "line 1: a sink is a letter from A to H"},
      {"drain on 0", "line 1: a connection is a number from 1 to 3, not '0'"},
      {"class T\xC3\xA9 {};", "line 1: a name with characters beyond ASCII stands in quotes"},
      {"\xFF\xFE"
       "c",
       "line 1: the text is UTF-16; it has to be UTF-8"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char why[256] = "";
    struct pac_program *program = NULL;
    CU_ASSERT_EQUAL(pac_program_parse(NULL, rows[i].text, strlen(rows[i].text), &program, why, sizeof why),
                    PAC_RESULT_MALFORMED);
    CU_ASSERT_STRING_EQUAL(why, rows[i].why);
  }
}

/* `count` times the word, with commas or what else stands between. */
static enum pac_result parse_many(const char *before, const char *word, const char *between, const char *after,
                                  unsigned count, char why[256]) {
  char text[8192] = "";
  size_t used = (size_t)snprintf(text, sizeof text, "%s", before);
  for (unsigned i = 0; i < count; i++) {
    used += (size_t)snprintf(text + used, sizeof text - used, "%s", i == 0 ? "" : between);
    used += (size_t)snprintf(text + used, sizeof text - used, word, i);
  }
  used += (size_t)snprintf(text + used, sizeof text - used, "%s", after);
  struct pac_program *program = NULL;
  enum pac_result result = pac_program_parse(NULL, text, used, &program, why, 256);
  if (result == PAC_RESULT_OK) {
    pac_program_free(program);
  }
  return result;
}

static void as_many_are_taken_as_is_said(void) {
  static const struct {
    const char *before, *word, *between, *after;
    unsigned most;
    const char *why;
  } rows[] = {
      {"class A { [", "Q%u", ",", "] string B; };\nput A", 64, "line 1: there are more than 64 qualifiers in one list"},
      {"class A { void M(", "uint8 P%u", ",", "); };\nput A", 16, "line 1: a method has more than 16 parameters"},
      {"put NULL expect ", "wbemNoErr /* %u */", " or ", "", 40, "line 1: more than 40 outcomes are expected"},
      {"", "connect /* %u */", " ", "", 2, "line 1: there are more than 3 connections"},
      {"", "class A%u {};", "\n", "", 32, "line 33: there are more than 32 objects"},
      {"", "check /* %u */", "\n", "", 64, "line 65: there are more than 64 calls"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char why[256] = "";
    CU_ASSERT_EQUAL(parse_many(rows[i].before, rows[i].word, rows[i].between, rows[i].after, rows[i].most, why),
                    PAC_RESULT_OK);
    CU_ASSERT_STRING_EQUAL(why, "");
    CU_ASSERT_EQUAL(parse_many(rows[i].before, rows[i].word, rows[i].between, rows[i].after, rows[i].most + 1, why),
                    PAC_RESULT_MALFORMED);
    CU_ASSERT_STRING_EQUAL(why, rows[i].why);
  }
}

static void mark_of_the_encoding_is_passed_over(void) {
  const char *text =
      "\xEF\xBB\xBF"
      "class A {};\r\nput A\r\n";
  char why[256] = "";
  struct pac_program *program = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_program_parse(NULL, text, strlen(text), &program, why, sizeof why), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(program->call_count, 1);
  pac_program_free(program);
}

/* Whatever octet of a text is lost or changed, the parser says something or gives a program. */
static void damaged_text_does_no_harm(void) {
  static char text[16384];
  size_t length = strlen(everything);
  for (size_t at = 0; at < length; at++) {
    for (unsigned way = 0; way < 3; way++) {
      char why[256] = "";
      struct pac_program *program = NULL;
      memcpy(text, everything, length);
      text[at] = way == 0 ? ' ' : way == 1 ? '{' : (char)(text[at] ^ 0x11);
      if (pac_program_parse(NULL, text, way == 2 ? at : length, &program, why, sizeof why) == PAC_RESULT_OK) {
        pac_program_free(program);
      } else {
        CU_ASSERT(strncmp(why, "line ", 5) == 0);
      }
    }
  }
}

static void parsing_survives_every_shortage(void) {
  for (unsigned long nth = 1; nth < 100; nth++) {
    struct unit_memory memory;
    char why[256] = "";
    struct pac_program *program = NULL;
    unit_memory_init(&memory, nth);
    enum pac_result result =
        pac_program_parse(&memory.source, everything, strlen(everything), &program, why, sizeof why);
    if (result == PAC_RESULT_OK) {
      pac_program_free(program);
    } else {
      CU_ASSERT_EQUAL(result, PAC_RESULT_NO_MEMORY);
    }
    CU_ASSERT_EQUAL(memory.outstanding, 0);
  }
}

static void *resize_within(void *context, void *block, size_t size) {
  size_t *left = context;
  if (size == 0) {
    free(block);
    return NULL;
  }
  if (size > *left) {
    return NULL;
  }
  *left -= size;
  return realloc(block, size);
}

/* Each text takes what it needs, whatever stands behind it on its line. */
static void long_lines_need_little_memory(void) {
  static const char *const parts[] = {"\"a\" ", "\"a\", "};
  static char text[65536];
  for (size_t i = 0; i < 2; i++) {
    char why[256] = "";
    size_t left = 64 * sizeof text;
    const struct pac_memory memory = {resize_within, &left};
    struct pac_program *program = NULL;
    size_t length = (size_t)snprintf(text, sizeof text, "class A { string B[] = {");
    while (length < sizeof text - 32) {
      length += (size_t)snprintf(text + length, sizeof text - length, "%s", parts[i]);
    }
    length += (size_t)snprintf(text + length, sizeof text - length, "\"b\"}; };");
    CU_ASSERT_EQUAL(pac_program_parse(&memory, text, length, &program, why, sizeof why), PAC_RESULT_OK);
    CU_ASSERT_STRING_EQUAL(why, "");
    pac_program_free(program);
  }
}

static CU_TestInfo tests[] = {{"any_octets_are_a_program", any_octets_are_a_program},
                              {"forms_turn_into_each_other", forms_turn_into_each_other},
                              {"values_of_many_objects_are_limited", values_of_many_objects_are_limited},
                              {"octets_say_what_text_says", octets_say_what_text_says},
                              {"text_prints_as_it_is_meant", text_prints_as_it_is_meant},
                              {"text_prints_as_it_was", text_prints_as_it_was},
                              {"made_aliases_are_free", made_aliases_are_free},
    {"integers_have_the_bases_of_mof", integers_have_the_bases_of_mof},
                              {"bad_text_gives_one_sentence", bad_text_gives_one_sentence},
                              {"as_many_are_taken_as_is_said", as_many_are_taken_as_is_said},
                              {"mark_of_the_encoding_is_passed_over", mark_of_the_encoding_is_passed_over},
                              {"damaged_text_does_no_harm", damaged_text_does_no_harm},
                              {"long_lines_need_little_memory", long_lines_need_little_memory},
                              {"parsing_survives_every_shortage", parsing_survives_every_shortage},
                              CU_TEST_INFO_NULL};
UNIT_MAIN("program_form", tests)
