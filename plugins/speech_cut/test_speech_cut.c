// SPDX-License-Identifier: ISC
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PATH "plugins/speech_cut/speech_cut"

// A frame is a millisecond and a row ten, so that tables can be read.
enum { RATE = 1000, HOP = 10, MAX_SEGMENTS = 3000 };

struct segment {
  int64_t begin;
  int64_t end;
  double confidence;
};

struct segments {
  uint32_t n;
  struct segment at[MAX_SEGMENTS];
};

// Rows as text: '.' is no speech, a digit is speech of that many tenths of
// confidence.
static float
confidence_of(char row)
{
  return row == '.' ? 0.25f : (float)(row - '0') / 10.0f;
}

// -- the node ---------------------------------------------------------------

static const struct rill_format rows_format = { .kind = RILL_KIND_TENSOR,
                                                .encoding = RILL_ENC_F32,
                                                .rate = RATE,
                                                .rate_den = HOP,
                                                .rank = 1,
                                                .shape = { 2 } };

static struct rig*
open_rig(const char* const* params, uint32_t channels, uint32_t max_frames)
{
  struct rig* const rig = rig_open(PATH, "speech.cut");
  rig_set_all(rig, params);
  rig_audio(rig, 0, RATE, channels);
  rig_format(rig, 1, &rows_format);
  rig_start(rig, max_frames);
  return rig;
}

// Sample i of channel c says where it is.
static void
push_audio(struct rig* rig, uint32_t first, uint32_t n, uint32_t channels)
{
  float* const x = calloc((size_t)n * channels + 1, sizeof *x);
  for (uint32_t c = 0; c < channels; ++c) {
    for (uint32_t i = 0; i < n; ++i) {
      x[c * n + i] = (float)(first + i) + 100000.0f * (float)c;
    }
  }
  rig_push_f32(rig, 0, x, n);
  free(x);
}

static void
push_rows(struct rig* rig, const char* rows, size_t n)
{
  float* const x = calloc(2 * n + 1, sizeof *x);
  for (size_t i = 0; i < n; ++i) {
    x[2 * i] = rows[i] != '.';
    x[2 * i + 1] = confidence_of(rows[i]);
  }
  rig_push_rows(rig, 1, x, (uint32_t)n);
  free(x);
}

// Checks what holds for every output, and gives its segments.
static void
read_segments(struct rig* rig, struct segments* out)
{
  const float* const x = rig_out_f32(rig, 0, 0);
  int64_t next = -1; // where the segment goes on
  out->n = 0;
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    const struct rig_item* const item = rig_out_item(rig, 0, i);
    const int64_t end = item->media_pos + item->n_frames;
    ck_assert_int_eq(!!(item->flags & RILL_BUFFER_DISCONT), next < 0);
    if (next < 0) {
      ck_assert_uint_lt(out->n, MAX_SEGMENTS);
      out->at[out->n++].begin = item->media_pos;
    } else {
      ck_assert_int_eq(item->media_pos, next);
    }
    ck_assert_uint_eq(item->stream_id, out->n);
    ck_assert_int_eq(item->pts_ns, item->media_pos * 1000000);
    for (uint32_t k = 0; k < item->n_frames; ++k) {
      ck_assert_double_eq(x[item->first + k],
                          (double)item->media_pos + (double)k);
    }
    out->at[out->n - 1].end = end;
    next = item->flags & RILL_BUFFER_END ? -1 : end;
    ck_assert_uint_eq(item->n_metas, next < 0);
  }
  ck_assert_int_eq(next, -1);
}

// The texts say the same as the buffers.
static void
check_texts(struct rig* rig, struct segments* s)
{
  uint32_t n = 0;
  ck_assert_uint_eq(rig_out_items(rig, 1), s->n);
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    const struct rig_item* const item = rig_out_item(rig, 0, i);
    if (!(item->flags & RILL_BUFFER_END)) {
      continue;
    }
    const struct rig_item* const text = rig_out_item(rig, 1, n);
    double start = 0.0, end = 0.0;
    ck_assert_int_eq(sscanf(text->text,
                            "{\"start\":%lf,\"end\":%lf,\"confidence\":%lf}",
                            &start, &end, &s->at[n].confidence),
                     3);
    ck_assert_double_eq_tol(start, (double)s->at[n].begin / RATE, 1e-9);
    ck_assert_double_eq_tol(end, (double)s->at[n].end / RATE, 1e-9);
    ck_assert_int_eq(text->pts_ns, s->at[n].begin * 1000000);
    ck_assert_int_eq(text->media_pos, s->at[n].begin);
    ck_assert_uint_eq(item->metas[0].kind, RILL_META_JSON);
    ck_assert_uint_eq(item->metas[0].data_bytes, text->text_bytes);
    ck_assert_mem_eq(item->metas[0].data, text->text, text->text_bytes);
    ++n;
  }
}

