/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "journal/store/swb-journal-private.h"
#include "net/swb-call.h"

#include <string.h>

/* The tree is run over a block of records at a time, a node over all of them before the
 * next: a field is then one tight loop over entries, and what needs bytes sees only the
 * records that the fields let through. Every node turns the bits it is asked about into
 * those that pass. */

/* A field's test: numbers from @from to @to pass, or, turned round, all others. */
typedef struct
{
  const SwbNode *node;
  guint64 from;
  guint64 span;
  gboolean negated;
} Range;

struct _SwbMatcher
{
  SwbFilter *filter;
  SwbBlock block;
  GHashTable *ranges; /* SwbNode to Range: times are bound to a journal, not to a filter */
  gint8 directions[256]; /* by call */
};

static Range
make_range (const SwbNode *node, gint64 from, gint64 to)
{
  gint64 least = G_MININT64, greatest = G_MAXINT64;
  Range range = { .node = node, .negated = node->op == SWB_FILTER_NE };

  switch (node->op)
    {
    case SWB_FILTER_LT:
    case SWB_FILTER_GE:
      least = from;
      range.negated = node->op == SWB_FILTER_LT;
      break;
    case SWB_FILTER_LE:
    case SWB_FILTER_GT:
      greatest = to;
      range.negated = node->op == SWB_FILTER_GT;
      break;
    default:
      least = from;
      greatest = to;
      break;
    }

  range.from = (guint64)least;
  range.span = (guint64)greatest - (guint64)least;
  return range;
}

static void
bind_node (SwbMatcher *self, const SwbNode *node, guint64 n_records)
{
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    bind_node (self, g_ptr_array_index (node->children, i), n_records);

  if (node->type != SWB_NODE_FIELD)
    return;

  gint64 from = node->number, to = node->number_to;
  if (node->field == SWB_FIELD_TIME)
    from = to = swb_filter_time_bind (node->base, from, self->block.journal, n_records);

  Range range = make_range (node, from, to);
  g_hash_table_insert (self->ranges, (gpointer)node, g_memdup2 (&range, sizeof range));
}

static void
learn_directions (SwbMatcher *self)
{
  for (guint i = 0; i < SWB_N_CALLS; i++)
    {
      SwbDataUse data = swb_call_get_info (i)->data;

      self->directions[i] = data == SWB_DATA_OUT ? 1 : data == SWB_DATA_IN ? -1 : 0;
    }
}

SwbMatcher *
swb_matcher_new (SwbFilter *filter, SwbJournal *journal, guint64 n_records,
                 const gint *cancelled)
{
  SwbMatcher *self = g_new0 (SwbMatcher, 1);

  self->filter = filter;
  self->block.journal = journal;
  self->block.names = filter->names;
  self->block.cancelled = cancelled;
  self->ranges = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  learn_directions (self);
  bind_node (self, filter->root, n_records);
  return self;
}

void
swb_matcher_free (SwbMatcher *self)
{
  g_hash_table_unref (self->ranges);
  g_free (self);
}

guint64
swb_matcher_get_n_undecided (const SwbMatcher *self)
{
  return self->block.n_undecided;
}

static inline gint64
get_length (const SwbEntry *entry)
{
  return entry->n_details <= entry->length ? (gint64)entry->length - entry->n_details : 0;
}

static inline gint64
get_errno (const SwbEntry *entry)
{
  return entry->result < 0 && entry->result != G_MININT32 ? -(gint64)entry->result : 0;
}

static inline gint64
get_direction (const SwbMatcher *self, const SwbEntry *entry)
{
  if (entry->kind == SWB_RECORD_PACKET)
    return entry->result <= 0 ? 0 : (entry->what & SWB_PACKET_OUT) != 0 ? 1 : -1;

  return entry->kind == SWB_RECORD_CALL && entry->result > 0 ? self->directions[entry->what]
                                                             : 0;
}

/* A word of bits at a time, without a branch, so that the compiler can do several at once.
 */
#define TEST(value)                                                                        \
  for (guint i = 0; i < n; i++)                                                            \
    {                                                                                      \
      const SwbEntry *entry = &entries[i];                                                 \
                                                                                           \
      bits |= (guint64)((guint64)(gint64)(value)-range->from <= range->span) << i;         \
    }                                                                                      \
  break

static guint64
test_word (const SwbMatcher *self, const Range *range, const SwbEntry *entries, guint n)
{
  guint64 bits = 0;

  switch (range->node->field)
    {
    case SWB_FIELD_PANE:
      TEST (entry->pane);
    case SWB_FIELD_SOCKET:
      TEST ((guint64)entry->pane << 32 | entry->connection);
    case SWB_FIELD_CALL:
      TEST (entry->kind == SWB_RECORD_CALL ? entry->what : 0);
    case SWB_FIELD_DIR:
      TEST (get_direction (self, entry));
    case SWB_FIELD_LEN:
      TEST (get_length (entry));
    case SWB_FIELD_ERRNO:
      TEST (get_errno (entry));
    case SWB_FIELD_RESULT:
      TEST (entry->result < 0 ? -1 : entry->result);
    case SWB_FIELD_TIME:
      TEST (entry->time_ns);
    case SWB_FIELD_TOOK:
      TEST (entry->took_ns);
    case SWB_FIELD_KIND:
      TEST (entry->kind);
    case SWB_FIELD_ORIGIN:
      TEST (entry->origin);
    case SWB_FIELD_DESCRIPTOR:
      TEST (entry->fd);
    default:
      break;
    }
  return bits;
}

