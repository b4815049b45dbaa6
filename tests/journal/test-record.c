/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/store/swb-record.h"

#include <errno.h>
#include <string.h>

#include "net/swb-errno.h"
#include "random-record.h"

/* Encodes as the journal lays it out: data first, details behind. */
static gsize
encode (const SwbRecord *record, SwbEntry *entry, guint8 *bytes)
{
  if (record->n_data > 0)
    memcpy (bytes, record->data, record->n_data);

  return swb_record_encode (record, entry, bytes + record->n_data);
}

static void
test_round_trip (void)
{
  g_test_summary ("Random records come back in every field.");

  for (int i = 0; i < 20000; i++)
    {
      guint8 room[300];
      guint8 bytes[sizeof room + SWB_RECORD_DETAILS_MAX];
      SwbRecord record, back;
      SwbEntry entry;

      random_record (&record, room, sizeof room);
      gsize n = encode (&record, &entry, bytes);

      g_assert_cmpuint (n, <=, SWB_RECORD_DETAILS_MAX);
      g_assert_cmpuint (entry.length, ==, record.n_data + n);
      g_assert_true (swb_record_decode (&entry, bytes, &back));
      assert_records_equal (&record, &back);
    }
}

static void
test_limits (void)
{
  guint8 bytes[SWB_RECORD_DETAILS_MAX];
  SwbRecord back, record = {
    .time_ns = G_MININT64,
    .took_ns = G_MAXINT64,
    .kind = SWB_RECORD_CALL,
    .call = SWB_CALL_ACCEPT,
    .pane = 65535,
    .connection = SWB_CONNECTION_ALL,
    .fd = -1,
    .result = -1,
    .error = EMFILE,
    .ints = { G_MININT64, G_MAXINT64, -1 },
    .address_room = G_MAXUINT,
  };
  SwbEntry entry;

  g_test_summary (
      "The largest numbers and the longest address fit; a duration before 0 is 0.");

  record.address.length = sizeof record.address.storage;
  memset (&record.address.storage, 0xff, sizeof record.address.storage);
  encode (&record, &entry, bytes);
  g_assert_true (swb_record_decode (&entry, bytes, &back));
  assert_records_equal (&record, &back);
  /* As older files have it. */
  entry.n_details -= 5;
  entry.length -= 5;
  entry.is_long = FALSE;
  g_assert_true (swb_record_decode (&entry, bytes + 5, &back));
  g_assert_cmpint (back.took_ns, ==, G_MAXUINT32);

  record.took_ns = -1;
  encode (&record, &entry, bytes);
  g_assert_cmpuint (entry.took_ns, ==, 0);
}

static void
test_recv_is_small (void)
{
  guint8 bytes[64 + SWB_RECORD_DETAILS_MAX];
  guint8 data[64] = { 0 };
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_RECV,
                       .fd = 4,
                       .result = 64,
                       .ints = { 65536, 0 },
                       .data = data,
                       .n_data = 64 };
  SwbEntry entry;

  g_test_summary ("The arguments of the usual recv take three bytes.");

  g_assert_cmpuint (encode (&record, &entry, bytes), ==, 3);
}

static void
test_empty_room (void)
{
  guint8 bytes[SWB_RECORD_DETAILS_MAX];
  SwbRecord back, record = { .kind = SWB_RECORD_CALL,
                             .call = SWB_CALL_ACCEPT,
                             .fd = 3,
                             .result = -1,
                             .error = EAGAIN,
                             .address_room = 128 };
  SwbEntry entry;

  g_test_summary ("A room without an address, of an accept that failed, comes back.");

  encode (&record, &entry, bytes);
  g_assert_true (swb_record_decode (&entry, bytes, &back));
  assert_records_equal (&record, &back);
}

static void
assert_damaged (const SwbEntry *entry, const guint8 *bytes)
{
  SwbRecord back;

  g_assert_false (swb_record_decode (entry, bytes, &back));
  g_assert_cmpint (back.fd, ==, entry->fd);
  g_assert_cmpint (back.ints[0], ==, 0);
  g_assert_cmpuint (back.address.length, ==, 0);
  g_assert_null (back.data);
}

