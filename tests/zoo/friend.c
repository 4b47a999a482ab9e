// SPDX-License-Identifier: ISC
// The library that with_friend brings along.
int
zoo_friend(void);

__attribute__((visibility("default"))) int
zoo_friend(void)
{
  return 42;
}
