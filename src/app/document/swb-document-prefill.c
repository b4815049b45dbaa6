/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-document-private.h"

typedef struct
{
  char *bind;
  char *connect;
} Prefill;

static void
prefill_free (Prefill *prefill)
{
  g_free (prefill->bind);
  g_free (prefill->connect);
  g_free (prefill);
}

GHashTable *
swb_document_new_prefills (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify)prefill_free);
}

void
swb_document_prefill (SwbDocument *self, const char *pane_name, const char *bind,
                      const char *connect)
{
  Prefill *prefill;

  g_return_if_fail (SWB_IS_DOCUMENT (self));

  prefill = g_hash_table_lookup (self->prefills, pane_name);
  if (prefill == NULL)
    {
      prefill = g_new0 (Prefill, 1);
      g_hash_table_insert (self->prefills, g_strdup (pane_name), prefill);
    }
  if (bind != NULL && prefill->bind == NULL)
    prefill->bind = g_strdup (bind);
  if (connect != NULL && prefill->connect == NULL)
    prefill->connect = g_strdup (connect);
}

/* The first bind and the first connect of every pane: what the person sees before anything
 * was run. */
void
swb_document_collect_prefills (SwbDocument *self, SwbBenchFile *file)
{
  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (file, i);

      if (command->pane == NULL || command->address == NULL || command->connection != 0)
        continue;
      if (command->verb == SWB_VERB_BIND)
        swb_document_prefill (self, command->pane, command->address, NULL);
      else if (command->verb == SWB_VERB_CONNECT)
        swb_document_prefill (self, command->pane, NULL, command->address);
    }
}

void
swb_document_fill_view (SwbDocument *self, SwbPaneView *view)
{
  const char *name = swb_pane_get_name (swb_pane_view_get_pane (view));
  Prefill *prefill = g_hash_table_lookup (self->prefills, name);

  if (prefill == NULL)
    return;

  if (prefill->bind != NULL)
    swb_pane_view_set_bind_text (view, prefill->bind);
  if (prefill->connect != NULL)
    swb_pane_view_set_connect_text (view, prefill->connect);
  g_hash_table_remove (self->prefills, name);
}
