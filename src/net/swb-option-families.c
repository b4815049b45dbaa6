/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>

/* Options of rarer domains. */

/* clang-format off */
#define I(...) SWB_OPTION_ROW (SWB_SOL_CAN_ISOTP, "linux/can/isotp.h", __VA_ARGS__)
#define J(...) SWB_OPTION_ROW (SWB_SOL_CAN_J1939, "linux/can/j1939.h", __VA_ARGS__)
#define T(...) SWB_OPTION_ROW (SWB_SOL_TIPC, "linux/tipc.h", __VA_ARGS__)
#define A(...) SWB_OPTION_ROW (SWB_SOL_ALG, "linux/if_alg.h", __VA_ARGS__)
#define R(...) SWB_OPTION_ROW (SWB_SOL_RDS, "linux/rds.h", __VA_ARGS__)
#define X(...) SWB_OPTION_ROW (SWB_SOL_XDP, "linux/if_xdp.h", __VA_ARGS__)
#define L(...) SWB_OPTION_ROW (SWB_SOL_LLC, "linux/llc.h", __VA_ARGS__)
#define C(...) SWB_OPTION_ROW (SWB_SOL_RXRPC, "linux/rxrpc.h", __VA_ARGS__)
#define H(...) SWB_OPTION_ROW (SWB_SOL_AX25, "linux/ax25.h", __VA_ARGS__)
#define N(...) SWB_OPTION_ROW (SWB_SOL_NETROM, "linux/netrom.h", __VA_ARGS__)
#define S(...) SWB_OPTION_ROW (SWB_SOL_ROSE, "linux/rose.h", __VA_ARGS__)
#define P(...) SWB_OPTION_ROW (SWB_SOL_PPPOL2TP, "linux/if_pppol2tp.h", __VA_ARGS__)
#define E(...) SWB_OPTION_ROW (SWB_SOL_PNPIPE, "linux/phonet.h", __VA_ARGS__)
#define G(...) SWB_OPTION_ROW (SWB_SOL_CAIF, "linux/caif/caif_socket.h", __VA_ARGS__)
#define U(...) SWB_OPTION_ROW (SWB_SOL_IUCV, "netiucv/iucv.h", __VA_ARGS__)
#define M(...) SWB_OPTION_ROW (SWB_SOL_ATM, "linux/atm.h", __VA_ARGS__)
#define F(...) SWB_OPTION_ROW (SWB_SOL_NFC, "linux/nfc.h", __VA_ARGS__)

static const SwbOption isotp[] = {
  I (1, CAN_ISOTP_OPTS, STRUCT, SWB_RW, "5.10", N_("Padding, extended addresses and pauses of the protocol.")),
  I (2, CAN_ISOTP_RECV_FC, STRUCT, SWB_RW, "5.10", N_("How many frames may come in a row, and with which pauses, as the peer is told.")),
  I (3, CAN_ISOTP_TX_STMIN, INT, SWB_RW, "5.10", N_("Nanoseconds between frames sent, instead of what the peer asks for.")),
  I (4, CAN_ISOTP_RX_STMIN, INT, SWB_RW, "5.10", N_("Frames that come within so many nanoseconds are dropped.")),
  I (5, CAN_ISOTP_LL_OPTS, STRUCT, SWB_RW, "5.10", N_("Which frames carry the message: classic or CAN FD, and of which length.")),
};

static const SwbOption j1939[] = {
  J (1, SO_J1939_FILTER, BYTES, SWB_W, "5.4", N_("From whom and with which PGN messages are received.")),
  J (2, SO_J1939_PROMISC, BOOL, SWB_RW, "5.4", N_("Receives messages to others, too.")),
  J (3, SO_J1939_SEND_PRIO, INT, SWB_RW, "5.4", N_("The priority of what is sent, 0 the highest, 7 the lowest.")),
  J (4, SO_J1939_ERRQUEUE, BOOL, SWB_RW, "5.4", N_("Tells by MSG_ERRQUEUE how sending goes on.")),
};

