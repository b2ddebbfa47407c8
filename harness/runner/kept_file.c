/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are written beside their name and renamed at the end. Whoever asks for one learns before a run starts that
 * it cannot be written. A name that is no file, such as /dev/stdout or a pipe, is not renamed over but copied into. */
#define _XOPEN_SOURCE 700
#include "runner/kept_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/complain.h"

#define OPEN_TRIES_MAX 16

/* What is there under a name already. */
enum kind { KIND_NONE, KIND_FILE, KIND_FOLDER, KIND_OTHER };

static enum kind kind_of(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) {
    return KIND_NONE;
  }
  return S_ISREG(status.st_mode) ? KIND_FILE : S_ISDIR(status.st_mode) ? KIND_FOLDER : KIND_OTHER;
}

static bool is_same_file(const struct stat *left, const struct stat *right) {
  return left->st_dev == right->st_dev && left->st_ino == right->st_ino;
}

/* The path with more behind it; null when there is no memory. */
static char *path_with(const char *path, const char *more) {
  size_t size = strlen(path) + strlen(more) + 1;
  char *text = malloc(size);
  if (text != NULL) {
    (void)snprintf(text, size, "%s%s", path, more);
  }
  return text;
}

/* Opens FILE.part for this process alone, and empties it. Another run may rename or remove it before it is locked. */
static int part_lock(const char *path) {
  for (int i = 0; i < OPEN_TRIES_MAX; i++) {
    struct stat opened, named;
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) {
      return -1;
    }
    /* Another failure: a file system without locks. */
    bool is_taken = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!is_taken && fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && is_same_file(&opened, &named)) {
      if (ftruncate(descriptor, 0) == 0) {
        return descriptor;
      }
      i = OPEN_TRIES_MAX;
    }
    int why = is_taken ? EWOULDBLOCK : errno;
    (void)close(descriptor);
    errno = why;
    if (is_taken) {
      return -1;
    }
  }
  return -1;
}

static enum pac_result part_open(struct pac_kept_file *file) {
  file->part_path = path_with(file->path, ".part");
  if (file->part_path == NULL) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
    return PAC_RESULT_NO_MEMORY;
  }
  int descriptor = part_lock(file->part_path);
  file->file = descriptor < 0 ? NULL : fdopen(descriptor, "w+");
  if (file->file == NULL) {
    pac_complain("cannot write '%s': %s", file->path,
                 errno == EWOULDBLOCK ? "another run is writing it" : strerror(errno));
    free(file->part_path);
    file->part_path = NULL; /* it is not ours to remove */
    return PAC_RESULT_IO;
  }
  return PAC_RESULT_OK;
}

static enum pac_result temporary_open(struct pac_kept_file *file) {
  file->file = tmpfile();
  if (file->file == NULL) {
    pac_complain("cannot make a temporary file: %s", strerror(errno));
    return PAC_RESULT_IO;
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_kept_file_open(const char *path, struct pac_kept_file *file) {
  *file = (struct pac_kept_file){0};
  if (path == NULL) {
    return temporary_open(file);
  }
  if (!pac_path_is_writable(path)) {
    return PAC_RESULT_IO;
  }
  file->is_copied = kind_of(path) == KIND_OTHER;
  char *target = file->is_copied ? NULL : realpath(path, NULL); /* through a symbolic link, whose name stays one */
  file->path = target != NULL ? target : strdup(path);
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  if (file->path != NULL) {
    result = file->is_copied ? temporary_open(file) : part_open(file);
  }
  if (result != PAC_RESULT_OK) {
    pac_kept_file_reset(file);
  }
  return result;
}

static bool copy_to(FILE *from, const char *path) {
  char block[8192];
  size_t count = 0;
  FILE *to = fopen(path, "we");
  if (to == NULL) {
    return false;
  }
  rewind(from);
  while ((count = fread(block, 1, sizeof block, from)) > 0 && fwrite(block, 1, count, to) == count) {
  }
  bool is_written = !ferror(from) && !ferror(to);
  return fclose(to) == 0 && is_written;
}

enum pac_result pac_kept_file_keep(struct pac_kept_file *file) {
  if (file->path == NULL) {
    return PAC_RESULT_OK;
  }
  if (fflush(file->file) != 0 || ferror(file->file) ||
      (file->is_copied ? !copy_to(file->file, file->path) : rename(file->part_path, file->path) != 0)) {
    pac_complain("cannot write '%s': %s", file->path, strerror(errno));
    return PAC_RESULT_IO;
  }
  free(file->part_path);
  file->part_path = NULL;
  return PAC_RESULT_OK;
}

const char *pac_kept_file_leave(struct pac_kept_file *file) {
  if (file->part_path == NULL || fflush(file->file) != 0 || ftell(file->file) <= 0) {
    return NULL;
  }
  file->is_left = true;
  return file->part_path;
}

void pac_kept_file_reset(struct pac_kept_file *file) {
  if (file->part_path != NULL && !file->is_left) {
    (void)unlink(file->part_path);
  }
  if (file->file != NULL) {
    (void)fclose(file->file); /* and with it the lock */
  }
  free(file->part_path);
  free(file->path);
  *file = (struct pac_kept_file){0};
}

/* Whether a file can be made beside this one. */
static bool can_make_file(const char *path) {
  char *target = realpath(path, NULL);
  char *probe = path_with(target != NULL ? target : path, ".XXXXXX");
  int descriptor = -1;
  errno = ENOMEM;
  if (probe != NULL) {
    descriptor = mkstemp(probe);
  }
  int why = errno;
  if (descriptor >= 0) {
    (void)close(descriptor);
    (void)unlink(probe);
  }
  free(probe);
  free(target);
  errno = why;
  return descriptor >= 0;
}

bool pac_path_is_writable(const char *path) {
  enum kind kind = kind_of(path);
  errno = EISDIR;
  if (kind == KIND_FOLDER || (kind == KIND_OTHER ? access(path, W_OK) != 0 : !can_make_file(path))) {
    pac_complain("cannot write '%s': %s", path, strerror(errno));
    return false;
  }
  return true;
}

bool pac_path_is_free_of(const char *path, const char *other) {
  struct stat left, right;
  enum kind kind = kind_of(path);
  if (kind == KIND_OTHER) {
    return true; /* both may go to /dev/null */
  }
  if (strcmp(path, other) != 0 &&
      (stat(path, &left) != 0 || stat(other, &right) != 0 || !is_same_file(&left, &right))) {
    return true;
  }
  pac_complain("the JUnit file would replace the journal '%s'", other);
  return false;
}
