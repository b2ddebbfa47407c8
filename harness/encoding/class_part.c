/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ClassPart: its header, ancestors, class qualifiers, and the places of the tables that properties.c reads. Also
 * what has to hold between a class and its parent.
 */
#include "encoding/name_set.h"
#include "encoding/parts.h"
#include "encoding/text.h"

#define CLASS_PART_OCTETS_MIN 29u
#define LOOKUP_OCTETS 8u

static enum pac_result read_ancestor(struct decoder *decoder, struct span *list, const char **name) {
  uint32_t start = list->at;
  uint32_t length = 0;
  PAC_TRY(count_node(decoder, start));
  PAC_TRY(pac_encoded_text_read(decoder, list, name));
  uint32_t octets = list->at - start;
  if (span_left(list) < 4) {
    return pac_decoder_reject(decoder, 9, list->at);
  }
  PAC_TRY(read_u32(decoder, list, &length));
  if (length != octets) {
    PAC_TRY(pac_decoder_soft(decoder, 53, list->at - 4));
  }
  return (*name)[0] == '\0' ? pac_decoder_soft(decoder, 52, start) : PAC_RESULT_OK;
}

static enum pac_result read_ancestors(struct decoder *decoder, struct span *part, struct wire_class *class_part) {
  struct span list;
  struct frame frame;
  frame_push(decoder, &frame, "derivation", NULL, -1);
  PAC_TRY(pac_decoder_open(decoder, part, 4, &list));
  if (list.at < list.end) {
    /* An entry takes six octets at least; what is left over when entries are longer is small beside their names. */
    uint32_t most = span_left(&list) / 6 + 1;
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, most, sizeof *class_part->ancestors,
                                 &class_part->ancestors));
    while (list.at < list.end) {
      frame.index = class_part->ancestors_count;
      PAC_TRY(read_ancestor(decoder, &list, &class_part->ancestors[class_part->ancestors_count]));
      class_part->ancestors_count += 1;
    }
  }
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

/* V-054. Ancestors are judged after the class's own name is known. */
static enum pac_result judge_ancestors(struct decoder *decoder, const struct wire_class *part, uint32_t at) {
  struct name_set names = {.is_folded = true};
  uint32_t earlier = NAME_SET_NEW;
  if (part->ancestors_count == 0) {
    return PAC_RESULT_OK;
  }
  if (part->name != NULL) {
    PAC_TRY(pac_name_set_add(decoder, &names, part->name, (uint32_t)strlen(part->name), 0, &earlier));
  }
  for (uint32_t i = 0; i < part->ancestors_count; i++) {
    const char *name = part->ancestors[i];
    PAC_TRY(pac_name_set_add(decoder, &names, name, (uint32_t)strlen(name), i + 1, &earlier));
    if (earlier != NAME_SET_NEW) {
      PAC_TRY(pac_decoder_soft(decoder, 54, at));
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_tables(struct decoder *decoder, struct span *part, struct wire_class *class_part,
                                   struct class_tables *tables) {
  uint32_t at = part->at;
  uint32_t count = 0;
  PAC_TRY(read_u32(decoder, part, &count));
  if (count > span_left(part) / LOOKUP_OCTETS) {
    return pac_decoder_reject(decoder, 56, at);
  }
  class_part->properties_count = count;
  tables->lookup = (struct span){part->at, part->at + count * LOOKUP_OCTETS};
  part->at = tables->lookup.end;
  uint32_t length = class_part->tables_octets;
  uint32_t nd_octets = nd_table_octets(count);
  if (count == 0 && length != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 57, part->at));
  }
  if (length < nd_octets) {
    return pac_decoder_reject(decoder, 58, class_part->offset + 9);
  }
  if (length > span_left(part)) {
    return pac_decoder_reject(decoder, 6, class_part->offset + 9);
  }
  tables->nd_table = (struct span){part->at, part->at + nd_octets};
  tables->value_table = (struct span){part->at + nd_octets, part->at + length};
  part->at += length;
  return PAC_RESULT_OK;
}

static enum pac_result read_class_name(struct decoder *decoder, enum class_role role, uint32_t ref,
                                       struct heap *heap, struct wire_class *part) {
  if (role == CLASS_OF_PARENT && ref == WIRE_REF_NULL) {
    bool is_empty = part->ancestors_count == 0 && part->qualifiers.count == 0 && part->properties_count == 0 &&
                    heap->content.at == heap->content.end;
    return is_empty ? PAC_RESULT_OK : pac_decoder_soft(decoder, 51, part->offset + 5);
  }
  return pac_heap_name(decoder, heap, ref, part->offset + 5, &part->name);
}

enum pac_result pac_class_part_read(struct decoder *decoder, struct span *span, enum class_role role,
                                    bool is_prototype, struct wire_class **given) {
  struct span part;
  struct wire_class *read = NULL;
  uint8_t reserved = 0;
  uint32_t name_ref = 0;
  uint32_t start = span->at;
  PAC_TRY(pac_decoder_open(decoder, span, CLASS_PART_OCTETS_MIN, &part));
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, 1, sizeof *read, &read));
  read->offset = start;
  read->size = part.end - start;
  PAC_TRY(read_u8(decoder, &part, &reserved));
  if (reserved != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 50, part.at - 1));
  }
  PAC_TRY(read_u32(decoder, &part, &name_ref));
  PAC_TRY(read_u32(decoder, &part, &read->tables_octets));
  PAC_TRY(read_ancestors(decoder, &part, read));
  PAC_TRY(pac_qualifiers_scan(decoder, &part, &read->qualifiers));
  struct heap heap;
  struct class_tables tables = {.heap = &heap, .is_prototype = is_prototype};
  PAC_TRY(read_tables(decoder, &part, read, &tables));
  PAC_TRY(pac_heap_open(decoder, &part, &heap));
  if (part.at < part.end) {
    pac_decoder_note(decoder, 8, part.at);
  }
  PAC_TRY(read_class_name(decoder, role, name_ref, &heap, read));
  PAC_TRY(judge_ancestors(decoder, read, start + 13));
  PAC_TRY(pac_qualifiers_read(decoder, &heap, &read->qualifiers));
  PAC_TRY(pac_properties_read(decoder, &tables, read));
  PAC_TRY(pac_heap_close(decoder, &heap));
  *given = read;
  return PAC_RESULT_OK;
}

