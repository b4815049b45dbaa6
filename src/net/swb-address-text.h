/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"

/* The pieces of an address's text, for swb-address-*.c alone. Each fails with SWB_ERROR and then
 * sets @position to a byte offset in its own text. @position is never %NULL here. */

G_BEGIN_DECLS

#define SWB_ADDRESS_RAW_PREFIX "hex:"

/* Where host and port stand in a text; not judged. */
typedef struct
{
  gsize host_start;
  gsize host_length;
  gsize port_start; /* the text's length where there is no port */
} SwbAddressSpans;

SwbAddressSpans swb_address_find_spans (int domain, const char *text);

/* Fills family and host; a name goes to @name instead. AF_INET and AF_INET6. */
gboolean swb_address_parse_host (int domain, const char *text, SwbAddress *address, char **name,
                                 gsize *position, GError **error);

gboolean swb_address_parse_port (int type, const char *text, guint16 *port, gsize *position,
                                 GError **error);

gboolean swb_address_parse_unix (const char *text, SwbAddress *address, gsize *position,
                                 GError **error);

gboolean swb_address_parse_raw (const char *text, SwbAddress *address, gsize *position,
                                GError **error);

/* The index of a network interface, by name or number; 0 is every one. */
gboolean swb_address_parse_interface (const char *text, guint32 *index, GError **error);

/* (transfer full): the name of an interface, or its number where it has none, or none that reads as it. */
char *swb_address_dup_interface (guint32 index);

void swb_address_set_port (SwbAddress *address, guint16 port);

G_END_DECLS
