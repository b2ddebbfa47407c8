/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever object and context are put, with whatever flags: the call ends with exactly one outcome, its code is one
 * that is published, a put that succeeds reports a path that can be read, and one that fails reports none and changes
 * nothing. The implementation under test is the adapter that is linked in. */
#include "case/session.h"
#include "input.h"
#include "pacheck/adapter.h"
#include "pacheck/encoding.h"
#include "put_listing.h"

#define PUMPS_MAX 100000u

static bool is_published(pac_hresult code) {
  enum pac_status status;
  return !pac_hresult_is_error(code) || code == pac_status_hresult(PAC_STATUS_ILLEGAL_NULL, PAC_PROFILE_PAGE) ||
         code == pac_status_hresult(PAC_STATUS_INVALID_OBJECT, PAC_PROFILE_PAGE) ||
         pac_status_of_hresult(code, &status) == PAC_RESULT_OK;
}

/* What a strict reader makes of the octets, or what a tolerant one does: a vendor's reader may be either. */
static struct pac_object *decode_object(const uint8_t *octets, size_t size, bool is_strict) {
  struct pac_decoding decoding = {.profile = is_strict ? PAC_ENCODING_STRICT : PAC_ENCODING_TOLERANT};
  struct pac_object *object = NULL;
  return pac_unit_decode(NULL, octets, size, &decoding, &object) == PAC_RESULT_OK ? object : NULL;
}

static struct pac_named_values *decode_context(const uint8_t *octets, size_t size) {
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  struct pac_named_values *set = NULL;
  return size > 0 && pac_context_decode(NULL, octets, size, &decoding, &set) == PAC_RESULT_OK ? set : NULL;
}

static void settle(const struct pac_adapter *adapter, struct pac_services *services) {
  unsigned pumps = 0;
  while ((adapter->features & PAC_FEATURE_PUMP) != 0 && adapter->pump(services)) {
    PAC_CHECK(pumps++ < PUMPS_MAX, "pump delivers without end");
  }
  if ((adapter->features & PAC_FEATURE_QUIESCE) != 0) {
    adapter->quiesce(services);
  }
}

struct put {
  const struct pac_object *object;
  const struct pac_named_values *context;
  uint32_t flags;
  bool is_encoded; /* hand over the octets, where the adapter takes them */
  const uint8_t *octets;
  size_t size;
};

static pac_hresult call(const struct pac_adapter *adapter, struct pac_services *services, struct pac_sink *sink,
                        const struct put *put) {
  if (put->is_encoded) {
    return adapter->put_encoded(
        services, sink,
        &(struct pac_encoded_put){
            .format = PAC_FORMAT_UNIT, .object = put->octets, .object_size = put->size, .flags = put->flags});
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
  listing_read(&before, adapter, services);
  pac_session_call_begins(session);
  pac_hresult answer = call(adapter, services, sink, put);
  pac_session_call_ends(session);
  settle(adapter, services);
  if (answer != PAC_ANSWER_UNSUPPORTED && answer != PAC_ANSWER_BROKEN) { /* the implementation was asked */
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
    PAC_CHECK(is_published(outcome), "0x%08X is no published code", (unsigned)outcome);
    if (!pac_hresult_is_error(outcome)) {
      check_stored(adapter, services, path);
    } else {
      PAC_CHECK(path == NULL, "a put that failed reports that %s was stored", path);
      listing_read(&after, adapter, services);
      PAC_CHECK(listing_equal(&before, &after), "a put that failed changed what is stored");
      listing_reset(&after);
    }
  }
  listing_reset(&before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const struct pac_adapter *adapter = pac_adapter();
  struct pac_input input = {data, size};
  struct put put = {.flags = pac_input_u32(&input)};
  uint8_t manner = pac_input_u8(&input);
  size_t context_size = pac_input_u8(&input);
  context_size |= (size_t)pac_input_u8(&input) << 8;
  context_size = context_size < input.size ? context_size : input.size;
  put.size = input.size - context_size;
  uint8_t *octets = pac_input_take(&input, put.size);
  put.octets = octets;
  struct pac_object *object = decode_object(put.octets, put.size, (manner & 1) != 0);
  struct pac_named_values *context = decode_context(input.data, context_size);
  put.object = object;
  put.context = context;
  put.is_encoded = (manner & 2) != 0 && (adapter->features & PAC_FEATURE_ENCODED) != 0;

  struct pac_host host = {.abi = PAC_ADAPTER_ABI, .size = sizeof host, .case_name = "put_object"};
  struct pac_services *services = NULL;
  struct pac_session *session = NULL;
  PAC_CHECK(pac_session_open(0, &session) == PAC_RESULT_OK, "not enough memory");
  pac_hresult connected = adapter->connect(&host, &services);
  PAC_CHECK(!pac_hresult_is_error(connected), "connect answers 0x%08X: fill in the adapter's life cycle first",
            (unsigned)connected);
  if (object != NULL && pac_object_genus(object) == PAC_GENUS_INSTANCE && (manner & 4) == 0) {
    /* An instance of a class that is there: as the instance carries it. */
    struct put of = {.object = pac_instance_class(object)};
    put_once(adapter, services, session, &of);
  }
  put_once(adapter, services, session, &put);
  if ((manner & 8) != 0) {
    put_once(adapter, services, session, &put);
  }
  adapter->close(services);
  pac_session_close(session);
  pac_named_values_free(context);
  pac_object_free(object);
  free(octets);
  return 0;
}
