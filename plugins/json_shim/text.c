// SPDX-License-Identifier: ISC
#include "text.h"

#include <rill/status.h>

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

char*
text_room(struct text* text, size_t n_more)
{
  if (text->at && text->room - text->n >= n_more) {
    return text->at + text->n;
  }
  if (n_more > SIZE_MAX / 4 || text->n > SIZE_MAX / 4) {
    return NULL;
  }
  size_t room = text->room > FIRST_ROOM ? text->room : FIRST_ROOM;
  while (room - text->n < n_more) {
    room *= 2;
  }
  char* const at = (char*)realloc(text->at, room);
  if (!at) {
    return NULL;
  }
  text->at = at;
  text->room = room;
  return at + text->n;
}

int32_t
text_add(struct text* text, const void* bytes, size_t n_bytes)
{
  char* const to = text_room(text, n_bytes);
  if (!to) {
    return RILL_ERR_NO_MEMORY;
  }
  if (n_bytes) {
    memcpy(to, bytes, n_bytes);
  }
  text->n += n_bytes;
  return RILL_OK;
}

int32_t
text_add_string(struct text* text, const char* string)
{
  return text_add(text, string, strlen(string));
}

void
text_free(struct text* text)
{
  free(text->at);
  *text = (struct text){ 0 };
}
