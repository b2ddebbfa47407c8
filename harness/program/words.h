/* SPDX-License-Identifier: Apache-2.0 */
/** The words of call lines, in one place for the reader and the writer of the text form. */
#ifndef PACHECK_PROGRAM_WORDS_H
#define PACHECK_PROGRAM_WORDS_H

#include "pacheck/adapter.h"

/* Flags by word; other bits are written as a number. */
#define PAC_WORD_FLAG_MAP(X)                           \
  X("update-only", PAC_FLAG_UPDATE_ONLY)               \
  X("create-only", PAC_FLAG_CREATE_ONLY)               \
  X("immediately", PAC_FLAG_RETURN_IMMEDIATELY)        \
  X("safe", PAC_FLAG_UPDATE_SAFE)                      \
  X("force", PAC_FLAG_UPDATE_FORCE)                    \
  X("send-status", PAC_FLAG_SEND_STATUS)               \
  X("owner-update", PAC_FLAG_OWNER_UPDATE)             \
  X("amended", PAC_FLAG_AMENDED)

/* Kinds of providers, in the order of enum pac_provider_kind. */
#define PAC_WORD_PROVIDER_MAP(X) \
  X("none") X("accepts") X("answers") X("holds") X("without-put") X("missing") X("partial")

/* Rights by word; any other mask is written as a number. */
#define PAC_WORD_RIGHTS_MAP(X) X("all", PAC_RIGHTS_ALL) X("none", PAC_RIGHTS_NONE) X("read", PAC_RIGHTS_READ)

#endif
