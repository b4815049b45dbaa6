/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"

#include "config.h"

#include "net/swb-duration.h"

#include <glib/gi18n.h>
#include <string.h>

#include "net/swb-error.h"
#include "net/swb-payload.h"

#define SECOND_NS G_GINT64_CONSTANT (1000000000)

typedef struct
{
  const char *name;
  gint64 ns;
} Unit;

/* Print takes the first that divides; read takes any. */
static const Unit units[] = {
  { "s", SECOND_NS },
  { "ms", 1000000 },
  { "us", 1000 },
  { "ns", 1 },
  { "µs", 1000 },
  { "min", 60 * SECOND_NS },
  { "h", 3600 * SECOND_NS },
};

static gint64
find_unit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].name, name))
      return units[i].ns;
  return 0;
}

/* Exact in integers: each digit is weighed, and one below one ns is a mistake, not rounded
 * away. */
gboolean
swb_duration_read_fraction (const char **text, gint64 unit_ns, gint64 *ns)
{
  *ns = 0;
  for (gint64 weight = unit_ns; g_ascii_isdigit (**text); (*text)++)
    {
      gint64 digit = **text - '0';

      if (digit != 0 && (weight == 0 || (weight * digit) % 10 != 0))
        return FALSE;
      *ns += weight * digit / 10;
      weight = weight % 10 == 0 ? weight / 10 : 0;
    }
  return TRUE;
}

SwbDurationFault
swb_duration_read (const char *text, gint64 *duration_ns)
{
  const char *at = text, *behind;
  guint64 whole = 0;
  gint64 unit, fraction = 0;

  for (; g_ascii_isdigit (*at); at++)
    whole = MIN (whole * 10 + (guint64)(*at - '0'),
                 (guint64)SWB_DURATION_MAX_NS + (guint64)SWB_DURATION_MAX_NS / 10);
  behind = at;
  if (*at == '.' && g_ascii_isdigit (at[1]))
    {
      at++;
      behind = at + strspn (at, "0123456789");
    }

  unit = find_unit (behind);
  if (!g_ascii_isdigit (*text))
    return SWB_DURATION_NO_NUMBER;
  if (unit == 0)
    return *behind == '\0' ? SWB_DURATION_NO_UNIT : SWB_DURATION_WRONG_UNIT;
  if (!swb_duration_read_fraction (&at, unit, &fraction))
    return SWB_DURATION_TOO_FINE;
  if (whole > (guint64)((SWB_DURATION_MAX_NS - fraction) / unit))
    return SWB_DURATION_TOO_LONG;

  *duration_ns = (gint64)whole * unit + fraction;
  return SWB_DURATION_RIGHT;
}

gboolean
swb_duration_parse (const char *text, gint64 *duration_ns, GError **error)
{
  g_autofree char *shown
      = swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8, 40);

  switch (swb_duration_read (text, duration_ns))
    {
    case SWB_DURATION_RIGHT:
      return TRUE;
    case SWB_DURATION_TOO_LONG:
      g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("“%s” is too long a time"), shown);
      return FALSE;
    default:
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("“%s” is no duration; write 500ms, 2s or 1.5s"), shown);
      return FALSE;
    }
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
