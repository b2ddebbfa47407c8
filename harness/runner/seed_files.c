/* SPDX-License-Identifier: Apache-2.0 */
/* Writes programs and what they put as inputs of fuzz targets. Where the calls come from is seeds.c's business. */
#include "runner/seed_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "pacheck/encoding.h"
#include "runner/complain.h"

#define NAME_OCTETS_MAX 256u
#define PATH_OCTETS_MAX 4096u
#define SEEN_MAX ((size_t)1 << 16)
/* Each allocation that fails takes three calls: it is made to fail, the put, and whatever is due. */
#define SHORTAGES_COUNT 16u

/* Names of folders, and of targets. */
#define TARGETS_COUNT 4u
static const char *const targets[TARGETS_COUNT] = {"wmio_decode", "context_decode", "put_object", "put_sequence"};
enum target { TARGET_WMIO, TARGET_CONTEXT, TARGET_PUT, TARGET_SEQUENCE };

struct pac_seed_folder {
  const char *path;
  size_t seen_count;
  uint64_t seen[SEEN_MAX]; /* hashes of what was written; 0 is a free place */
};

static bool make_folder(const char *path) {
  bool is_made = mkdir(path, 0777) == 0 || errno == EEXIST;
  if (!is_made) {
    pac_complain("%s cannot be made: %s", path, strerror(errno));
  }
  return is_made;
}

struct pac_seed_folder *pac_seed_folder_new(const char *path) {
  struct pac_seed_folder *folder = calloc(1, sizeof *folder);
  if (folder == NULL) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
    return NULL;
  }
  folder->path = path;
  bool is_made = make_folder(path);
  for (size_t i = 0; i < TARGETS_COUNT && is_made; i++) {
    char inner[PATH_OCTETS_MAX];
    (void)snprintf(inner, sizeof inner, "%s/%s", path, targets[i]);
    is_made = make_folder(inner);
  }
  if (!is_made) {
    free(folder);
    folder = NULL;
  }
  return folder;
}

void pac_seed_folder_free(struct pac_seed_folder *folder) {
  free(folder);
}

/* Whether the target has a file with these octets; from now on it has one. A full table lets everything pass. */
static bool is_seen(struct pac_seed_folder *folder, enum target target, const uint8_t *octets, size_t size) {
  uint64_t hash = 14695981039346656037u + target;
  for (size_t i = 0; i < size; i++) {
    hash = (hash ^ octets[i]) * 1099511628211u;
  }
  hash += hash == 0;
  size_t at = (size_t)hash % SEEN_MAX;
  if (folder->seen_count == SEEN_MAX - 1) {
    return false;
  }
  while (folder->seen[at] != 0 && folder->seen[at] != hash) {
    at = (at + 1) % SEEN_MAX;
  }
  bool is_known = folder->seen[at] != 0;
  folder->seen[at] = hash;
  folder->seen_count += !is_known;
  return is_known;
}

static bool write_seed(struct pac_seed_folder *folder, enum target target, const char *name, const uint8_t *octets,
                       size_t size) {
  char path[PATH_OCTETS_MAX + NAME_OCTETS_MAX];
  size_t start = (size_t)snprintf(path, PATH_OCTETS_MAX, "%s/%s/", folder->path, targets[target]);
  if (start >= PATH_OCTETS_MAX) {
    pac_complain("%s is too long a path", folder->path);
    return false;
  }
  if (is_seen(folder, target, octets, size)) {
    return true;
  }
  (void)snprintf(path + start, NAME_OCTETS_MAX, "%s", name);
  for (char *at = path + start; *at != '\0'; at++) {
    *at = *at == '/' || *at == ' ' ? '_' : *at; /* names of computed cases are not made for files */
  }
  FILE *file = fopen(path, "wb");
  bool is_written = file != NULL && fwrite(octets, 1, size, file) == size;
  is_written = file != NULL && fclose(file) == 0 && is_written;
  if (!is_written) {
    pac_complain("%s cannot be written: %s", path, strerror(errno));
  }
  return is_written;
}

/* Puts, one by one ------------------------------------------------------------------------------------------------- */

/* A manner of making a put, as fuzz/put_object.c reads it, and what the name of the file says of it. */
struct manner {
  unsigned bits;
  const char *word;
};

/* The octets of one put, from the end: flags, manner, size of the context; see fuzz/put_object.c. */
static bool write_manner(struct pac_seed_folder *folder, const char *name, const struct pac_octets *object,
                         const struct pac_octets *context, const struct manner *manner, uint32_t flags) {
  uint8_t octets[PAC_SEED_OCTETS_MAX];
  char own_name[NAME_OCTETS_MAX];
  const uint8_t options[] = {
      (uint8_t)(context->size >> 8), (uint8_t)context->size, (uint8_t)manner->bits, (uint8_t)(flags >> 24),
      (uint8_t)(flags >> 16),        (uint8_t)(flags >> 8),  (uint8_t)flags};
  size_t size = object->size + context->size + sizeof options;
  if (size > sizeof octets) {
    return true;
  }
  memcpy(octets, object->data, object->size);
  if (context->size > 0) {
    memcpy(octets + object->size, context->data, context->size);
  }
  memcpy(octets + object->size + context->size, options, sizeof options);
  (void)snprintf(own_name, sizeof own_name, "%s%s", name, manner->word);
  return write_seed(folder, TARGET_PUT, own_name, octets, size);
}

