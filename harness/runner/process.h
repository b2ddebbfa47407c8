/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One worker process as its supervisor sees it: started in a process group of its own, ended with all of that group.
 */
#ifndef PACHECK_RUNNER_PROCESS_H
#define PACHECK_RUNNER_PROCESS_H

#include <sys/types.h>

#include "runner/worker.h"

struct pac_process {
  pid_t id;           /* 0 when none runs */
  int control;        /* written by the supervisor */
  int journal;        /* read by the supervisor, never blocking */
  int output, errors; /* captures */
  struct pac_worker_page *page;
};

/** How a process ended. */
struct pac_process_end {
  bool was_signalled;
  int signal; /* when signalled */
  int status; /* otherwise */
};

/**
 * Starts a worker with the options of the run.
 *
 * Errors  PAC_RESULT_IO (errno says why), PAC_RESULT_NO_MEMORY; nothing is left behind.
 */
enum pac_result pac_process_start(const struct pac_run_options *options, struct pac_process *process);

/** In a child: no core file, and so much address space; 0 is no limit, as it is for a program with a sanitizer. */
void pac_process_limit(uint32_t memory_mib);

/** Whether the process has ended by itself. It is not reaped: its group can still be killed safely. */
bool pac_process_has_ended(const struct pac_process *process);

/** Closes the control pipe, which asks the worker to end. */
void pac_process_finish(struct pac_process *process);

/**
 * Kills the whole group and reaps the process; the journal pipe can still be read to its end. How the process ended is
 * told; when it had not, it ended by SIGKILL.
 */
void pac_process_kill(struct pac_process *process, struct pac_process_end *end);

/** Closes what is open of a process that was killed. */
void pac_process_reset(struct pac_process *process);

/** Prints how a process ended: "was killed by SIGSEGV", "exited with status 3". As snprintf. */
void pac_process_end_print(const struct pac_process_end *end, char *buffer, size_t size);

#endif
