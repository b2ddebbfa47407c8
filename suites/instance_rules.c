/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that an instance has to meet: its class, its keys, nulls, singletons, the size of its path, the values it carries,
 * and what its providers say. */
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
  scene_qualify_property(run, made, "Id", "key", pac_value_boolean(true), SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
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

/* Note is a second key: "ab" and "c" beside "a" and "bc". */
static const struct pac_object *instance_with_keys_divided_otherwise(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_qualify_property(run, made, "Note", "key", pac_value_boolean(true), SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
  pac_run_given(run, made);
  struct pac_object *there = scene_instance(run, scene_stored(run, SCENE_CLASS), "ab");
  scene_set(run, there, "Note", pac_value_string("c"));
  pac_run_given(run, there);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "a");
  scene_set(run, instance, "Note", pac_value_string("bc"));
  return instance;
}

static const struct pac_object *instance_beside_that_of_another_class(struct pac_case_run *run) {
  pac_run_given(run, scene_class(run, SCENE_OTHER));
  pac_run_given(run, scene_instance(run, scene_stored(run, SCENE_OTHER), "the one"));
  return scene_instance(run, scene_given_class(run), "the one");
}

static const struct pac_object *instance_with_two_keys(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_qualify_property(run, made, "Size", "key", pac_value_boolean(true), SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
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
  struct pac_object *instance = marked_instance(run);
  scene_set(run, instance, "Note", pac_value_string("as it was"));
  pac_run_given(run, instance);
  struct pac_object *changed = scene_copy(run, instance);
  scene_set(run, changed, "Note", pac_value_null(PAC_CIM_STRING, false));
  return changed;
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
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "the one");
  scene_set(run, instance, "Note", pac_value_string("as it was"));
  pac_run_given(run, instance);
  struct pac_object *changed = scene_copy(run, instance);
  scene_set(run, changed, "Note", pac_value_null(PAC_CIM_STRING, false));
  return changed;
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
  if (!is_keyless || pac_run_get(run, run->services, SCENE_CLASS "=@") == NULL) {
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

/* Every type -------------------------------------------------------------------------------------------------------- */

/* An instance of a class with a property of the type of the row's value, holding it. */
static const struct pac_object *instance_with_value(struct pac_case_run *run) {
  struct pac_value value = *built_row_of(run)->value;
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_add(run, made, "Value", pac_value_null(value.type, value.is_array));
  pac_run_given(run, made);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  scene_set(run, instance, "Value", value);
  return instance;
}

/* A text of as many letters as the row's value says, no two neighbours the same. */
static const struct pac_object *instance_with_long_text(struct pac_case_run *run) {
  size_t length = (size_t)built_row_of(run)->value->scalar.uint;
  char *text = pac_arena_allocate(run->arena, length + 1);
  if (text == NULL) {
    pac_run_broken(run, "no memory for the text");
  }
  for (size_t i = 0; i < length; i++) {
    text[i] = (char)('a' + i % 26);
  }
  text[length] = '\0';
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "the one");
  scene_set(run, instance, "Note", pac_value_string(text));
  return instance;
}

/* An array of as many numbers as the row's value says. */
static const struct pac_object *instance_with_long_array(struct pac_case_run *run) {
  uint32_t count = (uint32_t)built_row_of(run)->value->scalar.uint;
  union pac_scalar *elements = pac_arena_allocate_array(run->arena, count, sizeof *elements);
  if (elements == NULL) {
    pac_run_broken(run, "no memory for the array");
  }
  for (uint32_t i = 0; i < count; i++) {
    elements[i] = (union pac_scalar){.uint = i};
  }
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_add(run, made, "Values", pac_value_null(PAC_CIM_UINT32, true));
  pac_run_given(run, made);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  scene_set(run, instance, "Values", pac_value_array(PAC_CIM_UINT32, elements, count));
  return instance;
}

/* What the instance says of itself and of its property, beside what its class does. */
static const struct pac_object *instance_with_qualifiers(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "the one");
  scene_qualify(run, instance, "Origin", pac_value_string("imported"), PAC_FLAVOR_NONE);
  scene_qualify_property(run, instance, "Size", "Accuracy", pac_value_real64(0.5), PAC_FLAVOR_NONE);
  return instance;
}

static const struct pac_object *instance_without_its_qualifiers(struct pac_case_run *run) {
  const struct pac_object *instance = instance_with_qualifiers(run);
  pac_run_given(run, instance);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static struct pac_object *embedded(struct pac_case_run *run, const char *name) {
  return scene_instance(run, scene_class(run, SCENE_OTHER), name);
}

static const struct pac_object *instance_with_embedded_object(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_add(run, made, "Value", pac_value_null(PAC_CIM_OBJECT, false));
  scene_add(run, made, "Values", pac_value_null(PAC_CIM_OBJECT, true));
  pac_run_given(run, made);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  const union pac_scalar elements[] = {{.object = embedded(run, "first")}, {.object = embedded(run, "second")}};
  scene_set(run, instance, "Value", pac_value_object(embedded(run, "inside")));
  scene_set(run, instance, "Values", pac_value_array(PAC_CIM_OBJECT, elements, 2));
  return instance;
}

/* Providers ---------------------------------------------------------------------------------------------------------- */

static const struct pac_object *instance_of_provider_without_put(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_WITHOUT_PUT, build_new_instance(run));
}

static const struct pac_object *instance_of_missing_provider(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_MISSING, build_new_instance(run));
}

