// SPDX-License-Identifier: ISC
// The header of a .npy file, after NumPy's description of the format (numpy
// enhancement proposal 1): magic, version, length, a Python dictionary, padded
// to a multiple of 64 bytes. The number of rows is padded too, so that a header
// that was written before the rows can be written again over itself.
#ifndef TENSOR_WRITE_NPY_H
#define TENSOR_WRITE_NPY_H

#include <rill/rill.h>

enum { NPY_HEADER_BYTES = 256 };

/// Fills NPY_HEADER_BYTES bytes for *n_rows* rows of *format*. 0, or -1 for an
/// encoding that NumPy has no name for.
int
npy_header(const struct rill_format* format, uint64_t n_rows, char* out);

#endif
