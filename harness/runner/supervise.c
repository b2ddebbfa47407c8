/* SPDX-License-Identifier: Apache-2.0 */
/* The supervisor's loop: hands positions of the plan to workers, listens to all of them, notices those that died or
 * hang, and replaces them. What a worker says is taken apart in listen.c; what to write when one died is decided here. */
#include "runner/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/capture.h"
#include "runner/listen.h"

#define CHUNK_MAX 64u
#define START_FAILURES_MAX 3u
#define START_LIMIT_MS_MIN 30000u /* loading a large library on a busy machine is no hang */
#define TICK_MS 50

/* Written by the signal handlers. The pipe wakes the loop; a worker's end is never waited for in any other way. */
static volatile sig_atomic_t stop_signal;
static int wake_pipe[2] = {-1, -1};

static void child_has_ended(int signal_number) {
  int saved = errno;
  (void)signal_number;
  (void)!write(wake_pipe[1], "", 1);
  errno = saved;
}

static void run_is_stopped(int signal_number) {
  stop_signal = signal_number;
  child_has_ended(signal_number);
}

struct signals {
  struct sigaction child, interrupt, terminate, pipe;
};

static bool signals_take(struct signals *saved) {
  struct sigaction action = {.sa_handler = child_has_ended, .sa_flags = SA_NOCLDSTOP};
  (void)sigemptyset(&action.sa_mask);
  stop_signal = 0;
  if (pipe(wake_pipe) != 0) {
    return false;
  }
  for (int i = 0; i < 2; i++) {
    (void)fcntl(wake_pipe[i], F_SETFL, O_NONBLOCK);
    (void)fcntl(wake_pipe[i], F_SETFD, FD_CLOEXEC);
  }
  (void)sigaction(SIGCHLD, &action, &saved->child);
  action.sa_handler = run_is_stopped;
  (void)sigaction(SIGINT, &action, &saved->interrupt);
  (void)sigaction(SIGTERM, &action, &saved->terminate);
  action.sa_handler = SIG_IGN; /* a worker may be gone before it is told what to do next */
  (void)sigaction(SIGPIPE, &action, &saved->pipe);
  return true;
}

static void signals_give_back(const struct signals *saved) {
  (void)sigaction(SIGCHLD, &saved->child, NULL);
  (void)sigaction(SIGINT, &saved->interrupt, NULL);
  (void)sigaction(SIGTERM, &saved->terminate, NULL);
  (void)sigaction(SIGPIPE, &saved->pipe, NULL);
  (void)close(wake_pipe[0]);
  (void)close(wake_pipe[1]);
}

static enum pac_result give_up(struct pac_supervision *all, enum pac_result result, const char *format,
                               const char *detail) {
  (void)snprintf(all->why, all->why_size, format, detail);
  return result;
}

static uint32_t case_limit_ms(const struct pac_supervision *all) {
  return all->options->timeout_ms * 2 + 1000;
}

/* Work ------------------------------------------------------------------------------------------------------------- */

/* Hands a ready worker its next positions, or asks it to end when there are none. */
static void hand_out(struct pac_supervision *all, struct pac_slot *slot) {
  if (slot->next == slot->end) {
    uint32_t left = all->plan->count - all->unassigned;
    uint32_t share = left / (all->options->jobs * 4) + 1;
    uint32_t count = share < CHUNK_MAX ? share : CHUNK_MAX;
    count = count < left ? count : left;
    slot->next = all->unassigned;
    slot->end = all->unassigned + count;
    all->unassigned += count;
  }
  slot->alive_ms = pac_clock_ms();
  if (slot->next == slot->end) {
    slot->state = PAC_SLOT_ENDING;
    pac_process_finish(&slot->process);
    return;
  }
  char line[64];
  int length = snprintf(line, sizeof line, "%" PRIu32 " %" PRIu32 "\n", slot->next, slot->end - slot->next);
  (void)!write(slot->process.control, line, (size_t)length); /* when the worker is gone, that is noticed elsewhere */
  slot->has_work = true;
}

