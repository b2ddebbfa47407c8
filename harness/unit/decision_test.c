/* SPDX-License-Identifier: Apache-2.0 */
/* The decision table has neither gap nor overlap, and says what the rows of CONTRACT.md say. */
#include "unit.h"

#include <string.h>

#include "contract/decision.h"

static void the_tables_have_neither_gap_nor_overlap(void) {
  char why[200] = "";
  CU_ASSERT_EQUAL(pac_decision_check(why, sizeof why), PAC_RESULT_OK);
  CU_ASSERT_STRING_EQUAL(why, "");
}

static bool allows(const struct pac_facts *facts, uint32_t flags, enum pac_profile profile, enum pac_status status) {
  struct pac_decision decision;
  pac_decide(facts, flags, profile, &decision);
  for (uint32_t i = 0; i < decision.outcome_count; i++) {
    if (decision.outcomes[i].status == status) {
      return true;
    }
  }
  return false;
}

static const char *row_of(const struct pac_facts *facts, uint32_t flags) {
  static struct pac_decision decision;
  pac_decide(facts, flags, PAC_PROFILE_PUBLISHED, &decision);
  return decision.row;
}

static void each_row_is_reached(void) {
  struct pac_facts missing = {.kind = PAC_GENUS_CLASS};
  struct pac_facts lone = {.kind = PAC_GENUS_CLASS, .exists = true, .change = PAC_CHANGE_IMPORTANT};
  struct pac_facts parent = lone;
  parent.has_children = true;
  struct pac_facts full = lone;
  full.has_instances = true;
  CU_ASSERT_STRING_EQUAL(row_of(&missing, 0), "R-01");
  CU_ASSERT_STRING_EQUAL(row_of(&missing, PAC_FLAG_UPDATE_ONLY), "R-02");
  CU_ASSERT_STRING_EQUAL(row_of(&lone, PAC_FLAG_CREATE_ONLY), "R-03");
  CU_ASSERT_STRING_EQUAL(row_of(&lone, 0), "R-04");
  CU_ASSERT_STRING_EQUAL(row_of(&parent, 0), "R-06");
  CU_ASSERT_STRING_EQUAL(row_of(&full, 0), "R-07");
  CU_ASSERT_STRING_EQUAL(row_of(&full, PAC_FLAG_UPDATE_SAFE), "R-14");
  CU_ASSERT_STRING_EQUAL(row_of(&full, PAC_FLAG_UPDATE_FORCE), "R-20");
  CU_ASSERT_STRING_EQUAL(row_of(&lone, PAC_FLAG_UPDATE_ONLY | PAC_FLAG_CREATE_ONLY), "K-04");
  CU_ASSERT_STRING_EQUAL(row_of(&lone, PAC_FLAG_UPDATE_SAFE | PAC_FLAG_UPDATE_FORCE), "K-07");
}

static void excluded_flags_never_succeed_but_under_the_page(void) {
  struct pac_facts lone = {.kind = PAC_GENUS_CLASS, .exists = true, .change = PAC_CHANGE_IMPORTANT};
  uint32_t pair = PAC_FLAG_UPDATE_ONLY | PAC_FLAG_CREATE_ONLY;
  CU_ASSERT_FALSE(allows(&lone, pair, PAC_PROFILE_PUBLISHED, PAC_STATUS_NO_ERR));
  CU_ASSERT_FALSE(allows(&lone, pair, PAC_PROFILE_HEADER, PAC_STATUS_NO_ERR));
  CU_ASSERT_TRUE(allows(&lone, pair, PAC_PROFILE_PAGE, PAC_STATUS_NO_ERR));
  CU_ASSERT_TRUE(allows(&lone, pair, PAC_PROFILE_HEADER, PAC_STATUS_INVALID_PARAMETER));
}

static void a_contested_bit_adds_a_refusal_and_nothing_else(void) {
  struct pac_facts instance = {.kind = PAC_GENUS_INSTANCE};
  struct pac_decision plain;
  struct pac_decision contested;
  pac_decide(&instance, 0, PAC_PROFILE_PUBLISHED, &plain);
  pac_decide(&instance, 0x100, PAC_PROFILE_PUBLISHED, &contested);
  CU_ASSERT_EQUAL(plain.bits_reading, PAC_READING_NONE);
  CU_ASSERT_EQUAL(contested.bits_reading, PAC_READING_A_19);
  CU_ASSERT_STRING_EQUAL(contested.bits_scope, "bits 0x100, instance");
  CU_ASSERT_EQUAL(contested.outcome_count, plain.outcome_count + 1);
  CU_ASSERT_EQUAL(contested.outcomes[plain.outcome_count].status, PAC_STATUS_INVALID_PARAMETER);
  CU_ASSERT_EQUAL(contested.outcomes[plain.outcome_count].effect, PAC_EFFECT_UNCHANGED);
}

