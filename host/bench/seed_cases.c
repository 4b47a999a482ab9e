// SPDX-License-Identifier: ISC
// The published figures, and the graphs that do the same jobs.
#include "bench/seed_direct.h"

#define LEGACY(id, from, object, params, more)                                 \
  "  " id ": {type: json.lib, in: " from ", with: {library: " object            \
  ", params: {" params "}" more "}}\n"

#define TO_S16(id, from)                                                       \
  LEGACY(id, from, "convert", "target_format: I16", ", out_encoding: s16")
#define TO_16K(id, from)                                                       \
  LEGACY(id, from, "resample",                                                 \
         "source_rate: 44100, target_rate: 16000, quality: Medium, channels: " \
         "2",                                                                  \
         ", out_rate: 16000")
#define VAD(id, from)                                                          \
  LEGACY(id, from, "vad",                                                      \
         "sample_rate: 44100, frame_duration_ms: 30, energy_threshold: 0.01", "")

static const char fast_path[] =
  "published: its later fast path, without JSON";

const struct seed_case seed_cases[] = {
  { .name = "convert",
    .title = "f32 to s16, 1,000,000 samples",
    .n_frames = 1000000,
    .channels = 1,
    .encoding = RILL_ENC_F32,
    .native = "  b: {type: convert, in: a, with: {encoding: s16, scale: legacy}}\n"
              "  z: {type: clip.out, in: b}\n",
    .legacy = TO_S16("b", "a") "  z: {type: clip.out, in: b}\n",
    .note = "numpy: (x * 32767).astype(int16), without clamping; the old "
            "system's later\n  fast path, without JSON, took 1.36 ms",
    .target_ns = 0.1e6,
    .published_ns = { [SEED_JSON] = 10.4e6, [SEED_NODE] = 0.4,
                      [SEED_INIT] = 89, [SEED_SET_UP] = 11.5e6,
                      [SEED_PROCESS] = 11.23e6, [SEED_OUTPUT] = 16.90e6,
                      [SEED_FULL] = 21.6e6, [SEED_TOTAL] = 36.82e6 },
    .published_numpy_ns = 1.11e6,
    .is_drawn = 1,
    .direct = direct_f32_to_s16,
    .work_bytes = sizeof(struct direct_convert) },
  { .name = "resample",
    .title = "44.1 kHz to 16 kHz, 1 s stereo (88,200 samples)",
    .n_frames = 44100,
    .channels = 2,
    .encoding = RILL_ENC_F32,
    .native = "  b: {type: resample, in: a, with: {rate: 16kHz, quality: medium}}\n"
              "  z: {type: clip.out, in: b}\n",
    .legacy = TO_16K("b", "a") "  z: {type: clip.out, in: b}\n",
    .note = "the published rows converted only the first 2048 frames of the "
            "clip\n  (640 of 16,000 output frames), ours all of it",
    .target_ns = 0.27e6,
    .published_ns = { [SEED_JSON] = 920e3, [SEED_NODE] = 35,
                      [SEED_PROCESS] = 450e3, [SEED_FULL] = 1.37e6 },
    .is_drawn = 1,
    .direct = direct_resample,
    .work_bytes = sizeof(struct direct_resample),
    .direct_init = direct_resample_init },
  { .name = "vad",
    .title = "VAD by energy, 1 s stereo (88,200 samples)",
    .n_frames = 44100,
    .channels = 2,
    .encoding = RILL_ENC_F32,
    .native = "  b: {type: vad, in: a, with: {mode: energy}}\n"
              "  z: {type: clip.out, in: b.speech}\n",
    .legacy = VAD("b", "a") "  z: {type: clip.out, in: b}\n",
    .note = "JSON, direct and numpy take the interleaved samples as they "
            "come,\n  native the mean of the channels",
    .target_ns = 0.15e6,
    .published_ns = { [SEED_JSON] = 940e3, [SEED_NODE] = 47,
                      [SEED_PROCESS] = 1.71e6, [SEED_FULL] = 2.65e6 },
    .is_drawn = 1,
    .direct = direct_vad,
    .work_bytes = sizeof(struct direct_vad),
    .direct_init = direct_vad_init },
  { .name = "pipeline",
    .title = "VAD, 44.1 kHz to 16 kHz, s16; 1 s stereo",
    .n_frames = 44100,
    .channels = 2,
    .encoding = RILL_ENC_F32,
    .native = "  b: {type: vad, in: a, with: {mode: energy}}\n"
              "  c: {type: resample, in: b.out, with: {rate: 16kHz, quality: "
              "medium}}\n"
              "  d: {type: convert, in: c, with: {encoding: s16, scale: legacy}}\n"
              "  z: {type: clip.out, in: d}\n",
    .legacy = VAD("b", "a") TO_16K("c", "b") TO_S16("d", "c")
      "  z: {type: clip.out, in: d}\n",
    .note = "a resampler that stopped after 2048 frames is in the published one",
    .published_ns = { [SEED_FULL] = 4.17e6 },
    .published_numpy_ns = 0.76e6,
    .is_drawn = 1,
    .direct = direct_pipeline,
    .work_bytes = sizeof(struct direct_pipeline),
    .direct_init = direct_pipeline_init },
  { .name = "s16-f32",
    .title = "s16 to f32, 1,000,000 samples",
    .n_frames = 1000000,
    .channels = 1,
    .encoding = RILL_ENC_S16,
    .native = "  b: {type: convert, in: a, with: {encoding: f32}}\n"
              "  z: {type: clip.out, in: b}\n",
    .note = fast_path,
    .published_ns = { [SEED_FULL] = 0.84e6 },
    .published_numpy_ns = 1.36e6,
    .direct = direct_s16_to_f32,
    .work_bytes = sizeof(struct direct_convert) },
  { .name = "f32-s32",
    .title = "f32 to s32, 1,000,000 samples",
    .n_frames = 1000000,
    .channels = 1,
    .encoding = RILL_ENC_F32,
    .native = "  b: {type: convert, in: a, with: {encoding: s32}}\n"
              "  z: {type: clip.out, in: b}\n",
    .note = fast_path,
    .published_ns = { [SEED_FULL] = 1.58e6 },
    .published_numpy_ns = 1.25e6,
    .direct = direct_f32_to_s32,
    .work_bytes = sizeof(struct direct_convert) },
  { .name = "s16-s32",
    .title = "s16 to s32, 1,000,000 samples",
    .n_frames = 1000000,
    .channels = 1,
    .encoding = RILL_ENC_S16,
    .native = "  b: {type: convert, in: a, with: {encoding: s32}}\n"
              "  z: {type: clip.out, in: b}\n",
    .note = fast_path,
    .published_ns = { [SEED_FULL] = 0.86e6 },
    .published_numpy_ns = 1.42e6,
    .direct = direct_s16_to_s32,
    .work_bytes = sizeof(struct direct_convert) },
};

const uint32_t seed_n_cases = sizeof seed_cases / sizeof seed_cases[0];
