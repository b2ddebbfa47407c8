/* SPDX-License-Identifier: Apache-2.0 */
/** Printing an encoding for a reader: as a tree with offsets, or as the JSON of the vectors' `decoded` member. */
#ifndef PACHECK_ENCODING_DUMP_H
#define PACHECK_ENCODING_DUMP_H

#include <jansson.h>
#include <stdio.h>

#include "encoding/wire.h"
#include "pacheck/encoding.h"

enum pac_dump_form { PAC_DUMP_TREE, PAC_DUMP_JSON };

enum pac_dump_exit { PAC_DUMP_ACCEPTED = 0, PAC_DUMP_REJECTED = 1, PAC_DUMP_UNREAD = 2 };

/**
 * Decodes a container of that kind and prints it to `out`; what a rule says against it goes to `err`, a rejection first,
 * as `V-021 offset 15: server: the terminator is found inside the region`.
 *
 * Shape   exit code of the command: 0 the octets decode under the profile, 1 they do not, 2 there was not enough memory
 *         or writing failed.
 */
enum pac_dump_exit pac_dump(const struct pac_memory *memory, enum pac_encoding_kind kind,
                            enum pac_encoding_profile profile, enum pac_dump_form form, const void *octets,
                            size_t size, FILE *out, FILE *err);

/** The JSON of a container that decodes under the profile; null when it does not, or without memory. */
json_t *pac_dump_to_json(enum pac_encoding_kind kind, const void *octets, size_t size,
                         struct pac_decoding *decoding);

/* One container as the wire tree, for printing. */
struct wire_container {
  enum pac_encoding_kind kind;
  struct pac_arena *arena; /* holds the tree */
  struct wire_object *object;
  struct wire_array *array;
  struct wire_context *context;
};

/** Decodes into the wire tree only. Errors: as pac_unit_decode. The caller frees container->arena. */
enum pac_result pac_wire_container_decode(const struct pac_memory *memory, enum pac_encoding_kind kind,
                                          const void *octets, size_t size, struct pac_decoding *decoding,
                                          struct wire_container *container);

json_t *pac_wire_container_json(const struct wire_container *container);
void pac_wire_container_print(const struct wire_container *container, FILE *out);

#endif
