/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "net/swb-error.h"
#include "net/swb-escape.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  SwbFilterLexer lexer;
  SwbFilterNames *names;
  guint depth;
} Parser;

static SwbNode *parse_or (Parser *self, GError **error);

static SwbNode *
fail (Parser *self, int code, GError **error, const char *message)
{
  swb_filter_lexer_fail (&self->lexer, self->lexer.token.at, code, error, message);
  return NULL;
}

static gboolean
stands (const Parser *self, SwbTokenType type)
{
  return self->lexer.token.type == type;
}

static SwbNode *
unknown_field (Parser *self, const char *name, gsize at, GError **error)
{
  g_autofree char *shown = swb_escape_show (name);
  g_autofree char *list = g_strjoinv (", ", (char **)swb_filter_list_fields ());
  g_autofree char *message = g_strdup_printf (
      /* Translators: a word, then the names of all fields */
      _ ("There is no field “%s”; there are %s"), shown, list);

  swb_filter_lexer_fail (&self->lexer, at, SWB_ERROR_UNKNOWN, error, message);
  return NULL;
}

static SwbNode *
wrong_operator (Parser *self, SwbField field, GError **error)
{
  GString *list = g_string_new (NULL);

  for (guint op = SWB_FILTER_EQ; op <= SWB_FILTER_MATCHES; op++)
    if (swb_field_takes (field, op))
      g_string_append_printf (list, " %s", swb_filter_op_get_text (op));

  g_autofree char *signs = g_string_free (list, FALSE);
  g_autofree char *message = g_strdup_printf (
      /* Translators: the name of a field, then signs such as = and != */
      _ ("With “%s” goes one of%s"), swb_field_get_name (field), signs);
  return fail (self, SWB_ERROR_SYNTAX, error, message);
}

/* The field has been read; its operator stands next. */
static SwbNode *
parse_comparison (Parser *self, SwbField field, GError **error)
{
  gboolean is_text
      = field == SWB_FIELD_DATA || field == SWB_FIELD_PEER || field == SWB_FIELD_LOCAL;
  g_autoptr (SwbNode) node = swb_node_new (is_text ? SWB_NODE_TEXT : SWB_NODE_FIELD);

  if (!swb_field_takes (field, self->lexer.token.op))
    return wrong_operator (self, field, error);

  node->field = field;
  node->op = self->lexer.token.op;
  node->needs_bytes = is_text;
  if (!swb_filter_lexer_next (&self->lexer, error)
      || !swb_node_read_value (node, &self->lexer, self->names, error)
      || !swb_filter_lexer_next (&self->lexer, error))
    return NULL;

  return g_steal_pointer (&node);
}

/* Bytes or a pattern alone, which stand next. */
static SwbNode *
parse_alone (Parser *self, GError **error)
{
  g_autoptr (SwbNode) node = swb_node_new (SWB_NODE_TEXT);

  node->field = SWB_FIELD_DATA;
  node->needs_bytes = TRUE;
  node->op = stands (self, SWB_TOKEN_REGEX) ? SWB_FILTER_MATCHES : SWB_FILTER_CONTAINS;
  if (stands (self, SWB_TOKEN_REGEX))
    {
      if (!swb_node_set_regex (node, &self->lexer, error))
        return NULL;
    }
  else
    swb_node_set_needle (node, &self->lexer.token);

  if (!swb_filter_lexer_next (&self->lexer, error))
    return NULL;
  return g_steal_pointer (&node);
}

static SwbNode *
make_contains (const char *word)
{
  SwbNode *node = swb_node_new (SWB_NODE_TEXT);
  const SwbToken token = { .bytes = (char *)word, .n_bytes = strlen (word) };

  node->field = SWB_FIELD_DATA;
  node->needs_bytes = TRUE;
  node->op = SWB_FILTER_CONTAINS;
  swb_node_set_needle (node, &token);
  return node;
}

