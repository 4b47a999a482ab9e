// SPDX-License-Identifier: ISC
// Texts that were right, changed at random: as jansson says, so say we. The
// seed is fixed; RILL_MUTANTS=10000000 in the environment tries so many.
#include "test_document.h"
#include "tests/suite.h"

#include <stdio.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

enum { SEED = 20261122, SHORT_RUN = 60000, ROOM = 2048 };

static const char* const seeds[] = {
  "{\"data\":[0.5,-0.25,3.0517578e-5,1,-0.0],\"sample_rate\":16000,\"channels\":1,"
  "\"format\":\"F32\"}",
  "{\"format\":\"I16\",\"channels\":2,\"data\":[1,-2,32767,-32768],\"sample_rate\":44100}",
  "{\"sample_rate\":8000,\"data\":[2147483647,-2147483648],\"format\":\"I32\"}",
  "{\"outputs\":[{\"data\":[0.123456789,0.1234567890123456789],\"sample_rate\":8000},"
  "\"text\",[1,2,[3]],7,null]}",
  "{\"base64\":\"AAAAPwAAoL8=\",\"sample_rate\":16000}",
  "{\"outputs\" : [ ] , \"error\" : \"a \\\"b\\\" \\u00e9\\ud83c\\udfb5\" }",
  "[1e308,1.7976931348623157e308,1e-400,123456789012345678901234567890,0.0]",
  "[1,2,null,true,false,\"x\",{\"a\":[]},[[1],[2,[3.5]]]]",
  "{\"a\":{\"data\":[ 1 ,\t2 ,\r\n3 ]},\"b\":[16777217.0000000000000000000001,1e38,3e38]}",
};

static const char* const words[] = {
  "[", "]", "{", "}", ",", ":", "\"", "\\", "-", "+", ".", "e", "E", "0", "00", "1", "9",
  " ", "\n", "\t", "1e999", "-1e999", "3.5e38", "1e-50", "NaN", "Infinity", "null", "true",
  "false", "nul", "\\u0000", "\\ud800", "\\udc00", "\\n", "\xff", "\xc3\xa9", "\xed\xa0\x80",
  "\xef\xbb\xbf", "\"data\":", "\"base64\":\"AAAA\"", "\"outputs\":[", "\"sample_rate\":1",
  "12345678901234567890", "0.000000000000000000000000000001", "[]", "{}", "[1]", "AAAA", "=",
  "99999999999999999999999999999999999999", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\"\"",
};

static uint32_t
next_random(uint64_t* state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 32);
}

struct mutant {
  char text[ROOM];
  size_t n;
};

// Takes *n_out* bytes out at *at* and puts *n_in* in their place.
static void
replace(struct mutant* m, size_t at, size_t n_out, const char* in, size_t n_in)
{
  if (at + n_out > m->n || m->n - n_out + n_in > ROOM) {
    return;
  }
  char copy[ROOM];
  memcpy(copy, in, n_in); // it may be a part of the text
  memmove(m->text + at + n_in, m->text + at + n_out, m->n - at - n_out);
  memcpy(m->text + at, copy, n_in);
  m->n += n_in - n_out;
}

static void
change(struct mutant* m, uint64_t* state)
{
  const size_t at = next_random(state) % (m->n + 1);
  const size_t n_left = m->n - at;
  const size_t n = n_left ? 1 + next_random(state) % (n_left < 16 ? n_left : 16) : 0;
  const char* const word = words[next_random(state) % COUNT(words)];
  const char byte = (char)next_random(state);
  switch (next_random(state) % 6) {
    case 0: replace(m, at, 0, word, strlen(word)); break;
    case 1: replace(m, at, n, word, strlen(word)); break;
    case 2: replace(m, at, n, "", 0); break;
    case 3: replace(m, at, n ? 1 : 0, &byte, 1); break;
    case 4: replace(m, next_random(state) % (m->n + 1), 0, m->text + at, n); break;
    default: replace(m, at, n ? 1 : 0, word, 1); break;
  }
}

START_TEST(what_jansson_takes_is_taken_and_nothing_else)
{
  const char* const wanted = getenv("RILL_MUTANTS");
  const int n_runs = (wanted ? atoi(wanted) : SHORT_RUN) / (int)COUNT(seeds);
  uint64_t state = SEED + (uint64_t)_i;
  struct mutant m;
  for (int i = 0; i < n_runs; ++i) {
    m.n = strlen(seeds[_i]);
    memcpy(m.text, seeds[_i], m.n);
    for (uint32_t k = next_random(&state) % 4; k < 4; ++k) {
      change(&m, &state);
    }
    char* const exact = (char*)malloc(m.n ? m.n : 1);
    memcpy(exact, m.text, m.n);
    const char* const wrong = check_document(exact, m.n);
    ck_assert_msg(!wrong, "seed %d, run %d, %s: %.*s", SEED, i, wrong, (int)m.n, m.text);
    free(exact);
  }
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, what_jansson_takes_is_taken_and_nothing_else, 0, COUNT(seeds));
}

int
main(void)
{
  return suite_run("mutants", 600, add);
}
