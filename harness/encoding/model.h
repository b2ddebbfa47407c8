/* SPDX-License-Identifier: Apache-2.0 */
/** Making objects of the model from the wire tree. */
#ifndef PACHECK_ENCODING_MODEL_H
#define PACHECK_ENCODING_MODEL_H

#include "encoding/decoder.h"
#include "encoding/wire.h"
#include "object/object_internal.h"

/**
 * Fills `object`, which is new, from the tree. Text and elements are shared with decoder->texts, which has to be the
 * object's arena.
 *
 * Errors  PAC_RESULT_NO_MEMORY; PAC_RESULT_LIMIT: one of object.h, or V-131.
 */
enum pac_result pac_model_fill(struct decoder *decoder, const struct wire_object *wire, struct pac_object *object);

/** Makes an object in decoder->texts from the tree. Errors: as pac_model_fill. */
enum pac_result pac_model_make(struct decoder *decoder, const struct wire_object *wire, struct pac_object **given);

/** The value of the model; objects in it are made in decoder->texts. Errors: as pac_model_fill. */
enum pac_result pac_model_value(struct decoder *decoder, const struct wire_value *wire, struct pac_value *value);

#endif
