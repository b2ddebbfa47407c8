/* SPDX-License-Identifier: Apache-2.0 */
/** Puts whose object and context come as octets. */
#ifndef PACHECK_REFERENCE_ENCODED_H
#define PACHECK_REFERENCE_ENCODED_H

#include "pacheck/adapter.h"

/** What the octets of a put hold; null where none were passed. */
struct ref_decoded {
  struct pac_object *object;
  struct pac_named_values *context;
};

/**
 * Decodes an object and a context, strictly. Returns 0, or the error that the call raises: invalid object for the first,
 * invalid parameter for the second, out of memory. *decoded has to be reset in either case.
 */
pac_hresult ref_decode(struct pac_services *services, const struct pac_encoded_put *put, struct ref_decoded *decoded);

void ref_decoded_reset(struct ref_decoded *decoded);

#endif
