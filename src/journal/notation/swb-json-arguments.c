/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-json-arguments.h"

#include "journal/notation/swb-json-text.h"
#include "journal/notation/swb-notation-private.h"

typedef enum
{
  MEMBER_NUMBER,
  MEMBER_CONSTANT,
  MEMBER_PROTOCOL, /* named after the domain in front of it */
  MEMBER_OPTION,   /* after the level */
} MemberKind;

typedef struct
{
  const char *name; /* NULL: no more of them */
  MemberKind kind;
  SwbJsonPrintFunc print; /* of a constant */
} Member;

/* clang-format off */
#define DOMAIN { "domain", MEMBER_CONSTANT, swb_print_domain }
#define TYPE { "type", MEMBER_CONSTANT, swb_print_type }
#define PROTOCOL { "protocol", MEMBER_PROTOCOL, NULL }
#define LEVEL { "level", MEMBER_CONSTANT, swb_print_level }
#define OPTION { "option", MEMBER_OPTION, NULL }
#define NUMBER(name) { name, MEMBER_NUMBER, NULL }
#define FLAGS(name) { name, MEMBER_CONSTANT, swb_print_message_flags }
/* clang-format on */

/* What the ints of a record are called, one after the other. */
static const Member members[SWB_N_CALLS][SWB_RECORD_MAX_INTS] = {
  [SWB_CALL_SOCKET] = { DOMAIN, TYPE, PROTOCOL },
  [SWB_CALL_SOCKETPAIR] = { DOMAIN, TYPE, PROTOCOL },
  [SWB_CALL_LISTEN] = { NUMBER ("backlog") },
  [SWB_CALL_ACCEPT] = { { "flags", MEMBER_CONSTANT, swb_print_accept_flags } },
  [SWB_CALL_SEND] = { NUMBER ("length"), FLAGS ("flags") },
  [SWB_CALL_SENDTO] = { NUMBER ("length"), FLAGS ("flags") },
  [SWB_CALL_RECV] = { NUMBER ("room"), FLAGS ("flags") },
  [SWB_CALL_RECVFROM] = { NUMBER ("room"), FLAGS ("flags") },
  [SWB_CALL_WRITE] = { NUMBER ("length") },
  [SWB_CALL_READ] = { NUMBER ("room") },
  [SWB_CALL_SENDMSG] = { NUMBER ("length"), FLAGS ("flags"), FLAGS ("msg_flags") },
  [SWB_CALL_SENDMMSG] = { NUMBER ("length"), FLAGS ("flags"), FLAGS ("msg_flags") },
  [SWB_CALL_RECVMSG] = { NUMBER ("room"), FLAGS ("flags"), FLAGS ("msg_flags") },
  [SWB_CALL_RECVMMSG] = { NUMBER ("room"), FLAGS ("flags"), FLAGS ("msg_flags") },
  [SWB_CALL_SHUTDOWN] = { { "how", MEMBER_CONSTANT, swb_print_how } },
  [SWB_CALL_IOCTL]
  = { { "request", MEMBER_CONSTANT, swb_print_request }, NUMBER ("value") },
  [SWB_CALL_GETSOCKOPT] = { LEVEL, OPTION, NUMBER ("room") },
  [SWB_CALL_SETSOCKOPT] = { LEVEL, OPTION },
};

/* @n: which one; NULL where the call has none of that number */
static const Member *
get_member (SwbCall call, guint n)
{
  return (guint)call < SWB_N_CALLS && n < SWB_RECORD_MAX_INTS
                 && members[call][n].name != NULL
             ? &members[call][n]
             : NULL;
}

static void
add_member (GString *out, const Member *member, const gint64 *ints, guint n)
{
  g_autoptr (GString) text = NULL;

  switch (member->kind)
    {
    case MEMBER_NUMBER:
      swb_json_add_int (out, member->name, ints[n]);
      break;
    case MEMBER_CONSTANT:
      swb_json_add_constant (out, member->name, member->print, ints[n]);
      break;
    case MEMBER_PROTOCOL:
      text = g_string_new (NULL);
      swb_print_protocol (text, ints[0], ints[n]);
      swb_json_add_string (out, member->name, text->str);
      break;
    case MEMBER_OPTION:
    default:
      text = g_string_new (NULL);
      swb_print_option (text, ints[0], ints[n]);
      swb_json_add_string (out, member->name, text->str);
      break;
    }
}

static gboolean
read_member (SwbJsonReader *self, const Member *member, gint64 *value)
{
  switch (member->kind)
    {
    case MEMBER_NUMBER:
      return swb_json_reader_get_int (self, member->name, G_MININT64, G_MAXINT64, value);
    case MEMBER_PROTOCOL:
      return swb_json_reader_get_protocol (self, value);
    case MEMBER_CONSTANT:
    case MEMBER_OPTION:
    default:
      return swb_json_reader_get_constant (self, member->name, value);
    }
}

/* --- messages --- */

static void
add_place (GString *out, const SwbRecord *record)
{
  SwbBatch batch = swb_record_get_batch (record);

  swb_json_add_int (out, "message_index", batch.index);
  swb_json_add_int (out, "messages", batch.n_messages);
  swb_json_add_int (out, "messages_offered", batch.n_offered);
}

static gboolean
read_place (SwbJsonReader *self)
{
  gint64 index, n_messages, n_offered;

  if (!swb_json_reader_get_int (self, "message_index", 0, SWB_BATCH_MAX, &index)
      || !swb_json_reader_get_int (self, "messages", 0, SWB_BATCH_MAX, &n_messages)
      || !swb_json_reader_get_int (self, "messages_offered", 0, G_MAXUINT32, &n_offered))
    return FALSE;

  swb_record_set_batch (self->record,
                        (SwbBatch){ (guint)index, (guint)n_messages, (guint)n_offered });
  return TRUE;
}

static void
add_control (GString *out, const SwbRecord *record)
{
  g_autoptr (GString) control = g_string_new (NULL);

  swb_print_control (control, record->control, record->n_control);
  swb_json_add_string (out, "control", control->str);
  swb_json_add_bytes (out, "control_data", record->control, record->n_control);
}

/* --- the whole --- */

void
swb_json_add_arguments (GString *out, const SwbRecord *record)
{
  const Member *member;

  for (guint i = 0; (member = get_member (record->call, i)) != NULL; i++)
    add_member (out, member, record->ints, i);
  if (swb_call_is_batch (record->call))
    add_place (out, record);
  if (swb_call_has_messages (record->call) && record->n_control > 0)
    add_control (out, record);
}

gboolean
swb_json_read_arguments (SwbJsonReader *self)
{
  const Member *member;

  for (guint i = 0; (member = get_member (self->record->call, i)) != NULL; i++)
    if (!read_member (self, member, &self->record->ints[i]))
      return FALSE;

  return !swb_call_is_batch (self->record->call) || read_place (self);
}
