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
  gboolean is_chosen; /* and was the last */
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

static gboolean
is_v4 (const Candidate *candidate)
{
  return IN6_IS_ADDR_V4MAPPED (&candidate->in6);
}

/* RFC 8305, section 4: the domain of the first, then in turns as long as both have some. */
static void
interleave (GArray *candidates)
{
  g_autoptr (GArray) given = g_array_copy (candidates);
  gboolean wants_v4;
  guint at[2] = { 0, 0 }; /* where to look on: for IPv6, for IPv4 */

  if (given->len == 0)
    return;
  wants_v4 = is_v4 (&g_array_index (given, Candidate, 0));
  g_array_set_size (candidates, 0);
  while (candidates->len < given->len)
    {
      guint *next = &at[wants_v4];

      while (*next < given->len
             && is_v4 (&g_array_index (given, Candidate, *next)) != wants_v4)
        ++*next;
      if (*next < given->len)
        {
          Candidate candidate = g_array_index (given, Candidate, *next);

          g_array_append_val (candidates, candidate);
          ++*next;
        }
      wants_v4 = !wants_v4;
    }
}

/* The note is a sentence in any language; that its words which are addresses stand in the
 * order of the resolver is all that is asked of it. */
void
swb_pane_fold_resolved (SwbPane *self, const SwbRecord *record)
{
  g_autofree char *story = g_strndup ((const char *)record->data, record->n_data);
  g_auto (GStrv) words = g_strsplit_set (story, " ,;", -1);

  g_array_set_size (self->candidates, 0);
  self->candidates_port = (guint16)record->ints[0];
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
  interleave (self->candidates);
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

  for (guint i = 0; i < self->candidates->len; i++)
    g_array_index (self->candidates, Candidate, i).is_chosen = FALSE;
  if (candidate != NULL)
    candidate->is_tried = candidate->is_chosen = TRUE;
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
  if (self->domain == AF_INET)
    return is_v4 (candidate);
  return self->domain == AF_INET6 && (!is_v4 (candidate) || self->v6only != 1);
}

/* Older journals have no port beside the name's addresses. */
static guint16
get_port (SwbPane *self)
{
  return self->candidates_port != 0 ? self->candidates_port
                                    : swb_address_get_port (&self->failure.address);
}

static void
fill (SwbPane *self, const Candidate *candidate, int domain, SwbAddress *address)
{
  guint16 port = htons (get_port (self));

  *address = (SwbAddress){ 0 };
  address->family = (sa_family_t)domain;
  if (domain == AF_INET)
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
swb_pane_get_candidate (SwbPane *self, guint index, SwbCandidate *candidate)
{
  const Candidate *found;

  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);

  if (index >= self->candidates->len)
    return FALSE;
  found = &g_array_index (self->candidates, Candidate, index);
  fill (self, found, is_v4 (found) ? AF_INET : AF_INET6, &candidate->address);
  candidate->is_tried = found->is_tried;
  candidate->is_chosen = found->is_chosen;
  candidate->is_reachable = can_reach (self, found);
  return TRUE;
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
      fill (self, candidate, self->domain, address);
      return TRUE;
    }
  return FALSE;
}
