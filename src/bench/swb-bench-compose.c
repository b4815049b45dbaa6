/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-file-private.h"

#include <string.h>

typedef struct
{
  SwbBench *bench;
  SwbBenchFile *loaded; /* nullable */
  GPtrArray *drafts;    /* SwbCommand; NULL where one has been used */
  GString *text;
} Composer;

static void
clear_command (gpointer command)
{
  swb_command_free (command);
}

/* Nobody put the pane there. */
static gboolean
is_arrival (SwbBench *bench, const char *name)
{
  SwbPane *pane = name != NULL ? swb_bench_find_pane (bench, name) : NULL;

  return pane != NULL && swb_bench_is_arrival (bench, pane);
}

static GPtrArray *
parse_drafts (SwbBench *bench, GPtrArray *lines)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (clear_command);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      g_autoptr (SwbCommand) command = swb_command_parse (lines->pdata[i], NULL, NULL);

      if (command != NULL && !is_arrival (bench, command->pane))
        g_ptr_array_add (drafts, g_steal_pointer (&command));
    }
  return drafts;
}

/* (transfer full) (nullable): the draft for this pane and verb, which is used up. */
static SwbCommand *
steal_draft (Composer *self, const char *pane, SwbVerb verb)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      SwbCommand *draft = self->drafts->pdata[i];

      if (draft != NULL && draft->verb == verb && g_strcmp0 (draft->pane, pane) == 0)
        {
          self->drafts->pdata[i] = NULL;
          return draft;
        }
    }
  return NULL;
}

static void
append_line (Composer *self, const char *line)
{
  g_string_append (self->text, line);
  g_string_append_c (self->text, '\n');
}

static void
append_command (Composer *self, const SwbCommand *command)
{
  g_autofree char *line = swb_command_print (command);

  append_line (self, line);
}

/* --- what the file had --- */

