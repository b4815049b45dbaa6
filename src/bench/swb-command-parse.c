/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-command-parser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "journal/store/swb-record.h"
#include "net/swb-error.h"

#define NAME_MAX_CHARS 32

/* --- the line --- */

typedef enum
{
  OWN = 1 << 0,     /* for the pane's own socket only */
  WAITS = 1 << 1,   /* takes `within` */
  ANSWERS = 1 << 2, /* a system call: takes `expect ERRNO` */
  ALONE = 1 << 3,   /* can stand without a pane */
} VerbFlags;

typedef struct
{
  const char *name;
  SwbVerb verb;
  SwbParseFunc parse;
  VerbFlags flags;
} Verb;

static const Verb verbs[] = {
  { "socket", SWB_VERB_SOCKET, swb_parse_nothing, OWN | ANSWERS },
  { "socketpair", SWB_VERB_SOCKETPAIR, swb_parse_socketpair, OWN | ANSWERS },
  { "bind", SWB_VERB_BIND, swb_parse_address, OWN | ANSWERS },
  { "listen", SWB_VERB_LISTEN, swb_parse_listen, OWN | ANSWERS },
  { "accept", SWB_VERB_ACCEPT, swb_parse_accept, OWN | WAITS | ANSWERS },
  { "connect", SWB_VERB_CONNECT, swb_parse_address, OWN | WAITS | ANSWERS },
  { "next", SWB_VERB_NEXT, swb_parse_nothing, OWN | WAITS | ANSWERS },
  { "send", SWB_VERB_SEND, swb_parse_send, WAITS | ANSWERS },
  { "sendto", SWB_VERB_SENDTO, swb_parse_sendto, WAITS | ANSWERS },
  { "recv", SWB_VERB_RECV, swb_parse_recv, WAITS | ANSWERS },
  { "recvfrom", SWB_VERB_RECVFROM, swb_parse_recvfrom, WAITS | ANSWERS },
  { "recvmsg", SWB_VERB_RECVMSG, swb_parse_recvmsg, WAITS | ANSWERS },
  { "sendmsg", SWB_VERB_SENDMSG, swb_parse_sendmsg, ANSWERS },
  { "recvmmsg", SWB_VERB_RECVMMSG, swb_parse_recvmmsg, WAITS | ANSWERS },
  { "sendmmsg", SWB_VERB_SENDMMSG, swb_parse_sendmmsg, WAITS | ANSWERS },
  { "shutdown", SWB_VERB_SHUTDOWN, swb_parse_shutdown, ANSWERS },
  { "close", SWB_VERB_CLOSE, swb_parse_nothing, ANSWERS },
  { "setsockopt", SWB_VERB_SETSOCKOPT, swb_parse_setsockopt, ANSWERS },
  { "getsockopt", SWB_VERB_GETSOCKOPT, swb_parse_getsockopt, ANSWERS },
  { "ioctl", SWB_VERB_IOCTL, swb_parse_ioctl, ANSWERS },
  { "getsockname", SWB_VERB_GETSOCKNAME, swb_parse_nothing, ANSWERS },
  { "getpeername", SWB_VERB_GETPEERNAME, swb_parse_nothing, ANSWERS },
  { "queue", SWB_VERB_QUEUE, swb_parse_nothing, OWN },
  { "take", SWB_VERB_TAKE, swb_parse_take, OWN },
  { "unlink", SWB_VERB_UNLINK, swb_parse_address, OWN | ANSWERS },
  { "remove", SWB_VERB_REMOVE, swb_parse_nothing, OWN },
  { "reply", SWB_VERB_REPLY, swb_parse_reply, OWN },
  { "title", SWB_VERB_TITLE, swb_parse_title, OWN },
  { "note", SWB_VERB_NOTE, swb_parse_note, OWN | ALONE },
  { "expect", SWB_VERB_EXPECT, swb_parse_expect, WAITS },
  { "pane", SWB_VERB_PANE, swb_parse_pane, OWN | ALONE },
  { "wait", SWB_VERB_WAIT, swb_parse_wait, OWN | ALONE },
};

static const Verb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_strcmp0 (verbs[i].name, name) == 0)
      return &verbs[i];
  return NULL;
}

gboolean
swb_command_verb_waits (SwbVerb verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i].verb == verb)
      return (verbs[i].flags & WAITS) != 0;
  return FALSE;
}

gboolean
swb_command_is_pane_name (const char *name)
{
  static const char *const keywords[] = { "within", "as", "all", NULL };
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789-_");

  return length > 0 && length <= NAME_MAX_CHARS && name[length] == '\0'
         && g_ascii_isalpha (name[0]) && find_verb (name) == NULL
         && !g_strv_contains (keywords, name);
}

