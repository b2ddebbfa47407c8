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

/* The encoder lets its octets grow, which the case's own memory cannot do: it keeps a copy. */
static struct pac_octets keep(struct pac_case_run *run, enum pac_result result, struct pac_octets *octets) {
  struct pac_octets kept = {NULL, octets->size};
  if (result == PAC_RESULT_OK) {
    kept.data = pac_arena_allocate(run->arena, octets->size);
    result = kept.data == NULL ? PAC_RESULT_NO_MEMORY : result;
  }
  if (result == PAC_RESULT_OK) {
    memcpy(kept.data, octets->data, octets->size);
  }
  pac_octets_free(NULL, octets);
  pac_run_require(run, result, "an encoding");
  return kept;
}

/* Encodes with the project's own encoder; the octets live as long as the case. */
static struct pac_octets encode(struct pac_case_run *run, const struct pac_object *object) {
  struct pac_octets octets = {NULL, 0};
  enum pac_result result = pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &octets);
  return keep(run, result, &octets);
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

static const union pac_scalar texts[] = {{.text = "first"}, {.text = ""}, {.text = "\xc3\xa9 \xf0\x9f\x98\x80"}};
static const union pac_scalar numbers[] = {{.sint = INT32_MIN}, {.sint = 0}, {.sint = INT32_MAX}};

/* One value of every type but objects, and arrays. */
static const struct pac_value every_value[] = {
    {.type = PAC_CIM_SINT8, .scalar = {.sint = INT8_MIN}},
    {.type = PAC_CIM_UINT8, .scalar = {.uint = UINT8_MAX}},
    {.type = PAC_CIM_SINT16, .scalar = {.sint = INT16_MIN}},
    {.type = PAC_CIM_UINT16, .scalar = {.uint = UINT16_MAX}},
    {.type = PAC_CIM_SINT32, .scalar = {.sint = INT32_MIN}},
    {.type = PAC_CIM_UINT32, .scalar = {.uint = UINT32_MAX}},
    {.type = PAC_CIM_SINT64, .scalar = {.sint = INT64_MIN}},
    {.type = PAC_CIM_UINT64, .scalar = {.uint = UINT64_MAX}},
    {.type = PAC_CIM_REAL32, .scalar = {.real32 = -1.5f}},
    {.type = PAC_CIM_REAL64, .scalar = {.real64 = 1.0e300}},
    {.type = PAC_CIM_BOOLEAN, .scalar = {.boolean = true}},
    {.type = PAC_CIM_STRING, .scalar = {.text = "\xc3\xa9 \xf0\x9f\x98\x80"}},
    {.type = PAC_CIM_DATETIME, .scalar = {.text = "20240229235959.999999+060"}},
    {.type = PAC_CIM_REFERENCE, .scalar = {.text = "Test_Other.Name=\"elsewhere\""}},
    {.type = PAC_CIM_CHAR16, .scalar = {.char16 = 0x20ac}},
    {.type = PAC_CIM_STRING, .is_array = true, .count = 3, .elements = texts},
    {.type = PAC_CIM_SINT32, .is_array = true, .count = 3, .elements = numbers},
    {.type = PAC_CIM_STRING, .is_array = true},
};
#define EVERY_VALUE_COUNT (sizeof every_value / sizeof every_value[0])

/* A class that has what an encoding can say: properties of every type, with a default or without, qualifiers and flavors, and
 * methods with parameters and without. */
