/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-import-sockets.h"

#include <string.h>

#include <glib/gi18n.h>

#define PROCESSES_MAX 100000
#define DESCRIPTORS_MAX 1000000
#define HELD_RECORDS_MAX 512
#define HELD_BYTES_MAX (1024 * 1024)

typedef struct
{
  SwbTraced *traced;
  gboolean closes_on_exec;
  GPtrArray *dead;
} Slot;

typedef struct
{
  guint refs;
  GHashTable *slots;   /* descriptor to Slot */
  gboolean is_related; /* to which others is not known */
} Table;

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
  GHashTable *newest;    /* of related tables: descriptor to the Table that got it last */
  Table *heir;           /* of related processes that ended */
  GPtrArray
      *dead; /* sockets without descriptors that the call at hand may still speak of */
  guint n_slots;
  GArray *panes; /* pane n at n - 1 */

  guint n_untitled;
  GArray *held; /* SwbRecord; data is an offset into… */
  GByteArray *held_bytes;
};

/* --- tables --- */

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  if (--slot->traced->refs == 0)
    g_ptr_array_add (slot->dead, slot->traced);
  g_free (slot);
}

static Table *
table_new (gboolean is_related)
{
  Table *self = g_new0 (Table, 1);

  self->refs = 1;
  self->is_related = is_related;
  self->slots = g_hash_table_new_full (NULL, NULL, NULL, slot_free);
  return self;
}

static void
table_unref (SwbImportSockets *sockets, Table *self)
{
  if (--self->refs > 0)
    return;

  sockets->n_slots -= g_hash_table_size (self->slots);
  g_hash_table_unref (self->slots);
  g_free (self);
}

static void
put_slot (SwbImportSockets *self, Table *table, int fd, SwbTraced *traced,
          gboolean closes_on_exec)
{
  Slot *slot = g_new (Slot, 1);

  *slot = (Slot){ traced, closes_on_exec, self->dead };
  traced->refs++;
  if (g_hash_table_insert (table->slots, GINT_TO_POINTER (fd), slot))
    self->n_slots++;
  if (table->is_related)
    g_hash_table_insert (self->newest, GINT_TO_POINTER (fd), table);
}

static void
remove_slot (SwbImportSockets *self, Table *table, int fd)
{
  if (g_hash_table_remove (table->slots, GINT_TO_POINTER (fd)))
    self->n_slots--;
  if (g_hash_table_lookup (self->newest, GINT_TO_POINTER (fd)) == table)
    g_hash_table_remove (self->newest, GINT_TO_POINTER (fd));
}

/* The table that @fd of @process is in. */
static Table *
find_table (SwbImportSockets *self, SwbTracedProcess *process, int fd)
{
  Table *own = process->table;

  if (g_hash_table_contains (own->slots, GINT_TO_POINTER (fd)) || !own->is_related)
    return own;

  Table *other = g_hash_table_lookup (self->newest, GINT_TO_POINTER (fd));
  return other != NULL ? other : own;
}

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
  self->newest = g_hash_table_new (NULL, NULL);
  self->heir = table_new (TRUE);
  self->dead = g_ptr_array_new ();
  self->panes = g_array_new (FALSE, TRUE, sizeof (Pane));
  g_array_set_clear_func (self->panes, pane_clear);
  self->held = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  self->held_bytes = g_byte_array_new ();
  return self;
}

/* One that got a descriptor again may be there twice. */
void
swb_import_sockets_bury (SwbImportSockets *self)
{
  g_autoptr (GHashTable) gone = NULL;

  if (self->dead->len == 0)
    return;

  gone = g_hash_table_new_full (NULL, NULL, g_free, NULL);
  for (guint i = 0; i < self->dead->len; i++)
    {
      SwbTraced *traced = self->dead->pdata[i];

      if (!g_hash_table_contains (gone, traced) && traced->refs == 0)
        g_hash_table_add (gone, traced);
    }
  g_ptr_array_set_size (self->dead, 0);
}

static void
unref_table_of (gpointer key, gpointer value, gpointer user_data)
{
  SwbTracedProcess *process = value;

  table_unref (user_data, process->table);
}

void
swb_import_sockets_free (SwbImportSockets *self)
{
  if (self == NULL)
    return;

  g_hash_table_foreach (self->processes, unref_table_of, self);
  table_unref (self, self->heir);
  swb_import_sockets_bury (self);
  g_ptr_array_unref (self->dead);
  g_hash_table_unref (self->processes);
  g_hash_table_unref (self->newest);
  g_array_unref (self->panes);
  g_array_unref (self->held);
  g_byte_array_unref (self->held_bytes);
  g_free (self);
}

