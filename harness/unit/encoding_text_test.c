/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the encodings: the order of names, the shape of datetimes, the dictionary. */
#include "encoding/text.h"
#include "unit.h"

static void names_order_as_utf16_units(void) {
  CU_ASSERT_TRUE(pac_name_order("CreationDate", "CSCreationClassName", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("a_", "aB", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("a_", "aB", true) > 0);
  CU_ASSERT_EQUAL(pac_name_order("Name", "nAME", false), 0);
  CU_ASSERT_EQUAL(pac_name_order("AZaz", "azAZ", false), 0);
  CU_ASSERT_EQUAL(pac_name_order("AZaz", "azAZ", true), 0);
  CU_ASSERT_TRUE(pac_name_order("@[", "`{", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("@[", "`{", true) < 0);
  CU_ASSERT_TRUE(pac_name_order("Na", "Name", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xC3\xA9", "\xE6\xBC\xA2", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xC3\xA9", "\xC3\xAA", false) < 0);
  /* Beyond U+FFFF the first surrogate counts, which is below U+E000. */
  CU_ASSERT_TRUE(pac_name_order("\xF0\x9D\x84\x9E", "\xEE\x80\x80", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xEE\x80\x80", "\xF0\x9D\x84\x9E", false) > 0);
  CU_ASSERT_TRUE(pac_name_order("\xF0\x9D\x84\x9E", "\xF0\x9D\x84\x9F", false) < 0);
  /* U+D834 alone against the pair D834 DD1E. */
  CU_ASSERT_TRUE(pac_name_order("\xED\xA0\xB4x", "\xF0\x9D\x84\x9E", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xF0\x9D\x84\x9E", "\xED\xA0\xB4x", false) > 0);
  CU_ASSERT_TRUE(pac_name_order("\xED\xA0\xB4\xEE\x80\x80", "\xF0\x9D\x84\x9E", false) > 0);
  CU_ASSERT_TRUE(pac_name_order("\xF0\x9D\x84\x9E", "\xED\xA0\xB4\xEE\x80\x80", false) < 0);
}

static void datetimes_are_judged_by_their_shape(void) {
  static const char *const good[] = {"20240229120000.000000-480", "00000001132312.125000:000",
                                     "2024****120000.******+060", "**************.******+***",
                                     "00000001132312.12****:000", "20240229120000.000000+000"};
  static const char *const bad[] = {"",
                                    "20240229120000.000000-48",
                                    "20240229120000.000000-4800",
                                    "20240229120000,000000-480",
                                    "2024*229120000.000000-480",
                                    "20240229120000.00000x-480",
                                    "20240229120000.x00000-480",
                                    "20240229120000.000000-48x",
                                    "20240229120000.000000-x80",
                                    "x0240229120000.000000-480",
                                    "2024022912000x.000000-480",
                                    "0000000113231x.125000:000",
                                    "00000001132312.125000:001",
                                    "0000000*132312.125000:000",
                                    "20240229120000.000000*480",
                                    "20240229120000.000000-4*0"};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    CU_ASSERT_TRUE(pac_datetime_is_formed(good[i]));
  }
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CU_ASSERT_FALSE(pac_datetime_is_formed(bad[i]));
  }
}

static void dictionary_words_are_found(void) {
  for (uint32_t i = 0; i <= 10; i++) {
    CU_ASSERT_EQUAL(pac_dictionary_index(pac_dictionary_text(i)), i == 2 ? -1 : (int)i);
  }
  CU_ASSERT_PTR_NULL(pac_dictionary_text(11));
  CU_ASSERT_EQUAL(pac_dictionary_index("CIMWin32"), -1);
}

static CU_TestInfo tests[] = {
    {"names_order_as_utf16_units", names_order_as_utf16_units},
    {"datetimes_are_judged_by_their_shape", datetimes_are_judged_by_their_shape},
    {"dictionary_words_are_found", dictionary_words_are_found},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("encoding_text", tests)
