/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-text.h"
#include "net/swb-address-form.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"
#include "net/swb-payload.h"

#include <arpa/inet.h>
#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_raw (const char *text)
{
  return g_str_has_prefix (text, SWB_ADDRESS_RAW_PREFIX);
}

void
swb_address_set_port (SwbAddress *address, guint16 port)
{
  if (address->family == AF_INET)
    address->in.sin_port = htons (port);
  else if (address->family == AF_INET6)
    address->in6.sin6_port = htons (port);
}

gboolean
swb_address_parse_raw (const char *text, SwbAddress *address, gsize *position,
                       GError **error)
{
  gsize prefix = strlen (SWB_ADDRESS_RAW_PREFIX);
  g_autoptr (GBytes) bytes = swb_payload_from_hex (text + prefix, position, error);
  gsize length;

  if (bytes == NULL)
    {
      *position += prefix;
      return FALSE;
    }

  *position = prefix;
  length = g_bytes_get_size (bytes);
  if (length == 0)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("The bytes of a sockaddr are expected behind hex:"));
      return FALSE;
    }
  if (length > sizeof address->storage)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_TOO_LONG,
                   _ ("A sockaddr has at most %zu bytes; these are %zu"),
                   sizeof address->storage, length);
      return FALSE;
    }

  memcpy (&address->storage, g_bytes_get_data (bytes, NULL), length);
  address->length = (socklen_t)length;
  return TRUE;
}

/* The escapes of @text resolved; an abstract name may hold any byte, a path any but NUL. */
static GByteArray *
unescape (const char *text, gsize *position, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *at = text;

  while (*at != '\0')
    {
      guint8 value = (guint8)*at;
      gsize length = 1;

      if (*at == '\\' && swb_escape_read (at, FALSE, &value, &length) == SWB_ESCAPE_NONE)
        {
          *position = (gsize)(at - text);
          g_set_error (
              error, SWB_ERROR, SWB_ERROR_SYNTAX,
              _ ("A backslash in a socket's name begins \\xHH, \\0, \\n, \\r or \\t; "
                 "the backslash itself is \\\\"));
          return NULL;
        }

      g_byte_array_append (bytes, &value, 1);
      at += length;
    }

  return g_steal_pointer (&bytes);
}

static gboolean
check_unix (const GByteArray *name, gboolean abstract, gsize *position, GError **error)
{
  if (name->len > SWB_ADDRESS_PATH_MAX)
    {
      *position = 0;
      g_set_error (error, SWB_ERROR, SWB_ERROR_TOO_LONG,
                   abstract
                       ? _ ("The abstract name has %u bytes; a socket's has at most %d")
                       : _ ("The path has %u bytes; a socket's path has at most %d"),
                   name->len, SWB_ADDRESS_PATH_MAX);
      return FALSE;
    }

  if (!abstract && memchr (name->data, '\0', name->len) != NULL)
    {
      *position = 0;
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("A path cannot hold a NUL byte; an abstract name begins with @"));
      return FALSE;
    }

  return TRUE;
}

gboolean
swb_address_parse_unix (const char *text, SwbAddress *address, gsize *position,
                        GError **error)
{
  gboolean abstract = text[0] == '@';
  g_autoptr (GByteArray) name = NULL;
  gsize fixed = G_STRUCT_OFFSET (struct sockaddr_un, sun_path);

  address->family = AF_UNIX;
  address->length = sizeof (sa_family_t);

  if (*text == '\0')
    return TRUE;

  name = unescape (text + abstract, position, error);
  if (name == NULL)
    {
      *position += abstract;
      return FALSE;
    }

  if (!check_unix (name, abstract, position, error))
    return FALSE;

  if (name->len > 0)
    memcpy (address->un.sun_path + abstract, name->data, name->len);
  address->length = (socklen_t)(fixed + name->len + 1);
  return TRUE;
}

/* Whether an address of @domain is a host and a port. */
static gboolean
is_inet (int domain)
{
  return domain == AF_INET || domain == AF_INET6;
}

/* Some domains have the addresses of another: RDS and SMC run over IP. */
static int
get_address_domain (int domain, const char *text)
{
  if (domain == AF_RDS || domain == AF_SMC)
    return text[0] == '[' ? AF_INET6 : AF_INET;

  return domain;
}

static SwbAddressSpans
span_all (const char *text)
{
  gsize length = strlen (text);

  return (SwbAddressSpans){ 0, length, length };
}

static SwbAddressSpans
split_at (const char *text, const char *colon)
{
  gsize host_length = (gsize)(colon - text);

  return (SwbAddressSpans){ 0, host_length, host_length + 1 };
}