/* --- processes --- */

static SwbTracedProcess *
add_process (SwbImportSockets *self, gint64 pid, Table *table)
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

  return add_process (self, pid, table_new (TRUE));
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

static Table *
copy_table (SwbImportSockets *self, const Table *from)
{
  Table *table = table_new (FALSE);
  GHashTableIter iter;
  gpointer fd, value;

  g_hash_table_iter_init (&iter, from->slots);
  while (g_hash_table_iter_next (&iter, &fd, &value) && self->n_slots < DESCRIPTORS_MAX)
    {
      Slot *slot = value;

      put_slot (self, table, GPOINTER_TO_INT (fd), slot->traced, slot->closes_on_exec);
    }
  return table;
}

void
swb_import_sockets_fork (SwbImportSockets *self, SwbTracedProcess *parent, gint64 child,
                         gboolean shares)
{
  Table *table = parent->table;

  /* A child may have been heard of before its parent's call ended. It keeps what it has. */
  if (g_hash_table_contains (self->processes, &child)
      || g_hash_table_size (self->processes) >= PROCESSES_MAX)
    return;

  if (shares)
    table->refs++;
  else
    table = copy_table (self, table);

  SwbTracedProcess *process = add_process (self, child, table);
  process->comm = g_strdup (parent->comm);
}

/* The threads of one that ended go on with its descriptors. */
static void
bequeath (SwbImportSockets *self, Table *table)
{
  GHashTableIter iter;
  gpointer fd, value;

  g_hash_table_iter_init (&iter, table->slots);
  while (g_hash_table_iter_next (&iter, &fd, &value))
    {
      Slot *slot = value;

      if (g_hash_table_lookup (self->newest, fd) == table)
        put_slot (self, self->heir, GPOINTER_TO_INT (fd), slot->traced,
                  slot->closes_on_exec);
    }
}

static void
leave_table (SwbImportSockets *self, SwbTracedProcess *process)
{
  Table *table = process->table;

  if (table->is_related && table->refs == 1)
    bequeath (self, table);
  table_unref (self, table);
  process->table = NULL;
}

void
swb_import_sockets_exec (SwbImportSockets *self, SwbTracedProcess *process)
{
  Table *table = copy_table (self, process->table);
  GHashTableIter iter;
  gpointer fd, value;
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (int));

  g_hash_table_iter_init (&iter, table->slots);
  while (g_hash_table_iter_next (&iter, &fd, &value))
    if (((Slot *)value)->closes_on_exec)
      {
        int number = GPOINTER_TO_INT (fd);
        g_array_append_val (gone, number);
      }
  for (guint i = 0; i < gone->len; i++)
    remove_slot (self, table, g_array_index (gone, int, i));

  /* What it is related to is over: no table is shared by two programs. */
  leave_table (self, process);
  process->table = table;
}

void
swb_import_sockets_exit (SwbImportSockets *self, SwbTracedProcess *process)
{
  leave_table (self, process);
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
  Table *table = find_table (self, process, fd);
  Slot *slot = g_hash_table_lookup (table->slots, GINT_TO_POINTER (fd));

  return slot != NULL ? slot->traced : NULL;
}

gboolean
swb_import_sockets_put (SwbImportSockets *self, SwbTracedProcess *process, int fd,
                        SwbTraced *traced, gboolean closes_on_exec)
{
  if (self->n_slots >= DESCRIPTORS_MAX)
    return FALSE;

  put_slot (self, process->table, fd, traced, closes_on_exec);
  return TRUE;
}

void
swb_import_sockets_drop (SwbImportSockets *self, SwbTracedProcess *process, int fd)
{
  remove_slot (self, find_table (self, process, fd), fd);
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

      if (record.n_data > 0)
        record.data = self->held_bytes->data + GPOINTER_TO_SIZE (record.data);
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
          || self->held_bytes->len + record->n_data > HELD_BYTES_MAX)
      && !swb_import_sockets_flush (self, error))
    return FALSE;
  if (self->n_untitled == 0 || record->n_data > HELD_BYTES_MAX)
    return append_now (self, record, error);

  SwbRecord kept = *record;
  kept.data = GSIZE_TO_POINTER (self->held_bytes->len);
  g_byte_array_append (self->held_bytes, record->data, (guint)record->n_data);
  g_array_append_val (self->held, kept);
  return TRUE;
}
