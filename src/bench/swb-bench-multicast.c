/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"

#include "config.h"

#include "bench/swb-bench-multicast.h"

#include <arpa/inet.h>
#include <string.h>

#include <glib/gi18n.h>

#include "bench/swb-pane-private.h"
#include "net/swb-multicast.h"
#include "net/swb-option.h"

/* How far back senders are looked for. */
#define RECORDS_MAX 20000

static void
membership_free (gpointer data)
{
  SwbMembership *self = data;

  g_free (self->group);
  g_free (self->address);
  g_free (self->source);
  g_free (self);
}

/* --- groups --- */

static const struct
{
  int level;
  int option;
  gboolean joins;
} calls[] = {
  { IPPROTO_IP, IP_ADD_MEMBERSHIP, TRUE },
  { IPPROTO_IP, IP_DROP_MEMBERSHIP, FALSE },
  { IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, TRUE },
  { IPPROTO_IP, IP_DROP_SOURCE_MEMBERSHIP, FALSE },
  { IPPROTO_IP, MCAST_JOIN_GROUP, TRUE },
  { IPPROTO_IP, MCAST_LEAVE_GROUP, FALSE },
  { IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, TRUE },
  { IPPROTO_IP, MCAST_LEAVE_SOURCE_GROUP, FALSE },
  { IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, TRUE },
  { IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, FALSE },
  { IPPROTO_IPV6, MCAST_JOIN_GROUP, TRUE },
  { IPPROTO_IPV6, MCAST_LEAVE_GROUP, FALSE },
  { IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, TRUE },
  { IPPROTO_IPV6, MCAST_LEAVE_SOURCE_GROUP, FALSE },
};

static int
find_call (const SwbCommand *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (calls[i].level == command->numbers[0] && calls[i].option == command->numbers[1])
      return (int)i;
  return -1;
}

/* The value's text has the group first, then the interface by number or address, then the
 * source: swb-option.h. */
static SwbMembership *
read_membership (const SwbCommand *command)
{
  const SwbOption *option = swb_option_find (command->numbers[0], command->numbers[1]);
  gsize n;
  const guint8 *data = g_bytes_get_data (command->bytes, &n);
  g_autofree char *text = swb_option_print (option, data, n);
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  SwbMembership *self;

  if (words[0] == NULL || words[1] == NULL || g_str_has_prefix (text, "hex:"))
    return NULL;
  self = g_new0 (SwbMembership, 1);
  self->group = g_strdup (words[0]);
  if (strchr (words[1], '.') != NULL && !g_str_equal (words[1], "0.0.0.0"))
    self->address = g_strdup (words[1]);
  else
    self->interface = (int)g_ascii_strtoll (words[1], NULL, 10);
  self->source = g_strdup (words[2]);
  return self;
}

static gboolean
is_same (const SwbMembership *a, const SwbMembership *b)
{
  return g_str_equal (a->group, b->group)
         && a->interface == b->interface && g_strcmp0 (a->address, b->address) == 0
         && g_strcmp0 (a->source, b->source) == 0;
}

static void
leave (GPtrArray *list, const SwbMembership *left)
{
  for (guint i = 0; i < list->len; i++)
    if (is_same (list->pdata[i], left))
      {
        g_ptr_array_remove_index (list, i);
        return;
      }
}

GPtrArray *
swb_pane_list_memberships (SwbPane *pane)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (membership_free);

  for (guint i = 0; i < pane->options->len; i++)
    {
      const SwbCommand *command = pane->options->pdata[i];
      int call = find_call (command);
      SwbMembership *membership = call >= 0 ? read_membership (command) : NULL;

      if (membership == NULL)
        continue;
      if (calls[call].joins)
        {
          g_ptr_array_add (list, membership);
          continue;
        }
      leave (list, membership);
      membership_free (membership);
    }
  return list;
}

/* --- senders --- */

static gboolean
is_sent_to (const SwbRecord *record, const SwbAddress *group)
{
  const SwbAddress *address = &record->address;

  if (address->length == 0 || address->family != group->family)
    return FALSE;
  return group->family == AF_INET6
             ? IN6_ARE_ADDR_EQUAL (&address->in6.sin6_addr, &group->in6.sin6_addr)
             : address->in.sin_addr.s_addr == group->in.sin_addr.s_addr;
}

