/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "capture-fixture.h"

#include <string.h>

#include "cache-folder.h"
#include "import-fixture.h"
#include "net/swb-error.h"

#define A SWB_TCP_ACK

/* --- what a capture became --- */

static Imported *
import_capture (Capture *self)
{
  g_autoptr (GError) error = NULL;
  Imported *in = import_bytes (self->bytes->data, self->bytes->len, &error);

  g_assert_no_error (error);
  g_byte_array_unref (self->bytes);
  return in;
}

/* What went one way, and what is missing in it as "<3>". */
static char *
collect (const Imported *in, guint connection, int direction)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < in->records->len; i++)
    {
      const SwbRecord *record = &g_array_index (in->records, SwbRecord, i);

      if (record->connection != connection)
        continue;
      if (record->kind == SWB_RECORD_NOTE && record->note == SWB_NOTE_GAP
          && record->ints[1] == direction)
        g_string_append_printf (text, "<%d>", (int)record->ints[0]);
      if (swb_record_get_direction (record) == direction)
        g_string_append_len (text, (const char *)record->data, (gssize)record->n_data);
    }
  return g_string_free (text, FALSE);
}

static void
assert_stream (const Imported *in, guint connection, const char *came, const char *went)
{
  g_autofree char *in_text = collect (in, connection, -1);
  g_autofree char *out_text = collect (in, connection, 1);

  g_assert_cmpstr (in_text, ==, came);
  g_assert_cmpstr (out_text, ==, went);
}

/* --- what comes out --- */

static void
test_formats (void)
{
  g_test_summary ("pcap and pcapng of both byte orders and units give the same");
  for (guint i = 0; i < 6; i++)
    {
      int family = i % 2 == 0 ? AF_INET : AF_INET6;
      gboolean is_swapped = i % 2 == 1, has_ns = i % 3 == 0;
      Capture capture;

      if (i >= 4)
        capture_begin_ng (&capture, CAPTURE_LINK_RAW, is_swapped);
      else
        capture_begin (&capture, CAPTURE_LINK_RAW, has_ns, is_swapped);
      capture_put_handshake (&capture, family);
      capture_put_tcp (&capture, family, CAPTURE_IN, 1000, 5000, SWB_TCP_PSH | A, "GET");
      capture_put_tcp (&capture, family, CAPTURE_OUT, 5000, 1003, A, "answer");
      capture_put_tcp (&capture, family, CAPTURE_IN, 1003, 5006, SWB_TCP_FIN | A, "");
      capture_put_tcp (&capture, family, CAPTURE_OUT, 5006, 1004, SWB_TCP_FIN | A, "");

      g_autoptr (Imported) in = import_capture (&capture);
      const SwbRecord *get = imported_get (in, SWB_RECORD_PACKET, 3);
      assert_stream (in, 1, "GET", "answer");
      g_assert_cmpuint (imported_count (in, SWB_RECORD_PACKET), ==, 7);
      g_assert_cmpstr (
          imported_command (in, 0), ==,
          family == AF_INET
              ? "pane tcp-10-0-0-2-80 AF_INET SOCK_STREAM 0 \"TCP 10.0.0.2:80\""
              : "pane tcp--fd00--2--80 AF_INET6 SOCK_STREAM 0 \"TCP [fd00::2]:80\"");
      g_assert_cmpint (swb_journal_to_wall_ns (in->journal, get->time_ns), ==,
                       G_GINT64_CONSTANT (1700000000000000000)
                           + 4 * (i >= 4 || has_ns ? 1 : 1000));
      g_assert_cmpint (get->packet, ==, IPPROTO_TCP);
      g_assert_cmpint (get->ints[0] & 0x1ff, ==, SWB_TCP_PSH | A);
      g_assert_cmpint ((guint32)get->ints[1], ==, 1000);
      g_assert_cmpint (get->address.family, ==, family);
      g_assert_cmpint (swb_address_get_port (&get->address), ==, 40000);
      g_assert_null (imported_find_note (in, SWB_NOTE_GAP, NULL));
    }
}

