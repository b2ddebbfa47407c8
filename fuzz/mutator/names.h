/* SPDX-License-Identifier: Apache-2.0 */
/** Names and texts for mutants: harvested from the document and its partner, or from a pool of words that mean something. */
#ifndef PACHECK_FUZZ_NAMES_H
#define PACHECK_FUZZ_NAMES_H

#include "layout.h"

#define NAME_OCTETS_MAX 512u

/** An Encoded-String. */
struct name {
  uint8_t octets[NAME_OCTETS_MAX];
  uint32_t size;
};

/** A word of the pool, or a text from the document or its partner: what fits a name or a string value. */
void mut_name_pick(struct document *document, struct name *name);
/** A name that the document has not used yet, most likely. */
void mut_name_fresh(struct document *document, struct name *name);
/** Encodes ASCII text. */
void mut_name_of(const char *text, struct name *name);

/** The dictionary reference of a text; 0 when it is not in the dictionary. */
uint32_t mut_name_dictionary(const struct name *name);

/** Appends a name to a heap, or finds it in the dictionary; the reference, NOWHERE when there is no room. */
uint32_t mut_name_place(struct document *document, uint16_t heap, const struct name *name);

/** The word of a CIM type number, null for none. */
const char *mut_type_word(uint32_t type);

/** Compares two names in a document or elsewhere as a lookup table orders them. */
int mut_name_order(const uint8_t *left, uint32_t left_size, const uint8_t *right, uint32_t right_size);

/** The Encoded-String that a reference names; false when it names none. Dictionary words are spelt out. */
bool mut_name_at(const struct document *document, uint16_t heap, uint32_t ref, struct name *name);

#endif
