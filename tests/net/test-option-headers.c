/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-option.h"

#include <gio/gio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
/* These need what those above have. */
#include <linux/atm.h>
#include <linux/atmdev.h>
#include <linux/atmsap.h>
#include <linux/can/isotp.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/net_tstamp.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/tipc.h>

#include "net/swb-option-struct.h"

/* The options that this machine's headers name, against the table. */

typedef struct
{
  const char *file; /* below /usr/include */
  const char *prefix;
  int level;
  const char *leaves; /* names of the header that are no options, or of options that no
                         kernel has: * is any text */
  gboolean in_enum;
  int domain; /* 0: the level's number means it in all domains */
} Header;

static const Header headers[] = {
  /* Aliases: the same number has another name for the other direction, or for one of two
     times. */
  { "asm-generic/socket.h", "SO_", SOL_SOCKET,
    "*_OLD SO_GET_FILTER SO_DETACH_BPF SO_SECURITY_* SO_DEVMEM_LINEAR SO_DEVMEM_DMABUF" },
  { "linux/in.h", "IP_", IPPROTO_IP,
    "IP_DEFAULT_* IP_PMTUDISC_* IP_ORIGDSTADDR IP_RECVRETOPTS IP_MAX_*" },
  { "linux/in.h", "MCAST_", IPPROTO_IP, "MCAST_EXCLUDE MCAST_INCLUDE" },
  { "linux/in6.h", "IPV6_", IPPROTO_IPV6,
    "IPV6_FL_* IPV6_FLOWINFO_* IPV6_PRIORITY_* IPV6_TLV_* IPV6_PREFER_* IPV6_PMTUDISC_* "
    "IPV6_ORIGDSTADDR IPV6_AUTHHDR IPV6_HOPLIMIT IPV6_NEXTHOP IPV6_SRCRT_*" },
  { "linux/tcp.h", "TCP_", IPPROTO_TCP,
    "TCP_CM_INQ TCP_CA_* TCP_MD5SIG_* TCP_MSS_* TCP_REPAIR_ON TCP_REPAIR_OFF "
    "TCP_REPAIR_OFF_NO_WP "
    "TCP_RECEIVE_ZEROCOPY_* TCP_AO_KEYF_* TCP_AO_MAX* TCP_NLA_*" },
  { "linux/udp.h", "UDP_", IPPROTO_UDP, "UDP_ENCAP_*" },
  { "linux/netlink.h", "NETLINK_(?:ADD|DROP|PKT|BROADCAST|NO_|LIS|CAP|EXT|GET|[RT]X)",
    SOL_NETLINK, "" },
  { "linux/if_packet.h", "PACKET_", SOL_PACKET,
    "PACKET_HOST PACKET_BROADCAST PACKET_MULTICAST PACKET_OTHERHOST PACKET_OUTGOING "
    "PACKET_LOOPBACK PACKET_USER PACKET_KERNEL PACKET_FASTROUTE PACKET_FANOUT_[A-CE-Z]* "
    "PACKET_MR_* PACKET_RECV_OUTPUT PACKET_TX_TIMESTAMP" },
  { "linux/vm_sockets.h", "SO_VM_SOCKETS_", AF_VSOCK, "*_OLD" },
  { "linux/can/raw.h", "CAN_RAW_", 101, "CAN_RAW_XL_VCID_[A-NP-Z]*", TRUE },
  { "linux/can/isotp.h", "CAN_ISOTP_", 106,
    "*_DEFAULT_* *_MODE *_ADDR *_PADDING *_PAD_* *_DUPLEX *_FORCE_* *_DONE *_BROADCAST "
    "*_TXTIME_ZERO *_DYN_FC_*" },
  { "linux/can/j1939.h", "SO_J1939_", 107, "", TRUE },
  { "linux/sctp.h", "SCTP_", 132,
    "SCTP_FUTURE_* SCTP_CURRENT_* SCTP_ALL_* SCTP_UNORDERED SCTP_*_ADDR_OVER *_MASK "
    "SCTP_ENABLE_RE* SCTP_ENABLE_CH* SCTP_STREAM_RESET_* SCTP_STREAM_CHANGE_* SCTP_ASSOC_* "
    "SCTP_PR_SCTP_* SCTP_BINDX_* SCTP_ADDR_* SCTP_AUTH_NEW* SCTP_INIT SCTP_SNDRCV "
    "SCTP_SNDINFO SCTP_RCVINFO SCTP_NXTINFO SCTP_PRINFO SCTP_AUTHINFO SCTP_DSTADDR* "
    "*_EVENT "
    "SCTP_*_CHANGE SCTP_SEND_FAILED SCTP_REMOTE_ERROR *_INDICATION SCTP_SN_TYPE_* "
    "SCTP_POTENTIALLY_FAILED SCTP_EXPOSE_PF_STATE SCTP_DELAYED_ACK* SCTP_GET_*_OLD" },
  { "linux/dccp.h", "DCCP_SOCKOPT_", 269, "" },
  { "linux/mptcp.h", "MPTCP_", 284, "MPTCP_RST_* MPTCP_*ATTR_* MPTCP_PM_* MPTCP_INFO_*" },
  { "linux/tls.h", "TLS_", 282,
    "TLS_[0-9]* TLS_CIPHER_* TLS_CONF_* TLS_*_RECORD_TYPE TLS_INFO_*" },
  { "linux/smc.h", "SMC_LIMIT_", 286, "" },
  { "linux/if_alg.h", "ALG_SET_", 279, "ALG_SET_IV ALG_SET_OP ALG_SET_AEAD_ASSOCLEN" },
  { "linux/tipc.h", "TIPC_SOCK_", 271, "" },
  { "linux/tipc.h", "TIPC_NODE_R", 271, "" },
  { "linux/rds.h", "RDS_", 276,
    "RDS_CMSG_* RDS_INFO_* RDS_TRANS_* RDS_RDMA_* RDS_CONG_MONITOR_* RDS_IB_* RDS_MAX_* "
    "RDS_RX_*" },
  { "linux/if_xdp.h", "XDP_", 283,
    "XDP_PGOFF_* XDP_OPTIONS_* XDP_SHARED_UMEM XDP_COPY XDP_ZEROCOPY XDP_USE_* XDP_RING_* "
    "XDP_UMEM_PGOFF_* XDP_UMEM_*_FLAG XDP_UMEM_*_CSUM XDP_UMEM_TX_* XDP_TXMD_* XDP_PKT_* "
    "XDP_TX_METADATA" },
  { "linux/rxrpc.h", "RXRPC_", 272,
    "RXRPC_SECURITY_[A-JL-Z]* RXRPC_USER_* RXRPC_[ABNLCT]* RXRPC_EXCLUSIVE_CALL "
    "RXRPC_UPGRADE_* RXRPC_SET_* RXRPC__*" },
  { "linux/ax25.h", "AX25_", 257, "AX25_MTU AX25_KILL AX25_NOUID_* AX25_SET_* AX25_MAX_*" },
  { "linux/netrom.h", "NETROM_", 259, "NETROM_MTU NETROM_KILL NETROM_NEIGH NETROM_NODE" },
  { "linux/rose.h", "ROSE_[DTIQH]", 260, "ROSE_DTE_* ROSE_INVALID_*" },
  { "linux/phonet.h", "PNPIPE_", 275, "PNPIPE_ENCAP_*" },
  { "linux/nfc.h", "NFC_LLCP_", 280, "NFC_LLCP_MAX_*" },
  { "linux/kcm.h", "KCM_RECV_", 281, "" },
  { "linux/mctp.h", "MCTP_OPT_", 285, "" },
  { "linux/caif/caif_socket.h", "CAIFSO_", 278, "", TRUE },
  { "netiucv/iucv.h", "SO_", 277, "" },
  { "linux/atm.h", "SO_", 264, "" },
  { "netipx/ipx.h", "IPX_TYPE", 256, "" },
  /* Of BlueZ, package libbluetooth-dev. */
  { "bluetooth/bluetooth.h", "BT_", 274,
    "BT_SECURITY_* BT_POWER_* BT_CHANNEL_POLICY_* BT_VOICE_* BT_PHY_* BT_MODE_* "
    "BT_FLUSHABLE_* BT_ISO_QOS_* BT_ISO_PHY_* BT_CODEC_* BT_SCM_*" },
  { "bluetooth/hci.h", "HCI_(?:DATA_DIR|FILTER|TIME_STAMP)", 0, "", FALSE, AF_BLUETOOTH },
  { "bluetooth/l2cap.h", "L2CAP_(?:OPTIONS|CONNINFO|LM)", 6, "L2CAP_LM_*", FALSE,
    AF_BLUETOOTH },
  { "bluetooth/rfcomm.h", "RFCOMM_(?:CONNINFO|LM)", 18, "RFCOMM_LM_*", FALSE,
    AF_BLUETOOTH },
  { "bluetooth/sco.h", "SCO_(?:OPTIONS|CONNINFO)", 17, "", FALSE, AF_BLUETOOTH },
};

