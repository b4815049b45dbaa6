/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* Bytes at an offset, wherever they lie: one record's data, or a conversation's, a piece in
 * each of a million records. Nothing is copied until somebody reads. Any thread. */

G_BEGIN_DECLS

/* Bytes that lie one behind the other in memory. */
typedef struct
{
  const guint8 *data; /* NULL: they are gone from the journal; n_bytes says how many */
  gsize n_bytes;      /* at least 1 */
  int direction;      /* 1: went out, -1: came in, 0: not known */
  guint64 place;      /* of the first one, among the bytes of its direction */
} SwbByteRun;

#define SWB_TYPE_BYTE_SOURCE (swb_byte_source_get_type ())
G_DECLARE_INTERFACE (SwbByteSource, swb_byte_source, SWB, BYTE_SOURCE, GObject)

struct _SwbByteSourceInterface
{
  GTypeInterface parent_iface;

  guint64 (*get_length) (SwbByteSource *self);
  void (*peek) (SwbByteSource *self, guint64 offset, SwbByteRun *run);
};

/* May grow; never shrinks. */
guint64 swb_byte_source_get_length (SwbByteSource *self);

/**
 * swb_byte_source_peek:
 * @offset: below the length
 * @run: (out): from @offset on; its data lives as long as @self
 */
void swb_byte_source_peek (SwbByteSource *self, guint64 offset, SwbByteRun *run);

/**
 * swb_byte_source_read:
 * @buffer: (out): room for @n_bytes; bytes that are gone are 0 there
 * @directions: (out) (nullable): room for @n_bytes: the direction of each; twice that, or %SWB_BYTE_GONE, where
 *   it is gone
 *
 * Returns: how many there were, less than @n_bytes at the end
 */
gsize swb_byte_source_read (SwbByteSource *self, guint64 offset, guint8 *buffer,
                            gint8 *directions, gsize n_bytes);

/* Of a direction that swb_byte_source_read() gave: whether the byte is gone, and the direction itself. */
#define SWB_BYTE_GONE 3

static inline gboolean
swb_byte_is_gone (gint8 direction)
{
  return direction > 1 || direction < -1;
}

static inline int
swb_byte_get_direction (gint8 direction)
{
  return direction == SWB_BYTE_GONE ? 0 : CLAMP (direction, -1, 1);
}

/* (transfer full): @bytes as a source. */
SwbByteSource *swb_byte_source_new_for_bytes (GBytes *bytes);

G_END_DECLS
