/* SPDX-License-Identifier: Apache-2.0 */
/* The kind `object_array`: objects in packets, each counted by the sizes of three headers around all of them and of two
 * around itself. */
#include "kinds.h"
#include "operators.h"

#define HEADERS 46u
#define PACKETS_MAX 48u
#define TRIES_MAX 8u

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

/* The packet before the end that has the class of that id, the latest; `end` for none. */
static uint32_t class_before(const struct document *document, const struct array *array, uint32_t end, uint32_t begin) {
  for (uint32_t i = end; i > 0; i--) {
    if (array->packets[i - 1].type == 2 && memcmp(document->octets + array->packets[i - 1].begin + 17,
                                                  document->octets + begin + 17, 16) == 0) {
      return i - 1;
    }
  }
  return end;
}

/* The object of that packet; null when it is not in the map. */
static struct object_layout *object_in(struct document *document, const struct packet *packet) {
  for (uint32_t i = 0; i < document->objects_count; i++) {
    if (document->objects[i].part == packet->object) {
      return &document->objects[i];
    }
  }
  return NULL;
}

/* An instance without class is one of the class that came before. */
static void map_without_class(struct document *document, const struct array *array, const struct packet *packet) {
  uint32_t before = class_before(document, array, array->count, packet->begin);
  struct object_layout *of = before == array->count ? NULL : object_in(document, &array->packets[before]);
  if (of != NULL) {
    mut_layout_bare(document, packet->object, 0, of);
  }
}

static bool map_packet(struct document *document, uint32_t at, uint16_t parent, const struct array *array,
                       struct packet *packet) {
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
  } else {
    map_without_class(document, array, packet);
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
         map_packet(document, at, part, array, &array->packets[array->count])) {
    at = array->packets[array->count].end;
    array->count += 1;
  }
  return true;
}

/* A packet of type 2 becomes one of type 3 when its class came before: its class part goes. */
static bool leave_class_out(struct document *document, const struct array *array, uint32_t index) {
  const struct packet *packet = &array->packets[index];
  if (packet->type != 2) {
    return false; /* it has no id either, which would be looked for behind its end */
  }
  uint32_t before = class_before(document, array, index, packet->begin);
  if (before == index) {
    return false;
  }
  const struct object_layout *object = object_in(document, packet);
  const struct object_layout *earlier = object_in(document, &array->packets[before]);
  if (object == NULL || earlier == NULL || !object->is_whole || !earlier->is_whole || object->has_fixed_class) {
    return false;
  }
  const struct part *of = &document->parts[object->current.part];
  const struct part *known = &document->parts[earlier->current.part];
  if (of->end - of->begin != known->end - known->begin ||
      memcmp(document->octets + of->begin, document->octets + known->begin, of->end - of->begin) != 0) {
    return false;
  }
  document->octets[packet->begin + 8] = 3;
  return mut_splice(document, object->part, of->begin, of->end - of->begin, NULL, 0);
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
  if (array->count > 0 && random_chance(document->random, 1, 2)) {
    at = array->packets[random_below(document->random, array->count)].begin;
  }
  if (packet.is_overflown || !mut_splice(document, array->part, at, 0, packet.octets, packet.size)) {
    return false;
  }
  set_u32(document->octets + 0x2A, count + 1);
  return true;
}

/* The same packet once more, somewhere behind itself, without its class where the receiver knows that. */
static bool repeat_object(struct document *document, struct array *array, uint32_t index, uint32_t count) {
  static _Thread_local struct block block;
  const struct packet *packet = &array->packets[index];
  uint32_t place = random_chance(document->random, 1, 2) ? index + 1 : array->count;
  mut_block_clear(&block);
  mut_block_add(&block, document->octets + packet->begin, packet->end - packet->begin);
  if (block.is_overflown ||
      !mut_splice(document, array->part, array->packets[place - 1].end, 0, block.octets, block.size)) {
    return false;
  }
  set_u32(document->octets + 0x2A, count + 1);
  if (packet->type == 2 && random_chance(document->random, 1, 2) && map(document, array) && place < array->count) {
    leave_class_out(document, array, place);
  }
  return true;
}

static bool change_list(struct document *document, struct array *array) {
  uint32_t count = get_u32(document->octets + 0x2A);
  uint32_t index = random_below(document->random, array->count);
  const struct packet *packet = &array->packets[index];
  uint32_t choice = array->count == 0 ? 0 : random_below(document->random, 7);
  if (choice < 2) {
    return add_object(document, array, count);
  }
  switch (choice) {
    case 2:
    case 3: return repeat_object(document, array, index, count);
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

/* Tells what was done; false also for what could not be. */
static bool change_once(struct document *document, struct array *array, uint32_t objects_of_five) {
  bool is_object = document->objects_count > 0 && random_chance(document->random, objects_of_five, 5);
  return is_object ? mut_operate(document, mut_pick_object(document)) : change_list(document, array);
}

bool mut_change_object_array(struct mutation *mutation) {
  static _Thread_local struct array array;
  struct document *document = mutation->document;
  bool is_array = false;
  bool is_often = random_chance(document->random, 1, 128);
  uint32_t changes = is_often ? 2 + random_below(document->random, 24) : 1;
  document->depth = 0;
  mut_mutation_begin(mutation, map_objects);
  for (uint32_t tries = changes + TRIES_MAX; tries > 0 && changes > 0 && map(document, &array); tries--) {
    is_array = true;
    changes -= change_once(document, &array, is_often ? 1 : 3);
  }
  document->is_mapped = false;
  return is_array;
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
