/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-packet-private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

#include "net/swb-error.h"
#include "net/swb-payload.h"

#define LAYERS_MAX 8
#define MAC_SIZE 6

typedef struct
{
  const char *text;
  const char *at;
  gsize place; /* of the error */
} Scanner;

static gboolean fail (Scanner *self, const char *at, SwbError code, GError **error,
                      const char *format, ...) G_GNUC_PRINTF (5, 6);

static gboolean
fail (Scanner *self, const char *at, SwbError code, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  self->place = (gsize)(at - self->text);
  g_set_error_literal (error, SWB_ERROR, (int)code, message);
  return FALSE;
}

static void
skip_blanks (Scanner *self)
{
  self->at += strspn (self->at, " \t");
}

/* @end: characters that end the word; (transfer full) */
static char *
take_word (Scanner *self, const char *end)
{
  gsize n = strcspn (self->at, end);
  char *word = g_strndup (self->at, n);

  self->at += n;
  return word;
}

/* --- values --- */

static gboolean
read_number (Scanner *self, const char *at, const SwbKey *key, const char *text,
             guint32 *number, GError **error)
{
  gboolean is_hex = key->kind == SWB_KEY_HEX;
  char *end;
  guint64 value;

  errno = 0;
  value = g_ascii_strtoull (text, &end, is_hex || g_str_has_prefix (text, "0x") ? 16 : 10);
  if (!g_ascii_isxdigit (text[0]) || *end != '\0')
    return fail (self, at, SWB_ERROR_SYNTAX, error,
                 _ ("“%s” is no value of %s: a number is"), text, key->name);
  if (errno != 0 || value > key->max)
    return fail (self, at, SWB_ERROR_RANGE, error, _ ("%s is at most %u, not %s"),
                 key->name, key->max, text);
  *number = (guint32)value;
  return TRUE;
}

static gboolean
read_word (Scanner *self, const char *at, const SwbKey *key, const char *text,
           guint32 *number, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (const SwbWord *word = key->words; word->name != NULL; word++)
    {
      if (g_ascii_strcasecmp (word->name, text) == 0)
        {
          *number = word->value;
          return TRUE;
        }
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", word->name);
    }
  if (g_ascii_isdigit (text[0]))
    return read_number (self, at, key, text, number, error);
  /* Translators: a value, its key, and a list of words */
  return fail (self, at, SWB_ERROR_UNKNOWN, error,
               _ ("“%s” is no value of %s; there are %s, or a number"), text, key->name,
               words->str);
}

static gboolean
read_mac (Scanner *self, const char *at, const SwbKey *key, const char *text, guint8 *bytes,
          GError **error)
{
  const char *next = text;

  for (guint i = 0; i < MAC_SIZE; i++)
    {
      if (!g_ascii_isxdigit (next[0]) || !g_ascii_isxdigit (next[1])
          || next[2] != (i < MAC_SIZE - 1 ? ':' : '\0'))
        return fail (self, at, SWB_ERROR_SYNTAX, error,
                     _ ("%s is a MAC address such as 02:00:00:00:00:01, not “%s”"),
                     key->name, text);
      bytes[i]
          = (guint8)(g_ascii_xdigit_value (next[0]) << 4 | g_ascii_xdigit_value (next[1]));
      next += 3;
    }
  return TRUE;
}

static gboolean
read_ip (Scanner *self, const char *at, const SwbKey *key, const char *text, guint8 *bytes,
         GError **error)
{
  gboolean is_six = key->kind == SWB_KEY_IP6;

  if (inet_pton (is_six ? AF_INET6 : AF_INET, text, bytes) == 1)
    return TRUE;
  return fail (self, at, SWB_ERROR_SYNTAX, error,
               is_six ? _ ("%s is an IPv6 address such as ::1, not “%s”")
                      : _ ("%s is an IPv4 address such as 127.0.0.1, not “%s”"),
               key->name, text);
}

