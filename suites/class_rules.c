/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that a class has to meet: its name, its parent, singleton and abstract, keys, what it may override, its size, and
 * its provider. */
#include <string.h>

#include "builders.h"

extern const struct pac_suite pac_suite_class_rules;

#define PROPERTIES_MAX 1024u

/* Names ------------------------------------------------------------------------------------------------------------- */

static const struct pac_object *class_of_that_name(struct pac_case_run *run) {
  return scene_class(run, built_row_of(run)->text);
}

/* A name of as many letters as the row's value says. */
static const struct pac_object *class_with_long_name(struct pac_case_run *run) {
  size_t length = (size_t)built_row_of(run)->value->scalar.uint;
  char *name = pac_arena_allocate(run->arena, length + 1);
  if (name == NULL) {
    pac_run_broken(run, "no memory for the name");
  }
  memset(name, 'N', length);
  name[length] = '\0';
  return scene_class(run, name);
}

/* Parents ----------------------------------------------------------------------------------------------------------- */

static struct pac_object *below(struct pac_case_run *run, struct pac_object *parent) {
  pac_run_given(run, parent);
  return scene_derive(run, scene_stored(run, pac_object_class_name(parent)), SCENE_CHILD);
}

static struct pac_object *keyless_class(struct pac_case_run *run) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_class_new(run->memory, SCENE_CLASS, &made), "a class");
  scene_add(run, made, "Size", pac_value_uint(PAC_CIM_UINT32, 7));
  return made;
}

static struct pac_object *marked(struct pac_case_run *run, struct pac_object *object, const char *qualifier) {
  scene_qualify(run, object, qualifier, pac_value_boolean(true),
                pac_name_compare(qualifier, "abstract") == 0 ? PAC_FLAVOR_NONE : SCENE_TO_ALL);
  return object;
}

static const struct pac_object *child_of_missing(struct pac_case_run *run) {
  return scene_derive(run, scene_class(run, SCENE_CLASS), SCENE_CHILD);
}

static const struct pac_object *child_of_parent_in_capitals(struct pac_case_run *run) {
  struct pac_object *parent = scene_copy(run, scene_given_class(run));
  pac_run_require(run, pac_object_set_class_name(parent, "TEST_THING"), "another spelling");
  struct pac_object *child = scene_derive(run, parent, SCENE_CHILD);
  scene_add(run, child, "Extra", pac_value_null(PAC_CIM_STRING, false));
  return child;
}

/* Test_Child is stored below Test_Thing and put below Test_Other. */
static const struct pac_object *child_of_another_parent(struct pac_case_run *run) {
  pac_run_given(run, below(run, scene_class(run, SCENE_CLASS)));
  struct pac_object *other = scene_class(run, SCENE_OTHER);
  scene_add(run, other, "Weight", pac_value_sint(PAC_CIM_SINT32, 5));
  pac_run_given(run, other);
  return scene_derive(run, scene_stored(run, SCENE_OTHER), SCENE_CHILD);
}

/* Test_Child, stored below Test_Thing, without a parent. */
static const struct pac_object *child_that_leaves(struct pac_case_run *run) {
  pac_run_given(run, below(run, scene_class(run, SCENE_CLASS)));
  return scene_class(run, SCENE_CHILD);
}

static const struct pac_object *grandchild_of_missing(struct pac_case_run *run) {
  return scene_derive(run, scene_derive(run, scene_given_class(run), SCENE_CHILD), SCENE_GRANDCHILD);
}

static const struct pac_object *new_class_below_itself(struct pac_case_run *run) {
  struct pac_object *own = scene_class(run, SCENE_CLASS);
  pac_run_require(run, pac_class_set_superclass(own, SCENE_CLASS), "a parent");
  return own;
}

static const struct pac_object *stored_class_below_itself(struct pac_case_run *run) {
  struct pac_object *own = scene_copy(run, scene_given_class(run));
  pac_run_require(run, pac_class_set_superclass(own, SCENE_CLASS), "a parent");
  return own;
}

