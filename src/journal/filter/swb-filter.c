/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter.h"

#include "journal/filter/swb-filter-private.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (SwbFilter, swb_filter, swb_filter_ref, swb_filter_unref)
G_DEFINE_BOXED_TYPE (SwbFilterNames, swb_filter_names, swb_filter_names_ref,
                     swb_filter_names_unref)

SwbFilterNames *
swb_filter_names_new (SwbFilterFindPane find_pane, SwbFilterDupAddress dup_address,
                      gpointer user_data, GDestroyNotify destroy)
{
  SwbFilterNames *self = g_new0 (SwbFilterNames, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->find_pane = find_pane;
  self->dup_address = dup_address;
  self->user_data = user_data;
  self->destroy = destroy;
  return self;
}

SwbFilterNames *
swb_filter_names_ref (SwbFilterNames *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
swb_filter_names_unref (SwbFilterNames *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

SwbNode *
swb_node_new (SwbNodeType type)
{
  SwbNode *self = g_new0 (SwbNode, 1);

  self->type = type;
  if (type == SWB_NODE_AND || type == SWB_NODE_OR || type == SWB_NODE_NOT)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_node_free);
  return self;
}

void
swb_node_free (SwbNode *node)
{
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_clear_pointer (&node->needle, swb_needle_free);
  g_clear_pointer (&node->regex, g_regex_unref);
  g_free (node->name);
  g_free (node->bytes);
  g_free (node);
}

static gboolean
children_equal (const SwbNode *a, const SwbNode *b)
{
  if (a->children == NULL || b->children == NULL)
    return a->children == b->children;
  if (a->children->len != b->children->len)
    return FALSE;

  for (guint i = 0; i < a->children->len; i++)
    if (!swb_node_equal (g_ptr_array_index (a->children, i),
                         g_ptr_array_index (b->children, i)))
      return FALSE;
  return TRUE;
}

gboolean
swb_node_equal (const SwbNode *a, const SwbNode *b)
{
  return a->type == b->type && a->field == b->field && a->op == b->op && a->base == b->base
         && a->number == b->number && a->number_to == b->number_to
         && g_strcmp0 (a->name, b->name) == 0 && a->caseless == b->caseless
         && a->n_bytes == b->n_bytes
         && (a->n_bytes == 0 || memcmp (a->bytes, b->bytes, a->n_bytes) == 0)
         && children_equal (a, b);
}

SwbFilter *
swb_filter_ref (SwbFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
swb_filter_unref (SwbFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  swb_node_free (self->root);
  g_clear_pointer (&self->names, swb_filter_names_unref);
  g_free (self);
}

gboolean
swb_filter_equal (SwbFilter *a, SwbFilter *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return swb_node_equal (a->root, b->root);
}

gboolean
swb_filter_is_empty (SwbFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->root->type == SWB_NODE_ALL;
}

gboolean
swb_filter_match (SwbFilter *self, SwbJournal *journal, guint64 position)
{
  guint64 n_records = swb_journal_get_n_records (journal);
  guint64 bits[SWB_MATCHER_WORDS];

  g_return_val_if_fail (self != NULL && position < n_records, FALSE);

  g_autoptr (SwbMatcher) matcher = swb_matcher_new (self, journal, n_records, NULL);
  swb_matcher_select (matcher, position, 1, bits);
  return (bits[0] & 1) != 0;
}
