// SPDX-License-Identifier: ISC
#include "reply.h"

#include <jansson.h>

#include <string.h>

enum { SHOWN_BYTES = 80 };

const struct json_t*
reply_outputs(const struct document* doc)
{
  return json_object_get(doc->root, "outputs");
}

static int32_t
refuse_text(const struct span* text, const char* reason, struct why* why)
{
  const int is_long = text->n > SHOWN_BYTES;
  return why_set(why, RILL_ERR_CORRUPT, "the reply '%.*s%s' is not JSON: %s",
                 (int)(is_long ? SHOWN_BYTES : text->n), text->at,
                 is_long ? "..." : "", reason);
}

static int32_t
say_error(const struct document* doc, const struct json_t* error,
          struct why* why)
{
  return document_is_text(doc, error)
           ? why_set(why, RILL_ERR_FAILED, "%s", json_string_value(error))
           : why_set(why, RILL_ERR_CORRUPT,
                     "the reply's 'error' is no text");
}

int32_t
reply_read(struct document* doc, const struct span* text, struct why* why)
{
  struct why reason = { { 0 } };
  const int32_t rc = document_read(doc, text->at, text->n, &reason);
  if (rc == RILL_ERR_NO_MEMORY) {
    return why_set(why, rc, "out of memory for a reply");
  }
  if (rc < 0) {
    return refuse_text(text, reason.text, why);
  }
  if (!json_is_object(doc->root)) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "the reply is no object: {\"outputs\": [...]} is expected");
  }
  const struct json_t* const error = json_object_get(doc->root, "error");
  if (error && !json_is_null(error)) {
    return say_error(doc, error, why);
  }
  const struct json_t* const outputs = reply_outputs(doc);
  if (outputs && !json_is_array(outputs)) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "the reply's 'outputs' is no list of values");
  }
  return RILL_OK;
}
