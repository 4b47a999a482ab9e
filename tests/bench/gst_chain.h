// SPDX-License-Identifier: ISC
// The same chain of no-op elements in GStreamer, when it is installed.
#ifndef TESTS_BENCH_GST_CHAIN_H
#define TESTS_BENCH_GST_CHAIN_H

/// Its version, or null.
const char*
gst_chain_version(void);

/// CPU time of this process for each of *n_buffers* buffers of 512 frames that
/// pass *n* `identity` elements; negative when that failed.
double
gst_chain_ns(int n, int n_buffers);

#endif
