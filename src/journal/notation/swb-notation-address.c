/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

#define FAMILY_SIZE sizeof (sa_family_t)
#define PATH_OFFSET offsetof (struct sockaddr_un, sun_path)
#define IN6_MIN                                                                            \
  offsetof (struct sockaddr_in6, sin6_scope_id) /* SIN6_LEN_RFC2133 of the kernel */

static void
print_in (GString *text, const SwbAddress *address)
{
  char host[INET_ADDRSTRLEN];

  inet_ntop (AF_INET, &address->in.sin_addr, host, sizeof host);
  g_string_append_printf (text, ", sin_port=htons(%u), sin_addr=inet_addr(\"%s\")",
                          ntohs (address->in.sin_port), host);
}

/* The scope stays a number where strace asks for the interface's name: that would
 * be a network call, and another machine's interfaces have other names. */
static void
print_in6 (GString *text, const SwbAddress *address, socklen_t length)
{
  char host[INET6_ADDRSTRLEN];

  inet_ntop (AF_INET6, &address->in6.sin6_addr, host, sizeof host);
  g_string_append_printf (text,
                          ", sin6_port=htons(%u), sin6_flowinfo=htonl(%u), "
                          "inet_pton(AF_INET6, \"%s\", &sin6_addr)",
                          ntohs (address->in6.sin6_port),
                          ntohl (address->in6.sin6_flowinfo), host);
  if (length >= sizeof (struct sockaddr_in6))
    g_string_append_printf (text, ", sin6_scope_id=%u", address->in6.sin6_scope_id);
}

static void
print_un (GString *text, const SwbAddress *address, socklen_t length)
{
  const guint8 *path = (const guint8 *)address->un.sun_path;
  gsize room = length - PATH_OFFSET;

  g_string_append (text, ", sun_path=");
  if (path[0] == '\0')
    {
      g_string_append_c (text, '@');
      swb_print_quoted (text, path + 1, room - 1);
    }
  else
    {
      swb_print_quoted (text, path, strnlen ((const char *)path, room));
    }
}

static void
print_raw (GString *text, const SwbAddress *address, socklen_t length)
{
  g_string_append (text, ", sa_data=");
  swb_print_quoted (text, (const guint8 *)&address->storage + FAMILY_SIZE,
                    length - FAMILY_SIZE);
}

static void
print_family (GString *text, const SwbAddress *address)
{
  g_string_append (text, "{sa_family=");
  swb_print_domain (text, address->family);
}

static gboolean
print_decoded (GString *text, const SwbAddress *address, socklen_t length)
{
  if (address->family == AF_INET && length >= sizeof (struct sockaddr_in))
    print_in (text, address);
  else if (address->family == AF_INET6 && length >= IN6_MIN)
    print_in6 (text, address, length);
  else if (address->family == AF_UNIX && length > PATH_OFFSET
           && length <= sizeof (struct sockaddr_un))
    print_un (text, address, length);
  else
    return swb_print_family (text, address, length);

  return TRUE;
}

static gboolean
scan_host (SwbScanner *self, int family, void *host)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!swb_scan_quoted (self, bytes))
    return FALSE;

  g_byte_array_append (bytes, (const guint8 *)"", 1);
  return inet_pton (family, (const char *)bytes->data, host) == 1;
}

static gboolean
scan_unsigned (SwbScanner *self, gint64 max, guint32 *value)
{
  gint64 number;

  if (!swb_scan_int (self, &number) || number < 0 || number > max)
    return FALSE;

  *value = (guint32)number;
  return TRUE;
}

static gboolean
scan_in (SwbScanner *self, SwbAddress *address)
{
  guint32 port;

  if (!scan_unsigned (self, G_MAXUINT16, &port)
      || !swb_scan (self, "), sin_addr=inet_addr(")
      || !scan_host (self, AF_INET, &address->in.sin_addr))
    return FALSE;

  address->in.sin_port = htons ((guint16)port);
  return swb_scan (self, ")");
}

/* strace names the interface of another machine, or of another time; which number it had
 * then is not known. */
static gboolean
scan_scope (SwbScanner *self, guint32 *scope)
{
  g_autoptr (GByteArray) name = g_byte_array_new ();

  if (!swb_scan (self, "if_nametoindex("))
    return scan_unsigned (self, G_MAXUINT32, scope);

  return swb_scan_quoted (self, name) && swb_scan (self, ")");
}

static gboolean
scan_in6 (SwbScanner *self, SwbAddress *address)
{
  guint32 port, flow, scope = 0;

  if (!scan_unsigned (self, G_MAXUINT16, &port)
      || !swb_scan (self, "), sin6_flowinfo=htonl(")
      || !scan_unsigned (self, G_MAXUINT32, &flow)
      || !swb_scan (self, "), inet_pton(AF_INET6, ")
      || !scan_host (self, AF_INET6, &address->in6.sin6_addr)
      || !swb_scan (self, ", &sin6_addr)"))
    return FALSE;

  if (swb_scan (self, ", sin6_scope_id=") && !scan_scope (self, &scope))
    return FALSE;

  address->in6.sin6_port = htons ((guint16)port);
  address->in6.sin6_flowinfo = htonl (flow);
  address->in6.sin6_scope_id = scope;
  return TRUE;
}

