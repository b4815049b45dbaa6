/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-cause.h"
#include "net/swb-machine.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

/* A machine on paper: lo and eth0 with 192.0.2.5/24, a listener on 7001. */
static const struct
{
  const char *file;
  const char *text;
} machine[] = {
  { "net/dev", "Inter-| Receive\n face |bytes\n    lo: 1 2\n  eth0: 3 4\n" },
  { "net/fib_trie",
    "Main:\n  |-- 127.0.0.0\n     /8 host LOCAL\n  |-- 127.0.0.1\n     /32 host "
    "LOCAL\n  |-- 192.0.2.5\n     /32 host LOCAL\n  |-- 192.0.2.255\n     /32 "
    "link BROADCAST\nLocal:\n  |-- 192.0.2.5\n     /32 host LOCAL\n" },
  { "net/if_inet6", "00000000000000000000000000000001 01 80 10 80       lo\n"
                    "fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n" },
  { "net/route", "Iface\tDestination\tGateway\n"
                 "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
                 "*\t400200C0\t00000000\t0201\t0\t0\t0\tE0FFFFFF\t0\t0\t0\n" },
  { "net/ipv6_route",
    "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
    "00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n"
    "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
    "fe800000000000000000000000000001 00000400 00000001 00000000 00450003     eth0\n"
    "20010db8000100000000000000000000 30 00000000000000000000000000000000 00 "
    "00000000000000000000000000000000 00000400 00000001 00000000 80200201       lo\n" },
  { "net/tcp", "  sl\n   0: 0100007F:1B59 00000000:0000 0A 00000000:00000000 00:00000000 "
               "00000000     0        0 178 1\n" },
  { "sys/net/ipv4/ip_unprivileged_port_start", "1024\n" },
  { "sys/net/ipv4/tcp_syn_retries", "6\n" },
};

static char *
make_machine (void)
{
  char *root = g_dir_make_tmp ("swb-machine-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (machine); i++)
    {
      g_autofree char *path = g_build_filename (root, "proc", machine[i].file, NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, machine[i].text, -1, NULL));
    }
  return root;
}

static void
remove_machine (char *root)
{
  static const char *const folders[]
      = { "proc/net", "proc/sys/net/ipv4", "proc/sys/net", "proc/sys", "proc", "." };

  for (guint i = 0; i < G_N_ELEMENTS (machine); i++)
    {
      g_autofree char *path = g_build_filename (root, "proc", machine[i].file, NULL);
      g_unlink (path);
    }
  for (guint i = 0; i + 1 < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i], NULL);
      g_rmdir (path);
    }
  g_assert_cmpint (g_rmdir (root), ==, 0);
  g_free (root);
}

/* What must be in the sentence; NULL: there is none. */
static const struct
{
  SwbCall call;
  int error, domain, type;
  const char *address;
  gsize n_bytes;
  const char *part;
} cases[] = {
  { SWB_CALL_BIND, EACCES, AF_INET, SOCK_STREAM, "127.0.0.1:80", 0, "below 1024" },
  { SWB_CALL_BIND, EACCES, AF_INET, SOCK_STREAM, "127.0.0.1:1024", 0, NULL },
  { SWB_CALL_BIND, EADDRNOTAVAIL, AF_INET, SOCK_STREAM, "10.0.0.1:80", 0,
    "127.0.0.1, 192.0.2.5." },
  { SWB_CALL_BIND, EADDRNOTAVAIL, AF_INET6, SOCK_STREAM, "[2001:db8::1]:80", 0,
    "::1, fe80::fc:ff:fe00:1%eth0." },
  { SWB_CALL_SENDTO, EACCES, AF_INET, SOCK_DGRAM, "255.255.255.255:9", 5, "SO_BROADCAST" },
  { SWB_CALL_SENDTO, EACCES, AF_INET, SOCK_DGRAM, "192.0.2.255:9", 5, "SO_BROADCAST" },
  { SWB_CALL_SENDTO, EACCES, AF_INET, SOCK_DGRAM, "192.0.2.254:9", 5, NULL },
  { SWB_CALL_CONNECT, EHOSTUNREACH, AF_INET, SOCK_STREAM, "192.0.2.9:9", 0,
    "through eth0" },
  { SWB_CALL_CONNECT, ENETUNREACH, AF_INET, SOCK_STREAM, "198.51.100.1:9", 0, "lo, eth0." },
  { SWB_CALL_CONNECT, ECONNREFUSED, AF_INET, SOCK_STREAM, "127.0.0.1:7000", 0,
    "are 7001." },
  { SWB_CALL_CONNECT, ECONNREFUSED, AF_INET, SOCK_STREAM, "127.0.0.2:7001", 0,
    "listener at 127.0.0.1:7001." },
  { SWB_CALL_CONNECT, ECONNREFUSED, AF_INET, SOCK_STREAM, "192.0.2.9:7000", 0, NULL },
  { SWB_CALL_CONNECT, ECONNREFUSED, AF_UNIX, SOCK_STREAM, "@nobody", 0, "abstract" },
  { SWB_CALL_CONNECT, ENOENT, AF_UNIX, SOCK_STREAM, "/nowhere/s", 0, "/nowhere does not" },
  { SWB_CALL_CONNECT, ECONNREFUSED, AF_UNIX, SOCK_STREAM, "/etc/passwd", 0,
    "is no socket" },
  { SWB_CALL_CONNECT, EINVAL, AF_INET6, SOCK_STREAM, "[fe80::1]:9", 0, "lo, eth0." },
  { SWB_CALL_CONNECT, EINVAL, AF_INET6, SOCK_STREAM, "[2001:db8::1]:9", 0, NULL },
  { SWB_CALL_CONNECT, EHOSTUNREACH, AF_INET, SOCK_STREAM, "192.0.2.70:9", 0,
    "No route of this machine leads to 192.0.2.70:9" },
  { SWB_CALL_CONNECT, EHOSTUNREACH, AF_INET6, SOCK_STREAM, "[2001:db8:1::9]:9", 0,
    "No route of this machine leads to [2001:db8:1::9]:9" },
  { SWB_CALL_CONNECT, EHOSTUNREACH, AF_INET6, SOCK_STREAM, "[2001:db8:2::9]:9", 0,
    "leads through eth0" },
  { SWB_CALL_CONNECT, ETIMEDOUT, AF_INET, SOCK_STREAM, "192.0.2.9:9", 0, "7 times" },
  { SWB_CALL_SENDTO, EMSGSIZE, AF_INET, SOCK_DGRAM, "127.0.0.1:9", 70000, "65,507" },
  { SWB_CALL_SENDTO, EMSGSIZE, AF_INET6, SOCK_DGRAM, "[::1]:9", 70000, "65,527" },
  { SWB_CALL_ACCEPT, EMFILE, AF_INET, SOCK_STREAM, NULL, 0, "ulimit -n" },
  { SWB_CALL_SETSOCKOPT, ENODEV, AF_INET, SOCK_DGRAM, NULL, 0, "lo, eth0." },
  { SWB_CALL_SETSOCKOPT, EPERM, AF_INET, SOCK_DGRAM, NULL, 0, "CAP_NET_" },
  { SWB_CALL_SEND, EPIPE, AF_INET, SOCK_STREAM, NULL, 0, NULL },
};

