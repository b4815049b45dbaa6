/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-segment.h"

#include <string.h>

#include <glib/gi18n.h>

/* So much may come before what belongs in front of it; then that is missing. */
#define HELD_SEGMENTS_MAX 64
#define HELD_BYTES_MAX (256 * 1024)

/* A segment that waits; its bytes follow. */
typedef struct
{
  SwbSeen seen;
  guint8 bytes[];
} Held;

void
swb_seen_flow_free (gpointer flow)
{
  SwbSeenFlow *self = flow;

  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&self->directions[i].held, g_ptr_array_unref);
  g_free (self);
}

/* How far @a is behind @b on the circle of sequence numbers. */
static gint32
distance (guint32 a, guint32 b)
{
  return (gint32)(a - b);
}

/* SYN has a sequence number of its own, before the bytes. */
static guint32
get_data_seq (const SwbSeen *seen)
{
  return seen->seq + ((seen->flags & SWB_TCP_SYN) != 0);
}

gboolean
swb_seen_flow_is_over (const SwbSeenFlow *self, const SwbSeen *seen, gboolean is_out)
{
  const SwbSeenDirection *direction = &self->directions[is_out];

  if (seen->protocol != IPPROTO_TCP || (seen->flags & SWB_TCP_SYN) == 0)
    return FALSE;
  if (direction->has_next && distance (get_data_seq (seen), direction->next) == 0)
    return FALSE;

  return self->is_reset || (self->directions[0].has_fin && self->directions[1].has_fin)
         || (direction->has_next && !is_out && (seen->flags & SWB_TCP_ACK) == 0
             && ABS ((gint64)distance (get_data_seq (seen), direction->next)) > 65536);
}

/* --- records --- */

static gboolean
append (SwbSeenFlow *self, SwbImport *import, const SwbSeen *seen, gboolean is_out,
        gsize n_repeated, GError **error)
{
  gsize n_data = seen->n_data > n_repeated ? seen->n_data - n_repeated : 0;
  gboolean is_tcp = seen->protocol == IPPROTO_TCP;
  SwbRecord record = {
    .time_ns = seen->wall_ns,
    .kind = SWB_RECORD_PACKET,
    .packet = (guint8)(seen->protocol | (is_out ? SWB_PACKET_OUT : 0)),
    .pane = self->pane,
    .connection = self->connection,
    .fd = -1,
    .result = (int)(seen->length - n_repeated),
    .address = self->address,
    .data = n_data > 0 ? seen->data + n_repeated : NULL,
    .n_data = n_data,
  };

  if (is_tcp)
    {
      record.ints[0] = (gint64)seen->flags | (gint64)seen->window << 16;
      record.ints[1] = (gint64)((guint64)seen->seq | (guint64)seen->ack << 32);
      record.ints[2] = (gint64)n_repeated;
    }
  return swb_import_append (import, &record, error);
}

static gboolean
append_gap (SwbSeenFlow *self, SwbImport *import, gint64 wall_ns, gboolean is_out,
            guint32 n_missing, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u byte that was sent here is not in the capture.",
                "%u bytes that were sent here are not in the capture.", n_missing),
      n_missing);
  SwbRecord record = {
    .time_ns = wall_ns,
    .kind = SWB_RECORD_NOTE,
    .origin = SWB_ORIGIN_ENGINE,
    .note = SWB_NOTE_GAP,
    .pane = self->pane,
    .connection = self->connection,
    .fd = -1,
    .ints = { n_missing, is_out ? 1 : -1 },
    .data = (const guint8 *)text,
    .n_data = strlen (text),
  };

  return swb_import_append (import, &record, error);
}

/* --- order --- */

/* The segment is next, or has come before in a part or as a whole. */
static gboolean
take (SwbSeenFlow *self, SwbImport *import, const SwbSeen *seen, gboolean is_out,
      GError **error)
{
  SwbSeenDirection *direction = &self->directions[is_out];
  gint64 behind = -(gint64)distance (get_data_seq (seen), direction->next);
  gsize n_repeated = (gsize)CLAMP (behind, 0, (gint64)seen->length);

  direction->next += (guint32)(seen->length - n_repeated);
  if ((seen->flags & SWB_TCP_FIN) != 0 && !direction->has_fin
      && get_data_seq (seen) + (guint32)seen->length == direction->next)
    {
      direction->has_fin = TRUE;
      direction->next++;
    }
  return append (self, import, seen, is_out, n_repeated, error);
}

static gsize
get_n_bytes (const SwbSeen *seen)
{
  return sizeof (Held) + seen->n_data;
}

