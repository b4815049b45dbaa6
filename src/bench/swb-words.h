/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The words of one command line: bare ones up to a blank, quoted ones with their quotes. Private to swb-command-parse. */

G_BEGIN_DECLS

typedef struct
{
  const char *line;
  const char *next;    /* behind the present word */
  const char *word_at; /* where the present word, or the end, is */
  char *word;          /* (nullable): the present word; %NULL at the end of the line */
} SwbWords;

/* Begins at the first word. @error: SWB_ERROR_SYNTAX for an open quote, with word_at at it. */
gboolean swb_words_init (SwbWords *self, const char *line, GError **error);
void swb_words_clear (SwbWords *self);

gboolean swb_words_advance (SwbWords *self, GError **error);

/* The place of the present word, in characters from 1; @offset bytes further in. */
guint swb_words_get_column (SwbWords *self, gsize offset);

gboolean swb_words_is (SwbWords *self, const char *word);
gboolean swb_words_is_quoted (SwbWords *self);

/* (transfer full) (nullable): @word without quotes and escapes: text without NUL, valid UTF-8. @error: SWB_ERROR_SYNTAX, ENCODING */
char *swb_words_unquote (const char *word, gsize *error_position, GError **error);

G_END_DECLS
