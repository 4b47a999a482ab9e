// SPDX-License-Identifier: ISC
// Changes the locale of the whole process.
#include <locale.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  setlocale(LC_ALL, "C.UTF-8");
}

RILL_PLUGIN(&zoo);
