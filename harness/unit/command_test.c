/* SPDX-License-Identifier: Apache-2.0 */
/* The whole command with suites of its own, whose cases misbehave in every way that an adapter can: this program is
 * both the test and the pacheck that it calls. */
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case/case_run.h"
#include "runner/command.h"
#include "runner/show.h"

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

static const struct answer *call(const char *arguments) {
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

static bool says(const struct answer *answer, const char *text) {
  bool is_there = strstr(answer->text, text) != NULL;
  if (!is_there) {
    fprintf(stderr, "\nmissing '%s' in:\n%s\n", text, answer->text);
  }
  return is_there;
}

static char *file_read(const char *name) {
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

static bool file_exists(const char *name) {
  char path[8192];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  return access(path, F_OK) == 0;
}

/* The verdict of a case as its journal line has it. */
static bool has_verdict(const char *journal, const char *id, const char *verdict) {
  char wanted[256];
  (void)snprintf(wanted, sizeof wanted, "\"case\":\"%s\",\"verdict\":\"%s\"", id, verdict);
  return strstr(journal, wanted) != NULL;
}

/* Blanks the durations, the only thing in which journals of one run differ. */
static void durations_blank(char *text) {
  for (char *at = strstr(text, "\"ms\":"); at != NULL; at = strstr(at, "\"ms\":")) {
    at += strlen("\"ms\":");
    char *end = at + strcspn(at, ",}");
    memmove(at, end, strlen(end) + 1);
  }
}

/* Tests ------------------------------------------------------------------------------------------------------------ */

static void every_misbehaviour_is_charged_to_its_case(void) {
  const struct answer *answer = call("run --filter good --filter bad --timeout 0.05 --journal bad.jsonl --quiet");
  CU_ASSERT_EQUAL(answer->code, 1);
  char *journal = file_read("bad.jsonl");
  CU_ASSERT(has_verdict(journal, "good/first", "pass"));
  CU_ASSERT(has_verdict(journal, "bad/passes_before", "pass"));
  CU_ASSERT(has_verdict(journal, "bad/crashes", "fail"));
  CU_ASSERT(has_verdict(journal, "bad/exits", "fail"));
  CU_ASSERT(has_verdict(journal, "bad/hangs", "fail"));
  CU_ASSERT(has_verdict(journal, "bad/fails", "fail"));
  CU_ASSERT(has_verdict(journal, "bad/floods", "fail"));
  CU_ASSERT(has_verdict(journal, "bad/leaves_child", "pass"));
  CU_ASSERT(has_verdict(journal, "bad/is_broken", "broken"));
  CU_ASSERT(has_verdict(journal, "bad/needs_feature", "unsupported"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "\"features\":\"0x80000000\",\"note\":\"needs"));
  CU_ASSERT(has_verdict(journal, "bad/passes_after", "pass"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "the process was killed by SIGSEGV"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "stderr: last words"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "the process exited with status 3"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "no sign of life for 1.1 s"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "stdout: a line of the adapter"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "stdout: ... (earlier output is left out)"));
  CU_ASSERT_FALSE(file_exists("bad.jsonl.part"));
}

static void the_journal_is_the_same_for_any_number_of_workers(void) {
  static char first[1 << 20];
  const char *const ways[] = {"-j1", "-j3", "--in-process"};
  for (size_t i = 0; i < ROWS(ways); i++) {
    char arguments[256];
    (void)snprintf(arguments, sizeof arguments,
                   "run %s -f many -f good -f bad/fails -f bad/is_broken --journal same.jsonl", ways[i]);
    CU_ASSERT_EQUAL(call(arguments)->code, 1);
    char *journal = file_read("same.jsonl");
    durations_blank(journal);
    if (i == 0) {
      (void)snprintf(first, sizeof first, "%s", journal);
      CU_ASSERT_PTR_NOT_NULL(strstr(first, "many/number_999"));
    } else if (i == 1) {
      CU_ASSERT_STRING_EQUAL(journal, first);
    } else {
      /* In process the adapter's output is not captured, and nothing else differs. */
      CU_ASSERT_PTR_NULL(strstr(journal, "stdout: a line"));
      CU_ASSERT(has_verdict(journal, "bad/fails", "fail"));
      CU_ASSERT(has_verdict(journal, "many/number_999", "pass"));
    }
  }
}

static void a_crash_without_workers_leaves_what_was_done(void) {
  (void)call("run -q -f good -f bad/crashes --in-process --journal here.jsonl");
  CU_ASSERT_FALSE(file_exists("here.jsonl"));
  CU_ASSERT(says(call("report here.jsonl.part"), "4 cases: 3 pass, 0 fail, 0 unsupported, 1 broken"));
}

static void a_crash_at_the_end_is_charged_to_the_last_case(void) {
  CU_ASSERT_EQUAL(call("run -f end --journal end.jsonl")->code, 1);
  const char *journal = file_read("end.jsonl");
  CU_ASSERT(has_verdict(journal, "end/crashes_later", "fail"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "the process was killed by SIGSEGV, after the case had ended"));
}

static void too_many_hangs_end_the_waiting(void) {
  CU_ASSERT_EQUAL(call("run -f bad/hangs -f many --timeout 0.05 --max-hangs 1 --journal hang.jsonl")->code, 1);
  const char *journal = file_read("hang.jsonl");
  CU_ASSERT(has_verdict(journal, "bad/hangs", "fail"));
  CU_ASSERT(has_verdict(journal, "many/number_999", "broken"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "not run, because 1 case hung (--max-hangs)"));
  CU_ASSERT_PTR_NOT_NULL(strstr(journal, "\"type\":\"end\",\"planned\":1001"));
}

static void a_replay_shows_the_timeline(void) {
  const struct answer *answer = call("replay good/first");
  CU_ASSERT_EQUAL(answer->code, 0);
  CU_ASSERT(says(answer, "good/first: pass"));
  CU_ASSERT(says(answer, "all is well"));
  answer = call("replay bad/fails --in-process");
  CU_ASSERT_EQUAL(answer->code, 1);
  CU_ASSERT(says(answer, "expected this"));
  answer = call("replay shared");
  CU_ASSERT_EQUAL(answer->code, 2);
  CU_ASSERT(says(answer, "pacheck: several suites have a case 'shared': write good/shared or bad/shared"));
  answer = call("replay good/none");
  CU_ASSERT_EQUAL(answer->code, 2);
  CU_ASSERT(says(answer, "pacheck: there is no case 'good/none'"));
}

static void file_write(const char *name, const char *text) {
  char path[8192];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(text, file);
  CU_ASSERT_EQUAL(fclose(file), 0);
}

static void foreign_text_does_not_reach_the_terminal_as_it_is(void) {
  file_write("red.put", "class T { [key] string Name; };\n"
                        "instance of T as $red { Name = \"\x1b[31m\\nred\"; };\n"
                        "put T\ndrain\nput $red sink B\ndrain\n");
  const struct answer *answer = call("replay red.put");
  CU_ASSERT_EQUAL(answer->code, 0);
  CU_ASSERT(says(answer, "  OnObjectPut(\\\\.\\root\\pacheck:T.Name=\"\\x1b[31m\\nred\", no async context)"));
  CU_ASSERT_PTR_NULL(strchr(answer->text, '\x1b'));
  CU_ASSERT(says(call("run $(printf '\\033[31m')"), "pacheck: there is no adapter '\\x1b[31m'"));
}

static void a_stored_journal_is_judged_again(void) {
  CU_ASSERT_EQUAL(call("run -f good --journal stored.jsonl --junit stored.xml")->code, 0);
  CU_ASSERT_PTR_NOT_NULL(strstr(file_read("stored.xml"), "<testsuite"));
  const struct answer *answer = call("report stored.jsonl --full --junit again.xml");
  CU_ASSERT_EQUAL(answer->code, 0);
  CU_ASSERT(says(answer, "3 cases"));
  CU_ASSERT(file_exists("again.xml"));
  CU_ASSERT_EQUAL(call("report missing.jsonl")->code, 2);
  CU_ASSERT_EQUAL(call("report stored.xml")->code, 2);
  CU_ASSERT_EQUAL(call("report stored.jsonl --junit .")->code, 2);
}

static void what_cannot_be_printed_is_no_success(void) {
  static const char *const commands[] = {"version",           "help",           "list",
                                         "list --json",       "list --clauses", "explain C-002",
                                         "run -q -f good",    "run -q -f good --in-process",
                                         "replay good/first", "explore --programs 1"};
  char arguments[256];
  for (size_t i = 0; i < ROWS(commands); i++) {
    (void)snprintf(arguments, sizeof arguments, "%s 2>&1 >/dev/full #", commands[i]);
    const struct answer *answer = call(arguments);
    CU_ASSERT_EQUAL(answer->code, 2);
    CU_ASSERT(says(answer, "pacheck: cannot "));
    CU_ASSERT_PTR_NULL(strstr(answer->text, "memory"));
  }
}

static void a_closed_standard_output_is_not_the_journal(void) {
  CU_ASSERT_EQUAL(call("run -q -f good --journal closed.jsonl --junit closed.xml >&- #")->code, 0);
  CU_ASSERT_EQUAL(call("report closed.jsonl")->code, 0);
  CU_ASSERT_EQUAL(call("run -q -f good --journal closed.jsonl <&- >&- 2>&- #")->code, 0);
  CU_ASSERT_EQUAL(call("report closed.jsonl")->code, 0);
}

static void reports_that_are_kept_do_not_need_a_reader(void) {
  (void)call("run -q -f good --journal head.jsonl --junit head.xml | :");
  CU_ASSERT_PTR_NOT_NULL(strstr(file_read("head.xml"), "</testsuites>"));
  CU_ASSERT_EQUAL(call("report head.jsonl")->code, 0);
}

static void colours_are_for_terminals_that_have_them(void) {
  static const struct {
    const char *environment;
    bool has_color;
  } rows[] = {{"TERM=xterm NO_COLOR=", true}, {"TERM=xterm NO_COLOR=1", false}, {"TERM=dumb", false}, {"TERM=", false}};
  for (size_t i = 0; i < ROWS(rows); i++) {
    char command[8192];
    (void)snprintf(command, sizeof command, "cd %s && %s script -qec '%s run -f good' terminal >/dev/null", folder,
                   rows[i].environment, self);
    if (system(command) == 127 << 8) {
      return; /* there is no script here */
    }
    const char *text = file_read("terminal");
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "3 cases: 3 pass"));
    CU_ASSERT_EQUAL(strstr(text, "\x1b[") != NULL, rows[i].has_color);
  }
}

