/* SPDX-License-Identifier: Apache-2.0 */
/* Values: what can be held, copies, equality, MOF text, type words, names. */
#include <math.h>
#include <stdint.h>

#include "object/text.h"
#include "object_fixture.h"

static enum pac_result check(struct pac_value value) {
  return pac_value_check(&value);
}

static void integers_have_to_fit_their_type(void) {
  static const enum pac_cim_type sints[] = {PAC_CIM_SINT8, PAC_CIM_SINT16, PAC_CIM_SINT32};
  static const enum pac_cim_type uints[] = {PAC_CIM_UINT8, PAC_CIM_UINT16, PAC_CIM_UINT32};
  for (size_t i = 0; i < 3; i++) {
    unsigned bits = 0;
    bool is_signed = false;
    CU_ASSERT_TRUE(pac_cim_type_is_integer(sints[i], &is_signed, &bits));
    CU_ASSERT_TRUE(is_signed);
    CU_ASSERT_EQUAL(bits, 8u << i);
    int64_t limit = (int64_t)1 << (bits - 1);
    REFUSES(OK, check(pac_value_sint(sints[i], -limit)));
    REFUSES(OK, check(pac_value_sint(sints[i], limit - 1)));
    REFUSES(TYPE_MISMATCH, check(pac_value_sint(sints[i], -limit - 1)));
    REFUSES(TYPE_MISMATCH, check(pac_value_sint(sints[i], limit)));
    CU_ASSERT_TRUE(pac_cim_type_is_integer(uints[i], &is_signed, NULL));
    CU_ASSERT_FALSE(is_signed);
    REFUSES(OK, check(pac_value_uint(uints[i], ((uint64_t)1 << bits) - 1)));
    REFUSES(TYPE_MISMATCH, check(pac_value_uint(uints[i], (uint64_t)1 << bits)));
  }
  REFUSES(OK, check(pac_value_sint(PAC_CIM_SINT64, INT64_MIN)));
  REFUSES(OK, check(pac_value_uint(PAC_CIM_UINT64, UINT64_MAX)));
  CU_ASSERT_TRUE(pac_cim_type_is_integer(PAC_CIM_SINT64, NULL, NULL));
  CU_ASSERT_FALSE(pac_cim_type_is_integer(PAC_CIM_CHAR16, NULL, NULL));
  union pac_scalar elements[] = {{.uint = 1}, {.uint = 256}};
  REFUSES(OK, check(pac_value_array(PAC_CIM_UINT8, elements, 1)));
  REFUSES(TYPE_MISMATCH, check(pac_value_array(PAC_CIM_UINT8, elements, 2)));
}

static void text_is_well_formed_in_one_form_only(void) {
  static const char *const good[] = {
      "", "plain", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
      "\xED\xA0\x80" /* high surrogate alone */, "\xED\xB0\x80\xED\xA0\x80" /* low, high */,
  };
  static const char *const bad[] = {
      "\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2x", "\xE0\x9F\xBF", "\xE2\x82", "\xE2\x82z", "\xF0\x8F\xBF\xBF",
      "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xED\xA0\x80\xED\xB0\x80" /* a pair spelt as two */,
  };
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    REFUSES(OK, check(pac_value_string(good[i])));
  }
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    REFUSES(INVALID_ARGUMENT, check(pac_value_datetime(bad[i])));
    union pac_scalar element = {.text = bad[i]};
    REFUSES(INVALID_ARGUMENT, check(pac_value_array(PAC_CIM_REFERENCE, &element, 1)));
  }
}

