/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that an instance has to meet: its class, its keys, nulls, singletons, the size of its path. What it may carry is
 * instance_values, what providers say instance_providers. */
#include <string.h>

#include "builders.h"
#include "pacheck/path.h"

extern const struct pac_suite pac_suite_instance_rules;

/* Classes and keys --------------------------------------------------------------------------------------------------- */

static const struct pac_object *instance_of_missing_class(struct pac_case_run *run) {
  return scene_instance(run, scene_class(run, SCENE_CLASS), "the one");
}

static const struct pac_object *instance_of_abstract_class(struct pac_case_run *run) {
  struct pac_object *abstract = scene_class(run, SCENE_CLASS);
  scene_qualify(run, abstract, "abstract", pac_value_boolean(true), PAC_FLAVOR_NONE);
  pac_run_given(run, abstract);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static const struct pac_object *instance_of_class_in_capitals(struct pac_case_run *run) {
  struct pac_object *namesake = scene_copy(run, scene_given_class(run));
  pac_run_require(run, pac_object_set_class_name(namesake, "TEST_THING"), "another spelling");
  return scene_instance(run, namesake, "the one");
}

static const struct pac_object *instance_of_abstract_child(struct pac_case_run *run) {
  (void)instance_of_abstract_class(run);
  struct pac_object *child = scene_derive(run, scene_stored(run, SCENE_CLASS), SCENE_CHILD);
  scene_qualify(run, child, "abstract", pac_value_boolean(true), PAC_FLAVOR_NONE);
  pac_run_given(run, child);
  return scene_instance(run, scene_stored(run, SCENE_CHILD), "the one");
}

/* An instance of a class below an abstract one, and of one below a class that is not (A-36). */
static const struct pac_object *instance_below(struct pac_case_run *run, bool is_abstract) {
  struct pac_object *parent = scene_class(run, SCENE_CLASS);
  if (is_abstract) {
    scene_qualify(run, parent, "abstract", pac_value_boolean(true), PAC_FLAVOR_NONE);
  }
  pac_run_given(run, parent);
  pac_run_given(run, scene_derive(run, scene_stored(run, SCENE_CLASS), SCENE_CHILD));
  return scene_instance(run, scene_stored(run, SCENE_CHILD), "the one");
}

static const struct pac_object *instance_below_abstract(struct pac_case_run *run) {
  return instance_below(run, true);
}

static const struct pac_object *instance_below_plain(struct pac_case_run *run) {
  return instance_below(run, false);
}

/* Stores a class whose only key is of the type of the row's value. */
static void give_class_with_key(struct pac_case_run *run) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_class_new(run->memory, SCENE_CLASS, &made), "a class");
  scene_add(run, made, "Id", pac_value_null(built_row_of(run)->value->type, false));
  scene_key(run, made, "Id");
  scene_add(run, made, "Note", pac_value_null(PAC_CIM_STRING, false));
  pac_run_given(run, made);
}

static struct pac_object *instance_with_key(struct pac_case_run *run, struct pac_value key) {
  struct pac_object *instance = NULL;
  pac_run_require(run, pac_instance_new(run->memory, scene_stored(run, SCENE_CLASS), &instance), "an instance");
  scene_set(run, instance, "Id", key);
  return instance;
}

/* A class with the row's value as its only key, and an instance with that key. */
static const struct pac_object *instance_with_key_of_type(struct pac_case_run *run) {
  give_class_with_key(run);
  struct pac_object *instance = instance_with_key(run, *built_row_of(run)->value);
  scene_set(run, instance, "Note", pac_value_string("of that key"));
  return instance;
}

/* The first element of the row's value is the key of an instance that is there, the second of the one that is put. */
static const struct pac_object *instance_beside_another(struct pac_case_run *run) {
  const struct pac_value *keys = built_row_of(run)->value;
  give_class_with_key(run);
  pac_run_given(run, instance_with_key(run, (struct pac_value){.type = keys->type, .scalar = keys->elements[0]}));
  return instance_with_key(run, (struct pac_value){.type = keys->type, .scalar = keys->elements[1]});
}

static const struct pac_object *instance_by_its_key_in_capitals(struct pac_case_run *run) {
  struct pac_object *there = scene_instance(run, scene_given_class(run), "the one");
  scene_set(run, there, "Note", pac_value_string("as it was"));
  pac_run_given(run, there);
  struct pac_object *changed = scene_copy(run, there);
  scene_set(run, changed, "Name", pac_value_string("THE ONE"));
  scene_set(run, changed, "Note", pac_value_string("as it is now"));
  return changed;
}

