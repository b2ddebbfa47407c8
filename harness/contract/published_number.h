/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The published names of clauses and ambiguities: a letter, a hyphen and a number, such as `C-053` or `A-23`.
 */
#ifndef PACHECK_CONTRACT_PUBLISHED_NUMBER_H
#define PACHECK_CONTRACT_PUBLISHED_NUMBER_H

#include <stdint.h>

/**
 * The number in a published name.
 *
 * The letter is given as a capital and compared ignoring case; zeros in front of the number do not count.
 *
 * Shape   `word` may be null. Gives 0 when it is no name of that letter or its number is greater than `number_max`.
 */
uint32_t pac_published_number(const char *word, char letter, uint32_t number_max);

#endif
