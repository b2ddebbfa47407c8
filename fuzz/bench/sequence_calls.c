/* SPDX-License-Identifier: Apache-2.0 */
/* Linked into a twin of put_sequence in place of the way to a program's run: counts the calls of what an engine executes. */
#include <inttypes.h>

#include "input.h"
#include "program/run.h"

static uint64_t programs, calls, puts_made, octets_of_inputs;

static void print_means(void) {
  double count = programs == 0 ? 1 : (double)programs;
  fprintf(stderr, "programs: %" PRIu64 " calls: %.2f puts: %.2f octets: %.0f\n", programs, (double)calls / count,
          (double)puts_made / count, (double)octets_of_inputs / count);
}

enum pac_result __real_pac_program_decode(const struct pac_memory *memory, const uint8_t *data, size_t size,
                                          struct pac_program **given);
enum pac_result __wrap_pac_program_decode(const struct pac_memory *memory, const uint8_t *data, size_t size,
                                          struct pac_program **given);

/* The linker sends the target's call here (--wrap). */
enum pac_result __wrap_pac_program_decode(const struct pac_memory *memory, const uint8_t *data, size_t size,
                                          struct pac_program **given) {
  if (programs == 0) {
    atexit(print_means);
  }
  enum pac_result result = __real_pac_program_decode(memory, data, size, given);
  if (result == PAC_RESULT_OK) {
    programs += 1;
    calls += (*given)->call_count;
    octets_of_inputs += size;
    for (uint32_t i = 0; i < (*given)->call_count; i++) {
      puts_made += (*given)->calls[i].op == PAC_PROGRAM_PUT;
    }
  }
  return result;
}
