/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The whole command with suites of its own, whose cases misbehave in every way that an adapter can: a test program is both the
 * test and the pacheck that it calls.
 */
#ifndef PACHECK_COMMAND_SCENE_H
#define PACHECK_COMMAND_SCENE_H

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case/case_run.h"
#include "runner/command.h"
#include "unit.h"

/* The suites ------------------------------------------------------------------------------------------------------- */

static void passes(struct pac_case_run *run) {
  pac_run_note(run, "all is well");
}

static void fails(struct pac_case_run *run) {
  printf("a line of the adapter\n");
  pac_run_find(run, PAC_REASON_WRONG_OUTCOME, run->the_case->clauses[0], "this", "that");
}

static void is_broken(struct pac_case_run *run) {
  pac_run_broken(run, "the scene cannot be set");
}

static void crashes(struct pac_case_run *run) {
  (void)run;
  fputs("last words\n", stderr);
  (void)signal(SIGSEGV, SIG_DFL); /* sanitizers would turn it into an exit */
  (void)raise(SIGSEGV);
}

static void exits(struct pac_case_run *run) {
  (void)run;
  _exit(3);
}

static void hangs(struct pac_case_run *run) {
  (void)run;
  for (;;) {
    (void)pause();
  }
}

static void floods(struct pac_case_run *run) {
  static const char line[] = "flood flood flood flood flood flood flood flood flood flood flood flood flood\n";
  for (int i = 0; i < 100000; i++) {
    fputs(line, stdout);
    (void)!write(STDERR_FILENO, line, sizeof line - 1);
  }
  pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_NONE, "silence", "a flood");
}

/* The child keeps every descriptor of the worker open. */
static void leaves_child(struct pac_case_run *run) {
  if (fork() == 0) {
    hangs(run);
  }
}

static void crashes_at_exit(void) {
  (void)signal(SIGSEGV, SIG_DFL);
  (void)raise(SIGSEGV);
}

static void crashes_later(struct pac_case_run *run) {
  (void)run;
  (void)atexit(crashes_at_exit);
}

/* The first case leaves its sink to the second, which completes it when it is too late. */
static struct pac_sink *left_sink;

static void leaves_sink(struct pac_case_run *run) {
  left_sink = pac_run_sink(run, PAC_SINK_RECORDS);
}

static void completes_left_sink(struct pac_case_run *run) {
  (void)run;
  for (int i = 0; i < 20; i++) {
    (void)pac_sink_completed(left_sink, 0, NULL, NULL);
  }
}

/* An adapter that does not look at the sink that it is given. */
static void reports_to_no_sink(struct pac_case_run *run) {
  (void)run;
  (void)pac_sink_completed(NULL, 0, NULL, NULL);
}

static void reports_a_failure_to_no_sink(struct pac_case_run *run) {
  (void)run;
  (void)pac_sink_completed(NULL, 0x80041001u, NULL, NULL);
}

static void needs_feature(struct pac_case_run *run) {
  (void)run;
}

struct row {
  const char *name;
  void (*run)(struct pac_case_run *run);
  uint32_t features;
};

static void run_row(struct pac_case_run *run) {
  const struct row *row = run->the_case->row;
  row->run(run);
}

static enum pac_result row_case(const struct row *row, struct pac_case *out) {
  *out = (struct pac_case){.name = row->name, .clauses = {(enum pac_clause)1}, .features = row->features, .row = row};
  return PAC_RESULT_OK;
}

static const struct row good_rows[] = {{"first", passes, 0}, {"second", passes, 0}, {"shared", passes, 0}};
static const struct row bad_rows[] = {
    {"passes_before", passes, 0},
    {"crashes", crashes, 0},
    {"exits", exits, 0},
    {"hangs", hangs, 0},
    {"fails", fails, 0},
    {"floods", floods, 0},
    {"leaves_child", leaves_child, 0},
    {"is_broken", is_broken, 0},
    {"needs_feature", needs_feature, 0x80000000u},
    {"shared", passes, 0},
    {"passes_after", passes, 0},
};
static const struct row late_rows[] = {{"leaves_sink", leaves_sink, 0}, {"completes_it", completes_left_sink, 0}};
static const struct row stray_rows[] = {{"reports_to_no_sink", reports_to_no_sink, 0},
                                        {"reports_a_failure_to_no_sink", reports_a_failure_to_no_sink, 0}};
