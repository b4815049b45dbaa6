/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-bench-bar.h"

#include <glib/gi18n.h>

#include "net/swb-payload.h"

/* What is quoted from a file, a line of a megabyte included. */
#define QUOTE_MAX_CHARS 300

typedef enum
{
  BAR_HIDDEN,
  BAR_OFFER,
  BAR_RUNNING,
  BAR_DONE,
  BAR_FAILED,
  BAR_STOPPED,
  BAR_MISTAKES,
} BarState;

struct _SwbBenchBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *run_button;
  GtkButton *stop_button;
  GtkButton *show_button;
  GtkWidget *mistakes;
  GtkListBox *mistake_list;

  BarState state;
  SwbBench *bench;
  char *name;
  GPtrArray *commands; /* (element-type SwbCommand) */
  SwbScript *script;
  guint64 failed_position;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SHOW_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbBenchBar, swb_bench_bar, GTK_TYPE_WIDGET)

static void
set_state (SwbBenchBar *self, BarState state, const char *icon)
{
  gboolean alarming = state == BAR_FAILED || state == BAR_MISTAKES;

  self->state = state;
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), state == BAR_OFFER);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), state == BAR_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->show_button), state == BAR_FAILED);
  gtk_widget_set_visible (self->mistakes, state == BAR_MISTAKES);
  if (alarming)
    gtk_widget_add_css_class (GTK_WIDGET (self), "alarming");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "alarming");
  gtk_revealer_set_reveal_child (self->revealer, state != BAR_HIDDEN);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Texts quote files, which may hold controls that turn the direction of what follows. */
static char *
dup_shown (const char *text)
{
  return swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8,
                              QUOTE_MAX_CHARS);
}

static void
set_text (SwbBenchBar *self, const char *text)
{
  g_autofree char *shown = dup_shown (text);

  gtk_label_set_label (self->label, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), shown);
}

static void
drop_script (SwbBenchBar *self)
{
  if (self->script == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->script, self);
  swb_script_stop (self->script);
  g_clear_object (&self->script);
}

static void
step_cb (SwbScript *script, guint index, SwbBenchBar *self)
{
  const SwbCommand *command = swb_script_get_command (script);
  g_autofree char *line = command != NULL ? swb_command_print (command) : g_strdup ("");
  g_autofree char *text = NULL;

  /* Translators: the %s is a line of a bench file */
  text = g_strdup_printf (_ ("Step %u of %u: %s"), index + 1, self->commands->len, line);
  set_text (self, text);
}

static guint64
find_position (SwbBenchBar *self, const SwbCommand *command)
{
  guint64 n_records = swb_journal_get_n_records (swb_bench_get_journal (self->bench));
  SwbPane *pane = NULL;

  if (command != NULL && command->pane != NULL)
    pane = swb_bench_find_pane (self->bench, command->pane);
  if (pane != NULL && swb_pane_get_failure (pane)->call != SWB_CALL_NONE)
    return swb_pane_get_failure (pane)->position;
  return n_records > 0 ? n_records - 1 : 0;
}

static void
tell_failure (SwbBenchBar *self)
{
  const SwbCommand *command = swb_script_get_command (self->script);
  const GError *error = swb_script_get_error (self->script);
  const char *reason = error != NULL ? error->message : _ ("it could not be carried out");
  g_autofree char *text = NULL;

  /* The reason names the command. */
  if (command != NULL && command->line > 0)
    /* Translators: line number of a file, and what went wrong */
    text = g_strdup_printf (_ ("Line %u failed: %s"), command->line, reason);
  else
    /* Translators: %s is what went wrong */
    text = g_strdup_printf (_ ("A step failed: %s"), reason);
  self->failed_position = find_position (self, command);
  set_text (self, text);
  set_state (self, BAR_FAILED, "dialog-error-symbolic");
}

static void
ended_cb (SwbScript *script, SwbBenchBar *self)
{
  guint n_steps = self->commands->len;
  g_autofree char *text = NULL;

  switch (swb_script_get_state (script))
    {
    case SWB_SCRIPT_DONE:
      text = g_strdup_printf (ngettext ("%s: the step was carried out",
                                        "%s: all %u steps were carried out", n_steps),
                              self->name, n_steps);
      set_text (self, text);
      set_state (self, BAR_DONE, "emblem-ok-symbolic");
      break;
    case SWB_SCRIPT_STOPPED:
      text = g_strdup_printf (_ ("%s was stopped at step %u of %u"), self->name,
                              MIN (swb_script_get_index (script) + 1, n_steps), n_steps);
      set_text (self, text);
      set_state (self, BAR_STOPPED, "process-stop-symbolic");
      break;
    case SWB_SCRIPT_FAILED:
      tell_failure (self);
      break;
    case SWB_SCRIPT_RUNNING:
    default:
      break;
    }
}

static void
run_clicked_cb (GtkButton *button, SwbBenchBar *self)
{
  swb_bench_bar_run (self);
}

static void
stop_clicked_cb (GtkButton *button, SwbBenchBar *self)
{
  swb_bench_bar_stop (self);
}

static void
show_clicked_cb (GtkButton *button, SwbBenchBar *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_RECORD], 0, self->failed_position);
}

static void
close_clicked_cb (GtkButton *button, SwbBenchBar *self)
{
  swb_bench_bar_dismiss (self);
}

