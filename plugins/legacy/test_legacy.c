// SPDX-License-Identifier: ISC
// The old nodes, called as the contract says, text by text.
#include "object.h"
#include "tests/suite.h"

#include <jansson.h>
#include <math.h>

enum { MAX_INPUTS = 4, TEXT_BYTES = 512 };

// Texts are written with ' for ", and ^ for '.
static const char*
unquote(const char* text, char* out)
{
  snprintf(out, TEXT_BYTES, "%s", text);
  for (char* c = out; *c; ++c) {
    *c = *c == '\'' ? '"' : *c == '^' ? '\'' : *c;
  }
  return out;
}

static struct rill_legacy_node*
create(const struct rill_legacy_type* type, const char* params, char* error)
{
  char text[TEXT_BYTES];
  char* reply = NULL;
  uint64_t n_bytes = 0;
  unquote(params, text);
  struct rill_legacy_node* const node =
    type->create(text, strlen(text), &reply, &n_bytes);
  error[0] = '\0';
  if (reply) {
    ck_assert_uint_eq(strlen(reply), n_bytes);
    snprintf(error, TEXT_BYTES, "%s", reply);
    type->free_text(reply);
  }
  return node;
}

// What comes must be the value that is expected, however it is written.
static void
check_reply(const char* reply, uint64_t n_bytes, const char* expected)
{
  char text[TEXT_BYTES];
  json_error_t error;
  ck_assert_ptr_nonnull(reply);
  ck_assert_uint_eq(strlen(reply), n_bytes);
  json_t* const got = json_loadb(reply, n_bytes, 0, &error);
  json_t* const wanted = json_loads(unquote(expected, text), 0, &error);
  ck_assert_msg(wanted != NULL, "%s: %s", text, error.text);
  ck_assert_msg(json_equal(got, wanted), "%s, not %s", reply, text);
  json_decref(got);
  json_decref(wanted);
}

static void
check_process(const struct rill_legacy_type* type, struct rill_legacy_node* node,
              const char* input, const char* expected)
{
  char text[TEXT_BYTES];
  uint64_t n_bytes = 0;
  unquote(input, text);
  char* const reply = type->process(node, text, strlen(text), &n_bytes);
  check_reply(reply, n_bytes, expected);
  type->free_text(reply);
}

static const struct {
  const char* object;
  const char* type;
  const char* params;
  const char* reply;
} refused[] = {
  { "convert", "AudioFormatConverter", "{",
    "not JSON: string or '}' expected near end of file" },
  { "convert", "AudioFormatConverter", "[]", "params are not an object" },
  { "convert", "AudioFormatConverter", "{'target_format':'F64'}",
    "parameter 'target_format' is one of F32, I16, I32" },
  { "convert", "AudioFormatConverter", "{'target_format':16}",
    "parameter 'target_format' is one of F32, I16, I32" },
  { "resample", "ResampleNode", "{'target_rate':8000}",
    "parameter 'source_rate' is missing" },
  { "resample", "ResampleNode", "{'source_rate':8000,'target_rate':0}",
    "parameter 'target_rate' is a whole number from 1 to 768000" },
  { "resample", "ResampleNode",
    "{'source_rate':8000,'target_rate':16000,'quality':'Best'}",
    "parameter 'quality' is one of Low, Medium, High" },
  { "resample", "ResampleNode", "{'source_rate':768000,'target_rate':767999}",
    "have too little in common" },
  { "vad", "VADNode", "{}", "parameter 'sample_rate' is missing" },
  { "vad", "VADNode", "{'sample_rate':10,'frame_duration_ms':30}",
    "a frame of 30 ms has no sample at 10 Hz" },
  { "vad", "VADNode", "{'sample_rate':8000,'energy_threshold':'low'}",
    "parameter 'energy_threshold' is a number" },
  { "small", "CalculatorNode", "{'operation':'power'}",
    "parameter 'operation' is one of add, subtract, multiply, divide" },
  { "small", "MultiplyNode", "{'factor':'two'}", "parameter 'factor' is a number" },
};

