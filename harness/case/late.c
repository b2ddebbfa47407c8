/* SPDX-License-Identifier: Apache-2.0 */
/* Two rings: the cases that have ended, of which the latest are remembered, and the events that came too late for them. */
#include "case/late.h"

#include <pthread.h>

#include "case/case.h"

#define ENDED_CASES_MAX 65536u
#define LATE_EVENTS_MAX 1024u

struct ended_case {
  uint64_t first_serial;
  uint32_t case_index;
};

static struct {
  pthread_mutex_t mutex;
  struct ended_case ended[ENDED_CASES_MAX]; /* ascending by serial from the oldest */
  uint64_t ended_count;
  struct pac_late_event events[LATE_EVENTS_MAX];
  uint32_t first, count;
} late = {.mutex = PTHREAD_MUTEX_INITIALIZER};

void pac_late_case_ended(uint32_t case_index, uint64_t first_serial) {
  pthread_mutex_lock(&late.mutex);
  late.ended[late.ended_count % ENDED_CASES_MAX] = (struct ended_case){first_serial, case_index};
  late.ended_count += 1;
  pthread_mutex_unlock(&late.mutex);
}

/* With the mutex held: the case that a handle belongs to. */
static uint32_t case_of(uint64_t serial) {
  uint64_t oldest = late.ended_count > ENDED_CASES_MAX ? late.ended_count - ENDED_CASES_MAX : 0;
  for (uint64_t number = late.ended_count; number > oldest; number--) {
    const struct ended_case *ended = &late.ended[(number - 1) % ENDED_CASES_MAX];
    if (ended->first_serial <= serial) {
      return ended->case_index;
    }
  }
  return UINT32_MAX;
}

void pac_late_record(const struct pac_event *event, uint64_t serial) {
  pthread_mutex_lock(&late.mutex);
  if (late.count < LATE_EVENTS_MAX) {
    struct pac_late_event *kept = &late.events[(late.first + late.count) % LATE_EVENTS_MAX];
    *kept = (struct pac_late_event){.case_index = case_of(serial), .kind = event->kind};
    pac_event_print(event, kept->text, sizeof kept->text);
    late.count += 1;
  }
  pthread_mutex_unlock(&late.mutex);
}

bool pac_late_event_take(struct pac_late_event *out) {
  pthread_mutex_lock(&late.mutex);
  bool is_there = late.count > 0;
  if (is_there) {
    *out = late.events[late.first];
    late.first = (late.first + 1) % LATE_EVENTS_MAX;
    late.count -= 1;
  }
  pthread_mutex_unlock(&late.mutex);
  return is_there;
}
