/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-local-time.h"

static GTimeZone *
get_zone (void)
{
  static GTimeZone *zone;
  static gint64 found_us;
  gint64 now = g_get_monotonic_time ();

  if (zone != NULL && now < found_us + G_USEC_PER_SEC)
    return zone;
  g_clear_pointer (&zone, g_time_zone_unref);
  zone = g_time_zone_new_local ();
  found_us = now;
  return zone;
}

GDateTime *
swb_local_time_new (gint64 unix_seconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);

  return utc != NULL ? g_date_time_to_timezone (utc, get_zone ()) : NULL;
}
