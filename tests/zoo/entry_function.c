// SPDX-License-Identifier: ISC
// Exports a function with the name of the entry.

__attribute__((visibility("default"))) int
rill_entry_v1(void);

int
rill_entry_v1(void)
{
  return 0;
}
