/* SPDX-License-Identifier: Apache-2.0 */
/* Reading back what a forced update left: a derived class whose content nobody can tell still has to be one that its base
 * allows. An implementation that lists two classes and takes no put plays the namespace. */
#include "unit.h"

#include <string.h>

#include "case/case_run.h"

struct pac_services {
  const struct pac_object *base;
  const struct pac_object *child;
};

static struct pac_services world;

static pac_hresult listing_connect(const struct pac_host *host, struct pac_services **services) {
  (void)host;
  *services = &world;
  return 0;
}

static void listing_close(struct pac_services *services) {
  (void)services;
}

static pac_hresult listing_instances(struct pac_services *services, const char *class_name, pac_visit visit,
                                     void *context) {
  (void)services, (void)class_name, (void)visit, (void)context;
  return 0;
}

static pac_hresult listing_derived(struct pac_services *services, const char *class_name, pac_visit visit,
                                   void *context) {
  (void)class_name;
  (void)(visit(context, services->base) && visit(context, services->child));
  return 0;
}

static pac_hresult listing_quiesce(struct pac_services *services) {
  (void)services;
  return 0x80041001u;
}

static const struct pac_adapter adapter = {.abi = PAC_ADAPTER_ABI,
                                           .size = sizeof adapter,
                                           .name = "listing",
                                           .version = "1",
                                           .connect = listing_connect,
                                           .close = listing_close,
                                           .features = PAC_FEATURE_QUIESCE,
                                           .instances = listing_instances,
                                           .derived = listing_derived,
                                           .quiesce = listing_quiesce};

/* Base { sint8 Extra; Act() } and a derived class of which the case's name says what it makes of that. */
static void run_case(struct pac_case_run *run) {
  const char *name = run->the_case->name;
  struct pac_object *base = NULL;
  struct pac_object *other = NULL;
  struct pac_object *child = NULL;
  struct pac_value number = pac_value_null(PAC_CIM_SINT8, false);
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  struct pac_value *of_child = strcmp(name, "property") == 0 ? &text : &number;
  pac_run_require(run, pac_class_new(run->memory, "Base", &base), "a class");
  pac_run_require(run, pac_class_property_add(base, "Extra", &number), "a property");
  pac_run_require(run, pac_class_method_put(base, "Act", NULL, NULL), "a method");
  pac_run_require(run, pac_class_derive(run->memory, base, "Child", &child), "a derived class");
  if (strcmp(name, "absent") != 0) {
    pac_run_require(run, pac_class_new(run->memory, "Base", &other), "a class");
    pac_run_require(run, pac_class_property_add(other, "Extra", of_child), "a property");
    pac_run_require(run, pac_class_method_put(other, "Act", strcmp(name, "method") == 0 ? base : NULL, NULL), "a method");
    pac_run_require(run, pac_class_derive(run->memory, other, "Child", &child), "a derived class");
  } else {
    pac_run_require(run, pac_class_new(run->memory, "Child", &child), "a class");
  }
  world = (struct pac_services){base, child};
  struct pac_object *expected = NULL;
  pac_run_require(run, pac_class_derive(run->memory, base, "Child", &expected), "a derived class");
  struct pac_shadow_class classes[] = {{.definition = base}, {.definition = expected, .is_loose = true}};
  struct pac_shadow shadow = run->shadow;
  shadow.classes = classes;
  shadow.class_count = 2;
  const char *difference = pac_run_difference(run, run->services, &shadow);
  if (difference != NULL) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_UPDATE_FORCE_CONFLICT_ACCEPTED, "no difference", difference);
  }
}

static const struct pac_suite suite = {.name = "snapshot", .title = "snapshot", .run = run_case};

/* Null when the derived class was taken as valid. */
static const char *difference_of(const char *name, struct pac_case_record *record) {
  const struct pac_case the_case = {
      .name = name, .suite = &suite, .clauses = {PAC_CLAUSE_UPDATE_FORCE_CONFLICT_ACCEPTED}};
  const struct pac_case_settings settings = {.adapter = &adapter, .profile = PAC_PROFILE_HEADER, .timeout_ms = 100};
  pac_case_execute(&the_case, 0, &settings, record, NULL);
  CU_ASSERT_EQUAL(record->verdict, record->finding_count == 0 ? PAC_VERDICT_PASS : PAC_VERDICT_FAIL);
  return record->finding_count == 0 ? NULL : record->findings[0].observed;
}

static void a_loose_class_that_its_base_allows_is_no_difference(void) {
  struct pac_case_record record;
  CU_ASSERT_PTR_NULL(difference_of("same", &record));
  pac_case_record_reset(&record);
}

