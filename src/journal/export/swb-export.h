/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "journal/dissect/swb-dissect-index.h"
#include "journal/store/swb-journal.h"
#include "journal/notation/swb-notation.h"

/* Records handed to other tools: as text, hex dump, JSON lines, CSV, raw bytes, or a
 * recording.
 *
 * The synchronous functions block and belong in a worker (or in swb, which has no window);
 * the journal may grow meanwhile. Memory stays bounded: one record and a buffer at a time,
 * whatever the journal's size. The asynchronous one starts such a worker itself. */

G_BEGIN_DECLS

typedef enum
{
  SWB_EXPORT_TEXT,   /* lines of swb_notation_print() */
  SWB_EXPORT_HEX,    /* a line of "# ", the record with its data cut short; one with what swb_dissect() says of
                        it, if anything; then the data as `hexdump -C` shows it */
  SWB_EXPORT_JSON,   /* lines of swb_json_print() */
  SWB_EXPORT_CSV,    /* RFC 4180, a line of names first */
  SWB_EXPORT_RAW,    /* the bytes of one direction of one connection and nothing else */
  SWB_EXPORT_PCAPNG, /* swb_recording_save() */
  SWB_N_EXPORTS
} SwbExportFormat;

/**
 * SwbProgressFunc:
 * @done: steps done
 * @total: steps there are
 *
 * Called now and then, every few thousand steps; from the synchronous functions on their
 * own thread, from the asynchronous ones some times a second, on the caller's main context.
 */
typedef void (*SwbProgressFunc) (guint64 done, guint64 total, gpointer user_data);

/* What to hand on. A plain value that borrows all it points to until the function returns;
 * swb_export_save_async() copies it at once, the positions and the panes' names included.
 */
typedef struct
{
  SwbJournal *journal;
  guint64 first;             /* position of the first record… */
  guint64 n_records;         /* …and how many; must be below the published count */
  const guint64 *positions;  /* (nullable): a filter's result: @n_records positions,
                                ascending; @first is not looked at */
  SwbPaneNameFunc pane_name; /* (nullable) */
  gpointer pane_data;
  guint pane;       /* the last three are for SWB_EXPORT_RAW: the pane, */
  guint connection; /* its connection (SWB_CONNECTION_NONE: its own socket), */
  int direction;    /* and 1 for bytes that went out, -1 for those that came in, 0 for both */
  gboolean dissects; /* SWB_EXPORT_TEXT: below a record whose bytes swb_dissect() can tell of, "# " and the line */
  const SwbDissectIndex *dissections; /* swb_export_write() sets it for itself */
} SwbExportSource;

/* Every record published so far that has not gone. Records that go while they are being handed on are left out, as if
 * it had begun later. */
void swb_export_source_init (SwbExportSource *self, SwbJournal *journal,
                             SwbPaneNameFunc pane_name, gpointer pane_data);

/* The position of the @n-th record of @self. */
guint64 swb_export_source_get_position (const SwbExportSource *self, guint64 n);

/**
 * swb_export_write:
 * @stream: where to; flushed, not closed
 * @progress: (nullable): counts records
 * @error: what @stream said; G_IO_ERROR_CANCELLED; SWB_ERROR_FORMAT for a damaged record,
 * with its number. What was written before stays in @stream.
 */
gboolean swb_export_write (const SwbExportSource *self, SwbExportFormat format,
                           GOutputStream *stream, SwbProgressFunc progress,
                           gpointer progress_data, GCancellable *cancellable,
                           GError **error);

/**
 * swb_export_save:
 * @path: a file; an older one stays until all went well, a new one has mode 0600 and goes
 * again on failure
 */
gboolean swb_export_save (const SwbExportSource *self, SwbExportFormat format,
                          const char *path, SwbProgressFunc progress,
                          gpointer progress_data, GCancellable *cancellable,
                          GError **error);

/* The same in a worker: cancelled or saved, as the file is, also when it was cancelled at the last moment; @progress and @callback run on the thread-default context of the
 * caller. */
void swb_export_save_async (const SwbExportSource *self, SwbExportFormat format,
                            const char *path, SwbProgressFunc progress,
                            gpointer progress_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean swb_export_save_finish (GAsyncResult *result, GError **error);

/* Of one that was saved as %SWB_EXPORT_RAW: as swb_export_count_unkept(); 0 of the others, whose records say it themselves. */
guint64 swb_export_save_get_n_unkept (GAsyncResult *result);

/**
 * swb_export_count_unkept:
 * @cancellable: (nullable): ends it early, with what was counted until then
 *
 * How many bytes %SWB_EXPORT_RAW of @self has not, since they were not kept, or are not in the capture that was imported. Looks at
 * each entry, some ten million of them in a second: blocks. The asynchronous one does it in a worker.
 */
guint64 swb_export_count_unkept (const SwbExportSource *self, GCancellable *cancellable);
void swb_export_count_unkept_async (const SwbExportSource *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/* Returns: %FALSE, with @n_bytes as it was, when it was cancelled */
gboolean swb_export_count_unkept_finish (GAsyncResult *result, guint64 *n_bytes);

/* "text", "hex", "json", "csv", "raw", "pcapng": as in `swb show --as`. */
const char *swb_export_format_get_name (SwbExportFormat format);
gboolean swb_export_format_from_name (const char *name, SwbExportFormat *format);

G_END_DECLS
