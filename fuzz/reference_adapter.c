/* SPDX-License-Identifier: Apache-2.0 */
/* The implementation that the put_ targets test when no vendor's is linked: the reference. */
#include "reference.h"

const struct pac_adapter *pac_adapter(void) {
  return pac_reference_adapter();
}
