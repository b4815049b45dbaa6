/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-command.h"

#include <fcntl.h>
#include <string.h>

#include "bench/swb-constants.h"
#include "journal/store/swb-record.h"
#include "net/swb-catalog.h"
#include "net/swb-duration.h"
#include "net/swb-errno.h"
#include "net/swb-option.h"
#include "net/swb-payload.h"

/* A command as text, from which it is parsed back. */

/* Above this a COMMAND record tells the length alone. */
#define DESCRIBE_MAX 4096

static void
append_taken (GString *text, char *word)
{
  g_string_append_c (text, ' ');
  g_string_append (text, word);
  g_free (word);
}

static gboolean
is_plain_word (const char *word)
{
  if (*word == '\0' || *word == '"' || *word == '#' || !g_utf8_validate (word, -1, NULL))
    return FALSE;
  for (; *word != '\0'; word = g_utf8_next_char (word))
    {
      gunichar c = g_utf8_get_char (word);

      if (c == ' ' || !g_unichar_isprint (c))
        return FALSE;
    }
  return TRUE;
}

static char *
quote (const char *word)
{
  return swb_payload_print ((const guint8 *)word, strlen (word));
}

static void
append_word (GString *text, const char *word)
{
  append_taken (text, is_plain_word (word) ? g_strdup (word) : quote (word));
}

static void
append_bytes (GString *text, const SwbCommand *command, gsize max)
{
  gsize length = 0;
  const guint8 *data = NULL;

  if (command->file != NULL)
    {
      g_string_append (text, " file:");
      g_string_append_printf (text, "%s",
                              is_plain_word (command->file) ? command->file : "");
      if (!is_plain_word (command->file))
        {
          g_autofree char *quoted = quote (command->file);
          g_string_append (text, quoted);
        }
      return;
    }

  if (command->bytes != NULL)
    data = g_bytes_get_data (command->bytes, &length);
  if (length > max)
    g_string_append_printf (text, " <%" G_GSIZE_FORMAT " bytes>", length);
  else
    append_taken (text, swb_payload_print (data, length));
}

static void
append_pane (GString *text, const SwbCommand *command, gsize max)
{
  static const char *const roles[] = { "plain", "server", "client" };

  append_taken (text, swb_catalog_print_domain (command->numbers[0]));
  append_taken (text, swb_catalog_print_type (command->numbers[1]));
  append_taken (text,
                swb_catalog_print_protocol (command->numbers[0], command->numbers[2]));
  if (command->title != NULL)
    append_taken (text, quote (command->title));
  if (command->has_role)
    g_string_append_printf (text, " as %s", roles[command->role]);
}

/* For an option with a form of its own a number may be something else: seconds. */
static gboolean
is_number (const SwbCommand *command)
{
  const SwbOption *option = swb_option_find (command->numbers[0], command->numbers[1]);

  return command->bytes != NULL && g_bytes_get_size (command->bytes) == sizeof (int)
         && (option == NULL || option->type == SWB_OPTION_BOOL
             || option->type == SWB_OPTION_INT);
}

static void
append_option (GString *text, const SwbCommand *command, gsize max)
{
  append_taken (text, swb_constants_print_level (command->numbers[0]));
  append_taken (text,
                swb_constants_print_option (command->numbers[0], command->numbers[1]));
  if (command->verb != SWB_VERB_SETSOCKOPT)
    return;

  if (is_number (command))
    {
      int value;

      memcpy (&value, g_bytes_get_data (command->bytes, NULL), sizeof value);
      g_string_append_printf (text, " %d", value);
    }
  else
    append_bytes (text, command, max);
}

static void
append_room (GString *text, int room, int flags)
{
  g_autofree char *printed = swb_constants_print_flags (flags);

  /* A flag without a name is a number, and the first number is the room. */
  if (room != 0 || (flags != 0 && printed[0] == '0'))
    g_string_append_printf (text, " %d", room);
  if (flags != 0)
    g_string_append_printf (text, " %s", printed);
}

