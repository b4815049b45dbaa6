/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

/* A socket address as the kernel gets it, and its text forms. A plain value: copy it by
 * assignment. Parsing never blocks and never touches the network; a host name comes back as
 * a name, to be given to swb_address_resolve_async(). Any thread. */

G_BEGIN_DECLS

/* Room for the largest address that the kernel has (sockaddr_storage). */
typedef struct
{
  socklen_t length; /* bytes used; 0 means "no address" (a NULL pointer in the call) */
  union
  {
    sa_family_t family;
    struct sockaddr sa;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_un un;
    struct sockaddr_storage storage;
  };
} SwbAddress;

/* sun_path has 108 bytes and a path needs its NUL: unix(7). */
#define SWB_ADDRESS_PATH_MAX 107

/**
 * swb_address_parse:
 * @domain: a domain
 * @type: the socket's type (SOCK_STREAM…), for the service database: "domain" is a UDP or a TCP port
 * @text: the address in a form of its domain:
 *   AF_INET `host:port`, AF_INET6 `[host%scope]:port` (or a bare `host` without port, meaning
 *   port 0, for both), AF_UNIX a path, `@abstract` with escapes, or empty for unnamed;
 *   A path, too, has its odd bytes as escapes: `\xHH \n \r \t \\`, and `\x40` for an @ in front;
 *   other domains a form of their own (swb-address-form-table.c): `vsock 1:7000`, `netlink 0:0x1`, `x25 1234567`,
 *   `packet lo:ETH_P_IP`; the word may be left out where the domain has one form. AF_RDS and AF_SMC have those of AF_INET;
 *   any domain `hex:` followed by the raw bytes of the sockaddr, family included.
 * @address: (out): the address; where @host is returned, it has family and port only
 * @host: (out) (transfer full) (nullable): a name that is to be resolved, or %NULL when
 *   @address is complete
 * @error_position: (out) (optional): byte offset in @text of the place of the error
 * @error: set in domain `SWB_ERROR`: RANGE, UNKNOWN (service), TOO_LONG, SYNTAX
 *
 * AF_INET hosts: a name, a dotted quad, inet_aton() shorts (`127.1`), an integer in host byte order
 * (`2130706433`), empty for INADDR_ANY, `<broadcast>` for INADDR_BROADCAST. AF_INET6 hosts: the same
 * (no numbers, and no broadcast) in brackets where a port follows; without brackets a single colon
 * stands before a port, since no IPv6 address has just one; a scope by name or number. Ports: a number, a numeric
 * string, a service of the system's database, empty for 0.
 *
 * Returns: %TRUE, or %FALSE with @error set and the outputs untouched
 */
gboolean swb_address_parse (int domain, int type, const char *text, SwbAddress *address,
                            char **host, gsize *error_position, GError **error);

/**
 * swb_address_parse_parts:
 * @host_text: the host alone (no brackets needed), or for AF_UNIX the path
 * @port_text: the port alone; ignored for AF_UNIX
 * @in_port: (out) (optional): %TRUE when the error is in the port, not in the host
 *
 * The same for two entries that stand side by side.
 */
gboolean swb_address_parse_parts (int domain, int type, const char *host_text,
                                  const char *port_text, SwbAddress *address, char **host,
                                  gboolean *in_port, GError **error);

/**
 * swb_address_join_parts:
 *
 * Returns: (transfer full): the one-text form (`host:port`, `[host]:port`, path) of two entries
 */
char *swb_address_join_parts (int domain, const char *host_text, const char *port_text);

/**
 * swb_address_split_parts:
 *
 * The inverse: what to show in the two entries for @text. Does not judge; never fails.
 */
void swb_address_split_parts (int domain, const char *text, char **host_text, char **port_text);

/**
 * swb_address_resolve_async:
 * @domain: AF_INET or AF_INET6: other answers are listed but not chosen
 * @host: a name from swb_address_parse()
 * @port: port in host byte order, put into every result
 *
 * Looks @host up through GResolver.
 */
void swb_address_resolve_async (int domain, const char *host, guint16 port,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * swb_address_resolve_finish:
 * @chosen: (out): the address to use: the first of @domain, in the resolver's order
 * @story: (out) (transfer full) (optional): one sentence that lists every answer, and says which was
 *   chosen and why, for the journal: "localhost is ::1, 127.0.0.1; 127.0.0.1 chosen: the first IPv4 address";
 *   on failure the list alone where none of it is of @domain, otherwise %NULL
 * @error: SWB_ERROR_UNRESOLVED, or the resolver's own, with the name in the message
 */
gboolean swb_address_resolve_finish (GAsyncResult *result, SwbAddress *chosen, char **story,
                                     GError **error);

/**
 * swb_address_print:
 * @address: an address; length 0 prints as ""
 *
 * The form that swb_address_parse() reads back to the same bytes: `127.0.0.1:7000`,
 * `[fe80::1%2]:7000`, `/run/x.sock`, `@demo`, `hex:…` for what has no other form.
 * Control bytes of unix names are escaped.
 *
 * Returns: (transfer full): never %NULL
 */
char *swb_address_print (const SwbAddress *address);

/**
 * swb_address_show:
 *
 * As swb_address_print(), for a person at this machine: interfaces by their names here, where they have one now
 * ("[fe80::1%eth0]:7000", "can vcan0"), and of AF_PACKET, whatever its length, what one would give to bind or to
 * send there: "packet lo:ETH_P_IP". Reads files. Not for recordings, whose interfaces were another machine's.
 *
 * Returns: (transfer full): a text that swb_address_parse() reads
 */
char *swb_address_show (const SwbAddress *address);

/**
 * swb_address_describe_bytes:
 *
 * Returns: (transfer full): "sockaddr_in · 16 B  02 00 1b 58 7f 00 00 01 00…", the bytes in memory order, all of them
 */
char *swb_address_describe_bytes (const SwbAddress *address);

/* Whether an address may begin with this word: "vsock", "x25". */
gboolean swb_address_is_form_word (const char *word);

/**
 * swb_address_dup_help:
 *
 * Returns: (transfer full): the text forms of the domain's addresses, one a line: "vsock CID:PORT"; what may be left out
 *   is not marked. Of a domain without a form of its own "hex:…". Not for inet and unix
 */
char *swb_address_dup_help (int domain);

gboolean swb_address_equal (const SwbAddress *a, const SwbAddress *b);

/* Port in host byte order, 0 where the domain has none. */
guint16 swb_address_get_port (const SwbAddress *address);

/**
 * swb_address_is_exposed:
 *
 * Returns: %TRUE when a server bound here is reachable from other machines: of IP
 *   anything but loopback; of other domains those that listen at all and leave the machine
 */
gboolean swb_address_is_exposed (const SwbAddress *address);

G_END_DECLS
