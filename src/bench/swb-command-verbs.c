/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-command-parser.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/socket.h>

#include "bench/swb-constants.h"
#include "bench/swb-state.h"
#include "journal/store/swb-journal.h"
#include "net/swb-catalog.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"
#include "net/swb-option.h"

/* --- verbs --- */

gboolean
swb_parse_nothing (SwbParser *self, GError **error)
{
  return TRUE;
}

/* "vsock 1:7000" are two words, also where they stand without quotes; "vsock" alone may be
 * a pane. */
static gboolean
parse_form (SwbParser *self, GError **error)
{
  g_autofree char *word = g_strdup (self->words.word);
  g_autofree char *fields = NULL;

  if (!swb_words_advance (&self->words, error))
    return FALSE;
  if (swb_parser_at_clause (self) || swb_words_is_quoted (&self->words))
    {
      self->command->address = g_steal_pointer (&word);
      return TRUE;
    }
  if (!swb_parser_text (self, "", &fields, error))
    return FALSE;

  self->command->address = g_strdup_printf ("%s %s", word, fields);
  return TRUE;
}

gboolean
swb_parse_address (SwbParser *self, GError **error)
{
  if (self->words.word != NULL && swb_address_is_form_word (self->words.word))
    return parse_form (self, error);

  return swb_parser_text (self, _ ("An address is missing; an empty one is written \"\""),
                          &self->command->address, error);
}

gboolean
swb_parse_listen (SwbParser *self, GError **error)
{
  self->command->numbers[0] = SOMAXCONN;
  if (swb_parser_at_clause (self))
    return TRUE;
  return swb_parser_number (self, G_MININT, G_MAXINT, &self->command->numbers[0], error);
}

static gboolean
parse_mode (SwbParser *self, SwbVerb verb, gboolean *is_mode, GError **error)
{
  *is_mode = swb_words_is (&self->words, "auto") || swb_words_is (&self->words, "manual");
  if (!*is_mode)
    return TRUE;

  self->command->verb = verb;
  self->command->numbers[0] = swb_words_is (&self->words, "auto");
  return swb_words_advance (&self->words, error);
}

gboolean
swb_parse_accept (SwbParser *self, GError **error)
{
  gboolean is_mode;

  return parse_mode (self, SWB_VERB_ACCEPT_MODE, &is_mode, error);
}

gboolean
swb_parse_recvfrom (SwbParser *self, GError **error)
{
  if (swb_parser_at_clause (self))
    return TRUE;
  if (g_ascii_isdigit (self->words.word[0])
      && !swb_parser_number (self, 0, SWB_JOURNAL_DATA_MAX, &self->command->numbers[0],
                             error))
    return FALSE;
  return swb_parser_flags (self, &self->command->numbers[1], error);
}

gboolean
swb_parse_pane_name (SwbParser *self, char **name, GError **error)
{
  if (!swb_parser_need_word (self, _ ("The name of a pane is missing"), error))
    return FALSE;
  if (!swb_command_is_pane_name (self->words.word))
    return swb_parser_fail_word (
        self, error, SWB_ERROR_SYNTAX,
        _ ("A pane's name has letters, digits, - and _, begins with a letter, is "
           "no verb, and has at most 32 characters"));

  *name = g_strdup (self->words.word);
  return swb_words_advance (&self->words, error);
}

/* Behind `recv auto`: the call that receives, the room given to it, its flags. */
static gboolean
parse_auto_recv (SwbParser *self, GError **error)
{
  static const SwbCall calls[]
      = { SWB_CALL_RECV, SWB_CALL_RECVFROM, SWB_CALL_RECVMSG, SWB_CALL_RECVMMSG };
  int *numbers = self->command->numbers;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (swb_words_is (&self->words, swb_call_get_info (calls[i])->name))
      {
        numbers[0] = (int)calls[i];
        if (!swb_words_advance (&self->words, error))
          return FALSE;
        break;
      }
  if (swb_parser_at_clause (self))
    return TRUE;
  if (g_ascii_isdigit (self->words.word[0])
      && !swb_parser_number (self, 0, SWB_JOURNAL_DATA_MAX, &numbers[1], error))
    return FALSE;
  if (!swb_parser_flags (self, &numbers[2], error))
    return FALSE;
  /* The kernel would say again and again that something is there. */
  if ((numbers[2] & (MSG_PEEK | MSG_ERRQUEUE)) != 0)
    return swb_parser_fail (error, SWB_ERROR_RANGE,
                            _ ("An automatic receive with MSG_PEEK or MSG_ERRQUEUE would "
                               "never end, since it leaves the bytes where they are"));
  return TRUE;
}

