/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-peer-list.h"

#include <stdlib.h>
#include <string.h>

/* What is forgotten at once when the list is full: then each newcomer costs little. */
#define FORGET (SWB_PEERS_MAX / 8)

/* Of the table from addresses to places: a power of two. */
#define SLOTS_MIN 64u

typedef struct
{
  SwbPeerState state;
  guint64 turn; /* counts what was heard: who was silent longest has the least */
} Entry;

struct _SwbPeerList
{
  GObject parent_instance;
  GArray *entries; /* Entry, by number */
  guint *slots;    /* index + 1 into @entries by the hash of the address; 0: free */
  guint n_slots;
  guint last; /* index of the one heard of last */
  guint n_numbers;
  guint n_shown;
  gboolean has_gaps; /* entries went since the last flush */
  guint64 turn;
  guint64 n_forgotten;
  GHashTable *objects; /* number → SwbPeer that somebody holds, borrowed */
};

/* --- what a view holds --- */

struct _SwbPeer
{
  GObject parent_instance;
  SwbPeerList *list;
  SwbPeerState known;
};

G_DEFINE_FINAL_TYPE (SwbPeer, swb_peer, G_TYPE_OBJECT)

static void
swb_peer_finalize (GObject *object)
{
  SwbPeer *self = SWB_PEER (object);

  g_hash_table_remove (self->list->objects, GUINT_TO_POINTER (self->known.number));
  g_object_unref (self->list);
  G_OBJECT_CLASS (swb_peer_parent_class)->finalize (object);
}

static void
swb_peer_class_init (SwbPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_peer_finalize;
}

static void
swb_peer_init (SwbPeer *self)
{
}

guint
swb_peer_get_number (SwbPeer *self)
{
  g_return_val_if_fail (SWB_IS_PEER (self), 0);
  return self->known.number;
}

gboolean
swb_peer_get_state (SwbPeer *self, SwbPeerState *state)
{
  gboolean is_known;

  g_return_val_if_fail (SWB_IS_PEER (self), FALSE);

  is_known = swb_peer_list_get (self->list, self->known.number, &self->known);
  *state = self->known;
  return is_known;
}

/* --- the list --- */

static Entry *
get_entry (SwbPeerList *self, guint index)
{
  return &g_array_index (self->entries, Entry, index);
}

static GType
get_item_type (GListModel *model)
{
  return SWB_TYPE_PEER;
}

static guint
get_n_items (GListModel *model)
{
  return SWB_PEER_LIST (model)->n_shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SwbPeerList *self = SWB_PEER_LIST (model);
  SwbPeer *peer;
  gpointer key;

  if (position >= MIN (self->n_shown, self->entries->len))
    return NULL;

  key = GUINT_TO_POINTER (get_entry (self, position)->state.number);
  peer = g_hash_table_lookup (self->objects, key);
  if (peer != NULL)
    return g_object_ref (peer);

  peer = g_object_new (SWB_TYPE_PEER, NULL);
  peer->list = g_object_ref (self);
  peer->known = get_entry (self, position)->state;
  g_hash_table_insert (self->objects, key, peer);
  return peer;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbPeerList, swb_peer_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
swb_peer_list_finalize (GObject *object)
{
  SwbPeerList *self = SWB_PEER_LIST (object);

  g_array_unref (self->entries);
  g_free (self->slots);
  g_hash_table_unref (self->objects);
  G_OBJECT_CLASS (swb_peer_list_parent_class)->finalize (object);
}

static void
swb_peer_list_class_init (SwbPeerListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_peer_list_finalize;
}

static void
swb_peer_list_init (SwbPeerList *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->objects = g_hash_table_new (NULL, NULL);
}

SwbPeerList *
swb_peer_list_new (void)
{
  return g_object_new (SWB_TYPE_PEER_LIST, NULL);
}

/* --- finding by address: open addressing, at most half full --- */

static gboolean
is_same (const SwbAddress *a, const SwbAddress *b)
{
  return a->length == b->length && memcmp (&a->storage, &b->storage, a->length) == 0;
}

/* FNV-1a */
static guint
hash_address (const SwbAddress *address)
{
  const guint8 *bytes = (const guint8 *)&address->storage;
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < address->length; i++)
    hash = (hash ^ bytes[i]) * 16777619u;
  return hash ^ hash >> 15;
}

/* The slot that has @address, or the free one where it belongs. */
static guint *
find_slot (SwbPeerList *self, const SwbAddress *address)
{
  guint at = hash_address (address) & (self->n_slots - 1);

  while (self->slots[at] != 0
         && !is_same (&get_entry (self, self->slots[at] - 1)->state.address, address))
    at = (at + 1) & (self->n_slots - 1);
  return &self->slots[at];
}

