/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-call.h"

/* send and recv arrive at the kernel as sendto and recvfrom with a NULL address on most
 * machines (x86-64 has no others), and that is what strace prints. */
static const SwbCallInfo calls[SWB_N_CALLS] = {
  [SWB_CALL_NONE] = { "?", "?", 0, FALSE, SWB_ADDRESS_ABSENT, SWB_DATA_ABSENT },
  [SWB_CALL_SOCKET] = { "socket", "socket", 3, FALSE, SWB_ADDRESS_ABSENT, SWB_DATA_ABSENT },
  [SWB_CALL_SOCKETPAIR]
  = { "socketpair", "socketpair", 3, FALSE, SWB_ADDRESS_ABSENT, SWB_DATA_VALUE },
  [SWB_CALL_BIND] = { "bind", "bind", 0, TRUE, SWB_ADDRESS_IN, SWB_DATA_ABSENT },
  [SWB_CALL_LISTEN] = { "listen", "listen", 1, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_ABSENT },
  [SWB_CALL_ACCEPT] = { "accept", "accept4", 1, TRUE, SWB_ADDRESS_OUT, SWB_DATA_ABSENT },
  [SWB_CALL_CONNECT] = { "connect", "connect", 0, TRUE, SWB_ADDRESS_IN, SWB_DATA_ABSENT },
  [SWB_CALL_GETSOCKNAME]
  = { "getsockname", "getsockname", 0, TRUE, SWB_ADDRESS_OUT, SWB_DATA_ABSENT },
  [SWB_CALL_GETPEERNAME]
  = { "getpeername", "getpeername", 0, TRUE, SWB_ADDRESS_OUT, SWB_DATA_ABSENT },
  [SWB_CALL_SEND] = { "send", "sendto", 2, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_OUT },
  [SWB_CALL_SENDTO] = { "sendto", "sendto", 2, TRUE, SWB_ADDRESS_IN, SWB_DATA_OUT },
  [SWB_CALL_RECV] = { "recv", "recvfrom", 2, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_IN },
  [SWB_CALL_RECVFROM] = { "recvfrom", "recvfrom", 2, TRUE, SWB_ADDRESS_OUT, SWB_DATA_IN },
  [SWB_CALL_SHUTDOWN]
  = { "shutdown", "shutdown", 1, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_ABSENT },
  [SWB_CALL_CLOSE] = { "close", "close", 0, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_ABSENT },
  [SWB_CALL_SETSOCKOPT]
  = { "setsockopt", "setsockopt", 2, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_VALUE },
  [SWB_CALL_GETSOCKOPT]
  = { "getsockopt", "getsockopt", 3, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_VALUE },
  [SWB_CALL_RECVMSG] = { "recvmsg", "recvmsg", 3, TRUE, SWB_ADDRESS_OUT, SWB_DATA_IN },
  [SWB_CALL_UNLINK] = { "unlink", "unlink", 0, FALSE, SWB_ADDRESS_ABSENT, SWB_DATA_VALUE },
  [SWB_CALL_READ] = { "read", "read", 1, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_IN },
  [SWB_CALL_WRITE] = { "write", "write", 1, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_OUT },
  [SWB_CALL_SENDMSG] = { "sendmsg", "sendmsg", 3, TRUE, SWB_ADDRESS_IN, SWB_DATA_OUT },
  [SWB_CALL_RECVMMSG] = { "recvmmsg", "recvmmsg", 3, TRUE, SWB_ADDRESS_OUT, SWB_DATA_IN },
  [SWB_CALL_SENDMMSG] = { "sendmmsg", "sendmmsg", 3, TRUE, SWB_ADDRESS_IN, SWB_DATA_OUT },
  [SWB_CALL_IOCTL] = { "ioctl", "ioctl", 2, TRUE, SWB_ADDRESS_ABSENT, SWB_DATA_ABSENT },
};

const SwbCallInfo *
swb_call_get_info (SwbCall call)
{
  if ((guint)call >= SWB_N_CALLS)
    return &calls[SWB_CALL_NONE];

  return &calls[call];
}

SwbCall
swb_call_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, SWB_CALL_NONE);

  for (guint i = SWB_CALL_NONE + 1; i < SWB_N_CALLS; i++)
    if (g_str_equal (calls[i].name, name))
      return i;

  return SWB_CALL_NONE;
}

gboolean
swb_call_moves_bytes (SwbCall call)
{
  SwbDataUse use = swb_call_get_info (call)->data;

  return use == SWB_DATA_OUT || use == SWB_DATA_IN;
}
