/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "net/swb-address-text.h"
#include "net/swb-escape.h"
#include "net/swb-option-group.h"
#include "net/swb-option-struct.h"
#include "net/swb-payload.h"

/* Values as text, from which swb_option_parse() makes the same bytes. */

static char *
print_int (const SwbOption *option, const guint8 *data)
{
  int value;

  memcpy (&value, data, sizeof value);
  if (option != NULL && option->type == SWB_OPTION_BOOL && (value == 0 || value == 1))
    return g_strdup (value ? "on" : "off");

  return g_strdup_printf ("%d", value);
}

/* In integers: a fraction of a double has the comma of the person's language. */
static char *
print_timeval (const guint8 *data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  struct timeval value;

  memcpy (&value, data, sizeof value);
  g_string_printf (text, "%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT, (gint64)value.tv_sec,
                   (gint64)value.tv_usec);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
  if (text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  return g_strconcat (text->str, "s", NULL);
}

static char *
print_linger (const guint8 *data)
{
  struct linger value;

  memcpy (&value, data, sizeof value);
  return g_strdup_printf ("%s %ds", value.l_onoff ? "on" : "off", value.l_linger);
}

static char *
print_quad (const guint8 *data)
{
  char quad[INET_ADDRSTRLEN];

  return g_strdup (inet_ntop (AF_INET, data, quad, sizeof quad));
}

static char *
print_membership (const guint8 *data)
{
  struct ip_mreqn value;
  g_autofree char *group = NULL, *own = NULL;

  memcpy (&value, data, sizeof value);
  group = print_quad ((const guint8 *)&value.imr_multiaddr);
  own = print_quad ((const guint8 *)&value.imr_address);
  if (value.imr_ifindex != 0)
    return g_strdup_printf ("%s %d", group, value.imr_ifindex);

  return g_strdup_printf ("%s %s", group, own);
}

static char *
print_source (const guint8 *data)
{
  struct ip_mreq_source value;
  g_autofree char *group = NULL, *own = NULL, *source = NULL;

  memcpy (&value, data, sizeof value);
  group = print_quad ((const guint8 *)&value.imr_multiaddr);
  own = print_quad ((const guint8 *)&value.imr_interface);
  source = print_quad ((const guint8 *)&value.imr_sourceaddr);
  return g_strdup_printf ("%s %s %s", group, own, source);
}

static char *
print_membership6 (const guint8 *data)
{
  struct ipv6_mreq value;
  char group[INET6_ADDRSTRLEN];

  memcpy (&value, data, sizeof value);
  inet_ntop (AF_INET6, &value.ipv6mr_multiaddr, group, sizeof group);
  return g_strdup_printf ("%s %u", group, value.ipv6mr_interface);
}

/* Credentials are only read; a person knows them by these words. */
static char *
print_credentials (const guint8 *data)
{
  struct ucred value;

  memcpy (&value, data, sizeof value);
  return g_strdup_printf ("pid %d uid %u gid %u", value.pid, value.uid, value.gid);
}

static char *
print_text (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup (length > 0 ? (const char *)data : "", length);

  /* The kernel pads with NULs. */
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!swb_escape_is_plain (g_utf8_get_char (at)))
      return NULL;

  return g_steal_pointer (&text);
}

static char *
print_uint64 (const guint8 *data)
{
  guint64 number;

  memcpy (&number, data, sizeof number);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

static char *
print_group (const guint8 *data)
{
  return swb_option_print_group (data, FALSE);
}

static char *
print_group_source (const guint8 *data)
{
  return swb_option_print_group (data, TRUE);
}

/* Types that are structs of one length. */
static const struct
{
  gsize length;
  char *(*print) (const guint8 *data);
} structs[] = {
  [SWB_OPTION_UINT64] = { sizeof (guint64), print_uint64 },
  [SWB_OPTION_TIMEVAL] = { sizeof (struct timeval), print_timeval },
  [SWB_OPTION_LINGER] = { sizeof (struct linger), print_linger },
  [SWB_OPTION_QUAD] = { sizeof (struct in_addr), print_quad },
  [SWB_OPTION_MEMBERSHIP] = { sizeof (struct ip_mreqn), print_membership },
  [SWB_OPTION_SOURCE] = { sizeof (struct ip_mreq_source), print_source },
  [SWB_OPTION_MEMBERSHIP6] = { sizeof (struct ipv6_mreq), print_membership6 },
  [SWB_OPTION_GROUP] = { sizeof (struct group_req), print_group },
  [SWB_OPTION_GROUP_SOURCE] = { sizeof (struct group_source_req), print_group_source },
  [SWB_OPTION_CREDENTIALS] = { sizeof (struct ucred), print_credentials },
};

/* (nullable): the form of the option's own type, if the length is right for it. */
static char *
print_typed (const SwbOption *option, const guint8 *data, gsize length)
{
  SwbOptionType type = option != NULL ? option->type : SWB_OPTION_INT;

  if (type == SWB_OPTION_TEXT)
    return print_text (data, length);
  if (type == SWB_OPTION_STRUCT)
    return swb_option_struct_print (option, data, length);
  if (type == SWB_OPTION_BOOL || type == SWB_OPTION_INT)
    return length == sizeof (int) ? print_int (option, data) : NULL;

  return type < G_N_ELEMENTS (structs) && length == structs[type].length
                 && structs[type].print != NULL
             ? structs[type].print (data)
             : NULL;
}

static gboolean
reads_back (const SwbOption *option, const char *text, const guint8 *data, gsize length)
{
  g_autoptr (GBytes) given = g_bytes_new_static (data, length);
  g_autoptr (GBytes) back = NULL;

  if (option != NULL
      && (option->type == SWB_OPTION_CREDENTIALS || option->type == SWB_OPTION_TEXT))
    return TRUE;

  back = swb_option_parse (option, text, NULL);
  return back != NULL && g_bytes_equal (back, given);
}

char *
swb_option_print (const SwbOption *option, const guint8 *data, gsize length)
{
  g_autofree char *text = NULL;
  g_autofree char *hex = NULL;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  text = print_typed (option, data, length);
  if (text != NULL && reads_back (option, text, data, length))
    return g_steal_pointer (&text);

  hex = swb_payload_print_hex (data, length, " ");
  return g_strconcat (SWB_ADDRESS_RAW_PREFIX, hex, NULL);
}