gboolean
swb_parse_recv (SwbParser *self, GError **error)
{
  gboolean is_mode;

  if (!parse_mode (self, SWB_VERB_RECV_MODE, &is_mode, error))
    return FALSE;
  if (!is_mode)
    return swb_parse_recvfrom (self, error);
  return self->command->numbers[0] == FALSE || parse_auto_recv (self, error);
}

gboolean
swb_parse_send (SwbParser *self, GError **error)
{
  return swb_parser_bytes (self, error)
         && swb_parser_flags (self, &self->command->numbers[0], error);
}

gboolean
swb_parse_sendto (SwbParser *self, GError **error)
{
  return swb_parse_address (self, error) && swb_parse_send (self, error);
}

gboolean
swb_parse_shutdown (SwbParser *self, GError **error)
{
  return swb_parser_need_word (self, _ ("shutdown needs SHUT_RD, SHUT_WR or SHUT_RDWR"),
                               error)
         && swb_constants_parse_how (self->words.word, &self->command->numbers[0], error)
         && swb_words_advance (&self->words, error);
}

gboolean
swb_parse_ioctl (SwbParser *self, GError **error)
{
  return swb_parser_need_word (self, _ ("ioctl needs FIONREAD, SIOCOUTQ or SIOCATMARK"),
                               error)
         && swb_constants_parse_request (self->words.word, &self->command->numbers[0],
                                         error)
         && swb_words_advance (&self->words, error);
}

gboolean
swb_parse_getsockopt (SwbParser *self, GError **error)
{
  int *numbers = self->command->numbers;

  return swb_parser_need_word (self, _ ("A level is missing, such as SOL_SOCKET"), error)
         && swb_constants_parse_level (self->words.word, &numbers[0], error)
         && swb_words_advance (&self->words, error)
         && swb_parser_need_word (self, _ ("An option is missing, such as SO_REUSEADDR"),
                                  error)
         && swb_constants_parse_option (self->words.word, numbers[0], &numbers[1], error)
         && swb_words_advance (&self->words, error);
}

/* A value of several words: "on 5s", "239.1.2.3 eth0". */
static gboolean
parse_option_words (SwbParser *self, const SwbOption *option, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  do
    {
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", self->words.word);
      if (!swb_words_advance (&self->words, error))
        return FALSE;
    }
  while (!swb_parser_at_clause (self));

  self->command->bytes = swb_option_parse (option, text->str, error);
  return self->command->bytes != NULL;
}

static gboolean
is_number (const char *word)
{
  return word[0] != '\0' && strchr ("-0123456789", word[0]) != NULL;
}

gboolean
swb_parse_setsockopt (SwbParser *self, GError **error)
{
  const SwbOption *option;
  const char *word;
  gboolean is_int;
  int value;

  if (!swb_parse_getsockopt (self, error))
    return FALSE;
  if (self->command->numbers[1] == SWB_OPTION_ALL)
    return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                                 _ ("setsockopt sets one option, not all"));

  option = swb_option_find (self->command->numbers[0], self->command->numbers[1]);
  is_int
      = option == NULL || option->type == SWB_OPTION_BOOL || option->type == SWB_OPTION_INT;
  word = self->words.word;
  if (word == NULL || swb_words_is_quoted (&self->words) || g_str_has_prefix (word, "hex:")
      || g_str_has_prefix (word, "file:") || (option == NULL && !is_number (word)))
    return swb_parser_bytes (self, error);
  if (!is_int || !is_number (word))
    return parse_option_words (self, option, error);
  if (!swb_parser_number (self, G_MININT, G_MAXINT, &value, error))
    return FALSE;

  self->command->bytes = g_bytes_new (&value, sizeof value);
  return TRUE;
}

gboolean
swb_parse_socketpair (SwbParser *self, GError **error)
{
  return swb_parse_pane_name (self, &self->command->other, error);
}

gboolean
swb_parse_reply (SwbParser *self, GError **error)
{
  if (!swb_parser_need_word (
          self, _ ("reply needs none, echo, discard, daytime, chargen or bytes"), error))
    return FALSE;

  for (int reply = 0; reply < SWB_N_REPLIES; reply++)
    if (reply != SWB_REPLY_FIXED && swb_words_is (&self->words, swb_reply_get_name (reply)))
      {
        self->command->numbers[0] = reply;
        return swb_words_advance (&self->words, error);
      }

  self->command->numbers[0] = SWB_REPLY_FIXED;
  return swb_parser_bytes (self, error);
}

