/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-fds.h"

#define DESCRIPTORS_MAX 1000000

typedef struct
{
  SwbTraced *traced;
  gboolean closes_on_exec;
  GPtrArray *dead;
} Slot;

struct _SwbFdTable
{
  guint refs;
  GHashTable *slots;   /* descriptor to Slot */
  gboolean is_related; /* to which others is not known */
};

struct _SwbFdTables
{
  GHashTable *newest; /* of related tables: descriptor to the table that got it last */
  SwbFdTable *heir;   /* of related processes that ended */
  GPtrArray *dead;    /* sockets without descriptors, until they are buried */
  guint n_slots;
};

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  if (--slot->traced->refs == 0)
    g_ptr_array_add (slot->dead, slot->traced);
  g_free (slot);
}

static SwbFdTable *
table_new (gboolean is_related)
{
  SwbFdTable *self = g_new0 (SwbFdTable, 1);

  self->refs = 1;
  self->is_related = is_related;
  self->slots = g_hash_table_new_full (NULL, NULL, NULL, slot_free);
  return self;
}

static void
put_slot (SwbFdTables *self, SwbFdTable *table, int fd, SwbTraced *traced,
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
remove_slot (SwbFdTables *self, SwbFdTable *table, int fd)
{
  if (g_hash_table_remove (table->slots, GINT_TO_POINTER (fd)))
    self->n_slots--;
  if (g_hash_table_lookup (self->newest, GINT_TO_POINTER (fd)) == table)
    g_hash_table_remove (self->newest, GINT_TO_POINTER (fd));
}

/* The table that @fd of @process is in. */
static SwbFdTable *
find_table (SwbFdTables *self, SwbFdTable *own, int fd)
{
  if (g_hash_table_contains (own->slots, GINT_TO_POINTER (fd)) || !own->is_related)
    return own;

  SwbFdTable *other = g_hash_table_lookup (self->newest, GINT_TO_POINTER (fd));
  return other != NULL ? other : own;
}

SwbFdTables *
swb_fd_tables_new (void)
{
  SwbFdTables *self = g_new0 (SwbFdTables, 1);

  self->newest = g_hash_table_new (NULL, NULL);
  self->heir = table_new (TRUE);
  self->dead = g_ptr_array_new ();
  return self;
}

void
swb_fd_tables_free (SwbFdTables *self)
{
  swb_fd_tables_unref (self, self->heir);
  swb_fd_tables_bury (self);
  g_ptr_array_unref (self->dead);
  g_hash_table_unref (self->newest);
  g_free (self);
}

SwbFdTable *
swb_fd_tables_make (SwbFdTables *self)
{
  return table_new (TRUE);
}

SwbFdTable *
swb_fd_tables_copy (SwbFdTables *self, const SwbFdTable *from)
{
  SwbFdTable *table = table_new (FALSE);
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

SwbFdTable *
swb_fd_table_ref (SwbFdTable *table)
{
  table->refs++;
  return table;
}

void
swb_fd_tables_unref (SwbFdTables *self, SwbFdTable *table)
{
  if (--table->refs > 0)
    return;

  self->n_slots -= g_hash_table_size (table->slots);
  g_hash_table_unref (table->slots);
  g_free (table);
}

/* The threads of one that ended go on with its descriptors. */
static void
bequeath (SwbFdTables *self, SwbFdTable *table)
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

void
swb_fd_tables_leave (SwbFdTables *self, SwbFdTable *table)
{
  if (table->is_related && table->refs == 1)
    bequeath (self, table);
  swb_fd_tables_unref (self, table);
}

SwbTraced *
swb_fd_tables_find (SwbFdTables *self, SwbFdTable *table, int fd)
{
  Slot *slot
      = g_hash_table_lookup (find_table (self, table, fd)->slots, GINT_TO_POINTER (fd));

  return slot != NULL ? slot->traced : NULL;
}

gboolean
swb_fd_tables_put (SwbFdTables *self, SwbFdTable *table, int fd, SwbTraced *traced,
                   gboolean closes_on_exec)
{
  if (self->n_slots >= DESCRIPTORS_MAX)
    return FALSE;

  put_slot (self, table, fd, traced, closes_on_exec);
  return TRUE;
}

void
swb_fd_tables_drop (SwbFdTables *self, SwbFdTable *table, int fd)
{
  remove_slot (self, find_table (self, table, fd), fd);
}

void
swb_fd_tables_close_on_exec (SwbFdTables *self, SwbFdTable *table)
{
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
}

/* One that got a descriptor again may be there twice. */
void
swb_fd_tables_bury (SwbFdTables *self)
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
