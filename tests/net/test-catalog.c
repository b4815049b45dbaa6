/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-catalog.h"
#include "net/swb-error.h"

#include <stdio.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void
test_order (void)
{
  guint n_domains, n_types;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  g_test_summary ("Domains and types stand in the order shown");

  g_assert_cmpuint (n_domains, ==, 45);
  g_assert_cmpint (domains[0].value, ==, AF_INET);
  g_assert_cmpint (domains[1].value, ==, AF_INET6);
  g_assert_cmpint (domains[2].value, ==, AF_UNIX);
  g_assert_cmpuint (n_types, ==, 7);
  g_assert_cmpstr (types[0].constant, ==, "SOCK_STREAM");
  g_assert_cmpstr (types[1].constant, ==, "SOCK_DGRAM");
  g_assert_cmpstr (types[2].constant, ==, "SOCK_SEQPACKET");
}

static void
assert_protocols (const SwbConstant *list, guint n, const char *expected)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_assert_nonnull (list[i].word);
      g_assert_true (i == 0 || list[i].value > list[i - 1].value);
      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", list[i].constant);
    }
  g_assert_cmpstr (line->str, ==, expected);
}

static void
test_protocols (void)
{
  static const struct
  {
    int domain, type;
    const char *expected;
  } pairs[] = {
    { AF_INET, SOCK_STREAM, "0 IPPROTO_TCP IPPROTO_SCTP IPPROTO_SMC IPPROTO_MPTCP" },
    { AF_INET, SOCK_DGRAM, "0 IPPROTO_ICMP IPPROTO_UDP IPPROTO_L2TP IPPROTO_UDPLITE" },
    { AF_INET6, SOCK_DGRAM, "0 IPPROTO_UDP IPPROTO_ICMPV6 IPPROTO_L2TP IPPROTO_UDPLITE" },
    { AF_INET6, SOCK_SEQPACKET, "0 IPPROTO_SCTP" },
    { AF_INET, SOCK_DCCP, "0 IPPROTO_DCCP" },
    { AF_UNIX, SOCK_STREAM, "0" },
    { AF_UNIX, SOCK_SEQPACKET, "0" },
    { AF_UNIX, SOCK_DCCP, "0" },
    { AF_CAN, SOCK_RAW, "CAN_RAW" },
    { AF_CAN, SOCK_DGRAM, "CAN_BCM CAN_ISOTP CAN_J1939" },
    { AF_KEY, SOCK_RAW, "PF_KEY_V2" },
    { AF_X25, SOCK_SEQPACKET, "0" },
    { AF_BLUETOOTH, SOCK_STREAM, "BTPROTO_L2CAP BTPROTO_RFCOMM" },
    { AF_SMC, SOCK_STREAM, "SMCPROTO_SMC SMCPROTO_SMC6" },
    { AF_INET, 999, "0" },
    { 999, SOCK_STREAM, "0" },
  };
  guint n;
  const SwbConstant *list;

  g_test_summary (
      "Each pair has its protocols, 0 first, then by number; the rest has 0 alone");

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      list = swb_catalog_get_protocols (pairs[i].domain, pairs[i].type, &n);
      assert_protocols (list, n, pairs[i].expected);
      for (guint p = 0; p < n; p++)
        g_assert_true (swb_catalog_is_legal (pairs[i].domain, pairs[i].type, list[p].value)
                       || g_str_equal (pairs[i].expected, "0"));
    }

  list = swb_catalog_get_all_protocols (AF_INET, &n);
  assert_protocols (
      list, n,
      "0 IPPROTO_ICMP IPPROTO_TCP IPPROTO_UDP IPPROTO_DCCP IPPROTO_L2TP IPPROTO_SCTP "
      "IPPROTO_UDPLITE IPPROTO_SMC IPPROTO_MPTCP");
  list = swb_catalog_get_all_protocols (AF_UNIX, &n);
  assert_protocols (list, n, "0");
  list = swb_catalog_get_protocols (AF_NETLINK, SOCK_RAW, &n);
  g_assert_cmpstr (list[0].constant, ==, "NETLINK_ROUTE");
  g_assert_cmpuint (n, >, 15);
  list = swb_catalog_get_protocols (AF_INET, SOCK_RAW, &n);
  g_assert_cmpstr (list[0].constant, ==, "IPPROTO_ICMP");
}

