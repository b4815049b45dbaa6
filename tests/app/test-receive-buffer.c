/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/conversation/swb-bubble.h"
#include "app/pane/swb-receive-buffer.h"
#include "pane-fixture.h"

/* The buffer in which the kernel keeps what was not received yet, and what it lost. */

static void
test_receive_words (PaneFixture *fixture, gconstpointer data)
{
  static const struct
  {
    int asked, given, most;
    const char *begins, *has;
  } rows[] = {
    { 0, 0, 0, "The socket will ask for 4.0 MiB", "." },
    { 4096, 8192, 212992, "Asked for 4.0 KiB, the kernel gave 8.0 KiB. ", "doubles" },
    { 4194304, 425984, 212992, "Asked for 4.0 MiB, the kernel gave 416.0 KiB. ",
      "rmem_max=4194304" },
    { 4194304, 425984, 0, "Asked for 4.0 MiB, the kernel gave 416.0 KiB. ", "rmem_max" },
  };
  static const struct
  {
    const char *text;
    int bytes; /* 0: no size */
  } sizes[] = {
    { "65536", 65536 }, { " 64 KiB ", 65536 },
    { "4m", 4 << 20 },  { "1024 MiB", 1 << 30 },
    { "1025 MiB", 0 },  { "0", 0 },
    { "", 0 },          { "-1", 0 },
    { "4 parsecs", 0 }, { "99999999999999999999999", 0 },
  };

  g_test_summary ("What was asked for and given is said in words, sizes are read");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *raw
          = swb_receive_buffer_explain (rows[i].asked, rows[i].given, rows[i].most);
      g_auto (GStrv) words = g_strsplit (raw, "\302\240", -1);
      g_autofree char *text = g_strjoinv (" ", words);

      g_assert_true (g_str_has_prefix (text, rows[i].begins));
      g_assert_nonnull (strstr (text, rows[i].has));
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int bytes = 0;

      g_assert_cmpint (swb_receive_buffer_parse (sizes[i].text, &bytes), ==,
                       sizes[i].bytes > 0);
      g_assert_cmpint (bytes, ==, sizes[i].bytes);
    }
}

static void
test_receive_buffer (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0");
  SwbPane *pane = pane_of_card (card);
  GtkWidget *popover, *entry;

  g_test_summary ("The receive buffer is asked for from the pane's menu");
  pane_show (fixture, card);
  pane_run (fixture, "u bind 127.0.0.1:0");
  pane_wait (swb_pane_get_receive_given (pane) > 0);
  gtk_widget_activate_action (card, "pane.receive-buffer", NULL);
  pane_wait ((popover = pane_find (card, SWB_TYPE_RECEIVE_BUFFER, 0)) != NULL);
  entry = pane_find (popover, GTK_TYPE_ENTRY, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "4 MiB");

  gtk_editable_set_text (GTK_EDITABLE (entry), "much");
  pane_press (popover, "_Ask");
  pane_wait (pane_has_label (popover,
                             "A size from 1 byte to 1 GiB is needed, such as 65536, 64 "
                             "KiB or 4 MiB."));
  gtk_editable_set_text (GTK_EDITABLE (entry), "8 KiB");
  pane_press (popover, "_Ask");
  pane_wait (swb_pane_get_receive_given (pane) == 16384);
  g_assert_cmpint (swb_pane_get_receive_asked (pane), ==, 8192);
  pane_unshow (fixture, card);
}

static gboolean
has_speech (GtkWidget *card, const char *part)
{
  GtkWidget *bubble;

  for (guint i = 0; (bubble = pane_find (card, SWB_TYPE_BUBBLE, i)) != NULL; i++)
    {
      SwbSpeech *speech = swb_bubble_get_speech (SWB_BUBBLE (bubble));
      g_autofree char *text = speech ? swb_speech_dup_text (speech) : NULL;

      if (text != NULL && strstr (text, part) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_losses (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0");

  g_test_summary ("What was lost is told in the conversation; that the engine asks for "
                  "options is not");
  pane_make (fixture, "c AF_INET SOCK_DGRAM 0");
  pane_show (fixture, card);
  pane_run (fixture, "u setsockopt SOL_SOCKET SO_RCVBUF 2304");
  pane_run (fixture, "u recv manual");
  pane_run (fixture, "u bind 127.0.0.1:0");
  for (guint i = 0; i < 50; i++)
    pane_run (fixture, "c sendto u \"x\"");
  pane_run (fixture, "u recv auto");
  pane_wait (has_speech (card, "datagrams lost here"));
  g_assert_false (has_speech (card, "connect"));
  pane_unshow (fixture, card);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/receive-buffer/words", test_receive_words);
  pane_test_add ("/receive-buffer/asked", test_receive_buffer);
  pane_test_add ("/receive-buffer/losses", test_losses);

  return g_test_run ();
}