static void only_whole_values_and_elements_are_null(void) {
  union pac_scalar nothing = {.text = NULL};
  REFUSES(INVALID_ARGUMENT, check(pac_value_string(NULL)));
  REFUSES(INVALID_ARGUMENT, check(pac_value_object(NULL)));
  REFUSES(OK, check(pac_value_array(PAC_CIM_STRING, &nothing, 1)));
  REFUSES(INVALID_ARGUMENT, check(pac_value_array(PAC_CIM_STRING, NULL, 1)));
  REFUSES(OK, check(pac_value_array(PAC_CIM_STRING, NULL, 0)));
  REFUSES(LIMIT, check(pac_value_array(PAC_CIM_STRING, &nothing, PAC_ARRAY_ELEMENTS_MAX + 1)));
  REFUSES(OK, check(pac_value_null(PAC_CIM_NONE, false)));
  REFUSES(INVALID_ARGUMENT, check(pac_value_null(PAC_CIM_NONE, true)));
  REFUSES(INVALID_ARGUMENT, check((struct pac_value){.type = PAC_CIM_NONE}));
  REFUSES(INVALID_ARGUMENT, check(pac_value_null((enum pac_cim_type)1, false)));
  REFUSES(INVALID_ARGUMENT, pac_value_check(NULL));
}

static void text_has_a_limit(void) {
  char *text = malloc((size_t)PAC_TEXT_OCTETS_MAX + 2);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  memset(text, 'x', (size_t)PAC_TEXT_OCTETS_MAX + 1);
  text[PAC_TEXT_OCTETS_MAX + 1] = '\0';
  REFUSES(LIMIT, check(pac_value_string(text)));
  text[PAC_TEXT_OCTETS_MAX] = '\0';
  REFUSES(OK, check(pac_value_string(text)));
  free(text);
}

static void a_copy_shares_nothing_and_is_equal(void) {
  struct pac_arena *arena = NULL;
  struct pac_object *part = base_class(NULL);
  char text[] = "text";
  union pac_scalar texts[] = {{.text = text}, {.text = NULL}};
  union pac_scalar parts[] = {{.object = part}, {.object = NULL}};
  const struct pac_value values[] = {
      pac_value_string(text),        pac_value_array(PAC_CIM_STRING, texts, 2),
      pac_value_object(part),        pac_value_array(PAC_CIM_OBJECT, parts, 2),
      pac_value_real64((double)NAN), pac_value_array(PAC_CIM_UINT8, NULL, 0),
  };
  MUST(pac_arena_new(NULL, 0, &arena));
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    struct pac_value copy;
    MUST(pac_value_copy(arena, &values[i], &copy));
    CU_ASSERT_TRUE(pac_value_equal(&copy, &values[i]));
    if (values[i].type == PAC_CIM_STRING && !values[i].is_array) {
      CU_ASSERT_PTR_NOT_EQUAL(copy.scalar.text, text);
    }
    for (size_t j = 0; j < i; j++) {
      CU_ASSERT_FALSE(pac_value_equal(&values[i], &values[j]));
    }
  }
  struct pac_value bad = pac_value_string("\xFF");
  REFUSES(INVALID_ARGUMENT, pac_value_copy(arena, &bad, &bad));
  pac_object_free(part);
  pac_arena_free(arena);
}

static void a_null_keeps_nothing_behind_it(void) {
  struct pac_arena *arena = NULL;
  struct pac_value copy;
  struct pac_value value = pac_value_string("stale");
  value.is_null = true;
  MUST(pac_arena_new(NULL, 0, &arena));
  MUST(pac_value_copy(arena, &value, &copy));
  CU_ASSERT_PTR_NULL(copy.scalar.text);
  struct pac_value null = pac_value_null(PAC_CIM_STRING, false);
  CU_ASSERT_TRUE(pac_value_equal(&copy, &null));
  pac_arena_free(arena);
}

