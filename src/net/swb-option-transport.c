/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>

/* Options of the transports beside TCP and UDP. */

/* clang-format off */
#define S(...) SWB_OPTION_ROW (SWB_SOL_SCTP, "linux/sctp.h", __VA_ARGS__)
#define D(...) SWB_OPTION_ROW (SWB_SOL_DCCP, "linux/dccp.h", __VA_ARGS__)
#define M(...) SWB_OPTION_ROW (SWB_SOL_MPTCP, "linux/mptcp.h", __VA_ARGS__)
#define T(...) SWB_OPTION_ROW (SWB_SOL_TLS, "linux/tls.h", __VA_ARGS__)
#define C(...) SWB_OPTION_ROW (SWB_SOL_SMC, "linux/smc.h", __VA_ARGS__)

static const SwbOption sctp[] = {
  S (3, SCTP_NODELAY, BOOL, SWB_RW, "2.5.38", N_("Sends small messages at once instead of gathering them.")),
  S (2, SCTP_INITMSG, STRUCT, SWB_RW, "2.5.38", N_("How many streams an association asks for and grants, and how often it tries.")),
  S (0, SCTP_RTOINFO, STRUCT, SWB_RW, "2.5.38", N_("The first, longest and shortest time before something is sent again.")),
  S (1, SCTP_ASSOCINFO, STRUCT, SWB_RW, "2.5.38", N_("How often is tried again before the association counts as lost, and its windows.")),
  S (4, SCTP_AUTOCLOSE, INT, SWB_RW, "2.5.38", N_("Seconds of silence after which an association is closed; 0 for never.")),
  S (6, SCTP_PRIMARY_ADDR, BYTES, SWB_RW, "2.5.38", N_("To which address of the peer is sent first.")),
  S (5, SCTP_SET_PEER_PRIMARY_ADDR, BYTES, SWB_W, "2.5.38", N_("Asks the peer to send to this address first.")),
  S (7, SCTP_ADAPTATION_LAYER, BYTES, SWB_RW, "2.5.38", N_("A number that is told to the peer at the beginning.")),
  S (8, SCTP_DISABLE_FRAGMENTS, BOOL, SWB_RW, "2.5.38", N_("A message too large for a packet is an error instead of being cut.")),
  S (9, SCTP_PEER_ADDR_PARAMS, BYTES, SWB_RW, "2.5.38", N_("Heartbeats and tries of one address of the peer.")),
  S (10, SCTP_DEFAULT_SEND_PARAM, BYTES, SWB_RW, "2.5.38", N_("Stream and payload protocol of messages that do not say them; the elder form.")),
  S (34, SCTP_DEFAULT_SNDINFO, BYTES, SWB_RW, "3.17", N_("Stream and payload protocol of messages that do not say them.")),
  S (11, SCTP_EVENTS, BYTES, SWB_RW, "2.5.38", N_("Which events of an association are received among the messages.")),
  S (127, SCTP_EVENT, BYTES, SWB_RW, "5.0", N_("One of these events.")),
  S (12, SCTP_I_WANT_MAPPED_V4_ADDR, BOOL, SWB_RW, "2.5.38", N_("Addresses of IPv4 are told as IPv4-mapped ones of IPv6.")),
  S (13, SCTP_MAXSEG, INT, SWB_RW, "2.5.38", N_("The most bytes of a message in one packet; 0 as the way allows.")),
  S (14, SCTP_STATUS, BYTES, SWB_R, "2.5.38", N_("The state of an association, its streams and windows.")),
  S (15, SCTP_GET_PEER_ADDR_INFO, BYTES, SWB_R, "2.5.38", N_("State, window and round-trip time of one address of the peer.")),
  S (16, SCTP_DELAYED_SACK, STRUCT, SWB_RW, "2.6.17", N_("How long and for how many packets an acknowledgement waits.")),
  S (17, SCTP_CONTEXT, STRUCT, SWB_RW, "2.6.21", N_("A number that comes back with messages that could not be sent.")),
  S (18, SCTP_FRAGMENT_INTERLEAVE, INT, SWB_RW, "2.6.22", N_("Whether pieces of several messages may be received in turn.")),
  S (125, SCTP_INTERLEAVING_SUPPORTED, BYTES, SWB_RW, "4.15", N_("Whether pieces of several messages are sent in turn.")),
  S (19, SCTP_PARTIAL_DELIVERY_POINT, INT, SWB_RW, "2.6.22", N_("From how many bytes on a message is received in parts.")),
  S (20, SCTP_MAX_BURST, STRUCT, SWB_RW, "2.6.22", N_("How many packets may leave at once.")),
  S (21, SCTP_AUTH_CHUNK, BYTES, SWB_W, "2.6.24", N_("A type of chunk that must be signed.")),
  S (22, SCTP_HMAC_IDENT, BYTES, SWB_RW, "2.6.24", N_("By which algorithms chunks are signed.")),
  S (23, SCTP_AUTH_KEY, BYTES, SWB_W, "2.6.24", N_("A key that signs chunks.")),
  S (24, SCTP_AUTH_ACTIVE_KEY, BYTES, SWB_RW, "2.6.24", N_("Which key signs.")),
  S (35, SCTP_AUTH_DEACTIVATE_KEY, BYTES, SWB_W, "4.17", N_("Signs with this key no more.")),
  S (25, SCTP_AUTH_DELETE_KEY, BYTES, SWB_W, "2.6.24", N_("Forgets a key.")),
  S (26, SCTP_PEER_AUTH_CHUNKS, BYTES, SWB_R, "2.6.24", N_("Which chunks the peer wants to have signed.")),
  S (27, SCTP_LOCAL_AUTH_CHUNKS, BYTES, SWB_R, "2.6.24", N_("Which chunks this end wants to have signed.")),
  S (28, SCTP_GET_ASSOC_NUMBER, INT, SWB_R, "2.6.27", N_("How many associations the socket has.")),
  S (29, SCTP_GET_ASSOC_ID_LIST, BYTES, SWB_R, "2.6.27", N_("The numbers of these associations.")),
  S (30, SCTP_AUTO_ASCONF, BOOL, SWB_RW, "3.1", N_("Tells the peer of addresses that this machine gains or loses.")),
  S (31, SCTP_PEER_ADDR_THLDS, BYTES, SWB_RW, "3.6", N_("After how many failures an address of the peer counts as lost.")),
  S (37, SCTP_PEER_ADDR_THLDS_V2, BYTES, SWB_RW, "5.5", N_("The same with when to switch back.")),
  S (131, SCTP_EXPOSE_POTENTIALLY_FAILED_STATE, BYTES, SWB_RW, "5.5", N_("Whether addresses that may be lost are told of.")),
  S (32, SCTP_RECVRCVINFO, BOOL, SWB_RW, "3.17", N_("Tells beside each message its stream and number.")),
  S (33, SCTP_RECVNXTINFO, BOOL, SWB_RW, "3.17", N_("Tells beside each message what comes next.")),
  S (36, SCTP_REUSE_PORT, BOOL, SWB_RW, "4.18", N_("Several sockets of this type may have one port.")),
  S (100, SCTP_SOCKOPT_BINDX_ADD, BYTES, SWB_W, "2.5.38", N_("Binds to more addresses.")),
  S (101, SCTP_SOCKOPT_BINDX_REM, BYTES, SWB_W, "2.5.38", N_("Gives addresses up.")),
  S (102, SCTP_SOCKOPT_PEELOFF, BYTES, SWB_R | SWB_TAKES, "2.5.38", N_("Makes a socket of one association.")),
  S (122, SCTP_SOCKOPT_PEELOFF_FLAGS, BYTES, SWB_R | SWB_TAKES, "4.13", N_("The same with flags of the new descriptor.")),
  S (107, SCTP_SOCKOPT_CONNECTX_OLD, BYTES, SWB_W, "2.6.16", N_("Connects to several addresses of one peer; the elder form.")),
  S (110, SCTP_SOCKOPT_CONNECTX, BYTES, SWB_W, "2.6.27", N_("Connects to several addresses of one peer.")),
  S (111, SCTP_SOCKOPT_CONNECTX3, BYTES, SWB_R | SWB_TAKES, "2.6.37", N_("The same, and tells the number of the association.")),
  S (108, SCTP_GET_PEER_ADDRS, BYTES, SWB_R, "2.6.27", N_("The addresses of the peer.")),
  S (109, SCTP_GET_LOCAL_ADDRS, BYTES, SWB_R, "2.6.27", N_("The addresses of this end.")),
  S (112, SCTP_GET_ASSOC_STATS, BYTES, SWB_R | SWB_TAKES, "3.7", N_("Counters of an association.")),
  S (113, SCTP_PR_SUPPORTED, BYTES, SWB_RW, "4.7", N_("Whether messages may be given up.")),
  S (114, SCTP_DEFAULT_PRINFO, BYTES, SWB_RW, "4.7", N_("When messages are given up.")),
  S (115, SCTP_PR_ASSOC_STATUS, BYTES, SWB_R, "4.7", N_("How many messages of an association were given up.")),
  S (116, SCTP_PR_STREAM_STATUS, BYTES, SWB_R, "4.7", N_("The same of a stream.")),
  S (117, SCTP_RECONFIG_SUPPORTED, BYTES, SWB_RW, "4.10", N_("Whether streams may be changed later.")),
  S (118, SCTP_ENABLE_STREAM_RESET, BYTES, SWB_RW, "4.10", N_("Which changes the peer may ask for.")),
  S (119, SCTP_RESET_STREAMS, BYTES, SWB_W, "4.10", N_("Numbers the messages of streams from 0 again.")),
  S (120, SCTP_RESET_ASSOC, BYTES, SWB_W, "4.10", N_("Numbers all of an association from new.")),
  S (121, SCTP_ADD_STREAMS, BYTES, SWB_W, "4.10", N_("Adds streams.")),
  S (123, SCTP_STREAM_SCHEDULER, BYTES, SWB_RW, "4.15", N_("In which order the streams send.")),
  S (124, SCTP_STREAM_SCHEDULER_VALUE, BYTES, SWB_RW, "4.15", N_("A stream’s place in that order.")),
  S (126, SCTP_SENDMSG_CONNECT, BYTES, SWB_W, "4.18", N_("Makes an association for a message that is to be sent.")),
  S (128, SCTP_ASCONF_SUPPORTED, BYTES, SWB_RW, "5.4", N_("Whether addresses may come and go.")),
  S (129, SCTP_AUTH_SUPPORTED, BYTES, SWB_RW, "5.4", N_("Whether chunks may be signed.")),
  S (130, SCTP_ECN_SUPPORTED, BYTES, SWB_RW, "5.4", N_("Whether routers may tell of congestion (ECN).")),
  S (132, SCTP_REMOTE_UDP_ENCAPS_PORT, BYTES, SWB_RW, "5.11", N_("To which UDP port packets go inside of datagrams.")),
  S (133, SCTP_PLPMTUD_PROBE_INTERVAL, BYTES, SWB_RW, "5.14", N_("How often is looked for the largest packet of the way.")),
};