/* Those whose turn it is now. */
static gboolean
take_held (SwbSeenFlow *self, SwbImport *import, gboolean is_out, GError **error)
{
  SwbSeenDirection *direction = &self->directions[is_out];

  while (direction->held != NULL)
    {
      Held *held = direction->held->pdata[0];

      if (distance (get_data_seq (&held->seen), direction->next) > 0)
        return TRUE;
      held = g_ptr_array_steal_index (direction->held, 0);
      direction->n_held -= get_n_bytes (&held->seen);
      if (direction->held->len == 0)
        g_clear_pointer (&direction->held, g_ptr_array_unref);
      gboolean taken = take (self, import, &held->seen, is_out, error);
      g_free (held);
      if (!taken)
        return FALSE;
    }
  return TRUE;
}

/* What is missing in front of the first that waits will not come any more. */
static gboolean
skip_gap (SwbSeenFlow *self, SwbImport *import, gboolean is_out, GError **error)
{
  SwbSeenDirection *direction = &self->directions[is_out];
  const Held *held = direction->held->pdata[0];
  guint32 n_missing = get_data_seq (&held->seen) - direction->next;

  if (!append_gap (self, import, held->seen.wall_ns, is_out, n_missing, error))
    return FALSE;
  direction->next += n_missing;
  return take_held (self, import, is_out, error);
}

static void
hold (SwbSeenDirection *self, const SwbSeen *seen)
{
  Held *held = g_malloc (get_n_bytes (seen));
  guint at;

  held->seen = *seen;
  if (seen->n_data > 0)
    memcpy (held->bytes, seen->data, seen->n_data);
  held->seen.data = held->bytes;
  held->seen.frame = NULL;

  if (self->held == NULL)
    self->held = g_ptr_array_new_with_free_func (g_free);
  for (at = self->held->len; at > 0; at--)
    {
      const Held *before = self->held->pdata[at - 1];

      if (distance (get_data_seq (&before->seen), get_data_seq (seen)) <= 0)
        break;
    }
  g_ptr_array_insert (self->held, (int)at, held);
  self->n_held += get_n_bytes (seen);
}

static gboolean
flush (SwbSeenFlow *self, SwbImport *import, gboolean is_out, GError **error)
{
  SwbSeenDirection *direction = &self->directions[is_out];

  while (direction->held != NULL)
    if (!skip_gap (self, import, is_out, error))
      return FALSE;
  return TRUE;
}

static void
note_acknowledgement (SwbSeenFlow *self, const SwbSeen *seen, gboolean is_out)
{
  SwbSeenDirection *other = &self->directions[!is_out];

  if ((seen->flags & SWB_TCP_ACK) == 0
      || (other->has_acked && distance (seen->ack, other->acked) <= 0))
    return;

  other->acked = seen->ack;
  other->has_acked = TRUE;
}

gboolean
swb_seen_flow_add_segment (SwbSeenFlow *self, SwbImport *import, const SwbSeen *seen,
                           gboolean is_out, GError **error)
{
  SwbSeenDirection *direction = &self->directions[is_out];
  gboolean is_reset = (seen->flags & SWB_TCP_RST) != 0;
  gboolean fills = seen->length > 0 || (seen->flags & SWB_TCP_FIN) != 0;

  note_acknowledgement (self, seen, is_out);
  if (is_reset)
    {
      self->is_reset = TRUE;
      return swb_seen_flow_flush (self, import, error)
             && append (self, import, seen, is_out, seen->length, error);
    }
  if (!direction->has_next)
    {
      direction->next = get_data_seq (seen);
      direction->has_next = TRUE;
    }

  /* What only acknowledges need not wait for its turn. */
  if (!fills)
    return append (self, import, seen, is_out, 0, error);
  if (distance (get_data_seq (seen), direction->next) <= 0)
    return take (self, import, seen, is_out, error)
           && take_held (self, import, is_out, error);

  hold (direction, seen);
  return (direction->held->len <= HELD_SEGMENTS_MAX && direction->n_held <= HELD_BYTES_MAX)
         || skip_gap (self, import, is_out, error);
}

gboolean
swb_seen_flow_add_datagram (SwbSeenFlow *self, SwbImport *import, const SwbSeen *seen,
                            gboolean is_out, GError **error)
{
  return append (self, import, seen, is_out, 0, error);
}

gsize
swb_seen_flow_get_n_held (const SwbSeenFlow *self)
{
  return self->directions[0].n_held + self->directions[1].n_held;
}

gboolean
swb_seen_flow_flush (SwbSeenFlow *self, SwbImport *import, GError **error)
{
  return flush (self, import, FALSE, error) && flush (self, import, TRUE, error);
}

gboolean
swb_seen_flow_end (SwbSeenFlow *self, SwbImport *import, gint64 wall_ns, GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      SwbSeenDirection *direction = &self->directions[i];

      if (!flush (self, import, i == 1, error))
        return FALSE;

      /* The other end had them, and the capture does not. */
      gint32 n = distance (direction->acked, direction->next);
      if (direction->has_next && direction->has_acked && n > 0 && !self->is_reset
          && !append_gap (self, import, wall_ns, i == 1, (guint32)n, error))
        return FALSE;
    }
  return TRUE;
}