/* Test_Thing and Test_Child, both backed; the top one answers with the row's status. */
static void back_both(struct pac_case_run *run) {
  enum pac_status status = built_row_of(run)->answer;
  const struct pac_object *top = scene_given_class(run);
  pac_run_given(run, scene_derive(run, top, SCENE_CHILD));
  scene_back(run, SCENE_CLASS,
             (struct pac_provider_behaviour){.kind = status == PAC_STATUS_NO_ERR ? PAC_PROVIDER_ACCEPTS
                                                                                 : PAC_PROVIDER_ANSWERS,
                                             .answer = pac_status_hresult(status, run->settings->profile)});
  scene_back(run, SCENE_CHILD, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS});
}

static const struct pac_object *instance_of_backed_child(struct pac_case_run *run) {
  back_both(run);
  return scene_instance(run, scene_stored(run, SCENE_CHILD), "the one");
}

static const struct pac_object *instance_of_backed_parent(struct pac_case_run *run) {
  back_both(run);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

/* The position of the first put of this class's provider; the count of calls when there is none. */
static uint32_t position_of(const struct pac_provider_call *const *calls, uint32_t count, const char *class_name) {
  uint32_t position = 0;
  while (position < count && pac_name_compare(calls[position]->class_name, class_name) != 0) {
    position += 1;
  }
  return position;
}

static void top_provider_is_asked_first(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = built_put_provider_calls(run, put, &calls);
  uint32_t top = position_of(calls, count, SCENE_CLASS);
  uint32_t child = position_of(calls, count, SCENE_CHILD);
  if (child == count || top > child) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_FROM_TOP_CLASS_DOWN,
                 "the provider of the top class asked first, then that of the derived class",
                 child == count ? "the provider of the derived class was not asked"
                 : top == count ? "the provider of the top class was not asked"
                                : "the other way round");
  }
}

static void child_provider_is_not_asked(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = built_put_provider_calls(run, put, &calls);
  if (position_of(calls, count, SCENE_CHILD) < count || position_of(calls, count, SCENE_CLASS) == count) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_DERIVED_NOT_CALLED,
                 "the provider of the class asked and that of the derived class left alone",
                 pac_run_text(run, "%u calls, the first for %s", (unsigned)count,
                              count == 0 ? "none" : calls[0]->class_name));
  }
}

