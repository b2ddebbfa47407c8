/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the file that dump is to print. Decoding and printing are harness/encoding/dump.c. */
#include "runner/dump_command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "encoding/dump.h"
#include "runner/complain.h"

/* One octet more than a container may have, so that a larger file is rejected by its rule and not cut. */
#define FILE_OCTETS_MAX ((size_t)PAC_ENCODING_OCTETS_MAX + 1)

/* The file up to the maximum; null after one sentence. */
static uint8_t *read_all(const char *path, size_t *size) {
  bool is_standard_input = strcmp(path, "-") == 0;
  FILE *file = is_standard_input ? stdin : fopen(path, "rb");
  uint8_t *octets = file == NULL ? NULL : malloc(FILE_OCTETS_MAX);
  if (file != NULL && octets == NULL) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  } else if (octets != NULL) {
    *size = fread(octets, 1, FILE_OCTETS_MAX, file);
  }
  if (file == NULL || (octets != NULL && ferror(file) != 0)) {
    pac_complain("cannot read '%s': %s", path, strerror(errno));
    free(octets);
    octets = NULL;
  }
  if (file != NULL && !is_standard_input) {
    (void)fclose(file);
  }
  return octets;
}

static enum pac_encoding_kind kind_of(const struct pac_run_options *options, const uint8_t *octets, size_t size) {
  switch (options->dump_kind) {
    case PAC_DUMP_KIND_UNIT:
      return PAC_ENCODING_UNIT;
    case PAC_DUMP_KIND_OBJECT_ARRAY:
      return PAC_ENCODING_OBJECT_ARRAY;
    case PAC_DUMP_KIND_CONTEXT:
      return PAC_ENCODING_CONTEXT;
    case PAC_DUMP_KIND_TOLD:
      break;
  }
  return pac_encoding_recognise(octets, size);
}

int pac_dump_main(const struct pac_run_options *options) {
  size_t size = 0;
  uint8_t *octets = read_all(options->operand, &size);
  if (octets == NULL) {
    return PAC_DUMP_UNREAD;
  }
  enum pac_encoding_kind kind = kind_of(options, octets, size);
  enum pac_dump_exit code =
      pac_dump(NULL, kind, options->is_tolerant ? PAC_ENCODING_TOLERANT : PAC_ENCODING_STRICT,
               options->is_json ? PAC_DUMP_JSON : PAC_DUMP_TREE, octets, size, stdout, stderr);
  if (code == PAC_DUMP_REJECTED && kind == PAC_ENCODING_CONTEXT && options->dump_kind == PAC_DUMP_KIND_TOLD) {
    pac_complain("'%s' starts like no unit and no object array, so it was read as a context; --kind says what it is",
                 options->operand);
  }
  free(octets);
  return (int)code;
}
