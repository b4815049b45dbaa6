/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-banner.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "app/widgets/swb-compat.h"
#include "app/journal/swb-journal-format.h"
#include "app/sessions/swb-journals-folder.h"
#include "journal/store/swb-follower.h"
#include "journal/store/swb-journal-health.h"
#include "journal/store/swb-source.h"

/* The number of lost records grows with every publish: that often it is shown. */
#define INTERVAL_US 250000

/* The worst first. */
typedef enum
{
  NONE,
  UNWRITABLE,
  DELETED,
  CUT,
  WITHOUT_PAYLOAD,
  NOTICE,
} Trouble;

/* What a person can do about it. */
typedef struct
{
  const char *label;
  const char *action;
} Remedy;

static const Remedy delete_old = { N_ ("Delete _Old Journals…"), "app.sessions" };
static const Remedy choose_folder
    = { N_ ("_Choose Another Folder…"), "journal-banner.choose-folder" };
static const Remedy save_recording = { N_ ("Save _Recording…"), "win.save-recording" };
static const Remedy preferences = { N_ ("_Preferences"), "app.preferences" };

struct _SwbJournalBanner
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *title;
  GtkLabel *text;
  GtkLabel *answer_label;
  GtkButton *button;

  SwbBench *bench;
  GSource *watch;
  GSource *records; /* while calls are recorded without their bytes: those are counted, and
                       no change of health */
  GSettings *settings;
  char *notice;
  char *answer;    /* to the folder that was chosen */
  gboolean is_set; /* it was taken */
  guint dismissed; /* bits of troubles */
};

G_DEFINE_FINAL_TYPE (SwbJournalBanner, swb_journal_banner, GTK_TYPE_WIDGET)

static gboolean
is_dismissed (SwbJournalBanner *self, Trouble trouble)
{
  return (self->dismissed & (1u << trouble)) != 0;
}

static Trouble
find_trouble (SwbJournalBanner *self, const SwbHealth *health)
{
  if (health->error != 0 && !is_dismissed (self, UNWRITABLE))
    return UNWRITABLE;
  if (health->deleted && !is_dismissed (self, DELETED))
    return DELETED;
  if (health->n_cut > 0 && !is_dismissed (self, CUT))
    return CUT;
  if (health->without_payload && !is_dismissed (self, WITHOUT_PAYLOAD))
    return WITHOUT_PAYLOAD;
  return self->notice != NULL && !is_dismissed (self, NOTICE) ? NOTICE : NONE;
}

static const char *
get_title (Trouble trouble)
{
  switch (trouble)
    {
    case UNWRITABLE:
      return _ ("The journal cannot be written");
    case DELETED:
      return _ ("The files of the journal were deleted by another program");
    case CUT:
      return _ ("A file of the journal was cut by another program");
    case WITHOUT_PAYLOAD:
      return _ ("The journal has reached its limit");
    case NOTICE:
    case NONE:
    default:
      return _ ("The journal of this run will not be kept");
    }
}

static gboolean
is_full (const SwbHealth *health)
{
  return health->error == ENOSPC || health->error == EDQUOT;
}

static const Remedy *
get_remedy (SwbJournalBanner *self, Trouble trouble, const SwbHealth *health)
{
  switch (trouble)
    {
    case UNWRITABLE:
      if (is_full (health))
        return &delete_old;
      return self->is_set ? &save_recording : &choose_folder;
    case DELETED:
      return &save_recording;
    case WITHOUT_PAYLOAD:
      return &preferences;
    case NOTICE:
      return self->is_set ? &save_recording : &choose_folder;
    case CUT:
    case NONE:
    default:
      return NULL;
    }
}

static char *
dup_unwritable (const SwbHealth *health)
{
  g_autofree char *lost = swb_journal_format_number (health->n_unrecorded);

  if (is_full (health))
    /* Translators: the first %s says why, such as "No space left on device"; the second is
     * a number */
    return g_strdup_printf (
        ngettext (
            "%s. Sockets go on, and what was recorded is kept, but %s record is lost. "
            "Recording goes on by itself when there is room again.",
            "%s. Sockets go on, and what was recorded is kept, but %s records are lost. "
            "Recording goes on by itself when there is room again.",
            health->n_unrecorded),
        g_strerror (health->error), lost);
  /* Translators: as above */
  return g_strdup_printf (
      ngettext (
          "%s. Sockets go on, and what was recorded is kept, but %s record is lost. "
          "Every new record is another try.",
          "%s. Sockets go on, and what was recorded is kept, but %s records are lost. "
          "Every new record is another try.",
          health->n_unrecorded),
      g_strerror (health->error), lost);
}

static char *
dup_text (SwbJournalBanner *self, Trouble trouble, const SwbHealth *health)
{
  g_autofree char *size = NULL;
  g_autofree char *limit = NULL;

  switch (trouble)
    {
    case UNWRITABLE:
      return dup_unwritable (health);
    case DELETED:
      return g_strdup (
          _ ("All that was recorded is still shown here, but is lost when this "
             "window closes."));
    case CUT:
      size = swb_journal_format_size (health->n_cut);
      /* Translators: %s is a number of bytes, such as "1.3 kB" */
      return g_strdup_printf (_ ("%s are lost; records that had them are shown without. "
                                 "What comes is recorded."),
                              size);
    case WITHOUT_PAYLOAD:
      limit = swb_journal_format_size (health->limit);
      size = swb_journal_format_size (health->n_unkept);
      /* Translators: the limit, and how many bytes were not kept, such as "1.3 kB" */
      return g_strdup_printf (_ ("It has %s. Calls are still recorded, the bytes that they "
                                 "move are not: %s so far."),
                              limit, size);
    case NOTICE:
    case NONE:
    default:
      return g_strdup (self->notice != NULL ? self->notice : "");
    }
}

