// SPDX-License-Identifier: ISC
#include "config.h" // sched_getaffinity

#include "bench/machine.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 8192 };

// The value of the first line of /proc/cpuinfo that begins with *key*.
static int
cpu_line(const char* key, char* out, size_t n_bytes)
{
  char line[LINE_BYTES];
  FILE* const file = fopen("/proc/cpuinfo", "re");
  int is_found = 0;
  while (file && !is_found && fgets(line, sizeof line, file)) {
    const char* const colon = strchr(line, ':');
    is_found = colon && !strncmp(line, key, strlen(key));
    if (is_found) {
      snprintf(out, n_bytes, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
    }
  }
  if (file) {
    fclose(file);
  }
  return is_found;
}

static const char*
widest_vectors(void)
{
  static const struct {
    const char* flag;
    const char* name;
  } levels[] = { { " avx512bw ", "AVX-512" },
                 { " avx2 ", "AVX2" },
                 { " sse2 ", "SSE2" } };
  static char flags[LINE_BYTES];
  if (!cpu_line("flags", flags, sizeof flags - 1)) {
    return "unknown";
  }
  strcat(flags, " ");
  for (size_t i = 0; i < sizeof levels / sizeof levels[0]; ++i) {
    if (strstr(flags, levels[i].flag)) {
      return levels[i].name;
    }
  }
  return "none";
}

static uint32_t
count_cores(void)
{
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) ? 0 : (uint32_t)CPU_COUNT(&set);
}

void
machine_learn(struct machine* out)
{
  struct utsname system;
  const time_t now = time(NULL);
  struct tm day;
  *out = (struct machine){ .cpu = "unknown", .kernel = "unknown", .load = -1 };
  cpu_line("model name", out->cpu, sizeof out->cpu);
  snprintf(out->vectors, sizeof out->vectors, "%s", widest_vectors());
  out->n_cores = count_cores();
  if (!uname(&system)) {
    snprintf(out->kernel, sizeof out->kernel, "%.40s %.50s", system.sysname,
             system.release);
  }
#ifdef __clang__
  snprintf(out->compiler, sizeof out->compiler, "clang %s", __clang_version__);
#else
  snprintf(out->compiler, sizeof out->compiler, "gcc %s", __VERSION__);
#endif
  if (getloadavg(&out->load, 1) < 1) {
    out->load = -1;
  }
  if (gmtime_r(&now, &day)) {
    strftime(out->date, sizeof out->date, "%Y-%m-%d", &day);
  }
}

void
machine_print(const struct machine* m, FILE* to)
{
  fprintf(to, "%s (%s), %u core%s, load %.1f\n%s, %s, %s\n\n", m->cpu,
          m->vectors, m->n_cores, m->n_cores == 1 ? "" : "s", m->load,
          m->kernel, m->compiler, m->date);
}

void
machine_put(const struct machine* m, struct json* json)
{
  json_open_object(json, "machine");
  json_put_text(json, "cpu", m->cpu);
  json_put_text(json, "vectors", m->vectors);
  json_put_uint(json, "cores", m->n_cores);
  json_put_text(json, "kernel", m->kernel);
  json_put_text(json, "compiler", m->compiler);
  json_put_real(json, "load", m->load);
  json_put_text(json, "date", m->date);
  json_close(json);
}
