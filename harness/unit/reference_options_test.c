/* SPDX-License-Identifier: Apache-2.0 */
/* Options and flags of the reference: what is taken, what is refused, and that its README lists the same options. */
#include "options.h"
#include "reference_scene.h"

static pac_hresult connect_with(const char *name, const char *value, uint32_t abi) {
  struct pac_option option = {name, value};
  struct pac_host host = {.abi = abi, .size = sizeof host, .options = &option, .option_count = 1};
  struct pac_services *services = NULL;
  const struct pac_adapter *adapter = pac_reference_adapter();
  pac_hresult result = adapter->connect(&host, &services);
  if (result == 0) {
    adapter->close(services);
  }
  return result;
}

static void what_is_not_listed_is_refused(void) {
  CU_ASSERT_EQUAL(connect_with("A-28", "delete", PAC_ADAPTER_ABI), 0);
  CU_ASSERT_EQUAL(connect_with("late", "1000", PAC_ADAPTER_ABI), 0);
  CU_ASSERT_EQUAL(connect_with("A-28", "delete", PAC_ADAPTER_ABI + 1), PAC_ANSWER_BROKEN);
  static const char *const bad[][2] = {{"A-28", "Delete"}, {"A-28", ""},      {"A-28", NULL},  {"a-28", "delete"},
                                       {NULL, "x"},        {"late", "1001"},  {"late", "-1"},  {"late", "1x"},
                                       {"late", ""},       {"delivery", "1"}, {"pumped", "1"}, {"late", "0x1"}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CU_ASSERT_EQUAL(connect_with(bad[i][0], bad[i][1], PAC_ADAPTER_ABI), PAC_ANSWER_BROKEN);
  }
}

static char *read_page(void) {
  FILE *file = fopen(PAC_SOURCE_DIR "/harness/adapters/reference/README.md", "rb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  char *text = calloc(1, 40000);
  size_t size = fread(text, 1, 39999, file);
  fclose(file);
  CU_ASSERT(size > 0);
  return text;
}

/* The table row of an option: | `name` | `first` (default), `second` | sentence |. */
static void add_row(char *rows, const char *name, const char *sentence, const char *values) {
  size_t used = strlen(rows);
  snprintf(rows + used, 20000 - used, "| `%s` | %s | %s |\n", name, values, sentence);
}

static void the_page_lists_every_option(void) {
  static const struct {
    int kind; /* 0 an option, 1 a value, 2 a number */
    const char *name, *sentence;
    int number;
  } list[] = {
#define OPTION(identifier, name, sentence) {0, name, sentence, 0},
#define VALUE(identifier, index, enumerator, word) {1, word, NULL, index},
#define NUMBER(identifier, name, maximum, sentence) {2, name, sentence, maximum},
#include "options.def"
#undef OPTION
#undef VALUE
#undef NUMBER
  };
  static char rows[20000];
  rows[0] = '\0';
  const size_t count = sizeof list / sizeof list[0];
  for (size_t i = 0; i < count; i++) {
    char values[300] = "";
    if (list[i].kind == 2) {
      snprintf(values, sizeof values, "0 (default) to %d", list[i].number);
    }
    for (size_t v = i + 1; list[i].kind == 0 && v < count && list[v].kind == 1; v++) {
      size_t used = strlen(values);
      CU_ASSERT_EQUAL(list[v].number, (int)(v - i - 1));
      snprintf(values + used, sizeof values - used, "%s`%s`%s", v == i + 1 ? "" : ", ", list[v].name,
               v == i + 1 ? " (default)" : "");
    }
    if (list[i].kind != 1) {
      add_row(rows, list[i].name, list[i].sentence, values);
    }
  }
  char *page = read_page();
  if (strstr(page, rows) == NULL) {
    fprintf(stderr, "The table of harness/adapters/reference/README.md has to be:\n%s", rows);
    CU_FAIL("the page and options.def differ");
  }
  free(page);
}

/* Flags ------------------------------------------------------------------------------------------------------------ */

static const struct {
  const char *options;
  uint32_t flags;
  bool is_class_taken, is_instance_taken;
} rows[] = {
    {NULL, 0x03, false, false},        {NULL, 0x60, false, false},
    {NULL, 0x22, true, true},          {"A-17=refuse", 0x22, false, false},
    {NULL, 0x20, true, true},          {"A-18=refuse", 0x20, true, false},
    {"A-18=refuse", 0x40, true, false}, {NULL, 0x100, false, false},
    {NULL, 0x4, false, false},         {NULL, 0x80000000u, false, false},
    {"A-19=ignore", 0x304, true, true}, {NULL, 0xF000, true, true},
    {NULL, 0x100000, true, true},      {"A-20=refuse", 0x1000, false, false},
    {"A-20=refuse", 0x10000, true, true}, {NULL, 0x80, true, true},
    {"A-21=refuse", 0x80, false, false}, {NULL, 0x10000, true, true},
    {"A-22=refuse", 0x10000, false, false}, {NULL, 0x20010, true, true},
    {NULL, 0xFFFFFFFFu, false, false},
};

static void flags_are_taken_as_the_readings_say(void) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct scene scene;
    scene_open(&scene, rows[i].options);
    pac_hresult of_class = scene_put_taken(&scene, scene_keyed_class("New"), rows[i].flags);
    CU_ASSERT_EQUAL(of_class, rows[i].is_class_taken ? 0 : 0x80041008u);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Disk"), 0), 0);
    pac_hresult of_instance = scene_put_id(&scene, "Disk", 1, rows[i].flags);
    CU_ASSERT_EQUAL(of_instance, rows[i].is_instance_taken ? 0 : 0x80041008u);
    CU_ASSERT_EQUAL(scene_has(&scene, "New"), rows[i].is_class_taken);
    CU_ASSERT_EQUAL(scene_has(&scene, "Disk=1"), rows[i].is_instance_taken);
    scene_close(&scene);
  }
}

static CU_TestInfo tests[] = {
    {"what_is_not_listed_is_refused", what_is_not_listed_is_refused},
    {"the_page_lists_every_option", the_page_lists_every_option},
    {"flags_are_taken_as_the_readings_say", flags_are_taken_as_the_readings_say},
    CU_TEST_INFO_NULL,
};

UNIT_MAIN("reference_options", tests)
