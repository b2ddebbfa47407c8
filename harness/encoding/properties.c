/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The properties of a ClassPart: lookup table, PropertyInfo, value slots. Rules are judged in table order, property by
 * property, the default values after that in DeclarationOrder.
 */
#include "encoding/name_set.h"
#include "encoding/parts.h"
#include "encoding/text.h"

#define INFO_OCTETS 14u
#define NO_PROPERTY 0xFFFFFFFFu

struct table {
  const struct class_tables *at;
  struct wire_class *part;
  uint64_t *slots_taken; /* a bit an octet of the ValueTable */
  uint64_t slots_sum;
  bool has_overlap;
  uint32_t overlap_at;
  uint32_t *order_first; /* the first property of each DeclarationOrder */
  uint32_t *order_next;  /* the next one of the same */
  bool ascends_lower;
  bool ascends_upper;
  struct name_set names; /* all names, once one stood out of order */
};

static enum pac_result judge_name(struct decoder *decoder, struct table *table, uint32_t index, uint32_t at) {
  struct wire_class *part = table->part;
  const char *name = part->properties[index].name;
  if (index == 0) {
    return PAC_RESULT_OK;
  }
  const char *previous = part->properties[index - 1].name;
  bool is_first_break = false;
  if (part->is_ascending) {
    int lower = pac_name_order(previous, name, false);
    int upper = pac_name_order(previous, name, true);
    table->ascends_lower = table->ascends_lower && lower < 0;
    table->ascends_upper = table->ascends_upper && upper < 0;
    if (table->ascends_lower || table->ascends_upper) {
      return PAC_RESULT_OK;
    }
    part->is_ascending = false;
    is_first_break = true;
    for (uint32_t i = 0; i < index; i++) {
      const char *earlier_name = part->properties[i].name;
      uint32_t earlier = 0;
      PAC_TRY(pac_name_set_add(decoder, &table->names, earlier_name, (uint32_t)strlen(earlier_name), i, &earlier));
    }
  }
  uint32_t earlier = NAME_SET_NEW;
  PAC_TRY(pac_name_set_add(decoder, &table->names, name, (uint32_t)strlen(name), index, &earlier));
  if (earlier != NAME_SET_NEW) {
    return pac_decoder_repeat(decoder, 61, at);
  }
  /* Either folding may be the writer's, but the whole table has to ascend under the same one. */
  bool is_out = is_first_break ||
                (pac_name_order(previous, name, false) > 0 && pac_name_order(previous, name, true) > 0);
  return is_out ? pac_decoder_soft(decoder, 60, at) : PAC_RESULT_OK;
}

static void take_slot(struct table *table, uint32_t slot, uint32_t width, uint32_t at) {
  uint64_t clash = 0;
  uint32_t last = slot + width - 1;
  for (uint32_t word = slot / 64; word <= last / 64; word++) {
    uint64_t bits = bit_range(word == slot / 64 ? slot % 64 : 0, word == last / 64 ? last % 64 : 63);
    clash |= table->slots_taken[word] & bits;
    table->slots_taken[word] |= bits;
  }
  if (clash != 0 && !table->has_overlap) {
    table->has_overlap = true;
    table->overlap_at = at;
  }
  table->slots_sum += width;
}

static enum pac_result judge_type(struct decoder *decoder, struct wire_property *property, uint32_t type_word) {
  uint32_t at = property->offset;
  unsigned width = pac_type_width(type_word & 0xFFu);
  if (width == 0) {
    return pac_decoder_reject(decoder, 62, at);
  }
  if ((type_word & 0x9F00u) != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 63, at));
  }
  if (type_word >> 16 != 0) {
    pac_decoder_note(decoder, 64, at);
  }
  property->value.type = (enum pac_cim_type)(type_word & 0xFFu);
  property->value.is_array = (type_word & WIRE_TYPE_ARRAY) != 0;
  property->is_inherited = (type_word & WIRE_TYPE_INHERITED) != 0;
  property->width = (uint8_t)(property->value.is_array ? 4 : width);
  return PAC_RESULT_OK;
}

