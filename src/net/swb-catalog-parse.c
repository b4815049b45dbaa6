/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-catalog.h"
#include "net/swb-catalog-table.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"

#include <glib/gi18n.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

/* One entry of the protocols database, with all its aliases, fits many times. */
#define PROTOCOL_BUFFER 4096

static gboolean
parse_number (const char *text, int *value)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return FALSE;

  *value = (int)number;
  return TRUE;
}

static gboolean
parse_constant (const SwbConstant *table, guint n, const char *text, int *value)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (table[i].constant, text))
      {
        *value = table[i].value;
        return TRUE;
      }

  return parse_number (text, value);
}

gboolean
swb_catalog_parse_domain (const char *text, int *value, GError **error)
{
  g_autofree char *constant = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  constant = g_str_has_prefix (text, "PF_") ? g_strconcat ("A", text + 1, NULL)
                                            : g_strdup (text);
  if (parse_constant (swb_catalog_domains, swb_catalog_n_domains, constant, value))
    return TRUE;

  if (g_str_equal (constant, "AF_LOCAL") || g_str_equal (constant, "AF_FILE"))
    return parse_constant (swb_catalog_domains, swb_catalog_n_domains, "AF_UNIX", value);
  if (g_str_equal (constant, "AF_ROUTE"))
    return parse_constant (swb_catalog_domains, swb_catalog_n_domains, "AF_NETLINK", value);

  shown = swb_escape_show (text);
  g_set_error (
      error, SWB_ERROR, SWB_ERROR_UNKNOWN,
      _ ("“%s” is no domain; give a name such as AF_INET, AF_UNIX or AF_X25, or a number"),
      shown);
  return FALSE;
}

gboolean
swb_catalog_parse_type (const char *text, int *value, GError **error)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  if (parse_constant (swb_catalog_types, swb_catalog_n_types, text, value))
    return TRUE;

  shown = swb_escape_show (text);
  g_set_error (
      error, SWB_ERROR, SWB_ERROR_UNKNOWN,
      _ ("“%s” is no type; give a name such as SOCK_STREAM, SOCK_DGRAM or SOCK_RAW, "
         "or a number"),
      shown);
  return FALSE;
}

/* "tcp" or "TCP": the table's own names, then the system's. */
static gboolean
parse_protocol_name (const char *text, int *value)
{
  struct protoent entry, *found = NULL;
  char buffer[PROTOCOL_BUFFER];

  for (guint i = 0; i < swb_catalog_n_protocols; i++)
    {
      const SwbProtocol *row = &swb_catalog_protocols[i];

      if (g_str_equal (row->constant, text)
          || (row->domain == AF_INET
              && g_ascii_strcasecmp (row->constant + strlen ("IPPROTO_"), text) == 0))
        {
          *value = row->value;
          return TRUE;
        }
    }

  if (getprotobyname_r (text, &entry, buffer, sizeof buffer, &found) != 0 || found == NULL)
    return FALSE;

  *value = found->p_proto;
  return TRUE;
}

gboolean
swb_catalog_parse_protocol (const char *text, int *value, GError **error)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  if (g_str_equal (text, "IPPROTO_IP"))
    {
      *value = 0;
      return TRUE;
    }

  if (parse_number (text, value) || parse_protocol_name (text, value))
    return TRUE;

  shown = swb_escape_show (text);
  g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN,
               _ ("“%s” is no protocol: give a name such as IPPROTO_TCP, tcp or "
                  "NETLINK_ROUTE, or a number"),
               shown);
  return FALSE;
}
