/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-field.h"

#include <arpa/inet.h>
#include <glib/gi18n.h>
#include <string.h>

#include "net/swb-address-text.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"

#define CALL_CHARS 6
#define SSID_MAX 15

static guint64
get_number (const SwbField *field, const guint8 *bytes)
{
  guint64 number = 0;
  gboolean big = field->kind == SWB_FIELD_BIG || field->kind == SWB_FIELD_ETHERTYPE
                 || (G_BYTE_ORDER == G_BIG_ENDIAN && field->kind != SWB_FIELD_LITTLE);

  for (guint i = 0; i < field->size; i++)
    {
      guint at = big ? i : field->size - 1u - i;

      number = number << 8 | bytes[field->offset + at];
    }

  return number;
}

static void
set_number (const SwbField *field, guint64 number, guint8 *bytes)
{
  gboolean big = field->kind == SWB_FIELD_BIG || field->kind == SWB_FIELD_ETHERTYPE
                 || (G_BYTE_ORDER == G_BIG_ENDIAN && field->kind != SWB_FIELD_LITTLE);

  for (guint i = 0; i < field->size; i++)
    {
      guint at = big ? field->size - 1u - i : i;

      bytes[field->offset + at] = (guint8)(number >> (8 * i));
    }
}

static guint64
get_most (const SwbField *field)
{
  return field->size == 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << (8 * field->size)) - 1;
}

/* (transfer full): up to the next colon. */
static char *
dup_piece (const char *at)
{
  return g_strndup (at, strcspn (at, ":"));
}

static gboolean
fail (const SwbField *field, const char *piece, const char *expected, GError **error)
{
  g_autofree char *shown = swb_escape_show (piece);

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
               /* Translators: what was typed; a field of an address; what it should be. */
               _ ("“%s” is no %s: %s is expected"), shown, _ (field->name), expected);
  return FALSE;
}

