/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-command.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/socket.h>

#include "bench/swb-constants.h"
#include "bench/swb-duration.h"
#include "bench/swb-state.h"
#include "bench/swb-words.h"
#include "journal/swb-journal.h"
#include "net/swb-catalog.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"
#include "net/swb-payload.h"

#define NAME_MAX_CHARS 32

typedef struct
{
  SwbWords words;
  SwbCommand *command;
  gsize offset; /* of the mistake, within the present word */
} Parser;

typedef gboolean (*ParseFunc) (Parser *self, GError **error);

static gboolean
fail (GError **error, int code, const char *message)
{
  g_set_error_literal (error, SWB_ERROR, code, message);
  return FALSE;
}

static gboolean
fail_word (Parser *self, GError **error, int code, const char *message)
{
  const char *word = self->words.word;
  g_autofree char *shown = NULL;

  if (word == NULL)
    return fail (error, code, message);

  shown = swb_payload_display ((const guint8 *)word, strlen (word), SWB_ENCODING_UTF8, 40);
  g_set_error (error, SWB_ERROR, code, "%s: “%s”", message, shown);
  return FALSE;
}

/* --- arguments --- */

static gboolean
need_word (Parser *self, const char *missing, GError **error)
{
  if (self->words.word == NULL)
    return fail (error, SWB_ERROR_SYNTAX, missing);
  return TRUE;
}

static gboolean
at_clause (Parser *self)
{
  return self->words.word == NULL || swb_words_is (&self->words, "within")
         || swb_words_is (&self->words, "expect");
}

static gboolean
parse_text (Parser *self, const char *missing, char **text, GError **error)
{
  if (!need_word (self, missing, error))
    return FALSE;

  *text = swb_words_unquote (self->words.word, &self->offset, error);
  return *text != NULL && swb_words_advance (&self->words, error);
}

/* Hex digits may have blanks between them, so they go on until a word that cannot be one.
 */
static gboolean
parse_hex (Parser *self, GError **error)
{
  SwbWords *words = &self->words;
  const char *begin = words->word_at, *end;
  g_autofree char *text = NULL;

  do
    {
      end = words->next;
      if (!swb_words_advance (words, error))
        return FALSE;
    }
  while (!at_clause (self) && !g_str_has_prefix (words->word, "MSG_"));

  text = g_strndup (begin, (gsize)(end - begin));
  self->command->bytes = swb_payload_parse (text, &self->offset, error);
  if (self->command->bytes == NULL)
    words->word_at = begin;
  return self->command->bytes != NULL;
}

static gboolean
parse_file (Parser *self, GError **error)
{
  gsize prefix = strlen ("file:");

  self->command->file = swb_words_unquote (self->words.word + prefix, &self->offset, error);
  if (self->command->file == NULL)
    {
      self->offset += prefix;
      return FALSE;
    }
  if (*self->command->file == '\0')
    return fail (error, SWB_ERROR_SYNTAX, _ ("A path must follow file:"));
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_bytes (Parser *self, GError **error)
{
  if (!need_word (self, _ ("Bytes are missing: \"text\", hex:48 65 or file:PATH"), error))
    return FALSE;
  if (g_str_has_prefix (self->words.word, "hex:"))
    return parse_hex (self, error);
  if (g_str_has_prefix (self->words.word, "file:"))
    return parse_file (self, error);
  if (!swb_words_is_quoted (&self->words))
    return fail_word (
        self, error, SWB_ERROR_SYNTAX,
        _ ("Bytes are written as \"text\", hex:48 65 or file:PATH, not as this"));

  self->command->bytes = swb_payload_parse (self->words.word, &self->offset, error);
  return self->command->bytes != NULL && swb_words_advance (&self->words, error);
}

static gboolean
parse_number (Parser *self, int min, int max, int *number, GError **error)
{
  int value;

  if (!need_word (self, _ ("A number is missing"), error)
      || !swb_constants_parse_int (self->words.word, &value, error))
    return FALSE;
  if (value < min || value > max)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("%d is not between %d and %d"),
                   value, min, max);
      return FALSE;
    }

  *number = value;
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_flags (Parser *self, int *flags, GError **error)
{
  if (at_clause (self))
    return TRUE;
  return swb_constants_parse_flags (self->words.word, flags, error)
         && swb_words_advance (&self->words, error);
}

