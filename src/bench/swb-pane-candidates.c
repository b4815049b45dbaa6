/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

#include <arpa/inet.h>
#include <string.h>

/* An address that a name stands for, and whether connect was called with it since. */
typedef struct
{
  struct in6_addr in6; /* IPv4 as ::ffff:a.b.c.d */
  gboolean is_tried;
} Candidate;

GArray *
swb_pane_candidates_new (void)
{
  return g_array_new (FALSE, TRUE, sizeof (Candidate));
}

static void
get_mapped (const guint8 *bytes, gsize n_bytes, struct in6_addr *out)
{
  memset (out, 0, sizeof *out);
  if (n_bytes == sizeof *out)
    memcpy (out, bytes, sizeof *out);
  else
    {
      out->s6_addr[10] = out->s6_addr[11] = 0xff;
      memcpy (out->s6_addr + 12, bytes, 4);
    }
}

static Candidate *
find (SwbPane *self, const struct in6_addr *in6)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (self->candidates, Candidate, i);

      if (IN6_ARE_ADDR_EQUAL (&candidate->in6, in6))
        return candidate;
    }
  return NULL;
}

/* The note is a sentence in any language; that its words which are addresses stand in the
 * order of the resolver is all that is asked of it. */
void
swb_pane_fold_resolved (SwbPane *self, const SwbRecord *record)
{
  g_autofree char *story = g_strndup ((const char *)record->data, record->n_data);
  g_auto (GStrv) words = g_strsplit_set (story, " ,;", -1);

  g_array_set_size (self->candidates, 0);
  g_free (self->resolved);
  self->resolved = g_strdup (story);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) inet
          = words[i][0] != '\0' ? g_inet_address_new_from_string (words[i]) : NULL;
      Candidate candidate = { 0 };

      if (inet == NULL)
        continue;
      get_mapped (g_inet_address_to_bytes (inet), g_inet_address_get_native_size (inet),
                  &candidate.in6);
      if (find (self, &candidate.in6) == NULL)
        g_array_append_val (self->candidates, candidate);
    }
}

void
swb_pane_fold_tried (SwbPane *self, const SwbAddress *address)
{
  Candidate *candidate = NULL;
  struct in6_addr in6;

  if (self->candidates->len == 0)
    return;
  if (address->length >= sizeof address->in6 && address->family == AF_INET6)
    candidate = find (self, &address->in6.sin6_addr);
  else if (address->length >= sizeof address->in && address->family == AF_INET)
    {
      get_mapped ((const guint8 *)&address->in.sin_addr, 4, &in6);
      candidate = find (self, &in6);
    }

  if (candidate != NULL)
    candidate->is_tried = TRUE;
  else
    {
      g_array_set_size (self->candidates, 0);
      g_clear_pointer (&self->resolved, g_free);
    }
}

const char *
swb_pane_get_resolved (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);

  return self->resolved;
}

static gboolean
can_reach (SwbPane *self, const Candidate *candidate)
{
  gboolean mapped = IN6_IS_ADDR_V4MAPPED (&candidate->in6);

  return self->domain == AF_INET ? mapped : !mapped || self->v6only != 1;
}

static void
fill (SwbPane *self, const Candidate *candidate, SwbAddress *address)
{
  guint16 port = htons (swb_address_get_port (&self->failure.address));

  *address = (SwbAddress){ 0 };
  address->family = (sa_family_t)self->domain;
  if (self->domain == AF_INET)
    {
      address->length = sizeof address->in;
      address->in.sin_port = port;
      memcpy (&address->in.sin_addr, candidate->in6.s6_addr + 12, 4);
    }
  else
    {
      address->length = sizeof address->in6;
      address->in6.sin6_port = port;
      address->in6.sin6_addr = candidate->in6;
    }
}

gboolean
swb_pane_get_next_address (SwbPane *self, SwbAddress *address)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);

  if (self->failure.call != SWB_CALL_CONNECT
      || (self->domain != AF_INET && self->domain != AF_INET6))
    return FALSE;
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (self->candidates, Candidate, i);

      if (candidate->is_tried || !can_reach (self, candidate))
        continue;
      fill (self, candidate, address);
      return TRUE;
    }
  return FALSE;
}
