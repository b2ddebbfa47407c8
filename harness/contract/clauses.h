/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The clauses of the contract: what a suite checks, one sentence each.
 *
 * The rows stand in clauses.def and nowhere else; CONTRACT.md, section 8, is the same list for readers. A clause has a
 * dotted id, which code and reports use, and a number, under which the manual lists it (`C-053`). The texts live as
 * long as the program.
 */
#ifndef PACHECK_CONTRACT_CLAUSES_H
#define PACHECK_CONTRACT_CLAUSES_H

#include <stdint.h>

#include "pacheck/result.h"

/* The enumerator of C-nnn has the value nnn, because the rows stand in the order of their numbers. */
enum pac_clause {
  PAC_CLAUSE_NONE,
#define CLAUSE(name, id, number, strength, topic, statement, source, reason) PAC_CLAUSE_##name,
#include "contract/clauses.def"
#undef CLAUSE
  PAC_CLAUSE_COUNT /* one past the last clause */
};

/* enumerator, word, what stands behind a clause of this strength */
#define PAC_STRENGTH_MAP(X)                                             \
  X(SEED, "seed", "the PutAsync page says it")                          \
  X(PAGE, "page", "another published page, specification or file says it") \
  X(INFER, "infer", "it follows from what is said")

enum pac_strength {
#define PAC_STRENGTH_ENUMERATOR(name, word, text) PAC_STRENGTH_##name,
  PAC_STRENGTH_MAP(PAC_STRENGTH_ENUMERATOR)
#undef PAC_STRENGTH_ENUMERATOR
  PAC_STRENGTH_COUNT
};

/* enumerator, word, title: the sections of CONTRACT.md, section 8, in their order */
#define PAC_TOPIC_MAP(X)                                                         \
  X(CALL_SURFACE, "call_surface", "Call surface and IDispatch")                  \
  X(RETURN_MODE, "return_mode", "Return mode (0x10 and 0)")                      \
  X(CREATE_UPDATE, "create_update", "Create, update, overwrite (0, 1, 2)")       \
  X(UPDATE_COMPATIBLE, "update_compatible", "Class update: compatible mode (0)") \
  X(UPDATE_SAFE, "update_safe", "Class update: safe mode (0x20)")                \
  X(UPDATE_FORCE, "update_force", "Class update: force mode (0x40)")             \
  X(AMENDED_QUALIFIERS, "amended_qualifiers", "Amended qualifiers (0x20000)")    \
  X(FLAG_COMBINATIONS, "flag_combinations", "Flag combinations and other bits")  \
  X(CLASS_RULES, "class_rules", "Rules for class objects")                       \
  X(INSTANCE_RULES, "instance_rules", "Rules for instances")                     \
  X(PROVIDER_CONTEXT, "provider_context", "Named value set as provider context") \
  X(PUT_EXTENSIONS, "put_extensions", "Put extensions (partial update)")         \
  X(ASYNC_CONTEXT, "async_context", "Asynchronous context")                      \
  X(NAMED_VALUE_SET, "named_value_set", "The named value set object")            \
  X(OBJECT_PUT, "object_put", "Event OnObjectPut")                               \
  X(COMPLETED, "completed", "Event OnCompleted")                                 \
  X(READY_AND_PROGRESS, "ready_and_progress", "Events OnObjectReady and OnProgress") \
  X(ORDER, "order", "Order, exactly once, lifetime")                             \
  X(CANCEL, "cancel", "Cancel")                                                  \
  X(DELIVERED_PATH, "delivered_path", "The delivered path")                      \
  X(PAGE_ERRORS, "page_errors", "Errors of the page's list")                     \
  X(OTHER_ERRORS, "other_errors", "Other published errors")                      \
  X(ERROR_OBJECT, "error_object", "Error object")                                \
  X(CALLBACK_SECURITY, "callback_security", "Security of callbacks")

enum pac_topic {
#define PAC_TOPIC_ENUMERATOR(name, word, title) PAC_TOPIC_##name,
  PAC_TOPIC_MAP(PAC_TOPIC_ENUMERATOR)
#undef PAC_TOPIC_ENUMERATOR
  PAC_TOPIC_COUNT
};

/** One clause, in words. */
struct pac_clause_text {
  const char *id;             /* "put_async.create.create_only_existing_class_fails" */
  uint32_t number;            /* 60, printed as C-060 */
  enum pac_strength strength; /* who says it */
  enum pac_topic topic;
  const char *statement;
  const char *source; /* short names of CONTRACT.md, section 10 */
  const char *reason; /* why no case can decide it through the adapter interface; null when one can */
};

/** The words of a clause; null for PAC_CLAUSE_NONE and for a value that is no clause. */
const struct pac_clause_text *pac_clause_at(enum pac_clause clause);

/**
 * Finds a clause by its dotted id or by its published name (`C-053`, `c-53`).
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a null pointer), PAC_RESULT_NOT_FOUND.
 */
enum pac_result pac_clause_find(const char *word, enum pac_clause *clause);

/** The word of a topic, such as "create_update"; never null. */
const char *pac_topic_word(enum pac_topic topic);

/** The heading of a topic in the manual, such as "Create, update, overwrite (0, 1, 2)"; never null. */
const char *pac_topic_title(enum pac_topic topic);

/** The word of a strength: "seed", "page" or "infer"; never null. */
const char *pac_strength_word(enum pac_strength strength);

/** Who stands behind a clause of this strength, a sentence part; never null. */
const char *pac_strength_text(enum pac_strength strength);

#endif
