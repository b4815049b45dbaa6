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
#include <sys/socket.h>

#include <string.h>

#include "net/swb-error.h"
#include "net/swb-payload.h"

typedef struct
{
  int value;
  const char *name;
} Constant;

typedef struct
{
  int level;
  Constant constant;
} Option;

#define C(name)                                                                            \
  {                                                                                        \
    name, #name                                                                            \
  }

/* Where a value has two names, the one to print comes first. */
static const Constant levels[] = {
  C (SOL_SOCKET),      C (IPPROTO_IP),   C (SOL_IP),       C (IPPROTO_TCP),
  C (SOL_TCP),         C (IPPROTO_UDP),  C (SOL_UDP),      C (IPPROTO_IPV6),
  C (SOL_IPV6),        C (IPPROTO_ICMP), C (IPPROTO_SCTP), C (IPPROTO_DCCP),
  C (IPPROTO_UDPLITE),
};

static const Constant flags_table[] = {
  C (MSG_OOB),  C (MSG_PEEK),         C (MSG_DONTROUTE), C (MSG_TRUNC),    C (MSG_DONTWAIT),
  C (MSG_EOR),  C (MSG_WAITALL),      C (MSG_CONFIRM),   C (MSG_ERRQUEUE), C (MSG_NOSIGNAL),
  C (MSG_MORE), C (MSG_CMSG_CLOEXEC), C (MSG_FASTOPEN),  C (MSG_ZEROCOPY),
};

static const Constant hows[] = { C (SHUT_RD), C (SHUT_WR), C (SHUT_RDWR) };

#define S(name)                                                                            \
  {                                                                                        \
    SOL_SOCKET, { name, #name }                                                            \
  }
#define I(name)                                                                            \
  {                                                                                        \
    IPPROTO_IP, { name, #name }                                                            \
  }
#define T(name)                                                                            \
  {                                                                                        \
    IPPROTO_TCP, { name, #name }                                                           \
  }
#define V(name)                                                                            \
  {                                                                                        \
    IPPROTO_IPV6, { name, #name }                                                          \
  }

static const Option options[] = {
  S (SO_REUSEADDR),
  S (SO_REUSEPORT),
  S (SO_KEEPALIVE),
  S (SO_BROADCAST),
  S (SO_LINGER),
  S (SO_SNDBUF),
  S (SO_RCVBUF),
  S (SO_RCVBUFFORCE),
  S (SO_RXQ_OVFL),
  S (SO_TIMESTAMPNS),
  S (SO_SNDTIMEO),
  S (SO_RCVTIMEO),
  S (SO_ERROR),
  S (SO_TYPE),
  S (SO_DOMAIN),
  S (SO_PROTOCOL),
  S (SO_ACCEPTCONN),
  S (SO_OOBINLINE),
  S (SO_DONTROUTE),
  S (SO_PRIORITY),
  S (SO_PASSCRED),
  S (SO_PEERCRED),
  S (SO_BINDTODEVICE),
  S (SO_MARK),
  S (SO_RCVLOWAT),
  S (SO_SNDLOWAT),
  S (SO_TIMESTAMP),
  S (SO_INCOMING_CPU),
  S (SO_ZEROCOPY),
  S (SO_BUSY_POLL),
  S (SO_DEBUG),
  I (IP_TOS),
  I (IP_TTL),
  I (IP_RECVERR),
  I (IP_RECVTTL),
  I (IP_RECVTOS),
  I (IP_PKTINFO),
  I (IP_MTU),
  I (IP_MTU_DISCOVER),
  I (IP_FREEBIND),
  I (IP_MULTICAST_TTL),
  I (IP_MULTICAST_LOOP),
  I (IP_MULTICAST_IF),
  I (IP_TRANSPARENT),
  I (IP_ADD_MEMBERSHIP),
  I (IP_DROP_MEMBERSHIP),
  I (IP_BIND_ADDRESS_NO_PORT),
  T (TCP_NODELAY),
  T (TCP_MAXSEG),
  T (TCP_CORK),
  T (TCP_KEEPIDLE),
  T (TCP_KEEPINTVL),
  T (TCP_KEEPCNT),
  T (TCP_SYNCNT),
  T (TCP_LINGER2),
  T (TCP_DEFER_ACCEPT),
  T (TCP_WINDOW_CLAMP),
  T (TCP_INFO),
  T (TCP_QUICKACK),
  T (TCP_CONGESTION),
  T (TCP_USER_TIMEOUT),
  T (TCP_FASTOPEN),
  T (TCP_NOTSENT_LOWAT),
  V (IPV6_V6ONLY),
  V (IPV6_UNICAST_HOPS),
  V (IPV6_MULTICAST_HOPS),
  V (IPV6_MULTICAST_LOOP),
  V (IPV6_MULTICAST_IF),
  V (IPV6_RECVPKTINFO),
  V (IPV6_RECVERR),
  V (IPV6_RECVHOPLIMIT),
  V (IPV6_RECVTCLASS),
  V (IPV6_MTU),
  V (IPV6_TCLASS),
  V (IPV6_JOIN_GROUP),
  V (IPV6_LEAVE_GROUP),
  { IPPROTO_UDP, { UDP_CORK, "UDP_CORK" } },
};

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
  return parse_named (levels, G_N_ELEMENTS (levels), text,
                      _ ("No level of options has this name; SOL_SOCKET is one"), level,
                      error);
}

gboolean
swb_constants_parse_option (const char *text, int level, int *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].level == level && g_str_equal (options[i].constant.name, text))
      {
        *name = options[i].constant.value;
        return TRUE;
      }
  return parse_named (NULL, 0, text,
                      _ ("This level has no option of this name; a number may stand here"),
                      name, error);
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
  return print_named (levels, G_N_ELEMENTS (levels), level);
}

char *
swb_constants_print_option (int level, int name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].level == level && options[i].constant.value == name)
      return g_strdup (options[i].constant.name);
  return g_strdup_printf ("%d", name);
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
