/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The calls, and the shape of their arguments, as one table. The journal, its notation and
 * the pane's buttons all read this table; a new call is a new row. */

G_BEGIN_DECLS

/* The numbers are written to disk: add at the end, never renumber. */
typedef enum
{
  SWB_CALL_NONE = 0,
  SWB_CALL_SOCKET,      /* ints: domain, type, protocol */
  SWB_CALL_SOCKETPAIR,  /* ints: domain, type, protocol; data: the two int fds */
  SWB_CALL_BIND,        /* address in */
  SWB_CALL_LISTEN,      /* ints: backlog */
  SWB_CALL_ACCEPT,      /* accept4(); ints: flags; address out */
  SWB_CALL_CONNECT,     /* address in */
  SWB_CALL_GETSOCKNAME, /* address out */
  SWB_CALL_GETPEERNAME, /* address out */
  SWB_CALL_SEND,        /* ints: length asked, flags; data */
  SWB_CALL_SENDTO,      /* ints: length asked, flags; address in; data */
  SWB_CALL_RECV,        /* ints: room, flags; data */
  SWB_CALL_RECVFROM,    /* ints: room, flags; address out; data */
  SWB_CALL_SHUTDOWN,    /* ints: how */
  SWB_CALL_CLOSE,       /* nothing */
  SWB_CALL_SETSOCKOPT,  /* ints: level, name; data: the value */
  SWB_CALL_GETSOCKOPT,  /* ints: level, name, room; data: the value */
  SWB_CALL_UNLINK,      /* data: the path; no descriptor (fd is -1) */
  SWB_CALL_RECVMSG,     /* ints: room, flags, msg_flags as returned; address out; data; control messages */
  /* These two are made by other programs, whose logs are imported; the engine has send and recv. */
  SWB_CALL_READ,        /* and readv(); ints: room; data */
  SWB_CALL_WRITE,       /* and writev(); ints: length asked; data */
  SWB_CALL_SENDMSG,     /* ints: length asked, flags, the header's flags; address in; data of all its pieces; control messages */
  SWB_CALL_IOCTL,       /* ints: request (FIONREAD, SIOCOUTQ, SIOCATMARK), the number that came back */
  /* One record for each message of these two; its place in the call stands in the upper halves of the ints: swb_record_get_batch(). Where
   * the call failed there is one record, without room and name. */
  SWB_CALL_RECVMMSG,    /* ints: as of recvmsg; result: length of the message */
  SWB_CALL_SENDMMSG,    /* ints: as of sendmsg; result: how much of the message was sent */
  SWB_N_CALLS
} SwbCall;

typedef enum
{
  SWB_ADDRESS_ABSENT,
  SWB_ADDRESS_IN,   /* given to the kernel, with its length */
  SWB_ADDRESS_OUT,  /* given back by the kernel, with room and length */
} SwbAddressUse;

typedef enum
{
  SWB_DATA_ABSENT,
  SWB_DATA_OUT,     /* bytes that left: send, sendto */
  SWB_DATA_IN,      /* bytes that came: recv, recvfrom, recvmsg, recvmmsg */
  SWB_DATA_VALUE,   /* an option's value, a path, a pair of descriptors */
} SwbDataUse;

typedef struct
{
  const char *name;      /* as a person calls it: "accept" */
  const char *syscall;   /* as strace prints it: "accept4", "sendto" for send */
  guint8 n_ints;         /* how many of SwbRecord.ints it uses, at most 3 */
  gboolean has_fd;       /* its first argument is a descriptor */
  SwbAddressUse address;
  SwbDataUse data;
} SwbCallInfo;

/**
 * swb_call_get_info:
 *
 * Returns: (transfer none): the row of @call; the row of %SWB_CALL_NONE (name "?") for any
 *   number outside the table. Never %NULL.
 */
const SwbCallInfo *swb_call_get_info (SwbCall call);

/**
 * swb_call_from_name:
 * @name: a name as in SwbCallInfo.name
 *
 * Returns: the call, or %SWB_CALL_NONE
 */
SwbCall swb_call_from_name (const char *name);

/* Whether its data left or came: send, recv and their kin. */
gboolean swb_call_moves_bytes (SwbCall call);

G_END_DECLS
