/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/pane/swb-multicast-popover.h"
#include "bench/swb-bench-multicast.h"
#include "pane-fixture.h"

#include <string.h>

/* The interface lo is there in every network namespace, and is the first. */

static SwbPane *
get_pane (GtkWidget *card)
{
  return swb_pane_view_get_pane (SWB_PANE_VIEW (card));
}

static GtkWidget *
open_popover (PaneFixture *fixture, GtkWidget *card)
{
  GtkWidget *popover = NULL;

  pane_show (fixture, card);
  gtk_widget_activate_action (card, "pane.multicast", NULL);
  pane_wait ((popover = pane_find (card, SWB_TYPE_MULTICAST_POPOVER, 0)) != NULL);
  return popover;
}

static void
type (GtkWidget *popover, guint nth, const char *text)
{
  GtkWidget *entry = pane_find (popover, GTK_TYPE_ENTRY, nth);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* What the last setsockopt of these numbers was given; NULL: there was none. */
static char *
dup_joined (SwbPane *pane, guint i)
{
  g_autoptr (GPtrArray) list = swb_pane_list_memberships (pane);
  const SwbMembership *membership;

  if (i >= list->len)
    return NULL;
  membership = list->pdata[i];
  return g_strdup_printf ("%s %d %s", membership->group, membership->interface,
                          membership->source != NULL ? membership->source : "");
}

static gboolean
is_joined (SwbPane *pane, guint i, const char *expected)
{
  g_autofree char *found = dup_joined (pane, i);

  return g_strcmp0 (found, expected) == 0;
}

static gboolean
says (GtkWidget *popover, const char *part)
{
  for (guint i = 0; i < pane_count (popover, GTK_TYPE_LABEL); i++)
    if (strstr (gtk_label_get_text (GTK_LABEL (pane_find (popover, GTK_TYPE_LABEL, i))),
                part)
        != NULL)
      return TRUE;
  return FALSE;
}

static void
test_join (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card
      = swb_pane_view_new (fixture->bench, pane_make (fixture, "a AF_INET SOCK_DGRAM 0"));
  SwbPane *pane = get_pane (card);
  GtkWidget *popover = open_popover (fixture, card);

  g_test_summary ("A group is joined and left, for all senders or for one");
  g_assert_true (says (popover, "No group is joined."));
  type (popover, 0, "239.200.1.2");
  pane_press (popover, "_Join");
  pane_wait (is_joined (pane, 0, "239.200.1.2 1 "));
  pane_wait (says (popover, "239.200.1.2 on lo"));
  pane_press (popover, "_Leave");
  pane_wait (is_joined (pane, 0, NULL));

  type (popover, 0, "232.200.1.2");
  type (popover, 1, "127.0.0.1");
  pane_press (popover, "_Join");
  pane_wait (is_joined (pane, 0, "232.200.1.2 1 127.0.0.1"));
  pane_wait (says (popover, "from 127.0.0.1 alone"));
  pane_press (popover, "_Leave");
  pane_wait (is_joined (pane, 0, NULL));

  /* The kernel's answer stands where it was asked. */
  pane_press (popover, "_Leave");
  pane_wait (says (popover, "EADDRNOTAVAIL") || says (popover, "EINVAL"));
  pane_unshow (fixture, card);
}

static void
test_six (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card
      = swb_pane_view_new (fixture->bench, pane_make (fixture, "a AF_INET6 SOCK_DGRAM 0"));
  SwbPane *pane = get_pane (card);
  GtkWidget *popover = open_popover (fixture, card);

  g_test_summary ("Groups of IPv6 too");
  type (popover, 0, "ff02::4321");
  pane_press (popover, "_Join");
  pane_wait (is_joined (pane, 0, "ff02::4321 1 "));
  type (popover, 0, "ff3e::4321");
  type (popover, 1, "::1");
  pane_press (popover, "_Join");
  pane_wait (is_joined (pane, 1, "ff3e::4321 1 ::1"));
  pane_unshow (fixture, card);
}

static void
test_mistakes (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card
      = swb_pane_view_new (fixture->bench, pane_make (fixture, "a AF_INET SOCK_DGRAM 0"));
  GtkWidget *popover = open_popover (fixture, card);
  static const char *const wrong[] = { "", "10.0.0.1", "nonsense", "ff02::1", "239.1.2" };

  g_test_summary ("What is no group is not joined, and the entry says so");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      type (popover, 0, wrong[i]);
      pane_press (popover, "_Join");
      if (!g_str_equal (wrong[i], "239.1.2"))
        g_assert_true (
            gtk_widget_has_css_class (pane_find (popover, GTK_TYPE_ENTRY, 0), "error"));
    }
  type (popover, 0, "239.200.1.2");
  type (popover, 1, "localhost");
  pane_press (popover, "_Join");
  g_assert_true (
      gtk_widget_has_css_class (pane_find (popover, GTK_TYPE_ENTRY, 1), "error"));
  pane_unshow (fixture, card);
}

