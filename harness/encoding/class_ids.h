/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Class parts by class id: what the type 3 objects of an array refer to.
 *
 * A set looks into an earlier one when it does not know an id; so an array adds to a set of its own, which is joined to
 * those of its call only when the whole array has been accepted.
 */
#ifndef PACHECK_ENCODING_CLASS_IDS_H
#define PACHECK_ENCODING_CLASS_IDS_H

#include "encoding/name_set.h"

struct class_ids {
  struct name_set numbers; /* class id to index */
  struct wire_class **parts;
  uint32_t count;
  uint32_t max;
  const struct class_ids *earlier; /* borrowed; may be null */
};

/** Null when the id is not known. */
struct wire_class *pac_class_ids_find(const struct class_ids *known, const uint8_t class_id[PAC_CLASS_ID_OCTETS]);

/**
 * Adds a class part, or replaces the one of that id. `class_id` is borrowed. `*is_repeated` says that the id was known.
 *
 * Errors  PAC_RESULT_NO_MEMORY, V-131.
 */
enum pac_result pac_class_ids_put(struct decoder *decoder, struct class_ids *known,
                                  const uint8_t class_id[PAC_CLASS_ID_OCTETS], struct wire_class *part,
                                  bool *is_repeated);

#endif
