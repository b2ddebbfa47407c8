/* SPDX-License-Identifier: Apache-2.0 */
/* The kind `object_array`: objects in packets, each counted by the sizes of three headers around all of them and of two
 * around itself. */
#include "kinds.h"
#include "operators.h"

#define HEADERS 46u
#define PACKETS_MAX 48u

struct packet {
  uint16_t outer; /* parts */
  uint16_t object;
  uint32_t begin;
  uint32_t end;
  uint8_t type;
};

struct array {
  uint16_t part; /* of all packets */
  uint32_t count;
  struct packet packets[PACKETS_MAX];
};

static const uint32_t size_fields[] = {0x10, 0x1E, 0x26};

static bool map_packet(struct document *document, uint32_t at, uint16_t parent, struct packet *packet) {
  uint32_t end = document->parts[parent].end;
  if (end - at < 17) {
    return false;
  }
  uint32_t outer = get_u32(document->octets + at + 4);
  if (outer > end - at - 9) {
    return false;
  }
  uint32_t head = document->octets[at + 8] == 1 ? 8 : 24;
  uint32_t inner = get_u32(document->octets + at + 13);
  if (outer < head || inner > outer - head) {
    return false;
  }
  packet->begin = at;
  packet->end = at + 9 + outer;
  packet->type = document->octets[at + 8];
  mut_layout_field(document, at, FIELD_LENGTH, 4);
  mut_layout_field(document, at + 8, FIELD_FLAGS, 1);
  mut_layout_field(document, at + 9, FIELD_LENGTH, 4);
  packet->outer = mut_layout_part(document, at + 9, packet->end, at + 4, parent);
  packet->object = mut_layout_part(document, at + 9 + head, at + 9 + head + inner, at + 13, packet->outer);
  if (packet->object == NO_PART) {
    return false; /* the map is full: what it has so far can be worked on */
  }
  if (packet->type != 3) {
    mut_layout_object(document, packet->object, 0);
  }
  return true;
}

static bool map(struct document *document, struct array *array) {
  mut_layout_clear(document);
  array->count = 0;
  if (document->size < HEADERS || memcmp(document->octets + 4, "WBEMDATA", 8) != 0) {
    return false;
  }
  uint16_t part = NO_PART;
  for (unsigned i = 0; i < 3; i++) {
    uint32_t begin = size_fields[i] + (i == 2 ? 8 : i == 1 ? 4 : 10);
    part = mut_layout_part(document, begin, document->size, size_fields[i], part);
  }
  mut_layout_field(document, 0x2A, FIELD_COUNT, 4);
  array->part = part;
  uint32_t wanted = get_u32(document->octets + 0x2A);
  uint32_t at = HEADERS;
  while (array->count < wanted && array->count < PACKETS_MAX &&
         map_packet(document, at, part, &array->packets[array->count])) {
    at = array->packets[array->count].end;
    array->count += 1;
  }
  return true;
}

/* A packet of type 2 becomes one of type 3 when its class came before: its class part goes. */
static bool leave_class_out(struct document *document, const struct array *array, uint32_t index) {
  const struct packet *packet = &array->packets[index];
  uint32_t before = 0;
  while (before < index && (array->packets[before].type != 2 ||
                            memcmp(document->octets + array->packets[before].begin + 17,
                                   document->octets + packet->begin + 17, 16) != 0)) {
    before += 1;
  }
  if (packet->type != 2 || before == index) {
    return false;
  }
  for (uint32_t i = 0; i < document->objects_count; i++) {
    const struct object_layout *object = &document->objects[i];
    if (object->part == packet->object && object->is_whole) {
      const struct part *of = &document->parts[object->current.part];
      document->octets[packet->begin + 8] = 3;
      return mut_splice(document, object->part, of->begin, of->end - of->begin, NULL, 0);
    }
  }
  return false;
}

