/* SPDX-License-Identifier: Apache-2.0 */
/* Create, update, overwrite: what the flags 0, 0x1 and 0x2 do to a class or an instance that is there or not. */
#include "put_rows.h"

extern const struct pac_suite pac_suite_create_update;

static const struct put_row rows[] = {
#include "create_update.def"
};

PUT_SUITE(create_update, "Create, update, overwrite (0, 0x1, 0x2)");
