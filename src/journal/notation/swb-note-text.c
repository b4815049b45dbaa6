/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-note-text.h"

#include <glib/gi18n.h>
#include <sys/types.h>

static gboolean
tells_process (const SwbRecord *record)
{
  return record->kind == SWB_RECORD_NOTE
         && (record->note == SWB_NOTE_PEER || record->note == SWB_NOTE_SENDER);
}

/* A process gives itself its name: any bytes. */
static char *
dup_name (const SwbRecord *record)
{
  return record->n_data > 0
             ? g_utf8_make_valid ((const char *)record->data, (gssize)record->n_data)
             : NULL;
}

static char *
dup_who (const SwbRecord *record)
{
  g_autofree char *name = dup_name (record);
  int pid = (int)record->ints[0];

  if (pid <= 0)
    return g_strdup (_ ("no process of this namespace"));
  if (name == NULL)
    return g_strdup_printf (_ ("process %d, which is gone"), pid);
  /* Translators: the number and the name of a process */
  return g_strdup_printf (_ ("process %d (%s)"), pid, name);
}

char *
swb_note_dup_sentence (const SwbRecord *record)
{
  g_autofree char *who = NULL;
  gboolean is_peer = record->note == SWB_NOTE_PEER;

  if (!tells_process (record))
    return NULL;

  who = dup_who (record);
  if ((uid_t)record->ints[1] == (uid_t)-1)
    /* Translators: %s is "process 1234 (name)" */
    return g_strdup_printf (is_peer ? _ ("the peer is %s") : _ ("the message is from %s"),
                            who);
  return g_strdup_printf (is_peer ? _ ("the peer is %s, user %u, group %u")
                                  : _ ("the message is from %s, user %u, group %u"),
                          who, (guint)record->ints[1], (guint)record->ints[2]);
}

char *
swb_note_dup_process (const SwbRecord *record)
{
  g_autofree char *name = NULL;
  int pid = (int)record->ints[0];

  if (!tells_process (record))
    return NULL;

  name = dup_name (record);
  return name != NULL ? g_strdup_printf ("%s (%d)", name, pid)
                      : g_strdup_printf ("%d", pid);
}
