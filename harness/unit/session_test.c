/* SPDX-License-Identifier: Apache-2.0 */
/* Events reach the session that is open, from any thread; those that come too late are charged to their own case. */
#define _DEFAULT_SOURCE /* syscall */
#include "unit.h"

#include <pthread.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "case/case.h"
#include "case/session.h"

static struct pac_session *open_session(uint32_t case_index) {
  struct pac_session *session = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_session_open(case_index, &session), PAC_RESULT_OK);
  return session;
}

static struct pac_sink *new_sink(struct pac_session *session, enum pac_sink_manner manner) {
  struct pac_sink *sink = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_session_sink(session, manner, &sink), PAC_RESULT_OK);
  return sink;
}

static void events_are_copied_in_their_order(void) {
  struct pac_session *session = open_session(1);
  struct pac_sink *sink = new_sink(session, PAC_SINK_RECORDS);
  struct pac_named_values *values = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &values), PAC_RESULT_OK);
  struct pac_value value = pac_value_string("one");
  CU_ASSERT_EQUAL(pac_named_values_add(values, "Call", &value), PAC_RESULT_OK);
  char path[] = "Test_Thing.Name=\"a\"";
  CU_ASSERT_EQUAL(pac_sink_object_put(sink, path, values), 0);
  path[0] = 'X';
  pac_named_values_delete_all(values);
  struct pac_last_error error = {.has_status_code = true, .status_code = 0x80041001u, .description = "text"};
  CU_ASSERT_EQUAL(pac_sink_completed(sink, 0x80041001u, &error, NULL), 0);
  CU_ASSERT_EQUAL(pac_sink_object_ready(sink, NULL, NULL), 0);
  CU_ASSERT_EQUAL(pac_sink_progress(sink, 10, 3, "message", NULL), 0);
  const struct pac_event *const *events = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_session_events(session, &events), 4);
  CU_ASSERT_EQUAL(events[0]->kind, PAC_EVENT_OBJECT_PUT);
  CU_ASSERT_STRING_EQUAL(events[0]->path, "Test_Thing.Name=\"a\"");
  CU_ASSERT_EQUAL(pac_named_values_count(events[0]->async_context), 1);
  CU_ASSERT_EQUAL(events[1]->kind, PAC_EVENT_COMPLETED);
  CU_ASSERT_STRING_EQUAL(events[1]->error->description, "text");
  CU_ASSERT_PTR_NULL(events[1]->async_context);
  CU_ASSERT_EQUAL(events[3]->current, 3);
  CU_ASSERT_EQUAL(pac_session_completed(session, sink), 1);
  CU_ASSERT_FALSE(pac_session_has_lost(session));
  pac_named_values_free(values);
  pac_session_close(session);
}

static void a_late_event_is_charged_to_the_case_it_belongs_to(void) {
  struct pac_session *first = open_session(7);
  struct pac_sink *old_sink = new_sink(first, PAC_SINK_RECORDS);
  pac_session_close(first);
  struct pac_session *second = open_session(8);
  struct pac_sink *sink = new_sink(second, PAC_SINK_RECORDS);
  CU_ASSERT_EQUAL(pac_sink_completed(old_sink, 0, NULL, NULL), 0);
  const struct pac_event *const *events = NULL;
  CU_ASSERT_EQUAL(pac_session_events(second, &events), 0);
  CU_ASSERT_EQUAL(pac_session_completed(second, sink), 0);
  struct pac_late_event late;
  CU_ASSERT_TRUE_FATAL(pac_late_event_take(&late));
  CU_ASSERT_EQUAL(late.case_index, 7);
  CU_ASSERT_EQUAL(late.kind, PAC_EVENT_COMPLETED);
  CU_ASSERT_PTR_NOT_NULL(strstr(late.text, "OnCompleted"));
  CU_ASSERT_FALSE(pac_late_event_take(&late));
  pac_session_close(second);
}

static void a_handle_that_was_never_given_belongs_to_no_case(void) {
  struct pac_session *session = open_session(9);
  CU_ASSERT_EQUAL(pac_sink_completed((struct pac_sink *)(uintptr_t)0xfffffff0u, 0, NULL, NULL), 0);
  struct pac_late_event late;
  CU_ASSERT_TRUE_FATAL(pac_late_event_take(&late));
  CU_ASSERT_EQUAL(late.case_index, UINT32_MAX);
  pac_session_close(session);
}

static void only_one_session_is_open_at_a_time(void) {
  struct pac_session *session = open_session(1);
  struct pac_session *other = NULL;
  CU_ASSERT_EQUAL(pac_session_open(2, &other), PAC_RESULT_EXISTS);
  CU_ASSERT_PTR_NULL(other);
  pac_session_close(session);
}

static void a_refusing_sink_answers_an_error(void) {
  struct pac_session *session = open_session(1);
  struct pac_sink *sink = new_sink(session, PAC_SINK_REFUSES);
  CU_ASSERT_TRUE(pac_hresult_is_error(pac_sink_object_put(sink, "A", NULL)));
  CU_ASSERT_TRUE(pac_hresult_is_error(pac_sink_completed(sink, 0, NULL, NULL)));
  pac_session_close(session);
}

static void events_know_where_they_fell(void) {
  struct pac_session *session = open_session(1);
  struct pac_sink *sink = new_sink(session, PAC_SINK_BLOCKS_UNTIL_RETURN);
  pac_session_call_begins(session, sink);
  (void)pac_sink_object_put(sink, "A", NULL); /* on the caller's thread: blocking would be for ever */
  pac_session_call_ends(session);
  (void)pac_sink_completed(sink, 0, NULL, NULL);
  const struct pac_event *const *events = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_session_events(session, &events), 2);
  CU_ASSERT_TRUE(events[0]->is_inside_call);
  CU_ASSERT_TRUE(events[0]->is_before_return);
  CU_ASSERT_FALSE(events[1]->is_before_return);
  pac_session_close(session);
}

