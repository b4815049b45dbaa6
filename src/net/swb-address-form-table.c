/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-form.h"

#include <glib/gi18n.h>

/* Offsets and lengths are numbers: they are the kernel's, and its headers for them clash
 * with one another, or are not on every machine. tests/net/test-address-form.c compares
 * them with those that are. */

static const SwbConstant cids[] = {
  { -1, "any", NULL },
  { 0, "hypervisor", NULL },
  { 1, "local", NULL },
  { 2, "host", NULL },
  { 0 },
};

static const SwbConstant any_port[] = { { -1, "any", NULL }, { 0 } };

/* clang-format off */

const SwbForm swb_address_forms[] = {
  { AF_NETLINK, "netlink", "sockaddr_nl", N_ ("netlink PORT:GROUPS"), 12,
    { { N_ ("port"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("groups"), SWB_FIELD_HEX, 8, 4, TRUE } } },

  { AF_PACKET, "packet", "sockaddr_ll", N_ ("packet INTERFACE:ETHERTYPE:MAC"), 20,
    { { N_ ("interface"), SWB_FIELD_INTERFACE, 4, 4 },
      { N_ ("Ethernet type"), SWB_FIELD_ETHERTYPE, 2, 2, TRUE },
      { N_ ("MAC address"), SWB_FIELD_MAC, 12, 6, TRUE, NULL, 11 },
      { N_ ("hardware type"), SWB_FIELD_DECIMAL, 8, 2, TRUE },
      { N_ ("packet type"), SWB_FIELD_DECIMAL, 10, 1, TRUE } } },
  /* What recvfrom() gives ends with the last byte of the MAC address. */
  { AF_PACKET, "packet-from", "sockaddr_ll", N_ ("packet-from INTERFACE:ETHERTYPE:MAC"), 18,
    { { N_ ("interface"), SWB_FIELD_INTERFACE, 4, 4 },
      { N_ ("Ethernet type"), SWB_FIELD_ETHERTYPE, 2, 2, TRUE },
      { N_ ("MAC address"), SWB_FIELD_MAC, 12, 6, TRUE, NULL, 11 },
      { N_ ("hardware type"), SWB_FIELD_DECIMAL, 8, 2, TRUE },
      { N_ ("packet type"), SWB_FIELD_DECIMAL, 10, 1, TRUE } } },

  { AF_VSOCK, "vsock", "sockaddr_vm", N_ ("vsock CID:PORT"), 16,
    { { N_ ("CID"), SWB_FIELD_DECIMAL, 8, 4, FALSE, cids },
      { N_ ("port"), SWB_FIELD_DECIMAL, 4, 4, FALSE, any_port },
      { N_ ("flags"), SWB_FIELD_HEX, 12, 1, TRUE } } },

  { AF_X25, "x25", "sockaddr_x25", N_ ("x25 DIGITS"), 18,
    { { N_ ("address"), SWB_FIELD_DIGITS, 2, 16 } } },

  { AF_AX25, "ax25", "sockaddr_ax25", N_ ("ax25 CALLSIGN-SSID"), 16,
    { { N_ ("callsign"), SWB_FIELD_CALLSIGN, 2, 7 } } },
  { AF_AX25, "ax25-via", "full_sockaddr_ax25", N_ ("ax25-via CALLSIGN-SSID:DIGIPEATER…"), 72,
    { { N_ ("callsign"), SWB_FIELD_CALLSIGN, 2, 7 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 16, 7, TRUE, NULL, 12 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 23, 7, TRUE, NULL, 12 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 30, 7, TRUE, NULL, 12 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 37, 7, TRUE, NULL, 12 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 44, 7, TRUE, NULL, 12 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 51, 7, TRUE, NULL, 12 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 58, 7, TRUE, NULL, 12 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 65, 7, TRUE, NULL, 12 } } },
  { AF_NETROM, "netrom", "sockaddr_ax25", N_ ("netrom CALLSIGN-SSID"), 16,
    { { N_ ("callsign"), SWB_FIELD_CALLSIGN, 2, 7 } } },
  { AF_ROSE, "rose", "sockaddr_rose", N_ ("rose DIGITS:CALLSIGN-SSID:DIGIPEATER"), 28,
    { { N_ ("address"), SWB_FIELD_BCD, 2, 5 },
      { N_ ("callsign"), SWB_FIELD_CALLSIGN, 7, 7 },
      { N_ ("digipeater"), SWB_FIELD_CALLSIGN, 20, 7, TRUE, NULL, 16 } } },

  { AF_CAN, "can", "sockaddr_can", N_ ("can INTERFACE:RX-ID:TX-ID"), 24,
    { { N_ ("interface"), SWB_FIELD_INTERFACE, 4, 4 },
      { N_ ("RX id"), SWB_FIELD_HEX, 8, 4, TRUE },
      { N_ ("TX id"), SWB_FIELD_HEX, 12, 4, TRUE } } },
  { AF_CAN, "j1939", "sockaddr_can", N_ ("j1939 INTERFACE:NAME:PGN:ADDRESS"), 24,
    { { N_ ("interface"), SWB_FIELD_INTERFACE, 4, 4 },
      { N_ ("name"), SWB_FIELD_HEX, 8, 8, TRUE },
      { N_ ("PGN"), SWB_FIELD_HEX, 16, 4, TRUE },
      { N_ ("address"), SWB_FIELD_HEX, 20, 1, TRUE } } },

  { AF_BLUETOOTH, "l2cap", "sockaddr_l2", N_ ("l2cap ADDRESS:PSM:CID:TYPE"), 14,
    { { N_ ("address"), SWB_FIELD_BDADDR, 4, 6 },
      { N_ ("PSM"), SWB_FIELD_LITTLE, 2, 2, TRUE },
      { N_ ("CID"), SWB_FIELD_LITTLE, 10, 2, TRUE },
      { N_ ("address type"), SWB_FIELD_DECIMAL, 12, 1, TRUE } } },
  { AF_BLUETOOTH, "rfcomm", "sockaddr_rc", N_ ("rfcomm ADDRESS:CHANNEL"), 10,
    { { N_ ("address"), SWB_FIELD_BDADDR, 2, 6 },
      { N_ ("channel"), SWB_FIELD_DECIMAL, 8, 1, TRUE } } },
  { AF_BLUETOOTH, "sco", "sockaddr_sco", N_ ("sco ADDRESS"), 8,
    { { N_ ("address"), SWB_FIELD_BDADDR, 2, 6 } } },
  { AF_BLUETOOTH, "hci", "sockaddr_hci", N_ ("hci DEVICE:CHANNEL"), 6,
    { { N_ ("device"), SWB_FIELD_DECIMAL, 2, 2 },
      { N_ ("channel"), SWB_FIELD_DECIMAL, 4, 2, TRUE } } },

  { AF_TIPC, "tipc", "sockaddr_tipc", N_ ("tipc TYPE:INSTANCE:NODE:SCOPE"), 16,
    { { N_ ("type"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("instance"), SWB_FIELD_DECIMAL, 8, 4 },
      { N_ ("node"), SWB_FIELD_HEX, 12, 4, TRUE },
      { N_ ("scope"), SWB_FIELD_DECIMAL, 3, 1, TRUE } },
    { { 2, 1, 2 } } },
  { AF_TIPC, "tipc-range", "sockaddr_tipc", N_ ("tipc-range TYPE:LOWER:UPPER:SCOPE"), 16,
    { { N_ ("type"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("lower"), SWB_FIELD_DECIMAL, 8, 4 },
      { N_ ("upper"), SWB_FIELD_DECIMAL, 12, 4 },
      { N_ ("scope"), SWB_FIELD_DECIMAL, 3, 1, TRUE } },
    { { 2, 1, 1 } } },
  { AF_TIPC, "tipc-socket", "sockaddr_tipc", N_ ("tipc-socket PORT:NODE"), 16,
    { { N_ ("port"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("node"), SWB_FIELD_HEX, 8, 4, TRUE },
      { N_ ("scope"), SWB_FIELD_DECIMAL, 3, 1, TRUE } },
    { { 2, 1, 3 } } },

  { AF_ALG, "alg", "sockaddr_alg", N_ ("alg TYPE:NAME"), 88,
    { { N_ ("type"), SWB_FIELD_TEXT, 2, 14 },
      { N_ ("name"), SWB_FIELD_TEXT, 24, 64 },
      { N_ ("features"), SWB_FIELD_HEX, 16, 4, TRUE },
      { N_ ("mask"), SWB_FIELD_HEX, 20, 4, TRUE } } },

  { AF_PHONET, "phonet", "sockaddr_pn", N_ ("phonet DEVICE:OBJECT:RESOURCE"), 16,
    { { N_ ("device"), SWB_FIELD_HEX, 3, 1 },
      { N_ ("object"), SWB_FIELD_HEX, 2, 1, TRUE },
      { N_ ("resource"), SWB_FIELD_HEX, 4, 1, TRUE } } },
  { AF_LLC, "llc", "sockaddr_llc", N_ ("llc MAC:SAP:HARDWARE"), 16,
    { { N_ ("MAC address"), SWB_FIELD_MAC, 8, 6 },
      { N_ ("SAP"), SWB_FIELD_HEX, 7, 1, TRUE },
      { N_ ("hardware type"), SWB_FIELD_DECIMAL, 2, 2, TRUE } } },
  { AF_APPLETALK, "appletalk", "sockaddr_at", N_ ("appletalk NET:NODE:PORT"), 16,
    { { N_ ("net"), SWB_FIELD_BIG, 4, 2 },
      { N_ ("node"), SWB_FIELD_DECIMAL, 6, 1 },
      { N_ ("port"), SWB_FIELD_DECIMAL, 2, 1, TRUE } } },
  { AF_QIPCRTR, "qrtr", "sockaddr_qrtr", N_ ("qrtr NODE:PORT"), 12,
    { { N_ ("node"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("port"), SWB_FIELD_DECIMAL, 8, 4 } } },
  { AF_XDP, "xdp", "sockaddr_xdp", N_ ("xdp INTERFACE:QUEUE:FLAGS:DESCRIPTOR"), 16,
    { { N_ ("interface"), SWB_FIELD_INTERFACE, 4, 4 },
      { N_ ("queue"), SWB_FIELD_DECIMAL, 8, 4, TRUE },
      { N_ ("flags"), SWB_FIELD_HEX, 2, 2, TRUE },
      { N_ ("descriptor"), SWB_FIELD_DECIMAL, 12, 4, TRUE } } },
  { AF_MCTP, "mctp", "sockaddr_mctp", N_ ("mctp NET:ADDRESS:TYPE:TAG"), 12,
    { { N_ ("net"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("address"), SWB_FIELD_DECIMAL, 8, 1 },
      { N_ ("type"), SWB_FIELD_HEX, 9, 1, TRUE },
      { N_ ("tag"), SWB_FIELD_HEX, 10, 1, TRUE } } },
  { AF_NFC, "nfc", "sockaddr_nfc", N_ ("nfc DEVICE:TARGET:PROTOCOL"), 16,
    { { N_ ("device"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("target"), SWB_FIELD_DECIMAL, 8, 4, TRUE },
      { N_ ("protocol"), SWB_FIELD_DECIMAL, 12, 4, TRUE } } },
  { AF_PPPOX, "pppoe", "sockaddr_pppox", N_ ("pppoe SESSION:MAC:DEVICE"), 30,
    { { N_ ("session"), SWB_FIELD_BIG, 6, 2 },
      { N_ ("MAC address"), SWB_FIELD_MAC, 8, 6 },
      { N_ ("device"), SWB_FIELD_TEXT, 14, 16 } } },
  { AF_ATMPVC, "atmpvc", "sockaddr_atmpvc", N_ ("atmpvc INTERFACE:VPI:VCI"), 12,
    { { N_ ("interface"), SWB_FIELD_DECIMAL, 4, 2 },
      { N_ ("VPI"), SWB_FIELD_DECIMAL, 6, 2 },
      { N_ ("VCI"), SWB_FIELD_DECIMAL, 8, 4 } } },
  { AF_CAIF, "caif-at", "sockaddr_caif", N_ ("caif-at TYPE"), 24,
    { { N_ ("type"), SWB_FIELD_DECIMAL, 4, 1 } } },
  { AF_CAIF, "caif-datagram", "sockaddr_caif", N_ ("caif-datagram CONNECTION"), 24,
    { { N_ ("connection"), SWB_FIELD_DECIMAL, 4, 4 } } },
  { AF_CAIF, "caif-files", "sockaddr_caif", N_ ("caif-files CONNECTION:VOLUME"), 24,
    { { N_ ("connection"), SWB_FIELD_DECIMAL, 4, 4 },
      { N_ ("volume"), SWB_FIELD_TEXT, 8, 16 } } },
  { AF_CAIF, "caif-service", "sockaddr_caif", N_ ("caif-service NAME"), 24,
    { { N_ ("name"), SWB_FIELD_TEXT, 4, 16 } } },
  { AF_RXRPC, "rxrpc", "sockaddr_rxrpc", N_ ("rxrpc SERVICE:ADDRESS:PORT"), 36,
    { { N_ ("service"), SWB_FIELD_DECIMAL, 2, 2 },
      { N_ ("address"), SWB_FIELD_QUAD, 12, 4 },
      { N_ ("port"), SWB_FIELD_BIG, 10, 2 } },
    { { 4, 2, SOCK_DGRAM }, { 6, 2, 16 }, { 8, 2, AF_INET } } },
};
const guint swb_address_n_forms = G_N_ELEMENTS (swb_address_forms);

/* clang-format on */
