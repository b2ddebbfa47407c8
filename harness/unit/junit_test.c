/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JUnit file holds what the judgement says and follows reports/junit.xsd. The schema is checked with xmllint; without
 * it the program says so and ends as skipped, after the tests that need no xmllint.
 */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <unistd.h>

#include "report_files.h"

#define EXIT_SKIPPED 77
#define XMLLINT "xmllint --nonet --noout --schema '" PAC_SOURCE_DIR "/reports/junit.xsd' "

static bool has_xmllint(void) {
  return system("xmllint --version >/dev/null 2>&1") == 0;
}

static enum pac_result write_judgement(const char *path, const struct pac_judgement *judgement) {
  FILE *file = fopen(path, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  enum pac_result result = pac_report_junit(file, judgement, &(struct pac_report_junit_options){REPLAY});
  CU_ASSERT_EQUAL(fclose(file), 0);
  return result;
}

/* Writes the report of a journal, the sample's when there are no lines, to `path`. */
static enum pac_result write_junit(const char *path, const char *lines) {
  struct pac_journal *journal = lines == NULL ? sample_journal(NULL) : journal_of_lines(lines);
  struct pac_judgement *judgement = judgement_of(journal);
  enum pac_result result = write_judgement(path, judgement);
  pac_judgement_free(judgement);
  pac_journal_free(journal);
  return result;
}

static long number_of(xmlNodePtr node, const char *name) {
  xmlChar *text = xmlGetProp(node, BAD_CAST name);
  long number = text == NULL ? -1 : strtol((const char *)text, NULL, 10);
  xmlFree(text);
  return number;
}

static bool has_value(xmlNodePtr node, const char *name, const char *value) {
  xmlChar *text = xmlGetProp(node, BAD_CAST name);
  bool is_equal = text != NULL && strcmp((const char *)text, value) == 0;
  xmlFree(text);
  return is_equal;
}

static xmlNodePtr child_of(xmlNodePtr node, const char *element, const char *name) {
  for (xmlNodePtr child = xmlFirstElementChild(node); child != NULL; child = xmlNextElementSibling(child)) {
    if (strcmp((const char *)child->name, element) == 0 && (name == NULL || has_value(child, "name", name))) {
      return child;
    }
  }
  return NULL;
}

/* Counts elements of a name at any depth that such a file can have. */
static long count_of(xmlNodePtr node, const char *element) {
  long count = strcmp((const char *)node->name, element) == 0;
  for (xmlNodePtr child = xmlFirstElementChild(node); child != NULL; child = xmlNextElementSibling(child)) {
    count += count_of(child, element);
  }
  return count;
}

static void check_totals(xmlNodePtr node) {
  CU_ASSERT_EQUAL(number_of(node, "tests"), count_of(node, "testcase"));
  CU_ASSERT_EQUAL(number_of(node, "failures"), count_of(node, "failure"));
  CU_ASSERT_EQUAL(number_of(node, "errors"), count_of(node, "error"));
  CU_ASSERT_EQUAL(number_of(node, "skipped"), count_of(node, "skipped"));
}

static void the_file_holds_what_the_judgement_says(void) {
  CU_ASSERT_EQUAL_FATAL(write_junit("junit_sample.xml", NULL), PAC_RESULT_OK);
  xmlDocPtr document = xmlReadFile("junit_sample.xml", NULL, XML_PARSE_NONET);
  CU_ASSERT_PTR_NOT_NULL_FATAL(document);
  xmlNodePtr root = xmlDocGetRootElement(document);
  check_totals(root);
  for (xmlNodePtr suite = xmlFirstElementChild(root); suite != NULL; suite = xmlNextElementSibling(suite)) {
    check_totals(suite);
    xmlNodePtr properties = child_of(suite, "properties", NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(properties);
    CU_ASSERT(has_value(child_of(properties, "property", "adapter"), "value", "./libmine.so"));
    CU_ASSERT(has_value(child_of(properties, "property", "profile"), "value", "published"));
    CU_ASSERT(has_value(child_of(properties, "property", "seed"), "value", "7"));
  }
  xmlNodePtr run = child_of(root, "testsuite", "pacheck.run");
  CU_ASSERT_PTR_NOT_NULL_FATAL(run);
  CU_ASSERT(has_value(child_of(child_of(run, "properties", NULL), "property", "broken"), "value", "2"));

  xmlNodePtr suite = child_of(root, "testsuite", "create_update");
  xmlNodePtr the_case = child_of(suite, "testcase", "create_only_put_of_existing_class_fails");
  CU_ASSERT_PTR_NOT_NULL_FATAL(the_case);
  CU_ASSERT(has_value(the_case, "classname", "pacheck.create_update"));
  xmlNodePtr failure = child_of(the_case, "failure", NULL);
  CU_ASSERT(has_value(failure, "type", "wrong outcome"));
  CU_ASSERT(has_value(failure, "message",
                      "[put_async.create.create_only_existing_class_fails] create_only_put_of_existing_class_fails: "
                      "expected wbemErrAlreadyExists (0x80041019), got 0x0"));
  xmlChar *body = xmlNodeGetContent(failure);
  CU_ASSERT_PTR_NOT_NULL_FATAL(body);
  CU_ASSERT_PTR_NOT_NULL(strstr((const char *)body, "] C-060: "));
  CU_ASSERT_PTR_NOT_NULL(strstr((const char *)body, "timeline\n  Connect\n  PutAsync(class Probe, "));
  CU_ASSERT_PTR_NOT_NULL(
      strstr((const char *)body, "replay " REPLAY " create_update/create_only_put_of_existing_class_fails\n"));
  xmlFree(body);

  suite = child_of(root, "testsuite", "rights");
  CU_ASSERT(has_value(child_of(child_of(suite, "testcase", "partial_write_is_not_enough"), "skipped", NULL), "message",
                      "needs the feature rights"));
  CU_ASSERT(has_value(child_of(child_of(suite, "testcase", "read_only"), "error", NULL), "message",
                      "set_rights answered 0xa0040002"));
  suite = child_of(root, "testsuite", "known");
  CU_ASSERT_PTR_NOT_NULL(child_of(child_of(suite, "testcase", "old_difference"), "skipped", NULL));
  CU_ASSERT_PTR_NOT_NULL(child_of(child_of(suite, "testcase", "cured_difference"), "failure", NULL));
  xmlFreeDoc(document);
  unlink("junit_sample.xml");
}

/* The file as a whole, so that nothing leaves it unseen. */
static void the_file_is_the_expected_one(void) {
  CU_ASSERT_EQUAL_FATAL(write_junit("sample.xml", NULL), PAC_RESULT_OK);
  char *text = file_text("sample.xml"), *expected = file_text(EXPECTED_DIR "sample.xml");
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  bool is_same = expected != NULL && strcmp(text, expected) == 0;
  CU_ASSERT_TRUE(is_same);
  if (is_same) {
    unlink("sample.xml");
  } else {
    fprintf(stderr, "\n  compare %s with sample.xml here\n", EXPECTED_DIR "sample.xml");
  }
  free(expected);
  free(text);
}

static void what_xml_cannot_hold_is_shown(void) {
  CU_ASSERT_EQUAL_FATAL(write_junit("junit_shown.xml", NULL), PAC_RESULT_OK);
  char *text = file_text("junit_shown.xml");
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "stderr: \\x1b[31mred\\x1b[0m \\x07\\nnext \\x85 \xef\xbf\xbd \xc3\xa9\n"));
  for (const char *octet = text; *octet != '\0'; octet++) {
    CU_ASSERT((unsigned char)*octet >= 0x20 || *octet == '\n');
  }
  free(text);
  CU_ASSERT_EQUAL_FATAL(write_junit("junit_shown.xml", RUN_LINE("0x0", "page", "1", WHOLE_PLAN) CASE_LINE(
                                                           "0", "a", "broken", ",\"note\":\"two\\nlines\\u0001\"")),
                        PAC_RESULT_OK);
  text = file_text("junit_shown.xml");
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "message=\"two\\x0alines\\x01\""));
  free(text);
  unlink("junit_shown.xml");
}

