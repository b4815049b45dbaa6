/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-pane-maker.h"

#include <glib/gi18n.h>

#include "net/swb-catalog.h"

/* Loopback: a first experiment is nobody else's business. */
#define PAIR_ADDRESS "127.0.0.1:7000"
#define PAIR_SOCKET "swb-demo.sock"

static const SwbPanePair pairs[] = {
  { "tcp",
    { { AF_INET, SOCK_STREAM, 0, SWB_ROLE_SERVER, NULL },
      { AF_INET, SOCK_STREAM, 0, SWB_ROLE_CLIENT, NULL } } },
  { "udp",
    { { AF_INET, SOCK_DGRAM, 0, SWB_ROLE_SERVER, N_ ("UDP receiver") },
      { AF_INET, SOCK_DGRAM, 0, SWB_ROLE_CLIENT, N_ ("UDP sender") } } },
  { "unix",
    { { AF_UNIX, SOCK_STREAM, 0, SWB_ROLE_SERVER, NULL },
      { AF_UNIX, SOCK_STREAM, 0, SWB_ROLE_CLIENT, NULL } } },
};

static const char *
get_stem (SwbRole role)
{
  switch (role)
    {
    case SWB_ROLE_SERVER:
      return "server";
    case SWB_ROLE_CLIENT:
      return "client";
    case SWB_ROLE_PLAIN:
    default:
      return "sock"; /* "socket" is a verb */
    }
}

gboolean
swb_pane_maker_has_roles (int domain, int type)
{
  return domain != AF_NETLINK && domain != AF_PACKET && domain != AF_KEY && domain != AF_XDP
         && type != SOCK_RAW && type != SOCK_PACKET;
}

/* Of a protocol's word alone nobody knows these. */
static const char *
get_domain_word (int domain)
{
  switch (domain)
    {
    case AF_NETLINK:
      return "Netlink ";
    case AF_PACKET:
      return "Packet ";
    case AF_CAN:
      return "CAN ";
    default:
      return "";
    }
}

/* "0 · TCP" and "TCP" both mean TCP to a reader of the title. */
static char *
dup_protocol_word (const SwbPaneSpec *spec)
{
  g_autofree char *label = NULL;
  const char *dot;

  if (spec->domain == AF_UNIX)
    return g_strdup ("Unix");

  label = swb_catalog_label_protocol (spec->domain, spec->type, spec->protocol);
  dot = strstr (label, " · ");
  if (dot == NULL && g_str_equal (label, "0"))
    return swb_catalog_print_domain (spec->domain);
  return g_strconcat (get_domain_word (spec->domain),
                      dot != NULL ? dot + strlen (" · ") : label, NULL);
}

char *
swb_pane_maker_dup_title (const SwbPaneSpec *spec)
{
  g_autofree char *word = dup_protocol_word (spec);

  switch (spec->role)
    {
    case SWB_ROLE_SERVER:
      /* Translators: %s is a protocol: "TCP server" */
      return g_strdup_printf (_ ("%s server"), word);
    case SWB_ROLE_CLIENT:
      /* Translators: %s is a protocol: "TCP client" */
      return g_strdup_printf (_ ("%s client"), word);
    case SWB_ROLE_PLAIN:
    default:
      /* Translators: %s is a protocol: "TCP socket" */
      return g_strdup_printf (_ ("%s socket"), word);
    }
}

/* A second "TCP server" is called "TCP server 2", as its name is server2. */
static char *
dup_numbered_title (const SwbPaneSpec *spec, const char *name, const char *stem)
{
  g_autofree char *title
      = spec->title != NULL ? g_strdup (spec->title) : swb_pane_maker_dup_title (spec);

  if (g_str_has_prefix (name, stem) && name[strlen (stem)] != '\0' && spec->title == NULL)
    return g_strdup_printf ("%s %s", title, name + strlen (stem));
  return g_steal_pointer (&title);
}

gboolean
swb_pane_maker_make (SwbBench *bench, const SwbPaneSpec *spec, char **name, GError **error)
{
  const char *stem = get_stem (spec->role);
  g_autofree char *free_name = swb_bench_dup_free_name (bench, stem);
  g_autoptr (SwbCommand) command = swb_command_new (SWB_VERB_PANE, free_name, 0);

  command->numbers[0] = spec->domain;
  command->numbers[1] = spec->type;
  command->numbers[2] = spec->protocol;
  command->role = spec->role;
  command->has_role = TRUE;
  command->title = dup_numbered_title (spec, free_name, stem);
  if (swb_bench_run (bench, command, error) == 0)
    return FALSE;

  if (name != NULL)
    *name = g_steal_pointer (&free_name);
  return TRUE;
}

gboolean
swb_pane_maker_make_of_pair (SwbBench *bench, const SwbPanePair *pair, guint index,
                             char **name, GError **error)
{
  SwbPaneSpec spec = pair->panes[index];

  if (spec.title != NULL)
    spec.title = _ (spec.title);
  return swb_pane_maker_make (bench, &spec, name, error);
}

const SwbPanePair *
swb_pane_maker_find_pair (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_equal (pairs[i].id, id))
      return &pairs[i];
  return NULL;
}

char *
swb_pane_maker_dup_pair_address (const SwbPanePair *pair)
{
  if (pair->panes[0].domain == AF_UNIX)
    return g_build_filename (g_get_user_runtime_dir (), PAIR_SOCKET, NULL);
  return g_strdup (PAIR_ADDRESS);
}
