/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/notation/swb-notation.h"

#include <errno.h>
#include <string.h>

#include "random-record.h"

static const char *
name_cb (guint pane, gpointer user_data)
{
  return user_data;
}

static gint64
pick (const gint64 *values, gsize n)
{
  return values[g_test_rand_int_range (0, (gint32)n)];
}

#define PICK(...)                                                                          \
  pick ((const gint64[]){ __VA_ARGS__ },                                                   \
        sizeof ((gint64[]){ __VA_ARGS__ }) / sizeof (gint64))

static void
random_bytes (gpointer room, gsize n)
{
  for (gsize i = 0; i < n; i++)
    ((guint8 *)room)[i] = (guint8)PICK (0, 1, '0', '9', 'a', '"', '\\', '\n', 0x1b, 0x7f,
                                        0x80, 0xff, g_test_rand_int_range (0, 256));
}

static void
random_address (SwbAddress *address, socklen_t length)
{
  memset (address, 0, sizeof *address);
  random_bytes (&address->storage, length);
  address->length = length;
  if (length >= sizeof (sa_family_t) && g_test_rand_int_range (0, 10) > 0)
    address->family = (sa_family_t)PICK (AF_INET, AF_INET6, AF_UNIX, AF_UNSPEC, AF_NETLINK);
  if (address->family == AF_INET)
    memset (address->in.sin_zero, 0, sizeof address->in.sin_zero);
}

static socklen_t
random_length (void)
{
  return (socklen_t)PICK (0, 2, 3, 16, 24, 28, 110, 128, g_test_rand_int_range (2, 129));
}

/* One of many in a call. */
static void
random_message (SwbRecord *record, gboolean failed, gint64 flags, gsize n)
{
  SwbBatch batch = { .n_offered = (guint)PICK (1, 64, 1024, G_MAXUINT32) };
  gboolean is_in = record->call == SWB_CALL_RECVMMSG;

  record->ints[1] = (guint32)flags;
  record->result = failed ? -1 : (int)n;
  if (!failed)
    {
      batch.n_messages = (guint)g_test_rand_int_range (1, SWB_BATCH_MAX + 1);
      batch.index = (guint)g_test_rand_int_range (0, (gint32)batch.n_messages);
    }
  /* Of a receive that failed a line has no more. */
  if (failed && is_in)
    record->address_room = 0;
  else
    {
      record->n_data = failed ? 0 : n;
      record->ints[0] = (gint64)n + PICK (0, 1, 65536);
      record->ints[2] = PICK (0, MSG_TRUNC, MSG_CTRUNC | MSG_ERRQUEUE);
      random_control (record);
    }
  swb_record_set_batch (record, batch);
}

/* Calls as they can be: what fails gives nothing back, and what is not in the call is zero.
 */
