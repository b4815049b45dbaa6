/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-sockets.h"

#include <string.h>

#include <glib/gi18n.h>

#define PROCESSES_MAX 100000
#define HELD_RECORDS_MAX 512
#define HELD_BYTES_MAX (1024 * 1024)

typedef struct
{
  char *name;
  char *title;
  int domain;
  int type;
  int protocol;
  guint n_accepted;
  guint pair; /* the pane at the other end of a socketpair */
  gboolean is_made;
} Pane;

struct _SwbImportSockets
{
  SwbImport *import;
  GHashTable *processes; /* pid to SwbTracedProcess */
  SwbFdTables *tables;
  GArray *panes; /* pane n at n - 1 */

  guint n_untitled;
  GArray *held; /* SwbRecord; data is an offset into what follows, control messages stand
                   behind it */
  GByteArray *held_bytes;
};

/* --- making and freeing --- */

static void
process_free (gpointer data)
{
  SwbTracedProcess *self = data;

  g_free (self->comm);
  g_free (self->unfinished);
  g_free (self);
}

static void
pane_clear (gpointer data)
{
  Pane *self = data;

  g_free (self->name);
  g_free (self->title);
}

SwbImportSockets *
swb_import_sockets_new (SwbImport *import)
{
  SwbImportSockets *self = g_new0 (SwbImportSockets, 1);

  self->import = import;
  self->processes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, process_free);
  self->tables = swb_fd_tables_new ();
  self->panes = g_array_new (FALSE, TRUE, sizeof (Pane));
  g_array_set_clear_func (self->panes, pane_clear);
  self->held = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  self->held_bytes = g_byte_array_new ();
  return self;
}

void
swb_import_sockets_bury (SwbImportSockets *self)
{
  swb_fd_tables_bury (self->tables);
}

static void
unref_table_of (gpointer key, gpointer value, gpointer user_data)
{
  SwbTracedProcess *process = value;

  swb_fd_tables_unref (user_data, process->table);
}

void
swb_import_sockets_free (SwbImportSockets *self)
{
  if (self == NULL)
    return;

  g_hash_table_foreach (self->processes, unref_table_of, self->tables);
  g_hash_table_unref (self->processes);
  swb_fd_tables_free (self->tables);
  g_array_unref (self->panes);
  g_array_unref (self->held);
  g_byte_array_unref (self->held_bytes);
  g_free (self);
}

/* --- processes --- */

static SwbTracedProcess *
add_process (SwbImportSockets *self, gint64 pid, SwbFdTable *table)
{
  SwbTracedProcess *process = g_new0 (SwbTracedProcess, 1);

  process->pid = pid;
  process->table = table;
  g_hash_table_insert (self->processes, &process->pid, process);
  return process;
}

gboolean
swb_import_sockets_is_new (SwbImportSockets *self, gint64 pid)
{
  return !g_hash_table_contains (self->processes, &pid);
}

SwbTracedProcess *
swb_import_sockets_get_process (SwbImportSockets *self, gint64 pid)
{
  SwbTracedProcess *process = g_hash_table_lookup (self->processes, &pid);

  if (process != NULL)
    return process;
  if (g_hash_table_size (self->processes) >= PROCESSES_MAX)
    return NULL;

  return add_process (self, pid, swb_fd_tables_make (self->tables));
}

void
swb_import_sockets_set_comm (SwbTracedProcess *process, const char *comm, gsize length)
{
  if (process->comm != NULL && strlen (process->comm) == length
      && memcmp (process->comm, comm, length) == 0)
    return;

  g_free (process->comm);
  process->comm = g_strndup (comm, MIN (length, 64));
}

void
swb_import_sockets_fork (SwbImportSockets *self, SwbTracedProcess *parent, gint64 child,
                         gboolean shares)
{
  /* A child may have been heard of before its parent's call ended. It keeps what it has. */
  if (g_hash_table_contains (self->processes, &child)
      || g_hash_table_size (self->processes) >= PROCESSES_MAX)
    return;

  SwbTracedProcess *process
      = add_process (self, child,
                     shares ? swb_fd_table_ref (parent->table)
                            : swb_fd_tables_copy (self->tables, parent->table));
  process->comm = g_strdup (parent->comm);
}

void
swb_import_sockets_exec (SwbImportSockets *self, SwbTracedProcess *process)
{
  SwbFdTable *table = swb_fd_tables_copy (self->tables, process->table);

  swb_fd_tables_close_on_exec (self->tables, table);

  /* What it is related to is over: no table is shared by two programs. */
  swb_fd_tables_leave (self->tables, process->table);
  process->table = table;
}

void
swb_import_sockets_exit (SwbImportSockets *self, SwbTracedProcess *process)
{
  swb_fd_tables_leave (self->tables, process->table);
  g_hash_table_remove (self->processes, &process->pid);
}

SwbTracedProcess *
swb_import_sockets_get_only_process (SwbImportSockets *self)
{
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->processes);
  if (g_hash_table_size (self->processes) == 1)
    g_hash_table_iter_next (&iter, NULL, &value);
  return value;
}

void
swb_import_sockets_foreach_process (SwbImportSockets *self, GHFunc func, gpointer user_data)
{
  g_hash_table_foreach (self->processes, func, user_data);
}

/* --- descriptors --- */

SwbTraced *
swb_import_sockets_find (SwbImportSockets *self, SwbTracedProcess *process, int fd)
{
  return swb_fd_tables_find (self->tables, process->table, fd);
}

gboolean
swb_import_sockets_put (SwbImportSockets *self, SwbTracedProcess *process, int fd,
                        SwbTraced *traced, gboolean closes_on_exec)
{
  return swb_fd_tables_put (self->tables, process->table, fd, traced, closes_on_exec);
}