SwbAddressSpans
swb_address_find_spans (int domain, const char *text)
{
  const char *colon = strchr (text, ':');
  const char *bracket = text[0] == '[' ? strchr (text, ']') : NULL;

  if (!is_inet (get_address_domain (domain, text)) || is_raw (text) || text[0] == '\0')
    return span_all (text);

  if (bracket != NULL && (bracket[1] == '\0' || bracket[1] == ':'))
    {
      gsize end = (gsize)(bracket - text);

      return (SwbAddressSpans){ 1, end - 1, end + (bracket[1] == ':' ? 2 : 1) };
    }

  /* An IPv6 address has at least two colons, so a single one stands before a port. */
  if (colon != NULL && strchr (colon + 1, ':') == NULL)
    return split_at (text, colon);

  return span_all (text);
}

static gboolean
check_domain (int domain, GError **error)
{
  if (is_inet (domain) || domain == AF_UNIX || swb_address_form_find (domain) != NULL)
    return TRUE;

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
               _ ("Addresses of this domain are written as raw bytes: hex:…"));
  return FALSE;
}

static gboolean
check_brackets (int domain, const char *text, GError **error)
{
  if (domain != AF_INET || text[0] != '[')
    return TRUE;

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
               _ ("Brackets are for IPv6 addresses; an IPv4 address is written host:port"));
  return FALSE;
}

static gboolean
parse_inet_text (int domain, int type, const char *text, SwbAddress *address, char **name,
                 gsize *position, GError **error)
{
  SwbAddressSpans spans = swb_address_find_spans (domain, text);
  g_autofree char *host = g_strndup (text + spans.host_start, spans.host_length);
  guint16 port = 0;

  if (!check_brackets (domain, text, error))
    return FALSE;

  if (!swb_address_parse_host (domain, host, address, name, position, error))
    {
      *position += spans.host_start;
      return FALSE;
    }

  if (!swb_address_parse_port (type, text + spans.port_start, &port, position, error))
    {
      *position += spans.port_start;
      return FALSE;
    }

  swb_address_set_port (address, port);
  return TRUE;
}

gboolean
swb_address_parse (int domain, int type, const char *text, SwbAddress *address, char **host,
                   gsize *error_position, GError **error)
{
  SwbAddress parsed = { 0 };
  g_autofree char *name = NULL;
  gsize position = 0;
  gboolean ok;

  g_return_val_if_fail (text != NULL && address != NULL && host != NULL, FALSE);

  domain = get_address_domain (domain, text);
  if (is_raw (text))
    ok = swb_address_parse_raw (text, &parsed, &position, error);
  else if (!check_domain (domain, error))
    ok = FALSE;
  else if (domain == AF_UNIX)
    ok = swb_address_parse_unix (text, &parsed, &position, error);
  else if (!is_inet (domain))
    ok = swb_address_form_parse (domain, text, &parsed, &position, error);
  else
    ok = parse_inet_text (domain, type, text, &parsed, &name, &position, error);

  if (!ok)
    {
      if (error_position != NULL)
        *error_position = position;
      return FALSE;
    }

  *address = parsed;
  *host = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
parse_inet_parts (int domain, int type, const char *host_text, const char *port_text,
                  SwbAddress *address, char **name, gboolean *in_port, GError **error)
{
  g_autofree char *host = g_strstrip (g_strdup (host_text));
  g_autofree char *port = g_strstrip (g_strdup (port_text));
  gsize length = strlen (host);
  gsize position;
  guint16 number = 0;

  if (domain == AF_INET6 && length >= 2 && host[0] == '[' && host[length - 1] == ']')
    {
      host[length - 1] = '\0';
      memmove (host, host + 1, length - 1);
    }

  if (!swb_address_parse_host (domain, host, address, name, &position, error))
    return FALSE;

  if (!swb_address_parse_port (type, port, &number, &position, error))
    {
      *in_port = TRUE;
      return FALSE;
    }

  swb_address_set_port (address, number);
  return TRUE;
}

gboolean
swb_address_parse_parts (int domain, int type, const char *host_text, const char *port_text,
                         SwbAddress *address, char **host, gboolean *in_port,
                         GError **error)
{
  SwbAddress parsed = { 0 };
  g_autofree char *name = NULL;
  gboolean failed_in_port = FALSE;

  g_return_val_if_fail (host_text != NULL && address != NULL && host != NULL, FALSE);

  if (in_port != NULL)
    *in_port = FALSE;

  domain = get_address_domain (domain, host_text);
  if (!is_inet (domain) || is_raw (host_text))
    return swb_address_parse (domain, type, host_text, address, host, NULL, error);

  if (!parse_inet_parts (domain, type, host_text, port_text != NULL ? port_text : "",
                         &parsed, &name, &failed_in_port, error))
    {
      if (in_port != NULL)
        *in_port = failed_in_port;
      return FALSE;
    }

  *address = parsed;
  *host = g_steal_pointer (&name);
  return TRUE;
}
