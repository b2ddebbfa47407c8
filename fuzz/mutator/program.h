/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A program of calls while it is mutated: its instructions, the objects that they mean, and the pieces that it carries.
 *
 * In the octets an object is named by its distance from the newest, a piece by a number modulo how many there are:
 * whatever comes in between would change what the others mean. Here an object is the instruction that makes it, and the
 * numbers of pieces are below their count, so that instructions and pieces come and go and the rest means what it did.
 * Reading never refuses; writing never needs more room than was given.
 */
#ifndef PACHECK_FUZZ_PROGRAM_H
#define PACHECK_FUZZ_PROGRAM_H

#include "layout.h"
#include "program/instruction.h"

#define ANY_OBJECT 0xFFFFu /* whatever the octet says where it stands */

enum operand_at { OPERATION, A, B, C, D, E, F, G };

/* What an operand says, which tells what is worth trying there. */
enum operand {
  OPERAND_NONE,
  OPERAND_OBJECT,
  OPERAND_CLASS, /* from here on: 128 and above mean a piece */
  OPERAND_PROPERTY,
  OPERAND_METHOD,
  OPERAND_QUALIFIER,
  OPERAND_VALUE,
  OPERAND_QUALIFIER_VALUE,
  OPERAND_SHAPE, /* the parameters of a method */
  OPERAND_FLAGS,
  OPERAND_CONTEXT,
  OPERAND_ASYNC_CONTEXT, /* up to here */
  OPERAND_TYPE,
  OPERAND_MEMBER, /* a property, a method, a qualifier, by number */
  OPERAND_FLAVOR,
  OPERAND_BITS,
  OPERAND_NUMBER,
  OPERAND_RARE,
  OPERAND_SINK,
  OPERAND_CONNECTION,
  OPERAND_CONNECTION_AND_NULLS,
  OPERAND_CHOICE, /* of a few */
};

struct instruction {
  uint8_t octets[PAC_PROGRAM_INSTRUCTION_OCTETS];
  uint16_t id;    /* of the object that it makes */
  uint16_t means; /* the id of the object that operand a means */
};

struct piece {
  uint32_t at;
  uint32_t size;
};

struct program {
  struct document *document; /* for random numbers, words and the engine's own mutation */
  uint32_t max;
  uint32_t size; /* when written */
  uint16_t next_id;
  uint32_t count;
  struct instruction rows[PAC_BYTES_INSTRUCTIONS_MAX];
  uint32_t pieces_count;
  struct piece pieces[PAC_POOL_CARRIED_MAX];
  uint32_t octets_size; /* of all pieces, also of those that have gone */
  uint8_t octets[PAC_MUTATOR_OCTETS_MAX];
};

/** The objects that there are somewhere in a program, the newest last. */
struct objects {
  uint32_t count;
  uint16_t ids[PAC_PROGRAM_OBJECTS_MAX];
  bool is_class[PAC_PROGRAM_OBJECTS_MAX];
};

/* Reading and writing: program_form.c */

void mut_program_read(struct program *program, struct document *document, const uint8_t *octets, uint32_t size,
                      uint32_t max);
/** Writes it and gives the size, at most the room that it was read with. Pieces that nobody means are left out. */
uint32_t mut_program_write(struct program *program, uint8_t *octets);

enum pac_bytes_op mut_program_op(const struct instruction *row);
/** What operand `at` of an operation says. */
enum operand mut_program_operand(enum pac_bytes_op op, enum operand_at at);
bool mut_operand_carries(enum operand operand);
bool mut_op_makes(enum pac_bytes_op op);   /* an object */
bool mut_op_changes(enum pac_bytes_op op); /* an object */
bool mut_op_is_call(enum pac_bytes_op op);

/** The objects that there are before a row. */
void mut_program_objects(const struct program *program, uint32_t before, struct objects *objects);

/** A new instruction with operands of 0 that means the newest object. */
struct instruction mut_program_instruction(struct program *program, enum pac_bytes_op op);
/** Inserts it before a row. False when there is no room. */
bool mut_program_insert(struct program *program, uint32_t at, const struct instruction *row);
void mut_program_remove(struct program *program, uint32_t at, uint32_t count);

/** The operand that means a piece: one that is there with these octets, or a new one. 0 when there is no room. */
uint8_t mut_program_carry(struct program *program, const uint8_t *octets, uint32_t size);
/** The piece that an operand means; null for none. */
const struct piece *mut_program_piece(const struct program *program, enum operand operand, uint8_t octet);

/* Operands: program_operands.c */

/** Another operand: most of them mean something that is likely to matter. */
uint8_t mut_operand_pick(struct program *program, enum operand operand, uint8_t was);
/** A changed copy of the piece that it means. */
uint8_t mut_operand_change_piece(struct program *program, enum operand operand, uint8_t was);
/** A piece made of words and numbers for that operand. */
uint8_t mut_operand_carry(struct program *program, enum operand operand);
/** Flags of a put, each axis by itself; `always` are set. */
uint8_t mut_operand_flags(struct program *program, uint32_t always);
/** Fills in all operands of a new instruction but its object. */
void mut_operands_fill(struct program *program, struct instruction *row);

/* Operators, false when they could not: program_operators.c, program_tails.c */

bool mut_program_change(struct program *program, const struct program *partner);
/** Appends calls that belong together: a put, and what makes it end in another way. */
bool mut_program_tail(struct program *program);

#endif
