/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-names.h"
#include "net/swb-ethertypes.h"

/* The names that belong to domains beside inet and unix. */

/* clang-format off */
static const SwbName netlink_names[] = {
  { 0x0, "NETLINK_ROUTE" }, { 0x1, "NETLINK_UNUSED" }, { 0x2, "NETLINK_USERSOCK" },
  { 0x3, "NETLINK_FIREWALL" }, { 0x4, "NETLINK_SOCK_DIAG" }, { 0x5, "NETLINK_NFLOG" },
  { 0x6, "NETLINK_XFRM" }, { 0x7, "NETLINK_SELINUX" }, { 0x8, "NETLINK_ISCSI" },
  { 0x9, "NETLINK_AUDIT" }, { 0xa, "NETLINK_FIB_LOOKUP" }, { 0xb, "NETLINK_CONNECTOR" },
  { 0xc, "NETLINK_NETFILTER" }, { 0xd, "NETLINK_IP6_FW" }, { 0xe, "NETLINK_DNRTMSG" },
  { 0xf, "NETLINK_KOBJECT_UEVENT" }, { 0x10, "NETLINK_GENERIC" },
  { 0x12, "NETLINK_SCSITRANSPORT" }, { 0x13, "NETLINK_ECRYPTFS" },
  { 0x14, "NETLINK_RDMA" }, { 0x15, "NETLINK_CRYPTO" }, { 0x16, "NETLINK_SMC" },
};

#define ETHERTYPE(number, constant, word) { number, constant },

static const SwbName ethertype_names[] = {
  SWB_ETHERTYPES_COMMON (ETHERTYPE) SWB_ETHERTYPES_OTHER (ETHERTYPE)
};

static const SwbName hardware_names[] = {
  { 0x0, "ARPHRD_NETROM" }, { 0x1, "ARPHRD_ETHER" }, { 0x2, "ARPHRD_EETHER" },
  { 0x3, "ARPHRD_AX25" }, { 0x4, "ARPHRD_PRONET" }, { 0x5, "ARPHRD_CHAOS" },
  { 0x6, "ARPHRD_IEEE802" }, { 0x7, "ARPHRD_ARCNET" }, { 0x8, "ARPHRD_APPLETLK" },
  { 0xf, "ARPHRD_DLCI" }, { 0x13, "ARPHRD_ATM" }, { 0x17, "ARPHRD_METRICOM" },
  { 0x18, "ARPHRD_IEEE1394" }, { 0x1b, "ARPHRD_EUI64" }, { 0x20, "ARPHRD_INFINIBAND" },
  { 0x100, "ARPHRD_SLIP" }, { 0x101, "ARPHRD_CSLIP" }, { 0x102, "ARPHRD_SLIP6" },
  { 0x103, "ARPHRD_CSLIP6" }, { 0x104, "ARPHRD_RSRVD" }, { 0x108, "ARPHRD_ADAPT" },
  { 0x10e, "ARPHRD_ROSE" }, { 0x10f, "ARPHRD_X25" }, { 0x110, "ARPHRD_HWX25" },
  { 0x118, "ARPHRD_CAN" }, { 0x122, "ARPHRD_MCTP" }, { 0x200, "ARPHRD_PPP" },
  { 0x201, "ARPHRD_CISCO" }, { 0x204, "ARPHRD_LAPB" }, { 0x205, "ARPHRD_DDCMP" },
  { 0x206, "ARPHRD_RAWHDLC" }, { 0x207, "ARPHRD_RAWIP" }, { 0x300, "ARPHRD_TUNNEL" },
  { 0x301, "ARPHRD_TUNNEL6" }, { 0x302, "ARPHRD_FRAD" }, { 0x303, "ARPHRD_SKIP" },
  { 0x304, "ARPHRD_LOOPBACK" }, { 0x305, "ARPHRD_LOCALTLK" }, { 0x306, "ARPHRD_FDDI" },
  { 0x307, "ARPHRD_BIF" }, { 0x308, "ARPHRD_SIT" }, { 0x309, "ARPHRD_IPDDP" },
  { 0x30a, "ARPHRD_IPGRE" }, { 0x30b, "ARPHRD_PIMREG" }, { 0x30c, "ARPHRD_HIPPI" },
  { 0x30d, "ARPHRD_ASH" }, { 0x30e, "ARPHRD_ECONET" }, { 0x30f, "ARPHRD_IRDA" },
  { 0x310, "ARPHRD_FCPP" }, { 0x311, "ARPHRD_FCAL" }, { 0x312, "ARPHRD_FCPL" },
  { 0x313, "ARPHRD_FCFABRIC" }, { 0x320, "ARPHRD_IEEE802_TR" },
  { 0x321, "ARPHRD_IEEE80211" }, { 0x322, "ARPHRD_IEEE80211_PRISM" },
  { 0x323, "ARPHRD_IEEE80211_RADIOTAP" }, { 0x324, "ARPHRD_IEEE802154" },
  { 0x325, "ARPHRD_IEEE802154_MONITOR" }, { 0x334, "ARPHRD_PHONET" },
  { 0x335, "ARPHRD_PHONET_PIPE" }, { 0x336, "ARPHRD_CAIF" }, { 0x337, "ARPHRD_IP6GRE" },
  { 0x338, "ARPHRD_NETLINK" }, { 0x339, "ARPHRD_6LOWPAN" }, { 0x33a, "ARPHRD_VSOCKMON" },
  { 0xfffe, "ARPHRD_NONE" }, { 0xffff, "ARPHRD_VOID" },
};

