/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "net/swb-payload.h"

#include <string.h>

static void
print_quoted (GString *text, const char *bytes, gsize length)
{
  g_autofree char *quoted = swb_payload_print ((const guint8 *)bytes, length);

  g_string_append (text, quoted);
}

/* Names of panes stay bare where the lexer reads them back as one word. */
static void
print_name (GString *text, const char *name)
{
  gboolean bare = g_ascii_isalpha (name[0]);

  for (const char *at = name; *at != '\0'; at++)
    bare = bare && (g_ascii_isalnum (*at) || strchr ("-_#", *at) != NULL);
  if (g_str_equal (name, "and") || g_str_equal (name, "or") || g_str_equal (name, "not"))
    bare = FALSE;

  if (bare)
    g_string_append (text, name);
  else
    print_quoted (text, name, strlen (name));
}

static void
print_number (const SwbNode *node, GString *text)
{
  const char *word = swb_field_get_word (node->field, node->number);

  if (node->name != NULL)
    print_name (text, node->name);
  else if (word != NULL)
    g_string_append (text, word);
  else if (node->field == SWB_FIELD_TIME)
    swb_filter_time_print (text, node->base, node->number);
  else if (node->field == SWB_FIELD_TOOK)
    swb_filter_duration_print (text, node->number);
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, node->number);
}

static void
print_leaf (const SwbNode *node, GString *text)
{
  g_string_append_printf (text, "%s %s ", swb_field_get_name (node->field),
                          swb_filter_op_get_text (node->op));
  if (node->type == SWB_NODE_FIELD)
    print_number (node, text);
  else if (node->regex != NULL)
    g_string_append_printf (text, "/%s/%s", node->bytes, node->caseless ? "i" : "");
  else
    print_quoted (text, node->bytes, node->n_bytes);
}

/* A child that binds looser than its parent stands in parentheses. */
static void
print_child (const SwbNode *child, gboolean bare, GString *text)
{
  if (!bare)
    g_string_append_c (text, '(');
  swb_node_print (child, text);
  if (!bare)
    g_string_append_c (text, ')');
}

static void
print_children (const SwbNode *node, const char *between, GString *text)
{
  for (guint i = 0; i < node->children->len; i++)
    {
      const SwbNode *child = g_ptr_array_index (node->children, i);

      if (i > 0)
        g_string_append (text, between);
      print_child (child, child->type != SWB_NODE_OR, text);
    }
}

void
swb_node_print (const SwbNode *node, GString *text)
{
  const SwbNode *child;

  switch (node->type)
    {
    case SWB_NODE_AND:
      print_children (node, " and ", text);
      break;
    case SWB_NODE_OR:
      print_children (node, " or ", text);
      break;
    case SWB_NODE_NOT:
      child = g_ptr_array_index (node->children, 0);
      g_string_append (text, "not ");
      print_child (child, child->type == SWB_NODE_FIELD || child->type == SWB_NODE_TEXT,
                   text);
      break;
    case SWB_NODE_FIELD:
    case SWB_NODE_TEXT:
      print_leaf (node, text);
      break;
    case SWB_NODE_ALL:
    default:
      break;
    }
}

char *
swb_filter_print (SwbFilter *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  swb_node_print (self->root, text);
  return g_string_free (text, FALSE);
}

char *
swb_filter_quote (const guint8 *bytes, gsize length)
{
  return swb_payload_print (bytes, length);
}
