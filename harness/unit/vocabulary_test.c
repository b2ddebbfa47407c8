/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the contract: statuses in both dialects, profiles, flags and events are unique, found and printed. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "pacheck/contract.h"
#include "unit.h"

static const char *const status_names[] = {
#define STATUS_NAME(name, hresult, word, text) #name,
    PAC_STATUS_MAP(STATUS_NAME)
#undef STATUS_NAME
};

static const uint32_t all_flags[] = {
#define FLAG_BITS(name, bits, word) bits,
    PAC_FLAG_MAP(FLAG_BITS)
#undef FLAG_BITS
};

static void every_status_has_a_code_and_a_name_of_its_own(void) {
  for (int left = 0; left < PAC_STATUS_COUNT; left++) {
    pac_hresult code = pac_status_hresult((enum pac_status)left, PAC_PROFILE_HEADER);
    const char *word = pac_status_word((enum pac_status)left);
    CU_ASSERT_TRUE(pac_status_text((enum pac_status)left)[0] != '\0');
    for (int right = left + 1; right < PAC_STATUS_COUNT; right++) {
      CU_ASSERT_NOT_EQUAL(code, pac_status_hresult((enum pac_status)right, PAC_PROFILE_HEADER));
      if (left == PAC_STATUS_VETO_PUT_SCRIPTING && right == PAC_STATUS_VETO_PUT) {
        CU_ASSERT_STRING_EQUAL(word, pac_status_word((enum pac_status)right));
      } else {
        CU_ASSERT_STRING_NOT_EQUAL(word, pac_status_word((enum pac_status)right));
      }
    }
  }
}

static void success_values_come_first_and_alone(void) {
  for (int at = 0; at < PAC_STATUS_COUNT; at++) {
    CU_ASSERT_EQUAL(pac_hresult_is_error(pac_status_hresult((enum pac_status)at, PAC_PROFILE_PUBLISHED)),
                    at >= PAC_STATUS_FAILED);
  }
}