static void
check (const char *root, guint i)
{
  SwbCauseQuestion question = { .call = cases[i].call,
                                .error = cases[i].error,
                                .domain = cases[i].domain,
                                .type = cases[i].type,
                                .n_bytes = cases[i].n_bytes,
                                .level = SOL_SOCKET,
                                .option = SO_BINDTODEVICE };
  g_autofree char *host = NULL;
  g_autofree char *text = NULL;

  if (cases[i].address != NULL)
    g_assert_true (swb_address_parse (cases[i].domain, cases[i].type, cases[i].address,
                                      &question.address, &host, NULL, NULL));
  text = swb_cause_describe (root, &question);
  g_assert_true (text == NULL || swb_cause_is_known (&question));
  if (cases[i].part == NULL ? text != NULL
                            : text == NULL || strstr (text, cases[i].part) == NULL)
    g_error ("case %u: “%s” instead of “%s”", i, text, cases[i].part);
}

static void
test_causes (void)
{
  char *root = make_machine ();

  g_test_summary ("Each cause is looked up in the files of a machine that is known");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (root, i);
  remove_machine (root);
}

static void
test_descriptors (void)
{
  SwbCauseQuestion question = { .call = SWB_CALL_ACCEPT, .error = EMFILE };
  struct rlimit limit;

  g_test_summary ("A limit that is as high as it may be is not said to be one to raise");
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  struct rlimit most = { .rlim_cur = limit.rlim_max, .rlim_max = limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &most), ==, 0);
  g_autofree char *text = swb_cause_describe ("/", &question);
  g_assert_nonnull (strstr (text, "only root can raise it"));
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
}

static void
test_nothing (void)
{
  g_test_summary ("A machine without files has no lists, and nothing fails");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SwbCauseQuestion question = { .call = cases[i].call,
                                    .error = cases[i].error,
                                    .domain = cases[i].domain,
                                    .type = cases[i].type };
      g_autofree char *text = swb_cause_describe ("/nonexistent", &question);

      g_assert_true (text == NULL || text[0] != '\0');
    }
}

static void
test_unreadable (void)
{
  SwbCauseQuestion question = {
    .call = SWB_CALL_CONNECT, .error = ECONNREFUSED, .domain = AF_INET, .type = SOCK_STREAM
  };
  g_autofree char *host = NULL;

  g_test_summary (
      "Where the table of sockets cannot be read, nobody says that it is empty");
  g_assert_true (swb_address_parse (AF_INET, SOCK_STREAM, "127.0.0.1:7000",
                                    &question.address, &host, NULL, NULL));
  g_assert_null (swb_cause_describe ("/nonexistent", &question));
}

static void
test_here (void)
{
  g_auto (GStrv) addresses = swb_machine_list_addresses ("", AF_INET);
  g_auto (GStrv) interfaces = swb_machine_list_interfaces ("");

  g_test_summary ("This machine has the loopback interface and its address");
  g_assert_true (g_strv_contains ((const char *const *)interfaces, "lo"));
  if (addresses[0] == NULL)
    g_test_skip ("this kernel shows no table of addresses");
  else
    g_assert_true (g_strv_contains ((const char *const *)addresses, "127.0.0.1"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cause/causes", test_causes);
  g_test_add_func ("/cause/descriptors", test_descriptors);
  g_test_add_func ("/cause/nothing", test_nothing);
  g_test_add_func ("/cause/unreadable", test_unreadable);
  g_test_add_func ("/cause/here", test_here);
  return g_test_run ();
}
