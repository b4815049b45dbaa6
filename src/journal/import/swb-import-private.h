/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import.h"

/* What the readers of the formats share. */

G_BEGIN_DECLS

/* A record of 16 MiB as octal escapes, and its call around it. */
#define SWB_IMPORT_LINE_MAX (68u * 1024 * 1024)

/* Panes are looked at side by side; what is more shares one. */
#define SWB_IMPORT_PANES_MAX 1000u

/* --- swb-import-work.c --- */

typedef struct
{
  GBufferedInputStream *stream;
  guint64 offset;       /* of the next byte */
  guint64 item_offset;  /* of the packet or block that is read */
  guint64 line_number;  /* of the line that is read, from 1 */
  GByteArray *line;

  SwbJournal *journal;
  GHashTable *pane_names;
  gint64 base_ns;       /* the wall-clock time that is 0 in the journal */
  gboolean has_base;
  guint64 n_records;
  guint n_panes;
  gint64 n_commands;

  guint64 n_bytes;
  SwbProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} SwbImport;

/* Both set an error and return FALSE: SWB_ERROR_FORMAT with the offset of the item, SWB_ERROR_SYNTAX with
 * line and column (from 1). */
gboolean swb_import_fail_at_offset (SwbImport *self, GError **error, const char *reason);
gboolean swb_import_fail_at_column (SwbImport *self, gsize column, GError **error, const char *reason);

/**
 * swb_import_read:
 * @length: how many bytes
 *
 * Returns: 1, 0 at the end of the stream if it is @may_end and nothing came, -1 with @error set (a stream that ends in
 *   the midst included)
 */
int swb_import_read (SwbImport *self, gpointer bytes, gsize length, gboolean may_end, GError **error);
gboolean swb_import_skip (SwbImport *self, gsize length, GError **error);

/**
 * swb_import_read_line:
 *
 * Returns: 1 for a line, in @self->line with a NUL instead of its newline; 0 at the end; -1 with @error set, also for a line
 *   longer than %SWB_IMPORT_LINE_MAX
 */
int swb_import_read_line (SwbImport *self, GError **error);

/**
 * swb_import_append:
 * @record: its time is wall-clock time
 *
 * The first one sets the journal's clock. Data longer than a record can have is cut, with a note of how much.
 */
gboolean swb_import_append (SwbImport *self, const SwbRecord *record, GError **error);

/* A note; @connection as in SwbRecord. */
gboolean swb_import_append_note (SwbImport *self, SwbNote note, gint64 wall_ns, guint pane, guint connection,
                                 gint64 value, const char *text, gssize length, GError **error);

/* Says @text as a command that was carried out. */
gboolean swb_import_append_command (SwbImport *self, gint64 wall_ns, guint pane, const char *text, GError **error);

/**
 * swb_import_append_pane:
 * @name: made a pane's name: other characters become "-", and a number makes it unique
 * @title: any text
 *
 * Makes pane @pane known, by the command that makes panes.
 */
gboolean swb_import_append_pane (SwbImport *self, gint64 wall_ns, guint pane, const char *name, int domain, int type,
                                 int protocol, const char *title, GError **error);

/* (transfer none): the name it was given; NULL before. */
const char *swb_import_get_pane_name (SwbImport *self, guint pane);

/* Called for each item: tells of progress now and then. FALSE when cancelled. */
gboolean swb_import_look (SwbImport *self, guint64 n_items, GError **error);

/* --- the readers: from the first byte to the last --- */

gboolean swb_import_strace (SwbImport *self, GError **error);
gboolean swb_import_json (SwbImport *self, GError **error);
gboolean swb_import_capture (SwbImport *self, gboolean is_pcapng, GError **error);

G_END_DECLS