static void bad_arguments_give_one_sentence_and_two(void) {
  static const struct {
    const char *arguments;
    const char *sentence;
  } rows[] = {
      {"", "pacheck: say what to do"},
      {"frobnicate", "pacheck: there is no command 'frobnicate'"},
      {"run --nothing", "pacheck: run: option '--nothing' is not usable here"},
      {"run --filter", "pacheck: run: option '--filter' needs a value"},
      {"list --suites --json", "pacheck: --suites, --clauses and --json cannot be combined"},
      {"list --json --clauses", "pacheck: --suites, --clauses and --json cannot be combined"},
      {"replay some.put --junit some.xml", "pacheck: --journal and --junit are for cases, and 'some.put' is a file"},
      {"replay some.put --journal some.jsonl", "pacheck: --journal and --junit are for cases, and 'some.put' is a file"},
      {"run ./libmine.so --nothing", "pacheck: run: option '--nothing' is not usable here"},
      {"run ./libmine.so --jobs=2 -qz", "pacheck: run: option '-z' is not usable here"},
      {"run ./libmine.so --jobs=2 -zq", "pacheck: run: option '-z' is not usable here"},
      {"run ./libmine.so --quiet=1", "pacheck: run: option '--quiet=1' is not usable here"},
      {"run ./libmine.so -q --jour", "pacheck: run: option '--jour' needs a value"},
      {"run ./libmine.so -f", "pacheck: run: option '-f' needs a value"},
      {"run ./libmine.so -qf", "pacheck: run: option '-f' needs a value"},
      {"run --filter '!'", "pacheck: --filter needs a pattern"},
      {"run --filter none", "pacheck: no case matches the filter"},
      {"run --profile none", "pacheck: there is no profile 'none'"},
      {"run --timeout 0", "pacheck: --timeout takes seconds"},
      {"run --timeout 5x", "pacheck: --timeout takes seconds"},
      {"run --seed -1", "pacheck: --seed takes a number"},
      {"run -j 0", "pacheck: --jobs takes a number from 1"},
      {"run --option x", "pacheck: --option takes NAME=VALUE"},
      {"run a b", "pacheck: run has no use for 'b'"},
      {"run nothing.so", "pacheck: there is no adapter 'nothing.so'"},
      {"run --in-process nothing.so", "pacheck: there is no adapter 'nothing.so'"},
      {"run /dev/null", "pacheck: cannot load '/dev/null'"},
      {"run --journal /nowhere/j", "pacheck: cannot write '/nowhere/j': No such file"},
      {"run --journal .", "pacheck: cannot write '.': Is a directory"},
      {"run --junit /nowhere/j", "pacheck: cannot write '/nowhere/j'"},
      {"replay", "pacheck: replay needs CASE"},
      {"explain", "pacheck: explain needs CLAUSE-OR-CASE"},
      {"explain nonsense", "pacheck: 'nonsense' is no clause"},
      {"list -f none", "pacheck: no case matches the filter"},
      {"help none", "pacheck: there is no command 'none'"},
      {"worker", "pacheck: 'pacheck worker' is started by"},
  };
  for (size_t i = 0; i < ROWS(rows); i++) {
    const struct answer *answer = call(rows[i].arguments);
    CU_ASSERT_EQUAL(answer->code, 2);
    CU_ASSERT(says(answer, rows[i].sentence));
    const char *newline = strchr(answer->text, '\n');
    CU_ASSERT(newline != NULL && newline[1] == '\0');
  }
}