static int
get_option (SwbPane *pane, int option4, int option6, int otherwise, gboolean *is_set)
{
  gboolean is_six = pane->domain == AF_INET6;

  *is_set = FALSE;
  for (guint i = 0; i < pane->options->len; i++)
    {
      const SwbCommand *command = pane->options->pdata[i];
      gsize n;
      const guint8 *data = g_bytes_get_data (command->bytes, &n);

      if (command->numbers[0] != (is_six ? IPPROTO_IPV6 : IPPROTO_IP)
          || command->numbers[1] != (is_six ? option6 : option4) || n == 0)
        continue;
      *is_set = TRUE;
      if (n >= sizeof (int))
        memcpy (&otherwise, data, sizeof (int));
      else
        otherwise = data[0];
    }
  return otherwise;
}

static void
add_sender (GArray *senders, SwbPane *pane, const SwbRecord *record)
{
  gboolean is_set;
  SwbMulticastSender sender = {
    .name = (char *)swb_pane_get_title (pane),
    .port = swb_address_get_port (&record->address),
    .error = record->error,
    .loops = get_option (pane, IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP, 1, &is_set) != 0,
    .ttl = get_option (pane, IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS, 1, &is_set),
  };

  get_option (pane, IP_MULTICAST_IF, IPV6_MULTICAST_IF, 0, &sender.has_interface);
  g_array_append_val (senders, sender);
}

/* The last send to the group of each other pane. */
static GArray *
find_senders (SwbBench *self, SwbPane *pane, const SwbAddress *group)
{
  SwbJournal *journal = swb_bench_get_journal (self);
  GArray *senders = g_array_new (FALSE, FALSE, sizeof (SwbMulticastSender));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint64 n_records = swb_journal_get_n_records (journal);
  guint64 last = n_records > RECORDS_MAX ? n_records - RECORDS_MAX : 0;
  SwbRecord record;

  for (guint64 i = n_records; i > last; i--)
    {
      const SwbEntry *entry = swb_journal_peek_entry (journal, i - 1);
      SwbPane *sender = swb_bench_get_pane_by_id (self, entry->pane);

      if (entry->kind != SWB_RECORD_CALL
          || (entry->what != SWB_CALL_SENDTO && entry->what != SWB_CALL_SENDMSG)
          || sender == NULL || sender == pane || !swb_journal_read (journal, i - 1, &record)
          || !is_sent_to (&record, group) || !g_hash_table_add (seen, sender))
        continue;
      add_sender (senders, sender, &record);
    }
  return senders;
}

static void
look_memberships (SwbPane *pane, SwbMulticastQuestion *question, const char *group,
                  GPtrArray *memberships)
{
  for (guint i = 0; i < memberships->len; i++)
    {
      const SwbMembership *membership = memberships->pdata[i];

      if (!g_str_equal (membership->group, group))
        continue;
      /* Whoever is joined for all is joined for each. */
      question->source
          = question->is_joined && question->source == NULL ? NULL : membership->source;
      question->is_joined = TRUE;
    }
}

char *
swb_bench_explain_multicast (SwbBench *self, SwbPane *pane, const char *group,
                             const char *interface)
{
  int domain = swb_pane_get_domain (pane);
  g_autoptr (GPtrArray) memberships = swb_pane_list_memberships (pane);
  g_autoptr (GArray) senders = NULL;
  g_autofree char *host = NULL;
  SwbMulticastQuestion question = { .interface = interface };
  SwbConnection *own = swb_pane_get_socket (pane);

  if (!swb_address_parse_parts (domain, SOCK_DGRAM, group, "", &question.group, &host, NULL,
                                NULL)
      || host != NULL)
    return g_strdup_printf (_ ("“%s” is no address of a group."), group);
  senders = find_senders (self, pane, &question.group);
  question.senders = (const SwbMulticastSender *)senders->data;
  question.n_senders = senders->len;
  question.is_open = swb_connection_get_fd (own) >= 0;
  question.local = *swb_connection_get_local (own);
  look_memberships (pane, &question, group, memberships);
  return swb_multicast_explain ("", &question);
}
