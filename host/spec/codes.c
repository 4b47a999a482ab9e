// SPDX-License-Identifier: ISC
#include "spec/codes.h"

#include <stddef.h>
#include <string.h>

#define CODE_DEFINE(number, name, meaning) const char code_##name[] = #number;
CODE_LIST(CODE_DEFINE)
#undef CODE_DEFINE

static const struct code table[] = {
#define CODE_ROW(number, name, meaning) { #number, #name, meaning },
  CODE_LIST(CODE_ROW)
#undef CODE_ROW
};

const struct code*
code_at(unsigned index)
{
  return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}

const struct code*
code_find(const char* number)
{
  for (unsigned i = 0; i < sizeof table / sizeof table[0]; ++i) {
    if (!strcmp(table[i].number, number)) {
      return &table[i];
    }
  }
  return NULL;
}
