// SPDX-License-Identifier: ISC
#include "plan/formats.h"
#include "plan/plan.h"

#include <stdio.h>
#include <string.h>

static const char* const encoding_names[] = {
  [RILL_ENC_U8] = "u8",
  [RILL_ENC_S16] = "s16",
  [RILL_ENC_S24] = "s24",
  [RILL_ENC_S32] = "s32",
  [RILL_ENC_F32] = "f32",
  [RILL_ENC_F64] = "f64",
  [RILL_ENC_S8] = "s8",
  [RILL_ENC_S64] = "s64",
  [RILL_ENC_F16] = "f16",
  [RILL_ENC_GRAY8] = "gray8",
  [RILL_ENC_YUV420P8] = "yuv420p8",
  [RILL_ENC_YUV422P8] = "yuv422p8",
  [RILL_ENC_YUV444P8] = "yuv444p8",
  [RILL_ENC_YUV420P10] = "yuv420p10",
  [RILL_ENC_YUV422P10] = "yuv422p10",
  [RILL_ENC_YUV444P10] = "yuv444p10",
  [RILL_ENC_RGB24] = "rgb24",
  [RILL_ENC_RGBA32] = "rgba32",
};
static const uint32_t n_encodings =
  sizeof encoding_names / sizeof encoding_names[0];

static const char* const kind_names[] = {
  [RILL_KIND_NONE] = "nothing", [RILL_KIND_AUDIO] = "audio",
  [RILL_KIND_VIDEO] = "video",  [RILL_KIND_TENSOR] = "tensor",
  [RILL_KIND_TEXT] = "text",    [RILL_KIND_JSON] = "json",
  [RILL_KIND_BYTES] = "bytes",  [RILL_KIND_CUSTOM] = "custom",
};

const char*
encoding_name(uint32_t encoding)
{
  const char* const name =
    encoding < n_encodings ? encoding_names[encoding] : NULL;
  return name ? name : "?";
}

uint32_t
encoding_find(const char* name)
{
  for (uint32_t i = 0; i < n_encodings; ++i) {
    if (encoding_names[i] && !strcmp(encoding_names[i], name)) {
      return i;
    }
  }
  return RILL_ENC_NONE;
}

uint32_t
encoding_bits(uint32_t encoding)
{
  switch (encoding) {
    case RILL_ENC_U8:
    case RILL_ENC_S8: return 8;
    case RILL_ENC_F16: return 11;
    case RILL_ENC_S16: return 16;
    case RILL_ENC_S24:
    case RILL_ENC_F32: return 24;
    case RILL_ENC_S32: return 32;
    case RILL_ENC_F64: return 53;
    case RILL_ENC_S64: return 64;
    default: return 0;
  }
}

const char*
packing_name(uint32_t packing)
{
  return packing == RILL_PLANAR ? "planar" : "interleaved";
}

uint32_t
packing_find(const char* name)
{
  return !strcmp(name, "planar")        ? RILL_PLANAR
         : !strcmp(name, "interleaved") ? RILL_INTERLEAVED
                                        : UINT32_MAX;
}

static const char*
kind_name(uint32_t kind)
{
  return kind <= RILL_KIND_CUSTOM ? kind_names[kind] : "?";
}

static void
print_shape(const struct rill_format* f, struct text* out)
{
  text_add(out, " [");
  for (uint32_t i = 0; i < f->rank && i < RILL_MAX_RANK; ++i) {
    text_add(out, "%s%u", i ? ", " : "", f->shape[i]);
  }
  text_add(out, "]");
}

// Audio speaks of Hz; rows and pictures come so many a second. Rates that are
// not whole are rounded: "86.13/s".
static void
print_rate(const struct rill_format* f, struct text* out)
{
  const char* const unit = f->kind == RILL_KIND_AUDIO ? " Hz" : "/s";
  const uint32_t den = f->rate_den ? f->rate_den : 1;
  if (!f->rate) {
    return;
  }
  text_add(out, " %u", f->rate / den);
  if (f->rate % den) {
    text_add(out, ".%02u", (uint32_t)((uint64_t)(f->rate % den) * 100 / den));
  }
  text_add(out, "%s", unit);
}