static const struct row end_rows[] = {{"crashes_later", crashes_later, 0}};

#define ROWS(rows) (sizeof(rows) / sizeof(rows)[0])
#define SUITE(word)                                                                               \
  static enum pac_result word##_at(struct pac_arena *arena, size_t index, struct pac_case *out) { \
    (void)arena;                                                                                  \
    return row_case(&word##_rows[index], out);                                                    \
  }                                                                                               \
  static const struct pac_suite word##_suite = {#word, "the " #word " ones", ROWS(word##_rows), word##_at, run_row};
SUITE(good)
SUITE(bad)
SUITE(end)
SUITE(late)
SUITE(stray)

/* Many cases, so that chunks and registries have more than one turn. */
static char many_names[1000][16];
static enum pac_result many_at(struct pac_arena *arena, size_t index, struct pac_case *out) {
  static const struct row row = {"", passes, 0};
  (void)arena;
  (void)snprintf(many_names[index], sizeof many_names[index], "number_%zu", index);
  *out = (struct pac_case){.name = many_names[index], .clauses = {(enum pac_clause)2}, .row = &row};
  return PAC_RESULT_OK;
}
static const struct pac_suite many_suite = {"many", "the many ones", 1000, many_at, run_row};

static const struct pac_suite *const suites[] = {&good_suite, &bad_suite,   &end_suite, &late_suite,
                                                &stray_suite, &many_suite, NULL};

/* Calling the command ---------------------------------------------------------------------------------------------- */

static char self[4096];
static char folder[] = "/tmp/pacheck-command-XXXXXX";

struct answer {
  int code;
  char text[65536];
};

static inline const struct answer *call(const char *arguments) {
  static struct answer answer;
  char command[8192];
  (void)snprintf(command, sizeof command, "cd %s && %s %s 2>&1", folder, self, arguments);
  FILE *pipe = popen(command, "r");
  answer.code = -1;
  answer.text[0] = '\0';
  if (pipe != NULL) {
    answer.text[fread(answer.text, 1, sizeof answer.text - 1, pipe)] = '\0';
    while (fgetc(pipe) != EOF) {
    }
    int status = pclose(pipe);
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  return &answer;
}

static inline bool says(const struct answer *answer, const char *text) {
  bool is_there = strstr(answer->text, text) != NULL;
  if (!is_there) {
    fprintf(stderr, "\nmissing '%s' in:\n%s\n", text, answer->text);
  }
  return is_there;
}

static inline char *file_read(const char *name) {
  static char text[1 << 20];
  char path[8192];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r");
  size_t length = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
  text[length] = '\0';
  if (file != NULL) {
    (void)fclose(file);
  }
  return text;
}

static inline bool file_exists(const char *name) {
  char path[8192];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  return access(path, F_OK) == 0;
}

/* The verdict of a case as its journal line has it. */
static inline bool has_verdict(const char *journal, const char *id, const char *verdict) {
  char wanted[256];
  (void)snprintf(wanted, sizeof wanted, "\"case\":\"%s\",\"verdict\":\"%s\"", id, verdict);
  return strstr(journal, wanted) != NULL;
}

static bool is_command(int argc, char **argv) {
  return argc > 1 || strcmp(argv[0], "pacheck") == 0 || getenv("PAC_COMMAND_TEST") != NULL;
}

/* The main of a test program. */
static int command_test_main(int argc, char **argv, const char *name, CU_TestInfo *tests) {
  if (is_command(argc, argv)) {
    return pac_command_main(argc, argv, suites);
  }
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length <= 0 || mkdtemp(folder) == NULL || setenv("PAC_COMMAND_TEST", "1", 1) != 0) {
    return EXIT_FAILURE;
  }
  self[length] = '\0';
  int code = unit_run(name, tests);
  char command[256];
  (void)snprintf(command, sizeof command, "rm -r %s", folder);
  (void)!system(command);
  return code;
}

#endif