static void
run(const char* const* params, const char* rows, uint32_t n, struct segments* s)
{
  struct rig* const rig = open_rig(params, 2, 64);
  push_audio(rig, 0, n, 2);
  push_rows(rig, rows, strlen(rows));
  rig_drain(rig);
  read_segments(rig, s);
  check_texts(rig, s);
  rig_close(rig);
}

// -- failures ---------------------------------------------------------------

static const struct {
  uint32_t rate;
  uint32_t width;
} bad_rows[] = { { 0, 2 }, { 100, 1 }, { 100, 3 } };

START_TEST(other_rows_are_refused)
{
  const struct rill_format rows = { .kind = RILL_KIND_TENSOR,
                                    .encoding = RILL_ENC_F32,
                                    .rate = bad_rows[_i].rate,
                                    .rate_den = bad_rows[_i].rate ? 1 : 0,
                                    .rank = 1,
                                    .shape = { bad_rows[_i].width } };
  struct rig* const rig = rig_open(PATH, "speech.cut");
  rig_audio(rig, 0, RATE, 1);
  rig_format(rig, 1, &rows);
  ck_assert_int_eq(rig_try_start(rig, 100), RILL_ERR_BAD_FORMAT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "vad"));
  rig_close(rig);
}
END_TEST

START_TEST(without_memory_it_fails_and_lets_go)
{
  struct rig* const rig = rig_open(PATH, "speech.cut");
  rig_audio(rig, 0, RATE, 1);
  rig_format(rig, 1, &rows_format);
  rig_unlink_out(rig, 1); // what remains to be allocated are slices
  rig_start(rig, 64);
  push_audio(rig, 0, 1000, 1);
  push_rows(rig, "..99999999999999999999999..........................", 50);
  fake_host_fail_alloc(rig_host(rig), (uint32_t)_i + 1);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_NO_MEMORY);
  rig_close(rig);
}
END_TEST

START_TEST(numbers_that_are_none_are_no_speech)
{
  const float rows[] = { NAN, 1.0f, 1.0f, NAN, INFINITY, 2.0f, -1.0f, 1.0f };
  struct segments s;
  struct rig* const rig = open_rig(NULL, 1, 64);
  push_audio(rig, 0, 100, 1);
  rig_push_rows(rig, 1, rows, 4);
  rig_drain(rig);
  read_segments(rig, &s);
  check_texts(rig, &s);
  ck_assert_uint_eq(s.n, 1);
  ck_assert_double_eq(s.at[0].confidence, 0.0);
  rig_close(rig);
}
END_TEST

// -- what is cut ------------------------------------------------------------

