/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-script-expect.h"

#include <glib/gi18n.h>

#include "net/swb-catalog.h"
#include "net/swb-errno.h"

static gboolean
is_message_type (SwbPane *pane)
{
  return swb_catalog_is_datagram (swb_pane_get_socket_type (pane));
}

/* A listening socket never receives; its name then means its connection, as long as there
 * is only one. */
static gboolean
find_receiver (const SwbExpectation *self, const SwbCommand *command, SwbPane *pane,
               guint *connection, char **problem)
{
  *connection = command->connection;
  if (*connection != SWB_CONNECTION_NONE
      || swb_pane_get_state (pane) != SWB_STATE_LISTENING)
    return TRUE;

  if (swb_pane_get_n_accepted (pane) == 0)
    return FALSE;
  *connection = 1;
  if (swb_pane_get_n_accepted (pane) > 1)
    {
      *problem
          = g_strdup_printf (_ ("%s has had %u connections; write %s#1 or another number "
                                "to say which is meant"),
                             command->pane, swb_pane_get_n_accepted (pane), command->pane);
      return FALSE;
    }
  return TRUE;
}

static SwbMatch
match_receive (const SwbExpectation *self, const SwbCommand *command, SwbPane *pane,
               guint connection)
{
  guint id = swb_pane_get_id (pane);
  const guint8 *data;
  gsize length;

  switch (command->expect)
    {
    case SWB_EXPECT_EOF:
      return swb_cursors_match_eof (self->cursors, id, connection);
    case SWB_EXPECT_RECV_N:
      return swb_cursors_match (self->cursors, id, connection, is_message_type (pane), NULL,
                                (gsize)command->numbers[0]);
    default:
      data = g_bytes_get_data (self->bytes, &length);
      return swb_cursors_match (self->cursors, id, connection, is_message_type (pane), data,
                                length);
    }
}

static SwbMatch
match_state (const SwbExpectation *self, const SwbCommand *command, SwbPane *pane)
{
  SwbConnection *connection = swb_pane_find_connection (pane, command->connection);
  SwbState expected = SWB_STATE_NONE;

  swb_state_from_name (command->state, &expected);
  return connection != NULL && swb_connection_get_state (connection) == expected
             ? SWB_MATCH_HELD
             : SWB_MATCH_MORE;
}

SwbMatch
swb_expectation_match (const SwbExpectation *self, const SwbCommand *command, SwbPane *pane,
                       char **problem)
{
  guint connection;

  switch (command->expect)
    {
    case SWB_EXPECT_ACCEPT:
      return swb_cursors_match_accept (self->cursors, swb_pane_get_id (pane));
    case SWB_EXPECT_STATE:
      return match_state (self, command, pane);
    case SWB_EXPECT_ERROR:
      return swb_pane_get_failure (pane)->error == command->expected_errno ? SWB_MATCH_HELD
                                                                           : SWB_MATCH_MORE;
    default:
      if (command->expect == SWB_EXPECT_RECV && self->bytes == NULL)
        return SWB_MATCH_MORE;
      if (!find_receiver (self, command, pane, &connection, problem))
        return *problem ? SWB_MATCH_FAILED : SWB_MATCH_MORE;
      return match_receive (self, command, pane, connection);
    }
}

char *
swb_expectation_describe_came (const SwbExpectation *self, const SwbCommand *command,
                               SwbPane *pane)
{
  SwbConnection *connection;
  g_autofree char *problem = NULL;
  guint number;

  switch (command->expect)
    {
    case SWB_EXPECT_ACCEPT:
      return g_strdup (_ ("no connection"));
    case SWB_EXPECT_STATE:
      connection = swb_pane_find_connection (pane, command->connection);
      return g_strdup (swb_state_get_name (
          connection ? swb_connection_get_state (connection) : SWB_STATE_NONE,
          swb_pane_get_domain (pane), swb_pane_get_socket_type (pane)));
    case SWB_EXPECT_ERROR:
      return g_strdup (swb_pane_get_failure (pane)->error > 0
                           ? swb_errno_name (swb_pane_get_failure (pane)->error)
                           : _ ("no error"));
    default:
      if (!find_receiver (self, command, pane, &number, &problem))
        return g_strdup (_ ("no connection"));
      return swb_cursors_describe (self->cursors, swb_pane_get_id (pane), number,
                                   is_message_type (pane));
    }
}

char *
swb_expectation_describe_expected (const SwbExpectation *self, const SwbCommand *command)
{
  switch (command->expect)
    {
    case SWB_EXPECT_ACCEPT:
      return g_strdup (_ ("a connection"));
    case SWB_EXPECT_STATE:
      return g_strdup (command->state);
    case SWB_EXPECT_ERROR:
      return g_strdup (swb_errno_name (command->expected_errno));
    case SWB_EXPECT_EOF:
      return g_strdup (_ ("the end of the stream"));
    case SWB_EXPECT_RECV_N:
      /* Translators: a number of bytes that a socket is to receive */
      return g_strdup_printf (ngettext ("%d byte", "%d bytes", (gulong)command->numbers[0]),
                              command->numbers[0]);
    default:
      if (self->bytes == NULL)
        return g_strdup (command->file);
      return swb_cursors_print_shortened (g_bytes_get_data (self->bytes, NULL),
                                          g_bytes_get_size (self->bytes));
    }
}
