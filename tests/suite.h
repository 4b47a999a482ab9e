// SPDX-License-Identifier: ISC
// The frame of every test program: one suite, run by Check.
#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

/// Runs what *add* puts into the case; the exit code of main.
static inline int
suite_run(const char* name, int timeout_seconds, void (*add)(TCase* tcase))
{
  Suite* const suite = suite_create(name);
  TCase* const tcase = tcase_create(name);
  tcase_set_timeout(tcase, timeout_seconds);
  add(tcase);
  suite_add_tcase(suite, tcase);
  SRunner* const runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  const int n_failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
