/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-address-form.h"

#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include <linux/ax25.h>
#include <linux/atalk.h>
#include <linux/atm.h>
#include <linux/caif/caif_socket.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/if_pppox.h>
#include <linux/if_xdp.h>
#include <linux/llc.h>
#include <linux/mctp.h>
#include <linux/netlink.h>
#include <linux/nfc.h>
#include <linux/phonet.h>
#include <linux/qrtr.h>
#include <linux/rose.h>
#include <linux/rxrpc.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <linux/x25.h>
#include <netiucv/iucv.h>

#include "net/swb-error.h"

static const SwbForm *
find_form (const char *word)
{
  for (guint i = 0; i < swb_address_n_forms; i++)
    if (g_str_equal (swb_address_forms[i].word, word))
      return &swb_address_forms[i];

  g_assert_not_reached ();
}

/* Where the header has the member, the form has the field. */
#define ASSERT_FIELD(word, number, type, member)                                           \
  G_STMT_START                                                                             \
  {                                                                                        \
    const SwbField *field_ = &find_form (word)->fields[number];                            \
    type *value_ = NULL;                                                                   \
                                                                                           \
    g_assert_cmpuint (field_->offset, ==, G_STRUCT_OFFSET (type, member));                 \
    g_assert_cmpuint (field_->size, ==, sizeof value_->member);                            \
    g_assert_cmpuint (find_form (word)->length, ==, sizeof (type));                        \
  }                                                                                        \
  G_STMT_END