/* A field with its comparison, or text alone. */
static SwbNode *
parse_word (Parser *self, GError **error)
{
  g_autofree char *word = g_strdup (self->lexer.token.bytes);
  gsize at = self->lexer.token.at;
  SwbField field;

  if (!swb_filter_lexer_next (&self->lexer, error))
    return NULL;

  gboolean is_field = swb_field_from_name (word, &field);
  gboolean compared = stands (self, SWB_TOKEN_OPERATOR);
  if (is_field && compared)
    return parse_comparison (self, field, error);
  if (compared)
    return unknown_field (self, word, at, error);
  if (is_field)
    return fail (self, SWB_ERROR_SYNTAX, error,
                 _ ("A comparison is expected behind the name of a field; the same word as "
                    "text needs quotes"));
  return make_contains (word);
}

static SwbNode *
parse_parentheses (Parser *self, GError **error)
{
  gsize at = self->lexer.token.at;

  if (!swb_filter_lexer_next (&self->lexer, error))
    return NULL;

  g_autoptr (SwbNode) node = parse_or (self, error);
  if (node == NULL)
    return NULL;
  if (!stands (self, SWB_TOKEN_CLOSE))
    {
      swb_filter_lexer_fail (&self->lexer, at, SWB_ERROR_SYNTAX, error,
                             _ ("This parenthesis is never closed"));
      return NULL;
    }
  if (!swb_filter_lexer_next (&self->lexer, error))
    return NULL;
  return g_steal_pointer (&node);
}

static SwbNode *
parse_primary (Parser *self, GError **error)
{
  switch (self->lexer.token.type)
    {
    case SWB_TOKEN_WORD:
      return parse_word (self, error);
    case SWB_TOKEN_BYTES:
    case SWB_TOKEN_REGEX:
      return parse_alone (self, error);
    case SWB_TOKEN_OPEN:
      return parse_parentheses (self, error);
    case SWB_TOKEN_OPERATOR:
      return fail (self, SWB_ERROR_SYNTAX, error,
                   _ ("The name of a field is expected in front of a comparison"));
    case SWB_TOKEN_CLOSE:
      return fail (self, SWB_ERROR_SYNTAX, error,
                   _ ("A condition is expected in front of this parenthesis"));
    case SWB_TOKEN_AND:
    case SWB_TOKEN_OR:
      return fail (
          self, SWB_ERROR_SYNTAX, error,
          _ ("A condition is expected in front of and, or; as text they need quotes"));
    case SWB_TOKEN_NOT:
    case SWB_TOKEN_END:
    default:
      return fail (self, SWB_ERROR_SYNTAX, error, _ ("A condition is missing at the end"));
    }
}

static SwbNode *
parse_not_inside (Parser *self, GError **error)
{
  if (!stands (self, SWB_TOKEN_NOT))
    return parse_primary (self, error);

  if (!swb_filter_lexer_next (&self->lexer, error))
    return NULL;

  SwbNode *child;
  if (stands (self, SWB_TOKEN_NOT))
    child = fail (self, SWB_ERROR_SYNTAX, error, _ ("One not takes back the other"));
  else
    child = parse_primary (self, error);
  if (child == NULL)
    return NULL;

  SwbNode *node = swb_node_new (SWB_NODE_NOT);
  node->needs_bytes = child->needs_bytes;
  g_ptr_array_add (node->children, child);
  return node;
}

/* The only way down, so that hostile depth stops here and not at the end of the stack. */
static SwbNode *
parse_not (Parser *self, GError **error)
{
  if (self->depth == SWB_FILTER_DEPTH_MAX)
    return fail (self, SWB_ERROR_TOO_LONG, error,
                 _ ("There are too many parentheses inside each other"));

  self->depth++;
  SwbNode *node = parse_not_inside (self, error);
  self->depth--;
  return node;
}

/* One child stands for itself; children of the same type are taken over, since `(a and b)
 * and c` is `a and b and c`. */
static void
add_child (SwbNode **node, SwbNodeType type, SwbNode *child)
{
  if (*node == NULL)
    {
      *node = child;
      return;
    }

  if ((*node)->type != type)
    {
      SwbNode *first = *node;

      *node = swb_node_new (type);
      (*node)->needs_bytes = first->needs_bytes;
      g_ptr_array_add ((*node)->children, first);
    }
  (*node)->needs_bytes = (*node)->needs_bytes || child->needs_bytes;
  if (child->type == type)
    {
      g_ptr_array_extend_and_steal ((*node)->children, g_steal_pointer (&child->children));
      swb_node_free (child);
    }
  else
    g_ptr_array_add ((*node)->children, child);
}

