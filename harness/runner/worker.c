/* SPDX-License-Identifier: Apache-2.0 */
/* The worker process: loads the adapter, runs the positions that it is handed, and streams what happened. Whatever the
 * adapter does to this process is the supervisor's to notice. */
#include "runner/worker.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/library/load.h"
#include "runner/capture.h"
#include "runner/complain.h"
#include "runner/journal.h"
#include "runner/version.h"
#include "runner/work.h"

/* Lines are written as one: a pipe holds this much and more. */
#define JOURNAL_BUFFER_SIZE 65536u

struct worker {
  const struct pac_plan *plan;
  FILE *journal;
  struct pac_worker_page *page;
  bool must_end;
  bool is_muted; /* a repetition for a benchmark: only the last one is told */
};

static void case_starts(void *context, uint32_t position) {
  struct worker *worker = context;
  atomic_store(&worker->page->begun, position);
  atomic_store(&worker->page->running, position);
}

static void case_goes_on(void *context) {
  struct worker *worker = context;
  atomic_fetch_add(&worker->page->steps, 1);
}

static bool case_ended(void *context, uint32_t position, struct pac_case_record *record, double milliseconds,
                       bool must_replace) {
  struct worker *worker = context;
  const struct pac_case *the_case = &worker->plan->cases[position];
  worker->must_end = must_replace;
  if (worker->is_muted && !must_replace) {
    return true;
  }
  (void)fflush(stdout);
  if (record->verdict == PAC_VERDICT_FAIL || record->verdict == PAC_VERDICT_BROKEN) {
    pac_capture_append(STDOUT_FILENO, "stdout", record);
    pac_capture_append(STDERR_FILENO, "stderr", record);
  }
  pac_capture_clear(STDOUT_FILENO);
  pac_capture_clear(STDERR_FILENO);
  const struct pac_journal_case line = {.index = worker->plan->indexes[position],
                                        .suite = the_case->suite->name,
                                        .name = the_case->name,
                                        .clauses = the_case->clauses,
                                        .features = the_case->features,
                                        .record = record,
                                        .milliseconds = milliseconds};
  fprintf(worker->journal, "C %" PRIu32 " %u %u ", position, (unsigned)record->verdict, must_replace ? 1u : 0u);
  if (pac_journal_write_case(worker->journal, &line) != PAC_RESULT_OK || fflush(worker->journal) != 0) {
    _exit(EXIT_FAILURE); /* without a journal there is nobody to tell */
  }
  atomic_store(&worker->page->running, PAC_POSITION_NONE);
  return !must_replace;
}

static void event_is_late(void *context, const struct pac_late_event *event) {
  struct worker *worker = context;
  uint32_t position = pac_plan_position(worker->plan, event->case_index);
  const struct pac_case *the_case = position == PAC_POSITION_NONE ? NULL : &worker->plan->cases[position];
  fprintf(worker->journal, "L %" PRIu32 " ", position);
  (void)pac_journal_write_late(worker->journal, event->case_index, the_case != NULL ? the_case->suite->name : NULL,
                               the_case != NULL ? the_case->name : NULL, event->text);
  (void)fflush(worker->journal);
}

static bool worker_open(struct worker *worker) {
  worker->journal = fdopen(PAC_WORKER_JOURNAL_FD, "w");
  void *page = mmap(NULL, sizeof *worker->page, PROT_READ | PROT_WRITE, MAP_SHARED, PAC_WORKER_PAGE_FD, 0);
  if (worker->journal == NULL || page == MAP_FAILED) {
    return false;
  }
  worker->page = page;
  (void)close(PAC_WORKER_PAGE_FD);
  /* What the adapter prints has to be in the capture when the process dies in the middle of a case. */
  return setvbuf(worker->journal, NULL, _IOFBF, JOURNAL_BUFFER_SIZE) == 0 && setvbuf(stdout, NULL, _IOLBF, 0) == 0;
}

static void run_line_write(struct worker *worker, const struct pac_run_options *options,
                           const struct pac_adapter *adapter) {
  const struct pac_journal_run run = {.suite_version = PAC_VERSION_TEXT,
                                      .adapter = options->adapter,
                                      .name = adapter->name,
                                      .version = adapter->version,
                                      .features = adapter->features,
                                      .profile = options->profile,
                                      .seed = options->seed,
                                      .timeout_ms = options->timeout_ms,
                                      .planned = worker->plan->count,
                                      .shard_count = 1};
  fputs("R ", worker->journal);
  (void)pac_journal_write_run(worker->journal, &run);
  (void)fflush(worker->journal);
}

static void serve(struct worker *worker, const struct pac_work *work, uint32_t repeat) {
  FILE *control = fdopen(PAC_WORKER_CONTROL_FD, "r");
  char line[64];
  while (control != NULL && !worker->must_end && fgets(line, sizeof line, control) != NULL) {
    uint32_t first = 0, count = 0;
    if (sscanf(line, "%" SCNu32 " %" SCNu32, &first, &count) != 2 || first > worker->plan->count ||
        count > worker->plan->count - first) {
      break;
    }
    for (uint32_t i = 0; i < repeat && !worker->must_end; i++) {
      worker->is_muted = i + 1 < repeat;
      if (pac_work_run(work, first, count) != PAC_RESULT_OK) {
        _exit(EXIT_FAILURE);
      }
    }
  }
  pac_work_take_late(work);
  fputs("E\n", worker->journal);
  (void)fflush(worker->journal);
  if (worker->must_end) {
    _exit(EXIT_SUCCESS); /* something still hangs: what an ordinary exit would wait for */
  }
  if (control != NULL) {
    (void)fclose(control);
  }
}

int pac_worker_main(const struct pac_run_options *options, const struct pac_suite *const *suites) {
  static struct pac_loaded loaded; /* threads of the adapter may look at the table until the process is gone */
  struct stat status;
  if (fstat(PAC_WORKER_CONTROL_FD, &status) != 0 || fstat(PAC_WORKER_JOURNAL_FD, &status) != 0 ||
      fstat(PAC_WORKER_PAGE_FD, &status) != 0) {
    pac_complain("'pacheck worker' is started by 'pacheck run', not by hand");
    return 2;
  }
  struct worker worker = {0};
  if (!worker_open(&worker)) {
    return EXIT_FAILURE;
  }
  char why[1024];
  struct pac_shard shard = {0, 1};
  struct pac_plan *plan = NULL;
  const struct pac_filter filter = {
      .patterns = options->filters, .pattern_count = options->filter_count, .exact = options->operand};
  if ((options->operand == NULL && pac_shard_from_environment(&shard, why, sizeof why) != PAC_RESULT_OK) ||
      pac_plan_new(suites, &filter, &shard, &plan, why, sizeof why) != PAC_RESULT_OK ||
      pac_adapter_load(options->adapter, &loaded, why, sizeof why) != PAC_RESULT_OK) {
    fprintf(worker.journal, "X %s\n", why);
    (void)fclose(worker.journal);
    pac_plan_free(plan);
    return EXIT_FAILURE;
  }
  worker.plan = plan;
  run_line_write(&worker, options, loaded.adapter);
  struct pac_work work = {.plan = plan,
                          .settings = pac_work_settings(options, loaded.adapter),
                          .context = &worker,
                          .starts = case_starts,
                          .ended = case_ended,
                          .late = event_is_late};
  work.settings.goes_on = case_goes_on;
  work.settings.goes_on_context = &worker;
  serve(&worker, &work, options->repeat);
  (void)fclose(worker.journal);
  pac_plan_free(plan);
  return EXIT_SUCCESS;
}
