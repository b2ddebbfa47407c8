/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts together what is allowed: faults of the object, rights, providers, a lack of memory, cancel, and the decision table.
 * A put with a fault that every reading refuses may give the code of any of its faults and never succeeds.
 */
#include "program/oracle.h"

#include <string.h>

#include "object/memory_source.h"

static bool same_outcome(const struct pac_allowed_outcome *left, const struct pac_allowed_outcome *right) {
  bool is_same_option = left->option == NULL || right->option == NULL ? left->option == right->option
                                                                      : strcmp(left->option, right->option) == 0;
  return left->status == right->status && left->effect == right->effect && left->is_loose == right->is_loose &&
         left->reading == right->reading && is_same_option;
}

/* Each once: one fault can be that of every derived class, or of every property. Most are plain refusals, of which the bits tell
 * whether they are there. */
static void add(struct pac_allowed *allowed, struct pac_allowed_outcome outcome) {
  bool is_refusal = outcome.effect == PAC_EFFECT_UNCHANGED && !outcome.is_loose && outcome.reading == PAC_READING_NONE;
  uint64_t *refused = &allowed->refused[outcome.status / 64u];
  uint64_t bit = (uint64_t)1 << (outcome.status % 64u);
  bool is_there = is_refusal && (*refused & bit) != 0;
  for (uint32_t i = 0; !is_refusal && !is_there && i < allowed->count; i++) {
    is_there = same_outcome(&allowed->outcomes[i], &outcome);
  }
  if (is_there) {
    return;
  }
  *refused |= is_refusal ? bit : 0;
  if (allowed->count == PAC_ALLOWED_MAX) {
    allowed->is_full = true;
    return;
  }
  allowed->outcomes[allowed->count] = outcome;
  allowed->count += 1;
}

void pac_allowed_refuse(struct pac_allowed *allowed, enum pac_status status) {
  add(allowed, (struct pac_allowed_outcome){status, PAC_EFFECT_UNCHANGED, false, PAC_READING_NONE, NULL});
}

void pac_allowed_store(struct pac_allowed *allowed, enum pac_status status) {
  add(allowed, (struct pac_allowed_outcome){status, PAC_EFFECT_STORED, true, PAC_READING_NONE, NULL});
}

void pac_allowed_may_refuse(struct pac_allowed *allowed, const enum pac_status *statuses, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    pac_allowed_refuse(allowed, statuses[i]);
  }
}

void pac_allowed_must_refuse(struct pac_allowed *allowed, enum pac_clause clause, const enum pac_status *statuses,
                             uint32_t count) {
  allowed->must_fail = true;
  allowed->clause = allowed->clause == PAC_CLAUSE_NONE ? clause : allowed->clause;
  pac_allowed_may_refuse(allowed, statuses, count);
}

/* Helpers of the faults --------------------------------------------------------------------------------------------------- */

static bool is_amended(const struct pac_qualifier_set *set) {
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    uint8_t flavor = pac_qualifier_at(set, i)->flavor;
    if ((flavor & PAC_FLAVOR_AMENDED) != 0 && (flavor & PAC_FLAVOR_INHERITED) == 0) {
      return true;
    }
  }
  return false;
}

bool pac_faults_has_amended(const struct pac_object *object) {
  bool has = is_amended(pac_object_qualifiers_view(object));
  for (uint32_t i = 0; !has && i < pac_object_property_count(object); i++) {
    has = is_amended(pac_object_property_qualifiers_view(object, pac_object_property_at(object, i)->name));
  }
  for (uint32_t i = 0; !has && i < pac_object_method_count(object); i++) {
    has = is_amended(pac_object_method_qualifiers_view(object, pac_object_method_at(object, i)->name));
  }
  return has;
}

bool pac_faults_is_loose(const struct pac_shadow *shadow, const char *class_name) {
  for (uint32_t i = 0; class_name != NULL && i < shadow->class_count; i++) {
    if (shadow->classes[i].is_loose && pac_object_is_a(shadow->classes[i].definition, class_name)) {
      return true;
    }
  }
  return false;
}

