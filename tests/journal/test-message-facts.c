/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "journal/notation/swb-message-facts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <linux/errqueue.h>
#include <string.h>
#include <sys/socket.h>

typedef struct
{
  guint8 room[512] __attribute__ ((aligned (16)));
  gsize length;
} Control;

static void
add (Control *self, int level, int type, const void *data, gsize length)
{
  struct cmsghdr *header = (struct cmsghdr *)(self->room + self->length);

  header->cmsg_level = level;
  header->cmsg_type = type;
  header->cmsg_len = CMSG_LEN (length);
  memcpy (CMSG_DATA (header), data, length);
  self->length += CMSG_SPACE (length);
}

static void
assert_facts (const Control *control, const char *expected)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_RECVMSG,
                       .control = control->room,
                       .n_control = control->length };
  g_autofree char *facts = swb_message_facts_dup (&record, NULL);

  g_assert_cmpstr (facts, ==, expected);
}

static void
assert_one (int level, int type, const void *data, gsize length, const char *expected)
{
  Control control = { 0 };

  add (&control, level, type, data, length);
  assert_facts (&control, expected);

  /* Every shorter one says nothing, or less, and harms nothing. */
  for (gsize n = 0; n < length; n++)
    {
      Control cut = { 0 };
      SwbRecord record = { .kind = SWB_RECORD_CALL };

      add (&cut, level, type, data, n);
      record.control = cut.room;
      record.n_control = cut.length;
      g_free (swb_message_facts_dup (&record, NULL));
    }
}

static void
test_kinds (void)
{
  struct in_pktinfo info = { .ipi_ifindex = 1 };
  struct in6_pktinfo info6 = { .ipi6_ifindex = 4000000000u };
  int number = 64;
  guint8 tos = 0x10;
  int fds[] = { 7, 8 };
  gint32 ids[] = { 12, 0, 1000 };
  guint32 lost = 3, none = 0;

  info.ipi_addr.s_addr = htonl (INADDR_LOOPBACK);
  info6.ipi6_addr = in6addr_loopback;
  assert_one (IPPROTO_IP, IP_TTL, &number, sizeof number, "TTL 64");
  assert_one (IPPROTO_IP, IP_TOS, &tos, sizeof tos, "TOS 0x10");
  assert_one (IPPROTO_IP, IP_PKTINFO, &info, sizeof info, "to 127.0.0.1 on lo");
  assert_one (IPPROTO_IPV6, IPV6_PKTINFO, &info6, sizeof info6, "to ::1 on 4000000000");
  assert_one (IPPROTO_IPV6, IPV6_HOPLIMIT, &number, sizeof number, "hop limit 64");
  assert_one (IPPROTO_IPV6, IPV6_TCLASS, &number, sizeof number, "traffic class 0x40");
  assert_one (SOL_SOCKET, SCM_RIGHTS, fds, sizeof fds, "with the descriptors 7, 8");
  assert_one (SOL_SOCKET, SCM_RIGHTS, fds, sizeof fds[0], "with the descriptor 7");
  assert_one (SOL_SOCKET, SCM_CREDENTIALS, ids, sizeof ids,
              "from process 12, user 0, group 1000");
  assert_one (SOL_SOCKET, SO_RXQ_OVFL, &lost, sizeof lost, "3 datagrams lost so far");
  assert_one (SOL_SOCKET, SO_RXQ_OVFL, &none, sizeof none, NULL);
  assert_one (SOL_SOCKET, 12345, &number, sizeof number, NULL);
}

