/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-speech-model.h"

#include "app/widgets/swb-row-ration.h"

typedef struct
{
  guint64 position;
  SwbReply reply;
} Choice;

struct _SwbSpeechModel
{
  GObject parent_instance;

  SwbBench *bench;
  SwbPane *pane;
  GArray *replies;   /* Choice: which responder from which position on */
  GArray *positions; /* guint64: every turn of the pane */
  GArray *chosen;    /* guint64: those of the connection; NULL when all are shown */
  guint connection;
  guint64 next;      /* the first position not looked at */
  guint n_announced; /* of those shown */
  guint growing;     /* source */
};

#define STEP_MS 17

static GType
swb_speech_model_get_item_type (GListModel *model)
{
  return SWB_TYPE_SPEECH;
}

static GArray *
get_shown (SwbSpeechModel *self)
{
  return self->chosen != NULL ? self->chosen : self->positions;
}

static guint
swb_speech_model_get_n_items (GListModel *model)
{
  return SWB_SPEECH_MODEL (model)->n_announced;
}

static SwbReply
find_reply (SwbSpeechModel *self, guint64 position)
{
  for (guint i = self->replies->len; i > 0; i--)
    {
      const Choice *choice = &g_array_index (self->replies, Choice, i - 1);
      if (choice->position < position)
        return choice->reply;
    }
  return SWB_REPLY_NONE;
}

