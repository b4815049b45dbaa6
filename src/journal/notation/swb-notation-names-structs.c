/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-names.h"

/* The names that stand in addresses of rarer domains and in the structs of options. */

/* clang-format off */
static const SwbName bdaddr_type_names[] = {
  { 0x0, "BDADDR_BREDR" }, { 0x1, "BDADDR_LE_PUBLIC" }, { 0x2, "BDADDR_LE_RANDOM" },
};

static const SwbName hci_channel_names[] = {
  { 0x0, "HCI_CHANNEL_RAW" }, { 0x1, "HCI_CHANNEL_USER" }, { 0x2, "HCI_CHANNEL_MONITOR" },
  { 0x3, "HCI_CHANNEL_CONTROL" }, { 0x4, "HCI_CHANNEL_LOGGING" },
};

static const SwbName l2_psm_names[] = {
  { 0x1, "L2CAP_PSM_SDP" }, { 0x3, "L2CAP_PSM_RFCOMM" }, { 0x21, "L2CAP_PSM_3DSP" },
  { 0x23, "L2CAP_PSM_IPSP" }, { 0x80, "L2CAP_PSM_LE_DYN_START" },
  { 0xff, "L2CAP_PSM_LE_DYN_END" }, { 0x1001, "L2CAP_PSM_DYN_START" },
  { 0x10ff, "L2CAP_PSM_AUTO_END" }, { 0xffff, "L2CAP_PSM_DYN_END" },
};

static const SwbName l2_cid_names[] = {
  { 0x1, "L2CAP_CID_SIGNALING" }, { 0x2, "L2CAP_CID_CONN_LESS" },
  { 0x3, "L2CAP_CID_A2MP" }, { 0x4, "L2CAP_CID_ATT" }, { 0x5, "L2CAP_CID_LE_SIGNALING" },
  { 0x6, "L2CAP_CID_SMP" }, { 0x7, "L2CAP_CID_SMP_BREDR" },
  { 0x40, "L2CAP_CID_DYN_START" }, { 0x7f, "L2CAP_CID_LE_DYN_END" },
  { 0xffff, "L2CAP_CID_DYN_END" },
};

static const SwbName alg_flag_names[] = {
  { 0x1000, "CRYPTO_ALG_KERN_DRIVER_ONLY" },
};

static const SwbName xdp_flag_names[] = {
  { 0x1, "XDP_SHARED_UMEM" }, { 0x2, "XDP_COPY" }, { 0x4, "XDP_ZEROCOPY" },
  { 0x8, "XDP_USE_NEED_WAKEUP" },
};

static const SwbName qrtr_node_names[] = {
  { 0xffffffff, "QRTR_NODE_BCAST" },
};

static const SwbName qrtr_port_names[] = {
  { 0xfffffffe, "QRTR_PORT_CTRL" },
};

static const SwbName mctp_net_names[] = {
  { 0x0, "MCTP_NET_ANY" },
};

static const SwbName mctp_address_names[] = {
  { 0x0, "MCTP_ADDR_NULL" }, { 0xff, "MCTP_ADDR_ANY" },
};

static const SwbName nfc_protocol_names[] = {
  { 0x1, "NFC_PROTO_JEWEL" }, { 0x2, "NFC_PROTO_MIFARE" }, { 0x3, "NFC_PROTO_FELICA" },
  { 0x4, "NFC_PROTO_ISO14443" }, { 0x5, "NFC_PROTO_NFC_DEP" },
  { 0x6, "NFC_PROTO_ISO14443_B" }, { 0x7, "NFC_PROTO_ISO15693" },
};

static const SwbName rxrpc_service_names[] = {
  { 0x1, "CM_SERVICE" }, { 0x9c4, "YFS_FS_SERVICE" }, { 0x9c5, "YFS_CM_SERVICE" },
  { 0x9c7, "YFS_VL_SERVICE" },
};

