/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-record.h"

/* The append-only store of records, in a folder of its own (mode 0700; files 0600):
 *
 *   anchor         magic, version, the pair (CLOCK_MONOTONIC, CLOCK_REALTIME) at the start; held locked by the writer
 *   index-00000…   entries of 40 bytes, SWB_JOURNAL_INDEX_SEGMENT of them a file
 *   arena-00000…   details and data, SWB_JOURNAL_ARENA_SEGMENT bytes a file; a record never spans two
 *
 * One writer thread: it alone may call the functions under "writing". Any thread may read what has been published, without a lock:
 * between the first position and the published count nothing ever changes. Published records have been
 * written to the files, arena before index, so `kill -9` cannot take them. Files are written with
 * pwrite() and read through read-only maps that the writer makes when it begins a segment.
 *
 * A journal with a limit may give up its oldest segments: its first position grows. Positions stay what they were. Pointers into
 * what went can still be followed until the last unref, but lead to zeros: whoever used bytes while the writer went on asks
 * swb_journal_has() afterwards whether they were still those of the record. */

G_BEGIN_DECLS

#define SWB_JOURNAL_INDEX_SEGMENT (1u << 20)          /* entries */
#define SWB_JOURNAL_ARENA_SEGMENT (64u * 1024 * 1024) /* bytes */
#define SWB_JOURNAL_DATA_MAX (16u * 1024 * 1024)      /* bytes of one record */


#define SWB_TYPE_JOURNAL (swb_journal_get_type ())

typedef struct _SwbJournal SwbJournal; /* atomically reference-counted boxed type */

GType swb_journal_get_type (void);

/**
 * swb_journal_new:
 * @folder: the journal's own folder, created with mode 0700; must not hold a journal already
 * @error: SWB_ERRNO, naming the file and the call
 *
 * Returns: (transfer full) (nullable): an empty journal, open for writing
 */
SwbJournal *swb_journal_new (const char *folder, GError **error);

/* What happens when the journal's files have come to their limit. */
typedef enum
{
  SWB_LIMIT_OLDEST = 0,  /* the oldest segments go */
  SWB_LIMIT_PAYLOAD = 1, /* calls are recorded without the bytes they sent or received, some 60 bytes each, beyond the limit */
} SwbLimitPolicy;

#define SWB_JOURNAL_LIMIT_MIN (1024u * 1024)

/**
 * swb_journal_new_limited:
 * @n_bytes: as for swb_journal_set_limit(); segments of the index are made small enough for it
 *
 * As swb_journal_new(), which has no limit.
 */
SwbJournal *swb_journal_new_limited (const char *folder, guint64 n_bytes, SwbLimitPolicy policy, GError **error);

/**
 * swb_journal_set_limit:
 * @n_bytes: of all files, at least %SWB_JOURNAL_LIMIT_MIN; 0: none
 *
 * Any thread; the writer keeps it from its next publish on. Whole segments go, of an eighth of the limit at most, and none
 * that a follower has not been told of yet, unless the journal has twice its limit.
 */
void swb_journal_set_limit (SwbJournal *self, guint64 n_bytes, SwbLimitPolicy policy);

/* 4 GiB or a tenth of what is free on the file system of @folder, the smaller. @folder need not exist yet. */
guint64 swb_journal_get_default_limit (const char *folder);

/**
 * swb_journal_open:
 * @folder: a folder that swb_journal_new() made, of a process that ended or was killed
 * @error: SWB_ERROR_FORMAT or SWB_ERRNO
 *
 * Opens read-only with every record that is whole. Oldest segments that are not there make the first position;
 * any other entry whose bytes are not in the arena ends the journal.
 */
SwbJournal *swb_journal_open (const char *folder, GError **error);

SwbJournal *swb_journal_ref (SwbJournal *self);
void swb_journal_unref (SwbJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbJournal, swb_journal_unref)

const char *swb_journal_get_folder (SwbJournal *self);

/* Removes the journal's files and folder. The maps stay readable until the last unref. */
void swb_journal_delete (SwbJournal *self);

/**
 * swb_journal_dup_default_folder:
 * @purpose: "window" or "run"
 *
 * Returns: (transfer full): a new, unused name below $XDG_STATE_HOME/socket-workbench/journals, or what
 *   swb_journal_choose_folder() was given
 */
