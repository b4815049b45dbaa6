/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* The process of clients.c and the lines to and from it. A client that fails aborts. */

typedef struct
{
  GSubprocess *process;
  GOutputStream *lines;
  int answers; /* descriptor of its standard output, borrowed */
} ManyClients;

/* @program: the path of the program */
void many_clients_start (ManyClients *self, const char *program);
void many_clients_stop (ManyClients *self);

/* Gives the process a line, without its newline. */
void many_clients_tell (ManyClients *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Waits for the answer to it while @context turns (nullable: the default one). Returns: its number. */
int many_clients_await (ManyClients *self, GMainContext *context);

/* ns of CPU that the thread of this name of this process has used; there must be one. */
gint64 many_clients_get_thread_cpu_ns (const char *thread_name);
