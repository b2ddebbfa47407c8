/* SPDX-License-Identifier: Apache-2.0 */
/* Runs one case: connects, calls the suite's run function, closes, and fills the record. Calls of the implementation
 * stand in case_put.c, judging them in judge_put.c. */
#include "case/case_run.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case/case_state.h"
#include "object/arena.h"

#define TEXT_MAX 2048
/* Of calls and events: what the adapter printed comes behind them. */
#define TIMELINE_LINES_MAX (PAC_TIMELINE_MAX - 32u)

_Noreturn void pac_run_end(struct pac_case_run *run) {
  longjmp(pac_case_state_of(run)->end, 1);
}

static void set_note(struct pac_case_run *run, enum pac_verdict verdict, const char *format, va_list arguments) {
  struct pac_case_state *state = pac_case_state_of(run);
  char text[TEXT_MAX];
  vsnprintf(text, sizeof text, format, arguments);
  state->record->verdict = verdict;
  state->record->note = pac_arena_copy_text(state->record->arena, text, strlen(text));
}

_Noreturn void pac_run_broken(struct pac_case_run *run, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  set_note(run, PAC_VERDICT_BROKEN, format, arguments);
  va_end(arguments);
  pac_run_end(run);
}

_Noreturn void pac_run_unsupported(struct pac_case_run *run, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  set_note(run, PAC_VERDICT_UNSUPPORTED, format, arguments);
  va_end(arguments);
  pac_run_end(run);
}

void pac_run_require(struct pac_case_run *run, enum pac_result result, const char *what) {
  if (result != PAC_RESULT_OK) {
    pac_run_broken(run, "%s: %s", what, pac_result_text(result));
  }
}

void pac_run_answer(struct pac_case_run *run, pac_hresult answer, const char *what) {
  if (answer == PAC_ANSWER_UNSUPPORTED) {
    pac_run_unsupported(run, "the adapter answers unsupported to %s", what);
  }
  if (answer == PAC_ANSWER_BROKEN) {
    pac_run_broken(run, "the adapter could not do %s", what);
  }
}

const char *pac_run_text(struct pac_case_run *run, const char *format, ...) {
  char text[TEXT_MAX];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  const char *copy = pac_arena_copy_text(run->arena, text, strlen(text));
  if (copy == NULL) {
    pac_run_broken(run, "a text of the report: %s", pac_result_text(PAC_RESULT_NO_MEMORY));
  }
  return copy;
}

/* Copies into the record, which outlives the case's arena. */
static const char *record_text(struct pac_case_run *run, const char *text) {
  const char *copy = pac_arena_copy_text(pac_case_state_of(run)->record->arena, text, strlen(text));
  return copy == NULL ? "(no memory for the text)" : copy;
}

void pac_run_find(struct pac_case_run *run, enum pac_reason reason, enum pac_clause clause, const char *expected,
                  const char *observed) {
  struct pac_case_record *record = pac_case_state_of(run)->record;
  if (record->finding_count < PAC_FINDINGS_MAX) {
    record->findings[record->finding_count] =
        (struct pac_finding){reason, clause, record_text(run, expected), record_text(run, observed)};
    record->finding_count += 1;
  }
}

uint32_t pac_run_findings(const struct pac_case_run *run) {
  return pac_case_state_of_const(run)->record->finding_count;
}

void pac_run_reading(struct pac_case_run *run, enum pac_reading reading, const char *scope, const char *option) {
  struct pac_case_record *record = pac_case_state_of(run)->record;
  for (uint32_t i = 0; i < record->reading_count; i++) {
    const struct pac_reading_seen *seen = &record->readings[i];
    if (seen->reading == reading && strcmp(seen->scope, scope) == 0 && strcmp(seen->option, option) == 0) {
      return;
    }
  }
  if (record->reading_count < PAC_READINGS_SEEN_MAX) {
    record->readings[record->reading_count] =
        (struct pac_reading_seen){reading, record_text(run, scope), record_text(run, option)};
    record->reading_count += 1;
  }
}

bool pac_run_reading_find(const struct pac_case_run *run, enum pac_reading reading, const char *scope,
                          struct pac_reading_seen *seen) {
  const struct pac_case_record *record = pac_case_state_of_const(run)->record;
  for (uint32_t i = 0; i < record->reading_count; i++) {
    if (record->readings[i].reading == reading && strcmp(record->readings[i].scope, scope) == 0) {
      *seen = record->readings[i];
      return true;
    }
  }
  return false;
}

