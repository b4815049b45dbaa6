/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-text-ruler.h"

#define N_COPIES                                                                           \
  16 /* measured together: the width of one alone is rounded up to whole pixels */
#define MAX_WRAPPED 512 /* some more than a list view has rows */
#define MAX_RULERS 8    /* fonts; more are seen only while the system's font changes */

typedef struct
{
  int width;  /* Pango units */
  int height; /* likewise */
} Size;

typedef struct
{
  PangoFontDescription *font;
  double resolution;
  GHashTable *sizes;   /* character → Size */
  GHashTable *wrapped; /* width and text → height */
} Ruler;

static GPtrArray *rulers;

static void
ruler_free (gpointer data)
{
  Ruler *ruler = data;

  pango_font_description_free (ruler->font);
  g_hash_table_unref (ruler->sizes);
  g_hash_table_unref (ruler->wrapped);
  g_free (ruler);
}

static Ruler *
ruler_new (const PangoFontDescription *font, double resolution)
{
  Ruler *ruler = g_new0 (Ruler, 1);

  ruler->font = pango_font_description_copy (font);
  ruler->resolution = resolution;
  ruler->sizes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  ruler->wrapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return ruler;
}

static Ruler *
find_ruler (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double resolution = pango_cairo_context_get_resolution (context);

  if (rulers == NULL)
    rulers = g_ptr_array_new_with_free_func (ruler_free);
  for (guint i = 0; i < rulers->len; i++)
    {
      Ruler *ruler = g_ptr_array_index (rulers, i);
      if (ruler->resolution == resolution
          && pango_font_description_equal (ruler->font, font))
        return ruler;
    }
  if (rulers->len == MAX_RULERS)
    g_ptr_array_remove_index (rulers, 0);
  g_ptr_array_add (rulers, ruler_new (font, resolution));
  return g_ptr_array_index (rulers, rulers->len - 1);
}

/* Latin, Greek, Cyrillic, punctuation, arrows, control pictures and shapes stand for
 * themselves. */
static gboolean
stands_alone (gunichar c)
{
  return c < 0x300 || (c >= 0x370 && c < 0x483) || (c >= 0x2010 && c < 0x2028)
         || (c >= 0x2190 && c < 0x2600);
}

static const Size *
get_size (Ruler *ruler, GtkWidget *widget, gunichar c)
{
  Size *size = g_hash_table_lookup (ruler->sizes, GUINT_TO_POINTER (c));
  g_autoptr (PangoLayout) layout = NULL;
  char text[6 * N_COPIES + 1] = { 0 };
  int length;

  if (size != NULL)
    return size;
  length = g_unichar_to_utf8 (c, text);
  for (int i = 1; i < N_COPIES; i++)
    memcpy (text + i * length, text, (gsize)length);
  layout = gtk_widget_create_pango_layout (widget, text);
  size = g_new (Size, 1);
  pango_layout_get_size (layout, &size->width, &size->height);
  size->width = (size->width + N_COPIES - 1) / N_COPIES;
  g_hash_table_insert (ruler->sizes, GUINT_TO_POINTER (c), size);
  return size;
}

gboolean
swb_text_ruler_measure (GtkWidget *widget, const char *text, int *width, int *height)
{
  Ruler *ruler = find_ruler (widget);
  int line = get_size (ruler, widget, 'M')->height;
  gint64 sum = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const Size *size;

      if (!stands_alone (c))
        return FALSE;
      size = get_size (ruler, widget, c);
      sum += size->width;
      line = MAX (line, size->height);
    }
  *width = (int)((sum + PANGO_SCALE - 1) / PANGO_SCALE);
  *height = PANGO_PIXELS_CEIL (line);
  return TRUE;
}

static char *
dup_key (const char *text, int width)
{
  return g_strdup_printf ("%d %s", width, text);
}

gboolean
swb_text_ruler_recall (GtkWidget *widget, const char *text, int width, int *height)
{
  g_autofree char *key = dup_key (text, width);
  gpointer found = g_hash_table_lookup (find_ruler (widget)->wrapped, key);

  if (found == NULL)
    return FALSE;
  *height = GPOINTER_TO_INT (found);
  return TRUE;
}

void
swb_text_ruler_remember (GtkWidget *widget, const char *text, int width, int height)
{
  Ruler *ruler = find_ruler (widget);

  if (g_hash_table_size (ruler->wrapped) >= MAX_WRAPPED)
    g_hash_table_remove_all (ruler->wrapped);
  g_hash_table_insert (ruler->wrapped, dup_key (text, width), GINT_TO_POINTER (height));
}
