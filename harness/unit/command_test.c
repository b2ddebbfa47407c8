/* SPDX-License-Identifier: Apache-2.0 */
/* What the command takes and says: arguments, reports, lists, files. */
#include "command_scene.h"

#include "runner/show.h"

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
  answer = call("replay reference good/first");
  CU_ASSERT_EQUAL(answer->code, 2);
  CU_ASSERT(says(answer, "pacheck: 'reference' is no case: the case comes first, then the adapter"));
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
  CU_ASSERT_EQUAL(call("run -f bad/fails --journal red.jsonl")->code, 1);
  char *journal = file_read("red.jsonl");
  char *adapter = strstr(journal, "\"reference\"");
  CU_ASSERT_PTR_NOT_NULL_FATAL(adapter);
  memcpy(adapter, "\"\\u001b[3m\"", strlen("\"reference\""));
  file_write("red.jsonl", journal);
  answer = call("report red.jsonl");
  CU_ASSERT(says(answer, "pacheck replay --adapter '\\x1b[3m' bad/fails"));
  CU_ASSERT_PTR_NULL(strchr(answer->text, '\x1b'));
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

/* What belongs to the user is no word of ours, whatever it looks like. */
static void a_filter_that_looks_like_an_option_is_a_filter(void) {
  const struct answer *answer = call("run -q -f good --filter --option --option a=b --option c=d");
  CU_ASSERT_EQUAL(answer->code, 2);
  CU_ASSERT(says(answer, "filtered by good, --option"));
  CU_ASSERT(says(answer, "reference: there is no option a"));
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
    {"a_filter_that_looks_like_an_option_is_a_filter", a_filter_that_looks_like_an_option_is_a_filter},
    {"what_cannot_be_printed_is_no_success", what_cannot_be_printed_is_no_success},
    {"a_closed_standard_output_is_not_the_journal", a_closed_standard_output_is_not_the_journal},
    {"reports_that_are_kept_do_not_need_a_reader", reports_that_are_kept_do_not_need_a_reader},
    {"a_pipe_and_a_link_stay_what_they_are", a_pipe_and_a_link_stay_what_they_are},
    {"the_junit_file_does_not_replace_a_journal", the_junit_file_does_not_replace_a_journal},
    {"foreign_text_does_not_reach_the_terminal_as_it_is", foreign_text_does_not_reach_the_terminal_as_it_is},
    {"colours_are_for_terminals_that_have_them", colours_are_for_terminals_that_have_them},
    {"the_replay_command_is_what_a_shell_takes", the_replay_command_is_what_a_shell_takes},
    {"a_replay_shows_the_timeline", a_replay_shows_the_timeline},
    {"a_stored_journal_is_judged_again", a_stored_journal_is_judged_again},
    {"bad_arguments_give_one_sentence_and_two", bad_arguments_give_one_sentence_and_two},
    {"a_dump_says_what_it_took_the_file_for", a_dump_says_what_it_took_the_file_for},
    {"lists_and_explanations_name_what_there_is", lists_and_explanations_name_what_there_is},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv) {
  return command_test_main(argc, argv, "command", tests);
}
