/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import.h"

G_BEGIN_DECLS

/**
 * imports_check:
 *
 * Imports an input, whatever it is, and asserts what every importer promises: records that print in each notation, and that come
 * back equal from their JSON lines; or an error that says where, and nothing left behind.
 */
void imports_check (const guint8 *data, gsize size);

G_END_DECLS
