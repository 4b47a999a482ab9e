// SPDX-License-Identifier: ISC
#include "load/folder.h"

#include <dirent.h>
#include <string.h>
#include <time.h>

// A date this young may be that of two changes, of which only one was seen:
// clocks of file systems are coarse, and not all are ours.
enum { SETTLED_S = 10 };

static int
is_plugin_name(const char* name)
{
  const size_t n = strlen(name);
  return n > 3 && name[0] != '.' && !strcmp(name + n - 3, ".so");
}

static int
may_be_folder(const struct dirent* e)
{
  const unsigned char type = e->d_type;
  return e->d_name[0] != '.' &&
         (type == DT_DIR || type == DT_LNK || type == DT_UNKNOWN);
}

static void
read_names(DIR* dir, struct text* out)
{
  for (const struct dirent* e; (e = readdir(dir));) {
    if (is_plugin_name(e->d_name)) {
      text_add_bytes(out, e->d_name, strlen(e->d_name) + 1);
    } else if (may_be_folder(e)) {
      text_add_bytes(out, e->d_name, strlen(e->d_name));
      text_add_bytes(out, "/", 2);
    }
  }
}

static int
has_settled(const struct cache_key* key)
{
  const int64_t newest =
    key->changed_ns > key->modified_ns ? key->changed_ns : key->modified_ns;
  return newest / 1000000000 + SETTLED_S < time(NULL);
}

enum status
folder_names(const char* folder, struct cache* cache, struct text* out)
{
  struct cache_key key;
  struct cache_value value;
  text_fini(out);
  if (!cache_key_of(folder, &key)) {
    return STATUS_OK;
  }
  if (cache_find(cache, &key, &value)) {
    text_add_bytes(out, value.bytes, value.n_bytes);
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
  }
  DIR* const dir = opendir(folder);
  if (!dir) {
    return STATUS_OK;
  }
  read_names(dir, out);
  closedir(dir);
  if (out->failed) {
    return STATUS_NO_MEMORY;
  }
  if (has_settled(&key)) {
    value = (struct cache_value){ text_get(out), out->n };
    cache_put(cache, &key, "", &value); // not remembered is only slower
  }
  return STATUS_OK;
}

const char*
folder_next(const struct text* names, const char* name)
{
  const char* const next = name ? name + strlen(name) + 1 : names->data;
  return names->n && next < names->data + names->n ? next : NULL;
}

int
folder_is_folder(const char* name)
{
  return name[strlen(name) - 1] == '/';
}
