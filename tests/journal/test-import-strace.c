/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/import/swb-import.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <string.h>

#include "cache-folder.h"
#include "import-fixture.h"
#include "journal/notation/swb-notation.h"
#include "net/swb-error.h"

#define HELD_BYTES "0123456789abcdef0123456789abcdef"
#define ADDRESS "{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}"

/* --- what comes out --- */

static void
test_client (void)
{
  g_autoptr (Imported) in = import_text (
      "4711  1732282123.000001 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 3 "
      "<0.000012>\n"
      "4711  1732282123.000002 connect(3, {sa_family=AF_INET, sin_port=htons(80), "
      "sin_addr=inet_addr(\"\\x31\\x32\\x37\\x2e\\x30\\x2e\\x30\\x2e\\x31\")}, 16) = 0 "
      "<0.000020>\n"
      "4711  1732282123.000003 sendto(3, \"\\x61\\x62\\x63\", 5, MSG_NOSIGNAL, NULL, 0) = "
      "2\n"
      "4711  1732282123.000004 recvfrom(3, \"xy\"..., 100, 0, NULL, NULL) = 7 <0.000001>\n"
      "4711  1732282123.000005 recvfrom(3, 0x7ffc8a, 100, MSG_DONTWAIT, NULL, NULL) = -1 "
      "EAGAIN (Resource temporarily unavailable) <0.000001>\n"
      "4711  1732282123.000006 close(3)                    = 0 <0.000003>\n"
      "4711  1732282123.000007 +++ exited with 0 +++\n");
  const SwbRecord *record;

  g_test_summary ("a client's socket is a pane, its calls are records");
  g_assert_cmpuint (imported_count (in, SWB_RECORD_CALL), ==, 6);
  g_assert_cmpstr (imported_command (in, 0), ==,
                   "pane p4711-3 AF_INET SOCK_STREAM 6 \"4711 → 127.0.0.1:80\"");
  record = imported_call (in, 0);
  g_assert_cmpint (record->call, ==, SWB_CALL_SOCKET);
  g_assert_cmpint (record->took_ns, ==, 12000);
  g_assert_cmpint (swb_journal_to_wall_ns (in->journal, record->time_ns), ==,
                   G_GINT64_CONSTANT (1732282123000001000));
  record = imported_call (in, 1);
  g_assert_cmpint (swb_address_get_port (&record->address), ==, 80);
  record = imported_call (in, 2);
  g_assert_cmpint (record->result, ==, 2);
  g_assert_cmpmem (record->data, record->n_data, "ab", 2);
  g_assert_cmpint (record->ints[0], ==, 5);
  record = imported_call (in, 3);
  g_assert_cmpint (record->result, ==, 7);
  g_assert_cmpmem (record->data, record->n_data, "xy", 2);
  g_assert_cmpint (imported_call (in, 4)->error, ==, EAGAIN);
  g_assert_cmpint (imported_call (in, 5)->call, ==, SWB_CALL_CLOSE);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (imported_call (in, i)->pane, ==, 1);
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "4711 +++ exited with 0 +++"));
  g_assert_cmpint (imported_find_note (in, SWB_NOTE_GAP, NULL)->ints[0], ==, 5);
}

