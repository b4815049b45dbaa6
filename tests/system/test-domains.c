/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "domain-ways.h"
#include "journal/notation/swb-notation.h"
#include "net/swb-catalog.h"
#include "net/swb-errno.h"
#include "net/swb-prediction.h"
#include "swb-fixture.h"

static void
run_bench (SwbFixture *self, const char *bench)
{
  g_autofree char *path = swb_fixture_write (self, "x.bench", bench, -1);
  g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "run", "x.bench", NULL);

  if (run.status == 0)
    return;

  g_test_message ("%s\n%s%s", bench, run.err, run.out);
  g_test_fail ();
}

/* Whether this kernel makes such a socket for this user. If not, it must say so as
 * predicted, and the test is skipped with the sentence that a person gets. */
static gboolean
is_there (SwbFixture *self, int domain, int type, int protocol)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_read ("");
  SwbPrediction prediction = swb_predict (kernel, domain, type, protocol);
  g_autofree char *sentence
      = swb_prediction_explain (kernel, domain, type, protocol, prediction.error);
  g_autofree char *domain_name = swb_catalog_print_domain (domain);
  g_autofree char *type_name = swb_catalog_print_type (type);
  g_autofree char *bench = NULL;

  if (prediction.reason == SWB_REASON_LOADS && g_getenv ("SWB_TEST_MODULES") == NULL)
    {
      g_test_skip (sentence);
      return FALSE;
    }
  if (prediction.error == 0)
    return TRUE;

  g_assert_nonnull (strstr (sentence, swb_errno_name (prediction.error)));
  bench = g_strdup_printf ("pane a %s %s %d\na socket expect %s\n", domain_name, type_name,
                           protocol, swb_errno_name (prediction.error));
  run_bench (self, bench);
  g_test_skip (sentence);
  return FALSE;
}

/* Within one machine vsock has a carrier of its own, which is a module. */
static gboolean
has_vsock_loopback (SwbFixture *self)
{
  if (g_file_test ("/sys/module/vsock_loopback", G_FILE_TEST_IS_DIR))
    return TRUE;

  run_bench (self, "pane a AF_VSOCK SOCK_STREAM 0\n"
                   "a bind \"vsock 1:70001\" expect EADDRNOTAVAIL\n");
  g_test_skip ("vsock_loopback is not loaded: nothing carries vsock within this machine");
  return FALSE;
}

/* --- devices --- */

/* Names of a device, what makes it, and why nothing makes it here. */
static const struct
{
  const char *name;
  const char *add; /* (nullable): words for ip link add */
  const char *why;
} devices[] = {
  [DEVICE_CAN] = { "swbcan0", "swbcan0 type vcan", NULL },
  [DEVICE_PAIR] = { "swbdev0",
                    "swbdev0 address 02:00:00:00:00:01 type veth peer name swbdev1 "
                    "address 02:00:00:00:00:02",
                    NULL },
  [DEVICE_FIRST] = { "swbdev0", NULL,
                     "LLC is in the first network namespace alone, where a test makes no "
                     "devices; the virtual machine has a pair" },
  [DEVICE_NETROM] = { "nr0", NULL, "no interface nr0 is up with the callsign EEEEEE-1" },
  [DEVICE_ROSE] = { "rose0", NULL, "no interface rose0 is up with the address 1234567890" },
  [DEVICE_WPAN] = { "wpan0", NULL, "no interface wpan0 of mac802154_hwsim is up" },
};

/* By its whole path: some shells have an ip of their own, which knows no peers. */
static SwbResult
call_ip (SwbFixture *self, const char *words)
{
  g_autofree char *ip = g_find_program_in_path ("ip");
  g_autofree char *line = g_strconcat (ip, " link ", words, NULL);

  return swb_fixture_run (self, NULL, "sh", "-c", line, NULL);
}

static void
run_ip (SwbFixture *self, const char *words)
{
  g_auto (SwbResult) run = call_ip (self, words);

  if (run.status != 0)
    g_error ("ip link %s: %s", words, run.err);
}