static void update (SwbJournalBanner *self);

static gboolean
changed_cb (SwbJournal *journal, guint64 first, guint64 n_changes, gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static GSource *
attach (SwbJournalBanner *self, GSource *source)
{
  g_source_set_callback (source, G_SOURCE_FUNC (changed_cb), self, NULL);
  g_source_attach (source, NULL);
  return source;
}

static void
watch_records (SwbJournalBanner *self, gboolean wanted)
{
  SwbJournal *journal;

  if (!wanted)
    swb_source_clear (&self->records);
  if (!wanted || self->records != NULL)
    return;
  journal = swb_bench_get_journal (self->bench);
  self->records = attach (
      self, swb_follower_new (journal, swb_journal_get_n_records (journal), INTERVAL_US));
}

static void
update (SwbJournalBanner *self)
{
  SwbHealth health = { 0 };
  g_autofree char *text = NULL;
  const Remedy *remedy;
  Trouble trouble;

  if (self->bench != NULL)
    swb_journal_get_health (swb_bench_get_journal (self->bench), &health);
  /* What went away may come again, and is told again. */
  if (health.error == 0)
    self->dismissed &= ~(1u << UNWRITABLE);
  if (!health.without_payload)
    self->dismissed &= ~(1u << WITHOUT_PAYLOAD);

  trouble = find_trouble (self, &health);
  watch_records (self, trouble == WITHOUT_PAYLOAD);
  gtk_revealer_set_reveal_child (self->revealer, trouble != NONE);
  gtk_widget_set_visible (GTK_WIDGET (self), trouble != NONE);
  if (trouble == NONE)
    return;

  text = dup_text (self, trouble, &health);
  remedy = get_remedy (self, trouble, &health);
  gtk_label_set_text (self->title, get_title (trouble));
  gtk_label_set_text (self->text, text);
  gtk_label_set_text (self->answer_label, self->answer != NULL ? self->answer : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer_label),
                          self->answer != NULL
                              && (remedy == &choose_folder || remedy == &save_recording));
  gtk_widget_set_visible (GTK_WIDGET (self->button), remedy != NULL);
  if (remedy == NULL)
    return;

  gtk_button_set_label (self->button, _ (remedy->label));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), remedy->action);
}

void
swb_journal_banner_choose_folder (SwbJournalBanner *self, GFile *folder)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SWB_IS_JOURNAL_BANNER (self));

  g_free (self->answer);
  self->is_set = swb_journals_folder_set (self->settings, folder, &error);
  if (self->is_set)
    {
      g_autofree char *name = swb_journals_folder_dup_text (self->settings);

      /* Translators: %s is a folder */
      self->answer = g_strdup_printf (_ ("From the next start on, journals are kept in %s. "
                                         "This one can be saved as a recording."),
                                      name);
    }
  else
    self->answer = g_strdup (error != NULL ? error->message : "");
  update (self);
}

static void
folder_chosen_cb (GFile *folder, gpointer user_data)
{
  swb_journal_banner_choose_folder (user_data, folder);
}

static void
choose_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  swb_compat_choose_folder (GTK_WINDOW (root), _ ("Folder for Journals"), folder_chosen_cb,
                            widget);
}

static void
dismiss_cb (SwbJournalBanner *self)
{
  SwbHealth health = { 0 };

  if (self->bench != NULL)
    swb_journal_get_health (swb_bench_get_journal (self->bench), &health);
  self->dismissed |= 1u << find_trouble (self, &health);
  update (self);
}

static void
clear_bench (SwbJournalBanner *self)
{
  swb_source_clear (&self->watch);
  swb_source_clear (&self->records);
  g_clear_object (&self->bench);
}

static void
swb_journal_banner_dispose (GObject *object)
{
  SwbJournalBanner *self = SWB_JOURNAL_BANNER (object);

  clear_bench (self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->answer, g_free);
  g_clear_pointer ((GtkWidget **)&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (swb_journal_banner_parent_class)->dispose (object);
}

static void
swb_journal_banner_class_init (SwbJournalBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_journal_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/journal-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbJournalBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalBanner, title);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalBanner, text);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalBanner, answer_label);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalBanner, button);
  gtk_widget_class_install_action (widget_class, choose_folder.action, NULL,
                                   choose_folder_action);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
}

static void
swb_journal_banner_init (SwbJournalBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APP_ID);
}

void
swb_journal_banner_set_bench (SwbJournalBanner *self, SwbBench *bench)
{
  g_return_if_fail (SWB_IS_JOURNAL_BANNER (self));

  clear_bench (self);
  if (bench != NULL)
    {
      self->bench = g_object_ref (bench);
      self->watch = attach (
          self, swb_follower_new_for_health (swb_bench_get_journal (bench), INTERVAL_US));
    }
  update (self);
}

void
swb_journal_banner_set_notice (SwbJournalBanner *self, const char *notice)
{
  g_return_if_fail (SWB_IS_JOURNAL_BANNER (self));

  g_free (self->notice);
  self->notice = g_strdup (notice);
  self->dismissed &= ~(1u << NOTICE);
  update (self);
}
