/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-multicast.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "net/swb-error.h"
#include "net/swb-option.h"

/* A machine of files: lo, and eth0 that has joined 239.1.2.3 and ff02::1234. */
static const struct
{
  const char *name;
  const char *text;
} files[] = {
  { "proc/net/igmp", "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n"
                     "1\tlo        :     1      V3\n"
                     "\t\t\t\t010000E0     1 0:00000000\t\t0\n"
                     "4\teth0      :     2      V3\n"
                     "\t\t\t\t030201EF     1 0:00000000\t\t0\n"
                     "\t\t\t\t010000E0     1 0:00000000\t\t0\n" },
  { "proc/net/igmp6",
    "1    lo              ff020000000000000000000000000001     1 0000000C 0\n"
    "4    eth0            ff020000000000000000000000001234     1 00000004 0\n" },
  { "proc/net/route", "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n"
                      "eth0\t0000090A\t00000000\t0001\t0\t0\t0\t00FFFFFF\n" },
  { "proc/net/fib_trie", "Main:\n  |-- 10.9.0.1\n     /32 host LOCAL\n"
                         "  |-- 127.0.0.1\n     /32 host LOCAL\n" },
  { "proc/net/if_inet6", "00000000000000000000000000000001 01 80 10 80       lo\n"
                         "fe800000000000000000000000000005 04 40 20 80     eth0\n" },
  { "proc/sys/net/ipv4/conf/eth0/rp_filter", "1\n" },
  { "sys/class/net/lo/flags", "0x9\n" },
  { "sys/class/net/eth0/flags", "0x1\n" },
};

static char *
make_root (void)
{
  char *root = g_dir_make_tmp ("swb-multicast-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (root, files[i].name, NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
    }
  return root;
}

static void
remove_root (const char *root)
{
  static const char *const folders[] = { "proc/sys/net/ipv4/conf/eth0",
                                         "proc/sys/net/ipv4/conf",
                                         "proc/sys/net/ipv4",
                                         "proc/sys/net",
                                         "proc/sys",
                                         "proc/net",
                                         "proc",
                                         "sys/class/net/lo",
                                         "sys/class/net/eth0",
                                         "sys/class/net",
                                         "sys/class",
                                         "sys",
                                         "" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (root, files[i].name, NULL);

      g_remove (path);
    }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i], NULL);

      g_rmdir (path);
    }
}

static SwbAddress
parse (int domain, const char *text)
{
  SwbAddress address;
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;

  swb_address_parse (domain, SOCK_DGRAM, text, &address, &host, NULL, &error);
  g_assert_no_error (error);
  return address;
}

/* A socket for which all is right but what the test changes. */
static SwbMulticastQuestion
make_question (void)
{
  return (SwbMulticastQuestion){ .group = parse (AF_INET, "239.1.2.3"),
                                 .interface = "lo",
                                 .is_open = TRUE,
                                 .local = parse (AF_INET, "0.0.0.0:7000"),
                                 .is_joined = TRUE };
}

static void
assert_says (const char *root, const SwbMulticastQuestion *question, const char *part,
             gboolean says)
{
  g_autofree char *text = swb_multicast_explain (root, question);

  if ((strstr (text, part) != NULL) != says)
    g_error ("“%s” %s say “%s”", text, says ? "does not" : "must not", part);
}

