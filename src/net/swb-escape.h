/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The backslash escapes that payloads and unix names share. Private to src/net. Any thread. */

G_BEGIN_DECLS

typedef enum
{
  SWB_ESCAPE_NONE, /* unknown or unfinished */
  SWB_ESCAPE_CHAR, /* `\n \r \t \\ \"`: a character, to be written in the encoding at hand */
  SWB_ESCAPE_BYTE, /* `\xHH \0 \HH`: that one byte, whatever the encoding */
} SwbEscape;

/**
 * swb_escape_read:
 * @text: text that begins with a backslash
 * @short_hex: whether Packet Sender's `\HH` counts: then `\0` before a hex digit is `\0H`
 * @value: (out): the character or byte, below 256
 * @length: (out): how many bytes of @text it took
 *
 * Returns: what was read; the outputs are untouched for %SWB_ESCAPE_NONE
 */
SwbEscape swb_escape_read (const char *text, gboolean short_hex, guint8 *value, gsize *length);

/**
 * swb_escape_is_plain:
 *
 * Returns: %TRUE when @c can be shown as it is: it has a shape or is a space, and neither ends the
 *   line nor changes the direction or the shape of its neighbours
 */
gboolean swb_escape_is_plain (gunichar c);

/**
 * swb_escape_print:
 * @quote: whether double quotes get a backslash, too
 *
 * Appends @data: plain UTF-8 as it is, `\n \r \t \\` by name, all else as `\xHH`.
 */
void swb_escape_print (GString *out, const guint8 *data, gsize length, gboolean quote);

/**
 * swb_escape_show:
 *
 * Returns: (transfer full): @text for an error message: short, on one line, nothing invisible
 */
char *swb_escape_show (const char *text);

G_END_DECLS
