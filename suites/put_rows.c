/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a row of the shared form: builds the given state for real, makes the one change and the one put, and judges what
 * came of it. */
#include "put_rows.h"

#include <string.h>

enum pac_result put_row_case(const struct put_row *row, const struct pac_suite *suite, struct pac_case *out) {
  *out = (struct pac_case){.name = row->name, .suite = suite, .row = row};
  memcpy(out->clauses, row->clauses, sizeof out->clauses);
  out->features = row->is_provider ? PAC_FEATURE_PROVIDER : 0u;
  return PAC_RESULT_OK;
}

static struct pac_value green(void) {
  return pac_value_string("green");
}

/* What the child says otherwise than its parent, and no change speaks of. */
static void override_parent(struct pac_case_run *run, struct pac_object *derived) {
  scene_qualify(run, derived, "Finish", pac_value_string("glossy"), SCENE_TO_ALL);
  scene_qualify_property(run, derived, "Size", "Unit", pac_value_string("km"), SCENE_TO_ALL);
  scene_set(run, derived, "Size", pac_value_uint(PAC_CIM_UINT32, 9));
  scene_method(run, derived, "Polish", PAC_CIM_STRING);
}

/* A derived class with members that some changes contradict, and with what the row lets it override. */
static const struct pac_object *add_derived(struct pac_case_run *run, const struct pac_object *base, const char *name,
                                            bool is_contradicted, const struct put_row *overriding) {
  struct pac_object *derived = scene_derive(run, base, name);
  if (is_contradicted) {
    scene_add(run, derived, "Extra", pac_value_null(PAC_CIM_STRING, false));
    scene_qualify(run, derived, "Color", green(), SCENE_TO_ALL);
    scene_qualify(run, derived, "Shape", pac_value_string("round"), SCENE_TO_ALL);
    scene_method(run, derived, "Act", PAC_CIM_STRING);
  }
  if (overriding != NULL && overriding->child_overrides) {
    override_parent(run, derived);
  }
  if (overriding != NULL && overriding->child_has_default) {
    scene_set(run, derived, "Size", pac_value_uint(PAC_CIM_UINT32, 9));
  }
  pac_run_given(run, derived);
  return scene_stored(run, name);
}

/* Test_Thing as the row wants it stored. Nothing else has to be there but its base. */
static struct pac_object *make_class(struct pac_case_run *run, const struct put_row *row) {
  struct pac_object *made = NULL;
  if (row->has_base || row->change == CHANGE_PARENT) {
    pac_run_given(run, scene_class(run, SCENE_BASE));
  }
  if (row->has_base) {
    made = scene_derive(run, scene_stored(run, SCENE_BASE), SCENE_CLASS);
  } else {
    made = scene_class(run, SCENE_CLASS);
  }
  if (row->has_finish) {
    scene_qualify(run, made, "Finish", pac_value_string("matt"), SCENE_TO_ALL);
    scene_qualify_property(run, made, "Size", "Unit", pac_value_string("m"), SCENE_TO_ALL);
    scene_method(run, made, "Polish", PAC_CIM_STRING);
  }
  return made;
}

/* An instance that depends on no default of its class: what a changed default does to instances is not published. */
static void give_instance(struct pac_case_run *run, const struct pac_object *class_object, const char *name) {
  struct pac_object *instance = scene_instance(run, class_object, name);
  scene_set(run, instance, "Size", pac_value_uint(PAC_CIM_UINT32, 1));
  scene_set(run, instance, "Note", pac_value_string("kept"));
  pac_run_given(run, instance);
}

/* Stores what the row says is there, and returns the class as it is stored. */
static const struct pac_object *set_scene(struct pac_case_run *run, const struct put_row *row) {
  bool needs_class = row->put == PUT_INSTANCE || row->exists;
  struct pac_object *made = make_class(run, row);
  if (!needs_class) {
    return made;
  }
  pac_run_given(run, made);
  const struct pac_object *stored = scene_stored(run, SCENE_CLASS);
  if (row->is_provider) {
    struct pac_provider *recorder = NULL;
    pac_run_require(run, pac_session_provider(run->session, &recorder), "a recorder");
    pac_run_given_provider(run, SCENE_CLASS,
                           &(struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .recorder = recorder});
  }
  if (row->has_child) {
    const struct pac_object *child = add_derived(run, stored, SCENE_CHILD, !row->is_conflict_deep, row);
    if (row->has_child_instances) {
      give_instance(run, child, "of the child");
    }
    if (row->has_grandchild) {
      const struct pac_object *grandchild = add_derived(run, child, SCENE_GRANDCHILD, row->is_conflict_deep, NULL);
      if (row->has_child_instances) {
        give_instance(run, grandchild, "of the grandchild");
      }
    }
  }
  if (row->has_instances) {
    give_instance(run, stored, "first");
    give_instance(run, stored, "second");
  }
  /* Unrelated objects, which no put of this suite may touch. */
  pac_run_given(run, scene_class(run, SCENE_OTHER));
  pac_run_given(run, scene_instance(run, scene_stored(run, SCENE_OTHER), "bystander"));
  return stored;
}

