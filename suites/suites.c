/* SPDX-License-Identifier: Apache-2.0 */
/* The list of suites, made from suites.def. */
#include "case/case.h"

#define SUITE(name) extern const struct pac_suite pac_suite_##name;
#include "suites.def"
#undef SUITE

const struct pac_suite *const pac_suites[] = {
#define SUITE(name) &pac_suite_##name,
#include "suites.def"
#undef SUITE
    NULL,
};
