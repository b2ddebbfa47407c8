/* SPDX-License-Identifier: Apache-2.0 */
/** What a case's calls become: files below a folder, <target>/<name>, in the form that the fuzz target of that name
 * reads. */
#ifndef PACHECK_RUNNER_SEED_FILES_H
#define PACHECK_RUNNER_SEED_FILES_H

#include <stdbool.h>

#include "program/program.h"

#define PAC_SEED_OCTETS_MAX 4096u /* of one file; what needs more is left out */

/** A folder being filled. Of two files of a target that hold the same the first one stays. */
struct pac_seed_folder;

/* Each gives false or null after one sentence. A name may be that of a case. */

struct pac_seed_folder *pac_seed_folder_new(const char *path);
void pac_seed_folder_free(struct pac_seed_folder *folder);

/**
 * Writes what a program puts: its objects as wmio_decode reads them, its contexts as context_decode does, and each put
 * with its flags as put_object does. What has no encoding is left out.
 */
bool pac_seed_write_puts(struct pac_seed_folder *folder, const char *name, const struct pac_program *program);

/**
 * Writes a program for put_sequence, and another one in which its last put is made again and again, with one allocation
 * after the other failing.
 */
bool pac_seed_write_program(struct pac_seed_folder *folder, const char *name, const struct pac_program *program);

#endif
