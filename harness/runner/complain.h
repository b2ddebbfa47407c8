/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the command says when it cannot go on: one sentence on standard error.
 */
#ifndef PACHECK_RUNNER_COMPLAIN_H
#define PACHECK_RUNNER_COMPLAIN_H

/** Prints `pacheck: <sentence>` and a newline to standard error. As printf. */
__attribute__((format(printf, 1, 2))) void pac_complain(const char *format, ...);

#endif
