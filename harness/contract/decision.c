/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the decision table and the table of flag bits, and checks both for gaps and overlaps. */
#include "contract/decision.h"

#include <stdio.h>
#include <string.h>

#define ROW_OUTCOMES_MAX 16
#define AXES_COUNT 10

struct decision_row {
  const char *id;
  /* In the order of the axes below; each lists the letters that match, "*" any. */
  const char *patterns[AXES_COUNT];
  enum pac_clause clauses[PAC_DECISION_CLAUSES_MAX];
  struct pac_outcome outcomes[ROW_OUTCOMES_MAX]; /* outcome_count of them */
  uint32_t outcome_count;
};

#define OUT(status, effect) {PAC_STATUS_##status, PAC_EFFECT_##effect, PAC_READING_NONE, NULL},
#define OUT_READ(status, effect, reading, option) \
  {PAC_STATUS_##status, PAC_EFFECT_##effect, PAC_READING_##reading, option},
/* The codes of A-27: no text names the code for a conflict. */
#define OUT_CONFLICT(reading)                                                       \
  OUT_READ(CLASS_HAS_CHILDREN, UNCHANGED, reading, "class has children")            \
  OUT_READ(UPDATE_TYPE_MISMATCH, UNCHANGED, reading, "update type mismatch")        \
  OUT_READ(UPDATE_OVERRIDE_NOT_ALLOWED, UNCHANGED, reading, "update override")      \
  OUT_READ(UPDATE_PROPAGATED_METHOD, UNCHANGED, reading, "update method")           \
  OUT_READ(OVERRIDE_NOT_ALLOWED, UNCHANGED, reading, "override not allowed")        \
  OUT_READ(PROPAGATED_METHOD, UNCHANGED, reading, "propagated method")
/* Whether those of derived classes go too shows only where there are some, so both are one option. */
#define OUT_FORCE_WITH_INSTANCES()                                                  \
  OUT_READ(CLASS_HAS_INSTANCES, UNCHANGED, A_28, "refused")                         \
  OUT_READ(NO_ERR, FORCED_WITHOUT_INSTANCES, A_28, "instances deleted")             \
  OUT_READ(NO_ERR, FORCED_WITHOUT_DERIVED_INSTANCES, A_28, "instances deleted")
#define OUT_FORCE_WITH_CHILD_INSTANCES()                                            \
  OUT_READ(CLASS_HAS_INSTANCES, UNCHANGED, A_31, "instances of derived classes count")   \
  OUT_READ(NO_ERR, FORCED, A_31, "instances of derived classes do not count")            \
  OUT_READ(NO_ERR, FORCED_WITHOUT_DERIVED_INSTANCES, A_31, "instances of derived classes are deleted")
#define CLAUSES(...) {__VA_ARGS__}

#define ROW(id, kind, create, update, exists, children, instances, child_instances, change, conflict, provider, \
            clauses, ...)                                                                                        \
  {id,                                                                                                           \
   {kind, create, update, exists, children, instances, child_instances, change, conflict, provider},             \
   clauses,                                                                                                      \
   {__VA_ARGS__},                                                                                                \
   sizeof((const struct pac_outcome[]){__VA_ARGS__}) / sizeof(struct pac_outcome)},

static const struct decision_row rows[] = {
#include "contract/decision.def"
};
#define ROWS_COUNT (sizeof rows / sizeof rows[0])
_Static_assert(ROWS_COUNT < PAC_DECISION_ROWS_MAX, "the rows have numbers below the maximum");

/* The letters of each axis, in the order of the patterns. */
static const char *const axis_letters[AXES_COUNT] = {"CI", "OUC", "CSF", "NY", "NY", "NY", "NY", "NUQI", "NQO", "NY"};

struct bits_row {
  const char *id;
  uint32_t bits;
  enum pac_reading class_reading; /* NONE: valid */
  enum pac_reading instance_reading;
  enum pac_clause clause;
};

#define VALID PAC_READING_NONE
#define MAY_REFUSE(reading) PAC_READING_##reading
#define BITS(id, bits, class_rule, instance_rule, clause) {id, bits, class_rule, instance_rule, clause},
static const struct bits_row bits_rows[] = {
#include "contract/flag_bits.def"
};
#define BITS_ROWS_COUNT (sizeof bits_rows / sizeof bits_rows[0])

const char *pac_effect_text(enum pac_effect effect) {
  switch (effect) {
#define PAC_EFFECT_CASE(name, text) \
  case PAC_EFFECT_##name:           \
    return text;
    PAC_EFFECT_MAP(PAC_EFFECT_CASE)
#undef PAC_EFFECT_CASE
  }
  return "unknown effect";
}