#undef TEST

/* How long a record took that took longer than an entry can say. */
static guint64
test_long (const SwbMatcher *self, const Range *range, guint first, guint n, guint64 bits)
{
  const SwbBlock *block = &self->block;

  for (guint i = 0; i < n; i++)
    if (block->entries[first + i].is_long)
      {
        guint64 bit = (guint64)1 << i;
        SwbRecord record;

        swb_journal_read (block->journal, block->position + first + i, &record);
        bits = (guint64)record.took_ns - range->from <= range->span ? bits | bit
                                                                    : bits & ~bit;
      }
  return bits;
}

static guint
count_words (guint n)
{
  return (n + 63) / 64;
}

static void
match_field (SwbMatcher *self, const SwbNode *node, const guint64 *asked, guint64 *out)
{
  const Range *range = g_hash_table_lookup (self->ranges, node);
  const SwbBlock *block = &self->block;

  for (guint i = 0; i < count_words (block->n); i++)
    {
      guint n = MIN (64, block->n - i * 64);
      guint64 bits = 0;

      if (asked[i] != 0)
        bits = test_word (self, range, block->entries + i * 64, n);
      if (asked[i] != 0 && node->field == SWB_FIELD_TOOK)
        bits = test_long (self, range, i * 64, n, bits);
      out[i] = (range->negated ? ~bits : bits) & asked[i];
    }
}

static void
match_text (SwbMatcher *self, const SwbNode *node, const guint64 *asked, guint64 *out)
{
  guint n_words = count_words (self->block.n);

  memset (out, 0, n_words * sizeof *out);
  swb_block_match_text (&self->block, node, asked, out);
  if (node->op == SWB_FILTER_NE)
    for (guint i = 0; i < n_words; i++)
      out[i] = asked[i] & ~out[i];
}

static gboolean
is_any (const guint64 *bits, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (bits[i] != 0)
      return TRUE;
  return FALSE;
}

static void match_node (SwbMatcher *self, const SwbNode *node, const guint64 *asked,
                        guint64 *out);

/* Children on entries alone come first, each over what is left undecided by those before
 * it. */
static void
match_children (SwbMatcher *self, const SwbNode *node, const guint64 *asked, guint64 *out)
{
  guint n_words = count_words (self->block.n);
  guint64 left[SWB_MATCHER_WORDS], passed[SWB_MATCHER_WORDS];

  memcpy (left, asked, n_words * sizeof *left);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < node->children->len; i++)
      {
        const SwbNode *child = g_ptr_array_index (node->children, i);

        if (child->needs_bytes != (round == 1) || !is_any (left, n_words))
          continue;

        match_node (self, child, left, passed);
        for (guint j = 0; j < n_words; j++)
          left[j] = node->type == SWB_NODE_AND ? passed[j] : left[j] & ~passed[j];
      }

  for (guint j = 0; j < n_words; j++)
    out[j] = node->type == SWB_NODE_AND ? left[j] : asked[j] & ~left[j];
}

static void
match_node (SwbMatcher *self, const SwbNode *node, const guint64 *asked, guint64 *out)
{
  guint n_words = count_words (self->block.n);

  switch (node->type)
    {
    case SWB_NODE_AND:
    case SWB_NODE_OR:
      match_children (self, node, asked, out);
      break;
    case SWB_NODE_NOT:
      match_node (self, g_ptr_array_index (node->children, 0), asked, out);
      for (guint i = 0; i < n_words; i++)
        out[i] = asked[i] & ~out[i];
      break;
    case SWB_NODE_FIELD:
      match_field (self, node, asked, out);
      break;
    case SWB_NODE_TEXT:
      match_text (self, node, asked, out);
      break;
    case SWB_NODE_ALL:
    default:
      memcpy (out, asked, n_words * sizeof *out);
      break;
    }
}

guint
swb_matcher_select (SwbMatcher *self, guint64 position, guint n, guint64 *bits)
{
  SwbBlock *block = &self->block;
  guint64 segment = (guint64)1 << block->journal->layout.index_shift;
  guint64 asked[SWB_MATCHER_WORDS];

  g_return_val_if_fail (n > 0 && n <= SWB_MATCHER_BLOCK, n);

  n = (guint)MIN (n, segment - (position & (segment - 1)));
  block->entries = swb_journal_peek_entry (block->journal, position);
  block->position = position;
  block->n = n;

  for (guint i = 0; i < count_words (n); i++)
    asked[i] = n - i * 64 >= 64 ? G_MAXUINT64 : ((guint64)1 << (n - i * 64)) - 1;
  match_node (self, self->filter->root, asked, bits);
  return n;
}