static bool write_manners(struct pac_seed_folder *folder, const char *name, const struct pac_octets *object,
                          const struct pac_octets *context, uint32_t flags) {
  static const struct manner manners[] = {{0, ""}, {8, "_twice"}, {4, "_without_its_class"}, {2, "_encoded"}};
  bool is_fine = true;
  for (size_t i = 0; i < sizeof manners / sizeof manners[0] && is_fine; i++) {
    is_fine = write_manner(folder, name, object, context, &manners[i], flags);
  }
  return is_fine;
}

static bool write_put(struct pac_seed_folder *folder, const char *name, const struct pac_object *object,
                      const struct pac_program_call *call) {
  struct pac_octets octets = {NULL, 0};
  struct pac_octets context = {NULL, 0};
  bool is_fine = true;
  if (call->context != NULL &&
      pac_context_encode(NULL, call->context, NULL, PAC_ENCODE_CANONICAL, &context) == PAC_RESULT_OK) {
    is_fine =
        context.size > PAC_SEED_OCTETS_MAX || write_seed(folder, TARGET_CONTEXT, name, context.data, context.size);
  }
  if (pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &octets) == PAC_RESULT_OK &&
      octets.size <= PAC_SEED_OCTETS_MAX) {
    is_fine = is_fine && write_seed(folder, TARGET_WMIO, name, octets.data, octets.size) &&
              write_manners(folder, name, &octets, &context, call->flags);
  }
  pac_octets_free(NULL, &octets);
  pac_octets_free(NULL, &context);
  return is_fine;
}

bool pac_seed_write_puts(struct pac_seed_folder *folder, const char *name, const struct pac_program *program) {
  uint32_t count = 0;
  bool is_fine = true;
  for (uint32_t i = 0; i < program->call_count && is_fine; i++) {
    const struct pac_program_call *call = &program->calls[i];
    if (call->op == PAC_PROGRAM_PUT && call->object != PAC_PROGRAM_NONE) {
      char own_name[NAME_OCTETS_MAX];
      count += 1;
      (void)snprintf(own_name, sizeof own_name, count == 1 ? "%s" : "%s_put_%u", name, (unsigned)count);
      is_fine = write_put(folder, own_name, program->objects[call->object].object, call);
    }
  }
  return is_fine;
}

/* Programs --------------------------------------------------------------------------------------------------------- */

static bool write_program(struct pac_seed_folder *folder, const char *name, struct pac_program *program) {
  uint8_t octets[PAC_SEED_OCTETS_MAX];
  size_t size = 0;
  bool is_small = pac_program_tell_apart(program) == PAC_RESULT_OK &&
                  pac_program_encode(program, octets, sizeof octets, &size) == PAC_RESULT_OK && size <= sizeof octets;
  return !is_small || write_seed(folder, TARGET_SEQUENCE, name, octets, size);
}

static bool add_call(struct pac_program *program, enum pac_program_op op, uint32_t number) {
  struct pac_program_call call = pac_program_call_of(op);
  call.number = number;
  return pac_program_add_call(program, &call) == PAC_RESULT_OK;
}

/* Cuts the program behind its last put, and makes that one again with each of some allocations failing. False when
 * there is none to make, or no room. */
static bool make_short(struct pac_program *program) {
  while (program->call_count > 0 && program->calls[program->call_count - 1].op != PAC_PROGRAM_PUT) {
    program->call_count -= 1;
  }
  if (program->call_count == 0 || program->calls[program->call_count - 1].space != 0 ||
      program->call_count + 3 * SHORTAGES_COUNT > PAC_PROGRAM_CALLS_MAX) {
    return false;
  }
  program->call_count -= 1;
  struct pac_program_call put = program->calls[program->call_count];
  put.async_context = NULL; /* each gets one of its own */
  bool is_made = true;
  for (uint32_t nth = 1; nth <= SHORTAGES_COUNT && is_made; nth++) {
    is_made = add_call(program, PAC_PROGRAM_FAIL, nth) && pac_program_add_call(program, &put) == PAC_RESULT_OK &&
              add_call(program, PAC_PROGRAM_DRAIN, 0);
  }
  return is_made;
}

bool pac_seed_write_program(struct pac_seed_folder *folder, const char *name, const struct pac_program *program) {
  char own_name[NAME_OCTETS_MAX];
  struct pac_program *copy = NULL;
  if (pac_program_clone(NULL, program, &copy) != PAC_RESULT_OK) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
    return false;
  }
  (void)snprintf(own_name, sizeof own_name, "%s_short_of_memory", name);
  bool is_fine = write_program(folder, name, copy) && (!make_short(copy) || write_program(folder, own_name, copy));
  pac_program_free(copy);
  return is_fine;
}
