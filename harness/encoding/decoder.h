/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The state of one decoding: the container, its profile, its budgets, where it stands and what it has found.
 *
 * Every reader takes a span, the innermost region around the field, and never looks past its end. A reader that
 * answers anything but PAC_RESULT_OK has ended the decoding, unless a trial is under way (slots.c).
 */
#ifndef PACHECK_ENCODING_DECODER_H
#define PACHECK_ENCODING_DECODER_H

#include <string.h>

#include "encoding/wire.h"
#include "pacheck/encoding.h"

/* A half-open range of the container. */
struct span {
  uint32_t at;
  uint32_t end;
};

/* One step of the path to the field being read; lives on the stack of its reader. */
struct frame {
  const struct frame *up;
  const char *word;
  const char *name; /* null: no name known */
  int64_t index;    /* negative: none */
};

struct heap;

struct decoder {
  const uint8_t *octets;
  uint32_t size;
  bool is_strict;
  struct pac_decoding *report;
  struct pac_arena *tree;  /* wire structures */
  struct pac_arena *texts; /* text and array elements: what an object of the model may keep */
  uint64_t memory_left;
  uint64_t nodes_left;
  uint64_t text_left; /* octets of text that may still be read */
  char *text_next;    /* the text being filled */
  size_t text_room;
  uint32_t repeats_left;
  uint32_t depth; /* of object blocks */
  uint32_t trials;
  unsigned rejected_rule;
  const struct frame *frame;
};

/** Starts decoding `size` octets. Errors: PAC_RESULT_LIMIT (V-132). */
enum pac_result pac_decoder_init(struct decoder *decoder, const void *octets, size_t size, struct pac_decoding *report,
                                 struct pac_arena *tree, struct pac_arena *texts);

/* Judging. Each answers how to go on. */

/** A rule of class F is broken at `offset`. Answers PAC_RESULT_MALFORMED, or PAC_RESULT_LIMIT for V-130 to V-132. */
enum pac_result pac_decoder_reject(struct decoder *decoder, unsigned rule, uint32_t offset);
/** A rule of class S is broken: a rejection under the strict profile and in a trial, PAC_RESULT_OK otherwise. */
enum pac_result pac_decoder_soft(struct decoder *decoder, unsigned rule, uint32_t offset);
/** The same for a member with the name of another. Errors: V-131 too. */
enum pac_result pac_decoder_repeat(struct decoder *decoder, unsigned rule, uint32_t offset);
/** A rule of class N is broken. */
void pac_decoder_note(struct decoder *decoder, unsigned rule, uint32_t offset);
/** A limit of the object model is exceeded at `offset`: PAC_RESULT_LIMIT without a rule. */
enum pac_result pac_decoder_limit(struct decoder *decoder, const char *sentence, uint32_t offset);

/* A trial: reading that may fail without ending the decoding. */
struct trial {
  const struct frame *frame;
  uint32_t depth;
  uint32_t findings_count;
  uint32_t findings_total;
  uint64_t rules_found[PAC_RULE_NUMBERS_MAX / 64];
};

void pac_decoder_try(struct decoder *decoder, struct trial *trial);
/** Ends the trial. `result` is what it came to; true when it failed in a way that it may: notes are then forgotten. */
bool pac_decoder_tried(struct decoder *decoder, const struct trial *trial, enum pac_result result);

/* Memory for the tree and for texts, zeroed, charged to the budget. */
enum pac_result pac_decoder_allocate(struct decoder *decoder, struct pac_arena *arena, uint64_t count, size_t size,
                                     void *given);
/** Room for text of at most `size` octets; pac_decoder_keep_text takes what was used. */
enum pac_result pac_decoder_text_room(struct decoder *decoder, size_t size, char **room);

static inline void pac_decoder_keep_text(struct decoder *decoder, size_t used) {
  decoder->text_next += used;
  decoder->text_room -= used;
}

/* Path */

static inline void frame_push(struct decoder *decoder, struct frame *frame, const char *word, const char *name,
                              int64_t index) {
  *frame = (struct frame){decoder->frame, word, name, index};
  decoder->frame = frame;
}

static inline void frame_pop(struct decoder *decoder) {
  decoder->frame = decoder->frame->up;
}

/* Fields */

static inline uint32_t span_left(const struct span *span) {
  return span->end - span->at;
}

static inline uint16_t octets_u16(const uint8_t *octets) {
  return (uint16_t)(octets[0] | octets[1] << 8);
}

static inline uint32_t octets_u32(const uint8_t *octets) {
  return octets[0] | (uint32_t)octets[1] << 8 | (uint32_t)octets[2] << 16 | (uint32_t)octets[3] << 24;
}

static inline uint64_t octets_u64(const uint8_t *octets) {
  return octets_u32(octets) | (uint64_t)octets_u32(octets + 4) << 32;
}

static inline enum pac_result read_u8(struct decoder *decoder, struct span *span, uint8_t *value) {
  if (span_left(span) < 1) {
    return pac_decoder_reject(decoder, 3, span->at);
  }
  *value = decoder->octets[span->at];
  span->at += 1;
  return PAC_RESULT_OK;
}

static inline enum pac_result read_u16(struct decoder *decoder, struct span *span, uint16_t *value) {
  if (span_left(span) < 2) {
    return pac_decoder_reject(decoder, 3, span->at);
  }
  *value = octets_u16(decoder->octets + span->at);
  span->at += 2;
  return PAC_RESULT_OK;
}

static inline enum pac_result read_u32(struct decoder *decoder, struct span *span, uint32_t *value) {
  if (span_left(span) < 4) {
    return pac_decoder_reject(decoder, 3, span->at);
  }
  *value = octets_u32(decoder->octets + span->at);
  span->at += 4;
  return PAC_RESULT_OK;
}

/** The bits first..last of a word. */
static inline uint64_t bit_range(uint32_t first, uint32_t last) {
  return (~(uint64_t)0 >> (63 - (last - first))) << first;
}

/** Counts one node. */
static inline enum pac_result count_node(struct decoder *decoder, uint32_t offset) {
  if (decoder->nodes_left == 0) {
    return pac_decoder_reject(decoder, 131, offset);
  }
  decoder->nodes_left -= 1;
  return PAC_RESULT_OK;
}

/** Counts `count` nodes at once. */
enum pac_result pac_decoder_count_nodes(struct decoder *decoder, uint64_t count, uint32_t offset);

/**
 * Reads the length of a counted part that begins at span->at and counts itself, and opens the part.
 *
 * Errors  V-003 no room for the length, V-007 below `least`, V-006 past the span. The span is moved behind the part.
 */
enum pac_result pac_decoder_open(struct decoder *decoder, struct span *span, uint64_t least, struct span *part);

#endif
