/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/export/swb-export.h"

/* A journal out of what other programs, or this one, wrote. What a file is, is told by its first bytes, never by
 * its name:
 *
 *   a recording    of this program: as swb_recording_load()
 *   a capture      pcapng or pcap of either byte order, by whatever program: a pane for each endpoint that serves (TCP and UDP), a
 *                  connection of it for each flow, a record for each packet (SWB_RECORD_PACKET)
 *   JSON lines     as swb_json_print() makes them: the same records
 *   a log          of `strace -ttt`, best with `-f -T -xx -s 65535`: a pane for each socket, connections for
 *                  those that were accepted; a record for each call, a note for each line that is no call on a socket
 *
 * Nothing is dropped: what the journal has no record for is a note with its text, what the file itself lacks
 * is a note with the number of bytes.
 *
 * The functions are those of recordings (swb-recording.h): the same arguments, threads, ownership and limits, but that
 * memory may reach 64 MiB for a capture, whose frames have up to 16 MiB, and 256 MiB for a text, whose lines have up to 68 MiB;
 * whatever the file holds. What waits for others longer than that allows is told as it is: segments that came too early,
 * fragments, connections that were not heard of for the longest time. Errors are SWB_ERROR_FORMAT with the offset in the
 * message for binary files, SWB_ERROR_SYNTAX beginning with "LINE:COLUMN: " for texts. */

G_BEGIN_DECLS

typedef enum
{
  SWB_IMPORT_UNKNOWN,
  SWB_IMPORT_RECORDING,
  SWB_IMPORT_PCAPNG,
  SWB_IMPORT_PCAP,
  SWB_IMPORT_JSON,
  SWB_IMPORT_STRACE,
} SwbImportFormat;

/* How many of a file's first bytes are enough for swb_import_detect(). */
#define SWB_IMPORT_DETECT_BYTES (64u * 1024)

SwbImportFormat swb_import_detect (const guint8 *bytes, gsize length);

SwbJournal *swb_import_load (GInputStream *stream, guint64 n_bytes, const char *folder, GHashTable **pane_names,
                             SwbProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                             GError **error);

/* A message of an error begins with the file's name: "x.log:12:7: …". */
SwbJournal *swb_import_open (const char *path, const char *folder, GHashTable **pane_names, SwbProgressFunc progress,
                             gpointer progress_data, GCancellable *cancellable, GError **error);

void swb_import_open_async (const char *path, const char *folder, SwbProgressFunc progress, gpointer progress_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SwbJournal *swb_import_open_finish (GAsyncResult *result, GHashTable **pane_names, GError **error);

G_END_DECLS
