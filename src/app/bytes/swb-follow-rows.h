/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/bytes/swb-byte-source.h"
#include "net/swb-payload.h"

/* A byte source as lines of text that are as long as fit: where each begins and ends. A row
 * ends after a newline, where bytes begin or end that are gone from the journal, where the direction or the connection changes, where the next character has no room, and
 * at the end of each block of %SWB_FOLLOW_BLOCK bytes, so that rows are known at any place
 * without those before it: a GiB needs no more than a screenful. Without a widget; one thread.
 */

G_BEGIN_DECLS

#define SWB_FOLLOW_BLOCK 16384u

typedef struct
{
  guint64 offset;
  guint n_bytes;
  int direction;   /* of all its bytes */
  gboolean is_gone; /* the bytes are no longer there, or never were: it says how many */
  gboolean begins; /* whether the byte before it is of another direction or connection, or there is none */
  gboolean is_new; /* whether there is a byte before it, and it is of another connection */
} SwbFollowRow;

typedef enum
{
  SWB_FOLLOW_STYLE_TEXT, /* characters, and pictures for those that can't be seen */
  SWB_FOLLOW_STYLE_RAW,  /* as in a string of C: \r\n, \x00 */
} SwbFollowStyle;

typedef struct _SwbFollowRows SwbFollowRows;

/* Rows of @columns characters at the most; wide ones count twice. */
SwbFollowRows *swb_follow_rows_new (SwbByteSource *source, SwbEncoding encoding,
                                    SwbFollowStyle style, guint columns);
void swb_follow_rows_free (SwbFollowRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbFollowRows, swb_follow_rows_free)

guint64 swb_follow_rows_get_length (SwbFollowRows *self); /* in bytes, as last seen */

/* To be called when the source has grown. */
void swb_follow_rows_grow (SwbFollowRows *self);

/* The row that @offset is in. Returns: %FALSE when @offset is behind the end */
gboolean swb_follow_rows_find (SwbFollowRows *self, guint64 offset, SwbFollowRow *row);

/* In place. Returns: %FALSE, with @row as it was, when there is none */
gboolean swb_follow_rows_next (SwbFollowRows *self, SwbFollowRow *row);
gboolean swb_follow_rows_previous (SwbFollowRows *self, SwbFollowRow *row);

/* What stands for some bytes of a row. */
typedef enum
{
  SWB_FOLLOW_PLAIN,
  SWB_FOLLOW_STAND_IN, /* a character that can't be seen */
  SWB_FOLLOW_INVALID,  /* a byte of no character */
} SwbFollowKind;

typedef struct
{
  guint at;     /* in the text, in bytes */
  guint byte;   /* of the row */
  guint8 kind;  /* SwbFollowKind */
} SwbFollowPiece;

/**
 * swb_follow_rows_print:
 * @pieces: (nullable): gets an SwbFollowPiece for each character, and one behind the last
 *
 * Returns: (transfer full): valid UTF-8 on one line
 */
char *swb_follow_rows_print (SwbFollowRows *self, const SwbFollowRow *row, GArray *pieces);

G_END_DECLS
