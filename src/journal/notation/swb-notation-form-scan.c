/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-form.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

static gboolean
append (GByteArray *bytes, const void *data, gsize length)
{
  g_byte_array_append (bytes, data, (guint)length);
  return TRUE;
}

static gboolean
append_zeros (GByteArray *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    append (bytes, "", 1);

  return TRUE;
}

static gboolean
append_number (GByteArray *bytes, gsize size, gint64 number)
{
  guint64 wide = (guint64)number;
  guint32 word = (guint32)number;
  guint16 half = (guint16)number;
  guint8 byte = (guint8)number;

  return append (bytes,
                 size == 8   ? (const void *)&wide
                 : size == 4 ? (const void *)&word
                 : size == 2 ? (const void *)&half
                             : (const void *)&byte,
                 size);
}

static gboolean
is_in_range (char code, gsize size, gint64 number)
{
  gint64 limit = size < 8 ? (gint64)1 << (8 * size) : G_MAXINT64;

  return number < limit && (code == 'q' || number >= -limit / 2)
         && (number >= 0 || strchr ("diq", code) != NULL);
}

static gboolean
scan_number (SwbScanner *self, const SwbFormCode *code, GByteArray *bytes)
{
  gsize size = swb_form_get_size (code);
  gint64 number;

  if (!swb_scan_int (self, &number) || !is_in_range (code->code, size, number))
    return FALSE;
  if (code->code == 'p')
    number = GUINT16_TO_BE ((guint16)number);
  else if (code->code == 'l')
    number = GUINT16_TO_LE ((guint16)number);
  else if (code->code == 'r')
    number = GUINT32_TO_BE ((guint32)number);
  return append_number (bytes, size, number);
}

static gboolean
scan_pointer (SwbScanner *self, GByteArray *bytes)
{
  char *end = NULL;
  guint64 pointer = 0;

  if (!swb_scan (self, "NULL"))
    {
      if (!g_str_has_prefix (self->at, "0x"))
        return FALSE;
      errno = 0;
      pointer = g_ascii_strtoull (self->at, &end, 16);
      if (errno != 0 || end == self->at + 2)
        return FALSE;
      self->at = end;
    }
  return append (bytes, &pointer, sizeof pointer);
}

/* A name, flags, or a number in hex. */
static gboolean
scan_constant (SwbScanner *self, gsize size, GByteArray *bytes)
{
  gint64 value;

  if (!swb_scan_constant (self, &value))
    return FALSE;

  value = (gint64)(guint32)value;
  return value >> (8 * size) == 0 && append_number (bytes, size, value);
}

static gboolean
scan_little (SwbScanner *self, GByteArray *bytes)
{
  gint64 value, above = 0;

  if (!swb_scan (self, "htobs(") || !swb_scan_constant (self, &value)
      || (swb_scan (self, "+") && !swb_scan_int (self, &above)) || above < 0
      || above > G_MAXUINT16 || value < 0 || value + above > G_MAXUINT16
      || !swb_scan (self, ")"))
    return FALSE;

  return append_number (bytes, 2, GUINT16_TO_LE ((guint16)(value + above)));
}

static gboolean
scan_listed (SwbScanner *self, const SwbFormList *list, GByteArray *bytes)
{
  return list->kind == SWB_LIST_LITTLE ? scan_little (self, bytes)
                                       : scan_constant (self, list->size, bytes);
}

static gboolean
scan_host (SwbScanner *self, int family, GByteArray *bytes)
{
  g_autoptr (GByteArray) host = g_byte_array_new ();
  struct in6_addr address;

  if ((family == AF_INET && !swb_scan (self, "inet_addr("))
      || !swb_scan_quoted (self, host))
    return FALSE;

  append (host, "", 1);
  if (inet_pton (family, (const char *)host->data, &address) != 1)
    return FALSE;

  append (bytes, &address, family == AF_INET ? sizeof (struct in_addr) : sizeof address);
  return family == AF_INET6 || swb_scan (self, ")");
}

static gboolean
scan_sockaddr (SwbScanner *self, GByteArray *bytes)
{
  SwbAddress address;

  return swb_scan_sockaddr (self, &address)
         && append (bytes, &address.storage, sizeof address.storage);
}

/* strace names the interface of another machine, or of another time; which number it had
 * then is not known. */
static gboolean
scan_interface (SwbScanner *self, const SwbFormCode *code, GByteArray *bytes)
{
  g_autoptr (GByteArray) name = g_byte_array_new ();

  if (!swb_scan (self, "if_nametoindex("))
    return scan_number (self, code, bytes);

  return append_zeros (bytes, swb_form_get_size (code)) && swb_scan_quoted (self, name)
         && swb_scan (self, ")");
}