/* A reader that looks at JUnit alone has to see that nothing was judged. */
static void a_run_that_could_not_be_judged_is_an_error(void) {
  static const struct {
    const char *lines;
    long errors, failures;
  } rows[] = {
      {RUN_LINE("0x0", "page", "0", WHOLE_PLAN), 1, 0},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN) CASE_LINE("0", "a", "unsupported", ""), 1, 0},
      {RUN_LINE("0x0", "page", "2", WHOLE_PLAN) CASE_LINE("0", "a", "fail", ""), 1, 1},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN) CASE_LINE("0", "a", "fail", ""), 0, 1},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN) CASE_LINE("0", "a", "pass", ""), 0, 0},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN) CASE_LINE("0", "a", "broken", ""), 2, 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    CU_ASSERT_EQUAL_FATAL(write_junit("junit_run.xml", rows[i].lines), PAC_RESULT_OK);
    xmlDocPtr document = xmlReadFile("junit_run.xml", NULL, XML_PARSE_NONET);
    CU_ASSERT_PTR_NOT_NULL_FATAL(document);
    xmlNodePtr root = xmlDocGetRootElement(document);
    check_totals(root);
    CU_ASSERT_EQUAL(number_of(root, "errors"), rows[i].errors);
    CU_ASSERT_EQUAL(number_of(root, "failures"), rows[i].failures);
    xmlFreeDoc(document);
  }
  unlink("junit_run.xml");
}

