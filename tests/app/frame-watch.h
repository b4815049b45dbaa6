/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* For benchmarks: what the frames of a window cost, from before-paint to after-paint, and the
 * longest time in which its main loop answered nothing. */

G_BEGIN_DECLS

typedef struct
{
  GArray *frames; /* double, ms */
  GArray *cpu;    /* the same of this thread's CPU: what a busy machine adds is not in it */
  GArray *awake; /* the same of the wall clock, less the time in which it waited for a core */
  double dearest;       /* ms of CPU: the frame that took the most */
  double dearest_paint; /* and what of that was painting, not measuring and placing widgets */
  double stall;     /* ms */
  double stall_cpu; /* ms of this thread's CPU: the most between two answers */

  GdkFrameClock *clock;
  guint source;
  int schedstat; /* descriptor, -1 where the kernel has none */
  gint64 paint_began;
  gint64 cpu_began;
  gint64 waited_before; /* us */
  gint64 cpu_laid_out;
  gint64 last_tick;
  gint64 last_cpu;
} FrameWatch;

void frame_watch_init (FrameWatch *self);
void frame_watch_clear (FrameWatch *self);

/* What is seen between the two is added to what was seen before. */
void frame_watch_start (FrameWatch *self, GtkWidget *widget);
void frame_watch_stop (FrameWatch *self);

void frame_watch_reset (FrameWatch *self);

/* One line: how many frames, their median, 95th percentile and maximum, and how many were over the limit: in all, and of those
 * that took as long without waiting for a core that others had. Sorts them. */
void frame_watch_print (FrameWatch *self, const char *name, double limit_ms);

G_END_DECLS
