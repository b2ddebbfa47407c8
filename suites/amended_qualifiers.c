/* SPDX-License-Identifier: Apache-2.0 */
/* The flag 0x20000: which qualifiers of the amended flavor reach the neutral definition, which the object of a locale. A class
 * carries such qualifiers on itself, on a property and on a method. */
#include <string.h>

#include "builders.h"

extern const struct pac_suite pac_suite_amended_qualifiers;

#define LOCALE "MS_409"
#define OTHER_LOCALE "MS_407"
/* Reading A-48, and the situation in which the neutral object does not change. */
#define IS_WRITTEN "locale object updated"
#define ONLY_AMENDED "an update of amended qualifiers alone"
#define AMENDED ((uint8_t)(SCENE_TO_ALL | PAC_FLAVOR_AMENDED))

/* Test_Thing with a method; `size` is the default of Size. */
static struct pac_object *plain_class(struct pac_case_run *run, uint32_t size) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_method(run, made, "Act", PAC_CIM_STRING);
  scene_set(run, made, "Size", pac_value_uint(PAC_CIM_UINT32, size));
  return made;
}

static void describe_method(struct pac_case_run *run, struct pac_object *class_object, const char *text) {
  struct pac_value value = pac_value_string(text);
  pac_run_require(
      run, pac_qualifier_put(pac_object_method_qualifiers(class_object, "Act"), "DisplayName", &value, AMENDED),
      "a method qualifier");
}

/* The same with amended qualifiers of this text. */
static struct pac_object *described_class(struct pac_case_run *run, uint32_t size, const char *text) {
  struct pac_object *made = plain_class(run, size);
  scene_qualify(run, made, "DisplayName", pac_value_string(text), AMENDED);
  scene_qualify_property(run, made, "Size", "DisplayName", pac_value_string(text), AMENDED);
  describe_method(run, made, text);
  return made;
}

static const struct pac_object *new_described_class(struct pac_case_run *run) {
  return described_class(run, 7, "first text");
}

static const struct pac_object *new_class_without(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_object *const candidates[] = {put->call.object, plain_class(run, 7)};
  static const char *const options[] = {"kept", "stripped"};
  return built_choose_stored(run, candidates, options, 2, PAC_READING_A_49);
}

static const struct pac_object *update_of_plain_class(struct pac_case_run *run) {
  pac_run_given(run, plain_class(run, 7));
  return described_class(run, 8, "second text");
}

static const struct pac_object *update_with_described_property(struct pac_case_run *run) {
  pac_run_given(run, plain_class(run, 7));
  struct pac_object *update = plain_class(run, 8);
  scene_qualify_property(run, update, built_row_of(run)->text, "DisplayName", pac_value_string("second text"), AMENDED);
  return update;
}

static const struct pac_object *update_with_described_method(struct pac_case_run *run) {
  pac_run_given(run, plain_class(run, 7));
  struct pac_object *update = plain_class(run, 8);
  describe_method(run, update, "second text");
  return update;
}

static const struct pac_object *without_amended(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  return plain_class(run, 8);
}

/* Locales ------------------------------------------------------------------------------------------------------------- */

static void set_locale(struct pac_case_run *run, const char *locale) {
  pac_hresult answer = run->settings->adapter->set_locale(run->services, locale);
  pac_run_answer(run, answer, "set_locale");
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "set_locale answered %s", code);
  }
  pac_run_note(run, "set_locale(%s)", locale);
}

static const struct pac_object *update_with_locale(struct pac_case_run *run) {
  const struct pac_object *update = update_of_plain_class(run);
  set_locale(run, LOCALE);
  return update;
}

/* The text of a class's amended qualifier in the object of the locale: empty when the object has none, null when there is no
 * object. */
static const char *localized_text(struct pac_case_run *run, const char *class_name) {
  struct pac_object *localized = NULL;
  pac_hresult answer = run->settings->adapter->get_localized(run->services, LOCALE, class_name, &localized);
  pac_run_answer(run, answer, "get_localized");
  const struct pac_qualifier *found = NULL;
  const char *text = NULL;
  if (localized != NULL) {
    text = "";
    found = pac_qualifier_find(pac_object_qualifiers_view(localized), "DisplayName");
  }
  if (found != NULL && found->value.type == PAC_CIM_STRING && !found->value.is_null && !found->value.is_array) {
    text = pac_run_text(run, "%s", found->value.scalar.text);
  }
  pac_object_free(localized);
  return text;
}

static void read_as(struct pac_case_run *run, const char *scope, bool is_written) {
  pac_run_reading(run, PAC_READING_A_48, scope, is_written ? IS_WRITTEN : "locale object left alone");
}

/* The class is localized: an update with the flag has written "first text", or left the locale alone. The object carries
 * "second text". */
static const struct pac_object *update_of_localized_class(struct pac_case_run *run) {
  pac_run_given(run, plain_class(run, 7));
  set_locale(run, LOCALE);
  pac_run_given_as(run, described_class(run, 7, "first text"), PAC_FLAG_AMENDED, plain_class(run, 7));
  const char *found = localized_text(run, SCENE_CLASS);
  read_as(run, ONLY_AMENDED, found != NULL && strcmp(found, "first text") == 0);
  return described_class(run, 8, "second text");
}

