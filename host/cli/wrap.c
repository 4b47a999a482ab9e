// SPDX-License-Identifier: ISC
#include "cli/wrap.h"

#include <string.h>

void
wrap_print(FILE* to, const char* text, int indent, int column)
{
  int at = column;
  int is_first = 1;
  while (*text) {
    const int n = (int)strcspn(text, " \n");
    if (!is_first && at + 1 + n > WRAP_COLUMNS) {
      fprintf(to, "\n%*s", indent, "");
      at = indent;
      is_first = 1;
    }
    fprintf(to, "%s%.*s", is_first ? "" : " ", n, text);
    at += n + !is_first;
    is_first = 0;
    text += n;
    if (*text == '\n') {
      fprintf(to, "\n%*s", text[1] && text[1] != '\n' ? indent : 0, "");
      at = indent;
      is_first = 1;
    }
    text += *text != '\0';
  }
  fputc('\n', to);
}