static enum pac_result judge_place(struct decoder *decoder, struct table *table, uint32_t index) {
  struct wire_class *part = table->part;
  struct wire_property *property = &part->properties[index];
  uint32_t at = property->offset;
  if (property->order >= part->properties_count) {
    return pac_decoder_reject(decoder, 65, at + 4);
  }
  uint32_t *first = &table->order_first[property->order];
  if (*first != NO_PROPERTY) {
    PAC_TRY(pac_decoder_soft(decoder, 66, at + 4));
  }
  /* Latest first; the chains are turned round when the order is laid out. */
  table->order_next[index] = *first;
  *first = index;
  uint32_t room = table->at->value_table.end - table->at->value_table.at;
  if (property->slot > room || property->width > room - property->slot) {
    return pac_decoder_reject(decoder, 67, at + 6);
  }
  take_slot(table, property->slot, property->width, at + 6);
  property->bits = nd_bits(decoder, &table->at->nd_table, property->order);
  if (table->at->is_prototype) {
    return PAC_RESULT_OK;
  }
  if (property->origin > part->ancestors_count) {
    PAC_TRY(pac_decoder_soft(decoder, 69, at + 10));
  }
  if (property->is_inherited != (property->origin < part->ancestors_count)) {
    PAC_TRY(pac_decoder_soft(decoder, 70, at));
  }
  if ((property->bits & WIRE_ND_DEFAULT) != 0 && !property->is_inherited) {
    PAC_TRY(pac_decoder_soft(decoder, 73, table->at->nd_table.at + property->order / 4));
  }
  return PAC_RESULT_OK;
}

static bool cimtype_agrees(const struct wire_property *property, const char *text) {
  enum pac_cim_type type = property->value.type;
  const char *word = type == PAC_CIM_REFERENCE ? "ref" : pac_cim_type_word(type);
  size_t length = strlen(word);
  char head[16] = "";
  if (strlen(text) < length) {
    return false;
  }
  memcpy(head, text, length);
  bool may_name_class = type == PAC_CIM_REFERENCE || type == PAC_CIM_OBJECT;
  return names_equal(head, word) && (text[length] == '\0' || (may_name_class && text[length] == ':'));
}

