/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

G_DEFINE_FINAL_TYPE (SwbConnection, swb_connection, G_TYPE_OBJECT)

static void
swb_connection_finalize (GObject *object)
{
  g_free (SWB_CONNECTION (object)->process);

  G_OBJECT_CLASS (swb_connection_parent_class)->finalize (object);
}

static void
swb_connection_class_init (SwbConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_connection_finalize;
}

static void
swb_connection_init (SwbConnection *self)
{
}

SwbConnection *
swb_connection_new (guint number, int fd, SwbState state)
{
  SwbConnection *self = g_object_new (SWB_TYPE_CONNECTION, NULL);

  self->number = number;
  self->fd = fd;
  self->state = state;
  return self;
}

guint
swb_connection_get_number (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), 0);
  return self->number;
}

int
swb_connection_get_fd (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), -1);
  return self->fd;
}

SwbState
swb_connection_get_state (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), SWB_STATE_NONE);
  return self->state;
}

const SwbAddress *
swb_connection_get_local (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), NULL);
  return &self->local;
}

const char *
swb_connection_get_process (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), NULL);
  return self->process;
}

const SwbAddress *
swb_connection_get_peer (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), NULL);
  return &self->peer;
}

guint64
swb_connection_get_n_sent (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), 0);
  return self->n_sent;
}

guint64
swb_connection_get_n_received (SwbConnection *self)
{
  g_return_val_if_fail (SWB_IS_CONNECTION (self), 0);
  return self->n_received;
}
