/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "net/swb-error.h"
#include "net/swb-payload.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *text;
  SwbTokenType type;
  SwbFilterOp op;
} Sign;

/* Longer ones before those that begin them. The first of an operator is the one printed. */
static const Sign signs[] = {
  { "~*", SWB_TOKEN_OPERATOR, SWB_FILTER_CONTAINS_CASELESS },
  { "~", SWB_TOKEN_OPERATOR, SWB_FILTER_CONTAINS },
  { "=~", SWB_TOKEN_OPERATOR, SWB_FILTER_MATCHES },
  { "==", SWB_TOKEN_OPERATOR, SWB_FILTER_EQ },
  { "=", SWB_TOKEN_OPERATOR, SWB_FILTER_EQ },
  { "!=", SWB_TOKEN_OPERATOR, SWB_FILTER_NE },
  { "<=", SWB_TOKEN_OPERATOR, SWB_FILTER_LE },
  { "<", SWB_TOKEN_OPERATOR, SWB_FILTER_LT },
  { ">=", SWB_TOKEN_OPERATOR, SWB_FILTER_GE },
  { ">", SWB_TOKEN_OPERATOR, SWB_FILTER_GT },
  { "(", SWB_TOKEN_OPEN, 0 },
  { ")", SWB_TOKEN_CLOSE, 0 },
  { "&&", SWB_TOKEN_AND, 0 },
  { "||", SWB_TOKEN_OR, 0 },
  { "!", SWB_TOKEN_NOT, 0 },
};

static const Sign keywords[] = {
  { "and", SWB_TOKEN_AND, 0 },
  { "or", SWB_TOKEN_OR, 0 },
  { "not", SWB_TOKEN_NOT, 0 },
};

const char *
swb_filter_op_get_text (SwbFilterOp op)
{
  static const char *const texts[] = { "=", "!=", "<", "<=", ">", ">=", "~", "~*", "=~" };

  return texts[op];
}

gboolean
swb_filter_lexer_fail (SwbFilterLexer *self, gsize at, int code, GError **error,
                       const char *message)
{
  self->error_at = at;
  g_set_error_literal (error, SWB_ERROR, code, message);
  return FALSE;
}

void
swb_filter_lexer_init (SwbFilterLexer *self, const char *text)
{
  *self = (SwbFilterLexer){ .text = text };
}

void
swb_filter_lexer_clear (SwbFilterLexer *self)
{
  g_clear_pointer (&self->token.bytes, g_free);
}

static gboolean
ends_word (const char *at)
{
  return *at == '\0' || g_ascii_isspace (*at) || strchr ("()\"=<>~", *at) != NULL
         || g_str_has_prefix (at, "!=") || g_str_has_prefix (at, "&&")
         || g_str_has_prefix (at, "||");
}

static void
take_bytes (SwbFilterLexer *self, SwbTokenType type, const char *bytes, gsize n_bytes)
{
  self->token.type = type;
  self->token.bytes = g_malloc (n_bytes + 1);
  self->token.n_bytes = n_bytes;
  if (n_bytes > 0)
    memcpy (self->token.bytes, bytes, n_bytes);
  self->token.bytes[n_bytes] = '\0';
}

/* @text: a form of swb_payload_parse(), whose own messages count characters from where it
 * begins;
 * @shift: where that is in the filter */
static gboolean
take_payload (SwbFilterLexer *self, const char *text, gsize shift, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gsize at = 0, n_bytes;
  g_autoptr (GBytes) bytes = swb_payload_parse (text, &at, &reason);

  if (bytes == NULL)
    return swb_filter_lexer_fail (
        self, shift + at, reason->code, error,
        text[0] == '"' ? _ (
            "No escape begins here; there are \\n \\r \\t \\0 \\xHH \\\\ \\\", where HH "
            "are two hex digits")
                       : _ ("Hex is written as two digits for each byte; spaces between "
                            "them need quotes: "
                            "hex:\"0d 0a\""));

  const char *data = g_bytes_get_data (bytes, &n_bytes);
  take_bytes (self, SWB_TOKEN_BYTES, data, n_bytes);
  return TRUE;
}

