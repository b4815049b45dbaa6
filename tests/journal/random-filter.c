/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "random-filter.h"

#include <errno.h>
#include <string.h>

#include "net/swb-address.h"
#include "net/swb-errno.h"
#include "net/swb-payload.h"

typedef enum
{
  LEAF,
  AND,
  OR,
  NOT
} Type;

/* A leaf is a field by name, an operator by its sign, and what they make of a record. */
struct _RandomFilter
{
  Type type;
  RandomFilter *children[3];
  guint n_children;
  const char *field;
  const char *op;
  char *value; /* as it is printed */
  gint64 number;
  gint64 number_to;
  gboolean before_last;
  char *bytes;
  gsize n_bytes;
  gboolean caseless;
};

static const char *const order_ops[] = { "=", "!=", "<", "<=", ">", ">=", "==" };
static const char *const number_fields[]
    = { "pane", "socket", "call",  "dir",  "kind", "origin",
        "len",  "result", "errno", "took", "time" };
static const char *const text_fields[] = { "data", "data", "data", "peer", "local" };
static const char *const directions[] = { "in", "none", "out" };
static const char *const origins[] = { "command", "auto", "responder", "engine", "survey" };
static const char *const kinds[] = { "", "call", "command", "outcome", "note" };

static guint
pick (guint n)
{
  return (guint)g_test_rand_int_range (0, (gint32)n);
}

guint
find_lettered_pane (const char *name, gpointer user_data)
{
  return strlen (name) == 1 && *name >= 'a' && *name <= 'd' ? (guint)(*name - 'a') + 1 : 0;
}

char *
dup_numbered_address (guint pane, guint connection, int end, gpointer user_data)
{
  return pane == 4 ? NULL : g_strdup_printf ("10.0.%d.%u:%u", end, pane, connection + 1);
}

static void
fill_number (RandomFilter *self)
{
  self->number = self->number_to = (gint64)pick (4) - 1;
  if (g_str_equal (self->field, "pane"))
    {
      self->number = self->number_to = pick (4) + 1;
      self->value = g_test_rand_bit ()
                        ? g_strdup_printf ("%c", (char)('a' + self->number - 1))
                        : g_strdup_printf ("%d", (int)self->number);
    }
  else if (g_str_equal (self->field, "call"))
    {
      self->number = self->number_to = pick (SWB_N_CALLS - 1) + 1;
      self->value = g_strdup (swb_call_get_info ((SwbCall)self->number)->name);
    }
  else if (g_str_equal (self->field, "dir"))
    {
      self->number = self->number_to = (gint64)pick (3) - 1;
      self->value = g_strdup (directions[self->number + 1]);
    }
  else if (g_str_equal (self->field, "kind"))
    {
      self->number = self->number_to = pick (4) + 1;
      self->value = g_strdup (kinds[self->number]);
    }
  else if (g_str_equal (self->field, "origin"))
    {
      self->number = self->number_to = pick (G_N_ELEMENTS (origins));
      self->value = g_strdup (origins[self->number]);
    }
  else if (g_str_equal (self->field, "errno") && g_test_rand_bit ())
    {
      self->number = self->number_to = ECONNREFUSED;
      self->value = g_strdup ("ECONNREFUSED");
    }
  else if (g_str_equal (self->field, "len"))
    {
      self->number = self->number_to = pick (70);
      self->value = g_strdup_printf (g_test_rand_bit () ? "%d" : "0x%x", (int)self->number);
    }
  else
    self->value = g_strdup_printf ("%d", (int)self->number);
}

static void
fill_socket (RandomFilter *self)
{
  gint64 pane = pick (4) + 1, connection = pick (4);

  self->op = order_ops[pick (2)];
  self->number = self->number_to = pane << 32 | connection;
  if (connection == 3)
    {
      self->number = pane << 32 | 1;
      self->number_to = pane << 32 | G_MAXUINT32;
      self->value = g_strdup_printf ("%c#all", (char)('a' + pane - 1));
    }
  else if (connection == 0)
    self->value = g_strdup_printf ("%c", (char)('a' + pane - 1));
  else
    self->value = g_strdup_printf ("%c#%d", (char)('a' + pane - 1), (int)connection);
}

static void
fill_time (RandomFilter *self)
{
  static const char *const units[] = { "ns", "us", "ms", "s" };
  static const gint64 unit_ns[] = { 1, 1000, 1000000, 1000000000 };
  guint unit = pick (4), number = pick (1000);

  self->before_last = g_str_equal (self->field, "time") && g_test_rand_bit ();
  self->number = self->number_to
      = (gint64)number * unit_ns[unit] * (self->before_last ? -1 : 1);
  self->value
      = g_strdup_printf ("%s%u%s", self->before_last ? "-" : "", number, units[unit]);
}

