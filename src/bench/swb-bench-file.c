/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-file-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "bench/swb-words.h"
#include "net/swb-error.h"
#include "net/swb-payload.h"

#define MAX_MISTAKES 100

/* What the lines so far have said, for judging the next. */
typedef struct
{
  SwbBenchFile *file;
  GPtrArray *mistakes;
  GHashTable *panes;  /* name → its pane command, borrowed */
  GHashTable *broken; /* names of panes whose lines have mistakes, so that one is not told
                         of as many */
  gboolean too_many_panes;
} Reader;

static void
mistake_free (gpointer data)
{
  SwbMistake *mistake = data;

  g_free (mistake->message);
  g_free (mistake);
}

static void
line_free (gpointer data)
{
  SwbBenchLine *line = data;

  swb_command_free (line->command);
  g_free (line->text);
  g_free (line);
}

static void
add_mistake (Reader *self, guint line, guint column, const char *message)
{
  SwbMistake *mistake;

  if (self->mistakes->len >= MAX_MISTAKES)
    return;

  mistake = g_new0 (SwbMistake, 1);
  mistake->line = line;
  mistake->column = column;
  mistake->message = g_strdup (message);
  g_ptr_array_add (self->mistakes, mistake);
}

/* The column of the @index-th word of a line that has been parsed before. */
static guint
find_column (const char *text, guint index, gsize offset)
{
  SwbWords words;
  guint column;

  swb_words_init (&words, text, NULL);
  while (index-- > 0)
    swb_words_advance (&words, NULL);
  column = swb_words_get_column (&words, offset);
  swb_words_clear (&words);
  return column;
}

static void
check_address (Reader *self, const SwbCommand *command, const char *text)
{
  const SwbCommand *pane = g_hash_table_lookup (self->panes, command->pane);
  gboolean local = command->verb == SWB_VERB_BIND || command->verb == SWB_VERB_UNLINK;
  int domain = command->verb == SWB_VERB_UNLINK ? AF_UNIX : pane->numbers[0];
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  SwbAddress address;
  gsize position = 0;

  if (!local && g_hash_table_contains (self->panes, command->address))
    return;
  if (!swb_address_parse (domain, pane->numbers[1], command->address, &address, &host,
                          &position, &error))
    add_mistake (self, command->line, find_column (text, 2, position), error->message);
}

static gboolean
check_name (Reader *self, const SwbCommand *command, const char *name, const char *text,
            guint word)
{
  g_autofree char *message = NULL;

  if (name == NULL || g_hash_table_contains (self->panes, name))
    return TRUE;
  if (g_hash_table_contains (self->broken, name))
    return FALSE;

  /* One mistake is told of already: all panes behind it are missing. */
  if (self->too_many_panes)
    return FALSE;
  message = g_strdup_printf (_ ("No pane “%s” was made before this line"), name);
  add_mistake (self, command->line, find_column (text, word, 0), message);
  return FALSE;
}

static void
check_pane (Reader *self, SwbCommand *command, const char *text)
{
  g_autofree char *message = NULL;

  if (g_hash_table_contains (self->panes, command->pane))
    {
      message = g_strdup_printf (_ ("There is a pane “%s” already"), command->pane);
      add_mistake (self, command->line, find_column (text, 1, 0), message);
    }
  else if (g_hash_table_size (self->panes) < SWB_BENCH_MAX_PANES)
    g_hash_table_insert (self->panes, command->pane, command);
  else if (!self->too_many_panes)
    {
      self->too_many_panes = TRUE;
      message = g_strdup_printf (_ ("A bench has at most %d panes"), SWB_BENCH_MAX_PANES);
      add_mistake (self, command->line, 1, message);
    }
}

static void
check_command (Reader *self, SwbCommand *command, const char *text)
{
  if (command->verb == SWB_VERB_PANE)
    {
      check_pane (self, command, text);
      return;
    }
  if (!check_name (self, command, command->pane, text, 0)
      || !check_name (self, command, command->other, text,
                      command->verb == SWB_VERB_SOCKETPAIR ? 2 : 3))
    return;

  if (command->address != NULL)
    check_address (self, command, text);
  if (command->verb == SWB_VERB_REMOVE)
    g_hash_table_remove (self->panes, command->pane);
}

static void
note_broken_pane (Reader *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);

  if (g_strv_length (words) >= 2 && g_str_equal (words[0], "pane"))
    g_hash_table_add (self->broken, g_strdup (words[1]));
}

