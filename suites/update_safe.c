/* SPDX-License-Identifier: Apache-2.0 */
/* Class updates in safe mode: derived classes are allowed as long as nothing conflicts. */
#include "put_rows.h"

extern const struct pac_suite pac_suite_update_safe;

static const struct put_row rows[] = {
#include "update_safe.def"
};

PUT_SUITE(update_safe, "Class update: safe mode (0x20)");
