/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-bench-bar.h"

#include <glib/gi18n.h>

#include "app/document/swb-mistake-list.h"

/* How it stands with the steps of the bench. */
typedef enum
{
  STEPS_NONE,
  STEPS_OFFERED,
  STEPS_RUNNING,
  STEPS_DONE,
  STEPS_FAILED,
  STEPS_STOPPED,
} Steps;

static const char *const icons[] = {
  [STEPS_OFFERED] = "text-x-generic-symbolic",
  [STEPS_RUNNING] = "media-playback-start-symbolic",
  [STEPS_DONE] = "emblem-ok-symbolic",
  [STEPS_FAILED] = "dialog-error-symbolic",
  [STEPS_STOPPED] = "process-stop-symbolic",
};

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

  Steps steps;
  char *text;          /* of the steps; nullable */
  char *mistakes_text; /* nullable: of a file that was not opened; covers the steps' */
  gboolean is_put_away;
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

/* Mistakes stand in front of the steps, which go on behind them. */
static void
show (SwbBenchBar *self)
{
  gboolean mistaken = self->mistakes_text != NULL;
  Steps steps = mistaken ? STEPS_NONE : self->steps;
  const char *text = mistaken ? self->mistakes_text : self->text;
  g_autofree char *shown = swb_mistake_list_dup_shown (text != NULL ? text : "");

  gtk_image_set_from_icon_name (self->icon,
                                mistaken ? "dialog-error-symbolic" : icons[steps]);
  gtk_label_set_label (self->label, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), steps == STEPS_OFFERED);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), steps == STEPS_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->show_button), steps == STEPS_FAILED);
  gtk_widget_set_visible (self->mistakes, mistaken);
  if (mistaken || steps == STEPS_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "alarming");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "alarming");
  gtk_revealer_set_reveal_child (self->revealer,
                                 mistaken || (steps != STEPS_NONE && !self->is_put_away));
}

static void
set_text (SwbBenchBar *self, const char *text)
{
  g_free (self->text);
  self->text = g_strdup (text);
  show (self);
}

static void
set_steps (SwbBenchBar *self, Steps steps, const char *text)
{
  self->steps = steps;
  self->is_put_away = FALSE;
  set_text (self, text);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
drop_mistakes (SwbBenchBar *self)
{
  g_clear_pointer (&self->mistakes_text, g_free);
  show (self);
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
  set_steps (self, STEPS_FAILED, text);
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
      set_steps (self, STEPS_DONE, text);
      break;
    case SWB_SCRIPT_STOPPED:
      text = g_strdup_printf (_ ("%s was stopped at step %u of %u"), self->name,
                              MIN (swb_script_get_index (script) + 1, n_steps), n_steps);
      set_steps (self, STEPS_STOPPED, text);
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
  g_autofree char *obstacle = swb_bench_bar_run (self);
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
  if (self->mistakes_text != NULL)
    drop_mistakes (self);
  else
    {
      self->is_put_away = TRUE;
      show (self);
    }
}

static void
swb_bench_bar_dispose (GObject *object)
{
  SwbBenchBar *self = SWB_BENCH_BAR (object);

  drop_script (self);
  g_clear_object (&self->bench);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->mistakes_text, g_free);
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
  g_clear_pointer (&self->mistakes_text, g_free);
  text = g_strdup_printf (ngettext ("%s has %u step", "%s has %u steps", commands->len),
                          name, commands->len);
  set_steps (self, commands->len > 0 ? STEPS_OFFERED : STEPS_NONE, text);
}

void
swb_bench_bar_show_mistakes (SwbBenchBar *self, const char *name, GPtrArray *mistakes)
{
  g_return_if_fail (SWB_IS_BENCH_BAR (self));
  g_return_if_fail (mistakes != NULL);

  swb_mistake_list_fill (self->mistake_list, name, mistakes);
  g_free (self->mistakes_text);
  self->mistakes_text
      = g_strdup_printf (ngettext ("%s was not opened: it has %u mistake",
                                   "%s was not opened: it has %u mistakes", mistakes->len),
                         name, mistakes->len);
  show (self);
}

void
swb_bench_bar_dismiss (SwbBenchBar *self)
{
  g_return_if_fail (SWB_IS_BENCH_BAR (self));

  drop_script (self);
  g_clear_pointer (&self->mistakes_text, g_free);
  set_steps (self, STEPS_NONE, NULL);
}

gboolean
swb_bench_bar_can_run (SwbBenchBar *self)
{
  g_return_val_if_fail (SWB_IS_BENCH_BAR (self), FALSE);

  return self->steps == STEPS_OFFERED;
}

gboolean
swb_bench_bar_is_running (SwbBenchBar *self)
{
  g_return_val_if_fail (SWB_IS_BENCH_BAR (self), FALSE);

  return self->steps == STEPS_RUNNING;
}

/* (nullable): what stands against running the steps now */
static char *
dup_obstacle (SwbBenchBar *self)
{
  switch (self->steps)
    {
    case STEPS_OFFERED:
      return NULL;
    case STEPS_RUNNING:
      /* Translators: %s is a bench, such as echo.bench */
      return g_strdup_printf (_ ("%s is running already"), self->name);
    case STEPS_DONE:
    case STEPS_FAILED:
    case STEPS_STOPPED:
      /* Translators: %s is a bench, such as echo.bench */
      return g_strdup_printf (_ ("%s was run already: open it again to run it anew"),
                              self->name);
    case STEPS_NONE:
    default:
      return g_strdup (_ ("There is nothing to run: open a bench that has steps"));
    }
}

char *
swb_bench_bar_run (SwbBenchBar *self)
{
  char *obstacle;

  g_return_val_if_fail (SWB_IS_BENCH_BAR (self), NULL);

  obstacle = dup_obstacle (self);
  if (obstacle != NULL)
    return obstacle;

  self->script = swb_script_new (self->bench, self->commands);
  g_signal_connect (self->script, "step", G_CALLBACK (step_cb), self);
  g_signal_connect (self->script, "ended", G_CALLBACK (ended_cb), self);
  /* No spinner: where a frame takes longer than its time, as without a graphics card,
   * frames without end would leave the follower of the journal none. */
  set_steps (self, STEPS_RUNNING, NULL);
  swb_script_start (self->script);
  return NULL;
}

void
swb_bench_bar_stop (SwbBenchBar *self)
{
  g_return_if_fail (SWB_IS_BENCH_BAR (self));

  if (self->steps == STEPS_RUNNING)
    swb_script_stop (self->script);
}

const char *
swb_bench_bar_get_text (SwbBenchBar *self)
{
  g_return_val_if_fail (SWB_IS_BENCH_BAR (self), NULL);

  return gtk_label_get_label (self->label);
}
