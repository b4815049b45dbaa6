/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* The files of the source tree, for the tests that look at them as text. */

G_BEGIN_DECLS

/**
 * house_list_files:
 * @folder: a folder of the source tree, such as "src/net"
 * @suffixes: (nullable): the endings to look for, separated by spaces; %NULL for all
 *
 * Returns: (transfer full): paths relative to the source tree, sorted, of all files below
 */
GPtrArray *house_list_files (const char *folder, const char *suffixes);

/* (transfer full): the contents; the test fails when there are none to read. */
char *house_read (const char *path);

/**
 * house_refuse:
 * @path: a file
 * @pattern: what may not stand in a line of it
 * @pardon: (nullable): lines that match this are let through
 * @why: what the rule is
 *
 * Fails the test for every line that matches, with its place.
 */
void house_refuse (const char *path, const char *pattern, const char *pardon,
                   const char *why);

G_END_DECLS
