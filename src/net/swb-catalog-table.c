/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-catalog-table.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sys/socket.h>

/* The three that everybody has come first, then those that most kernels have, then the rest
 * by name. */
const SwbConstant swb_catalog_domains[] = {
  { AF_INET, "AF_INET", N_ ("IPv4") },
  { AF_INET6, "AF_INET6", N_ ("IPv6") },
  { AF_UNIX, "AF_UNIX", N_ ("this machine") },
  { AF_NETLINK, "AF_NETLINK", N_ ("talk with the kernel") },
  { AF_PACKET, "AF_PACKET", N_ ("frames of a link") },
  { AF_VSOCK, "AF_VSOCK", N_ ("virtual machines and their host") },
  { AF_ALG, "AF_ALG", N_ ("the kernel’s cryptography") },
  { AF_APPLETALK, "AF_APPLETALK", N_ ("AppleTalk") },
  { AF_ASH, "AF_ASH", N_ ("Ash") },
  { AF_ATMPVC, "AF_ATMPVC", N_ ("ATM, permanent circuits") },
  { AF_ATMSVC, "AF_ATMSVC", N_ ("ATM, switched circuits") },
  { AF_AX25, "AF_AX25", N_ ("amateur radio, AX.25") },
  { AF_BLUETOOTH, "AF_BLUETOOTH", N_ ("Bluetooth") },
  { AF_BRIDGE, "AF_BRIDGE", N_ ("bridge, a number for netlink") },
  { AF_CAIF, "AF_CAIF", N_ ("modems, CAIF") },
  { AF_CAN, "AF_CAN", N_ ("vehicle bus, CAN") },
  { AF_DECnet, "AF_DECnet", N_ ("DECnet") },
  { AF_ECONET, "AF_ECONET", N_ ("Acorn Econet") },
  { AF_IB, "AF_IB", N_ ("InfiniBand addresses") },
  { AF_IEEE802154, "AF_IEEE802154", N_ ("low-power radio, 802.15.4") },
  { AF_IPX, "AF_IPX", N_ ("Novell IPX") },
  { AF_IRDA, "AF_IRDA", N_ ("infrared, IrDA") },
  { AF_ISDN, "AF_ISDN", N_ ("ISDN, modular") },
  { AF_IUCV, "AF_IUCV", N_ ("guests of z/VM") },
  { AF_KCM, "AF_KCM", N_ ("messages over TCP") },
  { AF_KEY, "AF_KEY", N_ ("IPsec keys") },
  { AF_LLC, "AF_LLC", N_ ("IEEE 802.2 LLC") },
  { AF_MCTP, "AF_MCTP", N_ ("management controllers, MCTP") },
  { AF_MPLS, "AF_MPLS", N_ ("MPLS, a number for netlink") },
  { AF_NETBEUI, "AF_NETBEUI", N_ ("NetBEUI") },
  { AF_NETROM, "AF_NETROM", N_ ("amateur radio, NET/ROM") },
  { AF_NFC, "AF_NFC", N_ ("near-field communication") },
  { AF_PHONET, "AF_PHONET", N_ ("phone modems, Phonet") },
  { AF_PPPOX, "AF_PPPOX", N_ ("PPP over Ethernet, L2TP, PPTP") },
  { AF_QIPCRTR, "AF_QIPCRTR", N_ ("Qualcomm processors") },
  { AF_RDS, "AF_RDS", N_ ("reliable datagrams, RDS") },
  { AF_ROSE, "AF_ROSE", N_ ("amateur radio, ROSE") },
  { AF_RXRPC, "AF_RXRPC", N_ ("remote calls of AFS") },
  { AF_SECURITY, "AF_SECURITY", N_ ("security callbacks") },
  { AF_SMC, "AF_SMC", N_ ("shared memory below TCP") },
  { AF_SNA, "AF_SNA", N_ ("IBM SNA") },
  { AF_TIPC, "AF_TIPC", N_ ("cluster messages, TIPC") },
  { AF_WANPIPE, "AF_WANPIPE", N_ ("Wanpipe") },
  { AF_X25, "AF_X25", N_ ("packet-switched circuits, X.25") },
  { AF_XDP, "AF_XDP", N_ ("frames past the stack, XDP") },
};
const guint swb_catalog_n_domains = G_N_ELEMENTS (swb_catalog_domains);