static void equality_is_exact(void) {
  struct pac_value zero = pac_value_real32(0.0f);
  struct pac_value minus_zero = pac_value_real32(-0.0f);
  CU_ASSERT_FALSE(pac_value_equal(&zero, &minus_zero));
  struct pac_value nan = pac_value_real32(NAN);
  CU_ASSERT_TRUE(pac_value_equal(&nan, &nan));
  struct pac_value upper = pac_value_string("A");
  struct pac_value lower = pac_value_string("a");
  CU_ASSERT_FALSE(pac_value_equal(&upper, &lower));
  struct pac_value yes = pac_value_boolean(true);
  struct pac_value no = pac_value_boolean(false);
  CU_ASSERT_FALSE(pac_value_equal(&yes, &no));
  struct pac_value a = pac_value_char16('a');
  struct pac_value b = pac_value_char16('b');
  CU_ASSERT_FALSE(pac_value_equal(&a, &b));
  union pac_scalar left[] = {{.text = "x"}, {.text = NULL}};
  union pac_scalar right[] = {{.text = "x"}, {.text = "y"}};
  struct pac_value left_array = pac_value_array(PAC_CIM_STRING, left, 2);
  struct pac_value right_array = pac_value_array(PAC_CIM_STRING, right, 2);
  struct pac_value shorter = pac_value_array(PAC_CIM_STRING, right, 1);
  CU_ASSERT_FALSE(pac_value_equal(&left_array, &right_array));
  CU_ASSERT_FALSE(pac_value_equal(&shorter, &right_array));
}

static void check_print(struct pac_value value, const char *expected) {
  char text[256];
  CU_ASSERT_EQUAL(pac_value_print(&value, text, sizeof text), strlen(expected));
  CU_ASSERT_STRING_EQUAL(text, expected);
}

static void values_print_as_mof(void) {
  union pac_scalar numbers[] = {{.sint = 1}, {.sint = -2}};
  union pac_scalar texts[] = {{.text = "a"}, {.text = NULL}};
  union pac_scalar parts[] = {{.object = NULL}};
  check_print(pac_value_sint(PAC_CIM_SINT64, INT64_MIN), "-9223372036854775808");
  check_print(pac_value_uint(PAC_CIM_UINT64, UINT64_MAX), "18446744073709551615");
  check_print(pac_value_array(PAC_CIM_SINT8, numbers, 2), "{1, -2}");
  check_print(pac_value_array(PAC_CIM_SINT8, NULL, 0), "{}");
  check_print(pac_value_array(PAC_CIM_STRING, texts, 2), "{\"a\", NULL}");
  check_print(pac_value_array(PAC_CIM_OBJECT, parts, 1), "{NULL}");
  check_print(pac_value_null(PAC_CIM_STRING, false), "NULL");
  check_print(pac_value_boolean(true), "TRUE");
  check_print(pac_value_boolean(false), "FALSE");
  check_print(pac_value_string("a\"b\\c'\n\r\t\b\f\x01\xED\xA0\x80\xC3\xA9"),
              "\"a\\\"b\\\\c'\\n\\r\\t\\b\\f\\x0001\\xD800\xC3\xA9\"");
  check_print(pac_value_string("\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\"");
  check_print(pac_value_char16('a'), "'a'");
  check_print(pac_value_char16('\''), "'\\''");
  check_print(pac_value_char16('"'), "'\"'");
  check_print(pac_value_char16(0xFFFF), "'\\xFFFF'");
  check_print(pac_value_real32(0.5f), "0.5");
  check_print(pac_value_real64(3), "3.0");
  check_print(pac_value_real64(1e300), "1.0000000000000001e+300");
  check_print(pac_value_real64((double)NAN), "NaN");
  check_print(pac_value_real64((double)INFINITY), "Infinity");
  check_print(pac_value_real32(-INFINITY), "-Infinity");
}

static void printing_stops_at_the_buffer(void) {
  char text[8] = "xxxxxxx";
  struct pac_value value = pac_value_string("abcdef");
  CU_ASSERT_EQUAL(pac_value_print(&value, NULL, 0), 8);
  CU_ASSERT_EQUAL(pac_value_print(&value, text, 4), 8);
  CU_ASSERT_STRING_EQUAL(text, "\"ab");
  CU_ASSERT_EQUAL(text[4], 'x');
}

static void every_type_has_a_word_that_finds_it(void) {
  static const enum pac_cim_type types[] = {
#define TYPE_ROW(name, number, word, member) PAC_CIM_##name,
      PAC_CIM_TYPE_MAP(TYPE_ROW)
#undef TYPE_ROW
  };
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
    enum pac_cim_type found = PAC_CIM_NONE;
    REFUSES(OK, pac_cim_type_find(pac_cim_type_word(types[i]), &found));
    CU_ASSERT_EQUAL(found, types[i]);
  }
  enum pac_cim_type found = PAC_CIM_NONE;
  REFUSES(OK, pac_cim_type_find("DateTime", &found));
  CU_ASSERT_EQUAL(found, PAC_CIM_DATETIME);
  REFUSES(NOT_FOUND, pac_cim_type_find("int", &found));
  REFUSES(NOT_FOUND, pac_cim_type_find(NULL, &found));
  CU_ASSERT_STRING_EQUAL(pac_cim_type_word(PAC_CIM_NONE), "null");
  CU_ASSERT_PTR_NULL(pac_cim_type_word((enum pac_cim_type)7));
}

