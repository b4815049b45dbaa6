/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/bytes/swb-byte-search.h"

#include "journal/filter/swb-scan-needle.h"

#include <string.h>

#define SLICE_BYTES (16 * 1024 * 1024)
#define WINDOW_BYTES (256 * 1024)
#define HEX_PREFIX "hex:"

struct _SwbByteSearch
{
  GObject parent_instance;

  SwbByteSource *source;
  GBytes *needle;
  gboolean caseless;
  GArray *hits;
  guint64 next; /* where the next slice begins: no hit begins before that is not known */
  GCancellable *cancellable;
  gboolean is_working;
};

G_DEFINE_FINAL_TYPE (SwbByteSearch, swb_byte_search, G_TYPE_OBJECT)

static guint changed_signal;

/* A worker's own. */
typedef struct
{
  SwbByteSource *source;
  SwbNeedle *needle;
  guint64 next; /* in: the first byte; out: the first one not looked at */
  guint64 end;
  guint max_hits;
  GArray *hits;
} Slice;

static void
slice_free (gpointer data)
{
  Slice *slice = data;

  g_clear_object (&slice->source);
  swb_needle_free (slice->needle);
  g_array_unref (slice->hits);
  g_free (slice);
}

/* Bytes that are gone read as zeros, and are no place where zeros stand. */
static gboolean
is_there (const gint8 *directions, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    if (swb_byte_is_gone (directions[i]))
      return FALSE;
  return TRUE;
}

static void
search_window (Slice *slice, const guint8 *window, const gint8 *directions, gsize n_bytes)
{
  gsize length = swb_needle_get_length (slice->needle);
  const guint8 *at = window, *end = window + n_bytes;
  guint64 first = slice->next;

  while (slice->hits->len < slice->max_hits)
    {
      const guint8 *found = swb_needle_find (slice->needle, at, (gsize)(end - at));
      guint64 hit;

      if (found == NULL)
        break;
      if (!is_there (directions + (found - window), length))
        {
          at = found + 1;
          continue;
        }
      hit = first + (guint64)(found - window);
      g_array_append_val (slice->hits, hit);
      at = found + length;
    }
  /* A place that begins in the last bytes is whole in the next window only. */
  slice->next = first + MAX ((guint64)(at - window), n_bytes - MIN (n_bytes, length - 1));
}

static void
search_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Slice *slice = data;
  gsize length = swb_needle_get_length (slice->needle);
  gsize room = WINDOW_BYTES + length;
  g_autofree guint8 *window = g_malloc (room);
  g_autofree gint8 *directions = g_malloc (room);

  while (slice->next + length <= slice->end && slice->hits->len < slice->max_hits
         && !g_cancellable_is_cancelled (cancellable))
    {
      gsize n = (gsize)MIN (room, slice->end - slice->next);

      n = swb_byte_source_read (slice->source, slice->next, window, directions, n);
      search_window (slice, window, directions, n);
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
has_more (SwbByteSearch *self)
{
  return self->hits->len < SWB_BYTE_SEARCH_MAX_HITS
         && self->next + g_bytes_get_size (self->needle)
                <= swb_byte_source_get_length (self->source);
}

static void
start_slice (SwbByteSearch *self, GAsyncReadyCallback callback)
{
  guint64 length = swb_byte_source_get_length (self->source);
  g_autoptr (GTask) task = NULL;
  const char *bytes;
  gsize n_bytes;
  Slice *slice;

  if (self->is_working || !has_more (self)
      || g_cancellable_is_cancelled (self->cancellable))
    return;
  bytes = g_bytes_get_data (self->needle, &n_bytes);
  slice = g_new0 (Slice, 1);
  slice->source = g_object_ref (self->source);
  slice->needle = swb_needle_new (bytes, n_bytes, self->caseless);
  slice->next = self->next;
  slice->end = MIN (length, self->next + SLICE_BYTES + n_bytes);
  slice->max_hits = SWB_BYTE_SEARCH_MAX_HITS - self->hits->len;
  slice->hits = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->is_working = TRUE;
  task = g_task_new (NULL, self->cancellable, callback, g_object_ref (self));
  g_task_set_task_data (task, slice, slice_free);
  g_task_run_in_thread (task, search_in_worker);
}

static void
searched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbByteSearch) self = user_data;
  Slice *slice = g_task_get_task_data (G_TASK (result));

  self->is_working = FALSE;
  /* The worker may be the last to let go of the task; objects end on this thread. */
  g_clear_object (&slice->source);
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  self->next = slice->next;
  g_array_append_vals (self->hits, slice->hits->data, slice->hits->len);
  start_slice (self, searched_cb);
  g_signal_emit (self, changed_signal, 0);
}

static void
swb_byte_search_dispose (GObject *object)
{
  swb_byte_search_stop (SWB_BYTE_SEARCH (object));
  G_OBJECT_CLASS (swb_byte_search_parent_class)->dispose (object);
}

static void
swb_byte_search_finalize (GObject *object)
{
  SwbByteSearch *self = SWB_BYTE_SEARCH (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->needle, g_bytes_unref);
  g_array_unref (self->hits);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (swb_byte_search_parent_class)->finalize (object);
}

static void
swb_byte_search_class_init (SwbByteSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_byte_search_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_byte_search_finalize;
  changed_signal = g_signal_new ("changed", SWB_TYPE_BYTE_SEARCH, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
swb_byte_search_init (SwbByteSearch *self)
{
  self->hits = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->cancellable = g_cancellable_new ();
}

SwbByteSearch *
swb_byte_search_new (SwbByteSource *source, GBytes *needle, gboolean caseless)
{
  SwbByteSearch *self;

  g_return_val_if_fail (SWB_IS_BYTE_SOURCE (source), NULL);
  g_return_val_if_fail (g_bytes_get_size (needle) > 0, NULL);

  self = g_object_new (SWB_TYPE_BYTE_SEARCH, NULL);
  self->source = g_object_ref (source);
  self->needle = g_bytes_ref (needle);
  self->caseless = caseless;
  start_slice (self, searched_cb);
  return self;
}

void
swb_byte_search_extend (SwbByteSearch *self)
{
  start_slice (self, searched_cb);
}

void
swb_byte_search_stop (SwbByteSearch *self)
{
  g_cancellable_cancel (self->cancellable);
}

gboolean
swb_byte_search_is_done (SwbByteSearch *self)
{
  return !self->is_working && !has_more (self);
}

gsize
swb_byte_search_get_needle_length (SwbByteSearch *self)
{
  return g_bytes_get_size (self->needle);
}

guint
swb_byte_search_get_n_hits (SwbByteSearch *self)
{
  return self->hits->len;
}

guint64
swb_byte_search_get_hit (SwbByteSearch *self, guint index)
{
  g_return_val_if_fail (index < self->hits->len, 0);
  return g_array_index (self->hits, guint64, index);
}

guint
swb_byte_search_count_before (SwbByteSearch *self, guint64 offset)
{
  guint low = 0, high = self->hits->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->hits, guint64, middle) < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

GBytes *
swb_byte_search_parse (const char *text, SwbEncoding encoding, GError **error)
{
  if (g_ascii_strncasecmp (text, HEX_PREFIX, strlen (HEX_PREFIX)) == 0)
    return swb_payload_from_hex (text + strlen (HEX_PREFIX), NULL, error);
  return swb_payload_from_text (text, encoding, SWB_LINE_END_NONE, NULL, error);
}