void
swb_import_sockets_drop (SwbImportSockets *self, SwbTracedProcess *process, int fd)
{
  swb_fd_tables_drop (self->tables, process->table, fd);
}

/* --- sockets --- */

static Pane *
get_pane (SwbImportSockets *self, guint pane)
{
  return &g_array_index (self->panes, Pane, pane - 1);
}

/* "curl-4711-5" */
static char *
make_pane_name (const SwbTracedProcess *process, int fd)
{
  if (process->comm == NULL && process->pid == 0)
    return g_strdup_printf ("fd%d", fd);
  if (process->comm == NULL)
    return g_strdup_printf ("p%" G_GINT64_FORMAT "-%d", process->pid, fd);
  return g_strdup_printf ("%.12s-%" G_GINT64_FORMAT "-%d", process->comm, process->pid, fd);
}

SwbTraced *
swb_import_sockets_make (SwbImportSockets *self, SwbTracedProcess *process, int fd,
                         int domain, int type, int protocol)
{
  SwbTraced *traced = g_new0 (SwbTraced, 1);

  *traced = (SwbTraced){ .domain = domain, .type = type, .protocol = protocol };
  if (self->panes->len >= SWB_IMPORT_PANES_MAX)
    {
      traced->pane = SWB_IMPORT_PANES_MAX;
      traced->has_title = TRUE;
      return traced;
    }

  Pane pane = { .domain = domain, .type = type, .protocol = protocol };
  pane.name = make_pane_name (process, fd);
  g_array_append_val (self->panes, pane);
  traced->pane = self->panes->len;
  self->n_untitled++;
  if (traced->pane == SWB_IMPORT_PANES_MAX)
    {
      g_free (get_pane (self, traced->pane)->name);
      get_pane (self, traced->pane)->name = g_strdup ("others");
      get_pane (self, traced->pane)->title = g_strdup (_ ("All further sockets"));
      traced->has_title = TRUE;
      self->n_untitled--;
    }
  return traced;
}

SwbTraced *
swb_import_sockets_make_accepted (SwbImportSockets *self, SwbTraced *listener)
{
  SwbTraced *traced = g_new0 (SwbTraced, 1);

  *traced = *listener;
  traced->refs = 0;
  traced->has_title = TRUE;
  traced->connection = ++get_pane (self, listener->pane)->n_accepted;
  return traced;
}

void
swb_import_sockets_set_pair (SwbImportSockets *self, SwbTraced *a, SwbTraced *b)
{
  if (a->pane != b->pane)
    get_pane (self, a->pane)->pair = b->pane;
}

gboolean
swb_import_sockets_set_title (SwbImportSockets *self, SwbTraced *traced,
                              const SwbTracedProcess *process, const char *rest,
                              GError **error)
{
  GString *title;

  if (traced->has_title)
    return TRUE;

  title = g_string_new (process->comm);
  if (process->pid != 0)
    g_string_append_printf (title, "%s%" G_GINT64_FORMAT, title->len > 0 ? " " : "",
                            process->pid);
  g_string_append_printf (title, "%s%s", title->len > 0 ? " " : "", rest);
  get_pane (self, traced->pane)->title = g_string_free (title, FALSE);
  traced->has_title = TRUE;
  self->n_untitled--;
  return self->n_untitled > 0 || swb_import_sockets_flush (self, error);
}

/* --- records --- */

static gboolean
ensure_pane (SwbImportSockets *self, guint number, gint64 wall_ns, GError **error)
{
  Pane *pane = get_pane (self, number);

  if (pane->is_made)
    return TRUE;

  pane->is_made = TRUE;
  if (!swb_import_append_pane (self->import, wall_ns, number, pane->name, pane->domain,
                               pane->type, pane->protocol,
                               pane->title != NULL ? pane->title : pane->name, error))
    return FALSE;
  if (pane->pair == 0)
    return TRUE;

  if (!ensure_pane (self, pane->pair, wall_ns, error))
    return FALSE;

  g_autofree char *text = g_strdup_printf (
      "%s socketpair %s", swb_import_get_pane_name (self->import, number),
      swb_import_get_pane_name (self->import, pane->pair));
  return swb_import_append_command (self->import, wall_ns, number, text, error);
}

static gboolean
append_now (SwbImportSockets *self, const SwbRecord *record, GError **error)
{
  return (record->pane == 0 || ensure_pane (self, record->pane, record->time_ns, error))
         && swb_import_append (self->import, record, error);
}

gboolean
swb_import_sockets_flush (SwbImportSockets *self, GError **error)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      SwbRecord record = g_array_index (self->held, SwbRecord, i);

      record.data = self->held_bytes->data + GPOINTER_TO_SIZE (record.data);
      record.control = record.data + record.n_data;
      if (!append_now (self, &record, error))
        return FALSE;
    }

  g_array_set_size (self->held, 0);
  g_byte_array_set_size (self->held_bytes, 0);
  return TRUE;
}

gboolean
swb_import_sockets_append (SwbImportSockets *self, const SwbRecord *record, GError **error)
{
  if (self->n_untitled > 0
      && (self->held->len >= HELD_RECORDS_MAX
          || self->held_bytes->len + record->n_data + record->n_control > HELD_BYTES_MAX)
      && !swb_import_sockets_flush (self, error))
    return FALSE;
  if (self->n_untitled == 0 || record->n_data > HELD_BYTES_MAX)
    return append_now (self, record, error);

  SwbRecord kept = *record;
  kept.data = GSIZE_TO_POINTER (self->held_bytes->len);
  g_byte_array_append (self->held_bytes, record->data, (guint)record->n_data);
  g_byte_array_append (self->held_bytes, record->control, (guint)record->n_control);
  g_array_append_val (self->held, kept);
  return TRUE;
}
