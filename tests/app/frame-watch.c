/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/frame-watch.h"

#include <time.h>

#define TICK_MS 2

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, FrameWatch *self)
{
  self->paint_began = g_get_monotonic_time ();
  self->cpu_began = self->cpu_laid_out = get_cpu_us ();
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

  if (self->paint_began == 0)
    return;
  if (cpu > self->dearest)
    {
      self->dearest = cpu;
      self->dearest_paint = (double)(ended - self->cpu_laid_out) / 1000;
    }
  g_array_append_val (self->frames, took);
  g_array_append_val (self->cpu, cpu);
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
                        .cpu = g_array_new (FALSE, FALSE, sizeof (double)) };
}

void
frame_watch_clear (FrameWatch *self)
{
  frame_watch_stop (self);
  g_array_unref (self->frames);
  g_array_unref (self->cpu);
}

void
frame_watch_start (FrameWatch *self, GtkWidget *widget)
{
  frame_watch_stop (self);
  self->paint_began = self->last_tick = 0;
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
}

void
frame_watch_reset (FrameWatch *self)
{
  g_array_set_size (self->frames, 0);
  g_array_set_size (self->cpu, 0);
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

void
frame_watch_print (FrameWatch *self, const char *name, double limit_ms)
{
  guint n_over = 0;

  if (self->frames->len == 0)
    g_error ("%s: no frame was drawn", name);
  g_array_sort (self->frames, compare);
  g_array_sort (self->cpu, compare);
  for (guint i = 0; i < self->frames->len; i++)
    n_over += g_array_index (self->frames, double, i) > limit_ms;
  g_print ("%-24s %4u frames: median %5.1f, p95 %5.1f, max %5.1f ms, %u over %.0f; "
           "CPU median %5.1f, p95 %5.1f, max %5.1f, %.1f of it painting; longest stall "
           "%5.1f, CPU %5.1f ms\n",
           name, self->frames->len, pick (self->frames, 50), pick (self->frames, 95),
           pick (self->frames, 100), n_over, limit_ms, pick (self->cpu, 50),
           pick (self->cpu, 95), self->dearest, self->dearest_paint, self->stall,
           self->stall_cpu);
}