/* Whether one line of the manual holds both the code and the name of a status. */
static bool manual_has(const char *code, const char *name, const char *word) {
  FILE *file = fopen(PAC_SOURCE_DIR "/harness/contract/CONTRACT.md", "rb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  char line[4096];
  bool found = false;
  while (!found && fgets(line, sizeof line, file) != NULL) {
    found = strstr(line, code) != NULL && (strstr(line, name) != NULL || strstr(line, word) != NULL);
  }
  fclose(file);
  return found;
}

static void every_code_of_this_family_stands_in_the_manual(void) {
  for (int at = PAC_STATUS_FAILED; at < PAC_STATUS_COUNT; at++) {
    pac_hresult code = pac_status_hresult((enum pac_status)at, PAC_PROFILE_HEADER);
    if (code >> 16 == 0x8004u) {
      char digits[sizeof "0x80041001"];
      snprintf(digits, sizeof digits, "0x%08X", (unsigned)code);
      const char *name = at == PAC_STATUS_VETO_PUT_SCRIPTING ? "VETO_PUT" : status_names[at];
      CU_ASSERT_TRUE(manual_has(digits, name, pac_status_word((enum pac_status)at)));
    }
  }
  CU_ASSERT_FALSE(manual_has("0x8004104B", "", ""));
}

static void the_dialects_differ_in_two_codes_alone(void) {
  for (int at = 0; at < PAC_STATUS_COUNT; at++) {
    enum pac_status status = (enum pac_status)at;
    bool is_disputed = status == PAC_STATUS_ILLEGAL_NULL || status == PAC_STATUS_INVALID_OBJECT;
    pac_hresult page = pac_status_hresult(status, PAC_PROFILE_PAGE);
    CU_ASSERT_EQUAL(page == pac_status_hresult(status, PAC_PROFILE_HEADER), !is_disputed);
    CU_ASSERT_EQUAL(page, pac_status_hresult(status, PAC_PROFILE_PUBLISHED));
  }
  CU_ASSERT_EQUAL(pac_status_hresult(PAC_STATUS_ILLEGAL_NULL, PAC_PROFILE_PAGE), 0x8004100Au);
  CU_ASSERT_EQUAL(pac_status_hresult(PAC_STATUS_ILLEGAL_NULL, PAC_PROFILE_HEADER), 0x80041028u);
  CU_ASSERT_EQUAL(pac_status_hresult(PAC_STATUS_INVALID_OBJECT, PAC_PROFILE_PAGE), 0x80041014u);
  CU_ASSERT_EQUAL(pac_status_hresult(PAC_STATUS_INVALID_OBJECT, PAC_PROFILE_HEADER), 0x8004100Fu);
}

static void a_status_outside_the_list_is_a_failure_without_a_name(void) {
  CU_ASSERT_EQUAL(pac_status_hresult(PAC_STATUS_COUNT, PAC_PROFILE_PAGE), 0x80041001u);
  CU_ASSERT_STRING_EQUAL(pac_status_word(PAC_STATUS_COUNT), "unknown status");
  CU_ASSERT_STRING_EQUAL(pac_status_text(PAC_STATUS_COUNT), "unknown status");
}

static void a_status_is_found_by_name_and_by_code(void) {
  for (int at = 0; at < PAC_STATUS_COUNT; at++) {
    enum pac_status status = PAC_STATUS_COUNT;
    CU_ASSERT_EQUAL(pac_status_find(pac_status_word((enum pac_status)at), &status), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(status, at == PAC_STATUS_VETO_PUT ? PAC_STATUS_VETO_PUT_SCRIPTING : (enum pac_status)at);
    pac_hresult code = pac_status_hresult((enum pac_status)at, PAC_PROFILE_HEADER);
    CU_ASSERT_EQUAL(pac_status_of_hresult(code, &status), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(status, (enum pac_status)at);
  }
  enum pac_status status = PAC_STATUS_FAILED;
  CU_ASSERT_EQUAL(pac_status_find("wbemErrNo", &status), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(pac_status_of_hresult(0x8004104Bu, &status), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(pac_status_find(NULL, &status), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_EQUAL(status, PAC_STATUS_FAILED);
  CU_ASSERT_EQUAL(pac_status_find("wbemErrFailed", NULL), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_EQUAL(pac_status_of_hresult(0, NULL), PAC_RESULT_INVALID_ARGUMENT);
}

static void a_published_code_is_that_of_a_status_or_of_the_system(void) {
  static const struct {
    pac_hresult code;
    bool is_published;
  } rows[] = {
      {0, true},           {1, true},           {2, false},          {0x80041001u, true},  {0x8004100Au, true},
      {0x80041014u, true}, {0x80041FFFu, false}, {0x80045000u, false}, {0x80020001u, false}, {0x80020005u, true},
      {0x8007000Eu, true}, {0x800706BAu, true}, {0x80004005u, true}, {0x80040154u, true},  {0x80010108u, true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    CU_ASSERT_EQUAL(pac_hresult_is_published(rows[i].code), rows[i].is_published);
  }
}

static void a_profile_is_found_by_its_word(void) {
  static const enum pac_profile profiles[] = {PAC_PROFILE_PUBLISHED, PAC_PROFILE_PAGE, PAC_PROFILE_HEADER};
  static const char *const words[] = {"published", "page", "header"};
  for (size_t at = 0; at < sizeof words / sizeof *words; at++) {
    enum pac_profile profile = PAC_PROFILE_PUBLISHED;
    CU_ASSERT_STRING_EQUAL(pac_profile_word(profiles[at]), words[at]);
    CU_ASSERT_EQUAL(pac_profile_find(words[at], &profile), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(profile, profiles[at]);
  }
  enum pac_profile profile = PAC_PROFILE_PAGE;
  CU_ASSERT_EQUAL(pac_profile_find("literal", &profile), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(pac_profile_find(NULL, &profile), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_EQUAL(profile, PAC_PROFILE_PAGE);
  CU_ASSERT_EQUAL(pac_profile_find("page", NULL), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_STRING_EQUAL(pac_profile_word((enum pac_profile)(PAC_PROFILE_HEADER + 1)), "unknown profile");
}

static void codes_are_printed_for_a_reader(void) {
  static const struct {
    pac_hresult code;
    const char *text;
  } rows[] = {
      {0, "wbemNoErr (0x00000000)"},
      {0x80041002u, "wbemErrNotFound (0x80041002)"},
      {0x80041028u, "wbemErrIllegalNull (0x80041028)"},
      {0x8004100Au, "0x8004100A (page: wbemErrIllegalNull, header: wbemErrCriticalError)"},
      {0x80041014u, "0x80041014 (page: wbemErrInvalidObject, header: wbemErrInitializationFailure)"},
      {0x8007000Eu, "0x8007000E"},
      {0x00000002u, "0x00000002"},
  };
  for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
    char buffer[128];
    CU_ASSERT_EQUAL(pac_hresult_print(rows[at].code, buffer, sizeof buffer), strlen(rows[at].text));
    CU_ASSERT_STRING_EQUAL(buffer, rows[at].text);
  }
}

static void flags_are_printed_for_a_reader(void) {
  static const struct {
    uint32_t flags;
    const char *text;
  } rows[] = {
      {0, "0x0"},
      {0x1, "0x1 (wbemChangeFlagUpdateOnly)"},
      {0x21, "0x21 (wbemChangeFlagUpdateOnly | wbemChangeFlagUpdateSafeMode)"},
      {0x20012, "0x20012 (wbemChangeFlagCreateOnly | wbemFlagReturnImmediately | wbemFlagUseAmendedQualifiers)"},
      {0x80000005u, "0x80000005 (wbemChangeFlagUpdateOnly | 0x80000004)"},
      {0x4, "0x4"},
  };
  for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
    char buffer[128];
    CU_ASSERT_EQUAL(pac_flags_print(rows[at].flags, buffer, sizeof buffer), strlen(rows[at].text));
    CU_ASSERT_STRING_EQUAL(buffer, rows[at].text);
  }
}

static void a_short_buffer_is_cut_and_terminated(void) {
  static const char whole[] = "wbemErrNotFound (0x80041002)";
  for (size_t size = 1; size <= sizeof whole; size++) {
    char buffer[sizeof whole + 1];
    memset(buffer, '#', sizeof buffer);
    CU_ASSERT_EQUAL(pac_hresult_print(0x80041002u, buffer, size), strlen(whole));
    CU_ASSERT_EQUAL(strlen(buffer), size - 1);
    CU_ASSERT_TRUE(strncmp(buffer, whole, size - 1) == 0);
    CU_ASSERT_EQUAL(buffer[size], '#');
  }
  char untouched = '#';
  CU_ASSERT_EQUAL(pac_hresult_print(0x80041002u, &untouched, 0), strlen(whole));
  CU_ASSERT_EQUAL(untouched, '#');
  CU_ASSERT_EQUAL(pac_hresult_print(0x80041002u, NULL, 0), strlen(whole));
  CU_ASSERT_EQUAL(pac_flags_print(0x1, NULL, 0), strlen("0x1 (wbemChangeFlagUpdateOnly)"));
}

static void axes_combine_to_their_bits(void) {
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.create = PAC_CREATE_OR_UPDATE}), 0);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.create = PAC_UPDATE_ONLY}), 0x1);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.create = PAC_CREATE_ONLY}), 0x2);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.update = PAC_UPDATE_SAFE}), 0x20);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.update = PAC_UPDATE_FORCE}), 0x40);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.returning = PAC_RETURN_IMMEDIATELY}), 0x10);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.is_amended = true}), 0x20000);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.create = PAC_CREATE_ONLY,
                                                            .update = PAC_UPDATE_FORCE,
                                                            .returning = PAC_RETURN_IMMEDIATELY,
                                                            .is_amended = true,
                                                            .other_bits = 0x80000080u}),
                  0x800200D2u);
  CU_ASSERT_EQUAL(pac_flags_combine(&(struct pac_flag_axes){.create = (enum pac_create_mode)3,
                                                            .update = (enum pac_update_mode)3,
                                                            .returning = (enum pac_return_mode)2}),
                  0);
  CU_ASSERT_EQUAL(pac_flags_combine(NULL), 0);
}

