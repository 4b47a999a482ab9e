// SPDX-License-Identifier: ISC
// Did you mean ...? The name that a mistyped word most likely stands for.
#ifndef RILL_HARNESS_NEAREST_H
#define RILL_HARNESS_NEAREST_H

#include <stddef.h>

/// The one of *n_words* names that is closest to *word*, or null when none is
/// close: more than a third of the letters differ (one may always differ). A
/// missing, extra or wrong letter and two swapped neighbours count one each;
/// case counts less than a letter. The first wins a tie. Null names are
/// skipped. The result is one of *words*. [T, RT]
const char*
rill_nearest(const char* word, const char* const* words, size_t n_words);

#endif
