// SPDX-License-Identifier: ISC
// Exports nothing.

extern int zoo_other;
int zoo_other;