static gboolean
scan_bytes (SwbScanner *self, void *room, gsize n_room)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!swb_scan_quoted (self, bytes) || bytes->len > n_room)
    return FALSE;

  if (bytes->len > 0)
    memcpy (room, bytes->data, bytes->len);
  return TRUE;
}

static gboolean
scan_rest (SwbScanner *self, gint64 family, SwbAddress *address)
{
  if (swb_scan (self, ", sin_port=htons("))
    return scan_in (self, address);
  if (swb_scan (self, ", sin6_port=htons("))
    return scan_in6 (self, address);
  if (swb_scan (self, ", sun_path=@"))
    return scan_bytes (self, address->un.sun_path + 1, sizeof address->un.sun_path - 1);
  if (swb_scan (self, ", sun_path="))
    return scan_bytes (self, address->un.sun_path, sizeof address->un.sun_path);
  if (swb_scan (self, ", sa_data="))
    return scan_bytes (self, (guint8 *)&address->storage + FAMILY_SIZE,
                       sizeof address->storage - FAMILY_SIZE);

  return self->at[0] == '}' || swb_scan_family (self, family, address);
}

gboolean
swb_scan_sockaddr (SwbScanner *self, SwbAddress *address)
{
  gint64 family;

  memset (&address->storage, 0, sizeof address->storage);
  if (!swb_scan (self, "{sa_family=") || !swb_scan_constant (self, &family)
      || !scan_rest (self, family, address) || !swb_scan (self, "}"))
    return FALSE;

  address->family = (sa_family_t)family;
  return TRUE;
}

/* Whether @text from @from on says all bytes of the address, those too that no field shows
 * (sin_zero, what stands behind a path's NUL). */
static gboolean
says_all (const GString *text, gsize from, const SwbAddress *address, socklen_t length)
{
  SwbScanner scanner = { text->str + from };
  SwbAddress back;

  return swb_scan_sockaddr (&scanner, &back)
         && memcmp (&back.storage, &address->storage, length) == 0;
}

void
swb_print_sockaddr (GString *text, const SwbAddress *address, socklen_t length)
{
  gsize from = text->len;

  length = MIN (length, sizeof address->storage);
  if (length < FAMILY_SIZE)
    {
      g_string_append (text, SWB_NOTATION_POINTER);
      return;
    }

  print_family (text, address);
  if (print_decoded (text, address, length))
    {
      g_string_append_c (text, '}');
      if (says_all (text, from, address, length))
        return;

      g_string_truncate (text, from);
      print_family (text, address);
    }

  if (length > FAMILY_SIZE)
    print_raw (text, address, length);
  g_string_append_c (text, '}');
}

/* --- as arguments, with their lengths --- */

void
swb_print_address_in (GString *text, const SwbRecord *record)
{
  socklen_t length = record->address.length;

  if (length == 0)
    g_string_append (text, "NULL");
  else
    swb_print_sockaddr (text, &record->address, length);
  g_string_append_printf (text, ", %u", length);
}

/* "NULL", a pointer that was not followed, or a sockaddr. */
static gboolean
scan_address (SwbScanner *self, SwbAddress *address)
{
  return swb_scan (self, "NULL") || swb_scan (self, SWB_NOTATION_POINTER)
         || swb_scan_sockaddr (self, address);
}

static gboolean
set_length (SwbAddress *address, gint64 length)
{
  if (length < 0 || length > (gint64)sizeof address->storage)
    return FALSE;

  address->length = (socklen_t)length;
  return TRUE;
}

gboolean
swb_scan_address_in (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 length;

  return scan_address (self, &record->address) && swb_scan (self, ", ")
         && swb_scan_int32 (self, &length) && set_length (&record->address, length);
}

/* What the kernel gives back is cut to the room; its length is not. */
void
swb_print_address_out (GString *text, const SwbRecord *record)
{
  socklen_t length = record->address.length;
  socklen_t room = record->address_room;

  if (room == 0 && length == 0)
    g_string_append (text, "NULL, NULL");
  else if (swb_notation_has_failed (record))
    g_string_append_printf (text, SWB_NOTATION_POINTER ", [%d]", (int)room);
  else
    {
      swb_print_sockaddr (text, &record->address, MIN (length, room));
      if (length == room)
        g_string_append_printf (text, ", [%d]", (int)room);
      else
        g_string_append_printf (text, ", [%d => %d]", (int)room, (int)length);
    }
}

/* "[128]" or "[128 => 16]". */
gboolean
swb_scan_sizes (SwbScanner *self, gint64 *room, gint64 *length)
{
  if (!swb_scan (self, "[") || !swb_scan_int32 (self, room))
    return FALSE;

  *length = *room;
  if (swb_scan (self, " => ") && !swb_scan_int32 (self, length))
    return FALSE;

  return swb_scan (self, "]");
}

/* Of a call that failed "[128]" is the room alone; scan_call() takes the length away. */
gboolean
swb_scan_address_out (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 room, length;

  if (swb_scan (self, "NULL, NULL"))
    return TRUE;

  if (!scan_address (self, &record->address) || !swb_scan (self, ", ")
      || !swb_scan_sizes (self, &room, &length))
    return FALSE;

  record->address_room = (guint)room;
  record->address.length
      = (socklen_t)CLAMP (length, 0, (gint64)sizeof record->address.storage);
  return TRUE;
}