/* The lengths that values with named fields have in the headers. */
static const struct
{
  int level;
  const char *constant;
  gsize size;
} structs[] = {
  { SOL_SOCKET, "SO_TXTIME", sizeof (struct sock_txtime) },
  { IPPROTO_TCP, "TCP_REPAIR_WINDOW", sizeof (struct tcp_repair_window) },
  { 132, "SCTP_INITMSG", sizeof (struct sctp_initmsg) },
  { 132, "SCTP_RTOINFO", sizeof (struct sctp_rtoinfo) },
  { 132, "SCTP_ASSOCINFO", sizeof (struct sctp_assocparams) },
  { 132, "SCTP_DELAYED_SACK", sizeof (struct sctp_sack_info) },
  { 132, "SCTP_MAX_BURST", sizeof (struct sctp_assoc_value) },
  { SOL_PACKET, "PACKET_STATISTICS", sizeof (struct tpacket_stats) },
  { 106, "CAN_ISOTP_OPTS", sizeof (struct can_isotp_options) },
  { 106, "CAN_ISOTP_RECV_FC", sizeof (struct can_isotp_fc_options) },
  { 106, "CAN_ISOTP_LL_OPTS", sizeof (struct can_isotp_ll_options) },
  { 271, "TIPC_GROUP_JOIN", sizeof (struct tipc_group_req) },
  { 283, "XDP_STATISTICS", sizeof (struct xdp_statistics) },
  { 264, "SO_CIRANGE", sizeof (struct atm_cirange) },
};