/* Nothing marks a context: what is no unit because its signature is damaged is told by rules of contexts. */
static void a_dump_says_what_it_took_the_file_for(void) {
  const char hint[] = "pacheck: '/dev/null' starts like no unit and no object array, so it was read as a context";
  CU_ASSERT_EQUAL(call("dump /dev/null")->code, 1);
  CU_ASSERT(says(call("dump /dev/null"), hint));
  CU_ASSERT_PTR_NULL(strstr(call("dump --kind unit /dev/null")->text, "pacheck: "));
  CU_ASSERT_PTR_NULL(strstr(call("dump --kind context /dev/null")->text, "pacheck: "));
}

static void shards_part_the_plan(void) {
  CU_ASSERT_EQUAL(setenv("PAC_SHARD_COUNT", "2", 1), 0);
  CU_ASSERT(says(call("list"), "PAC_SHARD_INDEX and PAC_SHARD_COUNT go together"));
  CU_ASSERT_EQUAL(setenv("PAC_SHARD_INDEX", "2", 1), 0);
  CU_ASSERT_EQUAL(call("run -f good")->code, 2);
  CU_ASSERT_EQUAL(setenv("PAC_SHARD_INDEX", "1", 1), 0);
  CU_ASSERT_EQUAL(call("run -f good --journal shard.jsonl")->code, 0);
  const char *journal = file_read("shard.jsonl");
  CU_ASSERT(has_verdict(journal, "good/second", "pass"));
  CU_ASSERT_FALSE(has_verdict(journal, "good/first", "pass"));
  CU_ASSERT(says(call("run -f good/first"), "none of the 1 cases belongs to shard 1 of 2"));
  CU_ASSERT_EQUAL(call("replay good/first")->code, 0);
  CU_ASSERT_EQUAL(unsetenv("PAC_SHARD_INDEX"), 0);
  CU_ASSERT_EQUAL(unsetenv("PAC_SHARD_COUNT"), 0);
}

