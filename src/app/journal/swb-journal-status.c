/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-summary.h"
#include "app/journal/swb-journal-view-private.h"

#include <glib/gi18n.h>

/* More records than this are gone through by a worker. */
#define MANY 20000

typedef struct
{
  SwbJournal *journal;
  SwbHits records; /* until the bytes have them */
  SwbJournalSummary summary;
  SwbRecordsSource *bytes;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  swb_hits_clear (&task->records);
  g_clear_object (&task->bytes);
  swb_journal_unref (task->journal);
  g_free (task);
}

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
    text = swb_journal_format_count (swb_journal_model_get_n_unfiltered (self->model),
                                     swb_journal_model_get_n_bytes (self->model));
  gtk_label_set_text (self->count_label, text != NULL ? text : "");
  if (n_rows == 0)
    update_empty (self);
  gtk_stack_set_visible_child_name (self->stack, n_rows > 0 ? "rows" : "empty");
}

static void
look (Task *self, GCancellable *cancellable)
{
  swb_journal_summary_add (&self->summary, self->journal, &self->records, cancellable);
  self->bytes = swb_records_source_new (self->journal, &self->records, cancellable);
}

static void
look_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  look (data, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
show (SwbJournalView *self, const Task *task)
{
  g_autofree char *text = swb_journal_summary_print (&task->summary);

  gtk_label_set_text (self->status_label, text);
  swb_payload_view_set_several (self->payload, task->bytes);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwbJournalView) self = data;
  Task *task = g_task_get_task_data (G_TASK (result));

  if (g_task_get_cancellable (G_TASK (result)) != self->adding)
    return;
  g_clear_object (&self->adding);
  show (self, task);
}

static void
add_up (SwbJournalView *self)
{
  Task *task = g_new0 (Task, 1);
  g_autoptr (GTask) adding = NULL;

  task->journal = swb_journal_ref (swb_bench_get_journal (self->bench));
  swb_journal_selection_copy (self, &task->records);
  if (task->records.n_hits <= MANY)
    {
      look (task, NULL);
      show (self, task);
      task_free (task);
      return;
    }
  self->adding = g_cancellable_new ();
  /* Not as its source, which the worker can be the last one to let go of. */
  adding = g_task_new (NULL, self->adding, added_cb, g_object_ref (self));
  g_task_set_task_data (adding, task, task_free);
  gtk_label_set_text (self->status_label, _ ("Adding up…"));
  g_task_run_in_thread (adding, look_in_worker);
}

void
swb_journal_status_update (SwbJournalView *self)
{
  gboolean several = swb_row_selection_get_n_selected (self->selection) > 1;

  g_cancellable_cancel (self->adding);
  g_clear_object (&self->adding);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), several);
  if (several && self->bench != NULL)
    add_up (self);
  else
    swb_payload_view_set_several (self->payload, NULL);
}
