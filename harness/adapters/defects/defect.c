/* SPDX-License-Identifier: Apache-2.0 */
/* The adapter around a defect: hands everything to the reference but what the defect takes for itself. */
#include "adapters/defects/defect.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/reference/reference.h"

#define HOST_OPTIONS_MAX 64u

struct pac_services {
  struct pac_services *reference;
  bool is_defective;
};

static const struct pac_adapter *reference(void) {
  return pac_reference_adapter();
}

static bool has_answer(const struct pac_services *services) {
  return the_defect.has_answer && services->is_defective;
}

/* The reference knows nothing of `at` and would refuse it. With its pump hidden it has to deliver by itself. */
static size_t options_without_at(const struct pac_host *host, struct pac_option *options) {
  size_t count = 0;
  for (size_t i = 0; i < host->option_count && count + 1 < HOST_OPTIONS_MAX; i++) {
    if (strcmp(host->options[i].name, "at") != 0) {
      options[count++] = host->options[i];
    }
  }
  if ((the_defect.hidden_features & PAC_FEATURE_PUMP) != 0) {
    options[count++] = (struct pac_option){"delivery", "thread"};
  }
  return count;
}

static pac_hresult defect_connect(const struct pac_host *host, struct pac_services **services) {
  struct pac_services *own = calloc(1, sizeof *own);
  if (own == NULL) {
    return PAC_ANSWER_BROKEN;
  }
  if (the_defect.connects != NULL) {
    the_defect.connects();
  }
  const char *at = pac_host_option(host, "at");
  own->is_defective = at == NULL || fnmatch(at, host->case_name, 0) == 0;
  struct pac_option options[HOST_OPTIONS_MAX];
  struct pac_host passed = *host;
  passed.options = options;
  passed.option_count = options_without_at(host, options);
  pac_hresult answer = reference()->connect(&passed, &own->reference);
  if (pac_hresult_is_error(answer)) {
    free(own);
    return answer;
  }
  *services = own;
  return answer;
}

static void defect_close(struct pac_services *services) {
  if (the_defect.closes != NULL) {
    the_defect.closes();
  }
  reference()->close(services->reference);
  free(services);
}

pac_hresult defect_pass_on(const struct defect_put *put) {
  return reference()->put_async(put->reference, put->sink, put->object, put->flags, put->context, put->async_context);
}

static pac_hresult defect_put_async(struct pac_services *services, struct pac_sink *sink,
                                    const struct pac_object *object, uint32_t flags,
                                    const struct pac_named_values *context,
                                    const struct pac_named_values *async_context) {
  if (has_answer(services)) {
    return the_defect.answer;
  }
  const struct defect_put put = {services->reference, sink, object, flags, context, async_context};
  return services->is_defective && the_defect.put != NULL ? the_defect.put(&put) : defect_pass_on(&put);
}

static pac_hresult defect_get(struct pac_services *services, const char *path, struct pac_object **object) {
  return has_answer(services) ? the_defect.answer : reference()->get(services->reference, path, object);
}

static pac_hresult defect_instances(struct pac_services *services, const char *class_name, pac_visit visit,
                                    void *context) {
  return has_answer(services) ? the_defect.answer
                              : reference()->instances(services->reference, class_name, visit, context);
}

static pac_hresult defect_derived(struct pac_services *services, const char *class_name, pac_visit visit,
                                  void *context) {
  return has_answer(services) ? the_defect.answer
                              : reference()->derived(services->reference, class_name, visit, context);
}

static bool defect_pump(struct pac_services *services) {
  return reference()->pump(services->reference);
}

static pac_hresult defect_quiesce(struct pac_services *services) {
  return has_answer(services) ? the_defect.answer : reference()->quiesce(services->reference);
}

static pac_hresult defect_cancel(struct pac_services *services, struct pac_sink *sink) {
  return has_answer(services) ? the_defect.answer : reference()->cancel(services->reference, sink);
}

static pac_hresult defect_set_rights(struct pac_services *services, uint32_t rights) {
  return has_answer(services) ? the_defect.answer : reference()->set_rights(services->reference, rights);
}

static pac_hresult defect_fail_allocation(struct pac_services *services, uint32_t nth) {
  return has_answer(services) ? the_defect.answer : reference()->fail_allocation(services->reference, nth);
}

static pac_hresult defect_set_provider(struct pac_services *services, const char *class_name,
                                       const struct pac_provider_behaviour *behaviour) {
  if (the_defect.backs != NULL) {
    the_defect.backs(class_name, behaviour);
  }
  return has_answer(services) ? the_defect.answer
                              : reference()->set_provider(services->reference, class_name, behaviour);
}

static pac_hresult defect_set_locale(struct pac_services *services, const char *locale) {
  return has_answer(services) ? the_defect.answer : reference()->set_locale(services->reference, locale);
}

static pac_hresult defect_get_localized(struct pac_services *services, const char *locale, const char *path,
                                        struct pac_object **object) {
  return has_answer(services) ? the_defect.answer
                              : reference()->get_localized(services->reference, locale, path, object);
}

#define FEATURES_WRAPPED                                                                                       \
  (PAC_FEATURE_PUMP | PAC_FEATURE_QUIESCE | PAC_FEATURE_CANCEL | PAC_FEATURE_RIGHTS | PAC_FEATURE_ALLOCATION | \
   PAC_FEATURE_PROVIDER | PAC_FEATURE_LOCALE)

const struct pac_adapter *pac_adapter(void) {
  static struct pac_adapter table = {
      .size = sizeof table,
      .version = "0",
      .connect = defect_connect,
      .close = defect_close,
      .put_async = defect_put_async,
      .get = defect_get,
      .instances = defect_instances,
      .derived = defect_derived,
      .pump = defect_pump,
      .quiesce = defect_quiesce,
      .cancel = defect_cancel,
      .set_rights = defect_set_rights,
      .fail_allocation = defect_fail_allocation,
      .set_provider = defect_set_provider,
      .set_locale = defect_set_locale,
      .get_localized = defect_get_localized,
  };
  table.abi = the_defect.abi != 0 ? the_defect.abi : PAC_ADAPTER_ABI;
  table.name = the_defect.name;
  table.features = reference()->features & FEATURES_WRAPPED & ~the_defect.hidden_features;
  if ((the_defect.hidden_features & PAC_FEATURE_PUMP) != 0) {
    table.pump = NULL;
  }
  return &table;
}
