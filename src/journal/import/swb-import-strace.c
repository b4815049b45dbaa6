/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-strace.h"

#include <string.h>

#include <glib/gi18n.h>

/* Beginnings of calls whose ends are still to come, of all processes. */
#define UNFINISHED_MAX (64u * 1024 * 1024)

gboolean
swb_import_strace_note (SwbImportStrace *self, SwbTraced *traced, const char *text,
                        gssize length, GError **error)
{
  SwbRecord record = {
    .time_ns = self->wall_ns,
    .kind = SWB_RECORD_NOTE,
    .origin = SWB_ORIGIN_ENGINE,
    .note = SWB_NOTE_TEXT,
    .pane = traced != NULL ? traced->pane : 0,
    .connection = traced != NULL ? traced->connection : 0,
    .fd = -1,
    .data = (const guint8 *)text,
    .n_data = length < 0 ? strlen (text) : (gsize)length,
  };

  return swb_import_sockets_append (self->sockets, &record, error);
}

/* --- halves of calls --- */

static gboolean
makes_process (const char *call)
{
  return g_str_has_prefix (call, "clone") || g_str_has_prefix (call, "fork(")
         || g_str_has_prefix (call, "vfork(");
}

static void
forget_unfinished (SwbImportStrace *self, SwbTracedProcess *process)
{
  if (process->unfinished == NULL)
    return;

  self->n_unfinished -= strlen (process->unfinished);
  if (makes_process (process->unfinished))
    g_queue_unlink (&self->making, &process->making);
  g_clear_pointer (&process->unfinished, g_free);
}

/* A call whose end the log does not have. */
static gboolean
give_up_unfinished (SwbImportStrace *self, SwbTracedProcess *process, GError **error)
{
  gint64 wall_ns = self->wall_ns;
  g_autofree char *text = NULL;

  if (process->unfinished == NULL)
    return TRUE;

  text = g_strdup_printf ("%s <unfinished ...>", process->unfinished);
  self->wall_ns = process->unfinished_ns;
  forget_unfinished (self, process);
  gboolean noted = swb_import_strace_note (self, NULL, text, -1, error);
  self->wall_ns = wall_ns;
  return noted;
}

static gboolean
take_unfinished (SwbImportStrace *self, SwbTracedProcess *process,
                 const SwbStraceLine *line, GError **error)
{
  if (!give_up_unfinished (self, process, error))
    return FALSE;
  if (self->n_unfinished + line->n_body > UNFINISHED_MAX)
    return swb_import_strace_note (self, NULL, line->body, (gssize)line->n_body, error);

  process->unfinished = g_strndup (line->body, line->n_body);
  process->unfinished_ns = line->wall_ns;
  self->n_unfinished += strlen (process->unfinished);
  if (makes_process (process->unfinished))
    {
      process->making.data = process;
      g_queue_push_tail_link (&self->making, &process->making);
    }
  return TRUE;
}

static gboolean
take_resumed (SwbImportStrace *self, SwbTracedProcess *process, const SwbStraceLine *line,
              GError **error)
{
  g_autofree char *whole = NULL;

  if (process->unfinished == NULL)
    return swb_import_strace_note (self, NULL, (const char *)self->import->line->data, -1,
                                   error);

  whole = g_strconcat (process->unfinished, line->body, NULL);
  self->wall_ns = process->unfinished_ns;
  forget_unfinished (self, process);
  return swb_import_strace_call (self, process, whole, error);
}

/* --- processes --- */

/* A process of which nothing was heard is the child of one that is about to have one. */
static SwbTracedProcess *
find_process (SwbImportStrace *self, const SwbStraceLine *line)
{
  SwbTracedProcess *process, *parent;

  /* strace names the process only while there are several. */
  if (line->pid == 0 && self->last_pid > 0)
    {
      process = swb_import_sockets_get_only_process (self->sockets);
      if (process != NULL)
        return process;
    }

  if (line->pid != self->last_pid && swb_import_sockets_is_new (self->sockets, line->pid))
    {
      parent = g_queue_peek_tail (&self->making);
      if (parent != NULL)
        swb_import_sockets_fork (self->sockets, parent, line->pid,
                                 strstr (parent->unfinished, "CLONE_FILES") != NULL);
    }

  self->last_pid = line->pid;
  process = swb_import_sockets_get_process (self->sockets, line->pid);
  if (process != NULL && line->comm != NULL)
    swb_import_sockets_set_comm (process, line->comm, line->n_comm);
  return process;
}

/* --- lines --- */

static gboolean
check_time (SwbImportStrace *self, const SwbStraceLine *line, GError **error)
{
  gsize column = (gsize)(line->body - (const char *)self->import->line->data) + 1;

  switch (line->time)
    {
    case SWB_STRACE_WALL:
      self->wall_ns = line->wall_ns;
      return TRUE;
    case SWB_STRACE_CLOCK:
      return swb_import_fail_at_column (
          self->import, column, error,
          _ ("the time has no date; make the log with strace -ttt (best: strace -f -ttt -T "
             "-xx -s 65535 -e trace=network)"));
    case SWB_STRACE_RELATIVE:
      return swb_import_fail_at_column (
          self->import, column, error,
          _ ("the time is relative; make the log with strace -ttt instead of -r (best: "
             "strace -f -ttt -T -xx -s 65535 -e trace=network)"));
    case SWB_STRACE_NO_TIME:
    default:
      return swb_import_fail_at_column (
          self->import, column, error,
          _ ("there is no time; make the log with strace -ttt (best: strace -f -ttt -T -xx "
             "-s 65535 -e trace=network)"));
    }
}

