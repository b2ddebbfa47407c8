/* SPDX-License-Identifier: Apache-2.0 */
/* What an instance carries is what is read back: values of every type, nulls, embedded objects, qualifiers. */
#include "builders.h"

extern const struct pac_suite pac_suite_instance_values;

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

/* An instance of Test_Thing whose property Value, of type object, holds `inside`. */
static const struct pac_object *instance_that_holds(struct pac_case_run *run, const struct pac_object *inside) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_add(run, made, "Value", pac_value_null(PAC_CIM_OBJECT, false));
  pac_run_given(run, made);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  scene_set(run, instance, "Value", pac_value_object(inside));
  return instance;
}

static const struct pac_object *instance_with_qualified_object(struct pac_case_run *run) {
  struct pac_object *inside = embedded(run, "inside");
  scene_qualify(run, inside, "Origin", pac_value_string("imported"), PAC_FLAVOR_NONE);
  scene_qualify_property(run, inside, "Size", "Accuracy", pac_value_real64(0.5), PAC_FLAVOR_NONE);
  return instance_that_holds(run, inside);
}

static const struct pac_object *instance_with_nested_object(struct pac_case_run *run) {
  struct pac_object *holder = scene_class(run, SCENE_BASE);
  scene_add(run, holder, "Value", pac_value_null(PAC_CIM_OBJECT, false));
  struct pac_object *between = scene_instance(run, holder, "between");
  scene_set(run, between, "Value", pac_value_object(embedded(run, "inside")));
  return instance_that_holds(run, between);
}

static const struct pac_object *instance_with_embedded_class(struct pac_case_run *run) {
  struct pac_object *inside = scene_class(run, SCENE_OTHER);
  scene_qualify(run, inside, "Origin", pac_value_string("imported"), SCENE_TO_ALL);
  scene_method(run, inside, "Measure", PAC_CIM_UINT32);
  return instance_that_holds(run, inside);
}

static const union pac_scalar texts[] = {{.text = "first"}, {.text = ""}, {.text = "third \"quoted\" \\"}};
static const union pac_scalar equal_texts[] = {{.text = "one"}, {.text = "one"}, {.text = "One"}};
static const union pac_scalar numbers[] = {{.uint = 0}, {.uint = 1}, {.uint = 127}};
static const union pac_scalar signed_numbers[] = {{.sint = -128}, {.sint = 0}, {.sint = 127}};
static const union pac_scalar large_numbers[] = {{.uint = 9007199254740993}, {.uint = UINT64_MAX}};
static const union pac_scalar large_signed_numbers[] = {{.sint = -9007199254740993}, {.sint = INT64_MAX}};
static const union pac_scalar truths[] = {{.boolean = true}, {.boolean = false}};
static const union pac_scalar singles[] = {{.real32 = -1.5f}, {.real32 = 0.25f}};
static const union pac_scalar doubles[] = {{.real64 = -1.5e300}, {.real64 = 0.25}};
static const union pac_scalar units[] = {{.char16 = 0x41}, {.char16 = 0xfffd}};
static const union pac_scalar moments[] = {{.text = "20240229235959.999999+000"}, {.text = "00000001020304.000000:000"}};
static const union pac_scalar references[] = {{.text = "Test_Other.Name=\"a\""}, {.text = "Test_Other.Name=\"b\""}};

static const struct built_row rows[] = {
#include "instance_values.def"
};

BUILT_SUITE(instance_values, "Values of instances");
