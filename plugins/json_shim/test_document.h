// SPDX-License-Identifier: ISC
// Any bytes as a document, against jansson alone: both take it or both refuse
// it, and the values are the same. For the test and for the fuzzer.
#ifndef JSON_SHIM_TEST_DOCUMENT_H
#define JSON_SHIM_TEST_DOCUMENT_H

#include "document.h"
#include "test_buffer.h"
#include "value_text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/// Null, or what is wrong.
static inline const char*
check_same(const struct document* doc, const json_t* ours, const json_t* theirs);

// As near as a float can be to what a double says; there is no nearer one.
static inline int
check_is_nearest(float x, double expected)
{
  return fabs((double)x - expected) <= fabs((double)(float)expected - expected);
}

static inline const char*
check_numbers(const struct document* doc, const struct part* part, const json_t* theirs)
{
  if (!json_is_array(theirs) || json_array_size(theirs) != part->array.n_numbers) {
    return "an array has another length";
  }
  struct array_cursor cursor;
  array_open(&cursor, &part->array, &doc->numbers);
  for (size_t i = 0; i < json_array_size(theirs); ++i) {
    const double expected = json_number_value(json_array_get(theirs, i));
    struct why why;
    float x = 0.0f;
    if (array_read_f32(&cursor, &x, 1, &why) < 0) {
      // half of the last float's last bit beyond it
      return fabs(expected) < 0x1.ffffffp127 ? "a float is refused" : NULL;
    }
    if (!check_is_nearest(x, expected)) {
      return "a number is another";
    }
  }
  return NULL;
}

static inline const char*
check_object(const struct document* doc, const json_t* ours, const json_t* theirs)
{
  if (json_object_size(ours) != json_object_size(theirs)) {
    return "an object has another size";
  }
  const char* wrong = NULL;
  for (void* i = json_object_iter((json_t*)ours); i && !wrong;
       i = json_object_iter_next((json_t*)ours, i)) {
    const json_t* const value = json_object_get(theirs, json_object_iter_key(i));
    wrong = value ? check_same(doc, json_object_iter_value(i), value) : "a key is gone";
  }
  return wrong;
}

static inline const char*
check_array(const struct document* doc, const json_t* ours, const json_t* theirs)
{
  if (!json_is_array(theirs) || json_array_size(ours) != json_array_size(theirs)) {
    return "a list has another size";
  }
  const char* wrong = NULL;
  for (size_t i = 0; i < json_array_size(ours) && !wrong; ++i) {
    wrong = check_same(doc, json_array_get(ours, i), json_array_get(theirs, i));
  }
  return wrong;
}

static inline const char*
check_same(const struct document* doc, const json_t* ours, const json_t* theirs)
{
  const struct part* const part = document_part(doc, ours);
  if (part && part->is_array) {
    return check_numbers(doc, part, theirs);
  }
  if (part) {
    return json_string_length(theirs) == part->text.n &&
               !memcmp(json_string_value(theirs), part->text.at, part->text.n)
             ? NULL
             : "a text is another";
  }
  if (json_is_array(ours)) {
    return check_array(doc, ours, theirs);
  }
  if (json_is_object(ours)) {
    return check_object(doc, ours, theirs);
  }
  if (json_is_number(ours)) { // theirs are all reals
    return json_number_value(ours) == json_number_value(theirs) ? NULL
                                                               : "a number is another";
  }
  return json_equal(ours, theirs) ? NULL : "a value is another";
}

static inline const char*
check_items(const struct document* doc, const json_t* theirs)
{
  const json_t* const outputs = json_object_get(theirs, "outputs");
  for (size_t i = 0; i < doc->n_items; ++i) {
    json_t* const item =
      json_loadb(doc->items[i].at, doc->items[i].n,
                 JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, NULL);
    const int is_same = item && json_equal(item, json_array_get(outputs, i));
    json_decref(item);
    if (!is_same) {
      return "an output has another text";
    }
  }
  return NULL;
}

// Reads all samples of the value; what they are has been looked at before.
static inline const char*
check_audio(const struct document* doc, const json_t* value)
{
  static int32_t memory[64];
  struct test_buffer t;
  struct value_audio audio;
  struct why why = { "" };
  if (value_audio_open(&audio, doc, value, &why) < 0) {
    return *why.text ? NULL : "a value is refused without a reason";
  }
  if (audio.format.channels > TEST_CHANNELS) {
    return NULL;
  }
  test_buffer_init(&t, audio.format.encoding, RILL_PLANAR, audio.format.channels, 8, memory);
  uint32_t n_done = 1;
  int32_t st = RILL_OK;
  uint64_t n = 0;
  while (n_done && st >= 0) {
    st = value_audio_read(&audio, &t.buffer, 7, &n_done, &why);
    n += st < 0 ? 0 : n_done;
  }
  return st < 0 || n == audio.n_frames ? NULL : "frames are missing";
}

static inline int
check_depth(const char* text, size_t n)
{
  int depth = 0;
  int most = 0;
  for (size_t i = 0; i < n; ++i) {
    depth += text[i] == '[' || text[i] == '{';
    depth -= text[i] == ']' || text[i] == '}';
    most = depth > most ? depth : most;
  }
  return most;
}

/// Null, or what is wrong.
static inline const char*
check_document(const char* text, size_t n)
{
  struct document doc = { 0 };
  struct why why = { "" };
  const size_t flags = JSON_DECODE_ANY | JSON_REJECT_DUPLICATES;
  // Whole numbers beyond 64 bits are numbers of JSON, but none of jansson's.
  json_t* const strict = json_loadb(text, n, flags, NULL);
  json_t* const lax = json_loadb(text, n, flags | JSON_DECODE_INT_AS_REAL, NULL);
  const int32_t st = document_read(&doc, text, n, &why);
  const char* wrong = NULL;
  if (memchr(text, '\0', n)) { // jansson steps over it
    wrong = st < 0 ? NULL : "a NUL is taken";
  } else if (st < 0) {
    wrong = !*why.text ? "refused without a reason"
            : strict && check_depth(text, n) <= DOCUMENT_MAX_DEPTH &&
                !strstr(why.text, "written with escapes")
              ? "what jansson takes is refused"
              : NULL;
  } else if (!lax) {
    wrong = "what jansson refuses is taken";
  } else {
    wrong = check_same(&doc, doc.root, lax);
    wrong = wrong ? wrong : check_items(&doc, lax);
    wrong = wrong ? wrong : check_audio(&doc, doc.root);
  }
  json_decref(strict);
  json_decref(lax);
  document_free(&doc);
  return wrong;
}

#endif
