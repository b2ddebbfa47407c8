/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Heaps: resolving references and keeping the map of taken octets as two bit sets, so that the time it takes grows with
 * the octets and not with the square of the items. What an item means is left to its reader.
 */
#include "encoding/heap.h"

#include "encoding/text.h"

enum pac_result pac_heap_open(struct decoder *decoder, struct span *part, struct heap *heap) {
  uint32_t at = part->at;
  uint32_t length = 0;
  PAC_TRY(read_u32(decoder, part, &length));
  if ((length & 0x80000000u) == 0) {
    PAC_TRY(pac_decoder_soft(decoder, 30, at));
  }
  length &= 0x7FFFFFFFu;
  if (length > span_left(part)) {
    return pac_decoder_reject(decoder, 31, at);
  }
  *heap = (struct heap){
      .content = {part->at, part->at + length},
      .shared_at = HEAP_NO_VIOLATION,
      .overlap_at = HEAP_NO_VIOLATION,
  };
  part->at += length;
  uint32_t words = length / 64 + 1;
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, (uint64_t)words * 2, sizeof(uint64_t), &heap->taken));
  heap->begins = heap->taken + words;
  return PAC_RESULT_OK;
}

static void take(struct heap *heap, uint32_t start, uint32_t end) {
  uint32_t first = start - heap->content.at;
  uint32_t last = end - heap->content.at - 1;
  uint64_t begin_bit = (uint64_t)1 << (first % 64);
  if ((heap->begins[first / 64] & begin_bit) != 0) {
    heap->shared_at = start < heap->shared_at ? start : heap->shared_at;
    return;
  }
  heap->begins[first / 64] |= begin_bit;
  uint64_t clash = 0;
  if (first / 64 == last / 64) {
    /* Most items are short. */
    uint64_t bits = bit_range(first % 64, last % 64);
    clash = heap->taken[first / 64] & bits;
    heap->taken[first / 64] |= bits;
    heap->overlap_at = clash != 0 && start < heap->overlap_at ? start : heap->overlap_at;
    return;
  }
  for (uint32_t word = first / 64; word <= last / 64; word++) {
    uint64_t bits = bit_range(word == first / 64 ? first % 64 : 0, word == last / 64 ? last % 64 : 63);
    clash |= heap->taken[word] & bits;
    heap->taken[word] |= bits;
  }
  if (clash != 0 && start < heap->overlap_at) {
    heap->overlap_at = start;
  }
}

enum pac_result pac_heap_claim(struct decoder *decoder, struct heap *heap, uint32_t start, uint32_t end) {
  if (!heap->is_trial) {
    take(heap, start, end);
    return PAC_RESULT_OK;
  }
  if (heap->aside_count == heap->aside_max) {
    uint32_t room = heap->aside_max == 0 ? 16 : heap->aside_max * 2;
    struct span *grown = NULL;
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, room, sizeof *grown, &grown));
    if (heap->aside_count > 0) {
      memcpy(grown, heap->aside, heap->aside_count * sizeof *grown);
    }
    heap->aside = grown;
    heap->aside_max = room;
  }
  heap->aside[heap->aside_count] = (struct span){start, end};
  heap->aside_count += 1;
  return PAC_RESULT_OK;
}

uint32_t pac_heap_try(struct heap *heap, bool *was_trial) {
  *was_trial = heap->is_trial;
  heap->is_trial = true;
  return heap->aside_count;
}

void pac_heap_tried(struct heap *heap, uint32_t mark, bool was_trial, bool is_kept) {
  heap->is_trial = was_trial;
  if (!is_kept) {
    heap->aside_count = mark;
  } else if (!was_trial) {
    for (uint32_t i = mark; i < heap->aside_count; i++) {
      take(heap, heap->aside[i].at, heap->aside[i].end);
    }
    heap->aside_count = mark;
  }
}

static bool has_gap(const struct heap *heap) {
  uint32_t length = heap->content.end - heap->content.at;
  for (uint32_t word = 0; word < length / 64; word++) {
    if (heap->taken[word] != ~(uint64_t)0) {
      return true;
    }
  }
  return length % 64 != 0 && heap->taken[length / 64] != bit_range(0, length % 64 - 1);
}

enum pac_result pac_heap_close(struct decoder *decoder, struct heap *heap) {
  bool is_overlap_first = heap->overlap_at < heap->shared_at;
  if (is_overlap_first) {
    PAC_TRY(pac_decoder_soft(decoder, 37, heap->overlap_at));
  }
  if (heap->shared_at != HEAP_NO_VIOLATION) {
    PAC_TRY(pac_decoder_soft(decoder, 36, heap->shared_at));
  }
  if (!is_overlap_first && heap->overlap_at != HEAP_NO_VIOLATION) {
    PAC_TRY(pac_decoder_soft(decoder, 37, heap->overlap_at));
  }
  if (has_gap(heap)) {
    pac_decoder_note(decoder, 39, heap->content.at);
  }
  return PAC_RESULT_OK;
}

static enum pac_result locate(struct decoder *decoder, const struct heap *heap, uint32_t ref, uint32_t at,
                              struct span *item) {
  if (ref >= heap->content.end - heap->content.at) {
    return pac_decoder_reject(decoder, 32, at);
  }
  *item = (struct span){heap->content.at + ref, heap->content.end};
  return PAC_RESULT_OK;
}

enum pac_result pac_heap_item(struct decoder *decoder, const struct heap *heap, uint32_t ref, uint32_t at,
                              uint32_t head, struct span *item) {
  if ((ref & WIRE_REF_DICTIONARY) != 0) {
    return pac_decoder_reject(decoder, 34, at);
  }
  PAC_TRY(locate(decoder, heap, ref, at, item));
  return span_left(item) >= head ? PAC_RESULT_OK : pac_decoder_reject(decoder, 33, item->at);
}

enum pac_result pac_heap_text(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                              const char **text) {
  PAC_TRY(count_node(decoder, at));
  if ((ref & WIRE_REF_DICTIONARY) != 0) {
    *text = pac_dictionary_text(ref & ~WIRE_REF_DICTIONARY);
    return *text != NULL ? PAC_RESULT_OK : pac_decoder_reject(decoder, 35, at);
  }
  struct span item;
  PAC_TRY(locate(decoder, heap, ref, at, &item));
  uint32_t start = item.at;
  PAC_TRY(pac_encoded_text_read(decoder, &item, text));
  return pac_heap_claim(decoder, heap, start, item.at);
}

enum pac_result pac_heap_name(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                              const char **name) {
  if (ref == WIRE_REF_NULL) {
    return pac_decoder_reject(decoder, 40, at);
  }
  PAC_TRY(pac_heap_text(decoder, heap, ref, at, name));
  if ((*name)[0] == '\0') {
    PAC_TRY(pac_decoder_soft(decoder, 52, at));
  }
  if ((ref & WIRE_REF_DICTIONARY) == 0 && pac_dictionary_index(*name) >= 0) {
    PAC_TRY(pac_decoder_soft(decoder, 38, heap->content.at + ref));
  }
  return PAC_RESULT_OK;
}
