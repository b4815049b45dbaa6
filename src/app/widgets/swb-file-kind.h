/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* What a file is that a person wants to see: a bench, which is opened in the window that is there, or
 * something recorded (a file, or the folder of a journal), which gets a window of its own. */

G_BEGIN_DECLS

typedef enum
{
  SWB_FILE_BENCH, /* as well for what cannot be read: the document knows how to tell of that */
  SWB_FILE_RECORDING,
} SwbFileKind;

/* How much of a file's beginning is looked at. */
#define SWB_FILE_KIND_BYTES (64 * 1024)

/**
 * swb_file_kind_guess:
 * @name: (nullable): the file's name; where its ending says it, the bytes are not looked at
 * @bytes: its first %SWB_FILE_KIND_BYTES bytes, or all of them
 */
SwbFileKind swb_file_kind_guess (const char *name, const guint8 *bytes, gsize n_bytes);

/* The same without blocking. */
void swb_file_kind_guess_async (GFile *file, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
SwbFileKind swb_file_kind_guess_finish (GAsyncResult *result);

/* Whether it is a pipe, a socket or a device: to open one may wait for ever. Blocking, for a worker. */
gboolean swb_file_kind_is_endless (GFile *file, GCancellable *cancellable);

G_END_DECLS
