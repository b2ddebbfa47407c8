/* SPDX-License-Identifier: Apache-2.0 */
/* The plain driver of a target, for any compiler: runs every file named, and every file in every folder named, twice each,
 * in one process; a target that keeps state between inputs shows in the second round, which goes backwards. When a signal ends
 * it, the file is named. */
#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"

#define FILE_OCTETS_MAX (64u << 20)
#define FOLDERS_MAX 32u

static const char *volatile running;

static void name_file(int number) {
  static const char words[] = "replay: this was ";
  (void)!write(STDERR_FILENO, words, sizeof words - 1);
  (void)!write(STDERR_FILENO, running, strlen(running));
  (void)!write(STDERR_FILENO, "\n", 1);
  (void)signal(number, SIG_DFL);
  (void)raise(number);
}

/* Where a sanitizer has a report of its own to make, it is left to that. */
static void watch_signals(void) {
  static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTERM};
  struct sigaction action;
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler == SIG_DFL) {
      (void)signal(numbers[i], name_file);
    }
  }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

struct files {
  char **paths;
  size_t count;
  size_t max;
};

static void add(struct files *files, const char *path) {
  if (files->count == files->max) {
    files->max = files->max == 0 ? 64 : 2 * files->max;
    files->paths = realloc(files->paths, files->max * sizeof *files->paths);
  }
  char *copy = strdup(path);
  if (files->paths == NULL || copy == NULL) {
    fputs("replay: not enough memory\n", stderr);
    exit(2);
  }
  files->paths[files->count++] = copy;
}

static bool collect(struct files *files, const char *path, unsigned depth) {
  struct stat status;
  if (stat(path, &status) != 0 || depth > FOLDERS_MAX) {
    fprintf(stderr, "replay: cannot read %s\n", path);
    return false;
  }
  if (!S_ISDIR(status.st_mode)) {
    add(files, path);
    return true;
  }
  DIR *folder = opendir(path);
  if (folder == NULL) {
    fprintf(stderr, "replay: cannot read %s\n", path);
    return false;
  }
  bool is_read = true;
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    char inner[4096];
    if (entry->d_name[0] == '.') {
      continue;
    }
    if (snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) >= (int)sizeof inner) {
      fprintf(stderr, "replay: cannot read %s/%s\n", path, entry->d_name);
      is_read = false;
      continue;
    }
    is_read = collect(files, inner, depth + 1) && is_read;
  }
  closedir(folder);
  return is_read;
}

static bool run(const char *path) {
  FILE *file = fopen(path, "rb");
  struct stat status;
  if (file == NULL || fstat(fileno(file), &status) != 0 || status.st_size > (off_t)FILE_OCTETS_MAX) {
    fprintf(stderr, "replay: cannot read %s\n", path);
    if (file != NULL) {
      fclose(file);
    }
    return false;
  }
  size_t size = (size_t)status.st_size;
  uint8_t *octets = malloc(size == 0 ? 1 : size); /* exactly the file: a sanitizer sees what is read beyond it */
  bool is_read = octets != NULL && fread(octets, 1, size, file) == size;
  fclose(file);
  if (is_read) {
    running = path;
    LLVMFuzzerTestOneInput(octets, size);
  }
  free(octets);
  return is_read;
}

static int by_name(const void *left, const void *right) {
  return strcmp(*(char *const *)left, *(char *const *)right);
}

int main(int argc, char **argv) {
  struct files files = {NULL, 0, 0};
  bool is_read = argc > 1;
  if (argc < 2) {
    fprintf(stderr, "usage: %s FILE-OR-FOLDER...\n", argv[0]);
  }
  if (LLVMFuzzerInitialize != NULL) {
    LLVMFuzzerInitialize(&argc, &argv);
  }
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] != '-') { /* an engine's option, which a finding is replayed with, means nothing here */
      is_read = collect(&files, argv[i], 0) && is_read;
    }
  }
  if (files.count > 0) {
    qsort(files.paths, files.count, sizeof *files.paths, by_name);
  }
  running = "no file";
  watch_signals();
  const char *verbose = getenv("PAC_REPLAY_VERBOSE");
  for (size_t i = 0; i < 2 * files.count; i++) {
    const char *path = files.paths[i < files.count ? i : 2 * files.count - 1 - i];
    if (verbose != NULL) {
      fprintf(stderr, "%s\n", path);
    }
    is_read = run(path) && is_read;
  }
  fprintf(stderr, "%zu files, each twice\n", files.count);
  is_read = is_read && files.count > 0;
  for (size_t i = 0; i < files.count; i++) {
    free(files.paths[i]);
  }
  free(files.paths);
  return is_read ? EXIT_SUCCESS : 2;
}
