/* SPDX-License-Identifier: Apache-2.0 */
/* The path that OnObjectPut delivers: it names the stored object, whatever its keys are, and leads back to it, from the
 * moment at which it is delivered. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_delivered_path;

#define PATH_KEYS_MAX 4

struct path_key {
  const char *name;
  struct pac_value value;
};

struct path_row {
  const char *name;
  enum pac_clause clauses[PAC_CASE_CLAUSES_MAX];
  uint32_t features;
  void (*steps)(struct pac_case_run *run, const struct path_row *row);
  struct step_row put;          /* for the steps that put an object of a situation */
  const char *class_name;       /* of the class that is made for the row; null: Test_Keyed */
  struct path_key keys[PATH_KEYS_MAX];
  bool is_singleton;
};

#define TEXT_KEY(key, content) {key, {.type = PAC_CIM_STRING, .scalar = {.text = content}}}
#define KEY(key, cim, member, content) {key, {.type = PAC_CIM_##cim, .scalar = {.member = content}}}
#define KEYS(...) .keys = {__VA_ARGS__}
#define PUT(...) .put = {__VA_ARGS__}

/* Of the same content, wherever and from whomever it was read. */
static const unsigned content_only = PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_ORDER |
                                     PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_SPELLING |
                                     PAC_COMPARE_IGNORE_DEFAULTS;

static struct pac_object *keyed_class(struct pac_case_run *run, const struct path_row *row) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_class_new(run->memory, row->class_name == NULL ? "Test_Keyed" : row->class_name, &made),
                  "a class");
  for (unsigned i = 0; i < PATH_KEYS_MAX && row->keys[i].name != NULL; i++) {
    scene_add(run, made, row->keys[i].name, pac_value_null(row->keys[i].value.type, false));
    scene_key(run, made, row->keys[i].name);
  }
  scene_add(run, made, "Note", pac_value_null(PAC_CIM_STRING, false));
  if (row->is_singleton) {
    scene_qualify(run, made, "singleton", pac_value_boolean(true), SCENE_TO_ALL);
  }
  return made;
}

static struct pac_object *keyed_instance(struct pac_case_run *run, const struct path_row *row,
                                         const struct pac_object *class_object) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_instance_new(run->memory, class_object, &made), "an instance");
  for (unsigned i = 0; i < PATH_KEYS_MAX && row->keys[i].name != NULL; i++) {
    scene_set(run, made, row->keys[i].name, row->keys[i].value);
  }
  scene_set(run, made, "Note", pac_value_string("where the path leads"));
  return made;
}

/* Reads by the delivered text itself. */
static void expect_to_lead_back(struct pac_case_run *run, const char *text, const struct pac_object *object,
                                enum pac_clause clause) {
  const struct pac_object *found = pac_run_get(run, run->services, text);
  char difference[256] = "";
  if (found == NULL) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, clause, "an object to be readable at the delivered path",
                 pac_run_text(run, "wbemErrNotFound at %s", text));
  } else if (!pac_object_compare(found, object, content_only, difference, sizeof difference)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, clause, "the object that was put at the delivered path", difference);
  }
}

/* Where the path states a namespace or a server, they are those of the object that is read there. */
static void judge_origin(struct pac_case_run *run, const char *text, const struct pac_path *path) {
  const struct pac_object *found = pac_run_get(run, run->services, text);
  const char *name = found == NULL ? NULL : pac_object_namespace(found);
  const char *server = found == NULL ? NULL : pac_object_server(found);
  if (name != NULL && pac_path_namespace(path) != NULL && pac_name_compare(name, pac_path_namespace(path)) != 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_NAMESPACE_OF_SERVICES,
                 pac_run_text(run, "the namespace of the services object, %s", name), text);
  }
  if (server != NULL && pac_path_server(path) != NULL && pac_name_compare(server, pac_path_server(path)) != 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_SERVER_OF_CONNECTION,
                 pac_run_text(run, "the server of the connection, %s", server), text);
  }
}

static void judge_keys(struct pac_case_run *run, const char *text, const struct pac_path *path,
                       const struct pac_path *expected) {
  if (pac_path_key_count(path) != pac_path_key_count(expected)) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_KEYS_SEVERAL_EACH_ONCE,
                 pac_run_text(run, "%u keys", (unsigned)pac_path_key_count(expected)), text);
  } else if (pac_path_is_singleton(path) != pac_path_is_singleton(expected)) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_IS_SINGLETON_KEYLESS,
                 pac_path_is_singleton(expected) ? "the key part @ of a singleton" : "no singleton", text);
  } else if (!pac_path_equal(path, expected)) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_KEYS_HOLD_KEY_VALUES,
                 "the class and the key values of the stored object", text);
  }
}

/* Printed and parsed again it is the same path. */
static void judge_grammar(struct pac_case_run *run, const char *text, const struct pac_path *path) {
  size_t length = pac_path_print(path, PAC_PATH_FULL, NULL, 0);
  char *printed = pac_arena_allocate(run->arena, length + 1);
  struct pac_path *again = NULL;
  if (printed == NULL) {
    pac_run_broken(run, "%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  }
  pac_path_print(path, PAC_PATH_FULL, printed, length + 1);
  if (pac_path_parse(run->memory, printed, &again) != PAC_RESULT_OK || !pac_path_equal(path, again)) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_TEXT_FOLLOWS_GRAMMAR,
                 "a path that parses back to the same parts", text);
  }
}

