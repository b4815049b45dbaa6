/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-option.h"

/* The rows behind swb-option, a file a layer. Private to it. Numbers are written out where the headers
 * clash or are too old; a test compares them with those that are there. */

G_BEGIN_DECLS

#define SWB_R SWB_OPTION_READ
#define SWB_W SWB_OPTION_WRITE
#define SWB_RW (SWB_OPTION_READ | SWB_OPTION_WRITE)
#define SWB_RIGHTS SWB_OPTION_RIGHT
#define SWB_TAKES SWB_OPTION_TAKES
#define SWB_MOVES SWB_OPTION_MOVES

typedef struct
{
  const SwbOption *options;
  guint n_options;
} SwbOptions;

extern const SwbOptions swb_options_socket; /* SOL_SOCKET */
extern const SwbOptions swb_options_ip;     /* IPPROTO_IP */
extern const SwbOptions swb_options_ipv6;   /* IPPROTO_IPV6 */
extern const SwbOptions swb_options_tcp;    /* IPPROTO_TCP */
extern const SwbOptions swb_options_udp;    /* IPPROTO_UDP */
extern const SwbOptions swb_options_udplite;
extern const SwbOptions swb_options_raw;    /* SOL_RAW */
extern const SwbOptions swb_options_icmpv6;
extern const SwbOptions swb_options_netlink;
extern const SwbOptions swb_options_packet;
extern const SwbOptions swb_options_vsock;
extern const SwbOptions swb_options_can_raw;

G_END_DECLS
