/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-option.h"

/* The values of options that have names: constants of a header, or words that this machine knows.
 * Any thread. */

G_BEGIN_DECLS

typedef struct
{
  char *value; /* what swb_option_parse() reads: "2", "cubic", "lo" */
  char *name;  /* for a person: "IP_PMTUDISC_DO", "cubic"; "" for no value */
} SwbOptionName;

/* Of an element of a list. */
void swb_option_name_free (SwbOptionName *self);

/**
 * swb_option_list_names:
 * @root: "" for the running kernel, or a folder with proc in it for a test
 *
 * Returns: (transfer full) (nullable) (element-type SwbOptionName): the values that @option can
 *   have, in their order; %NULL where values of this option have no names. Reads files of proc
 *   where the kernel has a list: algorithms, interfaces
 */
GPtrArray *swb_option_list_names (const SwbOption *option, const char *root);

/* What a constant stands for: 2 for "IP_PMTUDISC_DO" of IP_MTU_DISCOVER. %FALSE, with @value
 * untouched: this option has no such constant. */
gboolean swb_option_find_name (const SwbOption *option, const char *constant, int *value);

G_END_DECLS
