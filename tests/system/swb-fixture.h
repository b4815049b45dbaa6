/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* The built swb as a process, with its state in a folder of the test's own. */

G_BEGIN_DECLS

/* For alarm(): a peer that never answers ends the suite, not the night. */
#define SWB_SUITE_PATIENCE_S 540

typedef struct
{
  char *folder; /* for the test's files */
  char *state;  /* XDG_STATE_HOME and XDG_CACHE_HOME */
} SwbFixture;

/* Also skips nothing and asserts that SWB names the program. */
void swb_fixture_set_up (SwbFixture *self, gconstpointer data);
void swb_fixture_tear_down (SwbFixture *self, gconstpointer data); /* no journal is left, and no folder of a recording */

/* %FALSE after having skipped the test by name: @program is not installed. */
gboolean swb_fixture_needs (const char *program);

typedef struct
{
  int status; /* exit status, or 1000 + the signal that killed it */
  char *out;
  char *err;
} SwbResult;

void swb_result_clear (SwbResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SwbResult, swb_result_clear)

/* Runs a program (NULL: swb) to its end. %NULL ends the arguments. */
SwbResult swb_fixture_run (SwbFixture *self, const char *input, const char *program, ...) G_GNUC_NULL_TERMINATED;

/* A process that goes on while the test talks to others. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *out;
  GString *lines; /* all that was read */
} SwbLive;

SwbLive *swb_fixture_start (SwbFixture *self, const char *program, ...) G_GNUC_NULL_TERMINATED;

/* Reads up to the line that has @part in it. (transfer full) */
char *swb_live_read_until (SwbLive *live, const char *part);

/* Sends @signal (0: none), reads the rest, waits for the end, frees. Returns the exit status as in SwbResult. */
int swb_live_end (SwbLive *live, int signal, char **all);

/* (transfer full): a new file in the test's folder */
char *swb_fixture_write (SwbFixture *self, const char *name, const char *contents, gssize length);

/* (transfer full): what is in a file of the test's folder, and a zero byte behind it */
char *swb_fixture_read (SwbFixture *self, const char *name, gsize *length);

gboolean swb_fixture_exists (SwbFixture *self, const char *name);

/* The port in a line of the journal; 0 when there is none. */
guint swb_fixture_find_port (const char *line);

/* %FALSE after having skipped the test: strace is not installed, or may not trace here. */
gboolean swb_fixture_can_trace (SwbFixture *self);

void swb_assert_contains (const char *text, const char *part);

G_END_DECLS
