// SPDX-License-Identifier: ISC
// Documents, audio values and base64: what is refused and how it is said,
// then what comes through.
#include "base64.h"
#include "document.h"
#include "test_buffer.h"
#include "tests/suite.h"
#include "value_text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define HEAD "\"sample_rate\":16000"

enum { SEED = 20261122, LARGE = 5000 };

static uint32_t
next_random(uint64_t* state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 32);
}

// A copy of just these bytes, so that a sanitizer sees a read beyond them.
static char*
exact_copy(const char* text, size_t n)
{
  char* const copy = (char*)malloc(n ? n : 1);
  memcpy(copy, text, n);
  return copy;
}

// ----------------------------------------------------------------- documents

#define DEEP_16 "[[[[[[[[[[[[[[[["
#define FLAT_16 "]]]]]]]]]]]]]]]]"
#define DEEP_64 DEEP_16 DEEP_16 DEEP_16 DEEP_16
#define FLAT_64 FLAT_16 FLAT_16 FLAT_16 FLAT_16

static const struct {
  const char* text;
  const char* why; // a part of the reason
} bad_documents[] = {
  { "", "byte 0" },
  { " ", "byte 0" },
  { "{", "byte 0" },
  { "[1,2", "the text ends in an array of numbers, after 2 of them" },
  { "[1,", "the text ends in an array" },
  { "{\"a\":1}{\"b\":2}", "byte 7" },      // two values on a line
  { "[1] [2]", "byte 5: end of file expected" },
  { "\xef\xbb\xbf{}", "byte order mark" },
  { "\"\\u0000\"", "\\u0000" },
  { "{\"\\u0000\":1}", "\\u0000" },
  { "{\"a\":\"x\\\\\\u0000\"}", "byte 9: \\u0000" },
  { "\"\\ud800\"", "byte" },               // lone surrogates
  { "\"\\udc00\\ud800\"", "byte" },
  { "\"\xc3\x28\"", "byte" },              // invalid UTF-8
  { "\"\xed\xa0\x80\"", "byte" },
  { "\"\xc0\x80\"", "byte" },
  { "{\"a\":1,\"a\":2}", "duplicate" },
  { "{\"a\":[1],\"\\u0061\":2}", "duplicate" },
  { DEEP_64 "[" FLAT_64 "]", "byte 64: values are nested more than 64 deep" },
  { DEEP_64 "[1" FLAT_64 "]", "more than 64 deep" },
  { DEEP_64 DEEP_64, "more than 64 deep" },
  { "{\"data\":[NaN]}", "byte 8: element 0 of an array, 'NaN'" },
  { "[1,Infinity]", "element 1 of an array, 'Infinity', is not a number" },
  { "[0.5,-Infinity]", "element 1" },
  { "[1,2,1e999]", "element 2 of an array, 1e999, is beyond" },
  { "[0.5,01]", "element 1 of an array, '01', is not a number" },
  { "[+1]", "element 0" },
  { "[1.5,.5]", "element 1" },
  { "[1.]", "element 0" },
  { "[1,2,]", "element 2" },
  { "[1,,2]", "element 1" },
  { "[1 2]", "element 0 of an array is followed by '2'" },
  { "[1,2}", "followed by '}'" },
  { "[1,2,nul]", "element 2" },
  { "[1,2,true false]", "byte" },
  { "{\"data\":[1,2,3] 4}", "byte 16" },   // the place is that of the text
  { "{\"a\":[1,2,3],\"b\":[4,5,6],\"c\":x}", "byte 29" },
  { "{\"base64\":\"AAAA\",\"c\":x}", "byte 21" },
  { "{\"a\":1e999}", "byte" },
  { "{\"base64\":\"AA\nA\"}", "byte" },
  { "{\"base64\":\"AAA", "a string without end" },
  { "nope", "byte" },
  { "{\"output\\u0073\":[{}]}", "\"outputs\" is written with escapes" },
  { "{\"output\\u0073\":[1,{}]}", "written with escapes" },
  { "{\"a\":\"\\\"}", "a string without end" },
};

START_TEST(a_text_that_is_no_json_is_refused)
{
  struct document doc = { 0 };
  struct why why = { "" };
  const size_t n = strlen(bad_documents[_i].text);
  char* const text = exact_copy(bad_documents[_i].text, n);
  ck_assert_int_eq(document_read(&doc, text, n, &why), RILL_ERR_CORRUPT);
  ck_assert_ptr_null(doc.root);
  ck_assert_msg(strstr(why.text, bad_documents[_i].why), "%s: %s",
                bad_documents[_i].text, why.text);
  free(text);
  document_free(&doc);
}
END_TEST

