// SPDX-License-Identifier: ISC
// The program `rill`: words in, exit code out.
int
main(void)
{
  return 0;
}
