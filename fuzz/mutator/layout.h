/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where things stand in a document: its parts with the lengths that count them, its references, its fields, its objects.
 *
 * The octets stay what they are; the layout is a map laid over them by a reader that never refuses: where something does not
 * parse, the map ends. mut_splice changes the octets and repairs the map, all lengths around and all references across.
 */
#ifndef PACHECK_FUZZ_LAYOUT_H
#define PACHECK_FUZZ_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "mutator.h"
#include "random.h"

#define PARTS_MAX 768u
#define REFS_MAX 2048u
#define FIELDS_MAX 3072u
#define OBJECTS_MAX 64u
#define SETS_MAX 512u
#define TEXTS_MAX 512u
#define DEPTH_MAX 20u
#define NOWHERE 0xFFFFFFFFu
#define NO_PART 0xFFFFu

/** A range of octets that something counts. */
struct part {
  uint32_t begin;     /* of what is counted */
  uint32_t end;
  uint32_t length_at; /* of the u32 that counts it; NOWHERE when none does */
  uint16_t parent;
};

/* What a reference names. */
enum ref_kind { REF_TEXT, REF_ARRAY, REF_OBJECT, REF_INFO, REF_SET, REF_SIGNATURE };

/** A heap reference that is neither null nor of the dictionary. */
struct ref {
  uint32_t at;
  uint16_t heap; /* a part: content begins 4 octets after its begin */
  uint8_t kind;
};

/* What a field is: tells which odd values are worth trying. */
enum field_kind {
  FIELD_LENGTH,
  FIELD_COUNT,
  FIELD_REFERENCE,
  FIELD_TYPE,
  FIELD_ORDER,
  FIELD_SLOT,
  FIELD_DEPTH,
  FIELD_FLAGS, /* octets with bits or a choice */
  FIELD_BITS,  /* an NdTable */
  FIELD_VALUE, /* an inline value */
};

struct field {
  uint32_t at;
  uint8_t kind;
  uint8_t width;
};

struct set {
  uint16_t part;
  uint16_t heap;
};

struct class_layout {
  bool is_whole; /* everything below is known */
  uint16_t part;
  uint16_t heap;
  uint16_t list;
  uint16_t set;
  uint32_t name_at;
  uint32_t tables_at; /* of NdTableValueTableLength */
  uint32_t count_at;
  uint32_t count;
  uint32_t lookup_at;
  uint32_t bits_at;
  uint32_t bits_size;
  uint32_t values_at;
  uint32_t values_size;
  uint32_t ancestors;
};

struct methods_layout {
  bool is_whole;
  uint16_t part;
  uint16_t heap;
  uint32_t count;
};

struct body_layout {
  bool is_whole;
  uint16_t part;
  uint16_t heap;
  uint16_t set;
  uint32_t name_at;
  uint32_t bits_at;
  uint32_t values_at;
  uint32_t choice_at; /* of InstPropQualSetFlag */
  uint16_t first_set; /* parts: with flag 2, the sets of the properties in table order */
};

/** An ObjectBlock. */
struct object_layout {
  uint16_t part; /* its range; the parent chain has the lengths */
  uint8_t depth; /* the outermost is 0 */
  bool is_class;
  bool is_whole;
  bool is_signature;
  bool is_output;       /* of a method's two signatures */
  bool has_fixed_class; /* another object has its class from this one, or this one from another */
  uint16_t sibling;     /* the other signature of the same method; 0 for none */
  uint32_t flags_at;
  uint32_t class_at; /* the first class part */
  struct class_layout parent; /* class only */
  struct methods_layout parent_methods;
  struct class_layout current;
  struct methods_layout methods;
  struct body_layout body; /* instance only */
};

struct document;

/** Lays the map of a kind over a document; false when the octets hold nothing of that kind. */
typedef bool (*mut_map)(struct document *document);

/** A document while it is mutated. */
struct document {
  uint8_t *octets;
  uint32_t size;
  uint32_t max;
  struct random *random;
  pac_leaf_mutation leaf;
  struct document *partner; /* to be asked for with mut_partner; null when there is none or it does not parse */
  mut_map map;
  bool is_mapped; /* the map below is that of the octets as they are */
  unsigned depth; /* where the last operator worked */