START_TEST(wrong_params_are_refused_with_the_reason)
{
  char reply[TEXT_BYTES];
  const struct rill_legacy_type* const type =
    object_find(refused[_i].object, refused[_i].type);
  ck_assert_ptr_null(create(type, refused[_i].params, reply));
  ck_assert_msg(strstr(reply, refused[_i].reply) != NULL, "%s", reply);
  ck_assert_ptr_nonnull(strstr(reply, "{\"error\":"));
}
END_TEST

// A node, what it is given, and what it says, in turn.
static const struct {
  const char* object;
  const char* type;
  const char* params;
  const char* io[2 * MAX_INPUTS + 1];
} talks[] = {
  // what the audio nodes refuse
  { "convert", "AudioFormatConverter", "{'target_format':'I16'}",
    { "{'sample_rate':8000}", "{'error':'Missing audio data array'}",
      "{'data':[1]}", "{'error':'Missing sample_rate'}",
      "{'data':[0,null],'sample_rate':8000}",
      "{'error':'data[1] is not a number'}",
      "{'data':[0],'sample_rate':8000,'format':'U8'}",
      "{'error':'parameter ^format^ is one of F32, I16, I32'}" } },
  { "resample", "ResampleNode", "{'source_rate':44100,'target_rate':16000}",
    { "{'data':[0],'sample_rate':48000}",
      "{'error':'Input sample rate 48000 doesn^t match expected 44100'}",
      "{'data':[0],'sample_rate':44100,'channels':2}",
      "{'error':'Input has 2 channels, parameter ^channels^ says 1'}",
      "{'data':[0],'sample_rate':44100,'format':'I16'}",
      "{'error':'Input format I16 is not F32'}" } },
  { "resample", "ResampleNode",
    "{'source_rate':44100,'target_rate':16000,'channels':2}",
    { "{'data':[0,0,0],'sample_rate':44100}",
      "{'error':'3 numbers are no whole frames of 2 channels'}" } },
  { "small", "CalculatorNode", "{'operation':'divide','operand':0}",
    { "1", "{'error':'Division by zero'}", "[1,2]",
      "{'error':'Division by zero'}" } },
  { "small", "AddNode", "{}",
    { "{}", "{'error':'the input is neither a number nor a list of them'}" } },
  { "small", "MultiplyNode", "{'factor':1e300}",
    { "1e300", "{'error':'the result is too large for a number'}" } },
  // conversion: clamp, x32767 up and x32768 down, truncate
  { "convert", "AudioFormatConverter", "{'target_format':'I16'}",
    { "{'data':[0,0.5,-0.5,1,-1,1.5,-7,0.99999],'sample_rate':8000}",
      "{'outputs':[{'data':[0,16383,-16384,32767,-32768,32767,-32768,32766],"
      "'sample_rate':8000,'channels':1,'format':'I16'}]}",
      "{'data':[],'sample_rate':8000,'channels':2}",
      "{'outputs':[{'data':[],'sample_rate':8000,'channels':2,'format':'I16'}]}",
      "{'data':[2147483647,-2147483648,65536],'sample_rate':1,'format':'I32'}",
      "{'outputs':[{'data':[32767,-32768,0],'sample_rate':1,'channels':1,"
      "'format':'I16'}]}" } },
  { "convert", "AudioFormatConverter", "{'target_format':'F32'}",
    { "{'data':[-32768,16384,32767],'sample_rate':8000,'format':'I16'}",
      "{'outputs':[{'data':[-1.0,0.5,0.999969482421875],'sample_rate':8000,"
      "'channels':1,'format':'F32'}]}",
      "{'data':[-2147483648,1073741824,2147483647],'sample_rate':1,"
      "'format':'I32'}",
      "{'outputs':[{'data':[-1.0,0.5,1.0],'sample_rate':1,'channels':1,"
      "'format':'F32'}]}",
      "{'data':[2.5],'sample_rate':1}",
      "{'outputs':[{'data':[2.5],'sample_rate':1,'channels':1,"
      "'format':'F32'}]}" } },
  { "convert", "AudioFormatConverter", "{'target_format':'I32'}",
    { "{'data':[1,-1,0.5,3],'sample_rate':1}",
      "{'outputs':[{'data':[2147483647,-2147483648,1073741824,2147483647],"
      "'sample_rate':1,'channels':1,'format':'I32'}]}",
      "{'data':[-32768,1,32767],'sample_rate':1,'format':'I16'}",
      "{'outputs':[{'data':[-2147483648,65536,2147418112],'sample_rate':1,"
      "'channels':1,'format':'I32'}]}" } },
  // verdicts for whole frames of two samples, over the borders of values
  { "vad", "VADNode",
    "{'sample_rate':2,'frame_duration_ms':1000,'energy_threshold':0.002}",
    { "{'data':[1,1,0],'sample_rate':2}",
      "{'outputs':[{'data':[1,1,0],'sample_rate':2,'vad_results':[true],"
      "'is_speech':true}]}",
      "{'data':[0],'sample_rate':2,'channels':1}",
      "{'outputs':[{'data':[0],'sample_rate':2,'channels':1,"
      "'vad_results':[false],'is_speech':false}]}",
      "{'data':[1,-1],'sample_rate':2}", // nothing below half the rate
      "{'outputs':[{'data':[1,-1],'sample_rate':2,'vad_results':[false],"
      "'is_speech':false}]}" } },
  // the small ones
  { "small", "PassThrough", "{}",
    { "{'a':[1,null,'x']}", "{'outputs':[{'a':[1,null,'x']}]}", "null",
      "{'outputs':[null]}", "nonsense",
      "{'error':'not JSON: invalid token near ^nonsense^ at byte 8'}" } },
  { "small", "Echo", "{'node':'e1'}",
    { "'hello'", "{'outputs':[{'input':'hello','counter':1,'node':'e1'}]}",
      "[1]", "{'outputs':[{'input':[1],'counter':2,'node':'e1'}]}" } },
  { "small", "CalculatorNode", "{'operation':'subtract','operand':2}",
    { "7", "{'outputs':[5]}", "[1,2.5]", "{'outputs':[[-1,0.5]]}" } },
  { "small", "CalculatorNode", "{'operation':'divide','operand':2}",
    { "8", "{'outputs':[4]}", "7", "{'outputs':[3.5]}" } },
  { "small", "MultiplyNode", "{}",
    { "21", "{'outputs':[42]}", "9223372036854775807",
      "{'outputs':[18446744073709551616.0]}" } },
  { "small", "AddNode", "{}", { "5", "{'outputs':[5]}" } },
  { "small", "AddNode", "{'addend':0.5}", { "1", "{'outputs':[1.5]}" } },
};

