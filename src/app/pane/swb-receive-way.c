/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-receive-way.h"

#include "app/widgets/swb-widget.h"
#include "bench/swb-constants.h"
#include "net/swb-catalog.h"

#include <glib/gi18n.h>
#include <sys/socket.h>

/* Messages that one recvmmsg by hand has room for. */
#define MANY 8

/* In the order of the drop-down. */
static const SwbCall calls[]
    = { SWB_CALL_RECV, SWB_CALL_RECVFROM, SWB_CALL_RECVMSG, SWB_CALL_RECVMMSG };

static const struct
{
  int flag;
  const char *name;
  const char *sentence;
} flags[] = {
  { MSG_PEEK, "MSG_PEEK", N_ ("Looks at the bytes and leaves them where they are") },
  { MSG_OOB, "MSG_OOB", N_ ("Takes the urgent byte, past all others") },
  { MSG_DONTWAIT, "MSG_DONTWAIT", N_ ("Answers EAGAIN where nothing is there") },
  { MSG_TRUNC, "MSG_TRUNC",
    N_ ("Returns a datagram’s whole length; of a stream, throws the bytes away") },
  { MSG_WAITALL, "MSG_WAITALL", N_ ("Waits until the length is full") },
  { MSG_ERRQUEUE, "MSG_ERRQUEUE",
    N_ ("Takes from the queue of errors, such as those that IP_RECVERR puts there") },
};

/* Automatically, they would be received again and again. */
#define STAYING (MSG_PEEK | MSG_ERRQUEUE)

struct _SwbReceiveWay
{
  GtkBox parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkCheckButton *by_itself;
  GtkCheckButton *by_hand;
  GtkDropDown *call;
  GtkEntry *room;
  GtkGrid *grid;
  GtkCheckButton *checks[G_N_ELEMENTS (flags)];
  GtkLabel *note;

  SwbPane *pane;
  int numbers[3]; /* what was chosen here last, for receiving by hand; as of a recv auto
                     command */
};

G_DEFINE_FINAL_TYPE (SwbReceiveWay, swb_receive_way, GTK_TYPE_BOX)

enum
{
  USED,
  ONCE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static SwbCall
get_usual (SwbReceiveWay *self)
{
  return swb_pane_has_connections (self->pane) ? SWB_CALL_RECV : SWB_CALL_RECVFROM;
}

static SwbCall
get_call (SwbReceiveWay *self, const int numbers[3])
{
  return numbers[0] > TRUE ? (SwbCall)numbers[0] : get_usual (self);
}

/* What is in force. */
static void
get_numbers (SwbReceiveWay *self, int numbers[3])
{
  if (swb_pane_get_recv_auto (self->pane))
    swb_pane_get_recv_mode (self->pane, numbers);
  else
    memcpy (numbers, self->numbers, sizeof self->numbers);
}

char *
swb_receive_way_describe (const int numbers[3], SwbCall usual, gboolean by_itself)
{
  SwbCall call = numbers[0] > TRUE ? (SwbCall)numbers[0] : usual;
  g_autoptr (GString) text = g_string_new (swb_call_get_info (call)->name);

  if (numbers[1] > 0)
    g_string_append_printf (text, " · %d B", numbers[1]);
  if (numbers[2] != 0)
    {
      g_autofree char *names = swb_constants_print_flags (numbers[2]);

      g_string_append_printf (text, " · %s", names);
    }
  /* Translators: how a socket receives: as bytes come, or when a button is pressed */
  g_string_append_printf (text, " · %s", by_itself ? _ ("automatic") : _ ("by hand"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- what was chosen --- */

static int
read_flags (SwbReceiveWay *self)
{
  int chosen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (gtk_check_button_get_active (self->checks[i]))
      chosen |= flags[i].flag;
  return chosen;
}

static void
set_wrong (SwbReceiveWay *self, const char *message)
{
  gtk_label_set_text (self->note, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), message != NULL);
}

/* FALSE with the reason shown. */
static gboolean
read_room (SwbReceiveWay *self, int *room)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->room));
  guint64 value = 0;
  gboolean good
      = text[0] == '\0'
        || g_ascii_string_to_unsigned (text, 10, 1, SWB_JOURNAL_DATA_MAX, &value, NULL);
  g_autofree char *most = g_strdup_printf ("%u", SWB_JOURNAL_DATA_MAX);
  g_autofree char *message
      /* Translators: %s is a number of bytes */
      = good ? NULL : g_strdup_printf (_ ("A length from 1 to %s bytes is needed."), most);

  set_wrong (self, message);
  if (good)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->room), "error");
      *room = (int)value;
      return TRUE;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->room), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->room));
  return FALSE;
}

/* FALSE with the reason shown. */
static gboolean
read_choice (SwbReceiveWay *self)
{
  guint chosen = gtk_drop_down_get_selected (self->call);
  SwbCall call = calls[MIN (chosen, G_N_ELEMENTS (calls) - 1)];

  if (!read_room (self, &self->numbers[1]))
    return FALSE;
  self->numbers[0] = call == get_usual (self) ? TRUE : (int)call;
  self->numbers[2] = read_flags (self);
  return TRUE;
}

