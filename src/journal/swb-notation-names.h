/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The names of constants that strace 6.1 prints. Numbers, not macros: older headers lack some of them. */

G_BEGIN_DECLS

typedef struct
{
  guint32 value;
  const char *name;
} SwbName;

typedef struct
{
  const SwbName *names;
  gsize n_names;
  const char *unknown; /* what strace says of a number without a name */
} SwbNames;

extern const SwbNames swb_names_families;
extern const SwbNames swb_names_protocols;
extern const SwbNames swb_names_types;
extern const SwbNames swb_names_type_flags;
extern const SwbNames swb_names_messages;
extern const SwbNames swb_names_hows;
extern const SwbNames swb_names_levels;
extern const SwbNames swb_names_so_options;
extern const SwbNames swb_names_ip_options;
extern const SwbNames swb_names_ipv6_options;
extern const SwbNames swb_names_tcp_options;
extern const SwbNames swb_names_udp_options;

G_END_DECLS
