/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/bytes/swb-byte-source.h"

#include <string.h>

G_DEFINE_INTERFACE (SwbByteSource, swb_byte_source, G_TYPE_OBJECT)

static void
swb_byte_source_default_init (SwbByteSourceInterface *iface)
{
}

#define SWB_TYPE_BYTES (swb_bytes_get_type ())
G_DECLARE_FINAL_TYPE (SwbBytes, swb_bytes, SWB, BYTES, GObject)

struct _SwbBytes
{
  GObject parent_instance;

  GBytes *bytes;
};

static guint64
swb_bytes_get_length (SwbByteSource *source)
{
  return g_bytes_get_size (SWB_BYTES (source)->bytes);
}

static void
swb_bytes_peek (SwbByteSource *source, guint64 offset, SwbByteRun *run)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (SWB_BYTES (source)->bytes, &n_bytes);

  *run
      = (SwbByteRun){ .data = data + offset, .n_bytes = n_bytes - offset, .place = offset };
}

static void
byte_source_iface_init (SwbByteSourceInterface *iface)
{
  iface->get_length = swb_bytes_get_length;
  iface->peek = swb_bytes_peek;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbBytes, swb_bytes, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SWB_TYPE_BYTE_SOURCE,
                                                      byte_source_iface_init))

static void
swb_bytes_finalize (GObject *object)
{
  g_bytes_unref (SWB_BYTES (object)->bytes);
  G_OBJECT_CLASS (swb_bytes_parent_class)->finalize (object);
}

static void
swb_bytes_class_init (SwbBytesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_bytes_finalize;
}

static void
swb_bytes_init (SwbBytes *self)
{
}

SwbByteSource *
swb_byte_source_new_for_bytes (GBytes *bytes)
{
  SwbBytes *self = g_object_new (SWB_TYPE_BYTES, NULL);

  self->bytes = g_bytes_ref (bytes);
  return SWB_BYTE_SOURCE (self);
}

guint64
swb_byte_source_get_length (SwbByteSource *self)
{
  g_return_val_if_fail (SWB_IS_BYTE_SOURCE (self), 0);

  return SWB_BYTE_SOURCE_GET_IFACE (self)->get_length (self);
}

void
swb_byte_source_peek (SwbByteSource *self, guint64 offset, SwbByteRun *run)
{
  g_return_if_fail (SWB_IS_BYTE_SOURCE (self));
  g_return_if_fail (offset < swb_byte_source_get_length (self));

  SWB_BYTE_SOURCE_GET_IFACE (self)->peek (self, offset, run);
}

static int
get_mark (const SwbByteRun *run, gboolean odd)
{
  return (run->direction + 1) | (run->data == NULL ? SWB_BYTE_GONE : 0)
         | (odd ? SWB_BYTE_ODD_PART : 0);
}

gsize
swb_byte_source_read (SwbByteSource *self, guint64 offset, guint8 *buffer,
                      gint8 *directions, gsize n_bytes)
{
  guint64 length = swb_byte_source_get_length (self);
  guint64 part = 0;
  gsize done = 0;
  gboolean odd = FALSE;

  n_bytes = (gsize)MIN (n_bytes, length - MIN (offset, length));
  while (done < n_bytes)
    {
      SwbByteRun run;
      gsize n;

      swb_byte_source_peek (self, offset + done, &run);
      n = MIN (run.n_bytes, n_bytes - done);
      if (run.data != NULL)
        memcpy (buffer + done, run.data, n);
      else
        memset (buffer + done, 0, n);
      if (done > 0 && run.part != part)
        odd = !odd;
      part = run.part;
      if (directions != NULL)
        memset (directions + done, get_mark (&run, odd), n);
      done += n;
    }
  return n_bytes;
}
