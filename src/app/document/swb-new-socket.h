/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-bench.h"

/* The dialog that makes a pane: domain, type and protocol, each list depending on the one before, and the role. It
 * is hidden, not destroyed, when closed, and so remembers what was chosen last. */

G_BEGIN_DECLS

#define SWB_TYPE_NEW_SOCKET (swb_new_socket_get_type ())
G_DECLARE_FINAL_TYPE (SwbNewSocket, swb_new_socket, SWB, NEW_SOCKET, AdwWindow)

GtkWidget *swb_new_socket_new (SwbBench *bench, GtkWindow *parent);

/* Makes the pane as the Create button does. */
void swb_new_socket_create (SwbNewSocket *self);

/* Chooses, widening the lists where the triple does not exist. Answers whether the catalog has all three. */
gboolean swb_new_socket_choose (SwbNewSocket *self, int domain, int type, int protocol);

/* (transfer none): the sentence below the lists */
const char *swb_new_socket_get_explanation (SwbNewSocket *self);

G_END_DECLS
