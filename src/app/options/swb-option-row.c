/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/options/swb-option-row.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-widget.h"
#include "net/swb-errno.h"
#include "net/swb-option-names.h"
#include "net/swb-option-struct.h"

struct _SwbOptionRow
{
  GtkBox parent_instance;

  GtkLabel *heading;
  GtkWidget *body;
  GtkLabel *name;
  GtkWidget *badge;
  GtkLabel *sentence;
  GtkLabel *note;
  GtkSwitch *toggle;
  GtkDropDown *choice;
  GtkWidget *edit;
  GtkEntry *entry;
  GtkWidget *set;
  GtkLabel *value;
  GtkWidget *read;

  SwbOptionItem *item; /* nullable */
  GPtrArray *names;    /* SwbOptionName, of the choice's rows; NULL: values have no names */
  guint chosen;        /* the choice's row that the kernel's value has */
  gboolean updating;   /* what changes is shown, not typed */
};

G_DEFINE_FINAL_TYPE (SwbOptionRow, swb_option_row, GTK_TYPE_BOX)

enum
{
  APPLY,
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the option is changed with. */
typedef enum
{
  WAY_NONE,
  WAY_SWITCH,
  WAY_CHOICE,
  WAY_ENTRY,
} Way;

/* Options that this socket has not got can't be changed either; write-only ones can't be
 * read. */
static Way
get_way (SwbOptionRow *self)
{
  SwbOptionItem *item = self->item;
  const SwbOption *option = swb_option_item_get_option (item);

  if ((option->flags & SWB_OPTION_WRITE) == 0 || swb_option_item_get_error (item) != 0)
    return WAY_NONE;
  if (option->type == SWB_OPTION_BOOL && swb_option_item_get_value (item) != NULL)
    return WAY_SWITCH;
  if (self->names != NULL)
    return WAY_CHOICE;
  return WAY_ENTRY;
}

static const char *
get_placeholder (const SwbOption *option)
{
  switch (option->type)
    {
    case SWB_OPTION_BOOL:
      return _ ("on or off");
    case SWB_OPTION_INT:
    case SWB_OPTION_UINT64:
      return _ ("number");
    case SWB_OPTION_TIMEVAL:
      return "1.5s";
    case SWB_OPTION_LINGER:
      return "on 5s";
    case SWB_OPTION_QUAD:
      return "127.0.0.1";
    case SWB_OPTION_MEMBERSHIP:
      return "239.1.2.3 lo";
    case SWB_OPTION_SOURCE:
      return "232.1.2.3 127.0.0.1 127.0.0.1";
    case SWB_OPTION_MEMBERSHIP6:
      return "ff02::1:3 lo";
    case SWB_OPTION_GROUP:
      return "ff02::1:3 lo";
    case SWB_OPTION_GROUP_SOURCE:
      return "ff3e::1:3 lo ::1";
    case SWB_OPTION_TEXT:
      return _ ("name");
    case SWB_OPTION_CREDENTIALS:
    case SWB_OPTION_BYTES:
    default:
      return "hex:00 00 00 00";
    }
}

static void
show_placeholder (GtkEntry *entry, const SwbOption *option)
{
  g_autofree char *fields
      = option->type == SWB_OPTION_STRUCT ? swb_option_struct_dup_help (option) : NULL;

  gtk_entry_set_placeholder_text (entry,
                                  fields != NULL ? fields : get_placeholder (option));
}

/* (nullable) (transfer full): what is wrong with what was typed */
static char *
dup_mistake (SwbOptionItem *item)
{
  const char *draft = swb_option_item_get_draft (item);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) value
      = draft != NULL ? swb_option_parse (swb_option_item_get_option (item), draft, &error)
                      : NULL;

  return error != NULL ? g_strdup (error->message) : NULL;
}