const struct pac_program_provider *pac_faults_provider(const struct pac_circumstances *circumstances,
                                                       const char *class_name) {
  for (uint32_t i = 0; class_name != NULL && i < circumstances->provider_count; i++) {
    const struct pac_program_provider *provider = &circumstances->providers[i];
    if (provider->kind != PAC_PROVIDER_NONE && pac_name_compare(provider->class_name, class_name) == 0) {
      return provider;
    }
  }
  return NULL;
}

/* True when the class in the shadow or one above it has a provider; *is_own when it is the class itself. */
static bool is_dynamic(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances, bool *is_own) {
  const char *name = pac_object_class_name(circumstances->object);
  const struct pac_shadow_class *stored = pac_shadow_class_find(shadow, name);
  *is_own = pac_faults_provider(circumstances, name) != NULL;
  bool is = *is_own;
  const struct pac_object *definition = stored == NULL ? circumstances->object : stored->definition;
  for (uint32_t i = 0; !is && i < pac_object_ancestor_count(definition); i++) {
    is = pac_faults_provider(circumstances, pac_object_ancestor_at(definition, i)) != NULL;
  }
  return is;
}

/* Parts ------------------------------------------------------------------------------------------------------------------ */

/* True for an instance of a system class or of one below: another right is needed to write it. */
static bool is_below_system(const struct pac_shadow *shadow, const struct pac_object *instance) {
  const struct pac_shadow_class *stored = pac_shadow_class_find(shadow, pac_object_class_name(instance));
  const struct pac_object *definition = stored == NULL ? instance : stored->definition;
  bool is_below = pac_shadow_is_system_name(pac_object_class_name(instance));
  for (uint32_t i = 0; !is_below && i < pac_object_ancestor_count(definition); i++) {
    is_below = pac_shadow_is_system_name(pac_object_ancestor_at(definition, i));
  }
  return is_below;
}

/* True when a provider may be asked for the instance: which system classes stand above it, and so whether the provider of one
 * of them is in its way, is the implementation's affair. */
static bool may_be_dynamic_far_above(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances) {
  bool is = false;
  for (uint32_t i = 0; !is && i < circumstances->provider_count; i++) {
    const struct pac_program_provider *provider = &circumstances->providers[i];
    is = provider->kind != PAC_PROVIDER_NONE && pac_shadow_is_system_name(provider->class_name);
  }
  return is && is_below_system(shadow, circumstances->object);
}

static void check_rights(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances,
                         bool may_be_dynamic, bool may_be_static, struct pac_allowed *allowed) {
  const uint32_t to_call = PAC_RIGHT_ENABLE | PAC_RIGHT_REMOTE_ENABLE;
  bool is_class = pac_object_genus(circumstances->object) == PAC_GENUS_CLASS;
  bool needs_full = is_class || is_below_system(shadow, circumstances->object);
  uint32_t to_write = needs_full ? PAC_RIGHT_FULL_WRITE : PAC_RIGHT_PARTIAL_WRITE;
  enum pac_clause clause = is_class ? PAC_CLAUSE_ERROR_ACCESS_DENIED_STATIC_CLASS
                                    : PAC_CLAUSE_ERROR_ACCESS_DENIED_STATIC_INSTANCE;
  uint32_t most = circumstances->rights_most;
  uint32_t least = circumstances->rights_least;
  bool is_needed = (may_be_static && (most & to_write) == 0) || (may_be_dynamic && (most & PAC_RIGHT_PROVIDER_WRITE) == 0);
  bool is_certain = (!may_be_static || (most & to_write) == 0) &&
                    (!may_be_dynamic || (most & PAC_RIGHT_PROVIDER_WRITE) == 0);
  bool may_be_covered = (most & PAC_RIGHT_FULL_WRITE) != 0; /* full write may cover every object */
  if ((most & to_call) != to_call || (is_needed && is_certain && !may_be_covered)) {
    pac_allowed_must_refuse(allowed, clause, PAC_STATUSES(PAC_STATUS_ACCESS_DENIED));
    return;
  }
  bool may = (least & to_call) != to_call || (may_be_static && (least & to_write) == 0) ||
             (may_be_dynamic && (least & PAC_RIGHT_PROVIDER_WRITE) == 0);
  if (may) {
    pac_allowed_refuse(allowed, PAC_STATUS_ACCESS_DENIED);
  }
}

