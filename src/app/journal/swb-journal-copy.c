/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-view-private.h"
#include "journal/notation/swb-notation.h"

#include <glib/gi18n.h>

/* A clipboard is no place for gigabytes. */
#define MAX_LINES 10000
#define MAX_BYTES (4 * 1024 * 1024)

static void
append_row (SwbJournalView *self, guint index, GString *text)
{
  g_autoptr (SwbJournalRow) row
      = g_list_model_get_item (G_LIST_MODEL (self->selection), index);
  g_autofree char *line = swb_notation_print (swb_journal_row_get_record (row),
                                              swb_journal_row_get_journal (row),
                                              swb_bench_get_pane_name, self->bench);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* What was left out is said where it is missing. */
static void
append_rest (GString *text, guint64 n_left)
{
  g_autofree char *count = swb_journal_format_number (n_left);

  g_string_append_printf (text,
                          /* Translators: the last line of a copy that would be too long */
                          ngettext ("\n# %s more row is selected than fits here",
                                    "\n# %s more rows are selected than fit here", n_left),
                          count);
}

char *
swb_journal_copy_print (SwbJournalView *self)
{
  GtkBitset *rows = swb_row_selection_get_rows (self->selection);
  guint64 n_rows = gtk_bitset_get_size (rows), n_copied = 0;
  GString *text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint index;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &index);
       more && n_copied < MAX_LINES && text->len < MAX_BYTES;
       more = gtk_bitset_iter_next (&iter, &index), n_copied++)
    append_row (self, index, text);
  if (n_copied < n_rows)
    append_rest (text, n_rows - n_copied);
  return g_string_free (text, FALSE);
}