static void safe_mode_is_contested_for_instances_only(void) {
  struct pac_facts missing_class = {.kind = PAC_GENUS_CLASS};
  struct pac_facts missing_instance = {.kind = PAC_GENUS_INSTANCE};
  CU_ASSERT_FALSE(allows(&missing_class, PAC_FLAG_UPDATE_SAFE, PAC_PROFILE_PUBLISHED, PAC_STATUS_INVALID_PARAMETER));
  CU_ASSERT_TRUE(allows(&missing_instance, PAC_FLAG_UPDATE_SAFE, PAC_PROFILE_PUBLISHED, PAC_STATUS_INVALID_PARAMETER));
}

static void other_qualifiers_than_the_published_ones_are_contested(void) {
  struct pac_facts full = {.kind = PAC_GENUS_CLASS, .exists = true, .has_instances = true,
                           .change = PAC_CHANGE_CONTESTED};
  CU_ASSERT_TRUE(allows(&full, 0, PAC_PROFILE_PUBLISHED, PAC_STATUS_NO_ERR));
  CU_ASSERT_TRUE(allows(&full, 0, PAC_PROFILE_PUBLISHED, PAC_STATUS_CLASS_HAS_INSTANCES));
  full.change = PAC_CHANGE_IMPORTANT;
  CU_ASSERT_FALSE(allows(&full, 0, PAC_PROFILE_PUBLISHED, PAC_STATUS_NO_ERR));
}

static void a_key_in_use_has_a_code_of_its_own(void) {
  struct pac_facts full = {.kind = PAC_GENUS_CLASS, .exists = true, .has_instances = true,
                           .change = PAC_CHANGE_IMPORTANT};
  CU_ASSERT_FALSE(allows(&full, 0, PAC_PROFILE_PUBLISHED, PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE));
  full.changes_key = true;
  CU_ASSERT_TRUE(allows(&full, 0, PAC_PROFILE_PUBLISHED, PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE));
}

/* A safe put that changes a key below which there are classes may be refused with the code for those, and so on. */
static void what_is_in_the_way_of_a_changed_key_may_be_named(void) {
  struct pac_facts used = {.kind = PAC_GENUS_CLASS, .exists = true, .has_children = true, .change = PAC_CHANGE_IMPORTANT};
  CU_ASSERT_FALSE(allows(&used, PAC_FLAG_UPDATE_SAFE, PAC_PROFILE_PUBLISHED, PAC_STATUS_CLASS_HAS_CHILDREN));
  used.changes_key = true;
  CU_ASSERT_TRUE(allows(&used, PAC_FLAG_UPDATE_SAFE, PAC_PROFILE_PUBLISHED, PAC_STATUS_CLASS_HAS_CHILDREN));
  CU_ASSERT_TRUE(allows(&used, PAC_FLAG_UPDATE_FORCE, PAC_PROFILE_PUBLISHED, PAC_STATUS_CLASS_HAS_CHILDREN));
  CU_ASSERT_FALSE(allows(&used, PAC_FLAG_UPDATE_SAFE, PAC_PROFILE_PUBLISHED, PAC_STATUS_CLASS_HAS_INSTANCES));
  used.children_have_instances = true;
  CU_ASSERT_TRUE(allows(&used, PAC_FLAG_UPDATE_SAFE, PAC_PROFILE_PUBLISHED, PAC_STATUS_CLASS_HAS_INSTANCES));
}

static void every_effect_has_a_text(void) {
  for (int effect = PAC_EFFECT_UNCHANGED; effect <= PAC_EFFECT_FORCED_WITHOUT_DERIVED_INSTANCES; effect++) {
    CU_ASSERT_STRING_NOT_EQUAL(pac_effect_text((enum pac_effect)effect), "unknown effect");
  }
}

static CU_TestInfo tests[] = {
    {"the_tables_have_neither_gap_nor_overlap", the_tables_have_neither_gap_nor_overlap},
    {"each_row_is_reached", each_row_is_reached},
    {"excluded_flags_never_succeed_but_under_the_page", excluded_flags_never_succeed_but_under_the_page},
    {"a_contested_bit_adds_a_refusal_and_nothing_else", a_contested_bit_adds_a_refusal_and_nothing_else},
    {"safe_mode_is_contested_for_instances_only", safe_mode_is_contested_for_instances_only},
    {"other_qualifiers_than_the_published_ones_are_contested", other_qualifiers_than_the_published_ones_are_contested},
    {"a_key_in_use_has_a_code_of_its_own", a_key_in_use_has_a_code_of_its_own},
    {"what_is_in_the_way_of_a_changed_key_may_be_named", what_is_in_the_way_of_a_changed_key_may_be_named},
    {"every_effect_has_a_text", every_effect_has_a_text},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("decision", tests)
