/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-private.h"

#include "journal/notation/swb-json.h"
#include "journal/notation/swb-notation-private.h"

#include <string.h>

#include <glib/gi18n.h>

#define DEPTH_MAX 4
#define MEMBERS_MAX 1000

typedef struct
{
  SwbImport *import;
  JsonParser *parser;
  GByteArray *bytes;
  GHashTable *panes; /* name to number, of lines that do not say the number */
} Reader;

typedef struct
{
  gboolean in_string;
  gboolean is_escaped;
  gboolean is_over;
  int depth;
  int n_members;
} Shape;

/* (nullable): why a record's line cannot go on with @c. What JSON does not have and
 * json-glib takes for comments and strings would hide the rest. */
static const char *
find_fault_outside (Shape *self, char c)
{
  if (self->is_over && !g_ascii_isspace (c))
    return _ ("something stands behind the object");
  if (self->depth == 0 && c != '{' && !g_ascii_isspace (c))
    return _ ("this is not a JSON object");
  if (c == '/' || c == '\'')
    return _ ("this is not JSON");
  if ((c == '[' || c == '{') && ++self->depth > DEPTH_MAX)
    return _ ("this is nested deeper than any record");
  if (c == ',' && ++self->n_members > MEMBERS_MAX)
    return _ ("these are more members than any record has");

  self->in_string = c == '"';
  self->is_over = self->is_over || ((c == ']' || c == '}') && --self->depth == 0);
  return NULL;
}

static const char *
find_fault (Shape *self, char c)
{
  if (c == '\0')
    return _ ("a zero byte is in the line");
  if (!self->in_string)
    return find_fault_outside (self, c);

  self->in_string = self->is_escaped || c != '"';
  self->is_escaped = !self->is_escaped && c == '\\';
  return NULL;
}

/* json-glib calls itself for each bracket, so a line of brackets would end its stack; a
 * line of numbers costs it fifty times its length; and of two objects on a line it loses
 * the first. */
static gboolean
check_shape (SwbImport *import, GError **error)
{
  const char *line = (const char *)import->line->data;
  Shape shape = { 0 };

  for (gsize i = 0; i + 1 < import->line->len; i++)
    {
      const char *fault = find_fault (&shape, line[i]);

      if (fault != NULL)
        return swb_import_fail_at_column (import, i + 1, error, fault);
    }
  return TRUE;
}

static gboolean
fail_at_member (SwbImport *import, const char *member, GError **error)
{
  const char *line = (const char *)import->line->data;
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", member);
  const char *place = strstr (line, quoted);
  g_autofree char *reason = g_strdup_printf (
      place != NULL ? _ ("“%s” is not what a record has there") : _ ("“%s” is missing"),
      member);

  return swb_import_fail_at_column (import, place != NULL ? (gsize)(place - line) + 1 : 1,
                                    error, reason);
}

static gboolean
take_pane (Reader *self, SwbRecord *record, const char *pane, gboolean has_pane_id,
           GError **error)
{
  SwbImport *import = self->import;
  guint number;

  if (strlen (pane) > SWB_NOTATION_NAME_MAX)
    return fail_at_member (import, "pane", error);
  if (!has_pane_id && !g_str_equal (pane, "bench"))
    {
      number = GPOINTER_TO_UINT (g_hash_table_lookup (self->panes, pane));
      if (number == 0)
        {
          number = ++import->n_panes;
          if (number > G_MAXUINT16)
            return swb_import_fail_at_column (import, 1, error,
                                              _ ("there are more panes than can be"));
          g_hash_table_insert (self->panes, g_strdup (pane), GUINT_TO_POINTER (number));
        }
      record->pane = number;
    }

  if (record->pane != 0 && swb_import_get_pane_name (import, record->pane) == NULL)
    g_hash_table_insert (import->pane_names, GUINT_TO_POINTER (record->pane),
                         g_strdup (pane));
  return TRUE;
}

static gboolean
take_line (Reader *self, GError **error)
{
  SwbImport *import = self->import;
  const char *line = (const char *)import->line->data;
  const char *pane, *member;
  gboolean has_pane_id;
  SwbRecord record;
  JsonNode *root;

  if (strspn (line, " \t") + 1 == import->line->len)
    return TRUE;
  if (!check_shape (import, error))
    return FALSE;
  if (!json_parser_load_from_data (self->parser, line, (gssize)import->line->len - 1, NULL))
    return swb_import_fail_at_column (import,
                                      MAX (json_parser_get_current_pos (self->parser), 1),
                                      error, _ ("this is not JSON"));

  root = json_parser_get_root (self->parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return swb_import_fail_at_column (import, 1, error, _ ("this is not a JSON object"));
  if (!swb_json_parse (json_node_get_object (root), &record, self->bytes, &pane,
                       &has_pane_id, &member))
    return fail_at_member (import, member, error);

  return take_pane (self, &record, pane, has_pane_id, error)
         && swb_import_append (import, &record, error);
}

gboolean
swb_import_json (SwbImport *import, GError **error)
{
  Reader self = {
    .import = import,
    .parser = json_parser_new_immutable (),
    .bytes = g_byte_array_new (),
    .panes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  int got;

  while ((got = swb_import_read_line (import, error)) > 0)
    if (!take_line (&self, error) || !swb_import_look (import, import->line_number, error))
      {
        got = -1;
        break;
      }

  g_object_unref (self.parser);
  g_byte_array_unref (self.bytes);
  g_hash_table_unref (self.panes);
  return got == 0;
}
