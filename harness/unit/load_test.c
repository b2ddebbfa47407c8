/* SPDX-License-Identifier: Apache-2.0 */
/* A vendor's table is used only when it is whole; otherwise a sentence says what it lacks. */
#include "unit.h"

#include <string.h>

#include "adapters/library/load.h"
#include "reference.h"

/* The reference's table, to be spoilt. */
static struct pac_adapter good_table(void) {
  return *pac_reference_adapter();
}

static void refuses(const struct pac_adapter *table, const char *sentence) {
  struct pac_loaded loaded = {0};
  char why[256] = "";
  CU_ASSERT_EQUAL(pac_adapter_check(table, &loaded, why, sizeof why), PAC_RESULT_MALFORMED);
  CU_ASSERT_PTR_NULL(loaded.adapter);
  CU_ASSERT_PTR_NOT_NULL(strstr(why, sentence));
}

static void the_reference_is_accepted_under_its_name(void) {
  struct pac_loaded loaded = {0};
  char why[256];
  CU_ASSERT_EQUAL(pac_adapter_load("reference", &loaded, why, sizeof why), PAC_RESULT_OK);
  CU_ASSERT_PTR_NOT_NULL(loaded.adapter);
  CU_ASSERT_EQUAL(loaded.adapter->features, pac_reference_adapter()->features);
}

static void a_table_that_is_not_whole_is_refused(void) {
  refuses(NULL, "gives no table");
  struct pac_adapter table = good_table();
  table.abi = PAC_ADAPTER_ABI + 1;
  refuses(&table, "adapter ABI");
  table = good_table();
  table.size = 8;
  refuses(&table, "8 octets");
  table = good_table();
  table.instances = NULL;
  refuses(&table, "required function instances");
  table = good_table();
  table.name = "";
  refuses(&table, "name or version");
  table = good_table();
  table.version = NULL;
  refuses(&table, "name or version");
  table = good_table();
  table.features |= 0x40000000u;
  refuses(&table, "0x40000000");
}

static void a_feature_needs_its_functions(void) {
  struct pac_adapter table = good_table();
  table.features |= PAC_FEATURE_CANCEL;
  table.cancel = NULL;
  refuses(&table, "declares the feature cancel and lacks the function cancel");
  table = good_table();
  table.features |= PAC_FEATURE_LOCALE;
  table.get_localized = NULL;
  refuses(&table, "declares the feature locale and lacks the function get_localized");
}

static void a_shorter_table_of_an_older_kind_is_completed(void) {
  struct pac_adapter table = good_table();
  table.size = offsetof(struct pac_adapter, cancel);
  table.features = PAC_FEATURE_PUMP | PAC_FEATURE_QUIESCE;
  struct pac_loaded loaded = {0};
  char why[256];
  CU_ASSERT_EQUAL(pac_adapter_check(&table, &loaded, why, sizeof why), PAC_RESULT_OK);
  CU_ASSERT_PTR_NOT_NULL(loaded.adapter->pump);
  CU_ASSERT_PTR_NULL(loaded.adapter->cancel);
  CU_ASSERT_PTR_NULL(loaded.adapter->get_localized);
}

static void what_is_no_adapter_is_refused(void) {
  struct pac_loaded loaded = {0};
  char why[256];
  CU_ASSERT_EQUAL(pac_adapter_load("no/such/file.so", &loaded, why, sizeof why), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_PTR_NOT_NULL(strstr(why, "there is no adapter 'no/such/file.so'"));
  CU_ASSERT_EQUAL(pac_adapter_load("/dev/null", &loaded, why, sizeof why), PAC_RESULT_MALFORMED);
  CU_ASSERT_PTR_NOT_NULL(strstr(why, "cannot load '/dev/null'"));
}

static CU_TestInfo tests[] = {
    {"the_reference_is_accepted_under_its_name", the_reference_is_accepted_under_its_name},
    {"a_table_that_is_not_whole_is_refused", a_table_that_is_not_whole_is_refused},
    {"a_feature_needs_its_functions", a_feature_needs_its_functions},
    {"a_shorter_table_of_an_older_kind_is_completed", a_shorter_table_of_an_older_kind_is_completed},
    {"what_is_no_adapter_is_refused", what_is_no_adapter_is_refused},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("load", tests)