static void a_forgotten_shard_is_no_conformance(void) {
  CU_ASSERT_EQUAL(setenv("PAC_SHARD_COUNT", "3", 1), 0);
  for (char index = '0'; index < '3'; index++) {
    const char word[2] = {index, '\0'};
    char arguments[64];
    (void)snprintf(arguments, sizeof arguments, "run -f good -f many/*1 --journal third%c.jsonl", index);
    CU_ASSERT_EQUAL(setenv("PAC_SHARD_INDEX", word, 1), 0);
    CU_ASSERT_EQUAL(call(arguments)->code, 0);
  }
  CU_ASSERT_EQUAL(unsetenv("PAC_SHARD_INDEX"), 0);
  CU_ASSERT_EQUAL(unsetenv("PAC_SHARD_COUNT"), 0);
  CU_ASSERT_EQUAL(call("report third0.jsonl")->code, 0);
  CU_ASSERT_EQUAL(call("report third0.jsonl third2.jsonl third1.jsonl")->code, 0);
  CU_ASSERT_EQUAL(call("report third0.jsonl third2.jsonl")->code, 2);
  CU_ASSERT(says(call("report third0.jsonl third2.jsonl"), "could not judge: 2 of 3 shards are here"));
}

static void lists_and_explanations_name_what_there_is(void) {
  CU_ASSERT_STRING_EQUAL(call("list --filter good --filter '!second'")->text, "good/first\ngood/shared\n");
  CU_ASSERT_STRING_EQUAL(
      call("list --filter c-001 -f '!good' -f '!bad/*s' -f '!bad/*d' -f '!is_broken' -f '!end' -f '!late' -f '!stray'")
          ->text,
      "bad/passes_before\nbad/needs_feature\nbad/passes_after\n");
  CU_ASSERT(says(call("list --suites"), "the good ones"));
  CU_ASSERT(says(call("list --clauses -f good"), "C-001"));
  CU_ASSERT(says(call("list --clauses"), "C-003"));
  CU_ASSERT(says(call("run -q -f good --seed 010"), "seed 10,"));
  CU_ASSERT(says(call("run -q -f good --seed 0x10"), "seed 16,"));
  CU_ASSERT(says(call("list --json -f bad/fails"), "\"name\": \"fails\""));
  CU_ASSERT_EQUAL(call("list -f strength:PAGE -f strength:seed -f strength:infer")->code, 0);
  CU_ASSERT(says(call("explain C-002"), "and 980 more"));
  CU_ASSERT(says(call("explain C-003"), "cases     none"));
  CU_ASSERT(says(call("explain a-1"), "A-01"));
  CU_ASSERT(says(call("explain shared"), "replay    pacheck replay bad/shared"));
  CU_ASSERT(says(call("help"), "explain CLAUSE-OR-CASE"));
  CU_ASSERT(says(call("help run"), "--journal FILE"));
  CU_ASSERT(says(call("run --help"), "--journal FILE"));
  CU_ASSERT(says(call("explore -h"), "--programs N"));
  CU_ASSERT(says(call("run ./libmine.so -q --help"), "--journal FILE"));
  CU_ASSERT(says(call("--version"), "adapter ABI 1"));
}

