/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-follow-rows.h"

#include "journal/notation/swb-notation.h"

#include <string.h>

#define MARGIN 4 /* bytes around a block that its first and last character may need */
#define N_BLOCKS 8

typedef struct
{
  guint64 number; /* G_MAXUINT64: none */
  guint64 length; /* of the source when it was made */
  guint8 bytes[SWB_FOLLOW_BLOCK + 2 * MARGIN];
  gint8 directions[SWB_FOLLOW_BLOCK + 2 * MARGIN];
  gsize before; /* bytes before the block */
  gsize n_all;
  GArray *rows; /* SwbFollowRow */
  guint used;   /* when */
} Block;

struct _SwbFollowRows
{
  SwbByteSource *source;
  SwbEncoding encoding;
  SwbFollowStyle style;
  guint columns;
  guint64 length;
  guint clock;
  Block blocks[N_BLOCKS];
};

static gboolean
is_utf16 (SwbFollowRows *self)
{
  return self->encoding == SWB_ENCODING_UTF16LE || self->encoding == SWB_ENCODING_UTF16BE;
}

/* In UTF-16, whether the byte is the second half of a unit that begins in an earlier piece
 * of its direction: then it stands alone. */
static gboolean
is_half (SwbFollowRows *self, guint64 offset)
{
  SwbByteRun run;

  if (!is_utf16 (self))
    return FALSE;
  swb_byte_source_peek (self->source, offset, &run);
  return run.place % 2 != 0;
}

static gunichar
decode (SwbFollowRows *self, const guint8 *bytes, gsize n_bytes, gboolean half, gsize *step)
{
  if (!half)
    return swb_payload_decode (bytes, n_bytes, self->encoding, step);
  *step = 1;
  return SWB_PAYLOAD_NO_CHAR;
}

