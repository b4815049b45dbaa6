/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "journal/swb-notation.h"
#include "net/swb-catalog.h"
#include "net/swb-errno.h"
#include "net/swb-prediction.h"
#include "swb-fixture.h"

/* Two panes of a domain, and bytes from one to the other through the running kernel. */
typedef enum
{
  WAY_CONNECTION, /* bind, listen, connect; there and back */
  WAY_DATAGRAMS,  /* bind both; there and back */
  WAY_PACKETS,    /* bind one, send to its address from the other */
  WAY_ECHO,       /* one pane, which the kernel answers */
  WAY_OPERATION,  /* bind, accept, send, recv */
} Way;

typedef struct
{
  const char *name;
  int domain, type;
  const char *protocol;
  Way way;
  const char *address; /* of the first pane, as a bench has it */
  const char *other;   /* of the second, or where it is sent to */
  const char *bytes;   /* what is sent, or what is expected of an operation on "abc" */
  const char *device;  /* (nullable): type of the device it needs, in a network namespace */
} Carry;

#define ECHO4 "hex:08 00 73 99 00 01 00 01 61 62 63"
#define ECHO6 "hex:80 00 00 00 00 01 00 01 61 62 63"
#define FRAME "hex:23 01 00 00 02 00 00 00 ab cd 00 00 00 00 00 00"

static const Carry carries[] = {
  { "tcp4", AF_INET, SOCK_STREAM, "0", WAY_CONNECTION, "127.0.0.1:0" },
  { "tcp6", AF_INET6, SOCK_STREAM, "0", WAY_CONNECTION, "[::1]:0" },
  { "mptcp4", AF_INET, SOCK_STREAM, "IPPROTO_MPTCP", WAY_CONNECTION, "127.0.0.1:0" },
  { "mptcp6", AF_INET6, SOCK_STREAM, "IPPROTO_MPTCP", WAY_CONNECTION, "[::1]:0" },
  { "sctp4", AF_INET, SOCK_STREAM, "IPPROTO_SCTP", WAY_CONNECTION, "127.0.0.1:0" },
  { "sctp6", AF_INET6, SOCK_STREAM, "IPPROTO_SCTP", WAY_CONNECTION, "[::1]:0" },
  { "smc", AF_SMC, SOCK_STREAM, "0", WAY_CONNECTION, "127.0.0.1:0" },
  { "udp4", AF_INET, SOCK_DGRAM, "0", WAY_DATAGRAMS, "127.0.0.1:0", "127.0.0.1:0" },
  { "udp6", AF_INET6, SOCK_DGRAM, "0", WAY_DATAGRAMS, "[::1]:0", "[::1]:0" },
  { "udplite4", AF_INET, SOCK_DGRAM, "IPPROTO_UDPLITE", WAY_DATAGRAMS, "127.0.0.1:0",
    "127.0.0.1:0" },
  { "udplite6", AF_INET6, SOCK_DGRAM, "IPPROTO_UDPLITE", WAY_DATAGRAMS, "[::1]:0",
    "[::1]:0" },
  { "ping4", AF_INET, SOCK_DGRAM, "IPPROTO_ICMP", WAY_ECHO, "127.0.0.1:0", "11", ECHO4 },
  { "ping6", AF_INET6, SOCK_DGRAM, "IPPROTO_ICMPV6", WAY_ECHO, "[::1]:0", "11", ECHO6 },
  { "icmp4", AF_INET, SOCK_RAW, "IPPROTO_ICMP", WAY_ECHO, "127.0.0.1:0", "31", ECHO4 },
  { "icmp6", AF_INET6, SOCK_RAW, "IPPROTO_ICMPV6", WAY_ECHO, "[::1]:0", "11", ECHO6 },
  { "unix-stream-path", AF_UNIX, SOCK_STREAM, "0", WAY_CONNECTION, "./server.sock" },
  { "unix-stream-abstract", AF_UNIX, SOCK_STREAM, "0", WAY_CONNECTION, "@swb-test-s" },
  { "unix-stream-autobind", AF_UNIX, SOCK_STREAM, "0", WAY_CONNECTION, "" },
  { "unix-seqpacket-path", AF_UNIX, SOCK_SEQPACKET, "0", WAY_CONNECTION, "./server.sock" },
  { "unix-seqpacket-abstract", AF_UNIX, SOCK_SEQPACKET, "0", WAY_CONNECTION,
    "@swb-test-q" },
  { "unix-seqpacket-autobind", AF_UNIX, SOCK_SEQPACKET, "0", WAY_CONNECTION, "" },
  { "unix-dgram-path", AF_UNIX, SOCK_DGRAM, "0", WAY_DATAGRAMS, "./a.sock", "./b.sock" },
  { "unix-dgram-abstract", AF_UNIX, SOCK_DGRAM, "0", WAY_DATAGRAMS, "@swb-test-a",
    "@swb-test-b" },
  { "unix-dgram-autobind", AF_UNIX, SOCK_DGRAM, "0", WAY_DATAGRAMS, "", "" },
  { "unix-raw-autobind", AF_UNIX, SOCK_RAW, "0", WAY_DATAGRAMS, "", "" },
  { "packet", AF_PACKET, SOCK_DGRAM, "0", WAY_PACKETS, "packet lo:0x88b5",
    "packet lo:0x88b5:00:00:00:00:00:00", "\"frame\"" },
  { "vsock", AF_VSOCK, SOCK_STREAM, "0", WAY_CONNECTION, "vsock 1:70001",
    "\"vsock 1:70001\"" },
  { "vsock-seqpacket", AF_VSOCK, SOCK_SEQPACKET, "0", WAY_CONNECTION, "vsock 1:70002",
    "\"vsock 1:70002\"" },
  { "tipc-stream", AF_TIPC, SOCK_STREAM, "0", WAY_CONNECTION, "tipc 18888:17",
    "\"tipc 18888:17\"" },
  { "tipc-seqpacket", AF_TIPC, SOCK_SEQPACKET, "0", WAY_CONNECTION, "tipc 18888:18",
    "\"tipc 18888:18\"" },
  { "tipc-dgram", AF_TIPC, SOCK_DGRAM, "0", WAY_PACKETS, "tipc 18888:19", "tipc 18888:19",
    "\"to a name\"" },
  { "tipc-rdm", AF_TIPC, SOCK_RDM, "0", WAY_PACKETS, "tipc 18888:20", "tipc 18888:20",
    "\"to a name\"" },
  { "can", AF_CAN, SOCK_RAW, "CAN_RAW", WAY_PACKETS, "can swbdev0", "can swbdev0", FRAME,
    "vcan" },
  { "alg", AF_ALG, SOCK_SEQPACKET, "0", WAY_OPERATION, "alg hash:sha256" },
};

