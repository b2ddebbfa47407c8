/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A file that appears whole under its name or not at all: it is written as FILE.part and renamed at the end. When the
 * program dies, FILE.part stays and shows how far it came. One process at a time writes it. What is no file, such as a
 * pipe or /dev/null, stays what it is: the content is written into it at the end.
 */
#ifndef PACHECK_RUNNER_KEPT_FILE_H
#define PACHECK_RUNNER_KEPT_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "pacheck/result.h"

struct pac_kept_file {
  FILE *file; /* open for writing and reading */
  char *path; /* null for a file that is thrown away */
  char *part_path;
  bool is_copied; /* at the end, into what is no file */
  bool is_left;
};

/** Opens the file; a null path opens one that is thrown away. Errors: PAC_RESULT_IO, after one sentence. */
enum pac_result pac_kept_file_open(const char *path, struct pac_kept_file *file);

/** Puts what was written under its name; the file stays open for reading. Errors: PAC_RESULT_IO, after one sentence. */
enum pac_result pac_kept_file_keep(struct pac_kept_file *file);

/** Lets FILE.part stay, though it is not whole; gives its path, borrowed. Null when nothing was written to one. */
const char *pac_kept_file_leave(struct pac_kept_file *file);

/** Closes the file. One that was neither kept nor left is removed. */
void pac_kept_file_reset(struct pac_kept_file *file);

/** Whether a file could be written there; it is not touched. Otherwise says so in one sentence. */
bool pac_path_is_writable(const char *path);

/** Whether the JUnit file at `path` leaves the journal `other` alone. Otherwise says so in one sentence. */
bool pac_path_is_free_of(const char *path, const char *other);

#endif
