/* SPDX-License-Identifier: Apache-2.0 */
/* The kind `container`: an object, an array of objects or a context, told by the first octets as the targets tell it. What is
 * too short to be any may become each of them. */
#include "kinds.h"

#define TOLD_OCTETS_MIN 12u

void mut_mutate_container(struct mutation *mutation) {
  static const pac_kind kinds[] = {mut_mutate_unit, mut_mutate_object_array, mut_mutate_context};
  const struct document *document = mutation->document;
  uint32_t kind = 2;
  if (document->size < TOLD_OCTETS_MIN) {
    kind = random_below(document->random, 3);
  } else if (get_u32(document->octets) == 0x12345678u) {
    kind = 0;
  } else if (memcmp(document->octets + 4, "WBEMDATA", 8) == 0) {
    kind = 1;
  }
  kinds[kind](mutation);
}
