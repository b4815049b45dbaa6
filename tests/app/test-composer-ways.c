/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "composer-fixture.h"

#include <sys/socket.h>

/* Where and how a composer sends: to an address, as packets, with flags, with a descriptor.
 */

static void
test_netlink (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "n AF_NETLINK SOCK_RAW NETLINK_ROUTE");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, pane);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  GtkEntry *to;

  g_test_summary (
      "What goes through netlink goes to the kernel, and the hint is of netlink");
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  to = GTK_ENTRY (pane_find (composer, GTK_TYPE_ENTRY, 0));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (to)), ==, "netlink 0");
  g_assert_true (pane_has_label (composer, "Layers: rtnetlink type=RTM_GETLINK"));

  gtk_widget_activate_action (composer, "template.use", "u", 0);
  pane_press (composer, "sendto");
  pane_wait (swb_pane_get_n_received (pane) > 0);

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

static void
test_datagram (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_INET SOCK_DGRAM 0");
  SwbPane *b = pane_make (fixture, "b AF_INET SOCK_DGRAM 0");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, a);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);

  g_test_summary ("A datagram has a destination; its receiver answers who wrote last");
  pane_run (fixture, "a bind 127.0.0.1:0");
  pane_run (fixture, "b bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (a) == SWB_STATE_BOUND
             && swb_pane_get_state (b) == SWB_STATE_BOUND);
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  g_assert_cmpuint (pane_count (composer, GTK_TYPE_ENTRY), ==, 1);
  g_assert_false (gtk_widget_is_sensitive (pane_find_button (composer, "sendto")));

  gtk_editable_set_text (GTK_EDITABLE (pane_find (composer, GTK_TYPE_ENTRY, 0)),
                         "127.0.0.1:65536");
  pane_write (composer, "nowhere");
  pane_press (composer, "sendto");
  g_assert_true (
      gtk_widget_has_css_class (pane_find (composer, GTK_TYPE_ENTRY, 0), "error"));
  g_assert_cmpuint (swb_pane_get_n_sent (a), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (pane_find (composer, GTK_TYPE_ENTRY, 0)), "b");
  pane_write (composer, "to b");
  pane_press (composer, "sendto");
  pane_wait (swb_pane_get_n_received (b) == 5);

  gtk_editable_set_text (GTK_EDITABLE (pane_find (composer, GTK_TYPE_ENTRY, 0)), "");
  pane_run (fixture, "b sendto a \"hello\"");
  pane_wait (swb_pane_get_n_received (a) == 5);
  pane_write (composer, "answer");
  pane_press (composer, "sendto");
  pane_wait (swb_pane_get_n_received (b) == 12);

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

static void
test_packet (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;

  g_test_summary ("A packet goes out as its layers' bytes; a mistake is shown");
  composer_desk_set_up (&desk, fixture);
  composer_choose_mode (desk.composer, 3);
  composer_assert_sends (fixture, desk.composer, "icmp-echo id=7 / \"ab\"",
                         "\x08\x00\x96\x95\x00\x07\x00\x01"
                         "ab",
                         10);
  pane_write (desk.composer, "icmp-echo id=x");
  pane_press (desk.composer, "send");
  g_assert_true (composer_is_wrong (desk.composer));
  composer_desk_tear_down (&desk, fixture);
}

static void
test_templates (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;
  SwbPane *route = pane_make (fixture, "route AF_NETLINK SOCK_RAW 0 as client");
  g_autoptr (SwbPaneRunner) runner = swb_pane_runner_new (fixture->bench, route);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  g_autofree char *text = NULL;
  GtkWidget *mode;

  g_test_summary ("Templates come into the entry in the mode that they are written in");
  composer_desk_set_up (&desk, fixture);
  mode = pane_find (desk.composer, GTK_TYPE_DROP_DOWN, 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (mode)), ==, 0);
  gtk_widget_activate_action (desk.composer, "template.use", "u", 0);
  text = swb_compose_text_dup_text (composer_find_text (desk.composer));
  g_assert_true (g_str_has_prefix (text, "GET / HTTP/1.1"));
  gtk_widget_activate_action (desk.composer, "template.use", "u", 99);
  composer_desk_tear_down (&desk, fixture);

  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  mode = pane_find (composer, GTK_TYPE_DROP_DOWN, 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (mode)), ==, 3);
  gtk_widget_activate_action (composer, "template.use", "u", 0);
  composer_assert_text (composer, "rtnetlink type=RTM_GETLINK seq=1");
  pane_unshow (fixture, composer);
}

