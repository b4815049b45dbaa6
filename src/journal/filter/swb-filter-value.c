/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "net/swb-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* What one match may cost at the most: some 10 ms. */
#define REGEX_LIMIT "(*LIMIT_MATCH=1000000)"

#define KEY(pane, connection) ((gint64)(pane) << 32 | (gint64)(connection))

static gboolean
fail (SwbFilterLexer *lexer, int code, GError **error, const char *message)
{
  return swb_filter_lexer_fail (lexer, lexer->token.at, code, error, message);
}

/* Digits, or 0x and digits, perhaps with a minus in front; all of @text. */
static gboolean
read_number (const char *text, gint64 *number, gboolean *too_large)
{
  const char *digits = text + (*text == '-' ? 1 : 0);
  gboolean hex = digits[0] == '0' && digits[1] == 'x';
  const char *all = hex ? "0123456789abcdefABCDEF" : "0123456789";

  digits += hex ? 2 : 0;
  *too_large = FALSE;
  if (*digits == '\0' || digits[strspn (digits, all)] != '\0')
    return FALSE;

  guint64 value = 0;
  *too_large
      = !g_ascii_string_to_unsigned (digits, hex ? 16 : 10, 0, G_MAXINT64, &value, NULL);
  if (*too_large)
    return FALSE;

  *number = *text == '-' ? -(gint64)value : (gint64)value;
  return TRUE;
}

static gboolean
set_number (SwbNode *node, SwbFilterLexer *lexer, const char *reason, GError **error)
{
  gboolean too_large;

  if (read_number (lexer->token.bytes, &node->number, &too_large))
    {
      node->number_to = node->number;
      return TRUE;
    }
  if (too_large)
    return fail (lexer, SWB_ERROR_RANGE, error, _ ("This number is too large"));

  return fail (lexer, SWB_ERROR_SYNTAX, error, reason);
}

static gboolean
set_word (SwbNode *node, SwbFilterLexer *lexer, const char *reason, GError **error)
{
  if (!swb_field_from_word (node->field, lexer->token.bytes, &node->number))
    return fail (lexer, SWB_ERROR_UNKNOWN, error, reason);

  node->number_to = node->number;
  return TRUE;
}

static gboolean
set_errno (SwbNode *node, SwbFilterLexer *lexer, GError **error)
{
  if (g_ascii_isalpha (lexer->token.bytes[0]))
    return set_word (node, lexer, _ ("There is no errno of this name"), error);

  return set_number (node, lexer,
                     _ ("An errno is expected here, such as ECONNREFUSED, or a number"),
                     error);
}

static gboolean
set_duration (SwbNode *node, SwbFilterLexer *lexer, GError **error)
{
  const char *message;
  int code;

  if (!swb_filter_duration_parse (lexer->token.bytes, &node->number, &code, &message))
    return fail (lexer, code, error, message);

  node->number_to = node->number;
  return TRUE;
}

static gboolean
set_time (SwbNode *node, SwbFilterLexer *lexer, GError **error)
{
  const char *message;
  int code;

  if (!swb_filter_time_parse (lexer->token.bytes, &node->base, &node->number, &code,
                              &message))
    return fail (lexer, code, error, message);

  node->number_to = node->number;
  return TRUE;
}

/* Without names panes are known as the notation prints them: "pane3". */
static guint
find_pane (SwbFilterNames *names, const char *name)
{
  gint64 number;
  gboolean too_large;

  if (names != NULL && names->find_pane != NULL)
    return names->find_pane (name, names->user_data);
  if (!g_str_has_prefix (name, "pane") || name[strlen ("pane")] == '-'
      || !read_number (name + strlen ("pane"), &number, &too_large) || number > G_MAXUINT16)
    return 0;
  return (guint)number;
}

static gboolean
set_pane (SwbNode *node, SwbFilterLexer *lexer, SwbFilterNames *names, GError **error)
{
  const char *text = lexer->token.bytes;

  if (g_ascii_isdigit (*text))
    return set_number (node, lexer, _ ("A pane's name or number is expected here"), error);

  guint pane = find_pane (names, text);
  if (pane == 0)
    return fail (lexer, SWB_ERROR_UNKNOWN, error, _ ("There is no pane of this name"));

  node->number = node->number_to = pane;
  node->name = g_strdup (text);
  return TRUE;
}

/* What stands behind the # of a socket. */
static gboolean
set_connection (SwbNode *node, SwbFilterLexer *lexer, guint pane, const char *text,
                GError **error)
{
  gboolean too_large;
  gint64 number;

  if (g_str_equal (text, "all"))
    {
      node->number = KEY (pane, 1);
      node->number_to = KEY (pane, G_MAXUINT32);
      return TRUE;
    }
  if (!read_number (text, &number, &too_large) || number < 0)
    return fail (lexer, too_large ? SWB_ERROR_RANGE : SWB_ERROR_SYNTAX, error,
                 _ ("Behind the # stands the number of a connection, or all"));
  if (number == 0 || number >= SWB_CONNECTION_ALL)
    return fail (lexer, SWB_ERROR_RANGE, error, _ ("Connections are numbered from 1"));

  node->number = node->number_to = KEY (pane, number);
  return TRUE;
}

