/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of the outcome of a put: which were allowed, which was seen, and which clause another one violates. */
#include <stdio.h>

#include "program/run_state.h"

const char *pac_running_allowed_text(struct pac_running *running, const struct pac_allowed *allowed) {
  char text[1024] = "";
  size_t used = 0;
  enum pac_profile profile =
      running->run->settings->profile == PAC_PROFILE_PAGE ? PAC_PROFILE_PAGE : PAC_PROFILE_HEADER;
  for (uint32_t i = 0; i < allowed->count && used < sizeof text; i++) {
    bool is_repeated = false;
    for (uint32_t j = 0; j < i; j++) {
      is_repeated = is_repeated || allowed->outcomes[j].status == allowed->outcomes[i].status;
    }
    if (!is_repeated) {
      char code[96];
      pac_hresult_print(pac_status_hresult(allowed->outcomes[i].status, profile), code, sizeof code);
      used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used == 0 ? "" : " or ", code);
    }
  }
  if ((allowed->is_any || allowed->takes_other_codes) && used < sizeof text) {
    (void)snprintf(text + used, sizeof text - used, "%sa published error", used == 0 ? "" : " or ");
  }
  return pac_run_text(running->run, "%s", text);
}

const char *pac_running_seen_text(struct pac_running *running, const struct pac_running_put *put) {
  char code[96];
  pac_hresult_print(put->seen.outcome, code, sizeof code);
  return pac_run_text(running->run, "%s %s", code, put->is_raised ? "raised by the call" : "in OnCompleted");
}

enum pac_clause pac_running_state_clause(const struct pac_allowed *allowed, const struct pac_running_put *put) {
  enum pac_status status = PAC_STATUS_NO_ERR;
  (void)pac_status_of_hresult(put->seen.outcome, &status);
  return status == PAC_STATUS_OUT_OF_MEMORY && put->circumstances.may_lack_memory
             ? PAC_CLAUSE_ERROR_OUT_OF_MEMORY_NOTHING_HALF_WRITTEN
             : allowed->clause;
}

static bool may_succeed(const struct pac_allowed *allowed) {
  for (uint32_t i = 0; i < allowed->count; i++) {
    if (!pac_hresult_is_error(pac_status_hresult(allowed->outcomes[i].status, PAC_PROFILE_HEADER))) {
      return true;
    }
  }
  return false;
}

/* A code that only cancelling explains speaks of that, whatever else the put was about. So does a failure that says nothing, or
 * that nothing but the lack of memory explains, of that lack. */
enum pac_clause pac_running_outcome_clause(const struct pac_allowed *allowed, const struct pac_running_put *put) {
  enum pac_status status = PAC_STATUS_NO_ERR;
  (void)pac_status_of_hresult(put->seen.outcome, &status);
  if (status == PAC_STATUS_OPERATION_CANCELLED && put->circumstances.is_cancelled) {
    return PAC_CLAUSE_CANCEL_COMPLETION_CALL_CANCELLED;
  }
  if (status == PAC_STATUS_CALL_CANCELLED && put->has_met_cancel) {
    return PAC_CLAUSE_CANCEL_SCOPE_OTHER_SINKS_UNAFFECTED;
  }
  bool says_nothing = status == PAC_STATUS_FAILED;
  if (put->circumstances.may_lack_memory && pac_hresult_is_error(put->seen.outcome) &&
      (says_nothing || may_succeed(allowed))) {
    return PAC_CLAUSE_ERROR_OUT_OF_MEMORY_GIVEN;
  }
  return allowed->clause;
}