/* The leak sanitizer's switches, when it is linked in. Without memory libxml2 loses some of its own blocks; what
 * junit.c holds is still watched. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

static unsigned long xml_requests, xml_fail_at;

static void *xml_resize(void *block, size_t size) {
  if (++xml_requests == xml_fail_at) {
    return NULL;
  }
  if (__lsan_disable != NULL) {
    __lsan_disable();
  }
  void *result = realloc(block, size);
  if (__lsan_enable != NULL) {
    __lsan_enable();
  }
  return result;
}

static void *xml_allocate(size_t size) {
  return xml_resize(NULL, size);
}

static char *xml_copy(const char *text) {
  size_t length = strlen(text) + 1;
  char *copy = xml_allocate(length);
  return copy == NULL ? NULL : memcpy(copy, text, length);
}

static void ignore_error(void *context, const char *format, ...) {
  (void)context;
  (void)format;
}

/* libxml2 does without some of what it asks for. What counts: a report that is called done is whole. */
static void libxml2_without_memory_passes_nothing_half_written_as_done(void) {
  struct pac_journal *journal = sample_journal(NULL);
  struct pac_judgement *judgement = judgement_of(journal);
  CU_ASSERT_EQUAL_FATAL(write_judgement("junit_memory.xml", judgement), PAC_RESULT_OK);
  char *whole = file_text("junit_memory.xml");
  CU_ASSERT_PTR_NOT_NULL_FATAL(whole);
  xmlSetGenericErrorFunc(NULL, ignore_error);
  CU_ASSERT_EQUAL_FATAL(xmlMemSetup(free, xml_allocate, xml_resize, xml_copy), 0);
  unsigned long refused = 0;
  bool has_failed = true;
  for (xml_fail_at = 1; has_failed; xml_fail_at++) {
    xml_requests = 0;
    enum pac_result result = write_judgement("junit_memory.xml", judgement);
    has_failed = xml_requests >= xml_fail_at;
    refused += result == PAC_RESULT_NO_MEMORY;
    char *text = file_text("junit_memory.xml");
    CU_ASSERT(result == PAC_RESULT_OK ? text != NULL && strcmp(text, whole) == 0
                                      : result == PAC_RESULT_NO_MEMORY && has_failed);
    free(text);
  }
  CU_ASSERT(refused > 100);
  xmlMemSetup(free, malloc, realloc, strdup);
  xmlSetGenericErrorFunc(NULL, NULL);
  unlink("junit_memory.xml");
  free(whole);
  pac_judgement_free(judgement);
  pac_journal_free(journal);
}

static void the_file_follows_its_schema(void) {
  if (!has_xmllint()) {
    fputs("(skipped: there is no xmllint) ", stdout);
    return;
  }
  CU_ASSERT_EQUAL_FATAL(write_junit("junit_schema.xml", NULL), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(system(XMLLINT "junit_schema.xml 2>/dev/null"), 0);
  CU_ASSERT_EQUAL_FATAL(write_junit("junit_schema.xml", RUN_LINE("0x0", "page", "0", WHOLE_PLAN)), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(system(XMLLINT "junit_schema.xml 2>/dev/null"), 0);
  /* The schema refuses what no reader should be given, so that the above means something. */
  char *text = file_text("junit_schema.xml");
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  char *place = strstr(text, "errors=");
  CU_ASSERT_PTR_NOT_NULL_FATAL(place);
  memcpy(place, "mishap", 6);
  FILE *file = fopen("junit_schema.xml", "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(text, file);
  fclose(file);
  CU_ASSERT_NOT_EQUAL(system(XMLLINT "junit_schema.xml 2>/dev/null"), 0);
  free(text);
  unlink("junit_schema.xml");
}

static CU_TestInfo tests[] = {
    {"the_file_holds_what_the_judgement_says", the_file_holds_what_the_judgement_says},
    {"the_file_is_the_expected_one", the_file_is_the_expected_one},
    {"what_xml_cannot_hold_is_shown", what_xml_cannot_hold_is_shown},
    {"a_run_that_could_not_be_judged_is_an_error", a_run_that_could_not_be_judged_is_an_error},
    {"libxml2_without_memory_passes_nothing_half_written_as_done",
     libxml2_without_memory_passes_nothing_half_written_as_done},
    {"the_file_follows_its_schema", the_file_follows_its_schema},
    CU_TEST_INFO_NULL,
};

int main(void) {
  int status = unit_run("junit", tests);
  xmlCleanupParser();
  return status == EXIT_SUCCESS && !has_xmllint() ? EXIT_SKIPPED : status;
}
