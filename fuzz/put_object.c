/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever object and context are put, with whatever flags: the call ends with exactly one outcome, its code is one
 * that is published, a put that succeeds reports a path that can be read, and one that fails reports none and changes
 * nothing. The implementation under test is the adapter that is linked in. */
#include "put_adapter.h"
#include "put_input.h"
#include "put_listing.h"

/* What the octet for the manner says. */
enum manner {
  MANNER_STRICT = 0x01,   /* of the reader */
  MANNER_ENCODED = 0x02,  /* the octets are handed over, where the adapter takes them */
  MANNER_NO_CLASS = 0x04, /* an instance is put without its class before it */
  MANNER_TWICE = 0x08,
};

struct put {
  const struct pac_object *object;
  const struct pac_named_values *context;
  uint32_t flags;
  const struct put_input *encoded; /* null: the object is handed over */
  const struct pac_memory *memory; /* of the harness */
};

static pac_hresult call(const struct pac_adapter *adapter, struct pac_services *services, struct pac_sink *sink,
                        const struct put *put) {
  const struct put_input *input = put->encoded;
  if (input != NULL) {
    const struct pac_encoded_put encoded = {.format = PAC_FORMAT_UNIT,
                                            .object = input->octets,
                                            .object_size = input->size,
                                            .flags = input->flags,
                                            .context = input->context_octets,
                                            .context_size = input->context_size};
    return adapter->put_encoded(services, sink, &encoded);
  }
  return adapter->put_async(services, sink, put->object, put->flags, put->context, NULL);
}

/* What is stored can be read under the path that OnObjectPut told. */
static void check_stored(const struct pac_adapter *adapter, struct pac_services *services, const char *path) {
  struct pac_object *read = NULL;
  PAC_CHECK(path != NULL, "a put succeeded without OnObjectPut");
  pac_hresult answer = adapter->get(services, path, &read);
  PAC_CHECK(!pac_hresult_is_error(answer) && read != NULL, "%s was stored and get answers 0x%08X", path,
            (unsigned)answer);
  pac_object_free(read);
}

/* Puts once and judges the outcome, the events and what is stored afterwards. */
static void put_once(const struct pac_adapter *adapter, struct pac_services *services, struct pac_session *session,
                     const struct put *put) {
  struct pac_sink *sink = NULL;
  struct listing before;
  struct listing after;
  PAC_CHECK(pac_session_sink(session, PAC_SINK_RECORDS, &sink) == PAC_RESULT_OK, "not enough memory");
  listing_read(&before, put->memory, adapter, services);
  pac_session_call_begins(session, sink);
  pac_hresult answer = call(adapter, services, sink, put);
  pac_session_call_ends(session);
  put_settle(adapter, services);
  if (put_is_answered(answer)) {
    uint32_t completed = pac_session_completed(session, sink);
    PAC_CHECK(completed == (pac_hresult_is_error(answer) ? 0 : 1), "%u OnCompleted after an answer of 0x%08X",
              (unsigned)completed, (unsigned)answer);
    pac_hresult outcome = answer;
    const char *path = NULL;
    const struct pac_event *const *events = NULL;
    uint32_t count = pac_session_events(session, &events);
    for (uint32_t i = 0; i < count; i++) {
      if (events[i]->sink == sink && events[i]->kind == PAC_EVENT_COMPLETED) {
        outcome = events[i]->result;
      } else if (events[i]->sink == sink && events[i]->kind == PAC_EVENT_OBJECT_PUT) {
        PAC_CHECK(path == NULL, "OnObjectPut came twice");
        path = events[i]->path;
      }
    }
    PAC_CHECK(put_is_published(outcome), "0x%08X is no published code", (unsigned)outcome);
    if (!pac_hresult_is_error(outcome)) {
      check_stored(adapter, services, path);
    } else {
      PAC_CHECK(path == NULL, "a put that failed reports that %s was stored", path);
      listing_read(&after, put->memory, adapter, services);
      PAC_CHECK(listing_equal(&before, &after), "a put that failed changed what is stored");
      listing_reset(&after);
    }
  }
  listing_reset(&before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const struct pac_adapter *adapter = pac_adapter();
  struct put_input input;
  put_input_read(&input, data, size);
  bool is_encoded = (input.manner & MANNER_ENCODED) != 0 && (adapter->features & PAC_FEATURE_ENCODED) != 0;
  bool is_class_first = (input.manner & MANNER_NO_CLASS) == 0;
  enum pac_encoding_profile profile = (input.manner & MANNER_STRICT) != 0 ? PAC_ENCODING_STRICT : PAC_ENCODING_TOLERANT;
  /* What is handed over as octets is the implementation's to read. */
  struct pac_object *object = is_encoded && !is_class_first ? NULL : put_input_object(&input, profile);
  struct pac_named_values *context = is_encoded ? NULL : put_input_context(&input);
  const struct put put = {.object = object,
                          .context = context,
                          .flags = input.flags,
                          .encoded = is_encoded ? &input : NULL,
                          .memory = input.memory};

  struct pac_host host = {.abi = PAC_ADAPTER_ABI, .size = sizeof host, .case_name = "put_object"};
  struct pac_services *services = NULL;
  struct pac_session *session = NULL;
  PAC_CHECK(pac_session_open_in(input.memory, 0, &session) == PAC_RESULT_OK, "not enough memory");
  pac_hresult connected = adapter->connect(&host, &services);
  PAC_CHECK(!pac_hresult_is_error(connected), "connect answers 0x%08X: fill in the adapter's life cycle first",
            (unsigned)connected);
  if (is_class_first && object != NULL && pac_object_genus(object) == PAC_GENUS_INSTANCE) {
    const struct put of = {.object = pac_instance_class(object), .memory = input.memory};
    put_once(adapter, services, session, &of);
  }
  put_once(adapter, services, session, &put);
  if ((input.manner & MANNER_TWICE) != 0) {
    put_once(adapter, services, session, &put);
  }
  put_close(adapter, services, session);
  pac_named_values_free(context);
  pac_object_free(object);
  put_input_free(&input);
  return 0;
}