static void
test_why (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card
      = swb_pane_view_new (fixture->bench, pane_make (fixture, "a AF_INET SOCK_DGRAM 0"));
  GtkWidget *popover;

  g_test_summary ("Why nothing arrives is told from what the panes did");
  pane_make (fixture, "b AF_INET SOCK_DGRAM 0");
  pane_run (fixture, "a bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (get_pane (card)) == SWB_STATE_BOUND);
  pane_run (fixture, "b setsockopt IPPROTO_IP IP_MULTICAST_IF 127.0.0.1");
  pane_run (fixture, "b setsockopt IPPROTO_IP IP_MULTICAST_LOOP 0");
  pane_run (fixture, "b setsockopt IPPROTO_IP IP_MULTICAST_TTL 0");
  pane_run (fixture, "b sendto 239.200.1.3:9 \"hello\"");
  pane_wait (swb_pane_get_n_sent (swb_bench_find_pane (fixture->bench, "b")) == 5);

  popover = open_popover (fixture, card);
  type (popover, 0, "239.200.1.3");
  pane_press (popover, "_Why does nothing arrive?");
  g_assert_true (says (popover, "takes only what was sent to that address"));
  g_assert_true (says (popover, "No socket of this machine has joined 239.200.1.3"));
  g_assert_true (says (popover, "b has switched the loop off"));
  g_assert_true (says (popover, "b sends with TTL 0"));
  g_assert_true (says (popover, "b sends to port 9"));
  pane_unshow (fixture, card);
}

static guint
count_lines (SwbPane *pane)
{
  g_autoptr (GPtrArray) lines = swb_pane_dup_option_lines (pane);

  return lines->len;
}

static void
test_sending (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card
      = swb_pane_view_new (fixture->bench, pane_make (fixture, "a AF_INET SOCK_DGRAM 0"));
  SwbPane *pane = get_pane (card);
  GtkWidget *popover = open_popover (fixture, card);
  g_autoptr (GPtrArray) lines = NULL;

  g_test_summary ("What goes out gets interface, loop and TTL");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (pane_find (popover, GTK_TYPE_SPIN_BUTTON, 0)),
                             7);
  gtk_switch_set_active (GTK_SWITCH (pane_find (popover, GTK_TYPE_SWITCH, 0)), FALSE);
  pane_press (popover, "_Set");
  pane_wait (count_lines (pane) >= 3);
  lines = swb_pane_dup_option_lines (pane);
  g_assert_true (
      g_str_has_prefix (lines->pdata[0], "a setsockopt IPPROTO_IP IP_MULTICAST_IF"));
  g_assert_cmpstr (lines->pdata[1], ==, "a setsockopt IPPROTO_IP IP_MULTICAST_TTL 7");
  g_assert_cmpstr (lines->pdata[2], ==, "a setsockopt IPPROTO_IP IP_MULTICAST_LOOP 0");
  pane_unshow (fixture, card);
}

static void
test_absent (PaneFixture *fixture, gconstpointer data)
{
  g_test_summary ("Only where a socket can be in a group");
  g_assert_false (
      swb_multicast_popover_suits (pane_make (fixture, "a AF_INET SOCK_STREAM 0")));
  g_assert_false (
      swb_multicast_popover_suits (pane_make (fixture, "b AF_UNIX SOCK_DGRAM 0")));
  g_assert_true (
      swb_multicast_popover_suits (pane_make (fixture, "c AF_INET6 SOCK_DGRAM 0")));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/multicast/join", test_join);
  pane_test_add ("/multicast/six", test_six);
  pane_test_add ("/multicast/mistakes", test_mistakes);
  pane_test_add ("/multicast/why", test_why);
  pane_test_add ("/multicast/sending", test_sending);
  pane_test_add ("/multicast/absent", test_absent);

  return g_test_run ();
}