static void
test_headers (void)
{
  g_test_summary ("Fields lie where the kernel's headers have them");

  ASSERT_FIELD ("netlink", 0, struct sockaddr_nl, nl_pid);
  ASSERT_FIELD ("netlink", 1, struct sockaddr_nl, nl_groups);
  ASSERT_FIELD ("packet", 0, struct sockaddr_ll, sll_ifindex);
  ASSERT_FIELD ("packet", 1, struct sockaddr_ll, sll_protocol);
  ASSERT_FIELD ("packet", 3, struct sockaddr_ll, sll_hatype);
  ASSERT_FIELD ("packet", 4, struct sockaddr_ll, sll_pkttype);
  ASSERT_FIELD ("vsock", 0, struct sockaddr_vm, svm_cid);
  ASSERT_FIELD ("vsock", 1, struct sockaddr_vm, svm_port);
  ASSERT_FIELD ("x25", 0, struct sockaddr_x25, sx25_addr);
  ASSERT_FIELD ("ax25", 0, struct sockaddr_ax25, sax25_call);
  ASSERT_FIELD ("ax25-via", 1, struct full_sockaddr_ax25, fsa_digipeater[0]);
  ASSERT_FIELD ("ax25-via", 8, struct full_sockaddr_ax25, fsa_digipeater[7]);
  ASSERT_FIELD ("rose", 0, struct sockaddr_rose, srose_addr);
  ASSERT_FIELD ("rose", 1, struct sockaddr_rose, srose_call);
  ASSERT_FIELD ("rose", 2, struct sockaddr_rose, srose_digi);
  ASSERT_FIELD ("can", 0, struct sockaddr_can, can_ifindex);
  ASSERT_FIELD ("can", 1, struct sockaddr_can, can_addr.tp.rx_id);
  ASSERT_FIELD ("can", 2, struct sockaddr_can, can_addr.tp.tx_id);
  ASSERT_FIELD ("j1939", 1, struct sockaddr_can, can_addr.j1939.name);
  ASSERT_FIELD ("j1939", 2, struct sockaddr_can, can_addr.j1939.pgn);
  ASSERT_FIELD ("j1939", 3, struct sockaddr_can, can_addr.j1939.addr);
  ASSERT_FIELD ("tipc", 0, struct sockaddr_tipc, addr.name.name.type);
  ASSERT_FIELD ("tipc", 1, struct sockaddr_tipc, addr.name.name.instance);
  ASSERT_FIELD ("tipc", 2, struct sockaddr_tipc, addr.name.domain);
  ASSERT_FIELD ("tipc", 3, struct sockaddr_tipc, scope);
  ASSERT_FIELD ("tipc-range", 1, struct sockaddr_tipc, addr.nameseq.lower);
  ASSERT_FIELD ("tipc-socket", 0, struct sockaddr_tipc, addr.id.ref);
  ASSERT_FIELD ("tipc-socket", 1, struct sockaddr_tipc, addr.id.node);
  ASSERT_FIELD ("alg", 0, struct sockaddr_alg, salg_type);
  ASSERT_FIELD ("alg", 1, struct sockaddr_alg, salg_name);
  ASSERT_FIELD ("alg", 2, struct sockaddr_alg, salg_feat);
  ASSERT_FIELD ("phonet", 0, struct sockaddr_pn, spn_dev);
  ASSERT_FIELD ("phonet", 2, struct sockaddr_pn, spn_resource);
  ASSERT_FIELD ("llc", 0, struct sockaddr_llc, sllc_mac);
  ASSERT_FIELD ("llc", 1, struct sockaddr_llc, sllc_sap);
  ASSERT_FIELD ("appletalk", 0, struct sockaddr_at, sat_addr.s_net);
  ASSERT_FIELD ("appletalk", 1, struct sockaddr_at, sat_addr.s_node);
  ASSERT_FIELD ("appletalk", 2, struct sockaddr_at, sat_port);
  ASSERT_FIELD ("qrtr", 0, struct sockaddr_qrtr, sq_node);
  ASSERT_FIELD ("qrtr", 1, struct sockaddr_qrtr, sq_port);
  ASSERT_FIELD ("xdp", 0, struct sockaddr_xdp, sxdp_ifindex);
  ASSERT_FIELD ("xdp", 1, struct sockaddr_xdp, sxdp_queue_id);
  ASSERT_FIELD ("xdp", 3, struct sockaddr_xdp, sxdp_shared_umem_fd);
  ASSERT_FIELD ("mctp", 0, struct sockaddr_mctp, smctp_network);
  ASSERT_FIELD ("mctp", 1, struct sockaddr_mctp, smctp_addr);
  ASSERT_FIELD ("mctp", 3, struct sockaddr_mctp, smctp_tag);
  ASSERT_FIELD ("nfc", 2, struct sockaddr_nfc, nfc_protocol);
  ASSERT_FIELD ("pppoe", 0, struct sockaddr_pppox, sa_addr.pppoe.sid);
  ASSERT_FIELD ("pppoe", 2, struct sockaddr_pppox, sa_addr.pppoe.dev);
  ASSERT_FIELD ("rxrpc", 0, struct sockaddr_rxrpc, srx_service);
  ASSERT_FIELD ("rxrpc6", 1, struct sockaddr_rxrpc, transport.sin6.sin6_addr);
  ASSERT_FIELD ("rxrpc6", 2, struct sockaddr_rxrpc, transport.sin6.sin6_port);
  ASSERT_FIELD ("rxrpc6", 3, struct sockaddr_rxrpc, transport.sin6.sin6_scope_id);
  ASSERT_FIELD ("atmsvc", 0, struct sockaddr_atmsvc, sas_addr.prv);
  ASSERT_FIELD ("atmsvc", 1, struct sockaddr_atmsvc, sas_addr.pub);
  ASSERT_FIELD ("atmsvc", 2, struct sockaddr_atmsvc, sas_addr.lij_type);
  ASSERT_FIELD ("atmsvc", 3, struct sockaddr_atmsvc, sas_addr.lij_id);
  ASSERT_FIELD ("iucv", 0, struct sockaddr_iucv, siucv_user_id);
  ASSERT_FIELD ("iucv", 1, struct sockaddr_iucv, siucv_name);
  ASSERT_FIELD ("iucv", 2, struct sockaddr_iucv, siucv_nodeid);
  ASSERT_FIELD ("atmpvc", 0, struct sockaddr_atmpvc, sap_addr.itf);
  ASSERT_FIELD ("atmpvc", 1, struct sockaddr_atmpvc, sap_addr.vpi);
  ASSERT_FIELD ("atmpvc", 2, struct sockaddr_atmpvc, sap_addr.vci);
  ASSERT_FIELD ("caif-at", 0, struct sockaddr_caif, u.at.type);
  ASSERT_FIELD ("caif-datagram", 0, struct sockaddr_caif, u.dgm.connection_id);
  ASSERT_FIELD ("caif-files", 1, struct sockaddr_caif, u.rfm.volume);
  ASSERT_FIELD ("caif-service", 0, struct sockaddr_caif, u.util.service);
}

