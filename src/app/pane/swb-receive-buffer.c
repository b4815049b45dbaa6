/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-receive-buffer.h"

#include <glib/gi18n.h>

#include "engine/swb-engine.h"

#define MOST_FILE "/proc/sys/net/core/rmem_max"
#define MAX_BYTES (1 << 30)

struct _SwbReceiveBuffer
{
  GtkPopover parent_instance;

  GtkLabel *label;
  GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE (SwbReceiveBuffer, swb_receive_buffer, GTK_TYPE_POPOVER)

static guint asked_signal;

/* --- words --- */

static char *
print_size (int bytes)
{
  return g_format_size_full ((guint64)MAX (bytes, 0), G_FORMAT_SIZE_IEC_UNITS);
}

static char *
explain_less (int asked, int most)
{
  g_autofree char *limit = print_size (most);

  if (most <= 0)
    return g_strdup (_ ("The kernel gives no more than net.core.rmem_max allows."));
  return g_strdup_printf (
      /* Translators: a size as in 208.0 KiB, then a number of bytes */
      _ ("The kernel gives no more than twice net.core.rmem_max, which is %s here. As "
         "root, “sysctl -w net.core.rmem_max=%d” allows what was asked for; then ask "
         "again."),
      limit, asked);
}

char *
swb_receive_buffer_explain (int asked, int given, int most)
{
  g_autofree char *wanted = print_size (asked > 0 ? asked : SWB_ENGINE_RCVBUF);
  g_autofree char *got = print_size (given);
  g_autofree char *reason = NULL;

  if (asked <= 0 || given <= 0)
    /* Translators: a size as in 4.0 MiB */
    return g_strdup_printf (_ ("The socket will ask for %s."), wanted);

  reason = given / 2 < asked
               ? explain_less (asked, most)
               : g_strdup (_ ("The kernel doubles what is asked for, since its own "
                              "structures lie in it as well."));
  /* Translators: two sizes as in 4.0 MiB, then a sentence that says why they differ */
  return g_strdup_printf (_ ("Asked for %s, the kernel gave %s. %s"), wanted, got, reason);
}

gboolean
swb_receive_buffer_parse (const char *text, int *bytes)
{
  static const struct
  {
    const char *unit;
    guint64 factor;
  } units[]
      = { { "", 1 },         { "b", 1 },       { "k", 1 << 10 },   { "kib", 1 << 10 },
          { "kb", 1 << 10 }, { "m", 1 << 20 }, { "mib", 1 << 20 }, { "mb", 1 << 20 } };
  g_autofree char *trimmed = g_strstrip (g_ascii_strdown (text, -1));
  char *end = NULL;
  guint64 number;

  if (!g_ascii_isdigit (trimmed[0]))
    return FALSE;
  number = g_ascii_strtoull (trimmed, &end, 10);
  while (*end == ' ')
    end++;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit) && number > 0
        && number <= MAX_BYTES / units[i].factor)
      {
        *bytes = (int)(number * units[i].factor);
        return TRUE;
      }
  return FALSE;
}

/* "4 MiB" where that is exact. */
static char *
print_entry (int bytes)
{
  if (bytes % (1 << 20) == 0)
    return g_strdup_printf ("%d MiB", bytes >> 20);
  if (bytes % (1 << 10) == 0)
    return g_strdup_printf ("%d KiB", bytes >> 10);
  return g_strdup_printf ("%d", bytes);
}

static int
read_most (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (MOST_FILE, &text, NULL, NULL))
    return 0;
  return (int)CLAMP (g_ascii_strtoll (text, NULL, 10), 0, G_MAXINT);
}

/* --- the popover --- */

static void
ask_cb (SwbReceiveBuffer *self)
{
  int bytes;

  if (!swb_receive_buffer_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                 &bytes))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_label_set_text (self->label, _ ("A size from 1 byte to 1 GiB is needed, such as "
                                          "65536, 64 KiB or 4 MiB."));
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, asked_signal, 0, bytes);
}

void
swb_receive_buffer_present (SwbReceiveBuffer *self, SwbPane *pane)
{
  int asked = swb_pane_get_receive_asked (pane);
  g_autofree char *text
      = swb_receive_buffer_explain (asked, swb_pane_get_receive_given (pane), read_most ());
  g_autofree char *shown = print_entry (asked > 0 ? asked : SWB_ENGINE_RCVBUF);

  g_return_if_fail (SWB_IS_RECEIVE_BUFFER (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_label_set_text (self->label, text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), shown);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
swb_receive_buffer_class_init (SwbReceiveBufferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  asked_signal = g_signal_new ("asked", SWB_TYPE_RECEIVE_BUFFER, G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/receive-buffer.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveBuffer, label);
  gtk_widget_class_bind_template_child (widget_class, SwbReceiveBuffer, entry);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
}

static void
swb_receive_buffer_init (SwbReceiveBuffer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
swb_receive_buffer_new (void)
{
  return g_object_new (SWB_TYPE_RECEIVE_BUFFER, NULL);
}
