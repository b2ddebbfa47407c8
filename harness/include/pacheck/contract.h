/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The vocabulary of the contract: flags, statuses, events, rights, profiles.
 *
 * Each list stands here once; names, values and texts everywhere else derive from it. Source: CONTRACT.md, sections 2, 4,
 * 5 and 7. The names are this project's own: the native headers own every spelling that begins with wbem.
 */
#ifndef PACHECK_CONTRACT_H
#define PACHECK_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a call or an event of the implementation answers: 32 bits, bit 31 set for an error. */
typedef uint32_t pac_hresult;

static inline bool pac_hresult_is_error(pac_hresult code) {
  return (code & 0x80000000u) != 0;
}

/* Statuses -------------------------------------------------------------------------------------------------------- */

/*
 * enumerator, HRESULT as the headers have it, name in the scripting enumeration (or formed like one), condition.
 *
 * The first group are success values, the second the nine of the PutAsync page, the third every other published code that
 * a put may give, the last those of Automation that a caller of the scripting object may get instead of INVALID_PARAMETER
 * . The page prints other values for ILLEGAL_NULL and INVALID_OBJECT: see pac_status_hresult.
 */
#define PAC_STATUS_MAP(X)                                                                                             \
  X(NO_ERR, 0x00000000u, "wbemNoErr", "the operation succeeded")                                                      \
  X(FALSE, 0x00000001u, "wbemFalse", "success with the value false")                                                  \
  X(ALREADY_THERE, 0x00040001u, "wbemAlreadyExists", "success; published and unused")                                 \
  X(OPERATION_CANCELLED, 0x00040006u, "wbemOperationCancelled", "success; the operation was cancelled")               \
                                                                                                                      \
  X(FAILED, 0x80041001u, "wbemErrFailed", "unspecified error")                                                        \
  X(NOT_FOUND, 0x80041002u, "wbemErrNotFound", "update of an object that is not present")                             \
  X(ACCESS_DENIED, 0x80041003u, "wbemErrAccessDenied", "the caller lacks the right")                                  \
  X(OUT_OF_MEMORY, 0x80041006u, "wbemErrOutOfMemory", "not enough memory")                                            \
  X(INVALID_PARAMETER, 0x80041008u, "wbemErrInvalidParameter", "a parameter is not valid")                            \
  X(INVALID_OBJECT, 0x8004100Fu, "wbemErrInvalidObject", "the object is not valid")                                   \
  X(ALREADY_EXISTS, 0x80041019u, "wbemErrAlreadyExists", "create of an object that is present")                       \
  X(INCOMPLETE_CLASS, 0x80041020u, "wbemErrIncompleteClass", "the class is not completely defined or registered")     \
  X(ILLEGAL_NULL, 0x80041028u, "wbemErrIllegalNull", "a null where null is not allowed")                              \
                                                                                                                      \
  X(PROVIDER_FAILURE, 0x80041004u, "wbemErrProviderFailure", "the provider failed")                                   \
  X(TYPE_MISMATCH, 0x80041005u, "wbemErrTypeMismatch", "wrong data type of a property")                               \
  X(INVALID_CONTEXT, 0x80041007u, "wbemErrInvalidContext", "the provider context lacks required values")              \
  X(NOT_AVAILABLE, 0x80041009u, "wbemErrNotAvailable", "a resource is not available")                                 \
  X(CRITICAL_ERROR, 0x8004100Au, "wbemErrCriticalError", "catastrophic internal failure")                             \
  X(NOT_SUPPORTED, 0x8004100Cu, "wbemErrNotSupported", "the operation is not supported")                              \
  X(INVALID_SUPERCLASS, 0x8004100Du, "wbemErrInvalidSuperclass", "the parent of a new class is not found")            \
  X(INVALID_NAMESPACE, 0x8004100Eu, "wbemErrInvalidNamespace", "the namespace is gone")                               \
  X(INVALID_CLASS, 0x80041010u, "wbemErrInvalidClass", "the class is not valid")                                      \
  X(PROVIDER_NOT_FOUND, 0x80041011u, "wbemErrProviderNotFound", "the provider is not registered")                     \
  X(INVALID_PROVIDER_REGISTRATION, 0x80041012u, "wbemErrInvalidProviderRegistration", "the registration is wrong")    \
  X(PROVIDER_LOAD_FAILURE, 0x80041013u, "wbemErrProviderLoadFailure", "the provider cannot be loaded")                \
  X(INITIALIZATION_FAILURE, 0x80041014u, "wbemErrInitializationFailure", "a component failed to initialize")          \
  X(TRANSPORT_FAILURE, 0x80041015u, "wbemErrTransportFailure", "network error")                                       \
  X(INVALID_OPERATION, 0x80041016u, "wbemErrInvalidOperation", "the operation is not valid on this class")            \
  X(OVERRIDE_NOT_ALLOWED, 0x8004101Au, "wbemErrOverrideNotAllowed", "the owner does not permit overriding")           \
  X(PROPAGATED_QUALIFIER, 0x8004101Bu, "wbemErrPropagatedQualifier", "deletion of an inherited qualifier")            \
  X(PROPAGATED_PROPERTY, 0x8004101Cu, "wbemErrPropagatedProperty", "deletion of an inherited property")               \
  X(UNEXPECTED, 0x8004101Du, "wbemErrUnexpected", "illegal sequence of calls")                                        \
  X(ILLEGAL_OPERATION, 0x8004101Eu, "wbemErrIllegalOperation", "the request makes no sense for the object")           \
  X(CANNOT_BE_KEY, 0x8004101Fu, "wbemErrCannotBeKey", "key mark on an unsuited property")                             \
  X(READ_ONLY, 0x80041023u, "wbemErrReadOnly", "modification of something read-only")                                 \
  X(PROVIDER_NOT_CAPABLE, 0x80041024u, "wbemErrProviderNotCapable", "the provider cannot do the operation")           \
  X(CLASS_HAS_CHILDREN, 0x80041025u, "wbemErrClassHasChildren", "the class has derived classes")                      \
  X(CLASS_HAS_INSTANCES, 0x80041026u, "wbemErrClassHasInstances", "the class has instances")                          \
  X(INVALID_QUALIFIER_TYPE, 0x80041029u, "wbemErrInvalidQualifierType", "type of a qualifier not legal")              \
  X(INVALID_PROPERTY_TYPE, 0x8004102Au, "wbemErrInvalidPropertyType", "type of a property not legal")                 \
  X(VALUE_OUT_OF_RANGE, 0x8004102Bu, "wbemErrValueOutOfRange", "value out of range of its type")                      \
  X(CANNOT_BE_SINGLETON, 0x8004102Cu, "wbemErrCannotBeSingleton", "singleton below a non-singleton or with keys")     \
  X(INVALID_CIM_TYPE, 0x8004102Du, "wbemErrInvalidCimType", "CIM type not valid")                                     \
  X(INVALID_PROPERTY, 0x80041031u, "wbemErrInvalidProperty", "property not recognized")                               \
  X(CALL_CANCELLED, 0x80041032u, "wbemErrCallCancelled", "the call was cancelled")                                    \
  X(SHUTTING_DOWN, 0x80041033u, "wbemErrShuttingDown", "the service shuts down")                                      \
  X(PROPAGATED_METHOD, 0x80041034u, "wbemErrPropagatedMethod", "inherited method with another signature")             \
  X(UNSUPPORTED_PARAMETER, 0x80041035u, "wbemErrUnsupportedParameter", "parameter not supported by the provider")     \
  X(INVALID_OBJECT_PATH, 0x8004103Au, "wbemErrInvalidObjectPath", "the object path is not valid")                     \
  X(OUT_OF_DISK_SPACE, 0x8004103Bu, "wbemErrOutOfDiskSpace", "the disk or repository is full")                        \
  X(UNSUPPORTED_PUT_EXTENSION, 0x8004103Du, "wbemErrUnsupportedPutExtension", "put extension not supported")          \
  X(INVALID_QUALIFIER, 0x80041042u, "wbemErrInvalidQualifier", "qualifier in the wrong place")                        \
  X(SERVER_TOO_BUSY, 0x80041045u, "wbemErrServerTooBusy", "paused and over the request limit")                        \
  X(INVALID_FLAVOR, 0x80041046u, "wbemErrInvalidFlavor", "qualifier flavor not valid")                                \
  X(CIRCULAR_REFERENCE, 0x80041047u, "wbemErrCircularReference", "class derived from itself")                         \
  X(UNSUPPORTED_CLASS_UPDATE, 0x80041048u, "wbemErrUnsupportedClassUpdate", "class not supported for the update")     \
  X(CANNOT_CHANGE_KEY_INHERITANCE, 0x80041049u, "wbemErrCannotChangeKeyInheritance", "key in use is changed")         \
  X(CANNOT_CHANGE_INDEX_INHERITANCE, 0x80041050u, "wbemErrCannotChangeIndexInheritance", "index in use is changed")   \
  X(TOO_MANY_PROPERTIES, 0x80041051u, "wbemErrTooManyProperties", "more properties than supported")                   \
  X(UPDATE_TYPE_MISMATCH, 0x80041052u, "wbemErrUpdateTypeMismatch", "conflicting type in a derived class")            \
  X(UPDATE_OVERRIDE_NOT_ALLOWED, 0x80041053u, "wbemErrUpdateOverrideNotAllowed", "derived class overrides a qualifier that cannot be") \
  X(UPDATE_PROPAGATED_METHOD, 0x80041054u, "wbemErrUpdatePropagatedMethod", "conflicting signature in a derived class") \
  X(PRIVILEGE_NOT_HELD, 0x80041062u, "wbemErrPrivilegeNotHeld", "a privilege is missing")                             \
  X(CANNOT_BE_ABSTRACT, 0x80041065u, "wbemErrCannotBeAbstract", "abstract below a non-abstract parent")               \
  X(AMENDED_OBJECT, 0x80041066u, "wbemErrAmendedObject", "amended object written without the flag")                   \
  X(QUOTA_VIOLATION, 0x8004106Cu, "wbemErrQuotaViolation", "a limit is exceeded")                                     \
  X(PROPERTY_NAME_TOO_WIDE, 0x80041073u, "wbemErrPropertyNameTooWide", "property name too long")                      \
  X(CLASS_NAME_TOO_WIDE, 0x80041074u, "wbemErrClassNameTooWide", "class name too long")                               \
  X(VETO_PUT_SCRIPTING, 0x80041079u, "wbemErrVetoPut", "put is vetoed (value of the scripting enumeration)")          \
  X(VETO_PUT, 0x8004107Au, "wbemErrVetoPut", "put is vetoed (value of the header)")                                   \
  X(PROVIDER_SUSPENDED, 0x80041081u, "wbemErrProviderSuspended", "the provider is suspended")                         \
  X(ENCRYPTED_CONNECTION_REQUIRED, 0x80041087u, "wbemErrEncryptedConnectionRequired", "the connection is not encrypted enough") \
  X(PROVIDER_TIMED_OUT, 0x80041088u, "wbemErrProviderTimedOut", "the provider timed out")                             \
  X(NO_KEY, 0x80041089u, "wbemErrNoKey", "no value for the key")                                                      \
  X(PROVIDER_DISABLED, 0x8004108Au, "wbemErrProviderDisabled", "the provider is disabled")                            \
  X(SERVER_STOPPING, 0x80080008u, "CO_E_SERVER_STOPPING", "a restore is in progress")                                 \
                                                                                                                      \
  X(DISPATCH_TYPE_MISMATCH, 0x80020005u, "DISP_E_TYPEMISMATCH", "Automation: an argument of the wrong type")          \
  X(DISPATCH_BAD_PARAMETER_COUNT, 0x8002000Eu, "DISP_E_BADPARAMCOUNT", "Automation: a wrong number of arguments")     \
  X(DISPATCH_PARAMETER_NOT_OPTIONAL, 0x8002000Fu, "DISP_E_PARAMNOTOPTIONAL", "Automation: a required argument is missing")

