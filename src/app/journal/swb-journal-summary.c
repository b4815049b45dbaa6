/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-summary.h"

#include "app/journal/swb-journal-format.h"
#include "journal/notation/swb-notation.h"

#include <glib/gi18n.h>

#define NS_PER_SECOND 1e9

static void
add_entry (SwbJournalSummary *self, const SwbEntry *entry)
{
  SwbDataUse use = entry->kind == SWB_RECORD_CALL ? swb_call_get_info (entry->what)->data
                                                  : SWB_DATA_ABSENT;

  if (self->n_records++ == 0)
    self->first_ns = self->last_ns = entry->time_ns;
  self->first_ns = MIN (self->first_ns, entry->time_ns);
  self->last_ns = MAX (self->last_ns, entry->time_ns);
  if (use == SWB_DATA_OUT && entry->result > 0)
    self->n_out += (guint)entry->result;
  else if (use == SWB_DATA_IN && entry->result > 0)
    self->n_in += (guint)entry->result;
}

void
swb_journal_summary_add (SwbJournalSummary *self, SwbJournal *journal,
                         const SwbHits *records, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL && journal != NULL && records != NULL);

  for (guint64 position = 0; swb_hits_next (records, &position); position++)
    {
      if (position % SWB_HITS_CHUNK == 0 && g_cancellable_is_cancelled (cancellable))
        return;
      add_entry (self, swb_journal_peek_entry (journal, position));
    }
}

/* "259/s · 17 kB/s", or nothing where no time went by. */
static void
append_rates (const SwbJournalSummary *self, GString *text)
{
  double seconds = (double)(self->last_ns - self->first_ns) / NS_PER_SECOND;
  guint64 n_bytes = self->n_out + self->n_in;
  g_autofree char *rate = NULL;
  g_autofree char *size = NULL;

  if (seconds <= 0)
    return;
  if ((double)self->n_records / seconds < 10)
    rate = g_strdup_printf ("%.1f", (double)self->n_records / seconds);
  else
    rate = swb_journal_format_number ((guint64)((double)self->n_records / seconds));
  /* Translators: records a second */
  g_string_append_printf (text, _ (" · %s/s"), rate);
  if (n_bytes == 0)
    return;
  size = swb_journal_format_size ((guint64)((double)n_bytes / seconds));
  /* Translators: bytes a second: "17 kB/s" */
  g_string_append_printf (text, _ (" · %s/s"), size);
}

char *
swb_journal_summary_print (const SwbJournalSummary *self)
{
  g_autofree char *count = swb_journal_format_number (self->n_records);
  g_autofree char *out = swb_journal_format_size (self->n_out);
  g_autofree char *in = swb_journal_format_size (self->n_in);
  g_autofree char *span = swb_notation_short_duration (self->last_ns - self->first_ns);
  GString *text = g_string_new (NULL);

  /* Translators: of the selected rows: how many, bytes sent, bytes received, the time
   * from the first to the last: "312 records · 20 kB out · 4 kB in · span 1.2 s" */
  g_string_printf (text,
                   ngettext ("%s record · %s out · %s in · span %s",
                             "%s records · %s out · %s in · span %s", self->n_records),
                   count, out, in, span);
  append_rates (self, text);
  return g_string_free (text, FALSE);
}
