/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The binary forms that PutAsync meets: an encoded object (one encoding unit), an object array, a context buffer.
 *
 * Decoding judges octets under one of two profiles and builds the object model from them. The strict profile rejects
 * what breaks a rule of class F or S and is for judging encoders; the tolerant one rejects only class F, goes on
 * wherever memory safety allows, and lists the S rules that were broken. Notes (class N) are listed under both.
 * Rules, layouts and decode order: harness/encoding/ENCODINGS.md.
 *
 * Any octets may be given. Work and memory are bounded by the size of the container, see the limits below.
 * Encoding writes the canonical form: one object has exactly one encoding.
 */
#ifndef PACHECK_ENCODING_H
#define PACHECK_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/memory.h"
#include "pacheck/named_values.h"
#include "pacheck/object.h"
#include "pacheck/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Limits. Beyond one of them decoding and encoding answer PAC_RESULT_LIMIT. */
#define PAC_ENCODING_OCTETS_MAX (16u << 20)   /* one container: V-132 */
#define PAC_ENCODING_NESTING_MAX 16u          /* object blocks in each other, the outermost is 1: V-130 */
#define PAC_ENCODING_NODES_PER_OCTET 4u       /* visited nodes, and octets of text read, per octet of the container... */
#define PAC_ENCODING_NODES_EXTRA 1024u        /* ...plus these: V-131 */
#define PAC_ENCODING_MEMORY_PER_OCTET 256u    /* octets allocated per octet of the container... */
#define PAC_ENCODING_MEMORY_EXTRA 65536u      /* ...plus these: V-131 */
#define PAC_ENCODING_REPEATS_MAX 4096u        /* members with the name of another, in the whole container: V-131 */

enum pac_encoding_kind { PAC_ENCODING_UNIT, PAC_ENCODING_OBJECT_ARRAY, PAC_ENCODING_CONTEXT };
enum pac_encoding_profile { PAC_ENCODING_STRICT, PAC_ENCODING_TOLERANT };

/** Tells the kind of a container from its first octets; a context when it starts like neither of the others. */
enum pac_encoding_kind pac_encoding_recognise(const void *octets, size_t size);

/* Rules ----------------------------------------------------------------------------------------------------------- */

enum pac_rule_class { PAC_RULE_FATAL, PAC_RULE_STRICT, PAC_RULE_NOTE };

/** One validity rule: V-`number`. */
struct pac_rule {
  unsigned number;
  enum pac_rule_class rule_class;
  const char *sentence;
};

#define PAC_RULE_NUMBERS_MAX 192u /* every rule number is below */

/** All rules, ordered by number. */
const struct pac_rule *pac_rules(size_t *count);
/** Null when there is no rule of that number. */
const struct pac_rule *pac_rule_find(unsigned number);

/* Judgement ------------------------------------------------------------------------------------------------------- */

#define PAC_ENCODING_PATH_OCTETS_MAX 160u

/** Where a rule was broken. */
struct pac_encoding_finding {
  unsigned rule;    /* 0: a limit of the object model, no rule of the encoding */
  bool is_note;     /* accepted by both profiles */
  uint32_t offset;  /* from the first octet of the container */
  char path[PAC_ENCODING_PATH_OCTETS_MAX]; /* in the structure, such as "current.property[Id].qualifier[key]" */
  const char *sentence; /* the rule's; lives for ever */
};

/**
 * How to decode, and what was found. The first three members are set by the caller, the others by every decoding.
 *
 * A null pointer in place of it means strict, nothing listed.
 */
struct pac_decoding {
  enum pac_encoding_profile profile;
  struct pac_encoding_finding *findings; /* room for the notes and tolerated violations; may be null */
  uint32_t findings_max;

  uint32_t findings_count;                             /* filled, at most findings_max */
  uint32_t findings_total;                             /* found */
  uint64_t rules_found[PAC_RULE_NUMBERS_MAX / 64];     /* one bit a rule, also of those not listed */
  struct pac_encoding_finding rejection;                        /* the rule that ended it; rule and sentence 0 when accepted */
};

/** True when the decoding listed or would have listed that rule. */
bool pac_decoding_found(const struct pac_decoding *decoding, unsigned rule);

/* Octets ---------------------------------------------------------------------------------------------------------- */

/** Encoded octets, given by an encoder. */
struct pac_octets {
  uint8_t *data;
  size_t size;
};

/** Frees what an encoder gave; `memory` is the source that it was given. Null data is allowed. */
void pac_octets_free(const struct pac_memory *memory, struct pac_octets *octets);

/* One object ------------------------------------------------------------------------------------------------------ */

