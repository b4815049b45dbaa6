/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "capture-fixture.h"

#include <string.h>

static void
put32 (const Capture *self, guint32 value)
{
  guint32 stored = self->is_swapped ? GUINT32_TO_BE (value) : GUINT32_TO_LE (value);

  g_byte_array_append (self->bytes, (const guint8 *)&stored, sizeof stored);
}

static void
put16 (const Capture *self, guint16 value)
{
  guint16 stored = self->is_swapped ? GUINT16_TO_BE (value) : GUINT16_TO_LE (value);

  g_byte_array_append (self->bytes, (const guint8 *)&stored, sizeof stored);
}

void
capture_begin (Capture *self, guint link, gboolean has_ns, gboolean is_swapped)
{
  *self = (Capture){ g_byte_array_new (), is_swapped, FALSE, 0, 65535 };
  put32 (self, has_ns ? 0xa1b23c4d : 0xa1b2c3d4);
  put16 (self, 2);
  put16 (self, 4);
  put32 (self, 0);
  put32 (self, 0);
  put32 (self, 65535);
  put32 (self, link);
}

void
capture_begin_ng (Capture *self, guint link, gboolean is_swapped)
{
  *self = (Capture){ g_byte_array_new (), is_swapped, TRUE, 0, 65535 };
  put32 (self, 0x0a0d0d0a);
  put32 (self, 28);
  put32 (self, 0x1a2b3c4d);
  put16 (self, 1);
  put16 (self, 0);
  put32 (self, 0xffffffff);
  put32 (self, 0xffffffff);
  put32 (self, 28);
  put32 (self, 1); /* an interface, in nanoseconds */
  put32 (self, 32);
  put16 (self, (guint16)link);
  put16 (self, 0);
  put32 (self, 0);
  put16 (self, 9);
  put16 (self, 1);
  g_byte_array_append (self->bytes, (const guint8 *)"\x09\0\0", 4);
  put32 (self, 0);
  put32 (self, 32);
}

void
capture_put_frame (Capture *self, const guint8 *frame, gsize length)
{
  gsize n = MIN (length, self->snaplen);
  guint64 units = G_GUINT64_CONSTANT (1700000000000000000) + ++self->n_packets;

  if (self->is_pcapng)
    {
      put32 (self, 6);
      put32 (self, (guint32)(32 + ((n + 3) & ~(gsize)3)));
      put32 (self, 0);
      put32 (self, (guint32)(units >> 32));
      put32 (self, (guint32)units);
    }
  else
    {
      put32 (self, 1700000000);
      put32 (self, self->n_packets);
    }
  put32 (self, (guint32)n);
  put32 (self, (guint32)length);
  g_byte_array_append (self->bytes, frame, (guint)n);
  if (self->is_pcapng)
    {
      while (self->bytes->len % 4 != 0)
        g_byte_array_append (self->bytes, (const guint8 *)"", 1);
      put32 (self, (guint32)(32 + ((n + 3) & ~(gsize)3)));
    }
}

SwbEndpoint
capture_make_end (int family, guint16 port, guint8 last)
{
  SwbEndpoint end = { .family = (guint16)family, .port = port };

  end.ip[0] = family == AF_INET ? 10 : 0xfd;
  end.ip[family == AF_INET ? 3 : 15] = last;
  return end;
}

void
capture_put_tcp (Capture *self, int family, gboolean is_out, guint32 seq, guint32 ack,
                 guint8 flags, const char *data)
{
  SwbEndpoint client = capture_make_end (family, 40000, 1),
              server = capture_make_end (family, 80, 2);
  guint8 packet[SWB_PACKET_HEADER_MAX + 2000];
  gsize n_data = strlen (data);
  gsize n
      = swb_packet_put_tcp (packet, is_out ? &server : &client, is_out ? &client : &server,
                            seq, ack, flags, (const guint8 *)data, n_data);

  memcpy (packet + n, data, n_data);
  capture_put_frame (self, packet, n + n_data);
}

void
capture_put_handshake (Capture *self, int family)
{
  capture_put_tcp (self, family, CAPTURE_IN, 999, 0, SWB_TCP_SYN, "");
  capture_put_tcp (self, family, CAPTURE_OUT, 4999, 1000, SWB_TCP_SYN | SWB_TCP_ACK, "");
  capture_put_tcp (self, family, CAPTURE_IN, 1000, 5000, SWB_TCP_ACK, "");
}
