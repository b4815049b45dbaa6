/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>

/* Options of Bluetooth, and of the other radio domain whose level has a number of IP's. */

/* clang-format off */
#define B(...) SWB_OPTION_ROW (SWB_SOL_BLUETOOTH, "net/bluetooth/bluetooth.h", __VA_ARGS__)
#define H(...) SWB_OPTION_ROW (SWB_SOL_HCI, "net/bluetooth/hci_sock.h", __VA_ARGS__)
#define L(...) SWB_OPTION_ROW (SWB_SOL_L2CAP, "net/bluetooth/l2cap.h", __VA_ARGS__)
#define R(...) SWB_OPTION_ROW (SWB_SOL_RFCOMM, "net/bluetooth/rfcomm.h", __VA_ARGS__)
#define S(...) SWB_OPTION_ROW (SWB_SOL_SCO, "net/bluetooth/sco.h", __VA_ARGS__)
#define W(...) SWB_OPTION_ROW (SWB_SOL_IEEE802154, "net/af_ieee802154.h", __VA_ARGS__)

static const SwbOption bluetooth[] = {
  B (4, BT_SECURITY, STRUCT, SWB_RW, "2.6.30", N_("How safe the link must be, and how long a key.")),
  B (7, BT_DEFER_SETUP, INT, SWB_RW, "2.6.30", N_("A connection is granted by the first receive on it.")),
  B (8, BT_FLUSHABLE, INT, SWB_RW, "2.6.39", N_("Packets that are late may be given up.")),
  B (9, BT_POWER, STRUCT, SWB_RW, "3.1", N_("Whether a sleeping link may be woken.")),
  B (10, BT_CHANNEL_POLICY, INT, SWB_RW, "3.10", N_("Which kind of controller the channel may be on.")),
  B (11, BT_VOICE, STRUCT, SWB_RW, "3.12", N_("How sound is coded.")),
  B (12, BT_SNDMTU, STRUCT, SWB_R, "3.14", N_("The most bytes that the peer takes at once.")),
  B (13, BT_RCVMTU, STRUCT, SWB_RW, "3.14", N_("The most bytes that are taken at once.")),
  B (14, BT_PHY, INT, SWB_R, "5.7", N_("Which kinds of radio the link can use.")),
  B (15, BT_MODE, STRUCT, SWB_RW, "5.8", N_("How a channel of L2CAP controls its flow.")),
  B (16, BT_PKT_STATUS, INT, SWB_RW, "5.9", N_("Tells beside each packet whether it arrived whole.")),
  B (17, BT_ISO_QOS, BYTES, SWB_RW, "6.0", N_("Times and sizes of a channel for sound.")),
  B (19, BT_CODEC, BYTES, SWB_RW, "5.16", N_("Which codecs a channel for sound has, and which is used.")),
  B (20, BT_ISO_BASE, BYTES, SWB_RW, "6.0", N_("What a broadcast of sound tells of itself.")),
};

static const SwbOption hci[] = {
  H (1, HCI_DATA_DIR, BOOL, SWB_RW, "2.4.6", N_("Tells beside each packet whether this machine sent it.")),
  H (2, HCI_FILTER, STRUCT, SWB_RW, "2.4.6", N_("Which packets, events and answers to commands are received, as bits.")),
  H (3, HCI_TIME_STAMP, BOOL, SWB_RW, "2.5.16", N_("Tells beside each packet when it came.")),
};

static const SwbOption l2cap[] = {
  L (1, L2CAP_OPTIONS, STRUCT, SWB_RW, "2.4.6", N_("The most bytes in either direction, the mode and its windows; set before connect.")),
  L (2, L2CAP_CONNINFO, STRUCT, SWB_R, "2.4.6", N_("The number of the link and the class of the peer’s device.")),
  L (3, L2CAP_LM, INT, SWB_RW, "2.4.6", N_("What the link must be, as bits: authenticated, encrypted, trusted.")),
};

static const SwbOption rfcomm[] = {
  R (2, RFCOMM_CONNINFO, STRUCT, SWB_R, "2.4.21", N_("The number of the link and the class of the peer’s device.")),
  R (3, RFCOMM_LM, INT, SWB_RW, "2.4.21", N_("What the link must be, as bits: authenticated, encrypted, secure.")),
};

static const SwbOption sco[] = {
  S (1, SCO_OPTIONS, STRUCT, SWB_R, "2.4.21", N_("The most bytes of sound in a packet.")),
  S (2, SCO_CONNINFO, STRUCT, SWB_R, "2.4.21", N_("The number of the link and the class of the peer’s device.")),
};

static const SwbOption wpan[] = {
  W (0, WPAN_WANTACK, BOOL, SWB_RW, "2.6.33", N_("Frames ask to be acknowledged.")),
  W (1, WPAN_SECURITY, INT, SWB_RW | SWB_RIGHTS, "3.16", N_("Whether frames are encrypted: 0 as the interface does, 1 off, 2 on.")),
  W (2, WPAN_SECURITY_LEVEL, INT, SWB_RW | SWB_RIGHTS, "3.16", N_("How frames are signed and encrypted, 0 to 7; -1 as the interface does.")),
  W (3, WPAN_WANTLQI, BOOL, SWB_RW, "4.20", N_("Tells beside each frame how good the link was.")),
};
/* clang-format on */

const SwbOptions swb_options_bluetooth = { bluetooth, G_N_ELEMENTS (bluetooth) };
const SwbOptions swb_options_hci = { hci, G_N_ELEMENTS (hci) };
const SwbOptions swb_options_l2cap = { l2cap, G_N_ELEMENTS (l2cap) };
const SwbOptions swb_options_rfcomm = { rfcomm, G_N_ELEMENTS (rfcomm) };
const SwbOptions swb_options_sco = { sco, G_N_ELEMENTS (sco) };
const SwbOptions swb_options_wpan = { wpan, G_N_ELEMENTS (wpan) };
