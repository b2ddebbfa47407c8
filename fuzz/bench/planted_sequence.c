/* SPDX-License-Identifier: Apache-2.0 */
/* The target of the bugs in sequences: runs a program on the reference as put_sequence does and shows what became of
 * its puts to the planted bugs. What the contract says of it is not asked. */
#include "bench/canaries.h"
#include "put_program.h"
#include "put_state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static volatile uint32_t last_state;
  const struct pac_memory *memory = NULL;
  struct pac_program *program = put_program_read(data, size, &memory);
  const struct pac_case_settings settings = put_program_settings(pac_adapter(), memory);
  struct pac_program_end ends[PAC_PROGRAM_CALLS_MAX] = {{.is_ended = false}};
  struct pac_program_watch watch = {
      .is_brief = true, .state = pac_see_state, .context = (void *)(uintptr_t)&last_state, .ends = ends};
  struct pac_case_record record;
  pac_program_execute(program, "planted_sequence", &settings, &watch, &record);
  bench_look_at_sequence(program, ends);
  pac_case_record_reset(&record);
  pac_program_free(program);
  return 0;
}
