/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"

/* Multicast on this machine: through which interfaces, who has joined what, and why nothing arrives. Reads files below
 * /proc and /sys and makes no call on a socket; @root is as in swb-machine.h. Any thread. */

G_BEGIN_DECLS

typedef struct
{
  char *name;
  int index;
  char *address; /* its first of this domain; nullable */
} SwbMulticastInterface;

/* (transfer full) (element-type SwbMulticastInterface): those that have IP of @domain, by number */
GPtrArray *swb_multicast_list_interfaces (const char *root, int domain);

/* Whether @address is one of a group. */
gboolean swb_multicast_is_group (const SwbAddress *address);

/* (transfer full): the names of the interfaces on which any socket of this machine has joined the group; never %NULL */
GStrv swb_multicast_list_joined (const char *root, const SwbAddress *group);

/* A socket of the bench that sends to the group. */
typedef struct
{
  char *name;
  guint port;    /* that it last sent to */
  gboolean loops; /* IP_MULTICAST_LOOP; TRUE unless it was set to 0 */
  int ttl;       /* IP_MULTICAST_TTL; 1 unless set */
  gboolean has_interface; /* IP_MULTICAST_IF was set */
  int error;     /* of its last send to the group; 0: it went out */
} SwbMulticastSender;

typedef struct
{
  SwbAddress group; /* its port does not count */
  const char *interface; /* (nullable): on which it should be heard */
  gboolean is_open;
  SwbAddress local; /* that the socket is bound to; length 0: to none */
  gboolean is_joined; /* by this socket, on any interface */
  const char *source; /* (nullable): the only sender that it joined for */
  const SwbMulticastSender *senders;
  guint n_senders;
} SwbMulticastQuestion;

/**
 * swb_multicast_explain:
 *
 * Returns: (transfer full): the reasons why nothing of the group can arrive, a sentence a line, the most certain first; or
 *   a sentence that says that all is as it has to be. Translated, never %NULL
 */
char *swb_multicast_explain (const char *root, const SwbMulticastQuestion *question);

void swb_multicast_interface_free (SwbMulticastInterface *self);

G_END_DECLS
