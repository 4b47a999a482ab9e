// SPDX-License-Identifier: ISC
#include "config.h"

#include "app/output.h"
#include "base/json.h"
#include "cli/verbs.h"

#include <rill/abi.h>

enum {
  ABI_MAJOR = RILL_ABI_VERSION >> 16,
  ABI_MINOR = RILL_ABI_VERSION & 0xffff
};

static enum status
print_json(void)
{
  struct json json = { 0 };
  json_begin(&json, "rill.version/1");
  json_put_text(&json, "name", PACKAGE_NAME);
  json_put_text(&json, "version", PACKAGE_VERSION);
  json_open_object(&json, "abi");
  json_put_int(&json, "major", ABI_MAJOR);
  json_put_int(&json, "minor", ABI_MINOR);
  json_close(&json);
  json_put_text(&json, "compiler", __VERSION__);
  json_put_text(&json, "plugin_folder", RILL_PLUGIN_DIR);
  return json_print(&json, output());
}

enum status
verb_version(const struct args* args)
{
  if (args_has(args, OPTION_JSON)) {
    return print_json();
  }
  fprintf(output(), "%s %s (plugin ABI %d.%d)\n", PACKAGE_NAME, PACKAGE_VERSION,
          ABI_MAJOR, ABI_MINOR);
  return STATUS_OK;
}
