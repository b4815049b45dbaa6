/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/filter/swb-filter.h"

/* Filters over the panes of random filters. */

/* (transfer full) */
SwbFilterNames *make_filter_names (void);

/* (transfer full): of a text that is right */
SwbFilter *parse_filter (const char *text);