static enum pac_result slot_start(struct pac_supervision *all, struct pac_slot *slot) {
  slot->state = PAC_SLOT_STARTING;
  slot->buffered = 0;
  slot->last = PAC_POSITION_NONE;
  slot->seen_running = PAC_POSITION_NONE;
  slot->seen_steps = 0;
  slot->has_said_end = false;
  slot->has_work = false;
  slot->is_closed = false;
  slot->alive_ms = pac_clock_ms();
  enum pac_result result = pac_process_start(all->options, &slot->process);
  if (result != PAC_RESULT_OK) {
    slot->state = PAC_SLOT_EMPTY;
    return give_up(all, result, "cannot start a worker process: %s",
                   result == PAC_RESULT_IO ? strerror(errno) : pac_result_text(result));
  }
  return PAC_RESULT_OK;
}

/* Ends ------------------------------------------------------------------------------------------------------------- */

static enum pac_result charge(struct pac_supervision *all, struct pac_slot *slot, uint32_t position,
                              enum pac_reason reason, const char *expected, const char *observed) {
  struct pac_case_record record = {.verdict = PAC_VERDICT_FAIL, .finding_count = 1};
  record.findings[0] = (struct pac_finding){reason, PAC_CLAUSE_NONE, expected, observed};
  enum pac_result result = pac_arena_new(NULL, 0, &record.arena);
  if (result == PAC_RESULT_OK) {
    pac_capture_append(slot->process.output, "stdout", &record);
    pac_capture_append(slot->process.errors, "stderr", &record);
    result = pac_ledger_put_record(all->ledger, position, &record, 0.0);
    pac_case_record_reset(&record);
  }
  return result == PAC_RESULT_OK ? result : give_up(all, result, "%s", pac_result_text(result));
}

/* The worker died without running a case. What it wrote last may say why. */
static enum pac_result start_failed(struct pac_supervision *all, struct pac_slot *slot, const char *how) {
  all->start_failures += 1;
  if (all->start_failures < START_FAILURES_MAX) {
    return PAC_RESULT_OK;
  }
  struct pac_case_record record = {0};
  const char *said = "";
  if (pac_arena_new(NULL, 0, &record.arena) == PAC_RESULT_OK) {
    pac_capture_append(slot->process.errors, "; stderr", &record);
    said = record.timeline_count > 0 ? record.timeline[record.timeline_count - 1] : "";
  }
  (void)snprintf(all->why, all->why_size, "a worker cannot be started with the adapter '%s': it %s before any case%s",
                 all->options->adapter, how, said);
  pac_case_record_reset(&record);
  return PAC_RESULT_UNSUPPORTED;
}

/* The worker of a slot is over, by itself or because it hung: says of which case that is the fault. */
static enum pac_result slot_ended(struct pac_supervision *all, struct pac_slot *slot, bool has_hung) {
  uint32_t running = atomic_load(&slot->process.page->running);
  uint32_t begun = atomic_load(&slot->process.page->begun);
  struct pac_process_end end;
  pac_process_kill(&slot->process, &end);
  enum pac_result result = pac_slot_listen(all, slot);
  char how[128];
  pac_process_end_print(&end, how, sizeof how);
  bool is_orderly = slot->has_said_end && !has_hung && !end.was_signalled && end.status == 0;
  if (result == PAC_RESULT_OK && !is_orderly) {
    char observed[192];
    if (has_hung) {
      (void)snprintf(how, sizeof how, "hung");
      (void)snprintf(observed, sizeof observed, "no sign of life for %g s", case_limit_ms(all) / 1000.0);
    } else {
      (void)snprintf(observed, sizeof observed, "the process %s", how);
    }
    enum pac_reason reason = has_hung ? PAC_REASON_HANG : PAC_REASON_CRASH;
    if (slot->state == PAC_SLOT_READY && slot->next < slot->end && begun == slot->next) {
      if (running != slot->next) {
        /* It ended, and the line that tells how did not arrive: its descriptor was closed or written over. */
        size_t used = strlen(observed);
        (void)snprintf(observed + used, sizeof observed - used, ", and how the case ended was not told");
      }
      result = charge(all, slot, slot->next, reason, has_hung ? "the case ends" : "the process goes on", observed);
      slot->next += 1;
      all->hang_count += has_hung;
    } else if (slot->last != PAC_POSITION_NONE) {
      size_t used = strlen(observed);
      (void)snprintf(observed + used, sizeof observed - used, ", after the case had ended");
      result = charge(all, slot, slot->last, reason, has_hung ? "the process ends" : "the process goes on", observed);
    } else {
      result = start_failed(all, slot, how);
    }
  }
  pac_process_reset(&slot->process);
  slot->state = PAC_SLOT_EMPTY;
  return result;
}

