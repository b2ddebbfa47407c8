/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts a class: creates it, or updates it together with all classes derived from it. Every new definition is composed and
 * checked first and kept as pending; only when nothing can fail any more do all of them take their places at once.
 */
#include "change.h"
#include "class_rules.h"
#include "compose.h"
#include "pacheck/value.h"

static enum pac_path_form path_form(const struct pac_services *services) {
  return REF_CHOSE(&services->options, A_60, RELATIVE) ? PAC_PATH_RELATIVE : PAC_PATH_FULL;
}

/* The parent that the object names, and the class that it would replace. */
static struct ref_answer find_place(struct pac_services *services, const struct ref_operation *operation,
                                    struct ref_class **parent, struct ref_class **existing) {
  const char *name = pac_object_class_name(operation->object);
  const char *superclass = pac_object_superclass(operation->object);
  *parent = NULL;
  *existing = ref_store_class(&services->store, name);
  if (superclass != NULL) {
    REF_TRY(ref_answer_of(services, ref_store_need_class(&services->store, superclass)));
    *parent = ref_store_class(&services->store, superclass);
    bool is_own_parent = pac_name_compare(superclass, name) == 0;
    if (is_own_parent || (*existing != NULL && *parent != NULL && ref_class_is_below(*parent, *existing))) {
      return ref_refuse(services, PAC_STATUS_CIRCULAR_REFERENCE, "the class would be derived from itself");
    }
    if (*parent == NULL) {
      bool is_missing = REF_CHOSE(&services->options, A_34, NOT_FOUND);
      return ref_refuse(services, is_missing ? PAC_STATUS_NOT_FOUND : PAC_STATUS_INVALID_SUPERCLASS,
                        "the parent of the class is not in the namespace");
    }
  }
  if (*existing != NULL && (operation->flags & PAC_FLAG_CREATE_ONLY) != 0) {
    return ref_refuse(services, PAC_STATUS_ALREADY_EXISTS, "the class is there already");
  }
  if (*existing == NULL && (operation->flags & PAC_FLAG_UPDATE_ONLY) != 0) {
    return ref_refuse(services, PAC_STATUS_NOT_FOUND, "there is no such class to update");
  }
  return REF_FINE;
}

/* Makes the complete definition; `*complete` may be set on a refusal too. */
static struct ref_answer compose(struct pac_services *services, const struct pac_object *declared,
                                 const struct ref_class *parent, struct pac_object **complete) {
  const struct pac_object *above = parent == NULL ? NULL : parent->complete;
  if (above != NULL) {
    REF_TRY(ref_class_check_overrides(services, declared, above));
  }
  enum pac_result result = ref_compose_class(&services->allocation.memory, above, declared, complete);
  if (result == PAC_RESULT_OK) {
    result = pac_object_set_origin(*complete, REF_SERVER, REF_NAMESPACE);
  }
  REF_TRY(ref_answer_of(services, result));
  return ref_class_check(services, *complete, above);
}

static struct ref_answer create(struct pac_services *services, struct ref_operation *operation,
                                struct pac_object **complete, struct ref_class *parent) {
  enum pac_result result = PAC_RESULT_OK;
  if ((operation->flags & PAC_FLAG_AMENDED) != 0 && REF_CHOSE(&services->options, A_49, STRIP)) {
    result = ref_strip_amended(*complete);
  }
  if (result == PAC_RESULT_OK) {
    result = ref_path_text(services, *complete, path_form(services), &operation->path);
  }
  if (result == PAC_RESULT_OK) {
    result = ref_store_add_class(&services->store, *complete, parent);
  }
  if (result == PAC_RESULT_OK) {
    *complete = NULL; /* taken */
  }
  return ref_answer_of(services, result);
}

/* Updates ---------------------------------------------------------------------------------------------------------- */

/* An update on its way. */
struct update {
  struct ref_class **family; /* the class, then all derived from it, parents first */
  size_t family_count;
  enum ref_change change;
  bool has_instances;
  bool is_forced;
  bool deletes_instances;
  char *locale; /* of the definition that is kept for the locale; null for none */
  struct pac_object *localized;
};

static bool counts_derived(const struct pac_services *services) {
  return REF_CHOSE(&services->options, A_31, DERIVED);
}

/* How many of the family are looked at where the instances of the class are meant. */
static size_t counted_classes(const struct pac_services *services, const struct update *update) {
  return counts_derived(services) ? update->family_count : 1;
}

static bool has_instances(const struct update *update, size_t first, size_t end) {
  for (size_t i = first; i < end; i++) {
    if (update->family[i]->instances_count > 0) {
      return true;
    }
  }
  return false;
}

static struct ref_answer refuse_for_instances(const struct pac_services *services) {
  return ref_refuse(services, PAC_STATUS_CLASS_HAS_INSTANCES, "the class has instances");
}

