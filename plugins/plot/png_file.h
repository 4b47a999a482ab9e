// SPDX-License-Identifier: ISC
// A canvas as a PNG.
#ifndef PLOT_PNG_FILE_H
#define PLOT_PNG_FILE_H

#include "canvas.h"

#include <stddef.h>
#include <stdint.h>

/// Takes bytes in order; gives a status. One that fails gets no more.
struct png_sink {
  int32_t (*write)(void* arg, const void* data, size_t n_bytes);
  void* arg;
};

/// The status of the sink, or RILL_ERR_NO_MEMORY.
int32_t
png_file_write(const struct canvas* canvas, const struct png_sink* sink);

#endif
