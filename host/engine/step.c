// SPDX-License-Identifier: ISC
#include "engine/step.h"

void
frame_init(struct frame* frame)
{
  *frame = (struct frame){
    .in = { .size = sizeof frame->in },
    .out = { .size = sizeof frame->out },
    .in_pointer = &frame->in,
    .out_pointer = &frame->out,
  };
  frame->block = (struct rill_process){
    .size = sizeof frame->block,
    .flags = RILL_PROCESS_OFFLINE,
    .n_in = 1,
    .in = &frame->in_pointer,
    .out = &frame->out_pointer,
  };
}