/* While the run waits, another one cannot write the same journal. */
static void an_interrupted_run_says_so_and_leaves_what_was_done(void) {
  char command[16384];
  (void)snprintf(
      command, sizeof command,
      "cd %s && { %s run -f good -f bad/hangs --journal cut.jsonl 2>cut.txt & p=$!; "
      "n=0; while ! grep -q run cut.jsonl.part 2>/dev/null && [ $n -lt 200 ]; do n=$((n + 1)); sleep 0.05; done; "
      "%s run -f good --journal cut.jsonl >second.txt 2>&1; echo $? >second.code; "
      "kill -TERM $p; wait $p; echo $? >cut.code; }",
      folder, self, self);
  (void)!system(command);
  CU_ASSERT_STRING_EQUAL(file_read("second.code"), "2\n");
  CU_ASSERT_STRING_EQUAL(file_read("second.txt"), "pacheck: cannot write 'cut.jsonl': another run is writing it\n");
  CU_ASSERT_STRING_EQUAL(file_read("cut.code"), "2\n");
  CU_ASSERT_STRING_EQUAL(file_read("cut.txt"),
                         "pacheck: stopped by SIGTERM; what was done until then is in cut.jsonl.part\n");
  CU_ASSERT_FALSE(file_exists("cut.jsonl"));
  const struct answer *answer = call("report cut.jsonl.part");
  CU_ASSERT_EQUAL(answer->code, 2);
  CU_ASSERT(says(answer, "4 cases: 3 pass, 0 fail, 0 unsupported, 1 broken"));
  CU_ASSERT_EQUAL(call("run -f good --journal cut.jsonl")->code, 0);
  CU_ASSERT_FALSE(file_exists("cut.jsonl.part"));
}

static void a_pipe_and_a_link_stay_what_they_are(void) {
  char command[16384];
  (void)snprintf(command, sizeof command,
                 "cd %s && mkfifo pipe && ln -s linked.file link && : >linked.file && for o in journal junit; do "
                 "timeout 20 cat pipe >from_pipe.$o & %s run -q -f good --$o pipe >/dev/null; wait $!; "
                 "%s run -q -f good --$o link >/dev/null; cp linked.file from_link.$o; done; "
                 "test -p pipe && test -L link && echo as before >kinds",
                 folder, self, self);
  (void)!system(command);
  CU_ASSERT_STRING_EQUAL(file_read("kinds"), "as before\n");
  CU_ASSERT_EQUAL(call("report from_pipe.journal")->code, 0);
  CU_ASSERT_EQUAL(call("report from_link.journal")->code, 0);
  CU_ASSERT_PTR_NOT_NULL(strstr(file_read("from_pipe.junit"), "</testsuites>"));
  CU_ASSERT_PTR_NOT_NULL(strstr(file_read("from_link.junit"), "</testsuites>"));
}