static gboolean
skip (const char *why)
{
  g_test_skip (why);
  return FALSE;
}

/* Where a domain is in any namespace, the test has one of its own, for itself and the
 * programs it starts. */
static gboolean
make_device (SwbFixture *self, Device device)
{
  if (!swb_fixture_needs ("ip"))
    return FALSE;
  if (unshare (CLONE_NEWNET) != 0)
    return skip ("this user may not make a network namespace");

  run_ip (self, "set lo up");
  if (device == DEVICE_SPACE)
    return TRUE;

  {
    g_autofree char *add = g_strconcat ("add ", devices[device].add, NULL);
    g_auto (SwbResult) run = call_ip (self, add);

    if (run.status != 0)
      return skip ("this kernel has no device of the type that is needed");
  }
  if (device == DEVICE_PAIR)
    run_ip (self, "set swbdev1 up");
  run_ip (self, device == DEVICE_PAIR ? "set swbdev0 up" : "set swbcan0 up");
  return TRUE;
}

static gboolean
is_up (const char *name)
{
  g_autofree char *path = g_strconcat ("/sys/class/net/", name, "/flags", NULL);
  g_autofree char *flags = NULL;

  return g_file_get_contents (path, &flags, NULL, NULL)
         && (g_ascii_strtoull (flags, NULL, 16) & 1) != 0;
}

static gboolean
has_device (SwbFixture *self, Device device)
{
  if (device == DEVICE_NONE || (device != DEVICE_SPACE && is_up (devices[device].name)))
    return TRUE;
  if (device != DEVICE_SPACE && devices[device].add == NULL)
    return skip (devices[device].why);

  return make_device (self, device);
}

/* --- tests --- */

static int
parse_protocol (const char *text)
{
  g_autoptr (GError) error = NULL;
  int protocol = -1;

  g_assert_true (swb_catalog_parse_protocol (text, &protocol, &error));
  g_assert_no_error (error);
  return protocol;
}

static void
test_carry (SwbFixture *self, gconstpointer data)
{
  const Carry *carry = data;
  g_autofree char *bench = domain_write_bench (carry);
  int home = open ("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

  g_test_summary ("Bytes go from one pane to another");

  if (is_there (self, carry->domain, carry->type, parse_protocol (carry->protocol))
      && (carry->domain != AF_VSOCK || has_vsock_loopback (self))
      && has_device (self, carry->device))
    {
      g_autoptr (GString) text = g_string_new (bench);
      g_autofree char *index = g_strdup_printf ("%u", if_nametoindex ("swbcan0"));

      /* Names of interfaces are looked up in /sys, which shows another namespace. */
      g_string_replace (text, "$can", index, 0);
      run_bench (self, text->str);
    }

  if (carry->device != DEVICE_NONE)
    setns (home, CLONE_NEWNET);
  close (home);
}

static void
test_lonely (SwbFixture *self, gconstpointer data)
{
  const Lonely *lonely = data;
  g_autofree char *bench
      = domain_write_panes (lonely->domain, lonely->type, lonely->protocol, lonely->bench);

  g_test_summary ("Where one machine alone cannot serve, the kernel says what is missing");

  if (!is_there (self, lonely->domain, lonely->type, parse_protocol (lonely->protocol)))
    return;

  run_bench (self, bench);
  if (!g_test_failed ())
    g_test_skip (lonely->why);
}

/* Whether there is a device that SMC could put its bytes through. */
static gboolean
has_shared_memory (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/sys/class/infiniband", 0, NULL);

  return dir != NULL && g_dir_read_name (dir) != NULL;
}

static void
test_smc_by_tcp (SwbFixture *self, gconstpointer data)
{
  const char *bench = "pane a AF_SMC SOCK_STREAM 0\npane b AF_SMC SOCK_STREAM 0\n"
                      "a bind 127.0.0.1:0\na listen 4\n"
                      "a getsockopt SOL_SOCKET SO_DOMAIN\nb connect a\n"
                      "b getsockopt SOL_SOCKET SO_DOMAIN\n"
                      "b getsockopt SOL_SOCKET SO_PROTOCOL\n"
                      "b send \"there\"\na#1 expect recv \"there\" within 60s\n";
  g_autofree char *path = swb_fixture_write (self, "x.bench", bench, -1);

  g_test_summary ("Without a device for it, SMC falls back: its socket is one of TCP then");

  if (!is_there (self, AF_SMC, SOCK_STREAM, 0))
    return;
  if (has_shared_memory ())
    {
      skip ("this machine has a device that SMC may use instead of TCP");
      return;
    }

  {
    g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "run", "x.bench", NULL);

    g_test_message ("%s%s", run.err, run.out);
    g_assert_cmpint (run.status, ==, 0);
    g_assert_nonnull (strstr (run.out, "SOL_SOCKET, SO_DOMAIN, [43], [4]) = 0"));
    g_assert_nonnull (strstr (run.out, "SOL_SOCKET, SO_DOMAIN, [2], [4]) = 0"));
    g_assert_nonnull (strstr (run.out, "SOL_SOCKET, SO_PROTOCOL, [6], [4]) = 0"));
  }
}