// Audio is 10 frames for each row, and *more*.
static const struct {
  const char* rows;
  int32_t more;
  const char* params[9];
  const char* cut; // begin-end, in frames
} cuts[] = {
  { "..........", 0, { NULL }, "" },
  { "", 50, { NULL }, "" }, // audio without rows is no speech
  { "9999999999", -100, { NULL }, "" }, // rows without audio
  { "..99......", 0, { "pad", "0", NULL }, "20-40" },
  { "..99......", 0, { "pad", "7ms", NULL }, "13-47" },
  { "99......99", 0, { "pad", "0", "min_gap", "0", NULL }, "0-20 80-100" },
  { "9999999999", 0, { NULL }, "0-100" }, // pads end where the audio does
  { ".999999999", -35, { NULL }, "0-65" },
  { "...9999", 50, { "pad", "20ms", NULL }, "10-90" }, // and beyond the rows
  // gaps
  { "9....9...9", 0, { "pad", "0", "min_gap", "40ms", NULL }, "0-10 50-100" },
  { "9....9...9", 0, { "pad", "0", "min_gap", "30ms", NULL },
    "0-10 50-60 90-100" },
  { "9....9...9", 0, { "pad", "0", "min_gap", "41ms", NULL }, "0-100" },
  // pads that touch or overlap
  { "9....9....", 0, { "pad", "19ms", "min_gap", "0", NULL }, "0-29 31-79" },
  { "9....9....", 0, { "pad", "20ms", "min_gap", "0", NULL }, "0-80" },
  { "9....9....", 0, { "pad", "90ms", "min_gap", "0", NULL }, "0-100" },
  // least length: after gaps, before pads
  { ".9..99....", 0, { "pad", "0", "min_gap", "0", "min_length", "20ms", NULL },
    "40-60" },
  { ".9..99....", 0, { "pad", "30ms", "min_gap", "0", "min_length", "11ms", NULL },
    "10-90" },
  { ".9.99.....", 0, { "pad", "0", "min_gap", "20ms", "min_length", "40ms", NULL },
    "10-50" },
  { ".9.99.....", 0, { "pad", "0", "min_gap", "20ms", "min_length", "41ms", NULL },
    "" },
  { "9...99", 0, { "pad", "0", "min_gap", "0", "min_length", "30ms", NULL }, "" },
  // longest length
  { "9999999999", 0, { "max_length", "40ms", NULL }, "0-40 40-80 80-100" },
  { "9999999999", 0, { "max_length", "50ms", NULL }, "0-50 50-100" },
  { "..999.....", 0, { "pad", "5ms", "max_length", "25ms", NULL },
    "15-40 40-55" },
  { "9........9", 0, { "pad", "5ms", "min_gap", "0", "max_length", "8ms", NULL },
    "0-8 8-15 85-93 93-100" },
};

static void
print_segments(const struct segments* s, char* to, size_t n_bytes)
{
  size_t at = 0;
  to[0] = '\0';
  for (uint32_t i = 0; i < s->n && at < n_bytes; ++i) {
    at += (size_t)snprintf(to + at, n_bytes - at, "%s%d-%d", i ? " " : "",
                           (int)s->at[i].begin, (int)s->at[i].end);
  }
}

START_TEST(what_is_cut)
{
  const uint32_t n =
    (uint32_t)((int32_t)strlen(cuts[_i].rows) * HOP + cuts[_i].more);
  struct segments s;
  char text[200];
  run(cuts[_i].params, cuts[_i].rows, n, &s);
  print_segments(&s, text, sizeof text);
  ck_assert_str_eq(text, cuts[_i].cut);
}
END_TEST

START_TEST(confidence_is_the_mean_of_speech)
{
  const char* const params[] = { "pad", "20ms", "max_length", "60ms", NULL };
  struct segments s;
  run(params, "...5.79........", 150, &s); // 10-70 and 70-90
  ck_assert_uint_eq(s.n, 2);
  ck_assert_double_eq_tol(s.at[0].confidence, 0.7, 1e-6); // 5, 7, 9
  ck_assert_double_eq_tol(s.at[1].confidence, 0.0, 1e-6);
}
END_TEST

START_TEST(texts_are_exact)
{
  const char* const params[] = { "pad", "0", NULL };
  struct rig* const rig = open_rig(params, 1, 64);
  push_audio(rig, 0, 200, 1);
  push_rows(rig, "..99......", 10);
  rig_drain(rig);
  ck_assert_str_eq(rig_out_text(rig, 1, 0),
                   "{\"start\":0.02,\"end\":0.04,\"confidence\":0.9}");
  rig_close(rig);
}
END_TEST

START_TEST(times_of_odd_rates_are_rounded_once)
{
  const struct rill_format rows = { .kind = RILL_KIND_TENSOR,
                                    .encoding = RILL_ENC_F32,
                                    .rate = 16000,
                                    .rate_den = 320,
                                    .rank = 1,
                                    .shape = { 2 } };
  struct rig* const rig = rig_open(PATH, "speech.cut");
  rig_set(rig, "pad", "0");
  rig_audio(rig, 0, 11025, 1);
  rig_format(rig, 1, &rows);
  rig_start(rig, 4096);
  push_audio(rig, 0, 2000, 1);
  push_rows(rig, ".99.........", 12); // rows of 220.5 frames
  rig_drain(rig);
  ck_assert_int_eq(rig_out_item(rig, 0, 0)->media_pos, 220);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 661 - 220);
  ck_assert_str_eq(rig_out_text(rig, 1, 0), // 220 and 661 by 11025
                   "{\"start\":0.019955,\"end\":0.059955,\"confidence\":0.9}");
  rig_close(rig);
}
END_TEST

