/* SPDX-License-Identifier: Apache-2.0 */
/* Starts and ends worker processes. A worker gets six descriptors and nothing else of ours; it leads a process group,
 * so that whatever the adapter starts ends with it. */
#define _GNU_SOURCE
#include "runner/process.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner/capture.h"

/* Sanitizers reserve more address space than any limit that would protect a machine. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define HAS_SANITIZER true
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER false
#endif

/* Descriptors are first moved above those that the worker expects, so that none is overwritten. */
#define ABOVE_WORKER_FDS 10

/* The command line of a worker: every option with its value takes two words. */
struct arguments {
  char **words;
  size_t option_first, option_end; /* --option and its value, made here, in turn */
  char numbers[4][32];
};

static enum pac_result arguments_fill(const struct pac_run_options *options, struct arguments *arguments) {
  size_t most = 24 + 2 * (options->adapter_option_count + options->filter_count);
  arguments->words = calloc(most, sizeof *arguments->words);
  if (arguments->words == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  const char **words = (const char **)arguments->words;
  size_t count = 0;
  (void)snprintf(arguments->numbers[0], sizeof arguments->numbers[0], "%" PRIu32 ".%03" PRIu32,
                 options->timeout_ms / 1000, options->timeout_ms % 1000);
  (void)snprintf(arguments->numbers[1], sizeof arguments->numbers[1], "%" PRIu64, options->seed);
  (void)snprintf(arguments->numbers[2], sizeof arguments->numbers[2], "%" PRIu32, options->repeat);
  words[count++] = "pacheck";
  words[count++] = "worker";
  words[count++] = "--timeout";
  words[count++] = arguments->numbers[0];
  words[count++] = "--seed";
  words[count++] = arguments->numbers[1];
  words[count++] = "--repeat";
  words[count++] = arguments->numbers[2];
  words[count++] = "--profile";
  words[count++] = pac_profile_word(options->profile);
  if (options->has_timeline) {
    words[count++] = "--timeline";
  }
  if (options->operand != NULL) {
    words[count++] = "--exact";
    words[count++] = options->operand;
  }
  for (size_t i = 0; i < options->filter_count; i++) {
    words[count++] = "--filter";
    words[count++] = options->filters[i];
  }
  arguments->option_first = arguments->option_end = count;
  for (size_t i = 0; i < options->adapter_option_count; i++) {
    const struct pac_option *option = &options->adapter_options[i];
    size_t size = strlen(option->name) + strlen(option->value) + 2;
    char *text = malloc(size);
    if (text == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    (void)snprintf(text, size, "%s=%s", option->name, option->value);
    words[count++] = "--option";
    words[count++] = text;
    arguments->option_end = count;
  }
  words[count++] = "--";
  words[count++] = options->adapter;
  return PAC_RESULT_OK;
}

static void arguments_reset(struct arguments *arguments) {
  for (size_t i = arguments->option_first; i < arguments->option_end; i += 2) {
    free(arguments->words[i + 1]);
  }
  free(arguments->words);
}

void pac_process_limit(uint32_t memory_mib) {
  struct rlimit limit = {0, 0};
  (void)setrlimit(RLIMIT_CORE, &limit);
  if (memory_mib > 0 && !HAS_SANITIZER) {
    limit.rlim_cur = limit.rlim_max = (rlim_t)memory_mib << 20;
    (void)setrlimit(RLIMIT_AS, &limit);
  }
}

/* In the child between fork and exec: only calls that are safe there. */
static _Noreturn void child_become_worker(char **words, const int descriptors[6], uint32_t memory_mib, pid_t parent) {
  (void)setpgid(0, 0);
  (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    _exit(127);
  }
  int above[6];
  for (int i = 0; i < 6; i++) {
    above[i] = fcntl(descriptors[i], F_DUPFD, ABOVE_WORKER_FDS);
  }
  for (int i = 0; i < 6; i++) {
    if (above[i] < 0 || dup2(above[i], i) != i) {
      _exit(127);
    }
  }
  if (close_range(6, ~0u, 0) != 0) {
    for (int i = 6; i < 1024; i++) {
      (void)close(i);
    }
  }
  pac_process_limit(memory_mib);
  (void)signal(SIGPIPE, SIG_DFL);
  (void)signal(SIGINT, SIG_DFL);
  (void)signal(SIGTERM, SIG_DFL);
  (void)signal(SIGCHLD, SIG_DFL);
  (void)execv("/proc/self/exe", words);
  _exit(127);
}

/* The descriptors of one start, with the worker's ends. */
struct ends {
  int control[2];
  int journal[2];
  int page;
  int output, errors;
  int nothing; /* standard input */
};

static void descriptor_close(int *descriptor) {
  if (*descriptor >= 0) {
    (void)close(*descriptor);
    *descriptor = -1;
  }
}

static bool ends_open(struct ends *ends, struct pac_worker_page **page) {
  ends->nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  ends->page = memfd_create("pacheck-page", MFD_CLOEXEC);
  if (ends->nothing < 0 || ends->page < 0 || ftruncate(ends->page, (off_t)sizeof **page) != 0 ||
      pipe2(ends->control, O_CLOEXEC) != 0 || pipe2(ends->journal, O_CLOEXEC) != 0 ||
      pac_capture_new(&ends->output) != PAC_RESULT_OK || pac_capture_new(&ends->errors) != PAC_RESULT_OK ||
      fcntl(ends->journal[0], F_SETFL, O_NONBLOCK) != 0 || fcntl(ends->control[1], F_SETFL, O_NONBLOCK) != 0) {
    return false;
  }
  void *mapped = mmap(NULL, sizeof **page, PROT_READ | PROT_WRITE, MAP_SHARED, ends->page, 0);
  if (mapped == MAP_FAILED) {
    return false;
  }
  *page = mapped;
  atomic_store(&(*page)->running, PAC_POSITION_NONE);
  atomic_store(&(*page)->begun, PAC_POSITION_NONE);
  return true;
}

enum pac_result pac_process_start(const struct pac_run_options *options, struct pac_process *process) {
  struct ends ends = {{-1, -1}, {-1, -1}, -1, -1, -1, -1};
  struct arguments arguments = {0};
  struct pac_worker_page *page = NULL;
  enum pac_result result = arguments_fill(options, &arguments);
  pid_t id = -1;
  if (result == PAC_RESULT_OK && ends_open(&ends, &page)) {
    const int descriptors[6] = {ends.nothing, ends.output, ends.errors, ends.control[0], ends.journal[1], ends.page};
    pid_t parent = getpid();
    id = fork();
    if (id == 0) {
      child_become_worker(arguments.words, descriptors, options->memory_mib, parent);
    }
  }
  if (id > 0) {
    (void)setpgid(id, id); /* in the child too: whoever comes first */
    *process = (struct pac_process){.id = id,
                                    .control = ends.control[1],
                                    .journal = ends.journal[0],
                                    .output = ends.output,
                                    .errors = ends.errors,
                                    .page = page};
    ends.control[1] = ends.journal[0] = ends.output = ends.errors = -1;
  }
  int why = errno;
  if (id <= 0) {
    result = result == PAC_RESULT_OK ? PAC_RESULT_IO : result;
    if (page != NULL) {
      (void)munmap(page, sizeof *page);
    }
  }
  descriptor_close(&ends.control[0]);
  descriptor_close(&ends.control[1]);
  descriptor_close(&ends.journal[0]);
  descriptor_close(&ends.journal[1]);
  descriptor_close(&ends.page);
  descriptor_close(&ends.output);
  descriptor_close(&ends.errors);
  descriptor_close(&ends.nothing);
  arguments_reset(&arguments);
  errno = why;
  return result;
}

bool pac_process_has_ended(const struct pac_process *process) {
  siginfo_t info = {0};
  return waitid(P_PID, (id_t)process->id, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == process->id;
}

void pac_process_finish(struct pac_process *process) {
  descriptor_close(&process->control);
}

void pac_process_kill(struct pac_process *process, struct pac_process_end *end) {
  /* The leader is not reaped before its group is killed, so its id cannot have gone to anybody else. */
  (void)kill(-process->id, SIGKILL);
  (void)kill(process->id, SIGKILL);
  int status = 0;
  while (waitpid(process->id, &status, 0) < 0 && errno == EINTR) {
  }
  *end = (struct pac_process_end){0};
  if (WIFSIGNALED(status)) {
    end->was_signalled = true;
    end->signal = WTERMSIG(status);
  } else {
    end->status = WEXITSTATUS(status);
  }
  process->id = 0;
  pac_capture_seal(process->output);
  pac_capture_seal(process->errors);
}

void pac_process_reset(struct pac_process *process) {
  descriptor_close(&process->control);
  descriptor_close(&process->journal);
  descriptor_close(&process->output);
  descriptor_close(&process->errors);
  if (process->page != NULL) {
    (void)munmap(process->page, sizeof *process->page);
  }
  *process = (struct pac_process){.control = -1, .journal = -1, .output = -1, .errors = -1};
}

void pac_process_end_print(const struct pac_process_end *end, char *buffer, size_t size) {
  if (!end->was_signalled) {
    (void)snprintf(buffer, size, "exited with status %d", end->status);
    return;
  }
  const char *name = sigabbrev_np(end->signal);
  if (name != NULL) {
    (void)snprintf(buffer, size, "was killed by SIG%s", name);
  } else {
    (void)snprintf(buffer, size, "was killed by signal %d", end->signal);
  }
}