/* Without -o the program's own output stands between the lines of strace. */
static gboolean
take_foreign (SwbImportStrace *self, GError **error)
{
  const char *text = (const char *)self->import->line->data;
  gsize length = self->import->line->len - 1;

  for (gsize i = 0; i < length; i++)
    if ((guchar)text[i] < ' ' && text[i] != '\t' && text[i] != '\x1b')
      return swb_import_fail_at_column (self->import, i + 1, error,
                                        _ ("this is no line of strace"));
  if (length == 0)
    return TRUE;
  if (self->import->has_base || self->wall_ns != 0)
    return swb_import_strace_note (self, NULL, text, (gssize)length, error);

  /* There is no time yet that it could have. */
  if (self->early->len < 64 * 1024)
    g_string_append_printf (self->early, "%s%s", self->early->len > 0 ? "\n" : "", text);
  return TRUE;
}

/* A line without its time, which the note has. */
static gboolean
note_line (SwbImportStrace *self, const SwbTracedProcess *process,
           const SwbStraceLine *line, GError **error)
{
  g_autofree char *text
      = g_strdup_printf ("%" G_GINT64_FORMAT " %s", process->pid, line->body);

  return swb_import_strace_note (self, NULL, process->pid != 0 ? text : line->body, -1,
                                 error);
}

static gboolean
end_process (SwbImportStrace *self, SwbTracedProcess *process, const SwbStraceLine *line,
             GError **error)
{
  if (!give_up_unfinished (self, process, error) || !note_line (self, process, line, error))
    return FALSE;

  swb_import_sockets_exit (self->sockets, process);
  return TRUE;
}

static gboolean
take_line (SwbImportStrace *self, const SwbStraceLine *line, GError **error)
{
  SwbTracedProcess *process;

  if (!check_time (self, line, error))
    return FALSE;
  if (self->early->len > 0)
    {
      gboolean noted = swb_import_strace_note (self, NULL, self->early->str, -1, error);

      g_string_truncate (self->early, 0);
      if (!noted)
        return FALSE;
    }

  process = find_process (self, line);
  if (process == NULL)
    return swb_import_fail_at_column (self->import, 1, error,
                                      _ ("there are more processes than can be followed"));

  switch (line->kind)
    {
    case SWB_STRACE_CALL:
      return swb_import_strace_call (self, process, line->body, error);
    case SWB_STRACE_UNFINISHED:
      return take_unfinished (self, process, line, error);
    case SWB_STRACE_RESUMED:
      return take_resumed (self, process, line, error);
    case SWB_STRACE_EXIT:
      return end_process (self, process, line, error);
    case SWB_STRACE_SIGNAL:
    case SWB_STRACE_REMARK:
    default:
      return note_line (self, process, line, error);
    }
}

static gboolean
check_bytes (SwbImport *import, GError **error)
{
  const guint8 *nul = memchr (import->line->data, '\0', import->line->len);
  gsize at = (gsize)(nul - import->line->data);

  return at + 1 == import->line->len
         || swb_import_fail_at_column (import, at + 1, error,
                                       _ ("a zero byte is in the line"));
}

static gboolean
read_lines (SwbImportStrace *self, GError **error)
{
  SwbImport *import = self->import;
  int got;

  while ((got = swb_import_read_line (import, error)) > 0)
    {
      SwbStraceLine line;

      if (!check_bytes (import, error))
        return FALSE;
      if (!swb_strace_split ((const char *)import->line->data, &line)
          || line.kind == SWB_STRACE_REMARK)
        {
          if (!take_foreign (self, error))
            return FALSE;
        }
      else if (!take_line (self, &line, error))
        return FALSE;
      if (!swb_import_look (import, import->line_number, error))
        return FALSE;
    }
  return got == 0;
}

static void
collect_process (gpointer key, gpointer value, gpointer user_data)
{
  g_ptr_array_add (user_data, value);
}

static gboolean
end_log (SwbImportStrace *self, GError **error)
{
  g_autoptr (GPtrArray) processes = g_ptr_array_new ();

  swb_import_sockets_foreach_process (self->sockets, collect_process, processes);
  for (guint i = 0; i < processes->len; i++)
    if (!give_up_unfinished (self, processes->pdata[i], error))
      return FALSE;

  if (self->n_missing > 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_missing);
      g_autofree char *text = g_strdup_printf (
          _ ("%s bytes that were sent or received are not in the log: -s was too small."),
          number);

      if (!swb_import_sockets_flush (self->sockets, error)
          || !swb_import_append_note (self->import, SWB_NOTE_GAP, self->wall_ns, 0, 0,
                                      (gint64)self->n_missing, text, -1, error))
        return FALSE;
    }
  return swb_import_sockets_flush (self->sockets, error);
}

gboolean
swb_import_strace (SwbImport *import, GError **error)
{
  g_autoptr (SwbImportSockets) sockets = swb_import_sockets_new (import);
  SwbImportStrace self = {
    .import = import,
    .sockets = sockets,
    .early = g_string_new (NULL),
    .scan = g_string_new (NULL),
    .bytes = g_byte_array_new (),
    .last_pid = -1,
  };

  swb_strace_call_init (&self.call);
  gboolean read = read_lines (&self, error) && end_log (&self, error);
  swb_strace_call_clear (&self.call);
  g_string_free (self.early, TRUE);
  g_string_free (self.scan, TRUE);
  g_byte_array_unref (self.bytes);
  return read;
}
