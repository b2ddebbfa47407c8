/* SPDX-License-Identifier: Apache-2.0 */
/* The pace of put_sequence without an engine: programs of exactly as many calls as are asked for, encoded once, then run in
 * a loop for some seconds of CPU time. Compiled as the target is. */
#include <time.h>

#include "input.h"
#include "program/program.h"

#define PROGRAMS 1000u
#define OCTETS_MAX 4096u

static struct {
  uint8_t octets[OCTETS_MAX];
  size_t size;
} inputs[PROGRAMS];

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void make_inputs(uint32_t calls) {
  uint64_t seed = 0;
  for (uint32_t i = 0; i < PROGRAMS; seed++) {
    struct pac_program *program = NULL;
    PAC_CHECK(pac_program_of_chance(NULL, seed, calls, &program) == PAC_RESULT_OK, "not enough memory");
    if (program->call_count == calls &&
        pac_program_encode(program, inputs[i].octets, OCTETS_MAX, &inputs[i].size) == PAC_RESULT_OK &&
        inputs[i].size <= OCTETS_MAX) {
      i++;
    }
    pac_program_free(program);
  }
}

int main(int argc, char **argv) {
  uint32_t calls = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 8;
  double limit = argc > 2 ? strtod(argv[2], NULL) : 5;
  if (calls == 0 || calls > PAC_PROGRAM_CALLS_MAX || limit <= 0) {
    fprintf(stderr, "usage: %s [CALLS [SECONDS]]\n", argv[0]);
    return 2;
  }
  make_inputs(calls);
  uint64_t executions = 0;
  double began = cpu_seconds(), spent = 0;
  while (spent < limit) {
    for (uint32_t i = 0; i < PROGRAMS; i++) {
      LLVMFuzzerTestOneInput(inputs[i].octets, inputs[i].size);
    }
    executions += PROGRAMS;
    spent = cpu_seconds() - began;
  }
  printf("%.0f\n", (double)executions / spent);
  return 0;
}