void pac_run_note(struct pac_case_run *run, const char *format, ...) {
  struct pac_case_state *state = pac_case_state_of(run);
  if (run->settings->timeline == PAC_TIMELINE_OF_NONE) {
    return;
  }
  char text[TEXT_MAX];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  const struct pac_event *const *events = NULL;
  state->notes[state->note_count % PAC_TIMELINE_MAX] = (struct pac_case_note){
      pac_session_events(run->session, &events), pac_arena_copy_text(run->arena, text, strlen(text))};
  state->note_count += 1;
}

void pac_run_restart_timeline(struct pac_case_run *run) {
  struct pac_case_state *state = pac_case_state_of(run);
  const struct pac_event *const *events = NULL;
  state->first_event = pac_session_events(run->session, &events);
  state->note_count = 0;
}

/* Adds a line to the record, once those that are left out have come. */
static void add_line(struct pac_case_record *record, const char *text, uint32_t *left_out) {
  if (*left_out > 0) {
    *left_out -= 1;
  } else if (record->timeline_count < PAC_TIMELINE_MAX) {
    const char *copy = text == NULL ? NULL : pac_arena_copy_text(record->arena, text, strlen(text));
    record->timeline[record->timeline_count] = copy == NULL ? "(no memory for the line)" : copy;
    record->timeline_count += 1;
  }
}

/* Interleaves the notes with the events, each note after the events that it had seen. Of a long timeline the end is kept. */
static void write_timeline(struct pac_case_state *state) {
  const struct pac_event *const *events = NULL;
  uint32_t event_count = pac_session_events(state->run.session, &events);
  uint32_t event = state->first_event;
  uint32_t lines = event_count - event + state->note_count;
  uint32_t left_out = 0;
  char text[512];
  if (lines > TIMELINE_LINES_MAX) {
    uint32_t shown = TIMELINE_LINES_MAX - 1u;
    snprintf(text, sizeof text, "... (%u earlier lines are left out)", (unsigned)(lines - shown));
    add_line(state->record, text, &left_out);
    left_out = lines - shown;
  }
  /* Notes that were written over are among those lines, whatever events came between them. */
  uint32_t lost = state->note_count > PAC_TIMELINE_MAX ? state->note_count - PAC_TIMELINE_MAX : 0;
  left_out -= lost;
  for (uint32_t i = lost; i <= state->note_count; i++) {
    const struct pac_case_note *note = i < state->note_count ? &state->notes[i % PAC_TIMELINE_MAX] : NULL;
    uint32_t until = note != NULL ? note->events_before : event_count;
    for (; event < until && event < event_count; event++) {
      if (left_out == 0) {
        pac_event_print(events[event], text, sizeof text);
      }
      add_line(state->record, text, &left_out);
    }
    if (note != NULL) {
      add_line(state->record, note->text, &left_out);
    }
  }
}

struct pac_services *pac_run_connect(struct pac_case_run *run) {
  struct pac_case_state *state = pac_case_state_of(run);
  if (state->services_count == PAC_CASE_SERVICES_MAX) {
    pac_run_broken(run, "more than %u connections in one case", PAC_CASE_SERVICES_MAX);
  }
  struct pac_services *services = NULL;
  pac_hresult answer = run->settings->adapter->connect(&state->host, &services);
  pac_run_answer(run, answer, "connect");
  if (pac_hresult_is_error(answer) || services == NULL) {
    char code[64];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "connect answered %s%s", code, services == NULL ? " and gave no services" : "");
  }
  state->services[state->services_count] = services;
  state->services_count += 1;
  return services;
}

void pac_run_renew(struct pac_case_run *run) {
  struct pac_case_state *state = pac_case_state_of(run);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < state->services_count; i++) {
    if (state->services[i] != run->services) {
      state->services[kept] = state->services[i];
      kept += 1;
    }
  }
  state->services_count = kept;
  run->settings->adapter->close(run->services);
  run->services = pac_run_connect(run);
  run->is_shadow_lost = false;
  pac_shadow_init(&run->shadow, run->memory);
}

