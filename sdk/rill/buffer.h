// SPDX-License-Identifier: ISC
// Buffers: typed views of shared memory that travel on links.
//
// A buffer belongs to the host, which counts its references. Inputs are lent
// until process returns; keep one longer with host->buffers->ref. An input is
// read-only unless it is also bound as an output (in place).
#ifndef RILL_BUFFER_H
#define RILL_BUFFER_H

#include "abi.h"
#include "format.h"

enum rill_buffer_flags {
  RILL_BUFFER_WRITABLE = 0x1, // nobody else holds the memory
  RILL_BUFFER_SILENT = 0x2,   // all samples are zero
  RILL_BUFFER_DISCONT = 0x4,  // does not continue the buffer before it
  RILL_BUFFER_GAP = 0x8,      // stands for media that was lost
  RILL_BUFFER_END = 0x10,     // the last buffer of its stream_id
  RILL_BUFFER_CORRUPT = 0x20
};

/// Memory of one channel, picture plane, or payload. Frozen for ever.
/// Sample i of a channel is at data + i * step: planar, interleaved and
/// slices are one case. data is 64-byte aligned (not in a slice), and 64 bytes
/// after the end of the memory can be read.
struct rill_plane {
  void* data;
#if UINTPTR_MAX == 0xffffffffu
  uint32_t pad_data;
#endif
  uint64_t capacity;  // bytes from data on that belong to this plane
  uint64_t used;      // bytes: text, JSON, bytes, custom payloads
  int64_t row_stride; // bytes from row to row: video, tensor
  int64_t step;       // bytes from one frame's sample to the next: audio
  int32_t fd;         // of the memory, or -1
  uint32_t mem_type;  // 0: host memory
  uint64_t reserved[2];
};

enum rill_meta_kind {
  RILL_META_CUSTOM = 0,   // named by uri
  RILL_META_SPEECH = 1,   // value: 1 speech, 0 not; confidence: 0 to 1
  RILL_META_LOUDNESS = 2, // value: LUFS
  RILL_META_JSON = 3      // data: one JSON value, UTF-8
};

/// Side data about some frames of a buffer. Pass-through nodes keep it.
struct rill_meta {
  uint32_t size;
  uint32_t kind;     // enum rill_meta_kind
  uint32_t offset;   // first frame of the buffer that it speaks of
  uint32_t n_frames; // how many
  double value;
  double confidence;
  const char* uri;  // custom: which
  const void* data; // or null
  uint64_t data_bytes;
};

struct rill_buffer {
  uint32_t size;
  uint32_t flags; // enum rill_buffer_flags
  const struct rill_format* format;
  struct rill_plane* planes; // audio: one a channel, in both packings
  uint32_t n_planes;
  uint32_t n_frames; // audio frames, tensor rows; 1 for a text or a picture
  int64_t media_pos; // exact position of the first frame, in frames of format
  int64_t pts_ns;    // the same in nanoseconds
  int64_t duration_ns;
  uint64_t seq;                         // counts buffers of a link from 0
  uint32_t format_serial;               // changes when the format does
  uint32_t stream_id;                   // which segment or item this belongs to
  const struct rill_meta* const* metas; // pointers: the struct may grow
  uint32_t n_metas;
  uint32_t capacity_frames; // how many frames the planes have room for
  uint64_t reserved[5];
#if UINTPTR_MAX == 0xffffffffu
  uint32_t pad_pointers[3];
#endif
};

#endif
