/* SPDX-License-Identifier: Apache-2.0 */
/* Runs programs in a child and learns through a shared page how far it came. The child limits itself: an alarm that begins
 * anew whenever a program goes on, its memory, no core file. It leads a process group, so that whatever the adapter starts ends
 * with it. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "runner/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/library/load.h"
#include "reports/terminal.h"
#include "runner/process.h"

struct trials {
  const struct pac_run_options *options;
  pac_trial_source source;
  void *context;
  uint64_t first;
  const enum pac_clause *known;
  uint32_t known_count;
  bool restricts; /* what the adapter has no function for is left out */
  bool prints;
};

static bool is_known(const struct trials *trials, enum pac_clause clause) {
  for (uint32_t i = 0; i < trials->known_count; i++) {
    if (trials->known[i] == clause) {
      return true;
    }
  }
  return false;
}

static void limit_time(uint32_t milliseconds) {
  struct itimerval timer = {.it_value = {.tv_sec = (time_t)(milliseconds / 1000u),
                                         .tv_usec = (suseconds_t)(milliseconds % 1000u) * 1000}};
  (void)setitimer(ITIMER_REAL, &timer, NULL);
}

static void tell(const struct pac_case_record *record, struct pac_trial *trial) {
  static const enum pac_trial_word words[] = {[PAC_VERDICT_PASS] = PAC_TRIAL_FINE,
                                              [PAC_VERDICT_FAIL] = PAC_TRIAL_VIOLATED,
                                              [PAC_VERDICT_UNSUPPORTED] = PAC_TRIAL_UNSUPPORTED,
                                              [PAC_VERDICT_BROKEN] = PAC_TRIAL_BROKEN};
  trial->word = words[record->verdict];
  trial->clause = PAC_CLAUSE_NONE;
  (void)snprintf(trial->text, sizeof trial->text, "%s", record->note == NULL ? "" : record->note);
  if (record->finding_count > 0) {
    const struct pac_finding *finding = &record->findings[0];
    trial->clause = finding->clause;
    trial->reason = finding->reason;
    (void)snprintf(trial->text, sizeof trial->text, "expected %s, got %s", finding->expected, finding->observed);
  }
}

/* An event that came when its program was over, or that no sink was given to, is allowed by nothing. */
static void tell_late(struct pac_trial *trial) {
  struct pac_late_event late;
  while (pac_late_event_take(&late)) {
    if (trial->word == PAC_TRIAL_FINE) {
      trial->word = PAC_TRIAL_VIOLATED;
      trial->clause = PAC_CLAUSE_NONE;
      trial->reason = PAC_REASON_LATE_EVENT;
      (void)snprintf(trial->text, sizeof trial->text, "expected %s, got %s",
                     late.case_index == UINT32_MAX ? "events of sinks that a put was given"
                                                   : "no event after the program has ended",
                     late.text);
    }
  }
}

/* The time for what begins now. */
static void goes_on(void *context) {
  const struct pac_run_options *options = context;
  limit_time(2 * options->timeout_ms + 1000); /* beyond what the run itself waits */
}

static void try_program(const struct trials *trials, const struct pac_adapter *adapter, const struct pac_program *program,
                        bool is_child, struct pac_trial *trial) {
  const struct pac_run_options *options = trials->options;
  const struct pac_case_settings settings = {.adapter = adapter,
                                             .profile = options->profile,
                                             .seed = options->seed,
                                             .timeout_ms = options->timeout_ms,
                                             .options = options->adapter_options,
                                             .option_count = options->adapter_option_count,
                                             .timeline = trials->prints ? PAC_TIMELINE_OF_ALL : PAC_TIMELINE_OF_NONE,
                                             .goes_on = is_child ? goes_on : NULL,
                                             .goes_on_context = (void *)(uintptr_t)options};
  struct pac_program_watch watch = {.call_under_way = &trial->call, .finding_call = PAC_PROGRAM_NONE};
  struct pac_case_record record;
  trial->clause = PAC_CLAUSE_NONE;
  trial->call = PAC_PROGRAM_NONE;
  if (is_child) {
    goes_on((void *)(uintptr_t)options);
  }
  pac_program_execute(program, "program", &settings, &watch, &record);
  tell(&record, trial);
  tell_late(trial);
  trial->call = watch.finding_call;
  for (uint32_t i = 0; trials->prints && i < record.timeline_count; i++) {
    fputs("  ", stdout);
    pac_terminal_text(&(struct pac_terminal){.file = stdout}, record.timeline[i]);
    putchar('\n');
  }
  pac_case_record_reset(&record);
}

/* The trials themselves, in the child or here; false when the adapter cannot be used. */
static bool run_trials(const struct trials *trials, bool is_child, struct pac_trial *trial) {
  static struct pac_loaded loaded; /* threads of the adapter may look at the table until the process is gone */
  if (pac_adapter_load(trials->options->adapter, &loaded, trial->text, sizeof trial->text) != PAC_RESULT_OK) {
    return false;
  }
  for (uint64_t number = trials->first;; number++) {
    struct pac_program *program = trials->source(trials->context, number);
    if (program == NULL) {
      trial->word = PAC_TRIAL_FINE;
      return true;
    }
    trial->number = number;
    trial->done += 1;
    if (trials->restricts) {
      (void)pac_program_restrict(program, loaded.adapter->features);
    }
    try_program(trials, loaded.adapter, program, is_child, trial);
    pac_program_free(program);
    trial->fine += trial->word == PAC_TRIAL_FINE;
    if (trial->word != PAC_TRIAL_FINE && !(trial->word == PAC_TRIAL_VIOLATED && is_known(trials, trial->clause))) {
      return true;
    }
  }
}

