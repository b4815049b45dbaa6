/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "pane-fixture.h"

#include <glib/gstdio.h>

#include "app/composer/swb-compose-text.h"
#include "support.h"

void
pane_fixture_set_up (PaneFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (SwbJournal) journal = NULL;

  fixture->folder = g_dir_make_tmp ("swb-pane-XXXXXX", &error);
  g_assert_no_error (error);
  folder = g_build_filename (fixture->folder, "journal", NULL);
  journal = swb_journal_new (folder, &error);
  g_assert_no_error (error);
  fixture->bench = swb_bench_new (journal, 0, &error);
  g_assert_no_error (error);

  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 560);
  g_object_ref (fixture->window);
}

void
pane_fixture_tear_down (PaneFixture *fixture, gconstpointer data)
{
  g_autoptr (SwbJournal) journal = swb_journal_ref (swb_bench_get_journal (fixture->bench));

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  support_finalize (fixture->window);
  swb_bench_stop (fixture->bench);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  support_finalize (fixture->bench);
  swb_journal_delete (journal);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

void
pane_fixture_turn (void)
{
  support_turn (10);
}

void
pane_run (PaneFixture *fixture, const char *line)
{
  g_autoptr (GError) error = NULL;

  swb_bench_run_text (fixture->bench, &error, "%s", line);
  g_assert_no_error (error);
}

SwbPane *
pane_make (PaneFixture *fixture, const char *spec)
{
  g_autofree char *line = g_strdup_printf ("pane %s", spec);
  g_autofree char *name = g_strndup (spec, strcspn (spec, " "));

  pane_run (fixture, line);
  pane_wait (swb_bench_find_pane (fixture->bench, name) != NULL);
  return swb_bench_find_pane (fixture->bench, name);
}

void
pane_show (PaneFixture *fixture, GtkWidget *widget)
{
  adw_window_set_content (ADW_WINDOW (fixture->window), widget);
  gtk_window_present (GTK_WINDOW (fixture->window));
  pane_wait (gtk_widget_get_mapped (widget));
  gtk_test_widget_wait_for_draw (widget);
}

void
pane_wait_for_tooltip (GtkWidget *widget)
{
  gpointer display = gtk_widget_get_display (widget);

  pane_wait (g_main_context_find_source_by_user_data (NULL, display) == NULL);
}

void
pane_unshow (PaneFixture *fixture, GtkWidget *widget)
{
  g_object_ref (widget);
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  support_finalize (widget);
}

static GtkWidget *
find (GtkWidget *root, GType type, guint *nth)
{
  if (gtk_widget_get_mapped (root) && g_type_is_a (G_OBJECT_TYPE (root), type)
      && (*nth)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, nth);
      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
pane_find (GtkWidget *root, GType type, guint nth)
{
  return find (root, type, &nth);
}

guint
pane_count (GtkWidget *root, GType type)
{
  guint n = 0;

  while (pane_find (root, type, n) != NULL)
    n++;
  return n;
}

GtkWidget *
pane_find_button (GtkWidget *root, const char *label)
{
  GtkWidget *button;

  for (guint i = 0; (button = pane_find (root, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
      return button;
  return NULL;
}

void
pane_press (GtkWidget *root, const char *label)
{
  GtkWidget *button;

  pane_wait ((button = pane_find_button (root, label)) != NULL
             && gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
pane_write (GtkWidget *root, const char *text)
{
  GtkWidget *writing = pane_find (root, SWB_TYPE_COMPOSE_TEXT, 0);

  swb_compose_text_set_text (SWB_COMPOSE_TEXT (writing), text);
}

GtkWidget *
pane_make_card (PaneFixture *fixture, const char *spec)
{
  return swb_pane_view_new (fixture->bench, pane_make (fixture, spec));
}

SwbPane *
pane_of_card (GtkWidget *card)
{
  return swb_pane_view_get_pane (SWB_PANE_VIEW (card));
}

gboolean
pane_has_label (GtkWidget *root, const char *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = pane_find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (strstr (gtk_label_get_text (GTK_LABEL (label)), text) != NULL)
      return TRUE;
  return FALSE;
}

guint
pane_count_calls (PaneFixture *fixture, SwbCall call, int error)
{
  SwbJournal *journal = swb_bench_get_journal (fixture->bench);
  SwbRecord record;
  guint n = 0;

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    n += swb_journal_read (journal, i, &record) && record.kind == SWB_RECORD_CALL
         && record.call == call && (error < 0 || record.error == error);
  return n;
}

char *
pane_dup_local (SwbPane *pane)
{
  return swb_address_print (swb_connection_get_local (swb_pane_get_socket (pane)));
}

void
pane_listen (PaneFixture *fixture, SwbPane *server)
{
  const char *name = swb_pane_get_name (server);
  gboolean is_unix = swb_pane_get_domain (server) == AF_UNIX;
  g_autofree char *bind
      = g_strdup_printf ("%s bind %s", name, is_unix ? "\"\"" : "127.0.0.1:0");
  g_autofree char *listen = g_strdup_printf ("%s listen", name);

  pane_run (fixture, bind);
  pane_run (fixture, listen);
  pane_wait (swb_pane_get_state (server) == SWB_STATE_LISTENING);
}

void
pane_connect (PaneFixture *fixture, SwbPane *client, SwbPane *server)
{
  g_autofree char *local = pane_dup_local (server);
  g_autofree char *line
      = g_strdup_printf ("%s connect %s", swb_pane_get_name (client), local);

  pane_run (fixture, line);
  pane_wait (swb_pane_get_state (client) == SWB_STATE_CONNECTED
             && swb_pane_get_n_accepted (server) > 0);
}
