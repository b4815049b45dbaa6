/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine-fixture.h"

/* Bursts of datagrams into a pane, and the account of what the journal says of them. */

#define BURST 200000u

typedef struct
{
  SwbAddress to;
  guint n_datagrams;
  gsize n_bytes;
  guint pause_every; /* 0: never */
  gint n_sent;       /* atomic */
} Burst;

/* A thread's function: sends the datagrams of a Burst, each beginning with its number. */
gpointer send_burst (gpointer burst);

typedef struct
{
  guint pane;
  guint64 next; /* record to look at */
  guint64 n_kept;
  guint64 n_lost;
  guint n_asked;
  guint n_again;
  guint32 expected; /* number of the next datagram, if what was lost is told in place */
  gboolean in_place;
  gboolean is_closed;
} Account;

/* Takes into @account what the journal has more. */
void look (Bench *bench, Account *account);

/* Waits until so many are accounted for; the second asserts that it is exactly so many. */
void wait_until (Bench *bench, Account *account, guint64 n_sent);
void wait_for_sum (Bench *bench, Account *account, guint64 n_sent);

/* A datagram pane that is bound to the loopback. @room: SO_RCVBUF; 0 leaves the default */
void open_pane (Bench *bench, guint pane, int domain, int room, SwbAddress *address);

/* recv auto with this call */
guint64 receive_with (Bench *bench, guint pane, SwbCall call, int room);