enum pac_status {
#define PAC_STATUS_ENUMERATOR(name, hresult, word, text) PAC_STATUS_##name,
  PAC_STATUS_MAP(PAC_STATUS_ENUMERATOR)
#undef PAC_STATUS_ENUMERATOR
  PAC_STATUS_COUNT
};

/* Profiles -------------------------------------------------------------------------------------------------------- */

/* How the two disputed codes are read: either but one dialect throughout; the page's; the headers'. */
#define PAC_PROFILE_MAP(X) X(PUBLISHED, "published") X(PAGE, "page") X(HEADER, "header")

enum pac_profile {
#define PAC_PROFILE_ENUMERATOR(name, word) PAC_PROFILE_##name,
  PAC_PROFILE_MAP(PAC_PROFILE_ENUMERATOR)
#undef PAC_PROFILE_ENUMERATOR
};

const char *pac_profile_word(enum pac_profile profile);
enum pac_result pac_profile_find(const char *word, enum pac_profile *profile);

/**
 * The HRESULT of a status in the dialect of a profile. The page's dialect has 0x8004100A for ILLEGAL_NULL and 0x80041014
 * for INVALID_OBJECT, the header's 0x80041028 and 0x8004100F; every other code is the same in both. `published` gives the
 * page's, as an implementation that is free to choose may.
 */
