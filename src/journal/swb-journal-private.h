/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/swb-journal.h"
#include "journal/swb-segments.h"

/* What the files of the journal share among themselves and with their tests. */

G_BEGIN_DECLS

#define SWB_JOURNAL_HOT_ENTRIES 4096
#define SWB_JOURNAL_HOT_BYTES (1024 * 1024) /* at first; grows for one larger record */

/* The sizes of a journal's segments. Tests choose small ones to cross their borders often. */
typedef struct
{
  guint index_shift; /* log2 of entries in an index segment */
  guint arena_shift; /* log2 of bytes in an arena segment */
  guint max_index_segments;
  guint max_arena_segments;
} SwbJournalLayout;

/* The first file of a journal, in native byte order. */
typedef struct
{
  char magic[8];
  guint32 version;
  guint32 entry_size;
  guint32 index_shift;
  guint32 arena_shift;
  gint64 monotonic_ns; /* both clocks, read at the same moment */
  gint64 wall_ns;
} SwbJournalAnchor;

G_STATIC_ASSERT (sizeof (SwbJournalAnchor) == 40);

/* A writer's memory: what has been appended and not been published. A batch lies in one
 * segment of the arena and in one of the index, so it is written whole or not at all. */
typedef struct
{
  guint8 *bytes;
  gsize size;
  gsize used;
  gsize reserved;       /* bytes of the last swb_journal_reserve(), at @bytes + @used */
  guint64 offset;       /* where @bytes will lie in the arena */
  SwbEntry *entries;
  guint n_entries;
} SwbJournalHot;

struct _SwbJournal
{
  gatomicrefcount ref_count;
  char *folder;
  SwbJournalLayout layout;
  SwbJournalAnchor anchor;
  int anchor_fd;        /* locked: exclusively by the writer, shared by one that opened it */
  SwbSegments index;
  SwbSegments arena;
  SwbJournalHot hot;    /* without memory in a journal that was opened */

  guint64 n_records;    /* these three: atomic, one writer */
  guint64 n_bytes;
  guint64 n_unrecorded;

  gint n_armed;         /* atomic: followers that wait for a publish */
  GMutex followers_lock;
  GPtrArray *followers; /* of SwbFollower, borrowed: a follower leaves when disposed */
};

SwbJournal *swb_journal_new_with_layout (const char *folder, const SwbJournalLayout *layout,
                                         GError **error);

/* --- swb-journal-anchor.c --- */

/* Creates, locks and writes the anchor; the lock lasts until @fd is closed. */
gboolean swb_journal_anchor_create (const char *folder, SwbJournalAnchor *anchor, int *fd, GError **error);

/* Reads the anchor of @folder; SWB_ERROR_FORMAT when it is none. */
gboolean swb_journal_anchor_load (const char *folder, SwbJournalAnchor *anchor, int *fd, GError **error);

/* Removes the files of a journal and the folder. */
void swb_journal_remove_files (const char *folder);

/* --- swb-journal-list.c --- */

/* Files beside the records: see swb-journal-list.h. */
#define SWB_JOURNAL_MARK_RUNNING "running"
#define SWB_JOURNAL_MARK_KILLED "killed"
#define SWB_JOURNAL_MARK_KEPT "kept"

gboolean swb_journal_has_mark (const char *folder, const char *mark);

/* --- swb-journal-write.c --- */

void swb_journal_hot_init (SwbJournalHot *self);
void swb_journal_hot_clear (SwbJournalHot *self);

/* --- swb-follower.c --- */

/* Wakes the followers that wait; called by the writer after it published. */
void swb_journal_wake_followers (SwbJournal *self);

G_END_DECLS
