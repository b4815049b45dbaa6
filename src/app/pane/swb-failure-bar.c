/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-failure-bar.h"

#include "app/pane/swb-remedy.h"
#include "engine/swb-probe.h"
#include "net/swb-catalog.h"
#include "net/swb-errno.h"

#include <errno.h>
#include <glib/gi18n.h>

struct _SwbFailureBar
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *meaning;
  GtkLabel *detail;
  GtkLabel *remedy;
  GtkFlowBox *remedies;
  GtkWidget *show;

  SwbBench *bench;
  SwbPane *pane;
  char *buttons; /* what stands on the remedies' buttons; nullable */
  char *problem;
  guint64 position;
  gboolean probing; /* the kernel is being asked what it has */
  gboolean recorded;
  guint64 dismissed; /* position + 1 of the failure that the person has put away; 0: none */
};

G_DEFINE_FINAL_TYPE (SwbFailureBar, swb_failure_bar, GTK_TYPE_BOX)

static guint show_record_signal;

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
show_problem (SwbFailureBar *self)
{
  set_text (self->title, _ ("Not carried out"));
  set_text (self->meaning, self->problem);
  set_text (self->detail, NULL);
  set_text (self->remedy, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->remedies), FALSE);
  gtk_widget_set_visible (self->show, FALSE);
}

static GtkWidget *
new_button (const SwbRemedy *remedy)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (remedy->label);
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_set_tooltip_text (button, remedy->tooltip);
  if (remedy->lines != NULL)
    gtk_actionable_set_action_target_value (
        GTK_ACTIONABLE (button),
        g_variant_new_strv ((const char *const *)remedy->lines, -1));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), remedy->action);
  /* The button has the focus, not its place. */
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_halign (child, GTK_ALIGN_START);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  return child;
}

/* The same buttons stay, so that the focus does. */
static guint
show_remedies (SwbFailureBar *self)
{
  g_autoptr (GPtrArray) list = self->recorded || self->bench == NULL
                                   ? g_ptr_array_new ()
                                   : swb_remedy_list (self->bench, self->pane);
  g_autoptr (GString) buttons = g_string_new (NULL);
  GtkWidget *child;

  for (guint i = 0; i < list->len; i++)
    {
      const SwbRemedy *remedy = g_ptr_array_index (list, i);

      g_string_append_printf (buttons, "%s\n%s\n", remedy->label, remedy->tooltip);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->remedies), list->len > 0);
  if (g_strcmp0 (buttons->str, self->buttons) == 0)
    return list->len;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->remedies))) != NULL)
    gtk_flow_box_remove (self->remedies, child);
  for (guint i = 0; i < list->len; i++)
    gtk_flow_box_append (self->remedies, new_button (g_ptr_array_index (list, i)));
  g_free (self->buttons);
  self->buttons = g_strdup (buttons->str);
  return list->len;
}

/* Whether the kernel's answer to socket() is the one that the catalog foretells. */
static gboolean
tells_catalog (SwbFailureBar *self, const SwbFailure *failure)
{
  SwbPane *pane = self->pane;

  return failure->call == SWB_CALL_SOCKET && failure->error > 0
         && swb_probe_get (swb_pane_get_domain (pane), swb_pane_get_socket_type (pane),
                           swb_pane_get_protocol (pane))
                == failure->error;
}

/* An address that is not this machine's: the general advice is about IP. */
static gboolean
is_elsewhere (SwbFailureBar *self, const SwbFailure *failure)
{
  int domain = swb_pane_get_domain (self->pane);

  return failure->error == EADDRNOTAVAIL && domain != AF_INET && domain != AF_INET6;
}

/* Why the kernel gave no socket depends on what it was asked for. */
static char *
dup_meaning (SwbFailureBar *self, const SwbFailure *failure)
{
  SwbPane *pane = self->pane;
  int domain = swb_pane_get_domain (pane);
  int type = swb_pane_get_socket_type (pane);
  int protocol = swb_pane_get_protocol (pane);

  if (failure->error == 0)
    return NULL;
  if (is_elsewhere (self, failure) && domain == AF_VSOCK)
    return g_strdup (_ ("No transport of this machine has this CID. That of the machine "
                        "itself, local, needs the module vsock_loopback; any takes what "
                        "there is."));
  if (!self->recorded && tells_catalog (self, failure))
    return swb_catalog_explain (domain, type, protocol, failure->error);
  return g_strdup (swb_errno_explain (failure->call, failure->error));
}