START_TEST(a_node_answers_each_value)
{
  char error[TEXT_BYTES];
  const struct rill_legacy_type* const type =
    object_find(talks[_i].object, talks[_i].type);
  struct rill_legacy_node* const node = create(type, talks[_i].params, error);
  ck_assert_msg(node != NULL, "%s", error);
  for (int i = 0; talks[_i].io[i]; i += 2) {
    check_process(type, node, talks[_i].io[i], talks[_i].io[i + 1]);
  }
  type->destroy(node);
}
END_TEST

// Rates, quality, frames in a value at a time; frames that come out in all.
static const struct {
  int from, to;
  const char* quality;
  int n_in, piece, n_out;
  double most_error; // of a tone at 0.1 of the lower rate
} rates[] = {
  { 44100, 16000, "Medium", 44100, 44100, 16000, 2e-4 },
  { 44100, 16000, "Medium", 44100, 1000, 16000, 2e-4 },
  { 44100, 16000, "Low", 44100, 4096, 16000, 2e-3 },
  { 44100, 16000, "High", 44100, 7777, 16000, 1e-4 },
  { 16000, 44100, "High", 16000, 512, 44100, 1e-4 },
  { 48000, 48000, "Low", 4800, 100, 4800, 2e-3 },
  { 8000, 44100, "Medium", 1, 1, 6, 9 },    // 5.5: halves go up
  { 44100, 8000, "Medium", 2, 1, 0, 9 },    // 0.36
};

