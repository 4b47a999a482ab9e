// SPDX-License-Identifier: ISC
// Audio between a buffer and the text of a legacy value:
//   {"data":[interleaved numbers],"sample_rate":16000,"channels":1,
//    "format":"F32"}
// "F32" is f32, "I16" s16 and "I32" s32: n samples are n numbers. With base64,
// "data" is named "base64" and is a string: the samples, little-endian.
#ifndef JSON_SHIM_VALUE_TEXT_H
#define JSON_SHIM_VALUE_TEXT_H

#include "array_scan.h"
#include "document.h"
#include "text.h"
#include "why.h"

#include <rill/buffer.h>

#include <stddef.h>
#include <stdint.h>

enum value_coding {
  VALUE_NUMBERS = 0,
  VALUE_BASE64 = 1
};

/// Appends frames first .. first + n - 1 of an audio buffer (f32, s16 or s32,
/// planar or interleaved, any stride). A sample that is NaN or infinite has no
/// JSON: RILL_ERR_INPUT, and *why* names the frame of the stream and the channel.
int32_t
value_text_audio(struct text* text,
                 const struct rill_buffer* buffer,
                 uint32_t first,
                 uint32_t n_frames,
                 enum value_coding coding,
                 struct why* why);

/// Appends a string with its quotes. Invalid UTF-8 is RILL_ERR_INPUT.
int32_t
value_text_string(struct text* text, const char* bytes, size_t n, struct why* why);

/// Appends a JSON value that came from elsewhere: checked, and on one line.
/// *scratch* is what it is read with.
int32_t
value_text_json(struct text* text,
                const char* bytes,
                size_t n,
                struct document* scratch,
                struct why* why);

/// An audio value that has been read, and how far its samples have been. It
/// looks into the document and its text.
struct value_audio {
  struct rill_format format; // interleaved; encoding, rate, channels
  uint64_t n_frames;
  uint64_t next_frame;
  enum value_coding coding;
  struct array_cursor numbers;
  struct span base64;
};

/// Understands *value*, of *doc*. Missing: format is F32, channels is 1. Other
/// members are let pass. RILL_ERR_CORRUPT, and *why* names the field: "Missing
/// audio data array", "Missing sample_rate", a wrong type or range, samples
/// that are no whole number of frames, an element that is no number.
int32_t
value_audio_open(struct value_audio* audio,
                 const struct document* doc,
                 const struct json_t* value,
                 struct why* why);

/// Writes the next frames, at most *n_frames*, to the start of an audio buffer
/// of the same encoding and channels, planar or interleaved. *n_done* is how
/// many; 0 after the last. RILL_ERR_CORRUPT, and *why* names the element that
/// the encoding cannot hold.
int32_t
value_audio_read(struct value_audio* audio,
                 struct rill_buffer* buffer,
                 uint32_t n_frames,
                 uint32_t* n_done,
                 struct why* why);

#endif
