#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright the Socket Workbench authors
"""Prints how many cases passed, failed and were skipped, from meson's testlog.json.

Its arguments are the name of the run, told with each failure, and the log.

A program that speaks TAP counts with each of its cases, any other as one. A program that
failed without a failed case (a crash, a time-out, a plan not kept) adds one failure.
What a failed program said, which meson keeps in its log, goes to standard error.
"""

import json
import re
import sys

CASE = re.compile(r"(not )?ok\b[^#]*(?:# *(SKIP|TODO)\b)?", re.IGNORECASE)


def case_outcome(line):
    """passed, failed or skipped for a line of TAP that is a case, else None."""
    match = CASE.match(line)
    if not match:
        return None
    negated, directive = match.groups()
    directive = (directive or "").upper()
    if directive == "SKIP":
        return "skipped"
    return "failed" if negated and directive != "TODO" else "passed"


def count_program(program):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    lines = (program.get("stdout") or "").splitlines()
    for outcome in filter(None, map(case_outcome, lines)):
        counts[outcome] += 1
    result = program["result"]
    if result in ("OK", "EXPECTEDFAIL"):
        if not any(counts.values()):
            counts["passed"] = 1
    elif result == "SKIP":
        if not any(counts.values()):
            counts["skipped"] = 1
    elif not counts["failed"]:
        counts["failed"] = 1
    return counts


def tell(phase, program):
    """The lines that lead to each failed case, and the last ones."""
    lines = (program.get("stdout") or "").splitlines()
    shown = set(range(len(lines) - 15, len(lines)))
    for number, line in enumerate(lines):
        if case_outcome(line) == "failed":
            shown.update(range(number - 20, number + 1))
    print(f"── {phase}: {program['name']}: {program['result']}", file=sys.stderr)
    for number, line in enumerate(lines):
        if number in shown and case_outcome(line) != "passed":
            print(f"   {line}", file=sys.stderr)
    for line in (program.get("stderr") or "").splitlines()[-40:]:
        print(f"   {line}", file=sys.stderr)


def main(phase, path):
    total = {"passed": 0, "failed": 0, "skipped": 0}
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            program = json.loads(line)
            counts = count_program(program)
            if counts["failed"]:
                tell(phase, program)
            for outcome, number in counts.items():
                total[outcome] += number
    print(total["passed"], total["failed"], total["skipped"])


main(*sys.argv[1:])
