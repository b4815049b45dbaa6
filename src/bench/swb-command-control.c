/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-command-parser.h"

#include <fcntl.h>
#include <glib/gi18n.h>

#include "engine/swb-sys.h"
#include "journal/store/swb-record.h"

/* What goes, or comes, beside the bytes of a message: descriptors and credentials. */

/* A descriptor that goes, or comes, beside the bytes: "fd PANE". */
static gboolean
parse_descriptor (SwbParser *self, GError **error)
{
  if (!swb_words_is (&self->words, "fd"))
    return TRUE;
  return swb_words_advance (&self->words, error)
         && swb_parse_pane_name (self, &self->command->other, error);
}

static gboolean
parse_file (SwbParser *self, GError **error)
{
  static const struct
  {
    const char *word;
    int flags;
  } modes[] = { { "r", O_RDONLY }, { "w", O_WRONLY }, { "rw", O_RDWR } };

  if (!swb_words_is (&self->words, "file"))
    return TRUE;
  if (!swb_words_advance (&self->words, error)
      || !swb_parser_text (self, _ ("The path of the file is missing"),
                           &self->command->sent_file, error))
    return FALSE;

  self->command->sent_file_flags = O_RDONLY;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (swb_words_is (&self->words, modes[i].word))
      {
        self->command->sent_file_flags = modes[i].flags;
        return swb_words_advance (&self->words, error);
      }
  return TRUE;
}

static gboolean
parse_credentials (SwbParser *self, GError **error)
{
  int *ids = self->command->credentials;

  if (!swb_words_is (&self->words, "credentials"))
    return TRUE;

  self->command->has_credentials = TRUE;
  ids[0] = 0;
  ids[1] = ids[2] = -1;
  if (!swb_words_advance (&self->words, error))
    return FALSE;
  if (self->words.word == NULL || swb_words_is_quoted (&self->words)
      || !g_ascii_isdigit (self->words.word[0]))
    return TRUE;
  return swb_parser_number (self, 1, G_MAXINT, &ids[0], error)
         && swb_parser_number (self, 0, G_MAXINT, &ids[1], error)
         && swb_parser_number (self, 0, G_MAXINT, &ids[2], error);
}

gboolean
swb_parse_sendmsg (SwbParser *self, GError **error)
{
  return parse_descriptor (self, error) && parse_file (self, error)
         && parse_credentials (self, error) && swb_parse_send (self, error);
}

/* Room for control messages: in an order 0 is the usual one, so none is -1. */
static gboolean
parse_control (SwbParser *self, GError **error)
{
  int *room = &self->command->numbers[2];

  if (!swb_words_is (&self->words, "control"))
    return TRUE;
  if (!swb_words_advance (&self->words, error)
      || !swb_parser_number (self, 0, SWB_RECORD_CONTROL_MAX, room, error))
    return FALSE;
  if (*room == 0)
    *room = -1;
  return TRUE;
}

gboolean
swb_parse_recvmsg (SwbParser *self, GError **error)
{
  return parse_descriptor (self, error) && parse_control (self, error)
         && swb_parse_recvfrom (self, error);
}

/* How many messages one call is to have. */
static gboolean
parse_messages (SwbParser *self, GError **error)
{
  return swb_parser_need_word (self, _ ("How many messages? A number is missing"), error)
         && swb_parser_number (self, 1, SWB_SYS_BATCH_MAX, &self->command->numbers[2],
                               error);
}

gboolean
swb_parse_sendmmsg (SwbParser *self, GError **error)
{
  return parse_messages (self, error) && swb_parse_send (self, error);
}

gboolean
swb_parse_recvmmsg (SwbParser *self, GError **error)
{
  return parse_messages (self, error) && swb_parse_recvfrom (self, error);
}

gboolean
swb_parse_take (SwbParser *self, GError **error)
{
  return swb_parser_number (self, 0, G_MAXINT, &self->command->numbers[0], error);
}
