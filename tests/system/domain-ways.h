/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* How bytes go from one pane to another in each domain, on one machine alone; and where they can't. */

typedef enum
{
  WAY_CONNECTION,  /* bind, listen, connect; there and back */
  WAY_ASSOCIATION, /* bind and listen both; there and back without connecting */
  WAY_DATAGRAMS,   /* bind both; there and back */
  WAY_PACKETS,     /* bind one, send to its address from the other */
  WAY_ECHO,        /* one pane, which the kernel answers */
  WAY_OPERATION,   /* bind, accept, send, recv */
  WAY_OWN,         /* as @bytes says, which is a bench without its panes a and b */
} Way;

/* What the bytes go through. The first three are made in a network namespace of the test's own, unless the
 * machine has them; the others belong to domains of the first namespace alone, and are used where somebody made them. */
typedef enum
{
  DEVICE_NONE,
  DEVICE_SPACE, /* none, but a namespace */
  DEVICE_CAN,   /* swbcan0, its index is $can in addresses */
  DEVICE_PAIR,  /* swbdev0 and swbdev1, joined, 02:00:00:00:00:01 and :02 */
  DEVICE_FIRST, /* the same in the first namespace */
  DEVICE_NETROM,
  DEVICE_ROSE,
  DEVICE_WPAN,
} Device;

typedef struct
{
  const char *name;
  int domain, type;
  const char *protocol;
  Way way;
  const char *address; /* of the first pane, as a bench has it */
  const char *other;   /* of the second, or where it is sent to */
  const char *bytes;   /* what is sent, or what is expected of an operation on "abc" */
  Device device;
} Carry;

extern const Carry domain_carries[];
extern const guint domain_n_carries;

/* Where one machine alone cannot serve: what shows it, and why. */
typedef struct
{
  const char *name;
  int domain, type;
  const char *protocol;
  const char *bench; /* as @bytes of WAY_OWN */
  const char *why;
} Lonely;

extern const Lonely domain_lonelies[];
extern const guint domain_n_lonelies;

/* (transfer full): the bench of a row. */
char *domain_write_bench (const Carry *carry);

/* (transfer full): the two panes of a bench, and @body. */
char *domain_write_panes (int domain, int type, const char *protocol, const char *body);
