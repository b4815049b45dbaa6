/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-packet.h"

#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

#include "net/swb-checksum.h"
#include "net/swb-error.h"
#include "net/swb-payload.h"

static void
assert_bytes (const char *text, const char *hex)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = swb_packet_parse (text, NULL, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = swb_payload_print_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 "");
  g_assert_cmpstr (found, ==, hex);
}

static void
assert_error (const char *text, int code, gsize place)
{
  g_autoptr (GError) error = NULL;
  gsize found = G_MAXSIZE;

  g_assert_null (swb_packet_parse (text, &found, &error));
  g_assert_error (error, SWB_ERROR, code);
  g_assert_cmpuint (found, ==, place);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
test_checksum (void)
{
  /* The example of RFC 1071, section 3: the sum is ddf2. */
  static const guint8 bytes[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7 };

  g_test_summary ("The checksum is that of RFC 1071");
  g_assert_cmphex (swb_checksum_finish (swb_checksum_add (0, bytes, 8)), ==,
                   (guint16)~0xddf2);
  g_assert_cmphex (swb_checksum_finish (swb_checksum_add (0, bytes, 7)), ==,
                   (guint16) ~(0xddf2 - 0xf7));
  g_assert_cmphex (swb_checksum_finish (0), ==, 0xffff);
}

static void
test_layers (void)
{
  g_test_summary ("Each layer becomes the header of its RFC");
  assert_bytes ("icmp-echo id=7 seq=1 / \"abcd\"", "0800333100070001"
                                                   "61626364");
  assert_bytes ("icmp-echo type=reply / hex:00", "0000fffe0000000100");
  assert_bytes ("eth src=02:00:00:00:00:01 / arp from=10.0.0.1 to=10.0.0.2",
                "ffffffffffff0200000000010806"
                "00010800060400010000000000000a0000010000000000000a000002");
  assert_bytes ("eth / vlan id=7 / ip6", "ffffffffffff0000000000008100"
                                         "000786dd"
                                         "6000000000003b40"
                                         "00000000000000000000000000000001"
                                         "00000000000000000000000000000001");
  assert_bytes ("eth type=0x1234", "ffffffffffff0000000000001234");
  /* The header's and UDP's checksum are those that tshark calls right. */
  assert_bytes ("ip / udp from=5000 to=7000 / \"hello\"",
                "450000210000000040117cca7f0000017f000001"
                "13881b58000d8f1f68656c6c6f");
  assert_bytes ("udp from=1 to=2 / \"x\"", "000100020009000078");
  assert_bytes ("dns id=1 type=A name=example.org",
                "000101000001000000000000076578616d706c65036f72670000010001");
  assert_bytes ("can id=123 / hex:dead", "2301000002000000dead000000000000");
  assert_bytes ("can id=12345678", "7856349200000000"
                                   "0000000000000000");
  assert_bytes ("rtnetlink", "20000000120001030100000000000000"
                             "00000000000000000000000000000000");
  assert_bytes ("rtnetlink type=RTM_GETADDR seq=5 dump=0",
                "18000000160001000500000000000000"
                "0000000000000000");
  assert_bytes ("tcp from=1 to=2 flags=sA seq=3 ack=4 win=5",
                "00010002000000030000000450120005"
                "00000000");
}

static void
test_errors (void)
{
  g_test_summary ("What is wrong is told with its place");
  assert_error ("", SWB_ERROR_SYNTAX, 0);
  assert_error ("nonsense", SWB_ERROR_UNKNOWN, 0);
  assert_error ("\"abc\"", SWB_ERROR_UNKNOWN, 0);
  assert_error ("icmp-echo id=65536", SWB_ERROR_RANGE, 13);
  assert_error ("icmp-echo id=x", SWB_ERROR_SYNTAX, 13);
  assert_error ("icmp-echo id=", SWB_ERROR_SYNTAX, 13);
  assert_error ("icmp-echo id", SWB_ERROR_SYNTAX, 10);
  assert_error ("icmp-echo id=1 id=2", SWB_ERROR_SYNTAX, 15);
  assert_error ("icmp-echo hello=1", SWB_ERROR_UNKNOWN, 10);
  assert_error ("icmp-echo type=none", SWB_ERROR_UNKNOWN, 15);
  assert_error ("icmp-echo /", SWB_ERROR_SYNTAX, 11);
  assert_error ("icmp-echo / \"a", SWB_ERROR_SYNTAX, 14);
  assert_error ("icmp-echo / hex:1", SWB_ERROR_SYNTAX, 16);
  assert_error ("eth dst=1:2", SWB_ERROR_SYNTAX, 8);
  assert_error ("ip dst=localhost", SWB_ERROR_SYNTAX, 7);
  assert_error ("ip6 dst=127.0.0.1", SWB_ERROR_SYNTAX, 8);
  assert_error ("tcp flags=X", SWB_ERROR_UNKNOWN, 10);
  assert_error ("dns name=a..b", SWB_ERROR_TOO_LONG, 9);
  assert_error ("eth/eth/eth/eth/eth/eth/eth/eth/eth", SWB_ERROR_TOO_LONG, 32);
  /* What does not fit is the payload. */
  assert_error ("eth \xff", SWB_ERROR_ENCODING, 4);
  assert_error ("can / hex:00 11 22 33 44 55 66 77 88", SWB_ERROR_TOO_LONG, 6);
}

/* As an argument of a command. */
static void
test_payload (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = swb_payload_parse ("packet:icmp-echo", NULL, &error);
  gsize place = 0;

  g_test_summary ("packet: stands where bytes do");
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 8);
  g_assert_null (swb_payload_parse ("packet:icmp", &place, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN);
  g_assert_cmpuint (place, ==, 7);
}

static void
test_templates (void)
{
  static const int domains[] = { AF_INET, AF_INET6, AF_PACKET, AF_NETLINK, AF_CAN };
  const SwbPacketTemplate *list[SWB_PACKET_TEMPLATES_MAX];

  g_test_summary ("Every template is a packet, or a text, without a mistake");
  for (guint d = 0; d < G_N_ELEMENTS (domains); d++)
    for (int type = SOCK_STREAM; type <= SOCK_RAW; type++)
      for (int protocol = 0; protocol < 256; protocol++)
        {
          guint n = swb_packet_list_templates (domains[d], type, protocol, list);

          for (guint i = 0; i < n; i++)
            {
              g_autoptr (GError) error = NULL;
              g_autoptr (GBytes) bytes
                  = list[i]->is_text ? swb_payload_from_text (
                        list[i]->text, SWB_ENCODING_UTF8, SWB_LINE_END_CRLF, NULL, &error)
                                     : swb_packet_parse (list[i]->text, NULL, &error);

              g_assert_no_error (error);
              g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
            }
        }
  g_assert_cmpuint (swb_packet_list_templates (AF_UNIX, SOCK_STREAM, 0, list), ==, 0);
  g_assert_cmpuint (swb_packet_list_templates (AF_INET, SOCK_DGRAM, 0, list), ==, 2);
  g_assert_cmpuint (swb_packet_list_templates (AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, list),
                    ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet/checksum", test_checksum);
  g_test_add_func ("/packet/layers", test_layers);
  g_test_add_func ("/packet/errors", test_errors);
  g_test_add_func ("/packet/payload", test_payload);
  g_test_add_func ("/packet/templates", test_templates);
  return g_test_run ();
}
