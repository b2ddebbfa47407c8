/* SPDX-License-Identifier: Apache-2.0 */
/** The version of pacheck, as the build says it. */
#ifndef PACHECK_RUNNER_VERSION_H
#define PACHECK_RUNNER_VERSION_H

#ifndef PAC_VERSION_TEXT
#error "the build defines PAC_VERSION_TEXT"
#endif

#endif
