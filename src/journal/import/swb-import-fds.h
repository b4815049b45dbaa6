/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The tables of descriptors of traced processes. Private to imports.
 *
 * Processes whose making is in the log have tables of their own, or share one, as the kernel's do. Where the log does not
 * tell (trace=network has no clone), a descriptor that a process did not make itself is the one of that number that was
 * made last: threads and children both hand descriptors on. */

G_BEGIN_DECLS

typedef struct
{
  guint refs;   /* descriptors in tables */
  guint pane;
  guint connection;
  int domain;
  int type;
  int protocol;
  gboolean has_title;
} SwbTraced;

typedef struct _SwbFdTable SwbFdTable;   /* one or more processes' */
typedef struct _SwbFdTables SwbFdTables; /* all of a log */

SwbFdTables *swb_fd_tables_new (void);

/* After the last of its tables. */
void swb_fd_tables_free (SwbFdTables *self);

/* (transfer full): an empty one, of a process whose making is not in the log. */
SwbFdTable *swb_fd_tables_make (SwbFdTables *self);

/* (transfer full): what @from has, in a table that is related to no other; not all, where there are too many. */
SwbFdTable *swb_fd_tables_copy (SwbFdTables *self, const SwbFdTable *from);
SwbFdTable *swb_fd_table_ref (SwbFdTable *table);
void swb_fd_tables_unref (SwbFdTables *self, SwbFdTable *table);

/* Like unref(), for a process that ended; the threads of one that ended go on with its descriptors. */
void swb_fd_tables_leave (SwbFdTables *self, SwbFdTable *table);

/* (nullable) (transfer none): what @fd is to the processes of @table. */
SwbTraced *swb_fd_tables_find (SwbFdTables *self, SwbFdTable *table, int fd);

/* A descriptor of @traced more; what had the number before is gone. FALSE when there are too many. */
gboolean swb_fd_tables_put (SwbFdTables *self, SwbFdTable *table, int fd, SwbTraced *traced, gboolean closes_on_exec);
void swb_fd_tables_drop (SwbFdTables *self, SwbFdTable *table, int fd);

/* Drops those that are to be closed on exec. */
void swb_fd_tables_close_on_exec (SwbFdTables *self, SwbFdTable *table);

/* Frees the sockets that have no descriptor any more; until then the call at hand may speak of them. */
void swb_fd_tables_bury (SwbFdTables *self);

G_END_DECLS
