/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-duration.h"

#include <glib/gi18n.h>

#include <string.h>

#include "net/swb-error.h"
#include "net/swb-payload.h"

typedef struct
{
  const char *name;
  gint64 ns;
} Unit;

/* Print takes the first that divides; parse takes any. */
static const Unit units[] = {
  { "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 },
  { "ns", 1 },         { "µs", 1000 },    { "min", G_GINT64_CONSTANT (60000000000) },
};

static gint64
find_unit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].name, name))
      return units[i].ns;
  return 0;
}

/* Exact in integers: what stands behind the point is weighed digit by digit, and a digit
 * below one ns is a mistake, not rounded away. */
static gboolean
parse_fraction (const char **text, gint64 unit, gint64 *ns)
{
  *ns = 0;
  if (**text != '.')
    return TRUE;

  (*text)++;
  if (!g_ascii_isdigit (**text))
    return FALSE;

  for (gint64 weight = unit; g_ascii_isdigit (**text); (*text)++)
    {
      gint64 digit = **text - '0';

      if (digit != 0 && (weight == 0 || (weight * digit) % 10 != 0))
        return FALSE;
      *ns += weight * digit / 10;
      weight = weight % 10 == 0 ? weight / 10 : 0;
    }
  return TRUE;
}

gboolean
swb_duration_parse (const char *text, gint64 *duration_ns, GError **error)
{
  const char *at = text, *unit_at;
  gint64 unit, fraction;
  guint64 whole = 0;
  g_autofree char *shown
      = swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8, 40);

  for (; g_ascii_isdigit (*at); at++)
    whole
        = MIN (whole * 10 + (guint64)(*at - '0'), G_GUINT64_CONSTANT (1100000000000000000));
  unit_at = at + (*at == '.' ? 1 : 0);
  while (*at == '.' && g_ascii_isdigit (*unit_at))
    unit_at++;

  unit = find_unit (unit_at);
  if (at == text || unit == 0 || !parse_fraction (&at, unit, &fraction))
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("“%s” is no duration; write 500ms, 2s or 1.5s"), shown);
      return FALSE;
    }
  if (whole > (guint64)((SWB_DURATION_MAX_NS - fraction) / unit))
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("“%s” is too long a time"), shown);
      return FALSE;
    }

  *duration_ns = (gint64)whole * unit + fraction;
  return TRUE;
}

char *
swb_duration_print (gint64 duration_ns)
{
  guint i = 0;

  while (duration_ns % units[i].ns != 0)
    i++;
  return g_strdup_printf ("%" G_GINT64_FORMAT "%s", duration_ns / units[i].ns,
                          units[i].name);
}
