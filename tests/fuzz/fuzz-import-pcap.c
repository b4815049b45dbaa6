/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "imports.h"
#include "journal/capture-fixture.h"

/* A capture, of whatever program. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  imports_check (data, size);
  return 0;
}

#define A SWB_TCP_ACK

static void
put_conversation (Capture *capture, int family)
{
  capture_put_handshake (capture, family);
  capture_put_tcp (capture, family, CAPTURE_IN, 1000, 5000, SWB_TCP_PSH | A, "GET");
  capture_put_tcp (capture, family, CAPTURE_OUT, 5003, 1003, A, "wer"); /* early */
  capture_put_tcp (capture, family, CAPTURE_OUT, 5000, 1003, A, "ans");
  capture_put_tcp (capture, family, CAPTURE_OUT, 5002, 1003, A, "swer"); /* again */
  capture_put_tcp (capture, family, CAPTURE_OUT, 5010, 1003, A, "gap");
  capture_put_tcp (capture, family, CAPTURE_IN, 1003, 5006, SWB_TCP_FIN | A, "");
  capture_put_tcp (capture, family, CAPTURE_OUT, 5013, 1004, SWB_TCP_FIN | A, "");
  capture_put_tcp (capture, family, CAPTURE_IN, 90000, 0, SWB_TCP_SYN, "");
}

/* A datagram in two fragments, the second first. */
static void
put_datagram (Capture *capture)
{
  SwbEndpoint client = capture_make_end (AF_INET, 40000, 1);
  SwbEndpoint server = capture_make_end (AF_INET, 53, 2);
  const guint8 text[] = "0123456789abcdef";
  guint8 packet[64], piece[64];
  gsize n = swb_packet_put_udp (packet, &client, &server, text, 16);

  memcpy (packet + n, text, 16);
  capture_put_frame (capture, packet, n + 16);
  memcpy (piece, packet, 20);
  memcpy (piece + 20, packet + 28, 16);
  piece[3] = 36;
  piece[7] = 1;
  capture_put_frame (capture, piece, 36);
  memcpy (piece, packet, 28);
  piece[3] = 28;
  piece[6] = 0x20;
  capture_put_frame (capture, piece, 28);
}

/* What stands before IP on Ethernet (with a tag), of Linux's "any", and of loopbacks. */
static void
put_frames (Capture *capture, guint link)
{
  static const guint8 ethernet[] = "\1\2\3\4\5\6\1\2\3\4\5\7\x81\0\0\5\x08\0";
  static const guint8 any[] = "\0\0\3\4\0\6\1\2\3\4\5\6\0\0\x08\0";
  gboolean is_ethernet = link == CAPTURE_LINK_ETHERNET;
  gsize n_link = is_ethernet ? sizeof ethernet - 1 : sizeof any - 1;
  SwbEndpoint client = capture_make_end (AF_INET, 40000, 1);
  SwbEndpoint server = capture_make_end (AF_INET, 80, 2);
  guint8 frame[32 + SWB_PACKET_HEADER_MAX];

  memcpy (frame, is_ethernet ? ethernet : any, n_link);
  gsize n = swb_packet_put_tcp (frame + n_link, &client, &server, 1, 0, A,
                                (const guint8 *)"hi", 2);
  memcpy (frame + n_link + n, "hi", 2);
  capture_put_frame (capture, frame, n_link + n + 2);
  capture_put_frame (capture, frame, n_link); /* cut short */
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
  static const guint links[]
      = { CAPTURE_LINK_RAW, CAPTURE_LINK_ETHERNET, CAPTURE_LINK_SLL };
  Capture capture;

  for (guint i = 0; i < 12; i++)
    {
      guint link = links[i % G_N_ELEMENTS (links)];
      gboolean is_swapped = i / 3 % 2 == 1;

      if (i < 6)
        capture_begin (&capture, link, i % 2 == 0, is_swapped);
      else
        capture_begin_ng (&capture, link, is_swapped);
      if (link != CAPTURE_LINK_RAW)
        put_frames (&capture, link);
      else
        {
          put_conversation (&capture, i % 2 == 0 ? AF_INET : AF_INET6);
          put_datagram (&capture);
        }
      g_ptr_array_add (seeds, g_byte_array_free_to_bytes (capture.bytes));
    }
}