static void *complete(void *sink) {
  (void)pac_sink_completed(sink, 0, NULL, NULL);
  return NULL;
}

static void a_blocking_sink_returns_once_the_call_has_returned(void) {
  struct pac_session *session = open_session(1);
  struct pac_sink *sink = new_sink(session, PAC_SINK_BLOCKS_UNTIL_RETURN);
  pthread_t thread;
  pac_session_call_begins(session, sink);
  CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, complete, sink), 0);
  const struct pac_event *const *events = NULL;
  while (pac_session_events(session, &events) == 0) {
  }
  CU_ASSERT_EQUAL(pac_session_completed(session, sink), 0);
  pac_session_call_ends(session);
  CU_ASSERT_EQUAL(pac_session_wait(session, sink, 1, 10000), PAC_RESULT_OK);
  pthread_join(thread, NULL);
  CU_ASSERT_TRUE(events[0]->is_before_return);
  CU_ASSERT_FALSE(events[0]->is_inside_call);
  pac_session_close(session);
}

/* Whoever asks for the time of day gets that of an hour ago: as if the clock were put forward right after. */
int clock_gettime(clockid_t clock, struct timespec *now) {
  *now = (struct timespec){0}; /* the memory sanitizer knows nothing of what the kernel writes */
  int result = (int)syscall(SYS_clock_gettime, clock, now);
  now->tv_sec -= clock == CLOCK_REALTIME ? 3600 : 0;
  return result;
}

static void *complete_later(void *sink) {
  (void)nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
  return complete(sink);
}

static void a_clock_that_is_put_forward_ends_no_waiting(void) {
  struct pac_session *session = open_session(1);
  struct pac_sink *sink = new_sink(session, PAC_SINK_RECORDS);
  pthread_t thread;
  CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, complete_later, sink), 0);
  CU_ASSERT_EQUAL(pac_session_wait(session, sink, 1, 10000), PAC_RESULT_OK);
  pthread_join(thread, NULL);
  pac_session_close(session);
}

static void waiting_ends_when_the_time_has_run_out(void) {
  struct pac_session *session = open_session(1);
  struct pac_sink *sink = new_sink(session, PAC_SINK_RECORDS);
  CU_ASSERT_EQUAL(pac_session_wait(session, sink, 1, 1), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(pac_session_wait(session, sink, 0, 1), PAC_RESULT_OK);
  pac_session_close(session);
}

static void many_sinks_and_events_are_kept_apart(void) {
  struct pac_session *session = open_session(1);
  struct pac_sink *sinks[PAC_SESSION_SINKS_MAX];
  for (uint32_t i = 0; i < PAC_SESSION_SINKS_MAX; i++) {
    sinks[i] = new_sink(session, PAC_SINK_RECORDS);
  }
  struct pac_sink *one_more = NULL;
  CU_ASSERT_EQUAL(pac_session_sink(session, PAC_SINK_RECORDS, &one_more), PAC_RESULT_LIMIT);
  for (uint32_t i = 0; i < PAC_SESSION_EVENTS_MAX + 1; i++) {
    (void)pac_sink_completed(sinks[i % PAC_SESSION_SINKS_MAX], 0, NULL, NULL);
  }
  const struct pac_event *const *events = NULL;
  CU_ASSERT_EQUAL(pac_session_events(session, &events), PAC_SESSION_EVENTS_MAX);
  CU_ASSERT_TRUE(pac_session_has_lost(session));
  CU_ASSERT_EQUAL(pac_session_completed(session, sinks[5]), 4);
  pac_session_close(session);
}

static void provider_calls_are_recorded(void) {
  struct pac_session *session = open_session(1);
  struct pac_provider *recorder = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_session_provider(session, &recorder), PAC_RESULT_OK);
  struct pac_object *object = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Test_Thing", &object), PAC_RESULT_OK);
  pac_provider_put(recorder, "Test_Thing", object, 0x2, NULL);
  pac_provider_deleted(recorder, "Test_Thing", "Test_Thing.Name=\"a\"");
  pac_object_free(object);
  const struct pac_provider_call *const *calls = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_session_provider_calls(session, &calls), 2);
  CU_ASSERT_EQUAL(calls[0]->flags, 0x2);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(calls[0]->object), "Test_Thing");
  CU_ASSERT_TRUE(calls[1]->is_deletion);
  pac_session_close(session);
  pac_provider_deleted(recorder, "Test_Thing", "x"); /* nobody listens any more */
}

static CU_TestInfo tests[] = {
    {"events_are_copied_in_their_order", events_are_copied_in_their_order},
    {"a_late_event_is_charged_to_the_case_it_belongs_to", a_late_event_is_charged_to_the_case_it_belongs_to},
    {"a_handle_that_was_never_given_belongs_to_no_case", a_handle_that_was_never_given_belongs_to_no_case},
    {"only_one_session_is_open_at_a_time", only_one_session_is_open_at_a_time},
    {"a_refusing_sink_answers_an_error", a_refusing_sink_answers_an_error},
    {"events_know_where_they_fell", events_know_where_they_fell},
    {"a_blocking_sink_returns_once_the_call_has_returned", a_blocking_sink_returns_once_the_call_has_returned},
    {"a_clock_that_is_put_forward_ends_no_waiting", a_clock_that_is_put_forward_ends_no_waiting},
    {"waiting_ends_when_the_time_has_run_out", waiting_ends_when_the_time_has_run_out},
    {"many_sinks_and_events_are_kept_apart", many_sinks_and_events_are_kept_apart},
    {"provider_calls_are_recorded", provider_calls_are_recorded},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("session", tests)
