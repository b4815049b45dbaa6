/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "journal/store/swb-journal.h"

/* The journals below a folder, those of earlier sessions and those of sessions that go on.
 *
 * What a journal's records do not say stands beside them as empty files in its folder:
 *
 *   running   while its session lasts; still there in a journal whose writer is gone, it says
 *             that the program was killed, and that nobody has told the person yet
 *   killed    the same, after the person was told
 *   kept      swb_journal_sweep() leaves it alone
 *
 * A session's end takes a file away and makes none, since that works on a full disk too. Journals without
 * any of them, as older versions left them, count as ended. */

G_BEGIN_DECLS

typedef enum
{
  SWB_JOURNAL_ENDED,   /* as it should, or nobody knows */
  SWB_JOURNAL_RUNNING, /* its writer is at work */
  SWB_JOURNAL_KILLED,
} SwbJournalFate;

typedef struct
{
  char *folder;
  char *purpose;         /* "window", "run"; empty for a name that is not ours */
  gint64 begin_wall_ns;
  gint64 end_wall_ns;    /* when the last record began; as @begin_wall_ns without records */
  guint64 n_records;
  guint64 n_bytes;       /* what its files take of the disk */
  SwbJournalFate fate;
  gboolean is_kept;      /* for good */
  gboolean was_offered;  /* of a killed one: the person was told */
} SwbJournalInfo;

void swb_journal_info_free (SwbJournalInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbJournalInfo, swb_journal_info_free)

/* Where the program's own journals are from now on, instead of the state folder (%NULL, ""). To be said before any is made, and
 * before other threads begin. */
void swb_journal_choose_folder (const char *folder);

/* (transfer full): the folder of the program's own journals, which need not exist */
char *swb_journal_list_dup_folder (void);

/* What a session says of itself, to be called by the journal's writer. A folder that takes no
 * file makes it one of which nobody knows. */
void swb_journal_mark_running (SwbJournal *journal);
void swb_journal_mark_ended (SwbJournal *journal);

/**
 * swb_journal_list:
 * @folder: a folder of journals; one that is not there has none
 *
 * Blocking: the index of each journal is looked through. What is no journal is passed over.
 *
 * Returns: (transfer full) (element-type SwbJournalInfo): the newest first
 */
GPtrArray *swb_journal_list (const char *folder, GCancellable *cancellable);

/* The same in a worker. finish: %NULL only with G_IO_ERROR_CANCELLED. */
void swb_journal_list_async (const char *folder, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *swb_journal_list_finish (GAsyncResult *result, GError **error);

/* What is known of one journal; %NULL with @error as of swb_journal_open(). Blocking. */
SwbJournalInfo *swb_journal_info_new (const char *folder, GError **error);

/* When a journal began, which its first file says: quick enough for any thread. %FALSE when it is none. */
gboolean swb_journal_get_begin (const char *folder, gint64 *wall_ns);

/* @error: SWB_ERRNO, naming the file. Quick enough for any thread. */
gboolean swb_journal_set_kept (const char *folder, gboolean kept, GError **error);
gboolean swb_journal_set_offered (const char *folder, GError **error);

/**
 * swb_journal_remove:
 * @error: SWB_ERRNO: EBUSY for a session that goes on, else why the folder is still there; SWB_ERROR_FORMAT for
 *   what is no journal
 *
 * Removes a journal that was ended, a kept one too. Who has it open can go on reading. Blocking.
 */
gboolean swb_journal_remove (const char *folder, GError **error);

G_END_DECLS