static void
random_call (SwbRecord *record, guint8 *room, gsize n_room)
{
  gboolean failed = record->error != 0;
  gsize n = (gsize)g_test_rand_int_range (0, (gint32)n_room + 1);
  gint64 flags = PICK (0, 0x40, 0x4000, 0x4040, 0x100000, g_test_rand_int ());

  random_bytes (room, n_room);
  record->data = room;
  record->call = g_test_rand_int_range (SWB_CALL_SOCKET, SWB_N_CALLS);
  const SwbCallInfo *info = swb_call_get_info (record->call);
  record->fd = info->has_fd ? g_test_rand_int_range (-1, 5000) : -1;

  socklen_t length = random_length ();
  if (info->address == SWB_ADDRESS_IN)
    random_address (&record->address,
                    record->call == SWB_CALL_SENDTO ? MAX (length, 2) : length);
  if (info->address == SWB_ADDRESS_OUT)
    {
      record->address_room = MAX (length, 1);
      if (!failed)
        random_address (&record->address, random_length ());
      /* The kernel writes no further than the room, and one byte is no family yet. */
      guint shown = record->address_room < 2 ? 0 : record->address_room;
      if (record->address.length > shown)
        memset ((guint8 *)&record->address.storage + shown, 0,
                record->address.length - shown);
    }

  switch (record->call)
    {
    case SWB_CALL_SOCKETPAIR:
      record->n_data = failed ? 0 : 8;
      G_GNUC_FALLTHROUGH;
    case SWB_CALL_SOCKET:
      record->ints[0] = PICK (AF_INET, AF_INET6, AF_UNIX, 99, -1, 0);
      record->ints[1] = PICK (1, 2, 5, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, -1,
                              g_test_rand_int ());
      record->ints[2] = PICK (0, 6, 17, 262, -1, g_test_rand_int ());
      break;
    case SWB_CALL_LISTEN:
    case SWB_CALL_SHUTDOWN:
      record->ints[0] = PICK (0, 1, 2, 128, -1);
      break;
    case SWB_CALL_ACCEPT:
      record->ints[0] = flags;
      break;
    case SWB_CALL_SENDMSG:
      record->ints[2] = flags;
      random_control (record);
      G_GNUC_FALLTHROUGH;
    case SWB_CALL_WRITE:
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
      record->n_data = failed ? 0 : n;
      record->ints[0] = (gint64)n + PICK (0, 1, 65536);
      record->ints[1] = record->call == SWB_CALL_WRITE ? 0 : flags;
      record->result = failed ? -1 : (int)n;
      break;
    case SWB_CALL_READ:
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
      record->n_data = failed ? 0 : n;
      record->ints[0] = (gint64)n + PICK (0, 1, 65536);
      record->ints[1] = record->call == SWB_CALL_READ ? 0 : flags;
      record->result = failed ? -1 : (int)n + (int)PICK (0, 0, 100);
      break;
    case SWB_CALL_RECVMSG:
      record->ints[1] = flags;
      record->result = failed ? -1 : (int)n + (int)PICK (0, 0, 100);
      /* Of one that failed a line has the room for the name and the flags. */
      if (failed)
        break;
      record->n_data = n;
      record->ints[0] = (gint64)n + PICK (0, 1, 65536);
      record->ints[2] = PICK (0, MSG_TRUNC, MSG_CTRUNC | MSG_ERRQUEUE);
      random_control (record);
      break;
    case SWB_CALL_SENDMMSG:
    case SWB_CALL_RECVMMSG:
      random_message (record, failed, flags, n);
      break;
    case SWB_CALL_SETSOCKOPT:
    case SWB_CALL_GETSOCKOPT:
      record->ints[0] = PICK (0, 1, 6, 17, 41, 136, 999, -1);
      record->ints[1] = PICK (1, 2, 4, 13, 17, 20, 35, 36, 999, -1);
      record->n_data = failed && record->call == SWB_CALL_GETSOCKOPT
                           ? 0
                           : (gsize)PICK (0, 1, 4, 8, 12, 16, n);
      if (record->call == SWB_CALL_GETSOCKOPT)
        record->ints[2] = (gint64)record->n_data + PICK (0, 1, 100);
      break;
    case SWB_CALL_IOCTL:
      record->ints[0] = PICK (0x541b, 0x5411, 0x8905, 1, -1);
      record->ints[1] = failed ? 0 : PICK (0, 1, 65536, -1);
      break;
    case SWB_CALL_UNLINK:
      record->n_data = n;
      break;
    default:
      break;
    }
}

static void
random_text (SwbRecord *record, guint8 *room, gsize n_room)
{
  static const char *const texts[] = { "",
                                       "client send \"x\"",
                                       "\"",
                                       " <0.000000001>",
                                       "<0.000000001>",
                                       "ok",
                                       ("\xe2\x80\xae"
                                        "bidi"),
                                       "héllo → …",
                                       "two\nlines",
                                       "\xff",
                                       "trailing \\",
                                       " leading",
                                       "\xe2\x80\xa8" };

  if (g_test_rand_bit ())
    {
      record->n_data = (gsize)g_test_rand_int_range (0, (gint32)n_room);
      random_bytes (room, record->n_data);
    }
  else
    {
      const char *text = texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];

      record->n_data = strlen (text);
      memcpy (room, text, record->n_data);
    }
  record->data = room;

  if (record->kind == SWB_RECORD_NOTE)
    {
      record->note = g_test_rand_int_range (0, 20);
      for (guint i = 0; i < SWB_RECORD_MAX_INTS; i++)
        record->ints[i] = PICK (0, 1, -1, G_MAXINT64, G_MININT64, 65536);
    }
  else
    record->ints[0] = PICK (0, 1, 77, G_MAXINT64);

  if (record->kind != SWB_RECORD_OUTCOME)
    record->error = 0;
  record->result = record->error != 0 ? -1 : 0;
}

