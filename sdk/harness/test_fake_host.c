// SPDX-License-Identifier: ISC
// The buffers of the fake host behave as those of a host should.
#include "fake_host.h"

#include "tests/suite.h"

#include <rill/helpers.h>
#include <signal.h>

static const struct rill_format audio = {.kind = RILL_KIND_AUDIO,
                                         .encoding = RILL_ENC_F32,
                                         .rate = 1000,
                                         .rate_den = 1,
                                         .channels = 3};
static const struct rill_format text = {.kind = RILL_KIND_TEXT};

static struct fake_host* fake;
static const struct rill_host* host;
static const struct rill_buffer_ops* ops;

static void
set_up(void)
{
  fake = fake_host_new();
  host = fake_host_table(fake);
  ops = host->buffers;
}

static void
tear_down(void)
{
  fake_host_free(fake);
}

static float*
sample(const struct rill_buffer* b, uint32_t channel, uint32_t frame)
{
  const struct rill_plane* const plane = &b->planes[channel];
  return (float*)(void*)((char*)plane->data + frame * plane->step);
}

static struct rill_buffer*
counting(uint32_t packing, uint32_t n_frames)
{
  struct rill_format format = audio;
  format.packing = packing;
  struct rill_buffer* const b = ops->alloc(host, &format, n_frames);
  for (uint32_t c = 0; c < 3; ++c) {
    for (uint32_t i = 0; i < n_frames; ++i) {
      *sample(b, c, i) = (float)(100 * c + i);
    }
  }
  b->media_pos = 500;
  b->pts_ns = 500000000;
  b->duration_ns = 1000000 * (int64_t)n_frames;
  return b;
}

START_TEST(planes_are_aligned_and_have_room_behind)
{
  struct rill_buffer* const b = counting((uint32_t)_i, 17);
  fake_host_check(fake);
  ck_assert_uint_eq(b->n_planes, 3);
  ck_assert_uint_eq((uintptr_t)b->planes[0].data % 64, 0);
  ck_assert_uint_eq(b->capacity_frames, 17);
  ck_assert_uint_eq(b->flags, RILL_BUFFER_WRITABLE);
  ck_assert_int_eq(b->planes[1].step, _i ? 12 : 4);
  ck_assert_uint_eq(b->planes[2].capacity, _i ? 17 * 12 - 8 : 17 * 4);
  ck_assert_uint_eq(((unsigned char*)b->planes[2].data)
                      [b->planes[2].capacity + 63], 0xcb);
  ops->unref(host, b);
}
END_TEST

START_TEST(a_new_buffer_holds_no_usable_numbers)
{
  struct rill_buffer* const b = ops->alloc(host, &audio, 4);
  ck_assert(*sample(b, 1, 3) != *sample(b, 1, 3)); // NaN
  ops->unref(host, b);
}
END_TEST

START_TEST(references_are_counted)
{
  struct rill_buffer* const b = ops->alloc(host, &audio, 4);
  ck_assert_ptr_eq(ops->ref(host, b), b);
  ck_assert_uint_eq(fake_buffer_refs(b), 2);
  ops->unref(host, b);
  ck_assert_uint_eq(fake_host_n_live(fake), 1);
  ops->unref(host, b);
  ck_assert_uint_eq(fake_host_n_live(fake), 0);
  ops->unref(host, NULL);
}
END_TEST

START_TEST(a_slice_shows_the_same_memory)
{
  struct rill_buffer* const b = counting((uint32_t)_i, 10);
  b->flags |= RILL_BUFFER_DISCONT | RILL_BUFFER_END;
  struct rill_buffer* const s = ops->slice(host, b, 4, 3);
  ck_assert_ptr_eq(sample(s, 2, 0), sample(b, 2, 4));
  ck_assert(*sample(s, 2, 2) == 206.0f);
  ck_assert_uint_eq(s->n_frames, 3);
  ck_assert_int_eq(s->media_pos, 504);
  ck_assert_int_eq(s->pts_ns, 504000000);
  ck_assert_int_eq(s->duration_ns, 3000000);
  ck_assert_uint_eq(s->flags, 0); // neither the first nor the last
  ops->unref(host, b);
  ck_assert_uint_eq(fake_host_n_live(fake), 2); // the slice holds it
  ops->unref(host, s);
}
END_TEST

START_TEST(a_slice_out_of_range_is_null)
{
  struct rill_buffer* const b = counting(RILL_PLANAR, 10);
  ck_assert_ptr_null(ops->slice(host, b, 11, 0));
  ck_assert_ptr_null(ops->slice(host, b, 8, 3));
  ck_assert_ptr_null(ops->slice(host, b, 1, UINT32_MAX));
  ops->unref(host, b);
}
END_TEST

