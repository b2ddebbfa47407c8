/* SPDX-License-Identifier: Apache-2.0 */
/** What an update changes in a class, and what of it stands against derived classes. */
#ifndef PACHECK_REFERENCE_CHANGE_H
#define PACHECK_REFERENCE_CHANGE_H

#include "services.h"

enum ref_change {
  REF_CHANGE_NONE,
  REF_CHANGE_UNIMPORTANT, /* of Description qualifiers only */
  REF_CHANGE_IMPORTANT,
};

/** Compares two complete definitions of one class. */
enum ref_change ref_change_classify(const struct pac_object *before, const struct pac_object *after);

/** True when the keys differ, or a property that both have is indexed in one only; *is_key tells which. */
bool ref_change_of_keys(const struct pac_object *before, const struct pac_object *after, bool *is_key);

/** True when instances of `before` have no place in `after`: a property is gone or has another type, or the class has
 *  become abstract or a singleton. */
bool ref_change_strands_instances(const struct pac_object *before, const struct pac_object *after);

/** How a derived class stands to the update of a class above it. */
struct ref_conflict {
  enum pac_status status; /* PAC_STATUS_NO_ERR for none */
  const char *description;
};

/** Finds the first conflict of `derived` with the change; one other than a plain qualifier when there is one. */
struct ref_conflict ref_conflict_find(const struct pac_object *before, const struct pac_object *after,
                                      const struct pac_object *derived);

/** Takes out of `derived`, a copy of the derived class, what conflicts with the change. */
enum pac_result ref_conflict_resolve(const struct pac_object *before, const struct pac_object *after,
                                     struct pac_object *derived);

#endif