static void
assert_parses (int domain, const char *text, const char *hex)
{
  SwbAddress address, raw;
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL, *none = NULL, *printed = NULL;
  gsize position = 0;

  if (!swb_address_parse (domain, SOCK_DGRAM, text, &address, &host, &position, &error))
    g_error ("%s: %s", text, error->message);
  g_assert_true (swb_address_parse (domain, SOCK_DGRAM, hex, &raw, &none, NULL, &error));
  printed = swb_address_describe_bytes (&address);
  if (!swb_address_equal (&address, &raw))
    g_error ("%s is %s", text, printed);
}

static void
test_bytes (void)
{
  g_test_summary ("A text is the bytes that a program in C would give");

  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      g_test_skip ("the bytes are those of a little-endian machine");
      return;
    }

  assert_parses (AF_NETLINK, "netlink 4711:0x11", "hex:1000 0000 67120000 11000000");
  assert_parses (AF_NETLINK, "0", "hex:1000 0000 00000000 00000000");
  assert_parses (AF_PACKET, "packet 3:ETH_P_ARP:ff:ff:ff:ff:ff:ff",
                 "hex:1100 0806 03000000 0000 00 06 ffffffffffff0000");
  assert_parses (AF_PACKET, "packet lo",
                 "hex:1100 0000 01000000 0000 00 00 0000000000000000");
  assert_parses (AF_VSOCK, "vsock local:7000", "hex:2800 0000 581b0000 01000000 00000000");
  assert_parses (AF_VSOCK, "any:any", "hex:2800 0000 ffffffff ffffffff 00000000");
  assert_parses (AF_X25, "x25 1234567", "hex:0900 31323334353637000000000000000000");
  assert_parses (AF_X25, "", "hex:0900 00000000000000000000000000000000");
  assert_parses (AF_AX25, "oe1xyz-7", "hex:0300 9e8a62b0b2b40e 000000 00000000");
  assert_parses (AF_CAN, "can 5:0x123:291",
                 "hex:1d00 0000 05000000 23010000 23010000 0000000000000000");
  assert_parses (AF_BLUETOOTH, "rfcomm 00:11:22:33:44:55:3", "hex:1f00 554433221100 03 00");
  assert_parses (AF_TIPC, "tipc 18888:17", "hex:1e00 02 00 c8490000 11000000 00000000");
  assert_parses (AF_RDS, "127.0.0.1:7", "hex:0200 0007 7f000001 0000000000000000");
  assert_parses (AF_SMC, "[::1]:7",
                 "hex:0a00 0007 00000000 00000000000000000000000000000001 00000000");
  assert_parses (AF_RXRPC, "rxrpc 52:127.0.0.1:7001",
                 "hex:2100 3400 0200 1000 0200 1b59 7f000001 0000000000000000"
                 "0000000000000000 00000000");
  assert_parses (AF_RXRPC, "rxrpc6 52:[::1]:7001:1",
                 "hex:2100 3400 0200 1c00 0a00 1b59 00000000"
                 "00000000000000000000000000000001 01000000");
  assert_parses (AF_ATMSVC, "47.0005.80ff.e100.0000.f21a.26d8.0020ea000ee0.00:431234567",
                 "hex:1400 0000 47000580ffe1000000f21a26d80020ea000ee000"
                 "34333132333435363700000000 00 0000 00000000");
  assert_parses (AF_ATMSVC, "atmsvc :431234567:2:7",
                 "hex:1400 0000 0000000000000000000000000000000000000000"
                 "34333132333435363700000000 02 0000 07000000");
  assert_parses (AF_IUCV, "iucv LNXGUEST:INETD",
                 "hex:2000 0000 00000000 0000000000000000"
                 "4c4e584755455354 494e455444202020");
  assert_parses (AF_IUCV, "iucv ::N",
                 "hex:2000 0000 00000000 4e20202020202020 2020202020202020"
                 "2020202020202020");
  assert_parses (AF_IEEE802154, "0xabcd:0x1234",
                 "hex:2400 0000 02000000 cdab 3412 000000000000 0000");
  assert_parses (AF_IEEE802154, "ieee802154-long 43981:00:11:22:33:44:55:66:77",
                 "hex:2400 0000 03000000 cdab 0011223344556677 0000");
}