  uint32_t parts_count;
  uint32_t refs_count;
  uint32_t fields_count;
  uint32_t objects_count;
  uint32_t sets_count;
  uint32_t texts_count;
  struct part parts[PARTS_MAX];
  struct ref refs[REFS_MAX];
  struct field fields[FIELDS_MAX];
  struct object_layout objects[OBJECTS_MAX];
  struct set sets[SETS_MAX];
  uint32_t texts[TEXTS_MAX]; /* where an Encoded-String should begin */
};

/* Octets */
static inline uint32_t get_u32(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint32_t get_u16(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static inline void set_u32(uint8_t *at, uint32_t number) {
  for (unsigned i = 0; i < 4; i++) {
    at[i] = (uint8_t)(number >> (8 * i));
  }
}

static inline void set_u16(uint8_t *at, uint32_t number) {
  at[0] = (uint8_t)number;
  at[1] = (uint8_t)(number >> 8);
}

/** Octets of a slot of that type word; 0 when it is no type. */
uint32_t mut_slot_width(uint32_t type);
/** Octets of an array's element of that type word. */
uint32_t mut_element_width(uint32_t type);

/** Forgets the map: nothing is known. */
void mut_layout_clear(struct document *document);
/** Lays the map where it is stale; false when that shows that the octets hold nothing of their kind. */
bool mut_layout_refresh(struct document *document);
/** The other input with its map, laid when somebody asks; null when there is none or it holds nothing of its kind. */
const struct document *mut_partner(struct document *document);
/** Adds a part; NO_PART when the map is full, which every caller takes for unknown. */
uint16_t mut_layout_part(struct document *document, uint32_t begin, uint32_t end, uint32_t length_at, uint16_t parent);
void mut_layout_field(struct document *document, uint32_t at, enum field_kind kind, uint32_t width);

/** Maps an ObjectBlock that fills `part`. False when not even its head is known. */
bool mut_layout_object(struct document *document, uint16_t part, unsigned depth);
/** Maps an instance that fills `part` and has its class from `of`. */
void mut_layout_bare(struct document *document, uint16_t part, unsigned depth, struct object_layout *of);
/** Maps an EncodingUnit between begin and end. */
bool mut_layout_unit(struct document *document, uint32_t begin, uint32_t end, uint16_t parent, unsigned depth);

/** Size of the Encoded-String at `at`; 0 when none ends before `end`. */
uint32_t mut_text_size(const struct document *document, uint32_t at, uint32_t end);

/** The PropertyInfo of an entry of the lookup table; NOWHERE when it is not in the heap. */
uint32_t mut_property_info(const struct document *document, const struct class_layout *of, uint32_t index);

/** The two bits of a property in a table of bits, by the order in which it was declared: null, and the class's default. */
static inline uint32_t mut_bits(const struct document *document, uint32_t bits_at, uint32_t order) {
  return document->octets[bits_at + order / 4] >> (2 * (order % 4)) & 3u;
}
static inline void mut_set_bits(struct document *document, uint32_t bits_at, uint32_t order, uint32_t bits) {
  uint8_t *octet = document->octets + bits_at + order / 4;
  *octet = (uint8_t)((*octet & ~(3u << (2 * (order % 4)))) | bits << (2 * (order % 4)));
}

/** The first octet of a heap's content, and how many there are. */
static inline uint32_t mut_heap_content(const struct document *document, uint16_t heap) {
  return document->parts[heap].begin;
}
static inline uint32_t mut_heap_size(const struct document *document, uint16_t heap) {
  return document->parts[heap].end - document->parts[heap].begin;
}

/**
 * Replaces `removed` octets at `at` by `inserted` ones from `octets` (null: zeros), which stand inside of `part`. Lengths
 * around it count the change, references across it move along. False when there is no room: then nothing has changed.
 */
bool mut_splice(struct document *document, uint16_t part, uint32_t at, uint32_t removed, const uint8_t *octets,
                uint32_t inserted);

/** Appends to a heap and tells the offset to refer to; NOWHERE when there is no room. */
uint32_t mut_heap_append(struct document *document, uint16_t heap, const uint8_t *octets, uint32_t size);

#endif
