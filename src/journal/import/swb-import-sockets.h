/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import-fds.h"
#include "journal/import/swb-import-private.h"

/* The sockets of traced processes: whose descriptors they are, and their panes. Private to imports.
 *
 * A pane's title wants the socket's address, which a later call tells. So records are held back for a short while, until
 * all sockets have titles; then they go to the journal in their order. */

G_BEGIN_DECLS

typedef struct
{
  gint64 pid;
  char *comm;        /* (nullable) */
  SwbFdTable *table;
  char *unfinished;  /* (nullable): the beginning of the call that it is in */
  gint64 unfinished_ns;
  GList making;      /* link among those that are in a call that makes a process */
} SwbTracedProcess;

typedef struct _SwbImportSockets SwbImportSockets;

SwbImportSockets *swb_import_sockets_new (SwbImport *import);
void swb_import_sockets_free (SwbImportSockets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbImportSockets, swb_import_sockets_free)

/* --- processes --- */

/* (transfer none) (nullable): makes it known; %NULL when there are too many. */
SwbTracedProcess *swb_import_sockets_get_process (SwbImportSockets *self, gint64 pid);
/* (nullable): the one that is left. */
SwbTracedProcess *swb_import_sockets_get_only_process (SwbImportSockets *self);
gboolean swb_import_sockets_is_new (SwbImportSockets *self, gint64 pid);
void swb_import_sockets_set_comm (SwbTracedProcess *process, const char *comm, gsize length);
void swb_import_sockets_fork (SwbImportSockets *self, SwbTracedProcess *parent, gint64 child, gboolean shares);
void swb_import_sockets_exec (SwbImportSockets *self, SwbTracedProcess *process);
void swb_import_sockets_exit (SwbImportSockets *self, SwbTracedProcess *process);

/* In no order. */
void swb_import_sockets_foreach_process (SwbImportSockets *self, GHFunc func, gpointer user_data);

/* --- descriptors --- */

SwbTraced *swb_import_sockets_find (SwbImportSockets *self, SwbTracedProcess *process, int fd);

/* A descriptor of @traced more; what had the number before is gone. FALSE when there are too many. */
gboolean swb_import_sockets_put (SwbImportSockets *self, SwbTracedProcess *process, int fd, SwbTraced *traced,
                                 gboolean closes_on_exec);
void swb_import_sockets_drop (SwbImportSockets *self, SwbTracedProcess *process, int fd);

/* --- sockets --- */

/* Frees those that have no descriptor any more: between two calls. */
void swb_import_sockets_bury (SwbImportSockets *self);

/* A socket with a pane of its own; owned by the descriptors that it is put into. */
SwbTraced *swb_import_sockets_make (SwbImportSockets *self, SwbTracedProcess *process, int fd, int domain, int type,
                                    int protocol);

/* The next connection of @listener's pane. */
SwbTraced *swb_import_sockets_make_accepted (SwbImportSockets *self, SwbTraced *listener);

/* Both ends of a pair. */
void swb_import_sockets_set_pair (SwbImportSockets *self, SwbTraced *a, SwbTraced *b);

/* Gives @traced's pane its title, the process and @rest ("→ 127.0.0.1:80"), unless it has one. */
gboolean swb_import_sockets_set_title (SwbImportSockets *self, SwbTraced *traced, const SwbTracedProcess *process,
                                       const char *rest, GError **error);

/* --- records --- */

gboolean swb_import_sockets_append (SwbImportSockets *self, const SwbRecord *record, GError **error);
gboolean swb_import_sockets_flush (SwbImportSockets *self, GError **error);

G_END_DECLS
