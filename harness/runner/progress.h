/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Progress of a run on standard error: one live line on a terminal, now and then a plain line elsewhere.
 */
#ifndef PACHECK_RUNNER_PROGRESS_H
#define PACHECK_RUNNER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct pac_progress {
  bool is_shown;
  bool is_live;  /* a terminal that can wipe a line */
  bool has_line; /* a live line stands there and has to be wiped */
  uint32_t planned;
  uint64_t due_ms; /* when to say something next */
};

/** Whether escape sequences mean something there: a terminal that does not say that it is dumb. */
bool pac_is_live_terminal(int descriptor);

void pac_progress_begin(struct pac_progress *progress, bool is_quiet, uint32_t planned);

/** Says how far the run is when it is time to. Cheap enough for every case. */
void pac_progress_update(struct pac_progress *progress, uint32_t done, uint32_t failed);

/** Wipes the live line. */
void pac_progress_end(struct pac_progress *progress);

/** Milliseconds of the monotonic clock. */
uint64_t pac_clock_ms(void);

#endif
