// SPDX-License-Identifier: ISC
// Sets of formats: what a port can take or make, as data to intersect and to
// choose from.
#ifndef PLAN_FORMATS_H
#define PLAN_FORMATS_H

#include "base/text.h"
#include "plan/numbers.h"

#include <rill/format.h>

enum { FORMAT_FIELDS = 7, SETS_MAX = 16 };

/// Formats of one kind; RILL_KIND_NONE stands for all kinds, and then only the
/// rate counts.
struct format_set {
  uint32_t kind;
  uint32_t rate_den; // of the rates, unless all are in the set
  const char* uri;   // custom
  uint64_t layout;   // audio: of this many channels, or 0
  uint32_t shape[8]; // tensor: of this rank, when demanded with it
  struct numbers fields[FORMAT_FIELDS]; // by enum rill_field, from 1 on
};

/// What a port accepts: the best liked set first.
struct format_sets {
  uint32_t n;
  struct format_set at[SETS_MAX];
};

struct format_set
format_set_all(uint32_t kind);

/// The numbers of *field* (enum rill_field).
struct numbers*
format_set_field(struct format_set* set, uint32_t field);

/// Whether formats of *kind* have *field*.
int
format_has_field(uint32_t kind, uint32_t field);

uint32_t
format_get(const struct rill_format* format, uint32_t field);

void
format_put(struct rill_format* format, uint32_t field, uint32_t value);

int
format_set_has(const struct format_set* set, const struct rill_format* format);

int
format_sets_have(const struct format_sets* sets,
                 const struct rill_format* format);

/// What is in both, as *a* likes it. Gives whether there is anything.
int
format_set_intersect(const struct format_set* a, const struct format_set* b,
                     struct format_set* out);

/// Narrows *set* to *wish* field by field, leaving alone those that would
/// become empty. Nothing happens when the kinds differ.
void
format_set_narrow(struct format_set* set, const struct format_set* wish);

/// The format of *set* that is liked best. What it leaves open is as in *like*,
/// or, when that is null or of another kind, as usual: f32, planar, 48 kHz,
/// mono.
struct rill_format
format_set_pick(const struct format_set* set, const struct rill_format* like);

/// The format of *set* that loses least of *from*, a format of the same kind:
/// what fits stays, else the next larger. Where that leaves a choice, *wish*
/// (may be null) decides.
struct rill_format
format_set_nearest(const struct format_set* set, const struct format_set* wish,
                   const struct rill_format* from);

/// Whether what the ABI allows holds: rates, channels, rank, kind.
int
format_is_sound(const struct rill_format* format);

/// Bits of a sample that count: 24 for f32, 53 for f64.
uint32_t
encoding_bits(uint32_t encoding);

/// "f32", or "?" for a number that is none.
const char*
encoding_name(uint32_t encoding);

/// The number of "f32", or RILL_ENC_NONE.
uint32_t
encoding_find(const char* name);

const char*
packing_name(uint32_t packing);

/// RILL_PLANAR, RILL_INTERLEAVED, or UINT32_MAX for another word.
uint32_t
packing_find(const char* name);

/// "f32 planar 1ch [8000, 16000] Hz", "any audio"; several with "or".
void
format_sets_print(const struct format_sets* sets, struct text* out);

/// The bytes of *n_frames* frames of *format*.
uint64_t
format_bytes(const struct rill_format* format, uint64_t n_frames);

#endif