static void
test_legal (void)
{
  g_test_summary ("A triple is legal when Linux defines it");

  g_assert_true (swb_catalog_is_legal (AF_INET, SOCK_STREAM, 0));
  g_assert_true (swb_catalog_is_legal (AF_INET, SOCK_STREAM, IPPROTO_TCP));
  g_assert_true (swb_catalog_is_legal (AF_INET6, SOCK_SEQPACKET, 0));
  g_assert_true (swb_catalog_is_legal (AF_UNIX, SOCK_DGRAM, PF_UNIX));
  g_assert_false (swb_catalog_is_legal (AF_INET, SOCK_STREAM, IPPROTO_UDP));
  g_assert_false (swb_catalog_is_legal (AF_INET6, SOCK_DGRAM, IPPROTO_ICMP));
  g_assert_false (swb_catalog_is_legal (AF_UNIX, SOCK_STREAM, IPPROTO_TCP));
  g_assert_false (swb_catalog_is_legal (AF_UNIX, SOCK_DCCP, 0));
  g_assert_false (swb_catalog_is_legal (-1, SOCK_STREAM, 0));
}

static void
test_ethertypes (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_test_summary ("Every Ethernet type that the header names has this name and number");

  if (!g_file_get_contents ("/usr/include/linux/if_ether.h", &text, NULL, NULL))
    {
      g_test_skip ("this machine has no such header");
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char name[32];
      guint number;
      int value;

      if (sscanf (lines[i], "#define ETH_P_%25s 0x%x", name, &number) != 2
          || g_str_equal (name, "802_3_MIN"))
        continue;

      g_autofree char *constant = g_strconcat ("ETH_P_", name, NULL);
      if (!swb_catalog_parse_protocol (constant, &value, NULL))
        g_error ("%s is missing", constant);
      g_assert_cmpuint (value, ==, GUINT16_TO_BE (number));
      n++;
    }
  g_assert_cmpuint (n, >, 80);
}

typedef gboolean (*ParseFunc) (const char *text, int *value, GError **error);

static void
assert_parses (ParseFunc parse, const char *text, int expected)
{
  g_autoptr (GError) error = NULL;
  int value = -1;

  g_assert_true (parse (text, &value, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value, ==, expected);
}

static void
assert_unknown (ParseFunc parse, const char *text)
{
  g_autoptr (GError) error = NULL;
  int value = -1;

  g_assert_false (parse (text, &value, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN);
  g_assert_cmpint (value, ==, -1);
}

static void
test_parse (void)
{
  static const char *const wrong[] = { "", " ", "-1", "2x", "AF_", "2147483648", "AF_FOO" };

  g_test_summary ("Constants parse by every name they have and by number");

  assert_parses (swb_catalog_parse_domain, "AF_INET", AF_INET);
  assert_parses (swb_catalog_parse_domain, "PF_INET6", AF_INET6);
  assert_parses (swb_catalog_parse_domain, "AF_LOCAL", AF_UNIX);
  assert_parses (swb_catalog_parse_domain, "2147483647", G_MAXINT);
  assert_parses (swb_catalog_parse_type, "SOCK_SEQPACKET", SOCK_SEQPACKET);
  assert_parses (swb_catalog_parse_type, "1", SOCK_STREAM);
  assert_parses (swb_catalog_parse_protocol, "0", 0);
  assert_parses (swb_catalog_parse_protocol, "IPPROTO_IP", 0);
  assert_parses (swb_catalog_parse_protocol, "IPPROTO_MPTCP", 262);
  assert_parses (swb_catalog_parse_protocol, "tcp", IPPROTO_TCP);
  assert_parses (swb_catalog_parse_protocol, "UDPLite", IPPROTO_UDPLITE);
  assert_parses (swb_catalog_parse_domain, "PF_X25", AF_X25);
  assert_parses (swb_catalog_parse_domain, "AF_ROUTE", AF_NETLINK);
  assert_parses (swb_catalog_parse_protocol, "NETLINK_GENERIC", 16);
  assert_parses (swb_catalog_parse_protocol, "ETH_P_ALL", GUINT16_TO_BE (3));

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      assert_unknown (swb_catalog_parse_domain, wrong[i]);
      assert_unknown (swb_catalog_parse_type, wrong[i]);
      assert_unknown (swb_catalog_parse_protocol, wrong[i]);
    }
}

static void
test_print_protocols (void)
{
  g_autofree char *foreign = swb_catalog_print_protocol (AF_UNIX, IPPROTO_TCP);
  guint n_domains, n;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);

  g_test_summary ("Every protocol prints by its name, in its own domain only, and parses");

  g_assert_cmpstr (foreign, ==, "6");
  for (guint d = 0; d < n_domains; d++)
    {
      const SwbConstant *list = swb_catalog_get_all_protocols (domains[d].value, &n);

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *text
              = swb_catalog_print_protocol (domains[d].value, list[i].value);

          g_assert_cmpstr (text, ==, list[i].constant);
          assert_parses (swb_catalog_parse_protocol, text, list[i].value);
        }
    }
}

