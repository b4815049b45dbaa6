/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-checksum.h"

guint64
swb_checksum_add (guint64 sum, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i + 1 < n; i += 2)
    sum += (guint64)bytes[i] << 8 | bytes[i + 1];
  if (n % 2 != 0)
    sum += (guint64)bytes[n - 1] << 8;
  return sum;
}

guint16
swb_checksum_finish (guint64 sum)
{
  while (sum >> 16 != 0)
    sum = (sum & 0xffff) + (sum >> 16);
  return (guint16)~sum;
}

guint16
swb_checksum_without (const guint8 *bytes, gsize n, gsize offset)
{
  g_return_val_if_fail (offset % 2 == 0 && offset + 2 <= n, 0);

  return swb_checksum_finish (swb_checksum_add (swb_checksum_add (0, bytes, offset),
                                                bytes + offset + 2, n - offset - 2));
}
