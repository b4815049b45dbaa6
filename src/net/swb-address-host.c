/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-text.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"
#include "net/swb-interface.h"

#include <arpa/inet.h>
#include <glib/gi18n.h>
#include <net/if.h>
#include <string.h>

/* RFC 1035, 2.3.4: 255 octets on the wire are 253 characters. */
#define NAME_MAX_LENGTH 253

#define NAME_CHARS G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_."

/* What the URL standard calls "ends in a number": such a host is never a name, or 1.2.3.256
 * would be looked up. */
static gboolean
ends_in_number (const char *text)
{
  const char *dot = strrchr (text, '.');
  const char *label = dot != NULL ? dot + 1 : text;

  if (label[0] == '0' && (label[1] == 'x' || label[1] == 'X'))
    return label[2 + strspn (label + 2, "0123456789abcdefABCDEF")] == '\0';

  return *label != '\0' && label[strspn (label, G_CSET_DIGITS)] == '\0';
}

static gboolean
fail_number (const char *text, GError **error)
{
  g_autofree char *shown = swb_escape_show (text);
  g_auto (GStrv) parts = g_strsplit (text, ".", 5);

  /* A zero in front makes it octal, in which no 8 and 9 are. */
  if (parts[1] == NULL && text[strspn (text, G_CSET_DIGITS)] == '\0' && text[0] != '0')
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE,
                   _ ("%s is above 4294967295, the largest IPv4 address as a number"),
                   shown);
      return FALSE;
    }

  for (guint i = 0; g_strv_length (parts) == 4 && i < 4; i++)
    if (g_ascii_strtoull (parts[i], NULL, 10) > 255)
      {
        g_autofree char *part = swb_escape_show (parts[i]);

        g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE,
                     _ ("%s is not an IPv4 address: %s is above 255"), shown, part);
        return FALSE;
      }

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX, _ ("%s is not an IPv4 address"), shown);
  return FALSE;
}

static gboolean
check_name (const char *text, gsize *position, GError **error)
{
  if (strlen (text) > NAME_MAX_LENGTH)
    {
      *position = NAME_MAX_LENGTH;
      g_set_error (error, SWB_ERROR, SWB_ERROR_TOO_LONG,
                   _ ("A host name has at most %d characters"), NAME_MAX_LENGTH);
      return FALSE;
    }

  for (const char *at = text; *at != '\0'; at++)
    if ((!(*at & 0x80) && strchr (NAME_CHARS, *at) == NULL)
        || (*at == '.' && (at == text || at[1] == '.')))
      {
        g_autofree char *shown = swb_escape_show (text);

        *position = (gsize)(at - text);
        g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                     *at == ':' ? _ ("“%s” is not a host: it has a colon too many")
                                : _ ("“%s” is not a host name"),
                     shown);
        return FALSE;
      }

  return TRUE;
}

static gboolean
take_name (const char *text, char **name, gsize *position, GError **error)
{
  if (g_utf8_validate (text, -1, NULL) && check_name (text, position, error))
    {
      *name = g_strdup (text);
      return TRUE;
    }

  if (error != NULL && *error == NULL)
    g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                 _ ("The host name is not valid UTF-8"));
  return FALSE;
}

static gboolean
parse_inet (const char *text, SwbAddress *address, char **name, gsize *position,
            GError **error)
{
  struct sockaddr_in *in = &address->in;
  struct in6_addr in6;

  in->sin_family = AF_INET;
  address->length = sizeof *in;

  if (*text == '\0')
    in->sin_addr.s_addr = htonl (INADDR_ANY);
  else if (g_str_equal (text, "<broadcast>"))
    in->sin_addr.s_addr = htonl (INADDR_BROADCAST);
  else if (ends_in_number (text))
    return inet_aton (text, &in->sin_addr) != 0 || fail_number (text, error);
  else if (inet_pton (AF_INET6, text, &in6) == 1)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("%s is an IPv6 address; AF_INET takes IPv4"), text);
      return FALSE;
    }
  else
    return take_name (text, name, position, error);

  return TRUE;
}

static gboolean
fail_scope (const char *text, gboolean is_number, GError **error)
{
  g_autofree char *shown = swb_escape_show (text);

  if (*text == '\0')
    g_set_error_literal (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                         /* xgettext:no-c-format */
                         _ ("An interface is expected behind the %, by name or number"));
  else if (is_number)
    g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("The scope %s is above 4294967295"),
                 shown);
  else
    g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN,
                 _ ("This machine has no network interface “%s”"), shown);

  return FALSE;
}

gboolean
swb_address_parse_interface (const char *text, guint32 *scope, GError **error)
{
  gboolean is_number = *text != '\0' && text[strspn (text, G_CSET_DIGITS)] == '\0';
  guint64 value = 0;

  if (!is_number)
    return swb_interface_find_index ("", text, scope) || fail_scope (text, FALSE, error);

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL))
    return fail_scope (text, TRUE, error);

  *scope = (guint32)value;
  return TRUE;
}

char *
swb_address_dup_interface (guint32 index)
{
  g_autofree char *name = index != 0 ? swb_interface_dup_name ("", index) : NULL;
  g_autofree char *shown = name != NULL ? swb_escape_show (name) : NULL;
  guint32 back;

  /* A name may be a number, and may have bytes that harm a terminal. */
  if (name != NULL && g_str_equal (name, shown)
      && swb_address_parse_interface (name, &back, NULL) && back == index)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%u", index);
}

static gboolean
fail_inet6 (const char *text, const char *message, gsize *position, GError **error)
{
  g_autofree char *shown = swb_escape_show (text);

  *position = 0;
  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX, "“%s”: %s", shown, message);
  return FALSE;
}

static gboolean
parse_inet6 (const char *text, SwbAddress *address, char **name, gsize *position,
             GError **error)
{
  struct sockaddr_in6 *in6 = &address->in6;
  const char *percent = strchr (text, '%');
  g_autofree char *host
      = percent != NULL ? g_strndup (text, (gsize)(percent - text)) : g_strdup (text);
  struct in_addr in;

  in6->sin6_family = AF_INET6;
  address->length = sizeof *in6;

  if (*text == '\0')
    return TRUE;

  if (inet_pton (AF_INET6, host, &in6->sin6_addr) == 1)
    {
      if (percent == NULL)
        return TRUE;
      *position = (gsize)(percent + 1 - text);
      return swb_address_parse_interface (percent + 1, &in6->sin6_scope_id, error);
    }

  if (inet_pton (AF_INET, host, &in) == 1)
    return fail_inet6 (text,
                       _ ("this is an IPv4 address; in IPv6 it is written ::ffff:1.2.3.4"),
                       position, error);
  if (g_str_equal (text, "<broadcast>"))
    return fail_inet6 (text,
                       _ ("IPv6 has no broadcast; ff02::1 reaches all nodes of a link"),
                       position, error);
  if (percent != NULL || strchr (host, ':') != NULL || ends_in_number (host))
    return fail_inet6 (text, _ ("this is not an IPv6 address"), position, error);

  return take_name (text, name, position, error);
}

gboolean
swb_address_parse_host (int domain, const char *text, SwbAddress *address, char **name,
                        gsize *position, GError **error)
{
  *position = 0;

  if (domain == AF_INET)
    return parse_inet (text, address, name, position, error);

  return parse_inet6 (text, address, name, position, error);
}
