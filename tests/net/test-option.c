/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-option.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "net/swb-error.h"
#include "net/swb-option-names.h"

/* One name of each header, and where the numbers of two machines could differ, more. */
static void
test_headers (void)
{
  static const struct
  {
    int level, name;
    const char *constant;
  } known[] = {
#define K(level, name) { level, name, #name }
    K (SOL_SOCKET, SO_REUSEADDR),
    K (SOL_SOCKET, SO_RCVBUF),
    K (SOL_SOCKET, SO_RCVTIMEO),
    K (SOL_SOCKET, SO_LINGER),
    K (SOL_SOCKET, SO_PEERCRED),
    K (SOL_SOCKET, SO_TIMESTAMPNS),
    K (SOL_SOCKET, SO_RXQ_OVFL),
    K (SOL_SOCKET, SO_MEMINFO),
    K (SOL_SOCKET, SO_COOKIE),
    K (SOL_SOCKET, SO_RCVMARK),
    K (SOL_SOCKET, SO_BINDTODEVICE),
    K (SOL_SOCKET, SO_PEERGROUPS),
    K (IPPROTO_IP, IP_TOS),
    K (IPPROTO_IP, IP_RECVTOS),
    K (IPPROTO_IP, IP_RECVERR),
    K (IPPROTO_IP, IP_PKTINFO),
    K (IPPROTO_IP, IP_MULTICAST_ALL),
    K (IPPROTO_IP, MCAST_JOIN_GROUP),
    K (IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP),
    K (IPPROTO_IPV6, IPV6_V6ONLY),
    K (IPPROTO_IPV6, IPV6_TCLASS),
    K (IPPROTO_IPV6, IPV6_RECVPKTINFO),
    K (IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP),
    K (IPPROTO_TCP, TCP_NODELAY),
    K (IPPROTO_TCP, TCP_INFO),
    K (IPPROTO_TCP, TCP_USER_TIMEOUT),
    K (IPPROTO_TCP, TCP_FASTOPEN_CONNECT),
    K (IPPROTO_TCP, TCP_TX_DELAY),
#undef K
  };

  g_test_summary ("Names have the numbers of the headers");

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const SwbOption *option
          = swb_option_find_constant (known[i].level, known[i].constant);

      g_assert_nonnull (option);
      g_assert_cmpint (option->name, ==, known[i].name);
      g_assert_true (swb_option_find (known[i].level, known[i].name) == option);
    }
}

static void
test_table (void)
{
  guint n_levels, n, n_all = 0;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  g_test_summary ("Every row is whole: a name of its own, a number of its own, a sentence");

  for (guint l = 0; l < n_levels; l++)
    {
      const SwbOption *options = swb_option_get_level (levels[l].level, &n);
      /* MCAST_JOIN_GROUP and its kin are options of either IP. */
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      n_all += n;
      for (guint i = 0; i < n; i++)
        {
          const SwbOption *option = &options[i];

          g_assert_cmpint (option->level, ==, levels[l].level);
          g_assert_true (g_hash_table_add (seen, (gpointer)option->constant));
          g_assert_true (swb_option_find (option->level, option->name) == option);
          g_assert_true (g_str_has_suffix (option->sentence, "."));
          g_assert_cmpuint (strlen (option->sentence), <, 110);
          g_assert_true ((option->flags & (SWB_OPTION_READ | SWB_OPTION_WRITE)) != 0);
          g_assert_nonnull (strpbrk (option->page, "(."));
        }
    }
  g_assert_cmpuint (n_all, >, 200);
  g_assert_null (swb_option_get_level (4242, &n));
  g_assert_null (swb_option_find (SOL_SOCKET, 4242));
}