static const SwbOption dccp[] = {
  D (2, DCCP_SOCKOPT_SERVICE, BYTES, SWB_RW, "2.6.15", N_("The service, a number that both ends must give before they connect.")),
  D (1, DCCP_SOCKOPT_PACKET_SIZE, INT, SWB_RW, "2.6.14", N_("Without effect since 2.6.23.")),
  D (3, DCCP_SOCKOPT_CHANGE_L, BYTES, SWB_W, "2.6.17", N_("Without effect since 2.6.29.")),
  D (4, DCCP_SOCKOPT_CHANGE_R, BYTES, SWB_W, "2.6.17", N_("Without effect since 2.6.29.")),
  D (5, DCCP_SOCKOPT_GET_CUR_MPS, INT, SWB_R, "2.6.23", N_("The most bytes that a packet may have.")),
  D (6, DCCP_SOCKOPT_SERVER_TIMEWAIT, BOOL, SWB_RW, "2.6.24", N_("The server waits at the end instead of the client.")),
  D (10, DCCP_SOCKOPT_SEND_CSCOV, INT, SWB_RW, "2.6.20", N_("How many bytes of what is sent the checksum covers, by 32-bit words; 0 for all.")),
  D (11, DCCP_SOCKOPT_RECV_CSCOV, INT, SWB_RW, "2.6.20", N_("How many bytes must be covered of what is received.")),
  D (12, DCCP_SOCKOPT_AVAILABLE_CCIDS, BYTES, SWB_R, "2.6.28", N_("Which ways of congestion control this kernel has.")),
  D (13, DCCP_SOCKOPT_CCID, BYTES, SWB_W, "2.6.28", N_("Which ways of congestion control are wanted, for both directions.")),
  D (14, DCCP_SOCKOPT_TX_CCID, BYTES, SWB_RW, "2.6.28", N_("The same for sending.")),
  D (15, DCCP_SOCKOPT_RX_CCID, BYTES, SWB_RW, "2.6.28", N_("The same for receiving.")),
  D (16, DCCP_SOCKOPT_QPOLICY_ID, INT, SWB_RW, "2.6.38", N_("In which order packets leave: 0 as they came, 1 by priority.")),
  D (17, DCCP_SOCKOPT_QPOLICY_TXQLEN, INT, SWB_RW, "2.6.38", N_("How many packets may wait to be sent.")),
  D (128, DCCP_SOCKOPT_CCID_RX_INFO, BYTES, SWB_R, "2.6.14", N_("What the congestion control knows of receiving.")),
  D (192, DCCP_SOCKOPT_CCID_TX_INFO, BYTES, SWB_R, "2.6.14", N_("What the congestion control knows of sending.")),
};