/* "server", "server#2", "server#all" */
static gboolean
parse_target (SwbParser *self, GError **error)
{
  const char *word = self->words.word, *hash = strchr (word, '#');
  g_autofree char *name = hash ? g_strndup (word, (gsize)(hash - word)) : g_strdup (word);
  guint64 number = SWB_CONNECTION_NONE;

  if (!swb_command_is_pane_name (name))
    return swb_parser_fail_word (
        self, error, SWB_ERROR_SYNTAX,
        _ ("A line begins with pane, wait, note or the name of a pane, not with this"));
  if (hash != NULL && g_str_equal (hash + 1, "all"))
    number = SWB_CONNECTION_ALL;
  else if (hash != NULL
           && !g_ascii_string_to_unsigned (hash + 1, 10, 1, SWB_CONNECTION_ALL - 1, &number,
                                           NULL))
    {
      self->offset = (gsize)(hash - word) + 1;
      return swb_parser_fail_word (
          self, error, SWB_ERROR_RANGE,
          _ ("The number of a connection, from 1, or “all” must follow #"));
    }

  self->command->pane = g_steal_pointer (&name);
  self->command->connection = (guint)number;
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_within (SwbParser *self, const Verb *verb, GError **error)
{
  if (self->command->within_ns >= 0)
    return swb_parser_fail (error, SWB_ERROR_SYNTAX, _ ("within stands here twice"));
  if (!(verb->flags & WAITS) || self->command->verb == SWB_VERB_ACCEPT_MODE
      || self->command->verb == SWB_VERB_RECV_MODE)
    return swb_parser_fail (error, SWB_ERROR_SYNTAX,
                            _ ("This verb does not wait, so within has no place"));
  return swb_words_advance (&self->words, error)
         && swb_parser_time (self, &self->command->within_ns, error);
}

static gboolean
parse_expected (SwbParser *self, const Verb *verb, GError **error)
{
  if (self->command->expected_errno != 0)
    return swb_parser_fail (error, SWB_ERROR_SYNTAX, _ ("expect stands here twice"));
  if (!(verb->flags & ANSWERS) || self->command->verb == SWB_VERB_ACCEPT_MODE
      || self->command->verb == SWB_VERB_RECV_MODE)
    return swb_parser_fail (
        error, SWB_ERROR_SYNTAX,
        _ ("This is no system call, so no errno can be expected of it"));
  return swb_words_advance (&self->words, error) && swb_parse_errno (self, error);
}

static gboolean
parse_clauses (SwbParser *self, const Verb *verb, GError **error)
{
  while (self->words.word != NULL)
    {
      if (swb_words_is (&self->words, "within"))
        {
          if (!parse_within (self, verb, error))
            return FALSE;
        }
      else if (swb_words_is (&self->words, "expect"))
        {
          if (!parse_expected (self, verb, error))
            return FALSE;
        }
      else
        return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                                     _ ("The line should end before this"));
    }
  return TRUE;
}

static gboolean
parse_verb (SwbParser *self, GError **error)
{
  const Verb *verb = find_verb (self->words.word);
  gboolean alone = self->command->pane == NULL;

  if (self->words.word == NULL)
    return swb_parser_fail (error, SWB_ERROR_SYNTAX,
                            _ ("A verb must follow the name of the pane"));
  if (verb == NULL)
    return swb_parser_fail_word (self, error, SWB_ERROR_UNKNOWN,
                                 _ ("There is no verb of this name"));
  if ((verb->verb == SWB_VERB_PANE || verb->verb == SWB_VERB_WAIT) && !alone)
    return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                                 _ ("No pane's name stands before this"));
  if ((verb->flags & OWN) && self->command->connection != SWB_CONNECTION_NONE)
    return swb_parser_fail_word (
        self, error, SWB_ERROR_SYNTAX,
        _ ("This is for a pane's own socket, not for a connection"));

  self->command->verb = verb->verb;
  if (!swb_words_advance (&self->words, error))
    return FALSE;
  if (verb->verb == SWB_VERB_PANE
      && !swb_parse_pane_name (self, &self->command->pane, error))
    return FALSE;
  return verb->parse (self, error) && parse_clauses (self, verb, error);
}

static gboolean
parse_line (SwbParser *self, GError **error)
{
  const Verb *verb = find_verb (self->words.word);

  if ((verb == NULL || !(verb->flags & ALONE)) && !parse_target (self, error))
    return FALSE;
  return parse_verb (self, error);
}

static gboolean
check_line (const char *line, guint *column, GError **error)
{
  const char *end;
  gsize length = strlen (line);

  if (length > SWB_COMMAND_LINE_MAX)
    {
      g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT, length);

      *column = 1;
      g_set_error (
          error, SWB_ERROR, SWB_ERROR_TOO_LONG,
          /* Translators: %s is a number */
          _ ("The line has %s bytes; at most %d are read; longer bytes can be kept "
             "in a file (file:PATH)"),
          count, SWB_COMMAND_LINE_MAX);
      return FALSE;
    }
  if (!g_utf8_validate (line, (gssize)length, &end))
    {
      *column = (guint)g_utf8_strlen (line, end - line) + 1;
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("The byte 0x%02x here is not UTF-8"), (guint)(guchar)*end);
      return FALSE;
    }
  return TRUE;
}

SwbCommand *
swb_command_parse (const char *line, guint *column, GError **error)
{
  g_autoptr (SwbCommand) command = swb_command_new (SWB_VERB_NONE, NULL, 0);
  SwbParser self = { .command = command };
  guint place = 1;
  gboolean right, blank;

  g_return_val_if_fail (line != NULL, NULL);

  if (!check_line (line, &place, error))
    {
      if (column != NULL)
        *column = place;
      return NULL;
    }

  right = swb_words_init (&self.words, line, error);
  blank = right && self.words.word == NULL;
  if (right && !blank)
    right = parse_line (&self, error);
  if (!right && column != NULL)
    *column = swb_words_get_column (&self.words, self.offset);
  swb_words_clear (&self.words);
  return right && !blank ? g_steal_pointer (&command) : NULL;
}

SwbVerb
swb_command_peek_verb (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  const Verb *verb = words[0] ? find_verb (words[0]) : NULL;

  if ((verb == NULL || !(verb->flags & ALONE)) && words[0] != NULL)
    verb = words[1] ? find_verb (words[1]) : NULL;
  return verb ? verb->verb : SWB_VERB_NONE;
}
