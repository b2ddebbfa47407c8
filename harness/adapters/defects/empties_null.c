/* SPDX-License-Identifier: Apache-2.0 */
/* Stores an empty text where the class says null, also when a put only sets the scene. */
#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  struct defect_put changed = *call;
  struct pac_object *copy = NULL;
  const struct pac_value empty = pac_value_string("");
  if (call->object == NULL || pac_object_clone(NULL, call->object, &copy) != PAC_RESULT_OK) {
    return defect_pass_on(call);
  }
  (void)pac_object_property_set(copy, "Note", &empty);
  changed.object = copy;
  pac_hresult answer = defect_pass_on(&changed);
  pac_object_free(copy);
  return answer;
}

const struct defect the_defect = {.name = "empties_null", .put = put};