static struct ref_answer check_compatible(const struct pac_services *services, const struct update *update) {
  bool has_children = update->family_count > 1;
  if (update->change == REF_CHANGE_UNIMPORTANT && update->has_instances &&
      REF_CHOSE(&services->options, A_24, REFUSE)) {
    return refuse_for_instances(services);
  }
  if (update->change != REF_CHANGE_IMPORTANT) {
    return REF_FINE;
  }
  if (update->has_instances && (!has_children || REF_CHOSE(&services->options, A_32, INSTANCES))) {
    return refuse_for_instances(services);
  }
  return has_children ? ref_refuse(services, PAC_STATUS_CLASS_HAS_CHILDREN, "the class has derived classes") : REF_FINE;
}

/* What the mode says about instances; the derived classes are looked at one by one later. */
static struct ref_answer check_mode(const struct pac_services *services, uint32_t flags, struct update *update) {
  const struct ref_class *of = update->family[0];
  if (update->change == REF_CHANGE_NONE && REF_CHOSE(&services->options, UNCHANGED, SUCCEEDS)) {
    return REF_FINE; /* there is nothing to do */
  }
  if ((flags & PAC_FLAG_UPDATE_SAFE) != 0) {
    bool is_refused = REF_CHOSE(&services->options, A_26, REFUSE) ||
                      ref_change_strands_instances(of->complete, of->pending);
    return update->has_instances && is_refused ? refuse_for_instances(services) : REF_FINE;
  }
  if ((flags & PAC_FLAG_UPDATE_FORCE) == 0) {
    return check_compatible(services, update);
  }
  update->is_forced = true;
  if (!update->has_instances) {
    return REF_FINE;
  }
  if (ref_provider_of(services, pac_object_class_name(of->complete)) != NULL) {
    return REF_CHOSE(&services->options, A_29, REFUSE) ? refuse_for_instances(services) : REF_FINE;
  }
  update->deletes_instances = REF_CHOSE(&services->options, A_28, DELETE);
  return update->deletes_instances ? REF_FINE : refuse_for_instances(services);
}

/* An instance is known by the class that its key comes from: one that stays when the class goes below another would be there
 * under a name that no path has. */
static struct ref_answer check_move(const struct pac_services *services, const struct update *update) {
  size_t deleted = update->deletes_instances ? counted_classes(services, update) : 0;
  return has_instances(update, deleted, update->family_count) ? refuse_for_instances(services) : REF_FINE;
}

static struct ref_answer check_keys(const struct pac_services *services, const struct update *update) {
  bool is_key = false;
  bool is_used = update->family_count > 1 || (update->has_instances && !update->deletes_instances);
  if (!is_used || !ref_change_of_keys(update->family[0]->complete, update->family[0]->pending, &is_key)) {
    return REF_FINE;
  }
  return is_key ? ref_refuse(services, PAC_STATUS_CANNOT_CHANGE_KEY_INHERITANCE, "the key is in use")
                : ref_refuse(services, PAC_STATUS_CANNOT_CHANGE_INDEX_INHERITANCE, "the index is in use");
}

/* The derived class without what stands against the update. */
static enum pac_result resolve(struct pac_services *services, const struct ref_class *top,
                               const struct ref_class *derived, struct pac_object **given) {
  PAC_TRY(pac_object_clone(&services->allocation.memory, derived->complete, given));
  PAC_TRY(ref_conflict_resolve(top->complete, top->pending, *given));
  const struct pac_qualifier_set *above = pac_object_qualifiers_view(derived->parent->pending);
  struct pac_qualifier_set *own = pac_object_qualifiers(*given);
  bool is_abstract = pac_qualifier_is_true(own, "abstract") && !pac_qualifier_is_true(above, "abstract");
  return is_abstract ? pac_qualifier_remove(own, "abstract") : PAC_RESULT_OK;
}

/* Composes a derived class anew below its pending parent. */
static struct ref_answer carry_to(struct pac_services *services, const struct update *update,
                                  struct ref_class *derived) {
  const struct ref_class *top = update->family[0];
  struct ref_conflict conflict = {PAC_STATUS_NO_ERR, NULL};
  if (update->change == REF_CHANGE_IMPORTANT) {
    conflict = ref_conflict_find(top->complete, top->pending, derived->complete);
  }
  bool is_resolved = update->is_forced && (conflict.status == PAC_STATUS_CLASS_HAS_CHILDREN ||
                                           REF_CHOSE(&services->options, A_30, FORCE));
  if (conflict.status != PAC_STATUS_NO_ERR && !is_resolved) {
    return ref_refuse(services, conflict.status, conflict.description);
  }
  struct pac_object *edited = NULL;
  enum pac_result result = update->is_forced ? resolve(services, top, derived, &edited) : PAC_RESULT_OK;
  if (result == PAC_RESULT_OK) {
    const struct pac_object *declared = edited == NULL ? derived->complete : edited;
    result = ref_compose_class(&services->allocation.memory, derived->parent->pending, declared, &derived->pending);
  }
  pac_object_free(edited);
  REF_TRY(ref_answer_of(services, result));
  bool moves_instances = pac_object_is_singleton(derived->complete) != pac_object_is_singleton(derived->pending) ||
                         pac_object_key_count(derived->complete) != pac_object_key_count(derived->pending);
  if (derived->instances_count > 0 && moves_instances) {
    return ref_refuse(services, PAC_STATUS_CLASS_HAS_INSTANCES, "instances of a derived class would lose their path");
  }
  return ref_refused(ref_class_check(services, derived->pending, derived->parent->pending))
             ? ref_refuse(services, PAC_STATUS_CLASS_HAS_CHILDREN, "a derived class would not be valid any more")
             : REF_FINE;
}