static void
random_packet (SwbRecord *record, guint8 *room, gsize n_room)
{
  SwbAddress *address = &record->address;
  gint64 length = PICK (0, 5, 65535, G_MAXINT32);

  record->packet = (guint8)PICK (IPPROTO_TCP, IPPROTO_TCP | SWB_PACKET_OUT, IPPROTO_UDP,
                                 IPPROTO_UDP | SWB_PACKET_OUT, 0, 1, 47, 99, 127);
  record->error = 0;
  record->result = 0;
  record->took_ns = 0;
  record->n_data = (gsize)g_test_rand_int_range (0, (gint32)n_room + 1);
  random_bytes (room, n_room);
  record->data = room;

  guint protocol = record->packet & SWB_PACKET_PROTOCOL;
  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP)
    {
      record->ints[2] = length;
      return;
    }
  record->result = (int)length;
  address->family = (sa_family_t)PICK (AF_INET, AF_INET6);
  address->length = address->family == AF_INET ? sizeof address->in : sizeof address->in6;
  address->in.sin_port = g_htons (g_test_rand_int () & 0xffff);
  if (address->family == AF_INET)
    address->in.sin_addr.s_addr = (guint32)g_test_rand_int ();
  else
    address->in6.sin6_addr.s6_addr[15] = (guint8)g_test_rand_int ();
  if (protocol != IPPROTO_TCP)
    return;
  record->ints[0] = (g_test_rand_int () & 0x1ff) | PICK (0, 1, 65535) << 16;
  record->ints[1]
      = (gint64)((guint64)(guint32)g_test_rand_int () << 32 | (guint32)g_test_rand_int ());
  record->ints[2] = PICK (0, 1, G_MAXINT32);
}

static void
random_line_record (SwbRecord *record, guint8 *room, gsize n_room)
{
  *record = (SwbRecord){
    .time_ns = PICK (0, 1, G_MAXINT64, -1, G_GINT64_CONSTANT (1732282123456789012),
                     g_test_rand_int ()),
    .took_ns = PICK (0, 1, 999999999, 1000000000, G_MAXUINT32,
                     G_GINT64_CONSTANT (12345678000), G_MAXINT64 / 2),
    .kind = g_test_rand_int_range (SWB_RECORD_CALL, SWB_RECORD_PACKET + 1),
    .connection = (guint)PICK (0, 0, 1, 70000, SWB_CONNECTION_ALL),
    .fd = -1,
    .error = (int)PICK (0, 0, 0, EAGAIN, ECONNREFUSED, EOPNOTSUPP, EPERM),
  };
  record->result = record->error != 0 ? -1 : (int)PICK (0, 1, 7, G_MAXINT32);
  if (record->kind == SWB_RECORD_CALL)
    random_call (record, room, n_room);
  else if (record->kind == SWB_RECORD_PACKET)
    random_packet (record, room, n_room);
  else
    random_text (record, room, n_room);
  if (record->n_data == 0)
    record->data = NULL;
}

static void
assert_harmless (const char *line)
{
  g_assert_true (g_utf8_validate (line, -1, NULL));
  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
      g_assert_cmpint (g_unichar_type (g_utf8_get_char (at)), !=, G_UNICODE_FORMAT);
    }
}

static void
test_random (void)
{
  g_test_summary ("Random records of every kind come back in every field, and their lines "
                  "as they were.");

  for (int i = 0; i < 50000; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *pane = NULL;
      g_autofree char *line = NULL;
      g_autofree char *again = NULL;
      guint8 room[40];
      SwbRecord record, back;

      random_line_record (&record, room, sizeof room);
      line = swb_notation_print (&record, NULL, name_cb, "client");
      assert_harmless (line);
      if (!swb_notation_parse (line, &back, &pane, &bytes, &error))
        g_test_message ("%s", line);
      g_assert_no_error (error);
      g_assert_cmpstr (pane, ==, "client");
      assert_records_equal (&record, &back);
      again = swb_notation_print (&back, NULL, name_cb, pane);
      g_assert_cmpstr (again, ==, line);
    }
}

static void
test_short_limit (void)
{
  g_test_summary (
      "Short details are valid UTF-8 of at most the asked length, whatever the record.");

  for (int i = 0; i < 20000; i++)
    {
      guint8 room[40];
      SwbRecord record;
      gsize max_chars = (gsize)g_test_rand_int_range (0, 60);
      g_autofree char *details = NULL;

      random_line_record (&record, room, sizeof room);
      details = swb_notation_short_details (&record, max_chars);
      assert_harmless (details);
      g_assert_cmpint (g_utf8_strlen (details, -1), <=, (glong)max_chars);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notation/random", test_random);
  g_test_add_func ("/notation/short-limit", test_short_limit);
  return g_test_run ();
}
