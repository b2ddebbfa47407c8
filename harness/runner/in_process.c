/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a plan without workers. The adapter's output goes where ours goes, and its crash is ours: a debugger wants both. */
#include "runner/in_process.h"

#include <stdlib.h>

#include "adapters/library/load.h"
#include "runner/ledger.h"
#include "runner/work.h"

struct in_process {
  const struct pac_run_options *options;
  const struct pac_plan *plan;
  struct pac_ledger *ledger;
  FILE *journal;
  struct pac_progress *progress;
  uint32_t hang_count;
  bool is_muted; /* a repetition for a benchmark: only the last one is told */
  enum pac_result result;
};

static bool case_ended(void *context, uint32_t position, struct pac_case_record *record, double milliseconds,
                       bool must_replace) {
  struct in_process *here = context;
  if (!here->is_muted) {
    here->result = pac_ledger_put_record(here->ledger, position, record, milliseconds);
    if (here->result == PAC_RESULT_OK) {
      here->result = pac_ledger_write(here->ledger, position + 1);
    }
    if (here->result == PAC_RESULT_OK && fflush(here->journal) != 0) { /* the next case may be the end of the process */
      here->result = PAC_RESULT_IO;
    }
    pac_progress_update(here->progress, pac_ledger_done(here->ledger),
                        pac_ledger_verdict_count(here->ledger, PAC_VERDICT_FAIL));
  }
  here->hang_count += must_replace;
  return here->result == PAC_RESULT_OK && here->hang_count < here->options->hangs_max;
}

static void event_is_late(void *context, const struct pac_late_event *event) {
  struct in_process *here = context;
  uint32_t position = pac_plan_position(here->plan, event->case_index);
  char *text = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&text, &length);
  if (memory == NULL) {
    return;
  }
  const struct pac_case *the_case = position < here->plan->count ? &here->plan->cases[position] : NULL;
  enum pac_result result =
      pac_journal_write_late(memory, event->case_index, the_case != NULL ? the_case->suite->name : NULL,
                             the_case != NULL ? the_case->name : NULL, event->text);
  if (fclose(memory) == 0 && result == PAC_RESULT_OK && length > 0) {
    (void)pac_ledger_put_late(here->ledger, position, text, length - 1);
  }
  free(text);
}

static enum pac_result plan_run(struct in_process *here, const struct pac_work *work) {
  enum pac_result result = PAC_RESULT_OK;
  for (uint32_t i = 0; i < here->options->repeat && result == PAC_RESULT_OK; i++) {
    here->is_muted = i + 1 < here->options->repeat;
    result = pac_work_run(work, 0, here->plan->count);
    result = here->result != PAC_RESULT_OK ? here->result : result;
  }
  if (result == PAC_RESULT_OK && here->hang_count >= here->options->hangs_max) {
    result = pac_ledger_give_up_rest(here->ledger, here->hang_count);
  }
  if (result == PAC_RESULT_OK) {
    pac_work_take_late(work);
    result = pac_ledger_finish(here->ledger);
  }
  return result;
}

enum pac_result pac_run_in_process(const struct pac_run_options *options, const struct pac_plan *plan,
                                   const struct pac_journal_run *run, FILE *journal, struct pac_progress *progress,
                                   char *why, size_t why_size) {
  static struct pac_loaded loaded; /* threads of the adapter may look at the table until the process is gone */
  if (pac_adapter_load(options->adapter, &loaded, why, why_size) != PAC_RESULT_OK) {
    return PAC_RESULT_UNSUPPORTED;
  }
  struct in_process here = {.options = options, .plan = plan, .journal = journal, .progress = progress};
  const struct pac_work work = {.plan = plan,
                                .settings = pac_work_settings(options, loaded.adapter),
                                .context = &here,
                                .ended = case_ended,
                                .late = event_is_late};
  struct pac_journal_run told = *run;
  told.name = loaded.adapter->name;
  told.version = loaded.adapter->version;
  told.features = loaded.adapter->features;
  enum pac_result result = pac_ledger_new(plan, journal, &here.ledger);
  if (result == PAC_RESULT_OK) {
    result = pac_journal_write_run(journal, &told);
  }
  if (result == PAC_RESULT_OK) {
    result = plan_run(&here, &work);
  }
  pac_ledger_free(here.ledger);
  if (result != PAC_RESULT_OK) {
    (void)snprintf(why, why_size, "the run could not be finished: %s", pac_result_text(result));
  }
  return result;
}