static const SwbOption tipc[] = {
  T (127, TIPC_IMPORTANCE, INT, SWB_RW, "2.6.16", N_("How late messages are rejected when queues are full: 0 low to 3 critical.")),
  T (128, TIPC_SRC_DROPPABLE, BOOL, SWB_RW, "2.6.16", N_("A message may be dropped where the sender’s queues are full.")),
  T (129, TIPC_DEST_DROPPABLE, BOOL, SWB_RW, "2.6.16", N_("A message may be dropped where it cannot be delivered, instead of coming back.")),
  T (130, TIPC_CONN_TIMEOUT, INT, SWB_RW, "2.6.16", N_("Milliseconds that connect waits.")),
  T (131, TIPC_NODE_RECVQ_DEPTH, INT, SWB_R, "2.6.35", N_("How many messages wait in the whole node.")),
  T (132, TIPC_SOCK_RECVQ_DEPTH, INT, SWB_R, "2.6.35", N_("How many messages wait in this socket.")),
  T (137, TIPC_SOCK_RECVQ_USED, INT, SWB_R, "4.19", N_("How many bytes wait in this socket.")),
  T (133, TIPC_MCAST_BROADCAST, BYTES, SWB_W, "4.11", N_("Multicast is sent as one broadcast.")),
  T (134, TIPC_MCAST_REPLICAST, BYTES, SWB_W, "4.11", N_("Multicast is sent to each receiver.")),
  T (135, TIPC_GROUP_JOIN, STRUCT, SWB_RW, "4.15", N_("Joins a group.")),
  T (136, TIPC_GROUP_LEAVE, BYTES, SWB_W, "4.15", N_("Leaves the group.")),
  T (138, TIPC_NODELAY, BOOL, SWB_RW, "5.5", N_("Sends small messages at once instead of gathering them.")),
};

static const SwbOption alg[] = {
  A (1, ALG_SET_KEY, BYTES, SWB_W, "2.6.38", N_("The key of the algorithm, set before accept.")),
  A (7, ALG_SET_KEY_BY_KEY_SERIAL, INT, SWB_W, "6.2", N_("The same by number, from the keyring.")),
  A (5, ALG_SET_AEAD_AUTHSIZE, BYTES, SWB_W, "3.19", N_("How many bytes sign the message; only the length of the value counts.")),
  A (6, ALG_SET_DRBG_ENTROPY, BYTES, SWB_W, "5.10", N_("What the random numbers begin with, to test them.")),
};

static const SwbOption rds[] = {
  R (1, RDS_CANCEL_SENT_TO, BYTES, SWB_W, "2.6.30", N_("Takes back what waits to be sent to an address.")),
  R (2, RDS_GET_MR, BYTES, SWB_W, "2.6.30", N_("Lets a peer reach a piece of memory (RDMA).")),
  R (7, RDS_GET_MR_FOR_DEST, BYTES, SWB_W, "2.6.33", N_("The same for one address.")),
  R (3, RDS_FREE_MR, BYTES, SWB_W, "2.6.30", N_("Takes that memory back.")),
  R (5, RDS_RECVERR, BOOL, SWB_RW, "2.6.30", N_("Tells how the work on such memory ended.")),
  R (6, RDS_CONG_MONITOR, UINT64, SWB_W, "2.6.30", N_("Tells when full ports can take something again.")),
  R (8, SO_RDS_TRANSPORT, INT, SWB_RW, "4.2", N_("What carries the messages: 0 InfiniBand, 2 TCP.")),
  R (10, SO_RDS_MSG_RXPATH_LATENCY, BYTES, SWB_W, "4.11", N_("Tells beside each message where it spent its time.")),
};

static const SwbOption xdp[] = {
  X (1, XDP_MMAP_OFFSETS, BYTES, SWB_R, "4.18", N_("Where in mapped memory the rings have their parts.")),
  X (4, XDP_UMEM_REG, BYTES, SWB_W, "4.18", N_("The memory that frames are in.")),
  X (5, XDP_UMEM_FILL_RING, INT, SWB_W, "4.18", N_("How many places the ring of empty frames has.")),
  X (6, XDP_UMEM_COMPLETION_RING, INT, SWB_W, "4.18", N_("How many places the ring of sent frames has.")),
  X (2, XDP_RX_RING, INT, SWB_W, "4.18", N_("How many places the ring to receive from has.")),
  X (3, XDP_TX_RING, INT, SWB_W, "4.18", N_("How many places the ring to send from has.")),
  X (7, XDP_STATISTICS, STRUCT, SWB_R, "4.18", N_("How many frames were dropped or wrong.")),
  X (8, XDP_OPTIONS, INT, SWB_R, "5.3", N_("Whether frames go without being copied.")),
};