static bool matches(const struct decision_row *row, const char letters[AXES_COUNT]) {
  for (size_t axis = 0; axis < AXES_COUNT; axis++) {
    const char *pattern = row->patterns[axis];
    if (pattern[0] != '*' && strchr(pattern, letters[axis]) == NULL) {
      return false;
    }
  }
  return true;
}

static char yes_no(bool truth) {
  return truth ? 'Y' : 'N';
}

static const struct decision_row *find_row(const struct pac_facts *facts, uint32_t flags) {
  bool is_update_only = (flags & PAC_FLAG_UPDATE_ONLY) != 0;
  bool is_create_only = (flags & PAC_FLAG_CREATE_ONLY) != 0;
  bool is_safe = (flags & PAC_FLAG_UPDATE_SAFE) != 0;
  bool is_force = (flags & PAC_FLAG_UPDATE_FORCE) != 0;
  const char letters[AXES_COUNT] = {
      facts->kind == PAC_GENUS_CLASS ? 'C' : 'I',
      is_update_only ? 'U' : is_create_only ? 'C' : 'O',
      is_safe ? 'S' : is_force ? 'F' : 'C',
      yes_no(facts->exists),
      yes_no(facts->has_children),
      yes_no(facts->has_instances),
      yes_no(facts->children_have_instances),
      "NUQI"[facts->change],
      "NQO"[facts->conflict],
      yes_no(facts->is_provider),
  };
  for (size_t i = 0; i < ROWS_COUNT; i++) {
    if (matches(&rows[i], letters)) {
      return &rows[i];
    }
  }
  return NULL; /* cannot be: pac_decision_check is part of the tests */
}

static void add_outcome(struct pac_decision *decision, enum pac_status status, enum pac_effect effect,
                        enum pac_reading reading, const char *option) {
  if (decision->outcome_count < PAC_OUTCOMES_MAX) {
    decision->outcomes[decision->outcome_count] = (struct pac_outcome){status, effect, reading, option};
    decision->outcome_count += 1;
  }
}

static bool has_outcome(const struct pac_decision *decision, enum pac_status status) {
  for (uint32_t i = 0; i < decision->outcome_count; i++) {
    if (decision->outcomes[i].status == status) {
      return true;
    }
  }
  return false;
}

/* C-154: the code that its source names, or that of what is in the way; that of instances the rows have. */
static void decide_key_in_use(const struct pac_facts *facts, struct pac_decision *decision) {
  if (!facts->has_children && !facts->has_instances && !facts->children_have_instances) {
    return;
  }
  add_outcome(decision, PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE, PAC_EFFECT_UNCHANGED, PAC_READING_A_27,
              "key inheritance");
  if (facts->has_children && !has_outcome(decision, PAC_STATUS_CLASS_HAS_CHILDREN)) {
    add_outcome(decision, PAC_STATUS_CLASS_HAS_CHILDREN, PAC_EFFECT_UNCHANGED, PAC_READING_A_27, "class has children");
  }
}

/* K-04 and K-07: fails and stores nothing; another failure code than the preferred one is taken and recorded. Success is
 * tolerated only where the page alone is read, because it says nothing of exclusion. */
static void decide_exclusive(const struct pac_facts *facts, bool is_create_pair, enum pac_profile profile,
                             struct pac_decision *decision) {
  decision->row = is_create_pair ? "K-04" : "K-07";
  decision->clauses[0] = is_create_pair ? PAC_CLAUSE_FLAGS_EXISTENCE_BOTH_REFUSED : PAC_CLAUSE_FLAGS_UPDATE_MODE_BOTH_REFUSED;
  decision->clauses[1] = PAC_CLAUSE_FLAGS_REFUSAL_CHANGES_NOTHING;
  decision->clauses[2] = PAC_CLAUSE_FLAGS_REFUSAL_INVALID_PARAMETER;
  decision->takes_other_codes = true;
  add_outcome(decision, PAC_STATUS_INVALID_PARAMETER, PAC_EFFECT_UNCHANGED, PAC_READING_A_16, "invalid parameter");
  add_outcome(decision, facts->exists ? PAC_STATUS_ALREADY_EXISTS : PAC_STATUS_NOT_FOUND, PAC_EFFECT_UNCHANGED,
              PAC_READING_A_16, "as the existence flag says");
  add_outcome(decision, PAC_STATUS_FAILED, PAC_EFFECT_UNCHANGED, PAC_READING_A_16, "failed");
  add_outcome(decision, PAC_STATUS_NOT_SUPPORTED, PAC_EFFECT_UNCHANGED, PAC_READING_A_16, "not supported");
  add_outcome(decision, PAC_STATUS_INVALID_OPERATION, PAC_EFFECT_UNCHANGED, PAC_READING_A_16, "invalid operation");
  if (profile == PAC_PROFILE_PAGE) {
    add_outcome(decision, PAC_STATUS_NO_ERR, PAC_EFFECT_STORED, PAC_READING_A_16, "accepted");
  }
}