// A meta about frames 2 .. 6, seen through slices.
static const struct {
  uint32_t first;
  uint32_t n_frames;
  uint32_t n_metas;
  uint32_t offset;
  uint32_t n_meta_frames;
} cuts[] = {
  {0, 10, 1, 2, 5}, // whole
  {3, 2, 1, 0, 2},  // inside
  {0, 4, 1, 2, 2},  // its begin
  {5, 5, 1, 0, 2},  // its end
  {0, 2, 0, 0, 0},  // before
  {7, 3, 0, 0, 0},  // behind
};

START_TEST(metas_are_cut_by_a_slice)
{
  char data[] = "{}";
  const struct rill_meta meta = {.size = sizeof meta,
                                 .kind = RILL_META_JSON,
                                 .offset = 2,
                                 .n_frames = 5,
                                 .uri = "x",
                                 .data = data,
                                 .data_bytes = 2};
  struct rill_buffer* const b = counting(RILL_PLANAR, 10);
  ck_assert_int_eq(ops->add_meta(host, b, &meta), RILL_OK);
  data[0] = '?';
  struct rill_buffer* const s =
    ops->slice(host, b, cuts[_i].first, cuts[_i].n_frames);
  ops->unref(host, b);
  ck_assert_uint_eq(s->n_metas, cuts[_i].n_metas);
  if (s->n_metas) {
    ck_assert_uint_eq(s->metas[0]->offset, cuts[_i].offset);
    ck_assert_uint_eq(s->metas[0]->n_frames, cuts[_i].n_meta_frames);
    ck_assert_str_eq(s->metas[0]->uri, "x");
    ck_assert_str_eq(s->metas[0]->data, "{}"); // a copy of its own
  }
  ops->unref(host, s);
}
END_TEST

START_TEST(make_writable_copies_what_others_hold)
{
  struct rill_buffer* const b = counting((uint32_t)_i, 5);
  ck_assert_ptr_eq(ops->make_writable(host, b), b);
  ops->ref(host, b);
  struct rill_buffer* const copy = ops->make_writable(host, b);
  ck_assert_ptr_ne(copy, b);
  ck_assert(*sample(copy, 2, 4) == 204.0f);
  ck_assert_int_eq(copy->media_pos, 500);
  ck_assert_uint_eq(copy->flags, RILL_BUFFER_WRITABLE);
  ck_assert_uint_eq(fake_buffer_refs(b), 1);
  ops->unref(host, copy);
  ops->unref(host, b);
}
END_TEST

START_TEST(make_writable_copies_a_slice_of_a_held_buffer)
{
  struct rill_buffer* const b = counting(RILL_PLANAR, 5);
  struct rill_buffer* s =
    ops->make_writable(host, ops->slice(host, b, 1, 2));
  ck_assert_ptr_ne(sample(s, 0, 0), sample(b, 0, 1));
  ck_assert(*sample(s, 1, 1) == 102.0f);
  ops->unref(host, s);
  s = ops->slice(host, b, 1, 2);
  ops->unref(host, b);
  ck_assert_ptr_eq(ops->make_writable(host, s), s); // nobody else is left
  ops->unref(host, s);
}
END_TEST

START_TEST(props_are_copied)
{
  const struct rill_meta meta = {.size = sizeof meta, .n_frames = 1};
  struct rill_buffer* const from = counting(RILL_PLANAR, 5);
  struct rill_buffer* const to = ops->alloc(host, &audio, 5);
  from->flags = RILL_BUFFER_GAP;
  from->stream_id = 3;
  ops->add_meta(host, from, &meta);
  ck_assert_int_eq(ops->copy_props(host, to, from), RILL_OK);
  ck_assert_uint_eq(to->flags, RILL_BUFFER_GAP | RILL_BUFFER_WRITABLE);
  ck_assert_uint_eq(to->stream_id, 3);
  ck_assert_int_eq(to->media_pos, 500);
  ck_assert_uint_eq(to->n_metas, 1);
  ck_assert_ptr_ne(to->metas[0], from->metas[0]);
  ops->unref(host, from);
  ops->unref(host, to);
}
END_TEST

static void
count_up(void* arg)
{
  ++*(int*)arg;
}

START_TEST(wrapped_memory_is_given_back_once)
{
  char memory[] = "hello";
  int n_done = 0;
  const struct rill_plane plane = {
    .data = memory, .capacity = sizeof memory, .used = 5, .fd = -1};
  struct rill_buffer* const b =
    ops->wrap(host, &text, 1, &plane, 1, count_up, &n_done);
  ck_assert_ptr_eq(b->planes[0].data, memory);
  ops->unref(host, ops->ref(host, b));
  ck_assert_int_eq(n_done, 0);
  ops->unref(host, b);
  ck_assert_int_eq(n_done, 1);
}
END_TEST

