/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A program: classes and instances, and a list of calls that put them, as data.
 *
 * It has three forms. In memory it is this struct. As octets any input at all is a program, so that a fuzz engine cannot
 * write a wrong one (program_bytes.c). As text it is a `.put` file: objects in MOF, then one call a line (program_text.c,
 * PROGRAMS.md). Each form turns into each other one without loss.
 *
 * Objects are snapshots in a table; a class that is changed and put again stands in the table twice. Every object is what
 * its base (the parent of a class, the class of an instance: an earlier row of the table) gives it, and what it states
 * itself.
 *
 * Rules that every program keeps: a base stands before what is made from it; a sink that serves more than one put gives
 * each a different async context that is not empty, so that every event tells which put it belongs to.
 */
#ifndef PACHECK_PROGRAM_H
#define PACHECK_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/adapter.h"
#include "pacheck/memory.h"
#include "pacheck/named_values.h"
#include "pacheck/object.h"
#include "program/instruction.h"

#define PAC_PROGRAM_EXPECTED_MAX 40u
#define PAC_PROGRAM_STEPS_MAX 1000u
#define PAC_PROGRAM_NONE UINT32_MAX /* no object, no base, no sink */

/* enumerator, word of the text form, features of the adapter that it needs */
#define PAC_PROGRAM_OP_MAP(X)                        \
  X(PUT, "put", 0)                                   \
  X(STEP, "step", 0)                                 \
  X(DRAIN, "drain", 0)                               \
  X(CHECK, "check", 0)                               \
  X(CONNECT, "connect", 0)                           \
  X(CANCEL, "cancel", PAC_FEATURE_CANCEL)            \
  X(RIGHTS, "rights", PAC_FEATURE_RIGHTS)            \
  X(FAIL, "fail", PAC_FEATURE_ALLOCATION)            \
  X(PROVIDER, "provider", PAC_FEATURE_PROVIDER)

enum pac_program_op {
#define PAC_PROGRAM_ENUMERATOR(name, word, features) PAC_PROGRAM_##name,
  PAC_PROGRAM_OP_MAP(PAC_PROGRAM_ENUMERATOR)
#undef PAC_PROGRAM_ENUMERATOR
  PAC_PROGRAM_OP_COUNT
};

/** A row of the table of objects. */
struct pac_program_object {
  struct pac_object *object;
  uint32_t base;     /* the parent of a class, the class of an instance; NONE for a class at the top */
  const char *label; /* the alias of the text form; null when it has none. No part of what the program means */
};

/** One call. What an operation does not use is 0, and null or NONE where that is a value. */
struct pac_program_call {
  enum pac_program_op op;
  uint32_t space;  /* which connection: 0 is there from the start, CONNECT makes further ones */
  uint32_t object; /* PUT; NONE puts null */
  uint32_t sink;   /* PUT, CANCEL; NONE is the null sink */
  uint32_t flags;  /* PUT */
  const struct pac_named_values *context;       /* PUT; null for none */
  const struct pac_named_values *async_context; /* PUT; null for none */
  uint32_t number; /* STEP: how many; RIGHTS: the mask; FAIL: the nth allocation; PROVIDER: progress reports */
  const char *class_name;              /* PROVIDER */
  enum pac_provider_kind provider;     /* PROVIDER */
  enum pac_status answer;              /* PROVIDER that answers */
  uint32_t expected_count;             /* PUT: what the text form says after `expect`; 0 when it says nothing */
  const enum pac_status *expected;
  uint32_t line; /* of the text form; 0 for none. No part of what the program means */
};

struct pac_program {
  struct pac_arena *arena; /* all of it lives here */
  struct pac_memory memory; /* of the arena */
  uint32_t object_count;
  struct pac_program_object objects[PAC_PROGRAM_OBJECTS_MAX];
  uint32_t call_count;
  struct pac_program_call calls[PAC_PROGRAM_CALLS_MAX];
};

/* Life cycle: program.c -------------------------------------------------------------------------------------------- */

/** Makes an empty program; it is given. `memory` null means malloc. */
enum pac_result pac_program_new(const struct pac_memory *memory, struct pac_program **given);
void pac_program_free(struct pac_program *program);
enum pac_result pac_program_clone(const struct pac_memory *memory, const struct pac_program *program,
                                  struct pac_program **given);

/**
 * Adds a row. `object` is taken when it was made with program->memory, which is what every maker of programs does.
 *
 * Errors  PAC_RESULT_LIMIT; PAC_RESULT_INVALID_ARGUMENT (a base that is not there).
 */
