/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A set of octet strings whose time does not depend on who chose them: a crit-bit tree, where finding and adding take as
 * many steps as the key has bits. Keys are borrowed.
 */
#ifndef PACHECK_ENCODING_NAME_SET_H
#define PACHECK_ENCODING_NAME_SET_H

#include "encoding/decoder.h"

struct name_set_node;

struct name_set {
  struct name_set_node *root;
  bool is_folded; /* keys are names: ASCII letters compare without case */
};

/**
 * Adds a key with a number. `*earlier` receives the number of an equal key that is there already, which then stays, or
 * NAME_SET_NEW.
 *
 * Errors  PAC_RESULT_NO_MEMORY, V-131.
 */
enum pac_result pac_name_set_add(struct decoder *decoder, struct name_set *set, const void *key, uint32_t key_octets,
                                 uint32_t number, uint32_t *earlier);

#define NAME_SET_NEW 0xFFFFFFFFu

/** The number of an equal key; NAME_SET_NEW when there is none. */
uint32_t pac_name_set_find(const struct name_set *set, const void *key, uint32_t key_octets);

#endif