static void
show_note (SwbOptionRow *self)
{
  static const char *const classes[][3] = {
    [SWB_OPTION_NOTE_PLAIN] = { "caption", "dim-label", NULL },
    [SWB_OPTION_NOTE_TOLD] = { "caption", "accent", NULL },
    [SWB_OPTION_NOTE_WRONG] = { "caption", "error", NULL },
  };
  SwbOptionNote kind = SWB_OPTION_NOTE_WRONG;
  g_autofree char *mistake = dup_mistake (self->item);
  g_autofree char *note
      = mistake == NULL ? swb_option_item_dup_note (self->item, &kind) : NULL;
  const char *text = mistake != NULL ? mistake : note;

  if (mistake != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_label_set_text (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
  gtk_widget_set_css_classes (GTK_WIDGET (self->note), (const char **)classes[kind]);
  gtk_widget_set_visible (self->set, swb_option_item_get_draft (self->item) != NULL);
  gtk_widget_set_sensitive (self->set, mistake == NULL);
}

static void
show_switch (SwbOptionRow *self)
{
  gsize length;
  const int *value = g_bytes_get_data (swb_option_item_get_value (self->item), &length);
  gboolean on = length >= sizeof *value && *value != 0;

  gtk_switch_set_active (self->toggle, on);
  gtk_switch_set_state (self->toggle, on);
}

/* A row for each of the names. Not while the drop-down tells of a choice: it can't be given
 * another model from within that. */
static void
fill_choice (SwbOptionRow *self)
{
  g_autoptr (GtkStringList) rows = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->names->len; i++)
    {
      const SwbOptionName *name = g_ptr_array_index (self->names, i);

      gtk_string_list_append (rows, name->name[0] != '\0' ? name->name : _ ("None"));
    }
  self->updating = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (rows));
  self->updating = FALSE;
}

/* A value without a name is a row of its own, the last one, with the number. */
static void
show_choice (SwbOptionRow *self, const char *shown)
{
  GtkStringList *rows = GTK_STRING_LIST (gtk_drop_down_get_model (self->choice));
  const char *extra = gtk_string_list_get_string (rows, self->names->len);
  const char *row[] = { shown[0] != '\0' ? shown : _ ("None"), NULL };
  guint chosen = 0;

  while (
      chosen < self->names->len
      && !g_str_equal (
          ((const SwbOptionName *)g_ptr_array_index (self->names, chosen))->value, shown))
    chosen++;
  if (chosen == self->names->len && g_strcmp0 (extra, row[0]) != 0)
    gtk_string_list_splice (rows, self->names->len, extra != NULL ? 1 : 0, row);
  self->chosen = chosen;
  gtk_drop_down_set_selected (self->choice, chosen);
  if (chosen < self->names->len && extra != NULL)
    gtk_string_list_remove (rows, self->names->len);
}

static void
show_value (SwbOptionRow *self)
{
  Way way = get_way (self);
  const SwbOption *option = swb_option_item_get_option (self->item);
  int error = swb_option_item_get_error (self->item);
  const char *draft = swb_option_item_get_draft (self->item);
  g_autofree char *text = swb_option_item_dup_text (self->item);
  const char *shown = error != 0 ? swb_errno_name (error) : text != NULL ? text : "";
  gboolean takes = (option->flags & SWB_OPTION_TAKES) != 0;

  if (way == WAY_SWITCH)
    show_switch (self);
  if (way == WAY_CHOICE)
    show_choice (self, shown);
  if (way == WAY_ENTRY)
    {
      const char *typed = draft != NULL ? draft : shown;

      if (!g_str_equal (typed, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
        gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
      show_placeholder (self->entry, option);
    }
  gtk_label_set_text (self->value, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->value), *shown != '\0' ? shown : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->toggle), way == WAY_SWITCH);
  gtk_widget_set_visible (GTK_WIDGET (self->choice), way == WAY_CHOICE);
  gtk_widget_set_visible (self->edit, way == WAY_ENTRY);
  gtk_widget_set_visible (GTK_WIDGET (self->value), way == WAY_NONE && *shown != '\0');
  gtk_widget_set_visible (self->read, takes);
}

/* "SOL_SOCKET (1), SO_KEEPALIVE (9) · socket(7) · since Linux 2.2" */
static char *
dup_tooltip (const SwbOptionLevel *level, const SwbOption *option)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s (%d), %s (%d)\n%s", level->constant,
                   swb_option_level_get_number (level->level), option->constant,
                   option->name, option->page);
  if (*option->since != '\0')
    {
      g_string_append (text, " · ");
      /* Translators: %s is a version of Linux, such as 2.6.22 */
      g_string_append_printf (text, _ ("since Linux %s"), option->since);
    }
  if ((option->flags & SWB_OPTION_RIGHT) != 0)
    g_string_append_printf (text, "\n%s",
                            _ ("Some values ask for CAP_NET_ADMIN or CAP_NET_RAW"));
  return g_string_free (text, FALSE);
}

static void
show_heading (SwbOptionRow *self)
{
  const SwbOptionLevel *level = swb_option_item_get_level (self->item);
  g_autofree char *text = g_strdup_printf ("%s · %s", level->constant, _ (level->word));

  gtk_label_set_text (self->heading, text);
}

