/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"

#include "config.h"

#include "bench/swb-bench-dissect.h"

#include <linux/if_packet.h>

#include "journal/dissect/swb-dissect.h"
#include "net/swb-machine.h"

/* A recording may come from a machine whose interfaces are others. */
static char *
dup_interface (SwbBench *self, const SwbRecord *record)
{
  const struct sockaddr_ll *link = (const struct sockaddr_ll *)&record->address.storage;

  if (swb_bench_is_recording (self) || record->address.family != AF_PACKET
      || record->address.length < offsetof (struct sockaddr_ll, sll_hatype))
    return NULL;
  return swb_machine_dup_interface_name ("", link->sll_ifindex);
}

char *
swb_bench_dissect (SwbBench *self, const SwbRecord *record)
{
  SwbPane *pane;
  int domain, type, protocol;
  g_autofree char *interface = NULL;

  if (record->kind == SWB_RECORD_PACKET)
    return swb_dissect_packet (record);
  pane = swb_bench_get_pane_by_id (self, record->pane);
  if (pane == NULL || record->n_data == 0)
    return NULL;

  domain = swb_pane_get_domain (pane);
  type = swb_pane_get_socket_type (pane);
  protocol = swb_pane_get_protocol (pane);
  if (!swb_dissect_is_known (domain, type, protocol))
    return NULL;
  interface = dup_interface (self, record);
  return swb_dissect_record (domain, type, protocol, interface, record);
}

char *
swb_bench_show_address (SwbBench *self, const SwbAddress *address)
{
  return swb_bench_is_recording (self) ? swb_address_print (address)
                                       : swb_address_show (address);
}
