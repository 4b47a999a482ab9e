// SPDX-License-Identifier: ISC
#include "nearest.h"

#include <stdint.h>
#include <string.h>

#define LONGEST 64u // a longer word is no typing error of a name

static unsigned
min_of(unsigned a, unsigned b)
{
  return a < b ? a : b;
}

static char
lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int
same(char a, char b)
{
  return lower(a) == lower(b);
}

// Damerau-Levenshtein with swaps of neighbours, three rows, case ignored.
static unsigned
distance(const char* a, size_t n_a, const char* b, size_t n_b)
{
  unsigned rows[3][LONGEST + 1];
  unsigned* before = rows[0];
  unsigned* last = rows[1];
  unsigned* row = rows[2];

  for (size_t j = 0; j <= n_b; ++j) {
    last[j] = (unsigned)j;
    before[j] = 0;
  }
  for (size_t i = 1; i <= n_a; ++i) {
    row[0] = (unsigned)i;
    for (size_t j = 1; j <= n_b; ++j) {
      const unsigned wrong = last[j - 1] + !same(a[i - 1], b[j - 1]);
      row[j] = min_of(wrong, min_of(last[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
          same(a[i - 2], b[j - 1])) {
        row[j] = min_of(row[j], before[j - 2] + 1);
      }
    }
    unsigned* const spare = before;
    before = last;
    last = row;
    row = spare;
  }
  return last[n_b];
}

const char*
rill_nearest(const char* word, const char* const* words, size_t n_words)
{
  const size_t n = strlen(word);
  const unsigned limit = n < 6 ? 1u : (unsigned)(n / 3);
  const char* best = NULL;
  unsigned best_score = UINT32_MAX;

  if (!n || n > LONGEST) {
    return NULL;
  }
  for (size_t i = 0; i < n_words; ++i) {
    const size_t n_name = words[i] ? strlen(words[i]) : 0;
    if (!n_name || n_name > LONGEST) {
      continue;
    }
    const unsigned d = distance(word, n, words[i], n_name);
    if (d > limit || (d && d >= min_of((unsigned)n, (unsigned)n_name))) {
      continue; // too far, or not one letter in common
    }
    // Right letters in the wrong case are nearer than any wrong letter.
    const unsigned score = 2 * d + (d == 0 && strcmp(word, words[i]) != 0);
    if (score < best_score) {
      best_score = score;
      best = words[i];
    }
  }
  return best;
}
