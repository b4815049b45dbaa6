/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-address.h"
#include "net/swb-error.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>

/* Parses, and compares with the printed form of what is expected. */
static void
assert_parses (int domain, int type, const char *text, const char *expected,
               const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  g_autofree char *printed = NULL;
  SwbAddress address;

  g_assert_true (swb_address_parse (domain, type, text, &address, &host, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (host, ==, name);
  printed = swb_address_print (&address);
  g_assert_cmpstr (printed, ==, expected);
}

static void
assert_fails (int domain, const char *text, int code, gsize position, const char *piece)
{
  g_autoptr (GError) error = NULL;
  SwbAddress address = { .length = 77 };
  char *host = (char *)"untouched";
  gsize at = G_MAXSIZE;

  g_assert_false (
      swb_address_parse (domain, SOCK_STREAM, text, &address, &host, &at, &error));
  g_assert_error (error, SWB_ERROR, code);
  g_assert_cmpuint (at, ==, position);
  g_assert_cmpuint (address.length, ==, 77);
  g_assert_cmpstr (host, ==, "untouched");
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” lacks “%s”", error->message, piece);
}

static void
test_inet (void)
{
  static const char *const forms[][2] = {
    { "127.0.0.1:7000", "127.0.0.1:7000" },
    { "127.1:7000", "127.0.0.1:7000" },
    { "2130706433:7000", "127.0.0.1:7000" },
    { "0x7f.1:1", "127.0.0.1:1" },
    { "4294967295:0", "255.255.255.255:0" },
    { "0:0", "0.0.0.0:0" },
    { ":7000", "0.0.0.0:7000" },
    { "", "0.0.0.0:0" },
    { "<broadcast>:9", "255.255.255.255:9" },
    { "127.0.0.1", "127.0.0.1:0" },
    { "127.0.0.1:", "127.0.0.1:0" },
    { "127.0.0.1:65535", "127.0.0.1:65535" },
    { "127.0.0.1:007", "127.0.0.1:7" },
    { "127.0.0.1:http", "127.0.0.1:80" },
  };

  g_test_summary ("Every form of an IPv4 address");

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    assert_parses (AF_INET, SOCK_STREAM, forms[i][0], forms[i][1], NULL);

  assert_parses (AF_INET, SOCK_STREAM, "localhost:http", "0.0.0.0:80", "localhost");
  assert_parses (AF_INET, SOCK_STREAM, "a_b-c.example.", "0.0.0.0:0", "a_b-c.example.");
  assert_parses (AF_INET, SOCK_STREAM, "münchen.example:1", "0.0.0.0:1", "münchen.example");
}

static void
test_services (void)
{
  g_test_summary ("A service is looked up for the socket's type");

  assert_parses (AF_INET, SOCK_DGRAM, ":tftp", "0.0.0.0:69", NULL);
  assert_parses (AF_INET, SOCK_DGRAM, ":domain", "0.0.0.0:53", NULL);
  assert_parses (AF_INET, SOCK_RAW, ":domain", "0.0.0.0:53", NULL);
  assert_fails (AF_INET, ":tftp", SWB_ERROR_UNKNOWN, 1, "69");
}

static void
test_inet_errors (void)
{
  g_autofree char *label = g_strnfill (253, 'a');
  g_autofree char *long_name = g_strconcat (label, "a:80", NULL);

  g_test_summary ("An IPv4 address's errors name the piece and its place");

  assert_fails (AF_INET, "127.0.0.1:65536", SWB_ERROR_RANGE, 10, "65535");
  assert_fails (AF_INET, "127.0.0.1:99999999999999999999999", SWB_ERROR_RANGE, 10, "65535");
  assert_fails (AF_INET, "127.0.0.1:-1", SWB_ERROR_RANGE, 10, "below 0");
  assert_fails (AF_INET, "127.0.0.1:65536abc", SWB_ERROR_SYNTAX, 15, "65536abc");
  assert_fails (AF_INET, "127.0.0.1: 80", SWB_ERROR_SYNTAX, 10, " 80");
  assert_fails (AF_INET, "127.0.0.1:0x50", SWB_ERROR_SYNTAX, 11, "0x50");
  assert_fails (AF_INET, "localhost:nosuchservice", SWB_ERROR_UNKNOWN, 10, "nosuchservice");
  assert_fails (AF_INET, "127.0.0.256:80", SWB_ERROR_RANGE, 0, "256");
  assert_fails (AF_INET, "4294967296:80", SWB_ERROR_RANGE, 0, "4294967295");
  assert_fails (AF_INET, "08:80", SWB_ERROR_SYNTAX, 0, "08 is not an IPv4 address");
  assert_fails (AF_INET, "1.2.3.4.5", SWB_ERROR_SYNTAX, 0, "1.2.3.4.5");
  assert_fails (AF_INET, "::1", SWB_ERROR_SYNTAX, 0, "IPv6");
  assert_fails (AF_INET, "[::1]:80", SWB_ERROR_SYNTAX, 0, "Brackets");
  assert_fails (AF_INET, "a:b:c", SWB_ERROR_SYNTAX, 1, "colon");
  assert_fails (AF_INET, "<all>:9", SWB_ERROR_SYNTAX, 0, "<all>");
  assert_fails (AF_INET, "a b:9", SWB_ERROR_SYNTAX, 1, "a b");
  assert_fails (AF_INET, "a..b", SWB_ERROR_SYNTAX, 1, "a..b");
  assert_fails (AF_INET, "\xff:9", SWB_ERROR_SYNTAX, 0, "UTF-8");
  assert_fails (AF_INET, long_name, SWB_ERROR_TOO_LONG, 253, "253");
  assert_parses (AF_INET, SOCK_STREAM, label, "0.0.0.0:0", label);
}

static void
test_hostile (void)
{
  static const char fillers[] = { '1', '.', ':', 'a', '[', '%', '\\', ' ', '@' };
  static const int domains[] = { AF_INET, AF_INET6, AF_UNIX, AF_X25 };

  g_test_summary ("A text of a megabyte is refused with a message of one line");

  for (guint i = 0; i < G_N_ELEMENTS (fillers) * G_N_ELEMENTS (domains); i++)
    {
      g_autofree char *text = g_strnfill (1000000, fillers[i / G_N_ELEMENTS (domains)]);
      g_autoptr (GError) error = NULL;
      g_autofree char *host = NULL;
      SwbAddress address;
      gsize at;

      g_assert_false (swb_address_parse (domains[i % G_N_ELEMENTS (domains)], SOCK_STREAM,
                                         text, &address, &host, &at, &error));
      g_assert_true (error->domain == SWB_ERROR);
      g_assert_cmpuint (strlen (error->message), <, 400);
      g_assert_cmpuint (at, <=, strlen (text));
    }
}

static void
test_inet6 (void)
{
  static const char *const forms[][2] = {
    { "[::1]:7000", "[::1]:7000" },
    { "::1", "[::1]:0" },
    { "[::1]", "[::1]:0" },
    { "[::]:http", "[::]:80" },
    { "[]:7000", "[::]:7000" },
    { ":7000", "[::]:7000" },
    { "", "[::]:0" },
    { "[fe80::1%2]:7000", "[fe80::1%2]:7000" },
    { "fe80::1%4294967295", "[fe80::1%4294967295]:0" },
    { "[::ffff:1.2.3.4]:1", "[::ffff:1.2.3.4]:1" },
    { "[fe80::1%0]:1", "[fe80::1]:1" },
  };
  g_autofree char *lo = g_strdup_printf ("[fe80::1%%%u]:7000", if_nametoindex ("lo"));

  g_test_summary ("Every form of an IPv6 address");

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    assert_parses (AF_INET6, SOCK_STREAM, forms[i][0], forms[i][1], NULL);

  assert_parses (AF_INET6, SOCK_STREAM, "[fe80::1%lo]:7000", lo, NULL);
  assert_parses (AF_INET6, SOCK_STREAM, "[localhost]:http", "[::]:80", "localhost");
  assert_parses (AF_INET6, SOCK_STREAM, "localhost:80", "[::]:80", "localhost");
  assert_parses (AF_INET6, SOCK_STREAM, "localhost", "[::]:0", "localhost");
}

static void
test_inet6_errors (void)
{
  g_test_summary ("An IPv6 address's errors name the piece and its place");

  assert_fails (AF_INET6, "[::1]:65536", SWB_ERROR_RANGE, 6, "65535");
  assert_fails (AF_INET6, "[::1", SWB_ERROR_SYNTAX, 0, "[::1");
  assert_fails (AF_INET6, "[::1]80", SWB_ERROR_SYNTAX, 0, "[::1]80");
  assert_fails (AF_INET6, "[:::1]:80", SWB_ERROR_SYNTAX, 1, ":::1");
  assert_fails (AF_INET6, "127.0.0.1:80", SWB_ERROR_SYNTAX, 0, "::ffff:");
  assert_fails (AF_INET6, "[<broadcast>]:9", SWB_ERROR_SYNTAX, 1, "ff02::1");
  assert_fails (AF_INET6, "[fe80::1%nosuchif0]:80", SWB_ERROR_UNKNOWN, 9, "nosuchif0");
  assert_fails (AF_INET6, "[fe80::1%../lo]:80", SWB_ERROR_UNKNOWN, 9, "../lo");
  assert_fails (AF_INET6, "[fe80::1%]:80", SWB_ERROR_SYNTAX, 9, "%");
  assert_fails (AF_INET6, "[fe80::1%4294967296]:80", SWB_ERROR_RANGE, 9, "4294967295");
  assert_fails (AF_INET6, "[localhost%lo]:80", SWB_ERROR_SYNTAX, 1, "localhost%lo");
}

static void
test_unix (void)
{
  g_autofree char *fits = g_strnfill (107, 'p');
  g_autofree char *too_long = g_strnfill (108, 'p');
  g_autofree char *abstract = g_strconcat ("@", fits, NULL);
  g_autofree char *too_abstract = g_strconcat ("@", too_long, NULL);
  g_autofree char *host = NULL;
  SwbAddress address;

  g_test_summary ("Paths and abstract names up to 107 bytes and not one more");

  assert_parses (AF_UNIX, SOCK_STREAM, "/run/x.sock", "/run/x.sock", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "a:b", "a:b", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "@demo", "@demo", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "@", "@", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "", "", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "\\x40demo", "\\x40demo", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "\\x68ex:00", "\\x68ex:00", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "@a\\0b\\x01\\\\", "@a\\x00b\\x01\\\\", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, "@\\0a", "@\\x00a", NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, fits, fits, NULL);
  assert_parses (AF_UNIX, SOCK_STREAM, abstract, abstract, NULL);

  assert_fails (AF_UNIX, too_long, SWB_ERROR_TOO_LONG, 0, "107");
  assert_fails (AF_UNIX, too_abstract, SWB_ERROR_TOO_LONG, 0, "107");
  assert_fails (AF_UNIX, "/a\\q", SWB_ERROR_SYNTAX, 2, "\\xHH");
  assert_fails (AF_UNIX, "@a\\", SWB_ERROR_SYNTAX, 2, "\\xHH");
  assert_fails (AF_UNIX, "/a\\0b", SWB_ERROR_SYNTAX, 0, "NUL");

  g_assert_true (swb_address_parse (AF_UNIX, 0, "/a", &address, &host, NULL, NULL));
  g_assert_cmpuint (address.length, ==, 2 + 2 + 1);
  g_assert_true (swb_address_parse (AF_UNIX, 0, "@a", &address, &host, NULL, NULL));
  g_assert_cmpuint (address.length, ==, 2 + 1 + 1);
  g_assert_true (swb_address_parse (AF_UNIX, 0, "", &address, &host, NULL, NULL));
  g_assert_cmpuint (address.length, ==, 2);
}

static void
test_raw (void)
{
  g_autoptr (GString) full = g_string_new ("hex:");

  g_test_summary ("Any domain takes raw bytes, from one to a sockaddr_storage");

  assert_parses (AF_INET, SOCK_STREAM, "hex:01", "hex:01", NULL);
  assert_parses (AF_KEY, SOCK_STREAM, "hex:0f 00 31", "hex:0f 00 31", NULL);
  assert_parses (AF_INET, SOCK_STREAM, "hex:0200 1b58 7f000001 0000000000000000",
                 "127.0.0.1:7000", NULL);
  assert_fails (AF_INET, "hex:", SWB_ERROR_SYNTAX, 4, "sockaddr");
  assert_fails (AF_INET, "hex:02 0", SWB_ERROR_SYNTAX, 7, "stands alone");
  assert_fails (AF_KEY, "31", SWB_ERROR_SYNTAX, 0, "hex:");

  for (guint i = 0; i < sizeof (struct sockaddr_storage); i++)
    g_string_append (full, i > 0 ? " 2a" : "2a");
  assert_parses (AF_INET, SOCK_STREAM, full->str, full->str, NULL);
  g_string_append (full, " 2a");
  assert_fails (AF_INET, full->str, SWB_ERROR_TOO_LONG, 4, "128");
}

static void
assert_parts (int domain, const char *host_text, const char *port_text,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  g_autofree char *printed = NULL;
  SwbAddress address;
  gboolean in_port = TRUE;

  g_assert_true (swb_address_parse_parts (domain, SOCK_STREAM, host_text, port_text,
                                          &address, &host, &in_port, &error));
  g_assert_no_error (error);
  g_assert_false (in_port);
  printed = swb_address_print (&address);
  g_assert_cmpstr (printed, ==, expected);
}

static void
assert_parts_fail (int domain, const char *host_text, const char *port_text, int code,
                   gboolean expect_in_port)
{
  g_autoptr (GError) error = NULL;
  char *host = NULL;
  SwbAddress address;
  gboolean in_port = !expect_in_port;

  g_assert_false (swb_address_parse_parts (domain, SOCK_STREAM, host_text, port_text,
                                           &address, &host, &in_port, &error));
  g_assert_error (error, SWB_ERROR, code);
  g_assert_cmpint (in_port, ==, expect_in_port);
}

static void
test_parts (void)
{
  g_test_summary ("Two entries give the same address, and an error is in one of them");

  assert_parts (AF_INET, " 127.0.0.1 ", " 7000 ", "127.0.0.1:7000");
  assert_parts (AF_INET, "", NULL, "0.0.0.0:0");
  assert_parts (AF_INET6, "::1", "7000", "[::1]:7000");
  assert_parts (AF_INET6, "[::1]", "http", "[::1]:80");
  assert_parts (AF_UNIX, "/a b", "ignored", "/a b");
  assert_parts (AF_INET, "hex:01", "", "hex:01");

  assert_parts_fail (AF_INET, "127.0.0.1", "65536", SWB_ERROR_RANGE, TRUE);
  assert_parts_fail (AF_INET, "300.0.0.1", "65536", SWB_ERROR_RANGE, FALSE);
  assert_parts_fail (AF_INET, "127.0.0.1:80", "", SWB_ERROR_SYNTAX, FALSE);
  assert_parts_fail (AF_INET6, "::g", "1", SWB_ERROR_SYNTAX, FALSE);
  assert_parts_fail (AF_INET, "::1", "1", SWB_ERROR_SYNTAX, FALSE);
}

static void
test_join_and_split (void)
{
  static const struct
  {
    int domain;
    const char *host, *port, *text;
  } cases[] = {
    { AF_INET, "localhost", "80", "localhost:80" },
    { AF_INET, "localhost", "", "localhost" },
    { AF_INET, "", "80", ":80" },
    { AF_INET, "", "", "" },
    { AF_INET6, "::1", "80", "[::1]:80" },
    { AF_INET6, "::1", "", "::1" },
    { AF_INET6, "", "80", ":80" },
    { AF_INET6, "name", "80", "[name]:80" },
    { AF_UNIX, "/a:b", "", "/a:b" },
    { AF_INET, "hex:02 00", "", "hex:02 00" },
  };

  g_test_summary ("Joining two entries and splitting the text are inverse");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = swb_address_join_parts (cases[i].domain, cases[i].host, cases[i].port);
      g_autofree char *host = NULL;
      g_autofree char *port = NULL;

      g_assert_cmpstr (text, ==, cases[i].text);
      swb_address_split_parts (cases[i].domain, text, &host, &port);
      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpstr (port, ==, cases[i].port);
    }
}

static void
resolve_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
resolve (int domain, const char *host, SwbAddress *chosen, char **story, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  swb_address_resolve_async (domain, host, 7000, NULL, resolve_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return swb_address_resolve_finish (result, chosen, story, error);
}

static void
test_resolve (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *story = NULL;
  g_autofree char *text = NULL;
  SwbAddress address;

  g_test_summary (
      "A name is resolved, the whole answer told, the first of the domain taken");

  g_assert_true (resolve (AF_INET, "localhost", &address, &story, &error));
  g_assert_no_error (error);
  text = swb_address_print (&address);
  g_assert_cmpstr (text, ==, "127.0.0.1:7000");
  g_assert_true (g_str_has_prefix (story, "localhost is "));
  g_assert_nonnull (strstr (story, "127.0.0.1 chosen: the first IPv4 address"));

  g_assert_true (resolve (AF_INET6, "::1", &address, NULL, &error));
  g_assert_false (resolve (AF_INET6, "127.0.0.1", &address, NULL, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_UNRESOLVED);
  g_assert_cmpstr (error->message, ==, "127.0.0.1 has no IPv6 address; it is 127.0.0.1");
  g_clear_error (&error);

  g_assert_false (resolve (AF_INET, "no-such-host.invalid", &address, NULL, &error));
  g_assert_true (error->domain == G_RESOLVER_ERROR);
  g_assert_nonnull (strstr (error->message, "no-such-host.invalid"));
}

static void
test_resolve_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SwbAddress address;

  g_test_summary ("A cancelled resolution says so");

  g_cancellable_cancel (cancellable);
  swb_address_resolve_async (AF_INET, "localhost", 1, cancellable, resolve_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (swb_address_resolve_finish (result, &address, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/inet", test_inet);
  g_test_add_func ("/address/services", test_services);
  g_test_add_func ("/address/inet-errors", test_inet_errors);
  g_test_add_func ("/address/hostile", test_hostile);
  g_test_add_func ("/address/inet6", test_inet6);
  g_test_add_func ("/address/inet6-errors", test_inet6_errors);
  g_test_add_func ("/address/unix", test_unix);
  g_test_add_func ("/address/raw", test_raw);
  g_test_add_func ("/address/parts", test_parts);
  g_test_add_func ("/address/join-and-split", test_join_and_split);
  g_test_add_func ("/address/resolve", test_resolve);
  g_test_add_func ("/address/resolve-cancel", test_resolve_cancel);
  return g_test_run ();
}
