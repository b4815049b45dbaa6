/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/swb-journal.h"

/* Every network call of the program is made here: timed, and recorded in the journal as the
 * kernel answered it. The functions take what the call takes, return what it returns, and
 * leave errno as the call set it. Engine thread only. */

G_BEGIN_DECLS

/* Whose call it is. */
typedef struct
{
  guint pane;
  guint connection;
  SwbRecordOrigin origin;
} SwbWho;

int swb_sys_socket (SwbJournal *journal, SwbWho who, int domain, int type, int protocol);
int swb_sys_socketpair (SwbJournal *journal, SwbWho who, int domain, int type, int protocol,
                        int fds[2]);
int swb_sys_bind (SwbJournal *journal, SwbWho who, int fd, const SwbAddress *address);
int swb_sys_listen (SwbJournal *journal, SwbWho who, int fd, int backlog);
/* @peer: (nullable): who came; %NULL for sockets without addresses, where asking for one fails */
int swb_sys_accept (SwbJournal *journal, SwbWho who, int fd, SwbAddress *peer);
int swb_sys_connect (SwbJournal *journal, SwbWho who, int fd, const SwbAddress *address);
int swb_sys_getsockname (SwbJournal *journal, SwbWho who, int fd, SwbAddress *address);
int swb_sys_getpeername (SwbJournal *journal, SwbWho who, int fd, SwbAddress *address);
int swb_sys_shutdown (SwbJournal *journal, SwbWho who, int fd, int how);
int swb_sys_close (SwbJournal *journal, SwbWho who, int fd);
int swb_sys_setsockopt (SwbJournal *journal, SwbWho who, int fd, int level, int name,
                        const void *value, gsize length);
int swb_sys_getsockopt (SwbJournal *journal, SwbWho who, int fd, int level, int name,
                        void *value, gsize *length);
int swb_sys_unlink (SwbJournal *journal, SwbWho who, const char *path);

/* @to: (nullable): an address makes it a sendto(). */
gssize swb_sys_send (SwbJournal *journal, SwbWho who, int fd, const void *data,
                     gsize length, int flags, const SwbAddress *to);

/**
 * swb_sys_recv:
 * @room: bytes offered to the kernel, at most %SWB_JOURNAL_DATA_MAX
 * @from: (out) (nullable): an address makes it a recvfrom()
 * @data: (out): the bytes that came, in the journal's hot buffer, valid until its next
 * record
 *
 * Returns: what the call returned; with MSG_TRUNC this may be more than @room
 */
gssize swb_sys_recv (SwbJournal *journal, SwbWho who, int fd, gsize room, int flags,
                     SwbAddress *from, const guint8 **data);

/* --- without a record --- */

/* Answers with 0 or the errno of socket(); the socket is closed again. Any thread. */
int swb_sys_probe (int domain, int type, int protocol);

/* CLOCK_MONOTONIC in ns. */
gint64 swb_sys_now_ns (void);

/* --- for tests: calls that answer as a busy kernel might --- */

typedef enum
{
  SWB_FAULT_NONE = 0,
  SWB_FAULT_EAGAIN = 1 << 0, /* send, recv and accept answer EAGAIN without being made */
  SWB_FAULT_EINTR = 1 << 1,  /* the same with EINTR */
  SWB_FAULT_SHORT = 1 << 2,  /* stream sends take one byte */
} SwbFaults;

/* Every @every-th send, recv and accept has one of @faults. 0 ends it. Set it before the
 * engine starts. */
void swb_sys_inject (SwbFaults faults, guint every);

G_END_DECLS