static void
test_damaged (void)
{
  guint8 endless[SWB_RECORD_DETAILS_MAX];
  SwbEntry entry = { .kind = SWB_RECORD_CALL, .what = SWB_CALL_RECV, .fd = 9 };

  g_test_summary (
      "What is not a record is refused, and leaves no ints, address or data behind.");

  memset (endless, 0x80, sizeof endless);
  entry.length = entry.n_details = 1;
  assert_damaged (&entry, endless);
  entry.length = entry.n_details = 192;
  assert_damaged (&entry, endless);

  /* More details than bytes. */
  entry.length = 4;
  assert_damaged (&entry, endless);

  /* 129 bytes of address. */
  memset (endless, 0, sizeof endless);
  entry.length = entry.n_details = 4 + 129;
  assert_damaged (&entry, endless);
  entry.length = entry.n_details = 4 + 128;
  SwbRecord back;
  g_assert_true (swb_record_decode (&entry, endless, &back));
  g_assert_cmpuint (back.address.length, ==, 128);
}

static void
test_no_errno (void)
{
  SwbEntry entry
      = { .kind = SWB_RECORD_CALL, .what = SWB_CALL_CLOSE, .result = G_MININT32 };
  guint8 details[SWB_RECORD_DETAILS_MAX];
  SwbRecord record, again;

  g_test_summary (
      "A result beyond every errno is an error still, whoever writes it again.");

  g_assert_true (swb_record_decode (&entry, NULL, &record));
  g_assert_cmpint (record.result, ==, -1);
  g_assert_cmpint (record.error, ==, SWB_ERRNO_MAX);
  swb_record_encode (&record, &entry, details);
  g_assert_true (swb_record_decode (&entry, details, &again));
  assert_records_equal (&record, &again);
}

static void
test_noise (void)
{
  g_test_summary ("No bytes whatever make decoding read outside them.");

  for (int i = 0; i < 20000; i++)
    {
      SwbEntry entry;
      SwbRecord back;
      guint8 *noise = (guint8 *)&entry;

      for (gsize j = 0; j < sizeof entry; j++)
        noise[j] = (guint8)g_test_rand_int_range (0, 256);
      entry.length = (guint32)g_test_rand_int_range (0, 300);
      if (g_test_rand_bit ())
        entry.n_details = (guint16)g_test_rand_int_range (0, 200);

      /* On the heap and of the exact size, so that a sanitizer sees a step too far. */
      g_autofree guint8 *bytes = g_malloc (entry.length + 1);
      for (gsize j = 0; j < entry.length; j++)
        bytes[j] = (guint8)g_test_rand_int_range (0, 256);

      swb_record_decode (&entry, bytes, &back);
      g_assert_cmpint (back.fd, ==, entry.fd);
    }
}

static void
test_direction (void)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_SEND, .result = 5 };

  g_test_summary ("Bytes go out with send and come in with recv; nothing moves when a call "
                  "fails or ends.");

  g_assert_cmpint (swb_record_get_direction (&record), ==, 1);
  record.call = SWB_CALL_SENDTO;
  g_assert_cmpint (swb_record_get_direction (&record), ==, 1);
  record.call = SWB_CALL_RECVFROM;
  g_assert_cmpint (swb_record_get_direction (&record), ==, -1);
  record.call = SWB_CALL_GETSOCKOPT;
  g_assert_cmpint (swb_record_get_direction (&record), ==, 0);
  record.call = SWB_CALL_RECV;
  record.result = 0;
  g_assert_cmpint (swb_record_get_direction (&record), ==, 0);
  record.kind = SWB_RECORD_NOTE;
  record.result = 5;
  g_assert_cmpint (swb_record_get_direction (&record), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/round-trip", test_round_trip);
  g_test_add_func ("/record/limits", test_limits);
  g_test_add_func ("/record/recv-is-small", test_recv_is_small);
  g_test_add_func ("/record/empty-room", test_empty_room);
  g_test_add_func ("/record/damaged", test_damaged);
  g_test_add_func ("/record/no-errno", test_no_errno);
  g_test_add_func ("/record/noise", test_noise);
  g_test_add_func ("/record/direction", test_direction);
  return g_test_run ();
}