static void
test_structs (void)
{
  g_test_summary ("Values with named fields have the lengths of the headers' structs");

  for (guint i = 0; i < G_N_ELEMENTS (structs); i++)
    {
      const SwbOption *option
          = swb_option_find_constant (structs[i].level, structs[i].constant);

      g_assert_cmpint (option->type, ==, SWB_OPTION_STRUCT);
      g_assert_cmpuint (swb_option_struct_get_size (option), ==, structs[i].size);
    }
}

static void
test_atm (void)
{
  static const struct
  {
    const char *constant;
    int name;
  } numbers[] = {
    { "SO_SETCLP", SO_SETCLP }, { "SO_CIRANGE", SO_CIRANGE },
    { "SO_ATMQOS", SO_ATMQOS }, { "SO_ATMSAP", SO_ATMSAP },
    { "SO_ATMPVC", SO_ATMPVC }, { "SO_MULTIPOINT", SO_MULTIPOINT },
  };

  g_test_summary ("Options of ATM have their lengths in their numbers");

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const SwbOption *option = swb_option_find_constant (264, numbers[i].constant);

      g_assert_cmpint (option->name, ==, numbers[i].name);
      g_assert_cmpuint (swb_option_get_room (option), ==, __SO_SIZE (numbers[i].name));
    }
}

static gboolean
is_left (const Header *header, const char *name)
{
  g_autoptr (GString) pattern = g_string_new (header->leaves);

  g_string_replace (pattern, " ", "|", 0);
  g_string_replace (pattern, "*", ".*", 0);
  g_string_prepend (pattern, "^(?:");
  g_string_append (pattern, ")$");
  return g_regex_match_simple (pattern->str, name, 0, 0);
}

/* "#define NAME number" and, of an enum, "NAME = number,": (transfer full) (nullable).
 * @number: (out): -1 where it is an expression */
static char *
dup_name (const Header *header, const char *line, int *number)
{
  g_autofree char *pattern
      = g_strdup_printf ("^\\s*%s(%s[A-Z0-9_]*)\\s+(?:=\\s*)?\\(?(0x[0-9a-f]+|\\d+|__SO_"
                         "ENCODE)(?=(\\s*[+<])?)",
                         header->in_enum ? "" : "#\\s*define\\s+", header->prefix);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *digits = NULL, *expression = NULL;

  if (!g_regex_match (regex, line, 0, &match))
    return NULL;

  digits = g_match_info_fetch (match, 2);
  expression = g_match_info_fetch (match, 3);
  *number = g_ascii_isdigit (*digits) && (expression == NULL || *expression == '\0')
                ? (int)g_ascii_strtoll (digits, NULL, 0)
                : -1;
  return g_match_info_fetch (match, 1);
}

static void
assert_row (const Header *header, const char *name, int number)
{
  int level = swb_option_level_in (header->domain, header->level);
  const SwbOption *option = swb_option_find_constant (level, name);

  if (option == NULL)
    g_error ("%s: no row for %s", header->file, name);
  if (number >= 0 && option->name != number)
    g_error ("%s: %s is %d, not %d", header->file, name, number, option->name);
}

static void
test_header (gconstpointer data)
{
  const Header *header = data;
  g_autofree char *path = g_build_filename ("/usr/include", header->file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_test_summary ("Every option that the header names is a row of the table");

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("this machine has no such header");
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      int number;
      g_autofree char *name = dup_name (header, lines[i], &number);

      if (name == NULL || is_left (header, name))
        continue;
      assert_row (header, name, number);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
  g_test_message ("%u options", n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/option-headers/%s/%s", headers[i].file, headers[i].prefix);

      g_test_add_data_func (path, &headers[i], test_header);
    }
  g_test_add_func ("/option-headers/structs", test_structs);
  g_test_add_func ("/option-headers/atm", test_atm);
  return g_test_run ();
}
