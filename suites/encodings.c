/* SPDX-License-Identifier: Apache-2.0 */
/* Puts whose object and context come as octets. What is well-formed is stored like any other put; what breaks the
 * encoding is refused with a published code, stores nothing and leaves the services usable. */
#include <string.h>

#include "scene.h"
#include "vector_table.h"

extern const struct pac_suite pac_suite_encodings;

/* A case that is written by hand; those of the vectors follow them. */
struct encoded_row {
  const char *name;
  enum pac_clause clauses[4];
  uint32_t features;
  void (*steps)(struct pac_case_run *run);
};

/* Encodes with the project's own encoder; the octets live as long as the case. */
static struct pac_octets encode(struct pac_case_run *run, const struct pac_object *object) {
  struct pac_octets octets = {NULL, 0};
  pac_run_require(run, pac_unit_encode(run->memory, object, PAC_ENCODE_CANONICAL, &octets), "an encoding");
  return octets;
}

static struct pac_encoded_put encoded_put(struct pac_octets object, const struct pac_put_call *call) {
  return (struct pac_encoded_put){.format = PAC_FORMAT_UNIT,
                                  .object = object.data,
                                  .object_size = object.size,
                                  .flags = call->flags,
                                  .async_context = call->async_context};
}

/* A new instance of a class that is stored. */
static struct pac_object *new_instance(struct pac_case_run *run) {
  pac_run_given(run, scene_class(run, SCENE_CLASS));
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static void put_as_decided(struct pac_case_run *run, struct pac_put_call *call, struct pac_encoded_put *put) {
  struct pac_decision decision;
  struct pac_put_seen seen;
  call->sink = pac_run_sink(run, PAC_SINK_RECORDS);
  call->async_context = scene_async_context(run, run->the_case->name);
  put->async_context = call->async_context;
  call->encoded = put;
  pac_run_decide(run, call, &decision);
  struct pac_expectation expectation = pac_expectation_of(&decision);
  pac_run_put(run, call, &seen);
  (void)pac_run_judge(run, call, &seen, &expectation, run->the_case->clauses[0]);
}

static void put_class(struct pac_case_run *run) {
  struct pac_put_call call = {.object = scene_class(run, SCENE_CLASS)};
  struct pac_encoded_put put = encoded_put(encode(run, call.object), &call);
  put_as_decided(run, &call, &put);
}

static void put_derived_class(struct pac_case_run *run) {
  pac_run_given(run, scene_class(run, SCENE_CLASS));
  struct pac_object *derived = scene_derive(run, scene_stored(run, SCENE_CLASS), SCENE_CHILD);
  scene_add(run, derived, "Extra", pac_value_string("default"));
  struct pac_put_call call = {.object = derived};
  struct pac_encoded_put put = encoded_put(encode(run, derived), &call);
  put_as_decided(run, &call, &put);
}

static void put_instance(struct pac_case_run *run) {
  struct pac_put_call call = {.object = new_instance(run)};
  struct pac_encoded_put put = encoded_put(encode(run, call.object), &call);
  put_as_decided(run, &call, &put);
}

static void put_existing_create_only(struct pac_case_run *run) {
  struct pac_object *instance = new_instance(run);
  pac_run_given(run, instance);
  struct pac_put_call call = {.object = instance, .flags = PAC_FLAG_CREATE_ONLY};
  struct pac_encoded_put put = encoded_put(encode(run, instance), &call);
  put_as_decided(run, &call, &put);
}

static void put_with_context(struct pac_case_run *run) {
  struct pac_object *instance = new_instance(run);
  struct pac_provider *recorder = NULL;
  pac_run_require(run, pac_session_provider(run->session, &recorder), "a recorder");
  pac_run_given_provider(run, SCENE_CLASS,
                         &(struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .recorder = recorder});
  struct pac_named_values *context = scene_async_context(run, "for the provider");
  struct pac_octets octets = {NULL, 0};
  pac_run_require(run, pac_context_encode(run->memory, context, NULL, PAC_ENCODE_CANONICAL, &octets),
                  "an encoded context");
  struct pac_put_call call = {.object = instance};
  struct pac_encoded_put put = encoded_put(encode(run, instance), &call);
  put.context = octets.data;
  put.context_size = octets.size;
  put_as_decided(run, &call, &put);
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = pac_session_provider_calls(run->session, &calls);
  if (count == 0 || !pac_named_values_equal(calls[count - 1]->context, context)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, run->the_case->clauses[0], "the provider is given the context's elements",
                 count == 0 ? "the provider was not called" : "another context");
  }
}

/* Refused with a published code, nothing stored, one completion or a raised error, still usable. With `is_tolerated` a
 * reader that goes on where the strict one stops may also accept; then only the events are judged. */
static void put_broken(struct pac_case_run *run, const struct pac_encoded_put *broken, bool is_tolerated) {
  struct pac_put_seen seen;
  struct pac_encoded_put put = *broken;
  struct pac_put_call call = {.sink = pac_run_sink(run, PAC_SINK_RECORDS),
                              .async_context = scene_async_context(run, run->the_case->name),
                              .encoded = &put};
  put.async_context = call.async_context;
  pac_run_put(run, &call, &seen);
  pac_run_judge_events(run, &call, &seen);
  if (!pac_hresult_is_error(seen.outcome)) {
    if (!is_tolerated) {
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, run->the_case->clauses[0], "a failure for a broken encoding",
                   "success");
    }
    return;
  }
  pac_run_judge_state(run, run->the_case->clauses[0]);
  scene_check_usable(run, call.sink);
}

