// SPDX-License-Identifier: ISC
#include "tests/swap/rig.h"

#include "plan/plan.h"
#include "spec/spec.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct rig {
  struct registry* registry;
  struct diags* diags;
  struct spec* spec;
  struct graph* graph;
  struct plan* plan;
  struct engine* engine;
  struct editor* editor;
  pthread_t thread;
  int runs;
  enum status status;
};

static void
read_spec(struct rig* rig, const char* nodes)
{
  char path[] = "/tmp/rill-test-swap-XXXXXX";
  const int fd = mkstemp(path);
  ck_assert_int_ge(fd, 0);
  FILE* const file = fdopen(fd, "w");
  fprintf(file, "rill: 1\nname: test\nnodes:\n%s", nodes);
  fclose(file);
  rig->diags = diags_new();
  const enum status st = spec_read(path, NULL, 0, rig->diags, &rig->spec);
  unlink(path);
  if (st) {
    diags_print(rig->diags, stderr, 0);
  }
  ck_assert_int_eq(st, STATUS_OK);
}

static void
make_plan(struct rig* rig, const struct rig_options* options)
{
  const struct plan_options wanted = {
    .block = options->block ? options->block : 64,
    .threads = options->threads ? options->threads : 1,
  };
  enum status st = graph_bind(rig->spec, rig->registry, rig->diags, &rig->graph);
  if (!st) {
    st = plan_make(rig->graph, rig->registry, &wanted, rig->diags, &rig->plan);
  }
  if (st) {
    diags_print(rig->diags, stderr, 0);
  }
  ck_assert_int_eq(st, STATUS_OK);
}

struct rig*
rig_start(const char* nodes, const struct rig_options* options, int hold)
{
  static const struct rig_options defaults;
  const struct rig_options* const o = options ? options : &defaults;
  const struct engine_options wanted = { .checks = 1 };
  struct edit_options edit = o->edit;
  struct rig* const rig = calloc(1, sizeof *rig);
  memset(swap_seen, 0, sizeof swap_seen);
  ck_assert_int_eq(registry_new_empty(&rig->registry), STATUS_OK);
  for (uint32_t i = 0; i < n_swap_nodes; ++i) {
    ck_assert_int_eq(registry_add(rig->registry, swap_nodes[i]), STATUS_OK);
  }
  read_spec(rig, nodes);
  make_plan(rig, o);
  ck_assert_int_eq(engine_new(rig->plan, &wanted, &rig->engine, NULL), STATUS_OK);
  edit.registry = rig->registry;
  ck_assert_int_eq(edit_open(rig->engine, &edit, &rig->editor), STATUS_OK);
  if (!hold) {
    rig_run(rig);
  }
  return rig;
}

static void*
run(void* arg)
{
  struct rig* const rig = arg;
  rig->status = engine_run(rig->engine);
  return NULL;
}

void
rig_run(struct rig* rig)
{
  ck_assert_int_eq(pthread_create(&rig->thread, NULL, run, rig), 0);
  rig->runs = 1;
}

struct editor*
rig_editor(struct rig* rig)
{
  return rig->editor;
}

enum status
rig_finish(struct rig* rig)
{
  if (rig->runs) {
    pthread_join(rig->thread, NULL);
  }
  const enum status st = rig->status;
  const struct engine_error* const error = engine_get_error(rig->engine);
  if (error) {
    fprintf(stderr, "run: node '%s', block %llu: %s\n", error->node,
            (unsigned long long)error->block, error->text);
  }
  edit_close(rig->editor);
  engine_free(rig->engine);
  plan_free(rig->plan);
  graph_free(rig->graph);
  spec_free(rig->spec);
  diags_free(rig->diags);
  registry_free(rig->registry);
  free(rig);
  ck_assert_int_eq(swap_nodes_alive(), 0);
  return st;
}

enum status
rig_drain(struct rig* rig)
{
  engine_stop(rig->engine, ENGINE_STOP_DRAIN);
  return rig_finish(rig);
}