static void
test_server (void)
{
  g_autoptr (Imported) in = import_text (
      "7 1732282123.1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<TCP:[55]> <0.1>\n"
      "7 1732282123.2 bind(3<TCP:[55]>, " ADDRESS ", 16) = 0 <0.1>\n"
      "7 1732282123.3 listen(3<TCP:[127.0.0.1:80]>, 5) = 0 <0.1>\n"
      "7 1732282123.4 accept4(3<TCP:[127.0.0.1:80]>,  <unfinished ...>\n"
      "8 1732282123.5 +++ exited with 0 +++\n"
      "7 1732282124.4 <... accept4 resumed>{sa_family=AF_INET, sin_port=htons(4000), "
      "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => 16], SOCK_CLOEXEC) = "
      "4<TCP:[127.0.0.1:80->127.0.0.1:4000]> <1.0>\n"
      "7 1732282125.1 accept(3, NULL, NULL) = 5 <0.1>\n"
      "7 1732282125.2 read(4<TCP:[127.0.0.1:80->127.0.0.1:4000]>, \"GET\", 1024) = 3 "
      "<0.1>\n"
      "7 1732282125.3 writev(5, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"cde\", "
      "iov_len=3}], 2) = 5 <0.1>\n"
      "7 1732282125.4 read(9</etc/hosts>, \"x\", 1) = 1 <0.1>\n"
      "7 1732282125.5 recvfrom(4, 0x5, 10, 0, NULL, NULL) = ? ERESTARTSYS (To be restarted "
      "if SA_RESTART is set) <0.1>\n"
      "7 1732282125.6 shutdown(4, SHUT_WR) = 0 <0.1>\n");

  g_test_summary ("accepted sockets are connections of the pane that listens");
  g_assert_cmpuint (imported_count (in, SWB_RECORD_CALL), ==, 8);
  g_assert_cmpstr (imported_command (in, 0), ==,
                   "pane p7-3 AF_INET SOCK_STREAM 0 \"7 at 127.0.0.1:80\"");
  g_assert_cmpint (imported_call (in, 3)->result, ==, 4);
  g_assert_cmpint (imported_call (in, 3)->took_ns, ==, 1000000000);
  g_assert_cmpint (swb_address_get_port (&imported_call (in, 3)->address), ==, 4000);
  g_assert_cmpint (swb_journal_to_wall_ns (in->journal, imported_call (in, 3)->time_ns), ==,
                   G_GINT64_CONSTANT (1732282123400000000));
  g_assert_cmpint (imported_call (in, 5)->call, ==, SWB_CALL_READ);
  g_assert_cmpuint (imported_call (in, 5)->connection, ==, 1);
  g_assert_cmpint (imported_call (in, 6)->call, ==, SWB_CALL_WRITE);
  g_assert_cmpuint (imported_call (in, 6)->connection, ==, 2);
  g_assert_cmpmem (imported_call (in, 6)->data, imported_call (in, 6)->n_data, "abcde", 5);
  g_assert_cmpuint (imported_call (in, 7)->connection, ==, 1);
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "7 read(9</etc/hosts>"));
  g_assert_cmpuint (imported_find_note (in, SWB_NOTE_TEXT, "7 recvfrom(4")->connection, ==,
                    1);
}