static void
test_errors (void)
{
  static const struct
  {
    guint8 origin, type, code;
    int error;
    const char *expected;
  } rows[] = {
    { SO_EE_ORIGIN_ICMP, 3, 3, ECONNREFUSED,
      "ICMP: port unreachable (type 3, code 3) from 10.0.0.1: ECONNREFUSED" },
    { SO_EE_ORIGIN_ICMP, 11, 0, EHOSTUNREACH,
      "ICMP: time to live exceeded (type 11, code 0) from 10.0.0.1: EHOSTUNREACH" },
    { SO_EE_ORIGIN_ICMP, 200, 1, EPROTO,
      "ICMP: ? (type 200, code 1) from 10.0.0.1: EPROTO" },
    { SO_EE_ORIGIN_ICMP6, 1, 4, ECONNREFUSED,
      "ICMPv6: port unreachable (type 1, code 4) from 10.0.0.1: ECONNREFUSED" },
    { SO_EE_ORIGIN_LOCAL, 0, 0, EMSGSIZE, "this machine itself says EMSGSIZE" },
    { 99, 0, 0, EIO, "EIO, of origin 99" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      struct
      {
        struct sock_extended_err error;
        struct sockaddr_in offender;
      } value = { .error = { .ee_errno = (guint32)rows[i].error,
                             .ee_origin = rows[i].origin,
                             .ee_type = rows[i].type,
                             .ee_code = rows[i].code },
                  .offender = { .sin_family = AF_INET } };

      value.offender.sin_addr.s_addr = htonl (0x0a000001);
      assert_one (IPPROTO_IP, IP_RECVERR, &value, sizeof value, rows[i].expected);
    }
}

static void
test_time (void)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-test-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "journal", NULL);
  g_autofree char *early = NULL, *late = NULL;
  SwbJournal *journal = swb_journal_new (inner, NULL);
  SwbRecord record = { .kind = SWB_RECORD_CALL, .time_ns = 5000000, .took_ns = 1000 };
  gint64 kernel_ns = swb_journal_to_wall_ns (journal, 5001000) - 35000;
  gint64 parts[2] = { kernel_ns / 1000000000, kernel_ns % 1000000000 };
  Control control = { 0 };

  g_test_summary ("the kernel's time beside ours, at the end of the call");
  add (&control, SOL_SOCKET, SO_TIMESTAMPNS, parts, sizeof parts);
  record.control = control.room;
  record.n_control = control.length;
  early = swb_message_facts_dup (&record, journal);
  g_assert_cmpstr (early, ==, "the kernel had it 35 µs before it was read");
  record.took_ns -= 40000;
  late = swb_message_facts_dup (&record, journal);
  g_assert_cmpstr (late, ==, "the kernel's time is 5 µs after ours");
  swb_journal_delete (journal);
  swb_journal_unref (journal);
  g_rmdir (folder);
}

static void
test_several (void)
{
  Control control = { 0 };
  int number = 1;

  add (&control, IPPROTO_IP, IP_TTL, &number, sizeof number);
  add (&control, SOL_SOCKET, 12345, &number, 1);
  add (&control, IPPROTO_IPV6, IPV6_HOPLIMIT, &number, sizeof number);
  assert_facts (&control, "TTL 1 · hop limit 1");
  assert_facts (&(Control){ 0 }, NULL);
}

/* Whatever the bytes are, nothing outside of them is read. */
static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      gsize n = (gsize)g_test_rand_int_range (0, 100);
      g_autofree guint8 *bytes = g_malloc (n);
      SwbRecord record = { .kind = SWB_RECORD_CALL, .control = bytes, .n_control = n };

      for (gsize i = 0; i < n; i++)
        bytes[i] = (guint8)(g_test_rand_bit () ? g_test_rand_int_range (0, 256)
                                               : g_test_rand_int_range (0, 2));
      if (n >= 16 && g_test_rand_bit ())
        memcpy (bytes, &(gsize){ (gsize)g_test_rand_int_range (10, 80) }, sizeof (gsize));
      g_free (swb_message_facts_dup (&record, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-facts/kinds", test_kinds);
  g_test_add_func ("/message-facts/errors", test_errors);
  g_test_add_func ("/message-facts/time", test_time);
  g_test_add_func ("/message-facts/several", test_several);
  g_test_add_func ("/message-facts/random", test_random);
  return g_test_run ();
}