START_TEST(a_nul_is_refused_wherever_it_stands)
{
  static const char text[] = "{\"a\":[1,2],\"b\":[true]}";
  struct document doc = { 0 };
  struct why why = { "" };
  for (size_t i = 0; i <= sizeof text - 1; ++i) {
    char with_nul[sizeof text] = { 0 };
    memcpy(with_nul, text, i);
    memcpy(with_nul + i + 1, text + i, sizeof text - 1 - i);
    ck_assert_int_eq(document_read(&doc, with_nul, sizeof with_nul, &why), RILL_ERR_CORRUPT);
    ck_assert_msg(strstr(why.text, ": a NUL") || strstr(why.text, "of an array"), "%s", why.text);
  }
  document_free(&doc);
}
END_TEST

START_TEST(too_many_values_are_refused)
{
  const size_t n = 2 * (DOCUMENT_MAX_VALUES + 2);
  char* const text = (char*)malloc(n);
  struct document doc = { 0 };
  struct why why = { "" };
  for (size_t i = 0; i < n; i += 2) {
    memcpy(text + i, "0,", 2);
  }
  memcpy(text, "[{", 2); // not an array of numbers
  ck_assert_int_eq(document_read(&doc, text, n, &why), RILL_ERR_CORRUPT);
  ck_assert_msg(strstr(why.text, "1048576 values"), "%s", why.text);
  document_free(&doc);
  free(text);
}
END_TEST

START_TEST(a_depth_of_64_is_read)
{
  static const char text[] = DEEP_64 FLAT_64;
  struct document doc = { 0 };
  struct why why = { "" };
  ck_assert_msg(document_read(&doc, text, sizeof text - 1, &why) == RILL_OK, "%s", why.text);
  document_free(&doc);
}
END_TEST

START_TEST(many_escapes_in_a_string_take_no_time)
{
  enum { N = 4 << 20 };
  char* const text = (char*)malloc(N + 2);
  struct document doc = { 0 };
  struct why why = { "" };
  for (size_t i = 1; i < N; i += 2) {
    memcpy(text + i, "\\n", 2);
  }
  text[0] = '"';
  text[N + 1] = '"';
  ck_assert_msg(document_read(&doc, text, N + 2, &why) == RILL_OK, "%s", why.text);
  ck_assert_uint_eq(json_string_length(doc.root), N / 2);
  document_free(&doc);
  free(text);
}
END_TEST

START_TEST(large_parts_stay_in_the_text)
{
  static const char text[] =
    " {\"id\":7, \"outputs\" : [ {\"data\":[0.5, -1 ,2e0] , \"base64\":\"QUJD\"} ,[1,2],\n"
    "5 , \"a,]\" ,[], {}],\"more\":{\"outputs\":[{}]},\"ends\":[\"x\",1]} ";
  static const char* const items[] = {
    "{\"data\":[0.5, -1 ,2e0] , \"base64\":\"QUJD\"}", "[1,2]", "5", "\"a,]\"", "[]", "{}"
  };
  struct document doc = { 0 };
  struct why why = { "" };
  ck_assert_msg(document_read(&doc, text, sizeof text - 1, &why) == RILL_OK, "%s", why.text);
  const json_t* const outputs = json_object_get(doc.root, "outputs");
  ck_assert_uint_eq(json_array_size(outputs), COUNT(items));
  ck_assert_uint_eq(doc.n_items, COUNT(items));
  for (int i = 0; i < COUNT(items); ++i) {
    ck_assert_uint_eq(doc.items[i].n, strlen(items[i]));
    ck_assert_mem_eq(doc.items[i].at, items[i], doc.items[i].n);
  }
  const json_t* const audio = json_array_get(outputs, 0);
  const struct part* const data = document_part(&doc, json_object_get(audio, "data"));
  ck_assert(data && data->is_array && data->array.n_numbers == 3);
  ck_assert_mem_eq(data->text.at, "0.5, -1 ,2e0", data->text.n);
  const struct part* const base64 = document_part(&doc, json_object_get(audio, "base64"));
  ck_assert(base64 && !base64->is_array && base64->text.n == 4);
  ck_assert_ptr_null(document_part(&doc, json_array_get(outputs, 3)));
  ck_assert_ptr_null(document_part(&doc, NULL));
  ck_assert(document_is_text(&doc, json_array_get(outputs, 3)));
  ck_assert(!document_is_text(&doc, json_array_get(outputs, 1))); // [1,2]
  ck_assert(!document_is_text(&doc, json_array_get(outputs, 2)));
  ck_assert(!document_is_text(&doc, NULL));
  ck_assert_int_eq(json_integer_value(json_object_get(doc.root, "id")), 7);
  document_free(&doc);
}
END_TEST

