/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-form.h"

#include <glib/gi18n.h>
#include <linux/if_packet.h>
#include <string.h>

#include "net/swb-address-field.h"
#include "net/swb-address-text.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"

/* A name without a hardware address. */
#define PACKET_FIXED G_STRUCT_OFFSET (struct sockaddr_ll, sll_addr)

const SwbForm *
swb_address_form_find (int domain)
{
  for (guint i = 0; i < swb_address_n_forms; i++)
    if (swb_address_forms[i].domain == domain)
      return &swb_address_forms[i];

  return NULL;
}

gboolean
swb_address_is_form_word (const char *word)
{
  g_return_val_if_fail (word != NULL, FALSE);

  for (guint i = 0; i < swb_address_n_forms; i++)
    if (g_str_equal (swb_address_forms[i].word, word))
      return TRUE;

  return FALSE;
}

/* The form whose word @text begins with; *@length: how much of it that is. */
static const SwbForm *
find_word (int domain, const char *text, gsize *length)
{
  gsize n = strcspn (text, " \t");

  for (guint i = 0; i < swb_address_n_forms; i++)
    {
      const SwbForm *form = &swb_address_forms[i];

      if (form->domain == domain && strlen (form->word) == n
          && strncmp (form->word, text, n) == 0)
        {
          *length = n + strspn (text + n, " \t");
          return form;
        }
    }

  return NULL;
}

static void
write_fixed (const SwbForm *form, guint8 *bytes)
{
  sa_family_t family = (sa_family_t)form->domain;

  memcpy (bytes, &family, sizeof family);
  for (guint i = 0; i < G_N_ELEMENTS (form->fixed); i++)
    {
      const SwbFixed *fixed = &form->fixed[i];
      guint8 small = (guint8)fixed->value;

      if (fixed->size == 1)
        bytes[fixed->offset] = small;
      else if (fixed->size == 2)
        memcpy (bytes + fixed->offset, &fixed->value, 2);
      else if (fixed->size == 4)
        memcpy (bytes + fixed->offset, &(guint32){ fixed->value }, 4);
    }
}

static gboolean
fail_missing (const SwbForm *form, const SwbField *field, GError **error)
{
  g_set_error (
      error, SWB_ERROR, SWB_ERROR_SYNTAX,
      /* Translators: a field of an address, such as port; then the address's form. */
      _ ("The %s is missing; the form is “%s”"), _ (field->name), _ (form->help));
  return FALSE;
}

static gboolean
fail_rest (const SwbForm *form, const char *rest, GError **error)
{
  g_autofree char *shown = swb_escape_show (rest);

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX, _ ("“%s” is too much; the form is “%s”"),
               shown, _ (form->help));
  return FALSE;
}

/* Fields from @at on; *@end: where it went on, or wrong. */
static gboolean
read_fields (const SwbForm *form, const char *at, guint8 *bytes, const char **end,
             GError **error)
{
  for (const SwbField *field = form->fields; field->name != NULL; field++)
    {
      *end = at;
      if (*at == '\0' && field > form->fields && field->is_optional)
        return TRUE;
      if (*at == '\0' && !swb_address_field_may_be_empty (field))
        return fail_missing (form, field, error);
      if (!swb_address_field_read (field, &at, bytes, error))
        {
          *end = at;
          return FALSE;
        }

      *end = at;
      if (*at == ':' && field[1].name != NULL)
        at++;
      else if (*at != '\0')
        return fail_rest (form, at, error);
    }

  return TRUE;
}

gboolean
swb_address_form_parse (int domain, const char *text, SwbAddress *address, gsize *position,
                        GError **error)
{
  gsize skipped = 0;
  const SwbForm *form = find_word (domain, text, &skipped);
  const char *end = text;

  if (form == NULL)
    form = swb_address_form_find (domain);
  g_return_val_if_fail (form != NULL, FALSE);

  memset (address, 0, sizeof *address);
  address->length = form->length;
  write_fixed (form, (guint8 *)&address->storage);
  if (!read_fields (form, text + skipped, (guint8 *)&address->storage, &end, error))
    {
      *position = (gsize)(end - text);
      return FALSE;
    }

  return TRUE;
}

static void
print_field (const SwbField *field, const guint8 *bytes, gboolean by_name, GString *text)
{
  guint32 index;

  if (!by_name || field->kind != SWB_FIELD_INTERFACE)
    {
      swb_address_field_print (field, bytes, text);
      return;
    }

  memcpy (&index, bytes + field->offset, sizeof index);
  g_autofree char *name = swb_address_dup_interface (index);
  g_string_append (text, name);
}

/* Fields at the end that are all zero may be left out. */
static char *
print_form (const SwbForm *form, const SwbAddress *address, gboolean by_name)
{
  GString *text = g_string_new (form->word);
  gsize needed = 0;

  for (const SwbField *field = form->fields; field->name != NULL; field++)
    {
      g_string_append_c (text, field == form->fields ? ' ' : ':');
      print_field (field, (const guint8 *)&address->storage, by_name, text);
      if (!field->is_optional
          || !swb_address_field_is_zero (field, (const guint8 *)&address->storage))
        needed = text->len;
    }

  g_string_truncate (text, needed);
  return g_string_free (text, FALSE);
}

char *
swb_address_form_print (const SwbAddress *address, const SwbForm **form)
{
  for (guint i = 0; i < swb_address_n_forms; i++)
    {
      const SwbForm *candidate = &swb_address_forms[i];
      g_autofree char *text = NULL;
      SwbAddress back;
      gsize position;

      if (candidate->domain != address->family || candidate->length != address->length)
        continue;

      /* What the form has no place for would be lost. */
      text = print_form (candidate, address, FALSE);
      if (!swb_address_form_parse (candidate->domain, text, &back, &position, NULL)
          || !swb_address_equal (address, &back))
        continue;

      if (form != NULL)
        *form = candidate;
      return g_steal_pointer (&text);
    }

  return NULL;
}

/* The kernel gives a name as long as its hardware address, and says in it what came how. */
static void
narrow_packet (SwbAddress *address)
{
  static const guint8 zeros[8];
  struct sockaddr_ll *packet = (struct sockaddr_ll *)&address->storage;

  address->length = sizeof *packet;
  packet->sll_hatype = 0;
  packet->sll_pkttype = 0;
  if (memcmp (packet->sll_addr, zeros, sizeof zeros) == 0)
    packet->sll_halen = 0;
}

char *
swb_address_form_show (const SwbAddress *address)
{
  SwbAddress shown = *address;
  const SwbForm *form = NULL;
  g_autofree char *text = NULL;

  if (address->length < sizeof address->storage)
    memset ((guint8 *)&shown.storage + address->length, 0,
            sizeof shown.storage - address->length);
  if (address->family == AF_PACKET && address->length >= PACKET_FIXED)
    narrow_packet (&shown);
  text = swb_address_form_print (&shown, &form);
  return text != NULL ? print_form (form, &shown, TRUE) : NULL;
}

char *
swb_address_dup_help (int domain)
{
  GString *help = g_string_new (NULL);

  if (domain == AF_RDS || domain == AF_SMC)
    g_string_append (help, _ ("HOST:PORT"));
  for (guint i = 0; i < swb_address_n_forms; i++)
    if (swb_address_forms[i].domain == domain)
      g_string_append_printf (help, "%s%s", help->len > 0 ? "\n" : "",
                              _ (swb_address_forms[i].help));
  if (help->len == 0)
    g_string_append (help, "hex:…");

  return g_string_free (help, FALSE);
}
