/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"

#include <sys/stat.h>

/* The tables of /proc/net, for swb-holder.c alone. */

G_BEGIN_DECLS

/* include/net/tcp_states.h of the kernel; stable, since /proc/net/tcp shows them. */
#define SWB_HOLDER_TIME_WAIT 6
#define SWB_HOLDER_LISTEN 10

typedef struct
{
  SwbAddress address; /* length 0 for unix sockets, whose name is the one asked for */
  guint state;
  guint64 inode; /* 0 where no process has the socket */
  guint left_s;  /* seconds until its timer runs out, rounded up; 0 without one */
} SwbHolderRow;

/**
 * swb_holder_parse_inet_row:
 * @line: a line of /proc/net/tcp and its kin
 * @domain: AF_INET, or AF_INET6 for tcp6 and its kin
 *
 * Returns: %FALSE for the headline, or a line that is not understood
 */
gboolean swb_holder_parse_inet_row (const char *line, int domain, SwbHolderRow *row);

/* The row that keeps @address from being bound; a listener before a connection before TIME_WAIT. */
gboolean swb_holder_find_row (int type, int protocol, const SwbAddress *address,
                              SwbHolderRow *row);

/* Whether no row of /proc/net/unix is the file @status at @path. */
gboolean swb_holder_file_is_unbound (const struct stat *status, const char *path);

G_END_DECLS