static void
test_messages (void)
{
  g_autoptr (Imported) in = import_text (
      "1732282123.1 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3 <0.1>\n"
      "1732282123.2 sendmmsg(3, [{msg_hdr={msg_name=" ADDRESS ", msg_namelen=16, "
      "msg_iov=[{iov_base=\"one\", iov_len=3}], msg_iovlen=1, msg_controllen=0, "
      "msg_flags=0}, msg_len=3}, {msg_hdr={msg_name=NULL, msg_namelen=0, "
      "msg_iov=[{iov_base=\"four\", iov_len=4}], msg_iovlen=1, msg_controllen=0, "
      "msg_flags=MSG_TRUNC}, msg_len=4}], 2, MSG_NOSIGNAL) = 2 <0.1>\n"
      "1732282123.3 recvmsg(3, {msg_name=" ADDRESS ", msg_namelen=128 => 16, "
      "msg_iov=[{iov_base=\"ans\", iov_len=100}], msg_iovlen=1, "
      "msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, "
      "cmsg_data=[5]}], msg_controllen=24, msg_flags=0}, 0) = 3 <0.1>\n"
      "1732282123.4 recvmsg(3, {msg_namelen=128}, 0) = -1 EAGAIN (Resource temporarily "
      "unavailable) <0.1>\n"
      "1732282123.45 recvmmsg(3, 0x7ff, 64, MSG_DONTWAIT, NULL) = -1 EAGAIN (Resource "
      "temporarily unavailable) <0.1>\n"
      "1732282123.5 sendmmsg(3, 0x7ff, 1, 0) = -1 EBADF (Bad file descriptor) <0.1>\n");
  const SwbRecord *record;

  g_test_summary ("each message is a record with its address");
  g_assert_cmpuint (imported_count (in, SWB_RECORD_CALL), ==, 6);
  g_assert_cmpstr (imported_command (in, 0), ==,
                   "pane fd3 AF_INET SOCK_DGRAM 0 \"→ 127.0.0.1:80\"");
  record = imported_call (in, 1);
  g_assert_cmpint (record->call, ==, SWB_CALL_SENDMMSG);
  g_assert_cmpmem (record->data, record->n_data, "one", 3);
  g_assert_cmpint (swb_address_get_port (&record->address), ==, 80);
  record = imported_call (in, 2);
  g_assert_cmpint (record->result, ==, 4);
  g_assert_cmpint (record->ints[1] & G_MAXUINT32, ==, MSG_NOSIGNAL);
  g_assert_cmpint (record->ints[2] & G_MAXUINT32, ==, MSG_TRUNC);
  g_assert_cmpuint (swb_record_get_batch (record).index, ==, 1);
  g_assert_cmpuint (swb_record_get_batch (record).n_messages, ==, 2);
  g_assert_cmpuint (swb_record_get_batch (record).n_offered, ==, 2);
  record = imported_call (in, 3);
  g_assert_cmpint (record->call, ==, SWB_CALL_RECVMSG);
  g_assert_cmpint (record->address_room, ==, 128);
  g_assert_cmpint (imported_call (in, 4)->error, ==, EAGAIN);
  record = imported_call (in, 5);
  g_assert_cmpint (record->call, ==, SWB_CALL_RECVMMSG);
  g_assert_cmpint (record->error, ==, EAGAIN);
  g_assert_cmpuint (swb_record_get_batch (record).n_offered, ==, 64);
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "msg_control=[{cmsg_len=20"));
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "sendmmsg(3, 0x7ff"));
}

/* While some socket has no title yet, records wait until it has. */
static void
test_held_control (void)
{
  g_autoptr (Imported) in = import_text (
      "1732282123.1 socket(AF_UNIX, SOCK_DGRAM, 0) = 4 <0.1>\n"
      "1732282123.2 socket(AF_INET, SOCK_STREAM, 0) = 5 <0.1>\n"
      "1732282123.3 recvmsg(4, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ans\", "
      "iov_len=100}], msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, "
      "cmsg_type=SCM_RIGHTS, cmsg_data=[7]}], msg_controllen=24, msg_flags=0}, 0) = 3\n"
      "1732282123.4 sendto(4, \"" HELD_BYTES HELD_BYTES "\", 64, 0, NULL, 0) = 64\n"
      "1732282123.5 connect(5, " ADDRESS ", 16) = 0 <0.1>\n");
  const SwbRecord *record = imported_call (in, 2);
  g_autofree char *line = swb_notation_print_call (record);

  g_test_summary ("a message that waits for a title keeps its control messages");
  g_assert_cmpint (record->call, ==, SWB_CALL_RECVMSG);
  g_assert_cmpmem (record->data, record->n_data, "ans", 3);
  g_assert_cmpuint (record->n_control, ==, CMSG_SPACE (sizeof (int)));
  g_assert_nonnull (strstr (line, "cmsg_type=SCM_RIGHTS, cmsg_data=[7]"));
}