/* Adds what the bits allow beside the outcomes of the row. */
static void decide_bits(const struct pac_facts *facts, uint32_t flags, struct pac_decision *decision) {
  uint32_t contested = 0;
  for (size_t i = 0; i < BITS_ROWS_COUNT; i++) {
    enum pac_reading reading =
        facts->kind == PAC_GENUS_CLASS ? bits_rows[i].class_reading : bits_rows[i].instance_reading;
    if ((flags & bits_rows[i].bits) != 0 && reading != PAC_READING_NONE) {
      contested |= flags & bits_rows[i].bits;
      decision->bits_reading = decision->bits_reading == PAC_READING_NONE ? reading : decision->bits_reading;
    }
  }
  if (contested != 0) {
    snprintf(decision->bits_scope, sizeof decision->bits_scope, "bits 0x%x, %s", (unsigned)contested,
             facts->kind == PAC_GENUS_CLASS ? "class" : "instance");
    add_outcome(decision, PAC_STATUS_INVALID_PARAMETER, PAC_EFFECT_UNCHANGED, decision->bits_reading, "refused");
  }
}

void pac_decide(const struct pac_facts *facts, uint32_t flags, enum pac_profile profile,
                struct pac_decision *decision) {
  *decision = (struct pac_decision){.row = "none", .row_number = ROWS_COUNT};
  const uint32_t create_pair = PAC_FLAG_UPDATE_ONLY | PAC_FLAG_CREATE_ONLY;
  const uint32_t update_pair = PAC_FLAG_UPDATE_SAFE | PAC_FLAG_UPDATE_FORCE;
  if ((flags & create_pair) == create_pair || (flags & update_pair) == update_pair) {
    decide_exclusive(facts, (flags & create_pair) == create_pair, profile, decision);
    return;
  }
  const struct decision_row *row = find_row(facts, flags);
  if (row == NULL) {
    return;
  }
  decision->row = row->id;
  decision->row_number = (uint32_t)(row - rows);
  memcpy(decision->clauses, row->clauses, sizeof decision->clauses);
  for (uint32_t i = 0; i < row->outcome_count; i++) {
    const struct pac_outcome *outcome = &row->outcomes[i];
    add_outcome(decision, outcome->status, outcome->effect, outcome->reading, outcome->option);
  }
  if (facts->kind == PAC_GENUS_CLASS && facts->exists && facts->changes_key) {
    decide_key_in_use(facts, decision);
  }
  decide_bits(facts, flags, decision);
}

/* The next combination of letters; false after the last. */
static bool next_combination(size_t indexes[AXES_COUNT]) {
  for (size_t axis = 0; axis < AXES_COUNT; axis++) {
    indexes[axis] += 1;
    if (axis_letters[axis][indexes[axis]] != '\0') {
      return true;
    }
    indexes[axis] = 0;
  }
  return false;
}

static enum pac_result check_rows(char *why, size_t why_size) {
  size_t indexes[AXES_COUNT] = {0};
  do {
    char letters[AXES_COUNT + 1] = {0};
    for (size_t axis = 0; axis < AXES_COUNT; axis++) {
      letters[axis] = axis_letters[axis][indexes[axis]];
    }
    const struct decision_row *first = NULL;
    for (size_t i = 0; i < ROWS_COUNT; i++) {
      if (!matches(&rows[i], letters)) {
        continue;
      }
      if (first != NULL) {
        snprintf(why, why_size, "%s is matched by %s and by %s", letters, first->id, rows[i].id);
        return PAC_RESULT_BROKEN;
      }
      first = &rows[i];
    }
    if (first == NULL) {
      snprintf(why, why_size, "%s is matched by no row", letters);
      return PAC_RESULT_BROKEN;
    }
  } while (next_combination(indexes));
  return PAC_RESULT_OK;
}

enum pac_result pac_decision_check(char *why, size_t why_size) {
  PAC_TRY(check_rows(why, why_size));
  uint32_t seen = 0;
  for (size_t i = 0; i < BITS_ROWS_COUNT; i++) {
    if ((seen & bits_rows[i].bits) != 0) {
      snprintf(why, why_size, "%s repeats bits 0x%x", bits_rows[i].id, (unsigned)(seen & bits_rows[i].bits));
      return PAC_RESULT_BROKEN;
    }
    seen |= bits_rows[i].bits;
  }
  if (seen != UINT32_MAX) {
    snprintf(why, why_size, "bits 0x%x have no rule", (unsigned)~seen);
    return PAC_RESULT_BROKEN;
  }
  return PAC_RESULT_OK;
}