static gboolean
parse_time (Parser *self, gint64 *duration_ns, GError **error)
{
  return need_word (self, _ ("A duration is missing: 500ms, 2s"), error)
         && swb_duration_parse (self->words.word, duration_ns, error)
         && swb_words_advance (&self->words, error);
}

/* --- verbs --- */

static gboolean
parse_nothing (Parser *self, GError **error)
{
  return TRUE;
}

static gboolean
parse_address (Parser *self, GError **error)
{
  return parse_text (self, _ ("An address is missing; an empty one is written \"\""),
                     &self->command->address, error);
}

static gboolean
parse_listen (Parser *self, GError **error)
{
  self->command->numbers[0] = SOMAXCONN;
  if (at_clause (self))
    return TRUE;
  return parse_number (self, G_MININT, G_MAXINT, &self->command->numbers[0], error);
}

static gboolean
parse_mode (Parser *self, SwbVerb verb, gboolean *is_mode, GError **error)
{
  *is_mode = swb_words_is (&self->words, "auto") || swb_words_is (&self->words, "manual");
  if (!*is_mode)
    return TRUE;

  self->command->verb = verb;
  self->command->numbers[0] = swb_words_is (&self->words, "auto");
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_accept (Parser *self, GError **error)
{
  gboolean is_mode;

  return parse_mode (self, SWB_VERB_ACCEPT_MODE, &is_mode, error);
}

static gboolean
parse_recvfrom (Parser *self, GError **error)
{
  if (at_clause (self))
    return TRUE;
  if (g_ascii_isdigit (self->words.word[0])
      && !parse_number (self, 0, SWB_JOURNAL_DATA_MAX, &self->command->numbers[0], error))
    return FALSE;
  return parse_flags (self, &self->command->numbers[1], error);
}

static gboolean
parse_recv (Parser *self, GError **error)
{
  gboolean is_mode;

  if (!parse_mode (self, SWB_VERB_RECV_MODE, &is_mode, error))
    return FALSE;
  return is_mode || parse_recvfrom (self, error);
}

static gboolean
parse_send (Parser *self, GError **error)
{
  return parse_bytes (self, error) && parse_flags (self, &self->command->numbers[0], error);
}

static gboolean
parse_sendto (Parser *self, GError **error)
{
  return parse_address (self, error) && parse_send (self, error);
}

static gboolean
parse_shutdown (Parser *self, GError **error)
{
  return need_word (self, _ ("shutdown needs SHUT_RD, SHUT_WR or SHUT_RDWR"), error)
         && swb_constants_parse_how (self->words.word, &self->command->numbers[0], error)
         && swb_words_advance (&self->words, error);
}

static gboolean
parse_getsockopt (Parser *self, GError **error)
{
  int *numbers = self->command->numbers;

  return need_word (self, _ ("A level is missing, such as SOL_SOCKET"), error)
         && swb_constants_parse_level (self->words.word, &numbers[0], error)
         && swb_words_advance (&self->words, error)
         && need_word (self, _ ("An option is missing, such as SO_REUSEADDR"), error)
         && swb_constants_parse_option (self->words.word, numbers[0], &numbers[1], error)
         && swb_words_advance (&self->words, error);
}

static gboolean
parse_setsockopt (Parser *self, GError **error)
{
  int value;

  if (!parse_getsockopt (self, error))
    return FALSE;
  if (self->words.word == NULL || !strchr ("-0123456789", self->words.word[0]))
    return parse_bytes (self, error);
  if (!parse_number (self, G_MININT, G_MAXINT, &value, error))
    return FALSE;

  self->command->bytes = g_bytes_new (&value, sizeof value);
  return TRUE;
}

static gboolean
parse_pane_name (Parser *self, char **name, GError **error)
{
  if (!need_word (self, _ ("The name of a pane is missing"), error))
    return FALSE;
  if (!swb_command_is_pane_name (self->words.word))
    return fail_word (
        self, error, SWB_ERROR_SYNTAX,
        _ ("A pane's name has letters, digits, - and _, begins with a letter, is "
           "no verb, and has at most 32 characters"));

  *name = g_strdup (self->words.word);
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_socketpair (Parser *self, GError **error)
{
  return parse_pane_name (self, &self->command->other, error);
}

static gboolean
parse_reply (Parser *self, GError **error)
{
  if (!need_word (self, _ ("reply needs none, echo, discard, daytime, chargen or bytes"),
                  error))
    return FALSE;

  for (int reply = 0; reply < SWB_N_REPLIES; reply++)
    if (reply != SWB_REPLY_FIXED && swb_words_is (&self->words, swb_reply_get_name (reply)))
      {
        self->command->numbers[0] = reply;
        return swb_words_advance (&self->words, error);
      }

  self->command->numbers[0] = SWB_REPLY_FIXED;
  return parse_bytes (self, error);
}

static gboolean
parse_role (Parser *self, GError **error)
{
  static const char *const roles[] = { "plain", "server", "client" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (swb_words_is (&self->words, roles[i]))
      {
        self->command->role = (SwbRole)i;
        self->command->has_role = TRUE;
        return swb_words_advance (&self->words, error);
      }
  return fail_word (self, error, SWB_ERROR_SYNTAX,
                    _ ("server, client or plain must follow “as”"));
}

static gboolean
parse_pane (Parser *self, GError **error)
{
  SwbWords *words = &self->words;
  int *numbers = self->command->numbers;

  if (!need_word (self, _ ("A domain is missing, such as AF_INET"), error)
      || !swb_catalog_parse_domain (words->word, &numbers[0], error)
      || !swb_words_advance (words, error)
      || !need_word (self, _ ("A type is missing, such as SOCK_STREAM"), error)
      || !swb_catalog_parse_type (words->word, &numbers[1], error)
      || !swb_words_advance (words, error)
      || !need_word (self, _ ("A protocol is missing; 0 is the default one"), error)
      || !swb_catalog_parse_protocol (words->word, &numbers[2], error)
      || !swb_words_advance (words, error))
    return FALSE;

  if (swb_words_is_quoted (words) && !parse_text (self, "", &self->command->title, error))
    return FALSE;
  if (!swb_words_is (words, "as"))
    return TRUE;
  return swb_words_advance (words, error) && parse_role (self, error);
}

static gboolean
parse_wait (Parser *self, GError **error)
{
  return parse_time (self, &self->command->duration_ns, error);
}

static gboolean
parse_note (Parser *self, GError **error)
{
  g_autofree char *text = NULL;

  if (!swb_words_is_quoted (&self->words))
    return fail_word (self, error, SWB_ERROR_SYNTAX, _ ("note needs a \"text\" in quotes"));
  if (!parse_text (self, "", &text, error))
    return FALSE;

  self->command->numbers[0] = SWB_NOTE_TEXT;
  self->command->bytes = g_bytes_new (text, strlen (text));
  return TRUE;
}

/* --- expectations --- */

static gboolean
parse_expect_count (Parser *self, GError **error)
{
  self->command->expect = SWB_EXPECT_RECV_N;
  if (!parse_number (self, 0, G_MAXINT, &self->command->numbers[0], error))
    return FALSE;
  if (!swb_words_is (&self->words, "bytes"))
    return fail_word (self, error, SWB_ERROR_SYNTAX, _ ("“bytes” must follow the number"));
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_expect_recv (Parser *self, GError **error)
{
  if (swb_words_is (&self->words, "eof"))
    {
      self->command->expect = SWB_EXPECT_EOF;
      return swb_words_advance (&self->words, error);
    }
  if (self->words.word != NULL && g_ascii_isdigit (self->words.word[0]))
    return parse_expect_count (self, error);

  self->command->expect = SWB_EXPECT_RECV;
  return parse_bytes (self, error);
}

static gboolean
parse_expect_state (Parser *self, GError **error)
{
  SwbState state;

  if (!need_word (self, _ ("A state is missing, such as LISTEN or CONNECTED"), error))
    return FALSE;
  if (!swb_state_from_name (self->words.word, &state))
    return fail_word (self, error, SWB_ERROR_UNKNOWN, _ ("There is no state of this name"));

  self->command->expect = SWB_EXPECT_STATE;
  self->command->state = g_strdup (self->words.word);
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_errno (Parser *self, GError **error)
{
  if (!need_word (self, _ ("An errno is missing, such as ECONNREFUSED"), error))
    return FALSE;

  self->command->expected_errno = swb_errno_from_name (self->words.word);
  if (self->command->expected_errno == 0)
    return fail_word (self, error, SWB_ERROR_UNKNOWN, _ ("There is no errno of this name"));
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_expect (Parser *self, GError **error)
{
  SwbWords *words = &self->words;

  if (swb_words_is (words, "recv"))
    return swb_words_advance (words, error) && parse_expect_recv (self, error);
  if (swb_words_is (words, "state"))
    return swb_words_advance (words, error) && parse_expect_state (self, error);
  if (swb_words_is (words, "accept"))
    {
      self->command->expect = SWB_EXPECT_ACCEPT;
      return swb_words_advance (words, error);
    }
  if (swb_words_is (words, "error"))
    {
      self->command->expect = SWB_EXPECT_ERROR;
      return swb_words_advance (words, error) && parse_errno (self, error);
    }
  return fail_word (self, error, SWB_ERROR_SYNTAX,
                    _ ("recv, accept, state or error must follow expect"));
}

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
  ParseFunc parse;
  VerbFlags flags;
} Verb;

static const Verb verbs[] = {
  { "socket", SWB_VERB_SOCKET, parse_nothing, OWN | ANSWERS },
  { "socketpair", SWB_VERB_SOCKETPAIR, parse_socketpair, OWN | ANSWERS },
  { "bind", SWB_VERB_BIND, parse_address, OWN | ANSWERS },
  { "listen", SWB_VERB_LISTEN, parse_listen, OWN | ANSWERS },
  { "accept", SWB_VERB_ACCEPT, parse_accept, OWN | WAITS | ANSWERS },
  { "connect", SWB_VERB_CONNECT, parse_address, OWN | WAITS | ANSWERS },
  { "send", SWB_VERB_SEND, parse_send, WAITS | ANSWERS },
  { "sendto", SWB_VERB_SENDTO, parse_sendto, WAITS | ANSWERS },
  { "recv", SWB_VERB_RECV, parse_recv, WAITS | ANSWERS },
  { "recvfrom", SWB_VERB_RECVFROM, parse_recvfrom, WAITS | ANSWERS },
  { "shutdown", SWB_VERB_SHUTDOWN, parse_shutdown, ANSWERS },
  { "close", SWB_VERB_CLOSE, parse_nothing, ANSWERS },
  { "setsockopt", SWB_VERB_SETSOCKOPT, parse_setsockopt, ANSWERS },
  { "getsockopt", SWB_VERB_GETSOCKOPT, parse_getsockopt, ANSWERS },
  { "getsockname", SWB_VERB_GETSOCKNAME, parse_nothing, ANSWERS },
  { "getpeername", SWB_VERB_GETPEERNAME, parse_nothing, ANSWERS },
  { "unlink", SWB_VERB_UNLINK, parse_address, OWN | ANSWERS },
  { "remove", SWB_VERB_REMOVE, parse_nothing, OWN },
  { "reply", SWB_VERB_REPLY, parse_reply, OWN },
  { "note", SWB_VERB_NOTE, parse_note, OWN | ALONE },
  { "expect", SWB_VERB_EXPECT, parse_expect, WAITS },
  { "pane", SWB_VERB_PANE, parse_pane, OWN | ALONE },
  { "wait", SWB_VERB_WAIT, parse_wait, OWN | ALONE },
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
parse_target (Parser *self, GError **error)
{
  const char *word = self->words.word, *hash = strchr (word, '#');
  g_autofree char *name = hash ? g_strndup (word, (gsize)(hash - word)) : g_strdup (word);
  guint64 number = SWB_CONNECTION_NONE;

  if (!swb_command_is_pane_name (name))
    return fail_word (
        self, error, SWB_ERROR_SYNTAX,
        _ ("A line begins with pane, wait, note or the name of a pane, not with this"));
  if (hash != NULL && g_str_equal (hash + 1, "all"))
    number = SWB_CONNECTION_ALL;
  else if (hash != NULL
           && !g_ascii_string_to_unsigned (hash + 1, 10, 1, SWB_CONNECTION_ALL - 1, &number,
                                           NULL))
    {
      self->offset = (gsize)(hash - word) + 1;
      return fail_word (self, error, SWB_ERROR_RANGE,
                        _ ("The number of a connection, from 1, or “all” must follow #"));
    }

  self->command->pane = g_steal_pointer (&name);
  self->command->connection = (guint)number;
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_within (Parser *self, const Verb *verb, GError **error)
{
  if (self->command->within_ns >= 0)
    return fail (error, SWB_ERROR_SYNTAX, _ ("within stands here twice"));
  if (!(verb->flags & WAITS) || self->command->verb == SWB_VERB_ACCEPT_MODE
      || self->command->verb == SWB_VERB_RECV_MODE)
    return fail (error, SWB_ERROR_SYNTAX,
                 _ ("This verb does not wait, so within has no place"));
  return swb_words_advance (&self->words, error)
         && parse_time (self, &self->command->within_ns, error);
}

static gboolean
parse_expected (Parser *self, const Verb *verb, GError **error)
{
  if (self->command->expected_errno != 0)
    return fail (error, SWB_ERROR_SYNTAX, _ ("expect stands here twice"));
  if (!(verb->flags & ANSWERS) || self->command->verb == SWB_VERB_ACCEPT_MODE
      || self->command->verb == SWB_VERB_RECV_MODE)
    return fail (error, SWB_ERROR_SYNTAX,
                 _ ("This is no system call, so no errno can be expected of it"));
  return swb_words_advance (&self->words, error) && parse_errno (self, error);
}

static gboolean
parse_clauses (Parser *self, const Verb *verb, GError **error)
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
        return fail_word (self, error, SWB_ERROR_SYNTAX,
                          _ ("The line should end before this"));
    }
  return TRUE;
}

static gboolean
parse_verb (Parser *self, GError **error)
{
  const Verb *verb = find_verb (self->words.word);
  gboolean alone = self->command->pane == NULL;

  if (self->words.word == NULL)
    return fail (error, SWB_ERROR_SYNTAX, _ ("A verb must follow the name of the pane"));
  if (verb == NULL)
    return fail_word (self, error, SWB_ERROR_UNKNOWN, _ ("There is no verb of this name"));
  if ((verb->verb == SWB_VERB_PANE || verb->verb == SWB_VERB_WAIT) && !alone)
    return fail_word (self, error, SWB_ERROR_SYNTAX,
                      _ ("No pane's name stands before this"));
  if ((verb->flags & OWN) && self->command->connection != SWB_CONNECTION_NONE)
    return fail_word (self, error, SWB_ERROR_SYNTAX,
                      _ ("This is for a pane's own socket, not for a connection"));

  self->command->verb = verb->verb;
  if (!swb_words_advance (&self->words, error))
    return FALSE;
  if (verb->verb == SWB_VERB_PANE && !parse_pane_name (self, &self->command->pane, error))
    return FALSE;
  return verb->parse (self, error) && parse_clauses (self, verb, error);
}

static gboolean
parse_line (Parser *self, GError **error)
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
      *column = 1;
      g_set_error (error, SWB_ERROR, SWB_ERROR_TOO_LONG,
                   _ ("The line has %" G_GSIZE_FORMAT " bytes; at most %d are read; longer "
                      "bytes can be kept in a file (file:PATH)"),
                   length, SWB_COMMAND_LINE_MAX);
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
  Parser self = { .command = command };
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
