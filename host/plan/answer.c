// SPDX-License-Identifier: ISC
#include "plan/answer.h"

#include "base/mem.h"
#include "plan/derive.h"

static uint64_t
hash_bytes(uint64_t hash, const void* bytes, size_t n)
{
  const unsigned char* const b = bytes;
  for (size_t i = 0; i < n; ++i) {
    hash = (hash ^ b[i]) * 0x100000001b3u;
  }
  return hash;
}

static uint64_t
hash_slots(uint64_t hash, const struct plan_slot* slots, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    hash = hash_bytes(hash, &slots[i].slot.format, sizeof slots[i].slot.format);
  }
  return hash;
}

static enum status
ask_again(struct node_state* state, struct plan_node* node)
{
  char error[DERIVE_ERROR_BYTES] = "";
  uint64_t n_frames = 0;

  mem_free(state->reason);
  state->reason = NULL;
  state->status = derive_ask(node, &n_frames, error, sizeof error);
  if (state->status == STATUS_NO_MEMORY) {
    return STATUS_NO_MEMORY;
  }
  if (state->status) {
    state->reason = mem_strdup(error);
    return state->reason ? STATUS_OK : STATUS_NO_MEMORY;
  }
  state->n_frames = n_frames;
  for (uint32_t i = 0; i < node->n_out; ++i) {
    state->formats[i] = node->out[i].slot.format;
  }
  return STATUS_OK;
}

// Asks, unless the answer to the same question is known.
enum status
answer_get(struct node_state* state, struct plan_node* node)
{
  uint64_t question = hash_slots(0xcbf29ce484222325u, node->in, node->n_in);
  question = hash_slots(question, node->out, node->n_out) | 1;

  if (!state->formats) {
    state->formats = mem_new_array(struct rill_format, node->n_out);
  }
  if (!state->formats) {
    return STATUS_NO_MEMORY;
  }
  if (question != state->question) {
    state->question = question;
    if (ask_again(state, node)) {
      return STATUS_NO_MEMORY;
    }
  }
  for (uint32_t i = 0; !state->status && i < node->n_out; ++i) {
    node->out[i].slot.format = state->formats[i];
  }
  state->trouble = state->status ? TROUBLE_DERIVE : TROUBLE_NONE;
  return STATUS_OK;
}
