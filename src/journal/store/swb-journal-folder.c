/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-journal-list.h"
#include "journal/store/swb-journal-private.h"

#include <sys/file.h>
#include <unistd.h>

static char *chosen;

void
swb_journal_choose_folder (const char *folder)
{
  g_free (chosen);
  chosen = folder != NULL && *folder != '\0' ? g_strdup (folder) : NULL;
}

char *
swb_journal_list_dup_folder (void)
{
  if (chosen != NULL)
    return g_strdup (chosen);
  return g_build_filename (g_get_user_state_dir (), "socket-workbench", "journals", NULL);
}

typedef struct
{
  char *folder;
  gint64 wall_ns;
  int fd; /* locked, so that nobody opens it while it goes */
} Ended;

static void
ended_clear (gpointer data)
{
  Ended *self = data;

  g_free (self->folder);
  close (self->fd);
}

static gint
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const Ended *x = a;
  const Ended *y = b;

  return (x->wall_ns < y->wall_ns) - (x->wall_ns > y->wall_ns);
}

/* A folder without a whole anchor is nobody's business here: a journal that is just
 * being made, or a stranger's folder. Neither is one that is kept for good, nor one that
 * was cut short and that nobody has been told of. */
static gboolean
take_ended (const char *folder, Ended *ended)
{
  SwbJournalAnchor anchor;
  int fd;

  if (swb_journal_has_mark (folder, SWB_JOURNAL_MARK_KEPT)
      || swb_journal_has_mark (folder, SWB_JOURNAL_MARK_RUNNING)
      || !swb_journal_anchor_load (folder, &anchor, &fd, NULL))
    return FALSE;

  if (flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      close (fd);
      return FALSE;
    }

  *ended = (Ended){ .folder = g_strdup (folder), .wall_ns = anchor.wall_ns, .fd = fd };
  return TRUE;
}

void
swb_journal_sweep (const char *folder, guint keep)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Ended));
  const char *name;

  g_array_set_clear_func (all, ended_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      Ended ended;

      if (take_ended (path, &ended))
        g_array_append_val (all, ended);
    }

  g_array_sort (all, compare_newest_first);
  for (guint i = keep; i < all->len; i++)
    swb_journal_remove_files (g_array_index (all, Ended, i).folder);
}

char *
swb_journal_dup_default_folder (const char *purpose)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *folder = swb_journal_list_dup_folder ();

  for (guint i = 0;; i++)
    {
      g_autofree char *name
          = g_strdup_printf ("%s-%s-%d-%u", purpose, stamp, (int)getpid (), i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}
