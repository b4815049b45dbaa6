/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-choice.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sys/socket.h>

#include "engine/swb-probe.h"
#include "net/swb-catalog.h"
#include "net/swb-errno.h"

struct _SwbChoice
{
  GObject parent_instance;

  int value;
  char *label;
  char *note;
  gboolean available;
  gboolean other;
};

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_NOTE,
  PROP_HAS_NOTE,
  PROP_CSS_CLASSES,
  PROP_NOTE_CLASSES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwbChoice, swb_choice, G_TYPE_OBJECT)

static void
swb_choice_finalize (GObject *object)
{
  SwbChoice *self = SWB_CHOICE (object);

  g_free (self->label);
  g_free (self->note);
  G_OBJECT_CLASS (swb_choice_parent_class)->finalize (object);
}

static void
swb_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwbChoice *self = SWB_CHOICE (object);
  static const char *const plain[] = { NULL };
  static const char *const dim[] = { "dim-label", NULL };
  static const char *const note[] = { "caption", "dim-label", NULL };
  static const char *const good[] = { "caption", "success", NULL };
  gboolean lacks = self->note != NULL && !self->available;

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_HAS_NOTE:
      g_value_set_boolean (value, self->note != NULL);
      break;
    case PROP_CSS_CLASSES:
      g_value_set_boxed (value, lacks ? dim : plain);
      break;
    case PROP_NOTE_CLASSES:
      g_value_set_boxed (value, lacks ? note : good);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
swb_choice_class_init (SwbChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = swb_choice_finalize;
  object_class->get_property = swb_choice_get_property;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_HAS_NOTE] = g_param_spec_boolean ("has-note", NULL, NULL, FALSE, flags);
  properties[PROP_CSS_CLASSES]
      = g_param_spec_boxed ("css-classes", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_NOTE_CLASSES]
      = g_param_spec_boxed ("note-classes", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
swb_choice_init (SwbChoice *self)
{
}

static gboolean
is_forbidden (int error)
{
  return error == EPERM || error == EACCES;
}

/* @answer: what the kernel said, an errno, 0, or -1 where it was not asked yet */
static char *
make_note (int answer, gboolean legal)
{
  const char *error = answer > 0 ? swb_errno_name (answer) : NULL;

  if (answer == 0 && legal)
    return g_strdup (_ ("Available"));
  if (error == NULL)
    return legal ? NULL : g_strdup (_ ("Does not exist"));
  if (!legal)
    return g_strdup_printf (_ ("Does not exist (%s)"), error);
  if (is_forbidden (answer))
    /* Translators: %s is the name of an errno, such as EPERM */
    return g_strdup_printf (_ ("Not for this user (%s)"), error);
  /* Translators: %s is the name of an errno, such as EPROTONOSUPPORT */
  return g_strdup_printf (_ ("Not in this kernel (%s)"), error);
}

static void
append (GListStore *store, int value, char *label, int answer, gboolean legal)
{
  g_autoptr (SwbChoice) choice = g_object_new (SWB_TYPE_CHOICE, NULL);

  choice->value = value;
  choice->label = label;
  choice->note = make_note (answer, legal);
  choice->available = answer == 0 && legal;
  g_list_store_append (store, choice);
}

static void
append_other (GListStore *store)
{
  g_autoptr (SwbChoice) choice = g_object_new (SWB_TYPE_CHOICE, NULL);

  choice->label = g_strdup (_ ("Other number…"));
  choice->other = TRUE;
  g_list_store_append (store, choice);
}

static int
get_rank (const SwbChoice *choice)
{
  return choice->other ? 2 : choice->available ? 0 : 1;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return get_rank (a) - get_rank (b);
}

/* The order among those of one kind is kept. */
static GListStore *
finish (GListStore *store)
{
  append_other (store);
  g_list_store_sort (store, compare, NULL);
  return store;
}

static char *
make_label (const SwbConstant *constant)
{
  return g_strdup_printf ("%s · %s", constant->constant, _ (constant->word));
}

static gboolean
knows (const SwbConstant *constants, guint n, int value)
{
  for (guint i = 0; i < n; i++)
    if (constants[i].value == value)
      return TRUE;
  return FALSE;
}

static gboolean
knows_domain (int domain)
{
  guint n;
  const SwbConstant *domains = swb_catalog_get_domains (&n);

  return knows (domains, n, domain);
}

static gboolean
is_type_legal (int domain, int type)
{
  guint n_protocols = 0;
  const SwbConstant *protocols = swb_catalog_get_protocols (domain, type, &n_protocols);

  for (guint i = 0; i < n_protocols; i++)
    if (swb_catalog_is_legal (domain, type, protocols[i].value))
      return TRUE;
  return FALSE;
}

/* A domain that Linux has no more has a number, and no types. */
static gboolean
has_types (int domain)
{
  guint n_types;
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  for (guint i = 0; i < n_types; i++)
    if (is_type_legal (domain, types[i].value))
      return TRUE;
  return FALSE;
}

int
swb_choice_get_value (SwbChoice *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE (self), 0);

  return self->value;
}

const char *
swb_choice_get_label (SwbChoice *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE (self), NULL);

  return self->label;
}

const char *
swb_choice_get_note (SwbChoice *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE (self), NULL);

  return self->note;
}

gboolean
swb_choice_is_available (SwbChoice *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE (self), FALSE);

  return self->available;
}

gboolean
swb_choice_is_other (SwbChoice *self)
{
  g_return_val_if_fail (SWB_IS_CHOICE (self), FALSE);

  return self->other;
}

GListStore *
swb_choice_list_domains (void)
{
  GListStore *store = g_list_store_new (SWB_TYPE_CHOICE);
  guint n_domains;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);

  for (guint i = 0; i < n_domains; i++)
    append (store, domains[i].value, make_label (&domains[i]),
            swb_probe_get_domain (domains[i].value), TRUE);
  return finish (store);
}

GListStore *
swb_choice_list_types (int domain, gboolean wide)
{
  GListStore *store = g_list_store_new (SWB_TYPE_CHOICE);
  guint n_types;
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  wide = wide || !knows_domain (domain) || !has_types (domain);
  for (guint i = 0; i < n_types; i++)
    {
      gboolean legal = is_type_legal (domain, types[i].value);

      if (legal || wide)
        append (store, types[i].value, make_label (&types[i]),
                swb_probe_get_type (domain, types[i].value), legal);
    }
  return finish (store);
}

GListStore *
swb_choice_list_protocols (int domain, int type, gboolean wide)
{
  GListStore *store = g_list_store_new (SWB_TYPE_CHOICE);
  guint n_protocols;
  const SwbConstant *protocols
      = wide ? swb_catalog_get_all_protocols (domain, &n_protocols)
             : swb_catalog_get_protocols (domain, type, &n_protocols);

  for (guint i = 0; i < n_protocols; i++)
    append (store, protocols[i].value, make_label (&protocols[i]),
            swb_probe_get (domain, type, protocols[i].value),
            swb_catalog_is_legal (domain, type, protocols[i].value));
  return finish (store);
}
