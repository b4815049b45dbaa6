/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/options/swb-option-item.h"

#include <glib/gi18n.h>
#include <sys/socket.h>

#include "net/swb-errno.h"

struct _SwbOptionItem
{
  GObject parent_instance;

  const SwbOptionLevel *level;
  const SwbOption *option; /* nullable */
  gboolean is_read;
  GBytes *value; /* nullable */
  int error;     /* of getsockopt() */
  GBytes *asked; /* nullable: what setsockopt() was given last */
  int set_error;
  gboolean is_stale; /* it was set since it was read */
  GBytes *fresh;     /* nullable */
  int fresh_error;
  char *draft; /* nullable */
};

G_DEFINE_FINAL_TYPE (SwbOptionItem, swb_option_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
swb_option_item_finalize (GObject *object)
{
  SwbOptionItem *self = SWB_OPTION_ITEM (object);

  g_clear_pointer (&self->value, g_bytes_unref);
  g_clear_pointer (&self->asked, g_bytes_unref);
  g_clear_pointer (&self->fresh, g_bytes_unref);
  g_free (self->draft);
  G_OBJECT_CLASS (swb_option_item_parent_class)->finalize (object);
}

static void
swb_option_item_class_init (SwbOptionItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_option_item_finalize;
  changed_signal = g_signal_new ("changed", SWB_TYPE_OPTION_ITEM, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
swb_option_item_init (SwbOptionItem *self)
{
}

SwbOptionItem *
swb_option_item_new (const SwbOptionLevel *level, const SwbOption *option)
{
  SwbOptionItem *self = g_object_new (SWB_TYPE_OPTION_ITEM, NULL);

  self->level = level;
  self->option = option;
  return self;
}

const SwbOptionLevel *
swb_option_item_get_level (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), NULL);

  return self->level;
}

const SwbOption *
swb_option_item_get_option (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), NULL);

  return self->option;
}

static void
set_bytes (GBytes **place, GBytes *bytes)
{
  g_clear_pointer (place, g_bytes_unref);
  *place = bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static void
tell (SwbOptionItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}

void
swb_option_item_note_read (SwbOptionItem *self, GBytes *value, int error)
{
  g_return_if_fail (SWB_IS_OPTION_ITEM (self));

  self->is_read = TRUE;
  self->is_stale = FALSE;
  self->error = error;
  set_bytes (&self->value, value);
  tell (self);
}

void
swb_option_item_note_set (SwbOptionItem *self, GBytes *asked, int error)
{
  g_return_if_fail (SWB_IS_OPTION_ITEM (self));

  set_bytes (&self->asked, asked);
  self->set_error = error;
  self->is_stale |= error == 0;
  tell (self);
}

void
swb_option_item_forget (SwbOptionItem *self)
{
  g_return_if_fail (SWB_IS_OPTION_ITEM (self));

  self->is_read = self->is_stale = FALSE;
  self->error = self->set_error = 0;
  set_bytes (&self->value, NULL);
  set_bytes (&self->asked, NULL);
  tell (self);
}

void
swb_option_item_set_fresh (SwbOptionItem *self, SwbFreshOptions *fresh)
{
  g_return_if_fail (SWB_IS_OPTION_ITEM (self));

  if (fresh == NULL || self->option == NULL)
    return;
  set_bytes (&self->fresh, swb_fresh_options_get (fresh, self->option, &self->fresh_error));
  tell (self);
}

int
swb_option_item_get_twin (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self) && self->option != NULL, -1);

  if (self->option->level != SOL_SOCKET)
    return -1;
  if (self->option->name == SO_RCVBUFFORCE)
    return SO_RCVBUF;
  return self->option->name == SO_SNDBUFFORCE ? SO_SNDBUF : -1;
}

gboolean
swb_option_item_is_read (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), FALSE);

  return self->is_read;
}

GBytes *
swb_option_item_get_value (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), NULL);

  return self->is_read ? self->value : self->fresh;
}

static char *
dup_text (SwbOptionItem *self, GBytes *value)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (value, &length);

  return length > 0 ? swb_option_print (self->option, data, length) : g_strdup ("");
}

char *
swb_option_item_dup_text (SwbOptionItem *self)
{
  GBytes *value = swb_option_item_get_value (self);

  return value != NULL ? dup_text (self, value) : NULL;
}