static void
test_explain (void)
{
  g_autofree char *root = make_root ();
  SwbMulticastQuestion question = make_question ();
  SwbMulticastSender sender
      = { .name = (char *)"Sender", .port = 7000, .loops = TRUE, .ttl = 1 };

  g_test_summary ("Each reason is found, and not where it does not hold");
  question.senders = &sender;
  question.n_senders = 1;
  sender.has_interface = TRUE;
  assert_says (root, &question, "on eth0, not on lo", TRUE);
  question.interface = "eth0";
  assert_says (root, &question, "not on", FALSE);
  assert_says (root, &question, "flag MULTICAST is off", TRUE);
  assert_says (root, &question, "rp_filter is 1", TRUE);
  question.interface = NULL;
  assert_says (root, &question, "All is as it has to be", TRUE);

  question.is_joined = FALSE;
  assert_says (root, &question, "this one has not", TRUE);
  question.is_joined = TRUE;
  question.source = "10.9.0.7";
  assert_says (root, &question, "for 10.9.0.7 alone", TRUE);
  question.source = NULL;

  sender.port = 7001;
  assert_says (root, &question, "port 7001", TRUE);
  sender.port = 7000;
  sender.loops = FALSE;
  assert_says (root, &question, "loop off", TRUE);
  sender.loops = TRUE;
  sender.ttl = 0;
  assert_says (root, &question, "TTL 0", TRUE);
  sender.ttl = 1;
  sender.error = ENETUNREACH;
  sender.has_interface = FALSE;
  assert_says (root, &question, "ENETUNREACH", TRUE);
  assert_says (root, &question, "No route leads to 239.1.2.3", TRUE);

  question.local = parse (AF_INET, "127.0.0.1:7000");
  assert_says (root, &question, "bound to 127.0.0.1:7000", TRUE);
  question.local = parse (AF_INET, "239.1.2.3:7000");
  assert_says (root, &question, "The socket is bound to", FALSE);
  question.local.length = 0;
  assert_says (root, &question, "is not bound", TRUE);
  question.group = parse (AF_INET, "239.9.9.9");
  assert_says (root, &question, "No socket of this machine has joined", TRUE);
  question.group = parse (AF_INET, "10.0.0.1");
  assert_says (root, &question, "is no group", TRUE);
  question.group = parse (AF_INET6, "ff02::1234");
  question.local = parse (AF_INET6, "[::]:7000");
  assert_says (root, &question, "No socket of this machine", FALSE);
  question.group = parse (AF_INET6, "fe80::1");
  assert_says (root, &question, "begin with ff", TRUE);
  remove_root (root);
}

static void
test_interfaces (void)
{
  g_autofree char *root = make_root ();
  g_autoptr (GPtrArray) four = swb_multicast_list_interfaces (root, AF_INET);
  g_autoptr (GPtrArray) six = swb_multicast_list_interfaces (root, AF_INET6);
  SwbAddress group = parse (AF_INET, "239.1.2.3");
  g_auto (GStrv) joined = swb_multicast_list_joined (root, &group);
  const SwbMulticastInterface *eth0;

  g_test_summary ("Interfaces come with number and address");
  g_assert_cmpuint (four->len, ==, 2);
  eth0 = four->pdata[1];
  g_assert_cmpstr (eth0->name, ==, "eth0");
  g_assert_cmpint (eth0->index, ==, 4);
  g_assert_cmpstr (eth0->address, ==, "10.9.0.1");
  g_assert_cmpstr (((SwbMulticastInterface *)four->pdata[0])->address, ==, "127.0.0.1");
  g_assert_cmpuint (six->len, ==, 2);
  eth0 = six->pdata[1];
  g_assert_cmpstr (eth0->address, ==, "fe80::5");
  g_assert_cmpstr (((SwbMulticastInterface *)six->pdata[0])->address, ==, "::1");
  g_assert_cmpuint (g_strv_length (joined), ==, 1);
  g_assert_cmpstr (joined[0], ==, "eth0");
  remove_root (root);
}

/* RFC 3678 */
static void
test_options (void)
{
  static const struct
  {
    int level, option;
    const char *text;
    gsize size;
    gboolean is_right;
  } cases[] = {
    { IPPROTO_IP, MCAST_JOIN_GROUP, "239.1.2.3 1", sizeof (struct group_req), TRUE },
    { IPPROTO_IPV6, MCAST_LEAVE_GROUP, "ff02::1234 1", sizeof (struct group_req), TRUE },
    { IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, "232.1.2.3 1 127.0.0.1",
      sizeof (struct group_source_req), TRUE },
    { IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, "ff3e::1 0 ::1",
      sizeof (struct group_source_req), TRUE },
    { IPPROTO_IP, MCAST_JOIN_GROUP, "239.1.2.3", 0, FALSE },
    { IPPROTO_IP, MCAST_JOIN_GROUP, "nonsense 1", 0, FALSE },
    { IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, "232.1.2.3 1", 0, FALSE },
    { IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, "232.1.2.3 1 x", 0, FALSE },
    { IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, "232.1.2.3 1 127.0.0.1 2", 0, FALSE },
  };

  g_test_summary ("Groups and senders are read and printed the same");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SwbOption *option = swb_option_find (cases[i].level, cases[i].option);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = swb_option_parse (option, cases[i].text, &error);
      g_autofree char *printed = NULL;

      if (!cases[i].is_right)
        {
          g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, cases[i].size);
      printed = swb_option_print (option, g_bytes_get_data (bytes, NULL), cases[i].size);
      g_assert_cmpstr (printed, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/multicast/explain", test_explain);
  g_test_add_func ("/multicast/interfaces", test_interfaces);
  g_test_add_func ("/multicast/options", test_options);
  return g_test_run ();
}
