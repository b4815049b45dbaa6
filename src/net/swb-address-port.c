/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-text.h"
#include "net/swb-error.h"

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

/* @transport: %NULL finds the service for any. */
static gboolean
find_service (const char *name, const char *transport, guint16 *port)
{
  struct servent entry, *found = NULL;
  char buffer[SERVICE_BUFFER];

  if (getservbyname_r (name, transport, &entry, buffer, sizeof buffer, &found) != 0
      || found == NULL)
    return FALSE;

  *port = ntohs ((guint16)found->s_port);
  return TRUE;
}

static gboolean
fail_range (const char *text, GError **error)
{
  g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE,
               text[0] == '-' ? _ ("Port %s is below 0; ports go from 0 to 65535")
                              : _ ("Port %s is above 65535, the largest"),
               text);
  return FALSE;
}

static gboolean
fail_service (const char *text, const char *transport, gsize *position, GError **error)
{
  g_autofree char *shown = g_strescape (text, NULL);
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
