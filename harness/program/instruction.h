/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The numbers of the octet form of a program: operations, what stands in their operands, and the limits.
 *
 *     input        = count (1), instructions (8 each), carried
 *     instruction  = operation, a, b, c, d, e, f, g
 *     carried      = { length (2, little-endian), octets }
 *
 * `count` is the number of instructions; 255 for as many as the input holds. What is cut short is left out. There is no
 * wrong input: an operation is taken modulo their number, an object from the newest backwards modulo how many there are.
 *
 * It includes nothing: the mutator of fuzz/, which knows no harness, reads it too.
 */
#ifndef PACHECK_PROGRAM_INSTRUCTION_H
#define PACHECK_PROGRAM_INSTRUCTION_H

/** Octets of one instruction; the first octet of the input is their number, 255 for as many as there are. */
#define PAC_PROGRAM_INSTRUCTION_OCTETS 8u
#define PAC_PROGRAM_OBJECTS_MAX 32u
#define PAC_PROGRAM_CALLS_MAX 64u
#define PAC_PROGRAM_SINKS_MAX 8u
#define PAC_PROGRAM_SPACES_MAX 3u /* namespaces that a program can be connected to */

#define PAC_POOL_OPERANDS 128u /* operands that mean something in a pool */
#define PAC_POOL_CARRIED_MAX 128u
#define PAC_POOL_TYPES 17u /* a type is taken modulo their number */
/* Operands that mean contexts by which a partial update is asked for: without what has to be listed, of a property that a class
 * may have, and of the key that most classes have. */
#define PAC_POOL_CONTEXT_WITHOUT_LIST 4u
#define PAC_POOL_CONTEXT_PARTIAL 5u
#define PAC_POOL_CONTEXT_PARTIAL_KEY 7u

#define PAC_BYTES_ALL 255u
#define PAC_BYTES_INSTRUCTIONS_MAX 254u

/* CLASS, DERIVE, INSTANCE and COPY make a new object; KEEP puts it into the table as it is, and so does whatever uses it. */
enum pac_bytes_op {
  PAC_BYTES_CLASS,
  PAC_BYTES_DERIVE,
  PAC_BYTES_INSTANCE,
  PAC_BYTES_COPY,
  PAC_BYTES_KEEP,
  PAC_BYTES_SET,
  PAC_BYTES_ADD,
  PAC_BYTES_REMOVE,
  PAC_BYTES_RETYPE,
  PAC_BYTES_QUALIFY,
  PAC_BYTES_UNQUALIFY,
  PAC_BYTES_METHOD,
  PAC_BYTES_METHOD_REMOVE,
  PAC_BYTES_PUT,
  PAC_BYTES_STEP,
  PAC_BYTES_DRAIN,
  PAC_BYTES_CANCEL,
  PAC_BYTES_RIGHTS,
  PAC_BYTES_FAIL,
  PAC_BYTES_PROVIDER,
  PAC_BYTES_CONNECT,
  PAC_BYTES_CHECK,
};

/* What an operation octet means, modulo their number: every operation in order, so that its number means it, and then those
 * again that random octets should mean more. */
#define PAC_BYTES_OPS                                                                                                \
  {                                                                                                                  \
    PAC_BYTES_CLASS, PAC_BYTES_DERIVE, PAC_BYTES_INSTANCE, PAC_BYTES_COPY, PAC_BYTES_KEEP, PAC_BYTES_SET,            \
    PAC_BYTES_ADD, PAC_BYTES_REMOVE, PAC_BYTES_RETYPE, PAC_BYTES_QUALIFY, PAC_BYTES_UNQUALIFY, PAC_BYTES_METHOD,     \
    PAC_BYTES_METHOD_REMOVE, PAC_BYTES_PUT, PAC_BYTES_STEP, PAC_BYTES_DRAIN, PAC_BYTES_CANCEL, PAC_BYTES_RIGHTS,     \
    PAC_BYTES_FAIL, PAC_BYTES_PROVIDER, PAC_BYTES_CONNECT, PAC_BYTES_CHECK, PAC_BYTES_PUT, PAC_BYTES_PUT,            \
    PAC_BYTES_PUT, PAC_BYTES_PUT, PAC_BYTES_PUT, PAC_BYTES_PUT, PAC_BYTES_INSTANCE, PAC_BYTES_COPY, PAC_BYTES_STEP,  \
    PAC_BYTES_QUALIFY,                                                                                               \
  }

/* Bits of operand d of CLASS: ready-made members, so that one instruction makes a class worth putting. */
#define PAC_BYTES_WITHOUT_NAME_KEY 0x01u /* no [key] string Name */
#define PAC_BYTES_WITH_SIZE 0x02u        /* uint32 Size = 7 */
#define PAC_BYTES_WITH_NOTE 0x04u        /* string Note */
/* Bits of operand c of INSTANCE. */
#define PAC_BYTES_WITHOUT_KEY_VALUE 0x01u
/* Bits of operand b of ADD and RETYPE, above the type. */
#define PAC_BYTES_ARRAY 0x80u
/* Bits of operand d of ADD. */
#define PAC_BYTES_KEY 0x01u

/* Operand a of RIGHTS: the caller may read and nothing else. */
#define PAC_BYTES_RIGHTS_READ 3u

/* Which set of qualifiers operand b of QUALIFY and UNQUALIFY means, modulo 4: 1 and 2 are of a property. */
#define PAC_BYTES_OF_OBJECT 0u
#define PAC_BYTES_OF_PROPERTY 1u
#define PAC_BYTES_OF_METHOD 3u

/* Operand f of QUALIFY: the flavor, with all of these bits for an amended one, so that few are. */
#define PAC_BYTES_FLAVOR (PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_TO_DERIVED | PAC_FLAVOR_NOT_OVERRIDABLE)
#define PAC_BYTES_AMENDED 0xE0u

/* From here on an operand means the rare thing: a superclass by hand (b of CLASS), a large number (b of STEP and FAIL), any
 * mask (b of RIGHTS). */
#define PAC_BYTES_RARE 240u
#define PAC_BYTES_VOID 0x80u /* operand b of METHOD */

/* Operand g of every call: the connection in the low bits; of PUT also, in the high four, what is null. */
#define PAC_BYTES_SPACE 0x03u
#define PAC_BYTES_NULL_OBJECT 15u
#define PAC_BYTES_NULL_SINK 14u
#define PAC_BYTES_NULL_BOTH 13u

/* What a qualifier may hold, as MOF can say it: the type by number in a carried value. */
#define PAC_BYTES_QUALIFIER_TYPES {PAC_CIM_BOOLEAN, PAC_CIM_STRING, PAC_CIM_SINT32, PAC_CIM_REAL64}
#define PAC_BYTES_QUALIFIER_TYPES_COUNT 4u

/* Flags of a carried value. */
#define PAC_BYTES_VALUE_NULL 0x01u
#define PAC_BYTES_VALUE_ARRAY 0x02u
#define PAC_BYTES_TEXT_NULL 0xFFFFu /* length of an array element that is null */

/* Bits of a parameter in a carried method. */
#define PAC_BYTES_PARAMETER_IN 0x01u
#define PAC_BYTES_PARAMETER_OUT 0x02u
#define PAC_BYTES_PARAMETER_ARRAY 0x04u

#endif