pac_hresult pac_status_hresult(enum pac_status status, enum pac_profile profile);

/**
 * Prints a code for a reader: `wbemErrNotFound (0x80041002)`, `0x8007000E` for one that is not published. As snprintf.
 *
 * The values that the page prints for two names are printed with both: `0x8004100A (page: wbemErrIllegalNull, header:
 * wbemErrCriticalError)`.
 */
size_t pac_hresult_print(pac_hresult code, char *buffer, size_t size);

/** The scripting name of a status, such as "wbemErrNotFound". */
const char *pac_status_word(enum pac_status status);
/** The condition of a status, a sentence part. */
const char *pac_status_text(enum pac_status status);
/** Finds a status by its scripting name. Errors: PAC_RESULT_NOT_FOUND. */
enum pac_result pac_status_find(const char *word, enum pac_status *status);
/** Finds the status with this HRESULT in the header's dialect. Errors: PAC_RESULT_NOT_FOUND. */
enum pac_result pac_status_of_hresult(pac_hresult code, enum pac_status *status);
/** True when a code may be given at all (C-360): it is that of a status, or one of the system or the transport. */
bool pac_hresult_is_published(pac_hresult code);

/* Flags ----------------------------------------------------------------------------------------------------------- */

/* enumerator, bits, name in the scripting enumerations. Zero-valued names are axes' defaults: see struct pac_flag_axes. */
#define PAC_FLAG_MAP(X)                                                \
  X(UPDATE_ONLY, 0x00000001u, "wbemChangeFlagUpdateOnly")              \
  X(CREATE_ONLY, 0x00000002u, "wbemChangeFlagCreateOnly")              \
  X(RETURN_IMMEDIATELY, 0x00000010u, "wbemFlagReturnImmediately")      \
  X(UPDATE_SAFE, 0x00000020u, "wbemChangeFlagUpdateSafeMode")          \
  X(UPDATE_FORCE, 0x00000040u, "wbemChangeFlagUpdateForceMode")        \
  X(SEND_STATUS, 0x00000080u, "wbemFlagSendStatus")                    \
  X(ENSURE_LOCATABLE, 0x00000100u, "wbemFlagEnsureLocatable")          \
  X(DIRECT_READ, 0x00000200u, "wbemFlagDirectRead")                    \
  X(OWNER_UPDATE, 0x00010000u, "wbemChangeFlagAdvisory")               \
  X(AMENDED, 0x00020000u, "wbemFlagUseAmendedQualifiers")              \
  X(STRONG_VALIDATION, 0x00100000u, "wbemFlagStrongValidation")

