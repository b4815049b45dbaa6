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
  const char *unknown; /* (nullable): what strace says of a number without a name */
} SwbNames;

#define SWB_NAMES(array, unknown) { array, G_N_ELEMENTS (array), unknown }

extern const SwbNames swb_names_families;
extern const SwbNames swb_names_protocols;
extern const SwbNames swb_names_types;
extern const SwbNames swb_names_type_flags;
extern const SwbNames swb_names_messages;
extern const SwbNames swb_names_requests;
extern const SwbNames swb_names_hows;
extern const SwbNames swb_names_levels;
extern const SwbNames swb_names_so_options;
extern const SwbNames swb_names_ip_options;
extern const SwbNames swb_names_ipv6_options;
extern const SwbNames swb_names_tcp_options;
extern const SwbNames swb_names_udp_options;

/* swb-notation-names-families.c */
extern const SwbNames swb_names_netlink;
extern const SwbNames swb_names_ethertypes;
extern const SwbNames swb_names_hardware;
extern const SwbNames swb_names_packets;
extern const SwbNames swb_names_cids;
extern const SwbNames swb_names_vm_ports;
extern const SwbNames swb_names_vm_flags;
extern const SwbNames swb_names_bluetooth;
extern const SwbNames swb_names_can;
extern const SwbNames swb_names_phonet;
extern const SwbNames swb_names_smc;
extern const SwbNames swb_names_nfc;

/* swb-notation-names-structs.c */
extern const SwbNames swb_names_bdaddr_types;
extern const SwbNames swb_names_hci_channels;
extern const SwbNames swb_names_l2_psms;
extern const SwbNames swb_names_l2_cids;
extern const SwbNames swb_names_alg_flags;
extern const SwbNames swb_names_xdp_flags;
extern const SwbNames swb_names_qrtr_nodes;
extern const SwbNames swb_names_qrtr_ports;
extern const SwbNames swb_names_mctp_nets;
extern const SwbNames swb_names_mctp_addresses;
extern const SwbNames swb_names_nfc_protocols;
extern const SwbNames swb_names_rxrpc_services;
extern const SwbNames swb_names_packet_mreqs;
extern const SwbNames swb_names_icmp_types;
extern const SwbNames swb_names_txrehashes;
extern const SwbNames swb_names_wpan_pans;
extern const SwbNames swb_names_wpan_addresses;
extern const SwbNames swb_names_tipc_scopes;

G_END_DECLS
