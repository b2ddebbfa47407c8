/* SPDX-License-Identifier: Apache-2.0 */
/* Hands a mutation to the kind of its target. Everything that a mutation needs is allocated once, here. */
#include "mutator.h"

#include <stdlib.h>
#include <string.h>

#include "kinds.h"

struct row {
  const char *target;
  pac_kind kind;
};

static const struct row rows[] = {
#define KIND(target, kind) {#target, mut_mutate_##kind},
#include "kinds.def"
#undef KIND
};

struct pac_mutator {
  pac_kind kind;
  pac_leaf_mutation leaf;
  struct random random;
  struct document document;
  struct document partner;
  uint8_t octets[PAC_MUTATOR_OCTETS_MAX];
  uint8_t partner_octets[PAC_MUTATOR_OCTETS_MAX];
};

struct pac_mutator *pac_mutator_new(const char *target, pac_leaf_mutation leaf) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    if (strcmp(rows[i].target, target) == 0) {
      struct pac_mutator *mutator = calloc(1, sizeof *mutator);
      if (mutator != NULL) {
        mutator->kind = rows[i].kind;
        mutator->leaf = leaf;
      }
      return mutator;
    }
  }
  return NULL;
}

void pac_mutator_free(struct pac_mutator *mutator) {
  free(mutator);
}

unsigned pac_mutator_depth(const struct pac_mutator *mutator) {
  return mutator->document.depth;
}

size_t pac_mutate(struct pac_mutator *mutator, uint8_t *octets, size_t size, size_t max, const uint8_t *partner,
                  size_t partner_size, uint64_t seed) {
  struct document *document = &mutator->document;
  struct document *other = &mutator->partner;
  if (max == 0) {
    return size;
  }
  max = max < PAC_MUTATOR_OCTETS_MAX ? max : PAC_MUTATOR_OCTETS_MAX;
  size = size < max ? size : max;
  partner_size = partner == NULL ? 0 : partner_size < PAC_MUTATOR_OCTETS_MAX ? partner_size : PAC_MUTATOR_OCTETS_MAX;
  mutator->random.state = seed;
  memcpy(mutator->octets, octets, size);
  if (partner_size > 0) {
    memcpy(mutator->partner_octets, partner, partner_size);
  }
  document->octets = mutator->octets;
  document->size = (uint32_t)size;
  document->max = (uint32_t)max;
  document->random = &mutator->random;
  document->leaf = mutator->leaf;
  document->partner = NULL;
  document->map = NULL;
  document->depth = 0;
  mut_layout_clear(document);
  other->octets = mutator->partner_octets;
  other->size = (uint32_t)partner_size;
  other->max = (uint32_t)partner_size;
  other->random = &mutator->random;
  other->partner = NULL;
  other->map = NULL;
  mut_layout_clear(other);
  struct mutation mutation = {document, other};
  mutator->kind(&mutation);
  if (document->size == 0) {
    document->octets[0] = 0;
    document->size = 1;
  }
  memcpy(octets, document->octets, document->size);
  return document->size;
}