static void the_junit_file_does_not_replace_a_journal(void) {
  const struct answer *answer = call("run -q -f good --journal one --junit one");
  CU_ASSERT_EQUAL(answer->code, 2);
  CU_ASSERT(says(answer, "pacheck: the JUnit file would replace the journal 'one'"));
  CU_ASSERT_EQUAL(call("run -q -f good --journal one")->code, 0);
  CU_ASSERT(says(call("report one --junit ./one"), "pacheck: the JUnit file would replace the journal 'one'"));
  CU_ASSERT_EQUAL(call("report one")->code, 0);
}

static unsigned count_of(const char *text, const char *part) {
  unsigned count = 0;
  for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
    count += 1;
  }
  return count;
}

static void a_late_event_fails_the_case_that_it_belongs_to(void) {
  const char *const ways[] = {"-j1", "--in-process"};
  for (size_t i = 0; i < ROWS(ways); i++) {
    char arguments[256];
    (void)snprintf(arguments, sizeof arguments, "run -f late --journal late.jsonl %s", ways[i]);
    const struct answer *answer = call(arguments);
    CU_ASSERT_EQUAL(answer->code, 1);
    CU_ASSERT(says(answer, "2 cases: 1 pass, 1 fail"));
    const char *journal = file_read("late.jsonl");
    CU_ASSERT(has_verdict(journal, "late/leaves_sink", "pass"));
    CU_ASSERT_EQUAL(count_of(journal, "\"type\":\"late\""), 8); /* of a flood the first few */
  }
}

static void an_event_of_no_case_is_reported_without_a_case(void) {
  const char *const ways[] = {"-j1", "--in-process"};
  for (size_t i = 0; i < ROWS(ways); i++) {
    char arguments[256];
    (void)snprintf(arguments, sizeof arguments, "run -f stray --journal stray.jsonl %s", ways[i]);
    const struct answer *answer = call(arguments);
    CU_ASSERT_EQUAL(answer->code, 1);
    CU_ASSERT(says(answer, "2 cases: 2 pass, 0 fail"));
    CU_ASSERT(says(answer, "2 events belong to no case"));
    /* Whichever worker was first, and from whichever shard it comes. */
    const char *journal = file_read("stray.jsonl");
    const char *first = strstr(journal, "OnCompleted(wbemErrFailed");
    CU_ASSERT_EQUAL(count_of(journal, "\"type\":\"late\",\"index\":4294967295,\"event\""), 2);
    CU_ASSERT(first != NULL && strstr(first, "OnCompleted(wbemNoErr") != NULL);
  }
}

static void a_worker_that_cannot_start_ends_the_run(void) {
  char command[8192];
  (void)snprintf(command, sizeof command, "cd %s && ulimit -n 12 && %s run -q -f many -j 8 2>few.txt", folder, self);
  CU_ASSERT_EQUAL(system(command), 2 << 8);
  CU_ASSERT_STRING_EQUAL(file_read("few.txt"), "pacheck: cannot start a worker process: Too many open files\n");
  const struct answer *answer = call("run -f good --memory 1");
  if (answer->code != 0) { /* under sanitizers memory has no limit */
    CU_ASSERT_EQUAL(answer->code, 2);
    CU_ASSERT(says(answer, "pacheck: a worker cannot be started with the adapter 'reference'"));
  }
}

/* What belongs to the user is no word of ours, whatever it looks like. */
static void a_filter_that_looks_like_an_option_is_a_filter(void) {
  const struct answer *answer = call("run -q -f good --filter --option --option a=b --option c=d");
  CU_ASSERT_EQUAL(answer->code, 2);
  CU_ASSERT(says(answer, "filtered by good, --option"));
  CU_ASSERT(says(answer, "reference: there is no option a"));
}

static void a_benchmark_repeats_without_telling(void) {
  CU_ASSERT_EQUAL(call("run -f good -f many --repeat 3 --journal repeat.jsonl")->code, 0);
  CU_ASSERT_EQUAL(count_of(file_read("repeat.jsonl"), "\"type\":\"case\""), 1003);
  CU_ASSERT_EQUAL(call("run -f good -f many --repeat 3 --in-process --journal repeat.jsonl")->code, 0);
  CU_ASSERT_EQUAL(count_of(file_read("repeat.jsonl"), "\"type\":\"case\""), 1003);
}