static void change_qualifier(struct pac_case_run *run, struct pac_object *object, enum put_change change) {
  struct pac_value yes = pac_value_boolean(true);
  switch (change) {
    case CHANGE_ADDS_QUALIFIER:
      scene_qualify(run, object, "Weight", pac_value_sint(PAC_CIM_SINT32, 5), SCENE_TO_ALL);
      break;
    case CHANGE_ADDS_LOCAL_QUALIFIER:
      scene_qualify(run, object, "Weight", pac_value_sint(PAC_CIM_SINT32, 5), PAC_FLAVOR_NONE);
      break;
    case CHANGE_MAKES_ABSTRACT:
      scene_qualify(run, object, "abstract", yes, PAC_FLAVOR_NONE);
      break;
    case CHANGE_MAKES_DYNAMIC:
      scene_qualify(run, object, "dynamic", yes, PAC_FLAVOR_TO_INSTANCE);
      break;
    case CHANGE_CONTRADICTS_QUALIFIER:
      scene_qualify(run, object, "Color", pac_value_string("red"), SCENE_TO_ALL);
      break;
    case CHANGE_CONTRADICTS_LOCAL_QUALIFIER:
      scene_qualify(run, object, "Color", pac_value_string("red"), PAC_FLAVOR_NONE);
      break;
    case CHANGE_INHERITED_QUALIFIER:
      scene_qualify(run, object, "Finish", pac_value_string("rough"), SCENE_TO_ALL);
      break;
    case CHANGE_FIXES_QUALIFIER:
      scene_qualify(run, object, "Finish", pac_value_string("matt"), SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
      break;
    case CHANGE_AGREES_WITH_QUALIFIER:
      scene_qualify(run, object, "Color", green(), SCENE_TO_ALL);
      break;
    case CHANGE_AGREES_WITH_LOCAL_QUALIFIER:
      scene_qualify(run, object, "Color", green(), PAC_FLAVOR_NONE);
      break;
    case CHANGE_CONTRADICTS_FLAVOR:
      scene_qualify(run, object, "Color", pac_value_string("red"), SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
      break;
    default:
      pac_run_broken(run, "the row names a change that is none of a qualifier");
  }
}

static void change_class(struct pac_case_run *run, struct pac_object *object, enum put_change change) {
  struct pac_value yes = pac_value_boolean(true);
  switch (change) {
    case CHANGE_NOTHING:
      break;
    case CHANGE_DEFAULT_OF_PROPERTY:
      scene_set(run, object, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
      break;
    case CHANGE_DESCRIPTION_AND_DEFAULT:
      scene_set(run, object, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
      scene_qualify(run, object, "Description", pac_value_string("Another text."), SCENE_TO_ALL);
      break;
    case CHANGE_DESCRIPTION:
      scene_qualify(run, object, "Description", pac_value_string("Another text."), SCENE_TO_ALL);
      break;
    case CHANGE_PROPERTY_DESCRIPTION:
      scene_qualify_property(run, object, "Size", "Description", pac_value_string("How large."), SCENE_TO_ALL);
      break;
    case CHANGE_METHOD_DESCRIPTION: {
      struct pac_value text = pac_value_string("How to polish.");
      pac_run_require(
          run, pac_qualifier_put(pac_object_method_qualifiers(object, "Polish"), "Description", &text, SCENE_TO_ALL),
          "a method qualifier");
      break;
    }
    case CHANGE_DESCRIPTION_IN_CAPITALS:
      pac_run_require(run, pac_qualifier_remove(pac_object_qualifiers(object), "Description"), "no description");
      scene_qualify(run, object, "DESCRIPTION", pac_value_string("Another text."), SCENE_TO_ALL);
      break;
    case CHANGE_REMOVES_DESCRIPTION:
      pac_run_require(run, pac_qualifier_remove(pac_object_qualifiers(object), "Description"), "no description");
      break;
    case CHANGE_ADDS_PROPERTY:
      scene_add(run, object, "Added", pac_value_sint(PAC_CIM_SINT64, 5));
      break;
    case CHANGE_REMOVES_PROPERTY:
      pac_run_require(run, pac_class_property_remove(object, "Note"), "removing a property");
      break;
    case CHANGE_RETYPES_PROPERTY: {
      struct pac_value text = pac_value_string("seven");
      pac_run_require(run, pac_class_property_retype(object, "Size", &text), "another type");
      break;
    }
    case CHANGE_ADDS_KEY:
      scene_qualify_property(run, object, "Note", "key", yes, SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
      break;
    case CHANGE_ADDS_INDEX:
      scene_qualify_property(run, object, "Note", "Indexed", yes, SCENE_TO_ALL);
      break;
    case CHANGE_MAKES_SINGLETON:
      pac_run_require(run, pac_qualifier_remove(pac_object_property_qualifiers(object, "Name"), "key"), "no key");
      scene_qualify(run, object, "singleton", yes, SCENE_TO_ALL);
      break;
    case CHANGE_ADDS_METHOD:
      scene_method(run, object, "Another", PAC_CIM_UINT32);
      break;
    case CHANGE_REMOVES_QUALIFIERS:
      pac_run_require(run, pac_qualifier_remove(pac_object_qualifiers(object), "Finish"), "no qualifier");
      pac_run_require(run, pac_qualifier_remove(pac_object_property_qualifiers(object, "Size"), "Unit"), "no qualifier");
      break;
    case CHANGE_REMOVES_METHOD:
      pac_run_require(run, pac_class_method_remove(object, "Polish"), "removing a method");
      break;
    case CHANGE_REMOVES_DEFAULT:
      scene_set(run, object, "Size", pac_value_null(PAC_CIM_UINT32, false));
      break;
    case CHANGE_CONTRADICTS_TYPE:
      scene_add(run, object, "Extra", pac_value_sint(PAC_CIM_SINT64, 5));
      break;
    case CHANGE_AGREES_WITH_PROPERTY:
      scene_add(run, object, "Extra", pac_value_string("of the base"));
      break;
    case CHANGE_CONTRADICTS_ARRAY:
      scene_add(run, object, "Extra", pac_value_null(PAC_CIM_STRING, true));
      break;
    case CHANGE_CONTRADICTS_METHOD:
      scene_method(run, object, "Act", PAC_CIM_UINT32);
      break;
    default:
      change_qualifier(run, object, change);
      break;
  }
}

/* The object to put. */
static struct pac_object *make_object(struct pac_case_run *run, const struct put_row *row,
                                      const struct pac_object *stored) {
  if (row->change == CHANGE_PARENT) {
    return scene_derive(run, scene_stored(run, SCENE_BASE), SCENE_CLASS);
  }
  if (row->put == PUT_CLASS) {
    struct pac_object *changed = scene_copy(run, stored);
    change_class(run, changed, row->change);
    if (row->is_respelled) {
      pac_run_require(run, pac_object_set_class_name(changed, "TEST_THING"), "another spelling");
    }
    return changed;
  }
  struct pac_object *instance = scene_instance(run, stored, "the one");
  if (row->exists) {
    struct pac_object *there = scene_copy(run, instance);
    scene_set(run, there, "Note", pac_value_string("as it was"));
    pac_run_given(run, there);
  }
  if (row->change == CHANGE_NOTHING) {
    scene_set(run, instance, "Note", pac_value_string("as it was"));
  } else {
    scene_set(run, instance, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  }
  if (row->is_respelled) {
    scene_set(run, instance, "Name", pac_value_string("THE ONE"));
  }
  return instance;
}

/* A hand-written row has to allow exactly what the table allows: the two were written apart. */
static void hold_against_table(struct pac_case_run *run, const struct put_row *row,
                               const struct pac_decision *decision) {
  for (uint32_t i = 0; i < decision->outcome_count; i++) {
    bool is_there = false;
    for (uint32_t j = 0; j < row->outcome_count; j++) {
      is_there = is_there || (row->outcomes[j].status == decision->outcomes[i].status &&
                              row->outcomes[j].effect == decision->outcomes[i].effect);
    }
    if (!is_there) {
      pac_run_broken(run, "the row leaves out %s, which the decision table allows (%s)",
                     pac_status_word(decision->outcomes[i].status), decision->row);
    }
  }
  for (uint32_t j = 0; j < row->outcome_count; j++) {
    bool is_there = false;
    for (uint32_t i = 0; i < decision->outcome_count; i++) {
      is_there = is_there || (row->outcomes[j].status == decision->outcomes[i].status &&
                              row->outcomes[j].effect == decision->outcomes[i].effect);
    }
    if (!is_there) {
      pac_run_broken(run, "the row allows %s, which the decision table does not (%s)",
                     pac_status_word(row->outcomes[j].status), decision->row);
    }
  }
}

/* The situation that a reading of this row belongs to: the row of the table and, where it counts, the kind of conflict. An
 * update that changes nothing is a situation of its own: only there can be nothing to do. */
static const char *scope_of(struct pac_case_run *run, const struct put_row *row, const struct pac_decision *decision) {
  static const struct {
    enum put_change change;
    const char *word;
    bool is_with_override; /* a conflict only with what the child says otherwise */
  } conflicts[] = {
      {CHANGE_CONTRADICTS_QUALIFIER, "a qualifier", false},
      {CHANGE_CONTRADICTS_LOCAL_QUALIFIER, "a local qualifier", false},
      {CHANGE_CONTRADICTS_TYPE, "a property type", false},
      {CHANGE_CONTRADICTS_ARRAY, "a property and an array", false},
      {CHANGE_CONTRADICTS_METHOD, "a method signature", false},
      {CHANGE_CONTRADICTS_FLAVOR, "a flavor", false},
      {CHANGE_RETYPES_PROPERTY, "an overridden property", true},
      {CHANGE_INHERITED_QUALIFIER, "an overridden qualifier", true},
      {CHANGE_FIXES_QUALIFIER, "an overridden qualifier that is fixed", true},
  };
  bool has_override = row->child_overrides || row->child_has_default;
  for (size_t i = 0; i < sizeof conflicts / sizeof conflicts[0]; i++) {
    if (conflicts[i].change == row->change && (has_override || !conflicts[i].is_with_override)) {
      return pac_run_text(run, "%s, conflict of %s", decision->row, conflicts[i].word);
    }
  }
  if (row->put == PUT_CLASS && row->exists && row->change == CHANGE_NOTHING) {
    return pac_run_text(run, "%s, nothing changes", decision->row);
  }
  return decision->row;
}

/* The provider of a class is not asked to delete what it keeps when the class is put. */
static void judge_deletions(struct pac_case_run *run) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = pac_session_provider_calls(run->session, &calls);
  for (uint32_t i = 0; i < count; i++) {
    if (calls[i]->is_deletion) {
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_UPDATE_FORCE_PROVIDER_NOT_ASKED_TO_DELETE,
                   "the provider not asked to delete an instance",
                   calls[i]->path == NULL ? "asked, without a path" : pac_run_text(run, "asked for %s", calls[i]->path));
      return;
    }
  }
}

void run_put_row(struct pac_case_run *run) {
  const struct put_row *row = run->the_case->row;
  const struct pac_object *stored = set_scene(run, row);
  struct pac_flag_axes axes = {
      .create = row->create,
      .update = row->update,
      .returning = row->returns_immediately ? PAC_RETURN_IMMEDIATELY : PAC_RETURN_WHEN_COMPLETE,
      .is_amended = row->is_amended,
      .other_bits = row->other_bits};
  struct pac_put_call call = {.sink = pac_run_sink(run, PAC_SINK_RECORDS),
                              .object = make_object(run, row, stored),
                              .flags = pac_flags_combine(&axes),
                              .async_context = scene_async_context(run, row->name)};
  struct pac_decision decision;
  pac_run_decide(run, &call, &decision);
  hold_against_table(run, row, &decision);
  struct pac_expectation expectation = pac_expectation_of(&decision);
  expectation.outcomes = row->outcomes;
  expectation.outcome_count = row->outcome_count;
  expectation.state_clause = row->state_clause;
  expectation.scope = scope_of(run, row, &decision);
  struct pac_put_seen seen;
  pac_run_put(run, &call, &seen);
  (void)pac_run_judge(run, &call, &seen, &expectation, row->clauses[0]);
  judge_deletions(run);
}
