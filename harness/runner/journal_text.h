/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Text as it comes from an implementation under test: any octets, to be shown in JSON, in XML and on a terminal.
 *
 * Everything that prints such text goes through this one reader, so that an octet that is no UTF-8 and a character that
 * would steer a terminal look the same everywhere.
 */
#ifndef PACHECK_RUNNER_JOURNAL_TEXT_H
#define PACHECK_RUNNER_JOURNAL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAC_JOURNAL_TEXT_INVALID UINT32_MAX

/**
 * Reads one code point of `length` octets (at least one) and says how many octets it takes. An octet that starts no
 * well-formed UTF-8 sequence is PAC_JOURNAL_TEXT_INVALID and takes one.
 */
uint32_t pac_journal_text_code_point(const char *text, size_t length, size_t *octets);

/** True for a character that is not to reach a terminal or an XML file as it is: C0 (newline and tab too), DEL and C1.
 */
bool pac_journal_text_is_control(uint32_t code_point);

#endif