enum pac_result pac_program_add_object(struct pac_program *program, struct pac_object *object, uint32_t base,
                                       uint32_t *index);
/** Adds a call after the last one. Errors: PAC_RESULT_LIMIT, PAC_RESULT_INVALID_ARGUMENT (names what is not there). */
enum pac_result pac_program_add_call(struct pac_program *program, const struct pac_program_call *call);

/** An empty call: nothing named. */
struct pac_program_call pac_program_call_of(enum pac_program_op op);

/** The word of an operation in the text form. */
const char *pac_program_op_word(enum pac_program_op op);

/** True when both mean the same: labels and lines do not count. */
bool pac_program_equal(const struct pac_program *left, const struct pac_program *right);

/**
 * Gives an async context of its own to every put that shares its sink and has none, or that of another. Errors:
 * PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_program_tell_apart(struct pac_program *program);
/** The index of the first put whose events could not be told from another's; NONE when there is none. */
uint32_t pac_program_indistinct(const struct pac_program *program);

/** Takes away the calls that an adapter with these features cannot do, and then also what is expected, which is of the whole
 *  program; gives how many. */
uint32_t pac_program_restrict(struct pac_program *program, uint32_t features);

/** Sets 0x10 in the puts of a connection while a provider of it holds puts: without the bit the call may block until the put is
 *  complete, and the provider lets go only by a later call. For programs that no author wrote. */
void pac_program_keep_returning(struct pac_program *program);
/** How many puts may block for that reason: what keep_returning would change. */
uint32_t pac_program_blocking_count(const struct pac_program *program);
/** The features that its calls need. */
uint32_t pac_program_features(const struct pac_program *program);
/** Takes away the objects that no call and no other object uses. */
void pac_program_drop_unused(struct pac_program *program);

/** Marks the rows that stand in a value of another object or of a context. */
void pac_program_mark_embedded(const struct pac_program *program, bool is_embedded[PAC_PROGRAM_OBJECTS_MAX]);

/** True when a qualifier was set here and is shown in the text form; CIMTYPE of a property is not. */
bool pac_program_is_own_qualifier(const struct pac_qualifier *qualifier, bool is_of_property);
/** True when the object itself says something about the property, as opposed to what its base says. */
bool pac_program_is_own_property(const struct pac_object *object, const struct pac_property *property);

/* As octets: program_bytes.c, program_encode.c ------------------------------------------------------------------------ */

/** Decodes any octets. Errors: PAC_RESULT_NO_MEMORY and no other. */
enum pac_result pac_program_decode(const struct pac_memory *memory, const uint8_t *data, size_t size,
                                   struct pac_program **given);

/**
 * Encodes a program so that decoding gives an equal one; what `expect` says is left out.
 *
 * Shape   as snprintf: *size is what is needed; at most `capacity` octets are written.
 * Errors  PAC_RESULT_LIMIT: it has more texts, values or instructions than the form can hold, or a property whose value
 *         holds more objects. PAC_RESULT_UNSUPPORTED: an object is not made from its base in a way the form can say.
 */
enum pac_result pac_program_encode(const struct pac_program *program, uint8_t *octets, size_t capacity, size_t *size);

/* As text: program_text.c, program_print.c, mof.h --------------------------------------------------------------------- */

#define PAC_PROGRAM_TEXT_OCTETS_MAX (1u << 20)

/**
 * Parses a `.put` file. Errors: PAC_RESULT_MALFORMED with one sentence in `why` that begins with the line,
 * PAC_RESULT_LIMIT likewise, PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_program_parse(const struct pac_memory *memory, const char *text, size_t length,
                                  struct pac_program **given, char *why, size_t why_size);

/** Prints a program as a `.put` file. As snprintf. */
size_t pac_program_print(const struct pac_program *program, char *buffer, size_t size);

/* Random programs: program_random.c ------------------------------------------------------------------------------------ */

/** Makes a program of `calls` calls, at most PAC_PROGRAM_CALLS_MAX, the same for the same seed; it is given. Errors:
 *  PAC_RESULT_NO_MEMORY. */
enum pac_result pac_program_random(const struct pac_memory *memory, uint64_t seed, uint32_t calls,
                                   struct pac_program **given);
/** The same without a scene at the beginning: every call is of chance. */
enum pac_result pac_program_of_chance(const struct pac_memory *memory, uint64_t seed, uint32_t calls,
                                      struct pac_program **given);

#endif
