/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-json-reader.h"

#include <string.h>

#include "journal/notation/swb-notation-private.h"

gboolean
swb_json_reader_has (SwbJsonReader *self, const char *name)
{
  return json_object_has_member (self->object, name);
}

gboolean
swb_json_reader_fail (SwbJsonReader *self, const char *name)
{
  self->wrong = name;
  return FALSE;
}

JsonNode *
swb_json_reader_get_node (SwbJsonReader *self, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (self->object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

gboolean
swb_json_reader_get_int (SwbJsonReader *self, const char *name, gint64 min, gint64 max,
                         gint64 *value)
{
  JsonNode *node = swb_json_reader_get_node (self, name, G_TYPE_INT64);

  if (node == NULL || json_node_get_int (node) < min || json_node_get_int (node) > max)
    return swb_json_reader_fail (self, name);

  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
swb_json_reader_get_optional_int (SwbJsonReader *self, const char *name, gint64 min,
                                  gint64 max, gint64 *value)
{
  return !swb_json_reader_has (self, name)
         || swb_json_reader_get_int (self, name, min, max, value);
}

gboolean
swb_json_reader_get_string (SwbJsonReader *self, const char *name, const char **value)
{
  JsonNode *node = swb_json_reader_get_node (self, name, G_TYPE_STRING);

  if (node == NULL)
    return swb_json_reader_fail (self, name);

  *value = json_node_get_string (node);
  return TRUE;
}

/* A constant or several by name. */
gboolean
swb_json_reader_get_constant (SwbJsonReader *self, const char *name, gint64 *value)
{
  SwbScanner scanner;

  return swb_json_reader_get_string (self, name, &scanner.at)
         && ((swb_scan_constant (&scanner, value) && *scanner.at == '\0')
             || swb_json_reader_fail (self, name));
}

gboolean
swb_json_reader_get_protocol (SwbJsonReader *self, gint64 *value)
{
  SwbScanner scanner;

  return swb_json_reader_get_string (self, "protocol", &scanner.at)
         && ((swb_scan_protocol (&scanner, value) && *scanner.at == '\0')
             || swb_json_reader_fail (self, "protocol"));
}

gboolean
swb_json_reader_get_ints (SwbJsonReader *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return swb_json_reader_fail (self, name);

  array = json_node_get_array (node);
  if (json_array_get_length (array) > SWB_RECORD_MAX_INTS)
    return swb_json_reader_fail (self, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element)
          || json_node_get_value_type (element) != G_TYPE_INT64)
        return swb_json_reader_fail (self, name);
      self->record->ints[i] = json_node_get_int (element);
    }
  return TRUE;
}

static gboolean
is_base64 (const char *text)
{
  gsize length = strlen (text);
  gsize n
      = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  return length % 4 == 0 && length - n <= 2 && strspn (text + n, "=") == length - n;
}

gboolean
swb_json_reader_get_data (SwbJsonReader *self, const char *name)
{
  const char *text;
  int state = 0;
  guint save = 0, before;
  gsize n;

  if (!swb_json_reader_has (self, name))
    return TRUE;
  if (!swb_json_reader_get_string (self, name, &text))
    return FALSE;
  if (!is_base64 (text))
    return swb_json_reader_fail (self, name);

  before = self->bytes->len;
  g_byte_array_set_size (self->bytes, before + (guint)(strlen (text) / 4 * 3 + 3));
  n = g_base64_decode_step (text, strlen (text), self->bytes->data + before, &state, &save);
  g_byte_array_set_size (self->bytes, before + (guint)n);
  return TRUE;
}
