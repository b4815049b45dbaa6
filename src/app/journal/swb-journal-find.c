/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-view-private.h"

#include <glib/gi18n.h>

/* Finding goes from hit to hit and hides no row. */

#define FRAME_US 16667

static char *
print_place (SwbJournalView *self)
{
  SwbJournalRow *row = swb_journal_view_get_row (self);
  guint64 position = row != NULL ? swb_journal_row_get_position (row) : 0;
  guint64 n_hits = swb_scan_get_n_hits (self->find_scan);
  g_autofree char *count = swb_journal_format_number (n_hits);
  g_autofree char *number = NULL;

  if (n_hits == 0)
    return g_strdup (swb_scan_is_done (self->find_scan) ? _ ("No hit") : _ ("Searching…"));
  if (row == NULL || !swb_scan_is_hit (self->find_scan, position))
    /* Translators: how many records were found */
    return g_strdup_printf (ngettext ("%s hit", "%s hits", n_hits), count);
  number
      = swb_journal_format_number (swb_scan_get_n_before (self->find_scan, position) + 1);
  /* Translators: the number of a hit, and how many there are: "hit 3 of 120" */
  return g_strdup_printf (_ ("hit %s of %s"), number, count);
}

void
swb_journal_find_update (SwbJournalView *self)
{
  g_autofree char *place = self->find_scan != NULL ? print_place (self) : NULL;

  swb_filter_bar_set_place (self->filter_bar, place,
                            place != NULL && swb_scan_get_n_hits (self->find_scan) > 0);
}

static void
hits_cb (SwbScan *scan, guint64 first_hit, guint64 n_added, gpointer user_data)
{
  SwbJournalView *self = user_data;

  if (n_added > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self->marks));
  swb_journal_find_update (self);
}

void
swb_journal_find_set (SwbJournalView *self, SwbFilter *filter, guint64 first, guint64 n)
{
  swb_journal_marks_set (self->marks, NULL, NULL);
  g_clear_pointer (&self->find_scan, swb_scan_free);
  if (filter != NULL)
    {
      self->find_scan = swb_scan_new (swb_bench_get_journal (self->bench), filter, first, n,
                                      FRAME_US, hits_cb, self);
      swb_journal_marks_set (self->marks, self->model, self->find_scan);
    }
  swb_journal_find_update (self);
}

/* From the selected row on; where none is, the first hit is next and the last is before. */
void
swb_journal_find_step (SwbJournalView *self, int direction)
{
  SwbJournalRow *row = swb_journal_view_get_row (self);
  guint64 n_hits = self->find_scan != NULL ? swb_scan_get_n_hits (self->find_scan) : 0;
  guint64 position = row != NULL ? swb_journal_row_get_position (row) : 0, number;

  if (n_hits == 0)
    return;
  number = swb_scan_get_n_before (self->find_scan, position);
  if (direction < 0)
    number = number == 0 ? n_hits - 1 : number - 1;
  else if (row != NULL && swb_scan_is_hit (self->find_scan, position))
    number++;
  swb_journal_view_show_record (self, swb_scan_get_hit (self->find_scan, number % n_hits));
}
