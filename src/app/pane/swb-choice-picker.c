/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-choice-picker.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-compat.h"
#include "app/widgets/swb-widget.h"

struct _SwbChoicePicker
{
  GtkBox parent_instance;

  GtkDropDown *drop;
  GtkEntry *entry;
  GtkLabel *problem;

  SwbChoiceParse parse;
  int value;
  gboolean wrong;   /* the entry is shown, and its text is no number */
  gboolean filling; /* the list is being replaced, its selection means nothing yet */
};

G_DEFINE_FINAL_TYPE (SwbChoicePicker, swb_choice_picker, GTK_TYPE_BOX)

static guint changed_signal;

gboolean
swb_choice_picker_is_typed (SwbChoicePicker *self)
{
  SwbChoice *choice = gtk_drop_down_get_selected_item (self->drop);

  return choice != NULL && swb_choice_is_other (choice);
}

static void
set_problem (SwbChoicePicker *self, const char *problem)
{
  self->wrong = problem != NULL;
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  swb_widget_mark_wrong (GTK_WIDGET (self->entry), problem != NULL);
}

/* An empty entry is not wrong yet, and means what was chosen before. */
static void
read_entry (SwbChoicePicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;

  if (*text == '\0' || self->parse (text, &self->value, &error))
    set_problem (self, NULL);
  else
    set_problem (self, error->message);
}

static void
update (SwbChoicePicker *self)
{
  SwbChoice *choice = gtk_drop_down_get_selected_item (self->drop);
  gboolean typed = swb_choice_picker_is_typed (self);

  gtk_widget_set_visible (GTK_WIDGET (self->entry), typed);
  if (typed)
    read_entry (self);
  else
    set_problem (self, NULL);
  if (!typed && choice != NULL)
    self->value = swb_choice_get_value (choice);
}

static void
selected_cb (SwbChoicePicker *self)
{
  if (self->filling)
    return;

  update (self);
  if (swb_choice_picker_is_typed (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  g_signal_emit (self, changed_signal, 0);
}

static void
typed_cb (SwbChoicePicker *self)
{
  if (self->filling || !swb_choice_picker_is_typed (self))
    return;

  update (self);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
swb_choice_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SWB_CHOICE_PICKER (widget)->drop));
}

static void
swb_choice_picker_class_init (SwbChoicePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = swb_choice_picker_grab_focus;
  changed_signal = g_signal_new ("changed", SWB_TYPE_CHOICE_PICKER, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* The factories in the template look properties up by the type's name. */
  g_type_ensure (SWB_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/choice-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbChoicePicker, drop);
  gtk_widget_class_bind_template_child (widget_class, SwbChoicePicker, entry);
  gtk_widget_class_bind_template_child (widget_class, SwbChoicePicker, problem);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
swb_choice_picker_init (SwbChoicePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
swb_choice_picker_set_up (SwbChoicePicker *self, GtkLabel *label, SwbChoiceParse parse)
{
  g_return_if_fail (SWB_IS_CHOICE_PICKER (self) && parse != NULL);

  self->parse = parse;
  gtk_label_set_mnemonic_widget (label, GTK_WIDGET (self->drop));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->drop),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

/* The value's place, or that of "Other number…" (@value NULL), or 0 */
static guint
find (GListModel *choices, const int *value)
{
  guint n = g_list_model_get_n_items (choices);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwbChoice) choice = g_list_model_get_item (choices, i);
      gboolean other = swb_choice_is_other (choice);

      if (value == NULL ? other : !other && swb_choice_get_value (choice) == *value)
        return i;
    }
  return 0;
}

void
swb_choice_picker_fill (SwbChoicePicker *self, GListStore *choices, int value)
{
  GListModel *model = G_LIST_MODEL (choices);
  gboolean typed = swb_choice_picker_is_typed (self);

  g_return_if_fail (SWB_IS_CHOICE_PICKER (self));

  self->filling = TRUE;
  gtk_drop_down_set_model (self->drop, model);
  /* What was typed stays typed: its list only tells more by now. An empty entry was there
   * because the list before had nothing else. */
  typed = typed && value == self->value
          && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';
  gtk_drop_down_set_selected (self->drop, find (model, typed ? NULL : &value));
  swb_compat_search_anywhere (self->drop);
  update (self);
  self->filling = FALSE;
  g_object_unref (choices);
}

void
swb_choice_picker_type (SwbChoicePicker *self, const char *text)
{
  g_return_if_fail (SWB_IS_CHOICE_PICKER (self) && text != NULL);

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->drop,
                              find (gtk_drop_down_get_model (self->drop), NULL));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  update (self);
  self->filling = FALSE;
}

int
swb_choice_picker_get_value (SwbChoicePicker *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE_PICKER (self), 0);

  return self->value;
}

const char *
swb_choice_picker_get_problem (SwbChoicePicker *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE_PICKER (self), NULL);

  if (swb_choice_picker_is_typed (self)
      && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0')
    return _ ("A number is missing");
  return self->wrong ? gtk_label_get_text (self->problem) : NULL;
}

GtkDropDown *
swb_choice_picker_get_drop (SwbChoicePicker *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE_PICKER (self), NULL);

  return self->drop;
}