/* Lines that no strace writes, but a hostile file may have. */
static void
test_failed_control (void)
{
  g_autoptr (Imported) in = import_text (
      "1732282123.1 socket(AF_INET, SOCK_DGRAM, 0) = 3 <0.1>\n"
      "1732282123.2 recvmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ab\", "
      "iov_len=2}], msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_IP, "
      "cmsg_type=IP_TTL, cmsg_data=[64]}], msg_controllen=24, msg_flags=0}, 0) = -1 EAGAIN "
      "(x) <0.1>\n"
      "1732282123.3 sendmmsg(3, [], 0, 0) = 0 <0.1>\n"
      "1732282123.4 shutdown(3, SHUT_WR) = -1 <0.1>\n");

  g_test_summary ("what a call that failed did not bring is not there");
  g_assert_cmpint (imported_call (in, 1)->error, ==, EAGAIN);
  g_assert_cmpuint (imported_call (in, 1)->n_data, ==, 0);
  g_assert_cmpuint (imported_call (in, 1)->n_control, ==, 0);
  g_assert_cmpuint (imported_count (in, SWB_RECORD_CALL), ==, 2);
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "sendmmsg(3, [], 0, 0) = 0"));
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "shutdown(3, SHUT_WR) = -1"));
}

static void
test_processes (void)
{
  g_autoptr (Imported) in = import_text (
      "10<main> 1732282123.1 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0 <0.1>\n"
      "10<main> 1732282123.2 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD "
      "<unfinished ...>\n"
      "11 1732282123.3 close(3) = 0 <0.1>\n"
      "10<main> 1732282123.4 <... clone resumed>) = 11 <0.1>\n"
      "11 1732282123.5 sendto(4, \"c\", 1, 0, NULL, 0) = 1 <0.1>\n"
      "11 1732282123.6 socket(AF_UNIX, SOCK_DGRAM, 0) = 3 <0.1>\n"
      "10<main> 1732282123.7 recvfrom(3, \"c\", 9, 0, NULL, NULL) = 1 <0.1>\n"
      "10<main> 1732282123.8 dup(3) = 7 <0.1>\n"
      "10<main> 1732282123.9 close(3) = 0 <0.1>\n"
      "10<main> 1732282124.0 sendto(7, \"d\", 1, 0, NULL, 0) = 1 <0.1>\n"
      "10<main> 1732282124.1 close(7) = 0 <0.1>\n");

  g_test_summary ("a child's descriptors are its own; the last close closes the socket");
  g_assert_cmpuint (imported_count (in, SWB_RECORD_CALL), ==, 6);
  g_assert_cmpstr (imported_command (in, 0), ==,
                   "pane main-10-3 AF_UNIX SOCK_STREAM 0 \"main 10 3 ↔ 4\"");
  g_assert_cmpstr (imported_command (in, 2), ==, "main-10-3 socketpair main-10-4");
  g_assert_cmpuint (imported_call (in, 1)->pane, ==, 2); /* of 11, number 4 */
  g_assert_cmpuint (imported_call (in, 2)->pane, ==, 3); /* of 11, number 3 */
  g_assert_cmpuint (imported_call (in, 3)->pane, ==, 1); /* of 10, number 3 */
  g_assert_cmpuint (imported_call (in, 4)->pane, ==, 1); /* by its other number */
  g_assert_cmpint (imported_call (in, 5)->call, ==, SWB_CALL_CLOSE);
  g_assert_cmpint (imported_call (in, 5)->fd, ==, 7);
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "11 close(3) = 0"));
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "10 close(3) = 0"));
}