static enum pac_result judge_cimtype(struct decoder *decoder, const struct wire_property *property) {
  enum pac_cim_type type = property->value.type;
  const struct wire_qualifier *cimtype = pac_qualifiers_find(&property->qualifiers, "CIMTYPE");
  if (cimtype == NULL) {
    if (type == PAC_CIM_DATETIME || type == PAC_CIM_REFERENCE) {
      return pac_decoder_soft(decoder, 76, property->offset);
    }
    pac_decoder_note(decoder, 77, property->offset);
    return PAC_RESULT_OK;
  }
  const struct wire_value *value = &cimtype->value;
  if (value->type != PAC_CIM_STRING || value->is_array || value->is_null ||
      !cimtype_agrees(property, value->is.scalar.text)) {
    pac_decoder_note(decoder, 78, cimtype->offset);
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_info(struct decoder *decoder, struct table *table, uint32_t ref, uint32_t at,
                                 uint32_t index) {
  struct wire_property *property = &table->part->properties[index];
  struct heap *heap = table->at->heap;
  struct span item;
  if (ref == WIRE_REF_NULL) {
    return pac_decoder_reject(decoder, 40, at);
  }
  PAC_TRY(pac_heap_item(decoder, heap, ref, at, INFO_OCTETS, &item));
  const uint8_t *octets = decoder->octets + item.at;
  property->offset = item.at;
  property->order = octets_u16(octets + 4);
  property->slot = octets_u32(octets + 6);
  property->origin = octets_u32(octets + 10);
  item.at += INFO_OCTETS;
  PAC_TRY(pac_qualifiers_scan(decoder, &item, &property->qualifiers));
  PAC_TRY(pac_heap_claim(decoder, heap, property->offset, item.at));
  PAC_TRY(judge_type(decoder, property, octets_u32(octets)));
  PAC_TRY(judge_place(decoder, table, index));
  PAC_TRY(pac_qualifiers_read(decoder, heap, &property->qualifiers));
  return judge_cimtype(decoder, property);
}

static enum pac_result read_property(struct decoder *decoder, struct table *table, uint32_t index) {
  struct wire_property *property = &table->part->properties[index];
  uint32_t at = table->at->lookup.at + index * 8;
  const uint8_t *octets = decoder->octets + at;
  struct frame frame;
  frame_push(decoder, &frame, "property", NULL, index);
  PAC_TRY(count_node(decoder, at));
  PAC_TRY(pac_heap_name(decoder, table->at->heap, octets_u32(octets), at, &property->name));
  frame.name = property->name;
  PAC_TRY(judge_name(decoder, table, index, at));
  PAC_TRY(read_info(decoder, table, octets_u32(octets + 4), at + 4, index));
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

static void lay_out_order(struct table *table) {
  struct wire_class *part = table->part;
  uint32_t filled = 0;
  for (uint32_t order = 0; order < part->properties_count; order++) {
    uint32_t first = filled;
    for (uint32_t i = table->order_first[order]; i != NO_PROPERTY; i = table->order_next[i]) {
      part->by_order[filled] = i;
      filled += 1;
    }
    for (uint32_t low = first, high = filled; low + 1 < high; low++) {
      high -= 1;
      uint32_t swapped = part->by_order[low];
      part->by_order[low] = part->by_order[high];
      part->by_order[high] = swapped;
    }
  }
}

static bool is_filled_with(const struct decoder *decoder, uint32_t at, unsigned width, uint8_t octet) {
  for (unsigned i = 0; i < width; i++) {
    if (decoder->octets[at + i] != octet) {
      return false;
    }
  }
  return true;
}

static enum pac_result read_defaults(struct decoder *decoder, const struct table *table) {
  struct wire_class *part = table->part;
  for (uint32_t i = 0; i < part->properties_count; i++) {
    struct wire_property *property = &part->properties[part->by_order[i]];
    uint32_t at = table->at->value_table.at + property->slot;
    struct frame frame;
    frame_push(decoder, &frame, "default", property->name, -1);
    property->value.offset = at;
    if ((property->bits & WIRE_ND_NULL) != 0) {
      if (!is_filled_with(decoder, at, property->width, 0xFF)) {
        pac_decoder_note(decoder, 71, at);
      }
    } else if (property->bits == WIRE_ND_DEFAULT) {
      PAC_TRY(pac_slot_read_inherited(decoder, table->at->heap, at, &property->value));
    } else {
      PAC_TRY(pac_slot_read(decoder, table->at->heap, at, &property->value));
    }
    frame_pop(decoder);
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_properties_read(struct decoder *decoder, const struct class_tables *tables,
                                    struct wire_class *part) {
  uint32_t count = part->properties_count;
  struct table table = {
      .at = tables, .part = part, .ascends_lower = true, .ascends_upper = true, .names = {.is_folded = true}};
  part->is_ascending = true;
  if (count == 0) {
    return PAC_RESULT_OK;
  }
  uint32_t words = (tables->value_table.end - tables->value_table.at) / 64 + 1;
  struct pac_arena *tree = decoder->tree;
  PAC_TRY(pac_decoder_allocate(decoder, tree, count, sizeof *part->properties, &part->properties));
  PAC_TRY(pac_decoder_allocate(decoder, tree, (uint64_t)count * 3, sizeof(uint32_t), &part->by_order));
  PAC_TRY(pac_decoder_allocate(decoder, tree, words, sizeof(uint64_t), &table.slots_taken));
  table.order_first = part->by_order + count;
  table.order_next = table.order_first + count;
  memset(table.order_first, 0xFF, count * sizeof *table.order_first);
  for (uint32_t i = 0; i < count; i++) {
    PAC_TRY(read_property(decoder, &table, i));
  }
  if (table.has_overlap) {
    PAC_TRY(pac_decoder_soft(decoder, 68, table.overlap_at));
  }
  if (table.slots_sum != tables->value_table.end - tables->value_table.at && !tables->is_prototype) {
    PAC_TRY(pac_decoder_soft(decoder, 59, tables->value_table.at));
  }
  lay_out_order(&table);
  return read_defaults(decoder, &table);
}
