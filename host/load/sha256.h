// SPDX-License-Identifier: ISC
// SHA-256 (FIPS 180-4), the name of a plugin's content. Our own, because the
// smallest library that has it takes longer to load than all plugins of a
// usual graph, and a hundred lines with test vectors are no burden.
#ifndef LOAD_SHA256_H
#define LOAD_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_HEX = 2 * SHA256_BYTES + 1 };

void
sha256(const void* data, size_t n_bytes, uint8_t out[SHA256_BYTES]);

/// The same in lower-case hex.
void
sha256_hex(const void* data, size_t n_bytes, char out[SHA256_HEX]);

/// The plain C code, whatever the processor can do. Tests compare.
void
sha256_plain(const void* data, size_t n_bytes, uint8_t out[SHA256_BYTES]);

#endif