START_TEST(no_text_forges_a_placeholder)
{
  static const char text[] = "{\"data\":\"0\",\"x\":[1],\"y\":\"\\\\u00000\",\"z\":\"\"}";
  struct document doc = { 0 };
  struct why why = { "" };
  ck_assert_int_eq(document_read(&doc, text, sizeof text - 1, &why), RILL_OK);
  ck_assert_ptr_null(document_part(&doc, json_object_get(doc.root, "data")));
  ck_assert_ptr_null(document_part(&doc, json_object_get(doc.root, "y")));
  ck_assert_ptr_null(document_part(&doc, json_object_get(doc.root, "z")));
  ck_assert_ptr_nonnull(document_part(&doc, json_object_get(doc.root, "x")));
  document_free(&doc);
}
END_TEST

START_TEST(a_document_is_read_again_and_again)
{
  struct document doc = { 0 };
  struct why why = { "" };
  for (int i = 0; i < 3; ++i) {
    ck_assert_int_eq(document_read(&doc, "[x]", 3, &why), RILL_ERR_CORRUPT);
    ck_assert_int_eq(document_read(&doc, "{\"outputs\":[[1],[2]]}", 21, &why), RILL_OK);
    ck_assert_uint_eq(doc.n_items, 2);
    ck_assert_uint_eq(doc.n_parts, 2);
    document_clear(&doc);
    ck_assert_uint_eq(doc.n_items, 0);
  }
  document_free(&doc);
  ck_assert_ptr_null(doc.parts);
}
END_TEST

// -------------------------------------------------------- values that are bad

static const struct {
  const char* text;
  const char* why;
} bad_values[] = {
  { "5", "an audio value is expected" },
  { "[1,2]", "an audio value is expected" },
  { "{}", "Missing audio data array" },
  { "{" HEAD "}", "Missing audio data array" },
  { "{\"data\":[1]}", "Missing sample_rate" },
  { "{\"data\":null," HEAD "}", "data is null: a list of numbers is expected" },
  { "{\"data\":\"abc\"," HEAD "}", "data is a text" },
  { "{\"data\":{}," HEAD "}", "data is an object" },
  { "{\"data\":7," HEAD "}", "data is a number" },
  { "{\"data\":[1,null,3]," HEAD "}", "data[1] is null, not a number" },
  { "{\"data\":[0.5,2,\"3\"]," HEAD "}", "data[2] is a text" },
  { "{\"data\":[[1,2],[3]]," HEAD "}", "data[0] is a list" },
  { "{\"data\":[1,[2]]," HEAD "}", "data[1] is a list" },
  { "{\"data\":[1,true]," HEAD "}", "data[1] is true or false" },
  { "{\"data\":[1,{}]," HEAD "}", "data[1] is an object" },
  { "{\"data\":[1,2,3]," HEAD ",\"channels\":2}", "3 samples are no whole number" },
  { "{\"data\":[1]," HEAD ",\"channels\":0}", "channels is no whole number from 1" },
  { "{\"data\":[1]," HEAD ",\"channels\":1025}", "channels is no whole number" },
  { "{\"data\":[1]," HEAD ",\"channels\":1.5}", "channels is no whole number" },
  { "{\"data\":[1]," HEAD ",\"channels\":\"1\"}", "channels is a text" },
  { "{\"data\":[1]," HEAD ",\"channels\":[1]}", "channels is a list" },
  { "{\"data\":[1],\"sample_rate\":0}", "sample_rate is no whole number" },
  { "{\"data\":[1],\"sample_rate\":-1}", "sample_rate is no whole number" },
  { "{\"data\":[1],\"sample_rate\":768001}", "sample_rate is no whole number" },
  { "{\"data\":[1],\"sample_rate\":1e300}", "sample_rate is no whole number" },
  { "{\"data\":[1],\"sample_rate\":null}", "sample_rate is null" },
  { "{\"data\":[1]," HEAD ",\"format\":\"F64\"}", "format is \"F64\"" },
  { "{\"data\":[1]," HEAD ",\"format\":1}", "format is a number" },
  { "{\"data\":[1]," HEAD ",\"format\":[1]}", "format is a list" },
  { "{\"data\":[1]," HEAD ",\"base64\":\"\"}", "both data and base64" },
  { "{\"base64\":\"AAA\"," HEAD "}", "no whole number of samples" },
  { "{\"base64\":\"AAAA\"," HEAD "}", "no whole number of samples" },
  { "{\"base64\":\"AA=A\"," HEAD "}", "none of its alphabet" },
  { "{\"base64\":\"AA-A\"," HEAD "}", "none of its alphabet" },
  { "{\"base64\":\"\\u0041AAA\"," HEAD "}", "none of its alphabet" },
  { "{\"base64\":[1]," HEAD "}", "base64 is a list" },
  { "{\"base64\":5," HEAD "}", "base64 is a number" },
  // these are found when the samples are read
  { "{\"data\":[0,3.5e38]," HEAD "}", "data[1] is 3.5e38: F32 ends at" },
  { "{\"data\":[0,-1e39,0.5]," HEAD "}", "data[1] is -1e39" },
  { "{\"data\":[0,40000]," HEAD ",\"format\":\"I16\"}", "data[1] is 40000: I16 holds" },
  { "{\"data\":[0,1,-32769]," HEAD ",\"format\":\"I16\"}", "data[2] is -32769" },
  { "{\"data\":[0.5]," HEAD ",\"format\":\"I16\"}", "data[0] is 0.5: I16 holds whole" },
  { "{\"data\":[1.0,2147483648]," HEAD ",\"format\":\"I32\"}", "data[1] is 2147483648" },
  { "{\"data\":[1,1e39]," HEAD ",\"format\":\"I32\"}", "data[1] is 1e39" },
  { "{\"base64\":\"AAAAAB==\"," HEAD "}", "base64 is wrong at character 5" },
};

