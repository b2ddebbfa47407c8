/* SPDX-License-Identifier: Apache-2.0 */
/** The input of the targets whose input is a program of calls. */
#ifndef PACHECK_FUZZ_PUT_PROGRAM_H
#define PACHECK_FUZZ_PUT_PROGRAM_H

#include "input.h"
#include "program/run.h"
#include "put_late.h"
#include "reused_memory.h"

/** The program that octets mean, without what the adapter under test cannot do. What the input before had is taken back. */
static inline struct pac_program *put_program_read(const uint8_t *data, size_t size, const struct pac_memory **memory) {
  struct pac_program *program = NULL;
  *memory = reused_memory();
  PAC_CHECK(pac_program_decode(*memory, data, size, &program) == PAC_RESULT_OK, "not enough memory");
  (void)pac_program_restrict(program, pac_adapter()->features);
  pac_program_keep_returning(program);
  return program;
}

/** How a program is run here: no timeline, and no adapter options. */
static inline struct pac_case_settings put_program_settings(const struct pac_adapter *adapter,
                                                            const struct pac_memory *memory) {
  return (struct pac_case_settings){
      .adapter = adapter, .timeout_ms = 1000, .timeline = PAC_TIMELINE_OF_NONE, .memory = memory};
}

#endif
