/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of the command: what misbehaves is charged to its case, and what was done is kept, whoever did it. */
#include "command_scene.h"

/* Blanks the durations, the only thing in which journals of one run differ. */
static void durations_blank(char *text) {
  for (char *at = strstr(text, "\"ms\":"); at != NULL; at = strstr(at, "\"ms\":")) {
    at += strlen("\"ms\":");
    char *end = at + strcspn(at, ",}");
    memmove(at, end, strlen(end) + 1);
  }
}

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

static void a_benchmark_repeats_without_telling(void) {
  CU_ASSERT_EQUAL(call("run -f good -f many --repeat 3 --journal repeat.jsonl")->code, 0);
  CU_ASSERT_EQUAL(count_of(file_read("repeat.jsonl"), "\"type\":\"case\""), 1003);
  CU_ASSERT_EQUAL(call("run -f good -f many --repeat 3 --in-process --journal repeat.jsonl")->code, 0);
  CU_ASSERT_EQUAL(count_of(file_read("repeat.jsonl"), "\"type\":\"case\""), 1003);
}

static CU_TestInfo tests[] = {
    {"every_misbehaviour_is_charged_to_its_case", every_misbehaviour_is_charged_to_its_case},
    {"the_journal_is_the_same_for_any_number_of_workers", the_journal_is_the_same_for_any_number_of_workers},
    {"a_crash_without_workers_leaves_what_was_done", a_crash_without_workers_leaves_what_was_done},
    {"a_crash_at_the_end_is_charged_to_the_last_case", a_crash_at_the_end_is_charged_to_the_last_case},
    {"too_many_hangs_end_the_waiting", too_many_hangs_end_the_waiting},
    {"shards_part_the_plan", shards_part_the_plan},
    {"a_forgotten_shard_is_no_conformance", a_forgotten_shard_is_no_conformance},
    {"an_interrupted_run_says_so_and_leaves_what_was_done", an_interrupted_run_says_so_and_leaves_what_was_done},
    {"a_late_event_fails_the_case_that_it_belongs_to", a_late_event_fails_the_case_that_it_belongs_to},
    {"an_event_of_no_case_is_reported_without_a_case", an_event_of_no_case_is_reported_without_a_case},
    {"a_worker_that_cannot_start_ends_the_run", a_worker_that_cannot_start_ends_the_run},
    {"a_benchmark_repeats_without_telling", a_benchmark_repeats_without_telling},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv) {
  return command_test_main(argc, argv, "command_run", tests);
}
