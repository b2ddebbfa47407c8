/* SPDX-License-Identifier: Apache-2.0 */
/** The reference implementation of the contract, as an adapter that is linked in. */
#ifndef PACHECK_REFERENCE_H
#define PACHECK_REFERENCE_H

#include "pacheck/adapter.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The table of the reference implementation. It stays valid until the process ends. */
const struct pac_adapter *pac_reference_adapter(void);

#ifdef __cplusplus
}
#endif
#endif
