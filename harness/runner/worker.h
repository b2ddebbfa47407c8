/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A worker process, and the agreement between it and its supervisor.
 *
 * The supervisor writes lines "FIRST COUNT\n", positions of the plan, to the control pipe; its end ends the worker. The
 * worker answers on the journal pipe, one line each, a letter first:
 *   R <run line>                         the adapter is loaded; what it is
 *   X <sentence>                         the adapter cannot be loaded
 *   C <position> <verdict> <hung> <case line>   a case has ended; `hung` is 1 when a wait of it ran out
 *   L <position> <late line>             an event came late; for a case too long ago, the position is UINT32_MAX
 *   E                                    the worker ends itself in good order
 * Which case runs stands in a page that both have mapped, so a case costs one write and a crash is still charged to the
 * right one.
 */
#ifndef PACHECK_RUNNER_WORKER_H
#define PACHECK_RUNNER_WORKER_H

#include <stdatomic.h>

#include "runner/options.h"
#include "runner/plan.h"

#define PAC_WORKER_CONTROL_FD 3
#define PAC_WORKER_JOURNAL_FD 4
#define PAC_WORKER_PAGE_FD 5

#define PAC_POSITION_NONE UINT32_MAX

struct pac_worker_page {
  _Atomic uint32_t running; /* position; NONE between cases */
  _Atomic uint32_t begun;   /* position of the latest case that was begun; NONE before the first */
  _Atomic uint32_t steps;   /* calls and waits that have ended in the life of the worker */
};

/** The command `pacheck worker`: gives the exit code of the process. */
int pac_worker_main(const struct pac_run_options *options, const struct pac_suite *const *suites);

#endif