/* What a character looks like. Returns: how many columns it takes */
static guint
print_char (SwbFollowRows *self, gunichar c, const guint8 *bytes, gsize n_bytes,
            GString *text, SwbFollowKind *kind)
{
  gsize before = text->len;

  *kind = SWB_FOLLOW_STAND_IN;
  if (c == SWB_PAYLOAD_NO_CHAR)
    {
      *kind = SWB_FOLLOW_INVALID;
      for (gsize i = 0; i < n_bytes; i++)
        g_string_append_printf (text, "\\x%02x", bytes[i]);
    }
  else if (self->style == SWB_FOLLOW_STYLE_RAW && (c == '\n' || c == '\r' || c == '\t'))
    g_string_append (text, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
  else if (self->style == SWB_FOLLOW_STYLE_RAW && c == '\\')
    g_string_append (text, "\\\\");
  else if (c == '\n')
    ;
  else if (c == '\t')
    g_string_append (text, "⇥   ");
  else if (c < 0x20 || c == 0x7f)
    {
      if (self->style == SWB_FOLLOW_STYLE_RAW)
        g_string_append_printf (text, "\\x%02x", c);
      else
        g_string_append_unichar (text, c == 0x7f ? 0x2421 : 0x2400 + c);
    }
  else if (!g_unichar_isprint (c) || g_unichar_iszerowidth (c))
    g_string_append_printf (text, "[U+%04X]", c);
  else
    {
      *kind = SWB_FOLLOW_PLAIN;
      g_string_append_unichar (text, c);
      return g_unichar_iswide (c) ? 2 : g_unichar_ismark (c) ? 0 : 1;
    }
  return (guint)g_utf8_strlen (text->str + before, (gssize)(text->len - before));
}

/* How far the bytes from @at on are of one direction. */
static gsize
get_stretch (const Block *block, gsize at)
{
  gsize end = at + 1;

  while (end < block->n_all && end < at + MARGIN
         && block->directions[end] == block->directions[at])
    end++;
  return end - at;
}

/* A character belongs to the block that it begins in: the first bytes may be the rest of
 * one. Returns: where the block's own characters begin */
static gsize
find_start (SwbFollowRows *self, const Block *block)
{
  gsize unit = is_utf16 (self) ? 2 : 1;
  gsize start = block->before;
  SwbByteRun run;

  if (block->before == 0 || start == block->n_all || self->encoding == SWB_ENCODING_LATIN1
      || swb_byte_is_gone (block->directions[start]))
    return start;
  for (gsize back = 1; back < MARGIN && back <= block->before; back++)
    {
      gsize at = block->before - back, step;

      if (block->directions[at] != block->directions[start])
        break;
      if (unit == 1 && (block->bytes[at] & 0xc0) == 0x80)
        continue;
      swb_byte_source_peek (self->source, block->number * SWB_FOLLOW_BLOCK - back, &run);
      if (unit == 2 && run.place % 2 != 0)
        continue;
      (void)swb_payload_decode (block->bytes + at, get_stretch (block, at), self->encoding,
                                &step);
      if (step > back)
        return start + step - back;
      if (unit == 1)
        break;
    }
  return start;
}

static void
add_row (Block *block, gsize first, gsize end)
{
  gint8 mark = block->directions[first];
  gint8 before = first > 0 ? block->directions[first - 1] : mark;
  SwbFollowRow row
      = { .offset = block->number * SWB_FOLLOW_BLOCK + first - block->before,
          .n_bytes = (guint)(end - first),
          .direction = swb_byte_get_direction (mark),
          .is_gone = swb_byte_is_gone (mark),
          .is_new = first > 0
                    && swb_byte_is_of_odd_part (before) != swb_byte_is_of_odd_part (mark) };

  row.begins = first == 0 || row.is_new || swb_byte_get_direction (before) != row.direction;
  g_array_append_val (block->rows, row);
}

/* One character, where it fits. Returns: its bytes */
static gsize
measure_char (SwbFollowRows *self, const Block *block, gsize at, GString *scratch,
              guint *columns, gboolean *is_newline)
{
  gboolean begins = at == 0 || block->directions[at - 1] != block->directions[at];

  /* A row of those says how many they are. */
  if (swb_byte_is_gone (block->directions[at]))
    {
      *columns = 0;
      *is_newline = FALSE;
      return 1;
    }

  gboolean half
      = begins && is_half (self, block->number * SWB_FOLLOW_BLOCK + at - block->before);
  SwbFollowKind kind;
  gsize step;
  gunichar c;

  if (block->bytes[at] >= 0x20 && block->bytes[at] < 0x7f && !is_utf16 (self)
      && block->bytes[at] != '\\')
    {
      *columns = 1;
      *is_newline = FALSE;
      return 1;
    }
  c = decode (self, block->bytes + at, get_stretch (block, at), half, &step);
  g_string_truncate (scratch, 0);
  *columns = print_char (self, c, block->bytes + at, step, scratch, &kind);
  *is_newline = c == '\n';
  return step;
}

static void
wrap (SwbFollowRows *self, Block *block)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  gsize end = MIN (block->before + SWB_FOLLOW_BLOCK, block->n_all);
  gsize at = find_start (self, block), first = at;
  guint used = 0;

  while (at < end)
    {
      gboolean is_newline;
      guint columns;
      gsize step = measure_char (self, block, at, scratch, &columns, &is_newline);

      if (at > first
          && (used + columns > self->columns
              || block->directions[at] != block->directions[first]))
        {
          add_row (block, first, at);
          first = at;
          used = 0;
        }
      at += step;
      used += columns;
      if (is_newline)
        {
          add_row (block, first, at);
          first = at;
          used = 0;
        }
    }
  if (at > first)
    add_row (block, first, at);
}

static void
load_block (SwbFollowRows *self, Block *block, guint64 number)
{
  guint64 first = number * SWB_FOLLOW_BLOCK;

  block->number = number;
  block->length = self->length;
  block->before = MIN (first, MARGIN);
  block->n_all = swb_byte_source_read (
      self->source, first - block->before, block->bytes, block->directions,
      (gsize)MIN (sizeof block->bytes - MARGIN + block->before,
                  self->length - (first - block->before)));
  g_array_set_size (block->rows, 0);
  wrap (self, block);
}

/* The bytes behind a block count for its last character. */
static gboolean
is_current (SwbFollowRows *self, const Block *block)
{
  guint64 needed = (block->number + 1) * SWB_FOLLOW_BLOCK + MARGIN;

  return block->length == self->length || block->length >= needed;
}

static Block *
get_block (SwbFollowRows *self, guint64 number)
{
  Block *oldest = &self->blocks[0];

  self->clock++;
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      Block *block = &self->blocks[i];

      if (block->number == number)
        {
          if (!is_current (self, block))
            load_block (self, block, number);
          block->used = self->clock;
          return block;
        }
      if (block->used < oldest->used)
        oldest = block;
    }
  load_block (self, oldest, number);
  oldest->used = self->clock;
  return oldest;
}