static const struct pac_object *class_below_its_child(struct pac_case_run *run) {
  const struct pac_object *stored = scene_given_class(run);
  pac_run_given(run, scene_derive(run, stored, SCENE_CHILD));
  struct pac_object *own = scene_copy(run, stored);
  pac_run_require(run, pac_class_set_superclass(own, SCENE_CHILD), "a parent");
  return own;
}

struct search {
  const char *name;
  bool is_there;
};

static bool is_that_class(void *context, const struct pac_object *object) {
  struct search *search = context;
  const char *name = pac_object_class_name(object);
  search->is_there = search->is_there || (name != NULL && pac_name_compare(name, search->name) == 0);
  return !search->is_there;
}

static void parent_lists_child(struct pac_case_run *run, const struct built_put *put) {
  struct search search = {.name = pac_object_class_name(put->call.object)};
  pac_hresult answer = run->settings->adapter->derived(run->services, SCENE_CLASS, is_that_class, &search);
  pac_run_answer(run, answer, "derived");
  if (!search.is_there) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_CLASS_PARENT_LISTS_DERIVED_CLASS,
                 pac_run_text(run, "%s among the classes derived from %s", search.name, SCENE_CLASS), "it is not");
  }
}

/* Singleton and abstract ---------------------------------------------------------------------------------------- */

static const struct pac_object *singleton(struct pac_case_run *run) {
  return marked(run, keyless_class(run), "singleton");
}

static const struct pac_object *singleton_with_key(struct pac_case_run *run) {
  return marked(run, scene_class(run, SCENE_CLASS), "singleton");
}

static const struct pac_object *singleton_below_plain(struct pac_case_run *run) {
  return marked(run, below(run, keyless_class(run)), "singleton");
}

static const struct pac_object *child_of_singleton(struct pac_case_run *run) {
  return below(run, marked(run, keyless_class(run), "singleton"));
}

static const struct pac_object *keyed_child_of_singleton(struct pac_case_run *run) {
  struct pac_object *child = scene_copy(run, child_of_singleton(run));
  scene_add(run, child, "Name", pac_value_null(PAC_CIM_STRING, false));
  scene_qualify_property(run, child, "Name", "key", pac_value_boolean(true), SCENE_TO_ALL);
  return child;
}

static const struct pac_object *abstract_class(struct pac_case_run *run) {
  return marked(run, keyless_class(run), "abstract");
}

static const struct pac_object *abstract_below_abstract(struct pac_case_run *run) {
  return marked(run, below(run, marked(run, keyless_class(run), "abstract")), "abstract");
}

static const struct pac_object *abstract_below_plain(struct pac_case_run *run) {
  return marked(run, below(run, scene_class(run, SCENE_CLASS)), "abstract");
}

static const struct pac_object *system_class(struct pac_case_run *run) {
  const struct pac_object *system = pac_run_get(run, run->services, "__SystemClass");
  if (system == NULL) {
    pac_run_unsupported(run, "the namespace holds no system class to put back");
  }
  struct pac_object *changed = scene_copy(run, system);
  scene_add(run, changed, "Added", pac_value_null(PAC_CIM_STRING, false));
  return changed;
}

/* Keys and indexes ---------------------------------------------------------------------------------------------- */

/* A class whose key property holds values like the row's. */
static const struct pac_object *class_with_key_of_type(struct pac_case_run *run) {
  struct pac_object *made = NULL;
  const struct pac_value *value = built_row_of(run)->value;
  pac_run_require(run, pac_class_new(run->memory, SCENE_CLASS, &made), "a class");
  scene_add(run, made, "Id", pac_value_null(value->type, value->is_array));
  scene_key(run, made, "Id");
  return made;
}

static struct pac_object *with_further_key(struct pac_case_run *run, struct pac_object *child) {
  scene_add(run, child, "Extra", pac_value_null(PAC_CIM_STRING, false));
  scene_key(run, child, "Extra");
  return child;
}