static void
read_line (Reader *self, const char *text, guint number)
{
  g_autoptr (GError) error = NULL;
  guint column = 1;
  SwbBenchLine *line = g_new0 (SwbBenchLine, 1);

  line->text = g_strdup (text);
  line->command = swb_command_parse (text, &column, &error);
  g_ptr_array_add (self->file->lines, line);
  if (error != NULL)
    {
      add_mistake (self, number, column, error->message);
      note_broken_pane (self, text);
    }
  if (line->command == NULL)
    return;

  line->command->line = number;
  g_ptr_array_add (self->file->commands, line->command);
  check_command (self, line->command, text);
}

static void
add_too_long (Reader *self, guint number, gsize length)
{
  g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT, length);
  /* Translators: %s is a number */
  g_autofree char *message = g_strdup_printf (
      _ ("The line has %s bytes; at most %d are read"), count, SWB_BENCH_FILE_MAX_LINE);

  add_mistake (self, number, 1, message);
}

static void
read_lines (Reader *self, const char *text, gsize length)
{
  const char *at = text, *end = text + length;

  for (guint number = 1; at < end && self->mistakes->len < MAX_MISTAKES; number++)
    {
      const char *newline = memchr (at, '\n', (gsize)(end - at));
      gsize n = (gsize)((newline ? newline : end) - at);

      if (n > SWB_BENCH_FILE_MAX_LINE)
        add_too_long (self, number, n);
      else
        {
          g_autofree char *line = g_strndup (at, n > 0 && at[n - 1] == '\r' ? n - 1 : n);
          read_line (self, line, number);
        }
      at = newline ? newline + 1 : end;
    }
}

/* A file with a NUL is no text at all; one mistake says so, where its lines would give a
 * hundred. */
static gboolean
is_text (Reader *self, const char *text, gsize length)
{
  const char *nul = memchr (text, '\0', length);
  guint line = 1;
  const char *start = text;
  g_autofree char *before = NULL;

  if (nul == NULL)
    return TRUE;

  for (const char *at = text; at < nul; at++)
    if (*at == '\n')
      {
        line++;
        start = at + 1;
      }
  before = g_utf8_make_valid (start, nul - start);
  add_mistake (self, line, (guint)g_utf8_strlen (before, -1) + 1,
               _ ("A NUL byte: this is no bench file but a binary one"));
  return FALSE;
}

SwbBenchFile *
swb_bench_file_parse (const char *text, gsize length, GPtrArray **mistakes)
{
  g_autoptr (SwbBenchFile) file = g_new0 (SwbBenchFile, 1);
  g_autoptr (GHashTable) panes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) broken
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader self = { .file = file, .panes = panes, .broken = broken };

  file->lines = g_ptr_array_new_with_free_func (line_free);
  file->commands = g_ptr_array_new ();
  self.mistakes = g_ptr_array_new_with_free_func (mistake_free);

  if (length > SWB_BENCH_FILE_MAX)
    {
      g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT, length);
      /* Translators: %s is a number */
      g_autofree char *message = g_strdup_printf (
          _ ("The file has %s bytes; at most %d are read"), count, SWB_BENCH_FILE_MAX);
      add_mistake (&self, 1, 1, message);
    }
  else if (is_text (&self, text, length))
    read_lines (&self, text, length);

  *mistakes = self.mistakes;
  return self.mistakes->len == 0 ? g_steal_pointer (&file) : NULL;
}

/* At most one byte more than is allowed is read: a file without end is a mistake like any
 * other. */
static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *buffer = NULL;
  gsize length;

  if (stream == NULL)
    return NULL;

  buffer = g_malloc (SWB_BENCH_FILE_MAX + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, SWB_BENCH_FILE_MAX + 1,
                                &length, NULL, error))
    return NULL;
  return g_bytes_new_take (g_realloc (g_steal_pointer (&buffer), MAX (length, 1)), length);
}

SwbBenchFile *
swb_bench_file_load (const char *path, GPtrArray **mistakes, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (path, error);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return NULL;

  text = g_bytes_get_data (bytes, &length);
  return swb_bench_file_parse (text ? text : "", length, mistakes);
}

void
swb_bench_file_free (SwbBenchFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

guint
swb_bench_file_get_n_commands (SwbBenchFile *self)
{
  return self->commands->len;
}

const SwbCommand *
swb_bench_file_get_command (SwbBenchFile *self, guint index)
{
  return index < self->commands->len ? self->commands->pdata[index] : NULL;
}