/* The index of the last row that begins at or before @offset; -1 where all begin behind. */
static int
find_in_block (const Block *block, guint64 offset)
{
  int low = -1, high = (int)block->rows->len;

  while (high - low > 1)
    {
      int middle = low + (high - low) / 2;

      if (g_array_index (block->rows, SwbFollowRow, middle).offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

SwbFollowRows *
swb_follow_rows_new (SwbByteSource *source, SwbEncoding encoding, SwbFollowStyle style,
                     guint columns)
{
  SwbFollowRows *self = g_new0 (SwbFollowRows, 1);

  self->source = g_object_ref (source);
  self->encoding = encoding;
  self->style = style;
  self->columns = MAX (columns, 8);
  self->length = swb_byte_source_get_length (source);
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      self->blocks[i].number = G_MAXUINT64;
      self->blocks[i].rows = g_array_new (FALSE, FALSE, sizeof (SwbFollowRow));
    }
  return self;
}

void
swb_follow_rows_free (SwbFollowRows *self)
{
  for (guint i = 0; i < N_BLOCKS; i++)
    g_array_unref (self->blocks[i].rows);
  g_object_unref (self->source);
  g_free (self);
}

guint64
swb_follow_rows_get_length (SwbFollowRows *self)
{
  return self->length;
}

void
swb_follow_rows_grow (SwbFollowRows *self)
{
  self->length = swb_byte_source_get_length (self->source);
}

gboolean
swb_follow_rows_find (SwbFollowRows *self, guint64 offset, SwbFollowRow *row)
{
  const Block *block;
  int index;

  if (offset >= self->length)
    return FALSE;
  block = get_block (self, offset / SWB_FOLLOW_BLOCK);
  index = find_in_block (block, offset);
  /* The rest of a character that began in the block before. */
  if (index < 0)
    {
      block = get_block (self, offset / SWB_FOLLOW_BLOCK - 1);
      index = (int)block->rows->len - 1;
    }
  *row = g_array_index (block->rows, SwbFollowRow, index);
  return TRUE;
}

gboolean
swb_follow_rows_next (SwbFollowRows *self, SwbFollowRow *row)
{
  return swb_follow_rows_find (self, row->offset + row->n_bytes, row);
}

gboolean
swb_follow_rows_previous (SwbFollowRows *self, SwbFollowRow *row)
{
  return row->offset > 0 && swb_follow_rows_find (self, row->offset - 1, row);
}

/* One piece, which can be selected as a whole. */
static char *
print_gone (const SwbFollowRow *row, GArray *pieces)
{
  char *text = swb_notation_dup_unkept (row->n_bytes);
  SwbFollowPiece ends[] = {
    { .kind = SWB_FOLLOW_STAND_IN },
    { .at = (guint)strlen (text), .byte = row->n_bytes, .kind = SWB_FOLLOW_STAND_IN }
  };

  if (pieces != NULL)
    g_array_append_vals (pieces, ends, G_N_ELEMENTS (ends));
  return text;
}

char *
swb_follow_rows_print (SwbFollowRows *self, const SwbFollowRow *row, GArray *pieces)
{
  GString *text = g_string_new (NULL);
  g_autofree guint8 *bytes = g_malloc (row->n_bytes + 1);
  gsize n_bytes
      = swb_byte_source_read (self->source, row->offset, bytes, NULL, row->n_bytes);
  SwbFollowPiece piece;
  gsize step;

  if (row->is_gone)
    {
      g_string_free (text, TRUE);
      return print_gone (row, pieces);
    }
  for (gsize i = 0; i < n_bytes; i += step)
    {
      gboolean half = i == 0 && is_half (self, row->offset);
      gunichar c = decode (self, bytes + i, n_bytes - i, half, &step);
      SwbFollowKind kind;

      piece = (SwbFollowPiece){ .at = (guint)text->len, .byte = (guint)i };
      print_char (self, c, bytes + i, step, text, &kind);
      piece.kind = (guint8)kind;
      if (pieces != NULL)
        g_array_append_val (pieces, piece);
    }
  piece = (SwbFollowPiece){ .at = (guint)text->len, .byte = (guint)n_bytes };
  if (pieces != NULL)
    g_array_append_val (pieces, piece);
  return g_string_free (text, FALSE);
}