static gboolean
read_flags (Scanner *self, const char *at, const SwbKey *key, const char *text,
            guint32 *number, GError **error)
{
  static const char letters[] = "FSRPAU";

  *number = 0;
  for (; *text != '\0'; text++)
    {
      const char *letter = strchr (letters, g_ascii_toupper (*text));

      if (letter == NULL)
        return fail (self, at, SWB_ERROR_UNKNOWN, error,
                     _ ("%s are letters of %s, as in SA"), key->name, letters);
      *number |= 1u << (letter - letters);
    }
  return TRUE;
}

static gboolean
read_name (Scanner *self, const char *at, const SwbKey *key, const char *text, char **name,
           GError **error)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  gsize length = strlen (text);
  guint n = g_strv_length (labels);

  for (guint i = 0; i < n; i++)
    {
      gboolean is_root = i == n - 1 && n > 1;

      if (strlen (labels[i]) > 63 || (labels[i][0] == '\0' && !is_root) || length > 253)
        return fail (self, at, SWB_ERROR_TOO_LONG, error,
                     _ ("%s is a name whose parts have 1 to 63 characters, and 253 in all"),
                     key->name);
    }
  *name = g_strdup (text);
  return TRUE;
}

static gboolean
read_value (Scanner *self, const char *at, const SwbKey *key, const char *text,
            SwbValue *value, GError **error)
{
  switch (key->kind)
    {
    case SWB_KEY_WORD:
      return read_word (self, at, key, text, &value->number, error);
    case SWB_KEY_MAC:
      return read_mac (self, at, key, text, value->bytes, error);
    case SWB_KEY_IP:
    case SWB_KEY_IP6:
      return read_ip (self, at, key, text, value->bytes, error);
    case SWB_KEY_FLAGS:
      return read_flags (self, at, key, text, &value->number, error);
    case SWB_KEY_NAME:
      return read_name (self, at, key, text, &value->name, error);
    case SWB_KEY_NUMBER:
    case SWB_KEY_HEX:
    default:
      return read_number (self, at, key, text, &value->number, error);
    }
}

/* --- layers --- */

static void
clear_layer (SwbLayer *self)
{
  for (guint i = 0; i < SWB_LAYER_MAX_KEYS; i++)
    g_clear_pointer (&self->values[i].name, g_free);
}