/* How the child ended, and with it whatever it started. */
static int status_of(pid_t child) {
  int status = 0;
  siginfo_t info;
  while (waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
  }
  (void)kill(-child, SIGKILL); /* it is not reaped yet, so its id cannot have gone to anybody else */
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

static enum pac_result wait_for(pid_t child, const char *adapter, struct pac_trial *trial) {
  char end[64] = "";
  int status = status_of(child);
  if (WIFSIGNALED(status)) {
    (void)snprintf(end, sizeof end, "ended by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
  } else if (!trial->is_over) {
    (void)snprintf(end, sizeof end, "exited with code %d", WEXITSTATUS(status));
  }
  if (end[0] == '\0') {
    return trial->is_usable ? PAC_RESULT_OK : PAC_RESULT_UNSUPPORTED;
  }
  if (trial->done == 0) {
    (void)snprintf(trial->text, sizeof trial->text, "cannot use '%s': the process %s when it was loaded", adapter, end);
    return PAC_RESULT_UNSUPPORTED;
  }
  trial->clause = PAC_CLAUSE_NONE;
  trial->word = PAC_TRIAL_CRASHED;
  (void)snprintf(trial->text, sizeof trial->text, "the process %s", end);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    trial->word = PAC_TRIAL_HUNG;
    (void)snprintf(trial->text, sizeof trial->text, "the program did not end");
  }
  return PAC_RESULT_OK;
}

/* A page that the child writes and this process reads. */
static struct pac_trial *shared_page(void) {
  void *page = mmap(NULL, sizeof(struct pac_trial), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? NULL : page;
}

static _Noreturn void child_run(const struct trials *trials, pid_t parent, struct pac_trial *page) {
  (void)setpgid(0, 0);
  (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
  pac_process_limit(trials->options->memory_mib);
  int nothing = open("/dev/null", O_RDONLY);
  if (getppid() == parent && nothing >= 0 && dup2(nothing, STDIN_FILENO) == STDIN_FILENO) {
    page->is_usable = run_trials(trials, true, page);
    page->is_over = true;
  }
  (void)fflush(NULL);
  _exit(EXIT_SUCCESS);
}

static enum pac_result run_child(const struct trials *trials, struct pac_trial *trial) {
  struct pac_trial *page = shared_page();
  if (page == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  *page = *trial;
  (void)fflush(NULL);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    child_run(trials, parent, page);
  }
  enum pac_result result = PAC_RESULT_IO;
  if (child > 0) {
    (void)setpgid(child, child); /* in the child too: whoever comes first */
    result = wait_for(child, trials->options->adapter, page);
    *trial = *page;
  }
  (void)munmap(page, sizeof *page);
  return result;
}

static enum pac_result run(const struct trials *trials, struct pac_trial *trial) {
  trial->is_over = false;
  trial->is_usable = false;
  trial->done = 0;
  trial->fine = 0;
  trial->call = PAC_PROGRAM_NONE;
  trial->clause = PAC_CLAUSE_NONE;
  trial->text[0] = '\0';
  if (!trials->options->is_in_process) {
    return run_child(trials, trial);
  }
  return run_trials(trials, false, trial) ? PAC_RESULT_OK : PAC_RESULT_UNSUPPORTED;
}

enum pac_result pac_trial_many(const struct pac_run_options *options, pac_trial_source source, void *context,
                               uint64_t first, const enum pac_clause *known, uint32_t known_count,
                               struct pac_trial *trial) {
  const struct trials trials = {options, source, context, first, known, known_count, true, false};
  return run(&trials, trial);
}

static struct pac_program *only_one(void *context, uint64_t number) {
  struct pac_program *copy = NULL;
  return number == 0 && pac_program_clone(NULL, context, &copy) == PAC_RESULT_OK ? copy : NULL;
}

enum pac_result pac_trial_one(const struct pac_run_options *options, const struct pac_program *program, bool restricts,
                              bool prints, struct pac_trial *trial) {
  struct pac_program *borrowed = NULL;
  PAC_TRY(pac_program_clone(NULL, program, &borrowed));
  const struct trials trials = {options, only_one, borrowed, 0, NULL, 0, restricts, prints};
  enum pac_result result = run(&trials, trial);
  pac_program_free(borrowed);
  return result;
}

bool pac_trial_is_same(const struct pac_trial *left, const struct pac_trial *right) {
  return left->word == right->word && (left->word != PAC_TRIAL_VIOLATED || left->clause == right->clause);
}

void pac_trial_print(FILE *file, const struct pac_trial *trial) {
  static const char *const words[] = {"fine", "unsupported", "broken", "violation", "crash", "hang"};
  const struct pac_clause_text *clause = pac_clause_at(trial->clause);
  if (trial->word == PAC_TRIAL_VIOLATED) {
    fprintf(file, "%s of [%s] %s: ", words[trial->word], clause == NULL ? "no clause" : clause->id,
            pac_reason_word(trial->reason));
  } else {
    fprintf(file, "%s: ", words[trial->word]);
  }
  pac_terminal_text(&(struct pac_terminal){.file = file}, trial->text);
  fputc('\n', file);
}
