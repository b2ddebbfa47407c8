/* SPDX-License-Identifier: Apache-2.0 */
/* What a put stands on: an instance whose class has not been put, or a class without its parent, is not found, whatever
 * else the put says. */
#include "program.h"

/* The class that an object is made from, its own or the parent's; ANY_OBJECT when it is not in sight. */
static uint16_t base_of(const struct program *program, uint16_t object) {
  uint16_t id = object;
  for (uint32_t i = program->count; i > 0; i--) {
    const struct instruction *row = &program->rows[i - 1];
    enum pac_bytes_op op = mut_program_op(row);
    if (!mut_op_makes(op) || row->id != id) {
      continue;
    }
    if (id != object && (op == PAC_BYTES_CLASS || op == PAC_BYTES_DERIVE)) {
      return id;
    }
    id = row->means; /* it stands further up */
  }
  return ANY_OBJECT;
}

static bool is_put_before(const struct program *program, uint32_t at, uint16_t object) {
  for (uint32_t i = 0; i < at; i++) {
    if (mut_program_op(&program->rows[i]) == PAC_BYTES_PUT && program->rows[i].means == object) {
      return true;
    }
  }
  return false;
}

bool mut_program_ground(struct program *program) {
  uint32_t first = random_below(program->document->random, program->count);
  for (uint32_t i = 0; i < program->count; i++) {
    uint32_t at = (first + i) % program->count;
    const struct instruction *row = &program->rows[at];
    if (mut_program_op(row) != PAC_BYTES_PUT || row->means == ANY_OBJECT) {
      continue;
    }
    uint16_t base = base_of(program, row->means);
    if (base != ANY_OBJECT && !is_put_before(program, at, base)) {
      struct instruction put = mut_program_instruction(program, PAC_BYTES_PUT);
      put.means = base;
      put.octets[C] = row->octets[C];
      put.octets[G] = row->octets[G];
      return mut_program_insert(program, at, &put);
    }
  }
  return false;
}