static void
test_order (void)
{
  Capture capture;

  g_test_summary ("segments come in order, once; what is missing is told");
  capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  capture_put_handshake (&capture, AF_INET);
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1003, 5000, A, "def"); /* early */
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1000, 5000, A,
                   "abc"); /* fills the hole */
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1000, 5000, A, "abc");  /* again */
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1004, 5000, A, "efgh"); /* partly again */
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1013, 5000, A,
                   "nop"); /* 5 are missing before it */
  capture_put_tcp (&capture, AF_INET, CAPTURE_OUT, 5000, 1016, A, "x");
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1016, 5004, A,
                   ""); /* 3 were acknowledged, not seen */

  g_autoptr (Imported) in = import_capture (&capture);
  assert_stream (in, 1, "abcdefgh<5>nop", "x<3>");
  g_assert_cmpuint (imported_count (in, SWB_RECORD_PACKET), ==, 10);

  const SwbRecord *again = imported_get (in, SWB_RECORD_PACKET, 5);
  g_assert_cmpint (again->result, ==, 0);
  g_assert_cmpint (again->ints[2], ==, 3);
  g_assert_cmpint (swb_record_get_direction (again), ==, 0);
  g_assert_cmpint (imported_get (in, SWB_RECORD_PACKET, 6)->ints[2], ==, 2);
}

static void
test_wrap (void)
{
  Capture capture;

  g_test_summary ("sequence numbers go round");
  capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 0xfffffffd, 0, SWB_TCP_SYN, "");
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1, 0, A, "de");
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 0xfffffffe, 0, A, "abc");
  g_autoptr (Imported) in = import_capture (&capture);
  assert_stream (in, 1, "abcde", "");
}

static void
test_again (void)
{
  Capture capture;

  g_test_summary ("the same ends, connected again, are another connection");
  capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  capture_put_handshake (&capture, AF_INET);
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1000, 5000, A, "one");
  capture_put_tcp (&capture, AF_INET, CAPTURE_OUT, 5000, 1003, SWB_TCP_RST | A, "");
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 70000, 0, SWB_TCP_SYN, "");
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 70001, 0, A, "two");
  g_autoptr (Imported) in = import_capture (&capture);
  assert_stream (in, 1, "one", "");
  assert_stream (in, 2, "two", "");
}

static void
test_cut (void)
{
  Capture capture;

  g_test_summary ("bytes that were not captured are told");
  capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  capture.snaplen = 45;
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1000, 0, A, "abcdefgh");
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1008, 0, A, "ijk");
  g_autoptr (Imported) in = import_capture (&capture);
  assert_stream (in, 1, "abcdeijk", "");
  g_assert_cmpint (imported_get (in, SWB_RECORD_PACKET, 0)->result, ==, 8);
  g_assert_cmpint (imported_find_note (in, SWB_NOTE_GAP, "3 bytes were on")->ints[0], ==,
                   3);
}

static void
test_datagrams (void)
{
  SwbEndpoint client = capture_make_end (AF_INET, 40000, 1),
              server = capture_make_end (AF_INET, 53, 2);
  guint8 packet[200], piece[200];
  Capture capture;
  gsize n;

  g_test_summary ("datagrams are whole, also those that came in fragments");
  capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  n = swb_packet_put_udp (packet, &client, &server, (const guint8 *)"query", 5);
  memcpy (packet + n, "query", 5);
  capture_put_frame (&capture, packet, n + 5);
  n = swb_packet_put_udp (packet, &server, &client, (const guint8 *)"0123456789abcdefXYZ",
                          19);
  memcpy (packet + n, "0123456789abcdefXYZ", 19);

  /* The second fragment first. Offsets are in units of 8 bytes behind the header of IP. */
  memcpy (piece, packet, 20);
  memcpy (piece + 20, packet + 36, 11);
  piece[3] = 31;
  piece[6] = 0;
  piece[7] = 2;
  capture_put_frame (&capture, piece, 31);
  memcpy (piece, packet, 36);
  piece[3] = 36;
  piece[6] = 0x20;
  capture_put_frame (&capture, piece, 36);
  piece[5] = 9; /* of a datagram whose rest never comes */
  capture_put_frame (&capture, piece, 36);

  g_autoptr (Imported) in = import_capture (&capture);
  assert_stream (in, 1, "query", "0123456789abcdefXYZ");
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_GAP, "1 fragment"));
  /* Each frame is there, and the datagram that two of them make. */
  g_assert_cmpuint (imported_count (in, SWB_RECORD_PACKET), ==, 5);
}

