/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are written beside their name and renamed at the end. Whoever asks for one learns before a run starts that
 * it cannot be written. */
#include "runner/kept_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/complain.h"

static bool is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static enum pac_result part_open(struct pac_kept_file *file) {
  size_t size = strlen(file->path) + sizeof ".part";
  file->part_path = malloc(size);
  if (file->part_path == NULL) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
    return PAC_RESULT_NO_MEMORY;
  }
  (void)snprintf(file->part_path, size, "%s.part", file->path);
  errno = EISDIR;
  file->file = is_folder(file->path) ? NULL : fopen(file->part_path, "w+e");
  if (file->file == NULL) {
    pac_complain("cannot write '%s': %s", file->path, strerror(errno));
    free(file->part_path);
    file->part_path = NULL;
    return PAC_RESULT_IO;
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_kept_file_open(const char *path, struct pac_kept_file *file) {
  *file = (struct pac_kept_file){0};
  if (path == NULL) {
    file->file = tmpfile();
    if (file->file == NULL) {
      pac_complain("cannot make a temporary file: %s", strerror(errno));
      return PAC_RESULT_IO;
    }
    return PAC_RESULT_OK;
  }
  file->path = strdup(path);
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  if (file->path != NULL) {
    result = part_open(file);
  }
  if (result != PAC_RESULT_OK) {
    pac_kept_file_reset(file);
  }
  return result;
}

enum pac_result pac_kept_file_keep(struct pac_kept_file *file) {
  if (file->part_path == NULL) {
    return PAC_RESULT_OK;
  }
  if (fflush(file->file) != 0 || rename(file->part_path, file->path) != 0) {
    pac_complain("cannot write '%s': %s", file->path, strerror(errno));
    return PAC_RESULT_IO;
  }
  free(file->part_path);
  file->part_path = NULL;
  return PAC_RESULT_OK;
}

void pac_kept_file_reset(struct pac_kept_file *file) {
  if (file->file != NULL) {
    (void)fclose(file->file);
  }
  if (file->part_path != NULL) {
    (void)unlink(file->part_path);
  }
  free(file->part_path);
  free(file->path);
  *file = (struct pac_kept_file){0};
}

bool pac_path_is_writable(const char *path) {
  struct pac_kept_file probe;
  if (pac_kept_file_open(path, &probe) != PAC_RESULT_OK) {
    return false;
  }
  pac_kept_file_reset(&probe);
  return true;
}
