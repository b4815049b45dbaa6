/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-opened.h"

#include <gio/gunixinputstream.h>
#include <unistd.h>

#include "bench/swb-fold.h"
#include "cli/swb-cli.h"
#include "cli/swb-interrupt.h"
#include "cli/swb-output.h"
#include "journal/import/swb-import.h"
#include "journal/recording/swb-recording.h"

struct _SwbOpened
{
  SwbJournal *journal;
  GHashTable *names;    /* of panes, by number */
  GMutex lock;          /* of the next */
  SwbFold *connections; /* (nullable): all records, for filters that ask for addresses */
};

static SwbJournal *
open_journal (const char *path, GHashTable **names, GError **error)
{
  GCancellable *cancellable = swb_interrupt_get_cancellable ();
  g_autoptr (GInputStream) input = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return swb_journal_open (path, error);
  if (!g_str_equal (path, "-"))
    return swb_import_open (path, NULL, names, NULL, NULL, cancellable, error);

  input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  return swb_import_load (input, 0, NULL, names, NULL, NULL, cancellable, error);
}

/* Names of interfaces are a stranger's text. */
static gboolean
is_no_name (gpointer pane, gpointer name, gpointer user_data)
{
  return !swb_command_is_pane_name (name);
}

/* A pane command, or where that went with the oldest records, the note that has it again.
 */
static gboolean
may_name (const SwbEntry *entry)
{
  return entry->kind == SWB_RECORD_COMMAND
         || (entry->kind == SWB_RECORD_NOTE && entry->what == SWB_NOTE_PANE);
}

/* The commands that made the panes know their names best. */
static void
learn_names (SwbOpened *self)
{
  g_autoptr (SwbFold) fold = swb_fold_new ();
  guint64 n_records = swb_journal_get_n_records (self->journal);
  SwbRecord record;

  for (guint64 i = 0; i < n_records; i++)
    {
      SwbPane *pane;

      if (!may_name (swb_journal_peek_entry (self->journal, i))
          || !swb_journal_read (self->journal, i, &record)
          || swb_fold_get_pane (fold, record.pane) != NULL)
        continue;
      swb_fold_record (fold, &record, i);
      pane = swb_fold_get_pane (fold, record.pane);
      if (pane != NULL)
        g_hash_table_insert (self->names, GUINT_TO_POINTER (record.pane),
                             g_strdup (swb_pane_get_name (pane)));
    }
}

SwbOpened *
swb_opened_new (const char *path, int *status)
{
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = open_journal (path, &names, &error);
  SwbOpened *self;

  if (journal == NULL)
    {
      *status = swb_output_print_error (error);
      if (*status == SWB_EXIT_FAILED)
        *status = SWB_EXIT_WRONG;
      return NULL;
    }

  self = g_new0 (SwbOpened, 1);
  g_mutex_init (&self->lock);
  self->journal = journal;
  self->names = names != NULL ? g_steal_pointer (&names)
                              : g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_foreach_remove (self->names, is_no_name, NULL);
  learn_names (self);
  return self;
}

void
swb_opened_free (SwbOpened *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->connections, swb_fold_free);
  g_hash_table_unref (self->names);
  swb_journal_unref (self->journal);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* What concerns no pane is the bench's, as in the journal of a run. */
const char *
swb_opened_get_pane_name (guint pane, gpointer opened)
{
  SwbOpened *self = opened;

  return pane == 0 ? "bench" : swb_recording_get_pane_name (pane, self->names);
}

void
swb_opened_init_source (SwbOpened *self, SwbExportSource *source)
{
  swb_export_source_init (source, self->journal, swb_opened_get_pane_name, self);
}

/* --- for filters --- */

/* Of several panes that had a name one after the other, the last. */
static guint
find_pane (const char *name, gpointer opened)
{
  SwbOpened *self = opened;
  GHashTableIter iter;
  gpointer pane, value;
  guint found = 0;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &pane, &value))
    if (g_str_equal (value, name))
      found = MAX (found, GPOINTER_TO_UINT (pane));
  return found;
}

static SwbFold *
fold_all (SwbJournal *journal)
{
  SwbFold *fold = swb_fold_new ();
  guint64 n_records = swb_journal_get_n_records (journal);
  SwbRecord record;

  for (guint64 i = 0; i < n_records; i++)
    if (swb_journal_read (journal, i, &record))
      swb_fold_record (fold, &record, i);
  return fold;
}

/* Called by the workers of a scan; only filters that speak of addresses pay for the fold.
 */
static char *
dup_address (guint pane, guint connection, SwbFilterEnd end, gpointer opened)
{
  SwbOpened *self = opened;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  SwbConnection *found = NULL;
  const SwbAddress *address = NULL;
  SwbPane *folded;

  if (self->connections == NULL)
    self->connections = fold_all (self->journal);
  folded = swb_fold_get_pane (self->connections, pane);
  if (folded != NULL)
    found = swb_pane_find_connection (folded, connection);
  if (found != NULL)
    address = end == SWB_FILTER_LOCAL ? swb_connection_get_local (found)
                                      : swb_connection_get_peer (found);
  return address != NULL && address->length > 0 ? swb_address_print (address) : NULL;
}

SwbFilterNames *
swb_opened_make_filter_names (SwbOpened *self)
{
  return swb_filter_names_new (find_pane, dup_address, self, NULL);
}