static void
assert_value (int level, const char *constant, const char *text, const char *printed)
{
  const SwbOption *option = swb_option_find_constant (level, constant);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = swb_option_parse (option, text, &error);
  g_autofree char *back = NULL;

  g_assert_no_error (error);
  back
      = swb_option_print (option, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (back, ==, printed);
}

static void
test_values (void)
{
  g_test_summary ("Values are written as people say them");

  assert_value (SOL_SOCKET, "SO_KEEPALIVE", "yes", "on");
  assert_value (SOL_SOCKET, "SO_KEEPALIVE", "0", "off");
  assert_value (SOL_SOCKET, "SO_KEEPALIVE", "2", "2");
  assert_value (SOL_SOCKET, "SO_MARK", "0xffffffff", "-1");
  assert_value (SOL_SOCKET, "SO_RCVBUF", "4096", "4096");
  assert_value (SOL_SOCKET, "SO_RCVTIMEO", "1500ms", "1.5s");
  assert_value (SOL_SOCKET, "SO_RCVTIMEO", "0", "0s");
  assert_value (SOL_SOCKET, "SO_RCVTIMEO", "1234567.25", "1234567.25s");
  assert_value (SOL_SOCKET, "SO_RCVTIMEO", "1us", "0.000001s");
  assert_value (SOL_SOCKET, "SO_LINGER", "on 5s", "on 5s");
  assert_value (SOL_SOCKET, "SO_LINGER", "off", "off 0s");
  assert_value (SOL_SOCKET, "SO_BINDTODEVICE", "eth0", "eth0");
  assert_value (SOL_SOCKET, "SO_COOKIE", "18446744073709551615", "18446744073709551615");
  assert_value (IPPROTO_IP, "IP_MULTICAST_IF", "127.0.0.1", "127.0.0.1");
  assert_value (IPPROTO_IP, "IP_ADD_MEMBERSHIP", "239.1.2.3 lo", "239.1.2.3 1");
  assert_value (IPPROTO_IP, "IP_ADD_MEMBERSHIP", "239.1.2.3", "239.1.2.3 0.0.0.0");
  assert_value (IPPROTO_IP, "IP_ADD_SOURCE_MEMBERSHIP", "232.1.2.3 127.0.0.1 10.0.0.1",
                "232.1.2.3 127.0.0.1 10.0.0.1");
  assert_value (IPPROTO_IPV6, "IPV6_ADD_MEMBERSHIP", "ff02::1:2 1", "ff02::1:2 1");
  assert_value (IPPROTO_TCP, "TCP_INFO", "hex:01 02", "hex:01 02");
  assert_value (132, "SCTP_INITMSG", "max_attempts=0x5  num_ostreams=3",
                "num_ostreams=3 max_instreams=0 max_attempts=5 max_init_timeo=0");
  assert_value (132, "SCTP_RTOINFO", "0 100 4294967295",
                "assoc_id=0 initial=100 max=4294967295 min=0");
  assert_value (swb_option_level_in (AF_BLUETOOTH, 6), "L2CAP_OPTIONS",
                "48 txwin_size=65535",
                "omtu=48 imtu=0 flush_to=0 mode=0 fcs=0 max_tx=0 txwin_size=65535");
  assert_value (swb_option_level_in (AF_BLUETOOTH, 17), "SCO_CONNINFO",
                "hex:07 00 0c 02 5a 00", "hci_handle=7 dev_class=0x5a020c");
  assert_value (swb_option_level_in (AF_BLUETOOTH, 17), "SCO_CONNINFO",
                "hex:07 00 0c 02 5a 01", "hex:07 00 0c 02 5a 01");
  assert_value (SOL_SOCKET, "SO_KEEPALIVE", "hex:01", "hex:01");
  assert_value (SOL_SOCKET, "nothing of the table", "7", "7");
}

static void
test_wrong (void)
{
  static const struct
  {
    int level;
    const char *constant, *text;
    int code;
  } wrong[] = {
    { SOL_SOCKET, "SO_KEEPALIVE", "maybe", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_RCVBUF", "", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_RCVBUF", "12k", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_RCVBUF", "4294967296", SWB_ERROR_RANGE },
    { SOL_SOCKET, "SO_RCVBUF", "-2147483649", SWB_ERROR_RANGE },
    { SOL_SOCKET, "SO_RCVTIMEO", "-1s", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_RCVTIMEO", "1 week", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_RCVTIMEO", "nan", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_LINGER", "5s", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_LINGER", "on 1 2", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_LINGER", "on 500ms", SWB_ERROR_SYNTAX },
    { SOL_SOCKET, "SO_LINGER", "", SWB_ERROR_SYNTAX },
    { IPPROTO_IP, "IP_ADD_MEMBERSHIP", "eth0", SWB_ERROR_SYNTAX },
    { IPPROTO_IP, "IP_ADD_MEMBERSHIP", "", SWB_ERROR_SYNTAX },
    { IPPROTO_IP, "IP_ADD_MEMBERSHIP", "239.1.2.3 nonesuch0", SWB_ERROR_UNKNOWN },
    { IPPROTO_IP, "IP_ADD_SOURCE_MEMBERSHIP", "232.1.1.1 127.0.0.1", SWB_ERROR_SYNTAX },
    { IPPROTO_TCP, "TCP_INFO", "7", SWB_ERROR_SYNTAX },
    { IPPROTO_TCP, "TCP_INFO", "hex:0", SWB_ERROR_SYNTAX },
    { 132, "SCTP_INITMSG", "", SWB_ERROR_SYNTAX },
    { 132, "SCTP_INITMSG", "streams=1", SWB_ERROR_SYNTAX },
    { 132, "SCTP_INITMSG", "num=1", SWB_ERROR_SYNTAX },
    { 132, "SCTP_INITMSG", "num_ostreams=", SWB_ERROR_SYNTAX },
    { 132, "SCTP_INITMSG", "num_ostreams=-1", SWB_ERROR_SYNTAX },
    { 132, "SCTP_INITMSG", "num_ostreams=65536", SWB_ERROR_RANGE },
    { 132, "SCTP_INITMSG", "1 2 3 4 5", SWB_ERROR_SYNTAX },
  };

  g_test_summary ("What no value can be read from is refused by code");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const SwbOption *option
          = swb_option_find_constant (wrong[i].level, wrong[i].constant);
      g_autoptr (GError) error = NULL;

      g_assert_null (swb_option_parse (option, wrong[i].text, &error));
      g_assert_error (error, SWB_ERROR, wrong[i].code);
    }
}

static void
test_random (void)
{
  guint n_levels, n;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  g_test_summary (
      "Whatever bytes the kernel gives, they print, and parse to the same where "
      "they can be set");

  for (guint round = 0; round < 20000; round++)
    {
      int level = levels[g_test_rand_int_range (0, (int)n_levels)].level;
      const SwbOption *options = swb_option_get_level (level, &n);
      const SwbOption *option = &options[g_test_rand_int_range (0, (int)n)];
      guint8 data[64];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof data + 1);
      g_autofree char *text = NULL;
      g_autoptr (GBytes) back = NULL;

      for (gsize i = 0; i < length; i++)
        data[i] = (guint8)g_test_rand_int_range (0, g_test_rand_bit () ? 2 : 256);
      text = swb_option_print (option, data, length);
      if (option->type == SWB_OPTION_CREDENTIALS || option->type == SWB_OPTION_TEXT)
        continue;
      back = swb_option_parse (option, text, NULL);
      g_assert_nonnull (back);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data,
                       length);
    }
}