static void
assert_fails (int domain, const char *text, gsize expected_position, const char *piece)
{
  SwbAddress address;
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  gsize position = 99;

  g_assert_false (
      swb_address_parse (domain, SOCK_DGRAM, text, &address, &host, &position, &error));
  g_assert_true (error->domain == SWB_ERROR);
  if (strstr (error->message, piece) == NULL)
    g_error ("%s: “%s” lacks “%s”", text, error->message, piece);
  g_assert_cmpuint (position, ==, expected_position);
}

static void
test_errors (void)
{
  g_test_summary ("What is wrong is named, with its place and the form");

  assert_fails (AF_VSOCK, "vsock 1", 7, "vsock CID:PORT");
  assert_fails (AF_VSOCK, "vsock 1:7000:0:9", 14, "too much");
  assert_fails (AF_VSOCK, "4294967296:1", 0, "4294967295");
  assert_fails (AF_VSOCK, "-1:1", 0, "CID");
  assert_fails (AF_NETLINK, "netlink 0:0xg", 10, "groups");
  assert_fails (AF_PACKET, "packet nonesuch0", 7, "nonesuch0");
  assert_fails (AF_PACKET, "packet lo:ETH_P_NONE", 10, "such as ETH_P_IP");
  assert_fails (AF_PACKET, "packet lo:3:00:11:22:33:44", 12, "MAC address");
  assert_fails (AF_X25, "x25 1234567890123456", 4, "up to 15 digits");
  assert_fails (AF_X25, "x25 12a", 4, "digits");
  assert_fails (AF_AX25, "ax25 OE1XYZ-16", 5, "OE1XYZ-7");
  assert_fails (AF_AX25, "ax25 OE1XYZAB", 5, "OE1XYZ-7");
  assert_fails (AF_ROSE, "rose 12345:OE1", 5, "10 digits");
  assert_fails (AF_ALG, "alg hash012345678901:x", 4, "13 bytes");
  assert_fails (AF_ALG, "alg a\\q:x", 4, "backslash");
  assert_fails (AF_RXRPC, "rxrpc 1:300.0.0.1:2", 8, "127.0.0.1");
  assert_fails (AF_RXRPC, "rxrpc6 1:::1:2", 9, "[::1]");
  assert_fails (AF_RXRPC, "rxrpc6 1:[::1:2", 9, "[::1]");
  assert_fails (AF_RXRPC, "rxrpc6 1:[1.2.3.4]:2", 9, "[::1]");
  assert_fails (AF_RXRPC, "rxrpc6 1:[::1]", 14, "port");
  assert_fails (AF_ATMSVC, "atmsvc 47", 7, "40 hexadecimal digits");
  assert_fails (AF_ATMSVC, "atmsvc 47.0005.80ff.e100.0000.f21a.26d8.0020ea000ee0.000", 7,
                "40 hexadecimal digits");
  assert_fails (AF_ATMSVC, "atmsvc 47.0005.80ff.e100.0000.f21a.26d8.0020ea000ee0.00x", 7,
                "40 hexadecimal digits");
  assert_fails (AF_ATMSVC, "atmsvc .", 7, "40 hexadecimal digits");
  assert_fails (AF_ATMSVC, "atmsvc :1234567890123", 8, "up to 12 digits");
  assert_fails (AF_IUCV, "iucv LNXGUEST1:X", 5, "up to 8 bytes");
  assert_fails (AF_IUCV, "iucv A:B:C:D", 10, "too much");
  assert_fails (AF_IEEE802154, "0x10000:1", 0, "65535");
  assert_fails (AF_IEEE802154, "ieee802154-long 1:00:11:22:33:44:55", 18,
                "00:11:22:33:44:55:66:77");
  assert_fails (AF_KEY, "anything", 0, "hex:");
}

