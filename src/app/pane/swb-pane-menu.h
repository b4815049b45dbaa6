/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* What a pane's menu offers. An entry of the template can say in its attribute "needs" what a socket must
 * be for it to make sense:
 *
 * - `listen`: it can listen
 * - `talk`: whoever writes to it waits for an answer
 * - `ends`: shutdown() can end a direction of it
 * - `peer`: it can have a peer that getpeername() names
 * - `queues`: SIOCOUTQ and FIONREAD count its bytes
 * - `mark`: there can be an urgent byte in its stream */

G_BEGIN_DECLS

/* Takes out of @menu and of what lies in it the entries that make no sense for a socket of @domain and
 * @type; they would only ever answer EOPNOTSUPP. */
void swb_pane_menu_trim (GMenu *menu, int domain, int type);

G_END_DECLS