void pac_run_new_namespace(struct pac_case_run *run, struct pac_namespace *fresh) {
  *fresh = (struct pac_namespace){.services = pac_run_connect(run)};
  pac_shadow_init(&fresh->shadow, run->memory);
}

void pac_run_exchange_namespace(struct pac_case_run *run, struct pac_namespace *other) {
  struct pac_namespace former = {run->services, run->shadow, run->is_shadow_lost};
  run->services = other->services;
  run->shadow = other->shadow;
  run->is_shadow_lost = other->is_shadow_lost;
  *other = former;
}

/* The part that a longjmp may cut short. */
static void run_guarded(struct pac_case_state *state) {
  struct pac_case_run *run = &state->run;
  uint32_t missing = run->the_case->features & ~run->settings->adapter->features;
  if (missing != 0) {
    char text[PAC_MISSING_FEATURES_OCTETS_MAX];
    pac_missing_features_print(missing, text, sizeof text);
    pac_run_unsupported(run, "%s", text);
  }
  run->services = pac_run_connect(run);
  run->the_case->suite->run(run);
}

static void execute(struct pac_case_state *state) {
  if (setjmp(state->end) == 0) {
    run_guarded(state);
  }
  struct pac_case_record *record = state->record;
  for (uint32_t i = state->services_count; i > 0; i--) {
    state->run.settings->adapter->close(state->services[i - 1]);
  }
  if (record->verdict == PAC_VERDICT_PASS && record->finding_count == 0) {
    pac_case_judge_surplus(&state->run);
  }
  bool has_lost = pac_session_has_lost(state->run.session);
  if (record->finding_count > 0) {
    /* A violation that was seen stands, whatever made the case end afterwards. */
    record->verdict = PAC_VERDICT_FAIL;
  } else if (record->verdict == PAC_VERDICT_PASS && has_lost) {
    record->verdict = PAC_VERDICT_BROKEN;
    record->note = "an event was lost to a limit of the harness";
  }
  if (state->run.settings->timeline == PAC_TIMELINE_OF_NONE) {
    record->timeline_count = 0;
  } else if (state->run.settings->timeline == PAC_TIMELINE_OF_ALL || record->verdict == PAC_VERDICT_FAIL ||
      record->verdict == PAC_VERDICT_BROKEN) {
    write_timeline(state);
  }
  for (uint32_t i = 0; i < state->given_count; i++) {
    pac_object_free(state->given[i]);
  }
}

void pac_case_execute(const struct pac_case *the_case, uint32_t case_index, const struct pac_case_settings *settings,
                      struct pac_case_record *record, bool *must_replace) {
  *record = (struct pac_case_record){.verdict = PAC_VERDICT_BROKEN, .note = "not enough memory to start the case"};
  struct pac_arena *arena = NULL;
  struct pac_session *session = NULL;
  if (pac_arena_new(settings->memory, 0, &record->arena) != PAC_RESULT_OK) {
    return;
  }
  if (pac_arena_new(settings->memory, 16384, &arena) == PAC_RESULT_OK &&
      pac_session_open_in(settings->memory, case_index, &session) == PAC_RESULT_OK) {
    struct pac_case_state *state = pac_arena_allocate(arena, sizeof *state);
    if (state != NULL) {
      record->verdict = PAC_VERDICT_PASS;
      record->note = NULL;
      state->record = record;
      state->memory = (struct pac_memory){pac_arena_resize, arena};
      state->host = (struct pac_host){.abi = PAC_ADAPTER_ABI,
                                      .size = sizeof state->host,
                                      .profile = settings->profile,
                                      .seed = settings->seed,
                                      .case_name = the_case->name,
                                      .options = settings->options,
                                      .option_count = settings->option_count};
      state->run = (struct pac_case_run){
          .the_case = the_case, .settings = settings, .memory = &state->memory, .arena = arena, .session = session};
      pac_shadow_init(&state->run.shadow, &state->memory);
      execute(state);
      if (must_replace != NULL) {
        *must_replace = *must_replace || state->has_timed_out;
      }
    }
  }
  pac_session_close(session);
  pac_arena_free(arena);
}

const char *pac_host_option(const struct pac_host *host, const char *name) {
  for (size_t i = 0; i < host->option_count; i++) {
    if (strcmp(host->options[i].name, name) == 0) {
      return host->options[i].value;
    }
  }
  return NULL;
}