static void check_class_provider(const struct pac_circumstances *circumstances, struct pac_allowed *allowed) {
  const struct pac_program_provider *provider =
      pac_faults_provider(circumstances, pac_object_class_name(circumstances->object));
  if (circumstances->has_provider_changed) {
    pac_allowed_may_refuse(allowed, PAC_STATUSES(PAC_STATUS_PROVIDER_NOT_CAPABLE, PAC_STATUS_PROVIDER_LOAD_FAILURE));
  } else if (provider != NULL && provider->kind == PAC_PROVIDER_WITHOUT_PUT) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_PROVIDER_WITHOUT_PUT_REFUSED,
                            PAC_STATUSES(PAC_STATUS_PROVIDER_NOT_CAPABLE));
  } else if (provider != NULL && provider->kind == PAC_PROVIDER_MISSING) {
    pac_allowed_must_refuse(allowed, PAC_CLAUSE_CLASS_PROVIDER_MISSING_LOAD_FAILURE,
                            PAC_STATUSES(PAC_STATUS_PROVIDER_LOAD_FAILURE));
  }
  const struct pac_named_values *context = circumstances->call->context;
  if ((provider != NULL || circumstances->has_provider_changed) && context != NULL &&
      pac_named_values_item(context, PAC_CONTEXT_PROVIDER_ARCHITECTURE) != NULL) {
    pac_allowed_refuse(allowed, PAC_STATUS_INVALID_PARAMETER); /* 32 and 64 only */
  }
}

/* Takes over what the table decides for one set of facts. */
static void add_decision(const struct pac_facts *facts, const struct pac_circumstances *circumstances,
                         enum pac_profile profile, bool is_loose, struct pac_allowed *allowed) {
  struct pac_decision decision;
  pac_decide(facts, circumstances->call->flags, profile, &decision);
  for (uint32_t i = 0; i < decision.outcome_count; i++) {
    const struct pac_outcome *outcome = &decision.outcomes[i];
    bool is_success = outcome->effect != PAC_EFFECT_UNCHANGED;
    if (!is_success || !allowed->must_fail) {
      add(allowed, (struct pac_allowed_outcome){outcome->status, outcome->effect, is_success && is_loose,
                                                outcome->reading, outcome->option});
    }
  }
  if (allowed->clause == PAC_CLAUSE_NONE) {
    allowed->clause = decision.clauses[0];
  }
  allowed->scope = decision.row;
  allowed->takes_other_codes = decision.takes_other_codes;
  allowed->row_number = decision.row_number;
  allowed->bits_reading = decision.bits_reading;
  memcpy(allowed->bits_scope, decision.bits_scope, sizeof allowed->bits_scope);
}