static void a_loose_class_that_contradicts_its_base_is_a_difference(void) {
  static const struct {
    const char *name;
    const char *text;
  } rows[] = {{"property", "class Child does not have Extra as Base declares it"},
              {"method", "class Child does not have Act as Base declares it"},
              {"absent", "class Child does not have Extra as Base declares it"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct pac_case_record record;
    const char *difference = difference_of(rows[i].name, &record);
    CU_ASSERT_PTR_NOT_NULL_FATAL(difference);
    CU_ASSERT_STRING_EQUAL(difference, rows[i].text);
    pac_case_record_reset(&record);
  }
}

/* Extra should be null and is 7. */
static void run_default(struct pac_case_run *run) {
  struct pac_object *expected = NULL;
  struct pac_object *listed = NULL;
  struct pac_value seven = pac_value_sint(PAC_CIM_SINT8, 7);
  struct pac_value nothing = pac_value_null(PAC_CIM_SINT8, false);
  pac_run_require(run, pac_class_new(run->memory, "Base", &expected), "a class");
  pac_run_require(run, pac_class_property_add(expected, "Extra", &nothing), "a property");
  pac_run_require(run, pac_class_new(run->memory, "Base", &listed), "a class");
  pac_run_require(run, pac_class_property_add(listed, "Extra", &seven), "a property");
  struct pac_shadow_class classes[] = {{.definition = expected}};
  struct pac_shadow shadow = run->shadow;
  shadow.classes = classes;
  shadow.class_count = 1;
  world = (struct pac_services){listed, listed};
  const char *difference = pac_run_difference(run, run->services, &shadow);
  pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, "no difference",
               difference == NULL ? "none" : difference);
}

static void what_was_read_comes_first(void) {
  const struct pac_suite suite_of_default = {.name = "default", .title = "default", .run = run_default};
  const struct pac_case the_case = {
      .name = "default", .suite = &suite_of_default, .clauses = {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT}};
  const struct pac_case_settings settings = {.adapter = &adapter, .profile = PAC_PROFILE_HEADER, .timeout_ms = 100};
  struct pac_case_record record;
  pac_case_execute(&the_case, 0, &settings, &record, NULL);
  CU_ASSERT_EQUAL_FATAL(record.finding_count, 1);
  CU_ASSERT_STRING_EQUAL(record.findings[0].observed, "class Base differs: property Extra: 7 instead of NULL");
  pac_case_record_reset(&record);
}

static void run_null(struct pac_case_run *run) {
  struct pac_object *base = NULL;
  pac_run_require(run, pac_class_new(run->memory, "Base", &base), "a class");
  struct pac_shadow_class classes[] = {{.definition = base}};
  struct pac_shadow shadow = run->shadow;
  shadow.classes = classes;
  shadow.class_count = 1;
  world = (struct pac_services){base, NULL};
  (void)pac_run_difference(run, run->services, &shadow);
}

static void run_quiesce(struct pac_case_run *run) {
  pac_run_drain(run);
}

static void an_adapter_that_cannot_look_breaks_its_case(void) {
  static const struct {
    struct pac_suite suite;
    const char *note;
  } rows[] = {{{.name = "null", .title = "null", .run = run_null}, "derived visited with a null object"},
              {{.name = "quiesce", .title = "quiesce", .run = run_quiesce}, "quiesce answered wbemErrFailed (0x80041001)"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const struct pac_case the_case = {
        .name = "case", .suite = &rows[i].suite, .clauses = {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT}};
    const struct pac_case_settings settings = {.adapter = &adapter, .profile = PAC_PROFILE_HEADER, .timeout_ms = 100};
    struct pac_case_record record;
    pac_case_execute(&the_case, 0, &settings, &record, NULL);
    CU_ASSERT_EQUAL(record.verdict, PAC_VERDICT_BROKEN);
    CU_ASSERT_PTR_NOT_NULL_FATAL(record.note);
    CU_ASSERT_STRING_EQUAL(record.note, rows[i].note);
    pac_case_record_reset(&record);
  }
}

static CU_TestInfo tests[] = {
    {"a_loose_class_that_its_base_allows_is_no_difference", a_loose_class_that_its_base_allows_is_no_difference},
    {"a_loose_class_that_contradicts_its_base_is_a_difference", a_loose_class_that_contradicts_its_base_is_a_difference},
    {"what_was_read_comes_first", what_was_read_comes_first},
    {"an_adapter_that_cannot_look_breaks_its_case", an_adapter_that_cannot_look_breaks_its_case},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("snapshot", tests)