static bool add_object(struct document *document, const struct array *array, uint32_t count) {
  static _Thread_local struct block block;
  static _Thread_local struct block packet;
  mut_block_clear(&block);
  mut_block_clear(&packet);
  mut_block_any(document, &block);
  if (block.is_overflown || block.size == 0) {
    return false;
  }
  bool is_class = (block.octets[0] & 1) != 0;
  uint32_t head = is_class ? 8 : 24;
  mut_block_u32(&packet, 9);
  mut_block_u32(&packet, head + block.size);
  mut_block_u8(&packet, is_class ? 1 : 2);
  mut_block_u32(&packet, head);
  mut_block_u32(&packet, block.size);
  for (unsigned i = 8; i < head; i++) {
    mut_block_u8(&packet, (uint8_t)random_below(document->random, 2));
  }
  mut_block_add(&packet, block.octets, block.size);
  uint32_t at = array->count == 0 ? HEADERS : array->packets[array->count - 1].end;
  if (packet.is_overflown || !mut_splice(document, array->part, at, 0, packet.octets, packet.size)) {
    return false;
  }
  set_u32(document->octets + 0x2A, count + 1);
  return true;
}

static bool change_list(struct document *document, const struct array *array) {
  static _Thread_local struct block block;
  uint32_t count = get_u32(document->octets + 0x2A);
  uint32_t index = random_below(document->random, array->count);
  const struct packet *packet = &array->packets[index];
  uint32_t choice = array->count == 0 ? 0 : random_below(document->random, 7);
  mut_block_clear(&block);
  if (choice < 2) {
    return add_object(document, array, count);
  }
  switch (choice) {
    case 2:
    case 3: /* the same once more, behind itself */
      mut_block_add(&block, document->octets + packet->begin, packet->end - packet->begin);
      if (block.is_overflown || !mut_splice(document, array->part, packet->end, 0, block.octets, block.size)) {
        return false;
      }
      set_u32(document->octets + 0x2A, count + 1);
      return true;
    case 4:
      set_u32(document->octets + 0x2A, count - 1);
      return mut_splice(document, array->part, packet->begin, packet->end - packet->begin, NULL, 0);
    case 5: return leave_class_out(document, array, index);
    default:
      document->octets[0x19] ^= 1;
      if (packet->type != 1) {
        document->octets[packet->begin + 17] = (uint8_t)random_below(document->random, 3);
      }
      return true;
  }
}

/* For those who ask for the objects only. */
static bool map_objects(struct document *document) {
  static _Thread_local struct array array;
  return map(document, &array);
}

bool mut_change_object_array(struct mutation *mutation) {
  static _Thread_local struct array array;
  struct document *document = mutation->document;
  document->depth = 0;
  mut_mutation_begin(mutation, map_objects);
  if (!map(document, &array)) {
    return false;
  }
  bool is_object = document->objects_count > 0 && random_chance(document->random, 3, 5);
  bool is_changed = is_object ? mut_operate(document, mut_pick_object(document)) : change_list(document, &array);
  document->is_mapped = false;
  return is_changed;
}

void mut_mutate_object_array(struct mutation *mutation) {
  static const uint8_t empty[HEADERS] = {0,    0, 0, 0, 'W', 'B', 'E', 'M', 'D', 'A', 'T', 'A', 0x1A, 0, 0, 0,
                                         0x14, 0, 0, 0, 0,   0,   0,   0,   1,   1,   8,   0,   0,    0, 0x0C, 0,
                                         0,    0, 12, 0, 0,  0,   0,   0,   0,   0};
  struct document *document = mutation->document;
  if (!mut_change_object_array(mutation)) {
    if (random_chance(document->random, 1, 2)) {
      mut_break(document);
      return;
    }
    if (document->max >= HEADERS) {
      memcpy(document->octets, empty, HEADERS);
      document->size = HEADERS;
    }
    mut_change_object_array(mutation);
  }
  mut_break_some(mutation);
}
