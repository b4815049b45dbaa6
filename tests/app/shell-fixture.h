/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/document/swb-bench-bar.h"
#include "app/pane/swb-pane-strip.h"
#include "app/window/swb-window.h"

/* A window of a registered application, over a journal in folders of its own. */

G_BEGIN_DECLS

typedef struct
{
  SwbWindow *window;
  SwbBench *bench; /* the window's */
} Shell;

/* Gives the program folders of its own, and removes them at its end. */
void shell_isolate (void);

/* Makes the application that all cases share: GTK takes only one of a kind well. */
void shell_init (int *argc, char ***argv);
SwbApplication *shell_get_application (void);

void shell_set_up (Shell *shell, gconstpointer data);
void shell_tear_down (Shell *shell,
                      gconstpointer data); /* asserts that the window is finalized */

/* Turns the main loop until @condition holds; fails the test after a
 * minute, which is long also for a sanitizer on a busy machine. */
#define shell_wait(condition)                                                              \
  G_STMT_START                                                                             \
  {                                                                                        \
    gint64 deadline_ = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;                      \
    while (!(condition))                                                                   \
      {                                                                                    \
        g_assert_cmpint (g_get_monotonic_time (), <, deadline_);                           \
        shell_turn ();                                                                     \
      }                                                                                    \
  }                                                                                        \
  G_STMT_END

void shell_turn (void); /* once, for 20 ms at most */

guint shell_get_n_panes (Shell *shell);
void shell_activate (Shell *shell, const char *action, GVariant *parameter);
gboolean shell_is_enabled (Shell *shell, const char *action);

/* (transfer none) (nullable): the first descendant of the type, or the nth */
GtkWidget *shell_find (GtkWidget *widget, GType type, guint nth);

SwbPaneStrip *shell_get_strip (Shell *shell);
SwbBenchBar *shell_get_bar (Shell *shell);
gboolean shell_can_run (Shell *shell); /* steps are offered */
const char *shell_get_subtitle (Shell *shell);
gboolean shell_shows (Shell *shell, const char *text); /* a label of it has this text */

/* (transfer full): a bench file with this text */
GFile *shell_write (const char *name, const char *text);
void shell_open_text (Shell *shell, const char *name, const char *text);

/* A bench of two panes and six steps. */
#define SHELL_ECHO                                                                         \
  "# an echo\n"                                                                            \
  "pane server AF_INET SOCK_STREAM 0 \"Echo <server>\"\n"                                  \
  "pane client AF_INET SOCK_STREAM 0\n"                                                    \
  "server bind 127.0.0.1:0\n"                                                              \
  "server listen 128\n"                                                                    \
  "server reply echo\n"                                                                    \
  "client connect server\n"                                                                \
  "client send \"hello\"\n"                                                                \
  "client expect recv \"hello\" within 60s\n"

G_END_DECLS
