// SPDX-License-Identifier: ISC
#include "app/console.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
console_has_color(void)
{
  const char* const no_color = getenv("NO_COLOR");
  const char* const term = getenv("TERM");
  return isatty(STDERR_FILENO) && !(no_color && *no_color) && term &&
         strcmp(term, "dumb") != 0;
}

void
console_begin(struct console_text* text)
{
  *text = (struct console_text){ 0 };
  text->file = open_memstream(&text->data, &text->n);
}

void
console_end(struct console_text* text)
{
  if (text->file && !fclose(text->file)) {
    log_raw(text->data, text->n);
  }
  free(text->data); // open_memstream's own
}
