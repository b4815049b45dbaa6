/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-history.h"

struct _SwbHistory
{
  GPtrArray *entries; /* SwbHistoryEntry, oldest first */
  guint place;        /* of the walk; the length: at the draft */
  SwbHistoryEntry draft;
};

static SwbHistoryEntry *
entry_new (guint mode, const char *text)
{
  SwbHistoryEntry *entry = g_new0 (SwbHistoryEntry, 1);

  entry->mode = mode;
  entry->text = g_strdup (text);
  return entry;
}

static void
entry_free (gpointer data)
{
  SwbHistoryEntry *entry = data;

  g_free (entry->text);
  g_free (entry);
}

SwbHistory *
swb_history_new (void)
{
  SwbHistory *self = g_new0 (SwbHistory, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
swb_history_free (SwbHistory *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->draft.text);
  g_free (self);
}

void
swb_history_add (SwbHistory *self, guint mode, const char *text)
{
  if (self->entries->len == SWB_HISTORY_MAX)
    g_ptr_array_remove_index (self->entries, 0);
  g_ptr_array_add (self->entries, entry_new (mode, text));
  self->place = self->entries->len;
}

const SwbHistoryEntry *
swb_history_walk (SwbHistory *self, int step, guint mode, const char *text)
{
  guint end = self->entries->len;

  if ((step < 0 && self->place == 0) || (step > 0 && self->place == end))
    return NULL;
  if (self->place == end)
    {
      g_free (self->draft.text);
      self->draft = (SwbHistoryEntry){ mode, g_strdup (text) };
    }
  self->place = step < 0 ? self->place - 1 : self->place + 1;
  if (self->place == end)
    return &self->draft;
  return g_ptr_array_index (self->entries, self->place);
}