static struct pac_object *class_with_everything(struct pac_case_run *run, bool has_defaults) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  for (size_t i = 0; i < EVERY_VALUE_COUNT; i++) {
    const struct pac_value *value = &every_value[i];
    scene_add(run, made, pac_run_text(run, "Value%u", (unsigned)i),
              has_defaults ? *value : pac_value_null(value->type, value->is_array));
  }
  scene_qualify(run, made, "Texts", pac_value_array(PAC_CIM_STRING, texts, 3), PAC_FLAVOR_TO_DERIVED);
  scene_qualify(run, made, "Numbers", pac_value_array(PAC_CIM_SINT32, numbers, 3), PAC_FLAVOR_TO_INSTANCE);
  scene_qualify(run, made, "Weight", pac_value_real64(0.5), PAC_FLAVOR_NONE);
  scene_qualify_property(run, made, "Size", "Counted", pac_value_boolean(false),
                         SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
  scene_method(run, made, "Act", PAC_CIM_STRING);
  pac_run_require(run, pac_class_method_put(made, "Rest", NULL, NULL), "a method");
  struct pac_value text = pac_value_string("by hand");
  pac_run_require(run, pac_qualifier_put(pac_object_method_qualifiers(made, "Act"), "Manner", &text, SCENE_TO_ALL),
                  "a method qualifier");
  return made;
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

static void put_class_with_everything(struct pac_case_run *run) {
  struct pac_put_call call = {.object = class_with_everything(run, true)};
  struct pac_encoded_put put = encoded_put(encode(run, call.object), &call);
  put_as_decided(run, &call, &put);
}

static void put_instance_with_everything(struct pac_case_run *run) {
  pac_run_given(run, class_with_everything(run, false));
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  for (size_t i = 0; i < EVERY_VALUE_COUNT; i++) {
    scene_set(run, instance, pac_run_text(run, "Value%u", (unsigned)i), every_value[i]);
  }
  scene_set(run, instance, "Size", pac_value_null(PAC_CIM_UINT32, false));
  scene_qualify(run, instance, "Origin", pac_value_string("imported"), PAC_FLAVOR_NONE);
  struct pac_put_call call = {.object = instance};
  struct pac_encoded_put put = encoded_put(encode(run, instance), &call);
  put_as_decided(run, &call, &put);
}

static void put_instance_with_object(struct pac_case_run *run) {
  struct pac_object *made = scene_class(run, SCENE_CLASS);
  scene_add(run, made, "Value", pac_value_null(PAC_CIM_OBJECT, false));
  pac_run_given(run, made);
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  scene_set(run, instance, "Value",
            pac_value_object(scene_instance(run, scene_class(run, SCENE_OTHER), "the one inside")));
  struct pac_put_call call = {.object = instance};
  struct pac_encoded_put put = encoded_put(encode(run, instance), &call);
  put_as_decided(run, &call, &put);
}

/* Without a sink there is nobody to tell: the call says so itself. */
static void put_without_sink(struct pac_case_run *run) {
  struct pac_put_call call = {.object = scene_class(run, SCENE_CLASS)};
  struct pac_encoded_put put = encoded_put(encode(run, call.object), &call);
  struct pac_put_seen seen;
  call.encoded = &put;
  pac_run_put(run, &call, &seen);
  pac_run_judge_events(run, &call, &seen);
  if (seen.place != PAC_PLACE_NOWHERE && !pac_hresult_is_error(seen.outcome)) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, run->the_case->clauses[0], "an error raised by the call", "success");
  }
  pac_run_judge_state(run, run->the_case->clauses[0]);
  scene_check_usable(run, NULL);
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
  enum pac_result result = pac_context_encode(NULL, context, NULL, PAC_ENCODE_CANONICAL, &octets);
  octets = keep(run, result, &octets);
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

/* Refused with a published code, nothing stored, one completion or a raised error. With `is_tolerated` a reader that goes on
 * where the strict one stops may also accept; then only the events are judged. */
static void put_refused(struct pac_case_run *run, const struct pac_encoded_put *broken, bool is_tolerated) {
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
}

/* The same, and afterwards the services are usable. */
static void put_broken(struct pac_case_run *run, const struct pac_encoded_put *broken, bool is_tolerated) {
  put_refused(run, broken, is_tolerated);
  scene_check_usable(run, NULL);
}

/* Octet 8 of a unit is the object's flags; bit 0x10 marks the prototype of a query's result (V-015). */
static void put_prototype(struct pac_case_run *run) {
  struct pac_octets octets = encode(run, scene_class(run, SCENE_CLASS));
  octets.data[8] |= 0x10;
  struct pac_encoded_put put = encoded_put(octets, &(struct pac_put_call){0});
  put_broken(run, &put, true);
}

static void put_every_truncation(struct pac_case_run *run) {
  struct pac_octets octets = encode(run, new_instance(run));
  for (size_t size = 0; size < octets.size && pac_run_findings(run) == 0; size++) {
    struct pac_octets cut = {octets.data, size};
    struct pac_encoded_put put = encoded_put(cut, &(struct pac_put_call){0});
    put_refused(run, &put, false);
  }
  scene_check_usable(run, NULL);
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
    {"encoded_class_with_everything_is_stored",
     {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_OR_UPDATE_NEW_CLASS},
     0,
     put_class_with_everything},
    {"encoded_instance_with_everything_is_stored",
     {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, PAC_CLAUSE_INSTANCE_PROPERTY_EVERY_TYPE_SURVIVES},
     0,
     put_instance_with_everything},
    {"encoded_instance_with_an_embedded_object_is_stored",
     {PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, PAC_CLAUSE_INSTANCE_PROPERTY_EVERY_TYPE_SURVIVES},
     0,
     put_instance_with_object},
    {"encoded_put_without_sink_is_refused",
     {PAC_CLAUSE_PUT_ASYNC_PARAMETERS_NULL_SINK_REFUSED},
     0,
     put_without_sink},
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