static const SwbName packet_mreq_names[] = {
  { 0x0, "PACKET_MR_MULTICAST" }, { 0x1, "PACKET_MR_PROMISC" },
  { 0x2, "PACKET_MR_ALLMULTI" }, { 0x3, "PACKET_MR_UNICAST" },
};

static const SwbName txrehash_names[] = {
  { 0x0, "SOCK_TXREHASH_DISABLED" }, { 0x1, "SOCK_TXREHASH_ENABLED" },
  { 0xff, "SOCK_TXREHASH_DEFAULT" },
};

static const SwbName icmp_type_names[] = {
  { 0x0, "ICMP_ECHOREPLY" }, { 0x3, "ICMP_DEST_UNREACH" }, { 0x4, "ICMP_SOURCE_QUENCH" },
  { 0x5, "ICMP_REDIRECT" }, { 0x8, "ICMP_ECHO" }, { 0xb, "ICMP_TIME_EXCEEDED" },
  { 0xc, "ICMP_PARAMETERPROB" }, { 0xd, "ICMP_TIMESTAMP" },
  { 0xe, "ICMP_TIMESTAMPREPLY" }, { 0xf, "ICMP_INFO_REQUEST" },
  { 0x10, "ICMP_INFO_REPLY" }, { 0x11, "ICMP_ADDRESS" }, { 0x12, "ICMP_ADDRESSREPLY" },
};

static const SwbName wpan_pan_names[] = { { 0xffff, "IEEE802154_PANID_BROADCAST" } };

static const SwbName wpan_address_names[] = {
  { 0xfffe, "IEEE802154_ADDR_UNDEF" }, { 0xffff, "IEEE802154_ADDR_BROADCAST" },
};

static const SwbName tipc_scope_names[] = {
  { 0x1, "TIPC_ZONE_SCOPE" }, { 0x2, "TIPC_CLUSTER_SCOPE" }, { 0x3, "TIPC_NODE_SCOPE" },
};

/* clang-format on */

const SwbNames swb_names_bdaddr_types = SWB_NAMES (bdaddr_type_names, "BDADDR_???");
const SwbNames swb_names_hci_channels = SWB_NAMES (hci_channel_names, "HCI_CHANNEL_???");
const SwbNames swb_names_l2_psms = SWB_NAMES (l2_psm_names, "L2CAP_PSM_???");
const SwbNames swb_names_l2_cids = SWB_NAMES (l2_cid_names, "L2CAP_CID_???");
const SwbNames swb_names_alg_flags = SWB_NAMES (alg_flag_names, "CRYPTO_ALG_???");
const SwbNames swb_names_xdp_flags = SWB_NAMES (xdp_flag_names, "XDP_???");
const SwbNames swb_names_qrtr_nodes = SWB_NAMES (qrtr_node_names, NULL);
const SwbNames swb_names_qrtr_ports = SWB_NAMES (qrtr_port_names, NULL);
const SwbNames swb_names_mctp_nets = SWB_NAMES (mctp_net_names, NULL);
const SwbNames swb_names_mctp_addresses = SWB_NAMES (mctp_address_names, NULL);
const SwbNames swb_names_nfc_protocols = SWB_NAMES (nfc_protocol_names, "NFC_PROTO_???");
const SwbNames swb_names_rxrpc_services = SWB_NAMES (rxrpc_service_names, "???_SERVICE");
const SwbNames swb_names_packet_mreqs = SWB_NAMES (packet_mreq_names, "PACKET_MR_???");
const SwbNames swb_names_icmp_types = SWB_NAMES (icmp_type_names, "ICMP_???");
const SwbNames swb_names_txrehashes = SWB_NAMES (txrehash_names, "SOCK_TXREHASH_???");
const SwbNames swb_names_wpan_pans = SWB_NAMES (wpan_pan_names, NULL);
const SwbNames swb_names_wpan_addresses = SWB_NAMES (wpan_address_names, NULL);
const SwbNames swb_names_tipc_scopes = SWB_NAMES (tipc_scope_names, "TIPC_???_SCOPE");
