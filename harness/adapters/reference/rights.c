/* SPDX-License-Identifier: Apache-2.0 */
/* What the caller may do. The rights are those at the time of the call. */
#include "services.h"

struct ref_answer ref_rights_to_call(const struct pac_services *services, uint32_t rights) {
  const uint32_t needed = PAC_RIGHT_ENABLE | PAC_RIGHT_REMOTE_ENABLE;
  return (rights & needed) == needed
             ? REF_FINE
             : ref_refuse(services, PAC_STATUS_ACCESS_DENIED, "the caller may not use the namespace");
}

struct ref_answer ref_rights_to_write(const struct pac_services *services, const struct ref_operation *operation,
                                      const struct ref_class *of, bool is_dynamic) {
  uint32_t needed = PAC_RIGHT_PARTIAL_WRITE;
  const char *why = "a static instance needs the partial-write right";
  if (is_dynamic) {
    needed = PAC_RIGHT_PROVIDER_WRITE;
    why = "what a provider backs needs the provider-write right";
  } else if (pac_object_genus(operation->object) == PAC_GENUS_CLASS) {
    needed = PAC_RIGHT_FULL_WRITE;
    why = "a static class needs the full-write right";
  } else if (ref_class_is_of_system(of)) {
    needed = PAC_RIGHT_FULL_WRITE;
    why = "an instance below a system class needs the full-write right";
  }
  if (REF_CHOSE(&services->options, A_62, FULL_WRITE) && (operation->rights & PAC_RIGHT_FULL_WRITE) != 0) {
    return REF_FINE;
  }
  return (operation->rights & needed) == needed ? REF_FINE : ref_refuse(services, PAC_STATUS_ACCESS_DENIED, why);
}
