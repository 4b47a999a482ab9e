// SPDX-License-Identifier: ISC
#include "png_file.h"

#include <rill/status.h>

#include <png.h>

// Few colours that repeat: filters only hide that, and more effort finds little.
enum { COMPRESSION = 3 };

/// What a picture is written with.
struct writer {
  const struct canvas* canvas;
  const struct png_sink* sink;
  int32_t status;
};

// The library knows no other way out of its calls.
static void
give_up(png_structp png, png_const_charp text)
{
  (void)text;
  png_longjmp(png, 1);
}

static void
ignore(png_structp png, png_const_charp text)
{
  (void)png;
  (void)text;
}

static void
write_bytes(png_structp png, png_bytep data, size_t n_bytes)
{
  struct writer* const w = png_get_io_ptr(png);
  w->status = w->sink->write(w->sink->arg, data, n_bytes);
  if (w->status < 0) {
    png_error(png, "the sink failed");
  }
}

static void
flush(png_structp png)
{
  (void)png;
}

static void
write_all(png_structp png, png_infop info, const struct canvas* c)
{
  png_set_IHDR(png, info, (png_uint_32)c->width, (png_uint_32)c->height, 8,
               PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
               PNG_FILTER_TYPE_BASE);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_compression_level(png, COMPRESSION);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_write_info(png, info);
  for (int y = 0; y < c->height; ++y) {
    png_write_row(png, c->pixels + (size_t)y * (size_t)c->width * 3);
  }
  png_write_end(png, NULL);
}

// No local changes between setjmp and a jump back.
static int
write_guarded(png_structp png, png_infop info, struct writer* w)
{
  if (setjmp(png_jmpbuf(png))) {
    return 0;
  }
  png_set_write_fn(png, w, write_bytes, flush);
  write_all(png, info, w->canvas);
  return 1;
}

int32_t
png_file_write(const struct canvas* canvas, const struct png_sink* sink)
{
  struct writer w = { canvas, sink, RILL_OK };
  png_structp png =
    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  const int is_done = info && write_guarded(png, info, &w);
  png_destroy_write_struct(&png, &info);
  return w.status < 0 ? w.status : is_done ? RILL_OK : RILL_ERR_NO_MEMORY;
}
