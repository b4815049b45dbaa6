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
  guint64 place;      /* of the first one, among the bytes of its direction and part */
  guint64 part;       /* the connection that it belongs to, where one followed another: from 0 */
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
 * @directions: (out) (nullable): room for @n_bytes: marks of each, of which swb_byte_get_direction() and the
 *   others below tell
 *
 * Returns: how many there were, less than @n_bytes at the end
 */
gsize swb_byte_source_read (SwbByteSource *self, guint64 offset, guint8 *buffer,
                            gint8 *directions, gsize n_bytes);

/* The marks that swb_byte_source_read() gives: a direction + 1, and what else there is to say. */
#define SWB_BYTE_GONE 4
#define SWB_BYTE_ODD_PART 8

/* 1: went out, -1: came in, 0: not known. */
static inline int
swb_byte_get_direction (gint8 mark)
{
  return (mark & 3) - 1;
}

static inline gboolean
swb_byte_is_gone (gint8 mark)
{
  return (mark & SWB_BYTE_GONE) != 0;
}

/* Of what is read at once, a part and the next one differ in this. */
static inline gboolean
swb_byte_is_of_odd_part (gint8 mark)
{
  return (mark & SWB_BYTE_ODD_PART) != 0;
}

/* (transfer full): @bytes as a source. */
SwbByteSource *swb_byte_source_new_for_bytes (GBytes *bytes);

G_END_DECLS
