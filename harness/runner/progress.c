/* SPDX-License-Identifier: Apache-2.0 */
/* Shows progress. Standard output belongs to the report, so all of this goes to standard error. */
#include "runner/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LIVE_INTERVAL_MS 100u
#define PLAIN_INTERVAL_MS 5000u

uint64_t pac_clock_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

bool pac_is_live_terminal(int descriptor) {
  const char *kind = getenv("TERM");
  return isatty(descriptor) == 1 && kind != NULL && kind[0] != '\0' && strcmp(kind, "dumb") != 0;
}

void pac_progress_begin(struct pac_progress *progress, bool is_quiet, uint32_t planned) {
  *progress = (struct pac_progress){.is_shown = !is_quiet,
                                    .is_live = pac_is_live_terminal(STDERR_FILENO),
                                    .planned = planned};
  progress->due_ms = pac_clock_ms() + (progress->is_live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS);
}

void pac_progress_update(struct pac_progress *progress, uint32_t done, uint32_t failed) {
  if (!progress->is_shown) {
    return;
  }
  uint64_t now = pac_clock_ms();
  if (now < progress->due_ms) {
    return;
  }
  progress->due_ms = now + (progress->is_live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS);
  fprintf(stderr, "%s%" PRIu32 " of %" PRIu32 " cases, %" PRIu32 " failed%s", progress->is_live ? "\r\033[K" : "", done,
          progress->planned, failed, progress->is_live ? "" : "\n");
  progress->has_line = progress->is_live;
  (void)fflush(stderr);
}

void pac_progress_end(struct pac_progress *progress) {
  if (progress->has_line) {
    fputs("\r\033[K", stderr);
    progress->has_line = false;
  }
}
