/* SPDX-License-Identifier: Apache-2.0 */
/* What a named value set carries through a put to the provider: a value of a type that a context can hold arrives as it was,
 * any other is refused or arrives as it was, and none arrives damaged. The set itself belongs to the caller: its
 * members are not the implementation's under test. */
#include "builders.h"

extern const struct pac_suite pac_suite_named_value_set;

static struct pac_named_values *set_with_value(struct pac_case_run *run) {
  struct pac_named_values *set = scene_values(run);
  scene_value_add(run, set, "Before", pac_value_string("stays"));
  scene_value_add(run, set, "Value", *built_row_of(run)->value);
  scene_value_add(run, set, "After", pac_value_boolean(false));
  return set;
}

static void value_arrives(struct pac_case_run *run, const struct built_put *put) {
  if (built_put_is_accepted(put)) {
    built_put_check_context(run, put, set_with_value(run), PAC_CLAUSE_NAMED_VALUE_SET_VALUES_UNSUITED_TYPE_REFUSED);
  }
}

static const union pac_scalar numbers[] = {{.sint = -1}, {.sint = 0}, {.sint = 7}};
static const union pac_scalar counts[] = {{.uint = 0}, {.uint = 1}, {.uint = 7}};
static const union pac_scalar texts[] = {{.text = "first"}, {.text = ""}};
static const union pac_scalar truths[] = {{.boolean = true}, {.boolean = false}};
static const union pac_scalar doubles[] = {{.real64 = 0.5}, {.real64 = -2.0}};

static const struct built_row rows[] = {
#include "named_value_set.def"
};

BUILT_SUITE(named_value_set, "The named value set object");
