/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-station.h"

/* What comes beside the bytes of a message: descriptors (SCM_RIGHTS, SCM_PIDFD) and credentials.
 *
 * The first descriptor goes to the pane that the receive named. Any other socket waits: a note
 * (SWB_NOTE_DESCRIPTOR) says what it is, and the bench makes a pane for it and takes it. What is
 * no socket is named in the note and closed, since a pane could do nothing with it. */

G_BEGIN_DECLS

/* Finds the message of SOL_SOCKET and this type. @header: (out): what the result points into
 * is read by it. (nullable) */
struct cmsghdr *swb_control_find (const SwbMessage *message, struct msghdr *header, int type);

/**
 * swb_descriptors_came:
 * @task: (nullable): the receive that brought them
 * @message: one whose record has been appended; its bytes are overwritten
 *
 * Hands out the descriptors of @message, and tells who sent it where it says so.
 */
void swb_descriptors_came (SwbSocket *self, const SwbTask *task, const SwbMessage *message);

/* Whether @message has anything for swb_descriptors_came(). */
gboolean swb_descriptors_are_in (const SwbMessage *message);

/* The take order. @station: (nullable): without one it is closed, and the order's bytes are the sentence that says so in its other pane */
void swb_descriptors_do_take (SwbEngine *engine, SwbStation *station, SwbTask *task);

/* Closes those that nobody took. */
void swb_descriptors_close_all (SwbEngine *engine);

/* Tells which process these credentials mean. @note: %SWB_NOTE_PEER or %SWB_NOTE_SENDER */
void swb_descriptors_tell_process (SwbSocket *self, const struct ucred *credentials, SwbNote note);

G_END_DECLS
