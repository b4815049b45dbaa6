/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Lines of strace 6.1 of a program that made these calls, with its alignment taken out,
 * "0x0" where it has a pointer, and nine digits of time. */
static const char *const strace_lines[] = {
  "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 3",
  "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4",
  "socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE) = 5",
  "socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6) = 6",
  "socket(AF_INET6, SOCK_STREAM, IPPROTO_MPTCP) = 7",
  "socket(AF_UNIX, SOCK_SEQPACKET, 7) = -1 EPROTONOSUPPORT (Protocol not supported)",
  "socket(0x63 /* AF_??? */, SOCK_RAW|0x60 /* SOCK_??? */, 99) = -1 EINVAL (Invalid "
  "argument)",
  "socket(AF_INET, SOCK_CLOEXEC|SOCK_NONBLOCK|0xfff7f7ff, 0xffffffff /* IPPROTO_??? */) = "
  "-1 EINVAL (Invalid "
  "argument)",
  "socket(AF_INET, 0xf /* SOCK_??? */, IPPROTO_IP) = -1 EINVAL (Invalid argument)",
  "socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP) = -1 ESOCKTNOSUPPORT (Socket type not "
  "supported)",
  "socket(AF_INET, SOCK_DCCP|SOCK_CLOEXEC, IPPROTO_DCCP) = -1 ESOCKTNOSUPPORT (Socket type "
  "not supported)",
  "socket(AF_INET, 0, 0x12c /* IPPROTO_??? */) = -1 EINVAL (Invalid argument)",
  "socket(AF_UNSPEC, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported by "
  "protocol)",
  "bind(-1, {sa_family=AF_NETLINK, nl_pid=4711, nl_groups=0x000011}, 12) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), sll_ifindex=1, sll_hatype=ARPHRD_LOOPBACK, sll_pkttype=PACKET_HOST, sll_halen=6, sll_addr=[00, 0x11, 0x22, 0x33, 0x44, 0x55]}, 20) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ARP), sll_ifindex=1, sll_hatype=ARPHRD_NETROM, sll_pkttype=PACKET_HOST, sll_halen=0}, 20) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_PACKET, sa_data=\"\\10\\6\\1\\0\\0\\0\\4\\3\\1\\6\\0\\21\\\"3DU\"}, 18) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_VSOCK, svm_cid=VMADDR_CID_LOCAL, svm_port=0x1b58, svm_flags=0}, 16) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_VSOCK, svm_cid=VMADDR_CID_ANY, svm_port=VMADDR_PORT_ANY, svm_flags=VMADDR_FLAG_TO_HOST}, 16) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_VSOCK, svm_cid=0x3, svm_port=0x1b58, svm_flags=0}, 16) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_PACKET, sll_protocol=htons(0x1234 /* ETH_P_??? */), sll_ifindex=0, sll_hatype=ARPHRD_VOID, sll_pkttype=PACKET_KERNEL, sll_halen=6, sll_addr=[00, 0x11, 0x22, 0x33, 0x44, 0x55]}, 20) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_PACKET, sll_protocol=htons(0 /* ETH_P_??? */), sll_ifindex=99, sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, sll_halen=8, sll_addr=[00, 0x11, 0x22, 0x33, 0x44, 0x55, 00, 00]}, 20) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_X25, sx25_addr={x25_addr=\"1234567\"}}, 18) = -1 EBADF (Bad file descriptor)",
  "bind(-1, {sa_family=AF_TIPC, sa_data=\"\\2\\0\\310I\\0\\0\\21\\0\\0\\0\\0\\0\\0\\0\\0\"}, 17) = -1 EBADF (Bad file descriptor)",
  "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3",
  "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT) = 3",
  "socket(AF_NETLINK, SOCK_DGRAM|SOCK_CLOEXEC, NETLINK_UNUSED) = -1 EPROTONOSUPPORT (Protocol not supported)",
  "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, 0x11 /* NETLINK_??? */) = -1 EPROTONOSUPPORT (Protocol not supported)",
  "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, 0x28 /* NETLINK_??? */) = -1 EPROTONOSUPPORT (Protocol not supported)",
  "socket(AF_PACKET, SOCK_RAW|SOCK_CLOEXEC, htons(ETH_P_ALL)) = 3",
  "socket(AF_PACKET, SOCK_DGRAM|SOCK_CLOEXEC, htons(ETH_P_ARP)) = 3",
  "socket(AF_PACKET, SOCK_DGRAM|SOCK_CLOEXEC, htons(0 /* ETH_P_??? */)) = 3",
  "socket(AF_PACKET, SOCK_RAW|SOCK_CLOEXEC, htons(0x500 /* ETH_P_??? */)) = 3",
  "socket(AF_BLUETOOTH, SOCK_STREAM|SOCK_CLOEXEC, BTPROTO_RFCOMM) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_BLUETOOTH, SOCK_STREAM|SOCK_CLOEXEC, 0xc /* BTPROTO_??? */) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_CAN, SOCK_RAW|SOCK_CLOEXEC, CAN_RAW) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_VSOCK, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3",
  "socket(AF_VSOCK, SOCK_STREAM|SOCK_CLOEXEC, 40) = 3",
  "socket(AF_KEY, SOCK_RAW|SOCK_CLOEXEC, 2) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_X25, SOCK_SEQPACKET|SOCK_CLOEXEC, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_PHONET, SOCK_DGRAM|SOCK_CLOEXEC, PN_PROTO_PHONET) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_PPPOX, SOCK_STREAM|SOCK_CLOEXEC, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_SMC, SOCK_STREAM|SOCK_CLOEXEC, SMCPROTO_SMC6) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_NFC, SOCK_RAW|SOCK_CLOEXEC, NFC_SOCKPROTO_LLCP) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_ALG, SOCK_SEQPACKET|SOCK_CLOEXEC, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "socket(AF_INET, SOCK_RAW|SOCK_CLOEXEC, IPPROTO_RAW) = 3",
  "socket(AF_INET, SOCK_RAW|SOCK_CLOEXEC, 0x100 /* IPPROTO_??? */) = 3",
  "socket(AF_INET, SOCK_PACKET|SOCK_CLOEXEC, 0x300 /* IPPROTO_??? */) = 3",
  "socketpair(AF_UNIX, SOCK_STREAM, 0, [14, 15]) = 0",
  "socketpair(AF_INET, SOCK_STREAM, 0, 0x0) = -1 EOPNOTSUPP (Operation not "
  "supported)",
  "bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}, 16) "
  "= 0",
  "bind(3, {sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}, "
  "16) = -1 EADDRINUSE "
  "(Address already in use)",
  "bind(3, {sa_family=AF_INET, sa_data=\"\\0\\0\\177\\0\\0\\1\\0\\0\"}, 10) = -1 EINVAL "
  "(Invalid argument)",
  "bind(3, {sa_family=AF_INET}, 2) = -1 EINVAL (Invalid argument)",
  "bind(3, 0x0, 1) = -1 EINVAL (Invalid argument)",
  "bind(3, NULL, 0) = -1 EINVAL (Invalid argument)",
  "bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}, 128) "
  "= -1 EINVAL "
  "(Invalid argument)",
  "bind(3, {sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(5), "
  "inet_pton(AF_INET6, \"::1\", "
  "&sin6_addr), sin6_scope_id=77}, 28) = -1 EAFNOSUPPORT (Address family not supported by "
  "protocol)",
  "bind(3, {sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(5), "
  "inet_pton(AF_INET6, "
  "\"ff02::1\", &sin6_addr)}, 24) = -1 EAFNOSUPPORT (Address family not supported by "
  "protocol)",
  "bind(3, {sa_family=AF_INET6, "
  "sa_data=\"\\33X\\0\\0\\0\\5\\377\\2\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, "
  "23) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "bind(16, {sa_family=AF_UNIX, sun_path=\"/tmp/so\\\"\\nck\\303\\251\\201t1\"}, 110) = 0",
  "bind(17, {sa_family=AF_UNIX, sun_path=@\"demo\\0x\\\"y\"}, 11) = 0",
  "bind(17, {sa_family=AF_UNIX, sun_path=\"/tm\"}, 5) = -1 EINVAL (Invalid argument)",
  "bind(17, {sa_family=AF_UNIX}, 2) = 0",
  "bind(17, {sa_family=AF_UNIX, sun_path=@\"\"}, 3) = -1 EINVAL (Invalid argument)",
  "listen(3, 128) = 0",
  "listen(3, -1) = 0",
  "connect(19, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr(\"127.0.0.1\")}, "
  "16) = -1 EINPROGRESS "
  "(Operation now in progress)",
  "getsockname(16, {sa_family=AF_UNIX, sun_path=\"/tmp/x\"}, [300 => 9]) = 0",
  "getsockname(18, {sa_family=AF_UNIX, sun_path=@\"1004f\"}, [128 => 8]) = 0",
  "getsockname(18, {sa_family=AF_UNIX, sun_path=@\"\"}, [3 => 8]) = 0",
  "getsockname(18, 0x0, [0 => 8]) = 0",
  "getsockname(18, {sa_family=AF_UNIX}, [2 => 8]) = 0",
  "getsockname(22, {sa_family=AF_INET, sin_port=htons(54727), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, [16]) = 0",
  "getsockname(3, {sa_family=AF_INET, sa_data=\"\\244]\\177\\0\\0\\1\\0\\0\"}, [10 => 16]) "
  "= 0",
  "getpeername(3, 0x0, [128]) = -1 ENOTCONN (Transport endpoint is not connected)",
  "getsockname(3, 0x0, [-1]) = -1 EINVAL (Invalid argument)",
  "accept4(3, {sa_family=AF_INET, sin_port=htons(39460), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => 16], "
  "SOCK_CLOEXEC|SOCK_NONBLOCK) = 20",
  "accept4(3, 0x0, [128], SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable)",
  "accept4(3, NULL, NULL, SOCK_NONBLOCK|0x1) = -1 EINVAL (Invalid argument)",
  "accept4(3, NULL, NULL, 0x1 /* SOCK_??? */) = -1 EINVAL (Invalid argument)",
  "sendto(19, \"he\\0001\\t\\n\\r\\v\\f\\33\\\"\\\\\\200\\377'a\", 16, MSG_NOSIGNAL, NULL, "
  "0) = 16",
  "sendto(19, \"a\\0b\\09\", 5, "
  "MSG_OOB|MSG_DONTWAIT|MSG_NOSIGNAL|MSG_CMSG_COMPAT|0x100000, NULL, 0) = 5",
  "sendto(19, \"\", 0, 0, NULL, 0) = 0",
  "sendto(4, \"x\", 1, MSG_PROBE, NULL, 0) = 1",
  "sendto(21, \"\", 0, 0, {sa_family=AF_INET, sin_port=htons(54727), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0",
  "sendto(21, \"12\", 2, 0, {sa_family=0x63 /* AF_??? */, sa_data=\"abcdefgh\\1\"}, 11) = "
  "2",
  "sendto(21, \"12\", 2, 0, {sa_family=0x63 /* AF_??? */}, 2) = 2",
  "recvfrom(20, 0x0, 300, MSG_DONTWAIT|MSG_WAITALL|MSG_ERRQUEUE, NULL, NULL) = -1 EAGAIN "
  "(Resource temporarily "
  "unavailable)",
  "recvfrom(20, 0x0, 100, 0, 0x0, [128]) = -1 EAGAIN (Resource temporarily unavailable)",
  "recvfrom(20, \"\", 300, 0, NULL, NULL) = 0",
  "recvfrom(22, \"dat\", 3, MSG_TRUNC, {sa_family=AF_INET, sin_port=htons(59946), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => 16]) = 8",
  "recvfrom(17, \"zz\", 100, 0, 0x0, [128 => 0]) = 2",
  "recvmsg(3, {msg_namelen=128}, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily "
  "unavailable)",
  "recvmsg(3, {msg_name={sa_family=AF_INET, sin_port=htons(59302), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, msg_namelen=128 => 16, "
  "msg_iov=[{iov_base=\"hel\", iov_len=3}], msg_iovlen=1, "
  "msg_control=[{cmsg_len=32, cmsg_level=SOL_SOCKET, "
  "cmsg_type=SO_TIMESTAMPNS_OLD, cmsg_data={tv_sec=1795367401, "
  "tv_nsec=820619783}}, {cmsg_len=28, cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO, "
  "cmsg_data={ipi_ifindex=1, ipi_spec_dst=inet_addr(\"127.0.0.1\"), "
  "ipi_addr=inet_addr(\"127.0.0.1\")}}, {cmsg_len=20, cmsg_level=SOL_IP, "
  "cmsg_type=IP_TTL, cmsg_data=[64]}, {cmsg_len=17, cmsg_level=SOL_IP, "
  "cmsg_type=IP_TOS, cmsg_data=[0]}], msg_controllen=112, msg_flags=MSG_TRUNC}, "
  "MSG_TRUNC|MSG_DONTWAIT) = 5",
  "recvmsg(4, {msg_name={sa_family=AF_INET, sin_port=htons(53017), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, msg_namelen=128 => 16, "
  "msg_iov=[{iov_base=\"x\", iov_len=65536}], msg_iovlen=1, "
  "msg_control=[{cmsg_len=48, cmsg_level=SOL_IP, cmsg_type=IP_RECVERR, "
  "cmsg_data={ee_errno=111, ee_origin=2, ee_type=3, ee_code=3, ee_info=0, "
  "ee_data=0, offender={sa_family=AF_INET, sin_port=htons(0), "
  "sin_addr=inet_addr(\"127.0.0.1\")}}}], msg_controllen=48, "
  "msg_flags=MSG_ERRQUEUE}, MSG_DONTWAIT|MSG_ERRQUEUE) = 1",
  "recvmsg(4, {msg_name=0x0, msg_namelen=128 => 0, msg_iov=[{iov_base=\"hi\", "
  "iov_len=65536}], msg_iovlen=1, msg_control=[{cmsg_len=28, "
  "cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=24848, "
  "uid=0, gid=0}}, {cmsg_len=24, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, "
  "cmsg_data=[5, 6]}], msg_controllen=56, msg_flags=MSG_CMSG_CLOEXEC}, "
  "MSG_TRUNC|MSG_DONTWAIT|MSG_CMSG_CLOEXEC) = 2",
  "recvmsg(8, {msg_name=0x0, msg_namelen=128 => 0, msg_iov=[{iov_base=\"abc\", "
  "iov_len=65536}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, MSG_DONTWAIT) "
  "= 3",
  "recvmsg(8, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"\", "
  "iov_len=65536}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, MSG_DONTWAIT) "
  "= 0",
  "recvmsg(3, {msg_name=0x0, msg_namelen=128 => 0, msg_iov=[{iov_base=\"x\", "
  "iov_len=9}], msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, "
  "cmsg_type=0x28 /* SCM_??? */, cmsg_data=\"\\17\\0\\0\\0\"}, {cmsg_len=20, "
  "cmsg_level=SOL_IPV6, cmsg_type=0x34, cmsg_data=\"@\\0\\0\\0\"}, {cmsg_len=17, "
  "cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=\"@\"}], msg_controllen=72, "
  "msg_flags=0}, 0) = 1",
  "shutdown(19, SHUT_WR) = 0",
  "shutdown(19, 0x5 /* SHUT_??? */) = -1 EINVAL (Invalid argument)",
  "setsockopt(19, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0",
  "setsockopt(19, SOL_TCP, TCP_NODELAY, \"\\1\", 1) = -1 EINVAL (Invalid argument)",
  "setsockopt(19, SOL_SOCKET, SO_REUSEADDR, 0x0, 0) = -1 EINVAL (Invalid argument)",
  "setsockopt(19, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}, 8) = 0",
  "setsockopt(19, SOL_SOCKET, SO_RCVTIMEO_OLD, \"\\1\\0\\0\\0\\0\\0\\0\\0 "
  "\\241\\7\\0\\0\\0\\0\\0\", 16) = 0",
  "setsockopt(3, SOL_TCP, TCP_CONGESTION, [1869505906], 4) = 0",
  "setsockopt(19, SOL_TCP, TCP_CONGESTION, \"cubic\", 5) = 0",
  "setsockopt(19, SOL_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.1\"), "
  "imr_interface=inet_addr(\"0.0.0.0\")}, 12) = 0",
  "setsockopt(19, SOL_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.1\"), "
  "imr_interface=inet_addr(\"0.0.0.0\")}, 8) = 0",
  "setsockopt(19, SOL_IPV6, IPV6_V6ONLY, [2], 4) = -1 ENOPROTOOPT (Protocol not available)",
  "setsockopt(19, SOL_UDP, UDP_SEGMENT, [2], 4) = -1 ENOPROTOOPT (Protocol not available)",
  "setsockopt(19, SOL_UDPLITE, 10, [2], 4) = -1 ENOPROTOOPT (Protocol not available)",
  "setsockopt(19, 0xffffffff /* SOL_?? */, 4294967295, [2], 4) = -1 ENOPROTOOPT (Protocol "
  "not available)",
  "setsockopt(19, SOL_SOCKET, 0x3e7 /* SO_??? */, [32768], 4) = -1 ENOPROTOOPT (Protocol "
  "not available)",
  "getsockopt(19, SOL_SOCKET, SO_ERROR, [0], [4]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_RCVBUF, [2304], [8 => 4]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_RCVBUF, 0x0, [0]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}, [8]) = 0",
  "getsockopt(14, SOL_SOCKET, SO_PEERCRED, {pid=24373, uid=0, gid=0}, [12]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_BINDTODEVICE, \"lo\\0\", [100 => 3]) = 0",
  "getsockopt(19, 0x3e7 /* SOL_?? */, 999, 0x0, [4]) = -1 EOPNOTSUPP (Operation not "
  "supported)",
  "getsockopt(19, SOL_SOCKET, SO_TYPE, 0x0, [-5]) = -1 EINVAL (Invalid argument)",
  "unlink(\"/tmp/so\\\"\\nck\\303\\251\\201t1\") = -1 ENOENT (No such file or directory)",
  "unlink(\"/nonexist\\0016\") = -1 ENOENT (No such file or directory)",
  "close(3) = 0",
  "close(-1) = -1 EBADF (Bad file descriptor)",
};

/* Lines that only a journal has. */
static const char *const own_lines[] = {
  "server#1 1732282.123456790 recvfrom(4, \"hello\", 65536, 0, NULL, NULL) = 5 "
  "<0.000003000>",
  "server#all 1732282.123456790 close(4) = 0 <0.000000000>",
  "client 1732282.200000000 > #3 client connect 127.0.0.1:7000",
  "client 1732282.200000000 > #3 client send \"hello\\n\"",
  "client 1732282.300000000 < #3 ECONNREFUSED connect: nobody listens there <0.000100000>",
  "client 1732282.300000000 < #3 ok",
  "client 1732282.300000000 < #3 ok <0.000100000>",
  "client 1732282.400000000 * waiting(65536) 65,536 bytes wait…",
  "pane0 1732282.400000000 * limit(1,4096) Records before 4096 are gone.",
  "client 1732282.400000000 * text (hi)",
  "client 1732282.400000000 * note99(1,0,-3)",
  "client 1732282.400000000 * text \"\\33[31mred\"",
  "client 1732282.400000000 * text \"it took <0.000000001>\"",
  "client 1732282.400000000 * text \"\\\"quoted\\\"\" <4.294967295>",
  "client 0.000000000 sendto(4, \"hel\"..., 5, 0, NULL, 0) = 3 <0.000000001>",
  "client 0.000000000 sendto(4, \"\"..., 5, 0, NULL, 0) = -1 EPIPE (Broken pipe) "
  "<0.000000001>",
};