static void
make_slots (SwbPeerList *self, guint n_slots)
{
  g_free (self->slots);
  self->slots = g_new0 (guint, n_slots);
  self->n_slots = n_slots;
  for (guint i = 0; i < self->entries->len; i++)
    *find_slot (self, &get_entry (self, i)->state.address) = i + 1;
}

static Entry *
find (SwbPeerList *self, const SwbAddress *address)
{
  guint *slot;

  if (self->entries->len == 0)
    return NULL;
  if (is_same (&get_entry (self, self->last)->state.address, address))
    return get_entry (self, self->last);

  slot = find_slot (self, address);
  if (*slot == 0)
    return NULL;
  self->last = *slot - 1;
  return get_entry (self, self->last);
}

/* --- forgetting --- */

static int
compare_turns (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *)a, right = *(const guint64 *)b;

  return (left > right) - (left < right);
}

/* Turns are all different, so exactly so many are below this one. */
static guint64
find_turn (SwbPeerList *self, guint n_below)
{
  g_autofree guint64 *turns = g_new (guint64, self->entries->len);

  for (guint i = 0; i < self->entries->len; i++)
    turns[i] = get_entry (self, i)->turn;
  qsort (turns, self->entries->len, sizeof *turns, compare_turns);
  return turns[n_below];
}

static void
forget_some (SwbPeerList *self)
{
  guint64 border = find_turn (self, FORGET);
  guint n_kept = 0;

  for (guint i = 0; i < self->entries->len; i++)
    if (get_entry (self, i)->turn >= border)
      *get_entry (self, n_kept++) = *get_entry (self, i);
  self->n_forgotten += self->entries->len - n_kept;
  g_array_set_size (self->entries, n_kept);
  make_slots (self, self->n_slots);
  self->last = 0;
  self->has_gaps = TRUE;
}

/* --- what happens --- */

static Entry *
add (SwbPeerList *self, const SwbAddress *address)
{
  Entry entry = { .state = { .number = ++self->n_numbers, .address = *address } };

  if (self->entries->len == SWB_PEERS_MAX)
    forget_some (self);
  if (2 * self->entries->len >= self->n_slots)
    make_slots (self, MAX (2 * self->n_slots, SLOTS_MIN));

  self->last = self->entries->len;
  *find_slot (self, address) = self->last + 1;
  g_array_append_val (self->entries, entry);
  return get_entry (self, self->last);
}

void
swb_peer_list_heard (SwbPeerList *self, const SwbAddress *from, guint64 n_bytes,
                     gint64 time_ns)
{
  Entry *entry = find (self, from);

  if (entry == NULL)
    entry = add (self, from);
  entry->turn = ++self->turn;
  entry->state.n_received++;
  entry->state.n_received_bytes += n_bytes;
  entry->state.last_ns = time_ns;
}

void
swb_peer_list_told (SwbPeerList *self, const SwbAddress *to, guint64 n_bytes)
{
  Entry *entry = find (self, to);

  if (entry == NULL)
    return;
  entry->state.n_sent++;
  entry->state.n_sent_bytes += n_bytes;
}

void
swb_peer_list_clear (SwbPeerList *self)
{
  if (self->entries->len == 0)
    return;

  g_array_set_size (self->entries, 0);
  memset (self->slots, 0, self->n_slots * sizeof *self->slots);
  self->has_gaps = TRUE;
}

static guint
find_number (SwbPeerList *self, guint number)
{
  guint first = 0, end = self->entries->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;
      guint found = get_entry (self, middle)->state.number;

      if (found == number)
        return middle;
      if (found < number)
        first = middle + 1;
      else
        end = middle;
    }
  return G_MAXUINT;
}

gboolean
swb_peer_list_get (SwbPeerList *self, guint number, SwbPeerState *state)
{
  guint index = find_number (self, number);

  if (index == G_MAXUINT)
    return FALSE;
  *state = get_entry (self, index)->state;
  return TRUE;
}

guint64
swb_peer_list_get_n_forgotten (SwbPeerList *self)
{
  return self->n_forgotten;
}

void
swb_peer_list_flush (SwbPeerList *self)
{
  guint n_before = self->n_shown;

  self->n_shown = self->entries->len;
  if (self->has_gaps)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_shown);
  else if (n_before < self->n_shown)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->n_shown - n_before);
  self->has_gaps = FALSE;
}
