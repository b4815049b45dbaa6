/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-address.h"

#include <arpa/inet.h>
#include <string.h>

static void
fill (guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8)g_test_rand_int_range (0, 256);
}

static SwbAddress
random_inet (void)
{
  SwbAddress address = { .length = sizeof (struct sockaddr_in) };

  address.family = AF_INET;
  fill ((guint8 *)&address.in.sin_port, 6);
  if (g_test_rand_int_range (0, 8) == 0)
    address.in.sin_zero[g_test_rand_int_range (0, 8)] = 1;
  return address;
}

static SwbAddress
random_inet6 (void)
{
  SwbAddress address = { .length = sizeof (struct sockaddr_in6) };

  address.family = AF_INET6;
  fill ((guint8 *)&address.in6.sin6_port, 2);
  fill ((guint8 *)&address.in6.sin6_addr, (gsize)g_test_rand_int_range (0, 17));
  if (g_test_rand_bit ())
    fill ((guint8 *)&address.in6.sin6_scope_id, 4);
  if (g_test_rand_int_range (0, 8) == 0)
    address.in6.sin6_flowinfo = 5;
  return address;
}

static SwbAddress
random_unix (void)
{
  SwbAddress address = { 0 };
  gsize length = (gsize)g_test_rand_int_range (0, 110);
  gsize random = g_test_rand_bit () ? length : 2;

  address.family = AF_UNIX;
  address.length = (socklen_t)(2 + length);
  memset (address.un.sun_path, g_test_rand_bit () ? 'a' : '@', length);
  fill ((guint8 *)address.un.sun_path, MIN (random, length));
  if (length > 0 && g_test_rand_bit ())
    address.un.sun_path[0] = 0;
  if (length > 0 && g_test_rand_bit ())
    ((char *)&address.storage)[2 + length - 1] = 0;
  return address;
}

static SwbAddress
random_raw (void)
{
  SwbAddress address = { 0 };

  address.length = (socklen_t)g_test_rand_int_range (1, sizeof address.storage + 1);
  fill ((guint8 *)&address.storage, address.length);
  if (address.length >= 2)
    address.family = (sa_family_t)g_test_rand_int_range (0, 20);
  return address;
}

static void
test_round_trip (void)
{
  static SwbAddress (*const makers[]) (void)
      = { random_inet, random_inet6, random_unix, random_raw };
  static const int domains[] = { AF_INET, AF_INET6, AF_UNIX, AF_INET };

  g_test_summary (
      "Random addresses, of odd sizes and bytes too, print and parse to themselves");

  for (guint i = 0; i < 20000; i++)
    {
      SwbAddress address = makers[i % 4]();
      int domain = address.length >= 2 && i % 4 == 3 ? address.family : domains[i % 4];
      g_autofree char *text = swb_address_print (&address);
      g_autofree char *host = NULL;
      g_autoptr (GError) error = NULL;
      SwbAddress back;

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (
          swb_address_parse (domain, SOCK_STREAM, text, &back, &host, NULL, &error));
      g_assert_no_error (error);
      g_assert_null (host);
      if (!swb_address_equal (&address, &back))
        g_error ("%s came back changed", text);
    }
}

static SwbAddress
parse (int domain, const char *text)
{
  SwbAddress address;
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      swb_address_parse (domain, SOCK_STREAM, text, &address, &host, NULL, &error));
  g_assert_no_error (error);
  return address;
}

static void
assert_described (int domain, const char *text, const char *expected)
{
  SwbAddress address = parse (domain, text);
  g_autofree char *bytes = swb_address_describe_bytes (&address);

  g_assert_cmpstr (bytes, ==, expected);
}

static void
test_describe (void)
{
  SwbAddress none = { 0 };
  g_autofree char *nothing = swb_address_describe_bytes (&none);
  g_autofree char *empty = swb_address_print (&none);

  g_test_summary ("The bytes are told with their struct's name and length");

  assert_described (AF_INET, "127.0.0.1:7000",
                    "sockaddr_in · 16 B  02 00 1b 58 7f 00 00 01 00 00 00 00 00 00 00 00");
  assert_described (AF_UNIX, "@d", "sockaddr_un · 4 B  01 00 00 64");
  assert_described (AF_UNIX, "", "sockaddr_un · 2 B  01 00");
  assert_described (AF_INET, "hex:09 00 01", "sockaddr · 3 B  09 00 01");
  g_assert_cmpstr (nothing, ==, "NULL · 0 B");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_ports (void)
{
  SwbAddress inet = parse (AF_INET, "1.2.3.4:7000");
  SwbAddress inet6 = parse (AF_INET6, "[::1]:7001");
  SwbAddress path = parse (AF_UNIX, "/a");
  SwbAddress cut = parse (AF_INET, "hex:02 00 1b 58");

  g_test_summary ("A port is there where the domain has one");

  g_assert_cmpuint (swb_address_get_port (&inet), ==, 7000);
  g_assert_cmpuint (swb_address_get_port (&inet6), ==, 7001);
  g_assert_cmpuint (swb_address_get_port (&path), ==, 0);
  g_assert_cmpuint (swb_address_get_port (&cut), ==, 0);
  g_assert_true (swb_address_equal (&inet, &inet));
  g_assert_false (swb_address_equal (&inet, &inet6));
}

static void
assert_exposed (int domain, const char *text, gboolean expected)
{
  SwbAddress address = parse (domain, text);

  g_assert_cmpint (swb_address_is_exposed (&address), ==, expected);
}

static void
test_exposed (void)
{
  SwbAddress none = { 0 };

  g_test_summary ("All but loopback and unix can be reached from other machines");

  assert_exposed (AF_INET, "127.0.0.1:1", FALSE);
  assert_exposed (AF_INET, "127.255.0.9:1", FALSE);
  assert_exposed (AF_INET, "0.0.0.0:1", TRUE);
  assert_exposed (AF_INET, "128.0.0.1:1", TRUE);
  assert_exposed (AF_INET6, "::1", FALSE);
  assert_exposed (AF_INET6, "::ffff:127.0.0.1", FALSE);
  assert_exposed (AF_INET6, "::", TRUE);
  assert_exposed (AF_INET6, "fe80::1", TRUE);
  assert_exposed (AF_UNIX, "/a", FALSE);
  g_assert_false (swb_address_is_exposed (&none));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address-print/round-trip", test_round_trip);
  g_test_add_func ("/address-print/describe", test_describe);
  g_test_add_func ("/address-print/ports", test_ports);
  g_test_add_func ("/address-print/exposed", test_exposed);
  return g_test_run ();
}