/* The bench of a row. */
static char *
write_bench (const Carry *self)
{
  g_autofree char *domain = swb_catalog_print_domain (self->domain);
  g_autofree char *type = swb_catalog_print_type (self->type);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "abc", 3);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "pane a %s %s %s\n", domain, type, self->protocol);
  if (self->way != WAY_ECHO && self->way != WAY_OPERATION)
    g_string_append_printf (text, "pane b %s %s %s\n", domain, type, self->protocol);
  if (self->way != WAY_ECHO)
    g_string_append_printf (text, "a bind \"%s\"\n", self->address);

  switch (self->way)
    {
    case WAY_CONNECTION:
      g_string_append_printf (text, "a listen 4\nb connect %s\n",
                              self->other != NULL ? self->other : "a");
      g_string_append (text, "b send \"there\"\n"
                             "a#1 expect recv \"there\" within 9s\na#1 send \"back\"\n"
                             "b expect recv \"back\" within 9s\n");
      break;
    case WAY_DATAGRAMS:
      g_string_append_printf (text,
                              "b bind \"%s\"\nb sendto a \"there\"\n"
                              "a expect recv \"there\" within 9s\na sendto b \"back\"\n"
                              "b expect recv \"back\" within 9s\n",
                              self->other);
      break;
    case WAY_PACKETS:
      g_string_append_printf (text, "b sendto \"%s\" %s\na expect recv %s within 9s\n",
                              self->other, self->bytes, self->bytes);
      break;
    case WAY_ECHO:
      g_string_append_printf (text,
                              "a sendto \"%s\" %s\na expect recv %s bytes within 9s\n",
                              self->address, self->bytes, self->other);
      break;
    case WAY_OPERATION:
    default:
      g_string_append_printf (text,
                              "a accept\na#1 send \"abc\"\na#1 recv\n"
                              "a#1 expect recv hex:%s within 9s\n",
                              digest);
      break;
    }

  return g_string_free (text, FALSE);
}

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

/* A network namespace for this test and the programs it starts, with one device in it. */
static gboolean
enter_namespace (SwbFixture *self, const char *device)
{
  g_auto (SwbResult) lo = { 0 };
  g_auto (SwbResult) add = { 0 };
  g_auto (SwbResult) up = { 0 };

  if (!swb_fixture_needs ("ip"))
    return FALSE;
  if (unshare (CLONE_NEWNET) != 0)
    {
      g_test_skip ("this user may not make a network namespace");
      return FALSE;
    }

  lo = swb_fixture_run (self, NULL, "ip", "link", "set", "lo", "up", NULL);
  add = swb_fixture_run (self, NULL, "ip", "link", "add", "swbdev0", "type", device, NULL);
  up = swb_fixture_run (self, NULL, "ip", "link", "set", "swbdev0", "up", NULL);
  g_assert_cmpint (lo.status, ==, 0);
  if (add.status != 0 || up.status != 0)
    {
      g_test_skip ("this kernel has no device of the type that is needed");
      return FALSE;
    }

  return TRUE;
}

/* --- tests --- */

static void
test_carry (SwbFixture *self, gconstpointer data)
{
  const Carry *carry = data;
  g_autofree char *bench = write_bench (carry);
  g_autoptr (GError) error = NULL;
  int home = open ("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  int protocol;

  g_test_summary ("Bytes go from one pane to another");

  g_assert_true (swb_catalog_parse_protocol (carry->protocol, &protocol, &error));
  g_assert_no_error (error);
  if (is_there (self, carry->domain, carry->type, protocol)
      && (carry->domain != AF_VSOCK || has_vsock_loopback (self))
      && (carry->device == NULL || enter_namespace (self, carry->device)))
    {
      g_autoptr (GString) text = g_string_new (bench);

      /* Names of interfaces are looked up in /sys, which shows another namespace. */
      if (carry->device != NULL)
        {
          g_autofree char *index = g_strdup_printf ("%u", if_nametoindex ("swbdev0"));

          g_string_replace (text, "swbdev0", index, 0);
        }
      run_bench (self, text->str);
    }

  if (carry->device != NULL)
    setns (home, CLONE_NEWNET);
  close (home);
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
  for (guint i = 0; i < G_N_ELEMENTS (carries); i++)
    {
      g_autofree char *path = g_strconcat ("/domains/", carries[i].name, NULL);

      g_test_add (path, SwbFixture, &carries[i], swb_fixture_set_up, test_carry,
                  swb_fixture_tear_down);
    }

  return g_test_run ();
}