const SwbConstant swb_catalog_types[] = {
  { SOCK_STREAM, "SOCK_STREAM", N_ ("stream of bytes") },
  { SOCK_DGRAM, "SOCK_DGRAM", N_ ("datagrams") },
  { SOCK_SEQPACKET, "SOCK_SEQPACKET", N_ ("connection of messages") },
  { SOCK_RAW, "SOCK_RAW", N_ ("packets with their headers") },
  { SOCK_RDM, "SOCK_RDM", N_ ("datagrams that arrive") },
  { SOCK_DCCP, "SOCK_DCCP", N_ ("datagrams with congestion control") },
  { SOCK_PACKET, "SOCK_PACKET", N_ ("frames, as long ago") },
};
const guint swb_catalog_n_types = G_N_ELEMENTS (swb_catalog_types);

/* What the create functions below net/ of Linux 6.x look at, in which order, and what they
 * answer. A domain that never had sockets, or has them no more, is an unregistered number
 * to the kernel. */
static const SwbDomain domains[] = {
  { AF_INET, NULL, "CONFIG_INET", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT, EPROTONOSUPPORT,
    262, EINVAL },
  { AF_INET6, "ipv6", "CONFIG_IPV6", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 262, EINVAL },
  { AF_UNIX, "unix", "CONFIG_UNIX", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_NETLINK, NULL, "CONFIG_NET", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_PACKET, "af_packet", "CONFIG_PACKET", NULL, SWB_RIGHT_NET_RAW, SWB_ORDER_TYPE,
    ESOCKTNOSUPPORT, 0, 0, 0 },
  { AF_VSOCK, "vsock", "CONFIG_VSOCKETS", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_ALG, "af_alg", "CONFIG_CRYPTO_USER_API", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_APPLETALK, "appletalk", "CONFIG_ATALK", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT, 0,
    0, 0 },
  { AF_ASH, NULL, NULL, "", 0, 0, 0, 0, 0, 0 },
  { AF_ATMPVC, "atm", "CONFIG_ATM", NULL, 0, SWB_ORDER_NO_TYPE, EINVAL, 0, 0, 0 },
  { AF_ATMSVC, "atm", "CONFIG_ATM", NULL, 0, SWB_ORDER_NO_TYPE, EINVAL, 0, 0, 0 },
  { AF_AX25, "ax25", "CONFIG_AX25", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    ESOCKTNOSUPPORT, 255, EINVAL },
  { AF_BLUETOOTH, "bluetooth", "CONFIG_BT", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 8, EINVAL },
  { AF_BRIDGE, NULL, NULL, "", 0, 0, 0, 0, 0, 0 },
  { AF_CAIF, "caif_socket", "CONFIG_CAIF", NULL, SWB_RIGHT_SYS_ADMIN, SWB_ORDER_TYPE,
    ESOCKTNOSUPPORT, EPROTONOSUPPORT, 0, 0 },
  { AF_CAN, "can", "CONFIG_CAN", NULL, 0, SWB_ORDER_PROTOCOL, EPROTOTYPE, EPROTONOSUPPORT,
    7, EINVAL },
  { AF_DECnet, NULL, NULL, "6.1", 0, 0, 0, 0, 0, 0 },
  { AF_ECONET, NULL, NULL, "3.5", 0, 0, 0, 0, 0, 0 },
  { AF_IB, NULL, NULL, "", 0, 0, 0, 0, 0, 0 },
  { AF_IEEE802154, "ieee802154_socket", "CONFIG_IEEE802154_SOCKET", NULL, 0, SWB_ORDER_TYPE,
    ESOCKTNOSUPPORT, 0, 0, 0 },
  { AF_IPX, NULL, NULL, "4.18", 0, 0, 0, 0, 0, 0 },
  { AF_IRDA, NULL, NULL, "4.17", 0, 0, 0, 0, 0, 0 },
  { AF_ISDN, "mISDN_core", "CONFIG_MISDN", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_IUCV, "af_iucv", "CONFIG_AFIUCV", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_KCM, "kcm", "CONFIG_AF_KCM", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_KEY, "af_key", "CONFIG_NET_KEY", NULL, SWB_RIGHT_NET_ADMIN, SWB_ORDER_TYPE,
    ESOCKTNOSUPPORT, EPROTONOSUPPORT, 0, 0 },
  { AF_LLC, "llc2", "CONFIG_LLC2", NULL, SWB_RIGHT_NET_RAW, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    0, 0, 0 },
  { AF_MCTP, NULL, "CONFIG_MCTP", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_MPLS, NULL, NULL, "", 0, 0, 0, 0, 0, 0 },
  { AF_NETBEUI, NULL, NULL, "", 0, 0, 0, 0, 0, 0 },
  { AF_NETROM, "netrom", "CONFIG_NETROM", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    ESOCKTNOSUPPORT, 0, 0 },
  { AF_NFC, "nfc", "CONFIG_NFC", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 1, EINVAL },
  { AF_PHONET, "phonet", "CONFIG_PHONET", NULL, SWB_RIGHT_SYS_ADMIN, SWB_ORDER_PROTOCOL,
    EPROTONOSUPPORT, EPROTONOSUPPORT, 0, 0 },
  { AF_PPPOX, "pppox", "CONFIG_PPPOE", NULL, 0, SWB_ORDER_NO_TYPE, 0, EPROTONOSUPPORT, 2,
    EPROTOTYPE },
  { AF_QIPCRTR, "qrtr", "CONFIG_QRTR", NULL, 0, SWB_ORDER_TYPE, EPROTOTYPE, 0, 0, 0 },
  { AF_RDS, "rds", "CONFIG_RDS", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT, ESOCKTNOSUPPORT,
    0, 0 },
  { AF_ROSE, "rose", "CONFIG_ROSE", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT,
    ESOCKTNOSUPPORT, 0, 0 },
  { AF_RXRPC, "rxrpc", "CONFIG_AF_RXRPC", NULL, 0, SWB_ORDER_PROTOCOL, ESOCKTNOSUPPORT,
    EPROTONOSUPPORT, 0, 0 },
  { AF_SECURITY, NULL, NULL, "", 0, 0, 0, 0, 0, 0 },
  { AF_SMC, "smc", "CONFIG_SMC", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT, EPROTONOSUPPORT,
    0, 0 },
  { AF_SNA, NULL, NULL, "", 0, 0, 0, 0, 0, 0 },
  { AF_TIPC, "tipc", "CONFIG_TIPC", NULL, 0, SWB_ORDER_PROTOCOL, EPROTOTYPE,
    EPROTONOSUPPORT, 0, 0 },
  { AF_WANPIPE, NULL, NULL, "2.6.21", 0, 0, 0, 0, 0, 0 },
  { AF_X25, "x25", "CONFIG_X25", NULL, 0, SWB_ORDER_TYPE, ESOCKTNOSUPPORT, EPROTONOSUPPORT,
    0, 0 },
  { AF_XDP, NULL, "CONFIG_XDP_SOCKETS", NULL, SWB_RIGHT_NET_RAW, SWB_ORDER_TYPE,
    ESOCKTNOSUPPORT, EPROTONOSUPPORT, 0, 0 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (domains) == G_N_ELEMENTS (swb_catalog_domains));

const SwbDomain *
swb_catalog_find_domain (int domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (domains[i].domain == domain)
      return &domains[i];

  return NULL;
}
