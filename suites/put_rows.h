/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The form of row that most suites share: given a state of the namespace, one put is made, and these outcomes are allowed.
 *
 * A suite of such rows is a .def file of
 *
 *     CASE(create_only_put_of_existing_class_fails,
 *          CLAUSES(PAC_CLAUSE_..., PAC_CLAUSE_...),
 *          .put = PUT_CLASS, .exists = true, .create = PAC_CREATE_ONLY,
 *          EXPECT(ALREADY_EXISTS, UNCHANGED))
 *
 * and a .c file of two lines: see create_update.c. The expectation is written down by hand, and run_put_row holds it
 * against the decision table: a case in which the two disagree is broken.
 */
#ifndef PACHECK_SUITES_PUT_ROWS_H
#define PACHECK_SUITES_PUT_ROWS_H

#include "scene.h"

/* What is put. */
enum put_object { PUT_CLASS, PUT_INSTANCE };

/* How the object that is put differs from the one that is stored. */
enum put_change {
  CHANGE_DEFAULT_OF_PROPERTY,    /* another default; for an instance, another value */
  CHANGE_NOTHING,
  CHANGE_DESCRIPTION,            /* the class's Description */
  CHANGE_PROPERTY_DESCRIPTION,   /* the Description of a property */
  CHANGE_METHOD_DESCRIPTION,     /* the Description of the method Polish */
  CHANGE_DESCRIPTION_IN_CAPITALS, /* the class's Description, named DESCRIPTION */
  CHANGE_REMOVES_DESCRIPTION,    /* the class's Description */
  CHANGE_DESCRIPTION_AND_DEFAULT,
  CHANGE_ADDS_PROPERTY,          /* one that no derived class mentions */
  CHANGE_REMOVES_PROPERTY,
  CHANGE_RETYPES_PROPERTY,
  CHANGE_ADDS_KEY,               /* a second key */
  CHANGE_ADDS_INDEX,             /* the qualifier Indexed on a property */
  CHANGE_ADDS_QUALIFIER,         /* a class qualifier that propagates and that no derived class sets */
  CHANGE_ADDS_LOCAL_QUALIFIER,   /* one that does not propagate */
  CHANGE_MAKES_ABSTRACT,
  CHANGE_MAKES_DYNAMIC,
  CHANGE_MAKES_SINGLETON,
  CHANGE_ADDS_METHOD,
  CHANGE_PARENT,                 /* Test_Base, which is stored, becomes its parent */
  CHANGE_REMOVES_QUALIFIERS,     /* Finish, and Unit of Size */
  CHANGE_REMOVES_METHOD,         /* Polish */
  CHANGE_REMOVES_DEFAULT,        /* that of Size is null */
  CHANGE_INHERITED_QUALIFIER,    /* the qualifier Finish, which derived classes take over */
  CHANGE_FIXES_QUALIFIER,        /* nobody may override Finish any more; its value stays */
  CHANGE_AGREES_WITH_QUALIFIER,  /* adds the class qualifier Color with the value that Test_Child has; it propagates */
  CHANGE_AGREES_WITH_LOCAL_QUALIFIER, /* the same, and it does not propagate */
  CHANGE_AGREES_WITH_PROPERTY,   /* adds Extra with the type that Test_Child has, and a default that it has not */
  /* conflicts with Test_Child, when there is one */
  CHANGE_CONTRADICTS_QUALIFIER,       /* adds the class qualifier Color with another value; it propagates */
  CHANGE_CONTRADICTS_LOCAL_QUALIFIER, /* the same, and it does not propagate */
  CHANGE_CONTRADICTS_TYPE,            /* adds Extra with another type */
  CHANGE_CONTRADICTS_ARRAY,           /* adds Extra as an array of its type */
  CHANGE_CONTRADICTS_METHOD,          /* adds Act with another signature */
  CHANGE_CONTRADICTS_FLAVOR,          /* adds Color as a qualifier that nobody may override */
};

#define PUT_OUTCOMES_MAX 12u

struct put_row {
  const char *name;
  enum pac_clause clauses[PAC_CASE_CLAUSES_MAX];
  enum put_object put;
  bool exists;                  /* the class or instance is stored already */
  bool is_respelled;            /* what is put has its name or key in capitals */
  bool has_base;                /* Test_Thing is derived from Test_Base, which is stored */
  bool has_finish;              /* Test_Thing has the qualifier Finish, Unit on Size, the method Polish */
  bool has_child;               /* Test_Child is stored */
  bool child_overrides;         /* with a Finish, a Unit, a default of Size and a Polish of its own */
  bool child_has_default;       /* with a default of Size of its own, and nothing else that overrides */
  bool has_grandchild;          /* and Test_Grandchild below it */
  bool is_conflict_deep;        /* what contradicts stands in Test_Grandchild, not in Test_Child */
  bool has_instances;           /* two instances of Test_Thing */
  bool has_child_instances;     /* one of Test_Child, and one of Test_Grandchild where it is stored */
  bool is_provider;             /* Test_Thing is backed by a provider that accepts */
  enum put_change change;
  enum pac_create_mode create;
  enum pac_update_mode update;
  bool returns_immediately;
  bool is_amended;
  uint32_t other_bits;
  enum pac_clause state_clause; /* violated when a refused put changed something */
  struct pac_outcome outcomes[PUT_OUTCOMES_MAX];
  uint32_t outcome_count;
};

#define CLAUSES(...) .clauses = {__VA_ARGS__}
#define OUTCOME(status, effect) {PAC_STATUS_##status, PAC_EFFECT_##effect, PAC_READING_NONE, NULL}
#define OUTCOME_READ(status, effect, reading, option) \
  {PAC_STATUS_##status, PAC_EFFECT_##effect, PAC_READING_##reading, option}
#define EXPECT_OUTCOMES(...)  \
  .outcomes = {__VA_ARGS__},  \
  .outcome_count = sizeof((const struct pac_outcome[]){__VA_ARGS__}) / sizeof(struct pac_outcome)
#define EXPECT(status, effect) EXPECT_OUTCOMES(OUTCOME(status, effect))

/** Sets the scene, makes the put and has it judged. */
void run_put_row(struct pac_case_run *run);

/** The case of a row. */
enum pac_result put_row_case(const struct put_row *row, const struct pac_suite *suite, struct pac_case *out);

/* Defines the suite `topic` from the rows in <topic>.def, which the including file has expanded into `rows`. */
#define PUT_SUITE(topic, headline)                                                                          \
  static enum pac_result case_at(struct pac_arena *arena, size_t index, struct pac_case *out) {             \
    (void)arena;                                                                                            \
    return put_row_case(&rows[index], &pac_suite_##topic, out);                                             \
  }                                                                                                         \
  const struct pac_suite pac_suite_##topic = {.name = #topic,                                               \
                                              .title = headline,                                            \
                                              .case_count = sizeof rows / sizeof rows[0],                   \
                                              .case_at = case_at,                                           \
                                              .run = run_put_row}
#define CASE(name, ...) {#name, __VA_ARGS__},

#endif
