/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The facts about a put that the contract decides on: what the object is and what stands in the namespace.
 *
 * Each fact is one axis; a combination of all of them is one situation. The words are those of CONTRACT.md, section 3.3.
 */
#ifndef PACHECK_CONTRACT_FACTS_H
#define PACHECK_CONTRACT_FACTS_H

#include <stdbool.h>

#include "pacheck/object.h"

/* What a class put would change in the stored definition (Un in section 3.3). */
enum pac_change {
  PAC_CHANGE_NONE,        /* nothing at all */
  PAC_CHANGE_UNIMPORTANT, /* unimportant qualifiers only: Description */
  PAC_CHANGE_CONTESTED,   /* qualifiers only, of which no text says whether they are important */
  PAC_CHANGE_IMPORTANT,   /* anything else */
};

/* Whether it conflicts with a derived class, at any depth (Cf). */
enum pac_conflict {
  PAC_CONFLICT_NONE,
  PAC_CONFLICT_QUALIFIER, /* a class qualifier that the derived class sets to another value; nothing else */
  PAC_CONFLICT_OTHER,     /* a property type, a key, a method signature, a flavor */
};

struct pac_facts {
  enum pac_genus kind;
  bool exists;                /* the class, or an instance of the class with these keys */
  bool has_children;          /* classes only: derived classes exist */
  bool has_instances;         /* classes only: instances of exactly this class */
  bool children_have_instances;
  bool is_provider;           /* classes only: backed by a provider */
  bool changes_key;           /* classes only: a key is added, removed or moved */
  enum pac_change change;     /* classes that exist; NONE otherwise */
  enum pac_conflict conflict; /* classes that have children; NONE otherwise */
};

#endif