static const struct pac_object *child_with_further_key(struct pac_case_run *run) {
  return with_further_key(run, below(run, scene_class(run, SCENE_CLASS)));
}

static const struct pac_object *child_of_keyed_abstract_with_further_key(struct pac_case_run *run) {
  return with_further_key(run, below(run, marked(run, scene_class(run, SCENE_CLASS), "abstract")));
}

static const struct pac_object *child_that_introduces_key(struct pac_case_run *run) {
  return with_further_key(run, below(run, marked(run, keyless_class(run), "abstract")));
}

/* The child says that the inherited key is none; the row's value is the flavor with which the parent marks it. */
static const struct pac_object *child_that_takes_key_back(struct pac_case_run *run) {
  struct pac_object *parent = keyless_class(run);
  scene_add(run, parent, "Name", pac_value_null(PAC_CIM_STRING, false));
  scene_qualify_property(run, parent, "Name", "key", pac_value_boolean(true),
                         (uint8_t)built_row_of(run)->value->scalar.uint);
  struct pac_object *child = below(run, parent);
  scene_qualify_property(run, child, "Name", "key", pac_value_boolean(false), SCENE_TO_ALL);
  return child;
}

static struct pac_object *with_mark_on_note(struct pac_case_run *run, const char *qualifier) {
  struct pac_object *changed = scene_copy(run, scene_stored(run, SCENE_CLASS));
  scene_qualify_property(run, changed, "Note", qualifier, pac_value_boolean(true), SCENE_TO_ALL);
  return changed;
}

/* Test_Thing in use by an instance, with the row's qualifier added to Note. */
static const struct pac_object *marked_class_with_instance(struct pac_case_run *run) {
  pac_run_given(run, scene_instance(run, scene_given_class(run), "the one"));
  return with_mark_on_note(run, built_row_of(run)->text);
}

static const struct pac_object *marked_class_with_child(struct pac_case_run *run) {
  pac_run_given(run, scene_derive(run, scene_given_class(run), SCENE_CHILD));
  return with_mark_on_note(run, built_row_of(run)->text);
}

/* What a derived class may not override ------------------------------------------------------------------------ */

static const struct pac_object *child_with_other_type(struct pac_case_run *run) {
  struct pac_object *child = below(run, scene_class(run, SCENE_CLASS));
  pac_run_require(run, pac_class_property_retype(child, "Size", built_row_of(run)->value), "another type");
  return child;
}

static const struct pac_object *child_with_key_of_other_type(struct pac_case_run *run) {
  struct pac_object *child = below(run, scene_class(run, SCENE_CLASS));
  pac_run_require(run, pac_class_property_retype(child, "Name", built_row_of(run)->value), "another type");
  return child;
}

static const struct pac_object *child_that_overrides_qualifier(struct pac_case_run *run) {
  struct pac_object *parent = scene_class(run, SCENE_CLASS);
  scene_qualify(run, parent, "Color", pac_value_string("red"), (uint8_t)built_row_of(run)->value->scalar.uint);
  struct pac_object *child = below(run, parent);
  scene_qualify(run, child, "Color", pac_value_string("green"), SCENE_TO_ALL);
  return child;
}