static int32_t
read_value(const char* value, struct rill_buffer* buffer, uint32_t* n, struct why* why)
{
  struct document doc = { 0 };
  struct value_audio audio;
  char* const text = exact_copy(value, strlen(value));
  int32_t st = document_read(&doc, text, strlen(value), why);
  ck_assert_msg(st == RILL_OK, "%s: %s", value, why->text);
  st = value_audio_open(&audio, &doc, doc.root, why);
  *n = 0;
  while (st >= 0 && *n < audio.n_frames) {
    uint32_t n_done = 0;
    st = value_audio_read(&audio, buffer, buffer->n_frames, &n_done, why);
    *n += n_done;
  }
  document_free(&doc);
  free(text);
  return st;
}

START_TEST(a_value_that_is_wrong_names_its_field)
{
  static float memory[16];
  struct test_buffer t;
  struct why why = { "" };
  uint32_t n = 0;
  test_buffer_init(&t, RILL_ENC_F32, RILL_PLANAR, 1, 16, memory);
  ck_assert_int_eq(read_value(bad_values[_i].text, &t.buffer, &n, &why), RILL_ERR_CORRUPT);
  ck_assert_msg(strstr(why.text, bad_values[_i].why), "%s: %s", bad_values[_i].text, why.text);
}
END_TEST

// ------------------------------------------------------- values that are good