static void
append_recv_mode (GString *text, const SwbCommand *command, gsize max)
{
  const int *numbers = command->numbers;
  g_string_append (text, numbers[0] != FALSE ? " auto" : " manual");
  if (numbers[0] == FALSE)
    return;
  if (numbers[0] > TRUE)
    g_string_append_printf (text, " %s", swb_call_get_info ((SwbCall)numbers[0])->name);
  append_room (text, numbers[1], numbers[2]);
}

static void
append_descriptor (GString *text, const SwbCommand *command)
{
  if (command->other != NULL)
    g_string_append_printf (text, " fd %s", command->other);
}

static void
append_messages (GString *text, const SwbCommand *command)
{
  if (command->verb == SWB_VERB_RECVMMSG || command->verb == SWB_VERB_SENDMMSG)
    g_string_append_printf (text, " %d", command->numbers[2]);
}

static void
append_control (GString *text, const SwbCommand *command)
{
  const int *ids = command->credentials;

  append_descriptor (text, command);
  if (command->sent_file != NULL)
    {
      g_string_append (text, " file");
      append_word (text, command->sent_file);
      g_string_append (text, command->sent_file_flags == O_WRONLY ? " w"
                             : command->sent_file_flags == O_RDWR ? " rw"
                                                                  : "");
    }
  if (command->has_credentials)
    g_string_append (text, " credentials");
  if (command->has_credentials && ids[0] != 0)
    g_string_append_printf (text, " %d %d %d", ids[0], ids[1], ids[2]);
}

static void
append_recvmsg (GString *text, const SwbCommand *command, gsize max)
{
  append_messages (text, command);
  append_descriptor (text, command);
  if (command->verb == SWB_VERB_RECVMSG && command->numbers[2] != 0)
    g_string_append_printf (text, " control %d", MAX (command->numbers[2], 0));
  append_room (text, command->numbers[0], command->numbers[1]);
}

static void
append_send (GString *text, const SwbCommand *command, gsize max)
{
  if (command->verb == SWB_VERB_SENDTO)
    append_word (text, command->address ? command->address : "");
  append_messages (text, command);
  append_control (text, command);
  append_bytes (text, command, max);
  if (command->numbers[0] != 0)
    append_taken (text, swb_constants_print_flags (command->numbers[0]));
}

static void
append_expect (GString *text, const SwbCommand *command, gsize max)
{
  switch (command->expect)
    {
    case SWB_EXPECT_RECV:
      g_string_append (text, " recv");
      append_bytes (text, command, max);
      break;
    case SWB_EXPECT_RECV_N:
      g_string_append_printf (text, " recv %d bytes", command->numbers[0]);
      break;
    case SWB_EXPECT_EOF:
      g_string_append (text, " recv eof");
      break;
    case SWB_EXPECT_ACCEPT:
      g_string_append (text, " accept");
      break;
    case SWB_EXPECT_STATE:
      g_string_append_printf (text, " state %s", command->state);
      break;
    case SWB_EXPECT_ERROR:
      g_string_append_printf (text, " error %s", swb_errno_name (command->expected_errno));
      break;
    case SWB_EXPECT_NOTHING:
      break;
    }
}

static void
append_address (GString *text, const SwbCommand *command, gsize max)
{
  append_word (text, command->address ? command->address : "");
}

static void
append_number (GString *text, const SwbCommand *command, gsize max)
{
  g_string_append_printf (text, " %d", command->numbers[0]);
}

static void
append_request (GString *text, const SwbCommand *command, gsize max)
{
  append_taken (text, swb_constants_print_request (command->numbers[0]));
}

static void
append_how (GString *text, const SwbCommand *command, gsize max)
{
  append_taken (text, swb_constants_print_how (command->numbers[0]));
}

static void
append_other (GString *text, const SwbCommand *command, gsize max)
{
  g_string_append_printf (text, " %s", command->other);
}

static void
append_accept_mode (GString *text, const SwbCommand *command, gsize max)
{
  g_string_append (text, command->numbers[0] ? " auto" : " manual");
}