/* Octet 8 of a unit is the object's flags; bit 0x10 marks the prototype of a query's result (V-015). */
static void put_prototype(struct pac_case_run *run) {
  struct pac_octets octets = encode(run, scene_class(run, SCENE_CLASS));
  octets.data[8] |= 0x10;
  struct pac_encoded_put put = encoded_put(octets, &(struct pac_put_call){0});
  put_broken(run, &put, true);
}

static void put_beyond_the_limit(struct pac_case_run *run) {
  struct pac_octets octets = encode(run, scene_class(run, SCENE_CLASS));
  struct pac_octets large = {pac_arena_allocate(run->arena, (size_t)PAC_ENCODING_OCTETS_MAX + 1),
                             (size_t)PAC_ENCODING_OCTETS_MAX + 1};
  pac_run_require(run, large.data == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK, "a large container");
  memcpy(large.data, octets.data, octets.size);
  struct pac_encoded_put put = encoded_put(large, &(struct pac_put_call){0});
  put_broken(run, &put, true);
}

static void put_every_truncation(struct pac_case_run *run) {
  struct pac_octets octets = encode(run, new_instance(run));
  for (size_t size = 0; size < octets.size && pac_run_findings(run) == 0; size++) {
    struct pac_octets cut = {octets.data, size};
    struct pac_encoded_put put = encoded_put(cut, &(struct pac_put_call){0});
    put_broken(run, &put, false);
  }
}

static void put_without_octets(struct pac_case_run *run) {
  struct pac_encoded_put put = encoded_put((struct pac_octets){NULL, 0}, &(struct pac_put_call){0});
  put_broken(run, &put, false);
}

static const struct encoded_row rows[] = {
    {"encoded_class_is_stored",
     {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
     0,
     put_class},
    {"encoded_derived_class_is_stored",
     {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
     0,
     put_derived_class},
    {"encoded_instance_is_stored",
     {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_INSTANCE,
      PAC_CLAUSE_INSTANCE_PROPERTY_EVERY_TYPE_SURVIVES},
     0,
     put_instance},
    {"encoded_create_only_put_of_an_existing_instance_fails",
     {PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_ONLY_EXISTING_INSTANCE_FAILS, PAC_CLAUSE_ERROR_ALREADY_EXISTS_INSTANCE},
     0,
     put_existing_create_only},
    {"encoded_context_reaches_the_provider",
     {PAC_CLAUSE_CONTEXT_PROVIDER_RECEIVES_ELEMENTS, PAC_CLAUSE_CONTEXT_PROVIDER_RECEIVES_UNCHANGED},
     PAC_FEATURE_PROVIDER,
     put_with_context},
    {"put_without_octets_is_refused",
     {PAC_CLAUSE_INSTANCE_ENCODING_BROKEN_REFUSED, PAC_CLAUSE_PUT_ASYNC_PARAMETERS_OBJECT_REQUIRED},
     0,
     put_without_octets},
    {"v015_prototype_of_a_query_is_refused_or_taken_as_a_class",
     {PAC_CLAUSE_INSTANCE_ENCODING_BROKEN_REFUSED},
     0,
     put_prototype},
    {"v132_container_beyond_the_limit_is_refused_or_its_slack_ignored",
     {PAC_CLAUSE_INSTANCE_ENCODING_BROKEN_REFUSED},
     0,
     put_beyond_the_limit},
    {"every_truncation_of_an_instance_is_refused",
     {PAC_CLAUSE_INSTANCE_ENCODING_BROKEN_REFUSED},
     0,
     put_every_truncation},
};
#define ROWS_COUNT (sizeof rows / sizeof rows[0])

/* A vector as the object of a put, or as the context of a put whose object is in order. */
static void put_vector(struct pac_case_run *run) {
  const struct vector_row *vector = run->the_case->row;
  if (vector->kind == PAC_ENCODING_UNIT) {
    struct pac_octets octets = {(uint8_t *)(uintptr_t)vector->octets, vector->size};
    struct pac_encoded_put put = encoded_put(octets, &(struct pac_put_call){0});
    put_broken(run, &put, vector->is_tolerated);
    return;
  }
  struct pac_encoded_put put = encoded_put(encode(run, new_instance(run)), &(struct pac_put_call){0});
  put.context = vector->octets;
  put.context_size = vector->size;
  put_broken(run, &put, vector->is_tolerated);
}

static enum pac_result case_at(struct pac_arena *arena, size_t index, struct pac_case *out) {
  (void)arena;
  *out = (struct pac_case){.suite = &pac_suite_encodings, .features = PAC_FEATURE_ENCODED};
  if (index < ROWS_COUNT) {
    out->name = rows[index].name;
    out->row = &rows[index];
    out->features |= rows[index].features;
    memcpy(out->clauses, rows[index].clauses, sizeof rows[index].clauses);
    return PAC_RESULT_OK;
  }
  const struct vector_row *vector = &vector_rows[index - ROWS_COUNT];
  out->name = vector->name;
  out->row = vector;
  out->number = vector->rule;
  out->clauses[0] = PAC_CLAUSE_INSTANCE_ENCODING_BROKEN_REFUSED;
  return PAC_RESULT_OK;
}

static void run_encoded(struct pac_case_run *run) {
  if (run->the_case->number != 0) {
    put_vector(run);
  } else {
    ((const struct encoded_row *)run->the_case->row)->steps(run);
  }
}

const struct pac_suite pac_suite_encodings = {
    .name = "encodings",
    .title = "Encoded objects and contexts",
    .case_count = ROWS_COUNT + VECTOR_ROWS_COUNT,
    .case_at = case_at,
    .run = run_encoded,
};