static void
test_x25 (SwbFixture *self, gconstpointer data)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_read ("");
  SwbPrediction prediction = swb_predict (kernel, AF_X25, SOCK_SEQPACKET, 0);
  g_autofree char *sentence
      = swb_prediction_explain (kernel, AF_X25, SOCK_SEQPACKET, 0, prediction.error);

  g_test_summary ("X.25 is there, or the errno comes with what would change it");

  if (prediction.error == 0)
    {
      g_test_skip ("this kernel has X.25, which needs a line: lapb");
      return;
    }
  g_assert_cmpint (prediction.error, ==, EAFNOSUPPORT);
  g_assert_true (strstr (sentence, "CONFIG_X25") != NULL
                 || strstr (sentence, "modprobe x25") != NULL);
  run_bench (self, "pane a AF_X25 SOCK_SEQPACKET 0\n"
                   "a bind \"x25 1234567\" expect EAFNOSUPPORT\n");
}

/* A type of each domain that the kernel gives; where it gives none, what it says. */
static void
append_domain (GString *bench, SwbKernel *kernel, const SwbConstant *domain)
{
  guint n_types, n_protocols;
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  for (guint t = 0; t < n_types; t++)
    {
      const SwbConstant *protocols
          = swb_catalog_get_protocols (domain->value, types[t].value, &n_protocols);

      for (guint p = 0; p < n_protocols; p++)
        {
          SwbPrediction prediction
              = swb_predict (kernel, domain->value, types[t].value, protocols[p].value);
          g_autofree char *name = g_strdup_printf ("p%u", (guint)bench->len);

          if (prediction.reason == SWB_REASON_LOADS)
            continue;
          g_string_append_printf (bench, "pane %s %s %s %d\n%s socket", name,
                                  domain->constant, types[t].constant, protocols[p].value,
                                  name);
          if (prediction.error != 0)
            g_string_append_printf (bench, " expect %s", swb_errno_name (prediction.error));
          else
            g_string_append_printf (bench, "\n%s close", name);
          g_string_append_c (bench, '\n');
        }
    }
}

static void
test_open (SwbFixture *self, gconstpointer data)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_read ("");
  guint n;
  const SwbConstant *domains = swb_catalog_get_domains (&n);

  g_test_summary ("Every socket of the catalog is opened by swb, or refused as predicted");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) bench = g_string_new (NULL);

      append_domain (bench, kernel, &domains[i]);
      if (bench->len > 0)
        run_bench (self, bench->str);
    }
}

/* Bytes that came, of all records of a call. */
static GByteArray *
collect_received (const char *journal)
{
  g_auto (GStrv) lines = g_strsplit (journal, "\n", -1);
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *pane = NULL;
      g_autoptr (GBytes) bytes = NULL;
      SwbRecord record;

      if (strstr (lines[i], " recvfrom(") != NULL
          && swb_notation_parse (lines[i], &record, &pane, &bytes, NULL)
          && record.result > 0)
        g_byte_array_append (all, record.data, (guint)record.n_data);
    }

  return all;
}

