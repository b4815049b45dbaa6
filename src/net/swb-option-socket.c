/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>
#include <sys/socket.h>

/* clang-format off */
#define O(number, name, type, flags, since, sentence) \
  { SOL_SOCKET, number, #name, SWB_OPTION_##type, flags, since, "socket(7)", sentence }

static const SwbOption options[] = {
  O (2, SO_REUSEADDR, BOOL, SWB_RW, "", N_("Binds to a port although connections of before are still in TIME_WAIT there.")),
  O (15, SO_REUSEPORT, BOOL, SWB_RW, "3.9", N_("Several sockets bind to one port, and the kernel shares what comes among them.")),
  O (9, SO_KEEPALIVE, BOOL, SWB_RW, "", N_("Asks a silent peer from time to time whether it is still there.")),
  O (6, SO_BROADCAST, BOOL, SWB_RW, "", N_("Lets datagrams go to broadcast addresses; without it they fail with EACCES.")),
  O (8, SO_RCVBUF, INT, SWB_RW, "", N_("Bytes that may wait to be received; the kernel doubles it for its own use.")),
  O (7, SO_SNDBUF, INT, SWB_RW, "", N_("Bytes that may wait to be sent; the kernel doubles it for its own use.")),
  O (33, SO_RCVBUFFORCE, INT, SWB_W | SWB_RIGHTS, "2.6.14", N_("Like SO_RCVBUF, beyond net.core.rmem_max.")),
  O (32, SO_SNDBUFFORCE, INT, SWB_W | SWB_RIGHTS, "2.6.14", N_("Like SO_SNDBUF, beyond net.core.wmem_max.")),
  O (18, SO_RCVLOWAT, INT, SWB_RW, "", N_("The least number of bytes before a read is worth waking up for.")),
  O (19, SO_SNDLOWAT, INT, SWB_R, "", N_("The least number of bytes to send; always 1 on Linux.")),
  O (20, SO_RCVTIMEO, TIMEVAL, SWB_RW, "", N_("How long a blocking receive waits before it fails with EAGAIN; 0 is for ever.")),
  O (21, SO_SNDTIMEO, TIMEVAL, SWB_RW, "", N_("How long a blocking send waits before it fails with EAGAIN; 0 is for ever.")),
  O (13, SO_LINGER, LINGER, SWB_RW, "", N_("What close does with unsent bytes: wait for so long, or with 0 s throw them away and send a RST.")),
  O (4, SO_ERROR, INT, SWB_R | SWB_TAKES, "", N_("The error that waits to be told; reading it clears it.")),
  O (3, SO_TYPE, INT, SWB_R, "", N_("The type the socket was made with.")),
  O (39, SO_DOMAIN, INT, SWB_R, "2.6.32", N_("The domain the socket was made with.")),
  O (38, SO_PROTOCOL, INT, SWB_R, "2.6.32", N_("The protocol the socket was made with.")),
  O (30, SO_ACCEPTCONN, BOOL, SWB_R, "", N_("Whether the socket listens.")),
  O (10, SO_OOBINLINE, BOOL, SWB_RW, "", N_("Urgent data comes with the other bytes instead of beside them.")),
  O (5, SO_DONTROUTE, BOOL, SWB_RW, "", N_("Sends to neighbours on the link only, past the routing table.")),
  O (25, SO_BINDTODEVICE, TEXT, SWB_RW, "", N_("Only packets of this network interface, by name; empty for all.")),
  O (62, SO_BINDTOIFINDEX, INT, SWB_RW, "5.0", N_("Only packets of this network interface, by number; 0 for all.")),
  O (12, SO_PRIORITY, INT, SWB_RW | SWB_RIGHTS, "", N_("In which queue of the interface packets go; above 6 needs a right.")),
  O (36, SO_MARK, INT, SWB_RW | SWB_RIGHTS, "2.6.25", N_("A number on each packet for the firewall and for routing.")),
  O (75, SO_RCVMARK, BOOL, SWB_RW, "5.19", N_("Tells the mark of each received packet beside it.")),
  O (82, SO_RCVPRIORITY, BOOL, SWB_RW, "6.14", N_("Tells the priority of each received packet beside it.")),
  O (29, SO_TIMESTAMP, BOOL, SWB_RW, "", N_("Tells beside each datagram when the kernel received it, in microseconds.")),
  O (35, SO_TIMESTAMPNS, BOOL, SWB_RW, "2.6.22", N_("Tells beside each datagram when the kernel received it, in nanoseconds.")),
  O (37, SO_TIMESTAMPING, INT, SWB_RW, "2.6.30", N_("Which times of sending and receiving are told, as bits.")),
  O (40, SO_RXQ_OVFL, BOOL, SWB_RW, "2.6.33", N_("Tells beside each datagram how many were lost since the receive buffer was full.")),
  O (55, SO_MEMINFO, STRUCT, SWB_R, "4.12", N_("What the socket’s buffers hold, and how many datagrams were lost, as nine numbers.")),
  O (42, SO_PEEK_OFF, INT, SWB_RW, "3.4", N_("From which byte MSG_PEEK looks; -1 from the first.")),
  O (16, SO_PASSCRED, BOOL, SWB_RW, "", N_("Tells beside each message of a unix socket which process sent it.")),
  O (17, SO_PEERCRED, CREDENTIALS, SWB_R, "", N_("Which process, user and group connected this unix socket.")),
  O (59, SO_PEERGROUPS, BYTES, SWB_R, "4.13", N_("The other groups of the user at the other end.")),
  O (76, SO_PASSPIDFD, BOOL, SWB_RW, "6.5", N_("Sends a descriptor of the sending process beside each message.")),
  O (77, SO_PEERPIDFD, INT, SWB_R | SWB_TAKES, "6.5", N_("A descriptor of the process at the other end.")),
  O (83, SO_PASSRIGHTS, BOOL, SWB_RW, "6.16", N_("Whether descriptors may be received with messages.")),
  O (34, SO_PASSSEC, BOOL, SWB_RW, "2.6.18", N_("Tells the sender’s security label beside each message.")),
  O (31, SO_PEERSEC, TEXT, SWB_R, "2.6.2", N_("The security label of the other end.")),
  O (28, SO_PEERNAME, BYTES, SWB_R, "", N_("The address of the other end, as getpeername gives it.")),
  O (45, SO_SELECT_ERR_QUEUE, BOOL, SWB_RW, "3.10", N_("Waiting for urgent data is also waiting for reports of errors.")),
  O (44, SO_LOCK_FILTER, BOOL, SWB_RW, "3.9", N_("The filter of the socket can’t be changed any more.")),
  O (26, SO_ATTACH_FILTER, BYTES, SWB_RW, "2.2", N_("A program in classic BPF that says which packets come through.")),
  O (27, SO_DETACH_FILTER, INT, SWB_W, "2.2", N_("Takes the filter away.")),
  O (50, SO_ATTACH_BPF, INT, SWB_W, "3.19", N_("An eBPF program, by descriptor, as filter.")),
  O (51, SO_ATTACH_REUSEPORT_CBPF, BYTES, SWB_W, "4.5", N_("A program that chooses the socket among those that share a port.")),
  O (52, SO_ATTACH_REUSEPORT_EBPF, INT, SWB_W, "4.5", N_("The same in eBPF, by descriptor.")),
  O (68, SO_DETACH_REUSEPORT_BPF, INT, SWB_W, "5.3", N_("Takes that program away.")),
  O (48, SO_BPF_EXTENSIONS, INT, SWB_R, "3.14", N_("Which additions to classic BPF the kernel has.")),
  O (46, SO_BUSY_POLL, INT, SWB_RW | SWB_RIGHTS, "3.11", N_("For how many microseconds a receive asks the network card itself.")),
  O (69, SO_PREFER_BUSY_POLL, BOOL, SWB_RW | SWB_RIGHTS, "5.11", N_("Prefers asking the card to its interrupts.")),
  O (70, SO_BUSY_POLL_BUDGET, INT, SWB_RW | SWB_RIGHTS, "5.11", N_("How many packets one such question may bring.")),
  O (49, SO_INCOMING_CPU, INT, SWB_RW, "3.19", N_("On which processor packets of this socket come in.")),
  O (56, SO_INCOMING_NAPI_ID, INT, SWB_R, "4.12", N_("Which queue of the card they come from.")),
  O (47, SO_MAX_PACING_RATE, INT, SWB_RW, "3.13", N_("Bytes a second that TCP sends at most.")),
  O (60, SO_ZEROCOPY, BOOL, SWB_RW, "4.14", N_("Allows sending without a copy, with MSG_ZEROCOPY.")),
  O (61, SO_TXTIME, STRUCT, SWB_RW | SWB_RIGHTS, "4.19", N_("Packets leave at the time that stands beside them.")),
  O (53, SO_CNX_ADVICE, INT, SWB_W, "4.6", N_("Advises the kernel to look for another way to the peer.")),
  O (57, SO_COOKIE, UINT64, SWB_R, "4.12", N_("A number of the socket that no other has.")),
  O (71, SO_NETNS_COOKIE, UINT64, SWB_R, "5.14", N_("A number of the network namespace that no other has.")),
  O (72, SO_BUF_LOCK, INT, SWB_RW, "5.14", N_("Which of the buffers' sizes were set by hand, so that TCP leaves them alone.")),
  O (73, SO_RESERVE_MEM, INT, SWB_RW, "5.16", N_("Bytes of memory kept for this socket alone.")),
  O (74, SO_TXREHASH, INT, SWB_RW, "5.18", N_("Whether TCP looks for another path when packets are lost.")),
  O (11, SO_NO_CHECK, BOOL, SWB_RW, "", N_("Sends UDP datagrams over IPv4 without a checksum.")),
  O (43, SO_NOFCS, BOOL, SWB_RW, "3.4", N_("Frames leave without the check sequence of the card.")),
  O (41, SO_WIFI_STATUS, BOOL, SWB_RW, "3.3", N_("Tells whether a wireless frame was acknowledged.")),
  O (63, SO_TIMESTAMP_NEW, BOOL, SWB_RW, "5.1", N_("SO_TIMESTAMP with times beyond the year 2038.")),
  O (64, SO_TIMESTAMPNS_NEW, BOOL, SWB_RW, "5.1", N_("SO_TIMESTAMPNS with times beyond the year 2038.")),
  O (65, SO_TIMESTAMPING_NEW, INT, SWB_RW, "5.1", N_("SO_TIMESTAMPING with times beyond the year 2038.")),
  O (66, SO_RCVTIMEO_NEW, TIMEVAL, SWB_RW, "5.1", N_("SO_RCVTIMEO with 64-bit seconds on 32-bit machines too.")),
  O (67, SO_SNDTIMEO_NEW, TIMEVAL, SWB_RW, "5.1", N_("SO_SNDTIMEO with 64-bit seconds on 32-bit machines too.")),
  O (80, SO_DEVMEM_DONTNEED, BYTES, SWB_W, "6.12", N_("Gives memory of a device back that was received into.")),
  O (84, SO_INQ, BOOL, SWB_RW, "6.17", N_("Tells beside each receive how many bytes still wait.")),
  O (14, SO_BSDCOMPAT, BOOL, SWB_RW, "", N_("Did away with ICMP errors of UDP; without effect since 2.4.")),
  O (1, SO_DEBUG, BOOL, SWB_RW | SWB_RIGHTS, "", N_("Notes for the kernel’s developers.")),
};
/* clang-format on */

const SwbOptions swb_options_socket = { options, G_N_ELEMENTS (options) };
