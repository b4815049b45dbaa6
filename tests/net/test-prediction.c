/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-prediction.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel/loaded-modules.h"
#include "net/swb-catalog.h"
#include "support.h"

/* Another machine, as a folder. */
typedef struct
{
  char *root;
  SwbKernel *kernel;
} Machine;

static void
write_file (const Machine *machine, const char *path, const char *text)
{
  g_autofree char *whole = g_strconcat (machine->root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (whole, text, -1, &error);
  g_assert_no_error (error);
}

/* Debian's kernel, of which little is loaded, with an ordinary user. */
static void
set_up (Machine *machine, gconstpointer data)
{
  machine->root = g_dir_make_tmp ("swb-kernel.XXXXXX", NULL);
  write_file (machine, "/proc/sys/kernel/osrelease", "6.1.0-37-amd64\n");
  write_file (machine, "/proc/net/protocols",
              "protocol  size sockets  memory press maxhdr  slab module\n"
              "TCP       2304      1       0   no     192   yes  kernel\n"
              "UDP       1216      0       2   NI       0   yes  kernel\n"
              "RAW       1152      0      -1   NI       0   yes  kernel\n"
              "PING      1016      0      -1   NI       0   yes  kernel\n"
              "MPTCP     1936      0       0   no       0   yes  kernel\n"
              "UNIX      1152      2      -1   NI       0   yes  kernel\n"
              "NETLINK   1096      0      -1   NI       0   no   kernel\n");
  write_file (machine, "/proc/net/netlink",
              "sk               Eth Pid        Groups\n"
              "000000008ae35cd9 0   0          00000000\n"
              "000000008ae35cda 15  4711       00000001\n"
              "000000008ae35cdb 16  0          00000000\n");
  write_file (machine, "/proc/self/status", "Name:\tswb\nCapEff:\t0000000000000000\n");
  write_file (machine, "/proc/sys/net/ipv4/ping_group_range", "1\t0\n");
  write_file (machine, "/proc/sys/net/mptcp/enabled", "0\n");
  write_file (machine, "/lib/modules/6.1.0-37-amd64/modules.dep",
              "kernel/net/x25/x25.ko:\nkernel/net/sctp/sctp.ko: kernel/lib/libcrc32c.ko\n"
              "kernel/net/can/can.ko.xz:\nkernel/net/can/can-raw.ko.xz: "
              "kernel/net/can/can.ko.xz\n");
  write_file (machine, "/lib/modules/6.1.0-37-amd64/modules.alias",
              "# Aliases\nalias net-pf-2-proto-132 sctp\nalias net-pf-29 can\n"
              "alias can-proto-1 can-raw\nalias pci:v1 e1000\n");
  machine->kernel = swb_kernel_read (machine->root);
}

static void
tear_down (Machine *machine, gconstpointer data)
{
  swb_kernel_unref (machine->kernel);
  support_remove_tree (machine->root);
  g_free (machine->root);
}

static void
assert_predicts (const Machine *machine, int domain, int type, int protocol, int error,
                 SwbReason reason, const char *piece)
{
  SwbPrediction prediction = swb_predict (machine->kernel, domain, type, protocol);
  g_autofree char *sentence
      = swb_prediction_explain (machine->kernel, domain, type, protocol, error);

  g_assert_cmpint (prediction.error, ==, error);
  g_assert_cmpint (prediction.reason, ==, reason);
  if (strstr (sentence, piece) == NULL)
    g_error ("“%s” lacks “%s”", sentence, piece);
}

static void
test_modules (Machine *machine, gconstpointer data)
{
  g_test_summary ("What would be loaded is available, what lies there unloaded is not");

  assert_predicts (machine, AF_INET, SOCK_STREAM, IPPROTO_SCTP, 0, SWB_REASON_LOADS,
                   "sctp");
  /* Nobody asks for SCTP by the number 0. */
  assert_predicts (machine, AF_INET, SOCK_SEQPACKET, 0, ESOCKTNOSUPPORT,
                   SWB_REASON_NO_PROTOCOL, "SCTP would provide");
  assert_predicts (machine, AF_CAN, SOCK_RAW, 1, 0, SWB_REASON_LOADS, "can_raw");
  assert_predicts (machine, AF_CAN, SOCK_RAW, 2, EPROTOTYPE, SWB_REASON_TYPE, "SOCK_RAW");
  assert_predicts (machine, AF_X25, SOCK_SEQPACKET, 0, EAFNOSUPPORT, SWB_REASON_NO_DOMAIN,
                   "“modprobe x25”");

  write_file (machine, "/sys/module/sctp/refcnt", "0\n");
  g_clear_pointer (&machine->kernel, swb_kernel_unref);
  machine->kernel = swb_kernel_read (machine->root);
  assert_predicts (machine, AF_INET, SOCK_STREAM, IPPROTO_SCTP, EPROTONOSUPPORT,
                   SWB_REASON_NO_PROTOCOL, "SCTP");
}

static void
test_reasons (Machine *machine, gconstpointer data)
{
  g_test_summary ("Each errno has its reason");

  assert_predicts (machine, AF_INET, SOCK_STREAM, 0, 0, SWB_REASON_THERE, "available");
  assert_predicts (machine, AF_INET, SOCK_STREAM, IPPROTO_UDP, EPROTONOSUPPORT,
                   SWB_REASON_PROTOCOL, "does not carry UDP");
  assert_predicts (machine, AF_INET, SOCK_RAW, IPPROTO_ICMP, EPERM, SWB_REASON_RIGHT,
                   "CAP_NET_RAW");
  assert_predicts (machine, AF_INET, SOCK_DGRAM, IPPROTO_ICMP, EACCES, SWB_REASON_PING,
                   "ping_group_range");
  assert_predicts (machine, AF_INET, SOCK_STREAM, IPPROTO_MPTCP, ENOPROTOOPT,
                   SWB_REASON_OFF, "net.mptcp.enabled");
  assert_predicts (machine, AF_INET, SOCK_STREAM, 263, EINVAL, SWB_REASON_NO_NUMBER,
                   "beyond");
  assert_predicts (machine, AF_INET6, SOCK_STREAM, 0, EAFNOSUPPORT, SWB_REASON_NO_DOMAIN,
                   "CONFIG_IPV6");
  assert_predicts (machine, AF_UNIX, SOCK_RDM, 0, ESOCKTNOSUPPORT, SWB_REASON_TYPE,
                   "AF_UNIX has no sockets");
  assert_predicts (machine, AF_NETLINK, SOCK_RAW, 16, 0, SWB_REASON_THERE, "available");
  assert_predicts (machine, AF_NETLINK, SOCK_RAW, 15, EPROTONOSUPPORT,
                   SWB_REASON_NO_PROTOCOL, "KOBJECT_UEVENT");
  assert_predicts (machine, AF_IPX, SOCK_DGRAM, 0, EAFNOSUPPORT, SWB_REASON_GONE, "4.18");
  assert_predicts (machine, AF_NETBEUI, SOCK_STREAM, 0, EAFNOSUPPORT, SWB_REASON_NO_SOCKETS,
                   "never");
  assert_predicts (machine, 46, SOCK_STREAM, 0, EAFNOSUPPORT, SWB_REASON_NO_NUMBER, "46");
  assert_predicts (machine, AF_INET, 11, 0, EINVAL, SWB_REASON_NO_NUMBER, "11");
}

static void
test_surprise (Machine *machine, gconstpointer data)
{
  g_autofree char *text
      = swb_prediction_explain (machine->kernel, AF_UNIX, SOCK_STREAM, 0, EPERM);
  g_autofree char *other
      = swb_prediction_explain (machine->kernel, AF_UNIX, SOCK_STREAM, 0, EMFILE);

  g_test_summary ("An errno that the rules do not give is explained as it is");

  g_assert_nonnull (strstr (text, "sandbox"));
  g_assert_nonnull (strstr (other, "(EMFILE)"));
}

/* The running kernel, as it is after what was asked of it before: a protocol that is not of
 * the type makes it load the module all the same. */
static void
refresh (SwbKernel **kernel)
{
  if (!loaded_modules_changed ())
    return;

  swb_kernel_unref (*kernel);
  *kernel = swb_kernel_read ("");
}

/* Where the kernel would load a module for it, it is asked only if that is wanted: in the
 * machine of the suite kernel. */
static void
compare (SwbKernel **kernel, int domain, int type, int protocol)
{
  SwbPrediction prediction = swb_predict (*kernel, domain, type, protocol);
  int fd, error;

  if (prediction.reason == SWB_REASON_LOADS && g_getenv ("SWB_TEST_MODULES") == NULL)
    return;
  /* The kernel looks for a module each time, which takes long, and no further than that. */
  if (protocol != 0
      && (prediction.reason == SWB_REASON_NO_DOMAIN || prediction.reason == SWB_REASON_GONE
          || prediction.reason == SWB_REASON_NO_SOCKETS))
    return;

  fd = socket (domain, type | SOCK_CLOEXEC, protocol);
  error = fd < 0 ? errno : 0;
  if (fd >= 0)
    close (fd);
  if (error != prediction.error)
    {
      g_test_message ("socket (%d, %d, %d): %s, but %s was predicted (reason %d)", domain,
                      type, protocol, g_strerror (error), g_strerror (prediction.error),
                      prediction.reason);
      g_test_fail ();
    }
  refresh (kernel);
}

static void
test_truth (void)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_read ("");
  static const int odd[] = { -1, 1, 5, 31, 32, 40, 115, 255, 262, 263, 300 };
  guint n;

  g_test_summary (
      "The running kernel answers as predicted, for every triple of the catalog and "
      "many that are in none");

  loaded_modules_changed ();
  for (int domain = -1; domain < 50; domain++)
    for (int type = 0; type <= 12; type++)
      {
        const SwbConstant *protocols = swb_catalog_get_all_protocols (domain, &n);

        for (guint i = 0; i < n; i++)
          compare (&kernel, domain, type, protocols[i].value);
        for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
          compare (&kernel, domain, type, odd[i]);
      }
}

static void
test_absent (void)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_read ("/nonexistent");

  g_test_summary ("A kernel of which nothing can be read has nothing, and nothing breaks");

  g_assert_cmpint (swb_predict (kernel, AF_INET, SOCK_STREAM, 0).error, ==, EAFNOSUPPORT);
  g_assert_true (swb_kernel_has_netlink (kernel, 2));
  g_assert_false (swb_kernel_has_netlink (kernel, 40));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/prediction/modules", Machine, NULL, set_up, test_modules, tear_down);
  g_test_add ("/prediction/reasons", Machine, NULL, set_up, test_reasons, tear_down);
  g_test_add ("/prediction/surprise", Machine, NULL, set_up, test_surprise, tear_down);
  g_test_add_func ("/prediction/truth", test_truth);
  g_test_add_func ("/prediction/absent", test_absent);

  return g_test_run ();
}