static void
test_requests (void)
{
  g_autoptr (Imported) in = import_text (
      "10<main> 1732282123.1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3 <0.1>\n"
      "10<main> 1732282123.2 ioctl(3, FIONREAD, [5]) = 0 <0.1>\n"
      "10<main> 1732282123.3 ioctl(3, TIOCOUTQ, [2147483647]) = 0 <0.1>\n"
      "10<main> 1732282123.4 ioctl(3, SIOCATMARK, 0x7ffc01) = -1 ENOTTY (Inappropriate) "
      "<0.1>\n"
      "10<main> 1732282123.5 ioctl(3, FIONBIO, [1]) = 0 <0.1>\n"
      "10<main> 1732282123.6 ioctl(1, FIONREAD, [7]) = 0 <0.1>\n"
      "10<main> 1732282123.7 ioctl(1, TCGETS, {c_iflag=0x500}) = 0 <0.1>\n");

  g_test_summary (
      "what a socket is asked by ioctl() is a call; other requests, and those of files, "
      "are text");
  g_assert_cmpuint (imported_count (in, SWB_RECORD_CALL), ==, 4);
  g_assert_cmpint (imported_call (in, 1)->call, ==, SWB_CALL_IOCTL);
  g_assert_cmpint (imported_call (in, 1)->ints[0], ==, FIONREAD);
  g_assert_cmpint (imported_call (in, 1)->ints[1], ==, 5);
  g_assert_cmpint (imported_call (in, 2)->ints[0], ==, TIOCOUTQ);
  g_assert_cmpint (imported_call (in, 2)->ints[1], ==, G_MAXINT);
  g_assert_cmpint (imported_call (in, 3)->error, ==, ENOTTY);
  g_assert_cmpuint (imported_call (in, 3)->pane, ==, 1);
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "10 ioctl(3, FIONBIO"));
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "10 ioctl(1, FIONREAD"));
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "10 ioctl(1, TCGETS"));
}

static void
test_threads (void)
{
  g_autoptr (Imported) in = import_text (
      "[pid    20] 1732282123.1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3 <0.1>\n"
      "[pid    20] 1732282123.2 listen(3, 5) = 0 <0.1>\n"
      "[pid    20] 1732282123.3 accept4(3, NULL, NULL, 0) = 4 <0.1>\n"
      "strace: Process 21 attached\n"
      "[pid    21] 1732282123.4 recvfrom(4, \"a\", 9, 0, NULL, NULL) = 1 <0.1>\n"
      "[pid    20] 1732282123.5 accept4(3, NULL, NULL, 0) = 4 <0.1>\n"
      "[pid    22] 1732282123.6 recvfrom(4, \"b\", 9, 0, NULL, NULL) = 1 <0.1>\n"
      "hello from the program\n");

  g_test_summary ("threads of which the log does not tell use the newest descriptor");
  g_assert_cmpuint (imported_call (in, 3)->connection, ==, 1);
  g_assert_cmpuint (imported_call (in, 5)->connection, ==, 2);
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "strace: Process 21 attached"));
  g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, "hello from the program"));
}

/* --- what is lost without being lost --- */

static void
test_nothing_lost (void)
{
  static const char log[]
      = "5 1732282123.1 socket(0x7f /* AF_??? */, SOCK_RAW, 0) = 3 <0.1>\n"
        "5 1732282123.2 bind(3, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL)}, 20) "
        "= "
        "0 <0.1>\n"
        "5 1732282123.3 newcall(3, {a=[1, 2], b=\"x)y\"}, 5) = 0x7f00 (flags A|B) <0.1>\n"
        "5 1732282123.4 getsockopt(3, SOL_TCP, TCP_INFO, {tcpi_state=TCP_CLOSE}, [104]) = "
        "0\n"
        "5 1732282123.5 poll([{fd=3, events=POLLIN}], 1, -1) = 1 ([{fd=3, "
        "revents=POLLIN}])\n"
        "5 1732282123.6 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = -1 EAFNOSUPPORT "
        "(Address "
        "family not supported by protocol)\n"
        "5 1732282123.7 --- SIGCHLD {si_signo=SIGCHLD} ---\n"
        "5 1732282123.8 recvfrom(3,  <unfinished ...>\n"
        "5 1732282123.9 +++ killed by SIGKILL +++\n"
        "6 1732282124.1 <... read resumed>\"x\", 1) = 1 <0.1>\n"
        "6 1732282124.2 recvfrom(3, \"tru";
  static const char *const notes[]
      = { "5 bind(3, {sa_family=AF_PACKET",
          "5 newcall(3, {a=[1, 2], b=\"x)y\"}, 5) = 0x7f00 (flags A|B) <0.1>",
          "5 getsockopt(3, SOL_TCP, TCP_INFO",
          "5 poll([{fd=3",
          "5 --- SIGCHLD",
          "recvfrom(3,  <unfinished ...>",
          "5 +++ killed by SIGKILL +++",
          "6 1732282124.1 <... read resumed>",
          "6 recvfrom(3, \"tru" };
  g_autoptr (Imported) in = import_text (log);

  g_test_summary ("what is no call of the journal is a note with its text");
  g_assert_cmpuint (imported_count (in, SWB_RECORD_CALL), ==, 2);
  g_assert_cmpuint (imported_count (in, SWB_RECORD_NOTE), ==, G_N_ELEMENTS (notes));
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    g_assert_nonnull (imported_find_note (in, SWB_NOTE_TEXT, notes[i]));
}