enum pac_flag {
#define PAC_FLAG_ENUMERATOR(name, bits, word) PAC_FLAG_##name = (int)(bits),
  PAC_FLAG_MAP(PAC_FLAG_ENUMERATOR)
#undef PAC_FLAG_ENUMERATOR
};

enum pac_create_mode { PAC_CREATE_OR_UPDATE, PAC_UPDATE_ONLY, PAC_CREATE_ONLY };
enum pac_update_mode { PAC_UPDATE_COMPATIBLE, PAC_UPDATE_SAFE, PAC_UPDATE_FORCE };
enum pac_return_mode { PAC_RETURN_WHEN_COMPLETE, PAC_RETURN_IMMEDIATELY };

/** Flags by axis: three names of the page share the value 0, so a case says which of them it means. */
struct pac_flag_axes {
  enum pac_create_mode create;
  enum pac_update_mode update;
  enum pac_return_mode returning;
  bool is_amended;
  uint32_t other_bits; /* added as they are */
};

/** The value to pass as flags. */
uint32_t pac_flags_combine(const struct pac_flag_axes *axes);

/** Prints flags for a reader: `0x21 (wbemChangeFlagUpdateOnly | wbemChangeFlagUpdateSafeMode)`. As snprintf. */
size_t pac_flags_print(uint32_t flags, char *buffer, size_t size);

