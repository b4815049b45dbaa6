/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Network interfaces by name and by number, from files: if_nametoindex(3) opens a socket for its
 * ioctl. The files are those of this process's network namespace, which /sys need not be: where
 * nobody mounted it anew it shows the interfaces of the namespace it was mounted in, so it is asked
 * last. @root is as for swb-machine.h. Any thread. */

G_BEGIN_DECLS

/**
 * swb_interface_find_index:
 * @index: (out): from 1
 *
 * Returns: %FALSE when there is no interface of this name, with @index untouched
 */
gboolean swb_interface_find_index (const char *root, const char *name, guint32 *index);

/* (transfer full) (nullable): the name of interface @index */
char *swb_interface_dup_name (const char *root, guint32 index);

G_END_DECLS
