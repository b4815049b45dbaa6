/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"
#include "journal/store/swb-segments.h"

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
  gsize reserved;       /* bytes of the last swb_journal_reserve(), at @bytes + @used + @gap */
  gsize gap;            /* for the details of a record whose data will not be kept, but is still to be looked at */
  guint64 offset;       /* where @bytes will lie in the arena */
  SwbEntry *entries;
  guint n_entries;
} SwbJournalHot;

/* A count that followers wait for. */
typedef struct
{
  guint64 count;         /* atomic, one writer */
  gint n_armed;          /* atomic: followers that wait */
  GMutex lock;
  GPtrArray *followers;  /* of SwbFollower, borrowed: a follower leaves when disposed */
} SwbBell;

/* What the writer knows and has not told yet: see swb_journal_next_event(). */
typedef struct
{
  guint64 first;         /* told of */
  gint64 first_ns;       /* when */
  guint64 n_unkept;      /* told of */
  gboolean payload;      /* told: bytes are kept */
  gboolean deleted;      /* told */
  guint64 n_cut;         /* told of */
} SwbTold;

/* Outcomes that could not be written: somebody waits for each. */
typedef struct
{
  GMutex lock;     /* of @endings */
  GArray *endings; /* SwbRecord, for swb_journal_take_endings() */
  GArray *records; /* the same, the writer's: for swb_journal_append_owed() */
} SwbOwed;

struct _SwbJournal
{
  gatomicrefcount ref_count;
  char *folder;
  SwbJournalLayout layout;
  SwbJournalAnchor anchor;
  gint removed;         /* atomic: by swb_journal_delete(), so nothing of it is made again */
  int anchor_fd;        /* locked: exclusively by the writer, shared by one that opened it */
  SwbSegments index;
  SwbSegments arena;
  SwbJournalHot hot;    /* without memory in a journal that was opened */

  guint64 n_bytes;      /* atomic, one writer, as what follows up to the limit */
  guint64 n_unrecorded;
  guint64 n_unkept;     /* bytes sent or received that were not kept */
  guint64 first;
  gint64 start_ns;
  guint64 n_cut;        /* bytes that another program cut off */
  gint deleted;         /* another program deleted files */
  gint without_payload; /* bytes sent and received are not being kept */
  int error;            /* errno of the last publish; 0: it went well */

  guint64 limit;        /* atomic, any thread; 0: none */
  gint policy;

  SwbTold told;         /* the writer's */
  gint64 checked_ns;    /* the writer's: when it looked at its files last */

  SwbOwed owed;
  SwbBell records;      /* the published count */
  SwbBell health;       /* changes of what swb_journal_get_health() tells */
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
/* Makes the folder and the anchor again that somebody deleted. */
gboolean swb_journal_anchor_restore (SwbJournal *self);

/* --- swb-journal-write.c --- */

void swb_journal_hot_init (SwbJournalHot *self);
void swb_journal_hot_clear (SwbJournalHot *self);

/* Offset of the next segment of the arena. */
static inline guint64
swb_journal_get_next_segment (const SwbJournal *self, guint64 offset)
{
  return (offset | (self->arena.size - 1)) + 1;
}

/* --- swb-journal-limit.c; called by the writer --- */

/* After a publish: what is over the limit goes, or bytes are kept no longer. */
void swb_journal_keep_limit (SwbJournal *self);

/* Before a publish, now and then: what another program did to the files. */
void swb_journal_check_files (SwbJournal *self, gint64 now_ns);

/* How the last publish went, for swb_journal_get_health(). */
void swb_journal_set_error (SwbJournal *self, int error);

/* --- swb-journal-owed.c --- */

void swb_journal_owed_init (SwbOwed *self);
void swb_journal_owed_clear (SwbOwed *self);

/* Keeps the outcomes among what is hot and will be dropped. The writer's. */
void swb_journal_owe (SwbJournal *self);

/* --- swb-follower.c --- */

void swb_bell_init (SwbBell *self);
void swb_bell_clear (SwbBell *self);

/* Sets the count and wakes the followers that wait; called by the writer. */
void swb_bell_ring (SwbBell *self, guint64 count);

/* The least position that some follower has been told up to. */
guint64 swb_bell_get_told (SwbBell *self);

G_END_DECLS
