/* SPDX-License-Identifier: Apache-2.0 */
/** What put_object and put_scene ask of the implementation under test, whatever is put. */
#ifndef PACHECK_FUZZ_PUT_ADAPTER_H
#define PACHECK_FUZZ_PUT_ADAPTER_H

#include "input.h"
#include "pacheck/adapter.h"

#define PUT_PUMPS_MAX 100000u

/** Success, or a code of the published list in either spelling of its number. */
static inline bool put_is_published(pac_hresult code) {
  enum pac_status status;
  return !pac_hresult_is_error(code) || code == pac_status_hresult(PAC_STATUS_ILLEGAL_NULL, PAC_PROFILE_PAGE) ||
         code == pac_status_hresult(PAC_STATUS_INVALID_OBJECT, PAC_PROFILE_PAGE) ||
         pac_status_of_hresult(code, &status) == PAC_RESULT_OK;
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

#endif
