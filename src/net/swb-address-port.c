/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-text.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"

#include <arpa/inet.h>
#include <glib/gi18n.h>
#include <netdb.h>
#include <string.h>

/* One entry of the services database, with all its aliases, fits many times. */
#define SERVICE_BUFFER 8192

static const char *
get_transport (int type)
{
  switch (type)
    {
    case SOCK_STREAM:
      return "tcp";
    case SOCK_DGRAM:
      return "udp";
    case SOCK_SEQPACKET:
      return "sctp";
    case SOCK_DCCP:
      return "dccp";
    default:
      return NULL;
    }
}

static gboolean
is_service (const struct servent *entry, const char *name, const char *transport)
{
  return (transport == NULL || g_str_equal (entry->s_proto, transport))
         && (g_str_equal (entry->s_name, name)
             || g_strv_contains ((const char *const *)entry->s_aliases, name));
}

/* The list has one reading position for the whole process. */
static gboolean
find_in_list (const char *name, const char *transport, guint16 *port)
{
  static GMutex mutex;
  struct servent entry, *found = NULL;
  char buffer[SERVICE_BUFFER];
  gboolean is_found = FALSE;

  g_mutex_lock (&mutex);
  setservent (1);
  while (!is_found && getservent_r (&entry, buffer, sizeof buffer, &found) == 0
         && found != NULL)
    is_found = is_service (found, name, transport);
  endservent ();
  g_mutex_unlock (&mutex);

  if (is_found)
    *port = ntohs ((guint16)entry.s_port);
  return is_found;
}

/* @transport: %NULL finds the service for any.
 *
 * glibc asks the name service cache daemon for a service by name, over a socket that strace
 * would show and the journal would not; reading the list asks nobody. A source of names
 * that cannot be listed is asked by name, after all. */
static gboolean
find_service (const char *name, const char *transport, guint16 *port)
{
  struct servent entry, *found = NULL;
  char buffer[SERVICE_BUFFER];

  if (find_in_list (name, transport, port))
    return TRUE;

  if (getservbyname_r (name, transport, &entry, buffer, sizeof buffer, &found) != 0
      || found == NULL)
    return FALSE;

  *port = ntohs ((guint16)found->s_port);
  return TRUE;
}

static gboolean
fail_range (const char *text, GError **error)
{
  g_autofree char *shown = swb_escape_show (text);

  g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE,
               text[0] == '-' ? _ ("Port %s is below 0; ports go from 0 to 65535")
                              : _ ("Port %s is above 65535, the largest"),
               shown);
  return FALSE;
}

static gboolean
fail_service (const char *text, const char *transport, gsize *position, GError **error)
{
  g_autofree char *shown = swb_escape_show (text);
  gsize n_digits = strspn (text, G_CSET_DIGITS);
  guint16 other;

  if (n_digits > 0 || g_ascii_isspace (text[0]))
    {
      *position = n_digits;
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("“%s” is neither a port number nor a service"), shown);
    }
  else if (transport != NULL && find_service (text, NULL, &other))
    g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN,
                 /* Translators: %s is a service such as tftp, then tcp or udp. */
                 _ ("The service “%s” is not known for %s; give the number: %u"), shown,
                 transport, other);
  else
    g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN,
                 _ ("No service is called “%s” in this system's database"), shown);

  return FALSE;
}

gboolean
swb_address_parse_port (int type, const char *text, guint16 *port, gsize *position,
                        GError **error)
{
  const char *transport = get_transport (type);
  const char *digits = text[0] == '-' ? text + 1 : text;
  guint64 value = 0;

  *position = 0;

  if (*text == '\0')
    {
      *port = 0;
      return TRUE;
    }

  if (*digits != '\0' && digits[strspn (digits, G_CSET_DIGITS)] == '\0')
    {
      if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL))
        return fail_range (text, error);
      *port = (guint16)value;
      return TRUE;
    }

  return find_service (text, transport, port)
         || fail_service (text, transport, position, error);
}
