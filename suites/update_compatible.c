/* SPDX-License-Identifier: Apache-2.0 */
/* Class updates in compatible mode: which changes pass when the class has derived classes or instances. */
#include "put_rows.h"

extern const struct pac_suite pac_suite_update_compatible;

static const struct put_row rows[] = {
#include "update_compatible.def"
};

PUT_SUITE(update_compatible, "Class update: compatible mode (0)");
