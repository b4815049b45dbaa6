/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/j1939.h>
#include <string.h>

/* CAN, and what its protocols carry. Numbers of services are those of ISO 14229, of
 * parameter groups those of SAE J1939. */

#define FRAMES_TOLD 4u
#define DATA_TOLD 16u
#define UDS_ANSWER 0x40u
#define UDS_REFUSAL 0x7fu

typedef struct
{
  guint number;
  const char *name;
} Named;

static const Named opcodes[] = {
  { TX_SETUP, "TX_SETUP" },   { TX_DELETE, "TX_DELETE" },   { TX_READ, "TX_READ" },
  { TX_SEND, "TX_SEND" },     { RX_SETUP, "RX_SETUP" },     { RX_DELETE, "RX_DELETE" },
  { RX_READ, "RX_READ" },     { TX_STATUS, "TX_STATUS" },   { TX_EXPIRED, "TX_EXPIRED" },
  { RX_STATUS, "RX_STATUS" }, { RX_TIMEOUT, "RX_TIMEOUT" }, { RX_CHANGED, "RX_CHANGED" },
};

static const Named services[] = {
  { 0x10, "DiagnosticSessionControl" },
  { 0x11, "ECUReset" },
  { 0x14, "ClearDiagnosticInformation" },
  { 0x19, "ReadDTCInformation" },
  { 0x22, "ReadDataByIdentifier" },
  { 0x23, "ReadMemoryByAddress" },
  { 0x24, "ReadScalingDataByIdentifier" },
  { 0x27, "SecurityAccess" },
  { 0x28, "CommunicationControl" },
  { 0x29, "Authentication" },
  { 0x2a, "ReadDataByPeriodicIdentifier" },
  { 0x2c, "DynamicallyDefineDataIdentifier" },
  { 0x2e, "WriteDataByIdentifier" },
  { 0x2f, "InputOutputControlByIdentifier" },
  { 0x31, "RoutineControl" },
  { 0x34, "RequestDownload" },
  { 0x35, "RequestUpload" },
  { 0x36, "TransferData" },
  { 0x37, "RequestTransferExit" },
  { 0x38, "RequestFileTransfer" },
  { 0x3d, "WriteMemoryByAddress" },
  { 0x3e, "TesterPresent" },
  { 0x83, "AccessTimingParameter" },
  { 0x84, "SecuredDataTransmission" },
  { 0x85, "ControlDTCSetting" },
  { 0x86, "ResponseOnEvent" },
  { 0x87, "LinkControl" },
};

static const Named groups[] = {
  { 0x0e800, "acknowledgement" },
  { 0x0ea00, "request" },
  { 0x0eb00, "transport data" },
  { 0x0ec00, "transport connection" },
  { 0x0ee00, "address claimed" },
  { 0x0fed8, "commanded address" },
  { 0x0fe6c, "tachograph" },
  { 0x0feca, "active trouble codes (DM1)" },
  { 0x0fecb, "previous trouble codes (DM2)" },
  { 0x0feda, "software identification" },
  { 0x0feeb, "component identification" },
  { 0x0feec, "vehicle identification" },
  { 0x0feee, "engine temperature" },
  { 0x0feef, "engine fluids" },
  { 0x0fef1, "cruise control and speed" },
  { 0x0fef2, "fuel economy" },
  { 0x0f003, "engine controller 2" },
  { 0x0f004, "engine controller 1" },
};

static const char *
find_name (const Named *names, gsize n_names, guint number)
{
  for (gsize i = 0; i < n_names; i++)
    if (names[i].number == number)
      return names[i].name;

  return NULL;
}

static void
put_digits (GString *text, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%02X", bytes[i]);
}

static void
put_id (GString *text, guint32 id)
{
  if ((id & CAN_ERR_FLAG) != 0)
    g_string_append_printf (text, "error 0x%X", id & CAN_ERR_MASK);
  else if ((id & CAN_EFF_FLAG) != 0)
    g_string_append_printf (text, "%08X", id & CAN_EFF_MASK);
  else
    g_string_append_printf (text, "%03X", id & CAN_SFF_MASK);
}

/* As candump writes them: 123#DEADBEEF, 123##1 with the flags of FD, 123#R4. */
static void
put_frame (GString *text, const guint8 *bytes, gsize n)
{
  guint length = MIN (bytes[4], n == CANFD_MTU ? CANFD_MAX_DLEN : CAN_MAX_DLEN);

  put_id (text, swb_native32 (bytes));
  if (n == CANFD_MTU)
    g_string_append_printf (text, "##%X", bytes[5] & 0xf);
  else if ((swb_native32 (bytes) & (CAN_RTR_FLAG | CAN_ERR_FLAG)) == CAN_RTR_FLAG)
    {
      g_string_append_printf (text, "#R%u", length);
      return;
    }
  else
    g_string_append_c (text, '#');
  put_digits (text, bytes + 8, length);
}