START_TEST(a_text_has_bytes_and_one_frame)
{
  struct rill_buffer* const b = ops->alloc(host, &text, 100);
  ck_assert_uint_eq(b->n_frames, 1);
  ck_assert_uint_eq(b->planes[0].capacity, 100);
  ck_assert_uint_eq(b->planes[0].used, 0);
  ops->unref(host, b);
}
END_TEST

START_TEST(rows_of_a_tensor_are_a_stride_apart)
{
  const struct rill_format rows = {.kind = RILL_KIND_TENSOR,
                                   .encoding = RILL_ENC_S16,
                                   .rank = 2,
                                   .shape = {3, 5}};
  struct rill_buffer* const b = ops->alloc(host, &rows, 4);
  ck_assert_uint_eq(b->n_planes, 1);
  ck_assert_int_eq(b->planes[0].row_stride, 64);
  ck_assert_uint_eq(b->planes[0].capacity, 256);
  struct rill_buffer* const s = ops->slice(host, b, 1, 3);
  ck_assert_ptr_eq(s->planes[0].data, (char*)b->planes[0].data + 64);
  ops->unref(host, s);
  ops->unref(host, b);
}
END_TEST

START_TEST(what_it_has_no_memory_for_is_null)
{
  const struct rill_format video = {.kind = RILL_KIND_VIDEO};
  ck_assert_ptr_null(ops->alloc(host, &video, 1));
  ck_assert_ptr_null(ops->alloc(host, &(struct rill_format){0}, 1));
}
END_TEST

START_TEST(an_allocation_fails_when_asked_to)
{
  fake_host_fail_alloc(fake, 2);
  struct rill_buffer* const b = ops->alloc(host, &audio, 1);
  ck_assert_ptr_null(ops->slice(host, b, 0, 1));
  ops->unref(host, ops->slice(host, b, 0, 1));
  ops->unref(host, b);
}
END_TEST

START_TEST(what_a_node_says_is_kept)
{
  static const int table = 0;
  fake_host_offer(fake, "rill.clock/1", &table);
  host->log(host, RILL_LOG_INFO, "one line");
  host->set_error(host, RILL_ERR_INPUT, "no such file");
  ck_assert_int_eq(host->request(host, RILL_REQUEST_RESTART), RILL_OK);
  ck_assert_int_eq(host->request(host, 99), RILL_ERR_UNSUPPORTED);
  ck_assert_str_eq(fake_host_find_log(fake, "line"), "one line");
  ck_assert_ptr_null(fake_host_find_log(fake, "other"));
  ck_assert_str_eq(fake_host_error(fake), "no such file");
  ck_assert_int_eq(fake_host_error_status(fake), RILL_ERR_INPUT);
  ck_assert_uint_eq(fake_host_n_requests(fake, RILL_REQUEST_RESTART), 1);
  ck_assert_ptr_eq(host->get_extension(host, "rill.clock/1"), &table);
  ck_assert_ptr_null(host->get_extension(host, "rill.clock/2"));
}
END_TEST

START_TEST(a_leak_aborts)
{
  ops->alloc(host, &audio, 1);
  fake_host_free(fake);
}
END_TEST

START_TEST(a_write_behind_the_end_aborts)
{
  struct rill_buffer* const b = ops->alloc(host, &audio, 4);
  *sample(b, 0, 4) = 0.0f;
  ops->unref(host, b);
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_loop_test(tcase, planes_are_aligned_and_have_room_behind, 0, 2);
  tcase_add_test(tcase, a_new_buffer_holds_no_usable_numbers);
  tcase_add_test(tcase, references_are_counted);
  tcase_add_loop_test(tcase, a_slice_shows_the_same_memory, 0, 2);
  tcase_add_test(tcase, a_slice_out_of_range_is_null);
  tcase_add_loop_test(tcase, metas_are_cut_by_a_slice, 0, RILL_COUNT(cuts));
  tcase_add_loop_test(tcase, make_writable_copies_what_others_hold, 0, 2);
  tcase_add_test(tcase, make_writable_copies_a_slice_of_a_held_buffer);
  tcase_add_test(tcase, props_are_copied);
  tcase_add_test(tcase, wrapped_memory_is_given_back_once);
  tcase_add_test(tcase, a_text_has_bytes_and_one_frame);
  tcase_add_test(tcase, rows_of_a_tensor_are_a_stride_apart);
  tcase_add_test(tcase, what_it_has_no_memory_for_is_null);
  tcase_add_test(tcase, an_allocation_fails_when_asked_to);
  tcase_add_test(tcase, what_a_node_says_is_kept);
  tcase_add_test_raise_signal(tcase, a_leak_aborts, SIGABRT);
  tcase_add_test_raise_signal(tcase, a_write_behind_the_end_aborts, SIGABRT);
}

int
main(void)
{
  return suite_run("fake_host", 30, add);
}
