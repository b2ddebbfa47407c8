/* SPDX-License-Identifier: Apache-2.0 */
/** The encoding vectors, as the tests read them: rows of a manifest with the octets of each file. */
#ifndef PACHECK_UNIT_VECTORS_H
#define PACHECK_UNIT_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pacheck/encoding.h"

#ifndef PAC_THIRD_PARTY_VECTORS
#define PAC_THIRD_PARTY_VECTORS PAC_SOURCE_DIR "/../shared/vectors-third-party"
#endif

struct vector {
  char folder[1024];
  char file[256];
  enum pac_encoding_kind kind;
  bool is_accepted[2]; /* by profile */
  char rule[2][64];    /* of the rejection, or the tolerated ones with commas; "-" for none */
  char notes[64];
  uint8_t *octets;
  size_t size;
};

struct vectors {
  struct vector *rows;
  size_t count;
  bool has_third_party;
};

static inline uint8_t *vectors_read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  uint8_t *octets = NULL;
  *size = 0;
  if (file == NULL) {
    return NULL;
  }
  if (fseek(file, 0, SEEK_END) == 0) {
    long length = ftell(file);
    octets = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (octets != NULL && fseek(file, 0, SEEK_SET) == 0) {
      *size = fread(octets, 1, (size_t)length, file);
    }
  }
  fclose(file);
  return octets;
}

/* One row; false for one that cannot be read, which the tests count as missing. */
static inline bool vectors_read_row(const char *folder, const char *line, struct vector *row) {
  char kind[32];
  char outcome[2][16];
  char path[2048];
  memset(row, 0, sizeof *row);
  if (sscanf(line, "%255[^\t]\t%31[^\t]\t%*[^\t]\t%15[^\t]\t%63[^\t]\t%15[^\t]\t%63[^\t]\t%63[^\t]", row->file, kind,
             outcome[0], row->rule[0], outcome[1], row->rule[1], row->notes) != 7) {
    return false;
  }
  snprintf(row->folder, sizeof row->folder, "%s", folder);
  row->kind = strcmp(kind, "unit") == 0           ? PAC_ENCODING_UNIT
              : strcmp(kind, "object_array") == 0 ? PAC_ENCODING_OBJECT_ARRAY
                                                  : PAC_ENCODING_CONTEXT;
  for (unsigned profile = 0; profile < 2; profile++) {
    row->is_accepted[profile] = strcmp(outcome[profile], "accept") == 0;
  }
  snprintf(path, sizeof path, "%s/%s", folder, row->file);
  row->octets = vectors_read_file(path, &row->size);
  return row->octets != NULL;
}

/* Adds the rows of one manifest. False when the folder has none. */
static inline bool vectors_add(struct vectors *vectors, const char *folder) {
  char path[2048];
  char line[1024];
  snprintf(path, sizeof path, "%s/MANIFEST.tsv", folder);
  FILE *manifest = fopen(path, "r");
  if (manifest == NULL) {
    return false;
  }
  bool is_heading = true;
  while (fgets(line, sizeof line, manifest) != NULL) {
    struct vector *grown = realloc(vectors->rows, (vectors->count + 1) * sizeof *grown);
    if (grown == NULL) {
      break;
    }
    vectors->rows = grown;
    if (!is_heading && !vectors_read_row(folder, line, &grown[vectors->count])) {
      fprintf(stderr, "unreadable vector: %s", line);
      exit(EXIT_FAILURE);
    }
    vectors->count += !is_heading;
    is_heading = false;
  }
  fclose(manifest);
  return true;
}

static inline void vectors_load(struct vectors *vectors) {
  *vectors = (struct vectors){.count = 0};
  if (!vectors_add(vectors, PAC_SOURCE_DIR "/corpus/vectors")) {
    fprintf(stderr, "corpus/vectors/MANIFEST.tsv cannot be read\n");
    exit(EXIT_FAILURE);
  }
  vectors->has_third_party = vectors_add(vectors, PAC_THIRD_PARTY_VECTORS);
  if (!vectors->has_third_party) {
    printf("no third-party vectors at %s: those cases are left out\n", PAC_THIRD_PARTY_VECTORS);
  }
}

static inline void vectors_free(struct vectors *vectors) {
  for (size_t i = 0; i < vectors->count; i++) {
    free(vectors->rows[i].octets);
  }
  free(vectors->rows);
}

/* The row whose file ends in `name`, such as "valid/spec_myclass_class.bin"; null when there is none. */
static inline const struct vector *vectors_find(const struct vectors *vectors, const char *name) {
  for (size_t i = 0; i < vectors->count; i++) {
    if (strcmp(vectors->rows[i].file, name) == 0) {
      return &vectors->rows[i];
    }
  }
  return NULL;
}

#endif
