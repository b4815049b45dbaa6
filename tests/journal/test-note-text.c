/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/notation/swb-note-text.h"

#include <string.h>

static void
assert_told (SwbNote note, gint64 pid, gint64 user, const char *name, const char *sentence,
             const char *process)
{
  SwbRecord record = { .kind = SWB_RECORD_NOTE,
                       .note = note,
                       .ints = { pid, user, 5 },
                       .data = (const guint8 *)name,
                       .n_data = strlen (name) };
  g_autofree char *told = swb_note_dup_sentence (&record);
  g_autofree char *who = swb_note_dup_process (&record);

  g_assert_cmpstr (told, ==, sentence);
  g_assert_cmpstr (who, ==, process);
}

static void
test_process (void)
{
  g_test_summary ("A process is told by its facts, whatever it calls itself");

  assert_told (SWB_NOTE_PEER, 12, 3, "swb", "the peer is process 12 (swb), user 3, group 5",
               "swb (12)");
  assert_told (SWB_NOTE_SENDER, 12, 3, "a (b), user 0, group 0",
               "the message is from process 12 (a (b), user 0, group 0), user 3, group 5",
               "a (b), user 0, group 0 (12)");
  assert_told (SWB_NOTE_PEER, 12, 3, "",
               "the peer is process 12, which is gone, user 3, group 5", "12");
  assert_told (SWB_NOTE_PEER, 0, (guint32)-1, "",
               "the peer is no process of this namespace", "0");
  assert_told (SWB_NOTE_SENDER, 12, (guint32)-1, "x", "the message is from process 12 (x)",
               "x (12)");
  assert_told (SWB_NOTE_PEER, 12, 3, "\xff\x80",
               "the peer is process 12 (\xef\xbf\xbd\xef\xbf\xbd), user 3, group 5",
               "\xef\xbf\xbd\xef\xbf\xbd (12)");
}

static void
test_others (void)
{
  g_test_summary ("Notes that are sentences themselves, and calls, have none");

  assert_told (SWB_NOTE_TEXT, 12, 3, "hello", NULL, NULL);
  assert_told (SWB_NOTE_PROCESS, 12, 3, "the peer is process 12 (swb)", NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note-text/process", test_process);
  g_test_add_func ("/note-text/others", test_others);
  return g_test_run ();
}