static void provider_sees_create_mode(struct pac_case_run *run, const struct built_put *put) {
  const uint32_t modes = PAC_FLAG_CREATE_ONLY | PAC_FLAG_UPDATE_ONLY;
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = built_put_provider_calls(run, put, &calls);
  char flags[160];
  if (count == 0) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_SEES_CREATE_MODE,
                 "the provider asked", "it was not");
  }
  for (uint32_t i = 0; i < count; i++) {
    pac_flags_print(calls[i]->flags, flags, sizeof flags);
    if (((calls[i]->flags ^ put->call.flags) & modes) != 0) {
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_SEES_CREATE_MODE,
                   "the provider sees the caller's create mode", flags);
    }
    if ((calls[i]->flags & PAC_FLAG_RETURN_IMMEDIATELY) != 0) {
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_NEVER_SEES_RETURN_MODE,
                   "the provider never sees 0x10", flags);
    }
  }
}

/* A provider that cannot write Note, asked to. */
static const struct pac_object *unwritable_value(struct pac_case_run *run) {
  struct pac_object *instance = scene_copy(run, build_new_instance(run));
  scene_set(run, instance, "Note", pac_value_string("not to be written"));
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .unwritable = "Note"});
  return instance;
}

static const struct pac_object *left_out(struct pac_case_run *run, const struct built_put *put) {
  struct pac_object *without = scene_copy(run, put->call.object);
  scene_set(run, without, "Note", pac_value_null(PAC_CIM_STRING, false));
  return without;
}

/* A null over a stored value that the provider cannot write. */
static const struct pac_object *null_in_unwritable(struct pac_case_run *run) {
  struct pac_object *instance = scene_copy(run, build_backed_changed_instance(run));
  scene_set(run, instance, "Note", pac_value_null(PAC_CIM_STRING, false));
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .unwritable = "Note"});
  return instance;
}

/* A null over a stored value that the provider could write. */
static const struct pac_object *null_in_writable(struct pac_case_run *run) {
  struct pac_object *instance = scene_copy(run, build_backed_changed_instance(run));
  scene_set(run, instance, "Note", pac_value_null(PAC_CIM_STRING, false));
  return instance;
}

static const struct pac_object *note_as_it_was(struct pac_case_run *run, const struct built_put *put) {
  struct pac_object *kept = scene_copy(run, put->call.object);
  scene_set(run, kept, "Note", pac_value_string("as it was"));
  return kept;
}

static const union pac_scalar texts[] = {{.text = "first"}, {.text = ""}, {.text = "third \"quoted\" \\"}};
static const union pac_scalar numbers[] = {{.uint = 0}, {.uint = 1}, {.uint = 127}};
static const union pac_scalar signed_numbers[] = {{.sint = -128}, {.sint = 0}, {.sint = 127}};
static const union pac_scalar truths[] = {{.boolean = true}, {.boolean = false}};
static const union pac_scalar singles[] = {{.real32 = -1.5f}, {.real32 = 0.25f}};
static const union pac_scalar doubles[] = {{.real64 = -1.5e300}, {.real64 = 0.25}};
#define FORTY_LETTERS "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"
static const union pac_scalar long_keys[] = {{.text = FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS "x"},
                                             {.text = FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS FORTY_LETTERS "y"}};
static const union pac_scalar blank_keys[] = {{.text = "a"}, {.text = "a "}};
static const union pac_scalar accented_keys[] = {{.text = "caf\xc3\xa9"}, {.text = "caf\xc3\xa8"}};
static const union pac_scalar digit_keys[] = {{.text = "1"}, {.text = "01"}};
static const union pac_scalar empty_keys[] = {{.text = ""}, {.text = " "}};
static const union pac_scalar wide_keys[] = {{.uint = 1}, {.uint = 0x100000001u}};
static const union pac_scalar signed_keys[] = {{.sint = -1}, {.sint = 1}};
static const union pac_scalar respelled_keys[] = {{.text = FORTY_LETTERS},
                                                  {.text = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN"}};
static const union pac_scalar units[] = {{.char16 = 0x41}, {.char16 = 0xfffd}};
static const union pac_scalar moments[] = {{.text = "20240229235959.999999+000"}, {.text = "00000001020304.000000:000"}};
static const union pac_scalar references[] = {{.text = "Test_Other.Name=\"a\""}, {.text = "Test_Other.Name=\"b\""}};

static const struct built_row rows[] = {
#include "instance_rules.def"
};

BUILT_SUITE(instance_rules, "Rules for instances");
