// SPDX-License-Identifier: ISC
#include "engine/judge.h"

#include "engine/outputs.h"
#include "engine/services.h"

#include <string.h>

// All ones in the exponent: infinite or not a number. Counted in whole words,
// so that the loops vectorise.
static int
has_no_number_32(const uint32_t* words, uint32_t n)
{
  uint32_t bad = 0;
  for (uint32_t i = 0; i < n; ++i) {
    bad |= (words[i] & 0x7f800000u) == 0x7f800000u;
  }
  return bad != 0;
}

static int
has_no_number_64(const uint64_t* words, uint32_t n)
{
  uint64_t bad = 0;
  for (uint32_t i = 0; i < n; ++i) {
    bad |= (words[i] & 0x7ff0000000000000u) == 0x7ff0000000000000u;
  }
  return bad != 0;
}

static int
has_no_number(const struct rill_buffer* b)
{
  const uint32_t encoding = b->format->encoding;
  const int64_t step = encoding == RILL_ENC_F32   ? 4
                       : encoding == RILL_ENC_F64 ? 8
                                                  : 0;
  int has = 0;
  for (uint32_t c = 0; !has && c < b->n_planes; ++c) {
    const struct rill_plane* const plane = &b->planes[c];
    if (b->format->kind != RILL_KIND_AUDIO || !step || plane->step != step) {
      return 0;
    }
    has = step == 4 ? has_no_number_32(plane->data, b->n_frames)
                    : has_no_number_64(plane->data, b->n_frames);
  }
  return has;
}

static int
input_has_none(const struct node* node)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (node->in[i].taken && has_no_number(&node->in[i].taken->shown)) {
      return 1;
    }
  }
  return 0;
}

static const char*
judge_output(const struct node* node, uint32_t i, int32_t rc)
{
  const struct out_slot* const out = &node->out[i];
  const struct rill_buffer* const b = node->io_pointers[node->n_in + i]->buffer;
  const char* const breach = outputs_breach(node, i);
  if (breach) {
    return breach;
  }
  if (out->paired && out->n_links && rc == RILL_OK &&
      (b ? b->n_frames : 0) < node->block.n_frames) {
    return "gave fewer frames than it took";
  }
  if (b && b->n_frames && has_no_number(b) && !input_has_none(node)) {
    return "gave numbers that are infinite or none (NaN)";
  }
  return NULL;
}

static const char*
status_words(int32_t rc)
{
#define STATUS_TEXT(name, number, text)                                        \
  if (rc == number) {                                                          \
    return text;                                                               \
  }
  RILL_STATUS_LIST(STATUS_TEXT)
#undef STATUS_TEXT
  return "process returned a status that does not exist";
}

const char*
judge_call(const struct node* node, int32_t rc)
{
  if (rc < 0 || rc > RILL_MORE) {
    const char* const said = node->services->error_text;
    return said[0] ? said : status_words(rc);
  }
  if (rc == RILL_DRAINED && node->n_connected && node->phase == NODE_RUNNING) {
    return "ended the stream although its input goes on";
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    const char* const why = judge_output(node, i, rc);
    if (why) {
      return why;
    }
  }
  return NULL;
}