/* --- times --- */

static void
put_time (GByteArray *out, guint64 units)
{
  static const guint8 ip[20] = { 0x45, 0, 0, 20, 0, 0, 0, 0, 64, 253 };
  gsize start = swb_pcapng_begin_packet (out, 0, (gint64)units, NULL, 0, ip, sizeof ip);

  swb_pcapng_end (out, start);
}

static void
test_times (void)
{
  static const guint8 resolution = 0x80 | 30; /* 2^-30 s */
  static const guint8 ip[20] = { 0x45, 0, 0, 20, 0, 0, 0, 0, 64, 253 };
  const guint64 seconds = 1700000000, unit = 1u << 30;
  const gint64 offset_s = GINT64_TO_LE (100);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize start = swb_pcapng_begin (out, SWB_PCAPNG_SECTION);

  g_test_summary ("times of fine units are exact; a packet without one has that before it");
  swb_put_u32 (out, 0x1a2b3c4d);
  swb_put_u32 (out, 1);
  swb_put_u64 (out, G_MAXUINT64);
  swb_pcapng_end (out, start);
  start = swb_pcapng_begin (out, SWB_PCAPNG_INTERFACE);
  swb_put_u32 (out, SWB_PCAPNG_LINK_RAW);
  swb_put_u32 (out, 0);
  swb_pcapng_put_option (out, SWB_PCAPNG_OPT_IF_TSRESOL, &resolution, 1);
  swb_pcapng_put_option (out, 14, &offset_s, sizeof offset_s);
  swb_pcapng_put_end_of_options (out);
  swb_pcapng_end (out, start);
  put_time (out, seconds * unit);
  put_time (out, seconds * unit + unit / 1024);
  start = swb_pcapng_begin (out, 3);
  swb_put_u32 (out, sizeof ip);
  swb_put_bytes (out, ip, sizeof ip);
  swb_pcapng_end (out, start);

  g_autoptr (Imported) in = import_bytes (out->data, out->len, NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (swb_journal_to_wall_ns (
                         in->journal, imported_get (in, SWB_RECORD_PACKET, i)->time_ns),
                     ==, ((gint64)seconds + 100) * 1000000000 + (i > 0 ? 976562 : 0));
}

static void
test_links (void)
{
  static const guint8 arp[] = "\xff\xff\xff\xff\xff\xff\0\0\0\0\0\1\x08\x06\0\1\x08\0";
  guint8 frame[SWB_PACKET_HEADER_MAX + 100];
  SwbEndpoint client = capture_make_end (AF_INET, 40000, 1),
              server = capture_make_end (AF_INET, 80, 2);
  Capture capture;
  gsize n;

  g_test_summary ("tags are passed over; what is not IP is kept as it is");
  capture_begin (&capture, CAPTURE_LINK_ETHERNET, TRUE, TRUE);
  capture_put_frame (&capture, arp, sizeof arp - 1);
  memset (frame, 0, sizeof frame);
  memcpy (frame + 12, "\x81\0\0\5\x08\0", 6);
  n = swb_packet_put_tcp (frame + 18, &client, &server, 1, 0, A, (const guint8 *)"hi", 2);
  memcpy (frame + 18 + n, "hi", 2);
  capture_put_frame (&capture, frame, 18 + n + 2 + 4); /* Ethernet fills up short frames */
  g_autoptr (Imported) in = import_capture (&capture);
  assert_stream (in, 1, "hi", "");
  const SwbRecord *other = imported_get (in, SWB_RECORD_PACKET, 0);
  g_assert_cmpint (other->packet, ==, 0);
  g_assert_cmpuint (other->pane, ==, 0);
  g_assert_cmpmem (other->data, other->n_data, arp, sizeof arp - 1);

  capture_begin (&capture, CAPTURE_LINK_SLL, TRUE, FALSE);
  memmove (frame + 16, frame + 18, n + 2);
  memcpy (frame + 14, "\x08\0", 2);
  capture_put_frame (&capture, frame, 16 + n + 2);
  g_autoptr (Imported) sll = import_capture (&capture);
  assert_stream (sll, 1, "hi", "");
}

static void
test_many (void)
{
  Capture capture;
  guint8 packet[100];

  g_test_summary ("more services than panes share the last one, and none is lost");
  capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  for (guint i = 0; i < 1500; i++)
    {
      SwbEndpoint client = capture_make_end (AF_INET, 40000, 1);
      SwbEndpoint server = capture_make_end (AF_INET, (guint16)(1000 + i), 2);
      gsize n = swb_packet_put_tcp (packet, &client, &server, 1, 0, SWB_TCP_SYN, NULL, 0);

      capture_put_frame (&capture, packet, n);
    }
  g_autoptr (Imported) in = import_capture (&capture);
  g_assert_cmpuint (imported_count (in, SWB_RECORD_PACKET), ==, 1500);
  g_assert_cmpuint (imported_count (in, SWB_RECORD_COMMAND), ==, 1000);
  g_assert_cmpuint (imported_get (in, SWB_RECORD_PACKET, 1499)->connection, ==, 501);
}

/* --- mistakes --- */

static void
test_errors (void)
{
  Capture capture;

  g_test_summary ("a damaged capture is an error with its offset");
  capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  import_fails (capture.bytes->data, 20, SWB_ERROR_FORMAT, "ends too early, at offset 0");
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1, 0, A, "x");
  import_fails (capture.bytes->data, capture.bytes->len - 1, SWB_ERROR_FORMAT,
                "ends too early, at offset 24");
  capture.bytes->data[24 + 11] = 0x7f;
  import_fails (capture.bytes->data, capture.bytes->len, SWB_ERROR_FORMAT,
                "larger than any can be, at offset 24");
  g_byte_array_unref (capture.bytes);

  capture_begin_ng (&capture, CAPTURE_LINK_RAW, FALSE);
  capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1, 0, A, "x");
  capture.bytes->data[60 + 8] = 1;
  import_fails (capture.bytes->data, capture.bytes->len, SWB_ERROR_FORMAT,
                "of an interface that there is not, at offset 60");
  capture.bytes->data[60 + 8] = 0;
  capture.bytes->data[capture.bytes->len - 4] ^= 4;
  import_fails (capture.bytes->data, capture.bytes->len, SWB_ERROR_FORMAT,
                "two lengths of a block differ, at offset 60");
  g_byte_array_unref (capture.bytes);
}