/* The names of the links in an answer to RTM_GETLINK, each with its index. */
static GHashTable *
read_links (GByteArray *answer)
{
  GHashTable *links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int left = (int)answer->len;

  for (struct nlmsghdr *message = (gpointer)answer->data; NLMSG_OK (message, left);
       message = NLMSG_NEXT (message, left))
    {
      struct ifinfomsg *info = NLMSG_DATA (message);
      int n = (int)message->nlmsg_len - (int)NLMSG_LENGTH (sizeof (*info));

      if (message->nlmsg_type != RTM_NEWLINK)
        continue;
      for (struct rtattr *a = IFLA_RTA (info); RTA_OK (a, n); a = RTA_NEXT (a, n))
        if (a->rta_type == IFLA_IFNAME)
          g_hash_table_insert (links, g_strdup (RTA_DATA (a)),
                               GINT_TO_POINTER (info->ifi_index));
    }

  return links;
}

static void
test_links (SwbFixture *self, gconstpointer data)
{
  g_autofree char *path = swb_fixture_write (
      self, "x.bench",
      "pane k AF_NETLINK SOCK_RAW NETLINK_ROUTE\nk bind \"netlink 0:0\"\n"
      "k send hex:14000000120001030100000000000000 00000000\n",
      -1);
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "run", "--until-idle", "x.bench", NULL);
  g_autoptr (GByteArray) answer = collect_received (run.out);
  g_autoptr (GHashTable) links = read_links (answer);
  g_autoptr (GDir) dir = g_dir_open ("/sys/class/net", 0, NULL);
  const char *name;
  guint n = 0;

  g_test_summary ("The dump of links that netlink gives has the links of /sys/class/net");

  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename ("/sys/class/net", name, "ifindex", NULL);
      g_autofree char *index = NULL;

      /* bonding_masters is a file among the links. */
      if (!g_file_get_contents (file, &index, NULL, NULL))
        continue;
      n++;
      g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (links, name)), ==,
                       (int)g_ascii_strtoll (index, NULL, 10));
    }
  g_assert_cmpuint (g_hash_table_size (links), ==, n);
}

static void
test_uevents (SwbFixture *self, gconstpointer data)
{
  g_test_summary ("The kernel's events of devices can be listened to");

  if (is_there (self, AF_NETLINK, SOCK_DGRAM, NETLINK_KOBJECT_UEVENT))
    run_bench (self, "pane k AF_NETLINK SOCK_DGRAM NETLINK_KOBJECT_UEVENT\n"
                     "k bind \"netlink 0:1\"\nk close\n");
}

static void
add_test (const char *group, const char *name, gconstpointer data,
          void (*test) (SwbFixture *self, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/domains/%s/%s", group, name);

  g_test_add (path, SwbFixture, data, swb_fixture_set_up, test, swb_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/domains/open", SwbFixture, NULL, swb_fixture_set_up, test_open,
              swb_fixture_tear_down);
  g_test_add ("/domains/netlink-route", SwbFixture, NULL, swb_fixture_set_up, test_links,
              swb_fixture_tear_down);
  g_test_add ("/domains/netlink-uevent", SwbFixture, NULL, swb_fixture_set_up, test_uevents,
              swb_fixture_tear_down);
  g_test_add ("/domains/x25", SwbFixture, NULL, swb_fixture_set_up, test_x25,
              swb_fixture_tear_down);
  add_test ("carry", "smc-by-tcp", NULL, test_smc_by_tcp);
  for (guint i = 0; i < domain_n_carries; i++)
    add_test ("carry", domain_carries[i].name, &domain_carries[i], test_carry);
  for (guint i = 0; i < domain_n_lonelies; i++)
    add_test ("lonely", domain_lonelies[i].name, &domain_lonelies[i], test_lonely);

  return g_test_run ();
}