static gboolean
set_socket (SwbNode *node, SwbFilterLexer *lexer, SwbFilterNames *names, GError **error)
{
  const char *text = lexer->token.bytes;

  if (g_ascii_isdigit (*text) || *text == '-')
    {
      node->field = SWB_FIELD_DESCRIPTOR;
      return set_number (node, lexer,
                         _ ("A pane's name, perhaps with #1 behind, or the number of a "
                            "descriptor is expected here"),
                         error);
    }

  const char *hash = strchr (text, '#');
  g_autofree char *name = hash != NULL ? g_strndup (text, (gsize)(hash - text)) : NULL;
  guint pane = find_pane (names, name != NULL ? name : text);

  if (node->op != SWB_FILTER_EQ && node->op != SWB_FILTER_NE)
    return fail (lexer, SWB_ERROR_SYNTAX, error,
                 _ ("Sockets by name are equal or not; only descriptors have an order"));
  if (pane == 0)
    return fail (lexer, SWB_ERROR_UNKNOWN, error, _ ("There is no pane of this name"));

  node->number = node->number_to = KEY (pane, 0);
  if (hash != NULL && !set_connection (node, lexer, pane, hash + 1, error))
    return FALSE;

  node->name = g_strdup (text);
  return TRUE;
}

void
swb_node_set_needle (SwbNode *node, const SwbToken *token)
{
  node->caseless = node->op == SWB_FILTER_CONTAINS_CASELESS;
  node->bytes = g_memdup2 (token->bytes, token->n_bytes + 1);
  node->n_bytes = token->n_bytes;
  node->needle = swb_needle_new (token->bytes, token->n_bytes, node->caseless);
}

/* What is wrong with a pattern, told of the pattern as it was written. */
static gboolean
fail_regex (SwbFilterLexer *lexer, GRegexCompileFlags flags, const GError *reason,
            GError **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (GRegex) regex = g_regex_new (lexer->token.bytes, flags, 0, &own);
  g_autofree char *message = g_strdup_printf (_ ("This is not a pattern: %s"),
                                              own != NULL ? own->message : reason->message);

  return fail (lexer, SWB_ERROR_SYNTAX, error, message);
}

gboolean
swb_node_set_regex (SwbNode *node, SwbFilterLexer *lexer, GError **error)
{
  const SwbToken *token = &lexer->token;
  GRegexCompileFlags flags
      = G_REGEX_RAW | G_REGEX_OPTIMIZE | (token->caseless ? G_REGEX_CASELESS : 0);
  g_autoptr (GError) reason = NULL;

  /* Such a verb could turn on UTF-8, which the bytes of sockets are not. */
  if (g_str_has_prefix (token->bytes, "(*"))
    return swb_filter_lexer_fail (lexer, token->at + 1, SWB_ERROR_SYNTAX, error,
                                  _ ("A pattern may not begin with (*"));

  g_autofree char *pattern = g_strconcat (REGEX_LIMIT, token->bytes, NULL);
  node->regex = g_regex_new (pattern, flags, 0, &reason);
  if (node->regex == NULL)
    return fail_regex (lexer, flags, reason, error);

  /* The first match compiles to machine code. It must not happen in several workers at
   * once. */
  g_regex_match (node->regex, "", 0, NULL);
  node->caseless = token->caseless;
  node->bytes = g_memdup2 (token->bytes, token->n_bytes + 1);
  node->n_bytes = token->n_bytes;
  return TRUE;
}

static gboolean
set_text (SwbNode *node, SwbFilterLexer *lexer, GError **error)
{
  SwbTokenType type = lexer->token.type;

  if (node->op == SWB_FILTER_MATCHES)
    return type == SWB_TOKEN_REGEX
               ? swb_node_set_regex (node, lexer, error)
               : fail (lexer, SWB_ERROR_SYNTAX, error,
                       _ ("Behind =~ a pattern is expected, as /GET|POST/"));
  if (type == SWB_TOKEN_REGEX)
    return fail (lexer, SWB_ERROR_SYNTAX, error,
                 _ ("A pattern needs =~ in front; text with a / in front needs quotes"));

  swb_node_set_needle (node, &lexer->token);
  return TRUE;
}

static gboolean
set_entry_value (SwbNode *node, SwbFilterLexer *lexer, SwbFilterNames *names,
                 GError **error)
{
  switch (node->field)
    {
    case SWB_FIELD_PANE:
      return set_pane (node, lexer, names, error);
    case SWB_FIELD_SOCKET:
      return set_socket (node, lexer, names, error);
    case SWB_FIELD_CALL:
      return set_word (node, lexer, _ ("There is no call of this name"), error);
    case SWB_FIELD_DIR:
      return set_word (node, lexer, _ ("A direction is out, in or none"), error);
    case SWB_FIELD_KIND:
      return set_word (node, lexer, _ ("A kind is call, command, outcome, note or packet"),
                       error);
    case SWB_FIELD_ORIGIN:
      return set_word (node, lexer,
                       _ ("An origin is command, auto, responder, engine or survey"),
                       error);
    case SWB_FIELD_ERRNO:
      return set_errno (node, lexer, error);
    case SWB_FIELD_TIME:
      return set_time (node, lexer, error);
    case SWB_FIELD_TOOK:
      return set_duration (node, lexer, error);
    default:
      return set_number (node, lexer, _ ("A number is expected here"), error);
    }
}

gboolean
swb_node_read_value (SwbNode *node, SwbFilterLexer *lexer, SwbFilterNames *names,
                     GError **error)
{
  const SwbToken *token = &lexer->token;

  if (token->type != SWB_TOKEN_WORD && token->type != SWB_TOKEN_BYTES
      && token->type != SWB_TOKEN_REGEX)
    return fail (
        lexer, SWB_ERROR_SYNTAX, error,
        _ ("A value is expected here; signs and and, or, not as text need quotes"));

  if (node->type == SWB_NODE_TEXT)
    return set_text (node, lexer, error);
  if (token->type == SWB_TOKEN_REGEX || strlen (token->bytes) != token->n_bytes)
    return fail (lexer, SWB_ERROR_SYNTAX, error,
                 _ ("Only data, peer and local can be compared with this"));

  return set_entry_value (node, lexer, names, error);
}
