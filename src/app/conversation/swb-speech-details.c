/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-speech-details.h"

#include "bench/swb-constants.h"

#include <glib/gi18n.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

/* Longer ones are the engine's, or a person's who wants plenty. */
#define SHORT_ROOM 4096

/* The engine's own, which say nothing of what a person wants. */
#define QUIET (MSG_NOSIGNAL | MSG_CMSG_CLOEXEC | MSG_TRUNC)

char *
swb_speech_describe_call (const SwbRecord *record)
{
  gboolean receives = swb_call_get_info (record->call)->data == SWB_DATA_IN;
  gint64 room = record->ints[0];
  int flags = (int)record->ints[1] & ~QUIET;
  g_autofree char *names = flags != 0 ? swb_constants_print_flags (flags) : g_strdup ("");
  g_autofree char *number = NULL;
  g_autofree char *length = NULL;

  if (!receives || room <= 0 || room > SHORT_ROOM || record->result < room)
    return g_steal_pointer (&names);
  number = g_strdup_printf ("%d", (int)room);
  /* Translators: %s is how many bytes a call that receives was allowed to take */
  length = g_strdup_printf (_ ("length %s"), number);
  return names[0] != '\0' ? g_strjoin (" · ", names, length, NULL)
                          : g_steal_pointer (&length);
}

const char *
swb_speech_describe_frame (const SwbRecord *record)
{
  const struct sockaddr_ll *link = (const struct sockaddr_ll *)&record->address.storage;

  if (record->address.family != AF_PACKET
      || record->address.length < offsetof (struct sockaddr_ll, sll_addr))
    return NULL;
  switch (link->sll_pkttype)
    {
    case PACKET_HOST:
      return _ ("for this machine");
    case PACKET_BROADCAST:
      return _ ("for all of the link");
    case PACKET_MULTICAST:
      return _ ("for a group");
    case PACKET_OTHERHOST:
      return _ ("for another machine");
    case PACKET_OUTGOING:
      return _ ("sent by this machine");
    default:
      return NULL;
    }
}
