/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The table of socket options: what each is called, what its value is, and what it does. Constant data, any thread. Whether
 * this kernel has one, only getsockopt() can say. */

G_BEGIN_DECLS

typedef enum
{
  SWB_OPTION_BOOL,       /* an int that is 0 or 1 */
  SWB_OPTION_INT,        /* an int */
  SWB_OPTION_UINT64,     /* eight bytes */
  SWB_OPTION_TIMEVAL,    /* struct timeval */
  SWB_OPTION_LINGER,     /* struct linger */
  SWB_OPTION_TEXT,       /* characters: the name of an interface, of an algorithm */
  SWB_OPTION_QUAD,       /* struct in_addr */
  SWB_OPTION_MEMBERSHIP, /* struct ip_mreqn: a group and an interface */
  SWB_OPTION_SOURCE,     /* struct ip_mreq_source: group, interface's address, source */
  SWB_OPTION_MEMBERSHIP6, /* struct ipv6_mreq: a group and the index of an interface */
  SWB_OPTION_GROUP,      /* struct group_req: a group and an interface */
  SWB_OPTION_GROUP_SOURCE, /* struct group_source_req: the same and a source */
  SWB_OPTION_CREDENTIALS, /* struct ucred: process, user, group */
  SWB_OPTION_STRUCT,     /* a struct of numbers, by the names of its fields */
  SWB_OPTION_BYTES,      /* any other struct, as bytes */
} SwbOptionType;

typedef enum
{
  SWB_OPTION_READ = 1 << 0,  /* getsockopt() */
  SWB_OPTION_WRITE = 1 << 1, /* setsockopt() */
  SWB_OPTION_RIGHT = 1 << 2, /* setsockopt() asks for CAP_NET_ADMIN or CAP_NET_RAW, at least for some values */
  SWB_OPTION_TAKES = 1 << 3, /* getsockopt() takes away what it tells, or opens a descriptor: only when asked for */
  SWB_OPTION_MOVES = 1 << 4, /* a clock: no two readings are the same */
} SwbOptionFlags;

/* In the place of an option's number: all of the level that can be read without effect. */
#define SWB_OPTION_ALL G_MININT

typedef struct
{
  int level;
  int name;
  const char *constant; /* "SO_KEEPALIVE" */
  SwbOptionType type;
  SwbOptionFlags flags;
  const char *since;    /* version of Linux; "" since ever */
  const char *page;     /* manual page: "socket(7)" */
  const char *sentence; /* what it does; marked for translation: show it through _() */
} SwbOption;

/* A level: the options of one layer. Its number here is the kernel's, but where that means another level in another
 * domain (6 is IPPROTO_TCP, and SOL_L2CAP of Bluetooth): then it is one of the table's own. */
typedef struct
{
  int level;
  const char *constant; /* "SOL_SOCKET" */
  const char *word;     /* "every socket", marked for translation */
} SwbOptionLevel;

/* All levels of the table, those that come first in a list first. */
const SwbOptionLevel *swb_option_get_levels (guint *n_levels);

/* The table's number for what the kernel calls @number in sockets of @domain; @number itself where that is unique. */
int swb_option_level_in (int domain, int number);

/* The kernel's number for a level of the table, or for any other number that number. */
int swb_option_level_get_number (int level);

/* The options of one level, in the order shown. %NULL and 0 for a level that the table lacks. */
const SwbOption *swb_option_get_level (int level, guint *n_options);

const SwbOption *swb_option_find (int level, int name);             /* nullable */
const SwbOption *swb_option_find_constant (int level, const char *constant); /* nullable */

/**
 * swb_option_level_applies:
 *
 * Returns: whether a socket of this kind has options of @level: IPPROTO_TCP is for TCP and MPTCP alone. Of IPv6 sockets
 *   those of IPv4 apply, too, for their IPv4-mapped peers
 */
gboolean swb_option_level_applies (int level, int domain, int type, int protocol);

/**
 * swb_option_parse:
 * @option: (nullable): %NULL for an option that the table lacks: an int, or hex:
 * @text: "on", "1", "4096", "IP_PMTUDISC_DO" (swb-option-names.h), "1.5s", "on 5s" for linger, "eth0", "239.1.2.3 lo", or hex:… for any
 * @error: SWB_ERROR_SYNTAX, RANGE, TOO_LONG, UNKNOWN (an interface)
 *
 * Returns: (transfer full) (nullable): the bytes for setsockopt()
 */
GBytes *swb_option_parse (const SwbOption *option, const char *text, GError **error);

/**
 * swb_option_print:
 * @option: (nullable)
 * @data: what getsockopt() gave
 *
 * Returns: (transfer full): what swb_option_parse() reads back to the same bytes, where the type has a form for them, else
 *   hex:…
 */
char *swb_option_print (const SwbOption *option, const guint8 *data, gsize length);

/* More than any fixed struct of the table has; a filter may be longer. */
#define SWB_OPTION_ROOM 4096

/* How many bytes to offer to getsockopt(): at least what the option has, at most %SWB_OPTION_ROOM. */
gsize swb_option_get_room (const SwbOption *option);

/**
 * swb_option_explain_difference:
 *
 * Returns: (transfer full) (nullable): why the kernel took another value than @asked, where that is known: SO_RCVBUF is doubled
 *   for the kernel's own use and bounded by net.core.rmem_max
 */
char *swb_option_explain_difference (const SwbOption *option, GBytes *asked, GBytes *taken);

G_END_DECLS
