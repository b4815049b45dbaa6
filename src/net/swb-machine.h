/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"

/* What this machine's network is made of, from files in /proc/net and /proc/sys: interfaces,
 * addresses, routes, who listens. @root is "" for the running kernel, or a folder with proc in it
 * for a test. Reads files and makes no call on a socket; what cannot be read counts as not there.
 * Any thread. */

G_BEGIN_DECLS

/* (transfer full): names such as "lo", "eth0"; never %NULL */
GStrv swb_machine_list_interfaces (const char *root);

/* (transfer full) (nullable): the name of the interface with this number, one that has IPv4 or IPv6 */
char *swb_machine_dup_interface_name (const char *root, int index);

/**
 * swb_machine_list_addresses:
 * @domain: AF_INET or AF_INET6
 *
 * Returns: (transfer full): the addresses that a socket can be bound to, link-local ones with
 *   their interface ("fe80::1%eth0"); never %NULL
 */
GStrv swb_machine_list_addresses (const char *root, int domain);

/* Whether @address is one that a SO_BROADCAST socket sends to: 255.255.255.255, or the broadcast
 * address of an interface. */
gboolean swb_machine_is_broadcast (const char *root, const SwbAddress *address);

/* (transfer full) (nullable): the interface that the route with the longest prefix leads through */
char *swb_machine_dup_route (const char *root, const SwbAddress *address);

/**
 * swb_machine_list_ports:
 * @type: SOCK_STREAM: of listeners; SOCK_DGRAM: of sockets that are bound and not connected
 * @near: a port
 *
 * Returns: (transfer full) (element-type guint) (nullable): at most three ports, those nearest to @near first; %NULL
 *   where the kernel's table cannot be read, which a program without free descriptors cannot
 */
GArray *swb_machine_list_ports (const char *root, int type, guint near);

/* (transfer full) (nullable): where one of these sockets is that has @port, such as "127.0.0.2:7000" */
char *swb_machine_dup_holder (const char *root, int type, guint port);

/* The first number of a file below proc, such as "sys/net/ipv4/ip_unprivileged_port_start". */
gint64 swb_machine_read_number (const char *root, const char *file, gint64 otherwise);

G_END_DECLS
