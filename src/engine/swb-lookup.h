/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-task.h"

/* Questions about who holds an address, and why a call failed. /proc has the answers, in many files: a worker
 * thread reads them. */

G_BEGIN_DECLS

/* Notes who holds the address of @task's order, or that it is stale; then gives @task's
 * share back with @error. */
void swb_lookup_holder (SwbStation *station, SwbTask *task, int error);

/**
 * swb_lookup_cause:
 * @task: one whose last share came back with an errno
 *
 * Notes why its call failed, where this machine can tell, and ends @task then.
 *
 * Returns: %FALSE if there is nothing to look up: @task is still the caller's
 */
gboolean swb_lookup_cause (SwbTask *task);

/* Unlinks the path of @task's order if nobody listens on it, then gives @task's share back.
 */
void swb_lookup_and_unlink (SwbStation *station, SwbTask *task);

G_END_DECLS
