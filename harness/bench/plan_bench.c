/* SPDX-License-Identifier: Apache-2.0 */
/* How fast the whole plan runs against the reference, in process and through one worker, and whether memory stays flat:
 *
 *     plan_bench PACHECK [REPETITIONS]
 *
 * It runs the command as a user would, so start-up, journal, judgement and report are in the first two lines. The
 * others repeat the plan within one process and tell of the last time. */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct measure {
  double seconds;
  long peak_kib; /* of the command and of the workers that it waited for */
};

static double seconds_now(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Runs the command without its output. */
static struct measure measure(char **words) {
  double start = seconds_now();
  pid_t child = fork();
  if (child == 0) {
    int nothing = open("/dev/null", O_WRONLY);
    if (nothing >= 0 && dup2(nothing, STDOUT_FILENO) >= 0) {
      (void)execv(words[0], words);
    }
    _exit(127);
  }
  int status = 0;
  struct rusage usage = {0};
  if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "plan_bench: '%s' did not end with 0\n", words[0]);
    exit(EXIT_FAILURE);
  }
  struct measure result = {seconds_now() - start, usage.ru_maxrss};
  return result;
}

static unsigned long count_cases(const char *command) {
  char line[4096];
  (void)snprintf(line, sizeof line, "'%s' list", command);
  FILE *pipe = popen(line, "r");
  unsigned long count = 0;
  for (int c = pipe != NULL ? fgetc(pipe) : EOF; c != EOF; c = fgetc(pipe)) {
    count += c == '\n';
  }
  if (pipe == NULL || pclose(pipe) != 0 || count == 0) {
    fprintf(stderr, "plan_bench: '%s' lists no cases\n", command);
    exit(EXIT_FAILURE);
  }
  return count;
}

static void report(const char *name, char *command, unsigned long cases, unsigned long repetitions, const char *mode) {
  char run[] = "run", quiet[] = "--quiet", repeat[] = "--repeat", jobs[] = "-j1", in_process[] = "--in-process";
  char number[32];
  (void)snprintf(number, sizeof number, "%lu", repetitions);
  char *words[] = {command, run, quiet, repeat, number, strcmp(mode, jobs) == 0 ? jobs : in_process, NULL};
  struct measure result = measure(words);
  printf("%-28s %5lu x %lu cases %9.3f s %8.0f cases/s %7ld KiB at most\n", name, repetitions, cases, result.seconds,
         (double)repetitions * (double)cases / result.seconds, result.peak_kib);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fputs("usage: plan_bench PACHECK [REPETITIONS]\n", stderr);
    return 2;
  }
  unsigned long repetitions = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000;
  unsigned long some = repetitions > 10 ? repetitions / 10 : 1;
  unsigned long cases = count_cases(argv[1]);
  report("whole command, in process", argv[1], cases, 1, "--in-process");
  report("whole command, one worker", argv[1], cases, 1, "-j1");
  report("in process", argv[1], cases, some, "--in-process");
  report("in process", argv[1], cases, repetitions, "--in-process");
  report("one worker", argv[1], cases, some, "-j1");
  report("one worker", argv[1], cases, repetitions, "-j1");
  return 0;
}
