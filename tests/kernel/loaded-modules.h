/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Whether the kernel has loaded or unloaded a module since the last call: socket() can make it do so, also where it
 * fails. FALSE at the first. */
gboolean loaded_modules_changed (void);
