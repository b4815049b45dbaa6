/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "net/swb-holder-table.h"

/* Lines of the tables in /proc/net. The first byte chooses the domain. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  int domain = fuzz_take_byte (&data, &size) % 2 == 0 ? AF_INET : AF_INET6;
  g_autofree char *line = fuzz_dup_text (data, size);
  g_autofree char *text = NULL;
  SwbHolderRow row = { 0 };

  if (!swb_holder_parse_inet_row (line, domain, &row))
    return 0;

  g_assert_cmpint (row.address.family, ==, domain);
  g_assert_cmpuint (row.address.length, ==,
                    domain == AF_INET ? sizeof row.address.in : sizeof row.address.in6);
  text = swb_address_print (&row.address);
  fuzz_assert_harmless (text);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
}
