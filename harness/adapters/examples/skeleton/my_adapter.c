/* SPDX-License-Identifier: Apache-2.0 */
/* An adapter to start from: fill in one function after the other. What is not filled in is reported as unsupported. */
#include <pacheck/adapter.h>

/* One connection to one namespace of your implementation. */
struct pac_services {
  int your_connection;
};

static pac_hresult my_connect(const struct pac_host *host, struct pac_services **services) {
  (void)host;
  (void)services;
  return PAC_ANSWER_UNSUPPORTED; /* make a fresh, empty namespace, allocate a struct pac_services, return 0 */
}

static void my_close(struct pac_services *services) {
  (void)services; /* delete the namespace, free what connect allocated */
}

static pac_hresult my_put_async(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                uint32_t flags, const struct pac_named_values *context,
                                const struct pac_named_values *async_context) {
  (void)services, (void)sink, (void)object, (void)flags, (void)context, (void)async_context;
  return PAC_ANSWER_UNSUPPORTED; /* call PutAsync; its events arrive through pac_sink_object_put and _completed */
}

static pac_hresult my_get(struct pac_services *services, const char *path, struct pac_object **object) {
  (void)services, (void)path, (void)object;
  return PAC_ANSWER_UNSUPPORTED; /* read it, build it with object.h, return 0; 0x80041002 when it is not there */
}

static pac_hresult my_instances(struct pac_services *services, const char *class_name, pac_visit visit,
                                void *context) {
  (void)services, (void)class_name, (void)visit, (void)context;
  return PAC_ANSWER_UNSUPPORTED; /* call visit(context, object) for each */
}

static pac_hresult my_derived(struct pac_services *services, const char *class_name, pac_visit visit,
                              void *context) {
  (void)services, (void)class_name, (void)visit, (void)context;
  return PAC_ANSWER_UNSUPPORTED;
}

PAC_ADAPTER_EXPORT const struct pac_adapter *pac_adapter(void) {
  static const struct pac_adapter adapter = {
      .abi = PAC_ADAPTER_ABI,
      .size = sizeof(struct pac_adapter),
      .name = "my implementation",
      .version = "1.0",
      .features = 0, /* add PAC_FEATURE_... for each optional function that you fill in */
      .connect = my_connect,
      .close = my_close,
      .put_async = my_put_async,
      .get = my_get,
      .instances = my_instances,
      .derived = my_derived,
  };
  return &adapter;
}