/* The class and its parent ---------------------------------------------------------------------------------------- */

static bool follows_parent(const struct wire_class *parent, const struct wire_class *current) {
  if (parent->name == NULL) {
    return current->ancestors_count == 0;
  }
  if (current->ancestors_count != parent->ancestors_count + 1 ||
      !names_equal(current->ancestors[0], parent->name)) {
    return false;
  }
  for (uint32_t i = 0; i < parent->ancestors_count; i++) {
    if (!names_equal(current->ancestors[i + 1], parent->ancestors[i])) {
      return false;
    }
  }
  return true;
}

/* Finds properties of a class by name: the one at the same place in the other class's order first, then by a set that
 * is made when it is first needed. */
struct finder {
  const struct wire_class *part;
  struct name_set names;
  bool has_names;
};

static enum pac_result find_property(struct decoder *decoder, struct finder *finder,
                                     const struct wire_property *wanted, const struct wire_property **found) {
  const struct wire_class *part = finder->part;
  if (wanted->order < part->properties_count) {
    const struct wire_property *same = &part->properties[part->by_order[wanted->order]];
    if (names_equal(same->name, wanted->name)) {
      *found = same;
      return PAC_RESULT_OK;
    }
  }
  for (uint32_t i = 0; i < part->properties_count && !finder->has_names; i++) {
    const char *name = part->properties[i].name;
    uint32_t earlier = 0;
    PAC_TRY(pac_name_set_add(decoder, &finder->names, name, (uint32_t)strlen(name), i, &earlier));
  }
  finder->has_names = true;
  uint32_t index = pac_name_set_find(&finder->names, wanted->name, (uint32_t)strlen(wanted->name));
  *found = index == NAME_SET_NEW ? NULL : &part->properties[index];
  return PAC_RESULT_OK;
}

enum pac_result pac_class_judge_parent(struct decoder *decoder, const struct wire_class *parent,
                                       const struct wire_class *current) {
  if (!follows_parent(parent, current)) {
    PAC_TRY(pac_decoder_soft(decoder, 55, current->offset + 13));
  }
  struct finder finder = {.part = current, .names = {.is_folded = true}};
  for (uint32_t i = 0; i < parent->properties_count; i++) {
    const struct wire_property *wanted = &parent->properties[i];
    const struct wire_property *found = NULL;
    struct frame frame;
    frame_push(decoder, &frame, "property", wanted->name, -1);
    PAC_TRY(find_property(decoder, &finder, wanted, &found));
    if (found == NULL || found->value.type != wanted->value.type ||
        found->value.is_array != wanted->value.is_array || !found->is_inherited) {
      PAC_TRY(pac_decoder_soft(decoder, 74, found == NULL ? current->offset : found->offset));
    } else if (found->order != wanted->order || found->slot != wanted->slot) {
      pac_decoder_note(decoder, 75, found->offset);
    }
    frame_pop(decoder);
  }
  return PAC_RESULT_OK;
}