static const SwbOption llc[] = {
  L (1, LLC_OPT_RETRY, INT, SWB_RW, "2.5.68", N_("How often is tried again.")),
  L (2, LLC_OPT_SIZE, INT, SWB_RW, "2.5.68", N_("The most bytes at once.")),
  L (3, LLC_OPT_ACK_TMR_EXP, INT, SWB_RW, "2.5.68", N_("Seconds that an acknowledgement may take.")),
  L (4, LLC_OPT_P_TMR_EXP, INT, SWB_RW, "2.5.68", N_("Seconds that an answer to a poll may take.")),
  L (5, LLC_OPT_REJ_TMR_EXP, INT, SWB_RW, "2.5.68", N_("Seconds that an answer to a rejection may take.")),
  L (6, LLC_OPT_BUSY_TMR_EXP, INT, SWB_RW, "2.5.68", N_("Seconds that a peer may be busy.")),
  L (7, LLC_OPT_TX_WIN, INT, SWB_RW, "2.5.68", N_("How many frames are sent without an acknowledgement.")),
  L (8, LLC_OPT_RX_WIN, INT, SWB_RW, "2.5.68", N_("How many frames the peer may send so.")),
  L (9, LLC_OPT_PKTINFO, BOOL, SWB_RW, "2.6.31", N_("Tells beside each message its interface and the address it was sent to.")),
};

static const SwbOption rxrpc[] = {
  C (1, RXRPC_SECURITY_KEY, TEXT, SWB_W, "2.6.22", N_("The client’s key, by its name in the keyring.")),
  C (2, RXRPC_SECURITY_KEYRING, TEXT, SWB_W, "2.6.22", N_("The ring of the server’s keys, by name.")),
  C (3, RXRPC_EXCLUSIVE_CONNECTION, BYTES, SWB_W, "2.6.22", N_("Each call has a connection of its own.")),
  C (4, RXRPC_MIN_SECURITY_LEVEL, INT, SWB_W, "2.6.22", N_("The least protection: 0 none, 1 signed, 2 encrypted.")),
  C (5, RXRPC_UPGRADEABLE_SERVICE, BYTES, SWB_W, "4.14", N_("Which service may become which other one.")),
  C (6, RXRPC_SUPPORTED_CMSG, INT, SWB_R, "4.17", N_("The highest control message that the kernel knows.")),
};

static const SwbOption ax25[] = {
  H (1, AX25_WINDOW, INT, SWB_RW, "2.2", N_("How many frames are sent without an acknowledgement.")),
  H (2, AX25_T1, INT, SWB_RW, "2.2", N_("Seconds that an acknowledgement may take.")),
  H (3, AX25_N2, INT, SWB_RW, "2.2", N_("How often is tried again.")),
  H (4, AX25_T3, INT, SWB_RW, "2.2", N_("Seconds of silence before the peer is asked.")),
  H (5, AX25_T2, INT, SWB_RW, "2.2", N_("Seconds that an acknowledgement waits for data.")),
  H (6, AX25_BACKOFF, INT, SWB_RW, "2.2", N_("How pauses grow: 0 not, 1 linearly, 2 exponentially.")),
  H (7, AX25_EXTSEQ, BOOL, SWB_RW, "2.2", N_("Frames are numbered to 127 instead of to 7.")),
  H (8, AX25_PIDINCL, BOOL, SWB_RW, "2.2", N_("The protocol’s number is the first byte of what is sent and received.")),
  H (9, AX25_IDLE, INT, SWB_RW, "2.2", N_("Minutes of silence after which a connection is closed.")),
  H (10, AX25_PACLEN, INT, SWB_RW, "2.2", N_("The most bytes in a frame.")),
  H (12, AX25_IAMDIGI, BOOL, SWB_RW, "2.2", N_("May bind with digipeaters of its own.")),
};

static const SwbOption netrom[] = {
  N (1, NETROM_T1, INT, SWB_RW, "2.2", N_("Seconds that an acknowledgement may take.")),
  N (2, NETROM_T2, INT, SWB_RW, "2.2", N_("Seconds that an acknowledgement waits for data.")),
  N (3, NETROM_N2, INT, SWB_RW, "2.2", N_("How often is tried again.")),
  N (6, NETROM_T4, INT, SWB_RW, "2.2", N_("Seconds that a peer may be busy.")),
  N (7, NETROM_IDLE, INT, SWB_RW, "2.2", N_("Minutes of silence after which a connection is closed.")),
};