static const struct {
  const char* text;
  uint32_t encoding;
  uint32_t n;
  double samples[4];
} good_values[] = {
  { "{\"data\":[]," HEAD "}", RILL_ENC_F32, 0, { 0 } },
  { "{\"data\":[ ]," HEAD "}", RILL_ENC_F32, 0, { 0 } },
  { "{\"data\":[0.5,-1.25,1e-3]," HEAD "}", RILL_ENC_F32, 3, { 0.5, -1.25, 1e-3f } },
  { "{\"data\":[1,2,-3]," HEAD "}", RILL_ENC_F32, 3, { 1, 2, -3 } },
  { "{\"data\":[1,2,0.1]," HEAD "}", RILL_ENC_F32, 3, { 1, 2, 0.1f } },
  { "{\"data\":[1,-0]," HEAD "}", RILL_ENC_F32, 2, { 1, -0.0 } },
  { "{\"data\":[16777217,3e9]," HEAD "}", RILL_ENC_F32, 2, { 16777216, 3e9f } },
  { "{" HEAD ",\"x\":{\"data\":[9]},\"data\":[ 1 ,\t2\r\n, 3 ] }", RILL_ENC_F32, 3, { 1, 2, 3 } },
  { "{\"data\":[1,2]," HEAD ".0,\"channels\":1.0}", RILL_ENC_F32, 2, { 1, 2 } },
  { "{\"d\\u0061ta\":[1,2]," HEAD "}", RILL_ENC_F32, 2, { 1, 2 } },
  { "{\"data\":[-32768,32767]," HEAD ",\"format\":\"I16\"}", RILL_ENC_S16, 2, { -32768, 32767 } },
  { "{\"data\":[1.0,2e1,-0]," HEAD ",\"format\":\"I16\"}", RILL_ENC_S16, 3, { 1, 20, 0 } },
  { "{\"data\":[-2147483648,2147483647]," HEAD ",\"format\":\"I32\"}", RILL_ENC_S32, 2,
    { -2147483648.0, 2147483647.0 } },
  { "{\"data\":[16777217.0,1.5e1]," HEAD ",\"format\":\"I32\"}", RILL_ENC_S32, 2, { 16777217, 15 } },
  { "{\"base64\":\"\"," HEAD "}", RILL_ENC_F32, 0, { 0 } },
  { "{\"base64\":\"AAAAPwAAoL8=\"," HEAD "}", RILL_ENC_F32, 2, { 0.5, -1.25 } },
  { "{\"base64\":\"AQD//w==\"," HEAD ",\"format\":\"I16\"}", RILL_ENC_S16, 2, { 1, -1 } },
};

static double
sample_of(const struct rill_buffer* b, uint32_t c, uint32_t i)
{
  const void* const at = (const char*)b->planes[c].data + i * b->planes[c].step;
  int16_t s16;
  int32_t s32;
  float f32;
  switch (b->format->encoding) {
    case RILL_ENC_S16: memcpy(&s16, at, sizeof s16); return s16;
    case RILL_ENC_S32: memcpy(&s32, at, sizeof s32); return s32;
    default: memcpy(&f32, at, sizeof f32); return (double)f32;
  }
}

START_TEST(a_value_has_these_samples)
{
  static int32_t memory[4];
  struct test_buffer t;
  struct why why = { "" };
  uint32_t n = 0;
  test_buffer_init(&t, good_values[_i].encoding, RILL_PLANAR, 1, 4, memory);
  ck_assert_msg(read_value(good_values[_i].text, &t.buffer, &n, &why) == RILL_OK, "%s: %s",
                good_values[_i].text, why.text);
  ck_assert_uint_eq(n, good_values[_i].n);
  for (uint32_t i = 0; i < n; ++i) {
    const double x = sample_of(&t.buffer, 0, i);
    const double expected = good_values[_i].samples[i];
    ck_assert_msg(x == expected && signbit(x) == signbit(expected), "%s: %u is %g",
                  good_values[_i].text, i, x);
  }
}
END_TEST

// ---------------------------------------------------------------- round trips

static const struct {
  uint32_t encoding, packing, n_channels, n_frames, block;
  enum value_coding coding;
} trips[] = {
  { RILL_ENC_F32, RILL_PLANAR, 1, LARGE, 512, VALUE_NUMBERS },
  { RILL_ENC_F32, RILL_PLANAR, 2, 1000, 77, VALUE_NUMBERS },
  { RILL_ENC_F32, RILL_INTERLEAVED, 3, 1000, 1000, VALUE_NUMBERS },
  { RILL_ENC_F32, RILL_PLANAR, 8, 600, 1, VALUE_NUMBERS },
  { RILL_ENC_F32, RILL_PLANAR, 1, 1, 1, VALUE_NUMBERS },
  { RILL_ENC_F32, RILL_PLANAR, 1, 0, 1, VALUE_NUMBERS },
  { RILL_ENC_S16, RILL_PLANAR, 2, 2000, 511, VALUE_NUMBERS },
  { RILL_ENC_S16, RILL_INTERLEAVED, 1, LARGE, LARGE, VALUE_NUMBERS },
  { RILL_ENC_S32, RILL_PLANAR, 5, 500, 499, VALUE_NUMBERS },
  { RILL_ENC_S32, RILL_INTERLEAVED, 2, 1, 7, VALUE_NUMBERS },
  { RILL_ENC_F32, RILL_PLANAR, 1, LARGE, 512, VALUE_BASE64 },
  { RILL_ENC_F32, RILL_PLANAR, 7, 333, 10, VALUE_BASE64 },
  { RILL_ENC_S16, RILL_INTERLEAVED, 3, 1001, 13, VALUE_BASE64 },
  { RILL_ENC_S16, RILL_PLANAR, 1, 1, 1, VALUE_BASE64 },
  { RILL_ENC_S32, RILL_PLANAR, 2, 777, 100, VALUE_BASE64 },
  { RILL_ENC_S32, RILL_PLANAR, 2, 0, 100, VALUE_BASE64 },
};

