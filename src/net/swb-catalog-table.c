/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-catalog-table.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <sys/socket.h>

const SwbConstant swb_catalog_domains[] = {
  { AF_INET, "AF_INET", N_ ("IPv4") },
  { AF_INET6, "AF_INET6", N_ ("IPv6") },
  { AF_UNIX, "AF_UNIX", N_ ("this machine") },
};
const guint swb_catalog_n_domains = G_N_ELEMENTS (swb_catalog_domains);

const SwbConstant swb_catalog_types[] = {
  { SOCK_STREAM, "SOCK_STREAM", N_ ("stream of bytes") },
  { SOCK_DGRAM, "SOCK_DGRAM", N_ ("datagrams") },
  { SOCK_SEQPACKET, "SOCK_SEQPACKET", N_ ("connection of messages") },
  { SOCK_DCCP, "SOCK_DCCP", N_ ("datagrams with congestion control") },
};
const guint swb_catalog_n_types = G_N_ELEMENTS (swb_catalog_types);

const SwbConstant swb_catalog_protocols[] = {
  { IPPROTO_ICMP, "IPPROTO_ICMP", "ICMP" },
  { IPPROTO_TCP, "IPPROTO_TCP", "TCP" },
  { IPPROTO_UDP, "IPPROTO_UDP", "UDP" },
  { IPPROTO_DCCP, "IPPROTO_DCCP", "DCCP" },
  { IPPROTO_ICMPV6, "IPPROTO_ICMPV6", "IPV6-ICMP" },
  { IPPROTO_SCTP, "IPPROTO_SCTP", "SCTP" },
  { IPPROTO_UDPLITE, "IPPROTO_UDPLITE", "UDPLITE" },
  { IPPROTO_MPTCP, "IPPROTO_MPTCP", "MPTCP" },
};
const guint swb_catalog_n_protocols = G_N_ELEMENTS (swb_catalog_protocols);

/* The inetsw tables of net/ipv4 and net/ipv6, and unix_create() in net/unix. SOCK_DGRAM
 * with ICMP is the ping socket of icmp(7). unix_create() also takes PF_UNIX itself as
 * protocol; it means the same as 0. */
const SwbTriple swb_catalog_triples[] = {
  { AF_INET, SOCK_STREAM, IPPROTO_TCP, TRUE },
  { AF_INET, SOCK_STREAM, IPPROTO_SCTP, FALSE },
  { AF_INET, SOCK_STREAM, IPPROTO_MPTCP, FALSE },
  { AF_INET, SOCK_DGRAM, IPPROTO_UDP, TRUE },
  { AF_INET, SOCK_DGRAM, IPPROTO_ICMP, FALSE },
  { AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, FALSE },
  { AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP, TRUE },
  { AF_INET, SOCK_DCCP, IPPROTO_DCCP, TRUE },

  { AF_INET6, SOCK_STREAM, IPPROTO_TCP, TRUE },
  { AF_INET6, SOCK_STREAM, IPPROTO_SCTP, FALSE },
  { AF_INET6, SOCK_STREAM, IPPROTO_MPTCP, FALSE },
  { AF_INET6, SOCK_DGRAM, IPPROTO_UDP, TRUE },
  { AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6, FALSE },
  { AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, FALSE },
  { AF_INET6, SOCK_SEQPACKET, IPPROTO_SCTP, TRUE },
  { AF_INET6, SOCK_DCCP, IPPROTO_DCCP, TRUE },

  { AF_UNIX, SOCK_STREAM, 0, TRUE },
  { AF_UNIX, SOCK_STREAM, PF_UNIX, FALSE },
  { AF_UNIX, SOCK_DGRAM, 0, TRUE },
  { AF_UNIX, SOCK_DGRAM, PF_UNIX, FALSE },
  { AF_UNIX, SOCK_SEQPACKET, 0, TRUE },
  { AF_UNIX, SOCK_SEQPACKET, PF_UNIX, FALSE },
};
const guint swb_catalog_n_triples = G_N_ELEMENTS (swb_catalog_triples);