static void
test_hostile (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Capture capture;

      if (i == 0)
        capture_begin (&capture, CAPTURE_LINK_RAW, TRUE, FALSE);
      else
        capture_begin_ng (&capture, CAPTURE_LINK_RAW, TRUE);
      capture_put_handshake (&capture, AF_INET);
      capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1003, 5000, A, "def");
      capture_put_tcp (&capture, AF_INET6, CAPTURE_IN, 1003, 5000, A, "def");
      capture_put_tcp (&capture, AF_INET, CAPTURE_IN, 1000, 5000, A, "abc");
      capture_put_tcp (&capture, AF_INET, CAPTURE_OUT, 5000, 1006, SWB_TCP_FIN | A, "xyz");
      import_mutated (capture.bytes->data, capture.bytes->len, 4000);
      g_byte_array_unref (capture.bytes);
    }
  g_test_summary ("captures that end anywhere, or are damaged, give an error or records");
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = cache_folder_init (&argc, &argv);

  g_test_add_func ("/import-pcap/formats", test_formats);
  g_test_add_func ("/import-pcap/order", test_order);
  g_test_add_func ("/import-pcap/wrap", test_wrap);
  g_test_add_func ("/import-pcap/again", test_again);
  g_test_add_func ("/import-pcap/cut", test_cut);
  g_test_add_func ("/import-pcap/datagrams", test_datagrams);
  g_test_add_func ("/import-pcap/times", test_times);
  g_test_add_func ("/import-pcap/links", test_links);
  g_test_add_func ("/import-pcap/many", test_many);
  g_test_add_func ("/import-pcap/errors", test_errors);
  g_test_add_func ("/import-pcap/hostile", test_hostile);
  return cache_folder_run (cache);
}