/* --- mistakes --- */

static void
test_errors (void)
{
  static const struct
  {
    const char *log;
    const char *message;
  } cases[] = {
    { "socket(AF_INET, SOCK_STREAM, 0) = 3\n", "1:1: there is no time" },
    { "7 socket(AF_INET, SOCK_STREAM, 0) = 3\n", "1:3: there is no time" },
    { "12:30:01.123456 socket(AF_INET, SOCK_STREAM, 0) = 3\n",
      "1:17: the time has no date" },
    { "     0.000123 socket(AF_INET, SOCK_STREAM, 0) = 3\n", "1:15: the time is relative" },
    { "1732282123.1 close(3) = 0\nx\n\x01\n", "3:1: this is no line of strace" },
    { "9000000000.1 close(3) = 0\n", "1:1: the time is impossible" },
  };

  g_test_summary ("a mistake is told with its line and column");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    import_fails (cases[i].log, -1, SWB_ERROR_SYNTAX, cases[i].message);
  import_fails ("1732282123.1 close(3) = 0\n1732282123.1 cl\0ose(3) = 0\n", 50,
                SWB_ERROR_SYNTAX, "2:16: a zero byte");
}

static void
test_hostile (void)
{
  static const char log[]
      = "10<main> 1732282123.1 socketpair(AF_UNIX, SOCK_STREAM, 0, [3<UNIX:[1->2]>, 4]) = "
        "0 "
        "<0.1>\n"
        "10<main> 1732282123.2 clone(child_stack=NULL, flags=CLONE_FILES <unfinished ...>\n"
        "[pid 11] 1732282123.3 sendmsg(3, {msg_name=" ADDRESS
        ", msg_namelen=128 => 16, msg_iov=[{iov_base=\"\\x61\\7\\\"\"..., iov_len=100}], "
        "msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0) = 3 <0.1>\n"
        "10<main> 1732282123.4 <... clone resumed>) = 11 <0.1>\n"
        "10 1732282123.7 recvfrom(3, \"c\", 9, 0, NULL, NULL) = 1 <0.1>\n"
        "10 1732282123.8 accept4(3, {sa_family=AF_INET6, sin6_port=htons(1), "
        "sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::1\", &sin6_addr), "
        "sin6_scope_id=if_nametoindex(\"lo\")}, [28], 0) = 9\n";

  g_test_summary ("logs that end anywhere, or are damaged, give an error or notes");
  import_mutated (log, sizeof log - 1, 6000);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = cache_folder_init (&argc, &argv);

  g_test_add_func ("/import-strace/client", test_client);
  g_test_add_func ("/import-strace/server", test_server);
  g_test_add_func ("/import-strace/messages", test_messages);
  g_test_add_func ("/import-strace/held-control", test_held_control);
  g_test_add_func ("/import-strace/failed-control", test_failed_control);
  g_test_add_func ("/import-strace/processes", test_processes);
  g_test_add_func ("/import-strace/requests", test_requests);
  g_test_add_func ("/import-strace/threads", test_threads);
  g_test_add_func ("/import-strace/nothing-lost", test_nothing_lost);
  g_test_add_func ("/import-strace/errors", test_errors);
  g_test_add_func ("/import-strace/hostile", test_hostile);
  return cache_folder_run (cache);
}