/* Whatever the bytes, what is printed is parsed to them. */
static void
assert_round_trip (int family, gsize length)
{
  SwbAddress address = { 0 }, back;
  g_autofree char *text = NULL, *host = NULL;
  g_autoptr (GError) error = NULL;

  address.length = (socklen_t)length;
  for (gsize i = 0; i < length; i++)
    if (g_test_rand_bit ())
      ((guint8 *)&address.storage)[i] = (guint8)g_test_rand_int_range (0, 256);
  address.family = (sa_family_t)family;

  text = swb_address_print (&address);
  if (!swb_address_parse (family, SOCK_DGRAM, text, &back, &host, NULL, &error))
    g_error ("%s: %s", text, error->message);
  g_assert_true (swb_address_equal (&address, &back));
}

static void
test_random_bytes (void)
{
  g_test_summary ("Random bytes of each form print and parse without loss");

  for (guint i = 0; i < swb_address_n_forms; i++)
    for (guint n = 0; n < 300; n++)
      assert_round_trip (swb_address_forms[i].domain, swb_address_forms[i].length);
}

/* Domains whose sockets take no address, whose address is in no header of Linux, or that
 * Linux has no more. */
static const int only_bytes[] = { AF_KCM,    AF_KEY, AF_ISDN,    AF_BRIDGE,   AF_MPLS,
                                  AF_IB,     AF_IPX, AF_IRDA,    AF_ASH,      AF_DECnet,
                                  AF_ECONET, AF_SNA, AF_NETBEUI, AF_SECURITY, AF_WANPIPE };

static gboolean
has_only_bytes (int domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (only_bytes); i++)
    if (only_bytes[i] == domain)
      return TRUE;
  return FALSE;
}

static gboolean
is_like_inet (int domain)
{
  return domain == AF_INET || domain == AF_INET6 || domain == AF_UNIX || domain == AF_RDS
         || domain == AF_SMC;
}

static void
test_catalog (void)
{
  guint n;
  const SwbConstant *domains = swb_catalog_get_domains (&n);

  g_test_summary (
      "Every domain of the catalog has a form, or is known to have bytes alone, "
      "and its addresses come back");
  for (guint i = 0; i < n; i++)
    {
      int domain = domains[i].value;
      const SwbForm *form = swb_address_form_find (domain);
      g_autofree char *help = swb_address_dup_help (domain);

      if ((form != NULL || is_like_inet (domain)) == has_only_bytes (domain))
        g_error ("%s: a form, or bytes alone? %s", domains[i].constant, help);
      if (!is_like_inet (domain))
        g_assert_cmpint (g_str_equal (help, "hex:…"), ==, form == NULL);
      for (guint j = 0; j < 300; j++)
        assert_round_trip (domain, form != NULL && j % 2 == 0
                                       ? form->length
                                       : (gsize)g_test_rand_int_range (2, 129));
    }
}

static char *
dup_random_field (const SwbField *field)
{
  guint32 small = (guint32)g_test_rand_int_range (0, 256);

  switch (field->kind)
    {
    case SWB_FIELD_MAC:
    case SWB_FIELD_BDADDR:
      return g_strdup_printf ("%s00:%02x:ff:33:%02x:55", field->size == 8 ? "02:ab:" : "",
                              small, small / 2);
    case SWB_FIELD_SIX:
      return g_strdup_printf ("[fe80::%x]", small);
    case SWB_FIELD_PAIRS:
      return g_strdup_printf ("%038d.%02x", 0, small);
    case SWB_FIELD_PADDED:
      return g_strdup_printf ("A%u\\x3a", small);
    case SWB_FIELD_DIGITS:
    case SWB_FIELD_BCD:
      return g_strdup_printf ("%010u", g_test_rand_int ());
    case SWB_FIELD_TEXT:
      return g_strdup_printf ("a%u\\x3a(ü)", small);
    case SWB_FIELD_CALLSIGN:
      return g_strdup_printf ("K%uA-%u", small, small % 16);
    case SWB_FIELD_QUAD:
      return g_strdup_printf ("10.0.%u.1", small);
    default:
      return g_strdup_printf ("%u", small);
    }
}