static int
feed(json_t* outputs, double* out, int n_max)
{
  const json_t* const list = json_object_get(outputs, "outputs");
  int n = 0;
  for (size_t v = 0; v < json_array_size(list); ++v) {
    const json_t* const data = json_object_get(json_array_get(list, v), "data");
    for (size_t i = 0; i < json_array_size(data) && n < n_max; ++i) {
      out[n++] = json_number_value(json_array_get(data, i));
    }
  }
  json_decref(outputs);
  return n;
}

static char*
make_value(double step, int first, int n, int rate)
{
  json_t* const data = json_array();
  for (int i = 0; i < n; ++i) {
    json_array_append_new(data, json_real((float)sin((first + i) * step)));
  }
  json_t* const value =
    json_pack("{s:o, s:i}", "data", data, "sample_rate", rate);
  char* const text = json_dumps(value, 0);
  json_decref(value);
  return text;
}

START_TEST(a_clip_is_resampled_to_its_end)
{
  enum { MAX_OUT = 50000 };
  const struct rill_legacy_type* const type =
    object_find("resample", "ResampleNode");
  char params[TEXT_BYTES], error[TEXT_BYTES];
  double* const out = calloc(MAX_OUT, sizeof *out);
  const int lower = rates[_i].from < rates[_i].to ? rates[_i].from : rates[_i].to;
  const double step = 2 * 3.14159265358979323846 * 0.1 * lower;
  uint64_t n_bytes = 0;
  int n = 0;
  snprintf(params, sizeof params,
           "{'source_rate':%d,'target_rate':%d,'quality':'%s'}", rates[_i].from,
           rates[_i].to, rates[_i].quality);
  struct rill_legacy_node* const node = create(type, params, error);
  ck_assert_msg(node != NULL, "%s", error);
  for (int i = 0; i < rates[_i].n_in; i += rates[_i].piece) {
    const int left = rates[_i].n_in - i;
    char* const value =
      make_value(step / rates[_i].from, i,
                 left < rates[_i].piece ? left : rates[_i].piece, rates[_i].from);
    char* const reply = type->process(node, value, strlen(value), &n_bytes);
    n += feed(json_loadb(reply, n_bytes, 0, NULL), out + n, MAX_OUT - n);
    type->free_text(reply);
    free(value);
  }
  char* const last = type->finish(node, &n_bytes);
  n += feed(json_loadb(last, n_bytes, 0, NULL), out + n, MAX_OUT - n);
  type->free_text(last);
  type->destroy(node);
  ck_assert_int_eq(n, rates[_i].n_out);
  for (int i = n / 10; i < n - n / 10; ++i) {
    ck_assert_double_eq_tol(out[i], sin(i * step / rates[_i].to),
                            rates[_i].most_error);
  }
  free(out);
}
END_TEST

START_TEST(a_node_without_input_finishes_with_nothing)
{
  static const char* const nodes[][3] = {
    { "resample", "ResampleNode", "{'source_rate':8000,'target_rate':16000}" },
    { "convert", "AudioFormatConverter", "{}" },
    { "vad", "VADNode", "{'sample_rate':8000}" },
    { "small", "Echo", "{}" },
  };
  for (size_t i = 0; i < sizeof nodes / sizeof nodes[0]; ++i) {
    char error[TEXT_BYTES];
    uint64_t n_bytes = 99;
    const struct rill_legacy_type* const type =
      object_find(nodes[i][0], nodes[i][1]);
    struct rill_legacy_node* const node = create(type, nodes[i][2], error);
    ck_assert_msg(node != NULL, "%s", error);
    char* const reply = type->finish(node, &n_bytes);
    if (reply) {
      check_reply(reply, n_bytes, "{'outputs':[]}");
      type->free_text(reply);
    } else {
      ck_assert_uint_eq(n_bytes, 0);
    }
    type->destroy(node);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, wrong_params_are_refused_with_the_reason, 0,
                      sizeof refused / sizeof refused[0]);
  tcase_add_loop_test(tcase, a_node_answers_each_value, 0,
                      sizeof talks / sizeof talks[0]);
  tcase_add_loop_test(tcase, a_clip_is_resampled_to_its_end, 0,
                      sizeof rates / sizeof rates[0]);
  tcase_add_test(tcase, a_node_without_input_finishes_with_nothing);
}

int
main(void)
{
  return suite_run("legacy", 60, add_tests);
}