// Any bits are samples, but those of no number, where JSON cannot say them.
static void
fill(uint32_t* bits, size_t n, int finite)
{
  uint64_t state = SEED;
  for (size_t i = 0; i < n; ++i) {
    bits[i] = next_random(&state);
    bits[i] ^= finite && (bits[i] & 0x7f800000) == 0x7f800000 ? 0x40000000 : 0;
  }
}

static void
ck_same_frames(const struct rill_buffer* a, uint32_t at, const struct rill_buffer* b,
               uint32_t n)
{
  const size_t bytes = rill_sample_bytes(a->format->encoding);
  for (uint32_t c = 0; c < a->n_planes; ++c) {
    for (uint32_t i = 0; i < n; ++i) {
      ck_assert_mem_eq((char*)a->planes[c].data + (at + i) * a->planes[c].step,
                       (char*)b->planes[c].data + i * b->planes[c].step, bytes);
    }
  }
}

START_TEST(samples_come_back_bit_for_bit)
{
  static uint32_t memory[LARGE];
  static uint32_t back[LARGE];
  struct test_buffer in;
  struct test_buffer out;
  struct text text = { 0 };
  struct document doc = { 0 };
  struct why why = { "" };
  struct value_audio audio;
  const uint32_t c = trips[_i].n_channels;
  const uint32_t block = trips[_i].block;
  fill(memory, LARGE, trips[_i].encoding == RILL_ENC_F32);
  test_buffer_init(&in, trips[_i].encoding, trips[_i].packing, c, trips[_i].n_frames, memory);
  test_buffer_init(&out, trips[_i].encoding, RILL_PLANAR, c, block, back);

  ck_assert_int_eq(value_text_audio(&text, &in.buffer, 0, trips[_i].n_frames,
                                    trips[_i].coding, &why), RILL_OK);
  ck_assert_msg(document_read(&doc, text.at, text.n, &why) == RILL_OK, "%s", why.text);
  ck_assert_msg(value_audio_open(&audio, &doc, doc.root, &why) == RILL_OK, "%s", why.text);
  ck_assert_uint_eq(audio.n_frames, trips[_i].n_frames);
  ck_assert_uint_eq(audio.format.encoding, trips[_i].encoding);
  ck_assert_uint_eq(audio.format.rate, 16000);
  ck_assert_uint_eq(audio.format.channels, c);
  uint32_t n_done = 0;
  uint32_t at = 0;
  do {
    ck_assert_int_eq(value_audio_read(&audio, &out.buffer, block, &n_done, &why), RILL_OK);
    ck_assert_uint_le(n_done, block);
    ck_same_frames(&in.buffer, at, &out.buffer, n_done);
    at += n_done;
  } while (n_done);
  ck_assert_uint_eq(at, trips[_i].n_frames);
  document_free(&doc);
  text_free(&text);
}
END_TEST

START_TEST(a_part_of_a_buffer_has_this_text)
{
  int16_t samples[] = { 1, 2, 3, 4, -5, 6, 7, 8 };
  struct test_buffer t;
  struct text text = { 0 };
  struct why why = { "" };
  test_buffer_init(&t, RILL_ENC_S16, RILL_PLANAR, 2, 4, samples);
  ck_assert_int_eq(text_add_string(&text, ">"), RILL_OK);
  ck_assert_int_eq(value_text_audio(&text, &t.buffer, 1, 2, VALUE_NUMBERS, &why), RILL_OK);
  ck_assert_int_eq(value_text_audio(&text, &t.buffer, 0, 0, VALUE_NUMBERS, &why), RILL_OK);
  ck_assert_int_eq(value_text_audio(&text, &t.buffer, 0, 1, VALUE_BASE64, &why), RILL_OK);
  ck_assert_int_eq(text_add(&text, "", 1), RILL_OK);
  ck_assert_str_eq(text.at,
                   ">{\"data\":[2,6,3,7],\"sample_rate\":16000,\"channels\":2,\"format\":\"I16\"}"
                   "{\"data\":[],\"sample_rate\":16000,\"channels\":2,\"format\":\"I16\"}"
                   "{\"base64\":\"AQD7/w==\",\"sample_rate\":16000,\"channels\":2,\"format\":\"I16\"}");
  text_free(&text);
}
END_TEST