static void
use_cb (SwbReceiveWay *self)
{
  g_autoptr (SwbCommand) command = NULL;

  if (!read_choice (self))
    return;
  command = swb_command_new (SWB_VERB_RECV_MODE, swb_pane_get_name (self->pane), 0);
  if (gtk_check_button_get_active (self->by_itself))
    {
      memcpy (command->numbers, self->numbers, sizeof command->numbers);
      command->numbers[2] &= ~STAYING;
    }
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[USED], 0, command);
}

static void
once_cb (SwbReceiveWay *self)
{
  if (!read_choice (self))
    return;
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[ONCE], 0);
}

/* --- what is shown --- */

static void
mode_cb (SwbReceiveWay *self)
{
  gboolean by_itself = gtk_check_button_get_active (self->by_itself);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      GtkWidget *check = GTK_WIDGET (self->checks[i]);
      g_autofree char *why = NULL;

      if (by_itself && (flags[i].flag & STAYING) != 0)
        why = g_strdup_printf (
            "%s. %s", _ (flags[i].sentence),
            _ ("With “Receive once” or by hand: automatically it would never end"));
      gtk_widget_set_tooltip_text (check, why != NULL ? why : _ (flags[i].sentence));
    }
}

static void
fill (SwbReceiveWay *self)
{
  g_autofree char *room = NULL;
  int numbers[3];

  get_numbers (self, numbers);
  room = numbers[1] > 0 ? g_strdup_printf ("%d", numbers[1]) : g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (calls[i] == get_call (self, numbers))
      gtk_drop_down_set_selected (self->call, i);
  gtk_editable_set_text (GTK_EDITABLE (self->room), room);
  gtk_widget_remove_css_class (GTK_WIDGET (self->room), "error");
  set_wrong (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    gtk_check_button_set_active (self->checks[i], (numbers[2] & flags[i].flag) != 0);
  gtk_check_button_set_active (
      swb_pane_get_recv_auto (self->pane) ? self->by_itself : self->by_hand, TRUE);
  mode_cb (self);
}

static void
shown_cb (SwbReceiveWay *self)
{
  if (self->pane != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    fill (self);
}

static void
make_checks (SwbReceiveWay *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (flags[i].name);

      self->checks[i] = GTK_CHECK_BUTTON (check);
      gtk_widget_set_tooltip_text (check, _ (flags[i].sentence));
      gtk_widget_add_css_class (check, "swb-bytes");
      gtk_grid_attach (self->grid, check, (int)i % 2, (int)i / 2, 1, 1);
    }
}

static void
swb_receive_way_dispose (GObject *object)
{
  g_clear_object (&SWB_RECEIVE_WAY (object)->pane);

  G_OBJECT_CLASS (swb_receive_way_parent_class)->dispose (object);
}

static void
swb_receive_way_class_init (SwbReceiveWayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_receive_way_dispose;
  signals[USED] = g_signal_new ("used", SWB_TYPE_RECEIVE_WAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ONCE] = g_signal_new ("once", SWB_TYPE_RECEIVE_WAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-receive-way.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, button);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, popover);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, by_itself);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, by_hand);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, call);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, room);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, grid);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveWay, note);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, once_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
swb_receive_way_init (SwbReceiveWay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_checks (self);
}

void
swb_receive_way_set_pane (SwbReceiveWay *self, SwbPane *pane)
{
  g_assert (self->pane == NULL);
  self->pane = g_object_ref (pane);
  swb_receive_way_update (self);
}

void
swb_receive_way_update (SwbReceiveWay *self)
{
  gboolean by_itself = swb_pane_get_recv_auto (self->pane);
  g_autofree char *text = NULL;
  int numbers[3];

  get_numbers (self, numbers);
  text = swb_receive_way_describe (numbers, get_usual (self), by_itself);
  if (g_strcmp0 (gtk_menu_button_get_label (self->button), text) == 0)
    return;
  gtk_menu_button_set_label (self->button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

SwbVerb
swb_receive_way_get_verb (SwbReceiveWay *self)
{
  switch (get_call (self, self->numbers))
    {
    case SWB_CALL_RECVMSG:
      return SWB_VERB_RECVMSG;
    case SWB_CALL_RECVMMSG:
      return SWB_VERB_RECVMMSG;
    case SWB_CALL_RECVFROM:
      return SWB_VERB_RECVFROM;
    default:
      return SWB_VERB_RECV;
    }
}

void
swb_receive_way_fill (SwbReceiveWay *self, SwbCommand *command)
{
  command->numbers[0] = self->numbers[1];
  command->numbers[1] = self->numbers[2];
  if (command->verb == SWB_VERB_RECVMMSG)
    command->numbers[2] = MANY;
}
