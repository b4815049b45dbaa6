/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-notation-private.h"

#include "net/swb-errno.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <string.h>

/* The values that strace shows as structs or names; all others of four bytes are ints, and
 * the rest are strings. */

static gboolean
is_option (const SwbRecord *record, gint64 level, gint64 name)
{
  return record->ints[0] == level && record->ints[1] == name;
}

static gint32
get_int (const SwbRecord *record, gsize index)
{
  gint32 value;

  memcpy (&value, record->data + index * sizeof value, sizeof value);
  return value;
}

static void
print_int (GString *text, const SwbRecord *record)
{
  gint32 value = get_int (record, 0);

  if (is_option (record, SOL_SOCKET, SO_ERROR) && value > 0 && value <= SWB_ERRNO_MAX)
    g_string_append_printf (text, "[%s]", swb_errno_name (value));
  else
    g_string_append_printf (text, "[%d]", value);
}

/* ip_mreq, or ip_mreqn without an interface's number. */
static gboolean
is_membership (const SwbRecord *record)
{
  if (!is_option (record, IPPROTO_IP, IP_ADD_MEMBERSHIP)
      && !is_option (record, IPPROTO_IP, IP_DROP_MEMBERSHIP))
    return FALSE;

  return record->n_data == 8 || (record->n_data == 12 && get_int (record, 2) == 0);
}

static void
print_membership (GString *text, const SwbRecord *record)
{
  char group[INET_ADDRSTRLEN];
  char interface[INET_ADDRSTRLEN];

  inet_ntop (AF_INET, record->data, group, sizeof group);
  inet_ntop (AF_INET, record->data + 4, interface, sizeof interface);
  g_string_append_printf (
      text, "{imr_multiaddr=inet_addr(\"%s\"), imr_interface=inet_addr(\"%s\")}", group,
      interface);
}

void
swb_print_option_value (GString *text, const SwbRecord *record)
{
  if (record->n_data == 0)
    g_string_append (text, SWB_NOTATION_POINTER);
  else if (is_option (record, SOL_SOCKET, SO_LINGER) && record->n_data == 8)
    g_string_append_printf (text, "{l_onoff=%d, l_linger=%d}", get_int (record, 0),
                            get_int (record, 1));
  else if (is_option (record, SOL_SOCKET, SO_PEERCRED) && record->n_data == 12)
    g_string_append_printf (text, "{pid=%d, uid=%u, gid=%u}", get_int (record, 0),
                            (guint)get_int (record, 1), (guint)get_int (record, 2));
  else if (is_membership (record))
    print_membership (text, record);
  else if (record->n_data == sizeof (gint32))
    print_int (text, record);
  else
    swb_print_quoted (text, record->data, record->n_data);
}

static gboolean
scan_number (SwbScanner *self, const char *before, const char *behind, GByteArray *bytes)
{
  gint64 number;

  if (!swb_scan (self, before) || !swb_scan_int (self, &number) || number < G_MININT32
      || number > G_MAXUINT32)
    return FALSE;

  guint32 value = (guint32)number;
  g_byte_array_append (bytes, (const guint8 *)&value, sizeof value);
  return swb_scan (self, behind);
}

static gboolean
scan_group (SwbScanner *self, const char *before, const char *behind, GByteArray *bytes)
{
  g_autoptr (GByteArray) host = g_byte_array_new ();
  struct in_addr address;

  if (!swb_scan (self, before) || !swb_scan_quoted (self, host))
    return FALSE;

  g_byte_array_append (host, (const guint8 *)"", 1);
  if (inet_pton (AF_INET, (const char *)host->data, &address) != 1)
    return FALSE;

  g_byte_array_append (bytes, (const guint8 *)&address, sizeof address);
  return swb_scan (self, behind);
}

static gboolean
scan_error (SwbScanner *self, GByteArray *bytes)
{
  gsize length = strspn (self->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
  g_autofree char *name = g_strndup (self->at, length);
  gint32 error = swb_errno_from_name (name);

  if (error == 0)
    return FALSE;

  self->at += length;
  g_byte_array_append (bytes, (const guint8 *)&error, sizeof error);
  return swb_scan (self, "]");
}

gboolean
swb_scan_option_value (SwbScanner *self, GByteArray *bytes)
{
  if (self->at[0] == '"')
    return swb_scan_quoted (self, bytes);

  if (self->at[0] == '[' && g_ascii_isalpha (self->at[1]))
    return swb_scan (self, "[") && scan_error (self, bytes);

  if (self->at[0] == '[')
    return scan_number (self, "[", "]", bytes);

  if (swb_scan (self, "{l_onoff="))
    return scan_number (self, "", ", l_linger=", bytes)
           && scan_number (self, "", "}", bytes);

  if (swb_scan (self, "{pid="))
    return scan_number (self, "", ", uid=", bytes)
           && scan_number (self, "", ", gid=", bytes) && scan_number (self, "", "}", bytes);

  if (swb_scan (self, "{imr_multiaddr="))
    return scan_group (self, "inet_addr(", "), imr_interface=", bytes)
           && scan_group (self, "inet_addr(", ")}", bytes);

  return swb_scan (self, SWB_NOTATION_POINTER) || swb_scan (self, "NULL");
}
