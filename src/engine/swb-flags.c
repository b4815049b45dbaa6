/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-flags.h"

#include <linux/can.h>
#include <sys/socket.h>

int
swb_flags_get_sending (int domain)
{
  switch (domain)
    {
    case AF_APPLETALK:
    case AF_ATMPVC:
    case AF_ATMSVC:
    case AF_AX25:
    case AF_MCTP:
    case AF_NETROM:
    case AF_QIPCRTR:
    case AF_RDS:
    case AF_ROSE:
    case AF_X25:
      return 0;
    default:
      return MSG_NOSIGNAL;
    }
}

int
swb_flags_get_receiving (int domain, int type, int protocol)
{
  /* tcp(7): of a stream, bytes are thrown away. */
  if (type == SOCK_STREAM)
    return 0;
  /* So they are of LLC's datagrams: what the call returns as received is nowhere. */
  if (domain == AF_LLC || domain == AF_RXRPC)
    return 0;
  if (domain == AF_CAN && protocol == CAN_J1939)
    return 0;

  return MSG_TRUNC;
}
