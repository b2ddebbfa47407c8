/* SPDX-License-Identifier: Apache-2.0 */
/** Making valid pieces: values with what they refer to, and whole objects from nothing or from one another. */
#ifndef PACHECK_FUZZ_BUILD_H
#define PACHECK_FUZZ_BUILD_H

#include "names.h"

#define BLOCK_OCTETS_MAX 16384u
#define COUNT_MAX 40u

/** Octets under construction; what does not fit marks them as overflown. */
struct block {
  uint8_t octets[BLOCK_OCTETS_MAX];
  uint32_t size;
  bool is_overflown;
};

static inline void mut_block_clear(struct block *block) {
  block->size = 0; /* the octets are written before they are read */
  block->is_overflown = false;
}
void mut_block_add(struct block *block, const void *octets, uint32_t size);
void mut_block_u8(struct block *block, uint8_t number);
void mut_block_u32(struct block *block, uint32_t number);

/** A type word, now and then an array. */
uint32_t mut_pick_type(struct random *random);
/** An interesting number, most of them small or next to a power of two. */
uint64_t mut_pick_number(struct random *random);

/** How many elements an array gets: few, now and then up to COUNT_MAX. */
uint32_t mut_pick_count(struct random *random);

/** True or false as they are written, rarely another number. */
uint32_t mut_pick_boolean(struct random *random);

/**
 * Makes a value of that type: `slot` gets what stands in its slot, what it refers to goes to the end of the heap. False when
 * there is no room.
 */
bool mut_value_make(struct document *document, uint16_t heap, uint32_t type, uint8_t slot[8]);

/** A class without parent, properties and methods. */
void mut_block_class(struct block *block, const struct name *name);
/** A method signature without parameters. */
void mut_block_signature(struct block *block);
/** An object from somewhere: of this document, of its partner, or a small new one. */
void mut_block_any(struct document *document, struct block *block);

/** An instance of the class part of `object`, all values taken from it. */
void mut_block_instance(const struct document *document, const struct object_layout *object, struct block *block);
/** The class that an instance without ancestors carries. */
void mut_block_class_of(const struct document *document, const struct object_layout *object, struct block *block);
/** The beginning of a class derived from `object`: parent and current part are both the class as it is. */
void mut_block_derived(const struct document *document, const struct object_layout *object, struct block *block);

/** A class, or an instance, with one property that holds the object of the other block. */
void mut_block_around(struct block *block, const struct block *inner, bool is_class);

/** An EncodingUnit around a block. */
void mut_block_unit(struct block *unit, const struct block *block);

#endif
