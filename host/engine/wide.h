// SPDX-License-Identifier: ISC
// A position times a rate, which does not fit into 64 bits.
#ifndef ENGINE_WIDE_H
#define ENGINE_WIDE_H

__extension__ typedef __int128 wide;

#endif