void
swb_dissect_can (GString *text, const guint8 *bytes, gsize n)
{
  if (n != CAN_MTU && n != CANFD_MTU)
    {
      g_string_append (text, "CAN");
      swb_dissect_put_size (text, n);
      return;
    }

  g_string_append (text, "CAN ");
  put_frame (text, bytes, n);
}

static void
put_pause (GString *text, const char *word, glong seconds, glong microseconds)
{
  if (seconds != 0 || microseconds != 0)
    g_string_append_printf (text, ", %s %ld.%06ld s", word, seconds, microseconds);
}

/* linux/can/bcm.h: a head, and frames behind it. */
void
swb_dissect_can_bcm (GString *text, const guint8 *bytes, gsize n)
{
  struct bcm_msg_head head;
  const char *name;
  gsize size, n_there;

  if (n < sizeof head)
    {
      swb_dissect_put_cut (text, "BCM", n);
      return;
    }
  memcpy (&head, bytes, sizeof head);
  size = (head.flags & CAN_FD_FRAME) != 0 ? CANFD_MTU : CAN_MTU;
  n_there = (n - sizeof head) / size;

  name = find_name (opcodes, G_N_ELEMENTS (opcodes), head.opcode);
  if (name != NULL)
    g_string_append_printf (text, "BCM %s ", name);
  else
    g_string_append_printf (text, "BCM opcode %u ", head.opcode);
  put_id (text, head.can_id);
  if (head.count > 0)
    g_string_append_printf (text, ", %u times", head.count);
  put_pause (text, "every", head.ival1.tv_sec, head.ival1.tv_usec);
  put_pause (text, "then every", head.ival2.tv_sec, head.ival2.tv_usec);
  for (gsize i = 0; i < MIN (MIN (n_there, head.nframes), FRAMES_TOLD); i++)
    {
      g_string_append (text, i == 0 ? ": " : ", ");
      put_frame (text, bytes + sizeof head + i * size, size);
    }
  if (head.nframes > MIN (n_there, FRAMES_TOLD))
    g_string_append_printf (text, ", %u frames in all", head.nframes);
}

/* Diagnostics (UDS), which is what ISO-TP is for; of other programs the bytes alone. */
void
swb_dissect_can_isotp (GString *text, const guint8 *bytes, gsize n)
{
  gboolean is_refusal = bytes[0] == UDS_REFUSAL && n >= 3;
  guint service = is_refusal ? bytes[1] : bytes[0];
  gboolean is_answer = !is_refusal && (service & UDS_ANSWER) != 0;
  const char *name = find_name (services, G_N_ELEMENTS (services),
                                is_answer ? service - UDS_ANSWER : service);

  g_string_append (text, "ISO-TP ");
  if (name != NULL)
    g_string_append_printf (text, "%s%s ", name,
                            is_refusal  ? " refused"
                            : is_answer ? " answer"
                                        : "");
  put_digits (text, bytes, MIN (n, DATA_TOLD));
  g_string_append (text, n > DATA_TOLD ? "…" : "");
  swb_dissect_put_size (text, n);
}

/* The group is not in the bytes, but in the address. */
void
swb_dissect_can_j1939 (GString *text, const SwbAddress *address, const guint8 *bytes,
                       gsize n)
{
  struct sockaddr_can can = { 0 };

  g_string_append (text, "J1939 ");
  if (address != NULL && address->family == AF_CAN && address->length >= sizeof can)
    {
      const char *name;

      memcpy (&can, &address->storage, sizeof can);
      name = find_name (groups, G_N_ELEMENTS (groups), can.can_addr.j1939.pgn);
      if (can.can_addr.j1939.pgn != J1939_NO_PGN)
        g_string_append_printf (text, "PGN %05X%s%s ", can.can_addr.j1939.pgn,
                                name != NULL ? " " : "", name != NULL ? name : "");
      g_string_append_printf (text, "address %02X ", can.can_addr.j1939.addr);
    }
  put_digits (text, bytes, MIN (n, DATA_TOLD));
  g_string_append (text, n > DATA_TOLD ? "…" : "");
  swb_dissect_put_size (text, n);
}
