/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "net/swb-error.h"
#include "net/swb-payload.h"

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

/* The end of the word that begins at @at; NULL when a quote stays open. A quote opens only
 * at the beginning of a word, or behind `file:`. */
static const char *
find_end (const char *at)
{
  if (g_str_has_prefix (at, "file:\""))
    at += strlen ("file:");
  if (*at != '"')
    {
      while (*at != '\0' && !is_blank (*at))
        at++;
      return at;
    }

  for (at++; *at != '"'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      if (*at == '\0')
        return NULL;
    }
  return at + 1;
}

gboolean
swb_words_advance (SwbWords *self, GError **error)
{
  const char *at = self->next, *end;

  g_clear_pointer (&self->word, g_free);
  while (is_blank (*at))
    at++;
  self->word_at = self->next = at;
  if (*at == '\0' || *at == '#')
    return TRUE;

  end = find_end (at);
  if (end == NULL)
    {
      g_set_error_literal (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                           _ ("The quote that begins here is not closed"));
      return FALSE;
    }
  if (*end != '\0' && !is_blank (*end))
    {
      self->word_at = end;
      g_set_error_literal (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                           _ ("A blank must follow the closing quote"));
      return FALSE;
    }

  self->word = g_strndup (at, (gsize)(end - at));
  self->next = end;
  return TRUE;
}

gboolean
swb_words_init (SwbWords *self, const char *line, GError **error)
{
  *self = (SwbWords){ .line = line, .next = line, .word_at = line };
  return swb_words_advance (self, error);
}

void
swb_words_clear (SwbWords *self)
{
  g_clear_pointer (&self->word, g_free);
}

guint
swb_words_get_column (SwbWords *self, gsize offset)
{
  const char *place = self->word_at + MIN (offset, strlen (self->word_at));

  return (guint)g_utf8_pointer_to_offset (self->line, place) + 1;
}

gboolean
swb_words_is (SwbWords *self, const char *word)
{
  return g_strcmp0 (self->word, word) == 0;
}

gboolean
swb_words_is_quoted (SwbWords *self)
{
  return self->word != NULL && self->word[0] == '"';
}

char *
swb_words_unquote (const char *word, gsize *error_position, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *data;
  gsize length;

  if (word[0] != '"')
    return g_strdup (word);

  bytes = swb_payload_parse (word, error_position, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (length > 0 && !g_utf8_validate (data, (gssize)length, NULL))
    {
      *error_position = 0;
      g_set_error_literal (error, SWB_ERROR, SWB_ERROR_ENCODING,
                           _ ("Text without NUL, in UTF-8, must stand here"));
      return NULL;
    }
  return g_strndup (length > 0 ? data : "", length);
}
