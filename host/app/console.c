// SPDX-License-Identifier: ISC
#include "app/console.h"

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
