/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "net/swb-address-text.h"
#include "net/swb-error.h"
#include "net/swb-option-group.h"
#include "net/swb-escape.h"
#include "net/swb-option-names.h"
#include "net/swb-option-struct.h"
#include "net/swb-payload.h"

/* Longer values than these are structs, and written in hex. */
#define TEXT_MAX 128

static gboolean
fail (const char *text, const char *expected, GError **error)
{
  g_autofree char *shown = swb_escape_show (text);

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
               /* Translators: what was typed, then what it should be. */
               _ ("“%s” is not understood: %s is expected"), shown, expected);
  return FALSE;
}

static gboolean
parse_long (const char *text, gint64 least, gint64 most, gint64 *number, GError **error)
{
  gboolean hex = g_ascii_strncasecmp (text, "0x", 2) == 0;
  char *end = NULL;

  errno = 0;
  *number = g_ascii_strtoll (text, &end, hex ? 16 : 10);
  if (end == text || *end != '\0' || g_ascii_isspace (*text))
    return fail (text, _ ("a number"), error);
  if (errno != 0 || *number < least || *number > most)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("%s is out of range"), text);
      return FALSE;
    }

  return TRUE;
}

/* An int may also be written as the unsigned number of its bits: marks and masks. */
static GBytes *
parse_int (const char *text, GError **error)
{
  gint64 number;
  int value;

  if (!parse_long (text, G_MININT, G_MAXUINT, &number, error))
    return NULL;

  value = (int)(guint32)number;
  return g_bytes_new (&value, sizeof value);
}

/* A constant of the option's, or a number. @option: (nullable) */
static GBytes *
parse_named (const SwbOption *option, const char *text, GError **error)
{
  int value;

  if (option != NULL && swb_option_find_name (option, text, &value))
    return g_bytes_new (&value, sizeof value);
  return parse_int (text, error);
}

static GBytes *
parse_bool (const char *text, GError **error)
{
  static const char *const words[][2]
      = { { "off", "on" }, { "no", "yes" }, { "false", "true" } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (int value = 0; value < 2; value++)
      if (g_ascii_strcasecmp (text, words[i][value]) == 0)
        return g_bytes_new (&value, sizeof value);

  return parse_int (text, error);
}

static GBytes *
parse_uint64 (const char *text, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &value, NULL))
    {
      fail (text, _ ("a number"), error);
      return NULL;
    }

  return g_bytes_new (&value, sizeof value);
}

/* "1.5s", "200ms", or plain seconds. */
static gboolean
parse_seconds (const char *text, double *seconds, GError **error)
{
  char *end = NULL;
  double factor = 1;

  *seconds = g_ascii_strtod (text, &end);
  if (g_str_equal (end, "ms"))
    factor = 1e-3;
  else if (g_str_equal (end, "us"))
    factor = 1e-6;
  else if (*end != '\0' && !g_str_equal (end, "s"))
    end = (char *)text;
  if (end == text || !(*seconds >= 0 && *seconds * factor <= 1e9))
    return fail (text, _ ("a time such as 1.5s or 200ms"), error);

  *seconds *= factor;
  return TRUE;
}

static GBytes *
parse_timeval (const char *text, GError **error)
{
  struct timeval value = { 0 };
  double seconds;
  gint64 microseconds;

  if (!parse_seconds (text, &seconds, error))
    return NULL;

  microseconds = (gint64)(seconds * 1e6 + 0.5);
  value.tv_sec = microseconds / G_USEC_PER_SEC;
  value.tv_usec = microseconds % G_USEC_PER_SEC;
  return g_bytes_new (&value, sizeof value);
}

/* "on 5s", "off" */
static GBytes *
parse_linger (const char *text, GError **error)
{
  struct linger value = { 0 };
  g_auto (GStrv) words = g_strsplit_set (text, " \t", 3);
  double seconds = 0;

  if (g_strcmp0 (words[0], "on") == 0)
    value.l_onoff = 1;
  else if (g_strcmp0 (words[0], "off") != 0)
    {
      fail (text, _ ("“on 5s” or “off”"), error);
      return NULL;
    }
  if (g_strv_length (words) > 2)
    {
      fail (text, _ ("“on 5s” or “off”"), error);
      return NULL;
    }
  if (words[1] != NULL && !parse_seconds (words[1], &seconds, error))
    return NULL;
  /* Half a second would be none, which ends the connection by force. */
  if (seconds != (int)seconds)
    {
      fail (text, _ ("a time of whole seconds"), error);
      return NULL;
    }

  value.l_linger = (int)seconds;
  return g_bytes_new (&value, sizeof value);
}