/* "00:11:22": as many bytes as there are, and zeros behind them. */
static guint
scan_hardware (SwbScanner *self, guint room, GByteArray *bytes)
{
  guint n = 0;

  while (g_ascii_isxdigit (self->at[0]) && g_ascii_isxdigit (self->at[1]) && n < room)
    {
      append_number (bytes, 1,
                     g_ascii_xdigit_value (self->at[0]) << 4
                         | g_ascii_xdigit_value (self->at[1]));
      self->at += 2;
      n++;
      if (!swb_scan (self, ":"))
        break;
    }

  append_zeros (bytes, room - n);
  return n;
}

/* Of an empty address strace shows the one that it printed last. */
static gboolean
scan_counted_hardware (SwbScanner *self, guint room, GByteArray *bytes)
{
  guint start = bytes->len;
  guint16 length;

  if (start < sizeof length)
    return FALSE;

  scan_hardware (self, room, bytes);
  memcpy (&length, bytes->data + start - sizeof length, sizeof length);
  if (length < room)
    memset (bytes->data + start + length, 0, room - length);
  return TRUE;
}

static gboolean
scan_characters (SwbScanner *self, gsize room, GByteArray *bytes)
{
  g_autoptr (GByteArray) characters = g_byte_array_new ();

  if (!swb_scan_quoted (self, characters) || characters->len >= room)
    return FALSE;

  return append (bytes, characters->data, characters->len)
         && append_zeros (bytes, room - characters->len);
}

static gboolean
scan_callsign (SwbScanner *self, GByteArray *bytes)
{
  char sign[] = "      ";
  gsize length = strspn (self->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  gint64 ssid = 0;

  if (swb_scan (self, "*"))
    length = 0;
  else if (length == 0 || length > strlen (sign))
    return FALSE;

  memcpy (sign, self->at, length);
  self->at += length;
  if (length > 0
      && (!swb_scan (self, "-") || !swb_scan_int (self, &ssid) || ssid < 0 || ssid > 15))
    return FALSE;

  for (gsize i = 0; i < strlen (sign); i++)
    append_number (bytes, 1, sign[i] << 1);
  return append_number (bytes, 1, ssid << 1);
}

static gboolean
scan_set (SwbScanner *self, GByteArray *bytes)
{
  gboolean is_inverted = swb_scan (self, "~");
  guint32 set = 0;

  if (!swb_scan (self, "["))
    return FALSE;
  while (!swb_scan (self, "]"))
    {
      gint64 type;

      if (!swb_scan_constant (self, &type) || type < 0 || type > 31)
        return FALSE;
      set |= (guint32)1 << type;
      swb_scan (self, " ");
    }

  return append_number (bytes, sizeof set, is_inverted ? ~set : set);
}

static gboolean
scan_code (SwbScanner *self, const SwbFormCode *code, GByteArray *bytes)
{
  switch (code->code)
    {
    case 'z':
      return append_zeros (bytes, 1);
    case 'k':
    case 'j':
    case 'o':
      return append_number (bytes, swb_form_get_size (code), code->constant);
    case 'P':
      return scan_pointer (self, bytes);
    case 'f':
      return append_number (bytes, sizeof (sa_family_t), AF_INET)
             && swb_scan (self, "AF_INET");
    case 'a':
      return scan_host (self, AF_INET, bytes);
    case '6':
      return scan_host (self, AF_INET6, bytes);
    case 'S':
      return scan_sockaddr (self, bytes);
    case 'i':
      return scan_interface (self, code, bytes);
    case 'n':
      return scan_listed (self, code->list, bytes);
    case 'x':
    case 'y':
    case 'g':
      return scan_constant (self, swb_form_get_size (code), bytes);
    case 'm':
      return scan_hardware (self, (guint)swb_form_get_size (code), bytes)
             == swb_form_get_size (code);
    case 'h':
      return scan_counted_hardware (self, (guint)swb_form_get_size (code), bytes);
    case 'c':
      return scan_callsign (self, bytes);
    case 'F':
      return scan_set (self, bytes);
    default:
      return scan_number (self, code, bytes);
    }
}

static gboolean
scan_codes (SwbScanner *self, const SwbFormCode *code, GByteArray *bytes)
{
  if (code->code == 's')
    return scan_characters (self, code->count, bytes);
  if (code->code == 'm' && code->count > 1)
    return scan_hardware (self, code->count, bytes) == code->count;

  for (guint i = 0; i < code->count; i++)
    if (!scan_code (self, code, bytes))
      return FALSE;
  if (code->count > 0)
    return TRUE;

  do
    if (!scan_code (self, code, bytes))
      return FALSE;
  while (swb_scan (self, ", "));

  return TRUE;
}

gboolean
swb_scan_form (SwbScanner *self, const char *form, GByteArray *bytes)
{
  for (const char *at = form; *at != '\0';)
    {
      SwbFormCode code;

      if (*at != '%')
        {
          if (self->at[0] != *at++)
            return FALSE;
          self->at++;
          continue;
        }
      at++;
      code = swb_form_read_code (&at);
      if (!scan_codes (self, &code, bytes))
        return FALSE;
    }

  return TRUE;
}
