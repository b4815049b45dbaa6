/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-constants.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <string.h>

#include "net/swb-error.h"
#include "net/swb-option.h"
#include "net/swb-payload.h"

typedef struct
{
  int value;
  const char *name;
} Constant;

#define C(name)                                                                            \
  {                                                                                        \
    name, #name                                                                            \
  }

/* Beside those of net/swb-option.h, which are the ones to print. */
static const Constant levels[] = {
  C (SOL_IP),
  C (SOL_TCP),
  C (SOL_UDP),
  C (SOL_IPV6),
  C (SOL_RAW),
  C (IPPROTO_ICMP),
  C (IPPROTO_SCTP),
  C (IPPROTO_DCCP),
  /* Of these no option is known. */
  { 258, "SOL_ATALK" },
  C (SOL_DECNET),
  C (SOL_AAL),
  C (SOL_IRDA),
  C (SOL_NETBEUI),
  { 287, "SOL_VSOCK" },
};

static const Constant flags_table[] = {
  C (MSG_OOB),  C (MSG_PEEK),         C (MSG_DONTROUTE), C (MSG_TRUNC),    C (MSG_DONTWAIT),
  C (MSG_EOR),  C (MSG_WAITALL),      C (MSG_CONFIRM),   C (MSG_ERRQUEUE), C (MSG_NOSIGNAL),
  C (MSG_MORE), C (MSG_CMSG_CLOEXEC), C (MSG_FASTOPEN),  C (MSG_ZEROCOPY),
};

/* What POSIX calls options that have a name of Linux's own. */
static const Constant option_aliases[] = { C (IPV6_JOIN_GROUP), C (IPV6_LEAVE_GROUP) };

static const Constant requests[] = { C (FIONREAD), C (SIOCOUTQ), C (SIOCATMARK) };

static const Constant hows[] = { C (SHUT_RD), C (SHUT_WR), C (SHUT_RDWR) };

static char *
shorten (const char *text)
{
  return swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8, 40);
}

gboolean
swb_constants_parse_int (const char *text, int *value, GError **error)
{
  g_autofree char *shown = shorten (text);
  char *end = NULL;
  gint64 number;

  errno = 0;
  number = g_ascii_strtoll (text, &end, 0);
  if (!g_ascii_isdigit (text[0] == '-' ? text[1] : text[0]) || *end != '\0')
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX, _ ("“%s” is no number"), shown);
      return FALSE;
    }
  if (errno != 0 || number < G_MININT || number > (gint64)G_MAXUINT)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("“%s” does not fit an int"),
                   shown);
      return FALSE;
    }

  *value = (int)number;
  return TRUE;
}

static gboolean
parse_named (const Constant *table, guint n, const char *text, const char *what, int *value,
             GError **error)
{
  g_autofree char *shown = shorten (text);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (table[i].name, text))
      {
        *value = table[i].value;
        return TRUE;
      }
  if (g_ascii_isdigit (text[0]) || text[0] == '-')
    return swb_constants_parse_int (text, value, error);

  g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN, "%s: “%s”", what, shown);
  return FALSE;
}

static char *
print_named (const Constant *table, guint n, int value)
{
  for (guint i = 0; i < n; i++)
    if (table[i].value == value)
      return g_strdup (table[i].name);
  return g_strdup_printf ("%d", value);
}

gboolean
swb_constants_parse_level (const char *text, int *level, GError **error)
{
  guint n;
  const SwbOptionLevel *known = swb_option_get_levels (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (known[i].constant, text))
      {
        *level = known[i].level;
        return TRUE;
      }

  return parse_named (levels, G_N_ELEMENTS (levels), text,
                      _ ("No level of options has this name; SOL_SOCKET is one"), level,
                      error);
}

gboolean
swb_constants_parse_option (const char *text, int level, int *name, GError **error)
{
  const SwbOption *option = swb_option_find_constant (level, text);

  if (g_str_equal (text, "all"))
    {
      *name = SWB_OPTION_ALL;
      return TRUE;
    }
  if (option != NULL)
    {
      *name = option->name;
      return TRUE;
    }
  return parse_named (option_aliases, G_N_ELEMENTS (option_aliases), text,
                      _ ("This level has no option of this name; a number may stand here"),
                      name, error);
}

gboolean
swb_constants_parse_request (const char *text, int *request, GError **error)
{
  return parse_named (requests, G_N_ELEMENTS (requests), text,
                      _ ("This is none of FIONREAD, SIOCOUTQ, SIOCATMARK"), request, error);
}

gboolean
swb_constants_parse_how (const char *text, int *how, GError **error)
{
  return parse_named (hows, G_N_ELEMENTS (hows), text,
                      _ ("This is none of SHUT_RD, SHUT_WR, SHUT_RDWR"), how, error);
}

gboolean
swb_constants_parse_flags (const char *text, int *flags, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, "|", 64);
  int all = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      int flag;

      if (!parse_named (flags_table, G_N_ELEMENTS (flags_table), words[i],
                        _ ("No flag has this name; MSG_PEEK is one"), &flag, error))
        return FALSE;
      all |= flag;
    }

  *flags = all;
  return TRUE;
}

char *
swb_constants_print_level (int level)
{
  guint n;
  const SwbOptionLevel *known = swb_option_get_levels (&n);

  for (guint i = 0; i < n; i++)
    if (known[i].level == level)
      return g_strdup (known[i].constant);

  return print_named (levels, G_N_ELEMENTS (levels), level);
}

char *
swb_constants_print_option (int level, int name)
{
  const SwbOption *option = swb_option_find (level, name);

  if (name == SWB_OPTION_ALL)
    return g_strdup ("all");
  return option != NULL ? g_strdup (option->constant) : g_strdup_printf ("%d", name);
}

char *
swb_constants_print_request (int request)
{
  return print_named (requests, G_N_ELEMENTS (requests), request);
}

char *
swb_constants_print_how (int how)
{
  return print_named (hows, G_N_ELEMENTS (hows), how);
}

char *
swb_constants_print_flags (int flags)
{
  GString *text = g_string_new (NULL);
  unsigned int rest = (unsigned int)flags;

  for (guint i = 0; i < G_N_ELEMENTS (flags_table); i++)
    if (rest & (unsigned int)flags_table[i].value)
      {
        g_string_append_printf (text, "%s%s", text->len ? "|" : "", flags_table[i].name);
        rest &= ~(unsigned int)flags_table[i].value;
      }
  if (rest != 0 || text->len == 0)
    g_string_append_printf (text, "%s%#x", text->len ? "|" : "", rest);
  return g_string_free (text, FALSE);
}
