/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-journal-view-private.h"

#include <glib/gi18n.h>

static void
update_empty (SwbJournalView *self)
{
  SwbScan *scan = self->model != NULL ? swb_journal_model_get_scan (self->model) : NULL;
  const char *text = _ ("Every call and every byte will be listed here");

  if (scan != NULL && swb_journal_model_get_n_unfiltered (self->model) > 0)
    text = swb_scan_is_done (scan) ? _ ("No record passes the filter") : _ ("Searching…");
  if (!g_str_equal (gtk_label_get_text (self->empty_label), text))
    gtk_label_set_text (self->empty_label, text);
}

void
swb_journal_view_update_count (SwbJournalView *self)
{
  guint n_rows
      = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  g_autofree char *text = NULL;

  if (self->model != NULL && swb_journal_model_get_scan (self->model) != NULL)
    text = swb_journal_format_hits (swb_journal_model_get_n_hits (self->model),
                                    swb_journal_model_get_n_unfiltered (self->model));
  else if (n_rows > 0)
    text = swb_journal_format_count (n_rows, swb_journal_model_get_n_bytes (self->model));
  gtk_label_set_text (self->count_label, text != NULL ? text : "");
  if (n_rows == 0)
    update_empty (self);
  gtk_stack_set_visible_child_name (self->stack, n_rows > 0 ? "rows" : "empty");
}
