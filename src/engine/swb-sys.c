/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-sys.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static SwbFaults faults;
static guint fault_every;
static guint fault_count;

void
swb_sys_inject (SwbFaults wanted, guint every)
{
  faults = every > 0 ? wanted : SWB_FAULT_NONE;
  fault_every = every;
  fault_count = 0;
}

static gint is_unrecorded; /* atomic */

void
swb_sys_set_recorded (gboolean recorded)
{
  g_atomic_int_set (&is_unrecorded, !recorded);
}

/* The next fault in turn, when it is time for one. */
static SwbFaults
next_fault (void)
{
  guint turn;

  if (G_LIKELY (faults == SWB_FAULT_NONE) || ++fault_count % fault_every != 0)
    return SWB_FAULT_NONE;

  turn = fault_count / fault_every % 3;
  return faults & (1u << turn);
}

static gboolean
is_refused (SwbFaults fault)
{
  if ((fault & (SWB_FAULT_EAGAIN | SWB_FAULT_EINTR)) == 0)
    return FALSE;

  errno = fault == SWB_FAULT_EAGAIN ? EAGAIN : EINTR;
  return TRUE;
}

gboolean
swb_sys_is_refused (void)
{
  return is_refused (next_fault ());
}

/* A datagram cut short would be another datagram. */
static gboolean
is_stream (int fd)
{
  int type = 0;
  socklen_t length = sizeof (type);

  return getsockopt (fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_STREAM;
}

gint64
swb_sys_now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

void
swb_sys_begin (SwbRecord *record, SwbWho who, SwbCall call, int fd)
{
  record->kind = SWB_RECORD_CALL;
  record->origin = who.origin;
  record->call = call;
  record->pane = who.pane;
  record->connection = who.connection;
  record->fd = fd;
  if (G_LIKELY (!g_atomic_int_get (&is_unrecorded)))
    record->time_ns = swb_sys_now_ns ();
}

static int
end (SwbJournal *journal, SwbRecord *record, gint64 result)
{
  int saved = errno;

  if (G_UNLIKELY (g_atomic_int_get (&is_unrecorded)))
    return (int)result;

  record->took_ns = swb_sys_now_ns () - record->time_ns;
  record->result = (int)result;
  record->error = result < 0 ? saved : 0;
  swb_journal_append (journal, record);
  errno = saved;
  return (int)result;
}

int
swb_sys_socket (SwbJournal *journal, SwbWho who, int domain, int type, int protocol)
{
  SwbRecord record = { .ints = { domain, type, protocol } };

  swb_sys_begin (&record, who, SWB_CALL_SOCKET, -1);
  return end (journal, &record, socket (domain, type, protocol));
}

int
swb_sys_socketpair (SwbJournal *journal, SwbWho who, int domain, int type, int protocol,
                    int fds[2])
{
  SwbRecord record = { .ints = { domain, type, protocol } };
  int result;

  swb_sys_begin (&record, who, SWB_CALL_SOCKETPAIR, -1);
  result = socketpair (domain, type, protocol, fds);
  if (result == 0)
    {
      record.data = (const guint8 *)fds;
      record.n_data = 2 * sizeof (int);
    }
  return end (journal, &record, result);
}

int
swb_sys_bind (SwbJournal *journal, SwbWho who, int fd, const SwbAddress *address)
{
  SwbRecord record = { .address = *address };

  swb_sys_begin (&record, who, SWB_CALL_BIND, fd);
  return end (journal, &record, bind (fd, &address->sa, address->length));
}

int
swb_sys_listen (SwbJournal *journal, SwbWho who, int fd, int backlog)
{
  SwbRecord record = { .ints = { backlog } };

  swb_sys_begin (&record, who, SWB_CALL_LISTEN, fd);
  return end (journal, &record, listen (fd, backlog));
}

int
swb_sys_accept (SwbJournal *journal, SwbWho who, int fd, SwbAddress *peer)
{
  SwbRecord record = { .ints = { SOCK_CLOEXEC | SOCK_NONBLOCK } };
  socklen_t length = peer != NULL ? sizeof (peer->storage) : 0;
  int result = -1;

  swb_sys_begin (&record, who, SWB_CALL_ACCEPT, fd);
  record.address_room = length;
  if (!is_refused (next_fault ()))
    result = accept4 (fd, peer != NULL ? &peer->sa : NULL, peer != NULL ? &length : NULL,
                      SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (result >= 0 && peer != NULL)
    {
      peer->length = MIN (length, sizeof (peer->storage));
      record.address = *peer;
    }
  return end (journal, &record, result);
}

int
swb_sys_connect (SwbJournal *journal, SwbWho who, int fd, const SwbAddress *address)
{
  SwbRecord record = { .address = *address };

  swb_sys_begin (&record, who, SWB_CALL_CONNECT, fd);
  return end (journal, &record, connect (fd, &address->sa, address->length));
}

static int
ask_name (SwbJournal *journal, SwbWho who, SwbCall call, int fd, SwbAddress *address)
{
  SwbRecord record = { 0 };
  socklen_t length = sizeof (address->storage);
  int result;

  swb_sys_begin (&record, who, call, fd);
  record.address_room = length;
  result = call == SWB_CALL_GETSOCKNAME ? getsockname (fd, &address->sa, &length)
                                        : getpeername (fd, &address->sa, &length);
  if (result == 0)
    {
      address->length = MIN (length, sizeof (address->storage));
      record.address = *address;
    }
  return end (journal, &record, result);
}

int
swb_sys_getsockname (SwbJournal *journal, SwbWho who, int fd, SwbAddress *address)
{
  return ask_name (journal, who, SWB_CALL_GETSOCKNAME, fd, address);
}

int
swb_sys_getpeername (SwbJournal *journal, SwbWho who, int fd, SwbAddress *address)
{
  return ask_name (journal, who, SWB_CALL_GETPEERNAME, fd, address);
}

int
swb_sys_shutdown (SwbJournal *journal, SwbWho who, int fd, int how)
{
  SwbRecord record = { .ints = { how } };

  swb_sys_begin (&record, who, SWB_CALL_SHUTDOWN, fd);
  return end (journal, &record, shutdown (fd, how));
}

int
swb_sys_close (SwbJournal *journal, SwbWho who, int fd)
{
  SwbRecord record = { 0 };

  swb_sys_begin (&record, who, SWB_CALL_CLOSE, fd);
  return end (journal, &record, close (fd));
}

int
swb_sys_setsockopt (SwbJournal *journal, SwbWho who, int fd, int level, int name,
                    const void *value, gsize length)
{
  SwbRecord record = { .ints = { level, name }, .data = value, .n_data = length };

  swb_sys_begin (&record, who, SWB_CALL_SETSOCKOPT, fd);
  return end (journal, &record, setsockopt (fd, level, name, value, (socklen_t)length));
}

int
swb_sys_getsockopt (SwbJournal *journal, SwbWho who, int fd, int level, int name,
                    void *value, gsize *length)
{
  SwbRecord record = { .ints = { level, name, (gint64)*length } };
  socklen_t given = (socklen_t)*length;
  int result;

  swb_sys_begin (&record, who, SWB_CALL_GETSOCKOPT, fd);
  result = getsockopt (fd, level, name, value, &given);
  if (result == 0)
    {
      *length = MIN (given, *length);
      record.data = value;
      record.n_data = *length;
    }
  return end (journal, &record, result);
}

int
swb_sys_ioctl (SwbJournal *journal, SwbWho who, int fd, int request, int *value)
{
  SwbRecord record = { .ints = { request } };
  int result;

  swb_sys_begin (&record, who, SWB_CALL_IOCTL, fd);
  result = ioctl (fd, (unsigned long)request, value);
  record.ints[1] = result < 0 ? 0 : *value;
  return end (journal, &record, result);
}

int
swb_sys_unlink (SwbJournal *journal, SwbWho who, const char *path)
{
  SwbRecord record = { .data = (const guint8 *)path, .n_data = strlen (path) };

  swb_sys_begin (&record, who, SWB_CALL_UNLINK, -1);
  return end (journal, &record, unlink (path));
}

gssize
swb_sys_send (SwbJournal *journal, SwbWho who, int fd, const void *data, gsize length,
              int flags, const SwbAddress *to)
{
  SwbRecord record = { .data = data };
  SwbFaults fault = next_fault ();
  gssize result = -1;

  if (fault == SWB_FAULT_SHORT && is_stream (fd))
    length = MIN (length, 1);

  record.ints[0] = (gint64)length;
  record.ints[1] = flags;
  if (to != NULL)
    record.address = *to;

  swb_sys_begin (&record, who, to != NULL ? SWB_CALL_SENDTO : SWB_CALL_SEND, fd);
  if (!is_refused (fault))
    result = to != NULL ? sendto (fd, data, length, flags, &to->sa, to->length)
                        : send (fd, data, length, flags);
  record.n_data = MAX (result, 0);
  return end (journal, &record, result);
}

gssize
swb_sys_sendmsg (SwbJournal *journal, SwbWho who, int fd, const void *data, gsize length,
                 int flags, const void *control, gsize n_control)
{
  SwbRecord record = { .ints = { (gint64)length, flags },
                       .data = data,
                       .control = n_control > 0 ? control : NULL,
                       .n_control = n_control };
  struct iovec piece = { (void *)data, length };
  struct msghdr header = { .msg_iov = &piece,
                           .msg_iovlen = 1,
                           .msg_control = n_control > 0 ? (void *)control : NULL,
                           .msg_controllen = n_control };
  gssize result = -1;

  swb_sys_begin (&record, who, SWB_CALL_SENDMSG, fd);
  if (!is_refused (next_fault ()))
    result = sendmsg (fd, &header, flags);
  record.n_data = MAX (result, 0);
  return end (journal, &record, result);
}

gssize
swb_sys_recv (SwbJournal *journal, SwbWho who, int fd, gsize room, int flags,
              SwbAddress *from, const guint8 **data)
{
  SwbRecord record = { .ints = { (gint64)room, flags } };
  guint8 *hot = swb_journal_reserve (journal, room);
  socklen_t length = sizeof (from->storage);
  gssize result = -1;

  swb_sys_begin (&record, who, from != NULL ? SWB_CALL_RECVFROM : SWB_CALL_RECV, fd);
  if (!is_refused (next_fault ()))
    result = from != NULL ? recvfrom (fd, hot, room, flags, &from->sa, &length)
                          : recv (fd, hot, room, flags);
  if (from != NULL)
    {
      record.address_room = sizeof (from->storage);
      from->length = result < 0 ? 0 : MIN (length, sizeof (from->storage));
      record.address = *from;
    }
  record.data = hot;
  record.n_data = MIN ((gsize)MAX (result, 0), room);
  *data = hot;
  return end (journal, &record, result);
}

gssize
swb_sys_recvmsg (SwbJournal *journal, SwbWho who, int fd, gsize room, int flags,
                 gsize n_control, SwbMessage *message)
{
  SwbRecord *record = &message->record;
  struct iovec piece = { swb_journal_reserve (journal, room), room };
  struct msghdr header = { .msg_name = &message->from.storage,
                           .msg_namelen = sizeof (message->from.storage),
                           .msg_iov = &piece,
                           .msg_iovlen = 1,
                           .msg_control = message->buffer,
                           .msg_controllen = MIN (n_control, sizeof (message->buffer)) };
  gssize result = -1;

  /* The kernel leaves the padding between control messages as it is. */
  memset (message->buffer, 0, sizeof (message->buffer));
  *record = (SwbRecord){ .ints = { (gint64)room, flags },
                         .address_room = sizeof (message->from.storage) };
  swb_sys_begin (record, who, SWB_CALL_RECVMSG, fd);
  if (!is_refused (next_fault ()))
    result = recvmsg (fd, &header, flags);
  record->error = result < 0 ? errno : 0;
  record->took_ns = swb_sys_now_ns () - record->time_ns;
  record->result = (int)result;
  message->from.length
      = result < 0 ? 0 : MIN (header.msg_namelen, sizeof (message->from.storage));
  message->data = record->data = piece.iov_base;
  message->control = record->control = message->buffer;
  message->n_control = record->n_control = result < 0 ? 0 : header.msg_controllen;
  record->n_data = MIN ((gsize)MAX (result, 0), room);
  record->ints[2] = result < 0 ? 0 : header.msg_flags;
  record->address = message->from;
  errno = record->error;
  return result;
}

void
swb_sys_recvmsg_end (SwbJournal *journal, SwbMessage *message)
{
  swb_journal_append (journal, &message->record);
  errno = message->record.error;
}
