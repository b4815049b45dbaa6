/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-call-bar.h"

#include "app/pane/swb-pane-calls.h"
#include "app/widgets/swb-widget.h"

#include <glib/gi18n.h>

struct _SwbCallBar
{
  GtkBox parent_instance;

  GtkWidget *calls;

  SwbVerb verbs[SWB_PANE_CALLS_MAX];
  GtkWidget *buttons[SWB_PANE_CALLS_MAX];
  guint n_verbs;
  SwbVerb receive; /* the call that receives; NONE: the pane's usual one */
};

G_DEFINE_FINAL_TYPE (SwbCallBar, swb_call_bar, GTK_TYPE_BOX)

static void
swb_call_bar_class_init (SwbCallBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-call-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbCallBar, calls);
}

static void
swb_call_bar_init (SwbCallBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make_button (SwbVerb verb)
{
  const char *name = swb_verb_get_name (verb);
  g_autofree char *action = g_strdup_printf ("pane.%s", name);
  GtkWidget *button = gtk_button_new_with_label (name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
rebuild (SwbCallBar *self, const SwbVerb *verbs, guint n_verbs)
{
  for (guint i = 0; i < self->n_verbs; i++)
    gtk_box_remove (GTK_BOX (self->calls), self->buttons[i]);

  self->n_verbs = n_verbs;
  for (guint i = 0; i < n_verbs; i++)
    {
      self->verbs[i] = verbs[i];
      self->buttons[i] = make_button (verbs[i]);
      gtk_box_append (GTK_BOX (self->calls), self->buttons[i]);
    }
}

static gboolean
has_verbs (SwbCallBar *self, const SwbVerb *verbs, guint n_verbs)
{
  return self->n_verbs == n_verbs
         && memcmp (self->verbs, verbs, n_verbs * sizeof *verbs) == 0;
}

static const char *
get_css_class (SwbStanding standing)
{
  switch (standing)
    {
    case SWB_STANDING_DONE:
      return "done";
    case SWB_STANDING_NEXT:
    case SWB_STANDING_AUTOMATIC:
      return "next";
    case SWB_STANDING_WAITING:
      return "waiting";
    case SWB_STANDING_IMPOSSIBLE:
      return "impossible";
    case SWB_STANDING_POSSIBLE:
    default:
      return NULL;
    }
}

static void
dress_button (GtkWidget *button, SwbVerb verb, SwbStanding standing)
{
  const char *classes[] = { "swb-call", get_css_class (standing), NULL };
  const char *word = swb_standing_get_word (standing);
  g_autofree char *tooltip
      = g_strdup_printf ("%s: %s", swb_pane_calls_explain (verb), word);

  swb_widget_set_classes (button, classes);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (button), tooltip) == 0)
    return;
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, word, -1);
}

void
swb_call_bar_set_receive (SwbCallBar *self, SwbVerb verb)
{
  self->receive = verb;
}

static guint
list_verbs (SwbCallBar *self, SwbPane *pane, SwbVerb *verbs)
{
  guint n_verbs = swb_pane_calls_list (pane, verbs);

  for (guint i = 0; i < n_verbs; i++)
    if (self->receive != SWB_VERB_NONE
        && (verbs[i] == SWB_VERB_RECV || verbs[i] == SWB_VERB_RECVFROM))
      verbs[i] = self->receive;
  return n_verbs;
}

void
swb_call_bar_update (SwbCallBar *self, SwbPane *pane)
{
  SwbVerb verbs[SWB_PANE_CALLS_MAX];
  guint n_verbs = list_verbs (self, pane, verbs);

  if (!has_verbs (self, verbs, n_verbs))
    rebuild (self, verbs, n_verbs);
  for (guint i = 0; i < n_verbs; i++)
    dress_button (self->buttons[i], verbs[i], swb_pane_calls_get_standing (pane, verbs[i]));
}
