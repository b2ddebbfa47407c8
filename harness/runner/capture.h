/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a worker's adapter writes to standard output or standard error: kept bounded, never read while a case runs.
 *
 * A capture is an anonymous file in memory that is only appended to. So a writer is never blocked, nobody has to read
 * along, and at the end of a case its size says exactly what the case wrote. The supervisor gives memory back at the
 * front of a file that grows, so that only its end is kept.
 */
#ifndef PACHECK_RUNNER_CAPTURE_H
#define PACHECK_RUNNER_CAPTURE_H

#include "case/case.h"

#define PAC_CAPTURE_KEPT_MAX (64u * 1024u) /* octets of the end of a stream that are kept at least */
#define PAC_CAPTURE_LINES_MAX 16u          /* lines of a stream that are shown */

/** Makes a capture; it is given as a descriptor. Errors: PAC_RESULT_IO. */
enum pac_result pac_capture_new(int *given);

/** Empties a capture. */
void pac_capture_clear(int descriptor);

/** Gives back the memory in front of the part that is kept. */
void pac_capture_trim(int descriptor);

/** Makes every later write to the capture fail, by whatever process still holds it. */
void pac_capture_seal(int descriptor);

/**
 * Adds the last lines of a capture to the timeline of a record, each as `stream: text`. What does not fit is left out.
 * A capture that is empty adds nothing.
 */
void pac_capture_append(int descriptor, const char *stream, struct pac_case_record *record);

#endif
