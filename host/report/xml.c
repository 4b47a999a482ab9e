// SPDX-License-Identifier: ISC
#include "report/xml.h"

void
xml_put(const char* text, FILE* to)
{
  for (const char* c = text; *c; ++c) {
    switch (*c) {
      case '<': fputs("&lt;", to); break;
      case '>': fputs("&gt;", to); break;
      case '&': fputs("&amp;", to); break;
      case '"': fputs("&quot;", to); break;
      default: fputc((unsigned char)*c < 0x20 ? ' ' : *c, to);
    }
  }
}