/* No text says whether the key keeps the spelling that is stored or takes the one that is passed. */
static const struct pac_object *under_either_spelling(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_object *stored = pac_run_get(run, run->services, SCENE_CLASS ".Name=\"the one\"");
  const struct pac_property *key = stored == NULL ? NULL : pac_object_property_find(stored, "Name");
  const struct pac_value old_key = pac_value_string("the one");
  if (key == NULL || !pac_value_equal(&key->value, &old_key)) {
    return put->call.object;
  }
  struct pac_object *kept = scene_copy(run, put->call.object);
  scene_set(run, kept, "Name", old_key);
  return kept;
}

/* Note is a second key: "ab" and "c" beside "a" and "bc". */
static const struct pac_object *instance_with_keys_divided_otherwise(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_key(run, made, "Note");
  pac_run_given(run, made);
  struct pac_object *there = scene_instance(run, scene_stored(run, SCENE_CLASS), "ab");
  scene_set(run, there, "Note", pac_value_string("c"));
  pac_run_given(run, there);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "a");
  scene_set(run, instance, "Note", pac_value_string("bc"));
  return instance;
}

/* Two keys that are numbers: 11 and 1 beside 1 and 11. */
static const struct pac_object *instance_with_digits_divided_otherwise(struct pac_case_run *run) {
  struct pac_object *made = NULL;
  struct pac_object *there = NULL;
  pac_run_require(run, pac_class_new(run->memory, SCENE_CLASS, &made), "a class");
  static const char *const names[] = {"First", "Second"};
  for (size_t i = 0; i < 2; i++) {
    scene_add(run, made, names[i], pac_value_null(PAC_CIM_UINT32, false));
    scene_key(run, made, names[i]);
  }
  pac_run_given(run, made);
  pac_run_require(run, pac_instance_new(run->memory, scene_stored(run, SCENE_CLASS), &there), "an instance");
  scene_set(run, there, "First", pac_value_uint(PAC_CIM_UINT32, 11));
  scene_set(run, there, "Second", pac_value_uint(PAC_CIM_UINT32, 1));
  pac_run_given(run, there);
  struct pac_object *instance = scene_copy(run, there);
  scene_set(run, instance, "First", pac_value_uint(PAC_CIM_UINT32, 1));
  scene_set(run, instance, "Second", pac_value_uint(PAC_CIM_UINT32, 11));
  return instance;
}

static struct pac_object *instance_of_numbered_class(struct pac_case_run *run, const char *class_name, uint64_t number) {
  struct pac_object *made = NULL;
  struct pac_object *instance = NULL;
  pac_run_require(run, pac_class_new(run->memory, class_name, &made), "a class");
  scene_add(run, made, "Id", pac_value_null(PAC_CIM_UINT32, false));
  scene_key(run, made, "Id");
  pac_run_given(run, made);
  pac_run_require(run, pac_instance_new(run->memory, scene_stored(run, class_name), &instance), "an instance");
  scene_set(run, instance, "Id", pac_value_uint(PAC_CIM_UINT32, number));
  return instance;
}

/* Test_Thing1 with the key 2 beside Test_Thing with the key 12. */
static const struct pac_object *instance_whose_class_ends_in_a_digit(struct pac_case_run *run) {
  pac_run_given(run, instance_of_numbered_class(run, SCENE_CLASS, 12));
  return instance_of_numbered_class(run, SCENE_CLASS "1", 2);
}

static const struct pac_object *instance_beside_that_of_another_class(struct pac_case_run *run) {
  pac_run_given(run, scene_class(run, SCENE_OTHER));
  pac_run_given(run, scene_instance(run, scene_stored(run, SCENE_OTHER), "the one"));
  return scene_instance(run, scene_given_class(run), "the one");
}

static const struct pac_object *instance_with_two_keys(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_key(run, made, "Size");
  pac_run_given(run, made);
  struct pac_object *sibling = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  pac_run_given(run, sibling);
  struct pac_object *instance = scene_copy(run, sibling);
  scene_set(run, instance, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  return instance;
}

static const struct pac_object *null_key(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "");
  scene_set(run, instance, "Name", pac_value_null(PAC_CIM_STRING, false));
  return instance;
}

/* The key was never set, and its class has no default for it. */
static const struct pac_object *unset_key(struct pac_case_run *run) {
  struct pac_object *instance = NULL;
  pac_run_require(run, pac_instance_new(run->memory, scene_given_class(run), &instance), "an instance");
  return instance;
}

