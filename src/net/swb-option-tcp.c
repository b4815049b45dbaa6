/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>
#include <netinet/in.h>

/* clang-format off */
#define O(number, name, type, flags, since, sentence) \
  { IPPROTO_TCP, number, #name, SWB_OPTION_##type, flags, since, "tcp(7)", sentence }

static const SwbOption options[] = {
  O (1, TCP_NODELAY, BOOL, SWB_RW, "", N_("Sends small pieces at once instead of gathering them (Nagle’s algorithm off).")),
  O (3, TCP_CORK, BOOL, SWB_RW, "2.2", N_("Holds back all but full segments, for at most 200 ms, until it is off again.")),
  O (12, TCP_QUICKACK, BOOL, SWB_RW, "2.4.4", N_("Acknowledges at once instead of waiting for something to send along; the kernel may go back.")),
  O (2, TCP_MAXSEG, INT, SWB_RW, "", N_("The most bytes in one segment.")),
  O (4, TCP_KEEPIDLE, INT, SWB_RW, "2.4", N_("Seconds of silence before SO_KEEPALIVE asks.")),
  O (5, TCP_KEEPINTVL, INT, SWB_RW, "2.4", N_("Seconds between its questions.")),
  O (6, TCP_KEEPCNT, INT, SWB_RW, "2.4", N_("How many stay unanswered before the connection is given up.")),
  O (18, TCP_USER_TIMEOUT, INT, SWB_RW, "2.6.37", N_("Milliseconds that sent bytes may stay unacknowledged; 0 is the system’s time.")),
  O (7, TCP_SYNCNT, INT, SWB_RW, "2.4", N_("How often connect tries before ETIMEDOUT.")),
  O (44, TCP_RTO_MAX_MS, INT, SWB_RW, "6.15", N_("The longest pause between two tries to send again, in milliseconds.")),
  O (45, TCP_RTO_MIN_US, INT, SWB_RW, "6.15", N_("The shortest pause before something is sent again, in microseconds.")),
  O (46, TCP_DELACK_MAX_US, INT, SWB_RW, "6.15", N_("Microseconds that an acknowledgement may wait.")),
  O (9, TCP_DEFER_ACCEPT, INT, SWB_RW, "2.4", N_("Accepts a connection only once it has brought bytes, or after so many seconds.")),
  O (8, TCP_LINGER2, INT, SWB_RW, "2.4", N_("Seconds that a closed socket waits for the peer’s FIN (FIN_WAIT2).")),
  O (13, TCP_CONGESTION, TEXT, SWB_RW, "2.6.13", N_("By which algorithm the rate of sending is found: cubic, reno, bbr or another.")),
  O (11, TCP_INFO, BYTES, SWB_R, "2.4", N_("What the kernel knows of the connection: state, times, windows, losses.")),
  O (26, TCP_CC_INFO, BYTES, SWB_R, "4.1", N_("What the congestion algorithm knows.")),
  O (36, TCP_INQ, BOOL, SWB_RW, "4.18", N_("Tells beside each receive how many bytes still wait.")),
  O (25, TCP_NOTSENT_LOWAT, INT, SWB_RW, "3.12", N_("Bytes that may wait unsent before a socket counts as writable.")),
  O (10, TCP_WINDOW_CLAMP, INT, SWB_RW, "2.4", N_("The most bytes that the peer is told it may send ahead.")),
  O (23, TCP_FASTOPEN, INT, SWB_RW, "3.6", N_("How many connections may bring bytes in their SYN.")),
  O (30, TCP_FASTOPEN_CONNECT, BOOL, SWB_RW, "4.11", N_("connect waits for the first bytes, to send them in the SYN.")),
  O (33, TCP_FASTOPEN_KEY, BYTES, SWB_RW, "4.15", N_("The key for the cookies of TCP Fast Open.")),
  O (34, TCP_FASTOPEN_NO_COOKIE, BOOL, SWB_RW, "4.15", N_("Bytes in a SYN are taken without a cookie.")),
  O (27, TCP_SAVE_SYN, INT, SWB_RW, "4.2", N_("Keeps the headers of the SYN of each accepted connection.")),
  O (28, TCP_SAVED_SYN, BYTES, SWB_R, "4.2", N_("Those headers.")),
  O (31, TCP_ULP, TEXT, SWB_RW, "4.13", N_("A layer in the kernel above TCP: tls, mptcp, espintcp.")),
  O (37, TCP_TX_DELAY, INT, SWB_RW, "5.3", N_("Microseconds by which everything sent is delayed, to try out long ways.")),
  O (24, TCP_TIMESTAMP, INT, SWB_RW | SWB_MOVES, "3.9", N_("The clock of TCP's time stamps.")),
  O (16, TCP_THIN_LINEAR_TIMEOUTS, BOOL, SWB_RW, "2.6.34", N_("Thin streams try again at an even pace.")),
  O (17, TCP_THIN_DUPACK, BOOL, SWB_RW, "2.6.34", N_("Thin streams try again after one duplicate acknowledgement; without effect since 5.1.")),
  O (15, TCP_COOKIE_TRANSACTIONS, BYTES, SWB_RW, "2.6.33", N_("Cookies against false beginnings (TCPCT); gone since 3.10.")),
  O (14, TCP_MD5SIG, BYTES, SWB_W, "2.6.20", N_("A key that signs each segment (RFC 2385, for BGP).")),
  O (32, TCP_MD5SIG_EXT, BYTES, SWB_W, "4.13", N_("The same for a range of addresses.")),
  O (38, TCP_AO_ADD_KEY, BYTES, SWB_W, "6.7", N_("Adds a key of the TCP authentication option (RFC 5925).")),
  O (39, TCP_AO_DEL_KEY, BYTES, SWB_W, "6.7", N_("Takes such a key away.")),
  O (40, TCP_AO_INFO, BYTES, SWB_RW, "6.7", N_("How the authentication option is used.")),
  O (41, TCP_AO_GET_KEYS, BYTES, SWB_R, "6.7", N_("The keys of the authentication option.")),
  O (42, TCP_AO_REPAIR, BYTES, SWB_RW | SWB_RIGHTS, "6.7", N_("Its sequence numbers, of a connection under repair.")),
  O (43, TCP_IS_MPTCP, BOOL, SWB_R, "6.9", N_("Whether the connection really is Multipath TCP.")),
  O (35, TCP_ZEROCOPY_RECEIVE, BYTES, SWB_R | SWB_TAKES, "4.18", N_("Receives into mapped memory, without a copy.")),
  O (19, TCP_REPAIR, INT, SWB_RW | SWB_RIGHTS, "3.5", N_("Takes a connection apart to put it together elsewhere.")),
  O (20, TCP_REPAIR_QUEUE, INT, SWB_RW, "3.5", N_("Which queue is under repair.")),
  O (21, TCP_QUEUE_SEQ, INT, SWB_RW, "3.5", N_("The sequence number of that queue.")),
  O (22, TCP_REPAIR_OPTIONS, BYTES, SWB_W, "3.5", N_("What both ends had agreed on.")),
  O (29, TCP_REPAIR_WINDOW, STRUCT, SWB_RW, "4.8", N_("The windows of both ends.")),
};
/* clang-format on */

const SwbOptions swb_options_tcp = { options, G_N_ELEMENTS (options) };
