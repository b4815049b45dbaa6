/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-command-parser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bench/swb-constants.h"
#include "net/swb-duration.h"
#include "net/swb-error.h"
#include "net/swb-packet.h"
#include "net/swb-payload.h"

gboolean
swb_parser_fail (GError **error, int code, const char *message)
{
  g_set_error_literal (error, SWB_ERROR, code, message);
  return FALSE;
}

gboolean
swb_parser_fail_word (SwbParser *self, GError **error, int code, const char *message)
{
  const char *word = self->words.word;
  g_autofree char *shown = NULL;

  if (word == NULL)
    return swb_parser_fail (error, code, message);

  shown = swb_payload_display ((const guint8 *)word, strlen (word), SWB_ENCODING_UTF8, 40);
  g_set_error (error, SWB_ERROR, code, "%s: “%s”", message, shown);
  return FALSE;
}

/* --- arguments --- */

gboolean
swb_parser_need_word (SwbParser *self, const char *missing, GError **error)
{
  if (self->words.word == NULL)
    return swb_parser_fail (error, SWB_ERROR_SYNTAX, missing);
  return TRUE;
}

gboolean
swb_parser_at_clause (SwbParser *self)
{
  return self->words.word == NULL || swb_words_is (&self->words, "within")
         || swb_words_is (&self->words, "expect");
}

gboolean
swb_parser_text (SwbParser *self, const char *missing, char **text, GError **error)
{
  if (!swb_parser_need_word (self, missing, error))
    return FALSE;

  *text = swb_words_unquote (self->words.word, &self->offset, error);
  return *text != NULL && swb_words_advance (&self->words, error);
}

/* Hex digits and the layers of a packet may have blanks between them, so they go on until a
 * word that cannot be one. */
static gboolean
parse_spaced (SwbParser *self, GError **error)
{
  SwbWords *words = &self->words;
  const char *begin = words->word_at, *end;
  g_autofree char *text = NULL;

  do
    {
      end = words->next;
      if (!swb_words_advance (words, error))
        return FALSE;
    }
  while (!swb_parser_at_clause (self) && !g_str_has_prefix (words->word, "MSG_"));

  text = g_strndup (begin, (gsize)(end - begin));
  self->command->bytes = swb_payload_parse (text, &self->offset, error);
  if (self->command->bytes == NULL)
    words->word_at = begin;
  return self->command->bytes != NULL;
}

static gboolean
parse_file (SwbParser *self, GError **error)
{
  gsize prefix = strlen ("file:");

  self->command->file = swb_words_unquote (self->words.word + prefix, &self->offset, error);
  if (self->command->file == NULL)
    {
      self->offset += prefix;
      return FALSE;
    }
  if (*self->command->file == '\0')
    return swb_parser_fail (error, SWB_ERROR_SYNTAX, _ ("A path must follow file:"));
  return swb_words_advance (&self->words, error);
}

gboolean
swb_parser_bytes (SwbParser *self, GError **error)
{
  if (!swb_parser_need_word (
          self, _ ("Bytes are missing: \"text\", hex:48 65 or file:PATH"), error))
    return FALSE;
  if (g_str_has_prefix (self->words.word, "hex:")
      || g_str_has_prefix (self->words.word, SWB_PACKET_PREFIX))
    return parse_spaced (self, error);
  if (g_str_has_prefix (self->words.word, "file:"))
    return parse_file (self, error);
  if (!swb_words_is_quoted (&self->words))
    return swb_parser_fail_word (
        self, error, SWB_ERROR_SYNTAX,
        _ ("Bytes are written as \"text\", hex:48 65 or file:PATH, not as this"));

  self->command->bytes = swb_payload_parse (self->words.word, &self->offset, error);
  return self->command->bytes != NULL && swb_words_advance (&self->words, error);
}

gboolean
swb_parser_number (SwbParser *self, int min, int max, int *number, GError **error)
{
  int value;

  if (!swb_parser_need_word (self, _ ("A number is missing"), error)
      || !swb_constants_parse_int (self->words.word, &value, error))
    return FALSE;
  if (value < min || value > max)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("%d is not between %d and %d"),
                   value, min, max);
      return FALSE;
    }

  *number = value;
  return swb_words_advance (&self->words, error);
}

gboolean
swb_parser_flags (SwbParser *self, int *flags, GError **error)
{
  if (swb_parser_at_clause (self))
    return TRUE;
  return swb_constants_parse_flags (self->words.word, flags, error)
         && swb_words_advance (&self->words, error);
}

gboolean
swb_parser_time (SwbParser *self, gint64 *duration_ns, GError **error)
{
  return swb_parser_need_word (self, _ ("A duration is missing: 500ms, 2s"), error)
         && swb_duration_parse (self->words.word, duration_ns, error)
         && swb_words_advance (&self->words, error);
}
