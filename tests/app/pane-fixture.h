/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/pane/swb-pane-view.h"

/* A real bench with its engine, its journal in a temporary folder, and a window for what is
 * tested. */

typedef struct
{
  char *folder;
  SwbBench *bench;
  GtkWidget *window;
} PaneFixture;

void pane_fixture_set_up (PaneFixture *fixture, gconstpointer data);
void pane_fixture_tear_down (PaneFixture *fixture, gconstpointer data);

#define pane_test_add(path, func)                                                          \
  g_test_add (path, PaneFixture, NULL, pane_fixture_set_up, func, pane_fixture_tear_down)

/* Turns the main loop until @condition holds; fails after a minute, which sanitizers need.
 */
#define pane_wait(condition)                                                               \
  G_STMT_START                                                                             \
  {                                                                                        \
    gint64 deadline_ = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;                  \
    while (!(condition))                                                                   \
      {                                                                                    \
        if (g_get_monotonic_time () > deadline_)                                           \
          g_error ("%s:%d: never came true: %s", __FILE__, __LINE__, #condition);          \
        pane_fixture_turn ();                                                              \
      }                                                                                    \
  }                                                                                        \
  G_STMT_END

/* One turn of the main loop, or a few milliseconds. */
void pane_fixture_turn (void);

/* Runs a command line; it must be taken. */
void pane_run (PaneFixture *fixture, const char *line);

/* Makes a pane from "server AF_INET SOCK_STREAM 0 as server". (transfer none) */
SwbPane *pane_make (PaneFixture *fixture, const char *spec);

/* Makes @server listen where nobody else does; and connects @client to it, as a stream. */
void pane_listen (PaneFixture *fixture, SwbPane *server);
void pane_connect (PaneFixture *fixture, SwbPane *client, SwbPane *server);

/* Shows @widget in the window and waits until it is drawn. */
void pane_show (PaneFixture *fixture, GtkWidget *widget);

/* GTK 4.18 looks for a tooltip some time after the pointer moved, also where that was above a
 * popover whose surface has gone by then: to be called before pane_unshow() where one was. */
void pane_wait_for_tooltip (GtkWidget *widget);

/* Takes it out again and asserts that nothing keeps it. */
void pane_unshow (PaneFixture *fixture, GtkWidget *widget);

/* Below @root, the @nth mapped widget of @type, or NULL. */
GtkWidget *pane_find (GtkWidget *root, GType type, guint nth);

/* The mapped button of this label or accessible action below @root, or NULL. */
GtkWidget *pane_find_button (GtkWidget *root, const char *label);

guint pane_count (GtkWidget *root, GType type);
void pane_press (GtkWidget *root, const char *label);

/* Writes @text in the composer below @root. */
void pane_write (GtkWidget *root, const char *text);

/* The card of a new pane: see pane_make(). And the pane of a card. */
GtkWidget *pane_make_card (PaneFixture *fixture, const char *spec);
SwbPane *pane_of_card (GtkWidget *card);

/* Whether a mapped label below @root has @text in it. */
gboolean pane_has_label (GtkWidget *root, const char *text);

/* Records of calls that ended with @error: 0 for success, an errno, or -1 for whichever. */
guint pane_count_calls (PaneFixture *fixture, SwbCall call, int error);

/* (transfer full): what the pane's socket is bound to, as text */
char *pane_dup_local (SwbPane *pane);