static gboolean
begins_condition (const Parser *self)
{
  return stands (self, SWB_TOKEN_WORD) || stands (self, SWB_TOKEN_BYTES)
         || stands (self, SWB_TOKEN_REGEX) || stands (self, SWB_TOKEN_OPEN)
         || stands (self, SWB_TOKEN_NOT);
}

static SwbNode *
parse_and (Parser *self, GError **error)
{
  g_autoptr (SwbNode) node = parse_not (self, error);

  while (node != NULL && (stands (self, SWB_TOKEN_AND) || begins_condition (self)))
    {
      if (stands (self, SWB_TOKEN_AND) && !swb_filter_lexer_next (&self->lexer, error))
        return NULL;

      SwbNode *child = parse_not (self, error);
      if (child == NULL)
        return NULL;
      add_child (&node, SWB_NODE_AND, child);
    }
  return g_steal_pointer (&node);
}

static SwbNode *
parse_or (Parser *self, GError **error)
{
  g_autoptr (SwbNode) node = parse_and (self, error);

  while (node != NULL && stands (self, SWB_TOKEN_OR))
    {
      SwbNode *child;

      if (!swb_filter_lexer_next (&self->lexer, error)
          || (child = parse_and (self, error)) == NULL)
        return NULL;
      add_child (&node, SWB_NODE_OR, child);
    }
  return g_steal_pointer (&node);
}

static SwbNode *
parse_all (Parser *self, GError **error)
{
  if (!swb_filter_lexer_next (&self->lexer, error))
    return NULL;
  if (stands (self, SWB_TOKEN_END))
    return swb_node_new (SWB_NODE_ALL);

  g_autoptr (SwbNode) node = parse_or (self, error);
  if (node == NULL)
    return NULL;
  if (stands (self, SWB_TOKEN_CLOSE))
    return fail (self, SWB_ERROR_SYNTAX, error, _ ("No parenthesis is open here"));
  if (stands (self, SWB_TOKEN_OPERATOR))
    return fail (self, SWB_ERROR_SYNTAX, error,
                 _ ("The name of a field is expected in front of a comparison"));
  g_assert (stands (self, SWB_TOKEN_END));
  return g_steal_pointer (&node);
}

/* Text that the parser can walk through; @at: byte offset up to which it is. */
static gboolean
check_text (SwbFilterLexer *lexer, GError **error)
{
  gsize length = strlen (lexer->text);
  const char *end;

  if (!g_utf8_validate (lexer->text, (gssize)length, &end))
    return swb_filter_lexer_fail (lexer, (gsize)(end - lexer->text), SWB_ERROR_ENCODING,
                                  error,
                                  _ ("This is not UTF-8; other bytes are written \\xHH"));
  if (length > SWB_FILTER_TEXT_MAX)
    {
      end = g_utf8_find_prev_char (lexer->text, lexer->text + SWB_FILTER_TEXT_MAX + 1);
      return swb_filter_lexer_fail (lexer, (gsize)(end - lexer->text), SWB_ERROR_TOO_LONG,
                                    error, _ ("The filter is too long"));
    }
  return TRUE;
}

static void
set_position (const SwbFilterLexer *lexer, gsize *position)
{
  if (position != NULL)
    *position = (gsize)g_utf8_strlen (lexer->text, (gssize)lexer->error_at) + 1;
}

SwbFilter *
swb_filter_parse (const char *text, SwbFilterNames *names, gsize *position, GError **error)
{
  Parser parser = { .names = names };
  SwbNode *root = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  swb_filter_lexer_init (&parser.lexer, text);
  if (check_text (&parser.lexer, error))
    root = parse_all (&parser, error);
  swb_filter_lexer_clear (&parser.lexer);
  if (root == NULL)
    {
      set_position (&parser.lexer, position);
      return NULL;
    }

  SwbFilter *self = g_new0 (SwbFilter, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->root = root;
  self->names = names != NULL ? swb_filter_names_ref (names) : NULL;
  return self;
}
