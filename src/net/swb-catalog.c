/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-catalog.h"
#include "net/swb-catalog-table.h"

#include <glib/gi18n.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

/* One entry of the protocols database, with all its aliases, fits many times. */
#define PROTOCOL_BUFFER 4096

/* The lists of protocols, made at first use, kept for ever: pairs are in the order of
 * domains times types. */
typedef struct
{
  GArray **by_pair;
  GArray **by_domain;
  GArray *none; /* for any domain that the table lacks */
} Lists;

static char *
dup_database_name (int protocol)
{
  struct protoent entry, *found = NULL;
  char buffer[PROTOCOL_BUFFER];

  if (getprotobynumber_r (protocol, &entry, buffer, sizeof buffer, &found) == 0
      && found != NULL)
    return g_ascii_strup (found->p_name, -1);

  return NULL;
}

static const SwbProtocol *
find_protocol (int domain, int protocol)
{
  int space = swb_catalog_get_protocol_space (domain);

  for (guint i = 0; i < swb_catalog_n_protocols; i++)
    if (swb_catalog_protocols[i].domain == space
        && swb_catalog_protocols[i].value == protocol)
      return &swb_catalog_protocols[i];

  return NULL;
}

static char *
dup_protocol_name (int domain, int protocol)
{
  const SwbProtocol *row = find_protocol (domain, protocol);
  char *name = swb_catalog_get_protocol_space (domain) == AF_INET
                   ? dup_database_name (protocol)
                   : NULL;

  if (name != NULL)
    return name;

  return row != NULL ? g_strdup (row->word) : g_strdup_printf ("%d", protocol);
}

static const char *
find_constant (const SwbConstant *table, guint n, int value)
{
  for (guint i = 0; i < n; i++)
    if (table[i].value == value)
      return table[i].constant;

  return NULL;
}

static char *
print_constant (const char *constant, int value)
{
  return constant != NULL ? g_strdup (constant) : g_strdup_printf ("%d", value);
}

char *
swb_catalog_print_protocol (int domain, int protocol)
{
  const SwbProtocol *row = find_protocol (domain, protocol);

  return print_constant (row != NULL ? row->constant : NULL, protocol);
}

/* What protocol 0 stands for: the pair's default, or -1 where there is no name to it. */
static int
find_default (int domain, int type)
{
  const SwbTriple *row = swb_catalog_find_triple (domain, type, 0);

  return row != NULL ? row->protocol : -1;
}

static char *
dup_default_word (int domain, int type)
{
  int protocol = find_default (domain, type);
  g_autofree char *name = NULL;

  if (protocol == 0 && find_protocol (domain, 0) != NULL)
    return dup_protocol_name (domain, 0);
  if (protocol <= 0)
    return g_strdup (_ ("default"));

  name = dup_protocol_name (domain, protocol);
  /* Translators: protocol 0 means this protocol, such as TCP. */
  return g_strdup_printf (_ ("default: %s"), name);
}

static void
append_protocol (GArray *list, int domain, int protocol, char *word)
{
  SwbConstant row = {
    .value = protocol,
    .constant = swb_catalog_print_protocol (domain, protocol),
    .word = word,
  };

  g_array_append_val (list, row);
}

static gboolean
has_any (int domain, int type)
{
  for (guint i = 0; i < swb_catalog_n_triples; i++)
    if (swb_catalog_triples[i].domain == domain && swb_catalog_triples[i].type == type
        && swb_catalog_triples[i].protocol == SWB_PROTOCOL_ANY)
      return TRUE;

  return FALSE;
}

/* @type: -1 for any */
static gboolean
is_listed (int domain, int type, int protocol)
{
  if (type >= 0)
    return swb_catalog_find_triple (domain, type, protocol) != NULL;

  for (guint i = 0; i < swb_catalog_n_types; i++)
    if (swb_catalog_find_triple (domain, swb_catalog_types[i].value, protocol) != NULL
        && !has_any (domain, swb_catalog_types[i].value))
      return TRUE;

  /* A domain that takes any number has the protocols of its table. */
  return swb_catalog_get_protocol_space (domain) != AF_INET;
}

