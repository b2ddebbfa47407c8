/* SPDX-License-Identifier: Apache-2.0 */
/** The files of corpus/regressions, compiled in by the build: harness/CMakeLists.txt makes the table from the folder. */
#ifndef PACHECK_SUITES_REGRESSIONS_H
#define PACHECK_SUITES_REGRESSIONS_H

#include <stddef.h>

struct regression_file {
  const char *name; /* of the file, without `.put` */
  const char *text;
};

/** In the order of their names. */
extern const struct regression_file regression_files[];

#endif
