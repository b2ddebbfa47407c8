/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs cases of a plan through CUnit: one case is one CUnit test.
 *
 * It serves the worker process and the run in process alike; where the records go is told by functions.
 */
#ifndef PACHECK_RUNNER_WORK_H
#define PACHECK_RUNNER_WORK_H

#include "runner/options.h"
#include "runner/plan.h"

struct pac_work {
  const struct pac_plan *plan;
  struct pac_case_settings settings;
  void *context; /* of the functions below */

  /** A case is about to run. May be null. */
  void (*starts)(void *context, uint32_t position);

  /** A case has ended. The record is borrowed and may be added to. Gives false to run no further case. */
  bool (*ended)(void *context, uint32_t position, struct pac_case_record *record, double milliseconds,
                bool must_replace);

  /** An event came after its case had ended. */
  void (*late)(void *context, const struct pac_late_event *event);
};

/**
 * Runs the cases at `count` positions from `first`. Not to be called from within itself: CUnit's tests take no
 * argument, so the current work is static.
 *
 * Errors  PAC_RESULT_BROKEN (CUnit could not be set up).
 */
enum pac_result pac_work_run(const struct pac_work *work, uint32_t first, uint32_t count);

/** What the command line asks of every case. The options stay borrowed. */
struct pac_case_settings pac_work_settings(const struct pac_run_options *options, const struct pac_adapter *adapter);

/** Takes the late events that have come and hands each to `late`. */
void pac_work_take_late(const struct pac_work *work);

#endif