/**
 * Decodes an encoding unit.
 *
 * An instance comes with its class as the encoding carries it: without methods and without the parent's definition.
 * Where one object has two properties, qualifiers or methods of one name (tolerant profile), both are kept and a search
 * by name finds the first.
 *
 * Errors  PAC_RESULT_MALFORMED: decoding->rejection has the rule. PAC_RESULT_LIMIT: the same, the rule being V-130 to
 *         V-132, or 0 for a limit of the object model (object.h). PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_unit_decode(const struct pac_memory *memory, const void *octets, size_t size,
                                struct pac_decoding *decoding, struct pac_object **given);

/** Says whether a put may carry the decoded object (V-015): it is no prototype of a query's result. */
bool pac_unit_is_for_put(const struct pac_object *object);

enum pac_encode_option {
  PAC_ENCODE_CANONICAL = 0,
  PAC_ENCODE_DICTIONARY_VALUES = 1, /* use the dictionary for values too, not for names only */
};

/**
 * Encodes an object as an encoding unit.
 *
 * Not everything that the object model holds has an encoding: see harness/encoding/ENCODINGS.md, section 23.
 *
 * Errors  PAC_RESULT_UNSUPPORTED (an unnamed class), PAC_RESULT_LIMIT, PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_unit_encode(const struct pac_memory *memory, const struct pac_object *object, unsigned options,
                                struct pac_octets *given);

/* Object array ---------------------------------------------------------------------------------------------------- */

#define PAC_CLASS_ID_OCTETS 16u

enum pac_array_object_type {
  PAC_ARRAY_CLASS = 1,
  PAC_ARRAY_INSTANCE = 2,
  PAC_ARRAY_INSTANCE_NO_CLASS = 3, /* its class came earlier under the same class id */
};

/** One object of an array. */
struct pac_array_object {
  enum pac_array_object_type type;
  uint8_t class_id[PAC_CLASS_ID_OCTETS]; /* zero for a class */
  const struct pac_object *object;
};

enum pac_packet_type { PAC_PACKET_INDICATE = 0, PAC_PACKET_NEXT = 1 };

struct pac_object_array;

/** The classes that the arrays of one call have sent so far. */
struct pac_class_table;

enum pac_result pac_class_table_new(const struct pac_memory *memory, struct pac_class_table **given);
void pac_class_table_free(struct pac_class_table *table);

/**
 * Decodes an object array. `classes` may be null: then only classes sent in this array are known. A rejected array adds
 * nothing to it.
 *
 * Errors  as pac_unit_decode.
 */
enum pac_result pac_object_array_decode(const struct pac_memory *memory, const void *octets, size_t size,
                                        struct pac_decoding *decoding, struct pac_class_table *classes,
                                        struct pac_object_array **given);
void pac_object_array_free(struct pac_object_array *array);
uint8_t pac_object_array_packet_type(const struct pac_object_array *array);
uint32_t pac_object_array_count(const struct pac_object_array *array);
/** Borrowed from the array; null past the end. */
const struct pac_array_object *pac_object_array_at(const struct pac_object_array *array, uint32_t index);

/**
 * Encodes objects as an array. The types are written as stated; the caller keeps to V-158.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a type that does not go with the object), those of pac_unit_encode.
 */
enum pac_result pac_object_array_encode(const struct pac_memory *memory, const struct pac_array_object *objects,
                                        uint32_t count, enum pac_packet_type packet_type, unsigned options,
                                        struct pac_octets *given);

/* Context buffer -------------------------------------------------------------------------------------------------- */

#define PAC_CONTEXT_GUID_OCTETS 16u

/**
 * Decodes a context buffer into a named value set. A name that repeats (tolerant profile) takes its last value; text is
 * cut at a NUL inside it.
 *
 * Errors  as pac_unit_decode.
 */
enum pac_result pac_context_decode(const struct pac_memory *memory, const void *octets, size_t size,
                                   struct pac_decoding *decoding, struct pac_named_values **given);

/**
 * Encodes a named value set. `guid` may be null: zeros. A null of any type is written as VT_NULL and comes back without
 * type.
 *
 * Errors  PAC_RESULT_UNSUPPORTED: a type that a context cannot hold (sint64, uint64, char16, datetime, reference), a
 *         null array element. Others as pac_unit_encode.
 */
enum pac_result pac_context_encode(const struct pac_memory *memory, const struct pac_named_values *values,
                                   const uint8_t guid[PAC_CONTEXT_GUID_OCTETS], unsigned options,
                                   struct pac_octets *given);

#ifdef __cplusplus
}
#endif
#endif