static void
show_option (SwbOptionRow *self)
{
  const SwbOption *option = swb_option_item_get_option (self->item);
  g_autofree char *tooltip = dup_tooltip (swb_option_item_get_level (self->item), option);

  gtk_label_set_text (self->name, option->constant);
  gtk_label_set_text (self->sentence, _ (option->sentence));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), tooltip);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = swb_option_list_names (option, "");
  if (self->names != NULL)
    fill_choice (self);
  swb_widget_set_label (GTK_WIDGET (self->toggle), option->constant);
  swb_widget_set_label (GTK_WIDGET (self->choice), option->constant);
  swb_widget_set_label (GTK_WIDGET (self->entry), option->constant);
}

static void
update (SwbOptionRow *self)
{
  gboolean is_option
      = self->item != NULL && swb_option_item_get_option (self->item) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->heading), self->item != NULL && !is_option);
  gtk_widget_set_visible (self->body, is_option);
  if (!is_option)
    return;

  self->updating = TRUE;
  show_value (self);
  show_note (self);
  gtk_widget_set_visible (self->badge, swb_option_item_differs (self->item));
  /* What can only be written has no value that could be an old one. */
  if (swb_option_item_is_read (self->item)
      || (swb_option_item_get_option (self->item)->flags & SWB_OPTION_READ) == 0)
    gtk_widget_remove_css_class (self->body, "swb-fresh");
  else
    gtk_widget_add_css_class (self->body, "swb-fresh");
  self->updating = FALSE;
}

static void
apply (SwbOptionRow *self, const char *text)
{
  g_autoptr (SwbOptionItem) item = g_object_ref (self->item);
  g_autofree char *copy = g_strdup (text);

  swb_option_item_set_draft (item, NULL);
  g_signal_emit (self, signals[APPLY], 0, item, copy);
  if (self->item == item)
    update (self);
}

/* The switch moves when the kernel has taken it, and so does the choice. */
static gboolean
toggled_cb (SwbOptionRow *self, gboolean on)
{
  if (!self->updating && self->item != NULL)
    apply (self, on ? "1" : "0");
  return !self->updating;
}

/* Told late when the choice is put back from within: the value says whether it was. */
static void
chosen_cb (SwbOptionRow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->choice);
  const SwbOptionName *name;

  if (self->updating || self->item == NULL || self->names == NULL || chosen == self->chosen
      || chosen >= self->names->len)
    return;
  name = g_ptr_array_index (self->names, chosen);
  apply (self, name->value);
}

static void
typed_cb (SwbOptionRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *value = NULL;

  if (self->updating || self->item == NULL)
    return;

  value = swb_option_item_dup_text (self->item);
  swb_option_item_set_draft (
      self->item, g_strcmp0 (text, value != NULL ? value : "") != 0 ? text : NULL);
  show_note (self);
}

/* Also without a change: a group that was left can be joined again with the same words. */
static void
set_cb (SwbOptionRow *self)
{
  g_autofree char *mistake = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (self->item == NULL)
    return;

  mistake = dup_mistake (self->item);
  if (mistake == NULL && *text != '\0')
    apply (self, text);
}

static void
read_cb (SwbOptionRow *self)
{
  if (self->item != NULL)
    g_signal_emit (self, signals[READ], 0, self->item);
}

static void
swb_option_row_dispose (GObject *object)
{
  swb_option_row_set_item (SWB_OPTION_ROW (object), NULL);
  g_clear_pointer (&SWB_OPTION_ROW (object)->names, g_ptr_array_unref);
  G_OBJECT_CLASS (swb_option_row_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/option-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, heading);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, body);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, name);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, badge);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, note);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, toggle);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, choice);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, edit);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, entry);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, set);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, value);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionRow, read);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cb);
}

static void
swb_option_row_class_init (SwbOptionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_option_row_dispose;
  signals[APPLY]
      = g_signal_new ("apply", SWB_TYPE_OPTION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, SWB_TYPE_OPTION_ITEM, G_TYPE_STRING);
  signals[READ] = g_signal_new ("read", SWB_TYPE_OPTION_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, SWB_TYPE_OPTION_ITEM);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
swb_option_row_init (SwbOptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
swb_option_row_new (void)
{
  return g_object_new (SWB_TYPE_OPTION_ROW, NULL);
}

void
swb_option_row_set_item (SwbOptionRow *self, SwbOptionItem *item)
{
  g_return_if_fail (SWB_IS_OPTION_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_swapped (item, "changed", G_CALLBACK (update), self);
  if (swb_option_item_get_option (item) != NULL)
    show_option (self);
  else
    show_heading (self);
  update (self);
}

SwbOptionItem *
swb_option_row_get_item (SwbOptionRow *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ROW (self), NULL);

  return self->item;
}
