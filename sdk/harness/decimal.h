// SPDX-License-Identifier: ISC
// Decimal numbers as text, in any locale, without a rounding error more than
// the type needs.
#ifndef RILL_HARNESS_DECIMAL_H
#define RILL_HARNESS_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

/// The text of a number, split but not yet converted.
struct decimal {
  const char* text;     // where it starts: [-+]digits[.digits][e[-+]digits]
  size_t n_bytes;       // its length
  size_t n_digits;      // length without the exponent
  int32_t exponent;     // what follows the e, or 0
  uint32_t has_padding; // a zero in front of other digits
};

enum decimal_status {
  DECIMAL_OK = 0,
  DECIMAL_TOO_LARGE = 1,
  DECIMAL_TOO_SMALL = 2, // not zero, yet a double has only zero for it
  DECIMAL_FRACTION = 3   // not a whole number
};

/// Splits the number that *text* begins with; gives its length, 0 for none.
size_t
decimal_split(const char* text, struct decimal* out);

/// *d* * factor * 10^ten, rounded once.
enum decimal_status
decimal_to_double(const struct decimal* d,
                  uint32_t factor,
                  int32_t ten,
                  double* out);

/// The same as an exact whole number.
enum decimal_status
decimal_to_int(const struct decimal* d,
               uint32_t factor,
               int32_t ten,
               int64_t* out);

/// Prints *number* with *n_digits* significant digits, without an exponent
/// while that stays short. Gives the length; 64 bytes are always enough.
size_t
decimal_print(double number, int n_digits, char* out, size_t n_bytes);

#endif
