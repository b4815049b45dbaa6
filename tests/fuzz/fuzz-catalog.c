/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include "bench/swb-constants.h"
#include "bench/swb-state.h"
#include "net/swb-catalog.h"
#include "net/swb-duration.h"
#include "net/swb-errno.h"

/* The words for numbers: what one of them names has a name that names the same. */

typedef gboolean (*ParseFunc) (const char *text, int *value, GError **error);
typedef char *(*PrintFunc) (int value);

static const struct
{
  ParseFunc parse;
  PrintFunc print;
} words[] = {
  { swb_catalog_parse_domain, swb_catalog_print_domain },
  { swb_catalog_parse_type, swb_catalog_print_type },
  { swb_constants_parse_level, swb_constants_print_level },
  { swb_constants_parse_flags, swb_constants_print_flags },
  { swb_constants_parse_how, swb_constants_print_how },
};

static void
check_words (const char *text, int *numbers)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *printed = NULL;
      g_autoptr (GError) error = NULL;
      int again;

      if (!words[i].parse (text, &numbers[i], &error))
        {
          fuzz_assert_explained (error);
          continue;
        }
      printed = words[i].print (numbers[i]);
      g_assert_true (words[i].parse (printed, &again, NULL));
      g_assert_cmpint (again, ==, numbers[i]);
    }
}

/* A number is another protocol in another domain, and a name of any domain's is taken. */
static void
check_protocol (const char *text, int domain, int *protocol)
{
  g_autofree char *printed = NULL;
  int again;

  if (!swb_catalog_parse_protocol (text, protocol, NULL))
    return;
  printed = swb_catalog_print_protocol (domain, *protocol);
  g_assert_true (swb_catalog_parse_protocol (printed, &again, NULL));
  g_assert_cmpint (again, ==, *protocol);
}

static void
check_option (const char *text, int level)
{
  g_autofree char *printed = NULL;
  int name, again;

  if (!swb_constants_parse_option (text, level, &name, NULL))
    return;
  printed = swb_constants_print_option (level, name);
  g_assert_true (swb_constants_parse_option (printed, level, &again, NULL));
  g_assert_cmpint (again, ==, name);
}

static void
check_duration (const char *text)
{
  g_autofree char *printed = NULL;
  gint64 duration_ns, again_ns;
  g_autoptr (GError) error = NULL;

  if (!swb_duration_parse (text, &duration_ns, &error))
    {
      fuzz_assert_explained (error);
      return;
    }
  printed = swb_duration_print (duration_ns);
  g_assert_true (swb_duration_parse (printed, &again_ns, NULL));
  g_assert_cmpint (again_ns, ==, duration_ns);
}

static void
check_sentences (int domain, int type, int protocol, int number)
{
  g_autofree char *sentence = swb_catalog_explain (domain, type, protocol, number);
  g_autofree char *label = swb_catalog_label_protocol (domain, type, protocol);
  guint n_protocols;

  fuzz_assert_harmless (sentence);
  fuzz_assert_harmless (label);
  g_assert_nonnull (swb_catalog_get_protocols (domain, type, &n_protocols));
  g_assert_cmpuint (n_protocols, >, 0);
  g_assert_nonnull (swb_errno_name (number));
  g_assert_nonnull (swb_errno_explain ((SwbCall)(number % SWB_N_CALLS), number));
}

/* A word in each line: domain, type, protocol, level, flags, how; the last one's is an
 * option's name as well. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 8);
  int numbers[G_N_ELEMENTS (words)] = { 0 };
  int protocol = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      SwbState state;

      check_words (lines[i], numbers);
      check_protocol (lines[i], numbers[0], &protocol);
      check_option (lines[i], numbers[2]);
      check_duration (lines[i]);
      swb_errno_from_name (lines[i]);
      swb_state_from_name (lines[i], &state);
    }
  check_sentences (numbers[0], numbers[1], protocol, numbers[3]);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
}