static void slots_kill(struct pac_supervision *all) {
  for (uint32_t i = 0; i < all->slot_count; i++) {
    if (all->slots[i].state != PAC_SLOT_EMPTY) {
      struct pac_process_end end;
      pac_process_kill(&all->slots[i].process, &end);
      pac_process_reset(&all->slots[i].process);
      all->slots[i].state = PAC_SLOT_EMPTY;
    }
  }
}

/* The loop --------------------------------------------------------------------------------------------------------- */

/* A worker is alive even when it tells nothing: while it does the next case of a chunk after another, as in a repetition, and
 * while a case makes one call or wait after another, which together may take longer than one of them. */
static bool slot_has_hung(const struct pac_supervision *all, struct pac_slot *slot, uint64_t now) {
  uint32_t running = atomic_load(&slot->process.page->running);
  uint32_t steps = atomic_load(&slot->process.page->steps);
  if (running != slot->seen_running || steps != slot->seen_steps) {
    slot->seen_running = running;
    slot->seen_steps = steps;
    slot->alive_ms = now;
  }
  uint32_t limit = case_limit_ms(all);
  if (slot->state == PAC_SLOT_STARTING && limit < START_LIMIT_MS_MIN) {
    limit = START_LIMIT_MS_MIN;
  }
  return now > slot->alive_ms && now - slot->alive_ms > limit;
}

static enum pac_result slot_turn(struct pac_supervision *all, struct pac_slot *slot, uint64_t now, bool is_tick) {
  PAC_TRY(pac_slot_listen(all, slot));
  if (slot->state == PAC_SLOT_READY && (!slot->has_work || slot->next == slot->end)) {
    if (!slot->has_said_end) {
      hand_out(all, slot);
    }
  }
  if (!is_tick) {
    return PAC_RESULT_OK;
  }
  pac_capture_trim(slot->process.output);
  pac_capture_trim(slot->process.errors);
  if (pac_process_has_ended(&slot->process)) {
    return slot_ended(all, slot, false);
  }
  return slot_has_hung(all, slot, now) ? slot_ended(all, slot, true) : PAC_RESULT_OK;
}

/* Waits until a worker says something, one has ended, or a tick is over. Gives whether the ends have to be looked at. */
static bool wait_for_news(struct pac_supervision *all, uint64_t *tick_ms) {
  struct pollfd polled[PAC_JOBS_MAX + 1];
  for (uint32_t i = 0; i < all->slot_count; i++) {
    const struct pac_slot *slot = &all->slots[i];
    bool listens = slot->state != PAC_SLOT_EMPTY && !slot->is_closed;
    polled[i] = (struct pollfd){.fd = listens ? slot->process.journal : -1, .events = POLLIN};
  }
  polled[all->slot_count] = (struct pollfd){.fd = wake_pipe[0], .events = POLLIN};
  (void)poll(polled, all->slot_count + 1, TICK_MS);
  char woken[64];
  bool is_tick = false;
  while (read(wake_pipe[0], woken, sizeof woken) > 0) {
    is_tick = true;
  }
  uint64_t now = pac_clock_ms();
  if (now >= *tick_ms + TICK_MS) {
    *tick_ms = now;
    is_tick = true;
  }
  return is_tick;
}

