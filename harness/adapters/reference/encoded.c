/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what a put carries in encoded form. Nothing is started for octets that cannot be read, so the error is raised. */
#include "encoded.h"

#include "services.h"
#include "pacheck/encoding.h"

static enum pac_status status_of(enum pac_result result, enum pac_status when_malformed) {
  return result == PAC_RESULT_NO_MEMORY ? PAC_STATUS_OUT_OF_MEMORY : when_malformed;
}

pac_hresult ref_decode(struct pac_services *services, const struct pac_encoded_put *put, struct ref_decoded *decoded) {
  enum pac_result result = PAC_RESULT_OK;
  if (put->object != NULL) {
    result = pac_unit_decode(NULL, put->object, put->object_size, NULL, &decoded->object);
    if (result == PAC_RESULT_OK && !pac_unit_is_for_put(decoded->object)) {
      result = PAC_RESULT_MALFORMED;
    }
    if (result != PAC_RESULT_OK) {
      return ref_refuse(services, status_of(result, PAC_STATUS_INVALID_OBJECT), "The encoding of the object.").code;
    }
  }
  if (put->context != NULL) {
    result = pac_context_decode(NULL, put->context, put->context_size, NULL, &decoded->context);
    if (result != PAC_RESULT_OK) {
      return ref_refuse(services, status_of(result, PAC_STATUS_INVALID_PARAMETER), "The encoding of the context.").code;
    }
  }
  return 0;
}

void ref_decoded_reset(struct ref_decoded *decoded) {
  pac_object_free(decoded->object);
  pac_named_values_free(decoded->context);
  *decoded = (struct ref_decoded){NULL, NULL};
}