static void
test_flags (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;
  SwbRecord record;

  g_test_summary ("Flags of the menu go with each send, stay, and can be cleared");
  composer_desk_set_up (&desk, fixture);
  gtk_widget_activate_action (desk.composer, "way.MSG_OOB", NULL);
  gtk_widget_activate_action (desk.composer, "way.MSG_DONTROUTE", NULL);
  g_assert_nonnull (pane_find_button (desk.composer, "MSG_OOB|MSG_DONTROUTE"));
  composer_assert_sends (fixture, desk.composer, "a", "a\n", 2);
  composer_assert_sends (fixture, desk.composer, "b", "b\n", 2);
  g_assert_true (composer_read_last (fixture, SWB_CALL_SEND, &record));
  g_assert_cmpint (record.ints[1] & (MSG_OOB | MSG_DONTROUTE), ==, MSG_OOB | MSG_DONTROUTE);
  pane_press (desk.composer, "MSG_OOB|MSG_DONTROUTE");
  composer_assert_sends (fixture, desk.composer, "c", "c\n", 2);
  g_assert_true (composer_read_last (fixture, SWB_CALL_SEND, &record));
  g_assert_cmpint (record.ints[1] & (MSG_OOB | MSG_DONTROUTE), ==, 0);
  composer_desk_tear_down (&desk, fixture);
}

static void
test_descriptor (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_UNIX SOCK_STREAM 0");
  SwbPane *b = pane_make (fixture, "b AF_UNIX SOCK_STREAM 0");
  SwbPane *carried = pane_make (fixture, "carried AF_INET SOCK_DGRAM 0");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, a);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  SwbRecord record;

  g_test_summary ("Another pane's descriptor goes along once, by sendmsg");
  pane_run (fixture, "a socketpair b");
  pane_run (fixture, "carried socket");
  pane_wait (swb_pane_get_state (b) == SWB_STATE_CONNECTED
             && swb_pane_get_state (carried) == SWB_STATE_CREATED);
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  gtk_widget_activate_action (composer, "way.along", "s", "carried");
  g_assert_nonnull (pane_find_button (composer, "fd of carried"));
  pane_write (composer, "take it");
  pane_press (composer, "sendmsg");
  pane_wait (swb_pane_get_n_received (b) == 8);
  g_assert_true (composer_read_last (fixture, SWB_CALL_SENDMSG, &record));
  g_assert_cmpuint (record.n_control, >, 0);
  g_assert_null (pane_find_button (composer, "fd of carried"));
  g_assert_nonnull (pane_find_button (composer, "send"));

  gtk_widget_activate_action (composer, "way.credentials", NULL);
  pane_write (composer, "it is me");
  pane_press (composer, "sendmsg");
  pane_wait (swb_pane_get_n_received (b) == 17);
  g_assert_true (composer_read_last (fixture, SWB_CALL_SENDMSG, &record));
  g_assert_cmpuint (record.n_control, >, 0);
  pane_press (composer, "SCM_CREDENTIALS");
  g_assert_nonnull (pane_find_button (composer, "send"));

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/composer-ways/datagram", test_datagram);
  pane_test_add ("/composer-ways/netlink", test_netlink);
  pane_test_add ("/composer-ways/packet", test_packet);
  pane_test_add ("/composer-ways/templates", test_templates);
  pane_test_add ("/composer-ways/flags", test_flags);
  pane_test_add ("/composer-ways/descriptor", test_descriptor);

  return g_test_run ();
}
