/* SPDX-License-Identifier: Apache-2.0 */
/* The commands run and replay: build the plan, run it with workers or without, keep the journal, judge it, report. The
 * files that are asked for are opened before the first case, so that an hour's run is not lost to a mistyped path. */
#include "runner/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/complain.h"
#include "runner/in_process.h"
#include "runner/kept_file.h"
#include "runner/show.h"
#include "runner/supervise.h"
#include "runner/version.h"

static const char *const no_filters[] = {NULL};

/* One sentence for a plan without cases. */
static void complain_of_empty_plan(const struct pac_run_options *options, const struct pac_plan *plan,
                                   const struct pac_shard *shard) {
  if (options->operand != NULL && (strcmp(options->operand, "reference") == 0 || access(options->operand, F_OK) == 0)) {
    pac_complain("'%s' is no case: the case comes first, then the adapter (see 'pacheck help replay')", options->operand);
  } else if (options->operand != NULL) {
    pac_complain("there is no case '%s'; 'pacheck list' has them all", options->operand);
  } else if (plan->matched > 0) {
    pac_complain("none of the %u cases belongs to shard %u of %u", plan->matched, shard->index, shard->count);
  } else {
    pac_complain("no case matches the filter%s; 'pacheck list' has them all", options->filter_count == 1 ? "" : "s");
  }
}

static bool plan_is_usable(const struct pac_run_options *options, const struct pac_plan *plan,
                           const struct pac_shard *shard) {
  if (plan->count == 0) {
    complain_of_empty_plan(options, plan, shard);
    return false;
  }
  if (options->operand != NULL && plan->count > 1) {
    pac_complain("several suites have a case '%s': write %s/%s or %s/%s", options->operand, plan->cases[0].suite->name,
                 plan->cases[0].name, plan->cases[1].suite->name, plan->cases[1].name);
    return false;
  }
  return true;
}

static int plan_run(const struct pac_run_options *options, const struct pac_plan *plan, const struct pac_shard *shard) {
  const char *const *filters = options->operand != NULL ? &options->operand : (const char *const *)options->filters;
  const struct pac_journal_run run = {
      .suite_version = PAC_VERSION_TEXT,
      .adapter = options->adapter,
      .profile = options->profile,
      .seed = options->seed,
      .timeout_ms = options->timeout_ms,
      .planned = plan->count,
      .shard_index = shard->index,
      .shard_count = shard->count,
      .filters = filters != NULL ? filters : no_filters,
      .filter_count = options->operand != NULL ? 1 : (uint32_t)options->filter_count,
      .options = options->adapter_options,
      .option_count = (uint32_t)options->adapter_option_count,
  };
  struct pac_kept_file journal;
  if (options->junit_path != NULL &&
      (!pac_path_is_writable(options->junit_path) ||
       (options->journal_path != NULL && !pac_path_is_free_of(options->junit_path, options->journal_path)))) {
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  if (pac_kept_file_open(options->journal_path, &journal) != PAC_RESULT_OK) {
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  char why[1024];
  struct pac_progress progress;
  pac_progress_begin(&progress, options->is_quiet || options->operand != NULL, plan->count);
  enum pac_result result = options->is_in_process
                               ? pac_run_in_process(options, plan, &run, journal.file, &progress, why, sizeof why)
                               : pac_supervise(options, plan, &run, journal.file, &progress, why, sizeof why);
  pac_progress_end(&progress);
  int code = PAC_EXIT_COULD_NOT_JUDGE;
  if (result != PAC_RESULT_OK) {
    const char *left = pac_kept_file_leave(&journal);
    pac_complain("%s%s%s", why, left != NULL ? "; what was done until then is in " : "", left != NULL ? left : "");
  } else if (pac_kept_file_keep(&journal) == PAC_RESULT_OK) {
    rewind(journal.file);
    const char *name = options->journal_path != NULL ? options->journal_path : "the journal";
    code = pac_show_journals(options, &name, &journal.file, 1);
  }
  pac_kept_file_reset(&journal);
  return code;
}

int pac_run_main(const struct pac_run_options *options, const struct pac_suite *const *suites) {
  char why[1024];
  struct pac_shard shard = {0, 1};
  struct pac_plan *plan = NULL;
  const struct pac_filter filter = {
      .patterns = options->filters, .pattern_count = options->filter_count, .exact = options->operand};
  if ((options->operand == NULL && pac_shard_from_environment(&shard, why, sizeof why) != PAC_RESULT_OK) ||
      pac_plan_new(suites, &filter, &shard, &plan, why, sizeof why) != PAC_RESULT_OK) {
    pac_complain("%s", why);
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  int code = plan_is_usable(options, plan, &shard) ? plan_run(options, plan, &shard) : PAC_EXIT_COULD_NOT_JUDGE;
  pac_plan_free(plan);
  return code;
}