/* The end of what begins and ends with @mark, behind it; NULL when there is no end. */
static const char *
find_end (const char *at, char mark)
{
  for (at++; *at != mark; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      if (*at == '\0')
        return NULL;
    }
  return at + 1;
}

static gboolean
read_quoted (SwbFilterLexer *self, const char *at, GError **error)
{
  const char *end = find_end (at, '"');

  if (end == NULL)
    return swb_filter_lexer_fail (self, self->token.at, SWB_ERROR_SYNTAX, error,
                                  _ ("The text that begins here has no closing quote"));

  g_autofree char *quoted = g_strndup (at, (gsize)(end - at));
  self->next = (gsize)(end - self->text);
  return take_payload (self, quoted, self->token.at, error);
}

/* `hex:` and digits, or, so that spaces can stand between them, digits in quotes. */
static gboolean
read_hex (SwbFilterLexer *self, const char *at, GError **error)
{
  const char *digits = at + strlen ("hex:");
  const char *end = digits;
  gsize shift = self->token.at;

  if (*digits == '"')
    {
      end = find_end (digits, '"');
      if (end == NULL)
        return swb_filter_lexer_fail (self, (gsize)(digits - self->text), SWB_ERROR_SYNTAX,
                                      error,
                                      _ ("The text that begins here has no closing quote"));
      digits++;
      shift++;
    }
  else
    while (!ends_word (end))
      end++;

  gsize n_digits = (gsize)(end - digits) - (digits[-1] == '"' ? 1 : 0);
  g_autofree char *hex = g_strdup_printf ("hex:%.*s", (int)n_digits, digits);
  self->next = (gsize)(end - self->text);
  return take_payload (self, hex, shift, error);
}

static gboolean
read_regex (SwbFilterLexer *self, const char *at, GError **error)
{
  const char *end = find_end (at, '/');

  if (end == NULL)
    return swb_filter_lexer_fail (
        self, self->token.at, SWB_ERROR_SYNTAX, error,
        _ ("The pattern that begins here has no closing /; text with a / in front needs "
           "quotes"));

  take_bytes (self, SWB_TOKEN_REGEX, at + 1, (gsize)(end - at) - 2);
  self->token.caseless = *end == 'i';
  if (self->token.caseless)
    end++;
  if (!ends_word (end))
    return swb_filter_lexer_fail (self, (gsize)(end - self->text), SWB_ERROR_SYNTAX, error,
                                  _ ("Behind a pattern only i may stand, to ignore case"));

  self->next = (gsize)(end - self->text);
  return TRUE;
}

static void
read_word (SwbFilterLexer *self, const char *at)
{
  const char *end = at;

  while (!ends_word (end))
    end++;

  self->next = (gsize)(end - self->text);
  take_bytes (self, SWB_TOKEN_WORD, at, (gsize)(end - at));
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_str_equal (self->token.bytes, keywords[i].text))
      self->token.type = keywords[i].type;
}

static gboolean
read_sign (SwbFilterLexer *self, const char *at)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (at, signs[i].text))
      {
        self->token.type = signs[i].type;
        self->token.op = signs[i].op;
        self->next = self->token.at + strlen (signs[i].text);
        return TRUE;
      }
  return FALSE;
}

gboolean
swb_filter_lexer_next (SwbFilterLexer *self, GError **error)
{
  const char *at = self->text + self->next;

  while (g_ascii_isspace (*at))
    at++;

  g_free (self->token.bytes);
  self->token = (SwbToken){ .type = SWB_TOKEN_END, .at = (gsize)(at - self->text) };
  if (*at == '\0')
    return TRUE;
  if (*at == '"')
    return read_quoted (self, at, error);
  if (*at == '/')
    return read_regex (self, at, error);
  if (g_str_has_prefix (at, "hex:"))
    return read_hex (self, at, error);
  if (!read_sign (self, at))
    read_word (self, at);
  return TRUE;
}