// -- by the book ------------------------------------------------------------

// The five steps of the README, one after the other over whole arrays.
struct book {
  int64_t pad, min_gap, min_length, max_length;
};

static uint32_t
remove_segment(struct segments* s, uint32_t i)
{
  memmove(&s->at[i], &s->at[i + 1], (s->n - i - 1) * sizeof s->at[0]);
  return --s->n;
}

static void
find_runs(const char* rows, struct segments* s)
{
  s->n = 0;
  for (int64_t k = 0; rows[k]; ++k) {
    if (rows[k] != '.' && (!k || rows[k - 1] == '.')) {
      s->at[s->n++] = (struct segment){ k * HOP, 0, 0.0 };
    }
    if (rows[k] != '.') {
      s->at[s->n - 1].end = (k + 1) * HOP;
    }
  }
}

static void
join(struct segments* s, int64_t gap)
{
  for (uint32_t i = 1; i < s->n;) {
    if (s->at[i].begin - s->at[i - 1].end < gap) {
      s->at[i - 1].end = s->at[i].end;
      remove_segment(s, i);
    } else {
      ++i;
    }
  }
}

static void
pad_and_clip(struct segments* s, int64_t pad, int64_t n)
{
  for (uint32_t i = 0; i < s->n; ++i) {
    s->at[i].begin = s->at[i].begin > pad ? s->at[i].begin - pad : 0;
    s->at[i].end += pad;
  }
  join(s, 1);
  for (uint32_t i = 0; i < s->n;) {
    s->at[i].end = s->at[i].end < n ? s->at[i].end : n;
    if (s->at[i].begin >= s->at[i].end) {
      remove_segment(s, i);
    } else {
      ++i;
    }
  }
}

static void
by_the_book(const struct book* b, const char* rows, int64_t n, struct segments* s)
{
  struct segments whole;
  find_runs(rows, &whole);
  join(&whole, b->min_gap);
  for (uint32_t i = 0; i < whole.n;) {
    if (whole.at[i].end - whole.at[i].begin < b->min_length) {
      remove_segment(&whole, i);
    } else {
      ++i;
    }
  }
  pad_and_clip(&whole, b->pad, n);
  s->n = 0;
  for (uint32_t i = 0; i < whole.n; ++i) {
    for (int64_t at = whole.at[i].begin; at < whole.at[i].end;) {
      const int64_t limit = b->max_length ? at + b->max_length : INT64_MAX;
      const int64_t end = whole.at[i].end < limit ? whole.at[i].end : limit;
      s->at[s->n++] = (struct segment){ at, end, 0.0 };
      at = end;
    }
  }
}

static uint32_t
random_below(uint64_t* state, uint32_t n)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((*state >> 33) % n);
}

static void
random_rows(uint64_t* state, char* rows, uint32_t n)
{
  const uint32_t turn = 2 + random_below(state, 12);
  int speech = 0;
  for (uint32_t i = 0; i < n; ++i) {
    speech ^= !random_below(state, turn);
    rows[i] = speech ? (char)('1' + random_below(state, 9)) : '.';
  }
  rows[n] = '\0';
}

static struct rig*
open_book(const struct book* b, uint32_t max_frames)
{
  char text[4][32];
  const int64_t values[] = { b->pad, b->min_gap, b->min_length, b->max_length };
  for (int i = 0; i < 4; ++i) {
    snprintf(text[i], sizeof text[i], "%dms", (int)values[i]);
  }
  const char* const params[] = { "pad",        text[0], "min_gap",    text[1],
                                 "min_length", text[2], "max_length", text[3],
                                 NULL };
  return open_rig(params, 1, max_frames);
}