static void names_order_by_utf16_units_ignoring_case(void) {
  /* Each is less than the next. */
  static const char *const ordered[] = {
      "", "1", "_a", "Alpha", "alphabet", "ALPHAS", "z", "\xC3\xA9", "\xED\xA0\x80\x41" /* D800 0041 */,
      "\xF0\x90\x80\x80" /* D800 DC00 */, "\xF0\x90\x80\x81", "\xED\xA0\x81", "\xEE\x80\x80" /* E000 */,
  };
  for (size_t i = 0; i < sizeof ordered / sizeof ordered[0]; i++) {
    CU_ASSERT_EQUAL(pac_name_compare(ordered[i], ordered[i]), 0);
    for (size_t j = 0; j < i; j++) {
      CU_ASSERT_TRUE(pac_name_compare(ordered[j], ordered[i]) < 0);
      CU_ASSERT_TRUE(pac_name_compare(ordered[i], ordered[j]) > 0);
      CU_ASSERT_FALSE(pac_name_equal(ordered[i], ordered[j]));
    }
  }
  CU_ASSERT_EQUAL(pac_name_compare("ClassName", "CLASSname"), 0);
  CU_ASSERT_EQUAL(pac_name_hash("ClassName"), pac_name_hash("CLASSname"));
  CU_ASSERT_NOT_EQUAL(pac_name_compare("\xC3\xA9", "\xC3\x89"), 0); /* e acute: case is folded for ASCII only */
  CU_ASSERT_TRUE(pac_name_compare(NULL, "") < 0);
  CU_ASSERT_EQUAL(pac_name_compare(NULL, NULL), 0);
}

static CU_TestInfo tests[] = {
    {"integers_have_to_fit_their_type", integers_have_to_fit_their_type},
    {"text_is_well_formed_in_one_form_only", text_is_well_formed_in_one_form_only},
    {"only_whole_values_and_elements_are_null", only_whole_values_and_elements_are_null},
    {"text_has_a_limit", text_has_a_limit},
    {"a_copy_shares_nothing_and_is_equal", a_copy_shares_nothing_and_is_equal},
    {"a_null_keeps_nothing_behind_it", a_null_keeps_nothing_behind_it},
    {"equality_is_exact", equality_is_exact},
    {"values_print_as_mof", values_print_as_mof},
    {"printing_stops_at_the_buffer", printing_stops_at_the_buffer},
    {"every_type_has_a_word_that_finds_it", every_type_has_a_word_that_finds_it},
    {"names_order_by_utf16_units_ignoring_case", names_order_by_utf16_units_ignoring_case},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("value", tests)
