/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decoding a container for printing, and the lines that judge it. What the tree and the JSON look like is left to
 * dump_tree.c and dump_json.c.
 */
#include "encoding/dump.h"

#include "encoding/class_ids.h"
#include "encoding/parts.h"

#define FINDINGS_SHOWN_MAX 64u

static enum pac_result decode_tree(struct decoder *decoder, struct wire_container *container) {
  struct class_ids known = {.numbers = {.is_folded = false}};
  switch (container->kind) {
    case PAC_ENCODING_UNIT: return pac_wire_unit_decode(decoder, &container->object);
    case PAC_ENCODING_OBJECT_ARRAY: return pac_wire_array_decode(decoder, &known, &container->array);
    default: return pac_wire_context_decode(decoder, &container->context);
  }
}

enum pac_result pac_wire_container_decode(const struct pac_memory *memory, enum pac_encoding_kind kind,
                                          const void *octets, size_t size, struct pac_decoding *decoding,
                                          struct wire_container *container) {
  struct decoder decoder;
  *container = (struct wire_container){.kind = kind};
  PAC_TRY(pac_arena_new(memory, 0, &container->arena));
  enum pac_result result =
      pac_decoder_init(&decoder, octets, size, decoding, container->arena, container->arena);
  if (result == PAC_RESULT_OK) {
    result = decode_tree(&decoder, container);
  }
  if (result != PAC_RESULT_OK) {
    pac_arena_free(container->arena);
    container->arena = NULL;
  }
  return result;
}

json_t *pac_dump_to_json(enum pac_encoding_kind kind, const void *octets, size_t size,
                         struct pac_decoding *decoding) {
  struct wire_container container;
  if (pac_wire_container_decode(NULL, kind, octets, size, decoding, &container) != PAC_RESULT_OK) {
    return NULL;
  }
  json_t *json = pac_wire_container_json(&container);
  pac_arena_free(container.arena);
  return json;
}

static void print_finding(const struct pac_encoding_finding *finding, FILE *out) {
  fprintf(out, "V-%03u offset %u: %s%s%s\n", finding->rule, (unsigned)finding->offset, finding->path,
          finding->path[0] != '\0' ? ": " : "", finding->sentence);
}

static void print_findings(const struct pac_decoding *decoding, FILE *err) {
  for (uint32_t i = 0; i < decoding->findings_count; i++) {
    fputs(decoding->findings[i].is_note ? "note " : "tolerated ", err);
    print_finding(&decoding->findings[i], err);
  }
  if (decoding->findings_total > decoding->findings_count) {
    fprintf(err, "and %u more\n", (unsigned)(decoding->findings_total - decoding->findings_count));
  }
}

static enum pac_result print_container(const struct wire_container *container, enum pac_dump_form form, FILE *out) {
  if (form == PAC_DUMP_TREE) {
    pac_wire_container_print(container, out);
  } else {
    json_t *json = pac_wire_container_json(container);
    if (json == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    bool is_written = json_dumpf(json, out, JSON_INDENT(1)) == 0 && fputc('\n', out) != EOF;
    json_decref(json);
    if (!is_written) {
      return PAC_RESULT_IO;
    }
  }
  return fflush(out) == 0 && !ferror(out) ? PAC_RESULT_OK : PAC_RESULT_IO;
}

enum pac_dump_exit pac_dump(const struct pac_memory *memory, enum pac_encoding_kind kind,
                            enum pac_encoding_profile profile, enum pac_dump_form form, const void *octets,
                            size_t size, FILE *out, FILE *err) {
  struct pac_encoding_finding findings[FINDINGS_SHOWN_MAX];
  struct pac_decoding decoding = {.profile = profile, .findings = findings, .findings_max = FINDINGS_SHOWN_MAX};
  struct wire_container container;
  enum pac_result result = pac_wire_container_decode(memory, kind, octets, size, &decoding, &container);
  if (result == PAC_RESULT_MALFORMED || result == PAC_RESULT_LIMIT) {
    print_finding(&decoding.rejection, err);
    print_findings(&decoding, err);
    return PAC_DUMP_REJECTED;
  }
  if (result == PAC_RESULT_OK) {
    result = print_container(&container, form, out);
    pac_arena_free(container.arena);
    print_findings(&decoding, err);
  }
  if (result != PAC_RESULT_OK) {
    fprintf(err, "%s\n", pac_result_text(result));
    return PAC_DUMP_UNREAD;
  }
  return PAC_DUMP_ACCEPTED;
}
