// SPDX-License-Identifier: ISC
// Exports an entry that is too small to be one.

extern __attribute__((visibility("default"))) const int rill_entry_v1;
const int rill_entry_v1 = 1;