/* The locale's object is what the update that set the scene left. */
static void locale_is_kept(struct pac_case_run *run, enum pac_clause clause, const char *expected) {
  struct pac_reading_seen seen;
  bool was_written = pac_run_reading_find(run, PAC_READING_A_48, ONLY_AMENDED, &seen) && strcmp(seen.option, IS_WRITTEN) == 0;
  const char *found = localized_text(run, SCENE_CLASS);
  bool is_kept = was_written ? found != NULL && strcmp(found, "first text") == 0 : found == NULL;
  if (!is_kept) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, clause, expected,
                 found == NULL ? "it is gone" : found[0] == '\0' ? "an object without that text" : found);
  }
}

/* The locale's object holds `text`, the one before, or none at all: which of them is reading A-48. */
static void locale_is(struct pac_case_run *run, const char *text, const char *before, enum pac_clause clause) {
  const char *found = localized_text(run, SCENE_CLASS);
  bool is_written = found != NULL && pac_name_compare(found, text) == 0;
  bool is_left = before == NULL ? found == NULL : found == NULL || pac_name_compare(found, before) == 0;
  if (!is_written && !is_left) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, clause,
                 pac_run_text(run, "\"%s\" in the object of " LOCALE ", or that object left alone", text),
                 found == NULL || found[0] == '\0' ? "an object without that text" : found);
    return;
  }
  read_as(run, "", is_written);
}

static void locale_takes_first_update(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  locale_is(run, "second text", NULL, PAC_CLAUSE_AMENDED_SET_AMENDMENT_DATA_WRITTEN);
}

static void locale_takes_update(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  locale_is(run, "second text", "first text", PAC_CLAUSE_AMENDED_SET_UPDATE_WRITES_BOTH_OBJECTS);
}

static void locale_is_left_alone(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  locale_is_kept(run, PAC_CLAUSE_AMENDED_CLEAR_UPDATE_WRITES_NEUTRAL_AS_PASSED,
                 "the object of " LOCALE " left alone without 0x20000");
}

/* The same, and the update is made in another locale. */
static const struct pac_object *update_of_class_localized_elsewhere(struct pac_case_run *run) {
  const struct pac_object *update = update_of_localized_class(run);
  set_locale(run, OTHER_LOCALE);
  return update;
}

static void other_locale_is_left_alone(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  locale_is_kept(run, PAC_CLAUSE_AMENDED_SET_UPDATE_WRITES_BOTH_OBJECTS,
                 "the object of " LOCALE " left alone by an update in " OTHER_LOCALE);
}

/* Another class is localized too. */
static const struct pac_object *update_beside_localized_class(struct pac_case_run *run) {
  const struct pac_object *update = update_of_localized_class(run);
  struct pac_object *other = scene_class(run, SCENE_OTHER);
  pac_run_given(run, other);
  struct pac_object *described = scene_copy(run, other);
  scene_qualify(run, described, "DisplayName", pac_value_string("first text"), AMENDED);
  pac_run_given_as(run, described, PAC_FLAG_AMENDED, other);
  return update;
}

static void other_class_is_left_alone(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  const char *found = localized_text(run, SCENE_OTHER);
  if (found != NULL && pac_name_compare(found, "second text") == 0) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_AMENDED_SET_UPDATE_WRITES_BOTH_OBJECTS,
                 "the object of " SCENE_OTHER " in " LOCALE " left alone by an update of " SCENE_CLASS, found);
  }
}

/* An instance stands against the update of a localized class. */
static const struct pac_object *update_of_localized_class_in_use(struct pac_case_run *run) {
  const struct pac_object *update = update_of_localized_class(run);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  scene_set(run, instance, "Size", pac_value_uint(PAC_CIM_UINT32, 1));
  pac_run_given(run, instance);
  return update;
}

static void locale_is_as_it_was(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  locale_is_kept(run, PAC_CLAUSE_UPDATE_COMPATIBLE_REFUSAL_KEEPS_STATE,
                 "the object of " LOCALE " as it was before the refused update");
}

/* Instances ------------------------------------------------------------------------------------------------------------- */

static const struct pac_object *described_instance(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "the one");
  scene_qualify(run, instance, "DisplayName", pac_value_string("a text"), PAC_FLAVOR_AMENDED);
  scene_qualify_property(run, instance, "Size", "DisplayName", pac_value_string("a text"), PAC_FLAVOR_AMENDED);
  return instance;
}

static const struct pac_object *instance_with_described_property(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "the one");
  scene_qualify_property(run, instance, built_row_of(run)->text, "DisplayName", pac_value_string("a text"), PAC_FLAVOR_AMENDED);
  return instance;
}

static const struct pac_object *plain_instance(struct pac_case_run *run, const struct built_put *put) {
  (void)put;
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static const struct pac_object *described_instance_again(struct pac_case_run *run) {
  const struct pac_object *instance = described_instance(run);
  pac_run_given(run, plain_instance(run, NULL));
  return instance;
}

static const struct pac_object *instance_of_amendment(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_qualify(run, made, "amendment", pac_value_boolean(true), PAC_FLAVOR_NONE);
  pac_run_given(run, made);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static const struct built_row rows[] = {
#include "amended_qualifiers.def"
};

BUILT_SUITE(amended_qualifiers, "Amended qualifiers (0x20000)");