static const SwbOption mptcp[] = {
  M (1, MPTCP_INFO, BYTES, SWB_R, "5.16", N_("What the kernel knows of the connection as a whole.")),
  M (2, MPTCP_TCPINFO, BYTES, SWB_R, "5.16", N_("TCP_INFO of each of its ways.")),
  M (3, MPTCP_SUBFLOW_ADDRS, BYTES, SWB_R, "5.16", N_("The addresses of each of its ways.")),
  M (4, MPTCP_FULL_INFO, BYTES, SWB_R, "6.5", N_("All of this at once.")),
};

static const SwbOption tls[] = {
  T (1, TLS_TX, BYTES, SWB_RW, "4.13", N_("The key by which the kernel encrypts what is sent; behind TCP_ULP “tls”.")),
  T (2, TLS_RX, BYTES, SWB_RW, "4.17", N_("The key by which the kernel decrypts what is received.")),
  T (3, TLS_TX_ZEROCOPY_RO, BOOL, SWB_RW, "5.19", N_("Sends files without copying them, where the network card encrypts.")),
  T (4, TLS_RX_EXPECT_NO_PAD, BOOL, SWB_RW, "6.0", N_("Decrypts faster, in the hope that the peer does not pad.")),
};

static const SwbOption smc[] = {
  C (1, SMC_LIMIT_HS, BOOL, SWB_RW, "5.18", N_("Too many greetings at once go on in plain TCP.")),
};
/* clang-format on */

const SwbOptions swb_options_sctp = { sctp, G_N_ELEMENTS (sctp) };
const SwbOptions swb_options_dccp = { dccp, G_N_ELEMENTS (dccp) };
const SwbOptions swb_options_mptcp = { mptcp, G_N_ELEMENTS (mptcp) };
const SwbOptions swb_options_tls = { tls, G_N_ELEMENTS (tls) };
const SwbOptions swb_options_smc = { smc, G_N_ELEMENTS (smc) };
