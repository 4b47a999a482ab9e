// SPDX-License-Identifier: ISC
#include "container.h"

#include <inttypes.h>
#include <sndfile.h>
#include <string.h>
#include <strings.h>

#define HAS(name) (1u << RILL_ENC_##name)

enum {
  ALL = HAS(U8) | HAS(S16) | HAS(S24) | HAS(S32) | HAS(F32) | HAS(F64),
  OGG_VORBIS = SF_FORMAT_OGG | SF_FORMAT_VORBIS,
  OGG_OPUS = SF_FORMAT_OGG | SF_FORMAT_OPUS,
  MP3 = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III
};

static const uint32_t opus_rates[] = { 8000, 12000, 16000, 24000, 48000, 0 };
static const uint32_t mp3_rates[] = { 8000,  11025, 12000, 16000, 22050,
                                      24000, 32000, 44100, 48000, 0 };

const char* const container_names[] = { "auto", "wav",  "flac", "ogg", "opus",
                                        "mp3",  "aiff", "rf64", "w64", "caf" };

static const struct container containers[] = {
  { "wav", "wav wave", CONTAINER_OWN, 0, ALL, 1024, 0, 0 },
  { "flac", "flac", 0, SF_FORMAT_FLAC, HAS(U8) | HAS(S16) | HAS(S24), 8, 0, 0 },
  { "ogg", "ogg oga", CONTAINER_LOSSY, OGG_VORBIS, 0, 2, 0, 0 },
  { "opus", "opus", CONTAINER_LOSSY, OGG_OPUS, 0, 2, opus_rates, 0 },
  { "mp3", "mp3", CONTAINER_LOSSY, MP3, 0, 2, mp3_rates, 0 },
  { "aiff", "aiff aif aifc", 0, SF_FORMAT_AIFF, ALL, 1024, 0, 0x7fff0000 },
  { "rf64", "rf64 bw64", CONTAINER_OWN, 0, ALL, 1024, 0, 0 },
  { "w64", "w64", 0, SF_FORMAT_W64, ALL, 1024, 0, 0 },
  { "caf", "caf", 0, SF_FORMAT_CAF, ALL, 1024, 0, 0 },
};
enum { N_CONTAINERS = sizeof containers / sizeof containers[0] };

static const struct {
  uint32_t encoding;
  const char* name;
  int subtype;
} encodings[] = {
  { RILL_ENC_U8, "u8", SF_FORMAT_PCM_U8 },
  { RILL_ENC_S16, "s16", SF_FORMAT_PCM_16 },
  { RILL_ENC_S24, "s24", SF_FORMAT_PCM_24 },
  { RILL_ENC_S32, "s32", SF_FORMAT_PCM_32 },
  { RILL_ENC_F32, "f32", SF_FORMAT_FLOAT },
  { RILL_ENC_F64, "f64", SF_FORMAT_DOUBLE },
};
enum { N_ENCODINGS = sizeof encodings / sizeof encodings[0] };

static int
has_word(const char* words, const char* word)
{
  const size_t n = strlen(word);
  for (const char* w = words; *w; w += strcspn(w, " "), w += *w == ' ') {
    if (strcspn(w, " ") == n && !strncasecmp(w, word, n)) {
      return 1;
    }
  }
  return 0;
}

int32_t
container_find(uint32_t choice,
               const char* path,
               const struct container** out,
               struct why* why)
{
  const char* const slash = strrchr(path, '/');
  const char* const dot = strrchr(slash ? slash : path, '.');
  for (uint32_t i = 0; i < N_CONTAINERS; ++i) {
    if (choice ? choice == i + 1
               : dot && has_word(containers[i].suffixes, dot + 1)) {
      *out = &containers[i];
      return RILL_OK;
    }
  }
  return why_set(why, RILL_ERR_BAD_PARAM,
                 "%s: the suffix '%s' names no kind of audio file: use .wav, "
                 ".flac, .ogg, .opus, .mp3, .aiff, .rf64, .w64 or .caf, or set "
                 "container",
                 path, dot ? dot : "");
}

static void
list_rates(const uint32_t* rates, char* out, size_t n_bytes)
{
  size_t n = 0;
  out[0] = '\0';
  for (; *rates && n < n_bytes; ++rates) {
    n += (size_t)snprintf(out + n, n_bytes - n, "%s%" PRIu32, n ? ", " : "",
                          *rates);
  }
}

static int32_t
check_shape(const struct container* c,
            const struct rill_format* in,
            struct why* why)
{
  char rates[160];
  if (in->channels > c->max_channels) {
    return why_set(why, RILL_ERR_BAD_FORMAT,
                   "a file of type %s takes at most %" PRIu32
                   " channels, not %" PRIu32 ": put a remix before it",
                   c->name, c->max_channels, in->channels);
  }
  for (const uint32_t* r = c->rates; r && *r != in->rate; ++r) {
    if (!*r) {
      list_rates(c->rates, rates, sizeof rates);
      return why_set(why, RILL_ERR_BAD_FORMAT,
                     "a file of type %s takes %s Hz, not %" PRIu32
                     ": put a resample before it",
                     c->name, rates, in->rate);
    }
  }
  return RILL_OK;
}

static void
list_encodings(uint32_t bits, char* out, size_t n_bytes)
{
  size_t n = 0;
  for (uint32_t i = 0; i < N_ENCODINGS; ++i) {
    if (bits & 1u << encodings[i].encoding) {
      n += (size_t)snprintf(out + n, n_bytes - n, "%s%s", n ? ", " : "",
                            encodings[i].name);
    }
  }
}

// The widest that is not wider, for 32 bits into a FLAC file.
static uint32_t
choose_auto(const struct container* c, uint32_t in)
{
  if (in == RILL_ENC_F32) {
    return RILL_ENC_S16;
  }
  return c->encodings & 1u << in ? in : RILL_ENC_S24;
}

int32_t
container_choose(const struct container* c,
                 uint32_t choice,
                 const struct rill_format* in,
                 uint32_t* out,
                 struct why* why)
{
  char list[64] = "";
  const int32_t st = check_shape(c, in, why);
  if (st) {
    return st;
  }
  if (c->flags & CONTAINER_LOSSY) {
    *out = RILL_ENC_NONE;
    return !choice ? RILL_OK
                   : why_set(why, RILL_ERR_BAD_PARAM,
                             "a file of type %s has no sample encoding: leave "
                             "encoding out, and use quality",
                             c->name);
  }
  *out = choice ? choice : choose_auto(c, in->encoding);
  if (!(c->encodings & 1u << *out)) {
    list_encodings(c->encodings, list, sizeof list);
    return why_set(why, RILL_ERR_BAD_PARAM,
                   "a file of type %s cannot have this encoding, but %s",
                   c->name, list);
  }
  return RILL_OK;
}

int
container_sf_format(const struct container* c, uint32_t encoding)
{
  if (c->flags & CONTAINER_LOSSY) {
    return c->sf_format;
  }
  if (encoding == RILL_ENC_U8 && (c->sf_format == SF_FORMAT_FLAC ||
                                  c->sf_format == SF_FORMAT_CAF)) {
    return c->sf_format | SF_FORMAT_PCM_S8; // they know 8 bits with a sign
  }
  for (uint32_t i = 0; i < N_ENCODINGS; ++i) {
    if (encodings[i].encoding == encoding) {
      return c->sf_format | encodings[i].subtype;
    }
  }
  return c->sf_format;
}
