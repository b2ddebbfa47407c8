/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever is put, in whatever order, through whatever sinks, under whatever rights, providers and shortages of memory:
 * every put ends once, with an outcome, events and a namespace that the contract allows. The implementation under test is
 * the adapter that is linked in; what happens next is the input's to say. */
#include "put_program.h"
#include "put_state.h"

_Static_assert(PAC_PROGRAM_STATES <= PUT_STATES, "every state has a block of its own");

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static volatile uint32_t last_state;
  const struct pac_memory *memory = NULL;
  struct pac_program *program = put_program_read(data, size, &memory);
  const struct pac_case_settings settings = put_program_settings(pac_adapter(), memory);
  struct pac_program_watch watch = {.is_brief = true, .state = pac_see_state, .context = (void *)(uintptr_t)&last_state};
  struct pac_case_record record;
  pac_program_execute(program, "put_sequence", &settings, &watch, &record);
  if (record.finding_count > 0) {
    char line[1024];
    (void)pac_finding_print(&record.findings[0], "put_sequence", line, sizeof line);
    fprintf(stderr, "%s\n(pacheck fuzz-to-put INPUT shows the program)\n", line);
  }
  PAC_CHECK(record.verdict == PAC_VERDICT_PASS, "%s", record.note == NULL ? "the contract is violated" : record.note);
  pac_case_record_reset(&record);
  put_check_late();
  pac_program_free(program);
  return 0;
}