static const SwbName packet_names[] = {
  { 0x0, "PACKET_HOST" }, { 0x1, "PACKET_BROADCAST" }, { 0x2, "PACKET_MULTICAST" },
  { 0x3, "PACKET_OTHERHOST" }, { 0x4, "PACKET_OUTGOING" }, { 0x5, "PACKET_LOOPBACK" },
  { 0x6, "PACKET_USER" }, { 0x7, "PACKET_KERNEL" },
};

static const SwbName cid_names[] = {
  { 0x0, "VMADDR_CID_HYPERVISOR" }, { 0x1, "VMADDR_CID_LOCAL" },
  { 0x2, "VMADDR_CID_HOST" }, { 0xffffffff, "VMADDR_CID_ANY" },
};

static const SwbName vm_port_names[] = {
  { 0xffffffff, "VMADDR_PORT_ANY" },
};

static const SwbName vm_flag_names[] = {
  { 0x1, "VMADDR_FLAG_TO_HOST" },
};

static const SwbName bluetooth_names[] = {
  { 0x0, "BTPROTO_L2CAP" }, { 0x1, "BTPROTO_HCI" }, { 0x2, "BTPROTO_SCO" },
  { 0x3, "BTPROTO_RFCOMM" }, { 0x4, "BTPROTO_BNEP" }, { 0x5, "BTPROTO_CMTP" },
  { 0x6, "BTPROTO_HIDP" }, { 0x7, "BTPROTO_AVDTP" }, { 0x8, "BTPROTO_ISO" },
};

static const SwbName can_names[] = {
  { 0x1, "CAN_RAW" }, { 0x2, "CAN_BCM" }, { 0x3, "CAN_TP16" }, { 0x4, "CAN_TP20" },
  { 0x5, "CAN_MCNET" }, { 0x6, "CAN_ISOTP" }, { 0x7, "CAN_J1939" },
};

static const SwbName phonet_names[] = {
  { 0x0, "PN_PROTO_TRANSPORT" }, { 0x1, "PN_PROTO_PHONET" }, { 0x2, "PN_PROTO_PIPE" },
};

static const SwbName smc_names[] = {
  { 0x0, "SMCPROTO_SMC" }, { 0x1, "SMCPROTO_SMC6" },
};

static const SwbName nfc_names[] = {
  { 0x0, "NFC_SOCKPROTO_RAW" }, { 0x1, "NFC_SOCKPROTO_LLCP" },
};

/* clang-format on */

const SwbNames swb_names_netlink = SWB_NAMES (netlink_names, "NETLINK_???");
const SwbNames swb_names_ethertypes = SWB_NAMES (ethertype_names, "ETH_P_???");
const SwbNames swb_names_hardware = SWB_NAMES (hardware_names, "ARPHRD_???");
const SwbNames swb_names_packets = SWB_NAMES (packet_names, "PACKET_???");
const SwbNames swb_names_cids = SWB_NAMES (cid_names, NULL);
const SwbNames swb_names_vm_ports = SWB_NAMES (vm_port_names, NULL);
const SwbNames swb_names_vm_flags = SWB_NAMES (vm_flag_names, "VMADDR_FLAG_???");
const SwbNames swb_names_bluetooth = SWB_NAMES (bluetooth_names, "BTPROTO_???");
const SwbNames swb_names_can = SWB_NAMES (can_names, "CAN_???");
const SwbNames swb_names_phonet = SWB_NAMES (phonet_names, "PN_PROTO_???");
const SwbNames swb_names_smc = SWB_NAMES (smc_names, "SMCPROTO_???");
const SwbNames swb_names_nfc = SWB_NAMES (nfc_names, "NFC_SOCKPROTO_???");
