/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-command.h"

/* (transfer full): the command of a line that has one and is right */
SwbCommand *parse_command (const char *line);
