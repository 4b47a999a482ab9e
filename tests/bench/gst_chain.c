// SPDX-License-Identifier: ISC
#include "tests/bench/gst_chain.h"

#include <stddef.h>

#ifdef HAVE_GSTREAMER

#include <gst/gst.h>
#include <time.h>

enum { BUFFER_BYTES = 512 * 4 };

static double
cpu_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

const char*
gst_chain_version(void)
{
  static char* text;
  if (!text) {
    gst_init(NULL, NULL);
    text = gst_version_string();
  }
  return text;
}

static GstElement*
add(GstElement* pipeline, const char* type, GstElement* from)
{
  GstElement* const element = gst_element_factory_make(type, NULL);
  if (element) {
    gst_bin_add(GST_BIN(pipeline), element);
  }
  if (element && from) {
    gst_element_link(from, element);
  }
  return element;
}

static GstElement*
make_chain(int n, int n_buffers)
{
  GstElement* const pipeline = gst_pipeline_new(NULL);
  GstElement* last = add(pipeline, "fakesrc", NULL);
  if (!last) {
    gst_object_unref(pipeline);
    return NULL;
  }
  g_object_set(last, "num-buffers", n_buffers, "sizetype", 2, "sizemax",
               (int)BUFFER_BYTES, "filltype", 1, "silent", TRUE, NULL);
  for (int i = 0; i < n; ++i) {
    last = add(pipeline, "identity", last);
    g_object_set(last, "silent", TRUE, NULL);
  }
  last = add(pipeline, "fakesink", last);
  g_object_set(last, "sync", FALSE, "silent", TRUE, NULL);
  return pipeline;
}

double
gst_chain_ns(int n, int n_buffers)
{
  GstElement* const pipeline = make_chain(n, n_buffers);
  if (!pipeline) {
    return -1;
  }
  GstBus* const bus = gst_element_get_bus(pipeline);
  gst_element_set_state(pipeline, GST_STATE_PAUSED);
  gst_element_get_state(pipeline, NULL, NULL, GST_CLOCK_TIME_NONE);
  const double begin = cpu_ns();
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  GstMessage* const end = gst_bus_timed_pop_filtered(
    bus, GST_CLOCK_TIME_NONE, (GstMessageType)(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
  const double ns = cpu_ns() - begin;
  const int failed = GST_MESSAGE_TYPE(end) == GST_MESSAGE_ERROR;
  gst_message_unref(end);
  gst_object_unref(bus);
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(pipeline);
  return failed ? -1 : ns / n_buffers;
}

#else

const char*
gst_chain_version(void)
{
  return NULL;
}

double
gst_chain_ns(int n, int n_buffers)
{
  (void)n;
  (void)n_buffers;
  return -1;
}

#endif
