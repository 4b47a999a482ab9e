// SPDX-License-Identifier: ISC
#include "engine/edit_reap.h"

#include "base/mem.h"
#include "engine/instance.h"
#include "engine/seam.h"
#include "engine/seat.h"
#include "plan/values.h"

#include <stdio.h>

void
edit_retire(struct editor* editor, struct node* spare)
{
  spare->next_spare = editor->retired;
  editor->retired = spare;
}

struct trial*
edit_find_trial(struct editor* editor, const struct node* node)
{
  struct trial* trial = editor->trials;
  while (trial && (trial->node != node || atomic_load(&trial->end))) {
    trial = trial->next;
  }
  return trial;
}

void
edit_settle(struct editor* editor, struct node* node)
{
  struct trial* const trial = edit_find_trial(editor, node);
  if (trial) {
    trial_pass(trial);
  }
}

static void
note_roll_back(struct editor* editor, const struct trial* trial)
{
  struct record* const record = record_of(editor, trial->node);
  const struct seat* const seat = trial->node->seat;
  record->plan = trial->node->plan;
  record->code = seat ? seat->generation : NULL;
  record->generation = trial->generation - 1;
  ++record->n_rolled_back;
  ++editor->n_rolled_back;
  snprintf(record->rolled_back_why, sizeof record->rolled_back_why, "%s",
           trial->why);
  editor_tell(editor, EDIT_EVENT_ROLLED_BACK, NULL, trial->node, trial->why);
}

// Its node will never run again, so nobody else looks at the trial.
static int
is_over(const struct trial* trial)
{
  return atomic_load(&trial->node->seam) == SEAM_ENDED;
}

static void
end_trials(struct editor* editor)
{
  for (struct trial** at = &editor->trials; *at;) {
    struct trial* const trial = *at;
    if (!atomic_load(&trial->end) && is_over(trial)) {
      trial_pass(trial);
    }
    const int end = atomic_load(&trial->end);
    if (end == TRIAL_GOES_ON) {
      at = &trial->next;
      continue;
    }
    *at = trial->next;
    if (end == TRIAL_TAKEN_BACK) {
      note_roll_back(editor, trial);
    } else {
      editor_tell(editor, EDIT_EVENT_RETIRED, NULL, trial->node, "");
    }
    edit_retire(editor, trial->other);
    trial_free(trial);
  }
}

static void
free_retired(struct editor* editor)
{
  for (struct node** at = &editor->retired; *at;) {
    struct node* const spare = *at;
    if (seat_is_free(spare)) {
      *at = spare->next_spare;
      seat_free(spare);
    } else {
      at = &spare->next_spare;
    }
  }
}

static void
gift_free(struct gift* gift)
{
  values_free(gift->values, gift->n);
  mem_free(gift->events);
  mem_free(gift);
}

void
edit_look_at_gifts(struct editor* editor, const struct node* node)
{
  // A trial may give them once more.
  const int are_read = !node->block.n_events && !edit_find_trial(editor, node);
  for (struct gift* gift = editor->gifts; are_read && gift; gift = gift->next) {
    gift->is_read |= gift->node == node;
  }
}

static void
free_gifts(struct editor* editor)
{
  for (struct gift** at = &editor->gifts; *at;) {
    struct gift* const gift = *at;
    if (gift->is_read || atomic_load(&gift->node->seam) == SEAM_ENDED) {
      *at = gift->next;
      gift_free(gift);
    } else {
      at = &gift->next;
    }
  }
}

void
edit_reap(struct editor* editor)
{
  end_trials(editor);
  free_retired(editor);
  free_gifts(editor);
}

void
edit_reap_all(struct editor* editor)
{
  for (struct node* spare = editor->retired; spare; spare = spare->next_spare) {
    instance_stop(spare); // they may hold buffers of each other
  }
  while (editor->retired) {
    struct node* const spare = editor->retired;
    editor->retired = spare->next_spare;
    seat_free(spare);
  }
  while (editor->gifts) {
    struct gift* const gift = editor->gifts;
    editor->gifts = gift->next;
    gift_free(gift);
  }
}