static void
append_reply (GString *text, const SwbCommand *command, gsize max)
{
  if (command->numbers[0] == SWB_REPLY_FIXED)
    append_bytes (text, command, max);
  else
    g_string_append_printf (text, " %s", swb_reply_get_name (command->numbers[0]));
}

static void
append_title (GString *text, const SwbCommand *command, gsize max)
{
  append_taken (text, quote (command->title));
}

static void
append_duration (GString *text, const SwbCommand *command, gsize max)
{
  append_taken (text, swb_duration_print (MAX (command->duration_ns, 0)));
}

typedef void (*AppendFunc) (GString *text, const SwbCommand *command, gsize max);

/* All others have none. */
static const AppendFunc funcs[SWB_N_VERBS] = {
  [SWB_VERB_PANE] = append_pane,
  [SWB_VERB_BIND] = append_address,
  [SWB_VERB_CONNECT] = append_address,
  [SWB_VERB_UNLINK] = append_address,
  [SWB_VERB_LISTEN] = append_number,
  [SWB_VERB_SEND] = append_send,
  [SWB_VERB_SENDTO] = append_send,
  [SWB_VERB_SENDMSG] = append_send,
  [SWB_VERB_SENDMMSG] = append_send,
  [SWB_VERB_RECV] = append_recvmsg,
  [SWB_VERB_RECVFROM] = append_recvmsg,
  [SWB_VERB_RECVMSG] = append_recvmsg,
  [SWB_VERB_RECVMMSG] = append_recvmsg,
  [SWB_VERB_TAKE] = append_number,
  [SWB_VERB_IOCTL] = append_request,
  [SWB_VERB_SHUTDOWN] = append_how,
  [SWB_VERB_SETSOCKOPT] = append_option,
  [SWB_VERB_GETSOCKOPT] = append_option,
  [SWB_VERB_SOCKETPAIR] = append_other,
  [SWB_VERB_RECV_MODE] = append_recv_mode,
  [SWB_VERB_ACCEPT_MODE] = append_accept_mode,
  [SWB_VERB_REPLY] = append_reply,
  [SWB_VERB_TITLE] = append_title,
  [SWB_VERB_NOTE] = append_bytes,
  [SWB_VERB_WAIT] = append_duration,
  [SWB_VERB_EXPECT] = append_expect,
};

static void
append_arguments (GString *text, const SwbCommand *command, gsize max)
{
  if ((guint)command->verb < SWB_N_VERBS && funcs[command->verb] != NULL)
    funcs[command->verb](text, command, max);
}

char *
swb_command_print_target (const char *pane, guint connection)
{
  if (connection == SWB_CONNECTION_NONE)
    return g_strdup (pane);
  if (connection == SWB_CONNECTION_ALL)
    return g_strdup_printf ("%s#all", pane);
  return g_strdup_printf ("%s#%u", pane, connection);
}

static char *
print (const SwbCommand *command, gsize max)
{
  GString *text = g_string_new (NULL);

  if (command->verb == SWB_VERB_PANE)
    g_string_append_printf (text, "pane %s", command->pane);
  else if (command->pane == NULL)
    g_string_append (text, swb_verb_get_name (command->verb));
  else
    {
      g_autofree char *target
          = swb_command_print_target (command->pane, command->connection);
      g_string_append_printf (text, "%s %s", target, swb_verb_get_name (command->verb));
    }

  append_arguments (text, command, max);
  if (command->within_ns >= 0)
    {
      g_string_append (text, " within");
      append_taken (text, swb_duration_print (command->within_ns));
    }
  if (command->expected_errno != 0 && command->verb != SWB_VERB_EXPECT)
    g_string_append_printf (text, " expect %s", swb_errno_name (command->expected_errno));
  return g_string_free (text, FALSE);
}

char *
swb_command_print (const SwbCommand *command)
{
  return print (command, G_MAXSIZE);
}

char *
swb_command_describe (const SwbCommand *command)
{
  return print (command, DESCRIBE_MAX);
}