/* Every option that can be read is read, with the room that the table says. */
static void
test_kernel (void)
{
  int fd = socket (AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  static const int read_levels[] = { SOL_SOCKET, IPPROTO_TCP, IPPROTO_IPV6 };
  guint n, n_read = 0;

  g_test_summary ("The running kernel gives values of the lengths that the table has");

  if (fd < 0)
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  for (guint l = 0; l < G_N_ELEMENTS (read_levels); l++)
    {
      const SwbOption *options = swb_option_get_level (read_levels[l], &n);

      for (guint i = 0; i < n; i++)
        {
          guint8 data[4096];
          socklen_t length = (socklen_t)swb_option_get_room (&options[i]);
          g_autofree char *text = NULL;

          if ((options[i].flags & SWB_OPTION_READ) == 0
              || getsockopt (fd, options[i].level, options[i].name, data, &length) != 0)
            continue;
          n_read++;
          text = swb_option_print (&options[i], data, length);
          if (options[i].type != SWB_OPTION_BYTES && g_str_has_prefix (text, "hex:"))
            g_error ("%s has %u bytes: %s", options[i].constant, length, text);
        }
    }
  g_assert_cmpuint (n_read, >, 60);
  close (fd);
}

static void
test_levels (void)
{
  g_test_summary ("A socket has the options of its own layers");

  g_assert_true (swb_option_level_applies (SOL_SOCKET, 4242, 1, 0));
  g_assert_true (swb_option_level_applies (IPPROTO_TCP, AF_INET, SOCK_STREAM, 0));
  g_assert_true (swb_option_level_applies (IPPROTO_TCP, AF_INET6, SOCK_STREAM, 262));
  g_assert_false (swb_option_level_applies (IPPROTO_TCP, AF_INET, SOCK_DGRAM, 0));
  g_assert_false (swb_option_level_applies (IPPROTO_TCP, AF_UNIX, SOCK_STREAM, 0));
  g_assert_true (swb_option_level_applies (IPPROTO_IP, AF_INET6, SOCK_DGRAM, 0));
  g_assert_false (swb_option_level_applies (IPPROTO_IPV6, AF_INET, SOCK_DGRAM, 0));
  g_assert_true (swb_option_level_applies (SOL_NETLINK, AF_NETLINK, SOCK_RAW, 0));
  g_assert_true (swb_option_level_applies (255, AF_INET, SOCK_RAW, 1));
}

static void
test_clashes (void)
{
  int l2cap = swb_option_level_in (AF_BLUETOOTH, 6);
  int wpan = swb_option_level_in (AF_IEEE802154, 0);

  g_test_summary ("A number that two domains give to a level is either level, by domain");

  g_assert_cmpint (l2cap, !=, IPPROTO_TCP);
  g_assert_cmpint (swb_option_level_get_number (l2cap), ==, 6);
  g_assert_cmpstr (swb_option_find (l2cap, 3)->constant, ==, "L2CAP_LM");
  g_assert_cmpstr (swb_option_find (wpan, 1)->constant, ==, "WPAN_SECURITY");
  g_assert_cmpstr (swb_option_find (6, 3)->constant, ==, "TCP_CORK");
  g_assert_cmpstr (swb_option_find (0, 1)->constant, ==, "IP_TOS");

  g_assert_cmpint (swb_option_level_in (AF_INET, 6), ==, 6);
  g_assert_cmpint (swb_option_level_in (AF_BLUETOOTH, SOL_SOCKET), ==, SOL_SOCKET);
  g_assert_cmpint (swb_option_level_in (AF_BLUETOOTH, -1), ==, -1);
  g_assert_cmpint (swb_option_level_in (AF_BLUETOOTH, l2cap), ==, l2cap);
  g_assert_cmpint (swb_option_level_get_number (6), ==, 6);
  g_assert_cmpint (swb_option_level_get_number (l2cap + 1), ==, l2cap + 1);
  g_assert_cmpint (swb_option_level_get_number (-1), ==, -1);

  g_assert_true (swb_option_level_applies (l2cap, AF_BLUETOOTH, SOCK_SEQPACKET, 0));
  g_assert_false (swb_option_level_applies (l2cap, AF_BLUETOOTH, SOCK_STREAM, 3));
  g_assert_false (swb_option_level_applies (l2cap, AF_INET, SOCK_STREAM, 0));
  g_assert_false (swb_option_level_applies (IPPROTO_TCP, AF_BLUETOOTH, SOCK_SEQPACKET, 0));
}

static void
test_difference (void)
{
  const SwbOption *option = swb_option_find (SOL_SOCKET, SO_RCVBUF);
  g_autoptr (GBytes) asked = swb_option_parse (option, "4096", NULL);
  g_autoptr (GBytes) doubled = swb_option_parse (option, "8192", NULL);
  g_autoptr (GBytes) cut = swb_option_parse (option, "5000", NULL);
  g_autofree char *why = swb_option_explain_difference (option, asked, doubled);
  g_autofree char *limit = swb_option_explain_difference (option, asked, cut);

  g_test_summary ("Why the kernel took another value is said");

  g_assert_nonnull (strstr (why, "doubles"));
  g_assert_nonnull (strstr (limit, "net.core.rmem_max"));
  g_assert_null (swb_option_explain_difference (option, asked, asked));
}

static void
test_names (void)
{
  const SwbOption *mtu = swb_option_find_constant (IPPROTO_IP, "IP_MTU_DISCOVER");
  const SwbOption *device = swb_option_find_constant (SOL_SOCKET, "SO_BINDTODEVICE");
  const SwbOption *alive = swb_option_find_constant (SOL_SOCKET, "SO_KEEPALIVE");
  g_autoptr (GPtrArray) names = swb_option_list_names (mtu, "");
  g_autoptr (GPtrArray) devices = swb_option_list_names (device, "");
  g_autoptr (GPtrArray) elsewhere = swb_option_list_names (
      swb_option_find_constant (IPPROTO_TCP, "TCP_CONGESTION"), "/nonexistent");

  g_test_summary ("Every name of a value is read as its value; options without are NULL");
  g_assert_cmpuint (names->len, ==, 6);
  for (guint i = 0; i < names->len; i++)
    {
      const SwbOptionName *name = names->pdata[i];
      g_autoptr (GBytes) by_name = swb_option_parse (mtu, name->name, NULL);
      g_autoptr (GBytes) by_value = swb_option_parse (mtu, name->value, NULL);

      g_assert_nonnull (by_name);
      g_assert_true (g_bytes_equal (by_name, by_value));
    }
  g_assert_cmpuint (devices->len, >=, 1);
  g_assert_cmpstr (((SwbOptionName *)devices->pdata[0])->value, ==, "");
  g_assert_null (swb_option_list_names (alive, ""));
  g_assert_null (elsewhere);
  g_assert_null (swb_option_parse (mtu, "IPV6_PMTUDISC_DO", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/option/headers", test_headers);
  g_test_add_func ("/option/table", test_table);
  g_test_add_func ("/option/values", test_values);
  g_test_add_func ("/option/wrong", test_wrong);
  g_test_add_func ("/option/random", test_random);
  g_test_add_func ("/option/kernel", test_kernel);
  g_test_add_func ("/option/levels", test_levels);
  g_test_add_func ("/option/clashes", test_clashes);
  g_test_add_func ("/option/difference", test_difference);
  g_test_add_func ("/option/names", test_names);

  return g_test_run ();
}
