/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "net/swb-call.h"
#include "net/swb-errno.h"

#include <string.h>

#define BIT(op) (1u << (op))
#define EQUALITY (BIT (SWB_FILTER_EQ) | BIT (SWB_FILTER_NE))
#define ORDER                                                                              \
  (BIT (SWB_FILTER_LT) | BIT (SWB_FILTER_LE) | BIT (SWB_FILTER_GT) | BIT (SWB_FILTER_GE))
#define SEARCH                                                                             \
  (BIT (SWB_FILTER_CONTAINS) | BIT (SWB_FILTER_CONTAINS_CASELESS)                          \
   | BIT (SWB_FILTER_MATCHES))

typedef struct
{
  gint64 number;
  const char *word;
} Word;

typedef struct
{
  const char *name;
  guint ops; /* a BIT for each */
  const Word *words;
} Field;

static const Word dir_words[] = { { 1, "out" }, { -1, "in" }, { 0, "none" }, { 0, NULL } };

static const Word kind_words[] = {
  { SWB_RECORD_CALL, "call" },       { SWB_RECORD_COMMAND, "command" },
  { SWB_RECORD_OUTCOME, "outcome" }, { SWB_RECORD_NOTE, "note" },
  { SWB_RECORD_PACKET, "packet" },   { 0, NULL },
};

static const Word origin_words[] = {
  { SWB_ORIGIN_COMMAND, "command" },     { SWB_ORIGIN_AUTO, "auto" },
  { SWB_ORIGIN_RESPONDER, "responder" }, { SWB_ORIGIN_ENGINE, "engine" },
  { SWB_ORIGIN_SURVEY, "survey" },       { 0, NULL },
};

static const Field fields[SWB_N_FIELDS] = {
  [SWB_FIELD_PANE] = { "pane", EQUALITY, NULL },
  [SWB_FIELD_SOCKET] = { "socket", EQUALITY | ORDER, NULL },
  [SWB_FIELD_PEER] = { "peer", EQUALITY | SEARCH, NULL },
  [SWB_FIELD_LOCAL] = { "local", EQUALITY | SEARCH, NULL },
  [SWB_FIELD_CALL] = { "call", EQUALITY, NULL },
  [SWB_FIELD_DIR] = { "dir", EQUALITY, dir_words },
  [SWB_FIELD_LEN] = { "len", EQUALITY | ORDER, NULL },
  [SWB_FIELD_ERRNO] = { "errno", EQUALITY | ORDER, NULL },
  [SWB_FIELD_RESULT] = { "result", EQUALITY | ORDER, NULL },
  [SWB_FIELD_TIME] = { "time", EQUALITY | ORDER, NULL },
  [SWB_FIELD_TOOK] = { "took", EQUALITY | ORDER, NULL },
  [SWB_FIELD_DATA] = { "data", EQUALITY | SEARCH, NULL },
  [SWB_FIELD_KIND] = { "kind", EQUALITY, kind_words },
  [SWB_FIELD_ORIGIN] = { "origin", EQUALITY, origin_words },
  [SWB_FIELD_DESCRIPTOR] = { "socket", EQUALITY | ORDER, NULL },
};

const char *
swb_field_get_name (SwbField field)
{
  return fields[field].name;
}

gboolean
swb_field_from_name (const char *name, SwbField *field)
{
  for (guint i = 0; i < SWB_FIELD_DESCRIPTOR; i++)
    if (g_str_equal (fields[i].name, name))
      {
        *field = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
swb_field_takes (SwbField field, SwbFilterOp op)
{
  return (fields[field].ops & BIT (op)) != 0;
}

static const char *
get_listed_word (const Word *words, gint64 number)
{
  for (; words != NULL && words->word != NULL; words++)
    if (words->number == number)
      return words->word;
  return NULL;
}

const char *
swb_field_get_word (SwbField field, gint64 number)
{
  if (field == SWB_FIELD_CALL)
    return number > SWB_CALL_NONE && number < SWB_N_CALLS
               ? swb_call_get_info ((SwbCall)number)->name
               : NULL;
  if (field == SWB_FIELD_ERRNO && number > 0 && number <= G_MAXINT)
    {
      const char *name = swb_errno_name ((int)number);

      return swb_errno_from_name (name) == number ? name : NULL;
    }
  return get_listed_word (fields[field].words, number);
}

gboolean
swb_field_from_word (SwbField field, const char *word, gint64 *number)
{
  if (field == SWB_FIELD_CALL)
    *number = g_str_equal (word, "accept4") ? SWB_CALL_ACCEPT : swb_call_from_name (word);
  else if (field == SWB_FIELD_ERRNO)
    *number = swb_errno_from_name (word);
  else
    {
      for (const Word *at = fields[field].words; at != NULL && at->word != NULL; at++)
        if (g_str_equal (at->word, word))
          {
            *number = at->number;
            return TRUE;
          }
      return FALSE;
    }

  return *number != 0;
}

const char *const *
swb_filter_list_fields (void)
{
  static const char *names[SWB_FIELD_DESCRIPTOR + 1];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < SWB_FIELD_DESCRIPTOR; i++)
        names[i] = fields[i].name;
      g_once_init_leave (&made, 1);
    }
  return names;
}

const char **
swb_filter_list_values (const char *field)
{
  GPtrArray *values = g_ptr_array_new ();
  SwbField which;

  g_return_val_if_fail (field != NULL, NULL);

  if (swb_field_from_name (field, &which))
    {
      for (const Word *at = fields[which].words; at != NULL && at->word != NULL; at++)
        g_ptr_array_add (values, (char *)at->word);
      for (gint64 i = 1; i < SWB_N_CALLS && which == SWB_FIELD_CALL; i++)
        g_ptr_array_add (values, (char *)swb_field_get_word (which, i));
      for (gint64 i = 1; i < 256 && which == SWB_FIELD_ERRNO; i++)
        if (swb_field_get_word (which, i) != NULL)
          g_ptr_array_add (values, (char *)swb_field_get_word (which, i));
    }

  g_ptr_array_add (values, NULL);
  return (const char **)g_ptr_array_free (values, FALSE);
}
