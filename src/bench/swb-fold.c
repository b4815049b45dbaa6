/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-fold.h"

#include <string.h>

#include "bench/swb-pane-private.h"

struct _SwbFold
{
  GPtrArray *by_id;  /* (nullable) SwbPane; pane n at n */
  GListStore *panes; /* those that are there */
  GPtrArray *dirty;  /* SwbPane, each once */
};

SwbFold *
swb_fold_new (void)
{
  SwbFold *self = g_new0 (SwbFold, 1);

  self->by_id = g_ptr_array_new_with_free_func (swb_unref_nullable);
  self->panes = g_list_store_new (SWB_TYPE_PANE);
  self->dirty = g_ptr_array_new ();
  return self;
}

void
swb_fold_free (SwbFold *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->dirty);
  g_object_unref (self->panes);
  g_ptr_array_unref (self->by_id);
  g_free (self);
}

GListModel *
swb_fold_get_panes (SwbFold *self)
{
  return G_LIST_MODEL (self->panes);
}

SwbPane *
swb_fold_get_pane (SwbFold *self, guint id)
{
  return id < self->by_id->len ? self->by_id->pdata[id] : NULL;
}

SwbPane *
swb_fold_find_pane (SwbFold *self, const char *name)
{
  for (guint i = self->by_id->len; i > 0; i--)
    {
      SwbPane *pane = self->by_id->pdata[i - 1];

      if (pane != NULL && !pane->removed && g_str_equal (pane->name, name))
        return pane;
    }
  return NULL;
}

/* Only a command can make a pane: the one that says so, where it was given or where a note
 * has it again. */
static SwbPane *
make_pane (SwbFold *self, const SwbRecord *record, guint64 position)
{
  g_autofree char *text = NULL;
  g_autoptr (SwbCommand) command = NULL;
  SwbPane *pane;

  if (!swb_pane_begins_with (record) || record->pane == 0 || record->pane > G_MAXUINT16)
    return NULL;
  text = g_strndup ((const char *)record->data, record->n_data);
  text[strcspn (text, "\n")] = '\0';
  command = swb_command_parse (text, NULL, NULL);
  if (command == NULL || command->verb != SWB_VERB_PANE)
    return NULL;

  pane = swb_pane_new (record->pane, command, position);
  if (self->by_id->len <= record->pane)
    g_ptr_array_set_size (self->by_id, (int)record->pane + 1);
  self->by_id->pdata[record->pane] = pane;
  return pane;
}

static void
fold_pair (SwbFold *self, SwbPane *pane, const SwbRecord *record)
{
  SwbPane *other = pane->pair ? swb_fold_find_pane (self, pane->pair) : NULL;
  int fds[2];

  if (other == NULL || record->error != 0 || record->n_data < sizeof fds)
    return;

  memcpy (fds, record->data, sizeof fds);
  if (!other->dirty)
    g_ptr_array_add (self->dirty, other);
  swb_pane_fold_pair (other, fds[1]);
}

void
swb_fold_record (SwbFold *self, const SwbRecord *record, guint64 position)
{
  SwbPane *pane = swb_fold_get_pane (self, record->pane);

  if (pane == NULL)
    pane = make_pane (self, record, position);
  if (pane == NULL)
    return;

  if (!pane->dirty)
    g_ptr_array_add (self->dirty, pane);
  swb_pane_fold (pane, record, position);
  if (record->kind == SWB_RECORD_CALL && record->call == SWB_CALL_SOCKETPAIR)
    fold_pair (self, pane, record);
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint left = ((const SwbPane *)a)->id;
  guint right = ((const SwbPane *)b)->id;

  return (left > right) - (left < right);
}

/* In the order in which they were made, also where one comes back. */
static void
show_or_hide (SwbFold *self, SwbPane *pane)
{
  guint position;
  gboolean shown = g_list_store_find (self->panes, pane, &position);

  if (pane->removed && shown)
    g_list_store_remove (self->panes, position);
  else if (!pane->removed && !shown)
    g_list_store_insert_sorted (self->panes, pane, compare_ids, NULL);
}

void
swb_fold_flush (SwbFold *self)
{
  g_autoptr (GPtrArray) dirty = g_steal_pointer (&self->dirty);

  self->dirty = g_ptr_array_new ();
  for (guint i = 0; i < dirty->len; i++)
    swb_pane_flush (dirty->pdata[i]);
  for (guint i = 0; i < dirty->len; i++)
    show_or_hide (self, dirty->pdata[i]);
}
