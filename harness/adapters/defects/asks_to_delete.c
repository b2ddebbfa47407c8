/* SPDX-License-Identifier: Apache-2.0 */
/* A forced update asks the provider of the class to delete an instance. The provider notes it and keeps what it has. */
#include "adapters/defects/defect.h"

static struct pac_provider *recorder;

static void backs(const char *class_name, const struct pac_provider_behaviour *behaviour) {
  (void)class_name;
  recorder = behaviour->recorder;
}

/* A recorder lives as long as the case that made it. */
static void closes(void) {
  recorder = NULL;
}

static pac_hresult put(const struct defect_put *call) {
  if (recorder != NULL && (call->flags & PAC_FLAG_UPDATE_FORCE) != 0) {
    pac_provider_deleted(recorder, pac_object_class_name(call->object), "Test_Thing.Name=\"first\"");
  }
  return defect_pass_on(call);
}

const struct defect the_defect = {.name = "asks_to_delete", .put = put, .closes = closes, .backs = backs};
