// SPDX-License-Identifier: ISC
// Has a symbol of the kind that C++ gives to inline variables: the loader
// keeps one for all, and its owner for ever.
#include "zoo.h"

__asm__(".data\n"
        ".globl zoo_unique\n"
        ".type zoo_unique, @gnu_unique_object\n"
        ".size zoo_unique, 4\n"
        "zoo_unique: .long 1\n"
        ".text\n");

extern int zoo_unique;

ZOO_AT_LOAD
{
  ++zoo_unique;
}

RILL_PLUGIN(&zoo);
