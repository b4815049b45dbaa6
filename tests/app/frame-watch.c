/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/frame-watch.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define TICK_MS 2

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* How long this thread could have run and had no core. */
static gint64
get_waited_us (FrameWatch *self)
{
  char text[64] = "";
  guint64 ran_ns, waited_ns = 0;

  if (pread (self->schedstat, text, sizeof text - 1, 0) > 0)
    sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &ran_ns, &waited_ns);
  return (gint64)(waited_ns / 1000);
}

static void
before_paint_cb (GdkFrameClock *clock, FrameWatch *self)
{
  self->paint_began = g_get_monotonic_time ();
  self->cpu_began = self->cpu_laid_out = get_cpu_us ();
  self->waited_before = get_waited_us (self);
}

static void
laid_out_cb (GdkFrameClock *clock, FrameWatch *self)
{
  self->cpu_laid_out = get_cpu_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, FrameWatch *self)
{
  double took = (double)(g_get_monotonic_time () - self->paint_began) / 1000;
  gint64 ended = get_cpu_us ();
  double cpu = (double)(ended - self->cpu_began) / 1000;
  double awake = took - (double)(get_waited_us (self) - self->waited_before) / 1000;

  if (self->paint_began == 0)
    return;
  if (cpu > self->dearest)
    {
      self->dearest = cpu;
      self->dearest_paint = (double)(ended - self->cpu_laid_out) / 1000;
    }
  g_array_append_val (self->frames, took);
  g_array_append_val (self->cpu, cpu);
  g_array_append_val (self->awake, awake);
}

static gboolean
tick_cb (gpointer data)
{
  FrameWatch *self = data;
  gint64 now = g_get_monotonic_time (), cpu = get_cpu_us ();

  if (self->last_tick != 0)
    {
      self->stall = MAX (self->stall, (double)(now - self->last_tick) / 1000 - TICK_MS);
      self->stall_cpu = MAX (self->stall_cpu, (double)(cpu - self->last_cpu) / 1000);
    }
  self->last_tick = now;
  self->last_cpu = cpu;
  return G_SOURCE_CONTINUE;
}

void
frame_watch_init (FrameWatch *self)
{
  *self = (FrameWatch){ .frames = g_array_new (FALSE, FALSE, sizeof (double)),
                        .cpu = g_array_new (FALSE, FALSE, sizeof (double)),
                        .awake = g_array_new (FALSE, FALSE, sizeof (double)),
                        .schedstat = -1 };
}

void
frame_watch_clear (FrameWatch *self)
{
  frame_watch_stop (self);
  g_array_unref (self->frames);
  g_array_unref (self->cpu);
  g_array_unref (self->awake);
}

void
frame_watch_start (FrameWatch *self, GtkWidget *widget)
{
  frame_watch_stop (self);
  self->paint_began = self->last_tick = 0;
  self->schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (widget));
  g_signal_connect (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect_after (self->clock, "layout", G_CALLBACK (laid_out_cb), self);
  g_signal_connect_after (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  self->source = g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, tick_cb, self, NULL);
}

void
frame_watch_stop (FrameWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  if (self->schedstat >= 0)
    close (self->schedstat);
  self->schedstat = -1;
}

void
frame_watch_reset (FrameWatch *self)
{
  g_array_set_size (self->frames, 0);
  g_array_set_size (self->cpu, 0);
  g_array_set_size (self->awake, 0);
  self->last_tick = 0;
  self->dearest = self->dearest_paint = 0;
  self->stall = self->stall_cpu = 0;
}

static int
compare (const void *a, const void *b)
{
  double difference = *(const double *)a - *(const double *)b;

  return difference < 0 ? -1 : difference > 0;
}

static double
pick (GArray *sorted, guint percent)
{
  return g_array_index (sorted, double, (sorted->len - 1) * percent / 100);
}

static guint
count_over (GArray *times, double limit)
{
  guint n = 0;

  for (guint i = 0; i < times->len; i++)
    n += g_array_index (times, double, i) > limit;
  return n;
}

void
frame_watch_print (FrameWatch *self, const char *name, double limit_ms)
{
  if (self->frames->len == 0)
    g_error ("%s: no frame was drawn", name);
  g_array_sort (self->frames, compare);
  g_array_sort (self->cpu, compare);
  g_print ("%-24s %4u frames: median %5.1f, p95 %5.1f, max %5.1f ms, %u over %.0f, %u of "
           "them also without waiting for a core; CPU median %5.1f, p95 %5.1f, max %5.1f, "
           "%.1f of it painting; longest stall %5.1f, CPU %5.1f ms\n",
           name, self->frames->len, pick (self->frames, 50), pick (self->frames, 95),
           pick (self->frames, 100), count_over (self->frames, limit_ms), limit_ms,
           count_over (self->awake, limit_ms), pick (self->cpu, 50), pick (self->cpu, 95),
           self->dearest, self->dearest_paint, self->stall, self->stall_cpu);
}
