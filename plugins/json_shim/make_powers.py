# SPDX-License-Identifier: ISC
"""Prints the table of powers_of_ten.c: the first 64 bits of each power."""
LOW, HIGH = -65, 45


def first_bits(exponent):
    numerator = 10 ** max(exponent, 0)
    denominator = 10 ** max(-exponent, 0)
    shift = 63 - (exponent * 1741647 >> 19)  # floor(exponent * log2(10))
    bits = (numerator << 400 + shift) // denominator >> 400
    assert bits >> 63 == 1
    return bits


rows = [first_bits(e) for e in range(LOW, HIGH + 1)]
for i in range(0, len(rows), 4):
    print("  " + " ".join(f"0x{bits:016x}," for bits in rows[i:i + 4]))