/* Events ---------------------------------------------------------------------------------------------------------- */

/* enumerator, event number, name. Source: section 5.1. */
#define PAC_EVENT_MAP(X)              \
  X(OBJECT_READY, 1, "OnObjectReady") \
  X(COMPLETED, 2, "OnCompleted")      \
  X(PROGRESS, 3, "OnProgress")        \
  X(OBJECT_PUT, 4, "OnObjectPut")

enum pac_event_kind {
#define PAC_EVENT_ENUMERATOR(name, number, word) PAC_EVENT_##name = (number),
  PAC_EVENT_MAP(PAC_EVENT_ENUMERATOR)
#undef PAC_EVENT_ENUMERATOR
};

const char *pac_event_word(enum pac_event_kind kind);

/* Rights ---------------------------------------------------------------------------------------------------------- */

/* enumerator, access mask bit, what a put needs it for. Source: section 7. */
#define PAC_RIGHT_MAP(X)                                                         \
  X(ENABLE, 0x01, "any call")                                                    \
  X(METHOD_EXECUTE, 0x02, "not for puts")                                        \
  X(FULL_WRITE, 0x04, "static classes; static instances below a system class")   \
  X(PARTIAL_WRITE, 0x08, "other static instances")                               \
  X(PROVIDER_WRITE, 0x10, "dynamic classes and instances")                       \
  X(REMOTE_ENABLE, 0x20, "any call through the protocol")

enum pac_right {
#define PAC_RIGHT_ENUMERATOR(name, bit, text) PAC_RIGHT_##name = (bit),
  PAC_RIGHT_MAP(PAC_RIGHT_ENUMERATOR)
#undef PAC_RIGHT_ENUMERATOR
  PAC_RIGHTS_NONE = 0x00,
  PAC_RIGHTS_READ = 0x21,
  PAC_RIGHTS_ALL = 0x3f,
};

/* Context names ---------------------------------------------------------------------------------------------------- */

/* Names of the provider context that WMI itself defines. Source: section 6.3. */
#define PAC_CONTEXT_PUT_EXTENSIONS "__PUT_EXTENSIONS"
#define PAC_CONTEXT_PUT_EXT_CLIENT_REQUEST "__PUT_EXT_CLIENT_REQUEST"
#define PAC_CONTEXT_PUT_EXT_PROPERTIES "__PUT_EXT_PROPERTIES"
#define PAC_CONTEXT_PUT_EXT_STRICT_NULLS "__PUT_EXT_STRICT_NULLS"
#define PAC_CONTEXT_PUT_EXT_ATOMIC "__PUT_EXT_ATOMIC"
#define PAC_CONTEXT_PROVIDER_ARCHITECTURE "__ProviderArchitecture"
#define PAC_CONTEXT_REQUIRED_ARCHITECTURE "__RequiredArchitecture"
#define PAC_CONTEXT_CORRELATION_ID "__CorrelationId"

#ifdef __cplusplus
}
#endif
#endif
