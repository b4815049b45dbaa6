/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/export/swb-export.h"

/* The journal that a file becomes: what recordings and imports share. Private to both. */

G_BEGIN_DECLS

/* Clocks do not go further: until the year 2116, and 73 years from the start of a machine.
 * So the sums of them that make a wall-clock time fit into 64 bits. */
#define SWB_LOAD_WALL_MAX_NS ((gint64)1 << 62)
#define SWB_LOAD_TIME_MAX_NS ((gint64)1 << 61)

/* A new journal in @folder, or in a new folder of the user's cache; @made: (out): the latter. */
SwbJournal *swb_load_begin (const char *folder, gboolean *made, GError **error);

/* So that the journal's times are those of the clock they were read from, in its files as
 * well. */
gboolean swb_load_set_anchor (SwbJournal *journal, gint64 monotonic_ns, gint64 wall_ns, GError **error);

/* Publishes; also fails when the journal lost records by making room for itself. */
gboolean swb_load_publish (SwbJournal *journal, GError **error);

/**
 * swb_load_end:
 * @journal: (transfer full)
 * @loaded: whether all went well
 * @made: what swb_load_begin() said
 *
 * Returns: (transfer full) (nullable): the journal, as swb_journal_open() would give it; %NULL, and nothing is left, if not @loaded
 */
SwbJournal *swb_load_end (SwbJournal *journal, gboolean loaded, gboolean made);

/* swb_recording_load() and its kin. */
typedef SwbJournal *(*SwbLoadFunc) (GInputStream *stream, guint64 n_bytes, const char *folder, GHashTable **pane_names,
                                    SwbProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                    GError **error);

/* @load over a file; a message of an error begins with its name, and with "NAME:" where a line's number follows. */
SwbJournal *swb_load_open (SwbLoadFunc load, const char *path, const char *folder, GHashTable **pane_names,
                           SwbProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                           GError **error);

/* The same in a worker. */
void swb_load_open_async (SwbLoadFunc load, const char *path, const char *folder, SwbProgressFunc progress,
                          gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
SwbJournal *swb_load_open_finish (GAsyncResult *result, GHashTable **pane_names, GError **error);

G_END_DECLS
