/* SPDX-License-Identifier: Apache-2.0 */
/* A source of memory whose nth allocation fails once. Where the failure leads is the business of whoever allocates. */
#include "allocation.h"

#include <stdlib.h>
#include <string.h>

static void *resize(void *context, void *block, size_t size) {
  struct ref_allocation *allocation = context;
  if (size == 0) {
    free(block);
    return NULL;
  }
  if (allocation->countdown > 0) {
    allocation->countdown -= 1;
    if (allocation->countdown == 0) {
      return NULL;
    }
  }
  return realloc(block, size);
}

void ref_allocation_init(struct ref_allocation *allocation) {
  *allocation = (struct ref_allocation){.memory = {.resize = resize, .context = allocation}};
}

void *ref_allocate(struct ref_allocation *allocation, size_t size) {
  void *block = resize(allocation, NULL, size);
  if (block != NULL) {
    memset(block, 0, size);
  }
  return block;
}

enum pac_result ref_grow(struct ref_allocation *allocation, void **block, size_t size) {
  void *grown = resize(allocation, *block, size);
  if (grown == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  *block = grown;
  return PAC_RESULT_OK;
}

enum pac_result ref_copy_text(struct ref_allocation *allocation, const char *text, char **given) {
  size_t size = strlen(text) + 1;
  char *copy = ref_allocate(allocation, size);
  if (copy == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  memcpy(copy, text, size);
  *given = copy;
  return PAC_RESULT_OK;
}

void ref_free(struct ref_allocation *allocation, void *block) {
  resize(allocation, block, 0);
}