static const SwbOption rose[] = {
  S (1, ROSE_DEFER, BOOL, SWB_RW, "2.2", N_("A call is taken by the program, not by the kernel.")),
  S (2, ROSE_T1, INT, SWB_RW, "2.2", N_("Seconds that an answer to a call may take.")),
  S (3, ROSE_T2, INT, SWB_RW, "2.2", N_("Seconds that an answer to a reset may take.")),
  S (4, ROSE_T3, INT, SWB_RW, "2.2", N_("Seconds that an answer to a clear may take.")),
  S (5, ROSE_IDLE, INT, SWB_RW, "2.2", N_("Minutes of silence after which a connection is closed.")),
  S (6, ROSE_QBITINCL, BOOL, SWB_RW, "2.2", N_("The Q bit is the first byte of what is sent and received.")),
  S (7, ROSE_HOLDBACK, INT, SWB_RW, "2.2", N_("Seconds that an acknowledgement waits for data.")),
};

static const SwbOption pppol2tp[] = {
  P (1, PPPOL2TP_SO_DEBUG, INT, SWB_RW, "2.6.23", N_("Which notes go to the kernel’s log; without effect since 5.9.")),
  P (2, PPPOL2TP_SO_RECVSEQ, BOOL, SWB_RW, "2.6.23", N_("Packets received must be numbered.")),
  P (3, PPPOL2TP_SO_SENDSEQ, BOOL, SWB_RW, "2.6.23", N_("Packets sent are numbered.")),
  P (4, PPPOL2TP_SO_LNSMODE, BOOL, SWB_RW, "2.6.23", N_("This end decides whether packets are numbered.")),
  P (5, PPPOL2TP_SO_REORDERTO, INT, SWB_RW, "2.6.23", N_("Milliseconds that a packet waits for one before it.")),
};

static const SwbOption pnpipe[] = {
  E (1, PNPIPE_ENCAP, INT, SWB_RW, "2.6.33", N_("What the pipe carries: 0 bytes, 1 IP.")),
  E (2, PNPIPE_IFINDEX, INT, SWB_R, "2.6.33", N_("The network interface of a pipe that carries IP.")),
  E (3, PNPIPE_HANDLE, INT, SWB_RW, "3.2", N_("The number of the pipe.")),
  E (4, PNPIPE_INITSTATE, BOOL, SWB_RW, "3.10", N_("The pipe is open at once.")),
};

static const SwbOption nfc[] = {
  F (0, NFC_LLCP_RW, INT, SWB_RW, "3.9", N_("How many messages may come without an acknowledgement.")),
  F (1, NFC_LLCP_MIUX, INT, SWB_RW, "3.9", N_("How much longer than 128 bytes a message may be.")),
  F (2, NFC_LLCP_REMOTE_MIU, INT, SWB_R, "3.10", N_("The longest message that the peer takes.")),
  F (3, NFC_LLCP_REMOTE_LTO, INT, SWB_R, "3.10", N_("Milliseconds of silence after which the peer counts the link as lost.")),
  F (4, NFC_LLCP_REMOTE_RW, INT, SWB_R, "3.10", N_("How many messages the peer takes without an acknowledgement.")),
};

static const SwbOption caif[] = {
  G (127, CAIFSO_LINK_SELECT, INT, SWB_W, "2.6.35", N_("Which link is taken where there are several: 0 the fast one, 1 the one that answers soon.")),
  G (128, CAIFSO_REQ_PARAM, BYTES, SWB_W, "2.6.35", N_("What a utility channel is asked with; set before connect.")),
  G (129, CAIFSO_RSP_PARAM, BYTES, SWB_R, "2.6.35", N_("What the modem answered to it.")),
};

static const SwbOption iucv[] = {
  U (0x80, SO_IPRMDATA_MSG, BOOL, SWB_RW, "2.6.31", N_("Messages of up to seven bytes go without a buffer.")),
  U (0x1000, SO_MSGLIMIT, INT, SWB_RW, "2.6.31", N_("How many messages may wait at once, 1 to 65535; set before connect.")),
  U (0x800, SO_MSGSIZE, INT, SWB_R, "3.6", N_("The most bytes that a message may have.")),
};

