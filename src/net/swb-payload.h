/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* Bytes as a person types them, and back. Any thread; only the file functions wait on anything,
 * and they are asynchronous. */

G_BEGIN_DECLS

typedef enum
{
  SWB_ENCODING_UTF8,
  SWB_ENCODING_LATIN1,
  SWB_ENCODING_UTF16LE,
  SWB_ENCODING_UTF16BE,
  SWB_N_ENCODINGS
} SwbEncoding;

typedef enum
{
  SWB_LINE_END_NONE,
  SWB_LINE_END_LF,
  SWB_LINE_END_CR,
  SWB_LINE_END_CRLF,
  SWB_LINE_END_NUL,
} SwbLineEnd;

/* A file is read whole; larger ones are refused with SWB_ERROR_TOO_LARGE. */
#define SWB_PAYLOAD_FILE_MAX (256 * 1024 * 1024)

const char *swb_encoding_get_name (SwbEncoding encoding); /* "UTF-8", "Latin-1", "UTF-16 LE"… */

/**
 * swb_payload_from_text:
 * @text: text with escapes: `\n \r \t \0 \xHH \\ \"`, and Packet Sender's `\HH` (two hex digits).
 *   `\0` before a hex digit is `\0H`, as Packet Sender has it; alone it is NUL
 * @encoding: what the characters are written in, `\n \r \t \\ \"` among them; a byte by number
 *   (`\xHH \HH \0`) is always that one byte
 * @line_end: bytes put behind, in the same encoding
 * @error_position: (out) (optional): byte offset in @text of the error
 * @error: SWB_ERROR_SYNTAX for an unknown or unfinished escape, ENCODING for a character that @encoding lacks;
 *   the message names character and position (counted in characters from 1)
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *swb_payload_from_text (const char *text, SwbEncoding encoding, SwbLineEnd line_end,
                               gsize *error_position, GError **error);

/**
 * swb_payload_from_hex:
 * @text: hex digits in pairs; spaces, tabs, newlines, commas, colons, dashes between pairs and `0x` before them are ignored
 * @error: SWB_ERROR_SYNTAX for a stray character or a lone digit, with its position
 */
GBytes *swb_payload_from_hex (const char *text, gsize *error_position, GError **error);

/**
 * swb_payload_parse:
 * @text: a bytes argument of a command: `"text"` in double quotes, `hex:48 65`, or `packet:` and what
 *   swb_packet_parse() reads; `file:` is not parsed here
 *
 * The quoted form is UTF-8.
 */
GBytes *swb_payload_parse (const char *text, gsize *error_position, GError **error);

/**
 * swb_payload_print:
 *
 * Returns: (transfer full): the quoted form that swb_payload_parse() reads back to the same bytes: printable UTF-8
 *   as it is; `\n \r \t` by name; other control, bidi-control, format and invalid bytes as `\xHH`
 */
char *swb_payload_print (const guint8 *data, gsize length);

/* (transfer full): "48 65 6c", lower case, @separator between pairs. */
char *swb_payload_print_hex (const guint8 *data, gsize length, const char *separator);

/**
 * swb_payload_display:
 * @max_chars: how many characters come out at the most; a longer text ends in "…", which counts
 *
 * For the screen, on one line: printable characters as they are, newline as "⏎", carriage return "␍", tab "⇥", other controls as
 * Unicode control pictures, bidi and zero-width controls as `U+202E` in brackets, invalid
 * bytes as `\xHH`. Never markup, never a terminal escape. UTF-8 out, valid always.
 *
 * Returns: (transfer full)
 */
char *swb_payload_display (const guint8 *data, gsize length, SwbEncoding encoding, gsize max_chars);

#define SWB_PAYLOAD_NO_CHAR ((gunichar)-1)

/**
 * swb_payload_decode:
 * @data: where a character begins
 * @length: bytes there are; at least 1
 * @step: (out): bytes of the character; of what is none, the bytes to go on after (1, or 2 in UTF-16)
 *
 * Returns: the character, or %SWB_PAYLOAD_NO_CHAR
 */
gunichar swb_payload_decode (const guint8 *data, gsize length, SwbEncoding encoding, gsize *step);

/**
 * swb_encoding_detect:
 * @encoding: (out): what the byte order mark at the beginning of @data says; untouched without one
 *
 * Returns: whether there is a byte order mark
 */
gboolean swb_encoding_detect (const guint8 *data, gsize length, SwbEncoding *encoding);

/**
 * swb_payload_load_file_async:
 *
 * Reads @path whole, in a worker thread. Folders, devices and FIFOs are refused with
 * G_IO_ERROR_NOT_REGULAR_FILE: opening a FIFO would wait for its writer.
 */
void swb_payload_load_file_async (const char *path, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GBytes *swb_payload_load_file_finish (GAsyncResult *result, GError **error);

G_END_DECLS