static void
fill_text (RandomFilter *self)
{
  static const char *const ops[] = { "=", "!=", "~", "~*", "=~" };
  static const char *const addresses[] = { "10.0.1.1:2", "10.0", ":3", "127.0.0.1", "" };
  guint n = pick (4);

  self->op = ops[pick (5)];
  self->bytes = g_malloc0 (16);
  if (!g_str_equal (self->field, "data"))
    g_strlcpy (self->bytes, addresses[pick (5)], 16);
  for (guint i = 0; i < n && g_str_equal (self->field, "data"); i++)
    self->bytes[i] = "abAB"[pick (4)];
  self->n_bytes = strlen (self->bytes);
  self->caseless = g_str_equal (self->op, "~*");

  if (g_str_equal (self->op, "=~"))
    {
      g_autofree char *escaped = g_regex_escape_string (self->bytes, -1);

      self->caseless = g_test_rand_bit ();
      self->value = g_strdup_printf ("/%s/%s", escaped, self->caseless ? "i" : "");
    }
  else
    self->value = swb_payload_print ((const guint8 *)self->bytes, self->n_bytes);
}

static void
fill_leaf (RandomFilter *self)
{
  if (pick (3) == 0)
    {
      self->field = text_fields[pick (G_N_ELEMENTS (text_fields))];
      fill_text (self);
      return;
    }

  self->field = number_fields[pick (G_N_ELEMENTS (number_fields))];
  gboolean ordered = strstr ("len result errno took time", self->field) != NULL;
  self->op = order_ops[pick (ordered ? G_N_ELEMENTS (order_ops) : 2)];
  if (g_str_equal (self->field, "socket"))
    fill_socket (self);
  else if (g_str_equal (self->field, "took") || g_str_equal (self->field, "time"))
    fill_time (self);
  else
    fill_number (self);
}

RandomFilter *
random_filter_new (guint depth)
{
  RandomFilter *self = g_new0 (RandomFilter, 1);

  self->type = depth == 0 ? LEAF : pick (4);
  if (self->type == LEAF)
    fill_leaf (self);
  else
    self->n_children = self->type == NOT ? 1 : pick (2) + 2;
  for (guint i = 0; i < self->n_children; i++)
    self->children[i] = random_filter_new (depth - 1);
  return self;
}

void
random_filter_free (RandomFilter *self)
{
  for (guint i = 0; i < self->n_children; i++)
    random_filter_free (self->children[i]);
  g_free (self->value);
  g_free (self->bytes);
  g_free (self);
}

static void
print (const RandomFilter *self, GString *text)
{
  static const char *const ands[] = { " and ", " && ", " " };
  static const char *const ors[] = { " or ", "||" };

  if (self->type == LEAF)
    {
      g_string_append_printf (text, "%s%s%s%s", self->field, pick (2) ? " " : "", self->op,
                              pick (2) ? " " : "");
      g_string_append (text, self->value);
      return;
    }
  if (self->type == NOT)
    g_string_append (text, pick (2) ? "not " : "!");

  for (guint i = 0; i < self->n_children; i++)
    {
      if (i > 0)
        g_string_append (text, self->type == AND ? ands[pick (3)] : ors[pick (2)]);
      g_string_append_c (text, '(');
      print (self->children[i], text);
      g_string_append_c (text, ')');
    }
}

char *
random_filter_print (const RandomFilter *self)
{
  GString *text = g_string_new (NULL);

  print (self, text);
  return g_string_free (text, FALSE);
}

static gint64
get_number (const RandomFilter *self, const SwbRecord *record, gint64 first_ns,
            gint64 last_ns)
{
  if (g_str_equal (self->field, "pane"))
    return record->pane;
  if (g_str_equal (self->field, "socket"))
    return (gint64)record->pane << 32 | record->connection;
  if (g_str_equal (self->field, "call"))
    return record->call;
  if (g_str_equal (self->field, "dir"))
    return swb_record_get_direction (record);
  if (g_str_equal (self->field, "kind"))
    return record->kind;
  if (g_str_equal (self->field, "origin"))
    return record->origin;
  if (g_str_equal (self->field, "len"))
    return (gint64)record->n_data;
  if (g_str_equal (self->field, "result"))
    return record->result;
  if (g_str_equal (self->field, "errno"))
    return record->error;
  if (g_str_equal (self->field, "took"))
    return record->took_ns;
  return record->time_ns - (self->before_last ? last_ns : first_ns);
}