static void the_replay_command_is_what_a_shell_takes(void) {
  const struct pac_option options[] = {{"where", "it's here"}, {"plain", "1"}};
  const struct pac_journal_run run = {.adapter = "./my adapter.so",
                                      .profile = PAC_PROFILE_HEADER,
                                      .seed = 7,
                                      .timeout_ms = 500,
                                      .options = options,
                                      .option_count = ROWS(options)};
  char *prefix = pac_replay_prefix_new(&run);
  CU_ASSERT_PTR_NOT_NULL_FATAL(prefix);
  CU_ASSERT_STRING_EQUAL(prefix,
                         "pacheck replay --adapter './my adapter.so' --option where='it'\\''s here' --option plain=1 "
                         "--profile header --seed 7 --timeout 0.5");
  free(prefix);
}

static CU_TestInfo tests[] = {
    {"a_late_event_fails_the_case_that_it_belongs_to", a_late_event_fails_the_case_that_it_belongs_to},
    {"an_event_of_no_case_is_reported_without_a_case", an_event_of_no_case_is_reported_without_a_case},
    {"a_worker_that_cannot_start_ends_the_run", a_worker_that_cannot_start_ends_the_run},
    {"a_filter_that_looks_like_an_option_is_a_filter", a_filter_that_looks_like_an_option_is_a_filter},
    {"what_cannot_be_printed_is_no_success", what_cannot_be_printed_is_no_success},
    {"a_closed_standard_output_is_not_the_journal", a_closed_standard_output_is_not_the_journal},
    {"reports_that_are_kept_do_not_need_a_reader", reports_that_are_kept_do_not_need_a_reader},
    {"a_pipe_and_a_link_stay_what_they_are", a_pipe_and_a_link_stay_what_they_are},
    {"the_junit_file_does_not_replace_a_journal", the_junit_file_does_not_replace_a_journal},
    {"foreign_text_does_not_reach_the_terminal_as_it_is", foreign_text_does_not_reach_the_terminal_as_it_is},
    {"colours_are_for_terminals_that_have_them", colours_are_for_terminals_that_have_them},
    {"a_crash_without_workers_leaves_what_was_done", a_crash_without_workers_leaves_what_was_done},
    {"a_benchmark_repeats_without_telling", a_benchmark_repeats_without_telling},
    {"the_replay_command_is_what_a_shell_takes", the_replay_command_is_what_a_shell_takes},
    {"every_misbehaviour_is_charged_to_its_case", every_misbehaviour_is_charged_to_its_case},
    {"the_journal_is_the_same_for_any_number_of_workers", the_journal_is_the_same_for_any_number_of_workers},
    {"a_crash_at_the_end_is_charged_to_the_last_case", a_crash_at_the_end_is_charged_to_the_last_case},
    {"too_many_hangs_end_the_waiting", too_many_hangs_end_the_waiting},
    {"a_replay_shows_the_timeline", a_replay_shows_the_timeline},
    {"a_stored_journal_is_judged_again", a_stored_journal_is_judged_again},
    {"bad_arguments_give_one_sentence_and_two", bad_arguments_give_one_sentence_and_two},
    {"a_dump_says_what_it_took_the_file_for", a_dump_says_what_it_took_the_file_for},
    {"shards_part_the_plan", shards_part_the_plan},
    {"a_forgotten_shard_is_no_conformance", a_forgotten_shard_is_no_conformance},
    {"lists_and_explanations_name_what_there_is", lists_and_explanations_name_what_there_is},
    {"an_interrupted_run_says_so_and_leaves_what_was_done",
     an_interrupted_run_says_so_and_leaves_what_was_done},
    CU_TEST_INFO_NULL,
};

static bool is_command(int argc, char **argv) {
  return argc > 1 || strcmp(argv[0], "pacheck") == 0 || getenv("PAC_COMMAND_TEST") != NULL;
}

int main(int argc, char **argv) {
  if (is_command(argc, argv)) {
    return pac_command_main(argc, argv, suites);
  }
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length <= 0 || mkdtemp(folder) == NULL || setenv("PAC_COMMAND_TEST", "1", 1) != 0) {
    return EXIT_FAILURE;
  }
  self[length] = '\0';
  int code = unit_run("command", tests);
  char command[256];
  (void)snprintf(command, sizeof command, "rm -r %s", folder);
  (void)!system(command);
  return code;
}
