/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-sys.h"
#include "journal/recording/swb-recording.h"

/* A journal with the calls of real sockets on loopback, made by this program itself, and its way
 * through a recording and back. */

G_BEGIN_DECLS

#define SERVER 1u
#define CLIENT 2u
#define UDP_SERVER 3u
#define UDP_CLIENT 4u
#define UNIX_PANE 5u

typedef struct
{
  char *folder;
  SwbJournal *journal;
} RecordingFixture;

void recording_fixture_set_up (RecordingFixture *self, gconstpointer unused);
void recording_fixture_tear_down (RecordingFixture *self, gconstpointer unused);

#define ADD_RECORDING_TEST(name, data, function)                                           \
  g_test_add ("/recording/" name, RecordingFixture, data, recording_fixture_set_up,        \
              function, recording_fixture_tear_down)

/* The names of the panes above: for swb_export_source_init(). */
const char *name_pane (guint pane, gpointer unused);

SwbWho who (guint pane, guint connection);
SwbAddress loopback (int domain);

/* Appends a record of @kind with these words. */
void append_words (SwbJournal *journal, SwbRecordKind kind, guint pane, const char *text);
void publish_records (SwbJournal *journal);

/* One request, one answer, @n_bulk bytes more, a half-close, an end. FALSE where the machine lacks the domain. */
gboolean talk_tcp (SwbJournal *journal, int domain, gsize n_bulk);
void talk_udp (SwbJournal *journal);
void talk_unix (SwbJournal *journal);

/* All three, published. */
void talk (SwbJournal *journal);

/* (transfer full): the recording */
GBytes *save_source (const SwbExportSource *source);
GBytes *save_recording (SwbJournal *journal);

/* (transfer full): NULL with @error set where it is refused. @pane_names may be NULL. */
SwbJournal *load_recording (GBytes *bytes, GHashTable **pane_names, GError **error);

void assert_journals_equal (SwbJournal *a, SwbJournal *b);

/* That the journal is the same once saved and loaded. */
void assert_comes_back (SwbJournal *journal);

/* That no load left a file behind. */
void assert_nothing_left (void);

G_END_DECLS
