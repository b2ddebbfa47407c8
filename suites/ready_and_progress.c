/* SPDX-License-Identifier: Apache-2.0 */
/* The events OnObjectReady, which a put never gives, and OnProgress, which it gives only with 0x80 and before the end. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_ready_and_progress;

static void judge_progress(struct pac_case_run *run, const struct step_row *row, const struct pac_put_seen *seen) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  uint32_t upper_bound = row->progress_code >> 16;
  uint32_t current = row->progress_code & 0xffffu;
  for (uint32_t i = seen->first_event; i < count; i++) {
    const struct pac_event *event = events[i];
    if (event->kind == PAC_EVENT_PROGRESS && (event->upper_bound != upper_bound || event->current != current)) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_PROGRESS_WORDS_OF_PROVIDER_CODE,
                   pac_run_text(run, "%u of %u", (unsigned)current, (unsigned)upper_bound),
                   pac_run_text(run, "%u of %u", (unsigned)event->current, (unsigned)event->upper_bound));
    }
  }
  if (seen->progress_count > row->progress_count) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_PROGRESS_BEFORE_COMPLETION,
                 pac_run_text(run, "no more than the %u reports of the provider", (unsigned)row->progress_count),
                 pac_run_text(run, "%u", (unsigned)seen->progress_count));
  }
}

/* The provider reports progress, whether it is wanted or not; each report may reach the sink or be dropped. */
static void provider_reports(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  pac_run_given_provider(run, SCENE_CLASS,
                         &(struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS,
                                                          .progress_count = row->progress_count,
                                                          .progress_code = row->progress_code,
                                                          .recorder = step_recorder(run)});
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  judge_progress(run, row, &seen);
}

static const struct step_row rows[] = {
#include "ready_and_progress.def"
};

STEP_SUITE(ready_and_progress, step_row, "Events OnObjectReady and OnProgress");
