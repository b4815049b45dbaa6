/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-record.h"

/* What the bytes of a raw, packet, netlink or CAN socket are, in one line of the words that tcpdump
 * and candump have. Pure functions over untrusted bytes: they read no byte that is not there, and
 * their answer is bounded and fit for the screen. Any thread. */

G_BEGIN_DECLS

/* The socket that the bytes went through, and which way. */
typedef struct
{
  int domain;
  int type;
  int protocol;
  gboolean is_incoming;
  const SwbAddress *address; /* (nullable): of the call; of a packet socket it tells the link layer */
  const char *interface;     /* (nullable): its name; without it the line has its index */
  const guint8 *control;     /* control messages: the TTL of a ping socket is among them */
  gsize n_control;
} SwbDissection;

/* Whether sockets of this kind carry what swb_dissect() can tell of: reads no bytes. */
gboolean swb_dissect_is_known (int domain, int type, int protocol);

/**
 * swb_dissect:
 * @bytes: as they were given to the call or came from it, @n_bytes of them
 *
 * "ICMP echo reply, id 7, seq 1, 56 bytes, ttl 64"; "lo IPv4 127.0.0.1:5000 → 127.0.0.1:5001 UDP, 12 bytes";
 * "RTM_NEWLINK lo index 1 UP LOOPBACK, mtu 65536; NLMSG_DONE"; "CAN 123#DEADBEEF". Numbers and names are
 * those of the bytes; of what is cut short, the line says so. At most some 400 characters.
 *
 * Returns: (transfer full) (nullable): %NULL for a socket whose bytes are a program's own
 */
char *swb_dissect (const SwbDissection *self, const guint8 *bytes, gsize n_bytes);

/**
 * swb_dissect_record:
 * @domain, @type, @protocol: of the socket that the record's call was made on
 * @interface: (nullable): the name of the interface in the record's address
 *
 * The same for a record: %NULL as well for one that carries no bytes of a peer.
 */
char *swb_dissect_record (int domain, int type, int protocol, const char *interface,
                          const SwbRecord *record);

/* (transfer full) (nullable): a frame of a capture that belongs to no pane: its link layer is guessed, and %NULL
 * where no guess agrees with the protocol that the record has. */
char *swb_dissect_packet (const SwbRecord *record);

G_END_DECLS