static void
swb_bench_bar_dispose (GObject *object)
{
  SwbBenchBar *self = SWB_BENCH_BAR (object);

  drop_script (self);
  g_clear_object (&self->bench);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer ((GtkWidget **)&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (swb_bench_bar_parent_class)->dispose (object);
}

static void
swb_bench_bar_class_init (SwbBenchBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_bench_bar_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOW_RECORD]
      = g_signal_new ("show-record", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_UINT64);

  gtk_widget_class_set_css_name (widget_class, "swb-bench-bar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/bench-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, icon);
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, label);
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, run_button);
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, stop_button);
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, show_button);
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, mistakes);
  gtk_widget_class_bind_template_child (widget_class, SwbBenchBar, mistake_list);
  gtk_widget_class_bind_template_callback (widget_class, run_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
}

static void
swb_bench_bar_init (SwbBenchBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
swb_bench_bar_offer (SwbBenchBar *self, SwbBench *bench, const char *name,
                     GPtrArray *commands)
{
  g_autofree char *text = NULL;

  g_return_if_fail (SWB_IS_BENCH_BAR (self));

  drop_script (self);
  g_set_object (&self->bench, bench);
  g_free (self->name);
  self->name = g_strdup (name);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  self->commands = commands;
  if (commands->len == 0)
    {
      set_state (self, BAR_HIDDEN, NULL);
      return;
    }

  text = g_strdup_printf (ngettext ("%s has %u step", "%s has %u steps", commands->len),
                          name, commands->len);
  set_text (self, text);
  set_state (self, BAR_OFFER, "text-x-generic-symbolic");
}

/* A plain label: the message quotes the file, which may hold anything. */
static GtkWidget *
make_mistake_row (const char *name, const SwbMistake *mistake, GtkSizeGroup *places)
{
  g_autofree char *place
      = g_strdup_printf ("%s:%u:%u", name, mistake->line, mistake->column);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *place_label;
  g_autofree char *shown_place = dup_shown (place);
  g_autofree char *shown = dup_shown (mistake->message);
  GtkWidget *message = gtk_label_new (shown);

  place_label = gtk_label_new (shown_place);
  gtk_widget_add_css_class (place_label, "monospace");
  gtk_widget_add_css_class (place_label, "dim-label");
  gtk_widget_set_valign (place_label, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (place_label), 0);
  gtk_size_group_add_widget (places, place_label);
  gtk_label_set_wrap (GTK_LABEL (message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (message), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (message), 0);
  gtk_label_set_selectable (GTK_LABEL (message), TRUE);
  gtk_widget_set_hexpand (message, TRUE);
  gtk_box_append (GTK_BOX (box), place_label);
  gtk_box_append (GTK_BOX (box), message);
  return box;
}

void
swb_bench_bar_show_mistakes (SwbBenchBar *self, const char *name, GPtrArray *mistakes)
{
  g_autoptr (GtkSizeGroup) places = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autofree char *text = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (SWB_IS_BENCH_BAR (self));
  g_return_if_fail (mistakes != NULL);

  drop_script (self);
  while ((row = gtk_list_box_get_row_at_index (self->mistake_list, 0)) != NULL)
    gtk_list_box_remove (self->mistake_list, GTK_WIDGET (row));
  for (guint i = 0; i < mistakes->len; i++)
    gtk_list_box_append (self->mistake_list,
                         make_mistake_row (name, g_ptr_array_index (mistakes, i), places));

  text = g_strdup_printf (ngettext ("%s was not opened: it has %u mistake",
                                    "%s was not opened: it has %u mistakes", mistakes->len),
                          name, mistakes->len);
  set_text (self, text);
  set_state (self, BAR_MISTAKES, "dialog-error-symbolic");
}

void
swb_bench_bar_dismiss (SwbBenchBar *self)
{
  g_return_if_fail (SWB_IS_BENCH_BAR (self));

  drop_script (self);
  set_state (self, BAR_HIDDEN, NULL);
}

gboolean
swb_bench_bar_can_run (SwbBenchBar *self)
{
  g_return_val_if_fail (SWB_IS_BENCH_BAR (self), FALSE);

  return self->state == BAR_OFFER;
}

gboolean
swb_bench_bar_is_running (SwbBenchBar *self)
{
  g_return_val_if_fail (SWB_IS_BENCH_BAR (self), FALSE);

  return self->state == BAR_RUNNING;
}

void
swb_bench_bar_run (SwbBenchBar *self)
{
  g_return_if_fail (SWB_IS_BENCH_BAR (self));

  if (self->state != BAR_OFFER)
    return;

  self->script = swb_script_new (self->bench, self->commands);
  g_signal_connect (self->script, "step", G_CALLBACK (step_cb), self);
  g_signal_connect (self->script, "ended", G_CALLBACK (ended_cb), self);
  /* No spinner: where a frame takes longer than its time, as without a graphics card,
   * frames without end would leave the follower of the journal none. */
  set_state (self, BAR_RUNNING, "media-playback-start-symbolic");
  swb_script_start (self->script);
}

void
swb_bench_bar_stop (SwbBenchBar *self)
{
  g_return_if_fail (SWB_IS_BENCH_BAR (self));

  if (self->state == BAR_RUNNING)
    swb_script_stop (self->script);
}

const char *
swb_bench_bar_get_text (SwbBenchBar *self)
{
  g_return_val_if_fail (SWB_IS_BENCH_BAR (self), NULL);

  return gtk_label_get_label (self->label);
}
