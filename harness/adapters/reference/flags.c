/* SPDX-License-Identifier: Apache-2.0 */
/* Which flags a put takes. The bits of one axis exclude each other; bits that are ignored are taken away here. */
#include "services.h"

#define EXISTENCE (PAC_FLAG_UPDATE_ONLY | PAC_FLAG_CREATE_ONLY)
#define UPDATE_MODE (PAC_FLAG_UPDATE_SAFE | PAC_FLAG_UPDATE_FORCE)
#define OF_THE_PAGE (EXISTENCE | UPDATE_MODE | PAC_FLAG_RETURN_IMMEDIATELY | PAC_FLAG_AMENDED)
/* "Not to be set, ignored when received", the owner-update bit apart, which has a reading of its own. */
#define RESERVED (0xF000u | PAC_FLAG_STRONG_VALIDATION)

struct ref_answer ref_flags_check(const struct pac_services *services, enum pac_genus genus, uint32_t flags,
                                  uint32_t *left) {
  const struct ref_options *options = &services->options;
  const uint32_t known = OF_THE_PAGE | RESERVED | PAC_FLAG_SEND_STATUS | PAC_FLAG_OWNER_UPDATE;
  const enum pac_status exclusive =
      REF_CHOSE(options, A_16, UNSUPPORTED_PARAMETER) ? PAC_STATUS_UNSUPPORTED_PARAMETER : PAC_STATUS_INVALID_PARAMETER;
  const char *why = NULL;
  if ((flags & EXISTENCE) == EXISTENCE) {
    return ref_refuse(services, exclusive, "update-only and create-only exclude each other");
  }
  if ((flags & UPDATE_MODE) == UPDATE_MODE) {
    return ref_refuse(services, exclusive, "safe mode and force mode exclude each other");
  }
  if ((flags & PAC_FLAG_CREATE_ONLY) != 0 && (flags & UPDATE_MODE) != 0 && REF_CHOSE(options, A_17, REFUSE)) {
    why = "create-only leaves nothing to update";
  } else if (genus == PAC_GENUS_INSTANCE && (flags & UPDATE_MODE) != 0 && REF_CHOSE(options, A_18, REFUSE)) {
    why = "update modes are for classes";
  } else if ((flags & ~known) != 0 && REF_CHOSE(options, A_19, REFUSE)) {
    why = "a flag has no meaning for a put";
  } else if ((flags & RESERVED) != 0 && REF_CHOSE(options, A_20, REFUSE)) {
    why = "a flag is reserved";
  } else if ((flags & PAC_FLAG_SEND_STATUS) != 0 && REF_CHOSE(options, A_21, REFUSE)) {
    why = "this method does not take the status flag";
  } else if ((flags & PAC_FLAG_OWNER_UPDATE) != 0 && REF_CHOSE(options, A_22, REFUSE)) {
    why = "the owner-update flag is for push providers";
  }
  if (why != NULL) {
    return ref_refuse(services, PAC_STATUS_INVALID_PARAMETER, why);
  }
  *left = flags & (OF_THE_PAGE | PAC_FLAG_SEND_STATUS);
  if (genus == PAC_GENUS_INSTANCE) {
    *left &= ~(uint32_t)UPDATE_MODE;
  }
  return REF_FINE;
}