static void
print(const struct rill_format* f, struct text* out)
{
  switch (f->kind) {
    case RILL_KIND_AUDIO:
      text_add(out, "%s %s %uch", encoding_name(f->encoding),
               packing_name(f->packing), f->channels);
      break;
    case RILL_KIND_VIDEO:
      text_add(out, "video %s %ux%u", encoding_name(f->encoding), f->width,
               f->height);
      break;
    case RILL_KIND_TENSOR:
      text_add(out, "tensor %s", encoding_name(f->encoding));
      print_shape(f, out);
      break;
    case RILL_KIND_CUSTOM:
      text_add(out, "custom %s", f->uri ? f->uri : "?");
      break;
    default: text_add(out, "%s", kind_name(f->kind));
  }
  print_rate(f, out);
}

void
format_print(const struct rill_format* format, char* out, size_t n_bytes)
{
  struct text text = { 0 };
  print(format, &text);
  snprintf(out, n_bytes, "%s", text_get(&text));
  text_fini(&text);
}

static void
print_value(uint32_t field, uint32_t value, struct text* out)
{
  switch (field) {
    case RILL_FIELD_ENCODING: text_add(out, "%s", encoding_name(value)); break;
    case RILL_FIELD_PACKING: text_add(out, "%s", packing_name(value)); break;
    default: text_add(out, "%u", value);
  }
}

static void
print_interval(uint32_t field, struct interval at, struct text* out)
{
  print_value(field, at.low, out);
  if (at.high == UINT32_MAX) {
    text_add(out, " and up");
  } else if (at.high != at.low) {
    text_add(out, "..");
    print_value(field, at.high, out);
  }
}

// Numbers with a choice stand in brackets: "[8000, 16000] Hz".
static void
print_numbers(uint32_t field, const struct numbers* set, struct text* out)
{
  const int is_choice =
    set->n != 1 || set->at[0].low != set->at[0].high;
  text_add(out, is_choice ? " [" : " ");
  for (uint32_t i = 0; i < set->n; ++i) {
    text_add(out, i ? ", " : "");
    print_interval(field, set->at[i], out);
  }
  text_add(out, is_choice ? "]" : "");
}

// Of all kinds only the rate can be told.
static void
print_anything(const struct format_set* set, struct text* out)
{
  const struct numbers* const rate = &set->fields[RILL_FIELD_RATE - 1];
  text_add(out, "anything");
  if (!numbers_is_all(rate)) {
    text_add(out, " at");
    print_numbers(RILL_FIELD_RATE, rate, out);
    text_add(out, "/s");
  }
}

static void
print_set(const struct format_set* set, struct text* out)
{
  static const struct {
    uint32_t field;
    const char* unit;
  } shown[] = {
    { RILL_FIELD_ENCODING, "" },   { RILL_FIELD_PACKING, "" },
    { RILL_FIELD_CHANNELS, "ch" }, { RILL_FIELD_WIDTH, " wide" },
    { RILL_FIELD_HEIGHT, " high" }, { RILL_FIELD_RANK, " dimensions" },
    { RILL_FIELD_RATE, NULL },
  };
  const int is_audio = set->kind == RILL_KIND_AUDIO;
  int is_free = 1;
  struct text fields = { 0 };

  for (size_t i = 0; i < sizeof shown / sizeof shown[0]; ++i) {
    const uint32_t field = shown[i].field;
    const struct numbers* const numbers = &set->fields[field - 1];
    if (format_has_field(set->kind, field) && !numbers_is_all(numbers)) {
      print_numbers(field, numbers, &fields);
      text_add(&fields, "%s", shown[i].unit ? shown[i].unit
                              : is_audio    ? " Hz"
                                            : "/s");
      is_free = 0;
    }
  }
  if (set->kind == RILL_KIND_NONE) {
    print_anything(set, out);
  } else if (is_free) {
    text_add(out, "any %s", kind_name(set->kind));
  } else {
    text_add(out, "%s%s", is_audio ? "audio" : kind_name(set->kind),
             text_get(&fields));
  }
  if (set->kind == RILL_KIND_CUSTOM && set->uri) {
    text_add(out, " %s", set->uri);
  }
  text_fini(&fields);
}

void
format_sets_print(const struct format_sets* sets, struct text* out)
{
  if (!sets->n) {
    text_add(out, "nothing that fits its other ports");
  }
  for (uint32_t i = 0; i < sets->n; ++i) {
    text_add(out, i ? " or " : "");
    print_set(&sets->at[i], out);
  }
}
