/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A heap of an encoding, the references into it, and the map of its octets that are taken.
 *
 * Every item that is read claims its octets. Two items that begin at the same octet are one item named twice (V-036),
 * two that share others overlap (V-037), octets of none are a gap (V-039). Claims made during a trial are kept aside
 * until it has succeeded.
 */
#ifndef PACHECK_ENCODING_HEAP_H
#define PACHECK_ENCODING_HEAP_H

#include "encoding/decoder.h"

#define WIRE_REF_NULL 0xFFFFFFFFu
#define WIRE_REF_DICTIONARY 0x80000000u

#define HEAP_NO_VIOLATION 0xFFFFFFFFu

struct heap {
  struct span content;
  uint64_t *taken;  /* a bit an octet */
  uint64_t *begins; /* a bit an octet: an item begins here */
  uint32_t shared_at;
  uint32_t overlap_at;
  bool is_trial;
  struct span *aside; /* claims of the trial */
  uint32_t aside_count;
  uint32_t aside_max;
};

/** Reads HeapLength and the content from `part`. Errors: V-003, V-030 (S), V-031. */
enum pac_result pac_heap_open(struct decoder *decoder, struct span *part, struct heap *heap);

/** Claims an item. Errors: PAC_RESULT_NO_MEMORY, V-131, both in a trial only. */
enum pac_result pac_heap_claim(struct decoder *decoder, struct heap *heap, uint32_t start, uint32_t end);

/** Begins and ends a trial; its claims count from `mark` on when `is_kept`. */
uint32_t pac_heap_try(struct heap *heap, bool *was_trial);
void pac_heap_tried(struct heap *heap, uint32_t mark, bool was_trial, bool is_kept);

/** Judges the map when every item has been read. Errors: V-036 (S), V-037 (S). Notes V-039. */
enum pac_result pac_heap_close(struct decoder *decoder, struct heap *heap);

/**
 * Opens the item that a reference names, NULL having been dealt with. `at` is where the reference stands.
 *
 * Errors  V-034, V-032, V-033 when fewer than `head` octets are there.
 */
enum pac_result pac_heap_item(struct decoder *decoder, const struct heap *heap, uint32_t ref, uint32_t at,
                              uint32_t head, struct span *item);

/** Reads the string that a reference other than NULL names. Errors: V-032, V-035, those of pac_encoded_text_read. */
enum pac_result pac_heap_text(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                              const char **text);

/** The same for a name, which may be neither NULL (V-040) nor empty (V-052, S) nor a spelt dictionary word (V-038, S). */
enum pac_result pac_heap_name(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                              const char **name);

#endif
