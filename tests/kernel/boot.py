#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright the Socket Workbench authors
"""Boots the packed kernel in qemu, and passes on as TAP what its tests say.

Usage: boot.py PACK CACHE INIT BENCHES SWB PROGRAM…

Each case of the guest is a case here, named by the state of the kernel's modules, the user and the
program. A program that ends badly without saying so, and a machine that does not reach its end, are
failures of their own. SWB_KERNEL_SECONDS bounds the time (1700).
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import time

CASE = re.compile(r"(not )?ok (?:\d+ )?(?:- )?(.*)")


class Report:
    """Cases, numbered anew."""

    def __init__(self):
        self.n_cases = 0
        self.n_failed = 0

    def case(self, held, name):
        self.n_cases += 1
        self.n_failed += not held
        print(f"{'ok' if held else 'not ok'} {self.n_cases} {name}", flush=True)

    def tell(self, line):
        print(f"# {line}", flush=True)

    def end(self):
        print(f"1..{self.n_cases}", flush=True)


class Guest:
    """What the guest says, line by line."""

    def __init__(self, report):
        self.report = report
        self.program = None
        self.lines = []
        self.n_cases = self.n_failed = self.n_skipped = 0
        self.began = 0.0
        self.is_done = False

    def take(self, line):
        if line.startswith("@@ begin "):
            self.program = line[len("@@ begin "):]
            self.lines = []
            self.n_cases = self.n_failed = self.n_skipped = 0
            self.began = time.monotonic()
        elif line.startswith("@@ end "):
            self.end(int(line[len("@@ end "):]))
        elif line.startswith("@@ done"):
            self.is_done = True
        elif line.startswith("@@ "):
            self.report.tell(line[len("@@ "):])
        elif self.program:
            self.take_output(line)

    def take_output(self, line):
        case = CASE.fullmatch(line) if "test-" in self.program else None
        if case is None:
            self.lines.append(line)
            return
        self.n_cases += 1
        self.n_failed += case[1] is not None
        self.n_skipped += "# SKIP" in case[2]
        if case[1] is not None:
            self.tell_lines()
        self.lines = []
        self.report.case(case[1] is None, f"{self.program} {case[2]}")

    def end(self, status):
        if status != 0 and self.n_failed == 0:
            self.tell_lines()
            self.report.case(False, f"{self.program} ended with status {status}")
        elif self.n_cases == 0:
            self.report.case(True, self.program)
        self.tell_program()
        self.program = None

    def tell_program(self):
        seconds = time.monotonic() - self.began
        self.report.tell(f"{self.program}: {self.n_cases} cases, {self.n_skipped} skipped, "
                         f"{self.n_failed} failed, {seconds:.0f} s")

    def tell_lines(self):
        for line in self.lines[-40:]:
            self.report.tell(line)


def skip(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


def has_kvm():
    """/dev/kvm alone says little: where the processor can't, machines hang in it."""
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        can = re.search(r"^flags\b.*\b(vmx|svm)\b", cpuinfo.read(), re.MULTILINE)
    return can is not None and os.access("/dev/kvm", os.R_OK | os.W_OK)


def qemu_command(cache):
    return [
        "qemu-system-x86_64", "-accel", "kvm" if has_kvm() else "tcg,thread=multi",
        "-m", "1024", "-smp", "2", "-nodefaults", "-no-reboot", "-display", "none",
        "-kernel", f"{cache}/vmlinuz", "-initrd", f"{cache}/initramfs",
        "-append", "console=ttyS0 panic=-1 loglevel=4",
        "-serial", f"file:{cache}/console.log", "-serial", "stdio",
    ]


def boot(cache, report):
    guest = Guest(report)
    seconds = int(os.environ.get("SWB_KERNEL_SECONDS", "1700"))
    with open(f"{cache}/tests.log", "wb", buffering=0) as log, \
            subprocess.Popen(qemu_command(cache), stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE) as machine:
        timer = threading.Timer(seconds, machine.kill)
        timer.start()
        for line in machine.stdout:
            log.write(line)
            guest.take(line.decode(errors="replace").rstrip("\r\n"))
        timer.cancel()
    if guest.is_done:
        return
    guest.tell_lines()
    with open(f"{cache}/console.log", encoding="utf-8", errors="replace") as console:
        for line in console.readlines()[-40:]:
            report.tell(line.rstrip())
    report.case(False, f"the machine came to its end within {seconds} seconds")


def main(pack, cache, *rest):
    if shutil.which("qemu-system-x86_64") is None:
        skip("qemu-system-x86_64 is not installed: build-aux/test-kernel brings it")
    packed = subprocess.run(["bash", pack, cache, *rest], check=False,
                            stdout=sys.stderr, stderr=subprocess.PIPE, text=True)
    report = Report()
    if packed.returncode != 0:
        report.tell(packed.stderr.strip().replace("\n", "\n# "))
        report.case(False, "kernel and initramfs are packed")
    else:
        boot(cache, report)
    report.end()
    sys.exit(report.n_failed != 0)


main(*sys.argv[1:])
