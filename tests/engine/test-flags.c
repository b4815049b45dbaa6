/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <linux/can.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/swb-flags.h"
#include "net/swb-catalog.h"
#include "net/swb-errno.h"
#include "net/swb-prediction.h"

static void
test_table (void)
{
  static const int plain[]
      = { AF_UNIX, AF_INET,   AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK, AF_TIPC, AF_CAN,
          AF_ALG,  AF_PHONET, AF_LLC,   AF_SMC,     AF_KCM,    AF_RXRPC, AF_XDP,  9999 };
  static const int strict[] = { AF_RDS,       AF_QIPCRTR, AF_NETROM, AF_ROSE,   AF_AX25,
                                AF_APPLETALK, AF_X25,     AF_ATMPVC, AF_ATMSVC, AF_MCTP };

  g_test_summary ("SIGPIPE is spared by a flag wherever the kernel takes it");
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_cmphex (swb_flags_get_sending (plain[i]), ==, MSG_NOSIGNAL);
  for (guint i = 0; i < G_N_ELEMENTS (strict); i++)
    g_assert_cmphex (swb_flags_get_sending (strict[i]), ==, 0);
}

static void
test_receiving_table (void)
{
  g_test_summary ("a message's whole length is asked for, where there is one");
  g_assert_cmphex (swb_flags_get_receiving (AF_INET, SOCK_DGRAM, 0), ==, MSG_TRUNC);
  g_assert_cmphex (swb_flags_get_receiving (AF_UNIX, SOCK_SEQPACKET, 0), ==, MSG_TRUNC);
  g_assert_cmphex (swb_flags_get_receiving (AF_CAN, SOCK_RAW, CAN_RAW), ==, MSG_TRUNC);
  g_assert_cmphex (swb_flags_get_receiving (AF_CAN, SOCK_DGRAM, CAN_J1939), ==, 0);
  g_assert_cmphex (swb_flags_get_receiving (AF_INET, SOCK_DGRAM, CAN_J1939), ==, MSG_TRUNC);
  g_assert_cmphex (swb_flags_get_receiving (AF_INET, SOCK_STREAM, 0), ==, 0);
  g_assert_cmphex (swb_flags_get_receiving (AF_LLC, SOCK_DGRAM, 0), ==, 0);
  g_assert_cmphex (swb_flags_get_receiving (AF_RXRPC, SOCK_DGRAM, 2), ==, 0);
}

/* Five bytes into a room of two. Returns: what recv does. */
static gssize
receive_short (int type, char *bytes)
{
  int flags = swb_flags_get_receiving (AF_UNIX, type, 0);
  gssize n;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, type | SOCK_CLOEXEC, 0, fds), ==, 0);
  g_assert_cmpint (send (fds[0], "abcde", 5, swb_flags_get_sending (AF_UNIX)), ==, 5);
  n = recv (fds[1], bytes, 2, flags | MSG_DONTWAIT);
  close (fds[0]);
  close (fds[1]);
  return n;
}

static void
test_length (void)
{
  static const int messages[] = { SOCK_DGRAM, SOCK_SEQPACKET };
  char bytes[2];

  g_test_summary ("the kernel tells how long a message was; a stream gives its bytes");
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_assert_cmpint (receive_short (messages[i], bytes), ==, 5);
      g_assert_cmpmem (bytes, 2, "ab", 2);
    }
  g_assert_cmpint (receive_short (SOCK_STREAM, bytes), ==, 2);
  g_assert_cmpmem (bytes, 2, "ab", 2);
}

/* The errno with which a new socket answers @call with @flags; 0 it did it, -1 there is no
 * such socket for this user. */
typedef gssize (*Call) (int fd, int flags);

static gssize
call_send (int fd, int flags)
{
  return send (fd, "x", 1, flags);
}

static gssize
call_recv (int fd, int flags)
{
  char byte;

  return recv (fd, &byte, 1, flags);
}

static int
ask (int domain, int type, int protocol, Call call, int flags)
{
  int fd = socket (domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
  int error;

  if (fd < 0)
    return -1;

  error = call (fd, flags) < 0 ? errno : 0;
  close (fd);
  return error;
}

static void
compare (const SwbConstant *domain, const SwbConstant *type, const SwbConstant *protocol,
         Call call, int flags)
{
  int with = ask (domain->value, type->value, protocol->value, call, flags);
  int without = ask (domain->value, type->value, protocol->value, call, 0);

  /* Packets come to some sockets at any time: what was carried out was not refused. */
  if (with == without || with == 0 || with == EAGAIN)
    return;

  g_test_message ("%s %s %s: %s with the flag 0x%x, %s without", domain->constant,
                  type->constant, protocol->constant, swb_errno_name (with), (guint)flags,
                  swb_errno_name (without));
  g_test_fail ();
}

/* Whatever is refused before the flags are looked at says nothing, but what is refused for
 * them alone is found. */
static void
test_kernel (void)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_get ();
  guint n_domains, n_types, n_protocols, n_asked = 0;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  g_test_summary ("no socket of this kernel refuses a call for a flag it is given");
  for (guint d = 0; d < n_domains; d++)
    for (guint t = 0; t < n_types; t++)
      {
        const SwbConstant *protocols
            = swb_catalog_get_protocols (domains[d].value, types[t].value, &n_protocols);

        for (guint p = 0; p < n_protocols; p++)
          {
            int domain = domains[d].value, type = types[t].value,
                protocol = protocols[p].value;
            SwbPrediction prediction = swb_predict (kernel, domain, type, protocol);

            if (prediction.reason == SWB_REASON_LOADS || prediction.error != 0)
              continue;
            n_asked++;
            compare (&domains[d], &types[t], &protocols[p], call_send,
                     swb_flags_get_sending (domain));
            compare (&domains[d], &types[t], &protocols[p], call_recv,
                     swb_flags_get_receiving (domain, type, protocol));
          }
      }
  g_assert_cmpuint (n_asked, >, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_test_add_func ("/flags/sending", test_table);
  g_test_add_func ("/flags/receiving", test_receiving_table);
  g_test_add_func ("/flags/length", test_length);
  g_test_add_func ("/flags/kernel", test_kernel);
  return g_test_run ();
}