int
swb_option_item_get_error (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), 0);

  return self->is_read ? self->error : self->fresh_error;
}

gboolean
swb_option_item_differs (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), FALSE);

  return self->option != NULL
         && (self->option->flags & (SWB_OPTION_WRITE | SWB_OPTION_MOVES))
                == SWB_OPTION_WRITE
         && self->value != NULL && self->fresh != NULL
         && !g_bytes_equal (self->value, self->fresh);
}

static char *
dup_refusal (SwbCall call, int error)
{
  return g_strdup_printf ("%s: %s. %s", swb_call_get_info (call)->name,
                          swb_errno_name (error), swb_errno_explain (call, error));
}

/* Of what cannot be read, that it was taken is all there is to say. */
static char *
dup_accepted (SwbOptionItem *self)
{
  g_autofree char *asked = dup_text (self, self->asked);

  /* Translators: %s is an option's value, such as 65536 */
  return g_strdup_printf (_ ("The kernel took %s."), asked);
}

/* By a script, say: the value that is shown is older. */
static char *
dup_set (SwbOptionItem *self)
{
  g_autofree char *asked = dup_text (self, self->asked);

  /* Translators: %s is an option's value, such as 65536 */
  return g_strdup_printf (_ ("Set to %s since it was read."), asked);
}

/* (nullable): what the kernel made of the value that it was asked for */
static char *
dup_taken (SwbOptionItem *self)
{
  g_autofree char *asked = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *why = NULL;
  g_autofree char *fact = NULL;

  if (self->asked != NULL && (self->option->flags & SWB_OPTION_READ) == 0)
    return dup_accepted (self);
  if (self->asked != NULL && self->is_stale)
    return dup_set (self);
  if (self->asked == NULL || self->value == NULL
      || g_bytes_equal (self->asked, self->value))
    return NULL;

  asked = dup_text (self, self->asked);
  taken = dup_text (self, self->value);
  if (g_str_equal (asked, taken))
    return NULL;
  why = swb_option_explain_difference (self->option, self->asked, self->value);
  fact = g_strdup_printf (_ ("Asked for %s, the kernel took %s."), asked, taken);
  return why != NULL ? g_strdup_printf ("%s %s", fact, why) : g_steal_pointer (&fact);
}

static char *
dup_difference (SwbOptionItem *self)
{
  g_autofree char *fresh = dup_text (self, self->fresh);

  /* Translators: %s is an option's value, such as 0 */
  return g_strdup_printf (_ ("A fresh socket has %s."), *fresh != '\0' ? fresh : "\"\"");
}

char *
swb_option_item_dup_note (SwbOptionItem *self, SwbOptionNote *kind)
{
  int error = swb_option_item_get_error (self);
  g_autofree char *taken = NULL;

  *kind = SWB_OPTION_NOTE_WRONG;
  if (self->set_error != 0)
    return dup_refusal (SWB_CALL_SETSOCKOPT, self->set_error);

  *kind = SWB_OPTION_NOTE_TOLD;
  taken = dup_taken (self);
  if (taken != NULL)
    return g_steal_pointer (&taken);

  *kind = SWB_OPTION_NOTE_PLAIN;
  if (swb_option_item_differs (self))
    return dup_difference (self);
  return error != 0 ? dup_refusal (SWB_CALL_GETSOCKOPT, error) : NULL;
}

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

gboolean
swb_option_item_matches (SwbOptionItem *self, const char *text)
{
  g_autofree char *needle = g_utf8_casefold (text, -1);

  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), FALSE);

  return self->option != NULL
         && (contains (self->option->constant, needle)
             || contains (_ (self->option->sentence), needle)
             || contains (self->level->constant, needle));
}

const char *
swb_option_item_get_draft (SwbOptionItem *self)
{
  g_return_val_if_fail (SWB_IS_OPTION_ITEM (self), NULL);

  return self->draft;
}

void
swb_option_item_set_draft (SwbOptionItem *self, const char *draft)
{
  g_return_if_fail (SWB_IS_OPTION_ITEM (self));

  if (draft != self->draft)
    {
      g_free (self->draft);
      self->draft = g_strdup (draft);
    }
}
