/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The supervisor's view of its workers, and how it takes in what one of them says.
 */
#ifndef PACHECK_RUNNER_LISTEN_H
#define PACHECK_RUNNER_LISTEN_H

#include "runner/ledger.h"
#include "runner/process.h"

enum pac_slot_state {
  PAC_SLOT_EMPTY,    /* no worker */
  PAC_SLOT_STARTING, /* it has not yet said that the adapter is loaded */
  PAC_SLOT_READY,
  PAC_SLOT_ENDING, /* it was asked to end */
};

/** One worker after the other, and the positions that are theirs. */
struct pac_slot {
  enum pac_slot_state state;
  struct pac_process process;
  char *buffer; /* what was read and is no whole line yet */
  size_t buffered, room;
  uint32_t next, end;    /* positions handed out whose cases have not ended */
  uint32_t last;         /* position of the latest case that has ended in this worker; NONE */
  uint32_t seen_running; /* what the page said when it was looked at */
  uint32_t seen_steps;   /* likewise */
  uint64_t alive_ms;     /* of the last sign of life */
  bool has_work;
  bool has_said_end;
  bool is_closed; /* its journal pipe is at its end */
};

struct pac_supervision {
  const struct pac_run_options *options;
  const struct pac_plan *plan;
  const struct pac_journal_run *run;
  FILE *journal;
  struct pac_ledger *ledger;
  struct pac_slot *slots;
  uint32_t slot_count;
  uint32_t unassigned; /* first position that no slot has had */
  uint32_t hang_count;
  uint32_t start_failures; /* in a row */
  bool has_run_line;
  char *why;
  size_t why_size;
};

/**
 * Reads and takes in what the worker has said, without ever waiting.
 *
 * Errors  PAC_RESULT_UNSUPPORTED (the worker cannot use the adapter), PAC_RESULT_NO_MEMORY, PAC_RESULT_IO, with a
 *         sentence in all->why. A line that makes no sense is dropped: the case at hand then has none and is found out.
 */
enum pac_result pac_slot_listen(struct pac_supervision *all, struct pac_slot *slot);

#endif