static void
test_random_texts (void)
{
  g_test_summary ("Random fields parse, and print as what parses to the same again");

  for (guint i = 0; i < swb_address_n_forms * 200; i++)
    {
      const SwbForm *form = &swb_address_forms[i % swb_address_n_forms];
      g_autoptr (GString) text = g_string_new (form->word);
      g_autofree char *printed = NULL, *host = NULL;
      g_autoptr (GError) error = NULL;
      SwbAddress address, back;

      for (const SwbField *field = form->fields; field->name != NULL; field++)
        {
          g_autofree char *piece = dup_random_field (field);

          if (field->is_optional && g_test_rand_int_range (0, 4) == 0)
            break;
          g_string_append_printf (text, "%s%s", field == form->fields ? " " : ":", piece);
        }

      if (!swb_address_parse (form->domain, 0, text->str, &address, &host, NULL, &error))
        g_error ("%s: %s", text->str, error->message);
      g_assert_cmpuint (address.family, ==, form->domain);
      printed = swb_address_print (&address);
      g_assert_false (g_str_has_prefix (printed, "hex:"));
      g_assert_true (
          swb_address_parse (form->domain, 0, printed, &back, &host, NULL, &error));
      g_assert_true (swb_address_equal (&address, &back));
    }
}

static void
assert_shown (int domain, const char *text, const char *expected)
{
  SwbAddress address, back;
  g_autofree char *host = NULL, *shown = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      swb_address_parse (domain, SOCK_DGRAM, text, &address, &host, NULL, &error));
  shown = swb_address_show (&address);
  g_assert_cmpstr (shown, ==, expected);
  g_assert_true (swb_address_parse (domain, SOCK_DGRAM, shown, &back, &host, NULL, &error));
}

static void
test_shown (void)
{
  g_test_summary (
      "A person sees interfaces by name, and of a packet socket what it is bound to");

  if (if_nametoindex ("lo") != 1 || G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      g_test_skip ("the loopback interface is not the first one here");
      return;
    }

  assert_shown (AF_PACKET, "packet 1:ETH_P_ARP", "packet lo:ETH_P_ARP");
  assert_shown (AF_PACKET, "packet 1:ETH_P_IP:02:00:00:00:00:07:1:4",
                "packet lo:ETH_P_IP:02:00:00:00:00:07");
  /* As getsockname() gives it: six bytes of a hardware address, and none. */
  assert_shown (AF_PACKET, "hex:1100 0800 01000000 0403 00 06 000000000000",
                "packet lo:ETH_P_IP");
  assert_shown (AF_PACKET, "hex:1100 0003 00000000 0000 00 00", "packet 0:ETH_P_ALL");
  assert_shown (AF_PACKET, "packet 4294967295", "packet 4294967295");
  assert_shown (AF_CAN, "can 1:0x123", "can lo:0x123");
  assert_shown (AF_INET6, "[fe80::1%1]:7", "[fe80::1%lo]:7");
  assert_shown (AF_INET6, "[fe80::1%4294967295]:7", "[fe80::1%4294967295]:7");
  assert_shown (AF_INET6, "[::1]:7", "[::1]:7");
  assert_shown (AF_INET, "127.0.0.1:7", "127.0.0.1:7");
  assert_shown (AF_UNIX, "@a", "@a");
  assert_shown (AF_VSOCK, "vsock 1:7", "vsock 1:7");
  assert_shown (AF_PACKET, "hex:1100 08", "hex:11 00 08");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address-form/headers", test_headers);
  g_test_add_func ("/address-form/bytes", test_bytes);
  g_test_add_func ("/address-form/errors", test_errors);
  g_test_add_func ("/address-form/catalog", test_catalog);
  g_test_add_func ("/address-form/random-bytes", test_random_bytes);
  g_test_add_func ("/address-form/shown", test_shown);
  g_test_add_func ("/address-form/random-texts", test_random_texts);

  return g_test_run ();
}