START_TEST(samples_that_json_cannot_say_are_refused)
{
  static const float bad[] = { NAN, INFINITY, -INFINITY };
  float samples[2000] = { 0 };
  struct test_buffer t;
  struct text text = { 0 };
  struct why why = { "" };
  samples[1500] = bad[_i];
  test_buffer_init(&t, RILL_ENC_F32, RILL_INTERLEAVED, 2, 1000, samples);
  t.buffer.media_pos = 48000;
  ck_assert_int_eq(value_text_audio(&text, &t.buffer, 0, 1000, VALUE_NUMBERS, &why),
                   RILL_ERR_INPUT);
  ck_assert_msg(strstr(why.text, "frame 48750, channel 0 is "), "%s", why.text);
  ck_assert_msg(strstr(why.text, _i ? "infinite" : "not a number"), "%s", why.text);
  text.n = 0;
  ck_assert_int_eq(value_text_audio(&text, &t.buffer, 0, 1000, VALUE_BASE64, &why), RILL_OK);
  t.format.encoding = RILL_ENC_F64;
  ck_assert_int_eq(value_text_audio(&text, &t.buffer, 0, 1000, VALUE_BASE64, &why),
                   RILL_ERR_BAD_FORMAT);
  text_free(&text);
}
END_TEST

// -------------------------------------------------------------- other values

static const struct {
  const char* bytes;
  size_t n;
  const char* text; // null: refused
} strings[] = {
  { "\xff", 1, NULL }, { "a\0b", 3, NULL }, { "\xc0\x80", 2, NULL }, { "\xe0\x80\x80", 3, NULL },
  { "\xed\xa0\x80", 3, NULL }, { "\xf4\x90\x80\x80", 4, NULL }, { "\xe2\x82", 2, NULL },
  { "\xf8\x88\x80\x80\x80", 5, NULL }, { "\x80", 1, NULL }, { "\xe2\x28\xa1", 3, NULL },
  { "", 0, "\"\"" }, { "a\"b\\", 4, "\"a\\\"b\\\\\"" }, { "\n\r\t\x01", 4, "\"\\n\\r\\t\\u0001\"" },
  { "\xe2\x82\xac", 3, "\"\xe2\x82\xac\"" }, { "\xf0\x9f\x8e\xb5", 4, "\"\xf0\x9f\x8e\xb5\"" },
  { "\x7f", 1, "\"\\u007f\"" }, { "\xc3\xa9", 2, "\"\xc3\xa9\"" },
};

START_TEST(a_text_is_a_string_that_reads_back)
{
  struct text text = { 0 };
  struct why why = { "" };
  char* const bytes = exact_copy(strings[_i].bytes, strings[_i].n);
  const int32_t st = value_text_string(&text, bytes, strings[_i].n, &why);
  ck_assert_int_eq(st, strings[_i].text ? RILL_OK : RILL_ERR_INPUT);
  if (strings[_i].text) {
    ck_assert_uint_eq(text.n, strlen(strings[_i].text));
    ck_assert_mem_eq(text.at, strings[_i].text, text.n);
    json_t* const back = json_loadb(text.at, text.n, JSON_DECODE_ANY, NULL);
    ck_assert_uint_eq(json_string_length(back), strings[_i].n);
    ck_assert_mem_eq(json_string_value(back), bytes, strings[_i].n);
    json_decref(back);
  }
  text_free(&text);
  free(bytes);
}
END_TEST