static void every_flag_is_one_bit_of_its_own(void) {
  uint32_t seen = 0;
  for (size_t at = 0; at < sizeof all_flags / sizeof *all_flags; at++) {
    CU_ASSERT_TRUE(all_flags[at] != 0 && (all_flags[at] & (all_flags[at] - 1)) == 0);
    CU_ASSERT_EQUAL(seen & all_flags[at], 0);
    seen |= all_flags[at];
  }
}

static void events_have_their_published_numbers(void) {
  CU_ASSERT_STRING_EQUAL(pac_event_word((enum pac_event_kind)1), "OnObjectReady");
  CU_ASSERT_STRING_EQUAL(pac_event_word((enum pac_event_kind)2), "OnCompleted");
  CU_ASSERT_STRING_EQUAL(pac_event_word((enum pac_event_kind)3), "OnProgress");
  CU_ASSERT_STRING_EQUAL(pac_event_word((enum pac_event_kind)4), "OnObjectPut");
  CU_ASSERT_STRING_EQUAL(pac_event_word((enum pac_event_kind)5), "unknown event");
}

static CU_TestInfo tests[] = {
    {"every_status_has_a_code_and_a_name_of_its_own", every_status_has_a_code_and_a_name_of_its_own},
    {"success_values_come_first_and_alone", success_values_come_first_and_alone},
    {"every_code_of_this_family_stands_in_the_manual", every_code_of_this_family_stands_in_the_manual},
    {"the_dialects_differ_in_two_codes_alone", the_dialects_differ_in_two_codes_alone},
    {"a_status_outside_the_list_is_a_failure_without_a_name", a_status_outside_the_list_is_a_failure_without_a_name},
    {"a_status_is_found_by_name_and_by_code", a_status_is_found_by_name_and_by_code},
    {"a_published_code_is_that_of_a_status_or_of_the_system", a_published_code_is_that_of_a_status_or_of_the_system},
    {"a_profile_is_found_by_its_word", a_profile_is_found_by_its_word},
    {"codes_are_printed_for_a_reader", codes_are_printed_for_a_reader},
    {"flags_are_printed_for_a_reader", flags_are_printed_for_a_reader},
    {"a_short_buffer_is_cut_and_terminated", a_short_buffer_is_cut_and_terminated},
    {"axes_combine_to_their_bits", axes_combine_to_their_bits},
    {"every_flag_is_one_bit_of_its_own", every_flag_is_one_bit_of_its_own},
    {"events_have_their_published_numbers", events_have_their_published_numbers},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("vocabulary", tests)
