// SPDX-License-Identifier: ISC
#include "request.h"

#include "base64.h"

static int32_t
add_bytes(struct text* text, const struct rill_plane* plane, struct why* why)
{
  const size_t n = base64_text_bytes((size_t)plane->used);
  int32_t rc = text_add_string(text, "{\"base64\":\"");
  char* const room = rc < 0 ? NULL : text_room(text, n);
  if (!room) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory for a request");
  }
  base64_encode(room, plane->data, (size_t)plane->used);
  text->n += n;
  rc = text_add_string(text, "\"}");
  return rc < 0 ? why_set(why, rc, "out of memory for a request") : RILL_OK;
}

int32_t
request_add(struct text* text, const struct rill_buffer* buffer,
            enum value_coding coding, struct document* scratch,
            struct why* why)
{
  const struct rill_plane* const plane = &buffer->planes[0];
  const char* const bytes = (const char*)plane->data;
  const size_t n = (size_t)plane->used;
  switch (buffer->format->kind) {
    case RILL_KIND_AUDIO:
      return value_text_audio(text, buffer, 0, buffer->n_frames, coding, why);
    case RILL_KIND_TEXT: return value_text_string(text, bytes, n, why);
    case RILL_KIND_JSON: return value_text_json(text, bytes, n, scratch, why);
    case RILL_KIND_BYTES: return add_bytes(text, plane, why);
    default:
      return why_set(why, RILL_ERR_BAD_FORMAT,
                     "legacy nodes take audio, texts, JSON and bytes");
  }
}