static void
test_print (void)
{
  g_test_summary ("Print and parse are inverse for every small number");

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *domain = swb_catalog_print_domain (i);
      g_autofree char *type = swb_catalog_print_type (i);
      g_autofree char *protocol = swb_catalog_print_protocol (AF_INET, i);

      assert_parses (swb_catalog_parse_domain, domain, i);
      assert_parses (swb_catalog_parse_type, type, i);
      assert_parses (swb_catalog_parse_protocol, protocol, i);
    }
}

static void
assert_label (int domain, int type, int protocol, const char *expected)
{
  g_autofree char *label = swb_catalog_label_protocol (domain, type, protocol);

  g_assert_cmpstr (label, ==, expected);
}

static void
test_labels (void)
{
  g_test_summary ("A label names the protocol, and what 0 stands for");

  assert_label (AF_INET, SOCK_STREAM, 0, "0 · TCP");
  assert_label (AF_INET6, SOCK_DGRAM, 0, "0 · UDP");
  assert_label (AF_UNIX, SOCK_STREAM, 0, "0");
  assert_label (AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, "UDPLITE");
  assert_label (AF_INET, SOCK_STREAM, IPPROTO_MPTCP, "MPTCP");
  assert_label (AF_INET, SOCK_STREAM, 4242, "4242");
}

static void
test_kinds (void)
{
  g_test_summary ("Which types keep message boundaries, and which have connections");

  g_assert_false (swb_catalog_is_datagram (SOCK_STREAM));
  g_assert_true (swb_catalog_is_datagram (SOCK_DGRAM));
  g_assert_true (swb_catalog_is_datagram (SOCK_SEQPACKET));
  g_assert_true (swb_catalog_has_connections (AF_INET, SOCK_STREAM));
  g_assert_true (swb_catalog_has_connections (AF_INET, SOCK_DCCP));
  g_assert_false (swb_catalog_has_connections (AF_INET, SOCK_DGRAM));
  g_assert_true (swb_catalog_has_connections (AF_UNIX, SOCK_SEQPACKET));
  g_assert_false (swb_catalog_has_connections (AF_INET6, SOCK_SEQPACKET));
  g_assert_false (swb_catalog_has_connections (AF_RDS, SOCK_SEQPACKET));
  g_assert_true (swb_catalog_has_listen (AF_INET, SOCK_SEQPACKET));
  g_assert_false (swb_catalog_has_listen (AF_RDS, SOCK_SEQPACKET));
  g_assert_false (swb_catalog_has_listen (AF_INET, SOCK_DGRAM));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/order", test_order);
  g_test_add_func ("/catalog/protocols", test_protocols);
  g_test_add_func ("/catalog/legal", test_legal);
  g_test_add_func ("/catalog/ethertypes", test_ethertypes);
  g_test_add_func ("/catalog/parse", test_parse);
  g_test_add_func ("/catalog/print", test_print);
  g_test_add_func ("/catalog/print-protocols", test_print_protocols);
  g_test_add_func ("/catalog/labels", test_labels);
  g_test_add_func ("/catalog/kinds", test_kinds);
  return g_test_run ();
}