static const struct pac_object *with_key_of_path(struct pac_case_run *run, const struct built_put *put) {
  return scene_with_key_of_path(run, put->call.object, "Name", put->seen.object_put);
}

/* Where keys are made up, a second null key gets another one than the first. */
static void made_up_keys_differ(struct pac_case_run *run, const struct built_put *put) {
  static const struct pac_outcome accepted = {PAC_STATUS_NO_ERR, PAC_EFFECT_STORED, PAC_READING_NONE, NULL};
  const struct pac_expectation expectation = {.outcomes = &accepted, .outcome_count = 1};
  if (!built_put_is_accepted(put)) {
    return;
  }
  struct built_put again = {.call = put->call};
  pac_run_put(run, &again.call, &again.seen);
  struct pac_put_call judged = again.call;
  judged.object = with_key_of_path(run, &again);
  if (pac_shadow_instance_find(&run->shadow, judged.object) != NULL) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_INSTANCE_KEY_INVENTED_VALUE_IN_PATH,
                 "a made-up key that no instance has", again.seen.object_put == NULL ? "none" : again.seen.object_put->path);
  }
  (void)pac_run_judge(run, &judged, &again.seen, &expectation, PAC_CLAUSE_INSTANCE_KEY_INVENTED_VALUE_IN_PATH);
}

/* Nulls ------------------------------------------------------------------------------------------------------------- */

/* An instance of Test_Thing with the row's qualifier, true, on Size and Note. Size has a default. */
static struct pac_object *marked_instance(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_qualify_property(run, made, "Note", built_row_of(run)->text, pac_value_boolean(true), SCENE_TO_ALL);
  scene_qualify_property(run, made, "Size", built_row_of(run)->text, pac_value_boolean(true), SCENE_TO_ALL);
  pac_run_given(run, made);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static const struct pac_object *null_in_marked(struct pac_case_run *run) {
  struct pac_object *instance = marked_instance(run);
  scene_set(run, instance, "Note", pac_value_null(PAC_CIM_STRING, false));
  return instance;
}

static const struct pac_object *null_over_a_value_in_marked(struct pac_case_run *run) {
  return build_null_over_a_value(run, marked_instance(run));
}

static const struct pac_object *null_in_place_of_default(struct pac_case_run *run) {
  struct pac_object *instance = marked_instance(run);
  scene_set(run, instance, "Note", pac_value_string("set"));
  scene_set(run, instance, "Size", pac_value_null(PAC_CIM_UINT32, false));
  return instance;
}

static const struct pac_object *default_in_marked(struct pac_case_run *run) {
  struct pac_object *instance = marked_instance(run);
  scene_set(run, instance, "Note", pac_value_string("set"));
  return instance;
}

static const struct pac_object *null_in_plain_property(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "the one");
  scene_set(run, instance, "Note", pac_value_null(PAC_CIM_STRING, false));
  scene_set(run, instance, "Size", pac_value_null(PAC_CIM_UINT32, false));
  return instance;
}

static const struct pac_object *null_over_a_value(struct pac_case_run *run) {
  return build_null_over_a_value(run, scene_instance(run, scene_given_class(run), "the one"));
}

/* Objects that are not valid --------------------------------------------------------------------------------------- */

static const struct pac_object *instance_without_class_name(struct pac_case_run *run) {
  (void)scene_given_class(run);
  return scene_instance(run, scene_class(run, NULL), "the one");
}

/* An instance of a class of that name which, unlike the stored one, has no key. */
static const struct pac_object *instance_of_keyless_namesake(struct pac_case_run *run) {
  (void)scene_given_class(run);
  struct pac_object *namesake = scene_class(run, SCENE_CLASS);
  pac_run_require(run, pac_class_property_remove(namesake, "Name"), "removing the key");
  struct pac_object *instance = NULL;
  pac_run_require(run, pac_instance_new(run->memory, namesake, &instance), "an instance");
  return instance;
}

/* The server made up the key that the object lacks. */
static const struct pac_object *namesake_with_key_of_path(struct pac_case_run *run, const struct built_put *put) {
  struct pac_object *complete = scene_instance(run, scene_stored(run, SCENE_CLASS), "");
  return scene_with_key_of_path(run, complete, "Name", put->seen.object_put);
}

/* Siblings, singletons, paths -------------------------------------------------------------------------------------- */