// Both inputs in random portions, any of them far ahead of the other.
static void
feed_at_random(struct rig* rig, uint64_t* state, const char* rows, uint32_t n)
{
  const uint32_t n_rows = (uint32_t)strlen(rows);
  uint32_t frame = 0, row = 0;
  while (frame < n || row < n_rows) {
    uint32_t some = 1 + random_below(state, 70);
    if (random_below(state, 2)) {
      some = some < n - frame ? some : n - frame;
      push_audio(rig, frame, some, 1);
      frame += some;
    } else {
      some = some / 7 < n_rows - row ? some / 7 : n_rows - row;
      push_rows(rig, rows + row, some);
      row += some;
    }
    rig_run(rig);
  }
  rig_drain(rig);
}

START_TEST(any_order_gives_what_the_book_says)
{
  static const uint32_t blocks[] = { 1, 7, 10, 64, 5000 };
  uint64_t state = (uint64_t)_i + 1;
  struct segments want, got;
  char rows[301];
  const struct book b = {
    .pad = random_below(&state, 40),
    .min_gap = random_below(&state, 60),
    .min_length = random_below(&state, 3) ? random_below(&state, 50) : 0,
    .max_length = random_below(&state, 3) ? 0 : 1 + random_below(&state, 200),
  };
  random_rows(&state, rows, 20 + random_below(&state, 280));
  const uint32_t n = (uint32_t)strlen(rows) * HOP - random_below(&state, 12);
  by_the_book(&b, rows, n, &want);

  struct rig* const rig = open_book(&b, blocks[_i % 5]);
  feed_at_random(rig, &state, rows, n);
  read_segments(rig, &got);
  check_texts(rig, &got);
  ck_assert_uint_eq(got.n, want.n);
  for (uint32_t i = 0; i < got.n; ++i) {
    ck_assert_int_eq(got.at[i].begin, want.at[i].begin);
    ck_assert_int_eq(got.at[i].end, want.at[i].end);
  }
  rig_close(rig);
}
END_TEST

// Where buffers end, their flags and all texts, whatever comes first.
START_TEST(buffers_do_not_depend_on_the_order)
{
  uint64_t state = 99;
  char rows[201];
  random_rows(&state, rows, 200);
  const struct book b = { .pad = 15, .min_gap = 30, .max_length = 170 };
  struct rig* first = NULL;
  for (int k = 0; k < 6; ++k) {
    struct rig* const rig = open_book(&b, 64);
    if (k == 0) {
      for (uint32_t at = 0; at < 2000; at += 64) {
        push_audio(rig, at, 2000 - at < 64 ? 2000 - at : 64, 1);
      }
      rig_run(rig);
      push_rows(rig, rows, 200);
      rig_run(rig);
    } else {
      push_rows(rig, rows, 100);
      push_audio(rig, 0, 1984 / 64 / k * 64, 1);
      rig_run(rig);
      push_audio(rig, 1984 / 64 / (uint32_t)k * 64,
                 2000 - 1984 / 64 / (uint32_t)k * 64, 1);
      push_rows(rig, rows + 100, 100);
    }
    rig_drain(rig);
    if (!first) {
      first = rig;
      continue;
    }
    ck_assert_uint_eq(rig_out_items(rig, 0), rig_out_items(first, 0));
    for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
      const struct rig_item* const x = rig_out_item(rig, 0, i);
      const struct rig_item* const y = rig_out_item(first, 0, i);
      ck_assert_int_eq(x->media_pos, y->media_pos);
      ck_assert_uint_eq(x->n_frames, y->n_frames);
      ck_assert_uint_eq(x->flags, y->flags);
      ck_assert_uint_eq(x->stream_id, y->stream_id);
    }
    for (uint32_t i = 0; i < rig_out_items(rig, 1); ++i) {
      ck_assert_str_eq(rig_out_text(rig, 1, i), rig_out_text(first, 1, i));
    }
    rig_close(rig);
  }
  rig_close(first);
}
END_TEST

// -- the rest ---------------------------------------------------------------

START_TEST(speech_is_not_held_until_it_ends)
{
  struct rig* const rig = open_rig(NULL, 1, 100);
  char rows[501];
  memset(rows, '9', 500);
  push_audio(rig, 0, 5000, 1);
  push_rows(rig, rows, 500);
  rig_run(rig);
  ck_assert_uint_ge(rig_out_frames(rig, 0), 5000 - 300);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 5000);
  rig_close(rig);
}
END_TEST