static GBytes *
parse_text (const char *text, GError **error)
{
  if (strlen (text) > TEXT_MAX)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_TOO_LONG,
                   _ ("A name has at most %d characters"), TEXT_MAX);
      return NULL;
    }

  return g_bytes_new (text, strlen (text) + 1);
}

/* Host or interface addresses, by words; the last word may be an interface. */
static GBytes *
parse_membership (const char *text, GError **error)
{
  struct ip_mreqn value = { 0 };
  g_auto (GStrv) words = g_strsplit_set (text, " \t", 2);
  guint32 index = 0;

  if (words[0] == NULL || inet_pton (AF_INET, words[0], &value.imr_multiaddr) != 1)
    {
      fail (text, _ ("a group and an interface such as “239.1.2.3 eth0”"), error);
      return NULL;
    }
  if (words[1] != NULL && inet_pton (AF_INET, words[1], &value.imr_address) != 1)
    {
      if (!swb_address_parse_interface (words[1], &index, error))
        return NULL;
      value.imr_ifindex = (int)index;
    }

  return g_bytes_new (&value, sizeof value);
}

static GBytes *
parse_membership6 (const char *text, GError **error)
{
  struct ipv6_mreq value = { 0 };
  g_auto (GStrv) words = g_strsplit_set (text, " \t", 2);
  guint32 index = 0;

  if (words[0] == NULL || inet_pton (AF_INET6, words[0], &value.ipv6mr_multiaddr) != 1)
    {
      fail (text, _ ("a group and an interface such as “ff02::1234 eth0”"), error);
      return NULL;
    }
  if (words[1] != NULL && !swb_address_parse_interface (words[1], &index, error))
    return NULL;

  value.ipv6mr_interface = index;
  return g_bytes_new (&value, sizeof value);
}

static GBytes *
parse_source (const char *text, GError **error)
{
  struct ip_mreq_source value = { 0 };
  g_auto (GStrv) words = g_strsplit_set (text, " \t", 3);

  if (g_strv_length (words) != 3 || inet_pton (AF_INET, words[0], &value.imr_multiaddr) != 1
      || inet_pton (AF_INET, words[1], &value.imr_interface) != 1
      || inet_pton (AF_INET, words[2], &value.imr_sourceaddr) != 1)
    {
      fail (text, _ ("the addresses of a group, an interface and a sender"), error);
      return NULL;
    }

  return g_bytes_new (&value, sizeof value);
}

static GBytes *
parse_quad (const char *text, GError **error)
{
  struct in_addr value;

  if (inet_pton (AF_INET, text, &value) == 1)
    return g_bytes_new (&value, sizeof value);

  fail (text, _ ("an IPv4 address"), error);
  return NULL;
}

GBytes *
swb_option_parse (const SwbOption *option, const char *text, GError **error)
{
  gsize position;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_has_prefix (text, SWB_ADDRESS_RAW_PREFIX))
    return swb_payload_from_hex (text + strlen (SWB_ADDRESS_RAW_PREFIX), &position, error);

  switch (option != NULL ? option->type : SWB_OPTION_INT)
    {
    case SWB_OPTION_BOOL:
      return parse_bool (text, error);
    case SWB_OPTION_INT:
      return parse_named (option, text, error);
    case SWB_OPTION_UINT64:
      return parse_uint64 (text, error);
    case SWB_OPTION_TIMEVAL:
      return parse_timeval (text, error);
    case SWB_OPTION_LINGER:
      return parse_linger (text, error);
    case SWB_OPTION_TEXT:
      return parse_text (text, error);
    case SWB_OPTION_QUAD:
      return parse_quad (text, error);
    case SWB_OPTION_MEMBERSHIP:
      return parse_membership (text, error);
    case SWB_OPTION_SOURCE:
      return parse_source (text, error);
    case SWB_OPTION_MEMBERSHIP6:
      return parse_membership6 (text, error);
    case SWB_OPTION_GROUP:
    case SWB_OPTION_GROUP_SOURCE:
      return swb_option_parse_group (text, option->type == SWB_OPTION_GROUP_SOURCE, error);
    case SWB_OPTION_STRUCT:
      return swb_option_struct_parse (option, text, error);
    default:
      fail (text, _ ("the struct's bytes behind hex:"), error);
      return NULL;
    }
}
