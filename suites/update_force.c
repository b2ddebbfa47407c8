/* SPDX-License-Identifier: Apache-2.0 */
/* Class updates in force mode: derived classes are made to fit; what becomes of instances is contested. */
#include "put_rows.h"

extern const struct pac_suite pac_suite_update_force;

static const struct put_row rows[] = {
#include "update_force.def"
};

PUT_SUITE(update_force, "Class update: force mode (0x40)");