static gpointer
swb_speech_model_get_item (GListModel *model, guint index)
{
  SwbSpeechModel *self = SWB_SPEECH_MODEL (model);
  GArray *shown = get_shown (self);
  guint64 position;

  if (index >= self->n_announced)
    return NULL;
  position = g_array_index (shown, guint64, index);
  return swb_speech_new (self->bench, self->pane, position, find_reply (self, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = swb_speech_model_get_item_type;
  iface->get_n_items = swb_speech_model_get_n_items;
  iface->get_item = swb_speech_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbSpeechModel, swb_speech_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

static const SwbEntry *
peek (SwbSpeechModel *self, guint64 position)
{
  return swb_journal_peek_entry (swb_bench_get_journal (self->bench), position);
}

static gboolean
is_of_connection (SwbSpeechModel *self, guint64 position)
{
  return peek (self, position)->connection == self->connection;
}

static void
note_choice (SwbSpeechModel *self, guint64 position)
{
  Choice choice = { .position = position };
  g_autoptr (SwbCommand) command = NULL;
  g_autofree char *text = NULL;
  SwbRecord record;

  if (!swb_journal_read (swb_bench_get_journal (self->bench), position, &record)
      || record.n_data == 0
      || memmem (record.data, record.n_data, " reply ", strlen (" reply ")) == NULL)
    return;
  text = g_strndup ((const char *)record.data, record.n_data);
  command = swb_command_parse (text, NULL, NULL);
  if (command == NULL || command->verb != SWB_VERB_REPLY)
    return;
  choice.reply = (SwbReply)command->numbers[0];
  g_array_append_val (self->replies, choice);
}

/* The engine asks for more options than the one that ends a connect(). */
static gboolean
is_told (SwbSpeechModel *self, const SwbEntry *entry, guint64 position)
{
  SwbRecord record;

  if (entry->kind != SWB_RECORD_CALL || entry->what != SWB_CALL_GETSOCKOPT)
    return TRUE;
  return swb_journal_read (swb_bench_get_journal (self->bench), position, &record)
         && record.ints[0] == SOL_SOCKET && record.ints[1] == SO_ERROR;
}

static void
collect (SwbSpeechModel *self, guint64 end)
{
  guint id = swb_pane_get_id (self->pane);

  for (guint64 position = self->next; position < end; position++)
    {
      const SwbEntry *entry = peek (self, position);

      if (entry->pane != id)
        continue;
      if (entry->kind == SWB_RECORD_COMMAND)
        note_choice (self, position);
      if (!swb_speech_is_shown (entry) || !is_told (self, entry, position))
        continue;
      g_array_append_val (self->positions, position);
      if (self->chosen != NULL && is_of_connection (self, position))
        g_array_append_val (self->chosen, position);
    }
  self->next = MAX (self->next, end);
}

static guint
get_next_step (SwbSpeechModel *self)
{
  guint n_left = get_shown (self)->len - self->n_announced;

  return self->n_announced + MIN (n_left, swb_row_ration_get (self->n_announced));
}

static gboolean
grow_cb (gpointer user_data)
{
  SwbSpeechModel *self = user_data;
  guint before = self->n_announced;

  self->n_announced = get_next_step (self);
  if (self->n_announced > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->n_announced - before);
  if (self->n_announced < get_shown (self)->len)
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  return G_SOURCE_REMOVE;
}

static void
grow (SwbSpeechModel *self)
{
  if (self->growing != 0 || self->n_announced == get_shown (self)->len)
    return;
  if (grow_cb (self) == G_SOURCE_CONTINUE)
    self->growing = g_timeout_add (STEP_MS, grow_cb, self);
}

/* Returns how many of @positions went. */
static guint
forget_below (GArray *positions, guint64 first)
{
  guint n = 0;

  while (n < positions->len && g_array_index (positions, guint64, n) < first)
    n++;
  if (n > 0)
    g_array_remove_range (positions, 0, n);
  return n;
}

static void
forget (SwbSpeechModel *self)
{
  guint64 first = swb_journal_get_first (swb_bench_get_journal (self->bench));
  guint n_gone = forget_below (self->positions, first);

  if (self->chosen != NULL)
    n_gone = forget_below (self->chosen, first);
  n_gone = MIN (n_gone, self->n_announced);
  self->n_announced -= n_gone;
  if (n_gone > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_gone, 0);
}

static void
records_cb (SwbSpeechModel *self, guint64 first, guint64 n_records)
{
  forget (self);
  collect (self, first + n_records);
  grow (self);
}

static void
swb_speech_model_dispose (GObject *object)
{
  SwbSpeechModel *self = SWB_SPEECH_MODEL (object);

  g_clear_handle_id (&self->growing, g_source_remove);
  g_clear_object (&self->bench);
  g_clear_object (&self->pane);

  G_OBJECT_CLASS (swb_speech_model_parent_class)->dispose (object);
}

static void
swb_speech_model_finalize (GObject *object)
{
  SwbSpeechModel *self = SWB_SPEECH_MODEL (object);

  g_array_unref (self->replies);
  g_array_unref (self->positions);
  g_clear_pointer (&self->chosen, g_array_unref);

  G_OBJECT_CLASS (swb_speech_model_parent_class)->finalize (object);
}

static void
swb_speech_model_class_init (SwbSpeechModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_speech_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_speech_model_finalize;
}

static void
swb_speech_model_init (SwbSpeechModel *self)
{
  self->replies = g_array_new (FALSE, FALSE, sizeof (Choice));
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->connection = SWB_CONNECTION_ALL;
}

SwbSpeechModel *
swb_speech_model_new (SwbBench *bench, SwbPane *pane)
{
  SwbSpeechModel *self = g_object_new (SWB_TYPE_SPEECH_MODEL, NULL);

  self->bench = g_object_ref (bench);
  self->pane = g_object_ref (pane);
  self->next = swb_pane_get_first_position (pane);
  collect (self, swb_journal_get_n_records (swb_bench_get_journal (bench)));
  grow (self);
  g_signal_connect_object (bench, "records", G_CALLBACK (records_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
swb_speech_model_set_connection (SwbSpeechModel *self, guint connection)
{
  guint before = self->n_announced;

  if (self->connection == connection)
    return;
  self->connection = connection;
  g_clear_pointer (&self->chosen, g_array_unref);
  if (connection != SWB_CONNECTION_ALL)
    {
      self->chosen = g_array_new (FALSE, FALSE, sizeof (guint64));
      for (guint i = 0; i < self->positions->len; i++)
        {
          guint64 position = g_array_index (self->positions, guint64, i);
          if (is_of_connection (self, position))
            g_array_append_val (self->chosen, position);
        }
    }
  self->n_announced = 0;
  self->n_announced = get_next_step (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_announced);
  grow (self);
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *)a;
  guint64 right = *(const guint64 *)b;

  return (left > right) - (left < right);
}

guint
swb_speech_model_find (SwbSpeechModel *self, guint64 position)
{
  guint index;

  if (g_array_binary_search (get_shown (self), &position, compare_positions, &index)
      && index < self->n_announced)
    return index;
  return G_MAXUINT;
}
