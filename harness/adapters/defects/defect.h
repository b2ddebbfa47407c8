/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Adapters that are wrong on purpose: the reference, but for one function of one case.
 *
 * Each file beside this one states one defect. It shows in the cases whose name matches the adapter option `at`, a
 * glob; without the option in every case. Everything else goes to the reference unchanged.
 */
#ifndef PACHECK_ADAPTERS_DEFECT_H
#define PACHECK_ADAPTERS_DEFECT_H

#include "pacheck/adapter.h"

/** One call of put_async, as the adapter gets it. */
struct defect_put {
  struct pac_services *reference; /* what the call is about to be passed on to */
  struct pac_sink *sink;
  const struct pac_object *object;
  uint32_t flags;
  const struct pac_named_values *context;
  const struct pac_named_values *async_context;
};

struct defect {
  const char *name;
  pac_hresult (*put)(const struct defect_put *put); /* in place of the reference's; null leaves it */
  pac_hresult answer; /* when has_answer: what every function answers, connect excepted, and does nothing */
  bool has_answer;
  uint32_t hidden_features; /* bits of enum pac_feature that the table does not declare */
  uint32_t abi;             /* of the table; 0 for the right one */
  void (*connects)(void);   /* any case connects, also one in which the defect does not show; may be null */
  void (*closes)(void);     /* any case closes a connection; may be null */
  void (*backs)(const char *class_name, const struct pac_provider_behaviour *behaviour); /* a class is backed; may be null */
};

/** The defect of this module. */
extern const struct defect the_defect;

/** What the reference would have done. */
pac_hresult defect_pass_on(const struct defect_put *put);

#endif
