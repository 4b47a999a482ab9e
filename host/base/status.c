// SPDX-License-Identifier: ISC
#include "base/status.h"

#include <rill/status.h>

static const struct {
  const char* name;
  int exit_code;
  const char* text;
} table[] = {
#define STATUS_ROW(name, exit_code, text) { #name, exit_code, text },
  STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

int
status_exit_code(enum status status)
{
  return table[status].exit_code;
}

const char*
status_text(enum status status)
{
  return table[status].text;
}

const char*
status_name(enum status status)
{
  return table[status].name;
}

enum status
status_from_plugin(int rill_status)
{
  switch (rill_status) {
    case RILL_ERR_NO_MEMORY: return STATUS_NO_MEMORY;
    case RILL_ERR_INPUT:
    case RILL_ERR_CORRUPT: return STATUS_BAD_INPUT;
    case RILL_ERR_OUTPUT: return STATUS_BAD_OUTPUT;
    case RILL_ERR_BAD_PARAM:
    case RILL_ERR_BAD_FORMAT: return STATUS_BAD_GRAPH;
    case RILL_ERR_TIMEOUT: return STATUS_LIMIT;
    default: return rill_status < 0 ? STATUS_BAD_PLUGIN : STATUS_OK;
  }
}
