/* SPDX-License-Identifier: Apache-2.0 */
/** What put_object and put_scene ask of the implementation under test, whatever is put. */
#ifndef PACHECK_FUZZ_PUT_ADAPTER_H
#define PACHECK_FUZZ_PUT_ADAPTER_H

#include "case/session.h"
#include "pacheck/adapter.h"
#include "put_late.h"

#define PUT_PUMPS_MAX 100000u

/** Success, or an error that may be given. */
static inline bool put_is_published(pac_hresult code) {
  return !pac_hresult_is_error(code) || pac_hresult_is_published(code);
}

/** True when the implementation was asked: false for the adapter's own words. */
static inline bool put_is_answered(pac_hresult answer) {
  return answer != PAC_ANSWER_UNSUPPORTED && answer != PAC_ANSWER_BROKEN;
}

/** Delivers all that is due. */
static inline void put_settle(const struct pac_adapter *adapter, struct pac_services *services) {
  unsigned pumps = 0;
  while ((adapter->features & PAC_FEATURE_PUMP) != 0 && adapter->pump(services)) {
    PAC_CHECK(pumps++ < PUT_PUMPS_MAX, "pump delivers without end");
  }
  if ((adapter->features & PAC_FEATURE_QUIESCE) != 0) {
    adapter->quiesce(services);
  }
}

/** Closes the connection and the session. Nothing may come behind the OnCompleted of a put, from now on either. */
static inline void put_close(const struct pac_adapter *adapter, struct pac_services *services, struct pac_session *session) {
  const struct pac_event *const *events = NULL;
  adapter->close(services);
  uint32_t count = pac_session_events(session, &events);
  for (uint32_t i = 0; i < count; i++) {
    char text[256] = "";
    if (events[i]->is_surplus) {
      pac_event_print(events[i], text, sizeof text);
    }
    PAC_CHECK(!events[i]->is_surplus, "%s, behind the OnCompleted of its put", text);
  }
  pac_session_close(session);
  put_check_late();
}

#endif
