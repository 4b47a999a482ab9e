// SPDX-License-Identifier: ISC
// Numbers of JSON from text, exactly, whatever the locale.
#ifndef JSON_SHIM_NUMBER_PARSE_H
#define JSON_SHIM_NUMBER_PARSE_H

#include <stdint.h>

/// What a number's text says: digits * 10^exponent, rounded down when is_cut
/// (more than 19 digits). The text is kept for what 19 digits do not decide.
struct decimal {
  const char* begin; // at the sign, if there is one
  const char* end;
  uint64_t digits;
  int32_t exponent; // within +-2^30, far beyond any float
  uint8_t is_negative;
  uint8_t is_cut;
};

/// Reads one number of the JSON grammar, as far as it goes. Gives its end, or
/// null: no NaN, no Infinity, no leading zero, no plus, digits on both sides
/// of a point. Nothing is read at *end* or behind it.
const char*
number_scan(const char* at, const char* end, struct decimal* out);

/// The float that is nearest to the number, ties to even: not the nearest to
/// a double on the way. Gives 0 and leaves *out* alone when that is beyond
/// the largest float.
int
number_to_f32(const struct decimal* number, float* out);

/// The whole number that it is, 2.50e2 too. Gives 0 and leaves *out* alone
/// when it is not whole, or outside lo .. hi.
int
number_to_i32(const struct decimal* number, int32_t lo, int32_t hi, int32_t* out);

/// Whether a double can hold it: 1e999 is beyond what readers of JSON take.
int
number_is_finite(const struct decimal* number);

#endif
