// SPDX-License-Identifier: ISC
#include "base64.h"

static const char letters[] =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The place of a letter, from 1; 0 for what is none.
static const uint8_t places[256] = {
  ['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6, ['G'] = 7, ['H'] = 8,
  ['I'] = 9, ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
  ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
  ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
  ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
  ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
  ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
  ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};

// Six bits, or all bits for what is no letter.
static inline uint32_t
value_of(char letter)
{
  return places[(unsigned char)letter] - 1u;
}

// Four letters as 24 bits; above these, a bit is set when one is none.
static inline uint32_t
group_of(const char* text)
{
  return value_of(text[0]) << 18 | value_of(text[1]) << 12 | value_of(text[2]) << 6 |
         value_of(text[3]);
}

static void
put_group(char* to, uint32_t bits)
{
  to[0] = letters[bits >> 18];
  to[1] = letters[bits >> 12 & 63];
  to[2] = letters[bits >> 6 & 63];
  to[3] = letters[bits & 63];
}

char*
base64_encode(char* to, const void* bytes, size_t n)
{
  const uint8_t* at = (const uint8_t*)bytes;
  for (; n >= 3; n -= 3, at += 3, to += 4) {
    put_group(to, (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2]);
  }
  if (n) {
    put_group(to, (uint32_t)at[0] << 16 | (n > 1 ? (uint32_t)at[1] << 8 : 0));
    to[3] = '=';
    to[2] = n > 1 ? to[2] : '=';
    to += 4;
  }
  return to;
}

static size_t
n_padding(const char* text, size_t n)
{
  return n && text[n - 1] == '=' ? 1 + (text[n - 2] == '=') : 0;
}

int64_t
base64_bytes(const char* text, size_t n)
{
  return n % 4 ? -1 : (int64_t)(n / 4 * 3 - n_padding(text, n));
}

// The first of four that is no letter.
static const char*
culprit(const char* text)
{
  while (value_of(*text) < 64) {
    ++text;
  }
  return text;
}

static const char*
decode_last(uint8_t* to, const char* text, size_t n_pad)
{
  const char padded[4] = { text[0], text[1], n_pad > 1 ? 'A' : text[2], 'A' };
  const uint32_t bits = group_of(padded);
  if (bits >> 24) {
    return text + (culprit(padded) - padded);
  }
  if (bits & (n_pad > 1 ? 0xffff : 0xff)) {
    return text + 3 - n_pad; // says more than the bytes can hold
  }
  to[0] = (uint8_t)(bits >> 16);
  if (n_pad == 1) {
    to[1] = (uint8_t)(bits >> 8);
  }
  return NULL;
}

const char*
base64_decode(void* to, const char* text, size_t n)
{
  uint8_t* out = (uint8_t*)to;
  const size_t n_pad = n % 4 ? 0 : n_padding(text, n);
  const char* const end = text + n / 4 * 4 - (n_pad ? 4 : 0);
  for (; text < end; text += 4, out += 3) {
    const uint32_t bits = group_of(text);
    if (bits >> 24) {
      return culprit(text);
    }
    out[0] = (uint8_t)(bits >> 16);
    out[1] = (uint8_t)(bits >> 8);
    out[2] = (uint8_t)bits;
  }
  if (n % 4) {
    return text;
  }
  return n_pad ? decode_last(out, text, n_pad) : NULL;
}

int
base64_is_text(const char* text, size_t n)
{
  size_t n_letters = 0;
  while (n_letters < n && places[(unsigned char)text[n_letters]]) {
    ++n_letters;
  }
  const size_t n_pad = n - n_letters;
  return n_pad <= 2 && (n_pad == 0 || text[n - 1] == '=') &&
         (n_pad < 2 || text[n - 2] == '=');
}
