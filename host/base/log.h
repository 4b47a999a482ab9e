// SPDX-License-Identifier: ISC
// Talk on stderr. Log once, where the context is known.
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdarg.h>
#include <stddef.h>

/// The numbers of enum rill_log_level.
enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/// Lines above *level* are dropped. Default: LOG_INFO, or RILL_LOG.
void
log_set_level(enum log_level level);

/// Reads "error", "warning", "info", "debug"; -1 for anything else.
int
log_level_from_text(const char* text);

/// Where lines go instead of stderr; null puts stderr back. Tests, and the
/// progress bar, which must be wiped before a line. [control]
void
log_set_sink(void (*sink)(void* arg, enum log_level level, const char* line),
             void* arg);

/// "rill: " + level + text on one line. Never blocks on a full pipe for long:
/// a line that stderr does not take is dropped. [any thread]
void
log_write(enum log_level level, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

/// Bytes on stderr as they are, whatever the level. What stderr does not take
/// within a tenth of a second is dropped. [any thread]
void
log_raw(const char* bytes, size_t n);

#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)
#define log_warning(...) log_write(LOG_WARNING, __VA_ARGS__)
#define log_info(...) log_write(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)

#endif
