/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The table of domains, types and protocols, and which of them belong together: all that socket(2) and
 * address_families(7) name. What this kernel has is the probe's business (engine/swb-probe.h); this
 * table knows what is legal. Constant data, any thread. */

G_BEGIN_DECLS

typedef struct
{
  int value;
  const char *constant; /* "AF_INET" */
  const char *word;     /* "IPv4", marked for translation: show it through _() */
} SwbConstant;

/* All domains and all types of Linux, those that have gone included. In the order shown. */
const SwbConstant *swb_catalog_get_domains (guint *n_domains);
const SwbConstant *swb_catalog_get_types (guint *n_types);

/**
 * swb_catalog_get_protocols:
 * @domain: a domain
 * @type: a type
 * @n_protocols: (out): how many
 *
 * The protocols that belong to @domain and @type: 0 first ("default: TCP") where the pair takes it, then by number. For a pair that
 * no kernel takes it is 0 alone. Names of IPv4 and IPv6 come from the system's protocol database (getprotobynumber); constants
 * are IPPROTO_TCP, NETLINK_ROUTE, ETH_P_ALL (the number in network byte order), BTPROTO_L2CAP, CAN_RAW…
 */
const SwbConstant *swb_catalog_get_protocols (int domain, int type, guint *n_protocols);

/* All protocols of the table, legal with the pair or not, for those who want to see the errno. */
const SwbConstant *swb_catalog_get_all_protocols (int domain, guint *n_protocols);

/**
 * swb_catalog_is_legal:
 *
 * Returns: whether Linux defines the triple; what this kernel was built with is another matter
 */
gboolean swb_catalog_is_legal (int domain, int type, int protocol);

/**
 * swb_catalog_explain:
 * @error: 0, or the errno with which socket() answered
 *
 * Returns: (transfer full): a sentence for a learner: "available", or why not: "This kernel was built
 *   without SCTP (EPROTONOSUPPORT): …". Translated. Looks at swb_kernel_get().
 */
char *swb_catalog_explain (int domain, int type, int protocol, int error);

/**
 * swb_catalog_parse_domain: (also _type, _protocol)
 * @text: a constant's name ("AF_INET", "PF_INET"; "SOCK_STREAM"; "IPPROTO_TCP", "tcp", "NETLINK_ROUTE") or a number
 *
 * Returns: %TRUE with @value set, or %FALSE with SWB_ERROR_UNKNOWN
 */
gboolean swb_catalog_parse_domain (const char *text, int *value, GError **error);
gboolean swb_catalog_parse_type (const char *text, int *value, GError **error);
gboolean swb_catalog_parse_protocol (const char *text, int *value, GError **error);

/* (transfer full): the constant's name ("AF_INET"; "0", "IPPROTO_TCP" and "NETLINK_ROUTE" for protocols), or the number. Parse reads it back. */
char *swb_catalog_print_domain (int domain);
char *swb_catalog_print_type (int type);
char *swb_catalog_print_protocol (int domain, int protocol);

/* (transfer full): a short label: "0 · TCP", "UDPLITE", "MPTCP", for drop-downs and captions. */
char *swb_catalog_label_protocol (int domain, int type, int protocol);

/* Whether sockets of @type keep message boundaries. */
gboolean swb_catalog_is_datagram (int type);

/**
 * swb_catalog_has_connections:
 *
 * Whether a socket speaks with one peer, after connect or from accept. Not so a SOCK_SEQPACKET of SCTP (one-to-many: sctp(7)), RDS or
 * KCM: it receives from all, and sends where each message says, as SOCK_DGRAM does.
 */
gboolean swb_catalog_has_connections (int domain, int type);

/* Whether its sockets have listen: all with connections, and one-to-many SCTP, which takes no peers without it. */
gboolean swb_catalog_has_listen (int domain, int type);

G_END_DECLS
