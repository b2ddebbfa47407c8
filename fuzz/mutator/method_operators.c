/* SPDX-License-Identifier: Apache-2.0 */
/* Operators on methods. Their parameters are the properties of their signatures: see property_operators.c. */
#include "operators.h"

bool mut_method_add(struct document *document, const struct object_layout *object) {
  const struct methods_layout *of = &object->methods;
  struct name name;
  static _Thread_local struct block signature;
  uint8_t method[24] = {0};
  if (!object->is_class || !object->is_whole || of->count > 100) {
    return false;
  }
  mut_name_fresh(document, &name);
  if (document->max - document->size < name.size + 512) { /* for both signatures as well */
    return false;
  }
  set_u32(method, mut_name_place(document, of->heap, &name));
  set_u32(method + 8, object->current.ancestors);
  for (unsigned i = 0; i < 2; i++) {
    mut_block_clear(&signature);
    mut_block_u32(&signature, 0);
    if (random_chance(document->random, 1, 2)) {
      mut_block_signature(&signature);
      set_u32(signature.octets, signature.size - 4);
    }
    set_u32(method + 16 + 4 * i, mut_heap_append(document, of->heap, signature.octets, signature.size));
  }
  set_u32(method + 12, mut_heap_append(document, of->heap, (const uint8_t *)"\4\0\0\0", 4));
  uint32_t begin = document->parts[of->part].begin;
  set_u16(document->octets + begin + 4, of->count + 1);
  return mut_splice(document, of->part, begin + 8 + 24 * of->count, 0, method, 24);
}

/* An inherited method is declared anew by the class itself, with the signatures that it has. */
bool mut_method_redeclare(struct document *document, const struct object_layout *object) {
  const struct methods_layout *of = &object->methods;
  if (!object->is_class || !object->is_whole || of->count == 0) {
    return false;
  }
  uint8_t *method = document->octets + document->parts[of->part].begin + 8 + 24 * random_below(document->random, of->count);
  if ((method[4] & 0x20) == 0) {
    return false;
  }
  method[4] &= (uint8_t)~0x20u;
  set_u32(method + 8, object->current.ancestors);
  return true;
}

bool mut_method_drop(struct document *document, const struct object_layout *object) {
  const struct methods_layout *of = &object->methods;
  if (!object->is_class || !object->is_whole || of->count < 2) {
    return false; /* without methods the heap has to be empty as well */
  }
  uint32_t begin = document->parts[of->part].begin;
  set_u16(document->octets + begin + 4, of->count - 1);
  return mut_splice(document, of->part, begin + 8 + 24 * random_below(document->random, of->count), 24, NULL, 0);
}