START_TEST(json_from_elsewhere_stays_on_one_line)
{
  struct text text = { 0 };
  struct document doc = { 0 };
  struct why why = { "" };
  static const char good[] = "{\r\n \"a\": [1,\n2],\n\"b\": \"x\\n\"\n}";
  static const char evil[] = "1}\n{\"op\":\"x\"";
  ck_assert_int_eq(value_text_json(&text, good, sizeof good - 1, &doc, &why), RILL_OK);
  ck_assert_uint_eq(text.n, sizeof good - 1);
  ck_assert_ptr_null(memchr(text.at, '\n', text.n));
  ck_assert_ptr_null(memchr(text.at, '\r', text.n));
  json_t* const a = json_loadb(text.at, text.n, 0, NULL);
  json_t* const b = json_loads(good, 0, NULL);
  ck_assert(a && json_equal(a, b));
  json_decref(a);
  json_decref(b);
  ck_assert_int_eq(value_text_json(&text, evil, sizeof evil - 1, &doc, &why), RILL_ERR_INPUT);
  ck_assert_int_eq(value_text_json(&text, "1\n2", 3, &doc, &why), RILL_ERR_INPUT);
  ck_assert_uint_eq(text.n, sizeof good - 1);
  document_free(&doc);
  text_free(&text);
}
END_TEST

// -------------------------------------------------------------------- base64

START_TEST(bytes_come_back_from_base64)
{
  static const struct {
    const char* bytes;
    const char* text;
  } known[] = { // RFC 4648, section 10
    { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
    { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
  };
  char room[16] = "";
  for (int i = 0; i < COUNT(known); ++i) {
    const size_t n = strlen(known[i].bytes);
    *base64_encode(room, known[i].bytes, n) = '\0';
    ck_assert_str_eq(room, known[i].text);
  }
  uint8_t bytes[256];
  uint8_t back[256];
  char text[344];
  for (size_t n = 0; n <= sizeof bytes; ++n) {
    for (size_t i = 0; i < n; ++i) {
      bytes[i] = (uint8_t)(i * 37 + n);
    }
    ck_assert_ptr_eq(base64_encode(text, bytes, n), text + base64_text_bytes(n));
    ck_assert(base64_is_text(text, base64_text_bytes(n)));
    ck_assert_int_eq(base64_bytes(text, base64_text_bytes(n)), (int64_t)n);
    ck_assert_ptr_null(base64_decode(back, text, base64_text_bytes(n)));
    ck_assert_mem_eq(back, bytes, n);
  }
}
END_TEST

static const struct {
  const char* text;
  int at;
} bad_base64[] = {
  { "A", 0 }, { "AAAAA", 4 }, { "AAA*", 3 }, { "****", 0 }, { "AAAAA A=", 5 }, { "A===", 1 },
  { "====", 0 }, { "AB==", 1 }, { "AAB=", 2 }, { "AA-_", 2 }, { "AA\n=", 2 }, { "AA==AAAA", 2 },
};

START_TEST(what_is_no_base64_is_refused_at_its_place)
{
  uint8_t to[16];
  const size_t n = strlen(bad_base64[_i].text);
  char* const text = exact_copy(bad_base64[_i].text, n);
  const char* const bad = base64_decode(to, text, n);
  ck_assert_msg(bad == text + bad_base64[_i].at, "%s: %ld", bad_base64[_i].text,
                bad ? (long)(bad - text) : -1L);
  free(text);
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_text_that_is_no_json_is_refused, 0, COUNT(bad_documents));
  tcase_add_test(tcase, a_nul_is_refused_wherever_it_stands);
  tcase_add_test(tcase, too_many_values_are_refused);
  tcase_add_test(tcase, a_depth_of_64_is_read);
  tcase_add_test(tcase, many_escapes_in_a_string_take_no_time);
  tcase_add_test(tcase, large_parts_stay_in_the_text);
  tcase_add_test(tcase, no_text_forges_a_placeholder);
  tcase_add_test(tcase, a_document_is_read_again_and_again);
  tcase_add_loop_test(tcase, a_value_that_is_wrong_names_its_field, 0, COUNT(bad_values));
  tcase_add_loop_test(tcase, a_value_has_these_samples, 0, COUNT(good_values));
  tcase_add_loop_test(tcase, samples_come_back_bit_for_bit, 0, COUNT(trips));
  tcase_add_test(tcase, a_part_of_a_buffer_has_this_text);
  tcase_add_loop_test(tcase, samples_that_json_cannot_say_are_refused, 0, 3);
  tcase_add_loop_test(tcase, a_text_is_a_string_that_reads_back, 0, COUNT(strings));
  tcase_add_test(tcase, json_from_elsewhere_stays_on_one_line);
  tcase_add_test(tcase, bytes_come_back_from_base64);
  tcase_add_loop_test(tcase, what_is_no_base64_is_refused_at_its_place, 0, COUNT(bad_base64));
}

int
main(void)
{
  return suite_run("codec", 60, add);
}
