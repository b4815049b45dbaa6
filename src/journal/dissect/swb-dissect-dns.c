/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <arpa/inet.h>
#include <string.h>

/* DNS: RFC 1035. Its names point at one another, and come from strangers: pointers are
 * followed so often and names are so long as the protocol allows, and only some of many
 * records are told. */

#define HEADER 12u
#define NAME_MAX_BYTES 255u
#define JUMPS_MAX 16u
#define TOLD_MAX 4u

typedef struct
{
  const guint8 *bytes;
  gsize n;
  gsize at;
} Message;

static const struct
{
  guint type;
  const char *name;
} types[] = {
  { 1, "A" },       { 2, "NS" },    { 5, "CNAME" },  { 6, "SOA" },    { 12, "PTR" },
  { 13, "HINFO" },  { 15, "MX" },   { 16, "TXT" },   { 28, "AAAA" },  { 33, "SRV" },
  { 35, "NAPTR" },  { 41, "OPT" },  { 43, "DS" },    { 46, "RRSIG" }, { 47, "NSEC" },
  { 48, "DNSKEY" }, { 64, "SVCB" }, { 65, "HTTPS" }, { 252, "AXFR" }, { 255, "ANY" },
};

static const char *const codes[]
    = { NULL, "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED" };

static void
put_type (GString *text, guint type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == type)
      {
        g_string_append (text, types[i].name);
        return;
      }
  g_string_append_printf (text, "TYPE%u", type);
}

/* Appends labels with dots between them. *@next: behind the name where it stood. */
static gboolean
read_name (const Message *self, gsize at, GString *name, gsize *next)
{
  guint n_jumps = 0;

  while (at < self->n && self->bytes[at] != 0)
    {
      guint length = self->bytes[at];

      if (length >= 0xc0)
        {
          if (at + 2 > self->n || ++n_jumps > JUMPS_MAX)
            return FALSE;
          if (n_jumps == 1)
            *next = at + 2;
          at = swb_be16 (self->bytes + at) & 0x3fff;
          continue;
        }
      if (length >= 0x40 || at + 1 + length > self->n
          || name->len + length > NAME_MAX_BYTES)
        return FALSE;
      g_string_append (name, name->len > 0 ? "." : "");
      g_string_append_len (name, (const char *)self->bytes + at + 1, length);
      at += 1 + length;
    }

  if (n_jumps == 0)
    *next = at + 1;
  return at < self->n;
}

static gboolean
put_name (GString *text, const Message *self, gsize at, gsize *next)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if (!read_name (self, at, name, next))
    return FALSE;
  if (name->len == 0)
    g_string_append_c (text, '.');
  else
    swb_dissect_put_name (text, (const guint8 *)name->str, name->len);
  return TRUE;
}

static gboolean
put_question (GString *text, Message *self)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gsize next;

  if (!put_name (name, self, self->at, &next) || next + 4 > self->n)
    return FALSE;
  g_string_append_c (text, ' ');
  put_type (text, swb_be16 (self->bytes + next));
  g_string_append_printf (text, " %s", name->str);
  self->at = next + 4;
  return TRUE;
}

static gboolean
put_host (GString *text, int family, const guint8 *at)
{
  char host[INET6_ADDRSTRLEN];

  g_string_append (text, inet_ntop (family, at, host, sizeof host));
  return TRUE;
}

/* What the record says, @n bytes at @at. */
static gboolean
put_data (GString *text, const Message *self, guint type, gsize at, gsize n)
{
  const guint8 *data = self->bytes + at;
  gsize next;

  if (type == 1 && n == 4)
    return put_host (text, AF_INET, data);
  if (type == 28 && n == 16)
    return put_host (text, AF_INET6, data);
  put_type (text, type);
  g_string_append_c (text, ' ');
  if (type == 2 || type == 5 || type == 12)
    return put_name (text, self, at, &next);
  if (type == 15 && n > 2)
    {
      g_string_append_printf (text, "%u ", swb_be16 (data));
      return put_name (text, self, at + 2, &next);
    }
  if (type == 33 && n > 6)
    {
      g_string_append_printf (text, "port %u ", swb_be16 (data + 4));
      return put_name (text, self, at + 6, &next);
    }
  if (type == 16 && n > 0 && data[0] < n)
    swb_dissect_put_name (text, data + 1, data[0]);
  else
    g_string_append_printf (text, "of %" G_GSIZE_FORMAT " bytes", n);
  return TRUE;
}

static gboolean
put_answer (GString *text, Message *self)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) data = g_string_new (NULL);
  gsize next, length;

  if (!read_name (self, self->at, name, &next) || next + 10 > self->n)
    return FALSE;
  length = swb_be16 (self->bytes + next + 8);
  if (next + 10 + length > self->n
      || !put_data (data, self, swb_be16 (self->bytes + next), next + 10, length))
    return FALSE;
  g_string_append (text, data->str);
  self->at = next + 10 + length;
  return TRUE;
}

static void
put_more (GString *text, guint n, guint n_told)
{
  if (n > n_told)
    g_string_append_printf (text, ", %u more", n - n_told);
}

static void
put_records (GString *text, Message *self)
{
  guint n_questions = swb_be16 (self->bytes + 4);
  guint n_answers = swb_be16 (self->bytes + 6);
  gboolean whole = TRUE;

  for (guint i = 0; i < MIN (n_questions, TOLD_MAX) && whole; i++)
    whole = put_question (text, self);
  put_more (text, whole ? n_questions : 0, TOLD_MAX);
  /* What stands behind questions that were not looked at is not where it is looked for. */
  if (n_questions <= TOLD_MAX)
    for (guint i = 0; i < MIN (n_answers, TOLD_MAX) && whole; i++)
      {
        g_string_append (text, i == 0 ? ": " : ", ");
        whole = put_answer (text, self);
      }
  put_more (text, whole ? n_answers : 0, TOLD_MAX);
  if (!whole)
    g_string_append (text, "…");
}

gboolean
swb_dissect_is_dns (guint port)
{
  return port == 53 || port == 5353 || port == 5355;
}

void
swb_dissect_dns (GString *text, guint port, const guint8 *bytes, gsize n)
{
  const char *word = port == 5353 ? "mDNS" : port == 5355 ? "LLMNR" : "DNS";
  Message self = { bytes, n, HEADER };
  guint flags, code;

  if (n < HEADER)
    {
      swb_dissect_put_cut (text, word, n);
      return;
    }

  flags = swb_be16 (bytes + 2);
  code = flags & 0xf;
  g_string_append_printf (text, "%s %s %u", word,
                          (flags & 0x8000) != 0 ? "answer" : "query", swb_be16 (bytes));
  if (code > 0 && code < G_N_ELEMENTS (codes))
    g_string_append_printf (text, " %s", codes[code]);
  else if (code > 0)
    g_string_append_printf (text, " error %u", code);
  put_records (text, &self);
}