static enum pac_result decide(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances,
                              enum pac_profile profile, bool is_loose, struct pac_allowed *allowed) {
  struct pac_facts facts;
  const struct pac_object *object = circumstances->object;
  const char *name = pac_object_class_name(object);
  uint32_t flags = circumstances->call->flags;
  bool is_own = false;
  if (name == NULL) {
    facts = (struct pac_facts){.kind = pac_object_genus(object)}; /* what the flags alone forbid may be named as well */
    add_decision(&facts, circumstances, profile, true, allowed);
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_shadow_facts(shadow, object, &facts));
  bool may_be_provider = is_dynamic(shadow, circumstances, &is_own) || circumstances->has_provider_changed;
  /* Without its amended qualifiers, which are not stored in every case, it may change nothing at all. */
  bool is_known = !pac_faults_is_loose(shadow, name) &&
                  !(facts.kind == PAC_GENUS_CLASS && facts.exists && pac_faults_has_amended(object));
  facts.is_provider = facts.kind == PAC_GENUS_CLASS && is_own;
  add_decision(&facts, circumstances, profile, is_loose || !is_known, allowed);
  bool restates = false;
  if (facts.kind == PAC_GENUS_CLASS && facts.change != PAC_CHANGE_IMPORTANT) {
    PAC_TRY(pac_shadow_restates(shadow, object, &restates));
  }
  if (restates) {
    struct pac_facts changed = facts;
    changed.change = PAC_CHANGE_IMPORTANT; /* no text says whether this is a change */
    add_decision(&changed, circumstances, profile, is_loose || !is_known, allowed);
  }
  if (facts.kind == PAC_GENUS_CLASS && may_be_provider && facts.exists) {
    facts.is_provider = !facts.is_provider;
    add_decision(&facts, circumstances, profile, is_loose || !is_known, allowed);
  }
  if (facts.kind == PAC_GENUS_INSTANCE && (!is_known || is_loose)) {
    facts.exists = !facts.exists; /* nobody knows which instances of such a class there are */
    add_decision(&facts, circumstances, profile, true, allowed);
  } else if (!is_known && facts.exists && (flags & PAC_FLAG_CREATE_ONLY) == 0) {
    allowed->is_any = true; /* what changes, and whether instances are in the way, is not known */
    if (!allowed->must_fail) {
      add(allowed, (struct pac_allowed_outcome){PAC_STATUS_NO_ERR, PAC_EFFECT_FORCED, true, PAC_READING_NONE, NULL});
    }
  }
  return PAC_RESULT_OK;
}

/* A cancelled put may give the code for that, and then have been carried out or not. It has to when it was cancelled
 * before it had a final status. */
static void allow_cancel(const struct pac_circumstances *circumstances, struct pac_allowed *allowed) {
  uint32_t count = allowed->count;
  pac_allowed_refuse(allowed, PAC_STATUS_CALL_CANCELLED);
  for (uint32_t i = 0; i < count; i++) {
    struct pac_allowed_outcome outcome = allowed->outcomes[i];
    if (outcome.effect != PAC_EFFECT_UNCHANGED) {
      outcome.status = PAC_STATUS_CALL_CANCELLED;
      outcome.reading = PAC_READING_NONE;
      add(allowed, outcome);
    }
  }
  if (!circumstances->is_cancelled_in_time) {
    return;
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < allowed->count; i++) {
    enum pac_status status = allowed->outcomes[i].status;
    if (status == PAC_STATUS_CALL_CANCELLED || (status == PAC_STATUS_OUT_OF_MEMORY && circumstances->may_lack_memory)) {
      allowed->outcomes[kept] = allowed->outcomes[i];
      kept += 1;
    }
  }
  allowed->count = kept;
  allowed->is_any = false;
  allowed->takes_other_codes = false;
  allowed->clause = PAC_CLAUSE_CANCEL_COMPLETION_CALL_CANCELLED;
}