/* The number of an option has the level and the length of its value in it. */
static const SwbOption atm[] = {
  M (0x42000004, SO_SETCLP, INT, SWB_RW, "2.2", N_("Cells may be dropped first; without effect.")),
  M (0x42010002, SO_CIRANGE, STRUCT, SWB_RW, "2.2", N_("How many bits of circuit numbers the interface has; gone since 2.6.")),
  M (0x42020054, SO_ATMQOS, BYTES, SWB_RW, "2.2", N_("The traffic that either direction may have, and which adaptation layer; set before connect.")),
  M (0x42030028, SO_ATMSAP, BYTES, SWB_RW, "2.2", N_("Which services are asked for or offered; of switched circuits.")),
  M (0x4204000c, SO_ATMPVC, BYTES, SWB_R, "2.2", N_("The interface, path and circuit in use.")),
  M (0x42050004, SO_MULTIPOINT, INT, SWB_RW, "2.6.16", N_("One circuit to many ends.")),
};

static const SwbOption ipx[] = {
  SWB_OPTION_ROW (SWB_SOL_IPX, "netipx/ipx.h", 1, IPX_TYPE, INT, SWB_RW, "2.2", N_("The type of the packets; gone with IPX since 4.18.")),
};

static const SwbOption x25[] = {
  SWB_OPTION_ROW (SWB_SOL_X25, "x25(7)", 1, X25_QBITINCL, BOOL, SWB_RW, "2.4", N_("The Q bit is the first byte of what is sent and received.")),
};

static const SwbOption kcm[] = {
  SWB_OPTION_ROW (SWB_SOL_KCM, "linux/kcm.h", 1, KCM_RECV_DISABLE, BOOL, SWB_RW, "4.6", N_("Messages go to other sockets of the multiplexer.")),
};

static const SwbOption mctp[] = {
  SWB_OPTION_ROW (SWB_SOL_MCTP, "linux/mctp.h", 1, MCTP_OPT_ADDR_EXT, BOOL, SWB_RW, "5.16", N_("Addresses have the interface and the hardware address, too.")),
};
/* clang-format on */

const SwbOptions swb_options_can_isotp = { isotp, G_N_ELEMENTS (isotp) };
const SwbOptions swb_options_can_j1939 = { j1939, G_N_ELEMENTS (j1939) };
const SwbOptions swb_options_tipc = { tipc, G_N_ELEMENTS (tipc) };
const SwbOptions swb_options_alg = { alg, G_N_ELEMENTS (alg) };
const SwbOptions swb_options_rds = { rds, G_N_ELEMENTS (rds) };
const SwbOptions swb_options_xdp = { xdp, G_N_ELEMENTS (xdp) };
const SwbOptions swb_options_llc = { llc, G_N_ELEMENTS (llc) };
const SwbOptions swb_options_rxrpc = { rxrpc, G_N_ELEMENTS (rxrpc) };
const SwbOptions swb_options_ax25 = { ax25, G_N_ELEMENTS (ax25) };
const SwbOptions swb_options_netrom = { netrom, G_N_ELEMENTS (netrom) };
const SwbOptions swb_options_rose = { rose, G_N_ELEMENTS (rose) };
const SwbOptions swb_options_pppol2tp = { pppol2tp, G_N_ELEMENTS (pppol2tp) };
const SwbOptions swb_options_pnpipe = { pnpipe, G_N_ELEMENTS (pnpipe) };
const SwbOptions swb_options_nfc = { nfc, G_N_ELEMENTS (nfc) };
const SwbOptions swb_options_x25 = { x25, G_N_ELEMENTS (x25) };
const SwbOptions swb_options_kcm = { kcm, G_N_ELEMENTS (kcm) };
const SwbOptions swb_options_mctp = { mctp, G_N_ELEMENTS (mctp) };
const SwbOptions swb_options_caif = { caif, G_N_ELEMENTS (caif) };
const SwbOptions swb_options_iucv = { iucv, G_N_ELEMENTS (iucv) };
const SwbOptions swb_options_atm = { atm, G_N_ELEMENTS (atm) };
const SwbOptions swb_options_ipx = { ipx, G_N_ELEMENTS (ipx) };
