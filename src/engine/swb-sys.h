/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"
#include "net/swb-option.h"

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
/* One of the requests that answer with a number. */
int swb_sys_ioctl (SwbJournal *journal, SwbWho who, int fd, int request, int *value);
int swb_sys_unlink (SwbJournal *journal, SwbWho who, const char *path);

/* @to: (nullable): an address makes it a sendto(). */
gssize swb_sys_send (SwbJournal *journal, SwbWho who, int fd, const void *data,
                     gsize length, int flags, const SwbAddress *to);

/* sendmsg() of one piece, with the control messages given. */
gssize swb_sys_sendmsg (SwbJournal *journal, SwbWho who, int fd, const void *data,
                        gsize length, int flags, const void *control, gsize n_control);

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

/* A message as recvmsg() gave it. */
typedef struct
{
  SwbAddress from;
  const guint8 *data;    /* in the journal's hot buffer */
  const guint8 *control; /* in @buffer, @n_control bytes */
  gsize n_control;
  SwbRecord record; /* to be appended */
  guint8 buffer[SWB_RECORD_CONTROL_MAX] __attribute__ ((aligned (16)));
} SwbMessage;

/**
 * swb_sys_recvmsg:
 * @room: bytes offered to the kernel, at most %SWB_JOURNAL_DATA_MAX
 * @n_control: bytes offered for control messages, at most %SWB_RECORD_CONTROL_MAX
 * @message: (out): valid until the next record
 *
 * As swb_sys_recv(), with the control messages; but the record waits for
 * swb_sys_recvmsg_end(), so that what the message tells of the time before it can be
 * appended first. That overwrites the data, unless there is none to append.
 *
 * Returns: what the call returned
 */
gssize swb_sys_recvmsg (SwbJournal *journal, SwbWho who, int fd, gsize room, int flags,
                        gsize n_control, SwbMessage *message);
void swb_sys_recvmsg_end (SwbJournal *journal, SwbMessage *message);

/* Messages that one recvmmsg() brought, or may bring: see swb-sys-batch.c. */
typedef struct _SwbSysBatch SwbSysBatch;

/* Most messages of one call of ours. */
#define SWB_SYS_BATCH_MAX 64u

SwbSysBatch *swb_sys_batch_new (void);
void swb_sys_batch_free (SwbSysBatch *batch); /* nullable */

/**
 * swb_sys_recvmmsg:
 * @room: bytes offered to the kernel for each message, at most %SWB_JOURNAL_DATA_MAX
 * @n_messages: how many may come; fewer are asked for where all of them would need more room
 *   than one message may have
 *
 * Receives what there is. A call that fails is recorded; messages are recorded one by one,
 * by swb_sys_recvmsg_end() of what swb_sys_batch_get() gave. They are valid until the next
 * call with @batch.
 *
 * Returns: what the call returned
 */
int swb_sys_recvmmsg (SwbJournal *journal, SwbWho who, int fd, gsize room, guint n_messages,
                      int flags, SwbSysBatch *batch);

/* @index: below what the call returned. @message: (out): its @n_data bytes stand in record */
void swb_sys_batch_get (SwbSysBatch *batch, guint index, SwbMessage *message);

/* sendmmsg() of @n_messages, each of them these bytes. @n_last: (out): how many bytes of the
 * last one were sent: of a stream's, perhaps not all. Returns: what the call returned: how
 * many were sent, one record each. */
int swb_sys_sendmmsg (SwbJournal *journal, SwbWho who, int fd, const void *data,
                      gsize length, int flags, guint n_messages, gsize *n_last);

/* --- for the inside of sys --- */

/* Takes the time, and what a record of a call has. */
void swb_sys_begin (SwbRecord *record, SwbWho who, SwbCall call, int fd);

/* Whether the call is not to be made, for a test's sake; errno says why. */
gboolean swb_sys_is_refused (void);

/* --- without a record: see swb-sys-ask.c --- */

/* Answers with 0 or the errno of socket(); the socket is closed again. Any thread. */
int swb_sys_probe (int domain, int type, int protocol);

/**
 * swb_sys_ask_unix_queue:
 * @fd: a listening unix socket
 * @n_queued: (out): connections that wait to be accepted
 * @limit: (out): the backlog that listen() was given
 *
 * Asks by sock_diag(7), over a socket of its own that no pane has. Any thread.
 *
 * Returns: 0 or an errno; ENOENT where the kernel has not got unix_diag
 */
int swb_sys_ask_unix_queue (int fd, guint *n_queued, guint *limit);

/* What getsockopt() answered: an errno, or 0 with the value. */
typedef struct
{
  int error;
  GBytes *value; /* nullable */
} SwbSysOption;

/**
 * swb_sys_probe_options:
 * @options: the options to ask for
 * @answers: (out): room for @n_options answers; their values are the caller's
 *
 * Reads the options of a socket that is made for it and closed again. Any thread.
 *
 * Returns: 0, or the errno of socket(), with @answers untouched
 */
int swb_sys_probe_options (int domain, int type, int protocol, const SwbOption *const *options,
                           guint n_options, SwbSysOption *answers);

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

/* --- for the benchmark that tells what recording costs --- */

/* %FALSE: calls are neither timed nor recorded from now on. Any thread. */
void swb_sys_set_recorded (gboolean recorded);

G_END_DECLS
