/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Qualifier sets. They stand before the heap that they refer to, so the shape of a set is checked where it stands and
 * its names and values are read once the heap is known.
 */
#include "encoding/name_set.h"
#include "encoding/parts.h"
#include "encoding/text.h"

#define QUALIFIER_HEAD_OCTETS 9u /* name, flavor, type */
#define NAMES_COMPARED_MAX 16u   /* in a larger set equal names are looked for in a name_set */

static unsigned slot_width(uint32_t type_word) {
  return (type_word & WIRE_TYPE_ARRAY) != 0 ? 4 : pac_type_width(type_word & 0xFFu);
}

static enum pac_result scan_qualifier(struct decoder *decoder, struct span *set) {
  uint32_t start = set->at;
  PAC_TRY(count_node(decoder, start));
  if (span_left(set) < QUALIFIER_HEAD_OCTETS) {
    return pac_decoder_reject(decoder, 9, start);
  }
  uint32_t type_word = octets_u32(decoder->octets + start + 5);
  unsigned width = slot_width(type_word);
  if (pac_type_width(type_word & 0xFFu) == 0) {
    return pac_decoder_reject(decoder, 80, start + 5);
  }
  if ((type_word & 0xDF00u) != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 81, start + 5));
  }
  if (type_word >> 16 != 0) {
    pac_decoder_note(decoder, 64, start + 5);
  }
  if ((decoder->octets[start + 4] & 0x0Cu) != 0) {
    pac_decoder_note(decoder, 82, start + 4);
  }
  if (span_left(set) - QUALIFIER_HEAD_OCTETS < width) {
    return pac_decoder_reject(decoder, 9, start);
  }
  set->at += QUALIFIER_HEAD_OCTETS + width;
  return PAC_RESULT_OK;
}

enum pac_result pac_qualifiers_scan(struct decoder *decoder, struct span *span, struct wire_qualifiers *set) {
  struct span content;
  *set = (struct wire_qualifiers){.offset = span->at};
  PAC_TRY(pac_decoder_open(decoder, span, 4, &content));
  while (content.at < content.end) {
    PAC_TRY(scan_qualifier(decoder, &content));
    set->count += 1;
  }
  return PAC_RESULT_OK;
}

static enum pac_result judge_repeats(struct decoder *decoder, const struct wire_qualifiers *set) {
  struct name_set names = {.is_folded = true};
  for (uint32_t i = 1; i < set->count; i++) {
    uint32_t earlier = NAME_SET_NEW;
    if (set->count > NAMES_COMPARED_MAX) {
      if (i == 1) {
        PAC_TRY(pac_name_set_add(decoder, &names, set->items[0].name, (uint32_t)strlen(set->items[0].name), 0,
                                 &earlier));
      }
      PAC_TRY(pac_name_set_add(decoder, &names, set->items[i].name, (uint32_t)strlen(set->items[i].name), i,
                               &earlier));
    } else {
      for (uint32_t j = 0; j < i && earlier == NAME_SET_NEW; j++) {
        earlier = names_equal(set->items[i].name, set->items[j].name) ? j : NAME_SET_NEW;
      }
    }
    if (earlier != NAME_SET_NEW) {
      PAC_TRY(pac_decoder_repeat(decoder, 83, set->items[i].offset));
    }
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_qualifiers_read(struct decoder *decoder, struct heap *heap, struct wire_qualifiers *set) {
  if (set->count == 0) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, set->count, sizeof *set->items, &set->items));
  uint32_t at = set->offset + 4;
  for (uint32_t i = 0; i < set->count; i++) {
    struct wire_qualifier *qualifier = &set->items[i];
    const uint8_t *octets = decoder->octets + at;
    struct frame frame;
    frame_push(decoder, &frame, "qualifier", NULL, i);
    uint32_t type_word = octets_u32(octets + 5);
    qualifier->offset = at;
    qualifier->flavor = octets[4];
    qualifier->value.type = (enum pac_cim_type)(type_word & 0xFFu);
    qualifier->value.is_array = (type_word & WIRE_TYPE_ARRAY) != 0;
    PAC_TRY(pac_heap_name(decoder, heap, octets_u32(octets), at, &qualifier->name));
    frame.name = qualifier->name;
    PAC_TRY(pac_slot_read(decoder, heap, at + QUALIFIER_HEAD_OCTETS, &qualifier->value));
    if (qualifier->value.is_null) {
      pac_decoder_note(decoder, 84, at + QUALIFIER_HEAD_OCTETS);
    }
    at += QUALIFIER_HEAD_OCTETS + slot_width(type_word);
    frame_pop(decoder);
  }
  return judge_repeats(decoder, set);
}

const struct wire_qualifier *pac_qualifiers_find(const struct wire_qualifiers *set, const char *name) {
  for (uint32_t i = 0; i < set->count; i++) {
    if (names_equal(set->items[i].name, name)) {
      return &set->items[i];
    }
  }
  return NULL;
}
