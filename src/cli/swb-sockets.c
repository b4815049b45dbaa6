/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-cli.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "engine/swb-probe.h"
#include "net/swb-errno.h"

/* One triple of the catalog and the kernel's answer. */
typedef struct
{
  const SwbConstant *domain;
  const SwbConstant *type;
  int protocol;
  int error;
} Row;

static void
append_row (GArray *rows, const SwbConstant *domain, const SwbConstant *type, int protocol)
{
  Row row = { domain, type, protocol, 0 };

  row.error = swb_probe_get (domain->value, type->value, protocol);
  g_array_append_val (rows, row);
}

/* Each triple that Linux defines; of a domain that it has no more, one. */
static void
append_domain (GArray *rows, const SwbConstant *domain)
{
  guint n_types, n_protocols, n_before = rows->len;
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  for (guint t = 0; t < n_types; t++)
    {
      const SwbConstant *protocols
          = swb_catalog_get_protocols (domain->value, types[t].value, &n_protocols);

      for (guint p = 0; p < n_protocols; p++)
        if (swb_catalog_is_legal (domain->value, types[t].value, protocols[p].value))
          append_row (rows, domain, &types[t], protocols[p].value);
    }
  if (rows->len == n_before)
    append_row (rows, domain, &types[0], 0);
}

static GArray *
make_rows (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  guint n_domains;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);

  for (guint d = 0; d < n_domains; d++)
    append_domain (rows, &domains[d]);
  return rows;
}

static char *
print_answer (const Row *row)
{
  return g_strdup (row->error == 0 ? "ok" : swb_errno_name (row->error));
}

static void
print_table (GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      g_autofree char *protocol
          = swb_catalog_print_protocol (row->domain->value, row->protocol);
      g_autofree char *answer = print_answer (row);
      g_autofree char *sentence = swb_catalog_explain (row->domain->value, row->type->value,
                                                       row->protocol, row->error);

      g_print ("%-13s  %-14s  %-22s  %-15s  %s\n", row->domain->constant,
               row->type->constant, protocol, answer, sentence);
    }
}

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_row (JsonBuilder *builder, const Row *row)
{
  g_autofree char *protocol
      = swb_catalog_print_protocol (row->domain->value, row->protocol);
  g_autofree char *sentence = swb_catalog_explain (row->domain->value, row->type->value,
                                                   row->protocol, row->error);

  json_builder_begin_object (builder);
  add_member (builder, "domain", row->domain->constant);
  add_member (builder, "type", row->type->constant);
  add_member (builder, "protocol", protocol);
  json_builder_set_member_name (builder, "available");
  json_builder_add_boolean_value (builder, row->error == 0);
  if (row->error != 0)
    add_member (builder, "error", swb_errno_name (row->error));
  add_member (builder, "message", sentence);
  json_builder_end_object (builder);
}

static void
print_json (GArray *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    add_row (builder, &g_array_index (rows, Row, i));
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

int
swb_cli_sockets (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print a JSON array"), NULL },
    { 0 },
  };
  g_autoptr (GArray) rows = NULL;

  if (!swb_cli_parse_options (
          entries, "sockets", NULL,
          _ ("Asks this kernel for every socket of the catalog, and prints "
             "its answers."),
          &argc, &argv))
    return SWB_EXIT_WRONG;
  if (argc > 1)
    {
      g_printerr (_ ("swb sockets: “%s” is not understood\n"), argv[1]);
      return SWB_EXIT_WRONG;
    }

  swb_probe_run ();
  rows = make_rows ();
  if (json)
    print_json (rows);
  else
    print_table (rows);
  return SWB_EXIT_HELD;
}