/* With the amended flag the locale gets the whole definition and the neutral one goes without its localized part. */
static enum pac_result split_localized(struct pac_services *services, uint32_t flags, struct pac_object *complete,
                                       struct update *update) {
  if ((flags & PAC_FLAG_AMENDED) == 0 || !ref_has_amended(complete)) {
    return PAC_RESULT_OK;
  }
  if (services->locale != NULL && REF_CHOSE(&services->options, A_48, BOTH)) {
    PAC_TRY(ref_store_reserve_localized(&services->store));
    PAC_TRY(ref_copy_text(&services->allocation, services->locale, &update->locale));
    PAC_TRY(pac_object_clone(&services->allocation.memory, complete, &update->localized));
  }
  return ref_strip_amended(complete);
}

/* Everything that can fail. */
static struct ref_answer prepare(struct pac_services *services, struct ref_operation *operation,
                                 struct ref_class *existing, const struct ref_class *parent, struct update *update) {
  REF_TRY(ref_answer_of(services, split_localized(services, operation->flags, existing->pending, update)));
  REF_TRY(ref_answer_of(services, ref_store_family(&services->store, existing, &update->family,
                                                   &update->family_count)));
  update->change = existing->parent == parent ? ref_change_classify(existing->complete, existing->pending)
                                              : REF_CHANGE_IMPORTANT;
  update->has_instances = has_instances(update, 0, counted_classes(services, update));
  REF_TRY(check_mode(services, operation->flags, update));
  if (existing->parent != parent) {
    REF_TRY(check_move(services, update));
  }
  REF_TRY(check_keys(services, update));
  for (size_t i = 1; i < update->family_count; i++) {
    REF_TRY(carry_to(services, update, update->family[i]));
  }
  return ref_answer_of(services, ref_path_text(services, existing->pending, path_form(services), &operation->path));
}

static void commit(struct pac_services *services, struct ref_class *parent, struct update *update) {
  ref_class_commit(update->family[0], parent);
  for (size_t i = 1; i < update->family_count; i++) {
    ref_class_commit(update->family[i], update->family[i]->parent);
  }
  for (size_t i = 0; update->deletes_instances && i < counted_classes(services, update); i++) {
    ref_store_delete_instances(&services->store, update->family[i]);
  }
  if (update->localized != NULL) {
    ref_store_put_localized(&services->store, update->locale, update->localized);
    update->locale = NULL;
    update->localized = NULL;
  }
}

static struct ref_answer update_class(struct pac_services *services, struct ref_operation *operation,
                                      struct ref_class *existing, struct ref_class *parent) {
  struct update update = {.family = NULL};
  struct ref_answer answer = prepare(services, operation, existing, parent, &update);
  if (!ref_refused(answer)) {
    commit(services, parent, &update);
  }
  for (size_t i = 0; i < update.family_count; i++) {
    pac_object_free(update.family[i]->pending);
    update.family[i]->pending = NULL;
  }
  ref_free(&services->allocation, update.family);
  ref_free(&services->allocation, update.locale);
  pac_object_free(update.localized);
  return answer;
}

struct ref_answer ref_class_put(struct pac_services *services, struct ref_operation *operation) {
  const struct pac_object *declared = operation->object;
  struct ref_class *parent = NULL;
  struct ref_class *existing = NULL;
  REF_TRY(ref_class_name_check(services, pac_object_class_name(declared)));
  REF_TRY(ref_class_members_check(services, declared));
  const struct ref_provider *provider = ref_provider_of(services, pac_object_class_name(declared));
  REF_TRY(ref_rights_to_write(services, operation, NULL, provider != NULL));
  REF_TRY(find_place(services, operation, &parent, &existing));
  REF_TRY(ref_provider_admits(services, provider, operation->context));
  if ((operation->flags & PAC_FLAG_AMENDED) == 0 && REF_CHOSE(&services->options, A_50, REFUSE) &&
      ref_has_amended(declared)) {
    return ref_refuse(services, PAC_STATUS_AMENDED_OBJECT, "the class has amended qualifiers and the flag is clear");
  }
  struct pac_object *complete = NULL;
  struct ref_answer answer = compose(services, declared, parent, &complete);
  if (!ref_refused(answer) && existing == NULL) {
    answer = create(services, operation, &complete, parent);
  } else if (!ref_refused(answer)) {
    existing->pending = complete;
    complete = NULL;
    answer = update_class(services, operation, existing, parent);
    pac_object_free(existing->pending); /* still there when the family could not be listed */
    existing->pending = NULL;
  }
  pac_object_free(complete);
  return answer;
}