static const struct pac_object *child_that_overrides_property_qualifier(struct pac_case_run *run) {
  struct pac_object *parent = scene_class(run, SCENE_CLASS);
  scene_qualify_property(run, parent, "Size", "Unit", pac_value_string("m"),
                         SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
  struct pac_object *child = below(run, parent);
  scene_qualify_property(run, child, "Size", "Unit", pac_value_string("km"), SCENE_TO_ALL);
  return child;
}

static const struct pac_object *child_that_overrides_method_qualifier(struct pac_case_run *run) {
  struct pac_object *parent = scene_class(run, SCENE_CLASS);
  struct pac_value fixed = pac_value_string("m");
  struct pac_value other = pac_value_string("km");
  scene_method(run, parent, "Act", PAC_CIM_STRING);
  pac_run_require(run, pac_qualifier_put(pac_object_method_qualifiers(parent, "Act"), "Unit", &fixed,
                                         SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE), "a method qualifier");
  struct pac_object *child = below(run, parent);
  pac_run_require(run, pac_qualifier_put(pac_object_method_qualifiers(child, "Act"), "Unit", &other, SCENE_TO_ALL),
                  "a method qualifier");
  return child;
}

/* The child redeclares the parent's method; its parameter is of the type of the row's value. */
static const struct pac_object *child_that_redeclares_method(struct pac_case_run *run) {
  struct pac_object *parent = scene_class(run, SCENE_CLASS);
  scene_method(run, parent, "Act", PAC_CIM_STRING);
  struct pac_object *child = below(run, parent);
  scene_method(run, child, "Act", built_row_of(run)->value->type);
  return child;
}

/* The same signature: what a parameter is described by is no part of it. */
static const struct pac_object *child_that_describes_parameter(struct pac_case_run *run) {
  struct pac_object *parent = scene_class(run, SCENE_CLASS);
  scene_method(run, parent, "Act", PAC_CIM_STRING);
  struct pac_object *child = below(run, parent);
  const struct pac_method *act = pac_object_method_find(child, "Act");
  struct pac_object *in = scene_copy(run, act->in);
  scene_qualify_property(run, in, pac_object_property_at(in, 0)->name, "Description", pac_value_string("What for."),
                         PAC_FLAVOR_NONE);
  pac_run_require(run, pac_class_method_put(child, "Act", in, act->out), "a method");
  return child;
}

/* What a class says ------------------------------------------------------------------------------------------------ */

static const struct pac_object *class_with_default(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_add(run, made, "Value", *built_row_of(run)->value);
  return made;
}

/* The class, a property and a method with a qualifier of the row's value. */
static const struct pac_object *class_with_qualifier(struct pac_case_run *run) {
  struct pac_value value = *built_row_of(run)->value;
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_method(run, made, "Act", PAC_CIM_STRING);
  scene_qualify(run, made, "Mark", value, SCENE_TO_ALL);
  scene_qualify_property(run, made, "Size", "Mark", value, SCENE_TO_ALL);
  pac_run_require(run, pac_qualifier_put(pac_object_method_qualifiers(made, "Act"), "Mark", &value, SCENE_TO_ALL),
                  "a method qualifier");
  return made;
}

/* The class and a property with a qualifier of the flavor of the row's value. */
static const struct pac_object *class_with_flavor(struct pac_case_run *run) {
  uint8_t flavor = (uint8_t)built_row_of(run)->value->scalar.uint;
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_qualify(run, made, "Mark", pac_value_string("set"), flavor);
  scene_qualify_property(run, made, "Size", "Mark", pac_value_string("set"), flavor);
  return made;
}

/* Methods with parameters and without, with a result and without. */
static const struct pac_object *class_with_methods(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_method(run, made, "Act", PAC_CIM_STRING);
  const struct pac_method *act = pac_object_method_find(made, "Act");
  pac_run_require(run, pac_class_method_put(made, "Ask", NULL, act->out), "a method");
  pac_run_require(run, pac_class_method_put(made, "Tell", act->in, NULL), "a method");
  pac_run_require(run, pac_class_method_put(made, "Rest", NULL, NULL), "a method");
  return made;
}

/* What is said of a method, of what goes in and of what comes out. */
static const struct pac_object *class_with_qualified_methods(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_method(run, made, "Act", PAC_CIM_STRING);
  const struct pac_method *act = pac_object_method_find(made, "Act");
  struct pac_object *in = scene_copy(run, act->in);
  struct pac_object *out = scene_copy(run, act->out);
  scene_qualify_property(run, in, pac_object_property_at(in, 0)->name, "Unit", pac_value_string("m"), SCENE_TO_ALL);
  scene_qualify_property(run, out, "ReturnValue", "Values", pac_value_string("0 is success"), SCENE_TO_ALL);
  pac_run_require(run, pac_class_method_put(made, "Act", in, out), "a method");
  struct pac_value text = pac_value_string("acts");
  pac_run_require(run, pac_qualifier_put(pac_object_method_qualifiers(made, "Act"), "Mark", &text, SCENE_TO_ALL),
                  "a method qualifier");
  return made;
}

/* A class that says of everything that it inherits something of its own. */
static const struct pac_object *child_with_statements(struct pac_case_run *run) {
  struct pac_object *parent = scene_class(run, SCENE_CLASS);
  scene_qualify(run, parent, "Color", pac_value_string("red"), SCENE_TO_ALL);
  scene_qualify_property(run, parent, "Size", "Unit", pac_value_string("m"), SCENE_TO_ALL);
  scene_method(run, parent, "Act", PAC_CIM_STRING);
  struct pac_object *child = below(run, parent);
  scene_qualify(run, child, "Color", pac_value_string("green"), SCENE_TO_ALL);
  scene_qualify_property(run, child, "Size", "Unit", pac_value_string("km"), SCENE_TO_ALL);
  scene_set(run, child, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  struct pac_value text = pac_value_string("as the child does");
  pac_run_require(run, pac_qualifier_put(pac_object_method_qualifiers(child, "Act"), "Mark", &text, SCENE_TO_ALL),
                  "a method qualifier");
  scene_add(run, child, "Extra", pac_value_null(PAC_CIM_STRING, false));
  scene_qualify_property(run, child, "Extra", "Unit", pac_value_string("s"), PAC_FLAVOR_NONE);
  scene_method(run, child, "Another", PAC_CIM_UINT32);
  return child;
}

static const union pac_scalar texts[] = {{.text = "first"}, {.text = ""}, {.text = "third \"quoted\" \\"}};
static const union pac_scalar numbers[] = {{.sint = INT32_MIN}, {.sint = 0}, {.sint = INT32_MAX}};
static const union pac_scalar truths[] = {{.boolean = true}, {.boolean = false}};
static const union pac_scalar doubles[] = {{.real64 = -1.5e300}, {.real64 = 0.25}};

/* Size ------------------------------------------------------------------------------------------------------------ */

/* A class with as many properties as the row's value says. */
static const struct pac_object *class_of_many_properties(struct pac_case_run *run) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_class_new(run->memory, SCENE_CLASS, &made), "a class");
  for (uint64_t i = 0; i < built_row_of(run)->value->scalar.uint; i++) {
    scene_add(run, made, pac_run_text(run, "P%u", (unsigned)i), pac_value_null(PAC_CIM_BOOLEAN, false));
  }
  return made;
}

/* Providers --------------------------------------------------------------------------------------------------------- */

static const struct pac_object *class_without_put(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_WITHOUT_PUT, build_changed_class(run));
}

static const struct pac_object *class_of_missing_provider(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_MISSING, build_changed_class(run));
}

static struct pac_named_values *architecture(struct pac_case_run *run) {
  struct pac_named_values *context = scene_values(run);
  scene_value_add(run, context, PAC_CONTEXT_PROVIDER_ARCHITECTURE, *built_row_of(run)->value);
  return context;
}

#define NUMBER(number) .value = &(const struct pac_value){.type = PAC_CIM_UINT32, .scalar = {.uint = (number)}}
#define SIGNED(number) .value = &(const struct pac_value){.type = PAC_CIM_SINT32, .scalar = {.sint = (number)}}
#define OF_TYPE(cim_type) .value = &(const struct pac_value){.type = PAC_CIM_##cim_type, .is_null = true}
#define ARRAY_OF(cim_type) \
  .value = &(const struct pac_value){.type = PAC_CIM_##cim_type, .is_null = true, .is_array = true}

static const struct built_row rows[] = {
#include "class_rules.def"
};

BUILT_SUITE(class_rules, "Rules for class objects");