static gboolean
set_defaults (Scanner *self, SwbLayer *layer, GError **error)
{
  for (guint i = 0; layer->info->keys[i].name != NULL; i++)
    {
      const SwbKey *key = &layer->info->keys[i];

      if (!layer->values[i].is_given && key->otherwise != NULL
          && !read_value (self, self->at, key, key->otherwise, &layer->values[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail_key (Scanner *self, const char *at, const SwbLayer *layer, const char *word,
          GError **error)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; layer->info->keys[i].name != NULL; i++)
    g_string_append_printf (keys, "%s%s=", i > 0 ? ", " : "", layer->info->keys[i].name);
  /* Translators: a word, a protocol's name, and a list of keys */
  return fail (self, at, SWB_ERROR_UNKNOWN, error, _ ("“%s” is no key of %s; there are %s"),
               word, layer->info->name, keys->str);
}

static gboolean
read_pair (Scanner *self, SwbLayer *layer, GError **error)
{
  const char *begin = self->at;
  g_autofree char *name = take_word (self, "= \t/");
  g_autofree char *text = NULL;
  const char *value_at = self->at + 1;
  guint i = 0;

  while (layer->info->keys[i].name != NULL
         && !g_str_equal (layer->info->keys[i].name, name))
    i++;
  if (layer->info->keys[i].name == NULL)
    return fail_key (self, begin, layer, name, error);
  if (*self->at != '=')
    return fail (self, begin, SWB_ERROR_SYNTAX, error, _ ("%s= and its value is missing"),
                 name);
  if (layer->values[i].is_given)
    return fail (self, begin, SWB_ERROR_SYNTAX, error, _ ("%s stands here twice"), name);
  self->at = value_at;
  text = take_word (self, " \t");
  layer->values[i].is_given = TRUE;
  return read_value (self, value_at, &layer->info->keys[i], text, &layer->values[i], error);
}

static gboolean
read_layer (Scanner *self, SwbLayer *layer, GError **error)
{
  const char *begin = self->at;
  g_autofree char *name = take_word (self, " \t/");

  for (guint i = 0; i < swb_packet_n_layers && layer->info == NULL; i++)
    if (g_str_equal (swb_packet_layers[i].name, name))
      layer->info = &swb_packet_layers[i];
  if (layer->info == NULL)
    {
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint i = 0; i < swb_packet_n_layers; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                                swb_packet_layers[i].name);
      return fail (self, begin, SWB_ERROR_UNKNOWN, error,
                   /* Translators: a word and a list of words */
                   _ ("“%s” is no layer of a packet; there are %s"), name, names->str);
    }

  for (skip_blanks (self); *self->at != '\0' && *self->at != '/'; skip_blanks (self))
    if (!read_pair (self, layer, error))
      return FALSE;
  return set_defaults (self, layer, error);
}

/* --- the whole --- */

static gboolean
is_payload (const char *at)
{
  return *at == '"' || g_str_has_prefix (at, "hex:");
}

static gboolean
read_payload (Scanner *self, GByteArray *payload, GError **error)
{
  gsize place = 0;
  g_autofree char *text = g_strchomp (g_strdup (self->at));
  g_autoptr (GBytes) bytes = swb_payload_parse (text, &place, error);

  self->place = (gsize)(self->at - self->text) + place;
  if (bytes == NULL)
    return FALSE;
  g_byte_array_append (payload, g_bytes_get_data (bytes, NULL),
                       (guint)g_bytes_get_size (bytes));
  self->at += strlen (self->at);
  return TRUE;
}

/* What is quoted in a message is shown. */
static gboolean
check_text (Scanner *self, GError **error)
{
  const char *end;

  if (g_utf8_validate (self->text, -1, &end))
    return TRUE;
  return fail (self, end, SWB_ERROR_ENCODING, error,
               _ ("A packet is written in UTF-8, and this byte is not"));
}

static gboolean
read_layers (Scanner *self, SwbLayer layers[LAYERS_MAX], guint *n, GByteArray *payload,
             GError **error)
{
  for (skip_blanks (self);; self->at++, skip_blanks (self))
    {
      if (*n > 0 && is_payload (self->at))
        return read_payload (self, payload, error);
      if (*n == LAYERS_MAX)
        return fail (self, self->at, SWB_ERROR_TOO_LONG, error,
                     _ ("A packet has at most %d layers"), LAYERS_MAX);
      if (*self->at == '\0')
        return fail (self, self->at, SWB_ERROR_SYNTAX, error,
                     *n > 0 ? _ ("A layer or bytes must follow the “/”")
                            : _ ("A packet begins with a layer, as in icmp-echo id=7"));
      if (!read_layer (self, &layers[(*n)++], error))
        return FALSE;
      if (*self->at == '\0')
        return TRUE;
    }
}

GBytes *
swb_packet_parse (const char *text, gsize *error_position, GError **error)
{
  Scanner scanner = { .text = text, .at = text };
  SwbLayer layers[LAYERS_MAX] = { 0 };
  GByteArray *payload = g_byte_array_new ();
  guint n = 0;
  gboolean is_right;

  g_return_val_if_fail (text != NULL, NULL);

  is_right
      = check_text (&scanner, error) && read_layers (&scanner, layers, &n, payload, error);
  for (guint i = n; i > 0 && is_right; i--)
    is_right = layers[i - 1].info->build (&layers[i - 1], i > 1 ? &layers[i - 2] : NULL,
                                          i < n ? &layers[i] : NULL, payload, error);
  for (guint i = 0; i < n; i++)
    clear_layer (&layers[i]);
  if (is_right)
    return g_byte_array_free_to_bytes (payload);

  g_byte_array_unref (payload);
  if (error_position != NULL)
    *error_position = scanner.place;
  return NULL;
}
