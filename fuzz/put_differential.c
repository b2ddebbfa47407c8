/* SPDX-License-Identifier: Apache-2.0 */
/* One program on two implementations: both answer within the contract, and where the contract leaves no choice both
 * answer the same. The second one is the reference, with the readings that the last octet of the input chooses. */
#include "put_program.h"
#include "reference.h"

/* None that carries overlapping puts out in another order: then the namespaces differ. */
static const struct pac_option readings[] = {
    {"A-17", "refuse"},
    {"A-18", "refuse"},
    {"A-19", "ignore"},
    {"A-24", "refuse"},
    {"A-26", "update"},
    {"A-28", "delete"},
    {"A-30", "refuse"},
    {"A-31", "derived"},
    {"A-32", "instances"},
    {"A-39", "make_up"},
    {"A-42", "replace"},
    {"A-50", "refuse"},
    {"A-02", "deliver"},
    {"A-07", "none"},
    {"A-60", "relative"},
    {"delivery", "inside"},
    {"A-01", "immediate"},
    {"A-02", "raise"},
    {"A-20", "refuse"},
    {"A-21", "refuse"},
    {"A-22", "refuse"},
    {"A-29", "refuse"},
    {"A-34", "invalid_superclass"},
    {"A-35", "invalid_class"},
    {"A-35", "incomplete_class"},
    {"A-35", "invalid_object"},
    {"A-37", "incomplete_class"},
    {"A-39", "no_key"},
    {"A-39", "invalid_object"},
    {"A-40", "store"},
    {"A-41", "ignore"},
    {"A-48", "neutral"},
    {"A-49", "strip"},
    {"A-52", "accept"},
    {"A-54", "not_supported"},
    {"A-54", "unsupported_put_extension"},
    {"A-61", "relative"},
    {"late", "3"},
    {"provider_code", "general"},
    {"provider_null", "refuse"},
    {"progress", "dropped"},
    {"unchanged", "succeeds"},
    {"A-01", "waits"},
    {"A-16", "unsupported_parameter"},
    {"A-35", "by_flag"},
    {"A-38", "invalid_parameter"},
    {"A-38", "invalid_class"},
    {"A-39", "each"},
    {"A-62", "full_write"},
};

/* Runs the program and keeps the statuses that the contract allowed for each call. */
static void run(const struct pac_program *program, const struct pac_adapter *adapter, const struct pac_option *options,
                size_t option_count, const struct pac_memory *memory, struct pac_program_statuses *allowed) {
  struct pac_case_settings settings = put_program_settings(adapter, memory);
  settings.options = options;
  settings.option_count = option_count;
  struct pac_program_watch watch = {.is_brief = true, .allowed = allowed};
  struct pac_case_record record;
  pac_program_execute(program, "put_differential", &settings, &watch, &record);
  if (record.finding_count > 0) {
    char line[1024];
    (void)pac_finding_print(&record.findings[0], option_count == 0 ? "first" : "second", line, sizeof line);
    fprintf(stderr, "%s\n", line);
  }
  PAC_CHECK(record.verdict == PAC_VERDICT_PASS, "%s", record.note == NULL ? "the contract is violated" : record.note);
  put_check_late();
  pac_case_record_reset(&record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct pac_program_statuses first[PAC_PROGRAM_CALLS_MAX], second[PAC_PROGRAM_CALLS_MAX];
  const struct pac_memory *memory = NULL;
  struct pac_input input = {data, size};
  const struct pac_option *reading = &readings[pac_input_below(&input, sizeof readings / sizeof readings[0])];
  struct pac_program *program = put_program_read(input.data, input.size, &memory);
  memset(first, 0, sizeof first);
  memset(second, 0, sizeof second);
  run(program, pac_adapter(), NULL, 0, memory, first);
  run(program, pac_reference_adapter(), reading, 1, memory, second);
  for (uint32_t i = 0; i < program->call_count; i++) {
    if (program->calls[i].op == PAC_PROGRAM_PUT && (first[i].count != 1 || second[i].count != 1)) {
      break; /* from here on a reading may have led to different namespaces */
    }
    PAC_CHECK(first[i].outcome == second[i].outcome, "two implementations differ where the contract leaves no choice");
  }
  pac_program_free(program);
  return 0;
}
