/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The crit-bit tree behind name_set.h. An inner node names the first bit at which its two sides differ; a key is
 * followed by an endless row of zero octets, and its length is compared last, so no key is a prefix of another.
 */
#include "encoding/name_set.h"

struct name_set_node {
  const uint8_t *key; /* null in an inner node */
  uint32_t key_octets;
  uint32_t number;
  uint64_t bit; /* inner: octet index * 8 + bit from the top */
  struct name_set_node *sides[2];
};

/* Four octets of length come first, so that keys of different length differ before either has ended. */
static unsigned octet_at(const struct name_set *set, const uint8_t *key, uint32_t key_octets, uint64_t index) {
  if (index < 4) {
    return key_octets >> (8 * (3 - index)) & 0xFFu;
  }
  index -= 4;
  if (index >= key_octets) {
    return 0;
  }
  unsigned octet = key[index];
  return set->is_folded && octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
}

static unsigned bit_at(const struct name_set *set, const uint8_t *key, uint32_t key_octets, uint64_t bit) {
  return octet_at(set, key, key_octets, bit / 8) >> (7 - bit % 8) & 1u;
}

static const struct name_set_node *closest(const struct name_set *set, const uint8_t *key, uint32_t key_octets) {
  const struct name_set_node *node = set->root;
  while (node != NULL && node->key == NULL) {
    node = node->sides[bit_at(set, key, key_octets, node->bit)];
  }
  return node;
}

/* The first bit at which both differ; false when they are equal. */
static bool first_difference(const struct name_set *set, const struct name_set_node *leaf, const uint8_t *key,
                             uint32_t key_octets, uint64_t *bit) {
  uint64_t octets = 4 + (uint64_t)(leaf->key_octets > key_octets ? leaf->key_octets : key_octets);
  for (uint64_t i = 0; i < octets; i++) {
    unsigned difference =
        octet_at(set, leaf->key, leaf->key_octets, i) ^ octet_at(set, key, key_octets, i);
    if (difference != 0) {
      *bit = i * 8;
      while ((difference & 0x80u) == 0) {
        difference <<= 1;
        *bit += 1;
      }
      return true;
    }
  }
  return false;
}

uint32_t pac_name_set_find(const struct name_set *set, const void *key, uint32_t key_octets) {
  const struct name_set_node *leaf = closest(set, key, key_octets);
  uint64_t bit = 0;
  return leaf == NULL || first_difference(set, leaf, key, key_octets, &bit) ? NAME_SET_NEW : leaf->number;
}

enum pac_result pac_name_set_add(struct decoder *decoder, struct name_set *set, const void *key, uint32_t key_octets,
                                 uint32_t number, uint32_t *earlier) {
  *earlier = NAME_SET_NEW;
  uint64_t bit = 0;
  const struct name_set_node *found = closest(set, key, key_octets);
  if (found != NULL && !first_difference(set, found, key, key_octets, &bit)) {
    *earlier = found->number;
    return PAC_RESULT_OK;
  }
  struct name_set_node *leaf = NULL;
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, found == NULL ? 1 : 2, sizeof *leaf, &leaf));
  leaf->key = key;
  leaf->key_octets = key_octets;
  leaf->number = number;
  if (found == NULL) {
    set->root = leaf;
    return PAC_RESULT_OK;
  }
  struct name_set_node *inner = leaf + 1;
  inner->bit = bit;
  struct name_set_node **place = &set->root;
  while ((*place)->key == NULL && (*place)->bit < bit) {
    place = &(*place)->sides[bit_at(set, key, key_octets, (*place)->bit)];
  }
  unsigned side = bit_at(set, key, key_octets, bit);
  inner->sides[side] = leaf;
  inner->sides[1 - side] = *place;
  *place = inner;
  return PAC_RESULT_OK;
}