static gboolean
parse_role (SwbParser *self, GError **error)
{
  static const char *const roles[] = { "plain", "server", "client" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (swb_words_is (&self->words, roles[i]))
      {
        self->command->role = (SwbRole)i;
        self->command->has_role = TRUE;
        return swb_words_advance (&self->words, error);
      }
  return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                               _ ("server, client or plain must follow “as”"));
}

gboolean
swb_parse_pane (SwbParser *self, GError **error)
{
  SwbWords *words = &self->words;
  int *numbers = self->command->numbers;

  if (!swb_parser_need_word (self, _ ("A domain is missing, such as AF_INET"), error)
      || !swb_catalog_parse_domain (words->word, &numbers[0], error)
      || !swb_words_advance (words, error)
      || !swb_parser_need_word (self, _ ("A type is missing, such as SOCK_STREAM"), error)
      || !swb_catalog_parse_type (words->word, &numbers[1], error)
      || !swb_words_advance (words, error)
      || !swb_parser_need_word (self, _ ("A protocol is missing; 0 is the default one"),
                                error)
      || !swb_catalog_parse_protocol (words->word, &numbers[2], error)
      || !swb_words_advance (words, error))
    return FALSE;

  if (swb_words_is_quoted (words)
      && !swb_parser_text (self, "", &self->command->title, error))
    return FALSE;
  if (!swb_words_is (words, "as"))
    return TRUE;
  return swb_words_advance (words, error) && parse_role (self, error);
}

gboolean
swb_parse_title (SwbParser *self, GError **error)
{
  if (!swb_words_is_quoted (&self->words))
    return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                                 _ ("title needs a \"text\" in quotes"));
  return swb_parser_text (self, "", &self->command->title, error);
}

gboolean
swb_parse_wait (SwbParser *self, GError **error)
{
  return swb_parser_time (self, &self->command->duration_ns, error);
}

gboolean
swb_parse_note (SwbParser *self, GError **error)
{
  g_autofree char *text = NULL;

  if (!swb_words_is_quoted (&self->words))
    return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                                 _ ("note needs a \"text\" in quotes"));
  if (!swb_parser_text (self, "", &text, error))
    return FALSE;

  self->command->numbers[0] = SWB_NOTE_TEXT;
  self->command->bytes = g_bytes_new (text, strlen (text));
  return TRUE;
}

/* --- expectations --- */

static gboolean
parse_expect_count (SwbParser *self, GError **error)
{
  self->command->expect = SWB_EXPECT_RECV_N;
  if (!swb_parser_number (self, 0, G_MAXINT, &self->command->numbers[0], error))
    return FALSE;
  if (!swb_words_is (&self->words, "bytes"))
    return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                                 _ ("“bytes” must follow the number"));
  return swb_words_advance (&self->words, error);
}

static gboolean
parse_expect_recv (SwbParser *self, GError **error)
{
  if (swb_words_is (&self->words, "eof"))
    {
      self->command->expect = SWB_EXPECT_EOF;
      return swb_words_advance (&self->words, error);
    }
  if (self->words.word != NULL && g_ascii_isdigit (self->words.word[0]))
    return parse_expect_count (self, error);

  self->command->expect = SWB_EXPECT_RECV;
  return swb_parser_bytes (self, error);
}

static gboolean
parse_expect_state (SwbParser *self, GError **error)
{
  SwbState state;

  if (!swb_parser_need_word (self, _ ("A state is missing, such as LISTEN or CONNECTED"),
                             error))
    return FALSE;
  if (!swb_state_from_name (self->words.word, &state))
    return swb_parser_fail_word (self, error, SWB_ERROR_UNKNOWN,
                                 _ ("There is no state of this name"));

  self->command->expect = SWB_EXPECT_STATE;
  self->command->state = g_strdup (self->words.word);
  return swb_words_advance (&self->words, error);
}

gboolean
swb_parse_errno (SwbParser *self, GError **error)
{
  if (!swb_parser_need_word (self, _ ("An errno is missing, such as ECONNREFUSED"), error))
    return FALSE;

  self->command->expected_errno = swb_errno_from_name (self->words.word);
  if (self->command->expected_errno == 0)
    return swb_parser_fail_word (self, error, SWB_ERROR_UNKNOWN,
                                 _ ("There is no errno of this name"));
  return swb_words_advance (&self->words, error);
}

gboolean
swb_parse_expect (SwbParser *self, GError **error)
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
      return swb_words_advance (words, error) && swb_parse_errno (self, error);
    }
  return swb_parser_fail_word (self, error, SWB_ERROR_SYNTAX,
                               _ ("recv, accept, state or error must follow expect"));
}
