/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fold-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void
fold_fixture_set_up (FoldFixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-test-XXXXXX", NULL);
  g_autofree char *inner = NULL;

  self->folder = g_steal_pointer (&folder);
  inner = g_build_filename (self->folder, "journal", NULL);
  self->journal = swb_journal_new (inner, NULL);
  g_assert_nonnull (self->journal);
  self->fold = swb_fold_new ();
  self->changes = g_string_new (NULL);
  self->time_ns = 1;
}

void
fold_fixture_tear_down (FoldFixture *self, gconstpointer data)
{
  swb_fold_free (self->fold);
  swb_journal_delete (self->journal);
  swb_journal_unref (self->journal);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_string_free (self->changes, TRUE);
}

void
append_record (FoldFixture *self, SwbRecord record)
{
  record.time_ns = self->time_ns++;
  if (record.error != 0)
    record.result = -1;
  swb_journal_append (self->journal, &record);
}

void
fold_records (FoldFixture *self)
{
  SwbRecord record;

  g_assert_true (swb_journal_publish (self->journal, NULL));
  for (; self->n_folded < swb_journal_get_n_records (self->journal); self->n_folded++)
    {
      g_assert_true (swb_journal_read (self->journal, self->n_folded, &record));
      swb_fold_record (self->fold, &record, self->n_folded);
    }
  swb_fold_flush (self->fold);
}

guint64
append_command (FoldFixture *self, guint pane, const char *text)
{
  append_record (self, (SwbRecord){ .kind = SWB_RECORD_COMMAND,
                                    .pane = pane,
                                    .fd = -1,
                                    .ints = { (gint64)++self->last_id },
                                    .data = (const guint8 *)text,
                                    .n_data = strlen (text) });
  return self->last_id;
}

void
append_outcome (FoldFixture *self, guint pane, guint64 id, int error)
{
  append_record (self, (SwbRecord){ .kind = SWB_RECORD_OUTCOME,
                                    .pane = pane,
                                    .fd = -1,
                                    .error = error,
                                    .ints = { (gint64)id } });
}

void
run_command (FoldFixture *self, guint pane, const char *text)
{
  append_outcome (self, pane, append_command (self, pane, text), 0);
}

SwbRecord
call_record (guint pane, guint connection, SwbCall call, int result, int error)
{
  return (SwbRecord){ .kind = SWB_RECORD_CALL,
                      .pane = pane,
                      .connection = connection,
                      .call = call,
                      .fd = 3,
                      .result = result,
                      .error = error };
}

void
append_call (FoldFixture *self, guint pane, guint connection, SwbCall what, int result,
             int error)
{
  append_record (self, call_record (pane, connection, what, result, error));
}

static SwbAddress
parse_address (const char *text)
{
  SwbAddress address;
  g_autofree char *host = NULL;

  g_assert_true (
      swb_address_parse (AF_INET, SOCK_STREAM, text, &address, &host, NULL, NULL));
  return address;
}

void
append_call_at (FoldFixture *self, guint pane, SwbCall what, int result, int error,
                const char *address)
{
  SwbRecord record = call_record (pane, 0, what, result, error);

  record.address = parse_address (address);
  record.address_room = what == SWB_CALL_ACCEPT || what == SWB_CALL_GETSOCKNAME ? 128 : 0;
  append_record (self, record);
}

void
append_received (FoldFixture *self, guint pane, guint connection, const char *bytes,
                 int error)
{
  SwbRecord record
      = call_record (pane, connection, SWB_CALL_RECV, (int)strlen (bytes), error);

  record.ints[0] = 65536;
  record.data = (const guint8 *)bytes;
  record.n_data = strlen (bytes);
  append_record (self, record);
}

void
append_so_error (FoldFixture *self, guint pane, int value)
{
  SwbRecord record = call_record (pane, 0, SWB_CALL_GETSOCKOPT, 0, 0);

  record.origin = SWB_ORIGIN_ENGINE;
  record.ints[0] = SOL_SOCKET;
  record.ints[1] = SO_ERROR;
  record.ints[2] = sizeof value;
  record.data = (const guint8 *)&value;
  record.n_data = sizeof value;
  append_record (self, record);
}

void
append_note (FoldFixture *self, guint pane, guint connection, SwbNote what, gint64 number,
             const char *text)
{
  append_record (self, (SwbRecord){ .kind = SWB_RECORD_NOTE,
                                    .pane = pane,
                                    .connection = connection,
                                    .note = what,
                                    .fd = -1,
                                    .ints = { number },
                                    .data = (const guint8 *)text,
                                    .n_data = strlen (text) });
}

SwbPane *
make_pane (FoldFixture *self, guint id, const char *text)
{
  SwbPane *pane;

  run_command (self, id, text);
  fold_records (self);
  pane = swb_fold_get_pane (self->fold, id);
  g_assert_nonnull (pane);
  return pane;
}

SwbPane *
make_listener (FoldFixture *self)
{
  SwbPane *pane = make_pane (self, 1, "pane s AF_INET SOCK_STREAM 0");

  run_command (self, 1, "s bind 127.0.0.1:0");
  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_BIND, 0, 0, "127.0.0.1:0");
  append_call_at (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "127.0.0.1:7000");
  append_call (self, 1, 0, SWB_CALL_LISTEN, 0, 0);
  fold_records (self);
  return pane;
}

void
assert_address (const SwbAddress *address, const char *expected)
{
  g_autofree char *text = swb_address_print (address);

  g_assert_cmpstr (text, ==, expected);
}

void
count_changed_cb (SwbPane *pane, FoldFixture *self)
{
  self->n_changed++;
}

void
note_items_cb (GListModel *model, guint position, guint removed, guint added,
               FoldFixture *self)
{
  g_string_append_printf (self->changes, "%u-%u+%u ", position, removed, added);
}

void
assert_changes (FoldFixture *self, const char *expected)
{
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_string_truncate (self->changes, 0);
}