static gboolean
find_name (const SwbField *field, const char *piece, guint64 *number)
{
  for (const SwbConstant *name = field->names; name != NULL && name->constant != NULL;
       name++)
    if (g_ascii_strcasecmp (name->constant, piece) == 0)
      {
        *number = (guint64)(gint64)name->value & get_most (field);
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_number (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  gboolean hex = g_ascii_strncasecmp (piece, "0x", 2) == 0;
  g_autofree char *most = NULL;
  guint64 number = 0;

  if (!find_name (field, piece, &number)
      && !g_ascii_string_to_unsigned (hex ? piece + 2 : piece, hex ? 16 : 10, 0,
                                      get_most (field), &number, NULL))
    {
      g_autofree char *limit = g_strdup_printf ("%" G_GUINT64_FORMAT, get_most (field));

      if (field->kind == SWB_FIELD_ETHERTYPE)
        return fail (field, piece, _ ("a name such as ETH_P_IP, or a number"), error);
      /* Translators: a number, the largest. */
      most = g_strdup_printf (_ ("a number up to %s, or in hex behind 0x"), limit);
      return fail (field, piece, most, error);
    }

  set_number (field, number, bytes);
  return TRUE;
}

static gboolean
read_ethertype (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  int value;

  if (g_str_has_prefix (piece, "ETH_P_")
      && swb_catalog_parse_protocol (piece, &value, NULL))
    {
      guint16 wire = (guint16)value;

      memcpy (bytes + field->offset, &wire, sizeof wire);
      return TRUE;
    }

  return read_number (field, piece, bytes, error);
}

static gboolean
read_interface (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  guint32 index = 0;

  if (!swb_address_parse_interface (piece, &index, error))
    return FALSE;

  set_number (field, index, bytes);
  return TRUE;
}

/* Colons are part of it, so it is as long as it must be. */
static gboolean
read_mac (const SwbField *field, const char **at, guint8 *bytes, GError **error)
{
  for (guint i = 0; i < field->size; i++)
    {
      const char *pair = *at + 3 * i;
      guint place = field->kind == SWB_FIELD_BDADDR ? field->size - 1u - i : i;
      gboolean is_last = i == field->size - 1u;

      if (!g_ascii_isxdigit (pair[0]) || !g_ascii_isxdigit (pair[1])
          || (!is_last && pair[2] != ':' && pair[2] != '-'))
        return fail (field, *at,
                     field->size == 8 ? "00:11:22:33:44:55:66:77" : "00:11:22:33:44:55",
                     error);

      bytes[field->offset + place]
          = (guint8)(g_ascii_xdigit_value (pair[0]) << 4 | g_ascii_xdigit_value (pair[1]));
    }

  if (field->other != 0)
    bytes[field->other] = field->size;
  *at += 3 * field->size - 1;
  return TRUE;
}

/* Colons are part of it, too, which the brackets show. */
static gboolean
read_six (const SwbField *field, const char **at, guint8 *bytes, GError **error)
{
  gsize length = strcspn (*at, "]");
  g_autofree char *host = **at == '[' ? g_strndup (*at + 1, length - 1) : NULL;

  if (host == NULL || (*at)[length] != ']'
      || inet_pton (AF_INET6, host, bytes + field->offset) != 1)
    return fail (field, *at, "[::1]", error);

  *at += length + 1;
  return TRUE;
}

static gboolean
read_pairs (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  g_autofree char *expected = NULL;
  guint most = field->size * 2u, n = 0;
  const char *at = piece;

  for (; *at == '.' || (g_ascii_isxdigit (*at) && n < most); at++)
    if (*at != '.')
      {
        guint8 digit = (guint8)g_ascii_xdigit_value (*at);

        bytes[field->offset + n / 2] |= n % 2 == 0 ? (guint8)(digit << 4) : digit;
        n++;
      }
  if (*at == '\0' && (n == most || at == piece))
    return TRUE;

  expected = g_strdup_printf (_ ("%u hexadecimal digits"), most);
  return fail (field, piece, expected, error);
}

static gboolean
read_digits (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  gsize length = strlen (piece);
  guint most = field->kind == SWB_FIELD_BCD ? field->size * 2u : field->size - 1u;
  gboolean whole = field->kind != SWB_FIELD_BCD || length == most;
  g_autofree char *expected = NULL;

  if (piece[strspn (piece, G_CSET_DIGITS)] != '\0' || length > most || !whole)
    {
      expected = g_strdup_printf (
          field->kind == SWB_FIELD_BCD ? _ ("%u digits") : _ ("up to %u digits"), most);
      return fail (field, piece, expected, error);
    }

  if (field->kind == SWB_FIELD_DIGITS)
    memcpy (bytes + field->offset, piece, length);
  else
    for (guint i = 0; i < field->size; i++)
      bytes[field->offset + i] = (guint8)(g_ascii_digit_value (piece[2 * i]) << 4
                                          | g_ascii_digit_value (piece[2 * i + 1]));
  return TRUE;
}

static gboolean
read_text (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  guint room = field->kind == SWB_FIELD_PADDED ? field->size : field->size - 1u;
  guint length = 0;
  gsize taken;

  for (const char *at = piece; *at != '\0'; at += taken)
    {
      guint8 value = (guint8)*at;

      taken = 1;
      if (*at == '\\' && swb_escape_read (at, FALSE, &value, &taken) == SWB_ESCAPE_NONE)
        return fail (field, piece, _ ("\\xHH behind a backslash"), error);
      if (length >= room || value == '\0')
        {
          g_autofree char *expected
              = g_strdup_printf (_ ("a text of up to %u bytes"), room);

          return fail (field, piece, expected, error);
        }
      bytes[field->offset + length++] = value;
    }

  if (field->kind == SWB_FIELD_PADDED)
    memset (bytes + field->offset + length, ' ', room - length);
  return TRUE;
}

/* Characters are shifted to the left by one bit, as on the air; the SSID has bits 1 to 4.
 */
static gboolean
read_callsign (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  const char *dash = strchr (piece, '-');
  gsize length = dash != NULL ? (gsize)(dash - piece) : strlen (piece);
  guint64 ssid = 0;
  guint8 *place = bytes + field->offset;

  if (length == 0 || length > CALL_CHARS
      || (dash != NULL
          && !g_ascii_string_to_unsigned (dash + 1, 10, 0, SSID_MAX, &ssid, NULL)))
    return fail (field, piece, _ ("a callsign such as OE1XYZ-7"), error);

  for (gsize i = 0; i < CALL_CHARS; i++)
    {
      char c = i < length ? g_ascii_toupper (piece[i]) : ' ';

      if (i < length && !g_ascii_isalnum (c))
        return fail (field, piece, _ ("a callsign such as OE1XYZ-7"), error);
      place[i] = (guint8)(c << 1);
    }
  place[CALL_CHARS] = (guint8)(ssid << 1);
  if (field->other != 0)
    bytes[field->other + (G_BYTE_ORDER == G_BIG_ENDIAN ? 3 : 0)]++;
  return TRUE;
}

static gboolean
read_quad (const SwbField *field, const char *piece, guint8 *bytes, GError **error)
{
  return inet_pton (AF_INET, piece, bytes + field->offset) == 1
         || fail (field, piece, "127.0.0.1", error);
}

gboolean
swb_address_field_read (const SwbField *field, const char **at, guint8 *bytes,
                        GError **error)
{
  g_autofree char *piece = dup_piece (*at);
  gboolean ok;

  switch (field->kind)
    {
    case SWB_FIELD_ETHERTYPE:
      ok = read_ethertype (field, piece, bytes, error);
      break;
    case SWB_FIELD_INTERFACE:
      ok = read_interface (field, piece, bytes, error);
      break;
    case SWB_FIELD_QUAD:
      ok = read_quad (field, piece, bytes, error);
      break;
    case SWB_FIELD_MAC:
    case SWB_FIELD_BDADDR:
      return read_mac (field, at, bytes, error);
    case SWB_FIELD_SIX:
      return read_six (field, at, bytes, error);
    case SWB_FIELD_PAIRS:
      ok = read_pairs (field, piece, bytes, error);
      break;
    case SWB_FIELD_DIGITS:
    case SWB_FIELD_BCD:
      ok = read_digits (field, piece, bytes, error);
      break;
    case SWB_FIELD_TEXT:
    case SWB_FIELD_PADDED:
      ok = read_text (field, piece, bytes, error);
      break;
    case SWB_FIELD_CALLSIGN:
      ok = read_callsign (field, piece, bytes, error);
      break;
    default:
      ok = read_number (field, piece, bytes, error);
      break;
    }

  if (ok)
    *at += strlen (piece);
  return ok;
}

static void
print_number (const SwbField *field, const guint8 *bytes, GString *text)
{
  guint64 number = get_number (field, bytes);

  for (const SwbConstant *name = field->names; name != NULL && name->constant != NULL;
       name++)
    /* Names of small numbers are for typing: a CID is shown as it is. */
    if (name->value < 0 && number == ((guint64)(gint64)name->value & get_most (field)))
      {
        g_string_append (text, name->constant);
        return;
      }

  if (field->kind == SWB_FIELD_HEX)
    g_string_append_printf (text, "0x%" G_GINT64_MODIFIER "x", number);
  else
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, number);
}

static void
print_ethertype (const SwbField *field, const guint8 *bytes, GString *text)
{
  guint16 wire;
  g_autofree char *name = NULL;

  memcpy (&wire, bytes + field->offset, sizeof wire);
  name = swb_catalog_print_protocol (AF_PACKET, wire);
  if (g_str_has_prefix (name, "ETH_P_"))
    g_string_append (text, name);
  else
    g_string_append_printf (text, "0x%04x", g_ntohs (wire));
}

static void
print_mac (const SwbField *field, const guint8 *bytes, GString *text)
{
  for (guint i = 0; i < field->size; i++)
    {
      guint place = field->kind == SWB_FIELD_BDADDR ? field->size - 1u - i : i;

      g_string_append_printf (text, "%s%02x", i > 0 ? ":" : "",
                              bytes[field->offset + place]);
    }
}

/* A colon would end the field. */
static void
print_text (const SwbField *field, const guint8 *bytes, GString *text)
{
  const char *place = (const char *)bytes + field->offset;
  gsize length = strnlen (place, field->size);
  g_autoptr (GString) shown = g_string_new (NULL);

  while (field->kind == SWB_FIELD_PADDED && length > 0 && place[length - 1] == ' ')
    length--;
  swb_escape_print (shown, (const guint8 *)place, length, FALSE);
  g_string_replace (shown, ":", "\\x3a", 0);
  g_string_append (text, shown->str);
}

static void
print_callsign (const SwbField *field, const guint8 *bytes, GString *text)
{
  const guint8 *place = bytes + field->offset;

  for (guint i = 0; i < CALL_CHARS; i++)
    if (place[i] >> 1 != ' ')
      g_string_append_c (text, (char)(place[i] >> 1));
  if (place[CALL_CHARS] >> 1 != 0)
    g_string_append_printf (text, "-%u", place[CALL_CHARS] >> 1);
}

gboolean
swb_address_field_is_zero (const SwbField *field, const guint8 *bytes)
{
  /* An address of zeros that is there is not the same as none. */
  if (field->kind == SWB_FIELD_MAC && field->other != 0 && bytes[field->other] != 0)
    return FALSE;

  for (guint i = 0; i < field->size; i++)
    if (bytes[field->offset + i] != 0)
      return FALSE;

  return TRUE;
}

void
swb_address_field_print (const SwbField *field, const guint8 *bytes, GString *text)
{
  const guint8 *place = bytes + field->offset;
  char host[INET6_ADDRSTRLEN];

  switch (field->kind)
    {
    case SWB_FIELD_ETHERTYPE:
      print_ethertype (field, bytes, text);
      break;
    case SWB_FIELD_QUAD:
      g_string_append (text, inet_ntop (AF_INET, place, host, sizeof host));
      break;
    case SWB_FIELD_SIX:
      g_string_append_printf (text, "[%s]", inet_ntop (AF_INET6, place, host, sizeof host));
      break;
    case SWB_FIELD_MAC:
    case SWB_FIELD_BDADDR:
      print_mac (field, bytes, text);
      break;
    case SWB_FIELD_PAIRS:
      if (swb_address_field_is_zero (field, bytes))
        break;
      G_GNUC_FALLTHROUGH;
    case SWB_FIELD_BCD:
      for (guint i = 0; i < field->size; i++)
        g_string_append_printf (text, "%02x", place[i]);
      break;
    case SWB_FIELD_DIGITS:
    case SWB_FIELD_TEXT:
    case SWB_FIELD_PADDED:
      print_text (field, bytes, text);
      break;
    case SWB_FIELD_CALLSIGN:
      print_callsign (field, bytes, text);
      break;
    default:
      print_number (field, bytes, text);
      break;
    }
}

gboolean
swb_address_field_may_be_empty (const SwbField *field)
{
  return field->kind == SWB_FIELD_DIGITS || field->kind == SWB_FIELD_TEXT
         || field->kind == SWB_FIELD_PADDED || field->kind == SWB_FIELD_PAIRS;
}
