/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/export/swb-export.h"

/* A recording: a journal, or a part of one, as one pcapng file. Wireshark opens it as the traffic it was; this
 * program opens it as the same journal, record for record.
 *
 * What Wireshark sees. One interface per pane, with its name. Of TCP and UDP panes the bytes are
 * in IP packets (LINKTYPE_RAW) whose headers, handshakes, acknowledgements and checksums are made up
 * from the calls, which the comment of the section says. Of all other panes they are in frames of
 * LINKTYPE_WIRESHARK_UPPER_PDU. Each has its call as a comment, in the notation of calls. Where both ends of a connection
 * are in the recording, its bytes are in packets once, from the sender. Everything else (calls
 * without bytes, commands, outcomes, notes, receives whose bytes the sender's packets show) is a
 * systemd Journal Export block: Wireshark lists them between the packets, libpcap skips
 * them, so that a session of inet sockets can be read by tools that want one link type per file.
 * Times have nanoseconds; those of journal blocks are shown in µs. A port that the journal never learned is 0.
 *
 * What this program reads. All numbers little-endian.
 *
 *   section header   custom option (2989) of the private enterprise number 32473, which RFC 5612 keeps for
 *                    documentation and nobody owns: "SWBS", u16 version, u16 0, i64 monotonic ns and
 *                    i64 wall-clock ns of the journal's anchor, u64 records in this file
 *   interface        the same option: "SWBP", u16 pane, u16 0
 *   packet           the same option: "SWBR" and a record's beginning, or "SWBC" and its next bytes:
 *                    u32 how many bytes at the end of this packet are the record's data; for SWBR then u32 bytes of data of the
 *                    record in all, i64 time_ns, u32 took_ns, i32 result, i32 fd, u32 connection,
 *                    u16 pane, u8 what, u8 kind | origin << 4 | is_long << 7, and the record's details as
 *                    swb_record_encode() makes them
 *   journal block    the same in a field SWB_RECORD=, in base64; its bytes of data are the field SWB_DATA=,
 *                    likewise. Or SWB_RECORD= has "SWBE" and u64 records in this file, last and only when
 *                    some went from the journal while it was written
 *
 * Addresses, option values and pairs of descriptors within records are as the kernel of the
 * machine gave them, so they show as they were on machines of the same byte order. */

G_BEGIN_DECLS

/**
 * swb_recording_save:
 * @stream: where to; flushed, not closed
 * @progress: (nullable): counts records, those looked through for addresses and those written
 * @error: as swb_export_write()
 *
 * Reads the journal from its first record on, to know the addresses of sockets made before the range.
 * Blocking; memory grows with the number of connections only (about 150 bytes each).
 */
gboolean swb_recording_save (const SwbExportSource *source, GOutputStream *stream, SwbProgressFunc progress,
                             gpointer progress_data, GCancellable *cancellable, GError **error);

/**
 * swb_recording_load:
 * @stream: a recording, from its first byte
 * @n_bytes: how many it has, for @progress; 0 when that is not known
 * @folder: (nullable): where the journal will live; must not have one. With %NULL it is a new folder in
 *   the user's cache whose files have no names any more when this returns, so nothing needs to be deleted
 * @pane_names: (out) (optional) (transfer full): names by number (GUINT_TO_POINTER) of the panes with
 *   an interface, for a recording that lacks the commands that made them
 * @error: SWB_ERROR_FORMAT, with the offset in the message: another program's file, a damaged or truncated one;
 *   SWB_ERRNO for the journal's own files; what @stream said; G_IO_ERROR_CANCELLED. Nothing is left behind then
 *
 * Blocking. Whatever the file holds, memory stays below 32 MiB and the disk's share below twice the
 * file's size.
 *
 * Returns: (transfer full) (nullable): the journal, to be read and not written; its clock is that of the one saved
 */
SwbJournal *swb_recording_load (GInputStream *stream, guint64 n_bytes, const char *folder, GHashTable **pane_names,
                                SwbProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                GError **error);

/* An SwbPaneNameFunc over @pane_names of swb_recording_load(). */
const char *swb_recording_get_pane_name (guint pane, gpointer pane_names);

G_END_DECLS