static void judge_path(struct pac_case_run *run, const struct pac_object *object, const char *text) {
  struct pac_path *path = NULL;
  struct pac_path *expected = NULL;
  bool is_class = pac_object_genus(object) == PAC_GENUS_CLASS;
  pac_run_require(run, pac_path_of_object(run->memory, object, &expected), "a path");
  if (text == NULL || pac_path_parse(run->memory, text, &path) != PAC_RESULT_OK) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_TEXT_FOLLOWS_GRAMMAR, "a path of the published grammar",
                 text == NULL ? "null" : text);
    return;
  }
  if (pac_name_compare(pac_path_class_name(path), pac_object_class_name(object)) != 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_CLASS_NAMES_STORED_CLASS,
                 pac_run_text(run, "class %s", pac_object_class_name(object)), text);
  }
  if (pac_path_is_class(path) != is_class) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PATH_IS_CLASS_TELLS_KIND,
                 is_class ? "the path of a class" : "the path of an instance", text);
  }
  judge_keys(run, text, path, expected);
  judge_grammar(run, text, path);
  judge_origin(run, text, path);
  expect_to_lead_back(run, text, object, PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_RESOLVES);
  pac_run_reading(run, is_class ? PAC_READING_A_60 : PAC_READING_A_61, "",
                  pac_path_namespace(path) == NULL ? "relative"
                  : pac_path_server(path) == NULL  ? "with namespace"
                                                   : "full");
}

static void put_and_follow(struct pac_case_run *run, const struct path_row *row, const struct pac_object *object) {
  struct pac_put_call call = {.sink = pac_run_sink(run, PAC_SINK_RECORDS),
                              .object = object,
                              .flags = row->put.flags,
                              .async_context = scene_async_context(run, row->name)};
  struct pac_put_seen seen;
  if (call_put(run, &call, &seen, PAC_CLAUSE_NONE) && seen.object_put != NULL) {
    judge_path(run, object, seen.object_put->path);
  }
}

static void put_keyed(struct pac_case_run *run, const struct path_row *row) {
  const struct pac_object *class_object = keyed_class(run, row);
  pac_run_given(run, class_object);
  put_and_follow(run, row, keyed_instance(run, row, scene_stored(run, pac_object_class_name(class_object))));
}

static void put_keyed_class(struct pac_case_run *run, const struct path_row *row) {
  put_and_follow(run, row, keyed_class(run, row));
}

static void put_derived(struct pac_case_run *run, const struct path_row *row) {
  pac_run_given(run, scene_class(run, SCENE_CLASS));
  struct pac_object *derived = scene_derive(run, scene_stored(run, SCENE_CLASS), SCENE_CHILD);
  put_and_follow(run, row, derived);
  put_and_follow(run, row, scene_instance(run, scene_stored(run, SCENE_CHILD), "of the child"));
}

static void put_situation(struct pac_case_run *run, const struct path_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  if (call_put(run, &call, &seen, PAC_CLAUSE_NONE) && seen.object_put != NULL) {
    judge_path(run, call.object, seen.object_put->path);
  }
}

/* Each of several instances is found at its own path. */
static void tell_instances_apart(struct pac_case_run *run, const struct path_row *row) {
  for (uint32_t number = 0; number < row->put.count; number++) {
    struct pac_put_call call = row_call(run, &row->put, number);
    struct pac_put_seen seen;
    if (call_put(run, &call, &seen, PAC_CLAUSE_NONE) && seen.object_put != NULL) {
      judge_path(run, call.object, seen.object_put->path);
    }
  }
}

/* The same object in two namespaces: each path leads back on its own connection. */
static void put_in_two_namespaces(struct pac_case_run *run, const struct path_row *row) {
  struct pac_namespace other;
  pac_run_new_namespace(run, &other);
  for (unsigned i = 0; i < 2; i++) {
    put_situation(run, row);
    pac_run_exchange_namespace(run, &other);
  }
}

static const struct pac_event *object_put_event(struct pac_case_run *run, const struct pac_put_call *call) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  for (uint32_t i = 0; i < count; i++) {
    if (events[i]->sink == call->sink && events[i]->kind == PAC_EVENT_OBJECT_PUT) {
      return events[i];
    }
  }
  return NULL;
}

/* Goes step by step until OnObjectPut is there, and reads at its path before anything else happens. */
static void read_at_once(struct pac_case_run *run, const struct path_row *row) {
  struct pac_put_call call = row_call(run, &row->put, 0);
  struct pac_put_seen seen;
  struct pac_decision decision = call_decision(run, &call);
  pac_run_start_put(run, &call, &seen);
  while (object_put_event(run, &call) == NULL && pac_run_pump(run)) {
  }
  if (object_put_event(run, &call) == NULL) {
    pac_run_settle(run, call.sink, 1);
  }
  const struct pac_event *event = object_put_event(run, &call);
  if (event != NULL && event->path != NULL) {
    expect_to_lead_back(run, event->path, call.object, PAC_CLAUSE_EVENTS_OBJECT_PUT_ALREADY_COMMITTED);
  }
  pac_run_settle(run, call.sink, 1);
  pac_run_see(run, &call, &seen);
  (void)call_judge(run, &call, &seen, &decision, PAC_CLAUSE_NONE);
}

static const struct path_row rows[] = {
#include "delivered_path.def"
};

STEP_SUITE(delivered_path, path_row, "The delivered path");