/* Lines that may still be replaced are kept: the last case of each worker that lives may yet be charged with its end. */
static uint32_t settled_below(const struct pac_supervision *all) {
  uint32_t limit = all->plan->count;
  for (uint32_t i = 0; i < all->slot_count; i++) {
    const struct pac_slot *slot = &all->slots[i];
    if (slot->state != PAC_SLOT_EMPTY && slot->last < limit) {
      limit = slot->last;
    }
  }
  return limit;
}

static enum pac_result supervise(struct pac_supervision *all, struct pac_progress *progress) {
  uint64_t tick_ms = pac_clock_ms();
  for (;;) {
    bool is_any_alive = false;
    for (uint32_t i = 0; i < all->slot_count; i++) {
      struct pac_slot *slot = &all->slots[i];
      bool has_more = slot->next < slot->end || all->unassigned < all->plan->count;
      if (slot->state == PAC_SLOT_EMPTY && has_more) {
        PAC_TRY(slot_start(all, slot));
      }
      is_any_alive = is_any_alive || slot->state != PAC_SLOT_EMPTY;
    }
    if (!is_any_alive) {
      return PAC_RESULT_OK;
    }
    bool is_tick = wait_for_news(all, &tick_ms);
    for (uint32_t i = 0; i < all->slot_count; i++) {
      if (all->slots[i].state != PAC_SLOT_EMPTY) {
        PAC_TRY(slot_turn(all, &all->slots[i], tick_ms, is_tick));
      }
    }
    if (pac_ledger_write(all->ledger, settled_below(all)) != PAC_RESULT_OK || (is_tick && fflush(all->journal) != 0)) {
      return give_up(all, PAC_RESULT_IO, "cannot write the journal: %s", strerror(errno));
    }
    pac_progress_update(progress, pac_ledger_done(all->ledger),
                        pac_ledger_verdict_count(all->ledger, PAC_VERDICT_FAIL));
    if (stop_signal != 0) {
      return give_up(all, PAC_RESULT_BROKEN, "stopped by %s", stop_signal == SIGINT ? "SIGINT" : "SIGTERM");
    }
    if (all->hang_count >= all->options->hangs_max && pac_ledger_done(all->ledger) < all->plan->count) {
      slots_kill(all);
      enum pac_result result = pac_ledger_give_up_rest(all->ledger, all->hang_count);
      return result == PAC_RESULT_OK ? result : give_up(all, result, "%s", pac_result_text(result));
    }
  }
}

enum pac_result pac_supervise(const struct pac_run_options *options, const struct pac_plan *plan,
                              const struct pac_journal_run *run, FILE *journal, struct pac_progress *progress,
                              char *why, size_t why_size) {
  struct pac_supervision all = {.options = options,
                                .plan = plan,
                                .run = run,
                                .journal = journal,
                                .slot_count = options->jobs < plan->count ? options->jobs : plan->count,
                                .why = why,
                                .why_size = why_size};
  struct signals saved;
  (void)snprintf(why, why_size, "%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  PAC_TRY(pac_ledger_new(plan, journal, &all.ledger));
  all.slots = calloc(all.slot_count, sizeof *all.slots);
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  if (all.slots != NULL) {
    if (signals_take(&saved)) {
      result = supervise(&all, progress);
      slots_kill(&all);
      signals_give_back(&saved);
    } else {
      result = give_up(&all, PAC_RESULT_IO, "cannot make a pipe: %s", strerror(errno));
    }
  }
  if (result == PAC_RESULT_OK) {
    result = pac_ledger_finish(all.ledger);
    if (result != PAC_RESULT_OK) {
      (void)give_up(&all, result, "cannot write the journal: %s", strerror(errno));
    }
  } else if (result != PAC_RESULT_IO) {
    (void)pac_ledger_leave(all.ledger);
  }
  for (uint32_t i = 0; all.slots != NULL && i < all.slot_count; i++) {
    free(all.slots[i].buffer);
  }
  free(all.slots);
  pac_ledger_free(all.ledger);
  return result;
}