// Edits in words -----------------------------------------------------------------------

enum { MAX_EDITS = 8, MAX_PARAMS = 8 };

struct words {
  struct edit edits[MAX_EDITS];
  struct edit_param params[MAX_EDITS][MAX_PARAMS];
  uint32_t n;
};

static enum edit_kind
kind_of(const char* word)
{
  static const char* const kinds[] = { "set",    "swap",    "insert", "remove",
                                       "bypass", "connect", "drain",  "stop" };
  for (int i = 0; i < 8; ++i) {
    if (!strcmp(word, kinds[i])) {
      return (enum edit_kind)i;
    }
  }
  ck_abort_msg("no edit '%s'", word);
  return EDIT_STOP;
}

static enum edit_mode
mode_of(const char* word)
{
  static const char* const modes[] = { "auto", "state", "prime", "drain",
                                       "crossfade" };
  for (int i = 0; i < 5; ++i) {
    if (!strcmp(word, modes[i])) {
      return (enum edit_mode)i;
    }
  }
  ck_abort_msg("no mode '%s'", word);
  return EDIT_AUTO;
}

static const char*
split(char* word, char at)
{
  char* const place = strchr(word, at);
  if (place) {
    *place = '\0';
  }
  return place ? place + 1 : NULL;
}

static void
read_pair(struct edit* edit, struct edit_param* params, char* word)
{
  char* const value = strchr(word, '=') + 1;
  value[-1] = '\0';
  if (!strcmp(word, "mode")) {
    edit->mode = mode_of(value);
  } else if (!strcmp(word, "fade")) {
    edit->crossfade_frames = (uint32_t)atoi(value);
  } else if (!strcmp(word, "to")) {
    edit->to_port = split(value, '.');
    edit->to = value;
  } else if (!strcmp(word, "from")) {
    edit->from_port = split(value, '.');
    edit->from = value;
  } else {
    params[edit->n_params++] = (struct edit_param){ word, value };
  }
}

static void
read_edit(struct words* words, char* text)
{
  struct edit* const edit = &words->edits[words->n];
  struct edit_param* const params = words->params[words->n++];
  char* save;
  *edit = (struct edit){ .kind = kind_of(strtok_r(text, " ", &save)),
                         .params = params };
  for (char* word; (word = strtok_r(NULL, " ", &save));) {
    if (strchr(word, '=')) {
      read_pair(edit, params, word);
    } else if (!edit->node) {
      edit->node = word;
    } else if (edit->kind == EDIT_BYPASS) {
      edit->on = !strcmp(word, "on");
    } else {
      edit->type = word;
    }
  }
}

struct edit_reply
rig_edit(struct rig* rig, enum edit_until until, const char* text)
{
  struct words words = { .n = 0 };
  struct edit_reply replies[MAX_EDITS];
  char copy[1024];
  char* save;
  snprintf(copy, sizeof copy, "%s", text);
  for (char* part = strtok_r(copy, ";", &save); part; part = strtok_r(NULL, ";", &save)) {
    read_edit(&words, part);
  }
  const enum status st =
    edit_apply(rig->editor, words.edits, words.n, until, replies);
  for (uint32_t i = 0; st && i < words.n; ++i) {
    if (replies[i].status == st && strncmp(replies[i].error, "not done", 8) != 0) {
      return replies[i];
    }
  }
  return replies[0];
}

struct seen
rig_reference(const char* nodes, uint64_t n_frames, const struct rig_options* options)
{
  char text[4096];
  const char* const at = strstr(nodes, "frames: 0}");
  ck_assert_ptr_nonnull(at);
  snprintf(text, sizeof text, "%.*sframes: %llu}%s", (int)(at - nodes), nodes,
           (unsigned long long)n_frames, at + strlen("frames: 0}"));
  ck_assert_int_eq(rig_finish(rig_start(text, options, 0)), STATUS_OK);
  return swap_seen[0];
}
