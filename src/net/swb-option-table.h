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

/* A level whose number is that of another domain's: SOL_L2CAP is IPPROTO_TCP. */
#define SWB_LEVEL_OF(domain, number) (0x40000000 | (domain) << 16 | (number))

/* Levels whose names are in no header that all machines have. */
typedef enum
{
  SWB_SOL_HCI = SWB_LEVEL_OF (31, 0),
  SWB_SOL_L2CAP = SWB_LEVEL_OF (31, 6),
  SWB_SOL_SCO = SWB_LEVEL_OF (31, 17),
  SWB_SOL_RFCOMM = SWB_LEVEL_OF (31, 18),
  SWB_SOL_IEEE802154 = SWB_LEVEL_OF (36, 0),
  SWB_SOL_CAN_RAW = 101,
  SWB_SOL_CAN_ISOTP = 106,
  SWB_SOL_CAN_J1939 = 107,
  SWB_SOL_SCTP = 132,
  SWB_SOL_UDPLITE = 136,
  SWB_SOL_RAW = 255,
  SWB_SOL_IPX = 256,
  SWB_SOL_AX25 = 257,
  SWB_SOL_NETROM = 259,
  SWB_SOL_ROSE = 260,
  SWB_SOL_X25 = 262,
  SWB_SOL_ATM = 264,
  SWB_SOL_LLC = 268,
  SWB_SOL_DCCP = 269,
  SWB_SOL_TIPC = 271,
  SWB_SOL_RXRPC = 272,
  SWB_SOL_PPPOL2TP = 273,
  SWB_SOL_BLUETOOTH = 274,
  SWB_SOL_PNPIPE = 275,
  SWB_SOL_RDS = 276,
  SWB_SOL_IUCV = 277,
  SWB_SOL_CAIF = 278,
  SWB_SOL_ALG = 279,
  SWB_SOL_NFC = 280,
  SWB_SOL_KCM = 281,
  SWB_SOL_TLS = 282,
  SWB_SOL_XDP = 283,
  SWB_SOL_MPTCP = 284,
  SWB_SOL_MCTP = 285,
  SWB_SOL_SMC = 286,
} SwbOptionLevelNumber;

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

/* swb-option-transport.c */
extern const SwbOptions swb_options_sctp;
extern const SwbOptions swb_options_dccp;
extern const SwbOptions swb_options_mptcp;
extern const SwbOptions swb_options_tls;
extern const SwbOptions swb_options_smc;

/* swb-option-bluetooth.c */
extern const SwbOptions swb_options_bluetooth;
extern const SwbOptions swb_options_hci;
extern const SwbOptions swb_options_l2cap;
extern const SwbOptions swb_options_rfcomm;
extern const SwbOptions swb_options_sco;
extern const SwbOptions swb_options_wpan;

/* swb-option-families.c */
extern const SwbOptions swb_options_can_isotp;
extern const SwbOptions swb_options_can_j1939;
extern const SwbOptions swb_options_tipc;
extern const SwbOptions swb_options_alg;
extern const SwbOptions swb_options_rds;
extern const SwbOptions swb_options_xdp;
extern const SwbOptions swb_options_llc;
extern const SwbOptions swb_options_rxrpc;
extern const SwbOptions swb_options_ax25;
extern const SwbOptions swb_options_netrom;
extern const SwbOptions swb_options_rose;
extern const SwbOptions swb_options_pppol2tp;
extern const SwbOptions swb_options_pnpipe;
extern const SwbOptions swb_options_nfc;
extern const SwbOptions swb_options_x25;
extern const SwbOptions swb_options_kcm;
extern const SwbOptions swb_options_mctp;
extern const SwbOptions swb_options_caif;
extern const SwbOptions swb_options_iucv;
extern const SwbOptions swb_options_atm;
extern const SwbOptions swb_options_ipx;

/* A row of a table of several levels. @name: as the headers have it; not expanded where this is
 * used itself, and no macro there where another one uses it. */
#define SWB_OPTION_ROW(level, page, number, name, type, flags, since, sentence) \
  { level, number, #name, SWB_OPTION_##type, flags, since, page, sentence }

G_END_DECLS