static void
show_failure (SwbFailureBar *self, const SwbFailure *failure)
{
  guint n_remedies = show_remedies (self);
  gboolean is_told
      = n_remedies > 0 || tells_catalog (self, failure) || is_elsewhere (self, failure);
  const char *call = swb_call_get_info (failure->call)->name;
  g_autofree char *title
      = g_strdup_printf ("%s: %s", call, swb_errno_name (failure->error));
  g_autofree char *meaning = dup_meaning (self, failure);

  /* Without an errno the kernel was never asked, and the detail says why. */
  set_text (self->title, failure->error != 0 ? title : call);
  set_text (self->meaning, meaning);
  set_text (self->detail, failure->detail);
  set_text (self->remedy, failure->error != 0 && !is_told
                              ? swb_errno_remedy (failure->call, failure->error)
                              : NULL);
  gtk_widget_set_visible (self->show, TRUE);
}

static void
update (SwbFailureBar *self)
{
  const SwbFailure *failure = self->pane != NULL ? swb_pane_get_failure (self->pane) : NULL;
  gboolean failed = failure != NULL && failure->call != SWB_CALL_NONE
                    && failure->position + 1 != self->dismissed;

  if (failed)
    g_clear_pointer (&self->problem, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), failed || self->problem != NULL);
  if (failed)
    {
      self->position = failure->position;
      show_failure (self, failure);
    }
  else if (self->problem != NULL)
    show_problem (self);
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (SwbFailureBar) self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL || self->pane == NULL)
    return;

  self->probing = FALSE;
  update (self);
}

/* Reading what the kernel says of itself takes files: a worker's business. */
static void
probe (SwbFailureBar *self)
{
  const SwbFailure *failure = swb_pane_get_failure (self->pane);
  GWeakRef *weak;

  if (failure->call != SWB_CALL_SOCKET || self->probing
      || swb_probe_get (AF_INET, SOCK_STREAM, 0) >= 0)
    return;

  self->probing = TRUE;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  swb_probe_run_async (NULL, probed_cb, weak);
}

static void
dismiss_cb (SwbFailureBar *self)
{
  self->dismissed = self->position + 1;
  g_clear_pointer (&self->problem, g_free);
  update (self);
}

static void
show_cb (SwbFailureBar *self)
{
  g_signal_emit (self, show_record_signal, 0, self->position);
}

static void
swb_failure_bar_dispose (GObject *object)
{
  SwbFailureBar *self = SWB_FAILURE_BAR (object);

  g_clear_object (&self->pane);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->buttons, g_free);

  G_OBJECT_CLASS (swb_failure_bar_parent_class)->dispose (object);
}

static void
swb_failure_bar_class_init (SwbFailureBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_failure_bar_dispose;
  show_record_signal = g_signal_new ("show-record", SWB_TYPE_FAILURE_BAR, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-failure-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbFailureBar, title);
  gtk_widget_class_bind_template_child (widget_class, SwbFailureBar, meaning);
  gtk_widget_class_bind_template_child (widget_class, SwbFailureBar, detail);
  gtk_widget_class_bind_template_child (widget_class, SwbFailureBar, remedy);
  gtk_widget_class_bind_template_child (widget_class, SwbFailureBar, remedies);
  gtk_widget_class_bind_template_child (widget_class, SwbFailureBar, show);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
swb_failure_bar_init (SwbFailureBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
swb_failure_bar_set_bench (SwbFailureBar *self, SwbBench *bench)
{
  self->bench = bench;
}

void
swb_failure_bar_update (SwbFailureBar *self, SwbPane *pane)
{
  g_set_object (&self->pane, pane);
  probe (self);
  update (self);
}

void
swb_failure_bar_set_problem (SwbFailureBar *self, const char *message)
{
  g_free (self->problem);
  self->problem = g_strdup (message);
  update (self);
}

void
swb_failure_bar_set_recorded (SwbFailureBar *self)
{
  self->recorded = TRUE;
  update (self);
}