enum pac_result pac_oracle_allow(const struct pac_shadow *shadow, const struct pac_circumstances *circumstances,
                                 enum pac_profile profile, struct pac_allowed *allowed) {
  const struct pac_program_call *call = circumstances->call;
  bool is_loose = false;
  bool is_own = false;
  *allowed = (struct pac_allowed){.clause = PAC_CLAUSE_NONE};
  if (circumstances->may_lack_memory) {
    pac_allowed_refuse(allowed, PAC_STATUS_OUT_OF_MEMORY);
  }
  if (call->sink == PAC_PROGRAM_NONE || circumstances->object == NULL) {
    pac_allowed_must_refuse(allowed,
                            call->sink == PAC_PROGRAM_NONE ? PAC_CLAUSE_PUT_ASYNC_PARAMETERS_NULL_SINK_REFUSED
                                                           : PAC_CLAUSE_PUT_ASYNC_PARAMETERS_NULL_OBJECT_REFUSED,
                            PAC_STATUSES(PAC_STATUS_INVALID_PARAMETER));
    allowed->is_any = true; /* A-47 leaves the code open, and any other fault may be named */
    return PAC_RESULT_OK;
  }
  bool is_class = pac_object_genus(circumstances->object) == PAC_GENUS_CLASS;
  bool dynamic = is_dynamic(shadow, circumstances, &is_own);
  bool may_be_static = is_class ? !is_own || circumstances->has_provider_changed
                                : !dynamic || circumstances->has_provider_changed;
  bool may_be_dynamic = dynamic || circumstances->has_provider_changed ||
                        (!is_class && may_be_dynamic_far_above(shadow, circumstances));
  check_rights(shadow, circumstances, may_be_dynamic, may_be_static, allowed);
  if (is_class) {
    check_class_provider(circumstances, allowed);
    PAC_TRY(pac_faults_of_class(shadow, circumstances, allowed, &is_loose));
  } else {
    PAC_TRY(pac_faults_of_instance(shadow, circumstances, allowed, &is_loose));
  }
  PAC_TRY(decide(shadow, circumstances, profile, is_loose, allowed));
  if (allowed->must_fail) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < allowed->count; i++) {
      if (allowed->outcomes[i].effect == PAC_EFFECT_UNCHANGED) {
        allowed->outcomes[kept] = allowed->outcomes[i];
        kept += 1;
      }
    }
    allowed->count = kept;
  }
  if (circumstances->is_cancelled) {
    allow_cancel(circumstances, allowed);
  }
  return allowed->is_full ? PAC_RESULT_LIMIT : PAC_RESULT_OK;
}

enum pac_result pac_oracle_loosen(struct pac_shadow *shadow, const char *class_name) {
  size_t size = shadow->class_count * sizeof *shadow->classes;
  struct pac_shadow_class *classes = pac_memory_resize(shadow->memory, NULL, size + 1);
  if (classes == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  if (size > 0) {
    memcpy(classes, shadow->classes, size);
  }
  for (uint32_t i = 0; class_name != NULL && i < shadow->class_count; i++) {
    classes[i].is_loose = classes[i].is_loose || pac_object_is_a(classes[i].definition, class_name);
  }
  shadow->classes = classes;
  return PAC_RESULT_OK;
}

enum pac_result pac_oracle_apply(const struct pac_shadow *before, const struct pac_object *object,
                                 const struct pac_allowed_outcome *outcome, struct pac_shadow *after) {
  *after = *before;
  if (outcome->effect == PAC_EFFECT_UNCHANGED) {
    return PAC_RESULT_OK; /* also of no object at all */
  }
  const char *name = pac_object_class_name(object);
  bool is_class = pac_object_genus(object) == PAC_GENUS_CLASS;
  if (is_class || !outcome->is_loose) {
    PAC_TRY(pac_shadow_apply(before, object, outcome->effect, after));
  }
  if (!outcome->is_loose) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_oracle_loosen(after, name));
  for (uint32_t i = 0; !is_class && i < after->class_count; i++) {
    /* A sibling's instance may be gone: the whole family is no longer known. */
    const struct pac_object *definition = after->classes[i].definition;
    uint32_t ancestors = pac_object_ancestor_count(definition);
    if (ancestors > 0 && pac_name_compare(pac_object_class_name(definition), name) == 0) {
      return pac_oracle_loosen(after, pac_object_ancestor_at(definition, ancestors - 1));
    }
  }
  return PAC_RESULT_OK;
}