START_TEST(silence_is_not_held)
{
  struct rig* const rig = open_rig(NULL, 1, 100);
  char rows[501];
  memset(rows, '.', 500);
  push_audio(rig, 0, 5000, 1);
  push_rows(rig, rows, 500);
  const uint32_t before = fake_host_n_live(rig_host(rig));
  rig_run(rig);
  ck_assert_uint_le(fake_host_n_live(rig_host(rig)), before);
  ck_assert_uint_le(fake_host_n_live(rig_host(rig)), 4);
  rig_close(rig);
}
END_TEST

static const struct rill_format others[] = {
  { .kind = RILL_KIND_AUDIO, .encoding = RILL_ENC_S16, .rate = RATE,
    .rate_den = 1, .channels = 2, .packing = RILL_INTERLEAVED },
  { .kind = RILL_KIND_AUDIO, .encoding = RILL_ENC_S24, .rate = RATE,
    .rate_den = 1, .channels = 1, .packing = RILL_PLANAR },
};

START_TEST(any_audio_is_cut_and_keeps_its_format)
{
  struct rig* const rig = rig_open(PATH, "speech.cut");
  rig_set(rig, "pad", "0");
  rig_format(rig, 0, &others[_i]);
  rig_format(rig, 1, &rows_format);
  rig_start(rig, 64);
  ck_assert_mem_eq(rig_out_format(rig, 0), &others[_i], sizeof others[_i]);
  float x[200];
  for (int i = 0; i < 200; ++i) {
    x[i] = (float)i / 1024.0f;
  }
  rig_push_f32(rig, 0, x, 200 / others[_i].channels);
  push_rows(rig, "..99......", 10);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 20);
  ck_assert_double_eq(rig_out_f32(rig, 0, 0)[0], x[20]);
  rig_close(rig);
}
END_TEST

START_TEST(each_output_can_be_left_out)
{
  struct rig* const rig = rig_open(PATH, "speech.cut");
  rig_audio(rig, 0, RATE, 1);
  rig_format(rig, 1, &rows_format);
  rig_unlink_out(rig, (uint32_t)_i);
  rig_start(rig, 64);
  push_audio(rig, 0, 500, 1);
  push_rows(rig, "..99.................99....", 27);
  rig_drain(rig);
  if (_i) {
    ck_assert_uint_eq(rig_out_frames(rig, 0), 210);
  } else {
    ck_assert_uint_eq(rig_out_items(rig, 1), 2);
  }
  rig_close(rig);
}
END_TEST

START_TEST(reset_is_as_fresh)
{
  struct segments s;
  struct rig* const rig = open_rig(NULL, 1, 64);
  push_audio(rig, 0, 300, 1);
  push_rows(rig, "99999999..9999999999", 20);
  rig_run(rig);
  rig_reset(rig);
  push_audio(rig, 0, 300, 1);
  push_rows(rig, "..........99........", 20);
  rig_drain(rig);
  read_segments(rig, &s);
  ck_assert_uint_eq(s.n, 1);
  ck_assert_int_eq(s.at[0].begin, 50);
  ck_assert_int_eq(s.at[0].end, 170);
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, other_rows_are_refused, 0,
                      sizeof bad_rows / sizeof bad_rows[0]);
  tcase_add_loop_test(tcase, without_memory_it_fails_and_lets_go, 0, 4);
  tcase_add_test(tcase, numbers_that_are_none_are_no_speech);
  tcase_add_loop_test(tcase, what_is_cut, 0, sizeof cuts / sizeof cuts[0]);
  tcase_add_test(tcase, confidence_is_the_mean_of_speech);
  tcase_add_test(tcase, texts_are_exact);
  tcase_add_test(tcase, times_of_odd_rates_are_rounded_once);
  tcase_add_loop_test(tcase, any_order_gives_what_the_book_says, 0, 200);
  tcase_add_test(tcase, buffers_do_not_depend_on_the_order);
  tcase_add_test(tcase, speech_is_not_held_until_it_ends);
  tcase_add_test(tcase, silence_is_not_held);
  tcase_add_loop_test(tcase, any_audio_is_cut_and_keeps_its_format, 0, 2);
  tcase_add_loop_test(tcase, each_output_can_be_left_out, 0, 2);
  tcase_add_test(tcase, reset_is_as_fresh);
}

int
main(void)
{
  return suite_run("speech_cut", 30, add_tests);
}
