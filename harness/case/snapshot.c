/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the namespace under test and compares it with a state of the shadow: every class, every instance, nothing
 * missing and nothing more. A visit never leaves through the adapter: it notes what it finds and stops. */
#include <stdio.h>
#include <string.h>

#include "case/case_run.h"
#include "pacheck/path.h"

#define DIFFERENCE_MAX 512

static const unsigned content_only = PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_ORDER |
                                     PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_SPELLING |
                                     PAC_COMPARE_IGNORE_DEFAULTS;

struct reading_back {
  const struct pac_shadow *expected;
  const struct pac_memory *memory;
  const char *class_name; /* whose instances are visited */
  uint32_t seen;
  bool has_null; /* the adapter visited with no object */
  char difference[DIFFERENCE_MAX]; /* empty as long as there is none */
};

static bool same_signature(const struct pac_object *left, const struct pac_object *right) {
  return left == NULL || right == NULL
             ? left == right
             : pac_object_compare(left, right, content_only | PAC_COMPARE_IGNORE_QUALIFIERS, NULL, 0);
}

/* Nobody can tell how a forced update settled a conflict, but it left a class that its ancestors allow: what it
 * inherits it has, with the type and signature that are inherited. Names the first member that is otherwise; null for none. */
static const char *contradicted_member(const struct pac_object *ancestor, const struct pac_object *object) {
  for (uint32_t i = 0; i < pac_object_property_count(ancestor); i++) {
    const struct pac_property *property = pac_object_property_at(ancestor, i);
    const struct pac_property *own = pac_object_property_find(object, property->name);
    if (own == NULL || own->value.type != property->value.type || own->value.is_array != property->value.is_array) {
      return property->name;
    }
  }
  for (uint32_t i = 0; i < pac_object_method_count(ancestor); i++) {
    const struct pac_method *method = pac_object_method_at(ancestor, i);
    const struct pac_method *own = pac_object_method_find(object, method->name);
    if (own == NULL || !same_signature(own->in, method->in) || !same_signature(own->out, method->out)) {
      return method->name;
    }
  }
  return NULL;
}

static void visit_loose_class(struct reading_back *back, const struct pac_shadow_class *expected,
                              const struct pac_object *object) {
  for (uint32_t i = 0; i < pac_object_ancestor_count(expected->definition); i++) {
    const char *name = pac_object_ancestor_at(expected->definition, i);
    const struct pac_shadow_class *ancestor = pac_shadow_class_find(back->expected, name);
    if (ancestor != NULL && !ancestor->is_loose) {
      const char *member = contradicted_member(ancestor->definition, object);
      if (member != NULL) {
        snprintf(back->difference, sizeof back->difference, "class %s does not have %s as %s declares it",
                 pac_object_class_name(object), member, name);
      }
      return;
    }
  }
}

static bool visit_class(void *context, const struct pac_object *object) {
  struct reading_back *back = context;
  if (object == NULL) {
    back->has_null = true;
    return false;
  }
  const char *name = pac_object_class_name(object);
  const struct pac_shadow_class *expected = pac_shadow_class_find(back->expected, name);
  char difference[DIFFERENCE_MAX / 2] = "";
  back->seen += 1;
  if (expected == NULL) {
    snprintf(back->difference, sizeof back->difference, "class %s is there and should not be",
             name == NULL ? "without a name" : name);
  } else if (expected->is_loose) {
    visit_loose_class(back, expected, object);
  } else if (!pac_object_compare(object, expected->definition, content_only, difference, sizeof difference)) {
    snprintf(back->difference, sizeof back->difference, "class %s differs: %s", name, difference);
  }
  return back->difference[0] == '\0';
}

static bool visit_instance(void *context, const struct pac_object *object) {
  struct reading_back *back = context;
  if (object == NULL) {
    back->has_null = true;
    return false;
  }
  char label[DIFFERENCE_MAX / 4] = "without a path";
  char difference[DIFFERENCE_MAX / 4] = "";
  struct pac_path *path = NULL;
  if (pac_path_of_object(back->memory, object, &path) == PAC_RESULT_OK) {
    pac_path_print(path, PAC_PATH_RELATIVE, label, sizeof label);
  }
  const struct pac_object *expected = pac_shadow_instance_find(back->expected, object);
  back->seen += 1;
  if (pac_object_class_name(object) == NULL || pac_name_compare(pac_object_class_name(object), back->class_name) != 0) {
    snprintf(back->difference, sizeof back->difference, "instance %s is listed under class %s", label,
             back->class_name);
  } else if (expected == NULL) {
    snprintf(back->difference, sizeof back->difference, "instance %s is there and should not be", label);
  } else if (!pac_object_compare(object, expected, content_only, difference, sizeof difference)) {
    snprintf(back->difference, sizeof back->difference, "instance %s differs: %s", label, difference);
  }
  return back->difference[0] == '\0';
}

static void require_visit(struct pac_case_run *run, pac_hresult answer, const struct reading_back *back,
                          const char *what) {
  pac_run_answer(run, answer, what);
  if (back->has_null) {
    pac_run_broken(run, "%s visited with a null object", what);
  }
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "%s answered %s", what, code);
  }
}

/* When fewer are there than expected: the first class that cannot be read. */
static const char *missing_class(struct pac_case_run *run, struct pac_services *services,
                                 const struct pac_shadow *expected) {
  for (uint32_t i = 0; i < expected->class_count; i++) {
    const char *name = pac_object_class_name(expected->classes[i].definition);
    if (!pac_run_is_there(run, services, name)) {
      return pac_run_text(run, "class %s is not there", name);
    }
  }
  return pac_run_text(run, "%u classes can be read, but fewer are listed", (unsigned)expected->class_count);
}

static const char *instances_difference(struct pac_case_run *run, struct pac_services *services,
                                        const struct pac_shadow *expected, const char *class_name) {
  struct reading_back back = {.expected = expected, .memory = run->memory, .class_name = class_name};
  require_visit(run, run->settings->adapter->instances(services, class_name, visit_instance, &back), &back, "instances");
  if (back.difference[0] != '\0') {
    return pac_run_text(run, "%s", back.difference);
  }
  uint32_t wanted = 0;
  for (uint32_t i = 0; i < expected->instance_count; i++) {
    wanted += pac_name_compare(pac_object_class_name(expected->instances[i]), class_name) == 0;
  }
  if (back.seen != wanted) {
    return pac_run_text(run, "%u instances of %s instead of %u", (unsigned)back.seen, class_name, (unsigned)wanted);
  }
  return NULL;
}

const char *pac_run_difference(struct pac_case_run *run, struct pac_services *services,
                               const struct pac_shadow *expected) {
  struct reading_back back = {.expected = expected, .memory = run->memory};
  require_visit(run, run->settings->adapter->derived(services, NULL, visit_class, &back), &back, "derived");
  if (back.difference[0] != '\0') {
    return pac_run_text(run, "%s", back.difference);
  }
  if (back.seen < expected->class_count) {
    return missing_class(run, services, expected);
  }
  if (back.seen > expected->class_count) {
    return pac_run_text(run, "a class is listed twice");
  }
  for (uint32_t i = 0; i < expected->class_count; i++) {
    if (!expected->classes[i].is_loose) {
      const char *difference =
          instances_difference(run, services, expected, pac_object_class_name(expected->classes[i].definition));
      if (difference != NULL) {
        return difference;
      }
    }
  }
  return NULL;
}