static gboolean
compare (const RandomFilter *self, gint64 number)
{
  const char *op = self->op;

  if (g_str_equal (op, "=") || g_str_equal (op, "=="))
    return number >= self->number && number <= self->number_to;
  if (g_str_equal (op, "!="))
    return number < self->number || number > self->number_to;
  if (g_str_equal (op, "<"))
    return number < self->number;
  if (g_str_equal (op, "<="))
    return number <= self->number;
  if (g_str_equal (op, ">"))
    return number > self->number;
  return number >= self->number;
}

static gboolean
is_equal_at (const RandomFilter *self, const char *at)
{
  return self->caseless ? g_ascii_strncasecmp (at, self->bytes, self->n_bytes) == 0
                        : memcmp (at, self->bytes, self->n_bytes) == 0;
}

static gboolean
contains (const RandomFilter *self, const char *bytes, gsize length)
{
  if (self->n_bytes == 0)
    return TRUE;

  for (gsize i = 0; i + self->n_bytes <= length; i++)
    if (is_equal_at (self, bytes + i))
      return TRUE;
  return FALSE;
}

static char *
dup_address (const RandomFilter *self, const SwbRecord *record)
{
  gboolean peer = g_str_equal (self->field, "peer");
  SwbAddressUse use = swb_call_get_info (record->call)->address;
  gboolean is_local = record->call == SWB_CALL_BIND || record->call == SWB_CALL_GETSOCKNAME;

  if (record->kind == SWB_RECORD_CALL && use != SWB_ADDRESS_ABSENT
      && record->address.length > 0 && is_local == !peer)
    return swb_address_print (&record->address);
  return record->pane == 0
             ? NULL
             : dup_numbered_address (record->pane, record->connection, peer, NULL);
}

static gboolean
match_text (const RandomFilter *self, const SwbRecord *record)
{
  g_autofree char *address
      = g_str_equal (self->field, "data") ? NULL : dup_address (self, record);
  gboolean is_data = g_str_equal (self->field, "data");
  const char *bytes = is_data ? (const char *)record->data : address;
  gsize length = is_data ? record->n_data : address != NULL ? strlen (address) : 0;
  gboolean equal = length == self->n_bytes && (length == 0 || is_equal_at (self, bytes));

  if (g_str_equal (self->op, "="))
    return equal;
  if (g_str_equal (self->op, "!="))
    return !equal;
  return contains (self, bytes, length);
}

gboolean
random_filter_match (const RandomFilter *self, const SwbRecord *record, gint64 first_ns,
                     gint64 last_ns)
{
  guint n = 0;

  if (self->type == LEAF)
    return self->bytes != NULL
               ? match_text (self, record)
               : compare (self, get_number (self, record, first_ns, last_ns));

  for (guint i = 0; i < self->n_children; i++)
    n += random_filter_match (self->children[i], record, first_ns, last_ns) ? 1 : 0;
  if (self->type == NOT)
    return n == 0;
  return self->type == AND ? n == self->n_children : n > 0;
}

void
filterable_record (SwbRecord *record, guint8 *room)
{
  static gint64 time_ns;
  gboolean failed = pick (4) == 0;

  *record = (SwbRecord){
    .time_ns = time_ns += pick (2000000),
    .took_ns = (gint64)pick (2000000) << (pick (8) == 0 ? 16 : 0),
    .kind = pick (3) > 0 ? SWB_RECORD_CALL : pick (4) + 1,
    .pane = pick (5),
    .connection = pick (4),
    .fd = (int)pick (5) - 1,
    .error = failed ? (pick (2) ? ECONNREFUSED : (int)pick (4) + 1) : 0,
    .result = failed ? -1 : (int)pick (4),
    .ints = { pick (3), pick (3) },
    .n_data = pick (3) ? pick (64) : pick (4),
    .data = room,
  };
  if (record->kind == SWB_RECORD_CALL)
    record->call = pick (SWB_N_CALLS - 1) + 1;
  if (pick (3) == 0)
    record->address = (SwbAddress){ .length = sizeof (struct sockaddr_in),
                                    .in = { .sin_family = AF_INET,
                                            .sin_port = htons ((guint16)pick (4)),
                                            .sin_addr.s_addr = htonl (INADDR_LOOPBACK) } };
  for (gsize i = 0; i < record->n_data; i++)
    room[i] = "abAB"[pick (4)];
}
