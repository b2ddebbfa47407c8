/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the contract allows for a put in a state of the namespace, also where the decision table has no say: objects that are
 * not valid, rights, providers, cancel, a lack of memory.
 */
#ifndef PACHECK_PROGRAM_ORACLE_H
#define PACHECK_PROGRAM_ORACLE_H

#include "case/case_run.h"
#include "program/program.h"

#define PAC_ALLOWED_MAX 96u

/** A test provider that a program has set. */
struct pac_program_provider {
  const char *class_name;
  enum pac_provider_kind kind;
  enum pac_status answer;
};

/** The circumstances of a put beside the state of the namespace. */
struct pac_circumstances {
  const struct pac_program_call *call;
  const struct pac_object *object; /* null for none */
  uint32_t rights_most;   /* what the caller could do at some time of the put's life */
  uint32_t rights_least;  /* what he could do all that time */
  bool is_cancelled;      /* while it was open */
  bool is_cancelled_in_time; /* while a provider held it, so that it had no final status */
  bool may_lack_memory;
  bool has_provider_changed; /* while it was open */
  const struct pac_program_provider *providers;
  uint32_t provider_count;
};

/** One allowed outcome. */
struct pac_allowed_outcome {
  enum pac_status status;
  enum pac_effect effect;
  bool is_loose; /* what it leaves of the class is not predictable */
  enum pac_reading reading;
  const char *option;
};

struct pac_allowed {
  enum pac_clause clause; /* that another outcome violates */
  const char *scope;      /* of the readings: the row of the decision table */
  uint32_t row_number;    /* of that row */
  enum pac_reading bits_reading;
  char bits_scope[48];
  bool is_any;            /* any published error besides, with nothing stored */
  bool takes_other_codes; /* the same, and all else is known: flags exclude each other */
  bool must_fail;         /* there is a fault that every reading refuses */
  bool is_full;           /* one more was allowed than there is room for */
  uint64_t refused[(PAC_STATUS_COUNT + 63) / 64]; /* bits: refusals that no reading allows and that are among the outcomes */
  uint32_t count;
  struct pac_allowed_outcome outcomes[PAC_ALLOWED_MAX];
};

/**
 * Says what is allowed, each outcome once.
 *
 * Errors  PAC_RESULT_LIMIT: more than PAC_ALLOWED_MAX outcomes; to judge by some of them would accuse who conforms.
 *         PAC_RESULT_NO_MEMORY and those of the shadow.
 */
enum pac_result pac_oracle_allow(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances,
                                 enum pac_profile profile, struct pac_allowed *allowed);

/**
 * The state that an allowed outcome leads to. *after shares with *before what has not changed; both live as long as their
 * source of memory.
 *
 * Errors  PAC_RESULT_NO_MEMORY and those of the shadow; *after is then of no use.
 */
enum pac_result pac_oracle_apply(const struct pac_shadow *before, const struct pac_object *object,
                                 const struct pac_allowed_outcome *outcome, struct pac_shadow *after);

/** Marks a class as one of which only the presence is known, and all below it; a null name marks none. States that share the
 *  list stay as they are. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_oracle_loosen(struct pac_shadow *shadow, const char *class_name);

/** Adds an outcome that changes nothing. */
void pac_allowed_refuse(struct pac_allowed *allowed, enum pac_status status);
/** Adds a success of which nobody knows what it stores. */
void pac_allowed_store(struct pac_allowed *allowed, enum pac_status status);
/** Adds one of these, and makes it the only choice: a fault that every reading refuses. `clause` is what success violates. */
void pac_allowed_must_refuse(struct pac_allowed *allowed, enum pac_clause clause, const enum pac_status *statuses,
                             uint32_t count);
/** Adds them as a choice. */
void pac_allowed_may_refuse(struct pac_allowed *allowed, const enum pac_status *statuses, uint32_t count);

/* Faults of the object itself: faults_class.c, faults_update.c, faults_instance.c ------------------------------------------ */

/** Adds what is wrong with a class. *is_loose is set when what it stores cannot be foretold. */
enum pac_result pac_faults_of_class(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances,
                                    struct pac_allowed *allowed, bool *is_loose);
/** Adds what an update of a class does to what stands on the stored definition; both are complete ones. As above. */
enum pac_result pac_faults_of_update(const struct pac_shadow *shadow, const struct pac_object *stored,
                                     const struct pac_object *updated, uint32_t flags, struct pac_allowed *allowed,
                                     bool *is_loose);
/** Adds what is wrong with an instance, as above. */
enum pac_result pac_faults_of_instance(const struct pac_shadow *shadow,
                                       const struct pac_circumstances *circumstances, struct pac_allowed *allowed,
                                       bool *is_loose);

/** The rules for one complete definition below its parent (null at the top, or when nobody knows the parent). */
void pac_faults_check_definition(const struct pac_object *complete, const struct pac_object *parent,
                                 struct pac_allowed *allowed);
/** What the class says itself, against the parent as it is stored. */
void pac_faults_check_overrides(const struct pac_object *object, const struct pac_object *parent,
                                struct pac_allowed *allowed);

/** True when a qualifier of the amended flavor was set on the object itself. */
bool pac_faults_has_amended(const struct pac_object *object);
/** True when the class in the shadow, or one below it, is not predictable. */
bool pac_faults_is_loose(const struct pac_shadow *shadow, const char *class_name);
/** The provider of exactly this class; null when there is none. */
const struct pac_program_provider *pac_faults_provider(const struct pac_circumstances *circumstances,
                                                       const char *class_name);

#define PAC_STATUSES(...) \
  (const enum pac_status[]){__VA_ARGS__}, (uint32_t)(sizeof((const enum pac_status[]){__VA_ARGS__}) / sizeof(enum pac_status))

/* The codes of A-27, beside those for instances: no text names the code for a conflict with a derived class. */
#define PAC_CONFLICT_STATUSES                                                                       \
  PAC_STATUS_CLASS_HAS_CHILDREN, PAC_STATUS_UPDATE_TYPE_MISMATCH, PAC_STATUS_UPDATE_OVERRIDE_NOT_ALLOWED, \
      PAC_STATUS_UPDATE_PROPAGATED_METHOD, PAC_STATUS_OVERRIDE_NOT_ALLOWED, PAC_STATUS_PROPAGATED_METHOD

#endif
