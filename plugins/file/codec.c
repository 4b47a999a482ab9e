// SPDX-License-Identifier: ISC
#include "codec.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

// The name that belongs to <sndfile.h>.
#define SONAME "libsndfile.so.1"

struct codec codec;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int32_t once_status;
static struct why once_why;

static const struct {
  const char* name;
  size_t offset;
} functions[] = {
#define CODEC_ROW(name) { #name, offsetof(struct codec, name) },
  CODEC_FUNCTIONS(CODEC_ROW)
#undef CODEC_ROW
};

static const char*
find_all(void* library, struct codec* out)
{
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; ++i) {
    void* const function = dlsym(library, functions[i].name);
    if (!function) {
      return functions[i].name;
    }
    memcpy((char*)out + functions[i].offset, &function, sizeof function);
  }
  return NULL;
}

int32_t
codec_load_from(const char* soname, struct codec* out, struct why* why)
{
  struct codec found;
  dlerror();
  void* const library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* const said = dlerror();
    return why_set(why, RILL_ERR_UNSUPPORTED,
                   "only plain WAVE is possible, for %s cannot be loaded: %s "
                   "(install libsndfile 1.2 or later)",
                   soname, said ? said : "no reason given");
  }
  const char* const missing = find_all(library, &found);
  if (missing) {
    dlclose(library);
    return why_set(why, RILL_ERR_UNSUPPORTED,
                   "only plain WAVE is possible, for %s has no %s (install "
                   "libsndfile 1.2 or later)",
                   soname, missing);
  }
  *out = found;
  return RILL_OK;
}

static void
load_once(void)
{
  once_status = codec_load_from(SONAME, &codec, &once_why);
}

int32_t
codec_load(struct why* why)
{
  pthread_once(&once, load_once);
  if (once_status) {
    *why = once_why;
  }
  return once_status;
}
