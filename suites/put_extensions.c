/* SPDX-License-Identifier: Apache-2.0 */
/* Put extensions: a partial update is asked for by names in the provider context. The instance that is put differs from the
 * stored one in Size and Note; the row says which of them are listed, and by which marks. */
#include "builders.h"

extern const struct pac_suite pac_suite_put_extensions;

static const union pac_scalar size_only[] = {{.text = "Size"}};
static const union pac_scalar note_only[] = {{.text = "Note"}};
static const union pac_scalar size_and_note[] = {{.text = "size"}, {.text = "Note"}};

static const union pac_scalar one_number[] = {{.sint = 1}};
static const union pac_scalar one_truth[] = {{.boolean = true}};

/* Contexts ------------------------------------------------------------------------------------------------------------ */

static void mark(struct pac_case_run *run, struct pac_named_values *set, const char *name, bool truth) {
  scene_value_add(run, set, name, pac_value_boolean(truth));
}

static struct pac_named_values *with_list(struct pac_case_run *run, const union pac_scalar *names, uint32_t count) {
  struct pac_named_values *set = scene_values(run);
  mark(run, set, PAC_CONTEXT_PUT_EXTENSIONS, true);
  mark(run, set, PAC_CONTEXT_PUT_EXT_CLIENT_REQUEST, true);
  scene_value_add(run, set, PAC_CONTEXT_PUT_EXT_PROPERTIES, pac_value_array(PAC_CIM_STRING, names, count));
  return set;
}

static struct pac_named_values *lists_size(struct pac_case_run *run) {
  return with_list(run, size_only, 1);
}

static struct pac_named_values *lists_note(struct pac_case_run *run) {
  return with_list(run, note_only, 1);
}

static struct pac_named_values *lists_both(struct pac_case_run *run) {
  return with_list(run, size_and_note, 2);
}

static struct pac_named_values *lists_note_strictly(struct pac_case_run *run) {
  struct pac_named_values *set = lists_note(run);
  mark(run, set, PAC_CONTEXT_PUT_EXT_STRICT_NULLS, true);
  return set;
}

static struct pac_named_values *lists_size_strictly(struct pac_case_run *run) {
  struct pac_named_values *set = lists_size(run);
  mark(run, set, PAC_CONTEXT_PUT_EXT_STRICT_NULLS, true);
  return set;
}

static struct pac_named_values *lists_both_atomically(struct pac_case_run *run) {
  struct pac_named_values *set = lists_both(run);
  mark(run, set, PAC_CONTEXT_PUT_EXT_ATOMIC, true);
  return set;
}

static struct pac_named_values *lists_size_with_every_mark(struct pac_case_run *run) {
  struct pac_named_values *set = lists_size(run);
  mark(run, set, PAC_CONTEXT_PUT_EXT_STRICT_NULLS, false);
  mark(run, set, PAC_CONTEXT_PUT_EXT_ATOMIC, true);
  return set;
}

static struct pac_named_values *lacks_list(struct pac_case_run *run) {
  struct pac_named_values *set = scene_values(run);
  mark(run, set, PAC_CONTEXT_PUT_EXTENSIONS, true);
  mark(run, set, PAC_CONTEXT_PUT_EXT_CLIENT_REQUEST, true);
  return set;
}

static struct pac_named_values *lacks_master(struct pac_case_run *run) {
  struct pac_named_values *set = lists_size(run);
  pac_run_require(run, pac_named_values_remove(set, PAC_CONTEXT_PUT_EXTENSIONS), "removing a name");
  return set;
}

/* One name of the extensions, as the row says, with a value of a type that it may not have. */
static struct pac_named_values *with_wrong_type(struct pac_case_run *run) {
  struct pac_named_values *set = lists_size(run);
  scene_value_add(run, set, built_row_of(run)->text, *built_row_of(run)->value);
  return set;
}

/* The scene ------------------------------------------------------------------------------------------------------------- */

/* Stored: Size 7 and Note "as it was". Put: Size 8 and Note "another". The provider is that of `behaviour`. */
static struct pac_object *partly_changed(struct pac_case_run *run, struct pac_provider_behaviour behaviour) {
  (void)build_backed(run, PAC_PROVIDER_ACCEPTS, scene_given_class(run));
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  scene_set(run, instance, "Note", pac_value_string("as it was"));
  pac_run_given(run, instance);
  struct pac_object *changed = scene_copy(run, instance);
  scene_set(run, changed, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  scene_set(run, changed, "Note", pac_value_string("another"));
  scene_back(run, SCENE_CLASS, behaviour);
  return changed;
}

static const struct pac_object *for_partial_provider(struct pac_case_run *run) {
  return partly_changed(run, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_PARTIAL});
}

static const struct pac_object *null_for_partial_provider(struct pac_case_run *run) {
  struct pac_object *changed = partly_changed(run, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_PARTIAL});
  scene_set(run, changed, "Note", pac_value_null(PAC_CIM_STRING, false));
  return changed;
}

static const struct pac_object *for_unable_provider(struct pac_case_run *run) {
  return partly_changed(run, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS});
}

static const struct pac_object *for_provider_that_cannot_write_note(struct pac_case_run *run) {
  return partly_changed(run, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_PARTIAL, .unwritable = "Note"});
}

static const struct pac_object *null_for_provider_that_cannot_write_note(struct pac_case_run *run) {
  struct pac_object *changed = scene_copy(run, for_provider_that_cannot_write_note(run));
  scene_set(run, changed, "Note", pac_value_null(PAC_CIM_STRING, false));
  return changed;
}

static const struct pac_object *for_answering_provider(struct pac_case_run *run) {
  return partly_changed(run, (struct pac_provider_behaviour){
                                 .kind = PAC_PROVIDER_ANSWERS,
                                 .answer = pac_status_hresult(built_row_of(run)->answer, run->settings->profile)});
}

static const struct pac_object *for_no_provider(struct pac_case_run *run) {
  return partly_changed(run, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_NONE});
}

/* What is stored -------------------------------------------------------------------------------------------------------- */

static struct pac_object *with_old_size(struct pac_case_run *run, const struct pac_object *object) {
  struct pac_object *kept = scene_copy(run, object);
  scene_set(run, kept, "Size", pac_value_uint(PAC_CIM_UINT32, 7));
  return kept;
}

static const struct pac_object *size_written(struct pac_case_run *run, const struct built_put *put) {
  struct pac_object *kept = scene_copy(run, put->call.object);
  scene_set(run, kept, "Note", pac_value_string("as it was"));
  return kept;
}

static const struct pac_object *note_written(struct pac_case_run *run, const struct built_put *put) {
  return with_old_size(run, put->call.object);
}

/* The marks that are present ask for a list that is not there: everything, or nothing, was written. */
static const struct pac_object *all_or_none_written(struct pac_case_run *run, const struct built_put *put) {
  struct pac_object *kept = with_old_size(run, put->call.object);
  scene_set(run, kept, "Note", pac_value_string("as it was"));
  const struct pac_object *const candidates[] = {put->call.object, kept};
  static const char *const options[] = {"success, all written", "success, none written"};
  return built_choose_stored(run, candidates, options, 2, PAC_READING_A_53);
}

/* The master value is not there, so the list may count or not. */
static const struct pac_object *listed_or_all_written(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_object *const candidates[] = {put->call.object, size_written(run, put)};
  static const char *const options[] = {"success, all written", "success, the listed written"};
  return built_choose_stored(run, candidates, options, 2, PAC_READING_A_53);
}

static const struct built_row rows[] = {
#include "put_extensions.def"
};

BUILT_SUITE(put_extensions, "Put extensions (partial update)");