static const struct pac_object *instance_with_key_of_sibling(struct pac_case_run *run) {
  const struct pac_object *top = scene_given_class(run);
  pac_run_given(run, scene_derive(run, top, SCENE_CHILD));
  pac_run_given(run, scene_derive(run, top, SCENE_OTHER));
  pac_run_given(run, scene_instance(run, scene_stored(run, SCENE_CHILD), "the one"));
  return scene_instance(run, scene_stored(run, SCENE_OTHER), "the one");
}

/* The put implicitly deleted the instance of the sibling class. */
static const struct pac_object *without_sibling(struct pac_case_run *run, const struct built_put *put) {
  run->shadow.instance_count = 0;
  return put->call.object;
}

static struct pac_object *singleton_of_class(struct pac_case_run *run, const char *name) {
  struct pac_object *made = NULL;
  struct pac_object *instance = NULL;
  pac_run_require(run, pac_class_new(run->memory, name, &made), "a class");
  scene_qualify(run, made, "singleton", pac_value_boolean(true), SCENE_TO_ALL);
  scene_add(run, made, "Size", pac_value_uint(PAC_CIM_UINT32, 7));
  pac_run_given(run, made);
  pac_run_require(run, pac_instance_new(run->memory, scene_stored(run, name), &instance), "an instance");
  scene_set(run, instance, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  return instance;
}

static const struct pac_object *singleton_instance(struct pac_case_run *run) {
  return singleton_of_class(run, SCENE_CLASS);
}

static const struct pac_object *singleton_beside_another(struct pac_case_run *run) {
  pac_run_given(run, singleton_of_class(run, SCENE_OTHER));
  return singleton_instance(run);
}

static const struct pac_object *singleton_instance_again(struct pac_case_run *run) {
  const struct pac_object *instance = singleton_instance(run);
  pac_run_given(run, instance);
  struct pac_object *changed = scene_copy(run, instance);
  scene_set(run, changed, "Size", pac_value_uint(PAC_CIM_UINT32, 9));
  return changed;
}

static void path_is_keyless(struct pac_case_run *run, const struct built_put *put) {
  const char *text = put->seen.object_put->path;
  struct pac_path *path = NULL;
  bool is_keyless = text != NULL && pac_path_parse(run->memory, text, &path) == PAC_RESULT_OK &&
                    pac_path_is_singleton(path);
  if (!is_keyless || !pac_run_is_there(run, run->services, SCENE_CLASS "=@")) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_INSTANCE_SINGLETON_KEYLESS_PATH,
                 "the instance stored and delivered as " SCENE_CLASS "=@",
                 is_keyless ? "that path reads nothing" : text == NULL ? "no path" : text);
  }
}

/* An instance whose key has as many letters as the row's value says. */
static const struct pac_object *instance_with_long_key(struct pac_case_run *run) {
  size_t length = (size_t)built_row_of(run)->value->scalar.uint;
  char *name = pac_arena_allocate(run->arena, length + 1);
  if (name == NULL) {
    pac_run_broken(run, "no memory for the key");
  }
  memset(name, 'k', length);
  name[length] = '\0';
  return scene_instance(run, scene_given_class(run), name);
}

static const union pac_scalar truth_keys[] = {{.boolean = true}, {.boolean = false}};
#define FORTY_LETTERS "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"
static const union pac_scalar long_keys[] = {{.text = FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS "x"},
                                             {.text = FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS "y"}};
static const union pac_scalar blank_keys[] = {{.text = "a"}, {.text = "a "}};
static const union pac_scalar accented_keys[] = {{.text = "caf\xc3\xa9"}, {.text = "caf\xc3\xa8"}};
static const union pac_scalar digit_keys[] = {{.text = "1"}, {.text = "01"}};
static const union pac_scalar empty_keys[] = {{.text = ""}, {.text = " "}};
static const union pac_scalar wide_keys[] = {{.uint = 1}, {.uint = 0x100000001u}};
static const union pac_scalar precise_keys[] = {{.uint = 9007199254740992u}, {.uint = 9007199254740993u}};
static const union pac_scalar signed_keys[] = {{.sint = -1}, {.sint = 1}};
static const union pac_scalar respelled_keys[] = {{.text = FORTY_LETTERS},
                                                  {.text = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN"}};
static const union pac_scalar reference_keys[] = {{.text = "Test_Other.Name=\"a\""}, {.text = "Test_Other.Name=\"b\""}};

static const struct built_row rows[] = {
#include "instance_rules.def"
};

BUILT_SUITE(instance_rules, "Rules for instances");
