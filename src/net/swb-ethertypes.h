/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

/* What linux/if_ether.h names: X (number, constant, word). A test compares them with the header. */

/* Those that are asked for most come first in lists. */
#define SWB_ETHERTYPES_COMMON(X) \
  X (0x0003, "ETH_P_ALL", "ALL") \
  X (0x0800, "ETH_P_IP", "IPv4") \
  X (0x0806, "ETH_P_ARP", "ARP") \
  X (0x8100, "ETH_P_8021Q", "VLAN") \
  X (0x86dd, "ETH_P_IPV6", "IPv6") \
  X (0x0060, "ETH_P_LOOP", "LOOP") \
  X (0x0004, "ETH_P_802_2", "802.2") \
  X (0x8863, "ETH_P_PPP_DISC", "PPPoE DISCOVERY") \
  X (0x8864, "ETH_P_PPP_SES", "PPPoE SESSION") \
  X (0x8847, "ETH_P_MPLS_UC", "MPLS") \
  X (0x888e, "ETH_P_PAE", "802.1X") \
  X (0x88cc, "ETH_P_LLDP", "LLDP") \
  X (0x88f7, "ETH_P_1588", "PTP")

/* By number. */
#define SWB_ETHERTYPES_OTHER(X) \
  X (0x0001, "ETH_P_802_3", "802.3") \
  X (0x0002, "ETH_P_AX25", "AX.25") \
  X (0x0005, "ETH_P_SNAP", "SNAP") \
  X (0x0006, "ETH_P_DDCMP", "DDCMP") \
  X (0x0007, "ETH_P_WAN_PPP", "PPP") \
  X (0x0008, "ETH_P_PPP_MP", "PPP multilink") \
  X (0x0009, "ETH_P_LOCALTALK", "LocalTalk") \
  X (0x000c, "ETH_P_CAN", "CAN") \
  X (0x000d, "ETH_P_CANFD", "CAN FD") \
  X (0x000e, "ETH_P_CANXL", "CAN XL") \
  X (0x0010, "ETH_P_PPPTALK", "AppleTalk over PPP") \
  X (0x0011, "ETH_P_TR_802_2", "802.2 token ring") \
  X (0x0015, "ETH_P_MOBITEX", "Mobitex") \
  X (0x0016, "ETH_P_CONTROL", "control frames") \
  X (0x0017, "ETH_P_IRDA", "IrDA") \
  X (0x0018, "ETH_P_ECONET", "Econet") \
  X (0x0019, "ETH_P_HDLC", "HDLC") \
  X (0x001a, "ETH_P_ARCNET", "ARCnet") \
  X (0x001b, "ETH_P_DSA", "DSA") \
  X (0x001c, "ETH_P_TRAILER", "trailers") \
  X (0x00f5, "ETH_P_PHONET", "Phonet") \
  X (0x00f6, "ETH_P_IEEE802154", "802.15.4") \
  X (0x00f7, "ETH_P_CAIF", "CAIF") \
  X (0x00f8, "ETH_P_XDSA", "XDSA") \
  X (0x00f9, "ETH_P_MAP", "Qualcomm MAP") \
  X (0x00fa, "ETH_P_MCTP", "MCTP") \
  X (0x0200, "ETH_P_PUP", "PUP") \
  X (0x0201, "ETH_P_PUPAT", "PUP addresses") \
  X (0x0805, "ETH_P_X25", "X.25") \
  X (0x08ff, "ETH_P_BPQ", "BPQ AX.25") \
  X (0x0a00, "ETH_P_IEEEPUP", "802.3 PUP") \
  X (0x0a01, "ETH_P_IEEEPUPAT", "802.3 PUP addresses") \
  X (0x22eb, "ETH_P_ERSPAN2", "ERSPAN III") \
  X (0x22f0, "ETH_P_TSN", "TSN") \
  X (0x4305, "ETH_P_BATMAN", "B.A.T.M.A.N.") \
  X (0x6000, "ETH_P_DEC", "DEC") \
  X (0x6001, "ETH_P_DNA_DL", "DNA dump, load") \
  X (0x6002, "ETH_P_DNA_RC", "DNA remote console") \
  X (0x6003, "ETH_P_DNA_RT", "DNA routing") \
  X (0x6004, "ETH_P_LAT", "LAT") \
  X (0x6005, "ETH_P_DIAG", "DEC diagnostics") \
  X (0x6006, "ETH_P_CUST", "DEC customers") \
  X (0x6007, "ETH_P_SCA", "SCA") \
  X (0x6558, "ETH_P_TEB", "Ethernet in GRE") \
  X (0x8035, "ETH_P_RARP", "RARP") \
  X (0x809b, "ETH_P_ATALK", "AppleTalk") \
  X (0x80f3, "ETH_P_AARP", "AppleTalk ARP") \
  X (0x8137, "ETH_P_IPX", "IPX") \
  X (0x8808, "ETH_P_PAUSE", "PAUSE") \
  X (0x8809, "ETH_P_SLOW", "slow protocols") \
  X (0x883e, "ETH_P_WCCP", "WCCP") \
  X (0x8848, "ETH_P_MPLS_MC", "MPLS multicast") \
  X (0x884c, "ETH_P_ATMMPOA", "MPOA") \
  X (0x886c, "ETH_P_LINK_CTL", "link control") \
  X (0x8884, "ETH_P_ATMFATE", "ATM frames") \
  X (0x8892, "ETH_P_PROFINET", "PROFINET") \
  X (0x8899, "ETH_P_REALTEK", "Realtek") \
  X (0x88a2, "ETH_P_AOE", "ATA over Ethernet") \
  X (0x88a4, "ETH_P_ETHERCAT", "EtherCAT") \
  X (0x88a8, "ETH_P_8021AD", "service VLAN") \
  X (0x88b5, "ETH_P_802_EX1", "experiments") \
  X (0x88be, "ETH_P_ERSPAN", "ERSPAN II") \
  X (0x88c7, "ETH_P_PREAUTH", "802.11 preauthentication") \
  X (0x88ca, "ETH_P_TIPC", "TIPC") \
  X (0x88e3, "ETH_P_MRP", "MRP") \
  X (0x88e5, "ETH_P_MACSEC", "MACsec") \
  X (0x88e7, "ETH_P_8021AH", "backbone service") \
  X (0x88f5, "ETH_P_MVRP", "MVRP") \
  X (0x88f8, "ETH_P_NCSI", "NC-SI") \
  X (0x88fb, "ETH_P_PRP", "PRP") \
  X (0x8902, "ETH_P_CFM", "CFM") \
  X (0x8906, "ETH_P_FCOE", "FCoE") \
  X (0x890d, "ETH_P_TDLS", "TDLS") \
  X (0x8914, "ETH_P_FIP", "FIP") \
  X (0x8915, "ETH_P_IBOE", "RoCE") \
  X (0x8917, "ETH_P_80221", "802.21") \
  X (0x892f, "ETH_P_HSR", "HSR") \
  X (0x894f, "ETH_P_NSH", "NSH") \
  X (0x9000, "ETH_P_LOOPBACK", "LOOPBACK") \
  X (0x9100, "ETH_P_QINQ1", "QinQ 0x9100") \
  X (0x9200, "ETH_P_QINQ2", "QinQ 0x9200") \
  X (0x9300, "ETH_P_QINQ3", "QinQ 0x9300") \
  X (0xdada, "ETH_P_EDSA", "EDSA") \
  X (0xdadb, "ETH_P_DSA_8021Q", "DSA VLAN") \
  X (0xe001, "ETH_P_DSA_A5PSW", "DSA A5PSW") \
  X (0xed3e, "ETH_P_IFE", "IFE") \
  X (0xfbfb, "ETH_P_AF_IUCV", "IUCV")
