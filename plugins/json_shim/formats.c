// SPDX-License-Identifier: ISC
// What the parameters say, as formats and plans.
#include "desc.h"

static const uint32_t out_kinds[] = { RILL_KIND_NONE, RILL_KIND_AUDIO,
                                      RILL_KIND_JSON, RILL_KIND_TEXT,
                                      RILL_KIND_BYTES };
static const uint32_t out_encodings[] = { RILL_ENC_NONE, RILL_ENC_F32,
                                          RILL_ENC_S16, RILL_ENC_S32 };

struct peer_plan
desc_peer_plan(const struct rill_setup* setup)
{
  const struct rill_value* const p = setup->params;
  return (struct peer_plan){
    .params = p[SHIM_PARAMS].text,
    .wanted = p[SHIM_SAMPLES].i ? VALUE_BASE64 : VALUE_NUMBERS,
    .max_line_bytes = (size_t)p[SHIM_MAX_LINE].i,
  };
}

static int32_t
say_missing(const struct rill_host* host, const char* text)
{
  host->set_error(host, RILL_ERR_BAD_PARAM, text);
  return RILL_ERR_BAD_PARAM;
}

// Audio out of audio has its numbers unless told otherwise.
static int32_t
derive_audio(const struct rill_host* host, const struct rill_value* p,
             const struct rill_format* in, struct rill_format* out)
{
  const int is_audio = in->kind == RILL_KIND_AUDIO;
  struct rill_format f = {
    .kind = RILL_KIND_AUDIO,
    .encoding = out_encodings[p[SHIM_OUT_ENCODING].i],
    .rate = (uint32_t)p[SHIM_OUT_RATE].i,
    .channels = (uint32_t)p[SHIM_OUT_CHANNELS].i,
    .rate_den = 1,
    .packing = RILL_PLANAR,
  };
  if (!is_audio && !(f.rate && f.channels)) {
    return say_missing(host, "the input is no audio, and the output is: give "
                             "'out_rate' and 'out_channels'");
  }
  if (!f.encoding) {
    f.encoding = is_audio ? in->encoding : RILL_ENC_F32;
  }
  if (!f.rate) {
    f.rate = in->rate;
    f.rate_den = in->rate_den;
  }
  f.channels = f.channels ? f.channels : in->channels;
  f.layout = is_audio && f.channels == in->channels ? in->layout : 0;
  *out = f;
  return RILL_OK;
}

int32_t
desc_derive(struct rill_lib* lib, const struct rill_node_desc* desc,
            const struct rill_host* host, struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  const struct rill_format* const in = &d->in[0]->format;
  const uint32_t wanted = out_kinds[d->params[SHIM_OUT].i];
  const uint32_t kind = wanted ? wanted : in->kind;
  if (!d->out[0]->connected) {
    return RILL_OK;
  }
  if (kind == RILL_KIND_AUDIO) {
    return derive_audio(host, d->params, in, &d->out[0]->format);
  }
  // Values keep their place in the stream that they came from.
  d->out[0]->format = (struct rill_format){
    .kind = kind, .rate = in->rate, .rate_den = in->rate_den
  };
  return RILL_OK;
}