/* @type: -1 for all of the domain's */
static GArray *
make_list (int domain, int type)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (SwbConstant));
  int space = swb_catalog_get_protocol_space (domain);

  for (guint p = 0; p < swb_catalog_n_protocols; p++)
    {
      int protocol = swb_catalog_protocols[p].value;

      if (swb_catalog_protocols[p].domain == space && protocol != 0
          && is_listed (domain, type, protocol))
        append_protocol (list, domain, protocol, dup_protocol_name (domain, protocol));
    }

  if (type < 0 || list->len == 0 || swb_catalog_find_triple (domain, type, 0) != NULL)
    {
      SwbConstant zero
          = { 0, swb_catalog_print_protocol (domain, 0),
              type < 0 ? g_strdup (_ ("default")) : dup_default_word (domain, type) };

      g_array_prepend_val (list, zero);
    }

  return list;
}

static gpointer
make_lists (gpointer data)
{
  Lists *lists = g_new0 (Lists, 1);
  guint n_types = swb_catalog_n_types;

  lists->by_pair = g_new0 (GArray *, swb_catalog_n_domains * n_types);
  lists->by_domain = g_new0 (GArray *, swb_catalog_n_domains);
  lists->none = make_list (-1, -1);

  for (guint d = 0; d < swb_catalog_n_domains; d++)
    {
      int domain = swb_catalog_domains[d].value;

      lists->by_domain[d] = make_list (domain, -1);
      for (guint t = 0; t < n_types; t++)
        lists->by_pair[d * n_types + t] = make_list (domain, swb_catalog_types[t].value);
    }

  return lists;
}

static const Lists *
get_lists (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_lists, NULL);
}

static int
find_index (const SwbConstant *table, guint n, int value)
{
  for (guint i = 0; i < n; i++)
    if (table[i].value == value)
      return (int)i;

  return -1;
}

static const SwbConstant *
give (const GArray *list, guint *n)
{
  if (n != NULL)
    *n = list->len;

  return (const SwbConstant *)(gconstpointer)list->data;
}

const SwbConstant *
swb_catalog_get_domains (guint *n_domains)
{
  if (n_domains != NULL)
    *n_domains = swb_catalog_n_domains;

  return swb_catalog_domains;
}

const SwbConstant *
swb_catalog_get_types (guint *n_types)
{
  if (n_types != NULL)
    *n_types = swb_catalog_n_types;

  return swb_catalog_types;
}

const SwbConstant *
swb_catalog_get_protocols (int domain, int type, guint *n_protocols)
{
  int d = find_index (swb_catalog_domains, swb_catalog_n_domains, domain);
  int t = find_index (swb_catalog_types, swb_catalog_n_types, type);

  if (d < 0 || t < 0)
    return give (get_lists ()->none, n_protocols);

  return give (get_lists ()->by_pair[(guint)d * swb_catalog_n_types + (guint)t],
               n_protocols);
}

const SwbConstant *
swb_catalog_get_all_protocols (int domain, guint *n_protocols)
{
  int d = find_index (swb_catalog_domains, swb_catalog_n_domains, domain);

  return give (d < 0 ? get_lists ()->none : get_lists ()->by_domain[d], n_protocols);
}

gboolean
swb_catalog_is_legal (int domain, int type, int protocol)
{
  return swb_catalog_find_triple (domain, type, protocol) != NULL;
}

char *
swb_catalog_print_domain (int domain)
{
  return print_constant (find_constant (swb_catalog_domains, swb_catalog_n_domains, domain),
                         domain);
}

char *
swb_catalog_print_type (int type)
{
  return print_constant (find_constant (swb_catalog_types, swb_catalog_n_types, type),
                         type);
}

char *
swb_catalog_label_protocol (int domain, int type, int protocol)
{
  int meant = protocol == 0 ? find_default (domain, type) : protocol;
  g_autofree char *name = NULL;

  if (protocol == 0 && find_protocol (domain, 0) != NULL)
    return dup_protocol_name (domain, 0);
  if (meant <= 0)
    return g_strdup ("0");

  name = dup_protocol_name (domain, meant);
  return protocol == 0 ? g_strdup_printf ("0 · %s", name) : g_steal_pointer (&name);
}

gboolean
swb_catalog_is_datagram (int type)
{
  return type != SOCK_STREAM;
}

static gboolean
is_one_to_many (int domain, int type)
{
  return type == SOCK_SEQPACKET && swb_catalog_get_protocol_space (domain) == AF_INET;
}

gboolean
swb_catalog_has_connections (int domain, int type)
{
  if (type == SOCK_SEQPACKET)
    return !is_one_to_many (domain, type) && domain != AF_RDS && domain != AF_KCM;

  return type == SOCK_STREAM || type == SOCK_DCCP;
}

gboolean
swb_catalog_has_listen (int domain, int type)
{
  return swb_catalog_has_connections (domain, type) || is_one_to_many (domain, type);
}
