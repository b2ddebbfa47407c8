/* SPDX-License-Identifier: Apache-2.0 */
/** Changes of an object that leave it as valid as it was, and changes of a document that do not. */
#ifndef PACHECK_FUZZ_OPERATORS_H
#define PACHECK_FUZZ_OPERATORS_H

#include "build.h"

/** Does one change to the object of that index; false when it could not. The map is stale afterwards. */
bool mut_operate(struct document *document, uint32_t object);

/**
 * Does one change that adds something to one object over and over: what needs many of a kind is never come to by single
 * changes, since no coverage tells that there is one more.
 */
void mut_operate_often(struct document *document);

/** An object of the document, the depths being equally likely. */
uint32_t mut_pick_object(const struct document *document);

/* Parts of mut_operate, false when they could not. */
bool mut_property_add(struct document *document, const struct object_layout *object);
bool mut_property_remove(struct document *document, const struct object_layout *object);
bool mut_property_retype(struct document *document, const struct object_layout *object);
bool mut_property_rename(struct document *document, const struct object_layout *object);
bool mut_property_set(struct document *document, const struct object_layout *object);
bool mut_qualifier_add(struct document *document, const struct set *set);
bool mut_qualifier_drop(struct document *document, const struct set *set);
bool mut_method_add(struct document *document, const struct object_layout *object);
bool mut_method_drop(struct document *document, const struct object_layout *object);
bool mut_method_redeclare(struct document *document, const struct object_layout *object);
bool mut_property_sets(struct document *document, const struct object_layout *object);
bool mut_property_rearrange(struct document *document, const struct object_layout *object);
bool mut_object_derive(struct document *document, const struct object_layout *object);
bool mut_object_nest(struct document *document, const struct object_layout *object);
bool mut_object_rename(struct document *document, const struct object_layout *object);
bool mut_object_convert(struct document *document, const struct object_layout *object);
bool mut_object_decorate(struct document *document, const struct object_layout *object);
bool mut_object_replace(struct document *document, const struct object_layout *object);
bool mut_object_slack(struct document *document, const struct object_layout *object);
bool mut_object_splice(struct document *document, const struct object_layout *object);

/** Breaks the document in one place. */
void mut_break(struct document *document);

#endif
