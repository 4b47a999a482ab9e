// SPDX-License-Identifier: ISC
// Gain: multiply by a factor, gliding when it changes so that nothing clicks.
#include <rill/ext/state.h>
#include <rill/rill.h>
#include <rill/util/clones.h>

#include <math.h>

// Counted in frames, not in blocks: the output does not depend on block sizes.
enum { GLIDE_FRAMES = 256 };

static const struct rill_param_desc gain_param = {
  .size = sizeof gain_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .flags = RILL_PARAM_LIVE,
  .symbol = "gain",
  .doc = "how much louder (above 0) or softer (below 0)",
  .min = -120.0,
  .max = 60.0,
  .def = "0dB",
  .example = "-6dB",
};
static const struct rill_param_desc* const gain_params[] = { &gain_param };

// The factor of a frame is target - step * frames of the glide left.
struct glide {
  float target;
  float step;
  uint32_t left;
};

struct gain_state {
  float created_with; // a factor
  struct glide now;
};

struct gain {
  struct rill_node node;
  struct gain_state state;
};

static float
factor_of(double decibels)
{
  return (float)pow(10.0, decibels / 20.0);
}

static void
turn_to(struct glide* now, float target)
{
  const float current = now->target - now->step * (float)now->left;
  now->target = target;
  now->step = (target - current) / GLIDE_FRAMES;
  now->left = GLIDE_FRAMES;
}

// From the end of the glide backwards: a sum of steps would drift.
RILL_CLONES static void
glide(float* out, const float* in, uint32_t n_frames, struct glide now)
{
  for (uint32_t i = 0; i < n_frames; ++i) {
    out[i] = in[i] * (now.target - now.step * (float)(int32_t)(now.left - i));
  }
}

RILL_CLONES static void
hold(float* out, const float* in, uint32_t n_frames, float factor)
{
  for (uint32_t i = 0; i < n_frames; ++i) {
    out[i] = in[i] * factor;
  }
}

static void
multiply(struct glide* now,
         const struct rill_process* block,
         uint32_t first,
         uint32_t end)
{
  const uint32_t n = end - first;
  const uint32_t n_glide = n < now->left ? n : now->left;

  for (uint32_t c = 0; c < rill_channels(block->in[0]); ++c) {
    const float* const in = rill_f32_in(block, 0, c) + first;
    float* const out = rill_f32_out(block, 0, c) + first;
    glide(out, in, n_glide, *now);
    hold(out + n_glide, in + n_glide, n - n_glide, now->target);
  }
  now->left -= n_glide;
}

static int32_t
gain_process(struct rill_node* node, const struct rill_process* block)
{
  struct glide* const now = &((struct gain*)node)->state.now;
  uint32_t done = 0;

  for (uint32_t i = 0; i < block->n_events; ++i) {
    const struct rill_event* const event = &block->events[i];
    if (event->type == RILL_EVENT_PARAM) { // it can only be "gain"
      multiply(now, block, done, event->offset);
      turn_to(now, factor_of(event->value.f));
      done = event->offset;
    }
  }
  multiply(now, block, done, block->n_frames);
  return RILL_OK;
}

static int32_t
gain_reset(struct rill_node* node)
{
  struct gain_state* const state = &((struct gain*)node)->state;
  state->now = (struct glide){ .target = state->created_with };
  return RILL_OK;
}

static int32_t
gain_export(const struct rill_node* node, const struct rill_writer* to)
{
  const struct gain* const self = (const struct gain*)node;
  return to->write(to->arg, &self->state, sizeof self->state);
}

// A swap in the middle of a glide goes on in the middle of that glide; one
// that brings another gain glides there.
static int32_t
gain_import(struct rill_node* node,
            uint32_t version,
            const void* data,
            uint64_t n_bytes)
{
  struct gain_state* const own = &((struct gain*)node)->state;
  struct gain_state old;
  if (version != 1 || n_bytes != sizeof old) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is not one of gain, version 1");
  }
  memcpy(&old, data, sizeof old);
  if (!isfinite(old.now.target) || !isfinite(old.now.step) ||
      old.now.left > GLIDE_FRAMES) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is damaged: start without it");
  }

  own->now = old.now;
  if (own->created_with != old.created_with &&
      own->created_with != old.now.target) {
    turn_to(&own->now, own->created_with);
  }
  return RILL_OK;
}

static uint64_t
gain_history(const struct rill_node* node)
{
  (void)node;
  return 0; // past events decide, and they are not input
}

static const struct rill_state_ops gain_state_ops = {
  .size = sizeof gain_state_ops,
  .export_state = gain_export,
  .import_state = gain_import,
  .history_frames = gain_history,
};

static const void*
gain_extension(const struct rill_node* node, const char* id)
{
  (void)node;
  return strcmp(id, RILL_EXT_STATE) ? NULL : &gain_state_ops;
}

static const struct rill_node_ops gain_ops = {
  .size = sizeof gain_ops,
  .process = gain_process,
  .reset = gain_reset,
  .destroy = rill_free_node,
  .get_extension = gain_extension,
};

static int32_t
gain_create(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            const struct rill_setup* setup,
            struct rill_node** out)
{
  (void)lib;
  (void)desc;
  struct rill_node* node = NULL;
  const int32_t st = rill_new_node(sizeof(struct gain), &gain_ops, host, &node);
  if (st) {
    return st;
  }
  ((struct gain*)node)->state.created_with = factor_of(setup->params[0].f);
  *out = node;
  return gain_reset(node);
}

static const struct rill_node_desc gain_desc = {
  .size = sizeof gain_desc,
  .id = "org.rill.gain",
  .name = "gain",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Makes audio louder or softer.",
  .categories = "audio filter",
  .ports = rill_f32_ports,
  .params = gain_params,
  .n_ports = 2,
  .n_params = 1,
  .state_version = 1,
  .exec = RILL_EXEC_RT,
  .create = gain_create,
};

RILL_PLUGIN(&gain_desc);