char *swb_journal_dup_default_folder (const char *purpose);

/**
 * swb_journal_sweep:
 * @folder: the folder of journals
 * @keep: how many ended journals stay, the newest
 *
 * Deletes older journals whose writer is gone (their anchor isn't locked), except those that are kept for good and those
 * that were cut short and not yet offered: see swb-journal-list.h. Blocking: a worker's job.
 */
void swb_journal_sweep (const char *folder, guint keep);

/* --- writing: the writer's thread only --- */

/**
 * swb_journal_reserve:
 * @n_bytes: at most %SWB_JOURNAL_DATA_MAX
 *
 * Room in the hot buffer for the data of the next record, so that the kernel can write straight into it. Valid
 * until the next call of a writing function. May publish what is hot to make room. With
 * a record that is appended with its data here, nothing is copied.
 *
 * Returns: (transfer none): at least @n_bytes, writable
 */
guint8 *swb_journal_reserve (SwbJournal *self, gsize n_bytes);

/**
 * swb_journal_append:
 * @record: a record; its data is copied, except where it is the room of the last swb_journal_reserve()
 *
 * Appends to the hot buffers. Not visible to readers before swb_journal_publish(). A record whose data is larger than
 * %SWB_JOURNAL_DATA_MAX keeps that much of it.
 */
void swb_journal_append (SwbJournal *self, const SwbRecord *record);

/**
 * swb_journal_publish:
 * @error: SWB_ERRNO when the files could not be written (ENOSPC, EDQUOT, EIO)
 *
 * Writes what is hot, arena first, then makes it visible with one atomic store, then wakes followers. When writing fails, the hot
 * records are dropped and counted (swb_journal_get_n_unrecorded()), the next ones are tried again.
 */
gboolean swb_journal_publish (SwbJournal *self, GError **error);

guint64 swb_journal_get_n_unrecorded (SwbJournal *self); /* any thread */

/**
 * swb_journal_append_owed:
 *
 * Appends the OUTCOME records that could not be written when they were due, so that no command of the journal lacks its end.
 * They count as unrecorded no longer. To be called when writing works again; does nothing when there are none.
 */
void swb_journal_append_owed (SwbJournal *self);

/**
 * swb_journal_next_event:
 * @all: whether the journal ends: also what would be told later, together with more of it
 * @event: (out): what became of the files
 * @number: (out): see SwbLimitEvent
 *
 * What the writer should put down as SWB_NOTE_LIMIT. To be asked after each publish until there is none; costs nothing then.
 */
gboolean swb_journal_next_event (SwbJournal *self, gboolean all, SwbLimitEvent *event, gint64 *number);

/* --- reading: any thread --- */

/* The published count: of all records since the start, those that have gone as well. */
guint64 swb_journal_get_n_records (SwbJournal *self);

/* Position of the oldest record that is left; 0 unless the journal has a limit. At most the published count. */
guint64 swb_journal_get_first (SwbJournal *self);

/* Whether what was read of @position before this call was the record, and not what took its place. */
gboolean swb_journal_has (SwbJournal *self, guint64 position);

/* Time of the record at position 0, which may have gone; the clock when the journal was made, where that isn't known. */
gint64 swb_journal_get_start_ns (SwbJournal *self);

guint64 swb_journal_get_n_bytes (SwbJournal *self); /* of arena and index, published */

/**
 * swb_journal_peek_entry:
 * @position: below the published count
 *
 * O(1).
 *
 * Returns: (transfer none): the entry in the map, valid as long as the journal; one of zeros when it has gone or was damaged
 */
const SwbEntry *swb_journal_peek_entry (SwbJournal *self, guint64 position);

/**
 * swb_journal_read:
 * @position: a position
 * @record: (out): the record; its data points into the map and is valid as long as the journal
 *
 * Returns: %FALSE when @position has gone or is not below the published count, or the bytes are damaged
 */
gboolean swb_journal_read (SwbJournal *self, guint64 position, SwbRecord *record);

/* Monotonic to wall-clock time, both in ns, by the anchor. */
gint64 swb_journal_to_wall_ns (SwbJournal *self, gint64 time_ns);
gint64 swb_journal_from_wall_ns (SwbJournal *self, gint64 wall_ns);

G_END_DECLS
