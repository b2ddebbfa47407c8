/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The parts of a declaration, shared by mof.c and mof_members.c and by nothing else.
 */
#ifndef PACHECK_PROGRAM_MOF_MEMBERS_H
#define PACHECK_PROGRAM_MOF_MEMBERS_H

#include "program/lexer.h"

#define PAC_MOF_QUALIFIERS_MAX 64u

struct pac_mof_qualifier {
  const char *name;
  struct pac_value value;
  uint8_t flavor;
};

/* The list before a declaration: read before it is known what it belongs to. */
struct pac_mof_qualifiers {
  uint32_t count;
  struct pac_mof_qualifier list[PAC_MOF_QUALIFIERS_MAX];
};

/** Parses the list of qualifiers that may stand before a declaration: empty when none does. */
bool pac_mof_qualifiers(struct pac_lexer *lexer, struct pac_mof_qualifiers *qualifiers);

/** Puts the qualifiers into the set of what was declared; a null set takes none. */
bool pac_mof_qualifiers_put(struct pac_lexer *lexer, struct pac_qualifier_set *set,
                            const struct pac_mof_qualifiers *qualifiers);

/** Parses a property or method of a class and declares it. */
bool pac_mof_member(struct pac_lexer *lexer, struct pac_object *object);

/** Parses what an instance says of a property: a value, qualifiers or both. */
bool pac_mof_assignment(struct pac_lexer *lexer, struct pac_object *object);

#endif