gboolean
swb_bench_file_makes_pane (SwbBenchFile *self, const char *name)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      const SwbCommand *command = self->commands->pdata[i];

      if (command->verb == SWB_VERB_PANE && g_str_equal (command->pane, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_loaded (Composer *self, const char *name)
{
  return self->loaded != NULL && swb_bench_file_makes_pane (self->loaded, name);
}

/* A title that was changed since takes the place of the old one in its line. */
static void
append_loaded_pane (Composer *self, const SwbBenchLine *line)
{
  SwbPane *pane = swb_bench_find_pane (self->bench, line->command->pane);
  g_autoptr (SwbCommand) now = swb_pane_new_command (pane, line->command->pane);
  g_autoptr (SwbCommand) changed = swb_command_copy (line->command);

  if (g_strcmp0 (now->title, changed->title) == 0)
    {
      append_line (self, line->text);
      return;
    }
  g_free (changed->title);
  changed->title = g_steal_pointer (&now->title);
  append_command (self, changed);
}

/* An address that was typed over since takes the place of the old one in its line. */
static void
append_loaded (Composer *self, const SwbBenchLine *line)
{
  const SwbCommand *command = line->command;
  g_autoptr (SwbCommand) draft = NULL;
  g_autoptr (SwbCommand) changed = NULL;

  if (swb_command_is_receive_buffer (command))
    {
      SwbPane *pane = swb_bench_find_pane (self->bench, command->pane);
      g_autofree char *present = swb_pane_dup_receive_line (pane);

      append_line (self, present != NULL ? present : line->text);
      return;
    }
  if (command->verb == SWB_VERB_BIND || command->verb == SWB_VERB_CONNECT)
    draft = steal_draft (self, command->pane, command->verb);
  if (draft == NULL || g_strcmp0 (draft->address, command->address) == 0)
    {
      append_line (self, line->text);
      return;
    }

  changed = swb_command_copy (command);
  g_free (changed->address);
  changed->address = g_strdup (draft->address);
  append_command (self, changed);
}

static void
append_file (Composer *self)
{
  for (guint i = 0; i < self->loaded->lines->len; i++)
    {
      const SwbBenchLine *line = self->loaded->lines->pdata[i];
      const SwbCommand *command = line->command;

      if (command == NULL)
        append_line (self, line->text);
      else if ((command->pane == NULL || swb_bench_find_pane (self->bench, command->pane))
               && (command->other == NULL
                   || swb_bench_find_pane (self->bench, command->other)))
        {
          if (command->verb == SWB_VERB_PANE)
            append_loaded_pane (self, line);
          else
            append_loaded (self, line);
        }
    }
}

/* --- panes that were made since --- */

static void
append_pane (Composer *self, SwbPane *pane)
{
  g_autoptr (SwbCommand) command = swb_pane_new_command (pane, swb_pane_get_name (pane));

  append_command (self, command);
}

static void
append_mode (Composer *self, SwbPane *pane, SwbVerb verb)
{
  g_autoptr (SwbCommand) command
      = swb_command_new (verb, swb_pane_get_name (pane), SWB_CONNECTION_NONE);

  if (verb == SWB_VERB_RECV_MODE && swb_pane_get_recv_auto (pane))
    swb_pane_get_recv_mode (pane, command->numbers);
  append_command (self, command);
}

static gboolean
receives_otherwise (SwbPane *pane)
{
  int numbers[3];

  swb_pane_get_recv_mode (pane, numbers);
  return !swb_pane_get_recv_auto (pane) || numbers[0] != TRUE || numbers[1] != 0
         || numbers[2] != 0;
}

/* Asked for before bind: the kernel queues from then on. */
static void
append_receive_buffer (Composer *self, SwbPane *pane)
{
  g_autofree char *line = swb_pane_dup_receive_line (pane);

  if (line != NULL)
    append_line (self, line);
}

static void
append_reply (Composer *self, SwbPane *pane)
{
  g_autoptr (SwbCommand) draft
      = steal_draft (self, swb_pane_get_name (pane), SWB_VERB_REPLY);
  g_autofree char *line = swb_pane_dup_reply_line (pane);

  if (draft != NULL)
    append_command (self, draft);
  else if (line != NULL && swb_pane_get_reply (pane) != SWB_REPLY_NONE)
    append_line (self, line);
}

static void
append_addressed (Composer *self, SwbPane *pane, SwbVerb verb, char *address)
{
  SwbCommand *command = steal_draft (self, swb_pane_get_name (pane), verb);

  if (command == NULL && address != NULL)
    {
      command = swb_command_new (verb, swb_pane_get_name (pane), SWB_CONNECTION_NONE);
      command->address = g_strdup (address);
    }
  if (command != NULL)
    append_command (self, command);
  swb_command_free (command);
  g_free (address);
}

static void
append_listen (Composer *self, SwbPane *pane)
{
  SwbCommand *command = steal_draft (self, swb_pane_get_name (pane), SWB_VERB_LISTEN);

  if (command == NULL && swb_pane_get_state (pane) == SWB_STATE_LISTENING)
    {
      command = swb_command_new (SWB_VERB_LISTEN, swb_pane_get_name (pane),
                                 SWB_CONNECTION_NONE);
      command->numbers[0] = SOMAXCONN;
    }
  if (command != NULL)
    append_command (self, command);
  swb_command_free (command);
}

/* Before bind: that is when most of them count. The receive buffer has its line already. */
static void
append_options (Composer *self, SwbPane *pane)
{
  g_autoptr (GPtrArray) lines = swb_pane_dup_option_lines (pane);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (SwbCommand) command = swb_command_parse (lines->pdata[i], NULL, NULL);

      if (!swb_command_is_receive_buffer (command))
        append_line (self, lines->pdata[i]);
    }
}

static void
append_begin (Composer *self, SwbPane *pane)
{
  if (!swb_pane_get_accept_auto (pane))
    append_mode (self, pane, SWB_VERB_ACCEPT_MODE);
  if (receives_otherwise (pane))
    append_mode (self, pane, SWB_VERB_RECV_MODE);
  append_receive_buffer (self, pane);
  append_reply (self, pane);
  append_options (self, pane);
  append_addressed (self, pane, SWB_VERB_BIND, swb_pane_dup_bind_text (pane));
  append_listen (self, pane);
}

/* All panes bind and listen before the first connects. */
static void
append_new_panes (Composer *self)
{
  g_autoptr (GPtrArray) panes = g_ptr_array_new ();
  GListModel *model = swb_bench_get_panes (self->bench);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SwbPane) pane = g_list_model_get_item (model, i);

      if (!is_loaded (self, swb_pane_get_name (pane))
          && !swb_bench_is_arrival (self->bench, pane))
        g_ptr_array_add (panes, pane); /* the model keeps it */
    }

  for (guint i = 0; i < panes->len; i++)
    append_pane (self, panes->pdata[i]);
  for (guint i = 0; i < panes->len; i++)
    append_begin (self, panes->pdata[i]);
  for (guint i = 0; i < panes->len; i++)
    append_addressed (self, panes->pdata[i], SWB_VERB_CONNECT,
                      swb_pane_dup_connect_text (panes->pdata[i]));
}

static void
append_drafts (Composer *self)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      const SwbCommand *draft = self->drafts->pdata[i];

      if (draft != NULL
          && (draft->pane == NULL || swb_bench_find_pane (self->bench, draft->pane)))
        append_command (self, draft);
    }
}

char *
swb_bench_file_dup_text (SwbBenchFile *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const SwbBenchLine *line = self->lines->pdata[i];

      g_string_append_printf (text, "%s\n", line->text);
    }
  return g_string_free (text, FALSE);
}

char *
swb_bench_file_compose (SwbBench *bench, SwbBenchFile *loaded, GPtrArray *drafts)
{
  g_autoptr (GPtrArray) parsed = parse_drafts (bench, drafts);
  Composer self = { .bench = bench, .loaded = loaded, .drafts = parsed };

  g_return_val_if_fail (SWB_IS_BENCH (bench), NULL);

  self.text = g_string_new (NULL);
  if (loaded != NULL)
    append_file (&self);
  append_new_panes (&self);
  append_drafts (&self);
  return g_string_free (self.text, FALSE);
}
